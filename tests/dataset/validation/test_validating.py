"""Rows against programs whose outcomes a table gives, and what their proofs notice."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from math_solver.dataset.validation.executions import Executions, Runs
from math_solver.dataset.validation.proof import PROOF, Circumstances, standing
from math_solver.dataset.validation.validating import Finding, Validator, reproduces
from math_solver.records import Execution, Problem, Step, Trajectory

HERE = Circumstances({"python": "3"}, {"timeout": 5.0})


class Table:
    """Runs programs by looking them up; a list gives one outcome after the other."""

    def __init__(self, **outcomes: str | Execution | list[str]) -> None:
        self.outcomes = outcomes
        self.ran: list[tuple[str, ...]] = []

    def __call__(self, programs: Sequence[str]) -> list[Execution]:
        self.ran.append(tuple(programs))
        return [self.one(program) for program in programs]

    def one(self, program: str) -> Execution:
        given = self.outcomes[program.partition("\n")[0]]
        if isinstance(given, list):
            given = given[min(sum(program in ran for ran in self.ran), len(given)) - 1]
        return Execution("ok", given, ms=3.0) if isinstance(given, str) else given


class Memory:
    def __init__(self) -> None:
        self.runs: dict[str, Runs] = {}

    def find_runs(self, key: str) -> Runs:
        return list(self.runs.get(key, ()))

    def keep_runs(self, key: str, runs: Runs) -> None:
        self.runs[key] = runs


def row(
    *steps: tuple[str, str | None], answer: str | None = "7", conclusion: str = "\\boxed{7}", id: str = "t"
) -> Trajectory:
    made = [
        Step("So.", code, Execution("not_run") if output is None else Execution("ok", output))
        for code, output in steps
    ]
    return Trajectory(id, Problem("p", "test", "3 + 4?", answer), tuple(made), conclusion, meta={"teacher": "x"})


def find(trajectory: Trajectory, table: Table, **options: Any) -> Finding:
    return Validator(Executions(table, Memory(), HERE), HERE, **options).validate(trajectory)


ERROR = Execution("error", error="Traceback\nNameError: x")


@pytest.mark.parametrize(
    ("trajectory", "status", "reason", "difference"),
    [
        (row(("seven", "7")), "valid", None, None),
        (row(("seven", None)), "valid", None, None),  # nobody had run it
        (row(("fails", "7"), ("seven", "7")), "invalid", "output_error_instead_of_ok", "error_instead_of_ok"),
        (row(("eight", "7")), "invalid", "output_differs", "differs"),
        (row(("float", "7")), "invalid", "output_float_digits", "float_digits"),
        (row(("fails", "7")), "invalid", "code_error", "error_instead_of_ok"),
        (row(("fails", None)), "invalid", "code_error", None),
        (row(("slow", "7")), "invalid", "code_timeout", "timeout"),
        (row(("silent", None)), "invalid", "no_output", None),
        (row(), "invalid", "no_code", None),
        (row(("changes", "7")), "invalid", "nondeterministic", "differs"),
        (row(("clock\nimport time", None)), "invalid", "nondeterministic", None),
        (row(("seven", "7"), answer="8"), "invalid", "wrong_answer", None),
        (row(("seven", "7"), answer=None), "valid", None, None),
        (row(("eight", "8"), answer=None), "invalid", "conclusion_contradicts_output", None),
        (row(("true", "True"), answer=None), "invalid", "conclusion_unsupported", None),
        (row(("true", "True")), "valid", None, None),  # the gold answer decides
        (row(("seven", "7"), conclusion="So it is."), "invalid", "wrong_answer", None),  # none is stated
        (row(("seven", "7"), conclusion=""), "valid", None, None),  # a bare program
        (row(("eight", "8"), conclusion=""), "invalid", "wrong_answer", None),
    ],
)
def test_status_and_reason(trajectory: Trajectory, status: str, reason: str | None, difference: str | None) -> None:
    table = Table(
        seven="7\n", eight="8\n", float="7.0000000001", true="True", fails=ERROR, silent="",
        slow=Execution("timeout", error="TimeoutError: 5 s"), changes=["6", "5"], clock=["1", "2"],
    )  # fmt: skip
    found = find(trajectory, table)
    assert (found.status, found.reason, found.difference) == (status, reason, difference)
    assert standing(found.trajectory) == ("proved" if status == "valid" else "invalid")
    assert found.trajectory.meta["teacher"] == "x"


def test_refresh_repairs_outputs_and_judges_by_the_real_ones() -> None:
    table = Table(eight="8\n", float="7.0000000001")
    found = find(row(("float", "7")), table, refresh=True)
    assert (found.status, found.difference) == ("repaired", "float_digits")
    assert found.trajectory.steps[0].execution == Execution("ok", "7.0000000001")
    found = find(row(("eight", "7"), conclusion="\\boxed{8}"), table, refresh=True)
    assert (found.status, found.reason) == ("invalid", "wrong_answer")


def test_without_refresh_stored_outputs_stay() -> None:
    stored = row(("eight", "7"))
    assert find(stored, Table(eight="8")).trajectory.steps == stored.steps


def test_programs_run_again_only_where_there_is_a_question() -> None:
    for trajectory, options, times in (
        (row(("seven", "7")), {}, 1),
        (row(("seven", "8")), {}, 2),  # the stored output differs
        (row(("seven\nimport time", "7")), {}, 2),
        (row(("seven", "7")), {"runs": 3}, 3),
    ):
        table = Table(seven="7")
        find(trajectory, table, **options)
        assert len(table.ran) == times


def test_all_programs_of_a_row_run_together_and_equal_rows_once() -> None:
    table = Table(one="1", seven="7")
    executions = Executions(table, Memory(), HERE)
    validator = Validator(executions, HERE)
    for item in (row(("one", "1"), ("seven", "7")), row(("one", "1"), ("seven", "7"), id="u"), row(("seven", "7"))):
        assert validator.validate(item).status == "valid"
    assert table.ran == [("one", "seven"), ("seven",)]
    assert (executions.ran, executions.shared) == (2, 1)


def test_a_row_says_the_same_whichever_equal_programs_came_before() -> None:
    """The second row needs two runs, and the third must not tell of them."""
    same, other = row(("seven", "7")), row(("seven", "8"))
    alone = Validator(Executions(Table(seven="7"), Memory(), HERE), HERE).validate(same)
    validator = Validator(Executions(Table(seven="7"), Memory(), HERE), HERE)
    assert [validator.validate(item).status for item in (same, other)] == ["valid", "invalid"]
    assert validator.validate(same) == alone


def test_other_versions_or_limits_share_nothing() -> None:
    table, memory = Table(seven="7"), Memory()
    for circumstances in (HERE, replace(HERE, versions={"python": "4"}), replace(HERE, limits={"timeout": 6.0})):
        Executions(table, memory, circumstances).run(["seven"])
    assert len(table.ran) == 3


def test_equal_rows_at_the_same_time_wait_for_one_execution() -> None:
    ran: list[str] = []

    def slow(programs: Sequence[str]) -> list[Execution]:
        ran.append(programs[0])
        time.sleep(0.05)
        return [Execution("ok", "7")]

    executions = Executions(slow, Memory(), HERE)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(executions.run, [["same"]] * 40))
    assert ran == ["same"] and not executions._busy


def test_an_error_of_our_own_frees_the_key() -> None:
    def broken(programs: Sequence[str]) -> list[Execution]:
        raise RuntimeError("gone")

    executions = Executions(broken, Memory(), HERE)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            executions.run(["same"])
    assert not executions._busy and threading.active_count() < 50


def changed(trajectory: Trajectory, what: str) -> Trajectory:
    step, problem = trajectory.steps[0], trajectory.problem
    proof = trajectory.meta[PROOF]
    match what:
        case "question":
            return replace(trajectory, problem=replace(problem, question="4 + 4?"))
        case "answer":
            return replace(trajectory, problem=replace(problem, answer="8"))
        case "code":
            return replace(trajectory, steps=(replace(step, code="eight"),))
        case "output":
            return replace(trajectory, steps=(replace(step, execution=Execution("ok", "7 ")),))
        case "status":
            return replace(trajectory, steps=(replace(step, execution=replace(step.execution, status="error")),))
        case "step gone":
            return replace(trajectory, steps=())
        case "conclusion":
            return replace(trajectory, conclusion="\\boxed{8}")
        case "verdict":
            return replace(trajectory, verdict=None)
        case "versions":
            return replace(trajectory, meta={PROOF: {**proof, "versions": {}}})
        case "finding":
            return replace(trajectory, meta={PROOF: {**proof, "status": "repaired"}})
        case _:
            return replace(trajectory, meta={PROOF: {**proof, "sha": "0" * 64}})


@pytest.mark.parametrize(
    "what",
    ["question", "answer", "code", "output", "status", "step gone", "conclusion", "verdict", "versions", "finding",
     "sha"],
)  # fmt: skip
def test_a_proof_notices_each_change(what: str) -> None:
    proved = find(row(("seven", "7")), Table(seven="7")).trajectory
    assert standing(proved) == "proved"
    assert standing(changed(proved, what)) == "altered"


def test_a_proof_survives_being_stored_and_another_thought() -> None:
    import json

    from math_solver.records import as_row

    proved = find(row(("seven", "7")), Table(seven="7")).trajectory
    again = Trajectory.from_dict(json.loads(json.dumps(as_row(proved))))
    assert standing(again) == "proved"
    assert standing(replace(again, steps=(replace(again.steps[0], thought="Because."),))) == "proved"


@pytest.mark.parametrize("meta", [{}, {PROOF: None}, {PROOF: {}}, {PROOF: "yes"}, {PROOF: {"status": "valid"}}])
def test_a_row_without_a_proof_is_unproved(meta: dict[str, Any]) -> None:
    assert standing(replace(row(("seven", "7")), meta=meta)) == "unproved"


def test_whoever_changes_the_hash_too_is_found_by_running() -> None:
    forged = find(row(("seven", "8"), answer="8", conclusion="\\boxed{8}"), Table(seven="8")).trajectory
    assert standing(forged) == "proved"
    assert not reproduces(forged, Executions(Table(seven="7"), Memory(), HERE))
    assert reproduces(forged, Executions(Table(seven="8\n"), Memory(), HERE))


@pytest.mark.parametrize(
    ("trajectory", "not_run", "outputs"),
    [
        (row(("seven", None)), 1, ["7\n"]),
        (row(("eight", None), ("seven", None)), 2, ["8\n", "7\n"]),
        (row(("seven", "7")), None, ["7\n"]),
        # what was stored stays where it differs; what nobody knew is known now
        (row(("eight", None), ("seven", "6")), 1, ["8\n", "6"]),
        (row(("fails", None), ("seven", "6")), 1, ["", "6"]),
    ],
)
def test_programs_that_nobody_had_run_are_counted_and_filled(
    trajectory: Trajectory, not_run: int | None, outputs: list[str]
) -> None:
    found = find(trajectory, Table(seven="7\n", eight="8\n", fails=ERROR))
    assert found.trajectory.meta["validation"].get("not_run") == not_run
    assert [step.execution.output for step in found.trajectory.steps] == outputs
    assert not any(step.execution.status == "not_run" for step in found.trajectory.steps)
    assert standing(found.trajectory) in ("proved", "invalid")


@pytest.mark.parametrize(
    ("steps", "conclusion", "reason", "outcome"),
    [
        ([], "I cannot solve this: the width is missing.", None, "correct"),
        ([("five", "5")], "There is not enough information.", None, "correct"),  # looked at first
        ([], "It is \\boxed{7}.", "wrong_answer", "incorrect"),
        ([("five", "5")], "It is \\boxed{5}.", "wrong_answer", "incorrect"),  # whatever a program says
        ([], "That depends.", "wrong_answer", "incorrect"),
        ([], "", "wrong_answer", "incorrect"),
        ([("five", "5")], "", "wrong_answer", "incorrect"),  # a bare program refuses nothing
        ([("five", "6")], "There is not enough information.", "output_differs", "correct"),
    ],
)
def test_what_cannot_be_solved_is_valid_where_it_is_refused(
    steps: list[tuple[str, str | None]], conclusion: str, reason: str | None, outcome: str
) -> None:
    given = row(*steps, answer=None, conclusion=conclusion)
    given = replace(given, problem=replace(given.problem, answer_kind="unanswerable"))
    found = find(given, Table(five="5"))
    assert (found.reason, found.trajectory.verdict and found.trajectory.verdict.outcome) == (reason, outcome)
    assert standing(found.trajectory) == ("invalid" if reason else "proved")
    if not steps:
        assert reproduces(found.trajectory, Executions(Table(), Memory(), HERE))


def test_what_nobody_knows_the_answer_to_is_not_what_cannot_be_solved() -> None:
    found = find(row(answer=None, conclusion="I cannot solve this."), Table())
    assert found.reason == "no_code"
