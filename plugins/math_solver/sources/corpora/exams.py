r"""Problems of exams and textbooks: choices, values with units, answers of many types.

TAL-SCQ5K (options are lists of one; ``$$`` around formulas in a line)::

    {"qid": "2991", "difficulty": "0", "problem": "1. 小数乘法：$$0.025\\times 0.04$$的结果的小数位数有位． ",
     "answer_option_list": [[{"aoVal": "A", "content": "$$2$$ "}], ...], "answer_value": "B",
     "knowledge_point_routes": ["知识标签->拓展思维->计算模块->..."], "answer_analysis": ["..."], ...}

GAOKAO-Bench (an object around ``example``; letters as a list, or LaTeX, or for open questions a whole solution)::

    {"year": "2010", "category": "（新课标）", "question": "1. （5 分) 已知集合 ...\nA. $(0,2)$\n...", "answer": ["D"],
     "analysis": "...", "index": 0, "score": 5}

TheoremQA (the answer is a number, a truth value or a list)::

    {"Question": "How many ways are there to divide a set of 8 elements ...", "Answer": 11760,
     "Answer_type": "integer", "Picture": null, "field": "Math", ...}

SciBench (the power of ten is in the unit)::

    {"problem_text": "...", "answer_number": "1.4", "unit": " $10^3 \\mathrm{~kg} / \\mathrm{m}^3$", "source": "fund",
     "problemid": "1.02 ", ...}

MathVista (an object keyed by id) and Geometry3K (a folder for each): their pictures lie beside them and are not read::

    {"question": "Is Black greater than Deep Sky Blue?", "image": "images/26.jpg", "choices": ["yes", "no"],
     "answer": "no", "metadata": {"split": "testmini", ...}, ...}
    {"problem_text": "In \\odot X, A B = 30, ...", "choices": ["30", "40", "60", "80"], "answer": "D", ...}

Knights and knaves, zebra puzzles: an answer for each person or house (or hidden), which no verifier here compares::

    {"quiz": "A very special island ...", "solution": [true, true, false], "solution_text": "Amelia is a knight, ..."}
    {"id": "lgp-test-5x6-16", "puzzle": "There are 5 houses, ...", "size": "5*6", "output": ["..."], ...}
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...records import AnswerKind
from ..form import Hub, always
from ..readers import Row, at, labelled, letter_of_option, route, text, with_options
from ..refusals import Refused
from .corpus import Corpus, always_held_out, named, no_answer

__all__ = ["EXAMS"]

_POWER = re.compile(r"10\s*\^\s*\{?\s*([+-]?\d+)\s*\}?")
_SCORE = re.compile(r"\A\s*\d+\s*[.．]?\s*(?:[(（]\s*\d+\s*分\s*[)）])?\s*")


def letters(row: Row) -> str | None:
    """The letters of a multiple choice, or a LaTeX answer without its full stop; the first of several alternatives."""
    answer = row["answer"]
    if isinstance(answer, list):
        if not answer or not all(isinstance(one, str) and re.fullmatch(r"[A-H]", one.strip()) for one in answer):
            raise Refused("not_an_answer", f"{answer!r} are no letters")
        return ", ".join(one.strip() for one in answer)
    first = re.split(r"\\?#\s*\\?#", text("answer")(row) or "")[0].strip()
    first = re.sub(r"\s*[.。．]\s*$", "", first)
    if first.count("$") % 2:
        first += "$"
    return first.rstrip("}").rstrip() if first.count("}") > first.count("{") else first


def gaokao_kind(row: Row) -> AnswerKind | None:
    return "choice" if isinstance(row["answer"], list) else None


def unnumbered(row: Row) -> str | None:
    """A question without its number and score."""
    question = text("question")(row)
    return question and _SCORE.sub("", question, count=1)


def exact(row: Row) -> str | None:
    """TheoremQA's answer as it is written there, a number of any type, a truth value or a list."""
    answer = row["Answer"]
    if isinstance(answer, str) or answer is None:
        return text("Answer")(row)
    if not _is_plain(answer):
        raise Refused("wrong_type", f"Answer is a {type(answer).__name__}")
    return json.dumps(answer).replace("true", "True").replace("false", "False")


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(map(_is_plain, value))
    return isinstance(value, bool | int) or (
        isinstance(value, float) and value == value and abs(value) != float("inf")
    )


