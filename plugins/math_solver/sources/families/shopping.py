"""Everyday questions in stories: money, prices, shares."""

from __future__ import annotations

import random
from collections.abc import Mapping

from sympy import Integer, Matrix, Rational

from .family import Family, Lang, Params, Texts, latex
from .steps import DOUBLE, HALF, LESS, MORE, SPLIT
from .wording import again, concluding, family, names, noun, numeric, story, upto, value_of, way

THINGS: Mapping[Lang, tuple[tuple[str, str], ...]] = {  # one of it, and its bare name
    "en": tuple(
        (f"a {one}", one)
        for one in "book pen cup hat ball bag cake clock comb desk doll game knife map phone plant scarf toy".split()
    ),
    "zh": tuple(
        (f"一{measure}{one}", one)
        for measure, every in {
            "本": "书 词典 相册",
            "支": "笔 牙刷",
            "个": "杯子 球 书包 闹钟",
            "顶": "帽子",
            "条": "围巾 裤子",
            "件": "衬衫 玩具",
            "把": "雨伞 椅子",
            "盏": "台灯",
            "双": "鞋",
        }.items()
        for one in every.split()
    ),
}
FRUIT: Texts = {
    "en": ("apples", "pears", "oranges", "lemons", "peaches", "melons", "bananas", "mangoes", "carrots", "eggs"),
    "zh": ("苹果", "梨", "橙子", "柠檬", "桃子", "西瓜", "香蕉", "芒果", "胡萝卜", "鸡蛋"),
}
ONE_FRUIT = {
    fruit: {"peaches": "peach", "mangoes": "mango"}.get(fruit, fruit.removesuffix("s")) for fruit in FRUIT["en"]
}


