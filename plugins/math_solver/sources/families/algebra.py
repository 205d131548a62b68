"""Polynomials, sequences, linear systems and counting."""

from __future__ import annotations

import random
from typing import Any

from sympy import Integer, Matrix, Rational, binomial, prod

from .family import Family, FollowUp, Params, latex, nonzero


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


def _matching_product(p: int, q: int, r: int) -> str:
    b = Rational(-r, q)
    a = b / p
    return latex(a * b * (a * q - b * p))


def _twelve_terms(s: int, t: int) -> str:
    # S12 = S3 (q^4 - 1) / (q - 1), where q = (S6 - S3) / S3 is the ratio of the blocks.
    q = Rational(t - s, s)
    return latex(s * (q**4 - 1) / (q - 1) if q != 1 else 4 * s)


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
    return latex(tuple(_unknowns(**p)))


def _unknowns(**p: int) -> list[Any]:
    rows = Matrix([[p[f"{column}{i}"] for column in "abc"] for i in range(3)])
    return list(rows.LUsolve(Matrix([p[f"d{i}"] for i in range(3)])))


def _unless(value: int, taken: int) -> int:
    """Another exponent than the one that was asked for; 0 is the one of the constant term."""
    return value if value != taken else value - 1


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
        follow_ups=(
            FollowUp(
                name="value",
                questions={
                    "en": (
                        "And what is y at x = {t}?",
                        "What value does it take at x = {t}?",
                        "How high is it at x = {t}?",
                        "And where is the curve when x is {t}?",
                        "Find its value for x = {t} as well.",
                    ),
                    "zh": (
                        "那 x = {t} 时 y 是多少？",
                        "它在 x = {t} 处的值是多少？",
                        "x = {t} 时函数值等于几？",
                        "当 x 取 {t} 时呢？",
                        "再求 x = {t} 时的值。",
                    ),
                },
                sample=lambda rng, p: {"t": nonzero(rng, -20, 20)},
                code="x = symbols('x')\nprint(({a}*x**2 {b:+}*x {c:+}).subs(x, {t}))",
                thoughts={
                    "en": (
                        "I put the value in for x.",
                        "subs gives the value there.",
                    ),
                    "zh": (
                        "把 x 的值代入。",
                        "用 subs 代入。",
                    ),
                },
                conclusions={
                    "en": (
                        "The value is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "函数值是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, t: latex(Integer(a) * t * t + b * t + c),
            ),
            FollowUp(
                name="other_constant",
                questions={
                    "en": (
                        "And with {c:+} at the end instead?",
                        "What if the constant term is {c}?",
                        "Now the same with the constant {c}.",
                        "And when it ends in {c:+}?",
                        "Where is it if only the last term becomes {c}?",
                    ),
                    "zh": (
                        "那如果常数项是 {c} 呢？",
                        "把常数项换成 {c} 呢？",
                        "最后一项改为 {c:+}，结果如何？",
                        "只把常数改成 {c} 的话？",
                        "要是末项变成 {c:+} 呢？",
                    ),
                },
                sample=lambda rng, p: {"c": nonzero(rng, -90, 90)},
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="product",
                questions={
                    "en": (
                        "And what is abc?",
                        "What is the product of the three?",
                        "Now multiply a, b and c instead.",
                        "And a times b times c?",
                        "How much is their product?",
                    ),
                    "zh": (
                        "那 abc 呢？",
                        "三者的乘积是多少？",
                        "改为求 a、b、c 的积。",
                        "a 乘 b 乘 c 等于几？",
                        "它们相乘是多少？",
                    ),
                },
                code="x, a, b, c = symbols('x a b c')\n"
                "e = expand((a*x - b)*({p}*x + {q}) - (b*x**2 + c*x {r:+}))\n"
                "s = solve(Poly(e, x).coeffs(), [a, b, c])\n"
                "print(latex(s[a] * s[b] * s[c]))",
                thoughts={
                    "en": (
                        "The same coefficients, multiplied.",
                        "I solve again and multiply.",
                    ),
                    "zh": (
                        "同样的系数，相乘。",
                        "再解一次，然后相乘。",
                    ),
                },
                conclusions={
                    "en": (
                        "The product abc is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "abc 的值是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=_matching_product,
            ),
            FollowUp(
                name="other_constant",
                questions={
                    "en": (
                        "And with {r:+} at the end instead?",
                        "What if the constant on the right is {r}?",
                        "Now the same with the constant {r}.",
                        "And when it ends in {r:+}?",
                        "How is it if only the last term becomes {r}?",
                    ),
                    "zh": (
                        "那如果常数项是 {r} 呢？",
                        "把右边的常数换成 {r} 呢？",
                        "最后一项改为 {r:+}，结果如何？",
                        "只把常数改成 {r} 的话？",
                        "要是末项变成 {r:+} 呢？",
                    ),
                },
                sample=lambda rng, p: {"r": nonzero(rng, -99, 99)},
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="s12",
                questions={
                    "en": (
                        "And S12?",
                        "What is S12 then?",
                        "What is the sum of the first twelve terms?",
                        "And for twelve terms?",
                        "How much do three terms more make it?",
                    ),
                    "zh": (
                        "那S12呢？",
                        "S12 是多少？",
                        "前十二项的和是多少？",
                        "再加三项，和是多少？",
                        "十二项之和等于几？",
                    ),
                },
                code="r = Rational({t} - {s}, {s})\nprint(latex({s} * (1 + r + r**2 + r**3)))",
                thoughts={
                    "en": (
                        "The next block of three terms joins.",
                        "One more block of the progression.",
                    ),
                    "zh": (
                        "再加上后面三项的和。",
                        "等比数列再多一段。",
                    ),
                },
                conclusions={
                    "en": (
                        "S12 is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "S12 是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=_twelve_terms,
            ),
            FollowUp(
                name="other_six",
                questions={
                    "en": (
                        "And with S6 = {t}?",
                        "What if S6 is {t}?",
                        "Now the same with {t} for six terms.",
                        "And when the first six add up to {t}?",
                        "How is it if S6 becomes {t}?",
                    ),
                    "zh": (
                        "那 S6 = {t} 呢？",
                        "如果 S6 是{t}呢？",
                        "前六项和换成{t}呢？",
                        "要是六项之和为{t}呢？",
                        "只把 S6 改为{t}的话？",
                    ),
                },
                sample=lambda rng, p: {"t": p["s"] + nonzero(rng, -300, 600)},
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_term",
                questions={
                    "en": (
                        "And of x^{k}?",
                        "What about x^{k}?",
                        "Now the one of x^{k}.",
                        "And what stands before x^{k}, then?",
                        "How is it for x^{k}?",
                    ),
                    "zh": (
                        "那 x^{k} 的呢？",
                        "x^{k} 的系数又是多少？",
                        "换成 x^{k} 呢？",
                        "x^{k} 前面是几？",
                        "那 x^{k} 项呢？",
                    ),
                },
                sample=lambda rng, p: {"k": _unless(rng.randint(1, p["n"] - 1), p["k"])},
            ),
            FollowUp(
                name="at_one",
                questions={
                    "en": (
                        "And the sum of all coefficients?",
                        "What do all the coefficients add up to?",
                        "Now add all coefficients of the expansion.",
                        "And all of them together?",
                        "How much are the coefficients in total?",
                    ),
                    "zh": (
                        "所有系数的和是多少？",
                        "那各项系数之和呢？",
                        "把全部系数加起来。",
                        "系数一共是多少？",
                        "求展开式全部系数的总和。",
                    ),
                },
                code="print(({a} {b:+})**{n})",
                thoughts={
                    "en": (
                        "With x = 1 all coefficients add up.",
                        "I put 1 in for x.",
                    ),
                    "zh": (
                        "令 x = 1，得各项系数之和。",
                        "把 1 代入 x。",
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
                answer=lambda a, b, n, k: latex(Integer(a + b) ** n),
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="sum",
                questions={
                    "en": (
                        "And x + y + z?",
                        "What is the sum of the three?",
                        "Now add the three unknowns.",
                        "And all three together?",
                        "How much do x, y and z make in total?",
                    ),
                    "zh": (
                        "那 x + y + z 呢？",
                        "三个未知数的和是多少？",
                        "把 x、y、z 加起来。",
                        "三者一共是多少？",
                        "它们的总和等于几？",
                    ),
                },
                code="x, y, z = symbols('x y z')\n"
                "s = linsolve([{a0}*x {b0:+}*y {c0:+}*z - ({d0}), {a1}*x {b1:+}*y {c1:+}*z - ({d1}), "
                "{a2}*x {b2:+}*y {c2:+}*z - ({d2})], x, y, z)\n"
                "print(sum(*s))",
                thoughts={
                    "en": (
                        "I solve it again and add the three values.",
                        "The sum of the solution.",
                    ),
                    "zh": (
                        "再解一次，把三个值相加。",
                        "求解的和。",
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
                answer=lambda **p: latex(sum(_unknowns(**p))),
            ),
            FollowUp(
                name="product",
                questions={
                    "en": (
                        "And xyz?",
                        "What is the product of the three?",
                        "Now multiply the three unknowns.",
                        "And x times y times z?",
                        "What do you get when you multiply all of them?",
                    ),
                    "zh": (
                        "那 xyz 呢？",
                        "三个未知数的积是多少？",
                        "把 x、y、z 乘起来。",
                        "x 乘 y 乘 z 等于几？",
                        "它们全部相乘得多少？",
                    ),
                },
                code="x, y, z = symbols('x y z')\n"
                "s = linsolve([{a0}*x {b0:+}*y {c0:+}*z - ({d0}), {a1}*x {b1:+}*y {c1:+}*z - ({d1}), "
                "{a2}*x {b2:+}*y {c2:+}*z - ({d2})], x, y, z)\n"
                "print(prod(*s))",
                thoughts={
                    "en": (
                        "I solve it again and multiply the three values.",
                        "The product of the solution.",
                    ),
                    "zh": (
                        "再解一次，把三个值相乘。",
                        "求解的积。",
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
                answer=lambda **p: latex(prod(_unknowns(**p))),
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="sum",
                questions={
                    "en": (
                        "And the sum of the roots?",
                        "What do the two roots add up to?",
                        "Now just the sum of both.",
                        "And the roots added without squaring?",
                        "How much are the two together?",
                    ),
                    "zh": (
                        "那两根之和呢？",
                        "两个根加起来是多少？",
                        "只求两根的和。",
                        "不平方，直接相加呢？",
                        "两根一共是多少？",
                    ),
                },
                code="a, b, c = {a}, {b}, {c}\nprint(latex(-Rational(b, a)))",
                thoughts={
                    "en": (
                        "By Vieta the sum is -b/a.",
                        "Vieta gives the sum.",
                    ),
                    "zh": (
                        "由韦达定理，和为 -b/a。",
                        "用韦达定理求和。",
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
                answer=lambda a, b, c: latex(Rational(-b, a)),
            ),
            FollowUp(
                name="product",
                questions={
                    "en": (
                        "And the product of the roots?",
                        "What do you get when you multiply the two roots?",
                        "Now just the product of both.",
                        "And one root times the other?",
                        "How much is the one times the other?",
                    ),
                    "zh": (
                        "那两根之积呢？",
                        "两个根相乘是多少？",
                        "只求两根的积。",
                        "两根乘起来呢？",
                        "一个根乘另一个等于几？",
                    ),
                },
                code="a, b, c = {a}, {b}, {c}\nprint(latex(Rational(c, a)))",
                thoughts={
                    "en": (
                        "By Vieta the product is c/a.",
                        "Vieta gives the product.",
                    ),
                    "zh": (
                        "由韦达定理，积为 c/a。",
                        "用韦达定理求积。",
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
                answer=lambda a, b, c: latex(Rational(c, a)),
            ),
        ),
    ),
]