def with_unit(row: Row) -> str | None:
    """SciBench's number with the power of ten and the unit that stand beside it."""
    number = text("answer_number")(row)
    if number is None or not re.fullmatch(r"[+-]?\s*[\d.,]+(?:[eE][+-]?\d+)?", number):
        raise Refused("no_answer" if number is None else "not_an_answer", f"answer_number is {number!r}")
    unit = (text("unit")(row) or "").replace("$", "").strip()
    power = _POWER.match(unit)
    if power:
        number, unit = rf"{number} \times 10^{{{int(power[1])}}}", unit[power.end() :].strip()
    if unit and "\\" not in unit:
        unit = rf"\mathrm{{{unit}}}"
    return f"{number.lstrip('+').strip()} {unit}".strip()


def with_choices(row: Row) -> str | None:
    """A question with its choices below, one a line."""
    question = text("question", "problem_text")(row)
    choices = row.get("choices") or []
    return question and "\n".join([question, *(f"{chr(65 + n)}. {one}" for n, one in enumerate(choices))])


def has_picture(row: Row) -> bool:
    return bool(at(row, "image") or at(row, "Picture"))


def knights(row: Row) -> str | None:
    raise Refused("several_parts", "the answer is one for each inhabitant")


EXAMS = {
    "tal_scq5k": Corpus(
        title="TAL-SCQ5K, choices in Chinese or English",
        hub=Hub("math-eval/TAL-SCQ5K", files="TAL-SCQ5K-*/train.jsonl", split="train"),
        question=with_options,
        answer=letter_of_option,
        kind=always("choice"),
        subject=route,
        level=labelled("difficulty", "difficulty"),
        columns=frozenset({"problem", "answer_option_list", "answer_value"}),
        licence="MIT",
        held_out=named("test"),
    ),
    "gaokao": Corpus(
        title="GAOKAO-Bench, mathematics",
        hub=None,
        question=unnumbered,
        answer=letters,
        kind=gaokao_kind,
        level=text("year"),
        columns=frozenset({"year", "category", "question", "answer", "score"}),
        licence="Apache-2.0",
        held_out=always_held_out,
    ),
    "theoremqa": Corpus(
        title="TheoremQA",
        hub=Hub("TIGER-Lab/TheoremQA", split="test"),
        question=text("Question"),
        answer=exact,
        subject=text("field"),
        pictured=has_picture,
        columns=frozenset({"Question", "Answer", "Answer_type"}),
        licence="MIT",
        held_out=always_held_out,
    ),
    "scibench": Corpus(
        title="SciBench, college textbooks",
        hub=Hub("xw27/scibench", split="train"),
        question=text("problem_text"),
        answer=with_unit,
        part=text("source"),
        columns=frozenset({"problem_text", "answer_number", "unit"}),
        licence="MIT",
        held_out=always_held_out,
    ),
    "mathvista": Corpus(
        title="MathVista, with pictures; not for training, says its README",
        hub=Hub("AI4Math/MathVista", split="testmini"),
        question=with_choices,
        answer=text("answer"),
        pictured=has_picture,
        columns=frozenset({"question", "image", "answer", "question_type", "metadata"}),
        licence="CC-BY-SA-4.0",
        held_out=always_held_out,
    ),
    "geometry3k": Corpus(
        title="Geometry3K, with pictures",
        hub=None,
        question=with_choices,
        answer=text("answer"),
        kind=always("choice"),
        pictured=lambda row: True,
        columns=frozenset({"problem_text", "choices", "answer", "img_width"}),
        licence="MIT",
        held_out=lambda row, path: row.get("data_type") == "test",
    ),
    "knights_and_knaves": Corpus(
        title="Knights and knaves (Logic-RL)",
        hub=None,
        question=text("quiz"),
        answer=knights,
        columns=frozenset({"quiz", "solution", "statements"}),
        licence="Apache-2.0",
        held_out=lambda row, path: at(row, "extra_info.split") == "test",
    ),
    "zebra_puzzles": Corpus(
        title="ZebraLogic grids, their solutions hidden",
        hub=None,
        question=text("puzzle"),
        answer=no_answer,
        columns=frozenset({"puzzle", "size", "session_id"}),
        licence="Apache-2.0",
        held_out=always_held_out,
    ),
}
