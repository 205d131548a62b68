"""Complex numbers, trigonometry, calculus, distances and chances: answers with roots and pi."""

from __future__ import annotations

import random

from sympy import Expr, Integer, Rational, cos, pi, sin, sqrt

from .family import Family, FollowUp, Params, latex, nonzero
from .steps import DECIMAL, DOUBLE, HALF, MORE, SQUARE, then


def _sample_trigonometric(rng: random.Random) -> Params:
    p, q = rng.sample(range(15, 180, 15), 2)
    return {"a": rng.randint(2, 19), "p": p, "b": nonzero(rng, -19, 19), "q": q}


def _trigonometric(a: int, p: int, b: int, q: int) -> Expr:
    value: Expr = a * sin(pi * Rational(p, 180)) + b * cos(pi * Rational(q, 180))
    return value


def _sample_integral(rng: random.Random) -> Params:
    low = rng.randint(-5, 5)
    return {
        "a": nonzero(rng, -9, 9),
        "b": nonzero(rng, -9, 9),
        "c": nonzero(rng, -9, 9),
        "p": low,
        "q": low + rng.randint(1, 6),
    }


def _sample_interval(rng: random.Random, params: Params) -> Params:
    low = rng.randint(-5, 5)
    return {"p": low, "q": low + rng.randint(1, 6)}


