"""Equations, inequalities, functions, powers of sums and logarithms."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from sympy import Integer, Matrix, Rational, binomial, sqrt

from .family import Family, Lang, Params, Texts, latex, nonzero
from .steps import DOUBLE, HALF, MORE
from .wording import again, concluding, family, noun, numeric, upto, value_of, way

SOLVE: Texts = {
    "en": (
        "Solve {}.",
        "Solve the equation {}.",
        "Find x: {}",
        "What is x if {}?",
        "solve {} for x",
        "{}, x = ?",
        "Given {}, find x.",
        "Find the solution of {}.",
        "What value of x satisfies {}?",
        "Calculate x from {}.",
        "Please solve {}",
        "{}. What is x?",
        "For which x does {} hold?",
        "Which number x makes {} true?",
    ),
    "zh": (
        "解方程 {}。",
        "解方程：{}",
        "{}，求 x。",
        "若 {}，则 x 等于多少？",
        "求方程 {} 的解。",
        "{}，x = ?",
        "已知 {}，求 x 的值。",
        "方程 {} 的解是多少？",
        "请解 {}",
        "{} 的解是什么？",
        "帮我解 {}",
        "如果 {}，x 是多少",
        "x 取何值时 {} 成立？",
        "试求满足 {} 的 x。",
    ),
}


def _sample_linear(rng: random.Random) -> Params:
    while True:
        a, c = nonzero(rng, -20, 20), nonzero(rng, -20, 20)
        if a != c:
            top = rng.choice((30, 300, 9000))
            return {"a": a, "b": nonzero(rng, -top, top), "c": c, "d": nonzero(rng, -top, top)}


def _sample_simple(rng: random.Random) -> Params:
    a, top = nonzero(rng, -30, 30), rng.choice((60, 600, 9000))
    return {"a": a, "b": nonzero(rng, -top, top), "c": rng.choice((a * rng.randint(-50, 50), 0)) + rng.randint(-9, 9)}


def _sample_quadratic(rng: random.Random) -> Params:
    """Whole roots, or roots with square roots in them."""
    while True:
        if rng.random() < 0.6:
            p, q = nonzero(rng, -15, 15), nonzero(rng, -30, 30)
            b, c = -(p + q), p * q
        else:
            b, c = nonzero(rng, -20, 20), nonzero(rng, -60, 20)
        if b * b > 4 * c and abs(b) > 1:
            return {"b": b, "c": c}


def _roots(b: int, c: int) -> tuple[Any, Any]:
    root = sqrt(Integer(b * b - 4 * c))
    return (-b - root) / 2, (-b + root) / 2


def _sample_inequality(rng: random.Random) -> Params:
    return {
        "a": nonzero(rng, -15, 15),
        "b": nonzero(rng, -99, 99),
        "c": nonzero(rng, -199, 199),
        "o": rng.randrange(4),
    }


SIGNS = ("<", ">", "<=", ">=")
SIGNS_SAID = ("<", ">", "≤", "≥")
SIGNS_TEX = ("<", ">", r"\leq", r"\geq")


def _sign(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return {"sign": SIGNS_SAID[params["o"]], "op": SIGNS[params["o"]]}


def _inequality(a: int, b: int, c: int, o: int) -> str:
    turned = o ^ 1 if a < 0 else o
    return f"x {SIGNS_TEX[turned]} {latex(Rational(c - b, a))}"


def _sample_pair(rng: random.Random) -> Params:
    while True:
        a, b, d, e = (nonzero(rng, -12, 12) for _ in range(4))
        if a * e != b * d:
            c, f = (nonzero(rng, -60, 60) for _ in range(2))
            return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}


def _sample_three(rng: random.Random) -> Params:
    while True:
        rows = [[rng.randint(1, 9) for _ in range(3)] for _ in range(3)]
        (a, b, c), (d, e, f), (g, h, i) = rows
        if a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g):
            break
    return {
        f"{'abcd'[column]}{row}": rows[row][column] if column < 3 else rng.randint(1, 40)
        for row in range(3)
        for column in range(4)
    }


def _equations(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    """A coefficient of 1 is not written."""
    lines = []
    for row in range(3):
        terms = [(params[f"{letter}{row}"], name) for letter, name in zip("abc", "xyz", strict=True)]
        left = " + ".join(name if number == 1 else f"{number}{name}" for number, name in terms)
        lines.append(f"{left} = {params[f'd{row}']}")
    code = ", ".join(
        " + ".join(f"{params[f'{letter}{row}']}*{name}" for letter, name in zip("abc", "xyz", strict=True))
        + f" - {params[f'd{row}']}"
        for row in range(3)
    )
    return {"line": " ".join(lines), "listed": ", ".join(lines), "code": code}


def _solution(**p: int) -> tuple[Any, ...]:
    matrix = Matrix(3, 3, [p[f"{column}{row}"] for row in range(3) for column in "abc"])
    return tuple(matrix.adjugate() * Matrix([p[f"d{row}"] for row in range(3)]) / matrix.det())


def _sample_monic(rng: random.Random) -> Params:
    return {"b": nonzero(rng, -60, 60), "c": nonzero(rng, -99, 99)}


def _sample_ascending(rng: random.Random) -> Params:
    n = rng.randint(3, 11)
    return {"a": rng.randint(1, 7), "b": nonzero(rng, -9, 9), "n": n, "k": rng.randint(2, n - 1)}


def _sample_log(rng: random.Random) -> Params:
    base, root, power = upto(rng, 2, 12, 99, 400), rng.choice((1, 1, 2, 3)), rng.randint(1, 6)
    return {"a": base**root, "b": base**power}


def _logarithm(a: int, b: int) -> Any:
    """The power of one whole number's root that the other is."""
    powers = ((over, under) for under in (1, 2, 3) for over in range(1, 7))
    return next(Rational(over, under) for over, under in powers if a**over == b**under)


