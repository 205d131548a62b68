"""What ``scripts/curate.py`` promises, driven through its own command line in this process."""

from __future__ import annotations

import dataclasses
import gc
import json
import runpy
import sys
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from math_solver.answers import verify_answer
from math_solver.commands.curate import curate
from math_solver.database import Scratch
from math_solver.dataset.curation.curating import Curation, Options
from math_solver.dataset.curation.rows import Row
from math_solver.dataset.sharegpt import Rendering, build
from math_solver.log import held
from math_solver.records import Problem, RecordError, Trajectory, write_jsonl
from math_solver.sources.families import generate, solve
from math_solver.spool import Spool

from ..dataset.curation.examples import CODE, QUESTION, step, trajectory
from ..fake_endpoint import completion, serving

SCRIPT = Path(__file__).parents[2] / "scripts" / "curate.py"
BENCH = "Ben has 48 red and 36 blue marbles in a bag, loses 17 of them at school, and shares the rest with a friend."
DROPPED = {
    "quality": trajectory(step("print(1592)"), id="trivial"),
    "decontamination": trajectory(
        question=BENCH.replace("48", "50"), id="copied", answer="34", predicted="34",
        conclusion="\\boxed{34}", outcome="correct",
    ),
    "duplicates": trajectory(step(f"# again\n{CODE}"), id="again"),
    "verdict": trajectory(step("print(2000 - 12 * 34)"), outcome="incorrect", id="wrong"),
}  # fmt: skip
DROPPED["decontamination"] = dataclasses.replace(
    DROPPED["decontamination"], steps=(step("print((50 + 36 - 17) // 2)", "34\n"),)
)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", ["curate.py", *map(str, arguments)])
    curate(runpy.run_path(str(SCRIPT))["parse_args"]())


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def numbered(count: int, **more: Any) -> list[dict[str, Any]]:
    """Problems that are nothing like each other."""
    return [
        {"id": f"p{n}", "source": "s", "question": f"Word{n} asks: {n} and {n * n}?", "answer": str(n), **more}
        for n in range(count)
    ]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    write_jsonl(tmp_path / "in.jsonl", [trajectory(), *DROPPED.values()])
    write_jsonl(tmp_path / "bench.jsonl", [Problem("b:0", "bench", BENCH, "33")])
    write_jsonl(tmp_path / "gsm8k_test.jsonl", [{"question": BENCH, "answer": "So\n#### 33"}])
    write_jsonl(tmp_path / "problems.jsonl", numbered(40))
    (tmp_path / "empty.jsonl").touch()
    return tmp_path


