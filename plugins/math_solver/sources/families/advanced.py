"""Calculus, matrices, vectors, complex numbers, counting and chances."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from sympy import I, Integer, Matrix, Rational, cos, exp, factorial, sin, symbols

from .family import Family, Lang, Params, Texts, latex, nonzero, terms
from .steps import DOUBLE, HALF, MORE, SQUARE
from .wording import again, concluding, family, noun, numeric, story, upto, value_of, way

X = symbols("x")
DERIVATIVES = (  # a function in a question, in Python, and its derivative worked out by hand
    ("{a}x^3 {b:+}x^2 {c:+}x", "{a}*x**3 {b:+}*x**2 {c:+}*x", lambda a, b, c: 3 * a * X**2 + 2 * b * X + c),
    ("{a}x^4 {b:+}x {c:+}", "{a}*x**4 {b:+}*x {c:+}", lambda a, b, c: 4 * a * X**3 + b),
    ("{a}sin(x) {b:+}x^2 {c:+}", "{a}*sin(x) {b:+}*x**2 {c:+}", lambda a, b, c: a * cos(X) + 2 * b * X),
    ("{a}e^x {b:+}x {c:+}", "{a}*exp(x) {b:+}*x {c:+}", lambda a, b, c: a * exp(X) + b),
    ("{a}ln(x) {b:+}x^3 {c:+}", "{a}*log(x) {b:+}*x**3 {c:+}", lambda a, b, c: a / X + 3 * b * X**2),
    ("{a}cos(x) {b:+}sin(x) {c:+}", "{a}*cos(x) {b:+}*sin(x) {c:+}", lambda a, b, c: b * cos(X) - a * sin(X)),
)


def _sample_derivative(rng: random.Random) -> Params:
    return {**{name: nonzero(rng, -12, 12) for name in "abc"}, "f": rng.randrange(len(DERIVATIVES))}


def _derivative_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    said, code, _ = DERIVATIVES[params["f"]]
    values = terms({name: params[name] for name in "abc"})
    return {"said": said.format(**values), "of": code.format(**values)}


def _derivative(a: int, b: int, c: int, f: int) -> Any:
    return DERIVATIVES[f][2](a, b, c)


def _sample_area(rng: random.Random) -> Params:
    low = rng.randint(-3, 4)
    return {"a": nonzero(rng, -20, 20), "n": rng.randint(2, 6), "p": low, "q": low + rng.randint(1, 6)}


def _area(a: int, n: int, p: int, q: int) -> Any:
    return Rational(a * (q ** (n + 1) - p ** (n + 1)), n + 1)


LIMITS = (  # a function in a question, in Python, where, and its limit by the rules of calculus
    ("sin({a}x)/({b}x)", "sin({a}*x)/({b}*x)", 0, lambda a, b: Rational(a, b)),
    ("(e^({a}x) - 1)/({b}x)", "(exp({a}*x) - 1)/({b}*x)", 0, lambda a, b: Rational(a, b)),
    ("(x^2 - {s})/(x - {a})", "(x**2 - {s})/(x - {a})", None, lambda a, b: Integer(2 * a)),
    ("({a}x + {b})/({b}x + {a})", "({a}*x + {b})/({b}*x + {a})", "oo", lambda a, b: Rational(a, b)),
    ("ln(1 + {a}x)/({b}x)", "log(1 + {a}*x)/({b}*x)", 0, lambda a, b: Rational(a, b)),
    ("(1 - cos({a}x))/({b}x^2)", "(1 - cos({a}*x))/({b}*x**2)", 0, lambda a, b: Rational(a * a, 2 * b)),
)


def _sample_limit(rng: random.Random) -> Params:
    return {"a": upto(rng, 2, 20, 90), "b": upto(rng, 2, 20, 90), "f": rng.randrange(len(LIMITS))}


def _limit_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    said, code, place, _ = LIMITS[params["f"]]
    values = {**params, "s": params["a"] ** 2}
    at = params["a"] if place is None else place
    return {
        "said": said.format(**values),
        "of": code.format(**values),
        "at": str(at),
        "at_said": ("infinity" if lang == "en" else "无穷大") if at == "oo" else str(at),
        "at_sign": "∞" if at == "oo" else str(at),
    }


def _limit(a: int, b: int, f: int) -> Any:
    return LIMITS[f][3](a, b)


def _sample_square(rng: random.Random) -> Params:
    top = rng.choice((9, 60))
    return {name: rng.randint(-top, top) for name in "abcd"}


def _sample_nine(rng: random.Random) -> Params:
    return {f"n{place}": rng.randint(-9, 9) for place in range(9)}


def _determinant(**p: int) -> Any:
    # The rule of Sarrus, not the elimination that the program does.
    a, b, c, d, e, f, g, h, i = p.values()
    return Integer(a * e * i + b * f * g + c * d * h - c * e * g - b * d * i - a * f * h)


def _sample_products(rng: random.Random) -> Params:
    return {name: rng.randint(-9, 9) for name in "abcdefgh"}


def _product(a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> str:
    return latex(Matrix([[a * e + b * g, a * f + b * h], [c * e + d * g, c * f + d * h]]))


def _sample_vectors(rng: random.Random) -> Params:
    top = rng.choice((9, 60))
    return {name: rng.randint(-top, top) for name in "abcdef"}


def _sample_vector(rng: random.Random) -> Params:
    return {name: nonzero(rng, -30, 30) for name in "abc"}


def _sample_complex(rng: random.Random) -> Params:
    return {**{name: nonzero(rng, -15, 15) for name in "abcd"}, "o": rng.randrange(3)}


def _complex_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    o = params["o"]
    return {"sign": rng.choice(((" × ", ""), (" + ",), (" ÷ ",))[o]), "op": "*+/"[o]}


def _complex(a: int, b: int, c: int, d: int, o: int) -> Any:
    if o == 0:
        return (a * c - b * d) + (a * d + b * c) * I
    if o == 1:
        return (a + c) + (b + d) * I
    norm = c * c + d * d
    return Rational(a * c + b * d, norm) + Rational(b * c - a * d, norm) * I


def _sample_choice(rng: random.Random) -> Params:
    n = upto(rng, 5, 20, 90, 900)
    return {"n": n, "k": rng.randint(2, min(n - 1, 6))}


def _sample_balls(rng: random.Random) -> Params:
    return {name: upto(rng, 2, 12, 60) for name in "rbg"}


def _sample_coins(rng: random.Random) -> Params:
    """Successes in trials of equal chance, 1 of m."""
    n = rng.randint(3, 8)
    return {"m": upto(rng, 2, 20, 120), "n": n, "j": rng.randint(1, n - 1)}


def _exactly(m: int, n: int, j: int) -> Any:
    ways = factorial(n) / factorial(j) / factorial(n - j)
    return ways * Integer(m - 1) ** (n - j) / Integer(m) ** n


COLOURS: Texts = {"en": ("red", "blue", "green", "white", "black"), "zh": ("红", "蓝", "绿", "白", "黑")}


def _colours(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return dict(zip(("one", "two", "three"), rng.sample(COLOURS[lang], 3), strict=True))


FAMILIES: list[Family] = [
    family(
        "derivative",
        "calculus",
        noun(
            ("the derivative of {said}", "f'(x) for f(x) = {said}", "d/dx ({said})"),
            ("函数 {said} 的导数", " f(x) = {said} 的导数", "{said} 对 x 的导数"),
        ),
        way(
            "x = symbols('x')\nprint(latex(diff({of}, x)))",
            ("diff differentiates.", "I differentiate with SymPy."),
            ("用 diff 求导。", "用 SymPy 求导。"),
        ),
        conclusions=concluding("The derivative", "导数"),
        sample=_sample_derivative,
        answer=lambda **p: latex(_derivative(**p)),
        follow_ups=(again("{said}", "{said}", _sample_derivative),),
        kind="expression",
        words=_derivative_words,
    ),
    numeric(
        "power_integral",
        "calculus",
        noun(
            (
                "the integral of {a}x^{n} from {p} to {q}",
                "the definite integral of {a}x^{n} over [{p}, {q}]",
                r"$\int_{{{p}}}^{{{q}}} {a}x^{n} dx$",
            ),
            (
                "{a}x^{n} 从 {p} 到 {q} 的定积分",
                "函数 {a}x^{n} 在 [{p}, {q}] 上的积分",
                r"$\int_{{{p}}}^{{{q}}} {a}x^{n} dx$",
            ),
        ),
        way(
            "x = symbols('x')\nprint(latex(integrate({a}*x**{n}, (x, {p}, {q}))))",
            ("integrate takes the limits too.", "SymPy integrates exactly."),
            ("integrate 可以带上下限。", "用 SymPy 精确积分。"),
        ),
        way(
            "a, n, p, q = {a}, {n}, {p}, {q}\nprint(latex(Rational(a * (q**(n + 1) - p**(n + 1)), n + 1)))",
            ("The power rule at both ends.",),
            ("用幂函数的原函数，代入上下限。",),
        ),
        conclusions=concluding("The integral", "积分"),
        sample=_sample_area,
        value=_area,
        of="integrate({a}*symbols('x')**{n}, (symbols('x'), {p}, {q}))",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "limit",
        "calculus",
        noun(
            (
                "the limit of {said} as x approaches {at_said}",
                "lim x->{at_said} {said}",
                "the limit of {said} for x → {at_sign}",
            ),
            ("x趋于{at_said}时 {said} 的极限", " {said} 在 x→{at_sign} 时的极限", " lim x→{at_sign} {said} "),
        ),
        way(
            "x = symbols('x')\nprint(latex(limit({of}, x, {at})))",
            ("SymPy has limit.", "I let SymPy take the limit."),
            ("SymPy 有 limit。", "用 SymPy 求极限。"),
        ),
        conclusions=concluding("The limit", "极限"),
        sample=_sample_limit,
        value=_limit,
        of="limit((lambda x: {of})(Symbol('x')), Symbol('x'), {at})",
        steps=(DOUBLE, MORE),
        words=_limit_words,
    ),
    numeric(
        "determinant",
        "matrices",
        noun(
            (
                "the determinant of [[{a}, {b}], [{c}, {d}]]",
                "det [[{a}, {b}], [{c}, {d}]]",
                r"$\begin{{vmatrix}} {a} & {b} \\ {c} & {d} \end{{vmatrix}}$",
            ),
            (
                "矩阵 [[{a}, {b}], [{c}, {d}]] 的行列式",
                "二阶行列式 |{a} {b}; {c} {d}| ",
                r"$\begin{{vmatrix}} {a} & {b} \\ {c} & {d} \end{{vmatrix}}$",
            ),
        ),
        way(
            "print(Matrix([[{a}, {b}], [{c}, {d}]]).det())",
            ("A matrix knows its determinant.", "det of a matrix."),
            ("用矩阵的 det。", "矩阵的行列式用 det 求。"),
        ),
        way(
            "a, b, c, d = {a}, {b}, {c}, {d}\nprint(a * d - b * c)",
            ("The product of one diagonal minus that of the other.",),
            ("主对角线之积减副对角线之积。",),
        ),
        conclusions=concluding("The determinant", "行列式"),
        sample=_sample_square,
        value=lambda a, b, c, d: Integer(a) * d - Integer(b) * c,
        of="Matrix([[{a}, {b}], [{c}, {d}]]).det()",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "determinant_of_three",
        "matrices",
        noun(
            (
                "the determinant of [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]",
                "det([[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]])",
            ),
            (
                "矩阵 [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]] 的行列式",
                "三阶行列式 |{n0} {n1} {n2}; {n3} {n4} {n5}; {n6} {n7} {n8}| ",
            ),
        ),
        way(
            "print(Matrix([[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]).det())",
            ("A matrix knows its determinant.", "det of a matrix."),
            ("用矩阵的 det。", "矩阵的行列式用 det 求。"),
        ),
        conclusions=concluding("The determinant", "行列式"),
        sample=_sample_nine,
        value=_determinant,
        of="Matrix([[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]).det()",
        steps=(DOUBLE, MORE),
    ),
    family(
        "matrix_product",
        "matrices",
        value_of(
            (
                "[[{a}, {b}], [{c}, {d}]] × [[{e}, {f}], [{g}, {h}]]",
                "the matrix product of [[{a}, {b}], [{c}, {d}]] and [[{e}, {f}], [{g}, {h}]]",
            ),
            (
                "[[{a}, {b}], [{c}, {d}]] × [[{e}, {f}], [{g}, {h}]]",
                "矩阵 [[{a}, {b}], [{c}, {d}]] 与 [[{e}, {f}], [{g}, {h}]] 的乘积",
            ),
        ),
        way(
            "print(latex(Matrix([[{a}, {b}], [{c}, {d}]]) * Matrix([[{e}, {f}], [{g}, {h}]])))",
            ("SymPy multiplies matrices.", "Rows times columns, by SymPy."),
            ("用 SymPy 做矩阵乘法。", "行乘列，用 SymPy 计算。"),
        ),
        conclusions=concluding("The product", "乘积"),
        sample=_sample_products,
        answer=_product,
        follow_ups=(
            again(
                "[[{a}, {b}], [{c}, {d}]] and [[{e}, {f}], [{g}, {h}]]",
                "[[{a}, {b}], [{c}, {d}]] 与 [[{e}, {f}], [{g}, {h}]]",
                _sample_products,
            ),
        ),
        kind="expression",
    ),
    numeric(
        "dot_product",
        "vectors",
        noun(
            (
                "the dot product of ({a}, {b}, {c}) and ({d}, {e}, {f})",
                "({a}, {b}, {c}) · ({d}, {e}, {f})",
            ),
            (
                "向量 ({a}, {b}, {c}) 与 ({d}, {e}, {f}) 的数量积",
                " ({a}, {b}, {c}) · ({d}, {e}, {f}) ",
                "向量 ({a}, {b}, {c}) 和 ({d}, {e}, {f}) 的点积",
            ),
        ),
        way(
            "print(Matrix([{a}, {b}, {c}]).dot(Matrix([{d}, {e}, {f}])))",
            ("SymPy's vectors have dot.", "I multiply place by place and add."),
            ("用 SymPy 的 dot。", "对应分量相乘再相加。"),
        ),
        way(
            "u, v = [{a}, {b}, {c}], [{d}, {e}, {f}]\nprint(sum(x * y for x, y in zip(u, v)))",
            ("Products, place by place, added.",),
            ("逐个分量相乘后求和。",),
        ),
        conclusions=concluding("The dot product", "数量积"),
        sample=_sample_vectors,
        value=lambda a, b, c, d, e, f: Integer(a * d + b * e + c * f),
        of="Matrix([{a}, {b}, {c}]).dot(Matrix([{d}, {e}, {f}]))",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "vector_length",
        "vectors",
        noun(
            ("the length of the vector ({a}, {b}, {c})", "|({a}, {b}, {c})|"),
            ("向量 ({a}, {b}, {c}) 的模", "向量 ({a}, {b}, {c}) 的长度"),
        ),
        way(
            "print(latex(Matrix([{a}, {b}, {c}]).norm()))",
            ("norm is the length.", "SymPy's norm stays exact."),
            ("用 norm 求长度。", "SymPy 的 norm 保持精确。"),
        ),
        conclusions=concluding("The length", "模"),
        sample=_sample_vector,
        value=lambda a, b, c: Integer(a * a + b * b + c * c) ** Rational(1, 2),
        of="Matrix([{a}, {b}, {c}]).norm()",
        steps=(DOUBLE, SQUARE),
        kind="expression",
    ),
    family(
        "complex_operation",
        "complex numbers",
        value_of(("({a} {b:+}i){sign}({c} {d:+}i)",), ("({a} {b:+}i){sign}({c} {d:+}i)",)),
        way(
            "print(latex(simplify(({a} {b:+}*I) {op} ({c} {d:+}*I))))",
            ("In SymPy, I is the imaginary unit.", "SymPy calculates with complex numbers."),
            ("在 SymPy 中 I 是虚数单位。", "用 SymPy 计算复数。"),
        ),
        conclusions=concluding("The result", "结果"),
        sample=_sample_complex,
        answer=lambda **p: latex(_complex(**p)),
        follow_ups=(again("({a} {b:+}i){sign}({c} {d:+}i)", "({a} {b:+}i){sign}({c} {d:+}i)", _sample_complex),),
        kind="expression",
        words=_complex_words,
    ),
    numeric(
        "complex_absolute",
        "complex numbers",
        noun(
            ("the modulus of {a} {b:+}i", "the absolute value of the complex number {a} {b:+}i", "|{a} {b:+}i|"),
            ("复数 {a} {b:+}i 的模", "复数z={a}{b:t}i的模", "|{a} {b:+}i| "),
        ),
        way(
            "print(latex(Abs({a} {b:+}*I)))",
            ("Abs gives the exact modulus.", "The modulus stays exact in SymPy."),
            ("Abs 给出精确的模。", "用 SymPy 求精确的模。"),
        ),
        way(
            "print(latex(sqrt(({a})**2 + ({b})**2)))", ("The root of both squares.",), ("两个平方之和的算术平方根。",)
        ),
        conclusions=concluding("The modulus", "模"),
        sample=lambda rng: {"a": nonzero(rng, -80, 80), "b": nonzero(rng, -80, 80)},
        value=lambda a, b: Integer(a * a + b * b) ** Rational(1, 2),
        of="Abs({a} {b:+}*I)",
        steps=(DOUBLE, SQUARE),
        kind="expression",
        never=({"a": 3, "b": 4},),
    ),
    numeric(
        "permutations",
        "counting",
        story(
            en=(
                (
                    "{n} runners compete for {k} different places.",
                    "From {n} people {k} are lined up.",
                    "There are {n} different books and a shelf with room for {k} of them in a row.",
                    "Out of {n} letters, all different, {k} are written side by side.",
                    "Of {n} songs {k} are played one after the other.",
                ),
                (
                    "How many ways are there?",
                    "In how many ways can this be done?",
                    "how many arrangements",
                    "How many orders are possible?",
                ),
            ),
            zh=(
                (
                    "从{n}个人中选{k}人排成一排，",
                    "{n}名选手争夺{k}个不同的名次，",
                    "从{n}本不同的书中取{k}本摆成一行，",
                    "{n}个不同元素中取{k}个的排列，",
                    "从{n}首歌中挑{k}首依次播放，",
                ),
                ("有多少种方法？", "共有多少种排法？", "一共多少种", "顺序有几多种？"),
            ),
        ),
        way(
            "n, k = {n}, {k}\nprint(factorial(n) // factorial(n - k))",
            ("Order counts: permutations.", "n! over (n - k)!."),
            ("与顺序有关，是排列。", "n 的阶乘除以 n-k 的阶乘。"),
        ),
        way(
            "import math\nprint(math.perm({n}, {k}))", ("math.perm counts permutations.",), ("math.perm 计算排列数。",)
        ),
        conclusions=concluding("The number", "方法数", "种"),
        sample=_sample_choice,
        value=lambda n, k: factorial(n) / factorial(n - k),
        of="factorial({n}) / factorial({n} - {k})",
        steps=(HALF, DOUBLE),
    ),
    numeric(
        "combinations",
        "counting",
        story(
            en=(
                (
                    "A committee of {k} is chosen from {n} people.",
                    "{k} cards are taken from {n} different cards at once.",
                    "Of {n} students {k} are picked for a team.",
                    "{k} elements are chosen from a set of {n}.",
                    "From {n} flowers {k} go into a bunch.",
                ),
                (
                    "How many ways are there?",
                    "In how many ways can this be done?",
                    "how many choices",
                    "How many selections are possible?",
                ),
            ),
            zh=(
                (
                    "从{n}人中选出{k}人组成小组，",
                    "从{n}张不同的牌中一次取{k}张，",
                    "{n}名学生中挑{k}名参加比赛，",
                    "从{n}个元素中取{k}个的组合，",
                    "从{n}朵花里拿{k}朵扎成一束，",
                ),
                ("有多少种选法？", "共有多少种方法？", "一共多少种", "可能的取法有几多种？"),
            ),
        ),
        way(
            "print(binomial({n}, {k}))",
            ("Order does not count: combinations.", "The binomial coefficient counts choices."),
            ("与顺序无关，是组合。", "用二项式系数计数。"),
        ),
        way("import math\nprint(math.comb({n}, {k}))", ("math.comb counts choices.",), ("math.comb 计算组合数。",)),
        conclusions=concluding("The number", "选法数", "种"),
        sample=_sample_choice,
        value=lambda n, k: factorial(n) / factorial(k) / factorial(n - k),
        of="binomial({n}, {k})",
        steps=(HALF, DOUBLE),
    ),
    numeric(
        "one_ball",
        "probability",
        story(
            en=(
                (
                    "A bag holds {r} {one}, {b} {two} and {g} {three} balls. One ball is drawn.",
                    "There are {r} {one}, {b} {two} and {g} {three} marbles in a box and you take one at random.",
                    "{r} {one} balls, {b} {two} balls and {g} {three} balls are mixed and one is picked.",
                    "From {r} {one}, {b} {two} and {g} {three} cards one is drawn blindly.",
                    "An urn has {r} {one}, {b} {two}, {g} {three} balls; somebody grabs one.",
                ),
                (
                    "What is the probability that it is {one}?",
                    "Find the probability of {one}.",
                    "probability of {one}?",
                    "How likely is {one}?",
                ),
            ),
            zh=(
                (
                    "袋中有{r}个{one}球、{b}个{two}球和{g}个{three}球，任取一个，",
                    "盒子里有{r}个{one}球，{b}个{two}球，{g}个{three}球，随机摸出一个，",
                    "{r}张{one}卡、{b}张{two}卡、{g}张{three}卡混在一起，抽一张，",
                    "箱子中{one}球{r}个、{two}球{b}个、{three}球{g}个，从中摸一个，",
                    "罐里{one}珠{r}颗、{two}珠{b}颗、{three}珠{g}颗，随手拿一颗，",
                ),
                ("是{one}色的概率是多少？", "求取到{one}色的概率。", "{one}色的概率", "恰为{one}色的可能性多大？"),
            ),
        ),
        way(
            "print(latex(Rational({r}, {r} + {b} + {g})))",
            ("The {one} ones over all.", "Favourable over possible."),
            ("{one}色的个数除以总数。", "有利情形除以全部情形。"),
        ),
        way(
            "counts = [{r}, {b}, {g}]\nprint(latex(Rational(counts[0], sum(counts))))",
            ("I count all of them first.",),
            ("先数出总数。",),
        ),
        conclusions=concluding("The probability", "概率"),
        sample=_sample_balls,
        value=lambda r, b, g: Integer(r) / (r + b + g),
        of="Rational({r}, {r} + {b} + {g})",
        steps=(DOUBLE,),
        words=_colours,
    ),
    numeric(
        "repeated_trials",
        "probability",
        story(
            en=(
                (
                    "An event has the chance 1/{m}. It is tried {n} times.",
                    "A trial succeeds with probability 1/{m} and is repeated {n} times independently.",
                    "A game is won with probability 1/{m}. It is played {n} times.",
                    "With a chance of 1/{m} each time, somebody tries {n} times.",
                    "Each of {n} throws hits with a chance of 1/{m}.",
                ),
                (
                    "What is the probability of exactly {j} successes?",
                    "Find the probability of exactly {j}.",
                    "probability that it happens exactly {j} times?",
                    "How likely are {j} of them, no more and no less?",
                ),
            ),
            zh=(
                (
                    "某事件每次发生的概率是1/{m}，独立重复{n}次，",
                    "一次试验成功的概率为1/{m}，做{n}次独立试验，",
                    "每局获胜的概率是1/{m}，共玩{n}局，",
                    "每次命中率1/{m}，射击{n}次，",
                    "每回中奖的机会是1/{m}，试{n}回，",
                ),
                ("恰好{j}次的概率是多少？", "求恰有{j}次的概率。", "恰好{j}次的概率", "不多不少{j}次的可能性多大？"),
            ),
        ),
        way(
            "m, n, j = {m}, {n}, {j}\np = Rational(1, m)\nprint(latex(binomial(n, j) * p**j * (1 - p)**(n - j)))",
            ("Independent trials: the binomial distribution.", "Which {j} of {n}, times the chances."),
            ("独立重复试验，用二项分布。", "{n}次中选{j}次，再乘概率。"),
        ),
        conclusions=concluding("The probability", "概率"),
        sample=_sample_coins,
        value=lambda n, j, m: (
            factorial(n) / factorial(j) / factorial(n - j) * Integer(m - 1) ** (n - j) / Integer(m) ** n
        ),
        of="binomial({n}, {j}) * Rational(1, {m})**{j} * Rational({m} - 1, {m})**({n} - {j})",
        steps=(DOUBLE,),
    ),
]
