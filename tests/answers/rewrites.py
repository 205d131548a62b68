"""Automatic variants of a gold answer: rewrites that mean the same, and changes that make it wrong.

Both work on the text of the answer alone, so that they share no reading of it with the verifier. Each yields the name
of the rule and the new text; a rule that does not apply yields nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

__all__ = ["WRAPPERS", "changes", "rewrites"]

WRAPPERS = (
    "${}$",
    "$${}$$",
    "\\({}\\)",
    "\\[{}\\]",
    "\\boxed{{}}",
    "**{}**",
    " {} .",
    "The answer is {}.",
    "The final answer is $\\boxed{{}}$. I hope it is correct.",
    "So, after 3 steps we get:\n\n**Answer:** {}",
    "Therefore, the answer is ${}$.",
    "因此，答案是 {}。",
    "综上所述，答案为 ${}$。",
    "计算 2+2=4 之后，最终答案：\\boxed{{}}。",
    "First 3 of 7 are counted.\n#### {}",
)

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_INTEGER = re.compile(r"-?\d+")
_FRACTION = re.compile(r"\\frac\{(\d+)\}\{(\d+)\}|\b(\d+)/(\d+)\b")
_SCALES = tuple(
    tuple(pair.split(">"))
    for pair in "km>m cm>m kg>g hours>minutes minutes>seconds cents>dollars inches>feet 米>千米 元>角 千克>克 "
    "平方米>立方米 小时>分".split()
)


def rewrites(gold: str, random: Random) -> Iterator[tuple[str, str]]:
    """Yield texts that mean the same as ``gold``, each by one rule."""
    gold = gold.strip()
    yield from _changed(gold, [(name, rule(gold)) for name, rule in _SPELLINGS.items()])
    if _INTEGER.fullmatch(gold):
        yield from _changed(gold, _of_integers(gold))
    if _NUMBER.fullmatch(gold) and "." in gold:
        value = Fraction(gold)
        yield "a decimal as a fraction", f"\\frac{{{value.numerator}}}{{{value.denominator}}}"
        yield "a zero more", f"{gold}0"
    fraction = _FRACTION.fullmatch(gold.lstrip("-"))
    if fraction:
        yield from _of_fractions(gold, fraction, random)
    entries = _entries(gold)
    if entries and gold.startswith("\\{"):
        yield "a set in another order", "\\{" + ", ".join(reversed(entries)) + "\\}"
    elif entries and not gold.startswith(("(", "[")):
        yield "a list in another order", ", ".join(reversed(entries))


def changes(gold: str, random: Random) -> Iterator[tuple[str, str]]:
    """Yield texts that look like ``gold`` and mean something else."""
    gold = gold.strip()
    yield from _changed(gold, [("another digit", _another_digit(gold, random))])
    if _NUMBER.fullmatch(gold) and Fraction(gold):
        yield from _of_numbers(gold)
    if re.fullmatch("[A-H]", gold):
        yield "another letter", chr(ord(gold) + 1)
    if _is_scalar(gold):
        yield "the other sign", gold[1:] if gold.startswith("-") else f"-{gold}"
        yield "a letter times it", f"{gold}x"
        yield "an answer beside it", f"{gold}, 98765"
    yield from _changed(gold, [(name, rule(gold)) for name, rule in _SLIPS.items()])
    entries = _entries(gold)
    if entries and len(set(entries)) == len(entries):
        yield from _changed(gold, _of_entries(gold, entries))
    for one, two in _SCALES:
        unit = re.search(rf"(?<=\d)(\s*(?:\\text\{{\s*)?){one}(?![\w\u4e00-\u9fff])", gold)
        if unit:
            yield f"{two} for {one}", gold[: unit.start()] + unit[1] + two + gold[unit.end() :]


def _changed(gold: str, found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in found if text != gold)


def _replaced(pattern: str, by: str | Callable[[re.Match[str]], str], count: int = 0) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=count)


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "dfrac": _replaced(r"\\frac", r"\\dfrac"),
    "tfrac": _replaced(r"\\d?frac", r"\\tfrac"),
    "slash for frac": _replaced(r"^(-?)\\[dt]?frac\{([^{}]*[^\W\d][^{}]*|\d+)\}\{([^{}]*)\}$", r"\1(\2)/(\3)"),
    "frac without braces": _replaced(r"\\frac\{(\d)\}\{(\d)\}", r"\\frac\1\2"),
    "left and right": lambda text: _sized(text),
    "no left and right": _replaced(r"\\(?:left|right)(?=[()\[\]|])", ""),
    "spaces": _replaced(r"(?<=[\w)}])([-+=<>])(?=[\w(\\])", r" \1 "),
    "thin spaces": _replaced(r"(?<=,)\s+", r"\\, "),
    "no spaces": _replaced(r"(?<=[,=+-])\s+|\s+(?=[,=+-])", ""),
    "pi": _replaced(r"\\pi(?![a-zA-Z])\s*", "π"),
    "square sign": _replaced(r"\^(?:\{2\}|2)(?!\d)", "²"),
    "minus sign": _replaced(r"-", "−"),
    "fullwidth comma": _replaced(r",\s*(?=[-\d\\(])(?!\d{3})", "，"),
    "root as a function": _replaced(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)"),
    "root sign": _replaced(r"\\sqrt\{(\d+)\}", r"√\1"),
    "root as a power": _replaced(r"\\sqrt\{([^{}]*)\}", r"(\1)^{1/2}"),
    "less or equal": _replaced(r"\\leq?(?![a-z])\s*", "≤"),
    "greater or equal": _replaced(r"\\geq?(?![a-z])\s*", "≥"),
    "infinity": _replaced(r"\\infty(?![a-z])", "∞"),
    "union": _replaced(r"\s*\\cup(?![a-z])\s*", "∪"),
    "degree sign": _replaced(r"\^\s*\{?\\circ\}?", "°"),
    "dot for times": _replaced(r"\\times(?![a-z])", r"\\cdot"),
    "letters upright": _replaced(r"\\text\{([^{}]*)\}", r"\\mathrm{\1}"),
    "pmatrix": _replaced(r"\{bmatrix\}", "{pmatrix}"),
    "bmatrix": _replaced(r"\{pmatrix\}", "{bmatrix}"),
}  # fmt: skip

_SLIPS: dict[str, Callable[[str], str]] = {
    "fraction upside down": lambda text: _FRACTION.sub(_upside_down, text, count=1),
    "a root lost": _replaced(r"\\sqrt\{([^{}]*[2357]|[a-z]+)\}", r"\1", 1),
    "pi lost": _replaced(r"(?<=[\d}])\s*\\pi(?![a-z])", "", 1),
    "i lost": _replaced(r"(?<=\d)i\b", "", 1),
    "plus for minus": _replaced(r"(?<=[\w}])\s*-(?=\s*[\w\\])", "+", 1),
    "a square lost": _replaced(r"(?<=[a-z])\^(?:\{2\}|2)(?!\d)", "", 1),
    "the other direction": _replaced(r"<|\\leq?(?![a-z])\s*", ">", 1),
    "a bound left out": _replaced(r"\\[lg]eq?(?![a-z])\s*", lambda found: "<" if found[0][1] == "l" else ">", 1),
    "a bound taken in": _replaced(r"<(?!=)", r"\\le ", 1),
    "half-open instead of closed": _replaced(r"^\[(?=[^()\[\]]*\]$)", "("),
    "closed instead of half-open": _replaced(r"^\((?=[^()\[\]]*\]$)", "["),
    "closed at the other end": _replaced(r"^\[([^()\[\]]*)\)$", r"(\1]"),
    "cap for cup": _replaced(r"\\cup(?![a-z])", r"\\cap"),
    "another letter": lambda text: text if ":" in text else re.sub(r"(?<![a-zA-Z\\])x(?![a-zA-Z])", "w", text),
    "another word": _replaced(r"^\\text\{([A-Za-z]+)\}$", r"\\text{\1ing}"),
}  # fmt: skip


def _sized(text: str) -> str:
    balanced = len(re.findall(r"[(\[]", text)) == len(re.findall(r"[)\]]", text))
    if not balanced or re.search(r"\\(?:left|sqrt\[|text)", text):
        return text
    return re.sub(r"(?<!\\)([)\]])", r"\\right\1", re.sub(r"(?<![\\a-zA-Z])([(\[])", r"\\left\1", text))


def _upside_down(found: re.Match[str]) -> str:
    top, bottom = (group for group in found.groups() if group)
    return found.group() if top == bottom else f"\\frac{{{bottom}}}{{{top}}}"


def _of_integers(gold: str) -> list[tuple[str, str]]:
    value = int(gold)
    grouped = f"{value:,}"
    rules = [
        ("point zero", f"{gold}.0"),
        ("thousands", grouped),
        ("LaTeX thousands", grouped.replace(",", "{,}")),
        ("thin thousands", grouped.replace(",", "\\,")),
        ("an equation", f"x = {gold}"),
        ("a sum", f"{value - 4} + 4 = {gold}"),
        ("fullwidth digits", gold.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})),
        ("words after it", f"{gold} apples"),
        ("Chinese words after it", f"{gold}个苹果"),
        ("a price", f"\\${grouped}.00"),
        ("LaTeX unit", f"{gold} \\text{{ cm}}"),
        ("a double fraction", f"\\frac{{{2 * value}}}{{2}}"),
    ]
    if value % 1000 == 0 and value:
        mantissa = Fraction(value, 10 ** (len(gold.lstrip("-")) - 1))
        rules.append(("powers of ten", f"{float(mantissa)} \\times 10^{{{len(gold.lstrip('-')) - 1}}}"))
    return [rule for rule in rules if value >= 0 or rule[0] not in ("a price", "a sum")]


def _of_fractions(gold: str, found: re.Match[str], random: Random) -> Iterator[tuple[str, str]]:
    sign = "-" if gold.startswith("-") else ""
    top, bottom = (int(group) for group in found.groups() if group)
    by = random.randint(2, 9)
    yield "a multiple of both", f"{sign}\\frac{{{top * by}}}{{{bottom * by}}}"
    yield "a plain fraction", f"{sign}{top}/{bottom}"
    yield "a sign above", f"\\frac{{{sign}{top}}}{{{bottom}}}"
    if bottom and 10**6 % bottom == 0:
        yield "an exact decimal", f"{sign}{float(Fraction(top, bottom))}"
    if bottom and top > bottom and top % bottom:
        yield "a mixed number", f"{sign}{top // bottom}\\frac{{{top % bottom}}}{{{bottom}}}"


def _of_numbers(gold: str) -> Iterator[tuple[str, str]]:
    value = Fraction(gold)
    for factor in (10, 100, 1000, Fraction(1, 10), Fraction(1, 100)):
        scaled = value * factor
        whole = scaled.denominator == 1
        yield f"times {factor}", str(scaled) if whole else f"{float(scaled):.12f}".rstrip("0")
    if value.denominator == 1:
        yield "one more", str(value + 1)
        yield "a half more", f"{gold}.5"
        yield "a bound", f"x > {gold}"
        yield "a range", f"{value - 1} to {value + 1}"
        yield "a multiple of ten thousand", f"{gold}万"
    if value not in (0, 1) and value.denominator == 1:
        yield "the reciprocal", f"\\frac{{1}}{{{gold}}}" if value != -1 else "2"


def _of_entries(gold: str, entries: list[str]) -> list[tuple[str, str]]:
    inside = ", ".join(entries)
    start = next((name for name in ("\\{", "(", "[") if gold.startswith(name)), "")
    end = {"\\{": "\\}", "(": ")", "[": "]"}.get(start, "")
    if end and not gold.endswith((end, "]" if start == "(" else end, ")" if start == "[" else end)):
        return []
    end = gold[-len(end) :] if end else ""
    found = [
        ("an entry missing", start + ", ".join(entries[:-1]) + end),
        ("an entry more", start + inside + ", 98765" + end),
    ]
    if start in ("(", "["):
        found.append(("entries swapped", start + ", ".join([entries[1], entries[0], *entries[2:]]) + end))
    if start == "(" and end == ")":
        found.append(("a closed end", f"[{inside})"))
    return found


def _entries(gold: str) -> list[str]:
    """The entries of a flat list, tuple or set; empty for anything else."""
    inner = gold
    for start, ends in (("\\{", ("\\}",)), ("(", (")", "]")), ("[", ("]", ")"))):
        if gold.startswith(start) and gold.endswith(ends):
            inner = gold[len(start) : -len(ends[0])]
            break
    if re.search(r"[()\[\]|=<>]|\\[{}]|\\(?:text|begin|cup|left|in|pm|cdots|ldots)|\d,\d{3}(?!\d)", inner):
        return []
    parts = [part.strip() for part in inner.split(",")]
    return parts if len(parts) > 1 and all(parts) and all(_is_scalar(part, zero=True) for part in parts) else []


def _is_scalar(text: str, zero: bool = False) -> bool:
    """Whether a text is one number or expression without relations, lists, words and plus-minus."""
    plain = re.sub(r"\\(?:frac|dfrac|tfrac|sqrt|pi|cdot)(?![a-z])", "", text)
    if not re.fullmatch(r"-?[\d.{}()^+\-/a-z ]*\d[\d.{}()^+\-/a-z ]*", plain) or re.search("[a-z]{2}", plain):
        return False
    if re.search(r"(?<=[\d})a-z])\s*[-+]", text):
        return False  # the sign before a sum is not the sum's
    return zero or bool(re.search("[1-9]", plain))


def _another_digit(gold: str, random: Random) -> str:
    """Change one digit that counts: not in a subscript, a zero on either end or a name."""
    places = [found.start() for found in re.finditer(r"(?<![_\w.])[1-9]|(?<=[1-9])[1-9]", gold)]
    places = [place for place in places if not re.search(r"_\{?\w*$|[A-Za-z]\d*$|10\^\{?$", gold[:place])]
    if not places or re.search(r"x_|y_|\\text|\d_|\^\{0|\d\.\d{8}", gold):
        return gold  # among them floats, the last digits of which are noise
    place = random.choice(places)
    return gold[:place] + random.choice([d for d in "123456789" if d != gold[place]]) + gold[place + 1 :]
