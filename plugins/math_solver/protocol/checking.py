"""What a model is asked when its answer is checked: to come to it another way, and to decide between two answers."""

from __future__ import annotations

from .prompts import detect_lang

__all__ = ["check_request", "decide_request", "mend_request"]

_CHECK = {
    "en": (
        "Check this answer by another method: write a program that does not repeat the solution above (substitute "
        "the answer back, try all cases, compute a numeric value, check the units). Put the answer to which the check "
        "comes in \\boxed{}."
    ),
    "zh": (
        "请用另一种方法检验这个答案：写一个不重复上面解法的程序（代回原题、枚举所有情况、计算数值或检查单位）。"
        "把检验得到的答案写在 \\boxed{} 中。"
    ),
}
_DECIDE = {
    "en": (
        "The solution comes to {first}, the check to {second}. Find out with a program which of them answers the "
        "question, if either does. Put the right answer in \\boxed{{}}."
    ),
    "zh": (
        "解答得到 {first}，检验得到 {second}，两者不同。请用程序弄清哪一个是对的，或者都不对。"
        "把正确答案写在 \\boxed{{}} 中。"
    ),
}
_MEND = {
    "en": (
        "The answer {answer} does not hold when it is tested against the question. Solve the problem again with a "
        "program, by another method. Put the right answer in \\boxed{{}}."
    ),
    "zh": "把答案 {answer} 代回原题检验不成立。请换一种方法，用程序重新解题。把正确答案写在 \\boxed{{}} 中。",
}


def check_request(question: str) -> str:
    """The user's turn behind a solution, in the language of the question."""
    return _CHECK[detect_lang(question)]


def decide_request(question: str, first: str, second: str) -> str:
    """The user's turn behind a check that came to another answer."""
    return _DECIDE[detect_lang(question)].format(first=first, second=second)


def mend_request(question: str, answer: str) -> str:
    """The user's turn behind a solution whose answer a test without a model has refuted."""
    return _MEND[detect_lang(question)].format(answer=answer)
