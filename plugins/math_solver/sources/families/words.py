"""Word problems: money, shares, tickets, percentages, journeys."""

from __future__ import annotations

import random

from sympy import Integer, Matrix, Rational

from .family import Family, Params, latex


def _sample_purchase(rng: random.Random) -> Params:
    n, p = rng.randint(2, 30), rng.randint(2, 60)
    return {"n": n, "p": p, "m": n * p + rng.randint(1, 300)}


def _sample_shares(rng: random.Random) -> Params:
    a, b, c = (rng.randint(2, 15) for _ in range(3))
    return {"a": a, "b": b, "c": c, "t": (a + b + c) * rng.randint(3, 400)}


def _sample_tickets(rng: random.Random) -> Params:
    p, q = rng.randint(12, 60), rng.randint(3, 11)
    x, y = rng.randint(5, 300), rng.randint(5, 300)
    return {"p": p, "q": q, "n": x + y, "m": p * x + q * y}


def _sample_percent(rng: random.Random) -> Params:
    return {"p": rng.randint(20, 9000), "r": rng.randint(3, 95), "s": rng.randint(3, 60)}


def _sample_journey(rng: random.Random) -> Params:
    u, v = rng.sample(range(30, 180), 2)
    return {"d": rng.randint(50, 2000), "u": u, "v": v}


