"""What a model is asked for where a client wants its solution explained."""

from __future__ import annotations

from .prompts import detect_lang

__all__ = ["explain_again_request", "explain_request"]

_EXPLAIN = {
    "en": (
        "Explain this solution to a pupil, step by step, and say why each step is right. Run no program. Use only the "
        "numbers of the question and those that the program printed, or write out how a number comes from these. End "
        "with the same answer in \\boxed{}."
    ),
    "zh": (
        "请把这个解答一步一步讲给学生听，并说明每一步的理由。不要运行程序。只使用题目中的数和程序输出的数，"
        "或者写出一个数怎样由它们得到。最后把同样的答案写在 \\boxed{} 中。"
    ),
}
_AGAIN = {
    "en": "That explanation does not do: {problem}. Write it again.",
    "zh": "这个讲解不行：{problem}。请重新写。",
}


def explain_request(question: str) -> str:
    """The user's turn behind a solution, in the language of the question."""
    return _EXPLAIN[detect_lang(question)]


def explain_again_request(question: str, problem: str) -> str:
    """The user's turn behind an explanation that does not agree with its solution."""
    return _AGAIN[detect_lang(question)].format(problem=problem)
