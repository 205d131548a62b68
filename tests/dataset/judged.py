"""Right and wrong solutions of one problem, for the tests of preferences."""

from __future__ import annotations

from collections.abc import Sequence

from math_solver.dataset.judged import Judged, Shelf
from math_solver.records import Execution, Problem, Step, Trajectory, Verdict

__all__ = ["ADD", "FAIL", "MULTIPLY", "REPAIR", "SUBTRACT", "judged_of", "solved"]

MULTIPLY = Step("First the product.", "print(2*3)", Execution("ok", "6\n"))
ADD = Step("Then the sum.", "print(6+1)", Execution("ok", "7\n"))
SUBTRACT = Step("Then the difference.", "print(6-1)", Execution("ok", "5\n"))
FAIL = Step("Both at once.", "print(2*3+one)", Execution("error", error="NameError: name 'one' is not defined"))
REPAIR = Step("The name is missing.", "print(2*3+1)", Execution("ok", "7\n"))


def solved(name: str, steps: Sequence[Step], answer: str, conclusion: str = "It is \\boxed{{{}}}.") -> Trajectory:
    """A solution of one problem, whose answer is 7."""
    problem = Problem("p", "test", "Multiply 2 by 3 and add 1.", "7")
    verdict = Verdict("correct" if answer == "7" else "incorrect", "compared")
    return Trajectory(name, problem, tuple(steps), conclusion.format(answer), answer, verdict)


def judged_of(*trajectories: Trajectory) -> Judged:
    with Shelf() as shelf:
        shelf.take(trajectories)
        (judged,) = shelf
    return judged
