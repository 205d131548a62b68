r"""A question as the words of which copies are recognised.

    words     "Calculate $12 \times 34$!"    calculate 12 times 34
    masked    "Ann buys 12 eggs, twelve more"  ann buys 0 eggs 0 more; x for a single letter
    exact     "What is $513^2 - 487^2$?"     what is 513 ^ 2 - 487 ^ 2

Chinese needs no segmenter: its words are single characters here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from .numbers import NUMBER_WORDS

__all__ = ["MASKS", "exact_words", "has_chinese", "masked_words", "n_grams", "normal_form", "rare_words", "words"]

NUMBER, LETTER = MASKS = ("0", "x")
STEM = 6  # letters by which words are compared: bake and bakes, 50 % of the inflections for nothing

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"\d[\d,]*(?:\.\d+)?|[{_HAN}]|[^\W\d_{_HAN}]+")
_TOKEN = re.compile(rf"{_WORD.pattern}|[^\s\w]|_")
_PUNCTUATION = frozenset(".,?!:;'\"。，、？！：；‘’“”…()[]{}")
_CHINESE = re.compile(rf"[{_HAN}]")
_LATEX = re.compile(r"\\(?:left|right|text|mathrm|quad|qquad|displaystyle)(?![a-zA-Z])|\\[dt](?=frac)|\\[,;:! ]|[$\\]")


def has_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=64)  # a row's question is asked for by several filters, one after the other
def _plain(text: str) -> str:
    return _LATEX.sub(" ", unicodedata.normalize("NFKC", text).casefold())


def exact_words(text: str) -> list[str]:
    """Words, numbers and signs, without punctuation."""
    return [token for token in _TOKEN.findall(_plain(text)) if token not in _PUNCTUATION]


def normal_form(text: str) -> str:
    """A text whose equality means the same question: no case, no punctuation, spaces and LaTeX's markup unified."""
    return " ".join(exact_words(text))


def words(text: str) -> list[str]:
    """Words and numbers, without signs; a Chinese character is a word."""
    return _WORD.findall(_plain(text))


def masked_words(text: str) -> list[str]:
    """The words with every number as ``0``, also one in words, and every single letter as ``x``."""
    masked: list[str] = []
    for word in words(text):
        if word[0].isdigit() or word in NUMBER_WORDS:
            if masked[-1:] != [NUMBER]:
                masked.append(NUMBER)
        else:
            masked.append(LETTER if len(word) == 1 and word.isascii() else word)
    return masked


def rare_words(text: str) -> frozenset[str]:
    """Stems of the words that are no numbers and longer than a letter; for Chinese, pairs of characters."""
    found = [word for word in words(text) if not word[0].isdigit() and word not in NUMBER_WORDS]
    chinese = [one + two for one, two in zip(found, found[1:], strict=False) if has_chinese(one) and has_chinese(two)]
    return frozenset(word[:STEM] for word in found if len(word) > 1) | frozenset(chinese)


def n_grams(tokens: Sequence[str], n: int) -> Collection[str]:
    """The different runs of ``n`` tokens; a shorter text has none."""
    return dict.fromkeys(" ".join(tokens[start : start + n]) for start in range(len(tokens) - n + 1))
