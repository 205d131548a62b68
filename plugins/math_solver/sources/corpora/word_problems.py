r"""Word problems of primary school with a short exact answer.

GSM8K::

    {"question": "Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. ...",
     "answer": "Natalia sold 48/2 = <<48/2=24>>24 clips in May.\n...\n#### 72"}

and its four models' right and wrong solutions::

    {"question": "Janet\u2019s ducks ...", "ground_truth": "... <<9*2=18>>18 every day at the farmer's market.\nA: 18",
     "6b_finetuning": {"is_correct": false, "solution": "..."}, ...}

APE210K (JSONL, though its files are called .json), and as the hub has it with ``question_chinese`` and ``result``::

    {"id": "491547", "segmented_text": "学 校 把 135 ...", "original_text": "学校把135本练习本平均分给3个班，...",
     "ans": "45", "equation": "x=135/3"}

Math23K (objects one after another), the same columns in another order. CMATH, and its questions with sentences that
do not matter::

    {"grade": 1, "input": "芳芳买了一本书有99页，看了90页，她还剩多少页没有看？", "golden": "9", "reasoning_step": 1,
     "num_digits": 2}
    {"input": "盘子里一共有15条鱼。家里有3只小猫。...", "original": "盘子里一共有15条鱼，...", "golden": "5",
     "distractor": 1}

Both Chinese corpora write fractions as ``(11/20)`` and mixed numbers as ``1(1/2)``.
"""

from __future__ import annotations

import re

from ..form import Hub
from ..readers import Row, after_hashes, calculations, labelled, plain, steps, text
from ..refusals import Refused
from .corpus import Corpus, always_held_out, named, not_named

__all__ = ["WORD_PROBLEMS"]

_FRACTION = re.compile(r"\((\d+)/(\d+)\)")
_CALCULATION = re.compile(r"<<[^<>]*>>")
_MIXED = re.compile(r"(-?\d+)\s*\((\d+)/(\d+)\)")


def hashed(row: Row) -> str | None:
    """GSM8K's answer, with the sign of a currency or percent as it stands."""
    solution = text("answer")(row) or ""
    if "####" not in solution:
        raise Refused("no_answer", "there is no #### in the answer")
    return after_hashes({"answer": solution})


def worked(row: Row) -> str | None:
    """GSM8K's solution as people would write it: without the marks of its calculations, its answer in a box."""
    said, _, _ = (text("answer")(row) or "").rpartition("####")
    return f"{_CALCULATION.sub('', said).strip()}\nThe answer is \\boxed{{{hashed(row)}}}."


def after_a(row: Row) -> str | None:
    """What stands behind ``A:`` at the end of a solution."""
    return (text("ground_truth")(row) or "").rpartition("A:")[2].strip()


def chinese_number(row: Row) -> str | None:
    """An answer without ``x=``, and with its fractions as others write them."""
    answer = (text("ans", "result")(row) or "").removeprefix("x=").strip()
    if mixed := _MIXED.fullmatch(answer):
        return rf"{mixed[1]}\frac{{{mixed[2]}}}{{{mixed[3]}}}"
    return f"{whole[1]}/{whole[2]}" if (whole := _FRACTION.fullmatch(answer)) else answer


def grade(row: Row) -> str | None:
    return labelled("grade", "grade")(row)


def reasoning_steps(row: Row) -> str | None:
    number = text("reasoning_step")(row)
    return steps(int(number)) if number and number.isdecimal() else None


def _is_math23k(row: Row) -> bool:
    """Math23K segments into words, APE210K into characters; the order of the columns tells rows of one word apart."""
    return list(row).index("equation") < list(row).index("ans")


WORD_PROBLEMS = {
    "gsm8k": Corpus(
        title="GSM8K, training set",
        hub=Hub("openai/gsm8k", "main", "train"),
        question=text("question"),
        answer=hashed,
        in_words=worked,
        level=calculations,
        columns=frozenset({"question", "answer"}),
        looks=lambda row: "\n####" in row["answer"] or row["answer"].startswith("####"),
        licence="MIT",
        held_out=named("test"),
    ),
    "gsm8k_model_solutions": Corpus(
        title="GSM8K, four models' solutions of its test set",
        hub=None,
        question=text("question"),
        answer=after_a,
        columns=frozenset({"question", "ground_truth", "175b_verification"}),
        licence="MIT",
        held_out=always_held_out,
    ),
    "ape210k": Corpus(
        title="APE210K, Chinese word problems; the hub has ape210k_hub",
        hub=None,
        question=text("question_chinese", "original_text"),
        answer=chinese_number,
        columns=frozenset({"id", "original_text", "segmented_text", "ans", "equation"}),
        looks=lambda row: not _is_math23k(row),
        licence=None,
        held_out=named("test"),
    ),
    "ape210k_hub": Corpus(
        title="APE210K as Calc-X has it",
        hub=Hub("MU-NLPC/Calc-ape210k", split="train"),
        question=text("question_chinese"),
        answer=chinese_number,
        columns=frozenset({"question_chinese", "result", "equation"}),
        licence="MIT",
        held_out=named("test"),
    ),
    "math23k": Corpus(
        title="Math23K, Chinese word problems",
        hub=None,
        question=text("original_text"),
        answer=chinese_number,
        columns=frozenset({"id", "original_text", "segmented_text", "ans", "equation"}),
        looks=_is_math23k,
        licence="MIT",
        held_out=not_named("train"),
    ),
    "cmath": Corpus(
        title="CMATH, Chinese primary school by grade",
        hub=Hub("weitianwen/cmath", split="validation"),
        question=text("input", "question"),
        answer=text("golden"),
        level=grade,
        subject=reasoning_steps,
        columns=frozenset({"grade", "golden", "reasoning_step"}),
        licence="CC-BY-4.0",
        held_out=always_held_out,
    ),
    "cmath_distractor": Corpus(
        title="CMATH with sentences that do not matter",
        hub=None,
        question=text("input"),
        answer=text("golden"),
        level=lambda row: f"{plain(row.get('distractor', 0))} distractors",
        family=text("original"),
        columns=frozenset({"input", "original", "golden", "distractor"}),
        licence="CC-BY-4.0",
        held_out=always_held_out,
    ),
}
