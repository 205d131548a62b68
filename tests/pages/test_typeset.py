from __future__ import annotations

import pytest

from math_solver.pages.typeset import listing, typeset, typeset_answer

from ..bounded import Bounded


def inside(block: str) -> str:
    """The block with its marks made readable: ‹inline› and «display»."""
    assert block.startswith('<div class="typeset">') and block.endswith("</div>") and "\n" not in block
    return block[21:-6].translate({0xE000: "‹", 0xE001: "›", 0xE002: "«", 0xE003: "»"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so $x^2 < 4$ holds", "so ‹x^2 &lt; 4› holds"),
        (r"\(a\) and \[b\]", "‹a› and «b»"),
        ("$$a\n+b$$", "«a +b»"),
        ("paid $5 and got $3 back", "paid $5 and got $3 back"),
        ("from $5 to $6.", "from $5 to $6."),
        (r"costs \$5 or \$6", r"costs \$5 or \$6"),
        (r"so \boxed{\frac{1}{2}}.", r"so ‹\boxed{\frac{1}{2}}›."),
        (r"\begin{align*}a&=b\end{align*}", r"«\begin{align*}a&amp;=b\end{align*}»"),
        ("$25%$", r"‹25\%›"),
        ("$3米$", r"‹3\text{米}›"),
        ("a\n\nb **bold** 5%", "a<br><br>b <strong>bold</strong> 5&#37;"),
        ("<b>x</b> & \"y\" 'z'", "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot; &#x27;z&#x27;"),
        (
            "see\n```python\nprint('a')\n\nb\n```\nthen",
            "see<pre><code>print(&#x27;a&#x27;)&#10;&#10;b</code></pre>then",
        ),
        ("```\nopen", "<pre><code>open</code></pre>"),
        # the longer fence of an output with backticks, and a claimed output with its unseen escape
        ("````output\n```\n````", "<pre><code>```</code></pre>"),
        ("```output\u200b\n5\n```", "<pre><code>5</code></pre>"),
        (r"$\frac{1}{$", r'<span class="unread">$\frac{1}{$</span>'),
        (r"$\rule{999em}{1em}$", r'<span class="unread">$\rule{999em}{1em}$</span>'),
        (r"$\{1\}$", r"‹\{1\}›"),
        ("则$x$的值", "则‹x›的值"),
        (r"for $\$ 900$ each", r"for ‹\$ 900› each"),
        (r"$E = \boxed{\$1.25}$.", r"‹E = \boxed{\$1.25}›."),
        ("猫花了$120，狗花了$60。", "猫花了$120，狗花了$60。"),
        ("**sum: $x$ m**", "<strong>sum: </strong>‹x›<strong> m</strong>"),
        ("2**3 and 4**5", "2**3 and 4**5"),
        ("结果为：```7```，对", "结果为：<pre><code>7</code></pre>，对"),
        ("验证：```python\nprint(7)```\n\n对", "验证：<pre><code>print(7)</code></pre>对"),
        (r"解 \begin{cases}x=1\end{cases}", r"解 ‹\begin{cases}x=1\end{cases}›"),
        ("\ue000x\ue001", "\ufffdx\ufffd"),
    ],
)
def test_prose(text: str, shown: str) -> None:
    assert inside(typeset(text)) == shown


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (r"\frac{1}{2}", r"‹\displaystyle \frac{1}{2}›"),
        ("1/2", r"‹\displaystyle 1/2›"),
        ("25%", r"‹\displaystyle 25\%›"),
        ("$18.00", r"‹\displaystyle \$18.00›"),
        (r"\$18", r"‹\displaystyle \$18›"),
        ("25 dollars", "25 dollars"),
        ("0.7 米", "0.7 米"),
        ("$x=1$ or $x=2$", "‹x=1› or ‹x=2›"),
        (r"\(\frac{1}{2}\)", r"‹\displaystyle \frac{1}{2}›"),
        (r"\begin{pmatrix}1\end{pmatrix}", r"‹\displaystyle \begin{pmatrix}1\end{pmatrix}›"),
        (r"\begin{align}a\end{align}", r"«\begin{align}a\end{align}»"),
        ("```\n\\n\n```", "<pre><code>\\n</code></pre>"),
        (None, "<em>no answer</em>"),
        ("  ", "<em>no answer</em>"),
    ],
)
def test_answers(answer: str | None, shown: str) -> None:
    assert inside(typeset_answer(answer)) == shown


def test_a_listing_keeps_every_character_but_those_nobody_can_see() -> None:
    assert inside(listing("a\n\n  b<c\x00")) == "<pre><code>a&#10;&#10;  b&lt;c\ufffd</code></pre>"


@pytest.mark.parametrize("piece", ["\\(", "$a", "{", "```\n", "**a", "\\boxed{", "\\begin{cases}", "$$", "\\left("])
def test_endless_text_is_cut_and_ends(bounded: Bounded, piece: str) -> None:
    assert len(bounded(typeset, piece * 100_000)) < 400_000
    bounded(typeset_answer, piece * 100_000)
