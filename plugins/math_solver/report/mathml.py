r"""LaTeX as MathML, which browsers typeset themselves: no script, no font, no network.

``latex2mathml`` reads the LaTeX; it neither escapes what stands in ``\text`` nor refuses ``\href``, and model
text is hostile. So only its tree is used, and written out here: known elements, known attributes with harmless
values, all text escaped. What it cannot read is shown as source.
"""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

__all__ = ["typeset"]

LONGEST = 2_000
DEEPEST = 30
ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
    "mstyle mpadded mphantom menclose".split()
)
ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel stretchy fence form accent accentunder minsize maxsize columnalign rowspacing "
    "columnspacing linethickness mathvariant notation width lspace rspace".split()
)
SIGNS = ("+", "-", "\u2212", "\u00b1")
CLOSERS = (")", "]", "}", "|", "!", "\u2032")
PREFIX = ' form="prefix"'
_TAME = re.compile(r"[\w .%+-]{0,60}")
# Spellings that the reader does not know, with ones that it does
_SPELLINGS = (
    (re.compile(r"\\(?:displaystyle|tiny|small|large|bigskip|allowbreak|nonumber)(?![A-Za-z])"), ""),
    (re.compile(r"\\oslash(?![A-Za-z])"), r"\\varnothing"),
)


def typeset(latex: str, *, block: bool = False, large: bool = False) -> str:
    """Return MathML of a formula, or its source as code where it cannot be read. Never raises.

    ``block`` puts it on a line of its own; ``large`` sets its fractions in full size on any line.
    """
    source = latex.strip()
    if len(source) <= LONGEST and _depth(source) <= DEEPEST:
        for pattern, known in _SPELLINGS:
            source = pattern.sub(known, source)
        try:
            tree = convert_to_element(source, display="block" if block else "inline")
            tree.attrib |= {"displaystyle": "true"} if large else {}
            return _write(tree)
        except Exception:  # its reader fails in many ways, IndexError among them
            pass
    return f"<code>{escape(latex)}</code>"


def _depth(source: str) -> int:
    """How deep braces and environments nest, escaped braces counted too."""
    depth = deepest = 0
    for mark in re.findall(r"[{}]|\\left|\\right|\\begin|\\end|[_^]", source):
        depth += mark in ("{", "\\left", "\\begin")
        depth -= mark in ("}", "\\right", "\\end")
        deepest = max(deepest, depth)
    return deepest


def _write(element: Element, before: Element | None = None) -> str:
    """HTML of an element with its content; ``before`` is its preceding sibling."""
    inner, last = escape(unescape(element.text or "")), None
    for child in element:
        inner += _write(child, last) + escape(unescape(child.tail or ""))
        last = child
    if element.tag not in ELEMENTS:
        return inner
    sign = element.tag == "mo" and inner in SIGNS and _opens(before)
    attributes = "".join(
        f' {name}="{value}"' for name, value in element.attrib.items() if name in ATTRIBUTES and _TAME.fullmatch(value)
    )
    return f"<{element.tag}{attributes}{PREFIX if sign else ''}>{inner}</{element.tag}>"


def _opens(before: Element | None) -> bool:
    """Whether a sign behind this element is that of a number, as in ``(-1, -2)`` and ``= -3``, not a minus."""
    return before is None or (before.tag == "mo" and unescape(before.text or "") not in CLOSERS)
