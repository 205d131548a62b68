"""Extracting, comparing and voting on final answers.

The way of an answer::

    passage    passages/   the last box, "the answer is ...", a trailing amount    "So x = \\frac{1}{2} m."
    text       reading/    one spelling for LaTeX, Unicode, plain text and words   "\\frac{1}{2} m"
    tree       values/     exact numbers, letters, operators, sets, units   1/2, metre
    compared   comparing/  form by form, by normal forms and numbers at points     0.5 m: equal
    proved     proving/    where these cannot tell, SymPy in a process of its own
"""

from __future__ import annotations

from ..mathematics.boxes import box_contents, last_box_start
from .passages.extract import extract_answer
from .passages.refusing import refuses
from .verify import judge_unanswerable, verify_answer
from .vote import AnswerClass, Grouping, is_settled, majority, same_answer

__all__ = [
    "AnswerClass",
    "Grouping",
    "box_contents",
    "extract_answer",
    "is_settled",
    "judge_unanswerable",
    "last_box_start",
    "majority",
    "refuses",
    "same_answer",
    "verify_answer",
]
