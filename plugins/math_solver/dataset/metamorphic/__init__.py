"""Whether a program depends on its problem: change the numbers of both alike, run again, see whether the answer moves.

mentions    the numbers of a question, each with its place       "20 %", "1,200", "three", "三", "8万", "3/5"
literals    the numbers of a program, each with its place        20, 0.2, 1_200, 3
tying       which literals are which numbers; what is ambiguous is not changed
changing    small plausible changes      integers, order, divisibility and percentages stay what they are
checking    verdicts, and variants of problems whose programs respond
"""

from __future__ import annotations

from .checking import Metamorphic, Verdict, check

__all__ = ["Metamorphic", "Verdict", "check"]
