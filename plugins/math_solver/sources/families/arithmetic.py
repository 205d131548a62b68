"""Whole numbers and fractions: what a language model gets wrong in its head and Python gets right."""

from __future__ import annotations

import random

from sympy import Integer, Rational, divisor_count, gcd, lcm

from .family import Family, Params, latex


def _sample_operands(rng: random.Random) -> Params:
    digits = rng.randint(5, 9)
    return {name: rng.randrange(10 ** (digits - 1), 10**digits) for name in ("a", "b")}


def _sample_fractions(rng: random.Random) -> Params:
    b, d = rng.sample(range(3, 60), 2)
    return {"a": rng.randint(1, 2 * b), "b": b, "c": rng.randint(1, 2 * d), "d": d}


def _sample_pair(rng: random.Random) -> Params:
    factor = rng.randint(2, 60)
    return {"a": factor * rng.randint(12, 900), "b": factor * rng.randint(12, 900)}


def _sample_power(rng: random.Random) -> Params:
    return {"a": rng.randint(2, 99), "n": rng.randint(20, 999), "m": rng.randint(7, 999)}


FAMILIES = [
    Family(
        name="integer_product",
        subject="arithmetic",
        questions={
            "en": (
                "Calculate {a} × {b}.",
                "What is the product of {a} and {b}?",
                "Multiply {a} by {b}.",
                "Find the value of {a} * {b}.",
            ),
            "zh": (
                "计算 {a} × {b}。",
                "{a} 与 {b} 的乘积是多少？",
                "求 {a} 乘以 {b} 的积。",
                "{a}*{b} 等于多少？",
            ),
        },
        thoughts={
            "en": ("The numbers are large, so I multiply them in Python.", "I let Python multiply exactly."),
            "zh": ("数字较大，用 Python 计算乘积。", "用 Python 精确相乘。"),
        },
        code="print({a} * {b})",
        conclusions={
            "en": ("The product is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("乘积是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_operands,
        answer=lambda a, b: latex(Integer(a) * b),
        known=({"a": 123456789, "b": 987654321},),
    ),
    Family(
        name="integer_sum",
        subject="arithmetic",
        questions={
            "en": (
                "Calculate {a} + {b}.",
                "What is the sum of {a} and {b}?",
                "Add {a} to {b}.",
                "Find the value of {a} plus {b}.",
            ),
            "zh": (
                "计算 {a} + {b}。",
                "{a} 与 {b} 的和是多少？",
                "求 {a} 加上 {b} 的和。",
                "{a}+{b} 等于多少？",
            ),
        },
        thoughts={
            "en": ("The numbers are large, so I add them in Python.", "I let Python add exactly."),
            "zh": ("数字较大，用 Python 计算和。", "用 Python 精确相加。"),
        },
        code="print({a} + {b})",
        conclusions={
            "en": ("The sum is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("和是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_operands,
        answer=lambda a, b: latex(Integer(a) + b),
        known=({"a": 123456789, "b": 987654321},),
    ),
    Family(
        name="fraction_sum",
        subject="arithmetic",
        questions={
            "en": (
                "Calculate {a}/{b} + {c}/{d} as an exact fraction.",
                "What is {a}/{b} plus {c}/{d}? Give a fraction in lowest terms.",
                "Add the fractions {a}/{b} and {c}/{d}.",
            ),
            "zh": (
                "计算 {a}/{b} + {c}/{d}，结果用最简分数表示。",
                "{a}/{b} 加 {c}/{d} 等于多少？",
                "求分数 {a}/{b} 与 {c}/{d} 的和。",
            ),
        },
        thoughts={
            "en": ("Rational keeps the fractions exact.", "I add them as SymPy rationals."),
            "zh": ("用 Rational 保持分数精确。", "把它们作为 SymPy 有理数相加。"),
        },
        code="print(latex(Rational({a}, {b}) + Rational({c}, {d})))",
        conclusions={
            "en": ("The sum is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("和是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_fractions,
        answer=lambda a, b, c, d: latex(Rational(a, b) + Rational(c, d)),
    ),
    Family(
        name="gcd_lcm",
        subject="number theory",
        questions={
            "en": (
                "Find the least common multiple of {a} and {b} divided by their greatest common divisor.",
                "What is lcm({a}, {b}) / gcd({a}, {b})?",
                "Divide the least common multiple of {a} and {b} by their greatest common divisor.",
            ),
            "zh": (
                "求 {a} 与 {b} 的最小公倍数除以它们的最大公约数的商。",
                "lcm({a}, {b}) / gcd({a}, {b}) 等于多少？",
                "{a} 和 {b} 的最小公倍数是它们最大公约数的多少倍？",
            ),
        },
        thoughts={
            "en": ("I compute both with SymPy and divide.", "SymPy has lcm and gcd."),
            "zh": ("用 SymPy 分别求出再相除。", "SymPy 提供 lcm 和 gcd。"),
        },
        code="print(lcm({a}, {b}) // gcd({a}, {b}))",
        conclusions={
            "en": ("The quotient is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("商是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_pair,
        answer=lambda a, b: latex(lcm(a, b) / gcd(a, b)),
    ),
    Family(
        name="power_remainder",
        subject="number theory",
        questions={
            "en": (
                "What is the remainder when {a}^{n} is divided by {m}?",
                "Find {a}^{n} mod {m}.",
                "Divide {a} to the power {n} by {m}. What remains?",
            ),
            "zh": (
                "{a}^{n} 除以 {m} 的余数是多少？",
                "求 {a}^{n} mod {m} 的值。",
                "{a} 的 {n} 次方除以 {m}，余数是几？",
            ),
        },
        thoughts={
            "en": ("Modular exponentiation gives the remainder.", "pow with three arguments does this."),
            "zh": ("用模幂运算求余数。", "三个参数的 pow 可以直接计算。"),
        },
        code="print(pow({a}, {n}, {m}))",
        conclusions={
            "en": ("The remainder is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("余数是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_power,
        answer=lambda a, n, m: latex(Integer(a) ** n % m),
    ),
    Family(
        name="divisor_count",
        subject="number theory",
        questions={
            "en": (
                "How many positive divisors does {n} have?",
                "Find the number of positive divisors of {n}.",
                "Count the positive integers that divide {n}.",
            ),
            "zh": ("{n} 有多少个正因数？", "求 {n} 的正因数的个数。", "能整除 {n} 的正整数有几个？"),
        },
        thoughts={
            "en": ("divisor_count factors the number and counts.", "I count the divisors with SymPy."),
            "zh": ("divisor_count 分解质因数后计数。", "用 SymPy 数因数。"),
        },
        code="print(divisor_count({n}))",
        conclusions={
            "en": ("The number of divisors is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("正因数的个数是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=lambda rng: {"n": rng.randint(1000, 999999)},
        answer=lambda n: latex(divisor_count(n)),
    ),
]
