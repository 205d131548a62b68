from __future__ import annotations

import pytest

from math_solver.dataset.evidence import judge_conclusion

from ..bounded import Bounded

# conclusion, observation, whether the support is inexact
SUPPORTED = [
    ("总金额是 \\boxed{7.5} 元。", "总金额为: 7.5", False),
    ("Clara 的年龄是 \\(\\boxed{61}\\) 岁。", "Clara 在 5 年后的年龄是: 61.0", False),
    ("乙仓 \\boxed{14} 吨，甲仓 \\boxed{51} 吨。", "乙仓是: 14 吨\n甲仓是: 51 吨", False),
    ("\\boxed{14} 和 \\boxed{51}", "乙仓: 14 吨, 甲仓: 51 吨", False),
    ("\\boxed{\\frac{1}{3}}", "0.3333333333333333", False),  # a float of the exact value
    ("\\boxed{-\\frac{192}{73}}", "[-192/73, 0]", False),
    ("\\boxed{5\\frac{1}{2}}", "11/2", False),
    ("\\boxed{40}", "花园的面积是: 40.00000000000001", False),  # float noise
    ("约为 \\boxed{65.97} 平方米", "面积是: 65.97344572538566", True),
    ("\\boxed{0.67}", "0.6666666666666666", True),
    ("大约是 \\boxed{10118}", "area: 10117.5", True),  # a whole number only where the text says it is rounded
    ("\\boxed{0.7719796553163858}", "0.7719796553163858", True),  # a float copied as it was
    ("\\boxed{68.27\\%}", "概率是: 0.6827", False),
    ("\\boxed{37.5\\%}", "合格率: 37.5%", False),
    ("\\boxed{1,450}", "total: $1450", False),
    ("\\boxed{1450}", "total: 1,450 dollars", False),
    ("\\boxed{560 \\text{ 千米}}", "距离: 560.0 千米", False),
    ("\\boxed{12.52\\text{ m/s}}", "速度是: 12.521980673998822 m/s", True),
    ("\\boxed{471.24}", "面积是: 471.23889803846896 cm^2", True),
    ("\\boxed{x = 3}", "x = 3", False),
    ("\\boxed{1} 和 \\boxed{2}", "方程组的解是 x = 1 y = 2", False),
    ("\\boxed{4}", "最大值是: 4 和最小值是: 0", False),
    ("\\boxed{21}", "函数的最大值是 21 在 x = 5", False),
    ("\\boxed{420}", "工程系中有 420 名男生", False),  # no label
    ("\\boxed{(2.5, 4.0)}", "线段AB的中点坐标是: (2.5, 4.0)", False),
    ("\\boxed{(2.5, 4)}", "线段AB的中点坐标是: (2.5, 4.0)", False),
    ("\\boxed{\\{-4, -3\\}}", "结果是: {-4, -3}", False),
    ("\\boxed{\\text{直角三角形}}", "类型: 直角三角形", False),
    ("\\boxed{6\\sqrt{5}}", "最简形式: 6*sqrt(5)", False),
    ("\\boxed{96\\pi}", "体积: 96*pi", False),
    ("\\boxed{2 - \\log(4)}", "方程的解是: [(log(4), 2 - log(4))]", False),  # inside a list of tuples
    ("\\boxed{\\frac{\\sqrt{3}}{3}}", "离心率为: 0.5773502691896255", False),  # an exact value of a printed float
    ("\\boxed{x^3 - x^2 + x + C}", "∫(3x^2 - 2x + 1) dx = x**3 - x**2 + x + C", False),
    ("\\boxed{0.375}", "合格率: 37.5%", False),
    ("\\boxed{902\\text{ 万元}}", "利润: 902", False),  # in 万, as the label may say
    ("\\boxed{902\\text{ 万元}}", "利润: 9020000 元", False),
    ("\\boxed{1.5\\text{ 万}}", "人数: 15023", True),
    ("\\boxed{3:4}", "甲与乙的比: 3:4", False),
    ("\\boxed{\\frac{3}{4}}", "3:4", False),
    ("\\boxed{3:30 \\text{ pm}}", "time: 3:30 p.m.", False),
    ("\\boxed{三十五}", "人数: 35", False),
    ("\\boxed{10}", "质量: 10kg", False),
    ("约 \\boxed{10.0}", "9.97", True),  # one decimal place is stated
    ("\\boxed{x = 1 \\text{ 或 } x = 2}", "x1: 1\nx2: 2", False),
    ("\\boxed{v(h) = 27}", "27", False),
    ("\\boxed{2^{10}}", "1024", False),
]


@pytest.mark.parametrize(("conclusion", "observation", "inexact"), SUPPORTED)
def test_supported(conclusion: str, observation: str, inexact: bool) -> None:
    support = judge_conclusion(conclusion, observation)
    assert (support.outcome, support.inexact) == ("supported", inexact), support.reason


