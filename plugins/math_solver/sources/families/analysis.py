"""Complex numbers, trigonometry, calculus, distances and chances: answers with roots and pi."""

from __future__ import annotations

import random

from sympy import Expr, Integer, Rational, cos, pi, sin, sqrt

from .family import Family, Params, latex, nonzero


def _sample_trigonometric(rng: random.Random) -> Params:
    p, q = rng.sample(range(15, 180, 15), 2)
    return {"a": rng.randint(2, 19), "p": p, "b": nonzero(rng, -19, 19), "q": q}


def _trigonometric(a: int, p: int, b: int, q: int) -> str:
    return latex(a * sin(pi * Rational(p, 180)) + b * cos(pi * Rational(q, 180)))


def _sample_integral(rng: random.Random) -> Params:
    low = rng.randint(-5, 5)
    return {
        "a": nonzero(rng, -9, 9),
        "b": nonzero(rng, -9, 9),
        "c": nonzero(rng, -9, 9),
        "p": low,
        "q": low + rng.randint(1, 6),
    }


def _integral(a: int, b: int, c: int, p: int, q: int) -> str:
    return latex(Rational(a, 3) * (q**3 - p**3) + Rational(b, 2) * (q**2 - p**2) + c * (q - p))


def _sample_derivative(rng: random.Random) -> Params:
    return {"a": nonzero(rng, -9, 9), "b": nonzero(rng, 2, 9), "t": nonzero(rng, 2, 30)}


def _derivative(a: int, b: int, t: int) -> str:
    value: Expr = a * sqrt(t) / (2 * t) + 2 * b * t
    return latex(value)


def _sample_points(rng: random.Random) -> Params:
    return {name: nonzero(rng, -30, 30) for name in ("a", "b", "c", "d")}


