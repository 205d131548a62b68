"""What makes two programs the same, and that hostile ones are only text."""

from __future__ import annotations

import pytest

from math_solver.programs import program_key

from .bounded import Bounded

PROGRAM = ["total = 3 * 4\nprint(total)"]


@pytest.mark.parametrize(
    "same",
    [
        ["total=3*4  # eggs\n\nprint( total )"],
        ["x = 3 * 4\nprint(x)"],
        ['x = 3 * 4\nprint("Total:", x)'],
        ['x = 3 * 4\nprint(f"Total: {x}")'],
        ['"""Eggs."""\nx = 3 * 4\nprint(x, end="")'],
    ],
)
def test_names_comments_and_labels_do_not_count(same: list[str]) -> None:
    assert program_key(same) == program_key(PROGRAM)


@pytest.mark.parametrize(
    "other",
    [
        ["total = 4 * 3\nprint(total)"],
        ["print(3 * 4)"],
        ["total = 3 * 4\nprint(total + 0)"],
        # the same programs in two rounds
        ["total = 3 * 4", "print(total)"],
        # names that the program did not give are its meaning
        ["total = sum * 4\nprint(total)"],
        [],
    ],
)
def test_what_is_computed_does(other: list[str]) -> None:
    assert program_key(other) != program_key(PROGRAM)


def test_strings_that_mean_something_count() -> None:
    one, two = (f"from sympy import *\nx = symbols({name!r})\nprint(solve(x**2 - 4, x))" for name in ("x", "y"))
    assert program_key([one]) != program_key([two])


def test_names_go_on_in_the_next_round() -> None:
    assert program_key(["a = 1", "print(a)"]) == program_key(["b = 1", "print(b)"])
    assert program_key(["a = 1\nb = 2", "print(a)"]) != program_key(["a = 1\nb = 2", "print(b)"])


def test_functions_are_renamed_whole() -> None:
    one = "def area(w, h):\n    'Of a field.'\n    return w * h\nprint(area(2, 3))"
    two = "def f(a: int, b: int) -> int:\n    return a * b\nprint(f(2, 3))"
    assert program_key([one]) == program_key([two])
    assert program_key(["class A:\n    x = 1\nprint(A.x)"]) == program_key(["class B:\n    x = 1\nprint(B.x)"])


@pytest.mark.parametrize(
    "hostile",
    [
        "print(",
        "\0",
        "x = '\ud800'",
        "(" * 100_000,
        "-" * 100_000 + "1",
        "not " * 50_000 + "1",
        "+".join(["1"] * 60_000),
        "[" * 199 + "]" * 199,
        "x" + ".a" * 60_000,
        "f(" * 90 + ")" * 90,
        "9" * 5000,
        "x = '\\d'",
        "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 120)),
        "lambda: " * 20_000 + "1",
        "a" * 1_000_000,
        "raise SystemExit",
        "print(1)\n" * 500_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_programs_are_compared_as_text(hostile: str, bounded: Bounded) -> None:
    assert bounded(program_key, [hostile]) == bounded(program_key, [hostile + "\n"])
    assert bounded(program_key, [hostile]) != program_key(PROGRAM)
