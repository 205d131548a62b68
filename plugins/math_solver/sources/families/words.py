"""Word problems: money, shares, tickets, percentages, journeys."""

from __future__ import annotations

import random

from sympy import Integer, Matrix, Rational

from .family import Family, FollowUp, Params, latex
from .steps import DECIMAL, DOUBLE, HALF, LESS, MORE, SPLIT, then


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


def _unless(value: int, taken: int) -> int:
    """Another number than the one that was asked for; 1 where there is hardly a choice."""
    return value if value != taken else max(1, value - 1)


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
        follow_ups=(
            FollowUp(
                name="other_count",
                questions={
                    "en": (
                        "And with {n} of them instead?",
                        "What if it were {n} instead?",
                        "Now the same for {n} of them.",
                        "And if only the number is {n}?",
                        "How much comes back when {n} are bought?",
                    ),
                    "zh": (
                        "那如果买{n}个呢？",
                        "如果数量换成{n}呢？",
                        "改买{n}件，找回多少？",
                        "只把数量改成{n}，又该找回几元？",
                        "要是{n}个呢？",
                    ),
                },
                sample=lambda rng, p: {"n": _unless(rng.randint(1, p["m"] // p["p"]), p["n"])},
            ),
            FollowUp(
                name="other_payment",
                questions={
                    "en": (
                        "And when {m} is paid?",
                        "What if {m} is handed over instead?",
                        "Now the same with a payment of {m}.",
                        "And for {m} in cash?",
                        "How much comes back from {m}?",
                    ),
                    "zh": (
                        "那如果付{m}元呢？",
                        "如果给了{m}元呢？",
                        "改为付款{m}元，找回多少？",
                        "换成拿出{m}元呢？",
                        "给{m}元的话，应找几元？",
                    ),
                },
                sample=lambda rng, p: {"m": p["n"] * p["p"] + rng.randint(1, 300)},
            ),
            FollowUp(
                name="cost",
                questions={
                    "en": (
                        "And what did it all cost?",
                        "How much was spent?",
                        "What was the total price?",
                        "And the whole purchase, how much was it?",
                        "How much went to the seller in the end?",
                    ),
                    "zh": (
                        "一共花了多少？",
                        "总价是多少？",
                        "那总共花费多少元？",
                        "这些东西一共值多少？",
                        "最后实际付出多少？",
                    ),
                },
                code="print({n} * {p})",
                thoughts={
                    "en": (
                        "The cost is the number times the price.",
                        "I multiply number and price.",
                    ),
                    "zh": (
                        "总价等于数量乘单价。",
                        "用数量乘单价。",
                    ),
                },
                conclusions={
                    "en": (
                        "The cost is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "一共花费 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda n, p, m: latex(Integer(n) * p),
            ),
            *then("{m} - {n} * {p}", lambda n, p, m: Integer(m) - n * p, SPLIT, HALF),
        ),
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
        follow_ups=(
            FollowUp(
                name="first_share",
                questions={
                    "en": (
                        "And the first one?",
                        "How much does the first one get?",
                        "What is the first share?",
                        "And what goes to the first of them?",
                        "How much is it for the first?",
                    ),
                    "zh": (
                        "那第一个人呢？",
                        "第一份是多少？",
                        "第一个人得多少？",
                        "排第一的那份是几元？",
                        "第一位分到多少？",
                    ),
                },
                code="print(latex(Rational({t} * {a}, {a} + {b} + {c})))",
                thoughts={
                    "en": (
                        "The first part in place of the second.",
                        "I take the share of the first.",
                    ),
                    "zh": (
                        "换成第一份的比例。",
                        "按比例求第一份。",
                    ),
                },
                conclusions={
                    "en": (
                        "The first share is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "第一份是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, t: latex(Rational(a, a + b + c) * t),
            ),
            FollowUp(
                name="last_share",
                questions={
                    "en": (
                        "And the third one?",
                        "How much does the last one get?",
                        "What is the last share?",
                        "And what goes to the third of them?",
                        "How much is it for the last?",
                    ),
                    "zh": (
                        "那第三个人呢？",
                        "第三份是多少？",
                        "最后一个人得多少？",
                        "排第三的那份是几元？",
                        "最后一位分到多少？",
                    ),
                },
                code="print(latex(Rational({t} * {c}, {a} + {b} + {c})))",
                thoughts={
                    "en": (
                        "The third part in place of the second.",
                        "I take the share of the third.",
                    ),
                    "zh": (
                        "换成第三份的比例。",
                        "按比例求第三份。",
                    ),
                },
                conclusions={
                    "en": (
                        "The third share is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "第三份是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda a, b, c, t: latex(Rational(c, a + b + c) * t),
            ),
            FollowUp(
                name="other_total",
                questions={
                    "en": (
                        "And if there are {t} in all?",
                        "What if the sum is {t}?",
                        "Now the same with a total of {t}.",
                        "And out of {t}?",
                        "How much is it when {t} is shared?",
                    ),
                    "zh": (
                        "那如果一共有{t}元呢？",
                        "如果总数是{t}呢？",
                        "总额换成{t}元呢？",
                        "分{t}元的话是多少？",
                        "要是有{t}元可分呢？",
                    ),
                },
                sample=lambda rng, p: {"t": (p["a"] + p["b"] + p["c"]) * rng.randint(3, 400)},
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_kind",
                questions={
                    "en": (
                        "And of the other kind?",
                        "How many of the other kind?",
                        "And the cheaper or lighter ones?",
                        "How many are there of the rest?",
                        "And what about the second kind?",
                    ),
                    "zh": (
                        "那另一种呢？",
                        "另一种有多少？",
                        "剩下的那种有几个？",
                        "其余的是多少？",
                        "第二种又有多少？",
                    ),
                },
                code="x, y = symbols('x y')\n"
                "s = solve([x + y - {n}, {p}*x + {q}*y - {m}], [x, y])\n"
                "print(latex(s[y]))",
                thoughts={
                    "en": (
                        "The same equations give the other unknown.",
                        "I solve the same system for y.",
                    ),
                    "zh": (
                        "同一方程组给出另一个未知数。",
                        "解同样的方程组，取 y。",
                    ),
                },
                conclusions={
                    "en": (
                        "The number is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "数量是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda p, q, n, m: latex((Matrix([[1, 1], [p, q]]).inv() * Matrix([n, m]))[1]),
            ),
            *then(
                "Rational({m} - {q} * {n}, {p} - {q})",
                lambda p, q, n, m: (Matrix([[1, 1], [p, q]]).inv() * Matrix([n, m]))[0],
                DOUBLE,
                MORE,
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_price",
                questions={
                    "en": (
                        "And starting from {p}?",
                        "What if it begins at {p}?",
                        "Now the same for {p}.",
                        "And for an original {p}?",
                        "How is it when one starts with {p}?",
                    ),
                    "zh": (
                        "那从{p}开始呢？",
                        "如果原来是{p}呢？",
                        "换成{p}再算一次。",
                        "起初为{p}的话呢？",
                        "要是一开始是{p}呢？",
                    ),
                },
                sample=lambda rng, p: {"p": rng.randint(20, 9000)},
            ),
            FollowUp(
                name="other_cut",
                questions={
                    "en": (
                        "And if the decrease is {s}%?",
                        "What if it falls by {s}% instead?",
                        "Now the same with a cut of {s}%.",
                        "And with {s}% off at the end?",
                        "How is it when only {s}% is taken off?",
                    ),
                    "zh": (
                        "那如果降{s}%呢？",
                        "如果后来减少{s}%呢？",
                        "降幅换成{s}%呢？",
                        "要是最后打掉{s}%呢？",
                        "只降{s}%的话是多少？",
                    ),
                },
                sample=lambda rng, p: {"s": rng.randint(3, 60)},
            ),
            *then(
                "{p} * Rational(100 + {r}, 100) * Rational(100 - {s}, 100)",
                lambda p, r, s: Rational(p * (100 + r) * (100 - s), 10000),
                HALF,
                LESS,
            ),
        ),
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
        follow_ups=(
            FollowUp(
                name="other_distance",
                questions={
                    "en": (
                        "And for {d} km?",
                        "What if the distance is {d} km?",
                        "Now the same over {d} km.",
                        "And when it is {d} km one way?",
                        "How long is it with {d} km?",
                    ),
                    "zh": (
                        "那如果是{d}千米呢？",
                        "路程换成{d}千米呢？",
                        "单程{d}千米的话要多久？",
                        "要是相距{d}千米呢？",
                        "换作{d}千米再算一次。",
                    ),
                },
                sample=lambda rng, p: {"d": rng.randint(50, 2000)},
            ),
            FollowUp(
                name="mean",
                questions={
                    "en": (
                        "And the average speed of the whole journey?",
                        "What is the mean speed for both ways?",
                        "How fast is that on average, there and back?",
                        "And the average in km/h?",
                        "Over the whole way, what is the speed on average?",
                    ),
                    "zh": (
                        "全程的平均速度是多少？",
                        "那往返的平均速度呢？",
                        "平均每小时走多少千米？",
                        "整个过程的平均速度等于几？",
                        "来回平均下来速度是多少？",
                    ),
                },
                code="print(latex(2 * {d} / (Rational({d}, {u}) + Rational({d}, {v}))))",
                thoughts={
                    "en": (
                        "The mean speed is the whole way over the whole time.",
                        "I divide both ways by the time.",
                    ),
                    "zh": (
                        "平均速度等于总路程除以总时间。",
                        "用往返路程除以时间。",
                    ),
                },
                conclusions={
                    "en": (
                        "The mean speed is {answer}.",
                        "Therefore the answer is {answer}.",
                    ),
                    "zh": (
                        "平均速度是 {answer}。",
                        "因此，答案是 {answer}。",
                    ),
                },
                answer=lambda d, u, v: latex(Rational(2 * u * v, u + v)),
            ),
            *then("Rational({d}, {u}) + Rational({d}, {v})", lambda d, u, v: Rational(d, u) + Rational(d, v), DECIMAL),
        ),
    ),
]
