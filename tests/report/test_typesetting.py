from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from math_solver.report.mathml import ELEMENTS, typeset
from math_solver.report.prose import answer, headline, prose
from math_solver.solving.worked import Worked, WorkedStep, write_worked

from ..bounded import Bounded

KNOWN = ELEMENTS | {"p", "pre", "code", "strong", "span"}


class Tags(HTMLParser):
    """The tags of a fragment, which must nest, with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("latex", "pieces"),
    [
        ("\\frac{1}{2}", ["<mfrac>"]),
        ("\\boxed{\\sqrt[3]{5}}", ['<menclose notation="box">', "<mroot>"]),
        ("\\begin{cases}1 & x\\\\2 & y\\end{cases}", ["<mtable>", "<mtr>"]),
        ("\\begin{align*}a&=b\\\\c&=d\\end{align*}", ["<mtable"]),
        ("\\text{共 3 个}", ["<mtext>共"]),
        ("(-1, -2)", ['<mo form="prefix">−</mo>']),
        ("x^{2^{3}}", ["<msup>"]),
    ],
)
def test_formulas_become_mathml(latex: str, pieces: list[str]) -> None:
    html = typeset(latex)
    assert html.startswith("<math")
    for piece in pieces:
        assert piece in html
    assert Tags(html).tags <= ELEMENTS


def test_a_difference_keeps_its_minus() -> None:
    assert "prefix" not in typeset("a - b") and "prefix" not in typeset("(a) - b")


HOSTILE = [
    "\\text{<script>alert(1)</script>}",
    "\\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    "<img src=x onerror=alert(1)>",
    "\\href{javascript:alert(1)}{x}",
    "\\style{background:url(http://evil)}{x}",
    "\\class{x}{y}",
    '\\color{red"onload="alert(1)}{x}',
    "\\text{\"'><svg onload=alert(1)>}",
    "</math><script>alert(1)</script>",
    "\\mathrm{</mtext><script>}",
    "\\frac{1",
    "\\frac" * 300,
    "{" * 5000 + "}" * 5000,
    "{" * 900 + "}" * 900,
    "x^" * 800 + "x",
    "x_" * 800,
    "\\left(" * 500,
    "\\sqrt" * 500 + "2",
    "\\begin{matrix}" * 40,
    "\\hspace{100000px}\\rule{99999px}{9px}",
    "\\genfrac{}{}{0pt}{}{n}{k}",
    "$" * 4000,
    "\\" * 3999,
    "\x00\ud800\u202e",
    "&" * 3000,
    "%" * 100,
    "",
]


@pytest.mark.parametrize("latex", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_latex_is_text_at_most(bounded: Bounded, latex: str) -> None:
    sentence = f"So ${latex}$ and \\[{latex}\\]."
    for write, text in ((typeset, latex), (prose, sentence), (answer, latex), (headline, latex)):
        found = Tags(bounded(write, text))
        assert found.tags <= KNOWN
        assert not {name for name in found.attributes if name.startswith("on")}
        assert not found.attributes & {"href", "src", "style"}


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("It costs $5 and then $7 more.", 0),
        ("She has $12 an hour, earned $10.", 0),
        ("Let $x=1$ and $y$.", 2),
        ("From \\(a\\) to \\[b\\] and $$c$$.", 3),
        ("So it is \\boxed{\\frac{1}{2}}.", 1),
        ("Price \\$5 and \\$7", 0),
        ("```python\nprint('$x$')\n```", 0),
        ("猫花了$120，狗花了$60。", 0),
        (r"$x - y \ge $ and \begin{align*}a&=b\end{align*}", 2),
        ("**sum: $x$ m**", 1),
    ],
)
def test_money_is_no_formula(text: str, formulas: int) -> None:
    assert prose(text).count("<math") == formulas


def test_code_keeps_every_character() -> None:
    found = Tags(prose("I run\n```python\nif a < b and c > d:\n    print('&amp;')\n```\nand stop."))
    assert "if a < b and c > d:\n    print('&amp;')" in found.text
    assert found.tags == {"p", "pre", "code"}


def test_a_worked_solution_is_shown_block_by_block() -> None:
    """A claimed output in a thought, with its unseen escape, is a block too and swallows no other."""
    step = WorkedStep("So:\n```output\n5\n```", "s = '''\n```\n'''", "```")
    found = prose(write_worked(Worked((step,), "It is 5.")))
    assert re.findall(r'<pre class="(\w+)"><code>(.*?)</code>', found, re.DOTALL) == [
        ("output", "5"),
        ("code", "s = &#x27;&#x27;&#x27;\n```\u200b\n&#x27;&#x27;&#x27;"),
        ("output", "```"),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n\nb\n \n**c** d", "<p>a</p><p>b</p><p><strong>c</strong> d</p>"),
        ("so ```7```, right", '<p>so</p><pre class="code"><code>7</code></pre><p>, right</p>'),
        ("```output\n7\n```", '<pre class="output"><code>7</code></pre>'),
        ("2**3 and 4**5", "<p>2**3 and 4**5</p>"),
        (" \n\n ", ""),
    ],
)
def test_paragraphs(text: str, html: str) -> None:
    assert prose(text) == html


def test_a_display_stands_on_a_line_of_its_own_only_in_prose() -> None:
    assert 'display="block"' in prose("so \\[x\\]") and 'display="block"' not in headline("so \\[x\\] $$y$$ ```z```")
    assert "<code>z</code>" in headline("so ```z```") and "<pre" not in headline("so ```z```")


def test_long_texts_lose_their_middle(bounded: Bounded) -> None:
    assert len(bounded(prose, "word " * 100_000)) < 10_000


def test_answers_without_latex_stay_text() -> None:
    assert answer("x < 3 & y") == "x &lt; 3 &amp; y"
    for latex in ("\\frac{1}{2}", "$\\frac{1}{2}$", "\\(\\frac{1}{2}\\)"):
        assert 'displaystyle="true"' in answer(latex) and "<mfrac>" in answer(latex)
    assert answer("\\(x\\) 或 $y$").count("<math") == 2
    assert answer("$18.00") == "$18.00"
    assert "none" in answer(None)
