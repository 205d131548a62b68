from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.dataset.validation.drafts import Drop, Validated, deduplicate, select, tally, validate
from math_solver.interpreter import Interpreter, Limits
from math_solver.records import Execution, Problem, Step, Trajectory
from math_solver.sources.transcripts import read_drafts

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "data" / "seed_transcripts.json"
SEED_DATASET = ROOT.parent / "shared" / "data" / "seed_dataset"


class Outcomes:
    """A ``run`` that gives the programs of a table their outcomes, one after the other."""

    def __init__(self, **outcomes: Execution | list[Execution]) -> None:
        self.outcomes = {name: [given] if isinstance(given, Execution) else given for name, given in outcomes.items()}
        self.ran: list[str] = []

    def __call__(self, code: str) -> Execution:
        self.ran.append(code)
        given = self.outcomes[code.partition("\n")[0]]
        return given[min(self.ran.count(code), len(given)) - 1]


def draft(
    code: str = "seven", *, claimed: str = "7", conclusion: str = "和是 \\boxed{7}。", id: str = "t1"
) -> Trajectory:
    problem = Problem("p1", "test", f"3 + 4 等于多少？({code})", lang="zh")
    return Trajectory(id, problem, (Step("相加。", code, Execution("ok", claimed)),), conclusion)


SEVEN = Execution("ok", "7\n", ms=12.5)


def validated(item: Validated, run: Outcomes) -> Validated:
    (result,) = validate([item], run, versions={"sympy": "1"})
    return result


def kept(item: Validated, run: Outcomes) -> Trajectory:
    result = validated(item, run)
    assert isinstance(result, Trajectory), result
    return result


def test_a_kept_trajectory_holds_what_the_program_really_did() -> None:
    result = kept(draft(claimed="8"), Outcomes(seven=SEVEN))
    assert result.steps[0].execution == Execution("ok", "7\n", ms=0.0)
    assert result.predicted == "7"
    assert result.verdict is not None and result.verdict.outcome == "unverifiable"
    assert "no gold answer" in result.verdict.reason
    assert result.meta == {"claimed": "8", "versions": {"sympy": "1"}}


def test_a_true_claim_is_not_repeated() -> None:
    assert "claimed" not in kept(draft(), Outcomes(seven=SEVEN)).meta


def test_a_gold_answer_gives_the_verdict() -> None:
    item = draft()
    for answer, outcome in (("7", "correct"), ("8", "incorrect")):
        result = kept(replace(item, problem=replace(item.problem, answer=answer)), Outcomes(seven=SEVEN))
        assert result.verdict is not None and result.verdict.outcome == outcome


def test_inexact_conclusions_and_several_boxes_are_marked() -> None:
    result = kept(draft(conclusion="约 \\boxed{0.67}"), Outcomes(seven=Execution("ok", "0.6666666666666666")))
    assert result.meta["inexact"] is True
    result = kept(draft(conclusion="\\boxed{1} 和 \\boxed{2}"), Outcomes(seven=Execution("ok", "[1, 2]")))
    assert result.meta["boxes"] == 2


@pytest.mark.parametrize(
    ("execution", "reason", "detail"),
    [
        (Execution("error", error="Traceback\nNameError: name 'x'"), "code_error", "NameError: name 'x'"),
        (Execution("timeout", error="TimeoutError: 5 s"), "code_timeout", "TimeoutError: 5 s"),
        (Execution("output_limit", "1\n2"), "code_output_limit", "2"),
        (Execution("memory", error="MemoryError"), "code_memory", "MemoryError"),
        (Execution("killed"), "code_killed", "(no output)"),
        (Execution("refused", error="too long"), "code_refused", "too long"),
        (Execution("ok"), "no_output", "the program prints nothing"),
        (Execution("ok", "8"), "conclusion_contradicts_output", "boxed 7, printed 8"),
        (Execution("ok", "True"), "conclusion_unsupported", "boxed 7, printed True"),
    ],
)
def test_drops(execution: Execution, reason: str, detail: str) -> None:
    assert validated(draft(), Outcomes(seven=execution)) == Drop("t1", reason, detail)


def test_reasoning_without_a_program_is_dropped() -> None:
    assert validated(replace(draft(), steps=()), Outcomes()) == Drop("t1", "no_code", "reasoning without a program")


def test_a_notebook_of_several_programs_is_left_to_who_runs_it_in_one_session() -> None:
    one = replace(draft(), meta={"session": "shared"})
    several = replace(one, steps=one.steps * 2)
    run = Outcomes(seven=SEVEN)
    assert isinstance(validated(several, run), Drop) and not run.ran
    assert counts([validated(several, run)]) == {"shared_session": 1}
    kept(one, run)  # a single program needs nothing of another


def test_a_program_that_reads_the_clock_runs_twice() -> None:
    code = "clock\nimport time"
    steady = Outcomes(clock=SEVEN)
    assert isinstance(validated(draft(code), steady), Trajectory) and len(steady.ran) == 2
    changing = Outcomes(clock=[SEVEN, Execution("ok", "8")])
    assert validated(draft(code), changing) == Drop("t1", "not_reproducible", "a second run gave another output")


def test_an_earlier_step_may_fail_but_not_the_last() -> None:
    failed, fine = Step("试。", "wrong", Execution("ok", "7")), Step("再试。", "seven", Execution("ok", "7"))
    run = Outcomes(wrong=Execution("error", error="NameError: x"), seven=SEVEN)
    result = kept(replace(draft(), steps=(failed, fine)), run)
    assert [step.execution.status for step in result.steps] == ["error", "ok"]
    assert isinstance(validated(replace(draft(), steps=(fine, failed)), run), Drop)


