"""What verify_export accepts and refuses, by what was measured; the measuring is tested in tests/dataset."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands import checkpoints, exporting
from math_solver.commands.exporting import verify_export
from math_solver.dataset.exported import AnswerPair
from math_solver.records import Problem, RecordError, write_jsonl


class Measured:
    """In the place of models: what comes out of each comparison."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.divergence, self.changed = 0.0, 0
        self.template: list[str] = []
        self.right = {"adapter": 8, "merged": 8}
        self.asked: list[str] = []
        monkeypatch.setattr(exporting, "compare_answers", self.answers)
        monkeypatch.setattr(exporting, "template_differences", lambda *_: iter(self.template))
        monkeypatch.setattr(exporting, "solve_served", self.solved)

    def answers(self, export: Any, questions: Sequence[str], max_tokens: int) -> list[AnswerPair]:
        self.asked = list(questions)
        answers = ["b" if number < self.changed else "a" for number in range(len(questions))]
        return [AnswerPair(q, "a", text, self.divergence, 9, 10) for q, text in zip(questions, answers, strict=True)]

    def solved(self, config: Path, model: Mapping[str, str], *others: Any) -> int:
        return self.right["adapter" if "adapter_name_or_path" in model else "merged"]


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Measured:
    return Measured(monkeypatch)


