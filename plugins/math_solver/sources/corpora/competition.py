r"""Problems of competitions and of the MATH dataset, whose answer is a formula.

MATH (its solution boxes the answer), and the copy of DeepScaleR's authors, which leaves the solution out::

    {"problem": "...", "level": "Level 5", "type": "Algebra", "solution": "... so it is $\\boxed{0}$."}
    {"problem": "Let \\[f(x) = ...", "answer": "0", "difficulty": 5.0, "type": "Algebra"}

OpenMathInstruct-2 (no code; for ``augmented_*`` the answer is what most of many solutions said)::

    {"problem": "Solve for $y$: ...", "generated_solution": "...", "expected_answer": "2",
     "problem_source": "augmented_math"}

NuminaMath-CoT (the answer is in the box of the solution), and 1.5, whose answers may be ``proof`` or ``notfound``::

    {"source": "synthetic_math", "problem": "...", "solution": "... $\\boxed{2}$.", "messages": [...]}
    {"problem": "...", "solution": "...", "answer": "proof", "problem_type": "Algebra", "question_type": "proof",
     "source": "olympiads", "problem_is_valid": "Yes", "solution_is_valid": "Yes"}

OpenR1-Math (NuminaMath-1.5 with DeepSeek-R1's reasoning; answers have lost their units), and DeepMath::

    {"problem": "A ship traveling ...", "answer": "v_{R}=4\\mathrm{~}/\\mathrm{},v_{B}=10\\mathrm{~}/\\mathrm{}",
     "generations": ["<think>..."], "correctness_math_verify": [true, false], ...}
    {"question": "Evaluate the limit: ...", "final_answer": "0", "difficulty": 4.5,
     "topic": "Mathematics -> Precalculus -> Limits", "r1_solution_1": "Okay, ..."}

Omni-MATH (BBCode in its problems)::

    {"domain": ["Mathematics -> Algebra -> ..."], "difficulty": 8.0, "problem": "...[list][*]...", "solution": "...",
     "answer": "115440", "source": "usa_team_selection_test_for_imo"}

MetaMath (``original_question`` is what its rewordings have in common)::

    {"type": "GSM_Rephrased", "query": "...", "original_question": "...",
     "response": "...\n#### 752\nThe answer is: 752"}
"""

from __future__ import annotations

import re

from ...records import AnswerFrom
from ..form import Hub
from ..given import sole_box
from ..readers import Row, labelled, last_box, mapped, text
from ..refusals import Refused
from .corpus import Corpus, always_held_out, named

__all__ = ["COMPETITION"]

_TAG = re.compile(r"\[/?(?:b|i|u|hide|center|size|color|list|url|img)(?:=[^\]]*)?\]")
_AUTHOR = re.compile(r"\[i\][^\[\]]{1,80}\[/i\]")
_ITEM = re.compile(r"\[\*\]\s*")
_WRITTEN_BY_MODELS = ("synthetic_math", "synthetic_amc", "orca_math")
_MADE_FROM = {"gsm8k": "MIT", "math": "MIT", "metamath": "MIT", "orca_math": "MIT"}


def boxed(row: Row) -> str | None:
    """The answer of a solution, which is in its last box."""
    return last_box({"solution": text("solution")(row) or ""})


def only_box(row: Row) -> str | None:
    """The answer of a solution that boxes one."""
    return sole_box(text("solution")(row))


def numina_licence(row: Row) -> str | None:
    """That of the collection which a row was taken from, else the one under which all of them were published."""
    return mapped(text("source"), dict(_MADE_FROM), "Apache-2.0")(row)


def numina_answer_from(row: Row) -> AnswerFrom:
    return "model" if text("source")(row) in _WRITTEN_BY_MODELS else "gold"


def numina_valid(row: Row) -> None:
    """Refuse what the corpus itself holds to be incomplete, or a statement to be proved."""
    if text("problem_is_valid")(row) not in ("Yes", None) or text("solution_is_valid")(row) not in ("Yes", None):
        raise Refused(
            "marked_invalid", f"problem {row.get('problem_is_valid')}, solution {row.get('solution_is_valid')}"
        )
    if text("question_type")(row) == "proof":
        raise Refused("not_an_answer", "something is to be proved")


def augmented(row: Row) -> AnswerFrom:
    return "vote" if (text("problem_source")(row) or "").startswith("augmented") else "gold"


def after_the_answer_is(row: Row) -> str | None:
    response = text("response")(row) or ""
    return response.rpartition("The answer is:")[2].strip() if "The answer is:" in response else None


