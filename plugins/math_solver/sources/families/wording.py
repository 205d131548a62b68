"""Ways to ask, for every family of one pattern: for a value, or at the end of a story.

The last ways of each language are kept from training, in all families alike: what asks so was never trained on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...records import AnswerKind
from .family import Family, FollowUp, Lang, Params, Texts, Way, Words, latex
from .steps import Step, then

__all__ = ["Wordings", "again", "concluding", "family", "names", "noun", "numeric", "story", "upto", "value_of", "way"]

KEPT_ASKS = 2
VALUE: Texts = {
    "en": (
        "Calculate {}.",
        "What is {}?",
        "Compute {}.",
        "Find {}.",
        "what's {}",
        "How much is {}?",
        "Work out {}.",
        "{} = ?",
        "Evaluate {}.",
        "Can you calculate {}?",
        "Please compute {}",
        "{}",
        "I would like to know {}.",
        "Could you tell me what {} comes to?",
    ),
    "zh": (
        "计算 {}。",
        "{} 等于多少？",
        "求 {} 的值。",
        "{} 是多少？",
        "{} 等于几？",
        "算一下 {}",
        "{} = ?",
        "请计算 {}。",
        "{} 的结果是多少？",
        "{} 得多少",
        "帮我算 {}",
        "{} =",
        "试问 {} 的值为几？",
        "我想知道 {} 算出来是多少。",
    ),
}
NOUN: Texts = {
    "en": (
        "Find {}.",
        "What is {}?",
        "Calculate {}.",
        "what's {}",
        "Compute {}.",
        "Determine {}.",
        "Give {}.",
        "Please find {}",
        "Can you find {}?",
        "Tell me {}.",
        "Work out {}.",
        "find {}, please",
        "I would like to know {}.",
        "Could you tell me {}?",
    ),
    "zh": (
        "求{}。",
        "{}是多少？",
        "{}等于多少？",
        "计算{}。",
        "请问{}是多少",
        "{}为多少？",
        "算出{}。",
        "帮我求{}",
        "请算出{}。",
        "{}是什么？",
        "麻烦求一下{}",
        "怎样求{}？",
        "试问{}为几？",
        "我想知道{}。",
    ),
}
NAMES: Texts = {
    "en": tuple("Tom Anna Ben Mary Jack Lucy Sam Emma Mike Sarah Peter Lisa David Kate Omar Mei Ravi Nina".split()),
    "zh": tuple("小明 小红 小华 小丽 小刚 小芳 李雷 韩梅梅 小强 小军 小兰 王芳 张伟 妈妈 小李 老王 乐乐 小美".split()),
}


@dataclass(frozen=True)
class Wordings:
    """Phrasings by language: those to train on, and those that are kept from it."""

    seen: Texts
    kept: Texts


def value_of(en: tuple[str, ...], zh: tuple[str, ...], *, asks: Texts = VALUE) -> Wordings:
    """Every way to ask for each of the phrases: formulas, or with ``NOUN`` nouns."""
    nouns: Texts = {"en": en, "zh": zh}
    return Wordings(
        {lang: _around(asks[lang][:-KEPT_ASKS], nouns[lang]) for lang in nouns},
        {lang: _around(asks[lang][-KEPT_ASKS:], nouns[lang]) for lang in nouns},
    )


def noun(en: tuple[str, ...], zh: tuple[str, ...]) -> Wordings:
    """Every way to ask for what each of the phrases names."""
    return value_of(en, zh, asks=NOUN)


def _around(asks: tuple[str, ...], nouns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ask.replace("{}", noun) for ask in asks for noun in nouns)


Told = tuple[tuple[str, ...], tuple[str, ...]]


def story(en: Told, zh: Told) -> Wordings:
    """Each story with each question behind it; the last of both are kept from training."""
    parts: Mapping[Lang, Told] = {"en": en, "zh": zh}
    return Wordings(
        {lang: _told(stories[:-1], asks[:-1], lang) for lang, (stories, asks) in parts.items()},
        {lang: _told(stories[-1:], asks[-1:], lang) + _told(stories[:1], asks[-1:], lang)
         for lang, (stories, asks) in parts.items()},
    )  # fmt: skip


def _told(stories: tuple[str, ...], asks: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    space = " " if lang == "en" else ""
    return tuple(f"{story}{space}{ask}" for story in stories for ask in asks)


def way(code: str, en: tuple[str, ...], zh: tuple[str, ...]) -> Way:
    return Way(code, {"en": en, "zh": zh})


def concluding(en: str, zh: str, unit: str = "") -> Texts:
    """Conclusions that name the result, and ones that any answer can have; ``unit`` stands behind it in Chinese."""
    unit = f" {unit}" if unit else ""
    return {
        "en": (f"{en} is {{answer}}.", "Therefore the answer is {answer}."),
        "zh": (f"{zh}是 {{answer}}{unit}。", f"因此，答案是 {{answer}}{unit}。"),
    }


def names(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    """``{who}`` and ``{other}``, two people."""
    who, other = rng.sample(NAMES[lang], 2)
    return {"who": who, "other": other}


def again(en: str, zh: str, sample: Callable[[random.Random], Params]) -> FollowUp:
    """The family's question asked of another instance, which is said anew and without what is asked of it."""
    ways: Texts = {
        "en": ("And for {}?", "What about {}?", "Now the same for {}.", "And {}, then?", "How is it with {}?"),
        "zh": ("那 {} 呢？", "换成 {} 呢？", "如果是 {} 呢？", "{} 又如何？", "对 {} 再算一次。"),
    }
    said: Mapping[Lang, str] = {"en": en, "zh": zh}
    questions: Texts = {lang: tuple(way.replace("{}", said[lang]) for way in ways[lang]) for lang in ways}
    return FollowUp("other_number", questions, lambda rng, params: sample(rng))


def upto(rng: random.Random, low: int, *tops: int) -> int:
    """A whole number from ``low`` to one of the tops, so that small ones come as often as large ones."""
    return rng.randint(low, rng.choice(tops))


def numeric(
    name: str,
    subject: str,
    wordings: Wordings,
    *ways: Way,
    conclusions: Texts,
    sample: Callable[[random.Random], Params],
    value: Callable[..., Any],
    of: str,
    steps: tuple[Step, ...],
    kind: AnswerKind = "number",
    never: tuple[Params, ...] = (),
    words: Words | None = None,
) -> Family:
    """A family whose answer is one value by SymPy and, in a program, the expression ``of``: steps lead on from it."""
    return family(
        name,
        subject,
        wordings,
        *ways,
        conclusions=conclusions,
        sample=sample,
        answer=lambda **params: latex(value(**params)),
        follow_ups=then(of, value, *steps),
        kind=kind,
        never=never,
        words=words,
    )


def family(
    name: str,
    subject: str,
    wordings: Wordings,
    *ways: Way,
    conclusions: Texts,
    sample: Callable[[random.Random], Params],
    answer: Callable[..., str],
    follow_ups: tuple[FollowUp, ...],
    kind: AnswerKind = "number",
    never: tuple[Params, ...] = (),
    words: Words | None = None,
    by_language: bool = False,
) -> Family:
    """A graded family with phrasings that are kept, and one way to solve it or several."""
    first, *others = ways
    return Family(
        name=name,
        subject=subject,
        questions=wordings.seen,
        kept=wordings.kept,
        thoughts=first.thoughts,
        code=first.code,
        ways=tuple(others),
        conclusions=conclusions,
        sample=sample,
        answer=answer,
        follow_ups=follow_ups,
        kind=kind,
        never=never,
        words=words,
        graded=True,
        by_language=by_language,
    )
