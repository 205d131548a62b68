"""Arithmetic and geometric sequences and their sums."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from sympy import Integer, Rational

from .family import Family, Lang, Params, nonzero
from .steps import DOUBLE, LESS, MORE
from .wording import Wordings, concluding, noun, numeric, upto, value_of, way


def _sample_blocks(rng: random.Random) -> Params:
    # All terms are positive, so the sums grow; small quotients of the blocks come up as often as others.
    n, s = rng.randint(2, 9), upto(rng, 2, 30, 300)
    return {"n": n, "s": s, "t": s * rng.randint(2, 9) if rng.random() < 0.5 else s + upto(rng, 2, 60, 600)}


def _four_blocks(n: int, s: int, t: int) -> Any:
    q = Rational(t, s) - 1
    return s * sum(q**power for power in range(4))


def _block_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    n = params["n"]
    return {"n2": str(2 * n), "n4": str(4 * n)}


def _sample_terms(rng: random.Random) -> Params:
    return {"a": nonzero(rng, -50, 90), "d": nonzero(rng, -20, 30), "n": upto(rng, 5, 30, 200)}


SUMS_GIVEN: Wordings = value_of(
    (
        "S{n} = {s} and S{n2} = {t}",
        "S_{n} = {s}, S_{n2} = {t}",
    ),
    (
        "S{n} = {s}，S{n2} = {t}",
        "S_{{{n}}}={s}, S_{{{n2}}}={t}",
    ),
    asks={
        "en": (
            "A geometric sequence with positive terms has {}. Find S{n4}.",
            "All terms of a geometric sequence are positive and {}. What is S{n4}?",
            "For the sums of a positive geometric progression {}. Calculate S{n4}.",
            "Let Sn be the sum of the first n terms of a geometric sequence of positive numbers, {}. Find S{n4}.",
            "geometric sequence, positive terms, {}, S{n4} = ?",
            "Positive geometric sequence: {}. How much is S{n4}?",
            "The terms of a geometric sequence are positive. If {}, determine S{n4}.",
            "Knowing that {} in a positive geometric sequence, give S{n4}.",
        ),
        "zh": (
            "各项均为正数的等比数列的前n项和为Sn，已知{}，求S{n4}。",
            "等比数列各项为正，前n项和为Sn，若{}，则S{n4}等于多少？",
            "设正项等比数列的前n项和为Sn，{}，求S{n4}的值。",
            "正项等比数列中，{}，则S{n4}是多少？",
            "各项都是正数的等比数列，{}，求S{n4}",
            "等比数列每一项都是正数，{}，S{n4}为多少？",
            "某等比数列各项皆正，且{}，试求S{n4}。",
            "由{}（正项等比数列）推出S{n4}等于几？",
        ),
    },
)


FAMILIES: list[Family] = [
    numeric(
        "geometric_blocks",
        "sequences",
        SUMS_GIVEN,
        way(
            "s, t = {s}, {t}\nq = Rational(t - s, s)\nprint(latex(s * (1 + q + q**2 + q**3)))",
            ("Blocks of {n} terms are geometric.", "Each block of {n} terms is the one before times q."),
            ("每{n}项的和成等比数列。", "相邻两段{n}项和之比是同一个数 q。"),
        ),
        conclusions=concluding("The sum", "和"),
        sample=_sample_blocks,
        value=_four_blocks,
        of="{s} * sum(Rational({t} - {s}, {s})**i for i in range(4))",
        steps=(DOUBLE, LESS),
        never=({"n": 3, "s": 10, "t": 30},),
        words=_block_words,
    ),
    numeric(
        "arithmetic_term",
        "sequences",
        noun(
            (
                "term number {n} of the arithmetic sequence with first term {a} and difference {d}",
                "a_{n} of an arithmetic sequence, where a_1 = {a} and d = {d}",
            ),
            ("首项为{a}、公差为{d}的等差数列的第{n}项", "等差数列中 a1 = {a}，d = {d} 时 a{n} 的值"),
        ),
        way(
            "a, d, n = {a}, {d}, {n}\nprint(a + (n - 1) * d)",
            ("From the first term n - 1 steps.", "The formula of the n-th term."),
            ("从首项走 n - 1 步。", "用通项公式。"),
        ),
        conclusions=concluding("The term", "这一项"),
        sample=_sample_terms,
        value=lambda a, d, n: Integer(a) - d + n * d,
        of="{a} + ({n} - 1) * ({d})",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "arithmetic_sum",
        "sequences",
        noun(
            (
                "the sum of the first {n} terms of the arithmetic sequence with first term {a} and difference {d}",
                "S_{n} of an arithmetic sequence, where a_1 = {a} and d = {d}",
            ),
            ("首项为{a}、公差为{d}的等差数列的前{n}项和", "等差数列中 a1 = {a}，d = {d} 时 S{n} 的值"),
        ),
        way(
            "a, d, n = {a}, {d}, {n}\nprint(sum(a + i * d for i in range(n)))",
            ("I add the terms.", "Python adds all the terms."),
            ("把各项相加。", "用 Python 把各项加起来。"),
        ),
        way(
            "a, d, n = {a}, {d}, {n}\nprint(n * (2 * a + (n - 1) * d) // 2)",
            ("The formula of the sum.",),
            ("用求和公式。",),
        ),
        conclusions=concluding("The sum", "和"),
        sample=_sample_terms,
        value=lambda a, d, n: Rational(n * (2 * a + (n - 1) * d), 2),
        of="sum({a} + i * ({d}) for i in range({n}))",
        steps=(DOUBLE, MORE),
    ),
]
