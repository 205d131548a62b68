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
from dataclasses import replace
from itertools import islice

from ...records import Execution, RecordError, Step, Trajectory, Verdict
from . import algebra, analysis, arithmetic, words
from .family import Draft, Family

__all__ = ["FAMILIES", "Draft", "Family", "generate", "problem_key", "solve"]

MAX_REPEATS = 1000

FAMILIES: tuple[Family, ...] = (
    *arithmetic.FAMILIES,
    *words.FAMILIES,
    *algebra.FAMILIES,
    *analysis.FAMILIES,
)


def generate(
    per_family: int,
    seed: int,
    *,
    names: Collection[str] = (),
    exclude: Collection[str] = (),
    known: bool = False,
) -> Iterator[Draft]:
    """Yield ``per_family`` drafts of each family, none of them twice.

    Args:
        names: only these families; all of them when empty.
        exclude: problem keys (``problem_key``) that must not come up, so that splits stay apart whatever the
            phrasing or language. The families' well-known instances are always excluded.
        known: instead start each family with its well-known instances.

    Raises:
        RecordError: an unknown family name, or a family has fewer problems than asked for.
    """
    if unknown := set(names) - {family.name for family in FAMILIES}:
        known_names = ", ".join(family.name for family in FAMILIES)
        raise RecordError(f"unknown family {', '.join(sorted(unknown))}; the families are {known_names}")
    for family in (family for family in FAMILIES if not names or family.name in names):
        yield from islice(_fresh(family, seed, set(exclude), known), per_family)


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


def problem_key(problem_id: str) -> str:
    """What the phrasings of one problem share."""
    return problem_id.rpartition("/")[0]


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
