from __future__ import annotations

from random import Random

import pytest

from math_solver.mathematics import (
    Formula,
    Listing,
    Piece,
    Words,
    box_contents,
    boxed_answers,
    find_formulas,
    find_listings,
    find_pieces,
    replace_pieces,
)

from ..bounded import Bounded

MARKS = (
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "{", "}", "\\boxed{", "\\boxed", "\\fbox{", "\\begin{cases}",
    "\\end{cases}", "\\begin{align*}", "\\end{align*}", "```", "````", "```python\n", "`", "**", "*", "\n", "\n\n",
    " ", "x", "5", "word ", "，", "。", "\\$", "\\text{a b}", "\0", "\ud800", "",
)  # fmt: skip


def test_a_text_in_pieces() -> None:
    text = "Half of $x$:\n```python\nprint(1 / 2)\n```\nso **it** is \\[0.5\\]"
    assert find_pieces(text) == [
        Words("Half of ", 0, "Half of "),
        Formula("$x$", 8, "x", False),
        Words(":\n", 11, ":\n"),
        Listing("```python\nprint(1 / 2)\n```", 13, "print(1 / 2)", "python"),
        Words("\nso ", 39, "\nso "),
        Words("**it**", 43, "it", bold=True),
        Words(" is ", 49, " is "),
        Formula("\\[0.5\\]", 53, "0.5", True),
    ]
    assert find_pieces("") == []


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("a **b** c", ["b"]),
        ("是**5**个", ["5"]),
        ("**a** **b**", ["a", "b"]),
        ("**Answer: $x$ m**", ["Answer: ", "", " m"]),  # the formula between is as it is
        ("**2**3**", ["2**3"]),
        ("2**3 and 4**5", []),  # powers
        ("k**5/20 - 5*k**4", []),
        ("** a ** b", []),
        ("**a\nb**", []),
        ("**a", []),
        ("$a**b$ **", []),
        ("****", []),
        ("**a ```x** y```", []),
    ],
)
def test_bold_type(text: str, bold: list[str]) -> None:
    words = [piece for piece in find_pieces(text) if isinstance(piece, Words)]
    assert [piece.text for piece in words if piece.bold and piece.text] == [part for part in bold if part]
    assert all(piece.text == piece.source for piece in words if not piece.bold)


@pytest.mark.parametrize("seed", range(4))
def test_the_pieces_of_any_text_are_the_text(seed: int) -> None:
    random = Random(seed)
    for _ in range(1_000):
        text = "".join(random.choices(MARKS, k=random.randint(0, 40)))
        pieces = find_pieces(text)
        assert "".join(piece.source for piece in pieces) == text
        assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces)][: len(pieces)]
        assert [*find_formulas(text)] == [piece for piece in pieces if isinstance(piece, Formula)]
        assert find_listings(text) == [piece for piece in pieces if isinstance(piece, Listing)]
        prose = "".join(piece.source for piece in pieces if isinstance(piece, Words))
        assert replace_pieces(text, [piece for piece in pieces if not isinstance(piece, Words)]) == prose
        assert all(_holds(piece) for piece in pieces)


def _holds(piece: Piece) -> bool:
    """Whether the source of a piece has what is shown of it."""
    if isinstance(piece, Formula):
        return bool(piece.latex.strip()) and (piece.latex in piece.source or "box" in piece.source)
    return piece.text in piece.source and bool(piece.source)


@pytest.mark.parametrize("mark", [*(mark for mark in MARKS if mark), "$a", "$a $", "```a", "``` ", "**a", "\\boxed{}"])
def test_many_marks_take_no_longer_than_they_must(bounded: Bounded, mark: str) -> None:
    text = mark * (300_000 // len(mark))
    bounded(find_pieces, text)
    bounded(boxed_answers, text)


@pytest.mark.parametrize(
    "text",
    [
        "```" + " " * 500_000 + "x",
        "\\boxed" + " " * 500_000 + "x",
        "**a" + " " * 500_000 + "**",
        "$" + "a " * 250_000 + "$",
        "".join("`" * length + "\n" for length in range(900, 3, -1)) + "``` " * 100_000,
        "\\boxed{" * 50_000 + "}" * 50_000,
        "\\begin{cases}" * 30_000 + "\\end{cases}" * 30_000,
        "**a $x$ " * 60_000,
    ],
)
def test_long_runs_take_no_longer_than_they_must(bounded: Bounded, text: str) -> None:
    bounded(find_pieces, text)
    bounded(box_contents, text)