def test_each_filter_takes_its_row_and_says_why(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = files / "new" / "out.jsonl"
    run(monkeypatch, "--input", files / "in.jsonl", "--output", output, "--benchmarks", files / "bench.jsonl",
        "--verdicts", "correct")  # fmt: skip
    assert [row["id"] for row in read(output)] == ["t1"]
    victims = {row["filter"]: row for row in read(output.with_name("out.victims.jsonl"))}
    assert {name: row["id"] for name, row in victims.items()} == {name: row.id for name, row in DROPPED.items()}
    assert victims["decontamination"]["kin"] == "b:0" and victims["decontamination"]["kin_question"] == BENCH
    assert victims["decontamination"]["reason"] == "masked_text" and victims["decontamination"]["score"] > 0.6
    assert victims["duplicates"]["kin"] == "t1" and "the same program" in victims["duplicates"]["detail"]
    report = json.loads(output.with_name("out.report.json").read_text(encoding="utf-8"))
    assert report["read"] == 5 == report["kept"] + sum(drop["rows"] for drop in report["dropped"])
    assert report["benchmark_files"]["read"] == {"bench": str(files / "bench.jsonl")}
    shown = capsys.readouterr().out
    assert (
        "trivial_code" in shown
        and "checked against 1 benchmark items" in shown
        and "not checked against: gsm8k" in shown
    )
    assert sorted(path.name for path in output.parent.iterdir()) == [
        "out.jsonl",
        "out.report.json",
        "out.victims.jsonl",
    ]


def test_rows_are_written_as_they_were(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [{**dataclasses.asdict(trajectory()), "meta": {"x": [1]}, "licence": "MIT", "unknown": {"é": None}}]
    write_jsonl(files / "in.jsonl", given)
    run(monkeypatch, "--input", files / "in.jsonl", "--output", files / "out.jsonl")
    assert (files / "out.jsonl").read_bytes() == (files / "in.jsonl").read_bytes()


def test_the_same_command_gives_the_same_bytes(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ["--validation", "0.2", "--cap-kind", "integer=0.5", "--balance", "length=3", "--seed", "4"]
    contents = []
    for name in ("a", "b"):
        run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / f"{name}.jsonl", *options)
        ends = (".jsonl", ".validation.jsonl", ".victims.jsonl", ".report.json")
        contents.append([(files / f"{name}{end}").read_bytes() for end in ends])
    assert contents[0] == contents[1] and all(contents[0][2:])


def test_other_processes_give_the_same_bytes(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.commands.curate.FEW", 0)
    solved = [trajectory(step(f"x = {n}\nprint(2000 - 12 * 34)"), id=f"t{n}") for n in range(90)]
    write_jsonl(files / "in.jsonl", solved)
    write_jsonl(files / "more.jsonl", [*DROPPED.values(), dataclasses.replace(solved[7], id="last")])
    contents = []
    for workers in ("1", "2"):
        run(monkeypatch, "--input", files / "in.jsonl", files / "more.jsonl", "--output", files / "out.jsonl",
            "--benchmarks", files / "bench.jsonl", "--workers", workers)  # fmt: skip
        contents.append([(files / f"out{end}").read_bytes() for end in (".jsonl", ".victims.jsonl", ".report.json")])
    assert contents[0] == contents[1] and all(contents[0])
    assert [row["id"] for row in read(files / "out.victims.jsonl")] == ["trivial", "copied", "last"]


def test_a_row_that_another_process_cannot_read_is_one_line(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.commands.curate.FEW", 0)
    write_jsonl(files / "odd.jsonl", [*numbered(70), {"id": "a", "source": "s", "question": [7]}])
    with pytest.raises(RecordError, match=r"odd.jsonl:71: not a Problem \(question is \[7\], not text\)"):
        run(monkeypatch, "--input", files / "odd.jsonl", "--output", files / "out.jsonl", "--workers", "2")
    assert not (files / "out.jsonl").exists()


@pytest.mark.slow
def test_memory_grows_with_a_few_bytes_a_row(files: Path) -> None:
    """Of Python's objects, from the fourth thousand rows to the sixth; what SQLite holds has a bound of its own."""
    letters = str.maketrans("0123456789", "abcdefghij")
    asked = (" ".join(f"{n:04d}{k}".translate(letters) for k in range(10)) for n in range(6_000))
    problems = (Problem(f"p{n}", "s", question, "7") for n, question in enumerate(asked))
    rows = (Row({"id": problem.id, "question": problem.question}, problem) for problem in problems)
    with Spool(files) as spool, Scratch(files, cache_mb=2) as scratch:
        curation = Curation(Options(near=0.7), spool, scratch, lambda victim: None)
        sizes = []
        tracemalloc.start()
        for row in rows:
            curation.take(row)
            if len(spool) % 1_000 == 0:
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert len(sizes) == 6 and sizes[5] - sizes[3] < 2_000 * 40


def test_inputs_are_mixed_by_weight(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [{**row, "id": f"o{row['id']}", "question": f"Other {row['question']}"} for row in numbered(20)]
    write_jsonl(files / "other=1.jsonl", others)  # a name with an equals sign
    run(monkeypatch, "--input", f"{files / 'problems.jsonl'}=1", f"{files / 'other=1.jsonl'}=2",
        "--output", files / "out.jsonl")  # fmt: skip
    assert Counter(row["id"][0] for row in read(files / "out.jsonl")) == {"p": 10, "o": 20}


def test_validation_holds_whole_families(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = numbered(60)
    for number, row in enumerate(rows):
        row["original_question"] = f"Family {number // 3}"
    write_jsonl(files / "problems.jsonl", rows)
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl", "--validation", "0.25")
    held = Counter(row["original_question"] for row in read(files / "out.validation.jsonl"))
    assert held.total() == 15 and set(held.values()) == {3}
    assert not held.keys() & {row["original_question"] for row in read(files / "out.jsonl")}


def test_pass_rates_count_samples_that_other_filters_take(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [trajectory(step(f"x = {n}\nprint(2000 - 12 * 34)"), id=f"t{n}",
                          outcome="correct" if n else "incorrect") for n in range(4)]  # fmt: skip
    write_jsonl(files / "in.jsonl", samples)
    for most, kept in (("0.5", 0), ("0.8", 3)):
        run(monkeypatch, "--input", files / "in.jsonl", "--output", files / "out.jsonl", "--max-pass-rate", most,
            "--verdicts", "correct")  # fmt: skip
        assert len(read(files / "out.jsonl")) == kept


def test_follow_ups_stay_with_their_first(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = numbered(4)
    follow_ups = [{**rows[0], "id": f"f{n}", "question": "And with 7?", "follows": f"p{n}"} for n in range(3)]
    write_jsonl(files / "problems.jsonl", [*rows[:2], {**rows[1], "id": "p2"}, *follow_ups])
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl")
    assert [row["id"] for row in read(files / "out.jsonl")] == ["p0", "p1", "f0", "f1"]  # p2 repeats p1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--input", "{tmp}/none.jsonl"], "none.jsonl: no such file"),
        (["--input", "{tmp}/empty.jsonl"], "empty.jsonl: holds no row"),
        (["--input", "{tmp}/in.jsonl", "{tmp}/problems.jsonl"], "holds Problem rows"),
        (["--input", "{tmp}/torn.jsonl"], "torn.jsonl:2: not JSON"),
        (["--input", "{tmp}/odd.jsonl"], "odd.jsonl:1: not a Problem (question is [7], not text)"),
        (["--input", "{tmp}/steps.jsonl"], "steps.jsonl:1: not a Trajectory"),
        (["--input", "{tmp}/in.jsonl", "--output", "{tmp}/in.jsonl"], "would overwrite an input"),
        (["--input", "{tmp}/in.jsonl", "--output", "{tmp}/link.jsonl"], "would overwrite an input"),
        (["--input", "{tmp}/c.victims.jsonl"], "would overwrite an input"),
        (["--input", "{tmp}/in.jsonl", "--output", "{tmp}/bench.jsonl", "--benchmarks", "{tmp}/bench.jsonl"],
         "would overwrite an input"),
        (["--input", "{tmp}/in.jsonl", "--output", "{tmp}"], "is a folder"),
        (["--input", "{tmp}/in.jsonl=0"], "more than 0"),
        (["--input", "{tmp}/in.jsonl=nan"], "more than 0"),
        (["--input", "{tmp}/in.jsonl=2", "{tmp}/bench.jsonl"], "all or none"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "{tmp}/none.jsonl"], "no such benchmark file"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "gsm9k"], "no such benchmark file"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "gsm9k={tmp}/bench.jsonl"], "did you mean gsm8k"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "gsm8k={tmp}/none"], "no such benchmark file"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "{tmp}/strange"], "no benchmark is called so"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "{tmp}/hollow"], "holds no benchmark file"),
        (["--input", "{tmp}/in.jsonl", "--benchmarks", "gsm8k={tmp}/empty.jsonl"], "holds no problem"),
        (["--input", "{tmp}/in.jsonl", "--near", "1.5"], "--near is '1.5', not a number from 0 to 1"),
        (["--input", "{tmp}/in.jsonl", "--validation", "1"], "--validation"),
        (["--input", "{tmp}/in.jsonl", "--solutions", "0"], "--solutions"),
        (["--input", "{tmp}/in.jsonl", "--by-difficulty"], "add --solutions"),
        (["--input", "{tmp}/in.jsonl", "--repaired"], "add --solutions"),
        (["--input", "{tmp}/in.jsonl", "--checks", "beauty"], "there is no 'beauty'"),
        (["--input", "{tmp}/in.jsonl", "--cap-kind", "yes/no"], "write NAME=NUMBER"),
        (["--input", "{tmp}/in.jsonl", "--cap-kind", "yes/no=2"], "from 0 to 1"),
        (["--input", "{tmp}/in.jsonl", "--balance", "colour"], "there is no 'colour'"),
        (["--input", "{tmp}/in.jsonl", "--balance", "lang=0.5"], "from 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_line_and_leaves_nothing(
    files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], complaint: str
) -> None:
    (files / "torn.jsonl").write_text(f"{(files / 'bench.jsonl').read_text(encoding='utf-8')}{{", encoding="utf-8")
    write_jsonl(files / "odd.jsonl", [{"id": "a", "source": "s", "question": [7]}])
    write_jsonl(files / "steps.jsonl", [{"id": "a", "steps": [{"thought": 1}], "problem": {}, "conclusion": ""}])
    write_jsonl(files / "c.victims.jsonl", numbered(1))
    (files / "link.jsonl").symlink_to(files / "in.jsonl")
    (files / "hollow").mkdir()
    (files / "strange").mkdir()
    (files / "strange" / "exam.json").write_text("[]", encoding="utf-8")
    before = {path: path.read_bytes() for path in files.rglob("*") if path.is_file()}
    output = [] if "--output" in arguments else ["--output", files / "c.jsonl"]
    with pytest.raises(RecordError) as error:
        run(monkeypatch, *(argument.format(tmp=files) for argument in arguments), *output)
    assert complaint in str(error.value) and "\n" not in str(error.value)
    assert {path: path.read_bytes() for path in files.rglob("*") if path.is_file()} == before


def test_an_empty_question_is_no_problem(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_jsonl(files / "problems.jsonl", [{**numbered(1)[0], "question": " \n"}])
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl", "--checks", "none")
    assert [row["reason"] for row in read(files / "out.victims.jsonl")] == ["empty_question"]


def test_nothing_left_is_an_empty_file(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_jsonl(files / "in.jsonl", [DROPPED["quality"]])
    run(monkeypatch, "--input", files / "in.jsonl", "--output", files / "out.jsonl", "--validation", "0.5")
    assert read(files / "out.jsonl") == read(files / "out.validation.jsonl") == []


def test_the_kept_rows_are_records(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "--input", files / "in.jsonl", "--output", files / "out.jsonl")
    for kept in read(files / "out.jsonl"):
        assert Trajectory.from_dict(kept).problem.question in (QUESTION, DROPPED["decontamination"].problem.question)


PROOF = "Prove that the square root of a prime number is never rational."
LIKE_PROOF = "Show that the square root of any prime number can never be a rational number."


def judged_rows(files: Path) -> Path:
    """A row that may be a benchmark item, one nobody could verify, one that a judge need not see."""
    write_jsonl(files / "proofs.jsonl", [Problem("b:9", "bench", PROOF)])
    rows = [
        trajectory(question=LIKE_PROOF, id="proof", outcome="correct"),
        trajectory(step("x = 2000 - 12 * 34\nprint(x)"), id="open", outcome="unverifiable"),
        trajectory(id="sure", outcome="correct"),
    ]
    write_jsonl(files / "in.jsonl", rows)
    return files / "in.jsonl"


def judging(files: Path, url: str, *more: str) -> list[str | Path]:
    return [
        "--input", files / "in.jsonl", "--output", files / "out.jsonl", "--benchmarks", files / "proofs.jsonl",
        "--judge", url, "--judge-model", "j", "--checks", "none", *more,
    ]  # fmt: skip


def about(body: dict[str, Any]) -> str:
    return "benchmark" if "same problem" in body["messages"][0]["content"] else "solution"


@pytest.mark.parametrize(
    ("said", "kept", "undecided", "reasons"),
    [
        ({"benchmark": "VERDICT: SAME\nREASON: Both.", "solution": "VERDICT: WRONG\nREASON: No."}, ["sure"], 0, {}),
        (
            {"benchmark": "VERDICT: DIFFERENT\nREASON: x.", "solution": "VERDICT: RIGHT\nREASON: x."},
            ["proof", "open", "sure"], 0, {},
        ),
        # nonsense, a failure and an answer that is cut leave rows as they were, and are counted
        (
            {"benchmark": "Same, I guess.", "solution": 400},
            ["proof", "open", "sure"], 2, {"no verdict": 1, "failed": 1},
        ),
        ({"benchmark": "cut", "solution": "VERDICT: WRONG\nREASON: No."}, ["proof", "sure"], 1, {"cut": 1}),
    ],
)  # fmt: skip
def test_a_judge_decides_what_no_filter_could(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    said: dict[str, Any], kept: list[str], undecided: int, reasons: dict[str, int],
) -> None:  # fmt: skip
    judged_rows(files)

    def answer(body: dict[str, Any]) -> Any:
        reply = said[about(body)]
        if reply == "cut":
            whole = completion("VERDICT: SAME\nREASON: Bo")
            return {**whole, "choices": [{**whole["choices"][0], "finish_reason": "length"}]}
        return reply if isinstance(reply, int) else completion(reply)

    with serving(answer) as server:
        run(monkeypatch, *judging(files, server.url))
        assert [body["model"] for body in server.bodies] == ["j", "j"]
        assert all(body["temperature"] == 0 and "tools" not in body for body in server.bodies)
        sent = len(server.bodies)
        first = (files / "out.jsonl").read_bytes()
        run(monkeypatch, *judging(files, server.url))
        assert len(server.bodies) == sent and (files / "out.jsonl").read_bytes() == first
    assert [row["id"] for row in read(files / "out.jsonl")] == kept
    report = json.loads((files / "out.report.json").read_text(encoding="utf-8"))
    assert report["read"] == 3 == report["kept"] + sum(drop["rows"] for drop in report["dropped"])
    assert report["judge"]["rows"] == {"asked_about": 2, "dropped": 3 - len(kept), "undecided": undecided}
    assert report["judge"]["undecided"] == reasons
    opinions = read(files / "out.judged.jsonl")
    assert [(row["id"], row["about"], row["kin"]) for row in opinions] == [
        ("proof", "benchmark", "b:9"), ("open", "solution", None),
    ]  # fmt: skip
    assert all(row["reason"] for row in opinions)
    victims = {row["id"]: row for row in read(files / "out.victims.jsonl")}
    assert victims.keys() == {"proof", "open", "sure"} - set(kept)
    assert all(row["filter"] == "judge" and row["detail"] for row in victims.values())
    assert f"{undecided} still undecided" in capsys.readouterr().out


def test_a_judge_is_not_paid_beyond_the_budget(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_rows(files)
    with serving(lambda body: completion("VERDICT: SAME\nREASON: Both.")) as server:
        run(monkeypatch, *judging(files, server.url, "--max-tokens-total", "500"))
    assert not server.bodies
    report = json.loads((files / "out.report.json").read_text(encoding="utf-8"))
    assert report["judge"]["undecided"] == {"the budget is spent": 2} and report["kept"] == 3


def test_without_a_judge_nothing_is_asked_or_said(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_rows(files)
    run(monkeypatch, *judging(files, "http://127.0.0.1:9/v1")[:6], "--checks", "none")
    assert "judge" not in json.loads((files / "out.report.json").read_text(encoding="utf-8"))
    assert not (files / "out.judged.jsonl").exists() and len(read(files / "out.jsonl")) == 3


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--judge", "http://127.0.0.1:9/v1"], "name both"),
        (["--judge-model", "m"], "name both"),
        (["--judge", "nowhere", "--judge-model", "m"], "nowhere: is no address"),
        (["--judge", "http://127.0.0.1:9/v1", "--judge-model", "m", "--max-cost", "1"], "needs the prices"),
        (["--judge", "http://127.0.0.1:9/v1", "--judge-model", "m", "--judge-tokens", "0"], "--judge-tokens is 0"),
        (
            ["--judge", "http://127.0.0.1:9/v1", "--judge-model", "m", "--ledger", "{tmp}/in.jsonl"],
            "overwrite an input",
        ),
        (["--judge", "http://127.0.0.1:9/v1", "--judge-model", "m"], "127.0.0.1:9/v1: cannot be reached"),
    ],
)
def test_a_judge_that_cannot_be_asked_is_one_line(
    files: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], complaint: str
) -> None:
    judged_rows(files)
    arguments = ["--input", files / "in.jsonl", "--output", files / "c.jsonl", "--checks", "none"]
    with pytest.raises(RecordError, match=complaint):
        run(monkeypatch, *arguments, *(text.format(tmp=files) for text in more))
    assert not (files / "c.jsonl").exists()


def test_what_a_judge_cannot_see_stays_undecided_and_costs_nothing(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_rows(files)
    first = dataclasses.replace(trajectory(id="first", outcome="correct"), problem=Problem("f", "test", QUESTION, "1"))
    later = dataclasses.replace(
        trajectory(id="later", outcome="unverifiable"), problem=Problem("l", "test", "And half of it?", follows="f")
    )
    write_jsonl(files / "in.jsonl", [first, later])
    with serving(lambda body: completion("VERDICT: WRONG\nREASON: No.")) as server:
        run(monkeypatch, *judging(files, server.url))
    assert not server.bodies and len(read(files / "out.jsonl")) == 2
    report = json.loads((files / "out.report.json").read_text(encoding="utf-8"))
    assert report["judge"]["undecided"] == {"needs an earlier question": 1}


def test_problems_are_judged_too(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_jsonl(files / "proofs.jsonl", [Problem("b:9", "bench", PROOF)])
    write_jsonl(files / "in.jsonl", [Problem("p", "s", LIKE_PROOF), Problem("q", "s", "What is 2 + 2?", "4")])
    with serving(lambda body: completion("VERDICT: SAME\nREASON: Both.")) as server:
        run(monkeypatch, *judging(files, server.url))
    assert [row["id"] for row in read(files / "out.jsonl")] == ["q"] and len(server.bodies) == 1
    (victim,) = read(files / "out.victims.jsonl")
    assert (victim["reason"], victim["kin"], victim["detail"]) == ("benchmark_same", "b:9", "Both.")


def test_brackets_in_a_subject_are_no_markup(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(files / "problems.jsonl", [*numbered(3, subject="[/red]"), *numbered(5, subject="[bold]")[3:]])
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl")
    assert "[/red] 3, [bold] 2" in capsys.readouterr().out


def test_a_broken_row_behind_the_limit_is_not_read(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (files / "problems.jsonl").open("a") as file:
        file.write("{broken\n")
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl", "--limit", "40")
    assert len(read(files / "out.jsonl")) == 40


def test_two_runs_do_not_share_an_output(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with held(files / "out.jsonl"), pytest.raises(RecordError, match="another run is writing this output"):
        run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl")
    run(monkeypatch, "--input", files / "problems.jsonl", "--output", files / "out.jsonl")
    assert not list(files.glob(".*"))


def test_a_split_that_takes_nothing_is_said(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(files / "problems.jsonl", numbered(6, family="one"))
    given = ("--input", files / "problems.jsonl", "--output", files / "out.jsonl", "--validation", "0.3")
    run(monkeypatch, *given)
    assert "out.validation.jsonl: no row, because every family" in capsys.readouterr().out
    write_jsonl(files / "problems.jsonl", numbered(6))
    run(monkeypatch, *given)
    assert "no row, because" not in capsys.readouterr().out and len(read(files / "out.validation.jsonl")) == 2


def test_a_share_that_a_later_choice_undid_is_said(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = numbered(40)
    for number, row in enumerate(rows):
        row |= {"subject": "ab"[number % 2], "level": "1" if number % 2 or number % 3 else "2"}
        row |= {"answer": "yes" if number % 2 else "7"}
    write_jsonl(files / "problems.jsonl", rows)
    given = ("--input", files / "problems.jsonl", "--output", files / "out.jsonl", "--balance")
    for keys, told in (
        (["subject"], []),
        (["level"], []),
        (["subject", "level"], []),  # both at once
        (["subject", "--cap-kind", "yes/no=0.2"], ["--balance subject=1: the most"]),
    ):
        run(monkeypatch, *given, *keys)
        said = json.loads((files / "out.report.json").read_text(encoding="utf-8"))["undone"]
        assert [line[: len(start)] for line, start in zip(said, told, strict=True)] == told
        assert ("a later choice took some" in capsys.readouterr().out) == bool(told)


def test_a_ledger_that_is_another_output_is_refused_before_it_is_paid_for(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_rows(files)
    with serving(lambda body: completion("VERDICT: SAME\nREASON: Both.")) as server:
        with pytest.raises(RecordError, match="out.victims.jsonl: is named for two things"):
            run(monkeypatch, *judging(files, server.url, "--ledger", str(files / "out.victims.jsonl")))
    assert not server.bodies and not (files / "out.victims.jsonl").exists()


def test_refusals_are_kept_and_become_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = generate(8, 0, names=["refusal"])
    solved = [solve(draft, lambda code: pytest.fail("nothing is to be run"), verify_answer) for draft in drafts]
    # Whatever its verdict, an answer to what cannot be solved is not a row to learn from.
    answered = dataclasses.replace(solved[0], id="answered", conclusion="It is \\boxed{5}.", predicted="5")
    write_jsonl(tmp_path / "in.jsonl", [*solved, answered])
    run(monkeypatch, "--input", tmp_path / "in.jsonl", "--output", tmp_path / "out.jsonl")
    kept = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in kept] == [row.id for row in solved]
    records, dropped = build(map(Trajectory.from_dict, kept), Rendering())
    assert len(records) == len(solved) and not dropped
    assert all(record["tools"] and len(record["conversations"]) == 2 for record in records)
