"""Polynomials, sequences, linear systems and counting."""

from __future__ import annotations

import random

from sympy import Integer, Matrix, Rational, binomial

from .family import Family, Params, latex, nonzero


def _vertex(a: int, b: int, c: int) -> str:
    return latex((Rational(-b, 2 * a), Rational(4 * a * c - b * b, 4 * a)))


def _sample_vertex(rng: random.Random) -> Params:
    return {"a": nonzero(rng, -9, 9), "b": nonzero(rng, -40, 40), "c": nonzero(rng, -90, 90)}


def _sample_matching(rng: random.Random) -> Params:
    p, q = nonzero(rng, 2, 9), nonzero(rng, 2, 9)
    return {"p": p, "q": q, "r": nonzero(rng, -99, 99)}


def _matching(p: int, q: int, r: int) -> str:
    # (ax - b)(px + q) = bx^2 + cx + r: compare the constant term, then x^2, then x.
    b = Rational(-r, q)
    a = b / p
    c = a * q - b * p
    return latex(a + b + c)


def _sample_progression(rng: random.Random) -> Params:
    s3 = nonzero(rng, 2, 90)
    return {"s": s3, "t": s3 + nonzero(rng, -300, 600)}


def _sample_binomial(rng: random.Random) -> Params:
    n = rng.randint(4, 12)
    return {"a": rng.randint(2, 9), "b": nonzero(rng, -9, 9), "n": n, "k": rng.randint(1, n - 1)}


def _sample_system(rng: random.Random) -> Params:
    while True:
        rows = [[nonzero(rng, -9, 9) for _ in range(3)] for _ in range(3)]
        if Matrix(rows).det() != 0:
            break
    solution = [rng.randint(-9, 9) for _ in range(3)]
    params = {f"{'abc'[j]}{i}": rows[i][j] for i in range(3) for j in range(3)}
    return params | {f"d{i}": sum(rows[i][j] * solution[j] for j in range(3)) for i in range(3)}


def _system(**p: int) -> str:
    rows = Matrix([[p[f"{column}{i}"] for column in "abc"] for i in range(3)])
    return latex(tuple(rows.LUsolve(Matrix([p[f"d{i}"] for i in range(3)]))))


def _sample_roots(rng: random.Random) -> Params:
    return {"a": rng.randint(2, 9), "b": nonzero(rng, -40, 40), "c": nonzero(rng, -60, 60)}


