"""Generated problem families with exact answers, Chinese and English.

Two ways lead to each answer: SymPy in ``Family.answer``, and the program of the solution, which the
interpreter runs. A problem, as the generator writes it::

    {"id": "integer_product:123456789,987654321/en0", "source": "families",
     "question": "Calculate 123456789 × 987654321.", "answer": "121932631112635269",
     "answer_kind": "number", "level": null, "subject": "integer_product", "lang": "en"}
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from ...records import Execution, RecordError, Step, Trajectory, Verdict
from . import (
    advanced,
    algebra,
    analysis,
    arithmetic,
    equations,
    geometry,
    measures,
    numbers,
    phrasings,
    refusals,
    said,
    sequences,
    shopping,
    words,
)
from .family import KEPT_WORDINGS, Draft, Family, FollowUp, Params, lang_of, problem_key
from .noise import as_people_write
from .slips import slipped

__all__ = [
    "EMBEDDED",
    "FAMILIES",
    "KEPT_WORDINGS",
    "REFUSAL",
    "Draft",
    "Family",
    "FollowUps",
    "Writing",
    "asked_keys",
    "generate",
    "problem_key",
    "solve",
]

MAX_REPEATS = 1000

# Problems that stay a test: no file has them, be it trained on or held out.
NEVER: Mapping[str, tuple[Params, ...]] = {
    "integer_sum": ({"a": 123456789, "b": 987654321},),
    "complex_modulus": ({"a": 3, "b": 4},),
}


def _widened(family: Family) -> Family:
    """One of the first families with further phrasings."""
    more = phrasings.PHRASINGS[family.name]
    also = {
        lang: tuple(phrasing for phrasing in more.seen[lang] if phrasing not in family.questions[lang])
        for lang in family.questions
    }
    return replace(family, also=also, kept=more.kept, never=NEVER.get(family.name, ()))


def _said_by_people(family: Family) -> Family:
    """A family with what people say beside its own phrasings."""
    more = said.SAID.get(family.name, {})
    return replace(family, also={lang: (*family.also[lang], *more.get(lang, ())) for lang in family.questions})


_FIRST = (*arithmetic.FAMILIES, *words.FAMILIES, *algebra.FAMILIES, *analysis.FAMILIES)
_EVERY = (
    *map(_widened, _FIRST),
    *shopping.FAMILIES,
    *numbers.FAMILIES,
    *measures.FAMILIES,
    *geometry.FAMILIES,
    *equations.FAMILIES,
    *sequences.FAMILIES,
    *advanced.FAMILIES,
)
FAMILIES: tuple[Family, ...] = tuple(map(_said_by_people, _EVERY))
REFUSAL = _said_by_people(refusals.REFUSAL)
# Families that came after the embedded base of examples/tiny_base was built: it knows the others.
SINCE: frozenset[str] = frozenset()
EMBEDDED: tuple[str, ...] = tuple(family.name for family in FAMILIES if family.name not in SINCE)
GROUPS: Mapping[str, tuple[str, ...]] = {"embedded": EMBEDDED}


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


@dataclass(frozen=True)
class Writing:
    """How problems are worded and solved.

    Attributes:
        noise: a share of the questions is typed as people type, in further phrasings too.
        unseen: phrasings that are kept from training.
        slips: a share of the solutions begins with a program that goes wrong.
    """

    noise: float = 0.0
    unseen: bool = False
    slips: float = 0.0

    def __post_init__(self) -> None:
        for name, share in (("noise", self.noise), ("slips", self.slips)):
            if not 0 <= share <= 1:
                raise ValueError(f"the share of {name} is {share}; give 0 to 1")


def generate(
    per_family: int,
    seed: int,
    *,
    names: Collection[str] = (),
    exclude: Collection[str] = (),
    known: bool = False,
    follow_ups: FollowUps | None = None,
    writing: Writing | None = None,
) -> Iterator[Draft]:
    """Yield ``per_family`` drafts of each family, none of them twice, each with its follow-ups right behind it.

    Follow-ups come in addition; the problems are the same with and without them.

    Args:
        names: only these families, or those of a group ("embedded"); all of them when empty.
        exclude: problem keys (``asked_keys``) that must not come up, so that splits stay apart whatever the
            phrasing or language, and whether a problem is asked by itself or by a follow-up. The families'
            well-known instances are always excluded.
        known: instead start each family with its well-known instances.
        writing: plain, without slips and in phrasings of training where none is given.

    Raises:
        RecordError: an unknown family name, or a family has fewer problems than asked for.
    """
    writing = writing or Writing()
    for family in _chosen(names):
        apart = {*exclude, *map(family.key, (*family.known, *family.never))}
        chance = random.Random(f"{family.name}/{seed}/follow-ups")
        written = random.Random(f"{family.name}/{seed}/writing")
        for draft in islice(_fresh(family, seed, {*apart}, known, writing), per_family):
            draft = _written(draft, writing, written)
            yield draft
            if follow_ups and chance.random() < follow_ups.share:
                for following in _followed(family, draft, apart, follow_ups.kept, chance):
                    yield _written(following, writing, written)


def _chosen(names: Collection[str]) -> Iterator[Family]:
    """The families of these names in their order, all where none is named.

    Raises:
        RecordError: a name is none.
    """
    every = (*FAMILIES, REFUSAL)
    wanted = {one for name in names for one in GROUPS.get(name, (name,))}
    if unknown := wanted - {family.name for family in every}:
        known_names = ", ".join(family.name for family in every)
        raise RecordError(f"unknown family {', '.join(sorted(unknown))}; the families are {known_names}")
    return (family for family in every if not wanted or family.name in wanted)


def _written(draft: Draft, writing: Writing, rng: random.Random) -> Draft:
    """The draft as somebody types it, or with a slip, each by chance."""
    problem = draft.problem
    if rng.random() < writing.noise:
        typed = as_people_write(problem.question, lang_of(problem), rng)
        draft = replace(draft, problem=replace(problem, question=typed))
    return slipped(draft, rng) if rng.random() < writing.slips else draft


def _fresh(family: Family, seed: int, seen: set[str], known: bool, writing: Writing) -> Iterator[Draft]:
    rng = random.Random(f"{family.name}/{seed}")
    wide, kept = writing.noise > 0, writing.unseen
    for params in family.known if known else ():
        yield family.draft(params, "en", rng, wide=wide, kept=kept)
    repeats = 0
    for draft in family.drafts(rng, wide=wide, kept=kept):
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
    """Run the draft's program, behind its slip if it has one, and conclude with its output, judged against the answer.

    A draft without a program says that it cannot solve the problem.
    """
    if not draft.code:
        return _refused(draft)
    # Wall-clock time differs from run to run; without it the same seed gives the same bytes.
    execution = replace(run(draft.code), ms=0.0)
    predicted = execution.output.strip()
    verdict = verify(draft.problem.answer or "", predicted)
    if execution.status != "ok":
        verdict = Verdict("incorrect", f"the program ended with status {execution.status}")
    steps: tuple[Step, ...] = (Step(draft.thought, draft.code, execution),)
    slip = draft.slip
    if slip is not None and _is_seen(tried := replace(run(slip.code), ms=0.0), execution):
        steps = (Step(draft.thought, slip.code, tried), Step(slip.thought, draft.code, execution))
    return Trajectory(
        id=draft.problem.id,
        problem=draft.problem,
        steps=steps,
        conclusion=draft.conclude(predicted),
        predicted=predicted,
        verdict=verdict,
        meta={"teacher": "families", **({"slip": slip.name} if slip is not None and len(steps) > 1 else {})},
    )


def _is_seen(tried: Execution, right: Execution) -> bool:
    """Whether one sees that a program went wrong: it fails, or prints something else."""
    return tried.status == "error" or (tried.status == "ok" and tried.observation != right.observation)


def _refused(draft: Draft) -> Trajectory:
    """A question that no program answers, answered so, with Python at hand."""
    return Trajectory(
        id=draft.problem.id,
        problem=draft.problem,
        steps=(),
        conclusion=draft.conclusion,
        verdict=Verdict("correct", "says that it cannot be solved"),
        meta={"teacher": "families", "tool": "unused"},
    )
