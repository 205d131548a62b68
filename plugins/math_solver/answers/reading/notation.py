r"""One spelling for what LaTeX, Unicode and plain text write differently.

``canonical`` yields LaTeX-like text without delimiters, sizing, spacing and style, with ASCII operators. It is not
a parser: whether the text means anything is for ``reading`` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .spellings import REWRITES, SCRIPTS, SYMBOLS, VULGAR_FRACTIONS

__all__ = ["LONGEST_ANSWER", "canonical", "compact", "plain_words"]

LONGEST_ANSWER = 1_500  # characters; longer answers are compared as text only

_REWRITES = [(re.compile(pattern), replacement) for pattern, replacement in REWRITES]
_VULGAR = re.compile("[" + "".join(VULGAR_FRACTIONS) + "]")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]+")
_SUBSCRIPT = re.compile("[₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ]+")
_BOX = re.compile(r"^\\(?:boxed|fbox)\s*\{(.*)\}$", re.S)
_BOLD = re.compile(r"^(\*\*|__|`|\*|_)(?![*_\s])(.+)(?<![*_\s])\1$", re.S)
_DOLLARS = re.compile(r"\$\$|\$")
_CURRENCY = re.compile(r"\$(?=\s?\d[\d,]*(?:\.\d+)?\s*(?:$|[^\d$\s]|\s[A-Za-z]))")
_CLOSING = re.compile(r"(?:(?<=[^.])(?<!\s\.)\.|[,;:?]|(?<=[^\s.])\.\?)\s*$")
_PLAIN = re.compile(r"[0-9a-zA-Z+\-*/^=().,:;\[\]<> ]*")
# Equations one under the other, after a brace or not
_SYSTEM = re.compile(
    r"(?:\\left\s*)?(?:\\\{\s*)?\\begin\s*\{(cases|aligned)\}(.*?)\\end\s*\{\1\}(?:\s*\\right\s*\.)?"
    r"|\\left\s*\\\{\s*\\begin\{array\}\{[lcr ]*\}(.*?)\\end\{array\}\s*\\right\s*\.",
    re.S,
)
_STEP = 4  # wrappers that are peeled at most


@lru_cache(maxsize=1024)  # one comparison asks for each side several times
def canonical(text: str) -> str:
    """Return ``text`` in the one spelling that the parser reads; equal results mean equal answers."""
    text = _unwrap(text.strip())
    if _PLAIN.fullmatch(text) and "**" not in text and not re.search(r"[<>=]=|<>|=<|[a-z]\.[a-zA-Z]", text):
        return _CLOSING.sub("", " ".join(text.split()))
    text = _SYSTEM.sub(lambda found: (found[2] or found[3] or "").replace("\\\\", ", ").replace("&", " "), text)
    text = _SUPERSCRIPT.sub(lambda found: "^{" + found.group().translate(SCRIPTS) + "}", text)
    text = _SUBSCRIPT.sub(lambda found: "_{" + found.group().translate(SCRIPTS) + "}", text)
    text = _VULGAR.sub(_vulgar_fraction, text)
    text = _delimiters(text.translate(SYMBOLS))
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _CLOSING.sub("", " ".join(text.split()))


def _vulgar_fraction(found: re.Match[str]) -> str:
    top, bottom = VULGAR_FRACTIONS[found.group()]
    return f"\\frac{{{top}}}{{{bottom}}}"


def compact(text: str) -> str:
    """Return canonical text without spaces and without braces around single characters."""
    text = re.sub(r"\\text\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"(?<!\\)\{(\w)\}", r"\1", text)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def plain_words(text: str) -> str:
    """Return the words of canonical text: lower case, without commands, articles and punctuation."""
    text = re.sub(r"\\[a-zA-Z]+|[{}\\$*_]", " ", text.replace("\\text", " ")).casefold()
    text = re.sub(r"\b(?:the|a|an)\b", " ", text)
    return " ".join(re.findall(r"[\w%+\-/.]*\w", text))


def _unwrap(text: str) -> str:
    """Peel markdown, a box, and ``$`` around the whole text."""
    for _ in range(_STEP):
        found = _BOLD.match(text) or _BOX.match(text)
        if not found:
            break
        text = found.groups()[-1].strip()
    return text


def _delimiters(text: str) -> str:
    r"""Remove ``$`` that delimits formulas; write ``$`` that means dollars as ``\dollar``."""
    text = text.replace("\\$", "\\dollar ")
    if "$" not in text:
        return text
    if len(_DOLLARS.findall(text)) % 2 or _only_amounts(text):
        text = _CURRENCY.sub("\\\\dollar ", text)
    return text.replace("$", " ")


def _only_amounts(text: str) -> bool:
    """Whether pairing the dollar signs would put words between amounts into formulas: ``$5 and $6``."""
    inner = re.findall(r"\$([^$]*)\$", text)
    return any(re.match(r"\s?\d[\d,.]*\s+(?:and|or|to|per)\b", part) for part in inner)
