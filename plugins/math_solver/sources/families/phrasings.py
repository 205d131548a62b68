"""Further phrasings of the families that came first, by family: as people write, and kept from training."""

from __future__ import annotations

from collections.abc import Mapping

from .wording import Wordings, noun, story, value_of

__all__ = ["PHRASINGS"]

_QUADRATIC = "{a}x^2 {b:+}x {c:+}"
_SYSTEM = "{a0}x {b0:+}y {c0:+}z = {d0}, {a1}x {b1:+}y {c1:+}z = {d1}, {a2}x {b2:+}y {c2:+}z = {d2}"
_IDENTITY = "(ax-b)({p}x+{q}) = bx^2 + cx {r:+}"

PHRASINGS: Mapping[str, Wordings] = {
    "integer_product": value_of(
        ("{a} × {b}", "{a} times {b}", "{a} multiplied by {b}"), ("{a} × {b}", "{a}乘以{b}", "{a}与{b}的乘积")
    ),
    "integer_sum": value_of(("{a} + {b}", "{a} plus {b}"), ("{a} + {b}", "{a}加{b}", "{a}与{b}的和")),
    "fraction_sum": value_of(
        ("{a}/{b} + {c}/{d}", r"$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$"),
        ("{a}/{b} + {c}/{d}", r"$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$", "{a}/{b}加{c}/{d}"),
    ),
    "gcd_lcm": noun(
        ("lcm({a}, {b}) / gcd({a}, {b})", "the LCM of {a} and {b} divided by their GCD"),
        ("{a}和{b}的最小公倍数除以最大公约数的商", " lcm({a}, {b}) ÷ gcd({a}, {b}) "),
    ),
    "power_remainder": noun(
        ("{a}^{n} mod {m}", "the remainder of {a}^{n} divided by {m}"),
        ("{a}^{n} 除以 {m} 的余数", " {a}^{n} mod {m} "),
    ),
    "divisor_count": noun(
        ("the number of divisors of {n}", "the count of the positive divisors of {n}"),
        ("{n}的因数个数", "{n}的正约数的个数"),
    ),
    "purchase_change": story(
        en=(
            (
                "{n} books at {p} dollars each are paid with {m} dollars.",
                "I buy {n} pens for {p} yuan each and pay with {m} yuan.",
                "You take {n} cups at ${p} each and give ${m}.",
                "Someone gets {n} cakes, {p} euros each, out of {m} euros.",
            ),
            ("How much change is there?", "what's the change", "How much is given back?", "What is handed back?"),
        ),
        zh=(
            (
                "买{n}本书，每本{p}元，付{m}元，",
                "我买了{n}个杯子，一个{p}块钱，给了{m}块，",
                "苹果{p}元一箱，买{n}箱，付了{m}元，",
                "订{n}份盒饭，{p}元一份，交{m}元，",
            ),
            ("找回多少钱？", "应找多少元？", "要找多少", "退回几元？"),
        ),
    ),
    "shares": story(
        en=(
            (
                "{t} dollars are divided among three people as {a}:{b}:{c}.",
                "A sum of {t} euros is split in the ratio {a}:{b}:{c}.",
                "Three friends share {t} yuan in the ratio {a} to {b} to {c}.",
                "The parts of {t} stand to each other as {a}:{b}:{c}.",
            ),
            (
                "How much is the second part?",
                "what does the second get",
                "Find the middle part.",
                "What falls to the second?",
            ),
        ),
        zh=(
            (
                "把{t}元按{a}:{b}:{c}分成三份，",
                "三个朋友按{a}:{b}:{c}分{t}块钱，",
                "奖金{t}元，三人按{a}:{b}:{c}分，",
                "{t}元分三份，比为{a}:{b}:{c}，",
            ),
            ("第二份是多少元？", "第二个人得多少钱？", "中间那份多少", "第二位可得几元？"),
        ),
    ),
    "tickets": story(
        en=(
            (
                "Large boxes hold {p} pens and small ones {q} pens; {n} boxes hold {m} pens.",
                "{n} coins are worth {m}; some are worth {p}, the others {q}.",
                "A farm sold {n} bags, big ones at {p} dollars and small ones at {q} dollars, for {m} dollars.",
                "Out of {n} tasks the hard ones give {p} points and the easy ones {q}; that made {m} points.",
            ),
            (
                "How many are of the first kind?",
                "how many of the first kind are there",
                "Find the number of the first kind.",
                "How many belong to the first kind?",
            ),
        ),
        zh=(
            (
                "大盒装{p}支笔，小盒装{q}支笔，{n}盒共装{m}支，",
                "{n}枚硬币共值{m}，一种面值{p}，另一种面值{q}，",
                "甲票每张{p}元，乙票每张{q}元，共买{n}张，花了{m}元，",
                "难题每道{p}分，易题每道{q}分，做对{n}道得{m}分，",
            ),
            ("前一种有多少？", "第一种有几个？", "第一种多少", "头一种的数目为何？"),
        ),
    ),
    "percent_change": story(
        en=(
            (
                "The price of {p} dollars goes up by {r}% and then down by {s}%.",
                "A phone is {p} yuan. It gets {r}% dearer, then {s}% cheaper.",
                "{p} is increased by {r} percent and after that reduced by {s} percent.",
                "Starting at {p}, first {r}% are added, then {s}% are taken off.",
            ),
            ("What is the result?", "how much is it now", "Find the final value.", "Where does it end?"),
        ),
        zh=(
            (
                "价格{p}元，先上涨{r}%，再下跌{s}%，",
                "手机{p}块钱，涨了{r}%后又降了{s}%，",
                "{p}先增加{r}%，再减少{s}%，",
                "自{p}起先加{r}%再减{s}%，",
            ),
            ("结果是多少？", "现在是多少？", "最后多少", "终为何值？"),
        ),
    ),
    "mean_speed": story(
        en=(
            (
                "A bus goes {d} km at {u} km/h and comes back at {v} km/h.",
                "{d} km there at {u} km/h and the same way back at {v} km/h.",
                "The way is {d} km long; out at {u} km/h, home at {v} km/h.",
                "A courier rides {d} km at {u} km/h and returns at {v} km/h.",
            ),
            (
                "How many hours in all?",
                "what is the total time in hours",
                "Find the whole time.",
                "How long does all that last?",
            ),
        ),
        zh=(
            (
                "客车去程{d}千米，时速{u}千米，返回时速{v}千米，",
                "路程{d}千米，去时每小时{u}千米，回时每小时{v}千米，",
                "骑车往返，单程{d}千米，去{u}千米/时，回{v}千米/时，",
                "快递员送货{d}千米，往时速{u}千米，归时速{v}千米，",
            ),
            ("一共用几小时？", "往返总时间是多少小时？", "共多少小时", "全程历时多久？"),
        ),
    ),
    "parabola_vertex": noun(
        (f"the vertex of y = {_QUADRATIC}", f"the turning point of f(x) = {_QUADRATIC}"),
        (f"抛物线 y = {_QUADRATIC} 的顶点坐标", f"二次函数y={_QUADRATIC}的顶点"),
    ),
    "matching_coefficients": value_of(
        ("a+b+c",),
        ("a+b+c",),
        asks={
            "en": (
                f"If {_IDENTITY}, then {{}} = ?",
                f"{_IDENTITY} for all x. What is {{}}?",
                f"Given {_IDENTITY}, find {{}}.",
                f"Let {_IDENTITY} be an identity. Calculate {{}}.",
                f"Both sides of {_IDENTITY} agree everywhere: give {{}}.",
                f"From {_IDENTITY} one gets which {{}}?",
            ),
            "zh": (
                f"若{_IDENTITY}，则{{}}的值为多少？",
                f"已知 {_IDENTITY}，求 {{}} 的值。",
                f"如果 {_IDENTITY}，{{}} 等于几",
                f"设 {_IDENTITY} 恒成立，计算 {{}}。",
                f"由 {_IDENTITY} 可得 {{}} 为何？",
                f"{_IDENTITY} 两边恒等，试求 {{}}。",
            ),
        },
    ),
    "geometric_sums": value_of(
        ("S3 = {s} and S6 = {t}", "S_3 = {s}, S_6 = {t}"),
        ("S3 = {s}，S6 = {t}", "S_{{3}}={s}, S_{{6}}={t}"),
        asks={
            "en": (
                "A geometric sequence has {}. What is S9?",
                "Geometric progression, {}, S9 = ?",
                "For a geometric sequence {}. Calculate S9.",
                "Given a geometric sequence with {}, find S9.",
                "A geometric sequence fulfils {}: tell S9.",
                "Which S9 belongs to a geometric sequence with {}?",
            ),
            "zh": (
                "等比数列前n项和为Sn，已知{}，则S9等于多少？",
                "等比数列中，{}，求S9的值。",
                "已知等比数列满足{}，S9是多少",
                "等比数列 {}，S9 = ?",
                "某等比数列{}，试求S9。",
                "由等比数列的{}得S9为几？",
            ),
        },
    ),
    "binomial_coefficient": noun(
        ("the x^{k} coefficient of ({a}x {b:+})^{n}", "the coefficient of x^{k} in ({a}x {b:+})^{n}"),
        ("({a}x {b:+})^{n} 展开式中 x^{k} 的系数", " ({a}x{b:t})^{n} 的 x^{k} 项系数"),
    ),
    "linear_system": value_of(
        (_SYSTEM,),
        (_SYSTEM,),
        asks={
            "en": (
                "Solve {} for (x, y, z).",
                "Find x, y and z: {}",
                "{}. What is (x, y, z)?",
                "Given {}, find (x, y, z).",
                "Which (x, y, z) satisfies {}?",
                "Determine the triple (x, y, z) with {}.",
            ),
            "zh": (
                "解方程组：{}，写出 (x, y, z)",
                "已知 {}，求 (x, y, z)。",
                "{}，(x, y, z) 是多少？",
                "求 x、y、z：{}",
                "哪组 (x, y, z) 满足 {}？",
                "试解 {} 得 (x, y, z)。",
            ),
        },
    ),
    "root_square_sum": value_of(
        ("{a}x^2 {b:+}x {c:+} = 0",),
        ("{a}x^2 {b:+}x {c:+} = 0",),
        asks={
            "en": (
                "What is the sum of the squares of the roots of {}?",
                "Find r^2 + s^2 for the roots r, s of {}.",
                "The roots of {} are squared and added. What comes out?",
                "sum of the squared roots of {}?",
                "Square both roots of {} and add: how much is it?",
                "To what do the squares of both solutions of {} add up?",
            ),
            "zh": (
                "方程 {} 两根的平方和是多少？",
                "求 {} 的两根的平方之和。",
                "{} 的根为 r、s，求 r^2 + s^2",
                "计算方程 {} 的两根平方和。",
                "把 {} 的两根各自平方再相加，得几？",
                "试求 {} 二根之平方和。",
            ),
        },
    ),
    "complex_modulus": noun(
        ("the modulus of {a} {b:+}i", "the absolute value of {a} {b:+}i", "|{a} {b:+}i|"),
        ("复数 {a} {b:+}i 的模", "z={a}{b:t}i的模"),
    ),
    "trigonometric_value": value_of(("{a} sin {p}° {b:+} cos {q}°",), ("{a} sin {p}° {b:+} cos {q}°",)),
    "definite_integral": noun(
        (
            f"the integral of {_QUADRATIC} from {{p}} to {{q}}",
            rf"$\int_{{{{{{p}}}}}}^{{{{{{q}}}}}} ({_QUADRATIC}) dx$",
        ),
        (f"{_QUADRATIC} 从 {{p}} 到 {{q}} 的定积分", rf"$\int_{{{{{{p}}}}}}^{{{{{{q}}}}}} ({_QUADRATIC}) dx$"),
    ),
    "derivative_value": noun(
        ("f'({t}) for f(x) = {a}sqrt(x) {b:+}x^2", "the derivative of {a}√x {b:+}x^2 at x = {t}"),
        ("f(x) = {a}sqrt(x) {b:+}x^2 在 x = {t} 处的导数", "{a}√x {b:+}x^2 在 x = {t} 的导数值"),
    ),
    "point_distance": noun(
        ("the distance from ({a}, {b}) to ({c}, {d})", "the distance of the points ({a}, {b}) and ({c}, {d})"),
        ("点({a}, {b})到点({c}, {d})的距离", "({a}, {b})与({c}, {d})两点间的距离"),
    ),
    "drawing_balls": story(
        en=(
            (
                "An urn contains {r} red and {b} blue balls; two are taken at once.",
                "From {r} red and {b} blue balls you draw two without putting back.",
                "{r} red balls and {b} blue balls: two are picked at random.",
                "Two of {r} red and {b} blue balls are grabbed together.",
            ),
            (
                "What is the probability that both are red?",
                "probability of two red ones?",
                "Find the chance of two red balls.",
                "How likely is it that red comes twice?",
            ),
        ),
        zh=(
            (
                "袋里有{r}个红球和{b}个蓝球，一次取两个，",
                "从{r}个红球、{b}个蓝球中不放回地取两个，",
                "盒中红球{r}个，蓝球{b}个，随机拿两个，",
                "{r}颗红珠与{b}颗蓝珠中一把抓两颗，",
            ),
            ("两个都是红球的概率是多少？", "求都是红色的概率。", "都是红的概率", "皆为红色的可能性多大？"),
        ),
    ),
}
