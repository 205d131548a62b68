r"""Finding formulas: ``$x$``, ``\(x\)``, ``\[x\]``, ``$$x$$``, environments, and boxes outside of all these.

Not guaranteed: that a dollar is told from a delimiter. One that opens stands before, and one that closes behind,
something other than a blank, with no digit after it (as in Pandoc's Markdown), so that ``$5 and $7`` is money.
With blanks inside (``$ x^2 $``), over several lines or behind a number, a formula has a letter and no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .braces import matching_braces

__all__ = ["LONGEST_FORMULA", "FormulaSpan", "formula_spans"]

LONGEST_FORMULA = 2_000  # characters; between delimiters farther apart stands text

_DISPLAYS = frozenset("align alignat equation gather multline eqnarray".split())
_ENVIRONMENTS = (
    "|".join(sorted(_DISPLAYS))
    + "|aligned|alignedat|gathered|split|[dr]?cases|array|subarray|[pbvBV]?matrix|smallmatrix"
)
_MARK = re.compile(
    rf"\\(?P<edge>begin|end)\s?\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}"
    r"|\\?\\(?P<box>boxed|fbox)(?![A-Za-z])"  # models write the backslash twice, as in JSON
    r"|(?P<delimiter>\\[()\[\]]|\$\$?)"
    r"|\\.",  # escaped: no delimiter
    re.DOTALL,
)
_KINDS = {"$": ("$",), "$$": ("$", "$$"), "\\(": ("(",), "\\)": ("(",), "\\[": ("[",), "\\]": ("[",)}
_CLOSERS = {"$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_DIGITS = frozenset("0123456789")
_BLANKS = re.compile(r"\s*")
_SINGLE = re.compile(r"\s*(-?[0-9][0-9.,]*[0-9]|-?[0-9]|[A-Za-z])")
_AMOUNT = re.compile(r"\d[\d,.]*\s?[-–—~/(（]")  # "$5-$7", "$3/$x"
_GROUP_OR_COMMAND = re.compile(r"\{[^{}]*\}|\\[A-Za-z]+")
_CHINESE = re.compile(r"[\u2e80-\u9fff]")
_WORD = re.compile(rf"[a-z]{{2,}}|{_CHINESE.pattern}")
_LETTER = re.compile(r"[A-Za-z\\]")


class FormulaSpan(NamedTuple):
    """Where a formula stands, its LaTeX without delimiters, and whether it stands on a line of its own."""

    start: int
    end: int
    latex: str
    display: bool


def formula_spans(text: str) -> Iterator[FormulaSpan]:
    """Yield the formulas of a text without listings, in order; they do not overlap."""
    if "$" not in text and "\\" not in text:
        return
    reader = _Reader(text)
    position = 0
    for found in reader.marks:
        span = reader.span(found, position)
        if span is not None:
            yield span
            position = span.end


class _Reader:
    """The delimiters of a text with their partners, found in one pass each, so that reading takes linear time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = [found for found in _MARK.finditer(text) if found.lastgroup]
        self.following = self._following()
        self.environments = self._environments() if "\\begin" in text else {}
        self.braces = matching_braces(text) if "box" in text else {}

    def _following(self) -> dict[tuple[str, int], re.Match[str]]:
        """The next mark of a kind behind each mark of it: kinds are any dollar, two dollars, round and square."""
        following: dict[tuple[str, int], re.Match[str]] = {}
        latest: dict[str, re.Match[str]] = {}
        for found in reversed(self.marks):
            for kind in _KINDS.get(found.group(), ()):
                if kind in latest:
                    following[kind, found.start()] = latest[kind]
                latest[kind] = found
        return following

    def _environments(self) -> dict[int, int]:
        r"""Where each ``\begin`` stands, and where its ``\end`` ends."""
        opened: dict[str, list[int]] = {}
        pairs: dict[int, int] = {}
        for found in self.marks:
            waiting = opened.setdefault(found["name"] or "", [])
            if found["edge"] == "begin":
                waiting.append(found.start())
            elif found["edge"] and waiting:
                pairs[waiting.pop()] = found.end()
        return pairs

    def span(self, found: re.Match[str], position: int) -> FormulaSpan | None:
        """The formula that opens at a mark, unless what stands before ``position`` is taken."""
        start, mark = found.start(), found.group()
        if start < position < found.end() and mark == "$$":  # of "$x$$y$" the second dollar of two
            return self._inline(position, self.following.get(("$", start)))
        if start < position:
            return None
        if mark == "$":
            return self._inline(start, self.following.get(("$", start)))
        if mark in _CLOSERS:
            return self._delimited(found, self.following.get((_KINDS[mark][-1], start)))
        if found["box"]:
            return self._box(found)
        return self._environment(found) if found["edge"] == "begin" else None

    def _inline(self, start: int, closing: re.Match[str] | None) -> FormulaSpan | None:
        if closing is None or closing.start() - start > LONGEST_FORMULA:
            return None
        inner, end = self.text[start + 1 : closing.start()], closing.start() + 1
        before, behind = self.text[start - 1 : start], self.text[end : end + 1]
        if _is_formula(inner, behind_number=before in _DIGITS) and not _is_amount(inner, behind):
            return FormulaSpan(start, end, inner.strip(), False)
        return None

    def _delimited(self, opening: re.Match[str], closing: re.Match[str] | None) -> FormulaSpan | None:
        mark = opening.group()
        if closing is None or closing.group() != _CLOSERS[mark]:
            return None
        latex = self.text[opening.end() : closing.start()]
        if not latex.strip("$ \t\n") or len(latex) > LONGEST_FORMULA:
            return None
        return FormulaSpan(opening.start(), closing.end(), latex.strip(), mark != "\\(")

    def _box(self, found: re.Match[str]) -> FormulaSpan | None:
        single = _SINGLE.match(self.text, found.end())
        if single:
            return FormulaSpan(found.start(), single.end(), f"\\{found['box']}{{{single[1]}}}", False)
        brace = _BLANKS.match(self.text, found.end()).end()  # type: ignore[union-attr]
        closing = self.braces.get(brace)
        if closing is None or closing - found.start() > LONGEST_FORMULA:
            return None
        return FormulaSpan(found.start(), closing + 1, f"\\{found['box']}{self.text[brace : closing + 1]}", False)

    def _environment(self, found: re.Match[str]) -> FormulaSpan | None:
        end = self.environments.get(found.start())
        if end is None or end - found.start() > LONGEST_FORMULA:
            return None
        return FormulaSpan(found.start(), end, self.text[found.start() : end], found["name"].rstrip("*") in _DISPLAYS)


def _is_formula(inner: str, behind_number: bool) -> bool:
    """Whether what stands between two dollars is neither an amount nor a piece of a sentence."""
    bare = _GROUP_OR_COMMAND.sub(" ", inner)
    if not inner.strip() or "\n\n" in inner or "。" in bare or ("，" in bare and _CHINESE.search(bare)):
        return False
    if not (behind_number or inner[0].isspace() or inner[-1].isspace() or "\n" in inner):
        return True
    amount = inner[0] in _DIGITS and ("\n" in inner or inner[-1].isspace())
    return not amount and bool(_LETTER.search(inner)) and not _WORD.search(bare)


def _is_amount(inner: str, behind: str) -> bool:
    """Whether the second dollar opens the next amount: ``$5 or $7``, ``$5-$x``."""
    return behind in _DIGITS or (behind.isalpha() and _AMOUNT.fullmatch(inner) is not None)
