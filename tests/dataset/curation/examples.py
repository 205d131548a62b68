"""Rows for the tests of curation."""

from __future__ import annotations

import dataclasses
from typing import Any

from math_solver.dataset.curation.rows import Row
from math_solver.records import Execution, Outcome, Problem, Step, Trajectory, Verdict

QUESTION = "Ann buys 12 pens for 34 cents each and pays with a note of 20 dollars. How many cents does she get back?"
CODE = "paid = 12 * 34\nprint(2000 - paid)"


def problem(question: str = QUESTION, answer: str | None = "1592", *, id: str = "p1", **more: Any) -> Row:
    record = Problem(
        id, more.pop("source", "test"), question, answer, **{k: more.pop(k) for k in list(more) if k in FIELDS}
    )
    return Row({**dataclasses.asdict(record), **more}, record)


FIELDS = ("answer_kind", "level", "subject", "lang")


def step(code: str = CODE, output: str = "1592\n", *, thought: str = "I subtract what she pays.", **more: Any) -> Step:
    return Step(thought, code, Execution(more.pop("status", "ok"), output, **more))


def trajectory(
    *steps: Step,
    conclusion: str = "She gets back \\boxed{1592} cents.",
    predicted: str | None = "1592",
    answer: str | None = "1592",
    question: str = QUESTION,
    outcome: Outcome | None = "correct",
    id: str = "t1",
) -> Trajectory:
    verdict = Verdict(outcome, "compared") if outcome else None
    return Trajectory(id, Problem("p1", "test", question, answer), steps or (step(),), conclusion, predicted, verdict)


def row(record: Trajectory, part: int = 0, **more: Any) -> Row:
    return Row({**dataclasses.asdict(record), **more}, record, part)
