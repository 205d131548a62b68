r"""Testing an answer against an equation that the question states, by putting its values in.

    "Solve $x^2 - 5x + 6 = 0$."    2, 3     True
                                   2, 4     False
                                   2        None: it holds, and another solution may be missing

Only a question that asks for the solutions of its one equation, in its one letter, is taken: what else it asks for
("What is $x + 1$?", "the larger root", "the sum of the roots") is not to be put in. Trees of named operators are
evaluated in numbers to 40 digits; nothing of any text is run.

Not guaranteed: that the equation alone is what the question asks; a condition in words ("positive") can only be met
by fewer values, which is why values that are missing refute nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..mathematics import find_formulas, replace_pieces
from .reading.answer import read_answer
from .reading.notation import LONGEST_ANSWER
from .values.normal import TooLargeError, zeros_of
from .values.numeric import UndefinedError, free_letters, value_at
from .values.tree import Answer, Expr, FiniteSet, Listing, Num, Op, Relation, Sym, Value

__all__ = ["holds"]

_LONGEST_QUESTION = 600
_MOST_VALUES = 12
_TOLERANCE = 1e-25
_ROUNDED = 0.5  # a stated decimal stands for what is within half a unit of its last place
_TAIL = r"[\s.。!！?？,，:：;；]*"
_OF_X = r"\s*(?:the\s+)?(?:real\s+)?(?:values?\s+of\s+|roots?\s+of\s+|solutions?\s+(?:of|to)\s+)?"
# What is left of a question without its formulas, an E for the equation and an L for its letter.
_ASKS = re.compile(
    rf"(?:please\s+)?(?:solve|find|determine){_OF_X}(?:the\s+)?(?:following\s+)?(?:equation)?{_TAIL}E\s*(?:for\s+L)?{_TAIL}"
    rf"|(?:please\s+)?solve(?:\s+the)?(?:\s+equation)?\s+for\s+L{_TAIL}E{_TAIL}"
    rf"|(?:solve|find|determine){_OF_X}L\s*(?:if|when|such\s+that|in|from|given(?:\s+that)?){_TAIL}E{_TAIL}"
    rf"|(?:if|given(?:\s+that)?|suppose(?:\s+that)?){_TAIL}E{_TAIL}(?:then\s+)?(?:solve\s+for|find|determine|what\s+is)"
    rf"{_OF_X}L{_TAIL}"
    rf"|(?:请?解|求解)(?:下列|下面的?)?(?:一元[一二三]次)?(?:关于L的)?方程{_TAIL}E{_TAIL}"
    rf"|求方程{_TAIL}E{_TAIL}的(?:所有|全部)?(?:实数?)?(?:根|解){_TAIL}"
    rf"|(?:已知|若|如果|设){_TAIL}E{_TAIL}(?:求|则){_TAIL}L{_TAIL}(?:的值)?(?:是多少|为多少|等于多少|是)?{_TAIL}",
    re.IGNORECASE,
)
# An equation that stands in a question without any delimiters: "Solve 2x + 3 = 11."
_BARE = re.compile(r"(?<![\w\\$])[-+(]?[0-9a-zA-Z(][0-9a-zA-Z+\-*/^().²³ ]*=[ ]*[-0-9a-zA-Z+*/^()²³ ]*[0-9a-zA-Z)²³]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def holds(question: str, answer: str) -> bool | None:
    """Whether all values of an answer solve the equation that the question asks to solve, and none is missing.

    ``None`` where that cannot be told: another question, values that hold and may not be all, no numbers.
    """
    if len(question) > _LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
        return None
    found = _equation(question)
    if found is None:
        return None
    letter, difference = found
    values = list(_values(read_answer(answer), letter))
    if not values or len(values) > _MOST_VALUES or any(value is None or free_letters(value) for value in values):
        return None
    return _tested(letter, difference, [value for value in values if value is not None])


def _tested(letter: str, difference: Expr, values: Sequence[Expr]) -> bool | None:
    verdicts = [_is_zero(letter, difference, value) for value in values]
    if False in verdicts:
        return False
    complete = len(set(values)) == len(values) == _degree(letter, difference)
    return True if complete and None not in verdicts else None


def _equation(question: str) -> tuple[str, Expr] | None:
    """The letter of the only equation, and left minus right; ``None`` where the question asks for anything else."""
    for formulas, words in _readings(question):
        equations = [latex for latex in formulas if "=" in latex]
        if len(equations) != 1:
            continue
        relation = read_answer(equations[0])
        if not isinstance(relation, Relation) or relation.comparisons != ("=",):
            continue
        left, right = relation.sides
        if not isinstance(left, Value) or not isinstance(right, Value) or left.unit or right.unit:
            continue
        difference = Op("add", (left.expr, Op("neg", (right.expr,))))
        letters = free_letters(difference)
        if len(letters) == 1 and _asks(formulas, words, letter := next(iter(letters))):
            return letter, difference
    return None


def _readings(question: str) -> Iterator[tuple[list[str], list[str]]]:
    """The formulas of a question and the words around them: between delimiters, else one without any."""
    formulas = find_formulas(question)
    if formulas:
        words = replace_pieces(question, formulas, by="\0").split("\0")
        yield [formula.latex.rstrip(".,;。，； ") for formula in formulas], words
        return
    for found in _BARE.finditer(question):
        bare = found.group()
        sign = bare.index("=")
        start = max((word.end() for word in _WORD.finditer(bare, 0, sign)), default=0)
        end = next((word.start() for word in _WORD.finditer(bare, sign)), len(bare))
        latex = bare[start:end].strip()
        at = found.start() + bare.index(latex)
        yield [latex], [question[:at], question[at + len(latex) :]]


def _asks(formulas: Sequence[str], words: Sequence[str], letter: str) -> bool:
    marks = ["E" if "=" in latex else "L" if latex.strip() == letter else "?" for latex in formulas]
    text = words[0] + "".join(mark + word for mark, word in zip(marks, words[1:], strict=True))
    text = re.sub(rf"(?<![A-Za-z]){re.escape(letter)}(?![A-Za-z])", "L", text)
    return _ASKS.fullmatch(" ".join(text.split())) is not None


def _values(answer: Answer, letter: str) -> Iterator[Expr | None]:
    """The numbers that an answer gives; ``None`` for what is none."""
    match answer:
        case Value(expr=expression, unit=None, percent=None, base=None):
            yield expression
        case Listing(items=items) | FiniteSet(items=items):
            for item in items:
                yield from _values(item, letter)
        case Relation(sides=(Value(expr=Sym(name=name)), value), comparisons=("=",)) if _names(name, letter):
            yield from _values(value, letter)
        case _:
            yield None


def _names(name: str, letter: str) -> bool:
    """Whether a name is the letter's, or that of one of its values: x, x_1."""
    return name == letter or re.fullmatch(rf"{re.escape(letter)}_?\{{?\d\}}?", name) is not None


def _is_zero(letter: str, difference: Expr, value: Expr) -> bool | None:
    """Whether an expression vanishes at a value, as far as its stated digits go; ``None``: it has no value there."""
    try:
        point, _ = value_at(value, {}, False)
        result, largest = value_at(difference, {letter: point}, False)
    except UndefinedError:
        return None
    if abs(result) <= _TOLERANCE * max(1, largest):
        return True
    if not _has_decimals(value):
        return False
    return None


def _has_decimals(expression: Expr) -> bool:
    if isinstance(expression, Op):
        return any(map(_has_decimals, expression.args))
    return isinstance(expression, Num) and expression.ulp is not None


def _degree(letter: str, difference: Expr) -> int | None:
    """The degree of a polynomial in the letter; ``None`` for what is none."""
    try:
        polynomial = zeros_of(difference)
    except TooLargeError:
        return None
    highest = 0
    for monomial in polynomial:
        for atom, exponent in monomial:
            if atom == f"${letter}" and exponent.denominator == 1 and exponent >= 0:
                highest = max(highest, int(exponent))
            elif letter in atom:
                return None
    return highest