def _integral(a: int, b: int, c: int, p: int, q: int) -> Expr:
    value: Expr = Rational(a, 3) * (q**3 - p**3) + Rational(b, 2) * (q**2 - p**2) + c * (q - p)
    return value


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
        follow_ups=(
            FollowUp(
                name="other_number",
                questions={
                    "en": (
                        "And of {a} {b:+}i?",
                        "What about {a} {b:+}i?",
                        "Now the same for {a} {b:+}i.",
                        "And for {a} {b:+}i, then?",
                        "How is it with {a} {b:+}i?",
                    ),
                    "zh": (
                        "那 {a} {b:+}i 呢？",
                        "{a} {b:+}i 的呢？",
                        "换成 {a} {b:+}i 呢？",
                        "{a} {b:+}i 又是多少？",
                        "对 {a} {b:+}i 再求一次。",
                    ),
                },
                sample=lambda rng, p: {"a": nonzero(rng, -60, 60), "b": nonzero(rng, -60, 60)},
            ),
            *then("Abs({a} {b:+}*I)", lambda a, b: sqrt(a * a + b * b), SQUARE, DOUBLE),
        ),
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
        answer=lambda **p: latex(_trigonometric(**p)),
        kind="expression",
        follow_ups=(*then("{a}*sin(rad({p})) {b:+}*cos(rad({q}))", _trigonometric, DOUBLE, MORE),),
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
        answer=lambda **p: latex(_integral(**p)),
        follow_ups=(
            FollowUp(
                name="other_interval",
                questions={
                    "en": (
                        "And from {p} to {q}?",
                        "What about the interval [{p}, {q}]?",
                        "Now between {p} and {q}.",
                        "And over [{p}, {q}]?",
                        "How is it with the limits {p} and {q}?",
                    ),
                    "zh": (
                        "那从 {p} 到 {q} 呢？",
                        "区间换成 [{p}, {q}] 呢？",
                        "改为 {p} 到 {q}。",
                        "在 {p} 与 {q} 之间呢？",
                        "上下限是 {q} 和 {p} 的话？",
                    ),
                },
                sample=_sample_interval,
            ),
            FollowUp(
                name="mean",
                questions={
                    "en": (
                        "And the mean value of the function there?",
                        "What is the average of the function on this interval?",
                        "Now its mean over the same interval.",
                        "And how high is it there on average?",
                        "What is the average height over this range?",
                    ),
                    "zh": (
                        "那函数在这里的平均值呢？",
                        "函数在这个区间上的平均值是多少？",
                        "再求同一区间上的平均值。",
                        "平均下来函数值是几？",
                        "这一段的平均高度是多少？",
                    ),
                },
                code="x = symbols('x')\n"
                "print(latex(integrate({a}*x**2 {b:+}*x {c:+}, (x, {p}, {q})) / ({q} - ({p}))))",
                thoughts={
                    "en": (
                        "The mean is the integral over the length of the interval.",
                        "I divide the integral by the length.",
                    ),
                    "zh": (
                        "平均值等于积分除以区间长度。",
                        "用积分除以区间的长度。",
                    ),
                },
                conclusions={
                    "en": (
                        "The mean value is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "平均值是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, p, q: latex(_integral(a, b, c, p, q) / (q - p)),
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_place",
                questions={
                    "en": (
                        "And at x = {t}?",
                        "What about x = {t}?",
                        "Now the same at {t}.",
                        "And for x = {t}, then?",
                        "How is it where x equals {t}?",
                    ),
                    "zh": (
                        "那 x = {t} 呢？",
                        "在 x = {t} 处呢？",
                        "换成 x = {t}。",
                        "x 等于 {t} 时又是多少？",
                        "再求 x = {t} 的情形。",
                    ),
                },
                sample=lambda rng, p: {"t": nonzero(rng, 2, 30)},
            ),
            FollowUp(
                name="value",
                questions={
                    "en": (
                        "And the value of the function there?",
                        "What is the function itself at this place?",
                        "Now its value, not its slope.",
                        "And how high is the curve there?",
                        "Without differentiating, what do you get there?",
                    ),
                    "zh": (
                        "那函数在那里的值呢？",
                        "函数本身在该处的值是多少？",
                        "求函数值而不是导数。",
                        "曲线在那里有多高？",
                        "不求导的话，那里等于几？",
                    ),
                },
                code="x = symbols('x')\nprint(latex(({a}*sqrt(x) {b:+}*x**2).subs(x, {t})))",
                thoughts={
                    "en": (
                        "I substitute without differentiating.",
                        "subs gives the value itself.",
                    ),
                    "zh": (
                        "不求导，直接代入。",
                        "用 subs 求函数值。",
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
                answer=lambda a, b, t: latex(a * sqrt(t) + b * t * t),
                kind="expression",
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="midpoint",
                questions={
                    "en": (
                        "And the midpoint of the two?",
                        "Where is the point half way between them?",
                        "Now their midpoint.",
                        "And the middle of the segment?",
                        "Which point lies exactly between both?",
                    ),
                    "zh": (
                        "那它们的中点呢？",
                        "两点的中点坐标是什么？",
                        "求这两点的中点。",
                        "线段的正中间在哪里？",
                        "恰好在两者中间的是哪一点？",
                    ),
                },
                code="m = Point({a}, {b}).midpoint(Point({c}, {d}))\nprint(f'({{latex(m.x)}}, {{latex(m.y)}})')",
                thoughts={
                    "en": (
                        "Point.midpoint lies half way.",
                        "I take the mean of the coordinates.",
                    ),
                    "zh": (
                        "用 midpoint 求中点。",
                        "取坐标的平均值。",
                    ),
                },
                conclusions={
                    "en": (
                        "The midpoint is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "中点是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, d: latex((Rational(a + c, 2), Rational(b + d, 2))),
                kind="tuple",
            ),
            *then(
                "Point({a}, {b}).distance(Point({c}, {d}))",
                lambda a, b, c, d: sqrt((a - c) ** 2 + (b - d) ** 2),
                SQUARE,
                HALF,
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_colour",
                questions={
                    "en": (
                        "And that both are blue?",
                        "What is it for two blue ones?",
                        "Now the same for blue.",
                        "And for the other colour?",
                        "How likely are two of the other colour?",
                    ),
                    "zh": (
                        "那两个都是蓝的呢？",
                        "都是蓝色的概率是多少？",
                        "换成蓝色呢？",
                        "另一种颜色呢？",
                        "两个都是另一种颜色的概率呢？",
                    ),
                },
                code="print(latex(binomial({b}, 2) / binomial({r} + {b}, 2)))",
                thoughts={
                    "en": (
                        "The same with the pairs of blue ones.",
                        "Blue pairs over all pairs.",
                    ),
                    "zh": (
                        "换成蓝色的对数。",
                        "用蓝色对数除以全部对数。",
                    ),
                },
                conclusions={
                    "en": (
                        "The probability is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "概率是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda r, b: latex(Integer(b) * (b - 1) / ((r + b) * Integer(r + b - 1))),
            ),
            FollowUp(
                name="otherwise",
                questions={
                    "en": (
                        "And that this does not happen?",
                        "What is the probability of the opposite?",
                        "Now the chance that it is not so.",
                        "And that it fails?",
                        "How likely is anything else?",
                    ),
                    "zh": (
                        "那不发生的概率呢？",
                        "相反的情况概率是多少？",
                        "不是这样的概率呢？",
                        "其他情况的概率是几？",
                        "没有发生的可能性有多大？",
                    ),
                },
                code="print(latex(1 - binomial({r}, 2) / binomial({r} + {b}, 2)))",
                thoughts={
                    "en": (
                        "One minus the probability.",
                        "The complement.",
                    ),
                    "zh": (
                        "用 1 减去该概率。",
                        "求对立事件的概率。",
                    ),
                },
                conclusions={
                    "en": (
                        "The probability is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "概率是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda r, b: latex(1 - Integer(r) * (r - 1) / ((r + b) * Integer(r + b - 1))),
            ),
            *then(
                "binomial({r}, 2) / binomial({r} + {b}, 2)",
                lambda r, b: Integer(r) * (r - 1) / ((r + b) * Integer(r + b - 1)),
                DECIMAL,
            ),
        ),
    ),
]
