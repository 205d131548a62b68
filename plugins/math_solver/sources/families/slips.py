"""Programs that go wrong as people's do, and what is said once the traceback or the value is seen.

A slip is only written here: what it does is what the interpreter shows. ``solve`` leaves out a slip whose program
happens to print what the right one prints.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .family import Draft, Slip, Texts, lang_of

__all__ = ["slipped"]


@dataclass(frozen=True)
class Mistake:
    """One way to spoil a program, None where it does not apply, and how it is put right."""

    name: str
    spoil: Callable[[str], str | None]
    told: Texts


def _without(pattern: str) -> Callable[[str], str | None]:
    return lambda code: _changed(code, re.sub(pattern, "", code, count=1, flags=re.MULTILINE))


def _instead(pattern: str, other: str) -> Callable[[str], str | None]:
    return lambda code: _changed(code, re.sub(pattern, other, code))


def _changed(code: str, spoiled: str) -> str | None:
    return spoiled if spoiled != code else None


WRONG_NAMES = {
    "gcd": "GCD",
    "lcm": "LCM",
    "binomial": "choose",
    "factorial": "fact",
    "sqrt": "root_of",
    "diff": "derive",
    "integrate": "integral",
    "limit": "lim",
    "Rational": "Ratio",
    "solve": "solve_for",
    "linsolve": "lin_solve",
    "Abs": "modulus",
    "isprime": "is_prime",
    "factorint": "factorize",
    "expand": "expand_all",
    "Matrix": "matrix",
    "Decimal": "decimal",
    "rad": "radian",
    "Point": "point",
    "divisor_count": "count_divisors",
}


def _with_wrong_name(code: str) -> str | None:
    spoiled = (_instead(rf"(?<![\w.]){name}\(", f"{wrong}(")(code) for name, wrong in WRONG_NAMES.items())
    return next(filter(None, spoiled), None)


MISTAKES = (
    Mistake(
        "no_symbols",
        _without(r"^[\w, ]+ = symbols\(.*\)\n"),
        {
            "en": ("The symbols are not defined. I declare them first.", "I forgot symbols."),
            "zh": ("符号没有定义，先声明符号。", "忘了 symbols。"),
        },
    ),
    Mistake(
        "no_import",
        _without(r"^(?:from|import) .*\n"),
        {
            "en": ("The import is missing. I add it.", "I forgot the import."),
            "zh": ("缺少 import，补上。", "忘了 import。"),
        },
    ),
    Mistake(
        "wrong_name",
        _with_wrong_name,
        {
            "en": ("That name does not exist. I use the right one.", "The function has another name."),
            "zh": ("没有这个名字，换成正确的函数。", "函数名写错了。"),
        },
    ),
    Mistake(
        "float",
        _instead(r"Rational\((-?\d+), (-?\d+)\)", r"(\1 / \2)"),
        {
            "en": ("That is a decimal and not exact. Rational keeps it exact.", "I need the exact value: Rational."),
            "zh": ("这是小数，不精确，改用 Rational。", "需要精确值，用 Rational。"),
        },
    ),
    Mistake(
        "floor_division",
        _instead(r"Rational\((-?\d+), (-?\d+)\)", r"(\1 // \2)"),
        {
            "en": ("// drops the remainder. Rational keeps it.", "That was a whole division; I need the fraction."),
            "zh": ("// 舍去了余数，改用 Rational。", "整除丢了小数部分，要用分数。"),
        },
    ),
    Mistake(
        "caret",
        _instead(r"\*\*", "^"),
        {
            "en": ("^ is no power in Python. I write **.", "A power is ** in Python."),
            "zh": ("Python 中 ^ 不是乘方，应写 **。", "乘方要写 **。"),
        },
    ),
    Mistake(
        "open_bracket",
        lambda code: _changed(code, code.removesuffix(")")),
        {
            "en": ("A bracket was not closed. I write it again.", "A closing bracket is missing."),
            "zh": ("括号没有闭合，重写。", "少了一个右括号。"),
        },
    ),
)


def slipped(draft: Draft, rng: random.Random) -> Draft:
    """The draft with one of the mistakes that its program can have; as it was, where it can have none."""
    possible = [(mistake, code) for mistake in MISTAKES if (code := mistake.spoil(draft.code))]
    if not possible:
        return draft
    # A bracket can be missing anywhere; other mistakes go first.
    mistake, code = rng.choice(possible[:-1] if len(possible) > 1 and rng.random() < 0.8 else possible)
    thought = rng.choice(mistake.told[lang_of(draft.problem)])
    return replace(draft, slip=Slip(mistake.name, code, thought))
