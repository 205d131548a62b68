"""The ``code_interpreter:`` section: what it takes, and the one line when it does not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from llamafactory.hparams.parser import get_infer_args

from math_solver.interpreter import Limits
from math_solver.server.settings import RULES, SECTION, Settings, parse_settings
from math_solver.server.web.errors import StartupError
from math_solver.solving.loop import Budget

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "inference").glob("*.yaml"))


@pytest.mark.parametrize("section", [None, {}])
def test_an_empty_section_gives_the_defaults(section: object) -> None:
    settings = parse_settings(section)
    assert settings == Settings()
    # idle containers have places of their own
    assert settings.limits == Limits(sessions=Limits().sessions + settings.max_containers)


def test_every_key_is_taken() -> None:
    section: dict[str, Any] = {
        "rounds": 3,
        "timeout": 2,
        "memory_mb": 256,
        "output_chars": 500,
        "concurrency": 4,
        "max_sessions": 8,
        "max_containers": 4,
        "session_idle": 60,
        "session_memory_mb": 2048,
        "max_responses": 10,
        "responses_mb": 1,
        "responses_ttl": 3600,
        "allow_missing": ["uid"],
        "form": "fenced",
        "tell_budget": True,
        "default_on": True,
        "requests_per_minute": 10,
        "max_body_mb": 0.5,
        "cors_origins": ["http://localhost:3000"],
        "batch_size": 8,
        "page": False,
    }
    assert set(section) == set(RULES) == set(Settings.__dataclass_fields__) - {"upstream"}
    settings = parse_settings(section)
    assert settings.budget(50) == Budget(3, 50, tell=True)
    limits = Limits(timeout=2, memory_mb=256, output_chars=500, concurrency=4, sessions=12, session_idle=60)
    assert settings.limits == replace(limits, session_memory_mb=2048, allow_missing=("uid",))
    assert (settings.form, settings.default_on) == ("fenced", True)
    assert settings.cors_origins == ("http://localhost:3000",)
    assert settings.page is False


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ({"round": 3}, ["code_interpreter.round", "did you mean rounds", "timeout"]),
        ({"xyz": 3}, ["code_interpreter.xyz", "allowed: rounds"]),
        ({"rounds": "three"}, ["code_interpreter.rounds", "'three'", "0 to 100"]),
        ({"rounds": True}, ["code_interpreter.rounds"]),
        ({"rounds": 1.5}, ["code_interpreter.rounds"]),
        ({"rounds": None}, ["code_interpreter.rounds"]),
        ({"rounds": -1}, ["code_interpreter.rounds"]),
        ({"batch_size": 0}, ["code_interpreter.batch_size", "1 to 256"]),
        (
            {"batch_size": 2, "upstream": {"base_url": "http://localhost:1/v1", "model": "m"}},
            ["code_interpreter.batch_size", "upstream"],
        ),
        ({"timeout": 0}, ["code_interpreter.timeout", "seconds"]),
        ({"timeout": float("nan")}, ["code_interpreter.timeout"]),
        ({"memory_mb": 1}, ["code_interpreter.memory_mb"]),
        ({"session_memory_mb": 63}, ["code_interpreter.session_memory_mb", "64 to 1048576"]),
        ({"session_memory_mb": 1.5}, ["code_interpreter.session_memory_mb"]),
        ({"form": "xml"}, ["code_interpreter.form", "native, fenced, auto"]),
        ({"default_on": "yes"}, ["code_interpreter.default_on", "true or false"]),
        ({"cors_origins": "*"}, ["code_interpreter.cors_origins", "list"]),
        ({"cors_origins": [1]}, ["code_interpreter.cors_origins"]),
        ({"allow_missing": ["walls"]}, ["allow_missing", "walls", "seccomp"]),
        (True, ["must be a section", "rounds"]),
        ([1], ["must be a section"]),
    ],
)
def test_what_does_not_fit_is_one_clear_line(section: object, says: list[str]) -> None:
    with pytest.raises(StartupError) as caught:
        parse_settings(section)
    message = str(caught.value)
    assert "\n" not in message
    for word in says:
        assert word in message


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_what_both_parsers_take(path: Path) -> None:
    args = yaml.safe_load(path.read_text(encoding="utf-8"))
    parse_settings(args.pop(SECTION))
    get_infer_args(args)
