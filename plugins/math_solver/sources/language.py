"""The language of a text, by the share of its Han characters."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["language_of"]

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,}")
_SHARE = 0.2


def language_of(text: str) -> Literal["en", "zh"]:
    """``zh`` where Han characters are a fifth of the characters and words, LaTeX commands left out; else ``en``.

    A Chinese name in an English question does not make it Chinese, as it does for ``protocol.detect_lang``, which has
    to answer whoever writes any Chinese at all.
    """
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return "zh" if han and han >= _SHARE * (han + words) else "en"
