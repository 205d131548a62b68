"""Attempts to decide about: ordinary ones, and what a hostile or broken model writes."""

from __future__ import annotations

from math_solver.evaluation import Attempt, attempt_id
from math_solver.records import Outcome, Problem, Verdict

__all__ = ["ATTEMPTS", "HOSTILE", "attempt"]

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    "![](http://example.org/pixel.png) [click](javascript:alert(1)) <style>body{display:none}</style>\n\n"
    "```mermaid\ngraph TD; A-->B\n```\n"
    r"$\href{javascript:alert(1)}{x}$ $\includegraphics{http://example.org/a.png}$ $\frac{1}{$ "
    r"\(\def\a{\a\a}\a\) $\rule{9999em}{9999em}$ $$" + "{" * 300 + "$$ </div></div></div>"
    "<iframe src='http://example.org'></iframe> %%%LATEX_BLOCK_7%%% &lt;b&gt; \ue000\\frac12\ue001"
)


def attempt(
    number: int,
    question: str,
    gold: str | None,
    predicted: str | None,
    outcome: Outcome = "unverifiable",
    *,
    text: str | None = None,
    sample: int = 0,
    lang: str = "en",
    reason: str = "the ways of comparing disagree",
) -> Attempt:
    problem = Problem(f"p:{number}", "examples", question, gold, subject="algebra", level="3", lang=lang)
    code = "from sympy import *\nx = symbols('x')\n\nprint(solve(x**2 - 8, x))"
    ran = {"thought": "", "code": code, "output": "[-2*sqrt(2), 2*sqrt(2)]", "status": "ok", "ms": 4.0}
    text = (
        text
        or f"We solve it.\n\n```python\n{code}\n```\n```output\n{ran['output']}\n```\nSo $\\boxed{{{predicted}}}$."
    )
    verdict = Verdict(outcome, reason)
    return Attempt(attempt_id(f"p:{number}", sample), problem, text, predicted, verdict, (ran,), sample=sample)


ATTEMPTS = [
    attempt(
        0,
        "Find all real solutions of $x^2 - 8 = 0$. Wendi paid $5 and got $3 back.",
        r"\pm 2\sqrt{2}",
        r"x = 2\sqrt{2} \text{ or } x = -\sqrt{8}",
    ),
    attempt(
        1,
        "一根绳子长 \\(\\frac{7}{2}\\) 米，平均分成 5 段，每段长多少米？",
        r"\frac{7}{10}",
        "每段长 0.7 米",
        lang="zh",
    ),
    attempt(2, HOSTILE, HOSTILE[:200], r"\frac{1}{", text=HOSTILE),
    attempt(
        3,
        "Compute\n\\[\\int_0^1 \\frac{x^{2n+1}-7x+2x^2-x^3}{(1+x^2)^3}dx+\\sum_{k=1}^{\\infty}\\frac{1}{k^2}\\]",
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
        "25%",
    ),
    attempt(3, "another answer to the same", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "25%", sample=1),
    attempt(4, "How much is left?", "18", "$18.00", "correct", reason="equal numbers"),
    attempt(5, "How many cups?", "20", "21 cups", "incorrect", reason="different numbers"),
    attempt(6, "And this?", "20", None, "incorrect", text="I do not know.", reason="no answer"),
]
