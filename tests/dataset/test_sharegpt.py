from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.dataset.registration import COLUMNS, register
from math_solver.dataset.sharegpt import TOOLS, build, reason_to_drop, render
from math_solver.records import Execution, RecordError, Step, Trajectory, Verdict

from ..test_records import TRAJECTORY


def test_the_native_record() -> None:
    record = render(TRAJECTORY)
    assert [turn["from"] for turn in record["conversations"]] == ["human", "function_call", "observation", "gpt"]
    assert json.loads(record["tools"])[0]["name"] == "python"  # a string of a list: anything else crashes the run
    assert record["tools"] == TOOLS and "\\boxed" in record["system"]


def test_the_fenced_record() -> None:
    record = render(TRAJECTORY, "fenced")
    assert [turn["from"] for turn in record["conversations"]] == ["human", "gpt", "observation", "gpt"]
    assert record["tools"] == ""


def with_step(**changes: str) -> Trajectory:
    return replace(TRAJECTORY, steps=(replace(TRAJECTORY.steps[0], **changes),))


@pytest.mark.parametrize(
    ("trajectory", "reason"),
    [
        (TRAJECTORY, None),
        (replace(TRAJECTORY, steps=()), "no_code"),
        (replace(TRAJECTORY, verdict=None), "not_verified"),
        (replace(TRAJECTORY, verdict=Verdict("unverifiable", "two ways disagree")), "not_verified"),
        (replace(TRAJECTORY, conclusion=" "), "empty_text"),
        # markup in a text would be read as markup
        (with_step(thought="I call <tool_call>"), "markup_in_text"),
        (with_step(code="print('<|im_end|>')"), "markup_in_text"),
        (
            replace(TRAJECTORY, steps=(Step("", "print('{{content}}')", Execution("ok", "{{content}}")),)),
            "markup_in_text",
        ),
    ],
)
def test_reason_to_drop(trajectory: Trajectory, reason: str | None) -> None:
    assert reason_to_drop(trajectory) == reason


def test_a_fence_in_a_text_matters_only_to_the_fenced_form() -> None:
    trajectory = with_step(thought="```text```")
    assert reason_to_drop(trajectory) is None
    assert reason_to_drop(trajectory, "fenced") == "fence_in_text"


def test_build_counts_what_it_leaves_out() -> None:
    wrong = replace(TRAJECTORY, verdict=Verdict("incorrect", "3 is not 2"))
    records, dropped = build([TRAJECTORY, wrong, replace(TRAJECTORY, steps=())])
    assert records == [render(TRAJECTORY)]
    assert dropped == {"not_verified": 1, "no_code": 1}
    assert build([TRAJECTORY], fits=lambda record: False) == ([], {"too_long": 1})


def test_register_adds_and_replaces_entries_in_place(tmp_path: Path) -> None:
    info = tmp_path / "dataset_info.json"
    register(info, "one", "data/one.jsonl")
    register(info, "two", "data/two.jsonl")
    register(info, "one", "data/uno.jsonl")
    entries = json.loads(info.read_text(encoding="utf-8"))
    assert list(entries) == ["one", "two"]
    assert entries["one"] == {"file_name": "data/uno.jsonl", "formatting": "sharegpt", "columns": COLUMNS}
    assert list(tmp_path.iterdir()) == [info]


def test_register_refuses_a_broken_file_and_leaves_it(tmp_path: Path) -> None:
    info = tmp_path / "dataset_info.json"
    info.write_text('{"mine": ')
    with pytest.raises(RecordError, match="dataset_info.json: cannot be read"):
        register(info, "one", "data/one.jsonl")
    assert info.read_text() == '{"mine": '


def _register_some(folder: str, name: str) -> None:
    for number in range(20):
        register(Path(folder) / "dataset_info.json", f"{name}{number}", "data/x.jsonl")


def test_processes_that_register_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_register_some, args=(str(tmp_path), name)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(json.loads((tmp_path / "dataset_info.json").read_text(encoding="utf-8"))) == 60
