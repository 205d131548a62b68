"""What is a formula in a text and what is money, case by case."""

from __future__ import annotations

import pytest

from math_solver.mathematics import find_formulas
from math_solver.mathematics.formulas import LONGEST_FORMULA


def latex(text: str) -> list[str]:
    return [formula.latex for formula in find_formulas(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Let $x=1$ and $y$.", ["x=1", "y"]),
        (r"From \(a\) to \[b\] and $$c$$.", ["a", "b", "c"]),
        ("$$a\n+b$$", ["a\n+b"]),
        (r"\[ x \]", ["x"]),
        ("$x$$y$", ["x", "y"]),  # the two dollars in the middle are no $$
        ("是$x$的$n$th", ["x", "n"]),  # whatever letter follows
        (r"$\$5$ and $5\%$", [r"\$5", r"5\%"]),  # an escaped dollar closes nothing
        (r"$\boxed{共有9个解。}$", [r"\boxed{共有9个解。}"]),
        ("$x=1，y=2$", ["x=1，y=2"]),
        # blanks inside, several lines, behind a number: only what is no prose
        (r"若 $ \lambda \geq 0 $ 则 $x $ 和 $ y$", [r"\lambda \geq 0", "x", "y"]),
        ("$\\begin{cases}\n\\text{two words}\n\\end{cases}$", ["\\begin{cases}\n\\text{two words}\n\\end{cases}"]),
        (r"20$\%$", [r"\%"]),
        # environments, nested ones too
        (r"so \begin{align*}a&=b\end{align*}.", [r"\begin{align*}a&=b\end{align*}"]),
        (
            r"\begin{cases}\begin{cases}a\end{cases}\\b\end{cases}",
            [r"\begin{cases}\begin{cases}a\end{cases}\\b\end{cases}"],
        ),
        # boxes outside of other formulas
        (r"so \boxed{\frac{1}{2}}, \boxed 42 and $\boxed{x}$", [r"\boxed{\frac{1}{2}}", r"\boxed{42}", r"\boxed{x}"]),
        (r"\\boxed{5}", [r"\boxed{5}"]),  # the backslash twice, as in JSON
        # not in a listing
        ("```\n$x$\n```\n$y$", ["y"]),
    ],
)  # fmt: skip
def test_formulas(text: str, found: list[str]) -> None:
    assert latex(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and then $7 more.",
        "She has $12 an hour, earned $10.",
        "from $5-$6, or $3/$4",
        "猫的医生费用是$120，宠物保险覆盖了$60。",
        r"Price \$5 and \$7",
        "5$ here and 3$, there for 2$",
        "Dan has $ 2. He bought a bar for $ 6 each",
        "In total $40 + $<<40+30=70>>70",
        "X=$60/1.5\nX=$<<40=40>>40",
        "In one line $a\n\nb$ but not in two paragraphs",
        "$等于5。因此$",  # a sentence
        "$方程的解为 x=1，y=2$",
        "$$ $$ $ $ $$$$",
        r"\\[2pt] of a table row\\]",
        r"\(a \[b",  # nothing closes
        r"\begin{align}a\end{gather}",
        r"\begin{document}a\end{document}",  # no mathematics
        r"\boxed{5",
        r"\boxedx{5}",
    ],
)
def test_no_formulas(text: str) -> None:
    assert latex(text) == []


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("$x$", False),
        (r"\(x\)", False),
        (r"\boxed{x}", False),
        (r"\begin{pmatrix}1\end{pmatrix}", False),  # part of a line
        ("$$x$$", True),
        (r"\[x\]", True),
        (r"\begin{gather*}1\end{gather*}", True),
    ],
)
def test_what_stands_on_a_line_of_its_own(text: str, display: bool) -> None:
    (formula,) = find_formulas(text)
    assert formula.display is display and formula.source == text


def test_an_opening_delimiter_that_never_closes_hides_nothing() -> None:
    assert latex(r"\(a \(b\) \[c $5 or $x$ $$d \begin{cases} \boxed{e}") == ["b", "x", r"\boxed{e}"]


def test_delimiters_far_apart_hold_text() -> None:
    for opening, closing in (("$", "$"), ("$$", "$$"), (r"\(", r"\)"), (r"\begin{align}", r"\end{align}")):
        assert latex(f"{opening}{'x' * LONGEST_FORMULA}y{closing}") == []
