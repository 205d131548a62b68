"""Verdicts on whether a program depends on its problem, and variants of the problems whose programs do.

    ignores     the answer moves under no change: the program does not depend on its problem
    responds    it moves, and stays of its kind: an integer an integer, positive positive, a share of one a share
    untied      numbers of the question are not in the program, which has others instead: results that are hard-coded
    unjudged    with a reason

Not guaranteed: that a program which responds is right. A variant's answer is what the program gives, of a program that
gave the gold answer to the original; it is only made where every number of the question is tied, none follows from
others, and the program has no number of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, islice
from typing import Any, Literal

from ...answers import verify_answer
from ...answers.comparing.multiple_choice import options
from ...answers.stated import elements, read_quantity
from ...records import Execution, Trajectory, as_row
from ..evidence import last_line
from .changing import change
from .literals import literals, replace_literals, rounds_down
from .mentions import Mention, are_spaced, implied, mentions, rewrite
from .tying import Tied, tie

__all__ = ["Metamorphic", "Verdict", "check"]

Verdict = Literal["ignores", "responds", "untied", "unjudged"]
Run = Callable[[Sequence[str]], Sequence[Execution]]

TRIALS = 5  # changes under none of which an answer may move before its program is said to ignore its problem
LEAST = 3  # of them must give a number
MORE = 6  # changes tried for each variant that is wanted: some give no plausible answer
MOST_NUMBERS = 12  # of a question; beyond, it is a table
_FEW = frozenset(map(Fraction, (-1, 0, 1, 2)))  # answers that stay the same by chance, or by a symmetry


@dataclass(frozen=True)
class Metamorphic:
    """What was found; ``reason`` is one of a small set, ``changed`` are the values that were."""

    verdict: Verdict
    reason: str | None = None
    changed: tuple[str, ...] = ()
    trials: int = 0
    no_variants: str | None = None
    variants: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    def as_dict(self) -> dict[str, Any]:
        said = {"verdict": self.verdict, "reason": self.reason, "changed": list(self.changed), "trials": self.trials}
        return {**said, "no_variants": self.no_variants} if self.no_variants else said


@dataclass(frozen=True)
class _Trial:
    """A change, and what the programs gave after it; ``answer`` is None where that is no number."""

    new: Mapping[Fraction, Fraction]
    programs: Sequence[str]
    executions: Sequence[Execution]
    answer: Fraction | None
    divisible: bool


def check(trajectory: Trajectory, run: Run, *, seed: int = 0, variants: int = 0) -> Metamorphic:
    """Judge a trajectory whose outputs are real; ``run`` runs programs in one session."""
    if trajectory.problem.unanswerable or not trajectory.steps:
        return Metamorphic("unjudged", "unanswerable" if trajectory.problem.unanswerable else "no_program")
    programs = [step.code for step in trajectory.steps]
    found, own = mentions(_stem(trajectory.problem.question)), literals(programs)
    if are_spaced(trajectory.problem.question):
        return Metamorphic("unjudged", "numbers_unreadable")
    old = _answer(trajectory.steps[-1].execution)
    if reason := _unjudgeable(found, own, old):
        return Metamorphic("unjudged", reason)
    assert own is not None and old is not None
    tied = tie(found, own, implied(trajectory.problem.question))
    if tied.missing and (tied.unexplained or not tied.ties and not tied.ambiguous):
        return Metamorphic("untied", "hard_coded" if tied.unexplained else "not_in_the_program")
    if not tied.ties:
        return Metamorphic("unjudged", "ambiguous" if tied.ambiguous else "no_numbers")
    return _judge(trajectory, tied, found, old, run, seed, variants)


def _stem(question: str) -> str:
    """A question without its options, whose numbers are answers."""
    listed = options(question)
    end = question.find(listed[0][1]) if listed else -1
    return question if end < 0 else question[:end]


def _unjudgeable(found: Sequence[Mention], own: object, old: Fraction | None) -> str | None:
    if own is None:
        return "program_unreadable"
    if old is None:
        return "not_a_number"
    if len(found) > MOST_NUMBERS:
        return "too_many_numbers"
    return None if found else "no_numbers"


def _judge(
    trajectory: Trajectory, tied: Tied, found: Sequence[Mention], old: Fraction, run: Run, seed: int, variants: int
) -> Metamorphic:
    changed = tuple(str(one.value) for one in tied.ties)
    obstacle = _obstacle(trajectory, tied, found, old)
    wanted = variants if obstacle is None else 0
    trials: list[_Trial] = []
    good: list[_Trial] = []
    responded = moved = False
    for trial in islice(_trials(trajectory, tied, found, run, seed), TRIALS + MORE * max(1, wanted)):
        trials.append(trial)
        if trial.answer is not None and trial.answer != old and _same_kind(old, trial.answer):
            if trial.divisible or not wanted:
                good.append(trial)
            responded = True
        moved = moved or trial.answer not in (None, old)
        if len(good) >= max(1, wanted) or (not moved and len(trials) == TRIALS):
            break
    if not trials:
        return Metamorphic("unjudged", "no_other_values", changed)
    answers = [trial.answer for trial in trials if trial.answer is not None]
    if not answers:
        return Metamorphic("unjudged", "errors", changed, len(trials))
    if all(answer == old for answer in answers):
        doubt = _doubt(trajectory, tied, trials, old)
        return Metamorphic("unjudged" if doubt else "ignores", doubt, changed, len(trials))
    if not responded:
        return Metamorphic("unjudged", "implausible_answers", changed, len(trials))
    made = tuple(_variant(trajectory, tied, trial, number) for number, trial in enumerate(good[:wanted], 1))
    return Metamorphic("responds", None, changed, len(trials), obstacle, made)


def _doubt(trajectory: Trajectory, tied: Tied, trials: Sequence[_Trial], old: Fraction) -> str | None:
    """Why an answer that stays may still depend on the numbers."""
    if old in _FEW or sum(trial.answer is not None for trial in trials) < LEAST:
        return "few_answers"
    if any(literal.listed for one in tied.ties for literal, _ in one.literals):
        return "collection"
    shown = trajectory.steps[-1].execution.observation
    return "other_output_moves" if any(trial.executions[-1].observation != shown for trial in trials) else None


def _trials(trajectory: Trajectory, tied: Tied, found: Sequence[Mention], run: Run, seed: int) -> Iterator[_Trial]:
    """Programs with changed numbers and what they give; no change comes twice."""
    programs = [step.code for step in trajectory.steps]
    chance = random.Random(f"{seed}\n{trajectory.id}")
    seen: set[tuple[Fraction, ...]] = set()
    for divisible in (True, False):
        for _ in range(TRIALS * MORE):
            new = change(tied.ties, found, chance, divisible=divisible)
            if new is None or (key := tuple(new.values())) in seen:
                continue
            seen.add(key)
            values = {
                literal: scale * new[one.value] + offset
                for one in tied.ties
                for literal, (scale, offset) in one.literals
            }
            changed = replace_literals(programs, values)
            if changed is not None:
                executions = run(changed)
                yield _Trial(new, changed, executions, _answer(executions[-1]), divisible)


def _answer(execution: Execution) -> Fraction | None:
    """The number on the last line of an output, behind a label or alone in a list; noise of floats removed."""
    if execution.status != "ok":
        return None
    line = last_line(execution.observation)
    for text in (line, line.rpartition(":")[2], line.rpartition("=")[2]):
        inner = elements(text.strip()) if text.strip()[:1] in ("[", "{", "(") else []
        quantity = read_quantity(inner[0] if len(inner) == 1 else text.strip())
        if quantity is not None:
            return _without_noise(quantity.value)
    return None


def _without_noise(value: Fraction) -> Fraction:
    rounded = round(value, 8)
    return rounded if abs(value - rounded) <= max(Fraction(1), abs(value)) * Fraction(1, 10**12) else value


def _same_kind(old: Fraction, new: Fraction) -> bool:
    """Whether an answer can be one to the same question: an integer, positive, a share of one where it was."""
    if old.denominator == 1 and new.denominator != 1:
        return False
    if (old > 0) != (new > 0) or (old == 0) != (new == 0):
        return False
    if _ends(old) and not _ends(new):
        return False
    return not (0 < old < 1) or 0 < new < 1


def _ends(value: Fraction) -> bool:
    """Whether a decimal ends; of 28.333333333333332 nobody knows what it is."""
    return (value * 10**8).denominator == 1


def _obstacle(trajectory: Trajectory, tied: Tied, found: Sequence[Mention], old: Fraction) -> str | None:
    """Why there can be no variants of a problem, whatever its program does."""
    problem = trajectory.problem
    if trajectory.verdict is None or not trajectory.verdict.correct or problem.answer is None:
        return "not_verified"
    if options(problem.question):
        return "multiple_choice"
    if problem.follows is not None:
        return "follows_another"
    if not verify_answer(problem.answer, _shown(old), question=problem.question, kind=problem.answer_kind).correct:
        return "answer_is_not_the_output"
    if not _ends(old):
        return "endless_answer"
    if len(found) > sum(len(one.mentions) for one in tied.ties):
        return "numbers_not_tied"
    if rounds_down([step.code for step in trajectory.steps]):
        return "rounds_down"
    if tied.own:
        return "numbers_of_its_own"
    return "numbers_that_follow" if _follows_from_others([mention.value for mention in found]) else None


def _follows_from_others(values: Sequence[Fraction]) -> bool:
    """Whether a number of a question is the sum or the product of two others: "10 people, 4 men and 6 women"."""
    for one, two in combinations(range(len(values)), 2):
        rest = [value for place, value in enumerate(values) if place not in (one, two)]
        first, second = values[one], values[two]
        if first + second in rest or (first * second in rest and first != second):
            return True
    return False


def _variant(trajectory: Trajectory, tied: Tied, trial: _Trial, number: int) -> Mapping[str, Any]:
    """A problem with other numbers, the program that gave its answer, and whose variant it is."""
    problem, answer = trajectory.problem, trial.answer
    assert answer is not None
    new = {mention: trial.new[one.value] for one in tied.ties for mention in one.mentions}
    question = rewrite(problem.question, new)
    made = replace(problem, id=f"{problem.id}/v{number}", question=question, answer=_shown(answer))
    return {
        **as_row(made),
        "variant_of": problem.id,
        "family": f"{problem.source}:{problem.id}",
        "programs": [code.replace(problem.question, question) for code in trial.programs],
        "outputs": [execution.observation for execution in trial.executions],
    }


def _shown(value: Fraction) -> str:
    """A decimal where it ends, else a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 9):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}"
    return f"{value.numerator}/{value.denominator}"
