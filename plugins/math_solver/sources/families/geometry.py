"""Lengths, areas and volumes, and right triangles."""

from __future__ import annotations

import random
from collections.abc import Mapping

from sympy import Expr, Integer, Rational, cos, pi, sin, sqrt, tan

from .family import Family, Lang, Params, latex
from .steps import DOUBLE, HALF, MORE, SQUARE
from .wording import again, concluding, family, noun, numeric, upto, value_of, way

UNIT = ("cm", "m", "km")


def _sample_sides(rng: random.Random) -> Params:
    return {"a": upto(rng, 2, 20, 300), "b": upto(rng, 2, 20, 300)}


def _sample_box(rng: random.Random) -> Params:
    return {name: upto(rng, 2, 12, 90) for name in "abc"}


def _sample_radius(rng: random.Random) -> Params:
    return {"r": upto(rng, 2, 30, 999, 9999)}


def _sample_legs(rng: random.Random) -> Params:
    """Whole hypotenuses come up as often as others."""
    if rng.random() < 0.5:
        p, q = sorted(rng.sample(range(1, 9), 2))
        size = rng.randint(1, 12)
        return {"a": size * (q * q - p * p), "b": size * 2 * p * q}
    return _sample_sides(rng)


def _sample_leg(rng: random.Random) -> Params:
    a, b = upto(rng, 2, 20, 90), upto(rng, 2, 20, 90)
    return {"c": a + b, "a": a}


ANGLES = (  # of a triangle, in degrees, and what it is called
    (60, "ABC is an equilateral triangle", "△ABC是等边三角形"),
    (45, "ABC is an isosceles triangle with a right angle at C", "△ABC是以C为直角的等腰直角三角形"),
    (30, "ABC has a right angle at C and angle B is 60 degrees", "△ABC中C为直角，B为60度"),
    (120, "ABC is isosceles with the angles B and C of 30 degrees each", "△ABC中B、C两角都是30度"),
)
SHIFTS = (Rational(1, 4), Rational(1, 3), Rational(1, 6), Rational(1, 12), Rational(1, 2), Rational(3, 4))
FUNCTIONS = (sin, cos, tan)


def _sample_special(rng: random.Random) -> Params:
    while True:
        params = {
            "m": rng.choice((1, 1, upto(rng, 2, 9, 99))),
            "w": rng.randrange(len(ANGLES)),
            "f": rng.randrange(len(FUNCTIONS)),
            "s": rng.randrange(2 * len(SHIFTS)),
        }
        degrees = ANGLES[params["w"]][0] + 180 * _shift(params["s"])
        if FUNCTIONS[params["f"]] is not tan or degrees % 180 != 90:
            return params


