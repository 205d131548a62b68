"""Questions as people type them: other signs, digits, spaces, brackets and marks, the same meaning.

Each row of the table is one habit. A habit is followed in the whole question or not at all. What stands between
dollar signs is left alone, and so are dates, since a hyphen in them is no minus.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from .family import Lang

__all__ = ["as_people_write"]

LIKELY = 0.3  # that a habit is followed where it can be
RARE = 0.04
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_RAISED = {"2": "²", "3": "³"}
_LETTER_X = re.compile(r"[xX](?![a-wyz])")
_DATE = re.compile(r"\d{4}-\d|\d{4}年")
_LATEX = re.compile(r"\$[^$\s](?:[^$]*[^$\s])?\$(?!\d)")  # two prices are none


@dataclass(frozen=True)
class Habit:
    """What a pattern is written as instead: one of several texts, or what a function makes of the match."""

    pattern: re.Pattern[str]
    instead: tuple[str, ...] | Callable[[re.Match[str]], str]
    lang: Lang | None = None
    unless: re.Pattern[str] | None = None
    likely: float = LIKELY

    def follow(self, text: str, lang: Lang, rng: random.Random) -> str:
        """The text with the habit or, by chance and where it does not fit, without."""
        if rng.random() >= self.likely or self.lang not in (None, lang):
            return text
        if self.unless is not None and self.unless.search(text):
            return text
        instead = self.instead if callable(self.instead) else rng.choice(self.instead)
        return self.pattern.sub(instead, text)


def _habit(pattern: str, *instead: str, **rest: object) -> Habit:
    return Habit(re.compile(pattern), instead, **rest)  # type: ignore[arg-type]


HABITS = (
    # signs between numbers
    _habit(r"(?<=[\d)\]]) ?× ?(?=[\d(\[])", "×", "*", " * ", "✕"),
    _habit(r"(?<=\d) ?× ?(?=\d)", "x", " x ", "X", unless=_LETTER_X),
    _habit(r"(?<=\d) ?× ?(?=\d)", "乘", "乘以", lang="zh", unless=re.compile(r"[-+÷(]")),
    _habit(r"(?<=\d) ?÷ ?(?=\d)", "÷", "/", " / ", unless=re.compile(r"\d/\d")),
    _habit(r"-(?= ?[\dx(a-z√])", "−", "－", "﹣", "–", unless=re.compile(rf"{_DATE.pattern}|[a-zA-Z]-[a-z]|->")),
    _habit(r"\+", "＋", likely=LIKELY / 2),
    _habit(r"(?<![<>])=", "＝", likely=LIKELY / 2),
    _habit(r"≤", "<=", "⩽"),
    _habit(r"≥", ">=", "⩾"),
    _habit(r"π", "pi", lang="en"),
    # powers and roots
    Habit(re.compile(r"(?<=[xz)])\^([23])(?!\d)"), lambda found: _RAISED[found[1]]),
    _habit(r"\^(\d+)", r"**\1", r"^{\1}", r"^(\1)", likely=LIKELY / 2),
    _habit(r"sqrt\((\w+)\)", r"√\1", r"√(\1)"),
    _habit(r"°", " degrees", " deg", lang="en"),
    _habit(r"°", "度", lang="zh"),
    # spaces
    _habit(r"(?<=[\u4e00-\u9fff，。]) +(?=\S)|(?<=\S) +(?=[\u4e00-\u9fff，。])", "", lang="zh"),
    _habit(r" ?([-+=<>−－﹣–＋＝]) (?=\S)", r"\1"),
    _habit(r"(?<=[,，]) (?=\S)", "", unless=re.compile(r"[,，] \d")),
    _habit(r"$", " ", "  ", likely=LIKELY / 3),
    # brackets
    Habit(re.compile(r"\(([^()]*)\)"), lambda found: f"（{found[1]}）", lang="zh", likely=LIKELY / 2),
    # marks
    _habit(r"？$", "?", "", "??", "？？"),
    _habit(r"。$", "", ".", "！"),
    _habit(r"[.?]$", "", " ?", lang="en"),
    _habit(r"，(?!\d)", ",", ", ", " ", lang="zh"),
    _habit(r"。(?=\D)", ".", "，", " ", lang="zh"),
    # money
    _habit(r"(?<=\d)元", "块", "块钱", lang="zh"),
    _habit(r"多少元", "多少钱", "多少块钱", "多少块", lang="zh"),
    _habit(
        r"(?<![\d.])(\d+(?:\.\d+)?) dollars\b", r"$\1", r"\1 bucks", lang="en", unless=re.compile(r"\d dollar bill")
    ),
    # words
    _habit(r"^What is ", "what is ", "What's ", "whats ", "what's ", lang="en"),
    _habit(r"^(?:Calculate|Compute) ", "calculate ", "compute ", "Please calculate ", "Calc ", lang="en"),
    _habit(r"^Find ", "find ", "Please find ", lang="en"),
    _habit(r"^How ", "how ", lang="en"),
    _habit(r"^Solve ", "solve ", "Please solve ", lang="en"),
    _habit(r"^", "Hi, ", "Hello! ", "Question: ", "Please help: ", lang="en", likely=LIKELY / 4),
    _habit(r"^", "你好，", "请问：", "题目：", "老师，", lang="zh", likely=LIKELY / 4),
    Habit(re.compile(r"\d+"), lambda found: found[0].translate(_WIDE), lang="zh", likely=RARE),
)


def as_people_write(question: str, lang: Lang, rng: random.Random) -> str:
    """The question as somebody may type it: what it asks, and its numbers in their order, stay."""
    if _LATEX.search(question):
        return question.replace("$", "") if rng.random() < LIKELY else question
    for habit in HABITS:
        question = habit.follow(question, lang, rng)
    return question
