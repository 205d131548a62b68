"""Speed, work, units, time, ages and lists of data."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sympy import Integer, Rational

from .family import Family, Lang, Params, Texts
from .steps import DOUBLE, HALF, MORE
from .wording import again, concluding, family, names, noun, numeric, story, upto, way

DAYS: Texts = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
UNITS = (  # from, to, how many of the one make the other: over and under
    ("kilometers", "meters", "千米", "米", 1000, 1),
    ("meters", "centimeters", "米", "厘米", 100, 1),
    ("kilograms", "grams", "千克", "克", 1000, 1),
    ("hours", "minutes", "小时", "分钟", 60, 1),
    ("minutes", "seconds", "分钟", "秒", 60, 1),
    ("days", "hours", "天", "小时", 24, 1),
    ("liters", "milliliters", "升", "毫升", 1000, 1),
    ("weeks", "days", "周", "天", 7, 1),
    ("meters", "kilometers", "米", "千米", 1, 1000),
    ("centimeters", "meters", "厘米", "米", 1, 100),
    ("grams", "kilograms", "克", "千克", 1, 1000),
    ("minutes", "hours", "分钟", "小时", 1, 60),
    ("seconds", "minutes", "秒", "分钟", 1, 60),
)


def _unit_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    one, other, one_zh, other_zh, over, under = UNITS[params["u"]]
    said = (one, other) if lang == "en" else (one_zh, other_zh)
    n = params["n"]
    factor = f"{n} * {over}" if under == 1 else f"Rational({n}, {under})"
    return {"one": said[0], "two": said[1], "of": factor}


def _sample_clock(rng: random.Random) -> Params:
    return {"h": rng.randint(0, 23), "m": rng.randint(0, 59), "n": upto(rng, 5, 59, 600)}


def _clock(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return {**names(rng, lang, params), "start": f"{params['h']}:{params['m']:02d}"}


def _arrival(h: int, m: int, n: int) -> str:
    hours, minutes = divmod((h * 60 + m + n) % 1440, 60)
    return f"{hours:02d}:{minutes:02d}"


def _sample_day(rng: random.Random) -> Params:
    return {"w": rng.randrange(7), "n": upto(rng, 8, 60, 999, 9999)}


def _day_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    return {"day": DAYS[lang][params["w"]], "days": repr(list(DAYS[lang]))}


def _sample_date(rng: random.Random) -> Params:
    return {
        "y": rng.randint(1950, 2090),
        "m": rng.randint(1, 12),
        "d": rng.randint(1, 28),
        "n": upto(rng, 10, 99, 999),
    }


def _weekday(w: int, n: int, lang: Lang) -> str:
    return DAYS[lang][(date(2024, 1, 1 + w) + timedelta(n)).weekday()]  # the first of January 2024 was a Monday


def _later_date(y: int, m: int, d: int, n: int) -> str:
    # By Julian day numbers (Fliegel and Van Flandern, 1968), not by the module that the program uses.
    day = n + d - 32075 + 1461 * (y + 4800 + _cut(m - 14, 12)) // 4
    day += 367 * (m - 2 - _cut(m - 14, 12) * 12) // 12 - 3 * ((y + 4900 + _cut(m - 14, 12)) // 100) // 4
    a = day + 68569
    b = 4 * a // 146097
    a -= (146097 * b + 3) // 4
    year = 4000 * (a + 1) // 1461001
    a -= 1461 * year // 4 - 31
    month = 80 * a // 2447
    found = a - 2447 * month // 80
    month, year = month + 2 - 12 * (month // 11), 100 * (b - 49) + year + month // 11
    return f"{year}-{month:02d}-{found:02d}"


def _cut(over: int, under: int) -> int:
    """A quotient, towards zero."""
    return int(over / under)


def _sample_ages(rng: random.Random) -> Params:
    young, d = upto(rng, 3, 30, 90), upto(rng, 2, 30, 60)
    return {"s": 2 * young + d, "d": d}


def _sample_data(rng: random.Random) -> Params:
    size = rng.randint(3, 7)
    top = rng.choice((20, 100, 999))
    return {f"n{place}": rng.randint(1, top) for place in range(size)}


def _sample_mode(rng: random.Random) -> Params:
    while True:
        data = [rng.randint(1, 30) for _ in range(rng.randint(3, 5))]
        data += rng.choices(data, k=2)
        rng.shuffle(data)
        (_, most), *others = Counter(data).most_common(2)
        if not others or others[0][1] < most:
            return {f"n{place}": value for place, value in enumerate(data)}


def _data_words(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    listed = ", ".join(map(str, params.values()))
    return {"data": listed, "said": listed if lang == "en" else listed.replace(", ", rng.choice(("、", "，", ", ")))}


def _mean(**data: int) -> Any:
    return Rational(sum(data.values()), len(data))


def _median(**data: int) -> Any:
    ordered = sorted(data.values())
    return Rational(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)


def _variance(**data: int) -> Any:
    return Rational(sum(value * value for value in data.values()), len(data)) - _mean(**data) ** 2


def _mode(**data: int) -> Any:
    return Integer(max(data.values(), key=list(data.values()).count))


def _sample_meeting(rng: random.Random) -> Params:
    return {"d": upto(rng, 20, 300, 3000), "u": rng.randint(4, 120), "v": rng.randint(4, 120)}


FAMILIES: list[Family] = [
    numeric(
        "speed",
        "motion",
        story(
            en=(
                (
                    "A car drives {d} km in {t} hours.",
                    "{who} walks {d} meters in {t} minutes.",
                    "A train needs {t} hours for {d} km.",
                    "In {t} seconds a ball rolls {d} meters.",
                    "A ship sails {d} miles within {t} hours.",
                ),
                ("What is its average speed?", "Find the speed.", "how fast is that", "At what rate is that?"),
            ),
            zh=(
                (
                    "汽车{t}小时行驶{d}千米，",
                    "{who}{t}分钟走了{d}米，",
                    "火车行{d}千米用了{t}小时，",
                    "小球{t}秒滚动{d}米，",
                    "轮船{t}小时航行{d}海里，",
                ),
                ("平均速度是多少？", "求速度。", "速度等于多少", "快慢如何，即每单位时间走多远？"),
            ),
        ),
        way(
            "print(latex(Rational({d}, {t})))",
            ("Speed is distance over time.", "I divide the distance by the time."),
            ("速度等于路程除以时间。", "用路程除以时间。"),
        ),
        conclusions=concluding("The speed", "速度"),
        sample=lambda rng: {"d": upto(rng, 10, 99, 999, 9999), "t": rng.randint(2, 40)},
        value=lambda d, t: Integer(d) / t,
        of="Rational({d}, {t})",
        steps=(DOUBLE, MORE),
        words=names,
    ),
    numeric(
        "distance",
        "motion",
        story(
            en=(
                (
                    "A car drives at {v} km/h for {t} hours.",
                    "{who} cycles {t} hours at {v} km per hour.",
                    "A bus goes {v} km/h, {t} hours long.",
                    "A plane flies {t} hours with a speed of {v} km/h.",
                    "A boat keeps up {v} km/h during {t} hours.",
                ),
                ("How far does it get?", "What is the distance?", "find the distance", "What way does that make?"),
            ),
            zh=(
                (
                    "汽车每小时行{v}千米，行了{t}小时，",
                    "{who}骑车速度是{v}千米/时，骑了{t}小时，",
                    "客车以每小时{v}千米的速度开了{t}小时，",
                    "飞机速度{v}千米/时，飞行{t}小时，",
                    "小船时速{v}千米，划了{t}小时，",
                ),
                ("一共行了多少千米？", "路程是多少？", "走了多远", "全程几千米？"),
            ),
        ),
        way(
            "print({v} * {t})",
            ("Distance is speed times time.", "I multiply speed and time."),
            ("路程等于速度乘以时间。", "用速度乘时间。"),
        ),
        conclusions=concluding("The distance", "路程", "千米"),
        sample=lambda rng: {"v": upto(rng, 4, 90, 900), "t": upto(rng, 2, 12, 48)},
        value=lambda v, t: Integer(v) * t,
        of="{v} * {t}",
        steps=(HALF, MORE),
        words=names,
    ),
    numeric(
        "meeting",
        "motion",
        story(
            en=(
                (
                    "Two towns are {d} km apart. Two cars start towards each other at {u} km/h and {v} km/h.",
                    "{who} and {other} are {d} km apart and come towards each other at {u} and {v} km/h.",
                    "From both ends of a road of {d} km two buses set off at {u} km/h and {v} km/h.",
                    "The distance is {d} km. Trains leave both ends at once, at {u} km/h and {v} km/h.",
                    "Between two ports lie {d} km; ships leave both for the other at {u} and at {v} km/h.",
                ),
                (
                    "After how many hours do they meet?",
                    "When do they meet, in hours?",
                    "how many hours until they meet",
                    "How long is it before they come together, in hours?",
                ),
            ),
            zh=(
                (
                    "甲乙两地相距{d}千米，两车同时相向而行，速度分别是{u}千米/时和{v}千米/时，",
                    "{who}和{other}相距{d}千米，同时相对走来，时速分别为{u}千米和{v}千米，",
                    "一条路长{d}千米，两辆车从两端同时出发相向而行，每小时分别行{u}千米和{v}千米，",
                    "两站距离{d}千米，两列火车同时相对开出，速度为{u}千米/时与{v}千米/时，",
                    "两港相隔{d}千米，两船对开，时速{u}千米、{v}千米，",
                ),
                ("几小时后相遇？", "经过多少小时相遇？", "多少小时后相遇", "多久之后碰面（小时）？"),
            ),
        ),
        way(
            "print(latex(Rational({d}, {u} + {v})))",
            ("Together they close the distance.", "Both speeds add up."),
            ("相遇时间等于路程除以速度和。", "两个速度相加。"),
        ),
        conclusions=concluding("The time in hours", "相遇时间", "小时"),
        sample=_sample_meeting,
        value=lambda d, u, v: Integer(d) / (u + v),
        of="Rational({d}, {u} + {v})",
        steps=(DOUBLE, MORE),
        words=names,
    ),
    numeric(
        "working_together",
        "fractions",
        story(
            en=(
                (
                    "{who} paints a wall in {a} hours, {other} in {b} hours.",
                    "One pipe fills a tank in {a} hours, another in {b} hours.",
                    "{who} needs {a} days for a job and {other} needs {b} days.",
                    "Machine A finishes in {a} minutes and machine B in {b} minutes.",
                    "{who} mows the lawn within {a} hours, {other} within {b} hours.",
                ),
                (
                    "How long do they take together?",
                    "How long does it take both together?",
                    "how much time together",
                    "In what time do the two do it jointly?",
                ),
            ),
            zh=(
                (
                    "一项工程，{who}单独做要{a}天，{other}单独做要{b}天，",
                    "甲管单独注满水池要{a}小时，乙管要{b}小时，",
                    "一批零件，甲做需{a}小时，乙做需{b}小时，",
                    "打扫房间，{who}要{a}分钟，{other}要{b}分钟，",
                    "修一段路，甲队独修{a}天，乙队独修{b}天，",
                ),
                ("两者合作要多久？", "一起做需要多长时间？", "合做多久完成", "共同完成需几多时间？"),
            ),
        ),
        way(
            "print(latex(1 / (Rational(1, {a}) + Rational(1, {b}))))",
            ("The rates of work add up.", "I add what each does in one unit of time."),
            ("工作效率相加。", "把单位时间的工作量相加。"),
        ),
        way("print(latex(Rational({a} * {b}, {a} + {b})))", ("Product over sum.",), ("积除以和。",)),
        conclusions=concluding("The time", "所需时间"),
        sample=lambda rng: {"a": upto(rng, 2, 20, 90), "b": upto(rng, 2, 20, 90)},
        value=lambda a, b: 1 / (Integer(1) / a + Integer(1) / b),
        of="Rational({a} * {b}, {a} + {b})",
        steps=(DOUBLE, MORE),
        words=names,
    ),
    numeric(
        "unit_conversion",
        "units",
        noun(
            ("the number of {two} in {n} {one}", "{n} {one} in {two}"),
            ("{n}{one}换算成{two}", "{n}{one}化成{two}"),
        ),
        way(
            "print(latex({of}))",
            ("I convert with the exact factor.", "One unit into the other: a factor."),
            ("用换算率计算。", "单位换算就是乘以换算率。"),
        ),
        conclusions=concluding("The result", "结果"),
        sample=lambda rng: {"n": upto(rng, 2, 90, 900, 9000), "u": rng.randrange(len(UNITS))},
        value=lambda n, u: Rational(n * UNITS[u][4], UNITS[u][5]),
        of="{of}",
        steps=(HALF, MORE),
        words=_unit_words,
    ),
    family(
        "clock",
        "time",
        story(
            en=(
                (
                    "A film starts at {start} and lasts {n} minutes.",
                    "It is {start} now and {who} has to wait {n} minutes.",
                    "A train leaves at {start} and travels {n} minutes.",
                    "The lesson begins at {start} and takes {n} minutes.",
                    "At {start} the oven is set to {n} minutes.",
                ),
                (
                    "What time is it at the end?",
                    "At what time does it end?",
                    "when is it over",
                    "What does the clock show then?",
                ),
            ),
            zh=(
                (
                    "电影{start}开始，放映{n}分钟，",
                    "现在是{start}，{who}还要等{n}分钟，",
                    "火车{start}出发，行驶{n}分钟，",
                    "{start}上课，上{n}分钟，",
                    "烤箱{start}开动，定时{n}分钟，",
                ),
                ("结束时是几点？", "到时是几点几分？", "什么时候结束", "那时钟表显示多少？"),
            ),
        ),
        way(
            "t = {h} * 60 + {m} + {n}\nprint(f'{{t // 60 % 24:02d}}:{{t % 60:02d}}')",
            ("I count in minutes.", "Minutes since midnight, modulo a day."),
            ("全部化成分钟。", "按从零点起的分钟数计算。"),
        ),
        way(
            "from datetime import datetime, timedelta\n"
            "t = datetime(2000, 1, 1, {h}, {m}) + timedelta(minutes={n})\nprint(t.strftime('%H:%M'))",
            ("datetime adds minutes to a time.",),
            ("用 datetime 加上分钟。",),
        ),
        conclusions=concluding("The time", "时间"),
        sample=_sample_clock,
        answer=_arrival,
        follow_ups=(again("{start} and {n} minutes", "{start} 起 {n} 分钟", _sample_clock),),
        words=_clock,
    ),
    family(
        "weekday",
        "time",
        story(
            en=(
                (
                    "Today is {day}.",
                    "If today is {day},",
                    "today's {day},",
                    "Suppose it is {day} today.",
                    "Let this day be a {day}.",
                ),
                (
                    "what day is it in {n} days?",
                    "what day of the week will it be {n} days from now?",
                    "which day comes {n} days later?",
                    "How is the day called when {n} days have gone by?",
                ),
            ),
            zh=(
                ("今天是{day}，", "如果今天{day}，", "已知今天是{day}。", "假设今天为{day}，", "设此日为{day}，"),
                ("{n}天后是星期几？", "再过{n}天是星期几？", "过{n}天是周几", "又{n}日之后逢星期几？"),
            ),
        ),
        way(
            "days = {days}\nprint(days[(days.index('{day}') + {n}) % 7])",
            ("A week has seven days: modulo 7.", "I count on modulo 7."),
            ("一周七天，对 7 取余。", "按 7 取余往后数。"),
        ),
        conclusions=concluding("The day", "那一天"),
        sample=_sample_day,
        answer=_weekday,
        follow_ups=(again("{n} days after a {day}", "{day}之后 {n} 天", _sample_day),),
        kind="text",
        words=_day_words,
        by_language=True,
    ),
    family(
        "later_date",
        "time",
        noun(
            ("the date {n} days after {y}-{m}-{d}", "the day that comes {n} days after {y}-{m}-{d}"),
            ("{y}-{m}-{d}之后{n}天的日期", "{y}年{m}月{d}日过{n}天后的日期"),
        ),
        way(
            "from datetime import date, timedelta\nprint(date({y}, {m}, {d}) + timedelta(days={n}))",
            ("datetime knows the calendar.", "I add days to a date."),
            ("用 datetime 处理日历。", "日期加上天数。"),
        ),
        conclusions=concluding("The date", "日期"),
        sample=_sample_date,
        answer=_later_date,
        follow_ups=(again("{n} days after {y}-{m}-{d}", "{y}-{m}-{d}之后{n}天", _sample_date),),
    ),
    numeric(
        "ages",
        "linear equations",
        story(
            en=(
                (
                    "{who} and {other} are {s} years old together. {who} is {d} years older.",
                    "The ages of {who} and {other} add up to {s}, and {who} is {d} years older than {other}.",
                    "{who} is {d} years older than {other}; together they are {s}.",
                    "Together {who} and {other} are {s}. Their ages differ by {d} and {who} is the older one.",
                    "Adding the years of {who} and {other} gives {s}; {who} is ahead by {d}.",
                ),
                (
                    "How old is {who}?",
                    "What is the age of {who}?",
                    "find the age of {who}",
                    "How many years does {who} count?",
                ),
            ),
            zh=(
                (
                    "{who}和{other}的年龄和是{s}岁，{who}比{other}大{d}岁，",
                    "{who}比{other}大{d}岁，两人年龄加起来是{s}岁，",
                    "两人共{s}岁，{who}比{other}年长{d}岁，",
                    "{who}与{other}年龄之和为{s}，之差为{d}，{who}较大，",
                    "{who}、{other}合计{s}岁，{who}多{d}岁，",
                ),
                ("{who}多少岁？", "{who}今年几岁？", "求{who}的年龄", "问{who}年岁几何？"),
            ),
        ),
        way(
            "print(latex(Rational({s} + {d}, 2)))",
            ("Half of the sum and the difference.", "The older one is half of sum plus difference."),
            ("和加差再除以二。", "较大的数等于和与差之和的一半。"),
        ),
        way(
            "x, y = symbols('x y')\nprint(solve([x + y - {s}, x - y - {d}], [x, y])[x])",
            ("Sum and difference are two equations.",),
            ("和与差列成两个方程。",),
        ),
        conclusions=concluding("The age", "年龄", "岁"),
        sample=_sample_ages,
        value=lambda s, d: (Integer(s) + d) / 2,
        of="Rational({s} + {d}, 2)",
        steps=(DOUBLE, MORE),
        words=names,
    ),
    numeric(
        "average",
        "statistics",
        noun(
            ("the average of {said}", "the mean of {said}", "the arithmetic mean of the numbers {said}"),
            ("{said}的平均数", "数据{said}的平均值", "{said}这组数的平均数"),
        ),
        way(
            "data = [{data}]\nprint(latex(Rational(sum(data), len(data))))",
            ("The sum over the number.", "I add them up and divide by their number."),
            ("总和除以个数。", "先求和，再除以个数。"),
        ),
        conclusions=concluding("The average", "平均数"),
        sample=_sample_data,
        value=_mean,
        of="Rational(sum([{data}]), len([{data}]))",
        steps=(DOUBLE, MORE),
        words=_data_words,
    ),
    numeric(
        "median",
        "statistics",
        noun(
            ("the median of {said}", "the median of the data {said}"),
            ("{said}的中位数", "数据{said}的中位数"),
        ),
        way(
            "data = sorted([{data}])\nn = len(data)\nprint(latex(Rational(data[(n - 1) // 2] + data[n // 2], 2)))",
            ("In order, the middle one counts.", "I sort and take the middle."),
            ("排序后取中间。", "先排序，再取中间的数。"),
        ),
        way(
            "import statistics\nprint(latex(nsimplify(statistics.median([{data}]))))",
            ("statistics has the median.",),
            ("statistics 模块有中位数函数。",),
        ),
        conclusions=concluding("The median", "中位数"),
        sample=_sample_data,
        value=_median,
        of="nsimplify(np.median([{data}]))",
        steps=(DOUBLE, MORE),
        words=_data_words,
    ),
    numeric(
        "mode",
        "statistics",
        noun(("the mode of {said}", "the mode of the data {said}"), ("{said}的众数", "数据{said}的众数")),
        way(
            "data = [{data}]\nprint(max(data, key=data.count))",
            ("The value that comes most often.", "I count each value."),
            ("出现次数最多的数。", "数每个数出现的次数。"),
        ),
        way(
            "import statistics\nprint(statistics.mode([{data}]))",
            ("statistics has the mode.",),
            ("statistics 模块有众数函数。",),
        ),
        conclusions=concluding("The mode", "众数"),
        sample=_sample_mode,
        value=_mode,
        of="max([{data}], key=[{data}].count)",
        steps=(DOUBLE, MORE),
        words=_data_words,
    ),
    numeric(
        "variance",
        "statistics",
        noun(
            ("the population variance of {said}", "the variance (divided by n) of {said}"),
            ("{said}的方差", "数据{said}的方差"),
        ),
        way(
            "data = [{data}]\nm = Rational(sum(data), len(data))\n"
            "print(latex(sum((x - m)**2 for x in data) / len(data)))",
            ("The mean of the squared distances from the mean.", "First the mean, then the squares."),
            ("先求平均数，再求离差平方的平均。", "方差是离差平方的平均数。"),
        ),
        conclusions=concluding("The variance", "方差"),
        sample=_sample_data,
        value=_variance,
        of="Rational(sum(x**2 for x in [{data}]), len([{data}])) - Rational(sum([{data}]), len([{data}]))**2",
        steps=(DOUBLE,),
        words=_data_words,
    ),
]
