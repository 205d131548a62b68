"""Reading statements: lists, relations, sets, brackets, matrices, and values with units, from tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..values.numeric import free_letters
from ..values.tree import (
    Answer,
    Brackets,
    Expr,
    FiniteSet,
    Listing,
    Matrix,
    Num,
    Op,
    Ratio,
    Relation,
    SetBuilder,
    SetOf,
    SetOperation,
    Sym,
    Tuple,
    Unit,
    Value,
    VectorOrInterval,
    in_brackets,
)
from .expressions import parse_expression, parse_prefix
from .printed import read_printed
from .tokens import ReadingError, Token
from .unit_table import CURRENCIES
from .units import beside, currency, parse_unit

__all__ = ["read_statement"]

_SEPARATORS = {",": ",", ";": ",", "\\\\": ",", "and": "and", "or": "or", "或": "or", "或者": "or", "和": "and",
               "与": "and", "以及": "and", "且": "and", "及": "and", "\\lor": "or", "\\land": "and",
               "\\vee": "or", "\\wedge": "and", "&": ","}  # fmt: skip
_RELATIONS = {"=": "=", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "\\ne": "!=", "\\in": "in",
              "\\approx": "~", "\\equiv": "=", "属于": "in"}  # fmt: skip
_SET_OPERATIONS = {"\\cup": "cup", "\\cap": "cap", "\\setminus": "setminus", "U": "cup", "union": "cup", "∪": "cup"}
_SETS = {"R": "reals", "Z": "integers", "N": "naturals", "Q": "rationals", "C": "complexes"}
_BRACKETS = {"(": (")", "]"), "[": ("]", ")"), "\\{": ("\\}",), "\\langle": ("\\rangle",), "{": ("}",)}
_MATRICES = frozenset(
    f"\\begin{{{name}}}" for name in ("pmatrix", "bmatrix", "matrix", "Bmatrix", "array", "smallmatrix")
)
_MONEY = frozenset(("USD", "CNY", "GBP"))
_MOST_ITEMS = 60
_UNIT_PHRASE = re.compile(
    r"^(?P<number>[-+]?\s*[\d.,]+(?:\s*\*\s*10\s*\^\s*\{?\s*-?\d+\s*\}?|[eE][-+]?\d+)?|\\frac\{\d+\}\{\d+\})(?P<gap>\s*)"
    r"(?P<unit>\\?[A-Za-zμΩ][A-Za-z^{}\d/* \-μΩ]*)$"
)


def read_statement(tokens: Sequence[Token], text: str) -> Answer:
    """Return the answer that all ``tokens`` of ``text`` state.

    Raises:
        ReadingError: they are not in this notation.
    """
    if not tokens:
        raise ReadingError("nothing to read")
    parts, connectors = _split(tokens, _SEPARATORS)
    pieces = [part for part in parts if part]
    dangling = [part for part, name in zip(parts[1:], connectors, strict=True) if name != "," and not part]
    if not pieces or dangling or len(pieces) > _MOST_ITEMS:
        raise ReadingError("no item or too many")
    if len(pieces) == 1:
        return _item(pieces[0], text)
    items = [answer for part in pieces for answer in _flat(_item(part, text))]
    whole = _compound(items)
    if whole is not None:
        return whole
    joined = next((name for name in connectors if name != ","), ",")
    return Listing(tuple(items), joined)


def _flat(answer: Answer) -> tuple[Answer, ...]:
    return answer.items if isinstance(answer, Listing) else (answer,)


def _split(tokens: Sequence[Token], table: dict[str, str]) -> tuple[list[list[Token]], list[str]]:
    """Split at the tokens of ``table`` that stand outside brackets and environments."""
    parts: list[list[Token]] = [[]]
    found = []
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "environment":
            depth += 1 if token.text.startswith("\\begin") else -1
        key = "\\\\" if token.kind == "row" else token.text.strip()
        if depth == 0 and key in table and token.kind != "num":
            found.append(table[key])
            parts.append([])
        else:
            parts[-1].append(token)
    return parts, found


def _item(tokens: list[Token], text: str) -> Answer:
    sides, comparisons = _split(tokens, _RELATIONS)
    if comparisons:
        if comparisons[0] != "=" and not sides[0] or not sides[-1]:
            raise ReadingError("a relation with a side missing")
        if not sides[0]:
            sides, comparisons = sides[1:], comparisons[1:]
        if len(sides) == 1:
            return _side(sides[0], text)
        return _relation(*_exact_part([_side(side, text) for side in sides], comparisons))
    return _side(tokens, text)


def _exact_part(sides: list[Answer], comparisons: list[str]) -> tuple[list[Answer], list[str]]:
    """Drop what is only approximately equal: ``2pi ~ 6.28`` is 2pi; ``x ~ 3.14`` stays, as x = 3.14."""
    if "~" not in comparisons:
        return sides, comparisons
    end = comparisons.index("~")
    first = sides[0]
    if end == 0 and isinstance(first, Value) and not isinstance(first.expr, Sym):
        return [first], []
    if end > 0:
        return sides[: end + 1], comparisons[:end]
    return sides, ["=" if comparison == "~" else comparison for comparison in comparisons]


def _relation(sides: list[Answer], comparisons: list[str]) -> Answer:
    """A chain; a side with two values (from plus-minus) gives two chains."""
    if not comparisons:
        return sides[0]
    for index, side in enumerate(sides):
        if isinstance(side, Listing):
            chains = [Relation((*sides[:index], item, *sides[index + 1 :]), tuple(comparisons)) for item in side.items]
            return Listing(tuple(chains), "and" if "!=" in comparisons else "or")
    return Relation(tuple(sides), tuple(comparisons))


def _side(tokens: list[Token], text: str) -> Answer:
    if not tokens:
        raise ReadingError("a side missing")
    parts, operations = _split(tokens, _SET_OPERATIONS)
    if operations and all(parts):
        if len(operations) > _MOST_ITEMS:
            raise ReadingError("too many items")
        result = _set_part(parts[0], text)
        for name, part in zip(operations, parts[1:], strict=True):
            result = SetOperation(name, result, _set_part(part, text))
        return result
    if len(tokens) > 2 and tokens[1].kind == tokens[-2].kind == "environment" and tokens[0].text in ("(", "["):
        tokens = tokens[1:-1]
    named = _named_set(tokens) or read_printed(tokens, lambda inside: _arguments(inside, text))
    if named is not None:
        return named
    if tokens[0].kind == "environment" or any(token.text in _MATRICES for token in tokens):
        return _matrix(tokens)
    return _bracketed(tokens, text) or _ratio(tokens) or _value(tokens, text)


def _arguments(inside: Sequence[Token], text: str) -> list[Answer]:
    return [_item(part, text) for part in _split(inside, {",": ","})[0]]


def _set_part(tokens: list[Token], text: str) -> Answer:
    part = _side(tokens, text)
    if not isinstance(part, Brackets | SetBuilder | SetOf | SetOperation):
        raise ReadingError("a set operation on something that is no set")
    return part


def _named_set(tokens: Sequence[Token]) -> SetOf | None:
    texts = [token.text for token in tokens]
    if texts == ["\\emptyset"] or texts == ["\\{", "\\}"]:
        return SetOf("empty")
    if texts[:2] == ["\\mathbb", "{"] and len(texts) == 4 and texts[2] in _SETS:
        return SetOf(_SETS[texts[2]])
    return None


def _closing_index(tokens: Sequence[Token]) -> int:
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return index
    return -1


def _bracketed(tokens: list[Token], text: str) -> Answer | None:
    opening = tokens[0]
    if opening.kind != "open" or opening.text not in _BRACKETS:
        if len(tokens) > 4 and tokens[0].kind == "word" and tokens[1].text == "(" and tokens[0].text.isupper():
            return _named_point(tokens, text)
        return None
    end = _closing_index(tokens)
    if end != len(tokens) - 1 or tokens[end].text not in _BRACKETS[opening.text]:
        return None
    inside = tokens[1:end]
    is_set = opening.text in ("\\{", "{")
    if is_set:
        builder = _set_builder(inside, text)
        if builder is not None:
            return builder
    parts, separators = _split(inside, {",": ",", ";": ","})
    if not separators and not opening.text == "\\{":
        return None if opening.text != "[" or inside[:1] == [] else _single_in_brackets(inside, text)
    if len(parts) > _MOST_ITEMS or not all(parts):
        raise ReadingError("an item missing or too many")
    items = [answer for part in parts for answer in (_flat(_item(part, text)) if is_set else (_item(part, text),))]
    if is_set:
        return FiniteSet(tuple(items))
    return _each_sign(items, opening.text, tokens[end].text)


def _each_sign(items: list[Answer], opening: str, closing: str) -> Answer:
    """``(0, \\pm 2)`` is two points."""
    counts = {len(item.items) for item in items if isinstance(item, Listing)}
    if not counts:
        return _as_matrix(in_brackets(opening, items, closing))
    if len(counts) > 1:
        raise ReadingError("lists of different lengths in brackets")
    points = [
        in_brackets(opening, [item.items[k] if isinstance(item, Listing) else item for item in items], closing)
        for k in range(counts.pop())
    ]
    return Listing(tuple(points), "or")


def _named_point(tokens: list[Token], text: str) -> Answer | None:
    """``A(1,2)`` is the point (1,2)."""
    inner = _bracketed(tokens[1:], text)
    return inner if isinstance(inner, Brackets) and len(tokens[0].text) == 1 else None


def _single_in_brackets(inside: list[Token], text: str) -> Answer | None:
    inner = _side(inside, text)
    return in_brackets("[", [inner], "]") if isinstance(inner, Brackets | SetBuilder) else None


def _as_matrix(answer: Brackets) -> Answer:
    """``[[1, 2], [3, 4]]`` is a matrix."""
    if not _is_square(answer) or not all(map(_is_square, answer.items)):
        return answer
    entries = []
    for row in answer.items:
        items = row.items if isinstance(row, Brackets) else ()
        values = [item.expr for item in items if isinstance(item, Value) and item.unit is None]
        if len(values) != len(items):
            return answer
        entries.append(tuple(values))
    same = len({len(row) for row in entries}) == 1
    return Matrix(tuple(entries)) if same else answer


def _is_square(answer: Answer) -> bool:
    """Whether an answer stands in square brackets."""
    square = isinstance(answer, Tuple) and (answer.opening, answer.closing) == ("[", "]")
    return square or isinstance(answer, VectorOrInterval)


def _set_builder(inside: list[Token], text: str) -> Answer | None:
    r"""``\{x | x > 2\}``: the condition in braces."""
    parts, bars = _split(inside, {"|": "|", ":": "|"})
    if len(parts) != 2 or not bars:
        return None
    variable = [token.text for token in parts[0]]
    if "\\in" in variable and not {"R"} & set(variable):
        raise ReadingError("a set over something else than the reals")
    if len(variable) > 8:
        return None
    condition = read_statement(parts[1], text)
    return SetBuilder(condition)


def _ratio(tokens: list[Token]) -> Ratio | None:
    parts, colons = _split(tokens, {":": ":", "比": ":"})
    if [token.kind for token in tokens] == ["num", "word", "num"] and tokens[1].text == "to":
        parts, colons = [tokens[:1], tokens[2:]], [":"]
    if not colons:
        return None
    if any(token.kind == "word" and len(token.text) > 1 for part in parts for token in part):
        raise ReadingError("words beside a colon")
    values: list[Answer] = [Value(parse_expression(part)) for part in parts if part]
    if len(values) != len(parts):
        raise ReadingError("a ratio with a side missing")
    return Ratio(tuple(values), any(_is_minutes(part) for part in parts[1:]))


def _is_minutes(part: Sequence[Token]) -> bool:
    """Whether a number is written as minutes are, and no part of a ratio: 00, 05."""
    return len(part) == 1 and re.fullmatch(r"0\d", part[0].text) is not None


def _matrix(tokens: list[Token]) -> Answer:
    start = next(index for index, token in enumerate(tokens) if token.kind == "environment")
    end = next((i for i, token in enumerate(tokens) if token.text.startswith("\\end")), -1)
    if tokens[start].text not in _MATRICES or end != len(tokens) - 1:
        raise ReadingError("an environment that is no matrix")
    factor = parse_expression(tokens[:start]) if start else None
    body = tokens[start + 1 : end]
    if tokens[start].text == "\\begin{array}" and body and body[0].text == "{":
        body = body[_closing_index(body) + 1 :]
    rows = []
    for row in _split(body, {"\\\\": "row"})[0]:
        if row:
            cells = _split(row, {"&": "&"})[0]
            rows.append(tuple(_scaled(parse_expression(cell), factor) for cell in cells))
    if not rows or len({len(row) for row in rows}) != 1:
        raise ReadingError("rows of different lengths")
    return Matrix(tuple(rows))


def _scaled(entry: Expr, factor: Expr | None) -> Expr:
    return entry if factor is None else Op("mul", (factor, entry))


def _value(tokens: list[Token], text: str) -> Answer:
    if any(token.text in ("\\pm", "\\mp") for token in tokens):
        plus, minus = (_one_value(tokens, text, sign) for sign in (1, -1))
        return Listing((plus, minus), "or")
    return _one_value(tokens, text, 1)


def _one_value(tokens: list[Token], text: str, sign: int) -> Value:
    money, tokens = _leading_currency(tokens)
    expression, end = parse_prefix(tokens, sign)
    value = Value(expression, money)
    if end == len(tokens):
        return _with_amount(value, tokens, text)
    rest = tokens[end:]
    if rest[0].text in ("%", "\\permille"):
        share = Fraction(1, 100 if rest[0].text == "%" else 1000)
        if len(rest) > 1 and parse_unit(text[rest[1].start : rest[-1].end]) is None:
            raise ReadingError("more after a percentage")
        return replace(value, percent=share)
    if free_letters(expression) or not any(token.kind == "num" for token in tokens[:end]):
        named = parse_unit(text[rest[0].start : rest[-1].end])
        if named is None or named[1] is None or not named[1].bases:
            raise ReadingError("words after letters")
    return _with_unit(value, rest, text, sign)


def _leading_currency(tokens: list[Token]) -> tuple[Unit | None, list[Token]]:
    signs = [i for i, token in enumerate(tokens[:3]) if token.text in CURRENCIES]
    if not signs:
        return None, tokens
    first = signs[0]
    before = [token for token in tokens[:first] if token.text not in ("US", "A", "C", "HK")]
    if any(token.text not in ("-", "+", "(") for token in before):
        return None, tokens
    return currency(tokens[first].text), [*before, *tokens[first + 1 :]]


def _with_unit(value: Value, rest: list[Token], text: str, sign: int) -> Value:
    """Read the unit in ``rest``, and what follows it in a compound such as ``1 hour 30 minutes``."""
    second = next((i for i, token in enumerate(rest) if i and _opens_number(rest, i)), len(rest))
    while second < len(rest) and rest[second - 1].text in ("+", "-"):
        raise ReadingError("a sum after a unit")
    phrase = text[rest[0].start : rest[second - 1].end]
    if phrase == "percent" or phrase in ("\\text{percent}", "\\text{ percent}", "per cent", "个百分点"):
        return replace(value, percent=Fraction(1, 100))
    unit = parse_unit(phrase)
    if unit is None:
        raise ReadingError(f"{phrase!r} is no unit")
    factor, what = unit
    expression = value.expr if factor == 1 else Op("mul", (value.expr, Num(factor)))
    result = replace(value, expr=expression, unit=what if value.unit is None else value.unit)
    if second == len(rest):
        return result
    whole = _compound([result, _one_value(rest[second:], text, sign)])
    if whole is None:
        raise ReadingError("two values side by side")
    return whole


def _opens_number(rest: list[Token], index: int) -> bool:
    before = rest[index - 1].text
    return rest[index].kind == "num" and before not in ("^", "{", "-", "_", "(", "/", ".")


def _compound(items: Sequence[Answer]) -> Value | None:
    """Join ``1 hour`` and ``30 minutes``: amounts in units of one dimension, each smaller than the one before."""
    values = [item for item in items if isinstance(item, Value) and item.unit is not None]
    if len(values) != len(items) or len(values) < 2:
        return None
    units = [value.unit for value in values if value.unit is not None]
    units = [units[0], *(beside(unit, units[0]) for unit in units[1:])]
    if not units[0].bases:
        return None
    factors = [unit.factor for unit in units]
    if len({unit.bases for unit in units}) != 1 or sorted(factors, reverse=True) != factors:
        return None
    if len(set(factors)) != len(factors):
        return None
    terms = tuple(
        Op("mul", (value.expr, Num(factor / factors[-1]))) for value, factor in zip(values, factors, strict=True)
    )
    if units[0].bases[0][0] in _MONEY:  # prices are stated in the larger unit
        return Value(Op("div", (Op("add", terms), Num(factors[0] / factors[-1]))), units[0])
    return Value(Op("add", terms), units[-1])


def _with_amount(value: Value, tokens: list[Token], text: str) -> Value:
    """Note that ``5 m`` may be five metres although its letters read as variables too."""
    phrase = text[tokens[0].start : tokens[-1].end].strip()
    found = _UNIT_PHRASE.match(phrase)
    if not found or value.unit is not None:
        return value
    unit = parse_unit(found["unit"])
    if unit is None or unit[1] is None or not unit[1].bases or unit[0] != 1:
        return value
    number = parse_expression([token for token in tokens if token.end <= tokens[0].start + found.end("number")])
    return replace(value, as_amount=(number, unit[1]), spaced=bool(found["gap"]) and "\\" not in phrase)
