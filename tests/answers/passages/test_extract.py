"""What is taken for the answer in a text, case by case."""

from __future__ import annotations

import pytest

from math_solver.answers import box_contents, extract_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # what "Answer:" opens is worked out in steps: the last one states the answer
        ("Answer: First, 3 * 4 = 12. Then 12 + 2 = 14.", "14"),
        ("Answer: 3 * 4 = 12. Then 12 + 2 = 14.", "14"),
        ("Answer:\nStep 1: 3*4=12.\nStep 2: 12+2=14.", "14"),
        ("答案：首先，3 × 4 = 12。然后 12 + 2 = 14。", "14"),
        ("Answer: Let x be 3. Then 4x = 12, so the total is 14.", "14"),
        ("Answer: 7. Check: 3 + 4 = 7.", "7"),
        # a contrast after the answer; a denial states nothing
        ("The answer is 5, not 6.", "5"),
        ("5, not 6", "5"),
        ("The answer is 5 (not 6).", "5"),
        ("He pays 5 dollars, not 6 dollars.", "5 dollars"),
        ("答案是5，而不是6。", "5"),
        ("是5，不是6", "5"),
        ("是5不是6", "5"),
        ("The answer is not 6.", None),
        ("答案不是6，而是5。", "5"),
        # the day of a date is no amount
        ("So the party is on June 20.", None),
        # several options
        ("所以选AC。", "AC"),
        ("Options A and C are correct.", "A and C"),
        ("Statement (B) is true.", "(B)"),
        # boxes: the last one, nested braces, boxes in boxes, boxes that belong together
        (r"First \boxed{1}. In the end \boxed{\frac{1}{\sqrt{2}}}.", r"\frac{1}{\sqrt{2}}"),
        (r"\boxed{\boxed{7}}", "7"),
        (r"\fbox{12}", "12"),
        (r"\boxed 5", "5"),
        (r"$x=\boxed{2}$ or $x=\boxed{3}$", "3"),
        (r"\boxed{2} and \boxed{3}", "2, 3"),
        (r"$\boxed{2}$，$\boxed{3}$", "2, 3"),
        (r"\boxed{\{x \mid x > 2\}}", r"\{x \mid x > 2\}"),
        # a box that was cut off, or is empty
        (r"so the answer is \boxed{42", None),
        (r"\boxed{}", None),
        # markers and phrases
        ("48/2 = 24\n#### 72", "72"),
        ("The answer is 18.", "18"),
        ("The final answer is $x=3$ or $x=-5$.", "$x=3$ or $x=-5$"),
        ("Final answer: **(B)**", "(B)"),
        ("The answer to the question is Evelyn.", "Evelyn"),
        ("The answer is 18 because 9 doubled is 18.", "18"),
        ("The answer is 3.5.", "3.5"),
        ("所以答案是：10万", "10万"),
        ("故答案为：$\\frac{1}{2}$。", "$\\frac{1}{2}$"),
        ("答：一共有36名学生。", "36名学生"),
        # concluding sentences
        ("因此，小明一共有 35 个苹果。", "35 个苹果"),
        ("综上所述，这个数是三十五。", "三十五"),
        ("Therefore, there are 18 apples left.", "18 apples left"),
        ("Weng earned $10 for babysitting yesterday.", "$10"),
        ("Natalia sold a total of 48 + 24 = 72 clips.", "72 clips"),
        ("因此，Jerome在第13天需要骑行6英里来完成他的目标。", "6英里"),
        ("So the interval is $(1,2]$.", "$(1,2]$"),
        ("因此，总价是 48.00 美元。```python\n\n```", "48.00 美元"),
        # bold, letters, bare answers
        ("Thus she makes **18** dollars.", "18 dollars"),
        ("选C", "选C"),
        ("所以这道题应该选C", "C"),
        ("Therefore, the correct option is **(B)**.", "(B)"),
        ("42", "42"),
        ("x^2+1", "x^2+1"),
        ("x=1 or x=2", "x=1 or x=2"),
        # none rather than a guess
        ("I don't know", None),
        ("Let me see.", None),
        ("", None),
        ("The answer is not known.", None),
        ("at least 7", None),
        ("The value is at least 7.", None),
        ("We continue with step 3", None),
        ("走17分钟小刚不能到学校。", None),
        ("(((5", None),
    ],
)
def test_extract_answer(text: str, answer: str | None) -> None:
    assert extract_answer(text) == answer


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (r"\boxed{7}", ["7"]),
        (r"是 \boxed{\frac{1}{2}} 和 $\boxed {3}$", [r"\frac{1}{2}", "3"]),
        (r"\fbox{\boxed{7}}", ["7"]),
        (r"\boxed{7", []),  # never closes
        (r"\boxed{}", []),
        ("7", []),
    ],
)
def test_box_contents(text: str, content: list[str]) -> None:
    assert box_contents(text) == content