def test_drops_pass_through_and_the_order_stays_whatever_the_workers() -> None:
    finished: list[str] = []
    lock = threading.Lock()

    def run(code: str) -> Execution:
        time.sleep(0.02 if code.endswith("0") else 0)  # every tenth is slow
        with lock:
            finished.append(code)
        return SEVEN

    items: list[Validated] = [draft(f"n{number}", id=f"t{number}") for number in range(30)]
    items.insert(5, Drop("bad", "no_box"))
    for workers in (1, 4):
        finished.clear()
        results = list(validate(items, run, workers=workers))
        assert [result.id for result in results] == [item.id for item in items]
        assert len(finished) == 30


def test_only_a_few_programs_run_ahead_of_what_is_read() -> None:
    ran: list[str] = []

    def run(code: str) -> Execution:
        ran.append(code)
        return SEVEN

    def endless() -> Iterator[Validated]:
        number = 0
        while True:
            number += 1
            yield draft(f"n{number}")

    results = validate(endless(), run, workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(ran) <= 6


def test_an_error_of_our_own_is_raised() -> None:
    def broken(code: str) -> Execution:
        raise RuntimeError("the interpreter is gone")

    with pytest.raises(RuntimeError, match="is gone"):
        list(validate([draft(), draft()], broken))


def test_the_same_question_and_code_are_kept_once() -> None:
    again = draft(id="t2", conclusion="答案：\\boxed{7}")
    other = draft("eight", id="t3")
    results = list(deduplicate([draft(), again, other, Drop("t4", "no_box")]))
    assert results == [
        draft(),
        Drop("t2", "duplicate", "same question and code as t1"),
        other,
        Drop("t4", "no_box"),
    ]


def test_follow_ups_of_the_same_words_are_told_apart_by_what_they_follow() -> None:
    def solved(id: str, question: str, follows: str | None = None) -> Trajectory:
        one = draft(id=id)
        return replace(one, problem=replace(one.problem, id=f"p{id}", question=question, follows=follows))

    items = [
        solved("1", "A?"),
        solved("2", "And half of that?", "p1"),
        solved("3", "B?"),
        solved("4", "And half of that?", "p3"),
        solved("5", "And half of that?"),  # it follows nothing
        solved("6", "And half of that?", "p99"),  # nobody knows what that is
        # the same chain under other ids
        solved("7", "A?"),
        solved("8", "And half of that?", "p7"),
    ]
    results = list(deduplicate(items))
    assert results[:6] == items[:6]
    assert [item.detail for item in results[6:] if isinstance(item, Drop)] == [
        "same question and code as 1",
        "same question and code as 2",
    ]


def test_select() -> None:
    items: list[Validated] = [Drop(str(number), "no_box") for number in range(20)]
    assert select(items) == items == select(items, 99)
    assert select(items, 3) == items[:3]
    sample = select(items, 5, seed=1)
    assert sample == select(items, 5, seed=1) != select(items, 5, seed=2)
    assert [int(item.id) for item in sample] == sorted(int(item.id) for item in sample)


def test_tally_adds_up() -> None:
    lines = tally([draft(), Drop("a", "no_box"), Drop("b", "no_box"), Drop("c", "no_code")]).splitlines()
    assert [line.split() for line in lines] == [
        ["kept", "1"],
        ["dropped", "no_box", "2"],
        ["dropped", "no_code", "1"],
        ["total", "4"],
    ]


def counts(results: list[Validated]) -> dict[str, int]:
    names = ["kept" if isinstance(result, Trajectory) else result.reason for result in results]
    return {name: names.count(name) for name in names}


def import_all(path: Path) -> list[Validated]:
    with Interpreter(Limits(concurrency=2)) as interpreter:
        return list(validate(deduplicate(read_drafts([path])), interpreter.run, workers=2))


def test_the_shipped_file() -> None:
    results = import_all(SHIPPED)
    assert counts(results) == {
        "kept": 32,
        "code_error": 2,
        "code_timeout": 1,
        "code_output_limit": 1,
        "code_memory": 1,
        "not_reproducible": 1,
        "no_output": 1,
        "conclusion_contradicts_output": 2,
        "conclusion_unsupported": 1,
        "no_box": 1,
        "no_code": 2,
        "several_programs": 1,
        "truncated": 2,
        "unreadable_row": 2,
        "duplicate": 1,
    }
    claimed = [result.id for result in results if "claimed" in getattr(result, "meta", {})]
    assert claimed == [f"seed_transcripts-{number:05d}" for number in (3, 6, 13, 30)]  # wrong on purpose


@pytest.mark.slow
@pytest.mark.skipif(not SEED_DATASET.is_dir(), reason="../shared/data/seed_dataset is not on this machine")
def test_every_row_of_the_seed_dataset_is_accounted_for() -> None:
    results = import_all(SEED_DATASET)
    found = counts(results)
    assert len(results) == 1610 == sum(found.values())
    assert len({result.id for result in results}) == 1610
    assert found["no_code"] == 221 and found["no_box"] == 15 and found["truncated"] == 1
    assert found["kept"] >= 1250
    for result in results:
        if isinstance(result, Trajectory):
            (step,) = result.steps
            assert "```" not in step.thought and "boxed" not in step.thought and step.execution.ms == 0
            assert step.execution.status == "ok" and result.predicted
