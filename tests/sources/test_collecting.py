from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from math_solver.records import Problem, RecordError, write_jsonl
from math_solver.sources.benchmarks import BENCHMARKS, collecting
from math_solver.sources.benchmarks.collecting import collect

GSM8K = [{"question": "What is 1 + 1?", "answer": "It is 2.\n#### 2"}]
MATH = [{"problem": "Find $x$.", "solution": "So \\boxed{3}.", "level": "Level 1", "type": "Algebra"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_jsonl(tmp_path / "gsm8k_test_330.jsonl", GSM8K)
    write_jsonl(tmp_path / "GSM8K-train.jsonl", GSM8K)
    write_jsonl(tmp_path / "math.jsonl", MATH)
    (tmp_path / "README.md").touch()
    return tmp_path


def test_a_folder_says_what_its_files_are(folder: Path) -> None:
    found = collect([str(folder)])
    assert [(item.source, item.answer) for item in found.items] == [("gsm8k", "2"), ("math", "3")]
    assert [name for name, _ in found.files] == ["gsm8k", "math"]
    assert [path.name for path in found.left_out] == ["GSM8K-train.jsonl"]
    assert "gsm8k" not in found.missing and "aime24" in found.missing


def test_a_folder_is_read_whatever_kind_its_files_are_of(folder: Path) -> None:
    (folder / "svamp.csv").write_text("Body,Question,Answer\nTom has 2.,How many?,2\n", encoding="utf-8")
    (folder / "asdiv.jsonl.gz").write_bytes(
        gzip.compress(b'{"body": "Ann has 3.", "question": "How many?", "answer": "3 (apples)"}\n')
    )
    assert {"svamp", "asdiv"} <= {name for name, _ in collect([str(folder)]).files}


def test_the_longest_name_counts(folder: Path) -> None:
    write_jsonl(folder / "math500_copy.jsonl", [{**MATH[0], "answer": "3", "subject": "Algebra"}])
    assert [name for name, _ in collect([str(folder / "math500_copy.jsonl")]).files] == ["math500"]


@pytest.mark.parametrize("name", ["GSM8K-train.jsonl", "gsm8k={}/x.jsonl"])
def test_a_file_is_taken_whatever_it_is_called(folder: Path, name: str) -> None:
    write_jsonl(folder / "x.jsonl", GSM8K)
    given = name.format(folder) if "=" in name else str(folder / name)
    assert len(collect([given]).items) == 1


def test_problems_of_ones_own_are_a_benchmark(folder: Path) -> None:
    write_jsonl(folder / "exam.jsonl", [Problem("e:1", "exam", "What is 2 + 2?", "4")])
    found = collect([str(folder / "exam.jsonl")])
    assert found.items[0].id == "e:1" and found.files == [("exam", folder / "exam.jsonl")]


def test_all_takes_the_hub_where_no_file_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Path | None]] = []

    def load(name: str, path: Path | None = None) -> list[Problem]:
        asked.append((name, path))
        return [Problem(f"{name}:0", name, "?", "1")]

    monkeypatch.setattr(collecting, "load", load)
    found = collect(["all", f"math={folder / 'math.jsonl'}"])
    assert dict(asked) == {**dict.fromkeys(BENCHMARKS), "math": folder / "math.jsonl"}
    assert found.missing == () and len(asked) == len(BENCHMARKS)


def test_a_broken_file_is_not_passed_over(folder: Path) -> None:
    write_jsonl(folder / "svamp.jsonl", [{"nothing": 0}])
    with pytest.raises(RecordError, match="svamp"):
        collect([str(folder)])


def test_files_in_folders_of_a_folder_are_not_passed_over(folder: Path) -> None:
    (folder / "chinese").mkdir()
    write_jsonl(
        folder / "chinese" / "cmath.jsonl", [{"question": "1 + 1？", "golden": "2", "grade": 1, "reasoning_step": 1}]
    )
    assert "cmath" in dict(collect([str(folder)]).files)
    write_jsonl(folder / "chinese" / "mine.jsonl", [{"q": "?"}])
    with pytest.raises(RecordError, match="mine.jsonl: no benchmark is called so"):
        collect([str(folder)])


@pytest.mark.parametrize("question", ["", "  "])
def test_an_item_without_a_question_checks_nothing_and_is_refused(folder: Path, question: str) -> None:
    write_jsonl(
        folder / "exam.jsonl", [Problem("e:1", "exam", "What is 2 + 2?", "4"), Problem("e:2", "exam", question)]
    )
    with pytest.raises(RecordError, match="exam.jsonl: problem 2 has no question"):
        collect([str(folder / "exam.jsonl")])