FAMILIES = [
    Family(
        name="complex_modulus",
        subject="complex numbers",
        questions={
            "en": (
                "Find the modulus of the complex number {a} {b:+}i.",
                "What is |{a} {b:+}i|?",
                "Let z = {a} {b:+}i. Calculate |z|.",
            ),
            "zh": (
                "求复数 {a} {b:+}i 的模。",
                "|{a} {b:+}i| 等于多少？",
                "设 z = {a} {b:+}i，求 |z|。",
            ),
        },
        thoughts={
            "en": ("Abs gives the exact modulus.", "I use the exact modulus from SymPy."),
            "zh": ("Abs 给出精确的模。", "用 SymPy 求精确的模。"),
        },
        code="print(latex(Abs({a} {b:+}*I)))",
        conclusions={
            "en": ("The modulus is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("模是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=lambda rng: {"a": nonzero(rng, -60, 60), "b": nonzero(rng, -60, 60)},
        answer=lambda a, b: latex(sqrt(a * a + b * b)),
        known=({"a": 3, "b": -4},),
    ),
    Family(
        name="trigonometric_value",
        subject="trigonometry",
        questions={
            "en": (
                "Find the exact value of {a} sin {p}° {b:+} cos {q}°.",
                "What is {a} sin {p}° {b:+} cos {q}° exactly?",
                "Calculate {a} sin {p}° {b:+} cos {q}° without decimals.",
            ),
            "zh": (
                "求 {a} sin {p}° {b:+} cos {q}° 的精确值。",
                "{a} sin {p}° {b:+} cos {q}° 等于多少？",
                "不用小数计算 {a} sin {p}° {b:+} cos {q}°。",
            ),
        },
        thoughts={
            "en": ("rad turns degrees into exact multiples of pi.", "SymPy knows these angles exactly."),
            "zh": ("rad 把角度化为 pi 的精确倍数。", "SymPy 知道这些角的精确值。"),
        },
        code="print(latex({a}*sin(rad({p})) {b:+}*cos(rad({q}))))",
        conclusions={
            "en": ("The exact value is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("精确值是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_trigonometric,
        answer=_trigonometric,
        kind="expression",
    ),
    Family(
        name="definite_integral",
        subject="calculus",
        questions={
            "en": (
                "Integrate {a}x^2 {b:+}x {c:+} from {p} to {q}.",
                "What is the integral of {a}x^2 {b:+}x {c:+} over [{p}, {q}]?",
                "Evaluate the definite integral of f(x) = {a}x^2 {b:+}x {c:+} between {p} and {q}.",
            ),
            "zh": (
                "求 {a}x^2 {b:+}x {c:+} 从 {p} 到 {q} 的定积分。",
                "函数 {a}x^2 {b:+}x {c:+} 在区间 [{p}, {q}] 上的积分是多少？",
                "计算 f(x) = {a}x^2 {b:+}x {c:+} 在 {p} 与 {q} 之间的定积分。",
            ),
        },
        thoughts={
            "en": ("SymPy integrates exactly.", "I compute the definite integral with integrate."),
            "zh": ("用 SymPy 精确积分。", "用 integrate 计算定积分。"),
        },
        code="x = symbols('x')\nprint(latex(integrate({a}*x**2 {b:+}*x {c:+}, (x, {p}, {q}))))",
        conclusions={
            "en": ("The integral is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("积分值是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_integral,
        answer=_integral,
    ),
    Family(
        name="derivative_value",
        subject="calculus",
        questions={
            "en": (
                "Let f(x) = {a}sqrt(x) {b:+}x^2. Find the exact value of f'({t}).",
                "What is the slope of y = {a}sqrt(x) {b:+}x^2 at x = {t}?",
                "Differentiate {a}sqrt(x) {b:+}x^2 and evaluate it at x = {t}.",
            ),
            "zh": (
                "设 f(x) = {a}sqrt(x) {b:+}x^2，求 f'({t}) 的精确值。",
                "曲线 y = {a}sqrt(x) {b:+}x^2 在 x = {t} 处的斜率是多少？",
                "求 {a}sqrt(x) {b:+}x^2 在 x = {t} 处的导数。",
            ),
        },
        thoughts={
            "en": ("I differentiate and substitute.", "diff and subs give the exact slope."),
            "zh": ("先求导再代入。", "用 diff 和 subs 求精确值。"),
        },
        code="x = symbols('x')\nprint(latex(diff({a}*sqrt(x) {b:+}*x**2, x).subs(x, {t})))",
        conclusions={
            "en": ("The derivative is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("导数值是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_derivative,
        answer=_derivative,
        kind="expression",
    ),
    Family(
        name="point_distance",
        subject="geometry",
        questions={
            "en": (
                "Find the distance between the points ({a}, {b}) and ({c}, {d}).",
                "How far is ({a}, {b}) from ({c}, {d})?",
                "A segment joins ({a}, {b}) and ({c}, {d}). What is its exact length?",
            ),
            "zh": (
                "求点 ({a}, {b}) 与点 ({c}, {d}) 之间的距离。",
                "({a}, {b}) 到 ({c}, {d}) 的距离是多少？",
                "线段的端点是 ({a}, {b}) 和 ({c}, {d})，求它的精确长度。",
            ),
        },
        thoughts={
            "en": ("Point.distance stays exact.", "SymPy keeps the root."),
            "zh": ("Point.distance 保持精确。", "SymPy 保留根号。"),
        },
        code="print(latex(Point({a}, {b}).distance(Point({c}, {d}))))",
        conclusions={
            "en": ("The distance is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("距离是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_points,
        answer=lambda a, b, c, d: latex(sqrt((a - c) ** 2 + (b - d) ** 2)),
    ),
    Family(
        name="drawing_balls",
        subject="probability",
        questions={
            "en": (
                "A bag holds {r} red and {b} blue balls. Two are drawn without replacement. "
                "What is the probability that both are red?",
                "Of {r} red and {b} blue cards two are taken at random. Find the probability that both are red.",
                "Two balls are drawn at once from {r} red and {b} blue ones. How likely are two red ones?",
            ),
            "zh": (
                "袋中有{r}个红球和{b}个蓝球，不放回地取两个，都是红球的概率是多少？",
                "从{r}张红卡和{b}张蓝卡中任取两张，求两张都是红卡的概率。",
                "盒里有红球{r}个、蓝球{b}个，一次摸出两个，全是红球的概率是几？",
            ),
        },
        thoughts={
            "en": ("I divide the red pairs by all pairs.", "Binomials count the pairs."),
            "zh": ("用红球对数除以全部对数。", "用组合数计算。"),
        },
        code="print(latex(binomial({r}, 2) / binomial({r} + {b}, 2)))",
        conclusions={
            "en": ("The probability is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("概率是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=lambda rng: {"r": rng.randint(2, 90), "b": rng.randint(2, 90)},
        answer=lambda r, b: latex(Integer(r) * (r - 1) / ((r + b) * Integer(r + b - 1))),
    ),
]