FAMILIES = [
    Family(
        name="parabola_vertex",
        subject="functions",
        questions={
            "en": (
                "Find the vertex of the parabola y = {a}x^2 {b:+}x {c:+}.",
                "What are the coordinates of the vertex of y = {a}x^2 {b:+}x {c:+}?",
                "Give the vertex of the graph of f(x) = {a}x^2 {b:+}x {c:+}.",
            ),
            "zh": (
                "求抛物线 y = {a}x^2 {b:+}x {c:+} 的顶点坐标。",
                "抛物线 y = {a}x^2 {b:+}x {c:+} 的顶点在哪里？",
                "二次函数 f(x) = {a}x^2 {b:+}x {c:+} 的图象的顶点坐标是什么？",
            ),
        },
        thoughts={
            "en": ("The derivative vanishes at the vertex.", "I find where the derivative is zero."),
            "zh": ("顶点处导数为零。", "先求导数的零点。"),
        },
        code="x = symbols('x')\n"
        "f = {a}*x**2 {b:+}*x {c:+}\n"
        "h = solve(diff(f, x), x)[0]\n"
        "print(f'({{latex(h)}}, {{latex(f.subs(x, h))}})')",
        conclusions={
            "en": ("The vertex is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("顶点坐标是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_vertex,
        answer=_vertex,
        kind="tuple",
    ),
    Family(
        name="matching_coefficients",
        subject="polynomials",
        questions={
            "en": (
                "If (ax-b)({p}x+{q}) = bx^2 + cx {r:+} for all x, what is a+b+c?",
                "The identity (ax-b)({p}x+{q}) = bx^2 + cx {r:+} holds for every x. Find a+b+c.",
                "Suppose (ax-b)({p}x+{q}) = bx^2 + cx {r:+}. What is the sum a+b+c?",
            ),
            "zh": (
                "若 (ax-b)({p}x+{q}) = bx^2 + cx {r:+} 对所有 x 成立，求 a+b+c。",
                "已知恒等式 (ax-b)({p}x+{q}) = bx^2 + cx {r:+}，a+b+c 等于多少？",
                "(ax-b)({p}x+{q}) = bx^2 + cx {r:+}，则 a+b+c 的值是多少？",
            ),
        },
        thoughts={
            "en": ("I compare the coefficients of x.", "Both sides have the same coefficients."),
            "zh": ("比较 x 的各次系数。", "两边系数相等。"),
        },
        code="x, a, b, c = symbols('x a b c')\n"
        "e = expand((a*x - b)*({p}*x + {q}) - (b*x**2 + c*x {r:+}))\n"
        "s = solve(Poly(e, x).coeffs(), [a, b, c])\n"
        "print(latex(s[a] + s[b] + s[c]))",
        conclusions={
            "en": ("The sum a+b+c is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("a+b+c 的值是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_matching,
        answer=_matching,
        known=({"p": 3, "q": 4, "r": 72},),
    ),
    Family(
        name="geometric_sums",
        subject="sequences",
        questions={
            "en": (
                "A geometric progression has S3 = {s} and S6 = {t}. Find S9.",
                "The sums of a geometric sequence are S3 = {s} and S6 = {t}. What is S9?",
                "In a geometric progression the first three terms add up to {s} and the first six to {t}. "
                "What do the first nine add up to?",
            ),
            "zh": (
                "等比数列的前n项和为Sn，S3 = {s}，S6 = {t}，求S9。",
                "已知等比数列前三项和为{s}，前六项和为{t}，前九项和是多少？",
                "设等比数列的和 S3 = {s}，S6 = {t}，则 S9 等于多少？",
            ),
        },
        thoughts={
            "en": (
                "S3, S6 - S3 and S9 - S6 form a geometric progression.",
                "Blocks of three terms are geometric.",
            ),
            "zh": ("S3、S6-S3、S9-S6 成等比数列。", "每三项的和成等比数列。"),
        },
        code="r = Rational({t} - {s}, {s})\nprint(latex({s} * (1 + r + r**2)))",
        conclusions={
            "en": ("S9 is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("S9 是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_progression,
        answer=lambda s, t: latex(Integer(t) + Rational((t - s) ** 2, s)),
        known=({"s": 2, "t": 6},),
    ),
    Family(
        name="binomial_coefficient",
        subject="counting",
        questions={
            "en": (
                "Find the coefficient of x^{k} in the expansion of ({a}x {b:+})^{n}.",
                "What is the coefficient of x^{k} in ({a}x {b:+})^{n}?",
                "Expand ({a}x {b:+})^{n}. What stands before x^{k}?",
            ),
            "zh": (
                "求 ({a}x {b:+})^{n} 展开式中 x^{k} 的系数。",
                "({a}x {b:+})^{n} 的展开式里 x^{k} 的系数是多少？",
                "在 ({a}x {b:+})^{n} 中，x^{k} 项的系数是几？",
            ),
        },
        thoughts={
            "en": ("I expand and read the coefficient.", "SymPy expands the power."),
            "zh": ("展开后读取系数。", "用 SymPy 展开。"),
        },
        code="x = symbols('x')\nprint(expand(({a}*x {b:+})**{n}).coeff(x, {k}))",
        conclusions={
            "en": ("The coefficient is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("系数是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_binomial,
        answer=lambda a, b, n, k: latex(binomial(n, k) * Integer(a) ** k * Integer(b) ** (n - k)),
    ),
    Family(
        name="linear_system",
        subject="linear system",
        questions={
            "en": (
                "Solve the system {a0}x {b0:+}y {c0:+}z = {d0}, {a1}x {b1:+}y {c1:+}z = {d1}, "
                "{a2}x {b2:+}y {c2:+}z = {d2}. Give (x, y, z).",
                "Find (x, y, z) with {a0}x {b0:+}y {c0:+}z = {d0}, {a1}x {b1:+}y {c1:+}z = {d1}, "
                "{a2}x {b2:+}y {c2:+}z = {d2}.",
            ),
            "zh": (
                "解方程组 {a0}x {b0:+}y {c0:+}z = {d0}, {a1}x {b1:+}y {c1:+}z = {d1}, "
                "{a2}x {b2:+}y {c2:+}z = {d2}，写出 (x, y, z)。",
                "求满足 {a0}x {b0:+}y {c0:+}z = {d0}, {a1}x {b1:+}y {c1:+}z = {d1}, "
                "{a2}x {b2:+}y {c2:+}z = {d2} 的 (x, y, z)。",
            ),
        },
        thoughts={
            "en": ("Three linear equations: linsolve.", "I solve the linear system with SymPy."),
            "zh": ("三元一次方程组，用 linsolve。", "用 SymPy 解线性方程组。"),
        },
        code="x, y, z = symbols('x y z')\n"
        "s = linsolve([{a0}*x {b0:+}*y {c0:+}*z - ({d0}), {a1}*x {b1:+}*y {c1:+}*z - ({d1}), "
        "{a2}*x {b2:+}*y {c2:+}*z - ({d2})], x, y, z)\n"
        "print(*s)",
        conclusions={
            "en": ("The solution is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("解是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_system,
        answer=_system,
        kind="tuple",
    ),
    Family(
        name="root_square_sum",
        subject="polynomials",
        questions={
            "en": (
                "Let x1 and x2 be the roots of {a}x^2 {b:+}x {c:+} = 0. Find x1^2 + x2^2.",
                "What is the sum of the squares of the roots of {a}x^2 {b:+}x {c:+} = 0?",
                "The roots of {a}x^2 {b:+}x {c:+} = 0 are squared and added. What is the result?",
            ),
            "zh": (
                "设 x1、x2 是方程 {a}x^2 {b:+}x {c:+} = 0 的根，求 x1^2 + x2^2。",
                "方程 {a}x^2 {b:+}x {c:+} = 0 两根的平方和是多少？",
                "{a}x^2 {b:+}x {c:+} = 0 的两个根的平方之和等于多少？",
            ),
        },
        thoughts={
            "en": ("By Vieta the sum of squares is (b/a)^2 - 2c/a.", "Vieta's formulas give it."),
            "zh": ("由韦达定理，平方和为 (b/a)^2 - 2c/a。", "用韦达定理计算。"),
        },
        code="a, b, c = {a}, {b}, {c}\nprint(latex(Rational(b, a)**2 - 2*Rational(c, a)))",
        conclusions={
            "en": ("The sum of squares is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("平方和是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_roots,
        answer=lambda a, b, c: latex(Rational(b * b - 2 * a * c, a * a)),
    ),
]
