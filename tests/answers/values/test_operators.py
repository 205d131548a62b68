"""Every row of the table of operators: all its spellings read to one tree, and all its values agree."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import mpmath
import pytest

from math_solver.answers.proving.prover import ProverPool
from math_solver.answers.reading.answer import read_answer
from math_solver.answers.values.normal import as_rational
from math_solver.answers.values.numeric import UndefinedError, value_at
from math_solver.answers.values.operators import OPERATORS, Operator
from math_solver.answers.values.tree import Expr, Num, Op, Sym, Value

LETTERS = ("x", "y", "z")
SAMPLES = [Fraction(text) for text in ("0", "1", "3", "12", "18", "-2", "-8", "1/2", "-3/4", "7/2")]
ZERO_TO_THE_ZERO = Op("pow", (Num(Fraction(0)),) * 2)  # one by the normal form and by SymPy, without a number
PRECISION = Fraction(1, 10**20)
ROWS = [pytest.param(row, id=row.name) for row in OPERATORS.values()]
NODES = [pytest.param(row, id=row.name) for row in OPERATORS.values() if row.means is None]
VALUED = [pytest.param(row, id=row.name) for row in OPERATORS.values() if row.means is None and row.numeric]


@pytest.fixture(scope="module")
def provers() -> Iterator[ProverPool]:
    pool = ProverPool(most=1)
    yield pool
    pool.close()


def spellings(row: Operator, arguments: tuple[str, ...]) -> Iterator[str]:
    """Every way of writing the operator, of LaTeX, Unicode, SymPy and plain text."""
    inside = ", ".join(arguments)
    for name in (*row.words, *row.calls):
        yield from (f"{name}({inside})", f"\\{name}({inside})", f"\\{name}\\left({inside}\\right)")
        yield from (
            f"\\operatorname{{{name}}}({inside})",
            f"sympy.{name}({inside})",
            f"\\mathrm{{{name}}}({inside})",
        )
    for name in row.commands:
        yield f"\\{name}({inside})"
    for name in row.braced:
        yield f"\\{name}" + "".join(f"{{{argument}}}" for argument in arguments)
    if len(arguments) == 1:
        yield from of_one(row, inside)


def of_one(row: Operator, argument: str) -> Iterator[str]:
    for name in (*row.words, *row.commands, *row.braced):
        yield f"\\{name} {argument}"
    yield from (f"{name} {argument}" for name in row.words)
    if row.glued:
        yield row.words[0] + argument
    if row.brackets:
        yield f"{row.brackets[0]} {argument} {row.brackets[1]}"
        yield f"\\left{row.brackets[0]} {argument} \\right{row.brackets[1]}"
    if row.suffix:
        yield argument + row.suffix
    signs = tuple(row.symbols)
    if signs:
        yield f"{signs[0]}{argument}{signs[1] if row.brackets else ''}"


def written(row: Operator) -> Iterator[tuple[str, Expr]]:
    least, most = row.arity
    for count in range(least, min(most or 3, 3) + 1):
        for text in spellings(row, LETTERS[:count]):
            yield text, row(*map(Sym, LETTERS[:count]))


def samples(row: Operator) -> Iterator[Op]:
    least, most = row.arity
    for count in range(least, min(most or 3, 3) + 1):
        for values in itertools.product(SAMPLES, repeat=count):
            if count < 3 or values[0] < values[1] < values[2]:
                yield Op(row.name, tuple(map(Num, values)))


def real_value(expression: Expr) -> Fraction | None:
    """The value by mpmath, to 35 digits; None where there is none."""
    try:
        return Fraction(mpmath.nstr(value_at(expression, {}, False)[0], 35))
    except UndefinedError:
        return None


def test_no_two_operators_share_a_spelling() -> None:
    rows = OPERATORS.values()
    names = [name for row in rows for name in (*row.words, *row.calls, *row.commands)]
    others = [
        name for row in rows for name in (*row.braced, *row.symbols, row.suffix, *(row.brackets or ())[:1]) if name
    ]
    assert len(set(names)) == len(names)
    assert len(set(others)) == len(others)
    assert all(row.words for row in rows if row.glued)


@pytest.mark.parametrize("row", ROWS)
def test_every_spelling_reads_to_the_same_tree(row: Operator) -> None:
    read = [(text, tree, read_answer(text)) for text, tree in written(row)]
    assert not [(text, answer) for text, tree, answer in read if answer != Value(tree)]
    assert read or row.name in ("add", "mul", "neg", "div", "pow", "root")  # written with signs


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        (r"\dbinom{5}{2}", "binom", (5, 2)),
        (r"\tbinom52", "binom", (5, 2)),
        ("C_5^2", "binom", (5, 2)),
        (r"\text{C}_{10}^{3}", "binom", (10, 3)),
        (r"\sqrt[3]{8}", "root", (8, 3)),
        ("gcd(1,234)", "gcd", (1, 234)),  # no thousands between brackets
        (r"\lfloor 5 \rfloor", "floor", (5,)),
        (r"\sqrt12", "sqrt", (12,)),  # not as TeX does, but as it is meant
    ],
)
def test_other_notations(text: str, name: str, arguments: tuple[int, ...]) -> None:
    assert read_answer(text) == Value(Op(name, tuple(Num(Fraction(each)) for each in arguments)))


@pytest.mark.parametrize(
    "text",
    [
        "sin(1, 2)",  # one argument too many
        "gcd(12)",
        "log(8, 2, 3)",
        r"\log_2(8, 3)",
        "Rational()",
        "5 factorial",  # the names of calls are words without brackets
        "Max",
        "tg(x)",  # a command only: t times g
    ],
)
def test_what_is_no_application(text: str) -> None:
    answer = read_answer(text)
    assert not isinstance(answer, Value) or not operators_in(answer.expr) - {"mul"}


@pytest.mark.parametrize("row", NODES)
def test_exact_values_are_the_numeric_ones(row: Operator) -> None:
    found = [(expression, as_rational(expression)) for expression in samples(row)]
    valued = [(expression, exact, real_value(expression)) for expression, exact in found if exact is not None]
    valued = [each for each in valued if each[0] != ZERO_TO_THE_ZERO]
    assert valued or row.exact is None
    assert not [each for each in valued if each[2] is None or abs(each[1] - each[2]) > PRECISION]


@pytest.mark.parametrize("row", NODES)
def test_exact_values_are_proven(row: Operator, provers: ProverPool) -> None:
    found = [(expression, as_rational(expression)) for expression in samples(row)]
    exact = [(expression, value) for expression, value in found if value is not None]
    for expression, value in exact[:: max(1, len(exact) // 6)]:
        assert provers.prove_equal(expression, Num(value), 30)[0] is True, expression
        assert provers.prove_equal(expression, Num(value + 1), 30)[0] is False, expression


@pytest.mark.parametrize("row", VALUED)
def test_numbers_are_those_of_sympy(row: Operator, provers: ProverPool) -> None:
    valued = [(expression, value) for expression in samples(row) if (value := real_value(expression)) is not None]
    assert valued
    for expression, value in valued[:: max(1, len(valued) // 6)]:
        gap = Op("div", (Op("add", (expression, Num(-value))), Num(PRECISION)))
        nearest = Op("floor", (Op("add", (gap, Num(Fraction(1, 2)))),))
        assert provers.prove_equal(nearest, Num(Fraction(0)), 30)[0] is True, (expression, value)


def test_an_operator_without_values_is_equal_to_itself_only(provers: ProverPool) -> None:
    determinant = OPERATORS["det"](Sym("A"))
    assert real_value(determinant) is None
    assert provers.prove_equal(determinant, determinant, 30)[0] is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("gcd(12, 18)", 6),
        ("gcd(12, 18, 8)", 2),
        ("gcd(-4, 6)", 2),
        ("gcd(0, 5)", 5),
        ("lcm(4, 6)", 12),
        ("lcm(2, 3, 5)", 30),
        ("gcd(1/2, 3)", None),
        ("lcm(4^{9000}, 9^{9000})", None),  # too large to be written out
        ("1501!", None),
        (r"\binom{1501}{2}", None),
        (r"\binom{5}{-1}", None),
        (r"\lfloor -7/2 \rfloor", -4),
        (r"\lceil -7/2 \rceil", -3),
    ],
)
def test_exact(text: str, value: int | None) -> None:
    answer = read_answer(text)
    assert isinstance(answer, Value)
    assert as_rational(answer.expr) == value


def test_integers_are_told_up_to_rounding() -> None:
    six = read_answer(r"\gcd(12\sin(\pi/6), 9\sqrt{2}\sqrt{2})")
    assert isinstance(six, Value)
    assert real_value(six.expr) == 6
    assert real_value(Op("gcd", (Num(Fraction(2, 3)), Num(Fraction(4))))) is None
    assert real_value(Op("gcd", (Num(Fraction(2**100)), Num(Fraction(4))))) is None  # 140 bits do not tell


def operators_in(expression: Expr) -> set[str]:
    if not isinstance(expression, Op):
        return set()
    return {expression.name}.union(*map(operators_in, expression.args))
