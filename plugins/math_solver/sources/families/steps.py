"""Follow-ups that take one more step from an answer, for every family whose answer is a number."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sympy import S

from .family import FollowUp, Params, Texts, latex

__all__ = ["DECIMAL", "DOUBLE", "HALF", "LESS", "MORE", "RECIPROCAL", "SQUARE", "SPLIT", "Step", "then"]

_OF = "<of>"
_CONCLUSIONS: Texts = {
    "en": ("The result is {answer}.", "Therefore the answer is {answer}."),
    "zh": ("结果是 {answer}。", "因此，答案是 {answer}。"),
}


@dataclass(frozen=True)
class Step:
    """One step from an answer: ``code`` over ``<of>``, the expression of that answer, and ``work`` on its value."""

    name: str
    questions: Texts
    thoughts: Texts
    code: str
    work: Callable[..., Any]
    numbers: Callable[[random.Random], Params] = lambda rng: {}
    fits: Callable[[Any], bool] = lambda value: True


def then(of: str, value: Callable[..., Any], *steps: Step) -> tuple[FollowUp, ...]:
    """The steps as follow-ups of a family, whose answer is ``of`` in a program and ``value`` by SymPy."""
    return tuple(_follow_up(of, value, step) for step in steps)


def _follow_up(of: str, value: Callable[..., Any], step: Step) -> FollowUp:
    def answer(**values: int) -> str:
        said = {name: values.pop(name) for name in step.numbers(random.Random(0))}
        worked = step.work(S(value(**values)), **said)
        return worked if isinstance(worked, str) else latex(worked)

    return FollowUp(
        name=step.name,
        questions=step.questions,
        sample=lambda rng, params: step.numbers(rng),
        code=step.code.replace(_OF, of),
        thoughts=step.thoughts,
        conclusions=_CONCLUSIONS,
        answer=answer,
        fits=lambda **params: step.fits(S(value(**params))),
    )


def _four_places(value: Any) -> str:
    """A rational number with four decimals, half to even."""
    whole = round(Fraction(int(value.p), int(value.q)) * 10_000)
    return f"{'-' if whole < 0 else ''}{abs(whole) // 10_000}.{abs(whole) % 10_000:04d}"


def _is_no_tie(value: Any) -> bool:
    """Whether all ways of rounding to four places agree."""
    return bool((value * 20_000) % 2 != 1)


HALF = Step(
    name="half",
    questions={
        "en": (
            "What is half of it?",
            "Now halve the result.",
            "And half of that?",
            "Divide that by two.",
            "How much is one half of this?",
        ),
        "zh": ("它的一半是多少？", "把结果减半。", "那一半呢？", "再除以 2 等于几？", "这个结果的二分之一是多少？"),
    },
    thoughts={
        "en": ("I compute it again and halve it.", "The result divided by two."),
        "zh": ("重新算出结果，再除以 2。", "把结果除以二。"),
    },
    code="print(latex(S(<of>) / 2))",
    work=lambda value: value / 2,
)
DOUBLE = replace(
    HALF,
    name="double",
    questions={
        "en": (
            "What is twice that?",
            "Now double the result.",
            "And two times as much?",
            "Multiply that by two.",
            "How much is the double of this?",
        ),
        "zh": ("它的两倍是多少？", "把结果加倍。", "那两倍呢？", "再乘以 2 等于几？", "这个结果翻一番是多少？"),
    },
    thoughts={
        "en": ("I compute it again and double it.", "Two times the result."),
        "zh": ("重新算出结果，再乘以 2。", "把结果乘以二。"),
    },
    code="print(latex(2 * S(<of>)))",
    work=lambda value: 2 * value,
)
SQUARE = replace(
    HALF,
    name="square",
    questions={
        "en": (
            "What is its square?",
            "Now square the result.",
            "And the square of that?",
            "Multiply the result by itself.",
            "What do you get when you raise this to the power of two?",
        ),
        "zh": ("它的平方是多少？", "把结果平方。", "那平方呢？", "结果乘以它自己是多少？", "这个数的二次方等于几？"),
    },
    thoughts={
        "en": ("I compute it again and square it.", "The result times itself."),
        "zh": ("重新算出结果，再平方。", "结果乘以自身。"),
    },
    code="print(latex(S(<of>)**2))",
    work=lambda value: value * value,
)
RECIPROCAL = replace(
    HALF,
    name="reciprocal",
    questions={
        "en": (
            "What is its reciprocal?",
            "Now take the reciprocal of the result.",
            "And one divided by that?",
            "Turn the result upside down: what is 1 over it?",
            "By what would you have to multiply this to get 1?",
        ),
        "zh": ("它的倒数是多少？", "求结果的倒数。", "那倒数呢？", "1 除以这个结果等于几？", "这个数乘以几等于 1？"),
    },
    thoughts={
        "en": ("I compute it again and take one over it.", "One divided by the result."),
        "zh": ("重新算出结果，再取倒数。", "用 1 除以结果。"),
    },
    code="print(latex(1 / S(<of>)))",
    work=lambda value: 1 / value,
    fits=lambda value: bool(value != 0),
)
MORE = replace(
    HALF,
    name="more",
    questions={
        "en": (
            "Now add {k} to it.",
            "And {k} more than that?",
            "What is it if you add {k}?",
            "Raise the result by {k}.",
            "How much is this plus {k}?",
        ),
        "zh": (
            "再加上 {k} 是多少？",
            "比它多 {k} 的数呢？",
            "把结果加 {k}。",
            "结果增加 {k} 等于几？",
            "那再多 {k} 呢？",
        ),
    },
    thoughts={
        "en": ("I compute it again and add {k}.", "The result plus {k}."),
        "zh": ("重新算出结果，再加 {k}。", "结果加 {k}。"),
    },
    code="print(latex(S(<of>) + {k}))",
    work=lambda value, k: value + k,
    numbers=lambda rng: {"k": rng.randint(11, 999)},
)
LESS = replace(
    MORE,
    name="less",
    questions={
        "en": (
            "Now take {k} away from it.",
            "And {k} less than that?",
            "What is it if you subtract {k}?",
            "Lower the result by {k}.",
            "How much is this minus {k}?",
        ),
        "zh": (
            "再减去 {k} 是多少？",
            "比它少 {k} 的数呢？",
            "把结果减 {k}。",
            "结果减少 {k} 等于几？",
            "那再少 {k} 呢？",
        ),
    },
    thoughts={
        "en": ("I compute it again and subtract {k}.", "The result minus {k}."),
        "zh": ("重新算出结果，再减 {k}。", "结果减 {k}。"),
    },
    code="print(latex(S(<of>) - {k}))",
    work=lambda value, k: value - k,
)
SPLIT = replace(
    MORE,
    name="split",
    questions={
        "en": (
            "How much is that for each of {k} people?",
            "Now share it equally among {k} people.",
            "And per person, if there are {k}?",
            "{k} people split it evenly. What does each get?",
            "Give each of {k} people the same part of it. How much is a part?",
        ),
        "zh": (
            "平均分给 {k} 个人，每人多少？",
            "把它平分给 {k} 人，每人得多少？",
            "那 {k} 个人平分呢？",
            "由 {k} 个人均分，各得几何？",
            "如果 {k} 人分得一样多，一份是多少？",
        ),
    },
    thoughts={
        "en": ("I compute it again and divide by {k}.", "The result over the {k} people."),
        "zh": ("重新算出结果，再除以 {k}。", "结果除以人数 {k}。"),
    },
    code="print(latex(S(<of>) / {k}))",
    work=lambda value, k: value / k,
    numbers=lambda rng: {"k": rng.randint(2, 12)},
)
DECIMAL = replace(
    HALF,
    name="decimal",
    questions={
        "en": (
            "Write it as a decimal rounded to four places.",
            "And as a decimal with four places?",
            "Give that to four decimal places.",
            "Show the result as a decimal number, rounded to four digits behind the point.",
            "Now the same to four decimals, please.",
        ),
        "zh": (
            "写成小数，保留四位小数。",
            "那用小数表示呢？保留四位小数。",
            "把结果化成四位小数。",
            "结果四舍五入到小数点后四位是多少？",
            "再算一次，但用小数表示，精确到小数点后四位。",
        ),
    },
    thoughts={
        "en": ("I compute it again and round it.", "Rounded to four places."),
        "zh": ("重新算出结果，再四舍五入。", "保留四位小数。"),
    },
    code="print(round(S(<of>), 4))",
    work=_four_places,
    fits=lambda value: _is_no_tie(value) and bool(value != int(value)),
)
