"""What says that a problem cannot be solved, and what only looks so."""

from __future__ import annotations

import random

import pytest

from math_solver.answers import refuses
from math_solver.sources.families import REFUSAL

REFUSALS = [
    # our own sentences are tested from their family
    "I cannot determine the area.",
    "I can't solve this.",
    "I can’t solve this.",  # a typographic apostrophe
    "I'm unable to answer this question.",
    "I am not able to compute the change without the price.",
    "I'm sorry, but I can't help with that.",
    "We cannot calculate how far the car gets, because its speed is missing.",
    "There is not enough information.",
    "There isn't enough information to find the width.",
    "Not enough information is given to answer.",
    "Insufficient data.",
    "The problem does not give enough details: there is insufficient information about the price.",
    "The price of the jacket cannot be determined.",
    "It can't be determined how many apples are left.",
    "The number of apples cannot be uniquely determined from the given information.",
    "Cannot be determined.",
    "The answer is: it cannot be determined.",  # nothing is boxed
    "It is impossible to determine the area with only the length.",
    "It is not possible to know this without the speed.",
    "There is no way to tell.",
    "There is no way of knowing how many apples Tom had.",
    "I don't know.",
    "I honestly don't know what the weather will be.",
    "I have no way of knowing the weather in 2030.",
    "As a language model I don't have access to weather data.",
    "Who won is beyond my abilities.",
    "This is not a mathematical problem, so I can't give you an answer.",
    "The question is incomplete.",
    "The problem is underspecified: the height is never stated.",
    "The answer is unknown.",
    "Unknown.",
    "Please provide the equation that you want me to solve.",
    "It looks like you haven't provided an equation. Could you share it?",
    "No equation was given.",
    # numbers of the question, of what would be, of a request, and of steps
    "Only the length (5 cm) is given, so I cannot determine the area.",
    "I cannot determine the area. Only the length, 5 cm, is given.",
    "If the width were 3 cm, the area would be 15 cm². Without the width I can't give an answer.",
    "Without the width I can't give an answer. If the width were 3 cm, the area would be 15 cm².",
    "I can't solve it. Please give the width, e.g. 3 cm.",
    "1. The length is 5 cm.\n2. The width is missing.\n3. So the area cannot be determined.",
    "Let $w$ be the width. Then the area is $5w$. Since $w$ is not known, the area cannot be determined.",
    "The car travels 60 km/h × t. There is not enough information to determine t, so I cannot answer.",
    r"\boxed{} I cannot determine it.",  # a box of nothing
    "The antiderivative cannot be expressed in elementary functions.",
    "I can't solve this, but if you give me the width, I can.",
    "**I cannot solve this problem.**",
    "The speed is not given. Therefore, no answer can be given.",
    "It isn't possible to say how far the car gets.",
    "Sorry, I can only help with math problems.",
    "I can’t give medical advice; please ask a doctor.",
]
ANSWERS = [
    "",
    "   \n",
    "The area is 60.",
    r"The area is \boxed{60}.",
    r"I cannot determine it exactly, but I guess \boxed{60}.",
    r"\boxed{\text{cannot be determined}}",  # what is in a box is an answer
    r"There is not enough information: \boxed{D}",
    r"无法确定，故选 \boxed{D}",
    "The equation has no solution.",  # of an equation that is an answer
    "There are no real solutions.",
    "The limit does not exist.",
    "No such integer exists.",
    "Such a number cannot be found.",
    "The series diverges.",
    "The expression is undefined.",
    "It is impossible to tile the board.",  # the answer of a proof
    "12 cannot be divided by 5.",
    "Tom does not have enough money to buy the book.",
    "Tom doesn't have enough apples, and 3 are missing.",
    "The equation cannot be solved in integers.",
    # another way leads to an answer
    "It cannot be solved by factoring, so I use the formula: x = 1 or x = 3.",
    "This can't be determined directly. By the cosine rule, AB = 5.",
    "I cannot find it by hand. The program prints 42, so the sum is 42.",
    "I can't compute this in my head, but Python gives 408.",
    "I don't know Tom's age, but the difference is 4 years.",
    "At first I cannot tell which is larger. However, 2^10 = 1024 is more than 1000.",
    "We cannot determine x by inspection. Solving gives x = 2.",
    "I cannot determine whether it should be rounded. The answer is 3.14.",
    "The answer is 42. I cannot say more.",
    "#### 42\nI cannot be sure, there is not enough information.",
    "I can't look it up, but the capital is Paris.",  # not from a calculation, an answer all the same
    "There is not enough information, so the answer is (D).",
    "Answer: D. It cannot be determined.",
    "It is not true that there is not enough information: x = 5.",
    "That doesn't mean there is not enough information.",
    "We have enough information.",
    "I know the answer: 5.",
    "We cannot say that 7 is even; 7 is odd.",
    "We cannot give 3 apples to 2 children equally.",
    "The data are insufficient for normality, p = 0.03.",
    "Since y is not given, it can't be known; hence x = 3 by symmetry.",
    "You did not give the width, so I take 3. The area is 15.",
    "The area is 60. Please provide another problem.",
]
REFUSALS_ZH = [
    "无法确定。",
    "这道题条件不足，无法求解。",
    "条件不足。",
    "题目缺少条件，不能确定面积。",
    "由于缺少宽，面积无法计算。",
    "已知信息不足，我无法给出答案。",
    "信息不够，没法回答。",
    "这不是数学题，我不知道答案。",
    "我不知道。",
    "抱歉，我无法回答这个问题。",
    "抱歉，我帮不了您。",
    "题目没有给出宽。",
    "请提供方程。",
    "您没有给出方程，请补充完整的题目。",
    "只知道长是12厘米，所以无法确定面积。",
    "无法确定面积，因为只给出了长12厘米。",
    "如果宽是3厘米，面积就是15平方厘米；但题目没有给出宽，所以无法计算。",
    "没有足够的信息来判断还剩多少个苹果。",
    "这超出了我的能力。",
    "答案：无法确定",
    "难以判断小明还剩几个苹果。",
    "不可能确定具体的数值。",
    "天气无法预测。",
    "小明原有的苹果数未知，因此不能确定还剩多少个。",
    "很抱歉，我不能写诗。",
    "这个问题我解不了。",
    "第一步：长为5。\n第二步：宽未知。\n第三步：故面积无法确定。",
]
ANSWERS_ZH = [
    "面积是60。",
    r"面积是\boxed{60}。",
    r"\boxed{\text{无法确定}}",
    "方程无解。",
    "此方程没有实数解。",
    "极限不存在。",
    "不存在这样的整数。",
    "小明的钱不够。",
    "12不能被5整除。",
    "不能直接求解，因此用求根公式，x=1或x=3。",
    "无法直接计算，改用程序，得到42。",
    "虽然无法一眼判断，但计算可知 x=5。",
    "无法通过因式分解求解。由求根公式得 x=2。",
    "并非条件不足，x=5。",
    "这不是无法求解，x=5。",
    "答案是5。我无法给出更多说明。",
    "条件不足，故选D。",
    "无法确定，选(D)。",
    "我不知道小明的年龄，但他们的年龄差是4岁。",
    "条件足够，面积为60。",
    "所以小明不能回答这道题。",
    "他无法给出5个苹果，只能给3个。",
    "所以不能确定的面积为5。",
    "你没有给出宽，所以我取3。面积是15。",
]


@pytest.mark.parametrize("text", [*REFUSALS, *REFUSALS_ZH])
def test_a_conclusion_that_says_so_refuses(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize("text", [*ANSWERS, *ANSWERS_ZH])
def test_an_answer_is_no_refusal_whatever_it_says_besides(text: str) -> None:
    assert not refuses(text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_our_own_rows_say_refuses(lang: str) -> None:
    assert all(map(refuses, REFUSAL.conclusions[lang]))  # type: ignore[index]


@pytest.mark.parametrize("text", [*REFUSALS[:40:4], *REFUSALS_ZH[::4]])
def test_a_box_behind_it_makes_an_answer_of_any_refusal(text: str) -> None:
    assert not refuses(rf"{text} \boxed{{7}}")


def test_hostile_text_comes_back_at_once() -> None:
    pieces = [
        "I cannot ",
        "not ",
        "enough ",
        "the ",
        "is ",
        "I am afraid ",
        "无法",
        "条件",
        "，",
        ". ",
        "\\boxed{",
        "1",
        "\n",
    ]
    rng = random.Random(0)
    for _ in range(20):
        refuses("".join(rng.choice(pieces) for _ in range(3_000)))
    for piece in pieces:
        refuses(piece * 20_000)
