"""Questions that no program answers: other subjects, proofs, missing numbers. The answer says so, without a box.

Each phrasing is a topic of its own, so that what is kept from training are topics.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from .family import Family, Lang, Params, Texts

__all__ = ["REFUSAL"]

PLACES: Texts = {
    "en": ("France", "Japan", "Egypt", "Brazil", "Canada", "Italy", "Kenya", "Spain", "India", "Peru"),
    "zh": ("法国", "日本", "埃及", "巴西", "加拿大", "意大利", "肯尼亚", "西班牙", "印度", "秘鲁"),
}
THINGS: Texts = {
    "en": (
        "the moon",
        "my cat",
        "the sea",
        "a river",
        "autumn",
        "an old house",
        "the rain",
        "a train",
        "snow",
        "music",
    ),
    "zh": ("月亮", "我的猫", "大海", "小河", "秋天", "老房子", "雨", "火车", "雪", "音乐"),
}
DISHES: Texts = {
    "en": ("pancakes", "soup", "bread", "dumplings", "rice", "pasta", "an omelette", "a cake"),
    "zh": ("煎饼", "汤", "面包", "饺子", "米饭", "面条", "蛋炒饭", "蛋糕"),
}
PEOPLE: Texts = {
    "en": ("Tom", "Anna", "Ben", "Mary", "Lucy", "Sam"),
    "zh": ("小明", "小红", "小华", "小丽", "小刚", "李雷"),
}
QUESTIONS: Texts = {
    "en": (
        "Who was the first king of {place}?",
        "What is the capital of {place}?",
        "When did the war of {year} end?",
        "Write a poem about {thing}.",
        "Tell me a joke about {thing}.",
        "Write a short story about {thing} and {who}.",
        "What is your name?",
        "Who are you, and how old are you? {who} asks.",
        "My name is {who}. How are you today?",
        "Prove that there are infinitely many primes greater than {n}.",
        "Prove that the square root of {p} is irrational.",
        "Prove by induction that the sum formula holds for all n > {n}.",
        "Play chess with me. I open with pawn to e{digit}.",
        "Translate '{thing}' into Latin.",
        "What will the weather be in {place} in {year}?",
        "How do I cook {dish} for {n} people?",
        "Which team won the world cup in {year}?",
        "Recommend a good book about {thing}.",
        "Draw a picture of {thing}.",
        "{who} has some apples and gives away {n}. How many are left?",
        "A rectangle is {n} cm long. What is its area?",
        "A car drives for {n} hours. How far does it get?",
        "{who} pays with a {n} dollar bill. How much change is there?",
        "A jacket is {digit}0% off. What does it cost now?",
        "Find an antiderivative of e^(x^2) + {n} in elementary functions.",
        "Find the elementary integral of sin(x)/x + {n}.",
        "Solve the equation.",
        "What is the meaning of life, {who}?",
        "Write a web page about {thing} in HTML.",
        "Is it right to keep {n} dollars that I found?",
        "Why is the sky over {place} blue?",
        "How tall is the tallest mountain of {place}?",
        "How many people live in {place}?",
        "Who wrote the most famous novel of {place}?",
        "Explain {thing} to a child.",
        "Write an email to {who} about {thing}.",
        "Correct my spelling: I has a book about {thing}.",
        "What do you think of {thing}, {who}?",
        "What should I give {who} for a birthday?",
        "Tell {who} how to learn the guitar.",
        "I feel tired today, and {who} too.",
        "Good morning! Nice to meet you.",
        "Thank you, {who}, that was all.",
        "Which language do people speak in {place}?",
        "Describe the history of {place} in {digit} sentences.",
        "What happened in {place} in {year}?",
        "Name {digit} animals that live in {place}.",
        "List {digit} kinds of fruit.",
        "Write a program that sorts a list in Java.",
        "How does a computer work?",
        "What colour is {thing}?",
        "Can you sing a song about {thing}?",
        "Where can I buy {dish}?",
        "Is {dish} healthy for {who}?",
        "Plan a trip to {place} for {digit} days.",
        "What is the exchange rate of {place} today?",
        "Which stock should {who} buy with {n} dollars?",
        "Who will win the election in {place}?",
        "How old is the universe?",
        "How far is it from {place} to the moon?",
        "{who} buys some pens at {digit} dollars each. How much is that?",
        "There are {n} pupils in a school, some of them girls. How many boys are there?",
        "A train leaves at {digit} o'clock. When does it arrive?",
        "{who} is taller than a friend by {digit} cm. How tall is the friend?",
        "The sum of two numbers is {n}. What are they?",
        "A circle is drawn on paper. Find its area.",
        "What is the average of my marks?",
        "Prove that there is no largest integer.",
        "Show that the angles of every triangle add up to 180 degrees.",
        "Prove Fermat's last theorem for n > {n}.",
    ),
    "zh": (
        "{place}的第一位国王是谁？",
        "{place}的首都是哪里？",
        "{year}年的战争什么时候结束？",
        "写一首关于{thing}的诗。",
        "讲一个关于{thing}的笑话。",
        "写一个关于{thing}和{who}的小故事。",
        "你叫什么名字？",
        "你是谁？你几岁了？{who}想知道。",
        "我叫{who}，你今天好吗？",
        "证明大于{n}的质数有无穷多个。",
        "证明根号{p}是无理数。",
        "用归纳法证明求和公式对一切大于{n}的正整数成立。",
        "和我下象棋吧，我先走第{digit}路的兵。",
        "把“{thing}”翻译成拉丁语。",
        "{year}年{place}的天气怎么样？",
        "给{n}个人做{dish}要怎么做？",
        "{year}年的世界杯冠军是哪个队？",
        "推荐一本关于{thing}的书。",
        "画一幅{thing}的画。",
        "{who}有一些苹果，送出{n}个，还剩多少个？",
        "长方形的长是{n}厘米，面积是多少？",
        "汽车开了{n}小时，一共行了多少千米？",
        "{who}付了{n}元买东西，应找回多少元？",
        "一件衣服打{digit}折，现价多少元？",
        "用初等函数求 e^(x^2) + {n} 的原函数。",
        "求 sin(x)/x + {n} 的初等原函数。",
        "解这个方程。",
        "{who}问：人生的意义是什么？",
        "用 HTML 写一个关于{thing}的网页。",
        "捡到{n}元钱该不该还？",
        "{place}的天空为什么是蓝色的？",
        "{place}最高的山有多高？",
        "{place}有多少人口？",
        "{place}最有名的小说是谁写的？",
        "给小孩子解释一下{thing}。",
        "给{who}写一封关于{thing}的邮件。",
        "帮我改错别字：我有一本关于{thing}的树。",
        "{who}，你觉得{thing}怎么样？",
        "{who}过生日送什么好？",
        "告诉{who}怎么学吉他。",
        "我今天很累，{who}也是。",
        "早上好，很高兴认识你。",
        "谢谢你，{who}，没有别的事了。",
        "{place}的人说什么语言？",
        "用{digit}句话介绍{place}的历史。",
        "{year}年{place}发生了什么？",
        "说出{digit}种生活在{place}的动物。",
        "列举{digit}种水果。",
        "用 Java 写一个排序程序。",
        "电脑是怎么工作的？",
        "{thing}是什么颜色的？",
        "唱一首关于{thing}的歌吧。",
        "哪里可以买到{dish}？",
        "{who}吃{dish}健康吗？",
        "帮我安排{place}{digit}日游。",
        "今天{place}的汇率是多少？",
        "{who}有{n}元，该买哪只股票？",
        "{place}的选举谁会赢？",
        "宇宙有多少岁？",
        "从{place}到月亮有多远？",
        "{who}买了一些笔，每支{digit}元，一共多少钱？",
        "学校有{n}名学生，其中一些是女生，男生有多少名？",
        "火车{digit}点出发，几点到达？",
        "{who}比朋友高{digit}厘米，朋友多高？",
        "两个数的和是{n}，这两个数是多少？",
        "纸上画了一个圆，求它的面积。",
        "我的平均成绩是多少？",
        "证明没有最大的整数。",
        "证明任意三角形的内角和是180度。",
        "证明 n 大于{n}时费马大定理成立。",
    ),
}
KEPT: Texts = {
    "en": (
        "Which medicine helps {who} against a headache?",
        "How do I get from {place} to the airport?",
        "What does a lawyer say about {thing}?",
        "A triangle has a base of {n} cm. What is its area?",
        "{who} is {digit} years older than a friend. How old is {who}?",
        "Prove that every even number above {n} is the sum of two primes.",
    ),
    "zh": (
        "{who}头痛该吃什么药？",
        "从{place}怎么去机场？",
        "关于{thing}律师怎么说？",
        "三角形的底是{n}厘米，面积是多少？",
        "{who}比朋友大{digit}岁，{who}几岁？",
        "证明大于{n}的偶数都是两个质数之和。",
    ),
}


def _slots(rng: random.Random, lang: Lang, params: Params) -> Mapping[str, str]:
    """What the topics take; it follows from the problem, so that a problem has one text in each phrasing."""
    chosen = random.Random(params["q"])
    return {
        "place": chosen.choice(PLACES[lang]),
        "thing": chosen.choice(THINGS[lang]),
        "dish": chosen.choice(DISHES[lang]),
        "who": chosen.choice(PEOPLE[lang]),
        "year": str(chosen.randint(1500, 2030)),
        "n": str(chosen.randint(2, 400)),
        "digit": str(chosen.randint(2, 9)),
        "p": str(chosen.choice((2, 3, 5, 6, 7, 10, 11, 13))),
    }


def _nothing(**params: int) -> None:
    """No answer is known to a question that cannot be solved."""


REFUSAL = Family(
    name="refusal",
    subject="refusal",
    questions=QUESTIONS,
    kept=KEPT,
    thoughts={"en": ("",), "zh": ("",)},
    code="",
    conclusions={
        "en": (
            "I cannot solve this: it is no calculation that I know, or something is missing in the question.",
            "This is nothing that I can calculate, so I cannot give an answer.",
        ),
        "zh": (
            "这个问题我无法求解：它不是我会的计算，或者题目缺少条件。",
            "这不是我能计算的问题，所以我无法给出答案。",
        ),
    },
    sample=lambda rng: {"q": rng.randrange(1_000_000)},
    answer=_nothing,
    kind="unanswerable",
    words=_slots,
)
