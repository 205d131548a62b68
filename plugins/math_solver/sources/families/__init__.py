"""Generated problem families with exact answers, Chinese and English.

Two ways lead to each answer: SymPy in ``Family.answer``, and the program of the solution, which the
interpreter runs. A problem, as the generator writes it::

    {"id": "integer_product:123456789,987654321/en0", "source": "families",
     "question": "Calculate 123456789 × 987654321.", "answer": "121932631112635269",
     "answer_kind": "number", "level": null, "subject": "integer_product", "lang": "en"}
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ...records import Execution, RecordError, Step, Trajectory, Verdict
from . import algebra, analysis, arithmetic, words
from .family import KEPT_WORDINGS, Draft, Family, FollowUp, Params, problem_key

__all__ = [
    "FAMILIES",
    "KEPT_WORDINGS",
    "Draft",
    "Family",
    "FollowUps",
    "asked_keys",
    "generate",
    "problem_key",
    "solve",
]

MAX_REPEATS = 1000

FAMILIES: tuple[Family, ...] = (
    *arithmetic.FAMILIES,
    *words.FAMILIES,
    *algebra.FAMILIES,
    *analysis.FAMILIES,
)


@dataclass(frozen=True)
class FollowUps:
    """How many problems get follow-ups: a ``share`` of those whose family has any, one each or two.

    ``kept`` words them as no training row does.
    """

    share: float = 0.0
    kept: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"the share of problems with follow-ups is {self.share}; give 0 to 1")


def generate(
    per_family: int,
    seed: int,
    *,
    names: Collection[str] = (),
    exclude: Collection[str] = (),
    known: bool = False,
    follow_ups: FollowUps | None = None,
) -> Iterator[Draft]:
    """Yield ``per_family`` drafts of each family, none of them twice, each with its follow-ups right behind it.

    Follow-ups come in addition; the problems are the same with and without them.

    Args:
        names: only these families; all of them when empty.
        exclude: problem keys (``asked_keys``) that must not come up, so that splits stay apart whatever the
            phrasing or language, and whether a problem is asked by itself or by a follow-up. The families'
            well-known instances are always excluded.
        known: instead start each family with its well-known instances.

    Raises:
        RecordError: an unknown family name, or a family has fewer problems than asked for.
    """
    if unknown := set(names) - {family.name for family in FAMILIES}:
        known_names = ", ".join(family.name for family in FAMILIES)
        raise RecordError(f"unknown family {', '.join(sorted(unknown))}; the families are {known_names}")
    for family in (family for family in FAMILIES if not names or family.name in names):
        apart = {*exclude, *map(family.key, family.known)}
        chance = random.Random(f"{family.name}/{seed}/follow-ups")
        for draft in islice(_fresh(family, seed, set(exclude), known), per_family):
            yield draft
            if follow_ups and chance.random() < follow_ups.share:
                yield from _followed(family, draft, apart, follow_ups.kept, chance)


def _fresh(family: Family, seed: int, seen: set[str], known: bool) -> Iterator[Draft]:
    rng = random.Random(f"{family.name}/{seed}")
    for params in family.known:
        seen.add(family.key(params))
        if known:
            yield family.draft(params, "en", rng)
    repeats = 0
    for draft in family.drafts(rng):
        key = problem_key(draft.problem.id)
        if key not in seen:
            seen.add(key)
            repeats = 0
            yield draft
        elif (repeats := repeats + 1) > MAX_REPEATS:
            raise RecordError(f"family {family.name} has no more new problems; lower --per-family")


def _followed(family: Family, draft: Draft, apart: set[str], kept: bool, rng: random.Random) -> Iterator[Draft]:
    """A follow-up of a problem; mostly another one behind it, where it asks the family's question again."""
    for _ in range(2):
        offered = [how for how in family.follow_ups if how.fits(**draft.params)]
        if not offered:
            return
        how = rng.choice(offered)
        said = _said(family, draft, how, apart, rng)
        if said is None:
            return
        draft = family.follow(draft, how, said, rng, kept=kept)
        yield draft
        if how.code is not None or rng.random() < 0.5:
            return


def _said(family: Family, draft: Draft, how: FollowUp, apart: set[str], rng: random.Random) -> Params | None:
    """What a follow-up says anew, so that it asks no problem that is kept apart, nor one once more."""
    own = asked_keys(draft.problem.id)
    for _ in range(MAX_REPEATS):
        said = how.sample(rng, draft.params)
        key = family.key({**draft.params, **said})
        if how.code is not None or (key not in apart and key not in own):
            return said
    return None


def asked_keys(problem_id: str) -> list[str]:
    """The keys of the problems that one asks: its own, and where it follows another also that of each before it."""
    return problem_key(problem_id).split(">")


def solve(draft: Draft, run: Callable[[str], Execution], verify: Callable[[str, str], Verdict]) -> Trajectory:
    """Run the draft's program and conclude with its output, judged against the gold answer."""
    execution = run(draft.code)
    predicted = execution.output.strip()
    verdict = verify(draft.problem.answer or "", predicted)
    if execution.status != "ok":
        verdict = Verdict("incorrect", f"the program ended with status {execution.status}")
    return Trajectory(
        id=draft.problem.id,
        problem=draft.problem,
        # Wall-clock time differs from run to run; without it the same seed gives the same bytes.
        steps=(Step(draft.thought, draft.code, replace(execution, ms=0.0)),),
        conclusion=draft.conclude(predicted),
        predicted=predicted,
        verdict=verdict,
        meta={"teacher": "families"},
    )