@pytest.mark.parametrize(
    ("conclusion", "observation"),
    [
        ("苹果 \\boxed{3} 元，橙子 \\boxed{2} 元。", "苹果的价格是: 2.090909 元\n橙子的价格是: 2.181818 元"),
        ("狮子数量是 \\boxed{100}。", "1年后的狮子数量是: 148"),
        ("年龄是 \\boxed{5} 岁。", "5 年后的年龄是: 61"),  # a number of the label is no value
        ("和是 \\boxed{553458}。", "555458.0"),
        ("多赚了 \\boxed{90}。", "多赚了: -90.0"),
        ("\\boxed{16} and \\boxed{11}", "larger: 16\nsmaller: 9"),  # one of two
        ("\\boxed{\\frac{8}{3}}", "比例是: 8.0"),
        ("\\boxed{0.66}", "0.6666666666666666"),  # cut, not rounded
        ("\\boxed{10}", "10.4"),  # a whole number that nobody calls rounded
        ("\\boxed{95.45\\%}", "概率是: 1.0"),
        ("约 \\boxed{\\frac{9}{5}}", "[1.846, 75.046]"),  # a fraction is no rounding
        ("\\boxed{4}", "直线 y = 4x - 4 与坐标轴围成的面积是: 2.0"),  # a number inside a formula
        ("\\boxed{21/2}", "2.5"),
        ("\\boxed{1e-9}", "0"),  # small is not noise
    ],
)
def test_contradicted(conclusion: str, observation: str) -> None:
    support = judge_conclusion(conclusion, observation)
    assert support.outcome == "contradicts_output" and "printed" in support.reason


@pytest.mark.parametrize(
    ("conclusion", "observation"),
    [
        ("它是 \\boxed{\\text{直角三角形}}。", "成立: True"),
        ("\\boxed{10}", "验证结果: True"),
        ("交点是 \\boxed{(-\\frac{192}{73}, -\\frac{165}{73})}。", "[-192/73, 0]"),  # one coordinate is not printed
        ("\\boxed{2}", "2*x + 3"),  # a number inside a formula is no value
        ("\\boxed{y = 4x - 3}", "当x=10时，y的值是: 37.0"),
        ("\\boxed{x < \\frac{3}{2} \\text{ 或 } x > 3}", "方程的根: [3/2, 3]\n解集为: x < 3 或 x > 3/2"),
        ("\\boxed{(4, 0)}", "函数的根是: (4.0, 2.0)"),
        ("\\boxed{x^2 + \\frac{y^2}{2} = 1}", "a = [sqrt(2)]\nb = [1]"),
        ("\\boxed{(\\sqrt{3}, +\\infty)}", "临界点: [-sqrt(3), sqrt(3)]\n符号: [-5.19, oo]"),
        ("没有答案", "7"),
        ("\\boxed{2x}", "2"),  # no unit
        ("\\boxed{x = 8/5, y = 17/10}", "17/10"),  # one of two
        ("\\boxed{[1, 2)}", "1\n2"),  # the ends of an interval
        ("\\boxed{2^5 \\times 3^2}", "因数: [2, 2, 2, 2, 2, 3, 5]"),  # no printed number is another one
        ("\\boxed{3小时20分}", "3.3333"),
        ("\\boxed{16}", "16*pi"),
    ],
)
def test_unsupported(conclusion: str, observation: str) -> None:
    assert judge_conclusion(conclusion, observation).outcome == "unsupported"


CHOICE = "能被 11 整除的是（ ） A. 2345 B. 9182 C. 7074 D. 4004"


@pytest.mark.parametrize(
    ("box", "observation", "outcome"),
    [
        ("D", "能被整除的是: 4004", "supported"),
        ("\\text{D. } 4004", "能被整除的是: 4004", "supported"),
        ("B", "能被整除的是: 4004", "contradicts_output"),
        ("E", "能被整除的是: 4004", "unsupported"),
        ("D", "答案: D", "supported"),  # the program chose
        ("D", "答案: B", "unsupported"),
    ],
)
def test_a_letter_stands_for_its_option(box: str, observation: str, outcome: str) -> None:
    assert judge_conclusion(f"选 \\boxed{{{box}}}", observation, CHOICE).outcome == outcome


@pytest.mark.parametrize(
    ("box", "observation"),
    [
        ("5", "[" * 2_000 + "1" + "]" * 2_000),
        ("x^2", "x: " + "[1," * 700 + "1" + "]" * 700),
        ("(1," * 900 + "1" + ")" * 900, "[1, 2]"),
        ("y," * 1_900 + "1", "1"),
        ("1" * 3_900, "1" * 8_000),
        ("1e999999999", "1e999999999 1e-99999 9e9999999"),
        ("9^{9^{9}}", "9**9**9**9"),
        ("1/0", "2/0, 1/1/0"),
        ("z", "5" + " " * 8_000 + "m" + " /" * 4_000),
        ("A. " * 1_300, "A. " * 2_000),
        ("\ud800", "\ud800\0"),
        ("x + y", "\n".join(f"a{number}: x**{number}" for number in range(900))),
    ],
    ids=lambda text: text[:9].encode("unicode_escape").decode(),
)
def test_hostile_text_supports_nothing_and_ends(bounded: Bounded, box: str, observation: str) -> None:
    assert bounded(judge_conclusion, f"\\boxed{{{box}}}", observation, observation).outcome != "supported"
