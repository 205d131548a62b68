"""What a text says not to be its answer: never accepted, and what it states beside it still is."""

from __future__ import annotations

import pytest

from math_solver.answers import extract_answer, verify_answer

from ...bounded import Bounded


@pytest.mark.parametrize(
    ("text", "stated", "denied"),
    [
        ("选A，不选B", "A", "B"),
        ("选A不选B", "A", "B"),
        ("应选A而不是B", "A", "B"),
        ("答案是A，不是B", "A", "B"),
        ("A而不是B", "A", "B"),
        ("所以选A，不选B。", "A", "B"),
        ("正确的是B，不是A", "B", "A"),
        ("选项B正确，不是选项C", "B", "C"),
        ("是甲，不是乙", "甲", "乙"),
        ("答案应为5，而非7", "5", "7"),
        ("结果为5，而非7。", "5", "7"),
        ("答案是5，并非7", "5", "7"),
        ("应该是5而非7", "5", "7"),
        ("正确答案是5，不是错误的7", "5", "7"),
        ("A rather than B", "A", "B"),
        ("A, not B", "A", "B"),
        ("It's 5 instead of 7", "5", "7"),
        ("The answer is not B; it is A", "A", "B"),
        ("It is not B; it is A.", "A", "B"),
        ("The answer is A, not B.", "A", "B"),
        ("The answer is A rather than B.", "A", "B"),
        ("The answer is (A) instead of (B).", "A", "B"),
        ("The answer is 5 rather than 7.", "5", "7"),
        ("The answer is not 7 but 5.", "5", "7"),
        ("So the result is $5$, not $7$.", "5", "7"),
        ("So the result is $\\frac{1}{2}$ rather than $\\frac{1}{3}$.", "\\frac{1}{2}", "\\frac{1}{3}"),
        ("Hence x = 5, not x = 7.", "5", "7"),
        ("We get 5 as opposed to 7.", "5", "7"),
        ("It is 5 and not 7.", "5", "7"),
        ("Choose option A, not option B.", "A", "B"),
        ("Option A is correct, not option B.", "A", "B"),
        ("Option A is correct rather than option B.", "A", "B"),
        ("不是星期日，是星期六", "星期六", "星期日"),
        ("答案不是7，而是5", "5", "7"),
        ("答案并非7，而是5。", "5", "7"),
        ("选的不是B，而是A", "A", "B"),
        ("答案：A（不是B）", "A", "B"),
        ("答案是 5（而不是 7）。", "5", "7"),
        ("因此答案为 $5$，而不是 $7$。", "5", "7"),
        ("因此答案为 $-5$，而不是 $5$。", "-5", "5"),
        ("The answer is -5, not 5.", "-5", "5"),
        ("The answer is 5 (not 7).", "5", "7"),
        ("The answer is **5**, not 7.", "5", "7"),
        ("The answer is 5 cm rather than 7 cm.", "5 cm", "7 cm"),
        ("所以是5厘米而非7厘米。", "5厘米", "7厘米"),
        ("一共有5个苹果，而不是7个。", "5个", "7个"),
        ("Instead of 7, the answer is 5.", "5", "7"),
        ("Rather than B, the answer is A.", "A", "B"),
        ("我排除了B，选A", "A", "B"),
        ("排除B，故选A。", "A", "B"),
        ("排除A、C、D，故选B", "B", "C"),
        ("\\boxed{5，而非7}", "5", "7"),
        ("\\boxed{A，不选B}", "A", "B"),
        ("#### 5, not 7", "5", "7"),
        ("It was 7, but the correct value is 5.", "5", "7"),
        ("正确的不是A，应选B", "B", "A"),
        ("应为甲，并非乙。", "甲", "乙"),
        ("答案是正确，不是错误", "正确", "错误"),
        ("不能选B，只能选A", "A", "B"),
        ("x>1, x\\ne 2", "x>1, x\\ne 2", "x>1"),
        ("5:00, not 6:00", "5:00", "6:00"),
        ("3.5而非4.5", "3.5", "4.5"),
        ("3.5, not 4.5.", "3.5", "4.5"),
        ("1/2而不是1/3", "1/2", "1/3"),
        ("√2而不是√3", "√2", "√3"),
        ("B是错误的，所以选A", "A", "B"),
        ("应填5，别填7", "5", "7"),
        ("It is \\boxed{5}, not 7.", "5", "7"),
        ("The answer is 5 instead of 7 because 2 is even.", "5", "7"),
        ("He bought 5 pens instead of 7, so he paid 10 dollars.", "10 dollars", "7"),
    ],
)
def test_what_is_stated_counts_and_what_is_denied_does_not(text: str, stated: str, denied: str) -> None:
    assert verify_answer(stated, text).outcome == "correct"
    assert verify_answer(denied, text).outcome != "correct"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("not 7 but 5", "7"),
        ("It falls on Saturday rather than on Sunday.", "Sunday"),
        ("It falls on Saturday, not Sunday.", "Sunday"),
        ("It falls on Saturday instead of Sunday.", "Sunday"),
        ("它是星期六，不是星期日", "星期日"),
        ("它是星期六而非星期日", "星期日"),
        ("不是7而是5", "7"),
        ("答案不是7，是5", "7"),
        ("结果不等于7，等于5", "7"),
        ("The answer isn't 7, it's 5.", "7"),
        ("答案不应该是7", "7"),
        ("它不可能是乙", "乙"),
        ("它不是乙", "乙"),
        ("It cannot be Sunday", "Sunday"),
        ("不选B", "B"),
        ("The answer is not B.", "B"),
        ("B is not correct.", "B"),
        ("Option B is wrong.", "B"),
        ("选项B错误", "B"),
        ("B是错误的", "B"),
        ("\\boxed{\\text{A, not B}}", "B"),
        ("\\boxed{\\text{not } 7}", "7"),
        ("\\boxed{不是7}", "7"),
        ("\\boxed{\\neq 7}", "7"),
        ("<answer>5, not 7</answer>", "7"),
        ("<answer>not 7</answer>", "7"),
        ("**not 7**", "7"),
        ("The answer is anything but 7.", "7"),
        ("除了7以外", "7"),
        ("答案是除7以外的数", "7"),
        ("正确的是A项，B项不对", "B"),
        ("我选A，B不对", "B"),
        ("I pick A; B is wrong.", "B"),
        ("A, and B is wrong", "B"),
        ("选甲而不选乙", "乙"),
        ("是真，不是假", "假"),
        ("Yes, not no", "No"),
        ("True rather than False", "False"),
        ("The answer is True rather than False.", "False"),
        ("The answer is True, not False.", "False"),
        ("The winner is Tom, not Jerry.", "Jerry"),
        ("The winner is Tom rather than Jerry.", "Jerry"),
        ("获胜的是小明，不是小红。", "小红"),
        ("获胜的是小明而不是小红。", "小红"),
        ("x=5≠7", "7"),
        ("x=5\\ne 7", "7"),
        ("x>1，不等于2", "x>1"),
        ("x>1 and not 2", "x>1"),
        ("any x, not 2", "2"),
        ("奇数，不是9", "9"),
        ("5:00 而不是 17:00", "17:00"),
        ("The answer is everything except 7.", "7"),
        ("It is different from 7.", "7"),
        ("结果不会是7", "7"),
        ("应是5，7是错的", "7"),
        ("7是错误答案", "7"),
        ("7不是答案", "7"),
        ("怎么可能是7", "7"),
        ("It is unlikely to be 7.", "7"),
        ("I doubt that it is 7.", "7"),
        ("\\boxed{5} rather than \\boxed{7}", "7"),
        ("答案不是\\boxed{7}", "7"),
    ],
)
def test_what_is_denied_is_never_accepted(text: str, denied: str) -> None:
    assert verify_answer(denied, text).outcome != "correct"


@pytest.mark.parametrize(
    ("gold", "text"),
    [
        ("x > 1, x \\neq 2", "x > 1, x \\neq 2"),  # a condition is part of an answer
        ("7", "It is not 5. It is 7."),
        ("2", "So $x \\neq \\boxed{2}$."),
        ("7", "有人说不是7。但答案是7"),  # denied once and stated
        ("5", "The value is not negative; it is 5."),
        ("5", "It is nothing but \\boxed{5}."),
    ],
)
def test_a_denial_of_something_else_takes_nothing_away(gold: str, text: str) -> None:
    assert verify_answer(gold, text).outcome == "correct"


@pytest.mark.parametrize(
    "text",
    ["5" + " " * 19_000 + "x", "5, not " * 2800, "5，不是" * 5000, "不是7" * 6000, "7 not " * 3000, "A不选" * 6000],
)
def test_long_texts_take_no_time_with_their_square(bounded: Bounded, text: str) -> None:
    assert all(answer is None or answer in text for answer in bounded(extracted, text))


def extracted(text: str) -> set[str | None]:
    return {extract_answer(text) for _ in range(5)}
