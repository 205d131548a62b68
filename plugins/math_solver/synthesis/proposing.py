r"""New problems: what a teacher is asked for, and what is taken of its answer.

    request 4    five problems in English on algebra, hard, unlike three given ones       Brief.wish, Wish.messages
    answer       "<problem>\nAnn has ...\n</problem>\n<problem>\n..."                      read_problems

The answers to the problems are not asked for: they come from solving them (``agreement``). What a request says hangs
on its number and the seed alone, so that a run that goes on asks what the first one asked.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..disk import storable
from ..protocol import CLOSING, OPENING, detect_lang, without_thought
from ..records import Drop, Problem, RecordError

__all__ = ["Brief", "Wish", "read_problems"]

LEAST, MOST = 8, 3000  # characters of a problem
_OPEN, _CLOSE = "<problem>", "</problem>"
_MARKUP = ("```", "<|", "|>", OPENING, CLOSING, "<think", "</think", "<image>", "<video>", "<audio>", "{{content}}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ANSWERED = re.compile(r"\\boxed|^[ \t*]*(?:answer|solution|答案|答|解答|解析|解)[ \t*]*[:：]", re.I | re.M)
_LABEL = re.compile(
    r"\A\s*(?:\**(?:problem|question|题目?|问题)[ \t]*\d{0,3}[*]*[:：.][*]*|\(?\d{1,3}[.)](?=\s)|\d{1,3}、)\s*", re.I
)

_SYSTEM: Mapping[str, str] = {"en": "You write mathematics problems.", "zh": "你负责编写数学题。"}
_TASK: Mapping[str, str] = {
    "en": (
        "Write {number} new mathematics problems in English{topic}{level}.\n\n"
        "Each problem stands for itself, needs no figure, and asks for exactly one answer that can be checked: a "
        "number, an expression, a set, an interval or a point. It is none of the problems below with other numbers or "
        "names, and no known textbook, contest or exam problem. Give no answers, solutions or hints.\n\n"
        "Problems that are there already:\n\n{examples}\n\n"
        "Write each new problem between <problem> and </problem>, and nothing else."
    ),
    "zh": (
        "请用中文编写 {number} 道新的数学题{topic}{level}。\n\n"
        "每道题都独立完整，不需要图形，只问一个可以核对的答案：一个数、一个式子、一个集合、一个区间或一个点。"
        "不要只把下面的题换数字或换名字，也不要用教材、竞赛或考试里的原题。不要给出答案、解答或提示。\n\n"
        "已有的题目：\n\n{examples}\n\n"
        "每道新题写在 <problem> 和 </problem> 之间，此外不要写任何内容。"
    ),
}
_TOPIC: Mapping[str, str] = {"en": " on {}", "zh": "，主题：{}"}
_LEVEL: Mapping[str, str] = {"en": ", level: {}", "zh": "，难度：{}"}


@dataclass(frozen=True)
class Wish:
    """What one request asks for: so many problems, of a topic and a level where they are named."""

    number: int
    lang: str
    topic: str | None
    level: str | None
    problems: int
    examples: Sequence[Problem]

    def messages(self) -> list[dict[str, str]]:
        shown = "\n\n".join(f"{_OPEN}\n{example.question.strip()}\n{_CLOSE}" for example in self.examples)
        task = _TASK[self.lang].format(
            number=self.problems,
            topic=_TOPIC[self.lang].format(self.topic) if self.topic else "",
            level=_LEVEL[self.lang].format(self.level) if self.level else "",
            examples=shown,
        )
        return [{"role": "system", "content": _SYSTEM[self.lang]}, {"role": "user", "content": storable(task)}]


@dataclass(frozen=True)
class Brief:
    """What is asked for in all: languages, topics and levels take turns.

    Args:
        examples: given problems; ``shown`` of them, by chance, go with each request.
        topics: what a problem is about; the subjects of the examples where none are named.
        each: problems of one request.
    """

    examples: Sequence[Problem]
    langs: Sequence[str] = ("en",)
    topics: Sequence[str] = ()
    levels: Sequence[str] = ()
    each: int = 5
    shown: int = 3
    temperature: float = 1.0
    max_tokens: int = 2048
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.examples:
            raise RecordError("there are no examples to show; check the input")
        if not self.langs or any(lang not in _TASK for lang in self.langs):
            raise RecordError(f"--langs is {','.join(self.langs)}; it must be of {', '.join(_TASK)}")
        if self.each < 1 or self.shown < 1 or self.max_tokens < 1:
            raise RecordError("--each, --shown and --propose-tokens must be at least 1")
        if not 0 <= self.temperature <= 2:
            raise RecordError(f"--propose-temperature is {self.temperature}; it must be from 0 to 2")

    def wish(self, number: int) -> Wish:
        """What the request of that number asks for."""
        turn, lang = number // len(self.langs), self.langs[number % len(self.langs)]
        topics = self.topics or self._subjects
        topic = topics[turn % len(topics)] if topics else None
        turn //= max(1, len(topics))
        level = self.levels[turn % len(self.levels)] if self.levels else None
        return Wish(number, lang, topic, level, self.each, self._draw(number, lang, topic))

    def about(self) -> dict[str, Any]:
        """What was asked for, without the examples."""
        return {name: value for name, value in vars(self).items() if name in _TOLD}

    @cached_property
    def _subjects(self) -> Sequence[str]:
        return list(dict.fromkeys(one.subject for one in self.examples if one.subject))

    @cached_property
    def _pools(self) -> Mapping[tuple[str, str | None], Sequence[Problem]]:
        """The examples of each language, by their subject and (``None``) all."""
        pools: dict[tuple[str, str | None], list[Problem]] = {}
        for one in self.examples:
            lang = detect_lang(one.question)
            for subject in {one.subject, None}:
                pools.setdefault((lang, subject), []).append(one)
        return pools

    def _draw(self, number: int, lang: str, topic: str | None) -> list[Problem]:
        """Examples of the language and topic where there are any, else of the language, else of all."""
        pool = self._pools.get((lang, topic)) or self._pools.get((lang, None)) or self.examples
        return random.Random(f"{self.seed}/{number}").sample(list(pool), min(self.shown, len(pool)))


_TOLD = ("langs", "topics", "levels", "each", "shown", "temperature", "max_tokens", "seed")


def read_problems(text: str, wish: Wish, source: str) -> Iterator[Problem | Drop]:
    """The problems of an answer, each without its gold answer; what cannot be one is an item that is lost.

    Lost: ``no_problem``, ``not_closed``, ``length``, ``markup``, ``answer_in_text``, ``other_language``, and
    ``not_asked_for``: one item, however many are too many.
    """
    _, *pieces = storable(without_thought(text)).split(_OPEN)
    name = f"{source}:request-{wish.number}"
    if not pieces:
        yield Drop(name, "no_problem", _excerpt(text))
    for place, piece in enumerate(pieces[: wish.problems], 1):
        body, closed, _ = piece.partition(_CLOSE)
        question = _LABEL.sub("", body).strip()
        if reason := _unfit(question, wish) if closed else "not_closed":
            yield Drop(f"{name}-{place}", reason, _excerpt(body))
        else:
            digest = hashlib.sha256(question.encode()).hexdigest()[:16]
            yield Problem(f"{source}:{digest}", source, question, level=wish.level, subject=wish.topic, lang=wish.lang)
    if (more := len(pieces) - wish.problems) > 0:
        yield Drop(f"{name}-more", "not_asked_for", f"{more} more than asked for")


def _excerpt(text: str) -> str:
    return " ".join(text.split())[:200]


def _unfit(question: str, wish: Wish) -> str:
    """Why a text is no problem that may be asked; empty where it is."""
    if not LEAST <= len(question) <= MOST:
        return "length"
    if _CONTROL.search(question) or any(mark in question for mark in _MARKUP):
        return "markup"
    if _ANSWERED.search(question):
        return "answer_in_text"
    return "" if detect_lang(question) == wish.lang else "other_language"
