"""Calculations with numbers, as people put them to a calculator, and the theory of whole numbers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from math import gcd as _gcd
from typing import Any

from sympy import Integer, Rational, factorint, igcd, ilcm, isprime, mod_inverse, sqrt

from .family import Family, Lang, Params
from .steps import DECIMAL, DOUBLE, HALF, LESS, MORE, RECIPROCAL, SQUARE
from .wording import again, concluding, family, noun, numeric, upto, value_of, way

RESULT = concluding("The result", "结果")


def _sample_two(rng: random.Random) -> Params:
    return {"a": upto(rng, 2, 99, 9999, 999999), "b": upto(rng, 2, 99, 9999, 999999)}


MIXED = (  # a question's formula, and Python's
    ("{a} + {b} × {c}", "{a} + {b} * {c}"),
    ("({a} + {b}) × {c}", "({a} + {b}) * {c}"),
    ("{a} × {b} - {c}", "{a} * {b} - {c}"),
    ("{a} × ({b} - {c})", "{a} * ({b} - {c})"),
    ("{a} - {b} + {c}", "{a} - {b} + {c}"),
    ("{a} × {b} × {c}", "{a} * {b} * {c}"),
)


def _sample_mixed(rng: random.Random) -> Params:
    return {**{name: upto(rng, 2, 30, 999) for name in "abc"}, "o": rng.randrange(len(MIXED))}


def _mixed_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    said, code = MIXED[params["o"]]
    return {"said": said.format(**params), "of": code.format(**params)}


def _mixed(a: int, b: int, c: int, o: int) -> Integer:
    values = (a + b * c, (a + b) * c, a * b - c, a * (b - c), a - b + c, a * b * c)
    return Integer(values[o])


def _sample_fractions(rng: random.Random) -> Params:
    a, b, c, d = (upto(rng, 2, 9, 60) for _ in range(4))
    return {"a": a, "b": b, "c": c, "d": d, "o": rng.randrange(3)}


def _fraction_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    o = params["o"]
    return {
        "sign": "×÷-"[o],
        "tex": (r"\times", r"\div", "-")[o],
        "word": (("times", "divided by", "minus") if lang == "en" else ("乘", "除以", "减"))[o],
        "op": "*/-"[o],
    }


def _fractions(a: int, b: int, c: int, d: int, o: int) -> Rational:
    return (Rational(a * c, b * d), Rational(a * d, b * c), Rational(a * d - b * c, b * d))[o]


def _sample_decimals(rng: random.Random) -> Params:
    a, b = (10 * upto(rng, 1, 30, 900) + rng.randint(1, 9) for _ in range(2))
    return {"a": a, "b": b, "o": rng.randrange(3)}


def _decimal_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    a, b = (f"{params[name] // 10}.{params[name] % 10}" for name in "ab")
    return {"p": a, "q": b, "sign": "+-×"[params["o"]], "op": "+-*"[params["o"]]}


def _decimals(a: int, b: int, o: int) -> Rational:
    return (Rational(a + b, 10), Rational(a - b, 10), Rational(a * b, 100))[o]


def _sample_common(rng: random.Random) -> Params:
    g = upto(rng, 2, 12, 60)
    a, b = g * upto(rng, 2, 20, 200), g * upto(rng, 2, 20, 200)
    return {"a": a, "b": b if b != a else b + g}


def _sample_division(rng: random.Random) -> Params:
    m = upto(rng, 3, 30, 900)
    return {"a": m + upto(rng, 1, 500, 90000), "m": m}


def _sample_composite(rng: random.Random) -> Params:
    while isprime(n := upto(rng, 20, 400, 9999, 999999)):
        pass
    return {"n": n}


def _sample_prime_question(rng: random.Random) -> Params:
    """About as many primes as others."""
    n = 2 * upto(rng, 8, 200, 9000) + 1
    if rng.random() < 0.5:
        while not isprime(n):
            n += 2
    return {"n": n}


def _yes_no(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return {"yes": "yes", "no": "no"} if lang == "en" else {"yes": "是", "no": "否"}


def _is_prime(n: int, lang: Lang) -> str:
    divides = any(n % d == 0 for d in range(2, int(n**0.5) + 1))
    return {"en": ("yes", "no"), "zh": ("是", "否")}[lang][divides]


def _sample_inverse(rng: random.Random) -> Params:
    while True:
        m, a = upto(rng, 7, 40, 900), upto(rng, 2, 40, 900)
        if a < m and _gcd(a, m) == 1:
            return {"a": a, "m": m}


BASES: Mapping[int, tuple[str, str, str]] = {  # the name of a base in English and Chinese, and what writes it
    2: ("binary", "二进制", "bin"),
    8: ("octal", "八进制", "oct"),
    16: ("hexadecimal", "十六进制", "hex"),
}
DIGITS = "0123456789ABCDEF"


def _base_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    en, zh, writes = BASES[params["base"]]
    upper = ".upper()" if params["base"] == 16 else ""
    return {"name": en if lang == "en" else zh, "writes": writes, "upper": upper}


def _in_base(n: int, base: int) -> str:
    digits = ""
    while n:
        n, digit = divmod(n, base)
        digits = DIGITS[digit] + digits
    return digits


def _sample_binary(rng: random.Random) -> Params:
    return {"n": upto(rng, 2, 200, 8000)}


def _binary(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return {"bits": f"{params['n']:b}"}


def _root(n: int) -> Any:
    return sqrt(Integer(n))


FAMILIES: list[Family] = [
    numeric(
        "subtraction",
        "arithmetic",
        value_of(("{a} - {b}", "{a} minus {b}"), ("{a} - {b}", "{a}减{b}", "{a} 减去 {b}")),
        way(
            "print({a} - {b})",
            ("I subtract in Python.", "Python subtracts exactly."),
            ("用 Python 相减。", "用 Python 精确计算差。"),
        ),
        conclusions=concluding("The difference", "差"),
        sample=_sample_two,
        value=lambda a, b: Integer(a) - b,
        of="{a} - {b}",
        steps=(HALF, MORE),
    ),
    numeric(
        "division",
        "arithmetic",
        value_of(("{a} ÷ {b}", "{a} divided by {b}", "{a} / {b}"), ("{a} ÷ {b}", "{a}除以{b}", "{a} / {b}")),
        way(
            "print(latex(Rational({a}, {b})))",
            ("Rational keeps the quotient exact.", "I divide exactly."),
            ("用 Rational 保持商精确。", "精确相除。"),
        ),
        conclusions=concluding("The quotient", "商"),
        sample=_sample_two,
        value=lambda a, b: Integer(a) / b,
        of="Rational({a}, {b})",
        steps=(DOUBLE, RECIPROCAL),
    ),
    numeric(
        "multiplication",
        "arithmetic",
        value_of(
            ("{a} × {b}", "{a} times {b}", "{a} multiplied by {b}"),
            ("{a}×{b}", "{a}乘以{b}", "{a}乘{b}"),
        ),
        way(
            "print({a} * {b})",
            ("I multiply in Python.", "Python multiplies exactly."),
            ("用 Python 相乘。", "用 Python 精确计算积。"),
        ),
        conclusions=concluding("The product", "积"),
        sample=_sample_two,
        value=lambda a, b: Integer(a) * b,
        of="{a} * {b}",
        steps=(HALF, LESS),
    ),
    numeric(
        "mixed_calculation",
        "arithmetic",
        value_of(("{said}",), ("{said}",)),
        way(
            "print({of})",
            ("Python knows the order of operations.", "I let Python evaluate the expression."),
            ("Python 按运算顺序计算。", "用 Python 计算这个式子。"),
        ),
        conclusions=RESULT,
        sample=_sample_mixed,
        value=_mixed,
        of="({of})",
        steps=(DOUBLE, MORE),
        words=_mixed_words,
    ),
    numeric(
        "fraction_operation",
        "arithmetic",
        value_of(
            ("{a}/{b} {sign} {c}/{d}", r"$\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}$", "{a}/{b} {word} {c}/{d}"),
            ("{a}/{b} {sign} {c}/{d}", r"$\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}$", "{a}/{b}{word}{c}/{d}"),
        ),
        way(
            "print(latex(Rational({a}, {b}) {op} Rational({c}, {d})))",
            ("Rational keeps fractions exact.", "I work with exact fractions."),
            ("用 Rational 保持分数精确。", "用精确的分数计算。"),
        ),
        way(
            "print(latex(S({a})/{b} {op} (S({c})/{d})))",
            ("S makes the divisions exact.",),
            ("用 S 使除法精确。",),
        ),
        conclusions=RESULT,
        sample=_sample_fractions,
        value=_fractions,
        of="(Rational({a}, {b}) {op} Rational({c}, {d}))",
        steps=(DOUBLE, DECIMAL),
        words=_fraction_words,
    ),
    numeric(
        "decimal_calculation",
        "arithmetic",
        value_of(("{p} {sign} {q}",), ("{p} {sign} {q}", "{p}{sign}{q}")),
        way(
            "print(Decimal('{p}') {op} Decimal('{q}'))",
            ("Decimal keeps the decimals exact.", "I work with exact decimals."),
            ("用 Decimal 保持小数精确。", "用精确的小数计算。"),
        ),
        way(
            "print(latex(Rational('{p}') {op} Rational('{q}')))",
            ("Rational takes decimals exactly.",),
            ("用 Rational 精确表示小数。",),
        ),
        conclusions=RESULT,
        sample=_sample_decimals,
        value=_decimals,
        of="(Rational('{p}') {op} Rational('{q}'))",
        steps=(DOUBLE, MORE),
        words=_decimal_words,
    ),
    numeric(
        "power",
        "arithmetic",
        value_of(
            ("{a}^{n}", "{a} to the power of {n}", "${a}^{{{n}}}$"), ("{a}^{n}", "{a}的{n}次方", "${a}^{{{n}}}$")
        ),
        way(
            "print({a} ** {n})",
            ("Two stars are a power in Python.", "Python's whole numbers have any length."),
            ("在 Python 中用 ** 求幂。", "Python 的整数没有位数限制。"),
        ),
        conclusions=concluding("The power", "幂"),
        sample=lambda rng: {"a": upto(rng, 2, 20, 400), "n": upto(rng, 2, 6, 15)},
        value=lambda a, n: Integer(a) ** n,
        of="{a} ** {n}",
        steps=(HALF, LESS),
    ),
    numeric(
        "square_root",
        "arithmetic",
        value_of(
            ("the square root of {n}", "sqrt({n})", "√{n}", r"$\sqrt{{{n}}}$"),
            ("{n}的算术平方根", "√{n}", "根号{n}", r"$\sqrt{{{n}}}$"),
        ),
        way(
            "print(latex(sqrt({n})))",
            ("SymPy takes squares out of the root.", "sqrt stays exact."),
            ("SymPy 会化简根式。", "用 sqrt 保持精确。"),
        ),
        conclusions=concluding("The root", "平方根"),
        sample=lambda rng: {
            "n": rng.choice((1, 1, upto(rng, 2, 15))) * upto(rng, 2, 60) ** rng.choice((1, 2, 2)) * rng.randint(1, 30)
        },
        value=_root,
        of="sqrt({n})",
        steps=(DOUBLE, SQUARE),
        kind="expression",
    ),
    numeric(
        "greatest_common_divisor",
        "number theory",
        noun(
            (
                "the greatest common divisor of {a} and {b}",
                "gcd({a}, {b})",
                "the highest common factor of {a} and {b}",
            ),
            ("{a}和{b}的最大公约数", " gcd({a}, {b}) ", "{a}与{b}的最大公因数"),
        ),
        way(
            "print(gcd({a}, {b}))",
            ("SymPy has gcd.", "I use gcd."),
            ("用 gcd 求最大公约数。", "SymPy 有 gcd。"),
        ),
        conclusions=concluding("The greatest common divisor", "最大公约数"),
        sample=_sample_common,
        value=lambda a, b: Integer(igcd(a, b)),
        of="gcd({a}, {b})",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "least_common_multiple",
        "number theory",
        noun(
            ("the least common multiple of {a} and {b}", "lcm({a}, {b})", "the LCM of {a} and {b}"),
            ("{a}和{b}的最小公倍数", " lcm({a}, {b}) ", "{a}与{b}的最小公倍数"),
        ),
        way(
            "print(lcm({a}, {b}))",
            ("SymPy has lcm.", "I use lcm."),
            ("用 lcm 求最小公倍数。", "SymPy 有 lcm。"),
        ),
        way(
            "a, b = {a}, {b}\nprint(a * b // gcd(a, b))",
            ("The product over the greatest common divisor.",),
            ("两数之积除以最大公约数。",),
        ),
        conclusions=concluding("The least common multiple", "最小公倍数"),
        sample=_sample_common,
        value=lambda a, b: Integer(ilcm(a, b)),
        of="lcm({a}, {b})",
        steps=(HALF, LESS),
    ),
    numeric(
        "remainder",
        "number theory",
        noun(
            ("the remainder when {a} is divided by {m}", "{a} mod {m}", "the remainder of {a} divided by {m}"),
            ("{a}除以{m}的余数", " {a} mod {m} ", "{a}÷{m}的余数"),
        ),
        way(
            "print({a} % {m})",
            ("The percent sign gives the remainder.", "Python's % is the remainder."),
            ("用 % 求余数。", "Python 的 % 给出余数。"),
        ),
        way(
            "print(divmod({a}, {m})[1])",
            ("divmod gives quotient and remainder.",),
            ("divmod 给出商和余数。",),
        ),
        conclusions=concluding("The remainder", "余数"),
        sample=_sample_division,
        value=lambda a, m: Integer(a) - m * (Integer(a) // m),
        of="{a} % {m}",
        steps=(DOUBLE, MORE),
    ),
    family(
        "prime_factors",
        "number theory",
        noun(
            ("the prime factorization of {n}", "the prime factors of {n}, written as a product"),
            ("{n}的质因数分解", "{n}分解质因数的结果", "{n}的素因数分解式"),
        ),
        way(
            "print(' * '.join(map(str, factorint({n}, multiple=True))))",
            ("factorint finds the prime factors.", "I factor with SymPy."),
            ("用 factorint 分解质因数。", "用 SymPy 分解。"),
        ),
        way(
            "n = {n}\np = 2\nfound = []\nwhile n > 1:\n    while n % p == 0:\n        found.append(str(p))\n"
            "        n //= p\n    p += 1\nprint(' * '.join(found))",
            ("I divide by each prime as often as it goes.",),
            ("依次用质数去除。",),
        ),
        conclusions=concluding("The factorization", "分解结果"),
        sample=_sample_composite,
        answer=lambda n: r" \cdot ".join(f"{p}^{{{e}}}" if e > 1 else f"{p}" for p, e in factorint(n).items()),
        follow_ups=(again("{n}", "{n}", _sample_composite),),
        kind="expression",
    ),
    family(
        "is_prime",
        "number theory",
        value_of(
            ("whether {n} is a prime number", "whether {n} is prime"),
            ("{n}是不是质数", "{n}是不是素数"),
            asks={
                "en": (
                    "Decide {}.",
                    "Can you tell {}?",
                    "Tell me {}.",
                    "Find out {}.",
                    "please check {}",
                    "Determine {}.",
                    "I wonder {}.",
                    "Say {}.",
                ),
                "zh": (
                    "判断{}。",
                    "{}？",
                    "请问{}",
                    "请判断{}。",
                    "看看{}",
                    "告诉我{}。",
                    "我好奇{}。",
                    "查一下{}。",
                ),
            },
        ),
        way(
            "print('{yes}' if isprime({n}) else '{no}')",
            ("isprime tells primes.", "I ask SymPy."),
            ("用 isprime 判断。", "用 SymPy 判断质数。"),
        ),
        conclusions={
            "en": ("The answer is {answer}.", "It is: {answer}."),
            "zh": ("答案是 {answer}。", "结论：{answer}。"),
        },
        sample=_sample_prime_question,
        answer=_is_prime,
        follow_ups=(again("{n}", "{n}", _sample_prime_question),),
        kind="text",
        words=_yes_no,
        by_language=True,
    ),
    numeric(
        "modular_inverse",
        "number theory",
        noun(
            ("the inverse of {a} modulo {m}", "the modular inverse of {a} mod {m}"),
            ("{a}模{m}的逆元", "{a}在模{m}下的乘法逆元"),
        ),
        way(
            "print(pow({a}, -1, {m}))",
            ("pow with the exponent -1 inverts.", "Python's pow knows modular inverses."),
            ("pow 的指数取 -1 即求逆。", "用 Python 的 pow 求逆元。"),
        ),
        way("print(mod_inverse({a}, {m}))", ("SymPy has mod_inverse.",), ("SymPy 有 mod_inverse。",)),
        conclusions=concluding("The inverse", "逆元"),
        sample=_sample_inverse,
        value=lambda a, m: Integer(mod_inverse(a, m)),
        of="pow({a}, -1, {m})",
        steps=(DOUBLE, MORE),
    ),
    family(
        "to_base",
        "number theory",
        noun(
            ("{n} in {name}", "the {name} form of the decimal number {n}", "{n} written in {name}"),
            ("{n}的{name}表示", "十进制数{n}的{name}形式", "把{n}化成{name}的结果"),
        ),
        way(
            "print({writes}({n})[2:]{upper})",
            ("{writes} writes the number in that base.", "Python writes it; the prefix is cut off."),
            ("用 {writes} 转换进制。", "用 Python 转换，并去掉前缀。"),
        ),
        conclusions=RESULT,
        sample=lambda rng: {"n": upto(rng, 20, 300, 9999, 99999), "base": rng.choice((2, 8, 16))},
        answer=_in_base,
        follow_ups=(
            again(
                "{n} in {name}",
                "{n}的{name}",
                lambda rng: {"n": upto(rng, 20, 300, 9999), "base": rng.choice((2, 8, 16))},
            ),
        ),
        kind="text",
        words=_base_words,
    ),
    numeric(
        "from_binary",
        "number theory",
        noun(
            ("the decimal value of the binary number {bits}", "binary {bits} as a decimal number"),
            ("二进制数{bits}的十进制值", "二进制{bits}化为十进制的结果"),
        ),
        way(
            "print(int('{bits}', 2))",
            ("int reads a number in base 2.", "Python reads binary digits."),
            ("int 可以按二进制读数。", "用 Python 读二进制数字。"),
        ),
        conclusions=RESULT,
        sample=_sample_binary,
        value=lambda n: Integer(sum(2**place for place in range(n.bit_length()) if n >> place & 1)),
        of="int('{bits}', 2)",
        steps=(DOUBLE, MORE),
        words=_binary,
    ),
]