def _shift(s: int) -> Rational:
    """What is added to the angle, in parts of a half turn."""
    return SHIFTS[s // 2] * (-1) ** s


def _special(m: int, w: int, f: int, s: int) -> Expr:
    # The value of an angle shifted, as SymPy knows it; tangents have their roots taken out of the denominator.
    value: Expr = (m * FUNCTIONS[f](pi * (Rational(ANGLES[w][0], 180) + _shift(s)))).radsimp()
    return value


def _special_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    degrees, en, zh = ANGLES[params["w"]]
    shift = SHIFTS[params["s"] // 2]
    over = "π" if shift.p == 1 else f"{shift.p}π"
    times = "" if params["m"] == 1 else str(params["m"])
    sign = "-" if params["s"] % 2 else "+"
    name = FUNCTIONS[params["f"]].__name__
    return {
        "triangle": en if lang == "en" else zh,
        "value": f"{times}{name}(A{sign}{over}/{shift.q})",
        "tex": f"${times}\\{name}(A{sign}\\frac{{{over.replace('π', chr(92) + 'pi')}}}{{{shift.q}}})$",
        "degrees": str(degrees),
        "of": f"{times and times + '*'}{name}(A {sign} {'' if shift.p == 1 else f'{shift.p}*'}pi/{shift.q})",
    }


FAMILIES: list[Family] = [
    numeric(
        "rectangle_area",
        "geometry",
        noun(
            ("the area of a rectangle {a} cm long and {b} cm wide", "the area of a rectangle with sides {a} and {b}"),
            ("长{a}厘米、宽{b}厘米的长方形的面积", "长为{a}、宽为{b}的矩形面积"),
        ),
        way(
            "print({a} * {b})",
            ("Length times width.", "The area is the product of the sides."),
            ("长乘以宽。", "面积等于两边之积。"),
        ),
        conclusions=concluding("The area", "面积"),
        sample=_sample_sides,
        value=lambda a, b: Integer(a) * b,
        of="{a} * {b}",
        steps=(HALF, MORE),
    ),
    numeric(
        "rectangle_perimeter",
        "geometry",
        noun(
            (
                "the perimeter of a rectangle {a} m long and {b} m wide",
                "the perimeter of a rectangle with sides {a} and {b}",
            ),
            ("长{a}米、宽{b}米的长方形的周长", "长为{a}、宽为{b}的矩形周长"),
        ),
        way(
            "print(2 * ({a} + {b}))",
            ("Twice the sum of the sides.", "All four sides are added."),
            ("长加宽的两倍。", "四条边相加。"),
        ),
        conclusions=concluding("The perimeter", "周长"),
        sample=_sample_sides,
        value=lambda a, b: Integer(a) + a + b + b,
        of="2 * ({a} + {b})",
        steps=(HALF, MORE),
    ),
    numeric(
        "triangle_area",
        "geometry",
        noun(
            ("the area of a triangle with base {a} and height {b}", "the area of a triangle of base {a}, height {b}"),
            ("底为{a}、高为{b}的三角形的面积", "底{a}厘米、高{b}厘米的三角形面积"),
        ),
        way(
            "print(latex(Rational({a} * {b}, 2)))",
            ("Half of base times height.", "The area is half a rectangle."),
            ("底乘高除以二。", "三角形面积是底乘高的一半。"),
        ),
        conclusions=concluding("The area", "面积"),
        sample=_sample_sides,
        value=lambda a, b: Integer(a) * b / 2,
        of="Rational({a} * {b}, 2)",
        steps=(DOUBLE, MORE),
    ),
    numeric(
        "box_volume",
        "geometry",
        noun(
            (
                "the volume of a box {a} cm long, {b} cm wide and {c} cm high",
                "the volume of a cuboid with edges {a}, {b} and {c}",
            ),
            ("长{a}厘米、宽{b}厘米、高{c}厘米的长方体的体积", "长、宽、高分别为{a}、{b}、{c}的长方体体积"),
        ),
        way(
            "print({a} * {b} * {c})",
            ("Length times width times height.", "The product of the edges."),
            ("长乘宽乘高。", "三条棱相乘。"),
        ),
        conclusions=concluding("The volume", "体积"),
        sample=_sample_box,
        value=lambda a, b, c: Integer(a) * b * c,
        of="{a} * {b} * {c}",
        steps=(HALF, MORE),
    ),
    numeric(
        "box_surface",
        "geometry",
        noun(
            (
                "the surface area of a box {a} cm long, {b} cm wide and {c} cm high",
                "the surface area of a cuboid with edges {a}, {b} and {c}",
            ),
            ("长{a}厘米、宽{b}厘米、高{c}厘米的长方体的表面积", "棱长为{a}、{b}、{c}的长方体的表面积"),
        ),
        way(
            "a, b, c = {a}, {b}, {c}\nprint(2 * (a * b + b * c + c * a))",
            ("Six faces, two of each kind.", "Each pair of edges makes two faces."),
            ("六个面，两两相同。", "每两条棱围成两个面。"),
        ),
        conclusions=concluding("The surface area", "表面积"),
        sample=_sample_box,
        value=lambda a, b, c: Integer(a + b + c) ** 2 - a * a - b * b - c * c,
        of="2 * ({a} * {b} + {b} * {c} + {c} * {a})",
        steps=(HALF, MORE),
    ),
    numeric(
        "circle_area",
        "geometry",
        noun(
            ("the area of a circle with radius {r}", "the area of a circle of radius {r} cm, in terms of π"),
            ("半径为{r}的圆的面积", "半径{r}厘米的圆的面积(保留π)"),
        ),
        way(
            "print(latex(pi * {r}**2))",
            ("Pi times the radius squared.", "The area is pi r squared."),
            ("圆周率乘半径的平方。", "面积等于 pi 乘 r 的平方。"),
        ),
        conclusions=concluding("The area", "面积"),
        sample=_sample_radius,
        value=lambda r: pi * r * r,
        of="pi * {r}**2",
        steps=(HALF, DOUBLE),
        kind="expression",
    ),
    numeric(
        "circumference",
        "geometry",
        noun(
            (
                "the circumference of a circle with radius {r}",
                "the circumference of a circle of radius {r} m, in terms of π",
            ),
            ("半径为{r}的圆的周长", "半径{r}米的圆的周长(保留π)"),
        ),
        way(
            "print(latex(2 * pi * {r}))",
            ("Twice pi times the radius.", "The circumference is 2 pi r."),
            ("周长等于 2 乘 pi 乘半径。", "圆周长是 2 pi r。"),
        ),
        conclusions=concluding("The circumference", "周长"),
        sample=_sample_radius,
        value=lambda r: pi * (r + r),
        of="2 * pi * {r}",
        steps=(HALF, DOUBLE),
        kind="expression",
    ),
    numeric(
        "cylinder_volume",
        "geometry",
        noun(
            ("the volume of a cylinder with radius {r} and height {h}", "the volume of a cylinder (r = {r}, h = {h})"),
            ("底面半径为{r}、高为{h}的圆柱的体积", "底面半径{r}厘米、高{h}厘米的圆柱体积(保留π)"),
        ),
        way(
            "print(latex(pi * {r}**2 * {h}))",
            ("The base times the height.", "The volume is pi r squared h."),
            ("底面积乘高。", "体积等于底面积乘以高。"),
        ),
        conclusions=concluding("The volume", "体积"),
        sample=lambda rng: {"r": upto(rng, 2, 20, 90), "h": upto(rng, 2, 30, 200)},
        value=lambda r, h: pi * h * r * r,
        of="pi * {r}**2 * {h}",
        steps=(HALF, DOUBLE),
        kind="expression",
    ),
    numeric(
        "hypotenuse",
        "geometry",
        noun(
            (
                "the hypotenuse of a right triangle with legs {a} and {b}",
                "the longest side of a right triangle whose legs are {a} and {b}",
            ),
            ("直角边为{a}和{b}的直角三角形的斜边", "两条直角边长为{a}、{b}的直角三角形的斜边长"),
        ),
        way(
            "print(latex(sqrt({a}**2 + {b}**2)))",
            ("The theorem of Pythagoras.", "The squares of the legs add up."),
            ("用勾股定理。", "斜边的平方等于两直角边的平方和。"),
        ),
        conclusions=concluding("The hypotenuse", "斜边"),
        sample=_sample_legs,
        value=lambda a, b: sqrt(Integer(a * a + b * b)),
        of="sqrt({a}**2 + {b}**2)",
        steps=(DOUBLE, SQUARE),
        kind="expression",
    ),
    numeric(
        "leg",
        "geometry",
        noun(
            (
                "the other leg of a right triangle with hypotenuse {c} and one leg {a}",
                "the missing leg, where the hypotenuse is {c} and a leg {a}",
            ),
            ("斜边为{c}、一条直角边为{a}的直角三角形的另一条直角边", "斜边长{c}、直角边长{a}时另一直角边的长"),
        ),
        way(
            "print(latex(sqrt({c}**2 - {a}**2)))",
            ("Pythagoras, solved for a leg.", "The difference of the squares."),
            ("用勾股定理求直角边。", "斜边平方减去直角边平方。"),
        ),
        conclusions=concluding("The leg", "直角边"),
        sample=_sample_leg,
        value=lambda c, a: sqrt(Integer((c - a) * (c + a))),
        of="sqrt({c}**2 - {a}**2)",
        steps=(DOUBLE, SQUARE),
        kind="expression",
    ),
    family(
        "special_triangle",
        "trigonometry",
        value_of(
            ("{value}", "{tex}"),
            ("{value}", "{tex}"),
            asks={
                "en": (
                    "{triangle}. Find {}.",
                    "Given that {triangle}, what is {}?",
                    "If {triangle}, calculate {}.",
                    "{triangle}. What is the exact value of {}?",
                    "Suppose {triangle}. Compute {} exactly.",
                    "{triangle}, find {}",
                    "When {triangle}, how much is {}?",
                    "Let it be known that {triangle}; give {}.",
                ),
                "zh": (
                    "已知{triangle}，则{}的值等于多少？",
                    "{triangle}，求{}的值。",
                    "若{triangle}，则{}等于多少",
                    "如果{triangle}，那么{}是多少？",
                    "设{triangle}，计算{}。",
                    "已知{triangle}，求{}",
                    "当{triangle}时，{}为几？",
                    "由{triangle}可知{}取何值？",
                ),
            },
        ),
        way(
            "A = rad({degrees})\nprint(latex(simplify({of})))",
            ("The angle A is {degrees} degrees.", "I know A and put it in exactly."),
            ("角 A 是 {degrees} 度。", "A 已知，精确代入。"),
        ),
        way(
            "A = pi * Rational({degrees}, 180)\nprint(latex(radsimp(expand_trig({of}))))",
            ("The angle in radians, then the sum formula.",),
            ("化为弧度，再用和角公式。",),
        ),
        conclusions=concluding("The value", "值"),
        sample=_sample_special,
        answer=lambda **params: latex(_special(**params)),
        follow_ups=(again("{value} when {triangle}", "{triangle}时的{value}", _sample_special),),
        kind="expression",
        never=({"m": 1, "w": 0, "f": 2, "s": 0},),
        words=_special_words,
    ),
]
