"""Which numbers of a question are which literals of its program.

Numbers of one value are one ``Tie``: they change together, and so do all their literals. A tie needs that no literal
of it can be something else: a rare number is the same quantity wherever it stands; of a small or customary one
(2, 10, 60, 100) the program has as many as the question, none as a bare factor, which may belong to a formula, and no
word of the question may stand for it, as "twice" does for 2.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .literals import Literal
from .mentions import Form, Mention

__all__ = ["Tie", "Tied", "tie"]

CUSTOMARY = frozenset(map(Fraction, (*range(11), 12, 24, 30, 31, 36, 50, 52, 60, 90, 100, 180, 360, 365, 1000, 3600)))
FORMULAS = frozenset(map(Fraction, (2, 3, 4, 7, 10, 12, 24, 52, 60, 100, 180, 360, 365, 1000, 3600)))
COMMON = frozenset(map(Fraction, (0, 1, 2, 7, 12, 24, 30, 52, 60, 100, 365, 1000)))
CONSTANTS = frozenset(map(Fraction, ("0.5", "0.25", "0.01", "0.1", "3.14", "3.1416", "3.14159", "9.8")))


@dataclass(frozen=True)
class Tie:
    """Numbers of one value, and the literals that they are, each with the form in which it has the value."""

    value: Fraction
    mentions: tuple[Mention, ...]
    literals: tuple[tuple[Literal, Form], ...]


@dataclass(frozen=True)
class Tied:
    """What belongs together, and what does not.

    ``missing``: digits of the question that no literal is. ``ambiguous``: values that might be something else.
    ``unexplained``: literals that are neither a number of the question nor customary. ``own``: those that are no
    number of the question and not even common.
    """

    ties: tuple[Tie, ...]
    missing: tuple[Mention, ...]
    ambiguous: tuple[Fraction, ...]
    unexplained: tuple[Literal, ...]
    own: tuple[Literal, ...]


def tie(found: Sequence[Mention], literals: Sequence[Literal], implied: Container[Fraction] = ()) -> Tied:
    """What belongs together; ``implied`` are the values that words of the question stand for."""
    ties, missing, ambiguous = [], [], []
    claims: dict[Literal, set[Fraction]] = {}
    for value in dict.fromkeys(mention.value for mention in found):
        mentions = tuple(mention for mention in found if mention.value == value)
        forms = list(dict.fromkeys(form for mention in mentions for form in mention.forms))
        its = tuple((one, form) for one in literals if (form := _form(one.value, value, forms)))
        for literal, _ in its:
            claims.setdefault(literal, set()).add(value)
        if not its:
            missing += [mention for mention in mentions if mention.style == "digits"]
        elif value not in implied and _is_sure(mentions, its):
            ties.append(Tie(value, mentions, its))
        else:
            ambiguous.append(value)
    disputed = {value for values in claims.values() if len(values) > 1 for value in values}
    return Tied(
        tuple(one for one in ties if one.value not in disputed),
        tuple(missing),
        (*ambiguous, *sorted(disputed - set(ambiguous))),
        tuple(_beside(literals, claims, CUSTOMARY | CONSTANTS)),
        tuple(_beside(literals, claims, COMMON | CONSTANTS)),
    )


def _form(literal: Fraction, value: Fraction, forms: Sequence[Form]) -> Form | None:
    return next((form for form in forms if form[0] * value + form[1] == literal), None)


def _is_sure(mentions: Sequence[Mention], its: Sequence[tuple[Literal, Form]]) -> bool:
    own = [literal for literal, _ in its]
    if any(literal.inline and literal.value in FORMULAS for literal in own):
        return False
    return len(own) == len(mentions) or not any(literal.value in CUSTOMARY for literal in own)


def _beside(
    literals: Iterable[Literal], claims: Mapping[Literal, object], known: Container[Fraction]
) -> Iterator[Literal]:
    """The literals that are no numbers of the question, and not known."""
    return (literal for literal in literals if literal not in claims and literal.value not in known)
