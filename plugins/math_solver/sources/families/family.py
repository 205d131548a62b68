"""A problem family: phrasings, exact answers and a program, from which problems and solutions are sampled.

A follow-up is asked right behind a problem and refers back to it::

    {"id": "integer_product:12,34>half/en0", "source": "families", "question": "What is half of it?",
     "answer": "204", "answer_kind": "number", "level": null, "subject": "integer_product", "lang": "en",
     "follows": "integer_product:12,34/en2"}
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sympy

from ...records import AnswerKind, Problem

__all__ = [
    "KEPT_WORDINGS",
    "Draft",
    "Family",
    "FollowUp",
    "Lang",
    "Params",
    "Slip",
    "Texts",
    "Way",
    "lang_of",
    "latex",
    "nonzero",
    "one_of_each",
    "problem_key",
    "terms",
]

Lang = Literal["en", "zh"]
Params = Mapping[str, int]
Texts = Mapping[Lang, tuple[str, ...]]
Words = Callable[[random.Random, Lang, Params], Mapping[str, str]]
LANGS: tuple[Lang, ...] = ("en", "zh")
KEPT_WORDINGS = 2  # of each language, the last ones of a follow-up: never trained on
NO_TEXTS: Texts = {"en": (), "zh": ()}
DIGITS_OF_LEVELS = (2, 4)  # of the largest number of a problem of level 1, of level 2; beyond is level 3


class _Coefficient(int):
    """An integer that ``{b:+}`` formats as a term of a sum: ``+ 5``, ``- 5``; ``{b:t}`` as a tight one: ``+5``."""

    def __format__(self, spec: str) -> str:
        if spec in ("+", "t"):
            return f"{'-' if self < 0 else '+'}{' ' if spec == '+' else ''}{abs(self)}"
        return super().__format__(spec)


@dataclass(frozen=True)
class Slip:
    """A program that goes wrong as people's do, and what is said once its outcome is seen."""

    name: str
    code: str
    thought: str


@dataclass(frozen=True)
class Draft:
    """A problem with a solution whose program has not been run: ``conclude`` turns its output into the end.

    ``code`` is empty where the solution says that it cannot solve the problem. A ``slip`` is tried before ``code``.
    """

    problem: Problem
    thought: str
    code: str
    conclusion: str
    params: Params = field(default_factory=dict)
    slip: Slip | None = None

    def conclude(self, output: str) -> str:
        """The conclusion with what the program printed in the box."""
        return self.conclusion.replace("{answer}", f"\\boxed{{{output.strip()}}}")


def _nothing(rng: random.Random, params: Params) -> Params:
    return {}


@dataclass(frozen=True)
class FollowUp:
    """A question that refers back to a problem of a family, and cannot be answered without it.

    ``sample`` picks what it says anew. Where there is no ``code``, those are parameters of the family in place of the
    problem's, and the family's question is asked again. Otherwise ``code``, ``thoughts``, ``conclusions`` and
    ``answer`` are those of another question, over the parameters of the problem and what was picked: the program
    repeats what it needs, since each solution is run in a session of its own. ``fits`` says of which problems it can
    be asked.
    """

    name: str
    questions: Texts
    sample: Callable[[random.Random, Params], Params] = _nothing
    code: str | None = None
    thoughts: Texts | None = None
    conclusions: Texts | None = None
    answer: Callable[..., str] | None = None
    kind: AnswerKind = "number"
    fits: Callable[..., bool] = lambda **params: True


@dataclass(frozen=True)
class Way:
    """One way to solve a problem: a program, and what is said before it."""

    code: str
    thoughts: Texts


