"""The lines that say, in a solution which was shown while it came, that another one takes its place."""

from __future__ import annotations

from typing import Literal

from .prompts import detect_lang

__all__ = ["REPLACED", "Replacing", "replaced_line"]

# What put another solution in the place of the one above: the vote of several, or a check of its answer.
Replacing = Literal["vote", "check"]

REPLACED = {
    "vote": {
        "en": "[The vote chose another solution. It takes the place of the one above:]",
        "zh": "[投票选出了另一个解答，以下解答代替上面的解答：]",
    },
    "check": {
        "en": "[The check came to another answer. This solution takes the place of the one above:]",
        "zh": "[检验得到了另一个答案，以下解答代替上面的解答：]",
    },
}


def replaced_line(by: Replacing, question: str) -> str:
    """The line, in the language of the question."""
    return REPLACED[by][detect_lang(question)]