@pytest.fixture
def arguments(tmp_path: Path) -> argparse.Namespace:
    merged = tmp_path / "merged"
    merged.mkdir()
    (merged / "config.json").write_text(json.dumps({"dtype": "float32"}), encoding="utf-8")
    settings = {
        "model_name_or_path": "b",
        "adapter_name_or_path": "l",
        "template": "qwen",
        "export_dir": str(merged),
    }
    (tmp_path / "export.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "serve.yaml").touch()
    write_jsonl(
        tmp_path / "problems.jsonl",
        [
            Problem("late", "s", "And half of it?", "1", follows="0"),
            *(Problem(str(n), "s", f"What is {n}?", str(n)) for n in range(30)),
        ],
    )
    return argparse.Namespace(
        recipe=tmp_path / "export.yaml", input=tmp_path / "problems.jsonl", limit=10, max_tokens=8,
        max_divergence=0.01, trained_by=None, template=True, serve=None, solution_tokens=64, lost=0.1, workers=1,
    )  # fmt: skip


def test_questions_are_spread_over_the_file_and_follow_nothing(
    measured: Measured, arguments: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    verify_export(arguments)
    assert measured.asked == [f"What is {n}?" for n in range(0, 30, 3)]
    said = capsys.readouterr().out
    assert "the same tokens by the saved chat template" in said
    assert "at most 0.01), the likeliest the same at 90 of 100" in said
    assert "10 of 10 answers of the merged model equal the adapter's" in said and "right answers" not in said


@pytest.mark.parametrize(
    ("change", "dtype", "complaint"),
    [
        ({"divergence": 0.02}, "bfloat16", "0.02 nats from the adapter's, more than 0.01"),
        ({"divergence": float("inf")}, "bfloat16", "inf nats"),
        ({"divergence": float("nan")}, "bfloat16", "nan nats"),  # not within any tolerance
        ({"divergence": 0.009}, "float32", None),
        ({"changed": 1}, "float32", "'What is 0?': adapter 'a', merged 'b'"),
        ({"changed": 2}, "bfloat16", None),  # rounding may change one in four
        ({"changed": 3}, "float16", "adapter 'a', merged 'b'"),
        ({"template": ["conversation 1: trained 'x'"]}, "float32", "conversation 1: trained 'x'; mend its chat_templ"),
    ],
)
def test_a_tolerance_decides(
    measured: Measured, arguments: argparse.Namespace, change: dict[str, Any], dtype: str, complaint: str | None
) -> None:
    vars(measured).update(change)
    config = arguments.recipe.parent / "merged" / "config.json"
    config.write_text(json.dumps({"torch_dtype": dtype}), encoding="utf-8")
    if complaint is None:
        verify_export(arguments)
    else:
        with pytest.raises(RecordError, match="merged: ") as raised:
            verify_export(arguments)
        assert complaint in str(raised.value)


@pytest.mark.parametrize(("right", "refused"), [(8, False), (9, False), (7, False), (6, True), (0, True)])
def test_a_model_that_solves_less_is_refused(
    measured: Measured, arguments: argparse.Namespace, right: int, refused: bool
) -> None:
    arguments.serve = arguments.recipe.parent / "serve.yaml"
    measured.right["merged"] = right
    if not refused:
        verify_export(arguments)
        return
    with pytest.raises(RecordError, match=f"it answers {right} of 10 problems right, and its adapter 8"):
        verify_export(arguments)


class Servers:
    """In the place of ``served``: what each was given; one that ``fails`` leaves a log, and an error that names it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started: list[list[str]] = []
        self.fails = False
        monkeypatch.setattr(exporting, "solve_served", checkpoints.solve_served)
        monkeypatch.setattr(checkpoints, "served", self)
        monkeypatch.setattr(checkpoints, "solve_once", lambda *_: [])

    @contextmanager
    def __call__(self, config: Path, log: Path, *, overrides: Sequence[str], launcher: Sequence[str]) -> Iterator[str]:
        self.started.append(list(overrides))
        if self.fails:
            log.write_text("no memory left", encoding="utf-8")
            raise RecordError(f"the server ended with code 1; {log} says why")
        yield "http://127.0.0.1:9/v1"


def test_a_merged_model_is_served_without_the_adapter_that_the_yaml_may_name(
    measured: Measured, arguments: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = Servers(monkeypatch)
    arguments.serve = arguments.recipe.parent / "serve.yaml"
    verify_export(arguments)
    merged = json.loads(arguments.recipe.read_text(encoding="utf-8"))["export_dir"]
    assert servers.started == [
        ["model_name_or_path=b", "adapter_name_or_path=l"],
        [f"model_name_or_path={merged}", "adapter_name_or_path=null"],
    ]


def test_the_log_of_a_server_that_fails_is_there_to_be_read(
    measured: Measured, arguments: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    Servers(monkeypatch).fails = True
    arguments.serve = arguments.recipe.parent / "serve.yaml"
    with pytest.raises(RecordError, match="the server ended with code 1; ") as raised:
        verify_export(arguments)
    log = Path(str(raised.value).partition("; ")[2].removesuffix(" says why"))
    assert log.read_text(encoding="utf-8") == "no memory left"
    shutil.rmtree(log.parent)


@pytest.mark.parametrize(
    ("changes", "complaint"), [({"workers": 10**7}, "--workers is 10000000"), ({}, "problem '0' has no gold answer")]
)
def test_what_cannot_be_solved_is_refused_before_answers_are_compared(
    measured: Measured, arguments: argparse.Namespace, changes: dict[str, Any], complaint: str
) -> None:
    write_jsonl(arguments.input, [Problem(str(n), "s", f"What is {n}?", None) for n in range(3)])
    vars(arguments).update(serve=arguments.recipe.parent / "serve.yaml", **changes)
    with pytest.raises(RecordError, match=complaint):
        verify_export(arguments)
    assert not measured.asked
    arguments.serve = None
    verify_export(arguments)
    assert len(measured.asked) == 3, "to compare first turns nobody has to judge them"


def test_all_that_fails_is_named(measured: Measured, arguments: argparse.Namespace) -> None:
    vars(measured).update({"divergence": 1.0, "changed": 9, "template": ["no template"]})
    with pytest.raises(RecordError, match=r"no template; .*nats from.*adapter 'a', merged 'b'"):
        verify_export(arguments)


def test_a_template_that_nobody_reads_may_be_left_out(measured: Measured, arguments: argparse.Namespace) -> None:
    measured.template, arguments.template = ["no template"], False
    verify_export(arguments)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"limit": 0}, "--limit is 0"),
        ({"serve": Path("nowhere.yaml")}, "nowhere.yaml: no such YAML"),
        ({"recipe": Path("nowhere.yaml")}, "nowhere.yaml: no such recipe"),
    ],
)
def test_what_cannot_be_checked_is_one_line(
    measured: Measured, arguments: argparse.Namespace, change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RecordError, match=complaint):
        verify_export(argparse.Namespace(**{**vars(arguments), **change}))
    assert not measured.asked


def test_no_problems_or_a_spoilt_config_are_one_line(measured: Measured, arguments: argparse.Namespace) -> None:
    (arguments.recipe.parent / "merged" / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordError, match="config.json: cannot be read"):
        verify_export(arguments)
    arguments.input.write_text("", encoding="utf-8")
    with pytest.raises(RecordError, match="holds no problems"):
        verify_export(arguments)
