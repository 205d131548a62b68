"""A problem family: phrasings, exact answers and a program, from which problems and solutions are sampled.

A follow-up is asked right behind a problem and refers back to it::

    {"id": "integer_product:12,34>half/en0", "source": "families", "question": "What is half of it?",
     "answer": "204", "answer_kind": "number", "level": null, "subject": "integer_product", "lang": "en",
     "follows": "integer_product:12,34/en2"}
"""

from __future__ import annotations

import random
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
    "Texts",
    "latex",
    "nonzero",
    "problem_key",
]

Lang = Literal["en", "zh"]
Params = Mapping[str, int]
Texts = Mapping[Lang, tuple[str, ...]]
LANGS: tuple[Lang, ...] = ("en", "zh")
KEPT_WORDINGS = 2  # of each language, the last ones of a follow-up: never trained on


class _Coefficient(int):
    """An integer that ``{b:+}`` formats as a term of a sum: ``+ 5``, ``- 5``."""

    def __format__(self, spec: str) -> str:
        if spec == "+":
            return f"{'-' if self < 0 else '+'} {abs(self)}"
        return super().__format__(spec)


@dataclass(frozen=True)
class Draft:
    """A problem with a solution whose program has not been run: ``conclude`` turns its output into the end."""

    problem: Problem
    thought: str
    code: str
    conclusion: str
    params: Params = field(default_factory=dict)

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
class Family:
    """One kind of problem.

    ``questions``, ``thoughts`` and ``conclusions`` hold phrasings by language; with ``code`` they are
    ``str.format`` templates over the parameters that ``sample`` picks (``{b:+}`` writes a term of a sum).
    ``answer`` computes the gold answer with SymPy, independently of ``code``, as LaTeX. ``known`` are
    parameters of well-known instances: they are only ever held out, never trained on.
    """

    name: str
    subject: str
    questions: Texts
    thoughts: Texts
    code: str
    conclusions: Texts
    sample: Callable[[random.Random], Params]
    answer: Callable[..., str]
    kind: AnswerKind = "number"
    known: tuple[Params, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def drafts(self, rng: random.Random) -> Iterator[Draft]:
        """Drafts without end; the languages alternate at random, parameters may come again."""
        while True:
            yield self.draft(self.sample(rng), rng.choice(LANGS), rng)

    def draft(self, params: Params, lang: Lang, rng: random.Random) -> Draft:
        """The problem and solution of one choice of parameters, in phrasings picked by ``rng``."""
        phrasing = rng.randrange(len(self.questions[lang]))
        problem = Problem(
            id=f"{self.key(params)}/{lang}{phrasing}",
            source="families",
            question=self.questions[lang][phrasing].format(**_terms(params)),
            answer=self.answer(**params),
            answer_kind=self.kind,
            subject=self.name,
            lang=lang,
        )
        return self._solved(problem, params, self.thoughts, self.code, self.conclusions, rng)

    def follow(self, draft: Draft, how: FollowUp, said: Params, rng: random.Random, *, kept: bool = False) -> Draft:
        """The problem and solution that follow a draft of this family; ``kept`` words it as no training row does.

        ``said`` is what ``how.sample`` picked.
        """
        problem, params = draft.problem, {**draft.params, **said}
        lang = _lang(problem)
        wordings = how.questions[lang]
        first, last = (len(wordings) - KEPT_WORDINGS, len(wordings)) if kept else (0, len(wordings) - KEPT_WORDINGS)
        phrasing = rng.randrange(first, last)
        step = how.name + (f":{','.join(map(str, said.values()))}" if said else "")
        following = Problem(
            id=f"{problem_key(problem.id)}>{self.key(params) if how.code is None else step}/{lang}{phrasing}",
            source="families",
            question=wordings[phrasing].format(**_terms(params)),
            answer=(how.answer or self.answer)(**params),
            answer_kind=self.kind if how.code is None else how.kind,
            subject=self.name,
            lang=lang,
            follows=problem.id,
        )
        thoughts, conclusions = how.thoughts or self.thoughts, how.conclusions or self.conclusions
        return self._solved(following, params, thoughts, how.code or self.code, conclusions, rng)

    def _solved(
        self, problem: Problem, params: Params, thoughts: Texts, code: str, conclusions: Texts, rng: random.Random
    ) -> Draft:
        values, lang = _terms(params), _lang(problem)
        thought = rng.choice(thoughts[lang]).format(**values)
        return Draft(problem, thought, code.format(**values), rng.choice(conclusions[lang]), params)

    def key(self, params: Params) -> str:
        """What two phrasings of one problem share: the part of ``Problem.id`` before the slash."""
        return f"{self.name}:{','.join(str(value) for value in params.values())}"


def problem_key(problem_id: str) -> str:
    """What the phrasings of one problem share."""
    return problem_id.rpartition("/")[0]


def _lang(problem: Problem) -> Lang:
    return "zh" if problem.lang == "zh" else "en"


def _terms(params: Params) -> dict[str, Any]:
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