def reworded(row: Row) -> AnswerFrom:
    """An answer of MetaMath was compared with the gold one of the question that this one was made from by a model."""
    return "gold" if (text("type")(row) or "").endswith("AnsAug") else "model"


def without_bbcode(row: Row) -> str | None:
    """A problem without its markup, and without the name of its author in a last line of its own."""
    problem = text("problem")(row)
    if problem is None:
        return None
    before, _, last = problem.rpartition("\n")
    return _TAG.sub("", _ITEM.sub("- ", before if _AUTHOR.fullmatch(last.strip()) else problem)).strip()


def topic(row: Row) -> str | None:
    """The second stop of a route such as ``Mathematics -> Algebra -> Inequalities``."""
    stops = [stop.strip() for stop in (text("topic", "domain.0")(row) or "").split("->")]
    return stops[min(1, len(stops) - 1)] or None


COMPETITION = {
    "math": Corpus(
        title="MATH, training set",
        hub=Hub("DigitalLearningGmbH/MATH-lighteval", split="train"),
        question=text("problem"),
        answer=boxed,
        in_words=text("solution"),
        subject=text("type"),
        level=text("level"),
        columns=frozenset({"problem", "solution", "level", "type"}),
        licence="MIT",
        held_out=named("test"),
    ),
    "math_rllm": Corpus(
        title="MATH as DeepScaleR's authors have it, without solutions",
        hub=None,
        question=text("problem"),
        answer=text("answer"),
        subject=text("type"),
        level=labelled("difficulty", "difficulty"),
        columns=frozenset({"problem", "answer", "difficulty", "type"}),
        licence="MIT",
        held_out=named("test"),
    ),
    "openmathinstruct2": Corpus(
        title="OpenMathInstruct-2",
        hub=Hub("nvidia/OpenMathInstruct-2", split="train"),
        question=text("problem"),
        answer=text("expected_answer"),
        part=text("problem_source"),
        columns=frozenset({"problem", "generated_solution", "expected_answer", "problem_source"}),
        licence="CC-BY-4.0",
        answer_from=augmented,
    ),
    "numinamath_cot": Corpus(
        title="NuminaMath-CoT",
        hub=Hub("AI-MO/NuminaMath-CoT", split="train"),
        question=text("problem"),
        answer=only_box,
        in_words=text("solution"),
        part=text("source"),
        columns=frozenset({"problem", "solution", "source", "messages"}),
        looks=lambda row: "answer" not in row,
        licence=numina_licence,
        answer_from=numina_answer_from,
    ),
    "numinamath_1.5": Corpus(
        title="NuminaMath-1.5",
        hub=Hub("AI-MO/NuminaMath-1.5", split="train"),
        question=text("problem"),
        answer=text("answer"),
        subject=text("problem_type"),
        part=text("source"),
        columns=frozenset({"problem", "answer", "source", "question_type", "problem_is_valid"}),
        licence=numina_licence,
        answer_from=numina_answer_from,
        check=numina_valid,
    ),
    "openr1_math": Corpus(
        title="OpenR1-Math",
        hub=Hub("open-r1/OpenR1-Math-220k", "default", "train"),
        question=text("problem"),
        answer=text("answer"),
        subject=text("problem_type"),
        part=text("source"),
        columns=frozenset({"problem", "answer", "source", "generations", "correctness_math_verify"}),
        licence=numina_licence,
        answer_from=numina_answer_from,
        check=numina_valid,
    ),
    "deepmath": Corpus(
        title="DeepMath-103K",
        hub=Hub("zwhe99/DeepMath-103K", split="train"),
        question=text("question"),
        answer=text("final_answer"),
        subject=topic,
        level=labelled("difficulty", "difficulty"),
        columns=frozenset({"question", "final_answer", "r1_solution_1"}),
        licence="MIT",
    ),
    "omni_math": Corpus(
        title="Omni-MATH and its part that rules can grade",
        hub=Hub("KbsdJames/Omni-MATH", split="test"),
        question=without_bbcode,
        answer=text("answer"),
        subject=topic,
        level=labelled("difficulty", "difficulty"),
        part=text("source"),
        columns=frozenset({"domain", "difficulty", "problem", "answer", "source"}),
        licence="Apache-2.0",
        held_out=always_held_out,
    ),
    "metamath": Corpus(
        title="MetaMathQA",
        hub=Hub("meta-math/MetaMathQA", split="train"),
        question=text("query"),
        answer=after_the_answer_is,
        family=text("original_question"),
        part=text("type"),
        columns=frozenset({"type", "query", "original_question", "response"}),
        licence="MIT",
        answer_from=reworded,
    ),
}
