"""The scripts that read corpora, run in this process: options, counts, files, and what is one clear line."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from math_solver.records import Problem, Trajectory, read_records, write_jsonl

ROOT = Path(__file__).parents[2]
TRAIN, TIR, OUT = "{tmp}/train.jsonl", "{tmp}/tir.jsonl", "{tmp}/o"
GOOD = {"question": "What is 1 + 1?", "answer": "<<1+1=2>>\n#### 2"}
SOLVED = {
    "problem": "What is 1 + 1?",
    "solution": "```python\nprint(1 + 1)\n```\n```output\n2\n```\n\\boxed{2}",
    "messages": [],
}


def run(script: str, *arguments: str | Path) -> int:
    arguments_before = sys.argv
    sys.argv = [script, *map(str, arguments)]
    try:
        runpy.run_path(str(ROOT / "scripts" / script), run_name="__main__")
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.argv = arguments_before
    return 0


def test_problems_their_counts_and_what_was_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    rows = [json.dumps(GOOD)] * 3 + ['{"question": ', json.dumps({**GOOD, "answer": "\n#### "})]
    (tmp_path / "in" / "train.jsonl").write_text("\n".join(rows))
    write_jsonl(tmp_path / "in" / "other.jsonl", [{"text": "x"}])
    output, refused = tmp_path / "out" / "problems.jsonl", tmp_path / "out" / "refused.jsonl"
    assert run("fetch_problems.py", "--input", tmp_path / "in", "--output", output, "--refused", refused) == 0
    out, err = capsys.readouterr()
    table = [line.split() for line in out.splitlines()]
    assert ["gsm8k", "5", "3", "1", "broken_row,", "1", "no_answer"] in table
    assert ["other.jsonl", "1", "0", "1", "no_source"] in table
    assert out.splitlines()[-1].endswith("problems.jsonl: 3 problems") and "broken_row: not JSON" in out
    assert f"left out: {tmp_path / 'in' / 'train.jsonl'}, row 4: not JSON" in err
    assert [problem.id for problem in read_records(output, Problem)] == [f"gsm8k:train:{n}" for n in (1, 2, 3)]
    reasons = [json.loads(line)["reason"] for line in refused.read_text().splitlines()]
    assert sorted(reasons) == ["broken_row", "no_answer", "no_source"]
    assert sorted(path.name for path in output.parent.iterdir()) == ["problems.jsonl", "refused.jsonl"]


def test_trajectories_are_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solution = "```python\nprint(1 / 0)\n```\n```output\n2\n```\n\\boxed{2}"
    write_jsonl(tmp_path / "tir.jsonl", [{**SOLVED, "solution": solution}])
    output = tmp_path / "out.jsonl"
    assert run("import_trajectories.py", "--input", tmp_path / "tir.jsonl", "--output", output) == 0
    assert "nothing was run" in capsys.readouterr().out
    (found,) = read_records(output, Trajectory)
    assert found.steps[0].execution.output == "2" and found.verdict is None


def test_a_sample_is_the_same_for_the_same_seed_and_counts_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"question": f"What is {n}?", "answer": f"\n#### {n}"} for n in range(50)]
    write_jsonl(tmp_path / "train.jsonl", rows)
    found = {}
    for name, options in (("a", ["--seed", "1"]), ("b", ["--seed", "1"]), ("c", ["--seed", "2"]), ("d", [])):
        output = tmp_path / name
        assert (
            run("fetch_problems.py", "--input", tmp_path / "train.jsonl", "--output", output, "--limit", "7", *options)
            == 0
        )
        found[name] = [int(problem.id.rpartition(":")[2]) for problem in read_records(output, Problem)]
    assert (
        found["a"] == found["b"] == sorted(found["a"]) and found["a"] != found["c"] and found["d"] == list(range(1, 8))
    )
    assert len(found["a"]) == len(found["c"]) == 7
    assert ["gsm8k", "50", "7", "43", "beyond_limit"] in [
        line.split() for line in capsys.readouterr().out.splitlines()
    ]


def test_nothing_taken_leaves_an_earlier_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_jsonl(tmp_path / "test.jsonl", [GOOD])
    output = tmp_path / "out.jsonl"
    output.write_text("earlier\n")
    assert run("fetch_problems.py", "--input", tmp_path / "test.jsonl", "--output", output) == 2
    out, err = capsys.readouterr()
    assert "1 benchmark" in out and "no row was taken; nothing was written" in err
    assert output.read_text() == "earlier\n" and len(list(tmp_path.iterdir())) == 2
    assert run("fetch_problems.py", "--input", tmp_path / "test.jsonl", "--output", output, "--allow-benchmarks") == 0
    assert len(list(read_records(output, Problem))) == 1


def test_the_list_of_sources(capsys: pytest.CaptureFixture[str]) -> None:
    for script in ("fetch_problems.py", "import_trajectories.py"):
        assert run(script, "--list") == 0
        lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
        assert "MIT" in lines["gsm8k"] and "openai/gsm8k" in lines["gsm8k"]
        assert "problems, trajectories" in lines["mathinstruct"] and "by row" in lines["mathinstruct"]
        assert "GPL-3.0-only" in lines["school_math"]


@pytest.mark.parametrize(
    ("script", "arguments", "complaint"),
    [
        ("fetch_problems.py", ["--output", OUT], "name files with --input"),
        ("fetch_problems.py", ["--input", TRAIN], "--output is missing"),
        ("fetch_problems.py", ["--input", "nowhere", "--output", OUT], "nowhere: no such file"),
        ("fetch_problems.py", ["--input", TRAIN, "--output", TRAIN], "would be replaced"),
        ("fetch_problems.py", ["--input", "{tmp}", "--output", OUT, "--refused", TIR], "would be replaced"),
        ("fetch_problems.py", ["--input", TIR, "--output", OUT, "--refused", OUT], "two files"),
        ("fetch_problems.py", ["--input", TIR, "--output", "{tmp}"], "is a folder; name a file"),
        ("fetch_problems.py", ["--input", TRAIN, "--output", OUT, "--source", "gsm"], "did you mean gsm8k"),
        ("fetch_problems.py", ["--input", TRAIN, "--output", OUT, "--licences", "Apache"], "Apache-2.0"),
        ("fetch_problems.py", ["--input", TRAIN, "--output", OUT, "--licence", "MIT"], "--columns"),
        ("fetch_problems.py", ["--input", TRAIN, "--output", OUT, "--limit", "0"], "at least one"),
        ("fetch_problems.py", ["--columns", "question=q", "--output", OUT], "--input"),
        ("fetch_problems.py", ["--columns", "question=q", "--source", "gsm8k", "--output", OUT], "leave one"),
        ("fetch_problems.py", ["--benchmark", "gsm8k", "--input", TRAIN, "--output", OUT],
         "asked, not trained on"),
        ("import_trajectories.py", ["--input", TRAIN, "--source", "gsm8k", "--output", OUT],
         "holds problems"),
        ("import_trajectories.py", ["--input", TIR, "--columns", "question=problem", "--output", OUT],
         "add solution=COLUMN"),
        ("import_trajectories.py", ["--output", OUT], "name files with --input"),
    ],
)  # fmt: skip
def test_bad_options_are_one_line(
    script: str, arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(tmp_path / "train.jsonl", [GOOD])
    write_jsonl(tmp_path / "tir.jsonl", [SOLVED])
    assert run(script, *(argument.format(tmp=tmp_path) for argument in arguments)) == 2
    out, err = capsys.readouterr()
    assert complaint in err and len(err.splitlines()) == 1, err
    assert not (tmp_path / "o").exists()


def test_old_transcripts_behind_a_gate_are_not_let_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = ROOT / "data" / "seed_transcripts.json"
    assert run("import_trajectories.py", "--input", seeds, "--output", tmp_path / "o", "--licences", "permissive") == 2
    assert "licence" in capsys.readouterr().out and not (tmp_path / "o").exists()
