"""The ``code_interpreter:`` section: what it takes, and the one line when it does not fit."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from llamafactory.hparams.parser import get_infer_args
from pydantic import ValidationError

from math_solver.interpreter import Limits
from math_solver.server.settings import README, SECTION, Settings, Upstream, insert_keys, parse_settings
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
        "pictures_mb": 0,
        "responses_ttl": 3600,
        "allow_missing": ["uid"],
        "form": "fenced",
        "tell_budget": True,
        "default_on": True,
        "requests_per_minute": 10,
        "max_body_mb": 0.5,
        "votes": 4,
        "max_votes": 8,
        "check": True,
        "explain": True,
        "examples": ["What is 1 + 1?"],
        "cors_origins": ["http://localhost:3000"],
        "bodies_mb": 16,
        "max_connections": 100,
        "client_timeout": 10,
        "batch_size": 8,
        "page": False,
    }
    assert set(section) == set(Settings.model_fields) - {"upstream"}
    settings = parse_settings(section)
    assert settings.budget(50) == Budget(3, 50, tell=True)
    limits = Limits(timeout=2, memory_mb=256, output_chars=500, concurrency=4, sessions=12, session_idle=60)
    assert settings.limits == replace(limits, session_memory_mb=2048, allow_missing=("uid",))
    assert (settings.form, settings.default_on) == ("fenced", True)
    assert settings.cors_origins == ("http://localhost:3000",)
    assert settings.examples == ("What is 1 + 1?",)
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
            {"votes": 20},
            ["code_interpreter.votes: 20 is more than max_votes, which is 16"],
        ),
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
        ({"examples": "What is 1 + 1?"}, ["code_interpreter.examples", "list of problems"]),
        ({"examples": [""]}, ["code_interpreter.examples"]),
        ({"cors_origins": [1]}, ["code_interpreter.cors_origins"]),
        ({"allow_missing": ["walls"]}, ["allow_missing", "walls", "seccomp"]),
        # what YAML reads as another type is not taken for the one that is meant
        ({"rounds": "5"}, ["code_interpreter.rounds", "'5'"]),
        ({"rounds": 5.0}, ["code_interpreter.rounds", "whole number"]),
        ({"timeout": True}, ["code_interpreter.timeout"]),
        ({"timeout": float("inf")}, ["code_interpreter.timeout"]),
        ({"timeout": 10**400}, ["code_interpreter.timeout"]),
        ({"page": 1}, ["code_interpreter.page", "true or false"]),
        ({"page": "true"}, ["code_interpreter.page"]),
        ({"form": ["native"]}, ["code_interpreter.form"]),
        ({"cors_origins": {"a"}}, ["code_interpreter.cors_origins"]),
        ({"cors_origins": [""]}, ["code_interpreter.cors_origins"]),
        # a blank key, optional or not
        ({"concurrency": None}, ["code_interpreter.concurrency", "1 to 256"]),
        # a key that is no text
        ({3: 1}, ["code_interpreter.3", "unknown key"]),
        ({"ro\nunds": 1}, ["unknown key"]),
        # a misspelt key is said first, whatever else is wrong
        ({"rouns": 3, "timeout": "x"}, ["code_interpreter.rouns", "did you mean rounds"]),
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


@pytest.mark.parametrize(
    ("upstream", "says"),
    [
        # a misspelt key, and not that the right one is missing
        ({"base_ul": "http://h", "model": "m"}, ["upstream.base_ul", "did you mean base_url"]),
        ({"base_url": "http://[", "model": "m"}, ["upstream.base_url", "http://["]),
        ({"base_url": "", "model": "m"}, ["upstream.base_url"]),
        ({"base_url": "http://h", "model": ""}, ["upstream.model", "text"]),
        ({"base_url": "http://h", "model": "m", "api_key_env": None}, ["upstream.api_key_env"]),
        ({"base_url": "http://h", "model": "m", "timeout": True}, ["upstream.timeout", "up to 86400"]),
        ({"base_url": "http://h", "model": "m", "timeout": 86_401}, ["upstream.timeout"]),
        ([], ["upstream must be a section", "base_url, model"]),
    ],
)
def test_what_names_no_endpoint_is_one_clear_line(upstream: object, says: list[str]) -> None:
    with pytest.raises(StartupError) as caught:
        parse_settings({"upstream": upstream})
    message = str(caught.value)
    assert message.startswith("code_interpreter.upstream") and "\n" not in message
    assert all(word in message for word in says)


def test_nothing_of_the_settings_can_be_changed() -> None:
    settings = parse_settings({"upstream": {"base_url": "http://h/v1", "model": "m"}})
    for target, name in ((settings, "rounds"), (settings.upstream, "model")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(target, name, 1)
    assert parse_settings({"upstream": None}).upstream is None


def test_every_key_says_what_it_is_for() -> None:
    for section in (Settings, Upstream):
        for name, field in section.model_fields.items():
            assert field.description and field.description.endswith("."), name


def test_the_readme_holds_the_keys_as_they_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == insert_keys(text), "run python -m math_solver.server.settings"
    for key in ("rounds", "upstream.base_url", "page"):
        assert f"| `{key}` |" in text
    with pytest.raises(ValueError, match="must hold the lines"):
        insert_keys("a text without the marks")


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
def test_the_readme_shows_sections_that_parse(block: str) -> None:
    parse_settings(yaml.safe_load(block)[SECTION])


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
def test_the_readme_shows_python_that_compiles(block: str) -> None:
    compile(block, "README.md", "exec")


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?://|#)([^)#]+)\)", README.read_text(encoding="utf-8")))
def test_the_readme_links_to_what_is_there(target: str) -> None:
    assert (README.parent / target).exists()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_what_both_parsers_take(path: Path) -> None:
    args = yaml.safe_load(path.read_text(encoding="utf-8"))
    if parse_settings(args.pop(SECTION)).upstream is None:
        get_infer_args({**args, "infer_backend": "huggingface"})  # the other engines need not be here
