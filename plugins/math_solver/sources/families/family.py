"""A problem family: phrasings, exact answers and a program, from which problems and solutions are sampled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sympy

from ...records import AnswerKind, Problem

__all__ = ["Draft", "Family", "Lang", "Params", "latex", "nonzero"]

Lang = Literal["en", "zh"]
Params = Mapping[str, int]
Texts = Mapping[Lang, tuple[str, ...]]
LANGS: tuple[Lang, ...] = ("en", "zh")


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

    def conclude(self, output: str) -> str:
        """The conclusion with what the program printed in the box."""
        return self.conclusion.replace("{answer}", f"\\boxed{{{output.strip()}}}")


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

    def drafts(self, rng: random.Random) -> Iterator[Draft]:
        """Drafts without end; the languages alternate at random, parameters may come again."""
        while True:
            yield self.draft(self.sample(rng), rng.choice(LANGS), rng)

    def draft(self, params: Params, lang: Lang, rng: random.Random) -> Draft:
        """The problem and solution of one choice of parameters, in phrasings picked by ``rng``."""
        values: dict[str, Any] = {name: _Coefficient(value) for name, value in params.items()}
        phrasing = rng.randrange(len(self.questions[lang]))
        return Draft(
            problem=Problem(
                id=f"{self.key(params)}/{lang}{phrasing}",
                source="families",
                question=self.questions[lang][phrasing].format(**values),
                answer=self.answer(**params),
                answer_kind=self.kind,
                subject=self.name,
                lang=lang,
            ),
            thought=rng.choice(self.thoughts[lang]).format(**values),
            code=self.code.format(**values),
            conclusion=rng.choice(self.conclusions[lang]),
        )

    def key(self, params: Params) -> str:
        """What two phrasings of one problem share: the part of ``Problem.id`` before the slash."""
        return f"{self.name}:{','.join(str(value) for value in params.values())}"


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