def _sample_value(rng: random.Random) -> Params:
    return {
        "a": nonzero(rng, -9, 9),
        "b": nonzero(rng, -30, 30),
        "c": nonzero(rng, -60, 60),
        "t": nonzero(rng, -12, 20),
    }


FAMILIES: list[Family] = [
    numeric(
        "simple_equation",
        "equations",
        value_of(("{a}x {b:+} = {c}",), ("{a}x {b:+} = {c}",), asks=SOLVE),
        way(
            "x = symbols('x')\nprint(latex(solve(Eq({a}*x {b:+}, {c}), x)[0]))",
            ("A linear equation: solve.", "I solve for x with SymPy."),
            ("一元一次方程，用 solve。", "用 SymPy 求 x。"),
        ),
        way(
            "a, b, c = {a}, {b}, {c}\nprint(latex(Rational(c - b, a)))",
            ("I bring the number over and divide.",),
            ("移项后除以系数。",),
        ),
        conclusions=concluding("x", "x "),
        sample=_sample_simple,
        value=lambda a, b, c: Rational(c - b, a),
        of="Rational({c} - ({b}), {a})",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "linear_equation",
        "equations",
        value_of(("{a}x {b:+} = {c}x {d:+}",), ("{a}x {b:+} = {c}x {d:+}",), asks=SOLVE),
        way(
            "x = symbols('x')\nprint(latex(solve(Eq({a}*x {b:+}, {c}*x {d:+}), x)[0]))",
            ("x is on both sides: solve.", "I let SymPy solve it."),
            ("两边都有 x，用 solve。", "用 SymPy 解方程。"),
        ),
        way(
            "a, b, c, d = {a}, {b}, {c}, {d}\nprint(latex(Rational(d - b, a - c)))",
            ("All x to the left, all numbers to the right.",),
            ("移项，合并同类项。",),
        ),
        conclusions=concluding("x", "x "),
        sample=_sample_linear,
        value=lambda a, b, c, d: Rational(d - b, a - c),
        of="Rational({d} - ({b}), {a} - ({c}))",
        steps=(DOUBLE, MORE),
    ),
    family(
        "quadratic_equation",
        "equations",
        value_of(("x^2 {b:+}x {c:+} = 0",), ("x^2 {b:+}x {c:+} = 0",), asks=SOLVE),
        way(
            "x = symbols('x')\nprint(', '.join(map(latex, solve(x**2 {b:+}*x {c:+}, x))))",
            ("A quadratic equation has two roots.", "solve finds both roots."),
            ("一元二次方程有两个根。", "用 solve 求两个根。"),
        ),
        way(
            "b, c = {b}, {c}\nd = sqrt(b**2 - 4*c)\nprint(latex((-b - d) / 2), latex((-b + d) / 2), sep=', ')",
            ("The quadratic formula.",),
            ("用求根公式。",),
        ),
        conclusions={
            "en": ("The solutions are {answer}.", "Therefore the answer is {answer}."),
            "zh": ("方程的解是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_quadratic,
        answer=lambda b, c: ", ".join(latex(root) for root in _roots(b, c)),
        follow_ups=(again("x^2 {b:+}x {c:+} = 0", "x^2 {b:+}x {c:+} = 0", _sample_quadratic),),
        kind="expression",
    ),
    family(
        "inequality",
        "inequalities",
        value_of(
            ("{a}x {b:+} {sign} {c}",),
            ("{a}x {b:+} {sign} {c}",),
            asks={
                "en": (
                    "Solve {}.",
                    "Solve the inequality {}.",
                    "Find all x with {}.",
                    "For what x is {}?",
                    "solve {} for x",
                    "Find x such that {}.",
                    "What are the solutions of {}?",
                    "Give the solution of {}.",
                    "{}, x?",
                    "Determine x: {}",
                    "Please solve {}",
                    "Solve for x: {}.",
                    "Which x satisfy {}?",
                    "Where does {} hold?",
                ),
                "zh": (
                    "解不等式 {}。",
                    "解不等式：{}",
                    "求不等式 {} 的解集。",
                    "{} 的解集是什么？",
                    "不等式 {} 的解是什么？",
                    "若 {}，求 x 的取值范围。",
                    "已知 {}，x 的范围是多少？",
                    "请解 {}",
                    "{}，求 x",
                    "求满足 {} 的 x。",
                    "帮我解 {}",
                    "计算 {} 的解集",
                    "x 取何值时 {} 成立？",
                    "试写出 {} 的解。",
                ),
            },
        ),
        way(
            "x = symbols('x')\ns = solve({a}*x {b:+} {op} {c}, x)\n"
            "print(latex([r for r in s.args if not r.has(oo, -oo)][0]))",
            ("SymPy solves inequalities too.", "I solve the inequality with SymPy."),
            ("SymPy 也能解不等式。", "用 SymPy 解不等式。"),
        ),
        conclusions=concluding("The solution", "解"),
        sample=_sample_inequality,
        answer=_inequality,
        follow_ups=(again("{a}x {b:+} {sign} {c}", "{a}x {b:+} {sign} {c}", _sample_inequality),),
        kind="expression",
        words=_sign,
    ),
    family(
        "equation_pair",
        "linear system",
        value_of(
            ("{a}x {b:+}y = {c} and {d}x {e:+}y = {f}", "{a}x {b:+}y = {c}, {d}x {e:+}y = {f}"),
            ("{a}x {b:+}y = {c}, {d}x {e:+}y = {f}", "{a}x {b:+}y = {c}，{d}x {e:+}y = {f}"),
            asks={
                "en": (
                    "Solve {} for (x, y).",
                    "Solve the system {}. Give (x, y).",
                    "Find (x, y) with {}.",
                    "Find x and y: {}",
                    "If {}, what is (x, y)?",
                    "Given {}, find (x, y).",
                    "Which pair (x, y) satisfies {}?",
                    "What pair (x, y) makes {} true?",
                ),
                "zh": (
                    "解方程组 {}，写出 (x, y)。",
                    "解方程组：{}",
                    "求方程组 {} 的解 (x, y)。",
                    "已知 {}，求 (x, y)。",
                    "若 {}，则 (x, y) 是多少？",
                    "求 x 和 y：{}",
                    "哪一对 (x, y) 使 {} 成立？",
                    "试求满足 {} 的 (x, y)。",
                ),
            },
        ),
        way(
            "x, y = symbols('x y')\ns = solve([{a}*x {b:+}*y - ({c}), {d}*x {e:+}*y - ({f})], [x, y])\n"
            "print(f'({{latex(s[x])}}, {{latex(s[y])}})')",
            ("Two linear equations, two unknowns.", "I solve the system with SymPy."),
            ("二元一次方程组。", "用 SymPy 解方程组。"),
        ),
        conclusions=concluding("The solution", "解"),
        sample=_sample_pair,
        answer=lambda a, b, c, d, e, f: latex(
            (Rational(c * e - b * f, a * e - b * d), Rational(a * f - c * d, a * e - b * d))
        ),
        follow_ups=(
            again("{a}x {b:+}y = {c}, {d}x {e:+}y = {f}", "{a}x {b:+}y = {c}, {d}x {e:+}y = {f}", _sample_pair),
        ),
        kind="tuple",
    ),
    family(
        "system_in_line",
        "linear system",
        value_of(
            ("{line}", "{listed}"),
            ("{line}", "{listed}"),
            asks={
                "en": (
                    "Suppose you have a system of linear equations: {} Find the values of x, y, and z.",
                    "Solve the system of equations {} for (x, y, z).",
                    "Using matrices, solve {}",
                    "Find (x, y, z): {}",
                    "Given the linear equations {} find x, y and z.",
                    "{} What are x, y, z?",
                    "Here are three linear equations: {} Which (x, y, z) solves them?",
                    "Determine the unknowns x, y, z in {}",
                ),
                "zh": (
                    "解方程组 {}，写出 (x, y, z)。",
                    "已知方程组 {} 求 x、y、z 的值。",
                    "用矩阵方法解方程组 {}",
                    "求 (x, y, z)：{}",
                    "设有线性方程组：{} 求 x、y、z。",
                    "{} 求解 x、y、z",
                    "下面三个方程 {} 的公共解 (x, y, z) 是什么？",
                    "试确定 {} 中的 x、y、z。",
                ),
            },
        ),
        way(
            "x, y, z = symbols('x y z')\ns = solve([{code}], [x, y, z])\n"
            "print(f'({{latex(s[x])}}, {{latex(s[y])}}, {{latex(s[z])}})')",
            ("Three linear equations, three unknowns.", "I solve the system with SymPy."),
            ("三个方程，三个未知数。", "用 SymPy 解线性方程组。"),
        ),
        way(
            "A = Matrix([[{a0}, {b0}, {c0}], [{a1}, {b1}, {c1}], [{a2}, {b2}, {c2}]])\n"
            "v = A.LUsolve(Matrix([{d0}, {d1}, {d2}]))\n"
            "print(f'({{latex(v[0])}}, {{latex(v[1])}}, {{latex(v[2])}})')",
            ("As a matrix equation.",),
            ("写成矩阵方程。",),
        ),
        conclusions=concluding("The solution (x, y, z)", "解 (x, y, z) "),
        sample=_sample_three,
        answer=lambda **p: latex(_solution(**p)),
        follow_ups=(again("{listed}", "{listed}", _sample_three),),
        kind="tuple",
        never=(
            {
                "a0": 2,
                "b0": 3,
                "c0": 1,
                "d0": 7,
                "a1": 1,
                "b1": 2,
                "c1": 4,
                "d1": 12,
                "a2": 3,
                "b2": 1,
                "c2": 2,
                "d2": 8,
            },
        ),
        words=_equations,
    ),
    family(
        "monic_vertex",
        "functions",
        noun(
            (
                "the vertex of the parabola y = x^2 {b:+}x {c:+}",
                "the coordinates of the vertex of y = x^2 {b:+}x {c:+}",
            ),
            ("抛物线 y = x^2 {b:+}x {c:+} 的顶点坐标", "抛物线y=x^2{b:t}x{c:t}的顶点坐标"),
        ),
        way(
            "x = symbols('x')\nf = x**2 {b:+}*x {c:+}\nh = solve(diff(f, x), x)[0]\n"
            "print(f'({{latex(h)}}, {{latex(f.subs(x, h))}})')",
            ("The derivative vanishes at the vertex.", "I find where the derivative is zero."),
            ("顶点处导数为零。", "先求导数的零点。"),
        ),
        way(
            "b, c = {b}, {c}\nh = Rational(-b, 2)\nprint(f'({{latex(h)}}, {{latex(h**2 + b*h + c)}})')",
            ("The vertex lies at minus b over 2.",),
            ("顶点的横坐标是负 b 除以 2。",),
        ),
        conclusions=concluding("The vertex", "顶点坐标"),
        sample=_sample_monic,
        answer=lambda b, c: latex((Rational(-b, 2), c - Rational(b * b, 4))),
        follow_ups=(again("y = x^2 {b:+}x {c:+}", "y = x^2 {b:+}x {c:+}", _sample_monic),),
        kind="tuple",
        never=({"b": -4, "c": 3},),
    ),
    numeric(
        "ascending_binomial",
        "counting",
        noun(
            (
                "the coefficient of x^{k} in ({a} {b:+}x)^{n}",
                "the coefficient of x^{k} in the expansion of ({a} {b:+}x)^{n}",
            ),
            ("({a} {b:+}x)^{n} 的展开式中 x^{k} 项的系数", " ({a}{b:t}x)^{n} 展开后 x^{k} 的系数"),
        ),
        way(
            "x = symbols('x')\nprint(expand(({a} {b:+}*x)**{n}).coeff(x, {k}))",
            ("I expand and read the coefficient.", "SymPy expands the power."),
            ("展开后读取系数。", "用 SymPy 展开。"),
        ),
        way(
            "a, b, n, k = {a}, {b}, {n}, {k}\nprint(binomial(n, k) * a**(n - k) * b**k)",
            ("The binomial theorem.",),
            ("用二项式定理。",),
        ),
        conclusions=concluding("The coefficient", "系数"),
        sample=_sample_ascending,
        value=lambda a, b, n, k: binomial(n, k) * Integer(a) ** (n - k) * Integer(b) ** k,
        of="binomial({n}, {k}) * {a}**({n} - {k}) * ({b})**{k}",
        steps=(DOUBLE, HALF),
        never=({"a": 1, "b": 2, "n": 6, "k": 3},),
    ),
    numeric(
        "logarithm",
        "logarithms",
        value_of(
            ("log_{a}({b})", "the logarithm of {b} to the base {a}", r"$\log_{{{a}}} {b}$"),
            ("log_{a}({b})", "以{a}为底{b}的对数", r"$\log_{{{a}}} {b}$"),
        ),
        way(
            "print(latex(expand_log(log({b}, {a}))))",
            ("log takes the base second.", "SymPy simplifies logarithms."),
            ("log 的第二个参数是底。", "用 SymPy 化简对数。"),
        ),
        conclusions=concluding("The logarithm", "对数"),
        sample=_sample_log,
        value=_logarithm,
        of="expand_log(log({b}, {a}))",
        steps=(DOUBLE,),
        kind="expression",
    ),
    numeric(
        "function_value",
        "functions",
        noun(
            (
                "f({t}) for f(x) = {a}x^2 {b:+}x {c:+}",
                "the value of {a}x^2 {b:+}x {c:+} at x = {t}",
            ),
            ("函数 f(x) = {a}x^2 {b:+}x {c:+} 在 x = {t} 处的值", "x = {t} 时 {a}x^2 {b:+}x {c:+} 的值"),
        ),
        way(
            "x = {t}\nprint({a}*x**2 {b:+}*x {c:+})",
            ("I put the number in for x.", "x gets its value."),
            ("把 x 的值代入。", "给 x 赋值后计算。"),
        ),
        way(
            "x = symbols('x')\nprint(({a}*x**2 {b:+}*x {c:+}).subs(x, {t}))",
            ("subs puts the value in.",),
            ("用 subs 代入。",),
        ),
        conclusions=concluding("The value", "函数值"),
        sample=_sample_value,
        value=lambda a, b, c, t: (Integer(a) * t + b) * t + c,
        of="({a}*({t})**2 {b:+}*({t}) {c:+})",
        steps=(DOUBLE, MORE),
    ),
]
