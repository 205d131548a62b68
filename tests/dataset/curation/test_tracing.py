from __future__ import annotations

import pytest

from math_solver.dataset.curation.programs import parse
from math_solver.dataset.curation.tracing import literals, trace


def followed(*codes: str) -> tuple[list[list[object] | None], bool]:
    """What the last program shows, and whether it calculates."""
    trees = [tree for code in codes if (tree := parse(code)) is not None]
    last = trace(trees)[-1]
    return [literals(value) for value in last.shown], last.calculates


@pytest.mark.parametrize(
    ("code", "shown", "calculates"),
    [
        ("print(72)", [[72]], False),
        ("-72", [[-72]], False),  # a last expression
        ("x = 72\ny = x\nprint('is', y)", [["is"], [72]], False),
        ("x = 17 * 3\nx = 72\nprint(x)", [[72]], True),  # reassigned
        ("x = 72\nx = 17 * 3\nprint(x)", [None], True),
        ("x = 72\nx += 1\nprint(x)", [None], True),
        ("x = 72\nx *= 1\nprint(x)", [[72]], False),
        ("def f():\n    return 72\nprint(f())", [[72]], False),
        ("def f(n):\n    return n * 2\nprint(f(36))", [None], True),
        ("def f(n):\n    if n > 1:\n        return 72\n    return 1\nprint(f(input()))", [None], True),
        ("def f(n):\n    return f(n)\nprint(f(1))", [None], True),  # for ever
        ("if 2 == 2:\n    print(72)", [[72]], False),
        ("n = int(input())\nif n > 2:\n    print(72)", [None], True),  # chosen by what was read
        ("for i in range(3):\n    print(72)", [None], True),
        ("x = 0\nfor i in range(3):\n    x = 72\nprint(x)", [None], True),
        ("a, b = 1, 72\nprint(b)", [[72]], False),
        ("d = {'a': 72}\nd['a'] = 17 * 3\nprint(d['a'])", [None], True),
        ("r = [72]\nr.append(3)\nprint(r)", [None], True),
        ("print(f'{72} apples')", [[72, " apples"]], False),
        ("print([n for n in (1, 2)])", [None], True),
        ("print(1 / 3)", [["1/3"]], False),  # a fraction of literals is one
        ("x = 1\nprint(x / 3)", [None], True),
        ("try:\n    x = 72\nexcept ValueError:\n    x = 1\nprint(x)", [None], False),
        ("import math\nprint(math.pi)", [None], False),
    ],
)
def test_what_a_program_shows(code: str, shown: list[list[object] | None], calculates: bool) -> None:
    assert followed(code) == (shown, calculates)


def test_a_session_keeps_names_and_functions() -> None:
    assert followed("x = 72\ndef f():\n    return x", "print(x, f())") == ([[72], [72]], False)
    assert followed("x = 17 * 3", "print(x)") == ([None], False)  # calculated before


@pytest.mark.parametrize(
    "code",
    [
        "x = 'a' + 'b'\n" + "x = x + x\n" * 60 + "print(x)",  # a text that doubles
        "print(" + "+".join(["x"] * 900) + ")",  # a deep tree
        "print(0x" + "f" * 40_000 + ")",  # a number that Python does not write
        "print(0x" + "f" * 40_000 + " / 3)",
        "".join(f"def f{n}():\n    return f{n + 1}() + f{n + 1}()\n" for n in range(60)) + "print(f0())",
        "def f():\n    global x\n    yield 1\nprint(f())",
        "class A:\n    x: int\n    y = 3\nprint(A.y, A.x, A)",
        "print(*[72], sep='')\nmatch 3:\n    case 3:\n        print(1)",
        "with open('x') as f:\n    print(f)\nasync def g(): pass",
        "x = y = [z] = [1]\n(p, *q), r = (1, 2), 3\nprint(x, p, q, r)",
        "lambda: 0\ndel x\nx: int\nprint({**{}}, {1}, not 1, 1 < 2 < 3)",
    ],
    ids=["doubles", "deep", "long", "long fraction", "calls", "yields", "class", "stars", "with", "targets", "odds"],
)
def test_hostile_programs_end(code: str) -> None:
    followed(code)