@dataclass(frozen=True)
class Family:
    """One kind of problem.

    ``questions``, ``thoughts`` and ``conclusions`` hold phrasings by language; with ``code`` they are
    ``str.format`` templates over the parameters that ``sample`` picks (``{b:+}`` writes a term of a sum).
    ``answer`` computes the gold answer with SymPy, independently of ``code``, as LaTeX; where it depends on the
    language, it takes that as ``lang``. ``known`` are parameters of well-known instances: they are only ever held
    out, never trained on. ``never`` are those of problems that are not even held out.

    ``also`` are phrasings beside ``questions`` that only come up where problems are worded as people write, and
    ``kept`` ones that are never trained on. ``ways`` are further solutions. ``words`` picks names and things for the
    templates, which are no part of what is asked. Problems of a ``graded`` family tell their level, by the length of
    their numbers.
    """

    name: str
    subject: str
    questions: Texts
    thoughts: Texts
    code: str
    conclusions: Texts
    sample: Callable[[random.Random], Params]
    answer: Callable[..., str | None]
    kind: AnswerKind | None = "number"
    known: tuple[Params, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    never: tuple[Params, ...] = ()
    also: Texts = field(default_factory=lambda: NO_TEXTS)
    kept: Texts = field(default_factory=lambda: NO_TEXTS)
    ways: tuple[Way, ...] = ()
    words: Words | None = None
    graded: bool = False
    by_language: bool = False

    def drafts(self, rng: random.Random, *, wide: bool = False, kept: bool = False) -> Iterator[Draft]:
        """Drafts without end; the languages alternate at random, parameters may come again."""
        while True:
            yield self.draft(self.sample(rng), rng.choice(LANGS), rng, wide=wide, kept=kept)

    def draft(
        self, params: Params, lang: Lang, rng: random.Random, *, wide: bool = False, kept: bool = False
    ) -> Draft:
        """The problem and solution of one choice of parameters, in phrasings picked by ``rng``.

        ``wide`` takes the phrasings of ``also`` too, ``kept`` only those that no training row has.
        """
        # What is said otherwise comes last and draws from its own source, so that one more changes no problem.
        own, kept_too = len(self.questions[lang]), len(self.questions[lang]) + len(self.kept[lang])
        every = (*self.questions[lang], *self.kept[lang], *self.also[lang])
        phrasing = rng.randrange(own, kept_too) if kept else rng.randrange(own)
        worded = random.Random(f"{self.key(params)}/{lang}{phrasing}")
        if wide and not kept:
            phrasing = worded.choice((*range(own), *range(kept_too, len(every))))
        values = self._values(params, lang, rng)
        problem = Problem(
            id=f"{self.key(params)}/{lang}{phrasing}",
            source="families",
            question=one_of_each(every[phrasing], worded).format(**values),
            answer=self._answer(params, lang),
            answer_kind=self.kind,
            level=str(_level(params)) if self.graded else None,
            subject=self.name,
            lang=lang,
            phrasing="unseen" if kept else "seen",
        )
        way = rng.choice((Way(self.code, self.thoughts), *self.ways)) if self.ways else Way(self.code, self.thoughts)
        return _solved(problem, params, values, way, self.conclusions, rng)

    def _answer(self, params: Params, lang: Lang) -> str | None:
        return self.answer(**params, lang=lang) if self.by_language else self.answer(**params)

    def _values(self, params: Params, lang: Lang, rng: random.Random) -> Mapping[str, Any]:
        """What the templates take."""
        return {**terms(params), **(self.words(rng, lang, params) if self.words else {})}

    def follow(self, draft: Draft, how: FollowUp, said: Params, rng: random.Random, *, kept: bool = False) -> Draft:
        """The problem and solution that follow a draft of this family; ``kept`` words it as no training row does.

        ``said`` is what ``how.sample`` picked.
        """
        problem, params = draft.problem, {**draft.params, **said}
        lang = lang_of(problem)
        own = {name: params[name] for name in draft.params}
        values = {**terms(params), **self._values(own, lang, rng)}
        wordings = how.questions[lang]
        first, last = (len(wordings) - KEPT_WORDINGS, len(wordings)) if kept else (0, len(wordings) - KEPT_WORDINGS)
        phrasing = rng.randrange(first, last)
        step = how.name + (f":{','.join(map(str, said.values()))}" if said else "")
        following = Problem(
            id=f"{problem_key(problem.id)}>{self.key(params) if how.code is None else step}/{lang}{phrasing}",
            source="families",
            question=wordings[phrasing].format(**values),
            answer=how.answer(**params) if how.answer else self._answer(params, lang),
            answer_kind=self.kind if how.code is None else how.kind,
            subject=self.name,
            lang=lang,
            follows=problem.id,
            phrasing="unseen" if kept else "seen",
        )
        way = Way(how.code or self.code, how.thoughts or self.thoughts)
        return _solved(following, params, values, way, how.conclusions or self.conclusions, rng)

    def key(self, params: Params) -> str:
        """What two phrasings of one problem share: the part of ``Problem.id`` before the slash."""
        return f"{self.name}:{','.join(str(value) for value in params.values())}"


def _solved(
    problem: Problem, params: Params, values: Mapping[str, Any], way: Way, conclusions: Texts, rng: random.Random
) -> Draft:
    lang = lang_of(problem)
    thought = rng.choice(way.thoughts[lang]).format(**values)
    return Draft(problem, thought, way.code.format(**values), rng.choice(conclusions[lang]), params)


def _level(params: Params) -> int:
    """1 to 3, by the digits of the largest number."""
    digits = len(str(max(map(abs, params.values()), default=0)))
    return 1 + sum(digits > most for most in DIGITS_OF_LEVELS)


def one_of_each(phrasing: str, rng: random.Random) -> str:
    """A phrasing with one of each ``[choice|of|words]``, which may be empty."""
    return _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), phrasing)


_CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")


def problem_key(problem_id: str) -> str:
    """What the phrasings of one problem share."""
    return problem_id.rpartition("/")[0]


def lang_of(problem: Problem) -> Lang:
    """The language of a problem, which is one of those that families are written in."""
    return "zh" if problem.lang == "zh" else "en"


def terms(params: Params) -> dict[str, Any]:
    """The parameters as templates take them."""
    return {name: _Coefficient(value) for name, value in params.items()}


def latex(value: Any) -> str:
    """SymPy's LaTeX of an exact value, a tuple as ``(a, b)``."""
    if isinstance(value, tuple):
        return f"({', '.join(latex(part) for part in value)})"
    text: str = sympy.latex(value)
    return text


def nonzero(rng: random.Random, low: int, high: int) -> int:
    """A whole number between ``low`` and ``high`` with absolute value at least 2, so that it shows in a term."""
    while abs(value := rng.randint(low, high)) < 2:
        pass
    return value
