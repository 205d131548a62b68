"""Answers that are phrases: each line of ALIASES names one meaning and the phrases for it. Data only."""

from __future__ import annotations

__all__ = ["ALIASES", "NO", "SET_NAMES", "YES"]

YES = frozenset("yes true correct right y t 是 是的 对 对的 正确 能 可以 会 √ ✓ 真 成立 相等 够 yep".split()) - {
    "相等"
}
NO = frozenset(
    "no false incorrect wrong n f 否 不是 不对 错 错误 不能 不可以 不会 × ✗ 假 不成立 不够 不正确 nope".split()
)

SET_NAMES = {
    "all real numbers": "reals", "all reals": "reals",
    "the set of all real numbers": "reals", "real numbers": "reals",
    "any real number": "reals",
    "every real number": "reals", "set of all real numbers": "reals", "reals": "reals",
    "所有实数": "reals", "全体实数": "reals", "一切实数": "reals",
    "任意实数": "reals", "实数": "reals", "实数集": "reals",
    "all integers": "integers", "所有整数": "integers", "整数": "integers",
    "整数集": "integers", "integers": "integers",
    "all rational numbers": "rationals", "有理数": "rationals", "有理数集": "rationals",
    "empty set": "empty", "空集": "empty", "no solution": "empty", "no solutions": "empty", "无解": "empty",
    "no real solution": "empty", "no real solutions": "empty", "无实数解": "empty", "没有解": "empty",
    "there is no solution": "empty", "there are no solutions": "empty", "方程无解": "empty", "不等式无解": "empty",
    "无实数根": "empty", "没有实数根": "empty", "没有实数解": "empty", "none": "empty",
    "there are no real solutions": "empty", "no such number": "empty",
}  # fmt: skip

ALIASES = """
undefined: undefined | does not exist | dne | 不存在 | doesn't exist | not defined | 无意义 | 没有意义
infinitely many: infinitely many | infinitely many solutions | infinite solutions | infinite | 无数个 | 无穷多个
infinitely many: 无穷多 | 无数 | 无数解 | 有无数个解 | 无穷多解
monday: monday | mon | 星期一 | 周一 | 礼拜一
tuesday: tuesday | tue | tues | 星期二 | 周二 | 礼拜二
wednesday: wednesday | wed | 星期三 | 周三 | 礼拜三
thursday: thursday | thu | thurs | 星期四 | 周四 | 礼拜四
friday: friday | fri | 星期五 | 周五 | 礼拜五
saturday: saturday | sat | 星期六 | 周六 | 礼拜六
sunday: sunday | sun | 星期日 | 星期天 | 周日 | 礼拜天
odd: odd | 奇数 | odd number
even: even | 偶数 | even number
prime: prime | 质数 | 素数 | prime number
composite: composite | 合数 | composite number
positive: positive | 正 | 正数 | positive number
negative: negative | 负 | 负数 | negative number
north: north | 北 | 北方 | 正北
south: south | 南 | 南方 | 正南
east: east | 东 | 东方 | 正东
west: west | 西 | 西方 | 正西
increasing: increasing | 增 | 递增 | 单调递增 | 增函数 | strictly increasing
decreasing: decreasing | 减 | 递减 | 单调递减 | 减函数 | strictly decreasing
equal: equal | 相等 | the same | same | 一样 | 一样多 | 同样多 | they are equal
quadrant i: quadrant i | first quadrant | 第一象限 | quadrant 1 | i quadrant
quadrant ii: quadrant ii | second quadrant | 第二象限 | quadrant 2 | ii quadrant
quadrant iii: quadrant iii | third quadrant | 第三象限 | quadrant 3 | iii quadrant
quadrant iv: quadrant iv | fourth quadrant | 第四象限 | quadrant 4 | iv quadrant
isosceles: isosceles | isosceles triangle | 等腰三角形
equilateral: equilateral | equilateral triangle | 等边三角形 | 正三角形
right triangle: right triangle | right-angled triangle | 直角三角形
ellipse: ellipse | 椭圆
circle: circle | 圆
parabola: parabola | 抛物线
hyperbola: hyperbola | 双曲线
"""