def _two_things(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    (one, bare), (two, other_bare) = rng.sample(THINGS[lang], 2)
    return {**names(rng, lang, params), "one": one, "two": two, "bare": bare, "bare2": other_bare}


def _two_fruit(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    fruit, fruit2 = rng.sample(FRUIT[lang], 2)
    return {
        **names(rng, lang, params),
        "fruit": fruit,
        "fruit2": fruit2,
        "one": ONE_FRUIT.get(fruit, fruit),
        "one2": ONE_FRUIT.get(fruit2, fruit2),
    }


def _sample_difference(rng: random.Random) -> Params:
    p, d = upto(rng, 2, 40, 400, 4000), upto(rng, 2, 30, 300)
    return {"m": 2 * p + d + upto(rng, 1, 60, 600), "p": p, "d": d}


def _price(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    """A price with one decimal, or with two as on a label."""
    price = f"{params['p'] // 10}.{params['p'] % 10}{rng.choice(('', '0'))}"
    return {**names(rng, lang, params), "price": price}


def _sample_banknote(rng: random.Random) -> Params:
    while True:
        m, n, p = rng.choice((10, 20, 50, 100, 200)), rng.randint(2, 9), rng.randint(11, 399)
        if n * p < 10 * m and p % 10:
            return {"m": m, "n": n, "p": p}


def _factor(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    """What a price is multiplied by: in Chinese a discount says what is left, in tenths."""
    left = 100 - params["r"]
    tenths = str(left // 10) if left % 10 == 0 else f"{left // 10}.{left % 10}"
    exact = f"Rational(100 - {params['r']}, 100)" if lang == "en" else f"Rational('{tenths}') / 10"
    return {"fold": tenths, "factor": exact, **_two_things(rng, lang, params)}


def _sample_discount(rng: random.Random) -> Params:
    return {"p": upto(rng, 11, 99, 999, 9999), "r": rng.choice((5, 10, 12, 15, 20, 25, 30, 35, 40, 50))}


def _sample_trips(rng: random.Random) -> Params:
    while True:
        a, b, c, d = (rng.randint(2, 12) for _ in range(4))
        s, t = upto(rng, 10, 60, 400), upto(rng, 10, 60, 400)
        if a * d != b * c and all(price > 0 for price in _prices(a, b, s, c, d, t)):
            return {"a": a, "b": b, "s": s, "c": c, "d": d, "t": t}


def _prices(a: int, b: int, s: int, c: int, d: int, t: int) -> tuple[Rational, Rational]:
    return Rational(s * d - b * t, a * d - b * c), Rational(a * t - c * s, a * d - b * c)


def _sample_library(rng: random.Random) -> Params:
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    return {"n": 20 * (a + b) * upto(rng, 1, 20, 200), "r": 5 * rng.randint(2, 18), "a": a, "b": b}


def _sample_proportion(rng: random.Random) -> Params:
    a, b = rng.sample(range(2, 40), 2)
    return {"a": a, "p": upto(rng, 3, 90, 900), "b": b}


def _sample_interest(rng: random.Random) -> Params:
    return {"p": 100 * upto(rng, 1, 50, 500), "r": rng.randint(2, 15), "y": rng.randint(2, 12)}


FAMILIES: list[Family] = [
    numeric(
        "money_left",
        "money",
        story(
            en=(
                (
                    "{who} has {m} dollars and buys {one} and {two}. The {bare} costs {p} dollars and the {bare2} "
                    "costs {d} dollars more than the {bare}.",
                    "{who} has {m} yuan. {who} wants {one} for {p} yuan and {two} that is {d} yuan dearer.",
                    "With {m} dollars in the pocket, {who} pays {p} dollars for {one} and for {two} {d} dollars more "
                    "than that.",
                    "I have ${m}. I buy {one} for ${p} and {two}, which costs ${d} more than the {bare}.",
                    "Starting with {m} euros, {who} takes {one} at {p} euros and {two} costing {d} euros above it.",
                ),
                (
                    "How much money is left?",
                    "How much is left over?",
                    "what's left?",
                    "How many remain unspent?",
                ),
            ),
            zh=(
                (
                    "{who}有{m}元，要买{one}和{two}，{bare}的价格是{p}元，{bare2}的价格比{bare}多{d}元，",
                    "{who}带了{m}元去商店，买了{one}花{p}元，又买了{two}，{bare2}比{bare}贵{d}元。",
                    "我有{m}块钱，买{one}用了{p}块，买{two}比它还多花{d}块。",
                    "{who}手里有{m}元，{bare}每件{p}元，{bare2}比{bare}贵{d}元，两样各买一件，",
                    "{who}的零用钱是{m}元，先付{p}元买{one}，再买比{bare}贵{d}元的{bare2}。",
                ),
                ("还剩多少元？", "请问还剩下多少钱？", "最后剩多少", "余额是几元？"),
            ),
        ),
        way(
            "m, p, d = {m}, {p}, {d}\nprint(m - p - (p + d))",
            ("I take both prices from the money.", "The second price is the first plus the difference."),
            ("用总钱数减去两样的价格。", "第二样的价格等于第一样加上差价。"),
        ),
        way(
            "print({m} - {p} - ({p} + {d}))",
            ("Both prices are subtracted at once.",),
            ("一次减去两个价格。",),
        ),
        conclusions=concluding("The money left", "剩下的钱", "元"),
        sample=_sample_difference,
        value=lambda m, p, d: Integer(m) - 2 * p - d,
        of="{m} - {p} - ({p} + {d})",
        steps=(HALF, SPLIT),
        never=({"m": 98, "p": 25, "d": 15},),
        words=_two_things,
    ),
    numeric(
        "banknote_change",
        "money",
        story(
            en=(
                (
                    "I paid with a {m} dollar bill for {n} coffees at {price} dollars each.",
                    "{who} hands over a {m} euro note for {n} tickets at {price} euros each.",
                    "{who} gives the seller {m} dollars for {n} sandwiches that cost {price} dollars each.",
                    "I gave {m} yuan for {n} notebooks, each {price} yuan.",
                    "Out of a {m} dollar bill {who} pays for {n} postcards, {price} dollars apiece.",
                ),
                ("How much change do I get?", "What is the change?", "How much comes back?", "What do they return?"),
            ),
            zh=(
                (
                    "我用一张{m}元的钞票买了{n}杯咖啡，每杯{price}元，",
                    "{who}付了{m}元，买了{n}个面包，每个{price}元。",
                    "{who}给售货员{m}元，要了{n}本本子，每本{price}元。",
                    "我给了{m}块，买{n}瓶水，每瓶{price}块，",
                    "{who}拿{m}元去买{n}张卡片，单价{price}元，",
                ),
                ("应找回多少元？", "找多少钱？", "要找零多少元", "该退回几元？"),
            ),
        ),
        way(
            "print({m} - {n} * Decimal('{price}'))",
            ("The change is the payment minus the cost.", "Decimal keeps the price exact."),
            ("找零等于付款减去花费。", "用 Decimal 保持价格精确。"),
        ),
        way(
            "print(latex({m} - {n} * Rational('{price}')))",
            ("Rational keeps the price exact.",),
            ("用 Rational 保持价格精确。",),
        ),
        conclusions=concluding("The change", "找零", "元"),
        sample=_sample_banknote,
        value=lambda m, n, p: m - n * Rational(p, 10),
        of="{m} - {n} * Rational('{price}')",
        steps=(HALF, LESS),
        words=_price,
    ),
    numeric(
        "discount",
        "percentage",
        story(
            en=(
                (
                    "In a shop {one} costs {p} dollars. Today it is {r}% off.",
                    "The {bare} is {p} yuan, with a discount of {r}%.",
                    "A shop takes {r}% off a {bare} that costs {p} dollars.",
                    "The price of {one} is {p} euros and it is reduced by {r} percent.",
                    "There is a sale: {r}% less on {one} worth {p} dollars.",
                ),
                ("What does it cost now?", "What is the new price?", "how much do I pay", "For how much does it go?"),
            ),
            zh=(
                (
                    "{one}原价{p}元，打{fold}折，",
                    "{bare}标价{p}元，现在打{fold}折出售，",
                    "商店里{one}卖{p}块钱，打{fold}折后，",
                    "{bare}的定价是{p}元，{fold}折优惠，",
                    "促销期间{p}元的{bare}按{fold}折卖，",
                ),
                ("现价是多少元？", "要付多少钱？", "卖多少元", "到手价几元？"),
            ),
        ),
        way(
            "print(latex({p} * {factor}))",
            ("I multiply by the share that is left.", "The price times what remains of it."),
            ("原价乘以剩下的比例。", "打折就是乘以折扣。"),
        ),
        conclusions=concluding("The price", "价格", "元"),
        sample=_sample_discount,
        value=lambda p, r: p - Rational(p * r, 100),
        of="{p} * {factor}",
        steps=(DOUBLE, MORE),
        words=_factor,
    ),
    numeric(
        "percent_of",
        "percentage",
        value_of(("{r}% of {p}", "{r} percent of {p}"), ("{p}的{r}%", "{p} 的百分之{r}")),
        way(
            "print(latex(Rational({r}, 100) * {p}))",
            ("A percent is a hundredth.", "I multiply by the hundredths."),
            ("百分之一就是除以一百。", "乘以百分数。"),
        ),
        way("print(latex(Rational({r} * {p}, 100)))", ("Multiply, then divide by 100.",), ("先乘，再除以 100。",)),
        conclusions=concluding("The result", "结果"),
        sample=lambda rng: {"r": rng.randint(2, 98), "p": upto(rng, 10, 99, 999, 99999)},
        value=lambda r, p: Integer(r) * p / 100,
        of="Rational({r}, 100) * {p}",
        steps=(MORE, DOUBLE),
    ),
    family(
        "two_prices",
        "linear system",
        story(
            en=(
                (
                    "{who} buys {a} {fruit} and {b} {fruit2} for {s} dollars. The next day {c} {fruit} and "
                    "{d} {fruit2} cost {t} dollars.",
                    "{a} {fruit} and {b} {fruit2} cost {s} yuan; {c} {fruit} and {d} {fruit2} cost {t} yuan.",
                    "On Monday {who} paid {s} euros for {a} {fruit} and {b} {fruit2}; on Tuesday {c} {fruit} and "
                    "{d} {fruit2} were {t} euros.",
                    "{a} {fruit} plus {b} {fruit2} make {s} dollars, {c} {fruit} plus {d} {fruit2} make {t} dollars.",
                    "A basket of {a} {fruit} and {b} {fruit2} sells at {s}, one of {c} {fruit} and {d} {fruit2} "
                    "at {t}.",
                ),
                (
                    "What does one {one} and what does one {one2} cost?",
                    "Find the price of one {one} and of one {one2}.",
                    "How much are one {one} and one {one2}?",
                    "Which prices do a single {one} and a single {one2} have?",
                ),
            ),
            zh=(
                (
                    "{who}买了{a}个{fruit}和{b}个{fruit2}，花了{s}元。第二天又买了{c}个{fruit}和{d}个{fruit2}，花了{t}元。",
                    "{a}个{fruit}和{b}个{fruit2}共{s}元，{c}个{fruit}和{d}个{fruit2}共{t}元，",
                    "妈妈去市场，买{a}个{fruit}和{b}个{fruit2}用了{s}块，再去买{c}个{fruit}和{d}个{fruit2}用了{t}块。",
                    "已知{a}个{fruit}加{b}个{fruit2}要{s}元，{c}个{fruit}加{d}个{fruit2}要{t}元，",
                    "水果店里{a}个{fruit}配{b}个{fruit2}卖{s}元，{c}个{fruit}配{d}个{fruit2}卖{t}元。",
                ),
                (
                    "每个{fruit}和每个{fruit2}各多少元？",
                    "问{fruit}和{fruit2}的单价是多少元？",
                    "求一个{fruit}和一个{fruit2}的价格",
                    "{fruit}、{fruit2}一个卖几元？",
                ),
            ),
        ),
        way(
            "x, y = symbols('x y')\ns = solve([{a}*x + {b}*y - {s}, {c}*x + {d}*y - {t}], [x, y])\n"
            "print(f'({{latex(s[x])}}, {{latex(s[y])}})')",
            ("Two unknown prices, two equations.", "I set up two equations and solve them."),
            ("设两个单价为未知数，列两个方程。", "列方程组求解。"),
        ),
        way(
            "x, y = symbols('x y')\nprint(latex(*linsolve([{a}*x + {b}*y - {s}, {c}*x + {d}*y - {t}], x, y)))",
            ("Two linear equations: linsolve.",),
            ("二元一次方程组，用 linsolve。",),
        ),
        conclusions=concluding("The pair of prices", "两个单价", "元"),
        sample=_sample_trips,
        answer=lambda a, b, s, c, d, t: latex(tuple(Matrix([[a, b], [c, d]]).LUsolve(Matrix([s, t])))),
        follow_ups=(
            again(
                "{a} {fruit} and {b} {fruit2} for {s}, {c} {fruit} and {d} {fruit2} for {t}",
                "{a}个{fruit}和{b}个{fruit2}共{s}元、{c}个{fruit}和{d}个{fruit2}共{t}元",
                _sample_trips,
            ),
        ),
        kind="tuple",
        never=({"a": 5, "b": 3, "s": 20, "c": 3, "d": 4, "t": 15},),
        words=_two_fruit,
    ),
    numeric(
        "percent_then_ratio",
        "ratio",
        story(
            en=(
                (
                    "A library has {n} books. {r}% are novels, and the numbers of science books and comics are in the "
                    "ratio {a}:{b}.",
                    "Of {n} books in a school {r}% are stories; the rest are science books and comics, {a}:{b}.",
                    "A shelf holds {n} books, {r} percent of them novels. Science books to comics is {a} to {b}.",
                    "There are {n} books: {r}% stories, the others science books and comics in the ratio {a}:{b}.",
                    "A collection of {n} books is {r}% poetry; science books and comics share the rest as {a}:{b}.",
                ),
                (
                    "How many comics are there?",
                    "Find the number of comics.",
                    "how many comics?",
                    "What is the count of comics?",
                ),
            ),
            zh=(
                (
                    "图书馆有故事书、科技书和连环画共{n}本，其中故事书占{r}%，科技书和连环画的数量比是{a}:{b}，",
                    "学校有{n}本书，故事书占{r}%，剩下的科技书与连环画之比为{a}:{b}，",
                    "书架上有{n}本书，{r}%是小说，其余科技书和连环画按{a}:{b}分配。",
                    "一共{n}本书，小说占百分之{r}，科技书比连环画是{a}:{b}。",
                    "书店进了{n}本书，诗集占{r}%，余下科技书、连环画的比为{a}:{b}，",
                ),
                ("连环画有多少本？", "有多少本连环画？", "求连环画的本数", "连环画几本？"),
            ),
        ),
        way(
            "rest = {n} * Rational(100 - {r}, 100)\nprint(latex(rest * Rational({b}, {a} + {b})))",
            ("First the rest, then its share.", "The ratio divides what the percent leaves."),
            ("先求剩下的，再按比例分。", "用百分数求剩余，再按比例求一份。"),
        ),
        way(
            "n, r, a, b = {n}, {r}, {a}, {b}\nprint(latex(Rational(n * (100 - r) * b, 100 * (a + b))))",
            ("I put all in one fraction.",),
            ("合成一个分数计算。",),
        ),
        conclusions=concluding("The number of comics", "连环画的数量", "本"),
        sample=_sample_library,
        value=lambda n, r, a, b: (n - Rational(n * r, 100)) * b / (a + b),
        of="{n} * Rational(100 - {r}, 100) * Rational({b}, {a} + {b})",
        steps=(HALF, MORE),
        never=({"n": 1200, "r": 60, "a": 2, "b": 3},),
    ),
    numeric(
        "proportion",
        "ratio",
        story(
            en=(
                (
                    "{a} pens cost {p} dollars.",
                    "{who} paid {p} yuan for {a} pens.",
                    "A pack of {a} pens is {p} euros.",
                    "For {a} pens one pays {p} dollars.",
                    "The bill for {a} pens came to {p} dollars.",
                ),
                (
                    "How much do {b} pens cost?",
                    "What is the price of {b} pens?",
                    "how much for {b} pens",
                    "At this rate, what would {b} come to?",
                ),
            ),
            zh=(
                (
                    "{a}支笔{p}元，",
                    "{who}买{a}支笔花了{p}元，",
                    "{a}支同样的笔要{p}块钱，",
                    "买{a}支铅笔需要{p}元。",
                    "一盒{a}支笔卖{p}元，",
                ),
                ("{b}支笔多少元？", "买{b}支要多少钱？", "那么{b}支多少钱", "照这样，{b}支是几元？"),
            ),
        ),
        way(
            "print(latex(Rational({p}, {a}) * {b}))",
            ("The price of one, times the number.", "I go by the price of one."),
            ("先求单价，再乘数量。", "单价乘以数量。"),
        ),
        way(
            "x = symbols('x')\nprint(latex(solve({a} * x - {p} * {b}, x)[0]))",
            ("Both ratios are the same: an equation.",),
            ("两个比相等，列方程。",),
        ),
        conclusions=concluding("The price", "价格", "元"),
        sample=_sample_proportion,
        value=lambda a, p, b: Rational(p * b, a),
        of="Rational({p}, {a}) * {b}",
        steps=(DOUBLE, LESS),
        words=names,
    ),
    numeric(
        "simple_interest",
        "percentage",
        story(
            en=(
                (
                    "{who} puts {p} dollars in a bank at {r}% simple interest a year for {y} years.",
                    "{p} yuan earn simple interest of {r}% a year for {y} years.",
                    "A loan of {p} euros has {r} percent simple interest per year over {y} years.",
                    "I save {p} dollars at a simple rate of {r}% per year, {y} years long.",
                    "A deposit of {p} dollars grows by {r}% of itself each year, {y} years in a row.",
                ),
                (
                    "How much interest is that?",
                    "Find the interest.",
                    "what is the interest",
                    "What interest falls due?",
                ),
            ),
            zh=(
                (
                    "{who}把{p}元存入银行，年利率{r}%，存{y}年，按单利计算，",
                    "本金{p}元，单利年利率{r}%，期限{y}年，",
                    "借款{p}元，年利率为{r}%，{y}年后还，按单利，",
                    "存款{p}块钱，单利，每年利率{r}%，一共{y}年，",
                    "投入{p}元，每年按本金的{r}%付息，持续{y}年，",
                ),
                ("利息是多少元？", "求利息。", "一共有多少利息", "可得利息几元？"),
            ),
        ),
        way(
            "print(latex({p} * Rational({r}, 100) * {y}))",
            ("Principal times rate times years.", "Simple interest is the same each year."),
            ("利息等于本金乘利率乘年数。", "单利每年相同。"),
        ),
        conclusions=concluding("The interest", "利息", "元"),
        sample=_sample_interest,
        value=lambda p, r, y: Rational(p * r * y, 100),
        of="{p} * Rational({r}, 100) * {y}",
        steps=(HALF, MORE),
        words=names,
    ),
    numeric(
        "unit_price_total",
        "money",
        noun(
            ("the cost of {n} boxes at {p} dollars each", "the total price of {n} books that cost {p} yuan each"),
            ("{n}箱每箱{p}元的总价", "每本{p}元的书{n}本的总价"),
        ),
        way(
            "print({n} * {p})",
            ("Number times price.", "I multiply the number by the price."),
            ("数量乘以单价。", "总价等于单价乘数量。"),
        ),
        conclusions=concluding("The total", "总价", "元"),
        sample=lambda rng: {"n": upto(rng, 2, 50, 900), "p": upto(rng, 2, 50, 900)},
        value=lambda n, p: Integer(n) * p,
        of="{n} * {p}",
        steps=(HALF, SPLIT),
    ),
]
