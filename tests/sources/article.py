"""The problems of the article that the project started from, with their exact answers.

They are a test: no family ever asks one of them. ``family`` and ``params`` say which family is of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    question: str
    answer: str
    family: str
    params: Mapping[str, int]


ARTICLE = (
    Asked(
        "小明有98元，他要买一本书和一支笔，已知书的价格是25元，笔的价格比书的价格多15元，请问小明还剩余多少元钱?",
        "33",
        "money_left",
        {"m": 98, "p": 25, "d": 15},
    ),
    Asked("抛物线y=x^2﹣4x+3的顶点坐标为多少?", "(2, -1)", "monic_vertex", {"b": -4, "c": 3}),
    Asked("计算123456789与987654321的乘积", "121932631112635269", "integer_product", {"a": 123456789, "b": 987654321}),
    Asked("若(ax-b)(3x+4)=bx^2+cx+72,则a+b+c的值为多少?", "6", "matching_coefficients", {"p": 3, "q": 4, "r": 72}),
    Asked("123456789 + 987654321 = ?", "1111111110", "integer_sum", {"a": 123456789, "b": 987654321}),
    Asked(
        "已知ΔABC为正三角形,则tan(A+π/4)的值等于多少?",
        r"-2 - \sqrt{3}",
        "special_triangle",
        {"m": 1, "w": 0, "f": 2, "s": 0},
    ),
    Asked(
        "各项均为正数的等比数列{a_{n}}的前n项和为S_{n},已知S_{3}=10, S_{6}=30,则S_{12}等于多少?",
        "150",
        "geometric_blocks",
        {"n": 3, "s": 10, "t": 30},
    ),
    Asked("复数 3+4i 的模是多少?", "5", "complex_absolute", {"a": 3, "b": 4}),
    Asked("(1+2x)^6 的展开式中 x^3 项的系数为多少?", "160", "ascending_binomial", {"a": 1, "b": 2, "n": 6, "k": 3}),
    Asked(
        "学校图书馆有故事书、科技书和连环画共1200本,其中故事书占60%,科技书和连环画的数量比是2:3,图书馆有多少本连环画?",
        "288",
        "percent_then_ratio",
        {"n": 1200, "r": 60, "a": 2, "b": 3},
    ),
    Asked(
        "某天,小明去菜市场买了5个苹果和3个梨,花了20元。第二天,他又去同一个菜市场买了3个苹果和4个梨,花了15元。"
        "问:小明每个苹果和每个梨的价格是多少元?",
        r"(\frac{35}{11}, \frac{15}{11})",
        "two_prices",
        {"a": 5, "b": 3, "s": 20, "c": 3, "d": 4, "t": 15},
    ),
    Asked(
        "Suppose you have a system of linear equations: 2x + 3y + z = 7 x + 2y + 4z = 12 3x + y + 2z = 8 Using matrix "
        "methods, find the values of x, y, and z that satisfy the system of equations.",
        r"(\frac{4}{5}, \frac{26}{25}, \frac{57}{25})",
        "system_in_line",
        {"a0": 2, "b0": 3, "c0": 1, "d0": 7, "a1": 1, "b1": 2, "c1": 4, "d1": 12, "a2": 3, "b2": 1, "c2": 2, "d2": 8},
    ),
)
