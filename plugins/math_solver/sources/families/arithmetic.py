"""Whole numbers and fractions: what a language model gets wrong in its head and Python gets right."""

from __future__ import annotations

import random

from sympy import Integer, Rational, divisor_count, divisors, gcd, lcm

from .family import Family, FollowUp, Params, latex
from .steps import DECIMAL, DOUBLE, HALF, LESS, MORE, RECIPROCAL, then


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


def _like(rng: random.Random, number: int) -> int:
    """A number of as many digits."""
    digits = len(str(number))
    return rng.randrange(10 ** (digits - 1), 10**digits)


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
        follow_ups=(
            FollowUp(
                name="other_factor",
                questions={
                    "en": (
                        "And by {b} instead?",
                        "What if the second number were {b}?",
                        "Now take {b} in place of the second number.",
                        "The same with {b} as the second factor?",
                        "Replace the second factor by {b}: what comes out?",
                    ),
                    "zh": (
                        "那如果第二个数换成 {b} 呢？",
                        "把第二个数改成 {b}，结果是多少？",
                        "换成乘以 {b} 呢？",
                        "若第二个因数是 {b}，积是多少？",
                        "同样的第一个数，乘 {b} 得多少？",
                    ),
                },
                sample=lambda rng, p: {"b": _like(rng, p["b"])},
            ),
            FollowUp(
                name="sum",
                questions={
                    "en": (
                        "And what is their sum?",
                        "Now add the two numbers instead.",
                        "What do the same two numbers add up to?",
                        "And if you add them?",
                        "How much are both together?",
                    ),
                    "zh": (
                        "那它们的和呢？",
                        "改为把这两个数相加。",
                        "这两个数加起来是多少？",
                        "如果相加呢？",
                        "两数之和又是多少？",
                    ),
                },
                code="print({a} + {b})",
                thoughts={
                    "en": (
                        "I add the same two numbers.",
                        "The same numbers, added.",
                    ),
                    "zh": (
                        "把这两个数相加。",
                        "同样两个数求和。",
                    ),
                },
                conclusions={
                    "en": (
                        "The sum is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "和是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b: latex(Integer(a) + b),
            ),
            *then("{a} * {b}", lambda a, b: Integer(a) * b, HALF, MORE, LESS),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_term",
                questions={
                    "en": (
                        "And with {b} instead?",
                        "What if the second number were {b}?",
                        "Now take {b} in place of the second number.",
                        "The same with {b} as the second term?",
                        "Replace the second one by {b}: what comes out?",
                    ),
                    "zh": (
                        "那如果第二个数换成 {b} 呢？",
                        "把第二个数改成 {b}，结果是多少？",
                        "换成加 {b} 呢？",
                        "若第二个加数是 {b}，和是多少？",
                        "同样的第一个数，加 {b} 得多少？",
                    ),
                },
                sample=lambda rng, p: {"b": _like(rng, p["b"])},
            ),
            FollowUp(
                name="difference",
                questions={
                    "en": (
                        "And the first minus the second?",
                        "Now subtract the second number from the first instead.",
                        "What is the difference, first minus second?",
                        "And if you take the second one away from the first?",
                        "By how much does the first exceed the second?",
                    ),
                    "zh": (
                        "那第一个数减第二个数呢？",
                        "改为用第一个数减去第二个数。",
                        "第一个数与第二个数的差是多少？",
                        "如果从第一个数里减去第二个数呢？",
                        "前者减后者等于几？",
                    ),
                },
                code="print({a} - {b})",
                thoughts={
                    "en": (
                        "I subtract the second from the first.",
                        "The first minus the second.",
                    ),
                    "zh": (
                        "用第一个数减第二个数。",
                        "同样两个数相减。",
                    ),
                },
                conclusions={
                    "en": (
                        "The difference is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "差是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b: latex(Integer(a) - b),
            ),
            *then("{a} + {b}", lambda a, b: Integer(a) + b, HALF, DOUBLE, MORE),
        ),
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
        follow_ups=(
            FollowUp(
                name="difference",
                questions={
                    "en": (
                        "And the first minus the second?",
                        "Now subtract the second fraction from the first.",
                        "What is their difference, first minus second?",
                        "And if you take the second one away?",
                        "By how much does the first exceed the second?",
                    ),
                    "zh": (
                        "那第一个减第二个呢？",
                        "改为用第一个分数减去第二个。",
                        "第一个与第二个的差是多少？",
                        "如果减去第二个分数呢？",
                        "前者减后者等于几？",
                    ),
                },
                code="print(latex(Rational({a}, {b}) - Rational({c}, {d})))",
                thoughts={
                    "en": (
                        "I subtract the second fraction.",
                        "The first fraction minus the second.",
                    ),
                    "zh": (
                        "用第一个分数减第二个。",
                        "同样两个分数相减。",
                    ),
                },
                conclusions={
                    "en": (
                        "The difference is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "差是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, d: latex(Rational(a, b) - Rational(c, d)),
            ),
            FollowUp(
                name="product",
                questions={
                    "en": (
                        "And their product?",
                        "Now multiply the two fractions instead.",
                        "What do you get when you multiply them?",
                        "And one times the other?",
                        "How much is the product of both?",
                    ),
                    "zh": (
                        "那它们的积呢？",
                        "改为把这两个分数相乘。",
                        "两个分数相乘得多少？",
                        "如果乘起来呢？",
                        "两者之积等于几？",
                    ),
                },
                code="print(latex(Rational({a}, {b}) * Rational({c}, {d})))",
                thoughts={
                    "en": (
                        "I multiply the two fractions.",
                        "The same fractions, multiplied.",
                    ),
                    "zh": (
                        "把两个分数相乘。",
                        "同样两个分数求积。",
                    ),
                },
                conclusions={
                    "en": (
                        "The product is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "积是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, d: latex(Rational(a * c, b * d)),
            ),
            *then(
                "Rational({a}, {b}) + Rational({c}, {d})",
                lambda a, b, c, d: Rational(a, b) + Rational(c, d),
                DECIMAL,
                RECIPROCAL,
                HALF,
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="gcd",
                questions={
                    "en": (
                        "And only the greatest common divisor?",
                        "What is the greatest common divisor alone?",
                        "Now give just their gcd.",
                        "Which is the largest number that divides both?",
                        "And the gcd by itself?",
                    ),
                    "zh": (
                        "那最大公约数本身呢？",
                        "它们的最大公约数是多少？",
                        "只求最大公约数。",
                        "能同时整除这两个数的最大数是几？",
                        "那 gcd 呢？",
                    ),
                },
                code="print(gcd({a}, {b}))",
                thoughts={
                    "en": (
                        "gcd gives the greatest common divisor.",
                        "The same numbers in gcd.",
                    ),
                    "zh": (
                        "用 gcd 求最大公约数。",
                        "对这两个数用 gcd。",
                    ),
                },
                conclusions={
                    "en": (
                        "The greatest common divisor is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "最大公约数是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b: latex(gcd(a, b)),
            ),
            FollowUp(
                name="lcm",
                questions={
                    "en": (
                        "And only the least common multiple?",
                        "What is the least common multiple alone?",
                        "Now give just their lcm.",
                        "Which is the smallest number that both divide?",
                        "And the lcm by itself?",
                    ),
                    "zh": (
                        "那最小公倍数本身呢？",
                        "它们的最小公倍数是多少？",
                        "只求最小公倍数。",
                        "能被这两个数同时整除的最小数是几？",
                        "那 lcm 呢？",
                    ),
                },
                code="print(lcm({a}, {b}))",
                thoughts={
                    "en": (
                        "lcm gives the least common multiple.",
                        "The same numbers in lcm.",
                    ),
                    "zh": (
                        "用 lcm 求最小公倍数。",
                        "对这两个数用 lcm。",
                    ),
                },
                conclusions={
                    "en": (
                        "The least common multiple is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "最小公倍数是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b: latex(lcm(a, b)),
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_divisor",
                questions={
                    "en": (
                        "And when it is divided by {m}?",
                        "What if the divisor is {m}?",
                        "Now the remainder on division by {m}.",
                        "The same power modulo {m}?",
                        "And mod {m}?",
                    ),
                    "zh": (
                        "那除以 {m} 呢？",
                        "如果除数是 {m} 呢？",
                        "改为除以 {m}，余数是多少？",
                        "同一个幂模 {m} 等于几？",
                        "那 mod {m} 呢？",
                    ),
                },
                sample=lambda rng, p: {"m": rng.randint(7, 999)},
            ),
            FollowUp(
                name="other_power",
                questions={
                    "en": (
                        "And with the exponent {n} instead?",
                        "What if the exponent is {n}?",
                        "Now the same with the power {n}.",
                        "And for the {n}th power?",
                        "Raise it to {n} instead: what remains then?",
                    ),
                    "zh": (
                        "那指数换成 {n} 呢？",
                        "如果指数是 {n} 呢？",
                        "把指数改成 {n}，余数是多少？",
                        "换成 {n} 次方呢？",
                        "若是 {n} 次幂，又余几？",
                    ),
                },
                sample=lambda rng, p: {"n": rng.randint(20, 999)},
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_number",
                questions={
                    "en": (
                        "And {n}?",
                        "How many does {n} have?",
                        "What about {n}?",
                        "The same for {n}?",
                        "And how is it with {n}?",
                    ),
                    "zh": (
                        "那 {n} 呢？",
                        "{n} 有多少个？",
                        "换成 {n} 呢？",
                        "{n} 又如何？",
                        "同样的问题，换成 {n}？",
                    ),
                },
                sample=lambda rng, p: {"n": rng.randint(1000, 999999)},
            ),
            FollowUp(
                name="divisor_sum",
                questions={
                    "en": (
                        "And what is the sum of them?",
                        "Now add all these divisors.",
                        "What do they add up to?",
                        "And how much are they together?",
                        "Find the total of all of these divisors.",
                    ),
                    "zh": (
                        "它们的和是多少？",
                        "把这些因数加起来。",
                        "那这些因数之和呢？",
                        "它们一共是多少？",
                        "求所有这些因数的总和。",
                    ),
                },
                code="print(divisor_sigma({n}))",
                thoughts={
                    "en": (
                        "divisor_sigma adds the divisors.",
                        "I add the divisors with SymPy.",
                    ),
                    "zh": (
                        "用 divisor_sigma 求因数之和。",
                        "用 SymPy 把因数相加。",
                    ),
                },
                conclusions={
                    "en": (
                        "The sum of the divisors is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "因数之和是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda n: latex(sum(divisors(n))),
            ),
        ),
    ),
]