FAMILIES = [
    Family(
        name="purchase_change",
        subject="money",
        questions={
            "en": (
                "Tom buys {n} pens at {p} yuan each and pays {m} yuan. How much change does he get?",
                "A notebook costs {p} yuan. Mary buys {n} of them and pays with {m} yuan. "
                "How many yuan does she get back?",
                "You buy {n} tickets for {p} dollars each and hand over {m} dollars. What is the change?",
                "Apples cost {p} dollars a box. Ann takes {n} boxes and gives the seller {m} dollars. "
                "How much is returned?",
            ),
            "zh": (
                "小明买了{n}支笔，每支{p}元，付了{m}元，应找回多少元？",
                "一本笔记本{p}元，小红买了{n}本，付给售货员{m}元，应找回她多少元？",
                "妈妈买了{n}千克苹果，每千克{p}元，给了{m}元，找回多少钱？",
                "每张门票{p}元，老师买了{n}张，付款{m}元，还剩多少元？",
            ),
        },
        thoughts={
            "en": (
                "The change is the payment minus the total price.",
                "I subtract the cost from what was paid.",
            ),
            "zh": ("找回的钱等于付款减去总价。", "用付的钱减去总花费。"),
        },
        code="print({m} - {n} * {p})",
        conclusions={
            "en": ("The change is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("应找回 {answer} 元。", "因此，答案是 {answer} 元。"),
        },
        sample=_sample_purchase,
        answer=lambda n, p, m: latex(Integer(m) - n * p),
        known=({"n": 3, "p": 12, "m": 50},),
    ),
    Family(
        name="shares",
        subject="ratio",
        questions={
            "en": (
                "Three friends share {t} dollars in the ratio {a}:{b}:{c}. How much does the second one get?",
                "{t} dollars are divided among A, B and C in the ratio {a}:{b}:{c}. How many dollars does B get?",
                "A sum of {t} yuan is split in the ratio {a}:{b}:{c}. What is the middle share?",
            ),
            "zh": (
                "甲、乙、丙三人按{a}:{b}:{c}分{t}元，乙分得多少元？",
                "把{t}元按{a}:{b}:{c}的比例分给三个人，第二个人得到多少元？",
                "一笔{t}元的奖金按{a}:{b}:{c}分配，中间一份是多少元？",
            ),
        },
        thoughts={
            "en": (
                "The second part is its ratio over the sum of the ratios.",
                "I take the share of the total.",
            ),
            "zh": ("第二份等于总数乘以它的比例再除以比例之和。", "按比例求第二份。"),
        },
        code="print(latex(Rational({t} * {b}, {a} + {b} + {c})))",
        conclusions={
            "en": ("The second share is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("第二份是 {answer} 元。", "因此，答案是 {answer} 元。"),
        },
        sample=_sample_shares,
        answer=lambda a, b, c, t: latex(Rational(b, a + b + c) * t),
    ),
    Family(
        name="tickets",
        subject="linear system",
        questions={
            "en": (
                "An adult ticket costs {p} yuan and a child ticket {q} yuan. {n} tickets were sold for {m} yuan. "
                "How many adult tickets were sold?",
                "A cinema sold {n} seats, front seats at {p} dollars and back seats at {q} dollars, for {m} dollars "
                "in all. How many front seats were sold?",
                "A box holds {n} parts. Large parts weigh {p} grams, small ones {q} grams, together {m} grams. "
                "How many large parts are there?",
            ),
            "zh": (
                "成人票每张{p}元，儿童票每张{q}元，一共卖出{n}张，收入{m}元。卖出成人票多少张？",
                "影院卖出{n}个座位，前排每个{p}元，后排每个{q}元，共收{m}元，前排卖出多少个？",
                "盒中有{n}个零件，大零件每个{p}克，小零件每个{q}克，共重{m}克，大零件有几个？",
            ),
        },
        thoughts={
            "en": ("Two unknowns, two equations.", "I set up two linear equations and solve them."),
            "zh": ("设两个未知数，列两个方程。", "列二元一次方程组求解。"),
        },
        code="x, y = symbols('x y')\ns = solve([x + y - {n}, {p}*x + {q}*y - {m}], [x, y])\nprint(latex(s[x]))",
        conclusions={
            "en": ("The number is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("数量是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_tickets,
        answer=lambda p, q, n, m: latex((Matrix([[1, 1], [p, q]]).inv() * Matrix([n, m]))[0]),
    ),
    Family(
        name="percent_change",
        subject="percentage",
        questions={
            "en": (
                "A price of {p} dollars rises by {r}% and then falls by {s}%. What is the price now, exactly?",
                "A coat costs {p} yuan. Its price is raised by {r}% and later cut by {s}%. What does it cost now?",
                "Increase {p} by {r}%, then decrease the result by {s}%. What do you get as an exact number?",
            ),
            "zh": (
                "一件商品原价{p}元，先涨价{r}%，再降价{s}%，现价是多少元？",
                "把{p}增加{r}%，再把结果减少{s}%，得到多少？",
                "某商品{p}元，提价{r}%后又降价{s}%，现在多少元？",
            ),
        },
        thoughts={
            "en": ("I multiply by the exact percentage factors.", "Rational keeps the percentages exact."),
            "zh": ("依次乘以百分比因子，保持精确。", "用 Rational 精确计算百分比。"),
        },
        code="print(latex({p} * Rational(100 + {r}, 100) * Rational(100 - {s}, 100)))",
        conclusions={
            "en": ("The result is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("结果是 {answer}。", "因此，答案是 {answer}。"),
        },
        sample=_sample_percent,
        answer=lambda p, r, s: latex(Rational(p * (100 + r) * (100 - s), 10000)),
    ),
    Family(
        name="mean_speed",
        subject="motion",
        questions={
            "en": (
                "A car drives {d} km at {u} km/h and the same way back at {v} km/h. "
                "How many hours does the whole journey take? Give an exact fraction.",
                "A train covers {d} km at {u} km/h and returns at {v} km/h. What is the total time in hours?",
                "Someone rides {d} km at {u} km/h and comes back at {v} km/h. How many hours is that in all?",
            ),
            "zh": (
                "汽车以每小时{u}千米行驶{d}千米，再以每小时{v}千米原路返回，全程用了多少小时？",
                "火车去时每小时{u}千米，返回时每小时{v}千米，单程{d}千米，往返共需几小时？",
                "甲乙两地相距{d}千米，去时速度{u}千米/时，回来时速度{v}千米/时，共用多少小时？",
            ),
        },
        thoughts={
            "en": ("Time is distance over speed, once for each way.", "I add the times of both ways."),
            "zh": ("时间等于路程除以速度，往返相加。", "把去和回的时间相加。"),
        },
        code="print(latex(Rational({d}, {u}) + Rational({d}, {v})))",
        conclusions={
            "en": ("The time in hours is {answer}.", "Therefore the answer is {answer}."),
            "zh": ("共需 {answer} 小时。", "因此，答案是 {answer} 小时。"),
        },
        sample=_sample_journey,
        answer=lambda d, u, v: latex(Rational(d * (u + v), u * v)),
    ),
]
