"""Round after round: the commands of each, whether its model is kept, and when there is no use in going on.

A round begins with the model that was kept last. Its own model is kept where it is better on the held-out problems,
as ``gate`` says. The run ends after its last round; after as many rounds without a gain beyond doubt as ``patience``
says; and where nothing is left to learn, because every problem is solved always or never.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..dataset.judged import Shelf
from ..dataset.preference import PairRules, pairs_of
from ..evaluation import Attempt, figures, read_run
from ..records import Problem, RecordError, Trajectory, read_jsonl, read_records
from .gate import Gain
from .plan import Plan, Round, Step
from .settings import Stage

__all__ = ["Course", "Judged", "check_apart", "dry_steps", "improve"]

NOTHING_LEFT = "nothing is left to learn: of each problem all answers are right, or none that is sound"
NONE_RIGHT = "no answer is right, so that there is nothing to learn of; teach the model that begins more first"
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Judged:
    """A round: the one that its model began from, whether its model took that one's place, and what it gained."""

    round: Round
    stage: str
    before: Round
    figures: Figures
    gain: Gain
    kept: bool


@dataclass
class Course:
    """What a run has come to: the ``start``, its rounds, the one whose model is kept, and why it ended."""

    start: Figures
    kept: Round
    rounds: list[Judged] = field(default_factory=list)
    ended: str = "all rounds are done"

    @property
    def last(self) -> Figures:
        """The figures of the model that is kept."""
        return next((one.figures for one in self.rounds if one.round == self.kept), self.start)

    def idle(self) -> int:
        """The rounds without a gain beyond doubt since the last one with it."""
        return next(
            (number for number, one in enumerate(reversed(self.rounds)) if one.gain.is_clear), len(self.rounds)
        )


def improve(plan: Plan, run: Callable[[Step], None]) -> Course:
    """Have the steps of a plan ``run`` (or found to be done), and return what came of it.

    Raises:
        RecordError: a step failed, or problems to sample from are held out.
    """
    settings = plan.settings
    for step in plan.prepare():
        run(step)
        if plan.problems in step.makes:
            check_apart([plan.problems, *map(Path, settings.original)], Path(settings.held_out))
    course = Course(_figures(plan.round(0), settings.seed), plan.round(0))
    for number, stage in enumerate(settings.rounds, 1):
        for step in plan.steps(number, course.kept.number):
            if plan.rows(number) in step.makes and not _can_teach(plan, number, stage):
                course.ended = _why_nothing(plan.round(number))
                return course
            run(step)
            learned = {plan.round(number).solutions, plan.round(number).chosen}.intersection(step.makes)
            if not all(map(_has_rows, learned)):
                course.ended = _why_nothing(plan.round(number))
                return course
        course.rounds.append(_judge(plan, number, stage, course))
        if course.rounds[-1].kept:
            course.kept = plan.round(number)
        if (idle := course.idle()) >= settings.patience:
            course.ended = f"{idle} round{'s' * (idle > 1)} in a row gained nothing beyond doubt"
            return course
    return course


def dry_steps(plan: Plan) -> Iterator[Step]:
    """All steps, as if each round's model were kept."""
    yield from plan.prepare()
    for number in range(1, len(plan.settings.rounds) + 1):
        yield from plan.steps(number, number - 1)


def check_apart(files: Iterable[Path], held_out: Path) -> None:
    """See that no problem, and no trajectory's, is held out: by its id, or word for word.

    Raises:
        RecordError: one is.
    """
    held = list(read_records(held_out, Problem))
    ids, questions = {one.id for one in held}, {_plain(one.question) for one in held}
    for path in files:
        for number, row in read_jsonl(path):
            id, question = _asked(row, f"{path}:{number}")
            if id in ids or _plain(question) in questions:
                raise RecordError(
                    f"{path}: {id!r} is a problem of {held_out}, and nothing may be learned of it; "
                    "leave it out (scripts/curate.py --benchmarks finds such)"
                )


def _asked(row: Mapping[str, Any], where: str) -> tuple[str, str]:
    """The id and the question of a problem, or of the one that a trajectory solves.

    Raises:
        RecordError: the row is neither; ``where`` names it.
    """
    problem = row.get("problem") or row
    if not isinstance(problem, Mapping):
        raise RecordError(f"{where}: problem is {problem!r:.60}, not an object; data/README.md shows the form")
    if isinstance(id := problem.get("id"), list | dict):
        raise RecordError(f"{where}: id is {id!r:.60}, not text; data/README.md shows the form")
    return str(id), str(problem.get("question"))


def _plain(question: str) -> str:
    return "".join(question.casefold().split())


def _has_rows(path: Path) -> bool:
    return path.stat().st_size > 0


def _can_teach(plan: Plan, number: int, stage: Stage) -> bool:
    """Whether the answers of a round make rows: one that is valid, or for DPO a pair."""
    if stage == "sft":
        return _has_rows(plan.validated(number))
    how = plan.settings.dataset
    with Shelf(how.form, plan.folder) as shelf:
        shelf.take(read_records(plan.round(number).solutions, Trajectory))
        return any(True for judged in shelf for _ in pairs_of(judged, how.form, PairRules(how.pairs), Counter()))


def _why_nothing(of: Round) -> str:
    return NOTHING_LEFT if any(one.verdict.correct for one in read_records(of.samples, Attempt)) else NONE_RIGHT


def _judge(plan: Plan, number: int, stage: str, course: Course) -> Judged:
    seed = plan.settings.seed
    before, after = course.last, _figures(plan.round(number), seed)
    gain = Gain.of(before, after, seed)
    return Judged(plan.round(number), stage, course.kept, after, gain, gain.keeps(plan.settings.keep))


def _figures(of: Round, seed: int) -> Figures:
    return figures(read_run(of.held_out, of.name), seed=seed)
