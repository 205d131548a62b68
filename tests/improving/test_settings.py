"""The YAML of a run: every mistake is one line that names the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from math_solver.improving.settings import read_settings
from math_solver.records import RecordError

from .world import settings_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples/improve").glob("*.yaml"))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"modle": "x"}, "modle: unknown key (did you mean model?); there are output, model,"),
        ({"model": ..., "modle": "x"}, "modle: unknown key"),  # why the other one is missing
        ({"model": ...}, "model: is missing"),
        ({"output": ""}, "output: '' does not fit; string should have at least 1 character"),
        ({"output": "/tmp/a\0b"}, "output: holds the control character '\\x00'; take it out"),
        ({"start": "a\x1b[2J"}, "start: holds the control character '\\x1b'"),
        ({"problems": ["a", "b\x7f"]}, "problems.1: holds the control character '\\x7f'"),
        ({"held_out": "\x85"}, "held_out: holds the control character '\\x85'"),
        ({"train": {"sft": "a.yaml b=\0"}}, "train.sft: holds the control character '\\x00'"),
        ({"prepare": ["scripts/a.py \0"]}, "prepare.0: holds the control character"),
        ({"rounds": 2}, "rounds: 2 does not fit; give a list"),
        ({"rounds": []}, "rounds: [] does not fit; give at least one"),
        ({"rounds": ["sft", "ppo"]}, "rounds.1: 'ppo' does not fit; input should be 'sft' or 'dpo'"),
        ({"problems": "p.jsonl"}, "problems: 'p.jsonl' does not fit; give a list"),
        ({"problems": []}, "problems: [] does not fit; give at least one"),
        ({"sampling": 3}, "sampling: 3 does not fit; give a section of keys"),
        ({"sampling": {"sample": 3}}, "sampling.sample: unknown key (did you mean samples?)"),
        ({"sampling": {"samples": 1}}, "sampling.samples: 1 does not fit; input should be greater than or equal to 2"),
        ({"sampling": {"temperature": 0}}, "sampling.temperature: 0 does not fit; input should be greater than 0"),
        ({"sampling": {"temperature": float("nan")}}, "sampling.temperature: nan does not fit"),
        ({"choosing": {"max_pass_rate": 1}}, "choosing.max_pass_rate: 1 does not fit; input should be less than 1"),
        ({"evaluation": {"samples": 2}}, "evaluation: samples without a temperature are the same answer again"),
        ({"dataset": {"form": "xml"}}, "dataset.form: 'xml' does not fit; input should be 'native' or 'fenced'"),
        ({"train": {"sft": "a.yaml", "kto": "b"}}, "train.kto: unknown key; there are sft, dpo"),
        ({"train": {"dpo": "a.yaml"}}, "train.sft: names no recipe, and a round is of that stage; add one"),
        ({"train": {"sft": "a.yaml"}, "rounds": ["sft", "dpo"]}, "train.dpo: names no recipe"),
        ({"train": {"dpo": "a.yaml"}, "rounds": ["dpo"]}, "train.sft: names no recipe"),  # the start is trained
        ({"original": ...}, "start: there is no model to begin with"),
        ({"patience": True}, "patience: True does not fit"),
        ({"seed": -1}, "seed: -1 does not fit"),
        ({"serve": "a 'b"}, "serve: No closing quotation"),
        ({"serve": " "}, "serve: names nothing"),
        ({"prepare": ["rm -rf data"]}, "prepare.0: must be the command of a script"),
        ({"engine": "vllm serve m"}, "engine: must say where the model goes"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_key(changes: dict[str, Any], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError) as error:
        settings_of(tmp_path, **changes)
    assert str(error.value).startswith(f"{tmp_path / 'improve.yaml'}: {complaint}")
    assert "\n" not in str(error.value)


def test_a_command_may_have_lines(tmp_path: Path) -> None:
    command = "scripts/a.py\n\t--output x\n"
    assert settings_of(tmp_path, prepare=[command]).prepare == (command,)


@pytest.mark.parametrize("key", ["problems", "original"])
def test_held_out_problems_are_in_a_file_of_their_own(key: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"held_out: .* is to be sampled from or trained on"):
        settings_of(tmp_path, **{key: [str(tmp_path / "held.jsonl")]})


@pytest.mark.parametrize(
    ("text", "complaint"), [("- a", "must be a list of keys"), ("a: [", "cannot be read"), ("", "must be a list")]
)
def test_what_is_no_yaml_of_keys(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=complaint):
        read_settings(tmp_path / "x.yaml")
    with pytest.raises(RecordError, match="no such file; see examples/improve"):
        read_settings(tmp_path / "y.yaml")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_and_names_what_exists(path: Path) -> None:
    settings = read_settings(path)
    words = [settings.serve, settings.export, settings.train.sft, settings.train.dpo]
    assert all((path.parents[2] / one.split()[0]).is_file() for one in words if one)
    first = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").removeprefix("FORCE_TORCHRUN=1 ")
    assert first == f"python scripts/improve.py examples/improve/{path.name}"


def test_there_are_examples() -> None:
    assert [path.stem for path in EXAMPLES] == ["qwen2.5_math_7b", "tiny"]
