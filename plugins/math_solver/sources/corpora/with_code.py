r"""Corpora of solutions with code. Their outputs are those that the authors stored.

ToRA's corpus, and the outputs of its models (``code`` holds whole solutions, several where several were sampled)::

    {"dataset": "tora-corpus-math", "level": "Level 5", "id": "math-train-1149-0", "gt": "2", "gt_cot": "...",
     "messages": [{"role": "user", ...}, {"role": "assistant", "content": "```python\n...```output\n2\n```\n..."}]}
    {"idx": 0, "question": "Janet\u2019s ducks ...", "gt": "18", "gt_cot": "...", "code": ["```python\n...", ...],
     "pred": ["18"], "report": [null]}

NuminaMath-TIR (no column says where a problem is from; the answer is the model's own)::

    {"problem": "What is the coefficient of $x^2y^6$ ...", "solution": "...```python\n...```output\n0.1575\n```\n...",
     "messages": [...]}

OpenMathInstruct-1 (most rows are wrong, and say so), and what NeMo-Skills' ``ns generate`` writes::

    {"question": "Martha has 18 crayons. ...", "expected_answer": "29", "predicted_answer": "29", "error_message": "",
     "is_correct": true, "generation_type": "masked_reference_solution", "dataset": "gsm8k",
     "generated_solution": "...<llm-code>\n...\n</llm-code>\n<llm-code-output>\n29.0\n</llm-code-output>\nThus ..."}
    {"generation": "...", "error_message": "<not_executed>", "id": "train/number_theory/106.json", "problem": "...",
     "expected_answer": "220", "predicted_answer": "4 - 20i", "symbolic_correct": false, ...}

MathCodeInstruct (blocks in the assistant's message), and the outputs of MathCoder (blocks in ``debug_result``)::

    {"messages": [{"role": "user", "content": [{"type": "text", "content": "..."}]},
                  {"role": "assistant", "content": [{"type": "text", ...}, {"type": "code", ...}, ...]}]}
    {"messages": [...], "ground_truth": {"solution": "", "answer": "2"}, "completion": "2",
     "debug_result": [{"role": "user", ...}, {"role": "text", ...}, {"role": "code", ...}, ...]}

MathInstruct (programs come bare, and the question ends with a request for one)::

    {"source": "data/PoT/TheoremQA.json", "instruction": "... Let's write a Python program to solve it.",
     "output": "import math\ndef solve():\n  ...\nprint(solve())"}
    {"source": "data/CoT/aqua_rat.json", "instruction": "...\nAnswer Choices: (A) 2 × 10^5 (B) ...",
     "output": "...\nThe answer is A."}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ...records import AnswerKind, Execution
from ..form import Hub
from ..given import sole_box
from ..readers import Row, after_hashes, text
from ..refusals import Refused
from ..solutions import Solution
from ..solutions.chats import read_chat, turns_of
from ..solutions.notebooks import read_blocks
from ..solutions.texts import read_bare, read_text
from .corpus import Corpus, always_held_out, no_answer

__all__ = ["WITH_CODE"]

_ASKED_FOR_CODE = re.compile(
    r"(?:Let's write a program\.|Let's write a Python program(?: to solve it)?\.|"
    r"Let's program in Python in the response\.|Please write a program to solve it\.?)\Z"
)
_OF_MATH = re.compile(r"(?:train|test)/[a-z_]+/\d+\.json")

# From the dataset's card, by collection; the authors' own ones are MIT.
_MATHINSTRUCT = {
    "gsm_train": "MIT",
    "gsm_gpt4": "MIT",
    "gsm_rft": None,
    "aqua_rat": "Apache-2.0",
    "aqua_rat_filtered": "Apache-2.0",
    "MATH_train": "MIT",
    "TheoremQA": "MIT",
    "numglue": "Apache-2.0",
    "mathqa": "Apache-2.0",
    "college_math": "MIT",
    "number_comparison": "MIT",
}


def collection(row: Row) -> str | None:
    """The file that a row of MathInstruct was taken from, as in ``data/PoT/mathqa.json``."""
    source = text("source")(row)
    return source and source.rpartition("/")[2].removesuffix(".json")


def mathinstruct_licence(row: Row) -> str | None:
    name = collection(row) or ""
    return "CC-BY-NC-4.0" if "camel" in name.lower() else _MATHINSTRUCT.get(name)


def from_theoremqa(row: Row, path: Path) -> bool:
    return "theoremqa" in (collection(row) or "").lower()


def without_request(row: Row) -> str | None:
    """An instruction without the request for a program."""
    instruction = text("instruction")(row)
    return instruction and _ASKED_FOR_CODE.sub("", instruction).rstrip()


def bare_program(row: Row) -> Solution:
    if "/PoT/" not in (text("source")(row) or ""):
        raise Refused("no_code", "a chain of thought")
    return read_bare(text("output")(row) or "")


def reasoned(row: Row) -> str | None:
    """The text of a chain of thought, which states its answer; a program states none."""
    if "/PoT/" in (text("source")(row) or ""):
        raise Refused("no_answer", "a program that nobody has run")
    return text("output")(row)


def choice_of_options(row: Row) -> AnswerKind | None:
    return "choice" if "Answer Choices:" in (text("instruction")(row) or "") else None


def in_messages(row: Row) -> Solution:
    return read_chat(turns_of(row["messages"]))


def first_sample(row: Row) -> Solution:
    """The first of the solutions that were sampled."""
    solution = text("code.0")(row)
    if solution is None:
        raise Refused("no_code", "no solution was sampled")
    return read_text(solution)


def generated(column: str) -> Callable[[Row], Solution]:
    """What reads the generated solution of a NeMo-Skills row; ``error_message`` is of its last program."""

    def read(row: Row) -> Solution:
        if row.get("is_correct") is False or row.get("symbolic_correct") is False:
            raise Refused("marked_wrong", f"predicted {str(row.get('predicted_answer'))[:40]!r}")
        solution = read_text(text(column)(row) or "")
        return _timed_out(solution) if row.get("error_message") == "timeout" else solution

    return read


def _timed_out(solution: Solution) -> Solution:
    last = solution.steps[-1]
    if last.execution.status != "not_run":
        return solution
    return replace(
        solution, steps=(*solution.steps[:-1], replace(last, execution=Execution("timeout", error="timeout")))
    )


def of_math(row: Row, path: Path) -> bool:
    """Whether a row is named as MATH names its problems, which its evaluations were run on."""
    return _OF_MATH.fullmatch(text("id")(row) or "") is not None


def notebook(row: Row) -> Solution:
    return read_blocks(row["debug_result"], text("completion")(row))


def instruct_notebook(row: Row) -> Solution:
    assistant = [turn for turn in row["messages"] if turn["role"] == "assistant"]
    if len(assistant) != 1:
        raise Refused(
            "several_questions" if assistant else "truncated", f"the assistant answers {len(assistant)} times"
        )
    return read_blocks(assistant[0]["content"])


def first_user(row: Row) -> str | None:
    """The text of the first message of the user, which is a text or a list of blocks."""
    asked = next((turn["content"] for turn in row["messages"] if turn["role"] == "user"), None)
    return (
        text("asked.0.content", "asked.0.text")({"asked": asked})
        if isinstance(asked, list)
        else text("asked")({"asked": asked})
    )


def _is_mathcodeinstruct(row: Row) -> bool:
    turns = row["messages"]
    blocks = next(turn["content"] for turn in turns if turn["role"] == "assistant")
    return isinstance(blocks, list) and all("content" in block for block in blocks)


def last_block(row: Row) -> str | None:
    blocks = next(turn["content"] for turn in row["messages"] if turn["role"] == "assistant")
    return text("blocks.-1.content")({"blocks": blocks})


WITH_CODE = {
    "tora_corpus": Corpus(
        title="ToRA's corpus",
        hub=None,
        question=text("messages.0.content"),
        answer=text("gt"),
        level=text("level"),
        columns=frozenset({"dataset", "gt", "gt_cot", "messages"}),
        licence="MIT",
        solution=in_messages,
    ),
    "tora_outputs": Corpus(
        title="Outputs of ToRA's models on test sets",
        hub=None,
        question=text("question"),
        answer=lambda row: after_hashes({"answer": text("gt")(row)}),
        columns=frozenset({"idx", "question", "gt", "code", "pred", "report"}),
        licence="MIT",
        held_out=always_held_out,
        solution=first_sample,
    ),
    "numinamath_tir": Corpus(
        title="NuminaMath-TIR",
        hub=Hub("AI-MO/NuminaMath-TIR", split="train"),
        question=text("problem"),
        answer=lambda row: sole_box(text("solution")(row) or ""),
        answer_from="model",
        columns=frozenset({"problem", "solution", "messages"}),
        looks=lambda row: "source" not in row,
        licence="Apache-2.0",
        solution=lambda row: read_text(text("solution")(row) or ""),
    ),
    "openmathinstruct1": Corpus(
        title="OpenMathInstruct-1",
        hub=Hub("nvidia/OpenMathInstruct-1", split="train"),
        question=text("question"),
        answer=text("expected_answer"),
        part=text("dataset"),
        columns=frozenset({"question", "expected_answer", "generated_solution", "is_correct"}),
        licence="LicenseRef-NVIDIA",
        solution=generated("generated_solution"),
    ),
    "nemo_skills": Corpus(
        title="Generations of NeMo-Skills",
        hub=None,
        question=text("problem"),
        answer=text("expected_answer"),
        subject=text("type"),
        level=text("level"),
        columns=frozenset({"generation", "problem", "expected_answer", "predicted_answer"}),
        licence="Apache-2.0",
        held_out=of_math,
        solution=generated("generation"),
    ),
    "mathcodeinstruct": Corpus(
        title="MathCodeInstruct",
        hub=Hub("MathLLMs/MathCodeInstruct", split="train"),
        question=first_user,
        answer=lambda row: sole_box(last_block(row) or ""),
        answer_from="model",
        columns=frozenset({"messages"}),
        looks=_is_mathcodeinstruct,
        licence="Apache-2.0",
        solution=instruct_notebook,
    ),
    "mathcoder_outputs": Corpus(
        title="Outputs of MathCoder on test sets",
        hub=None,
        question=first_user,
        answer=text("ground_truth.answer"),
        columns=frozenset({"messages", "debug_result", "ground_truth"}),
        licence="Apache-2.0",
        held_out=always_held_out,
        solution=notebook,
    ),
    "mathinstruct": Corpus(
        title="MathInstruct, reasoning and bare programs",
        hub=Hub("TIGER-Lab/MathInstruct", split="train"),
        question=without_request,
        answer=no_answer,
        claim=reasoned,
        kind=choice_of_options,
        answer_from="model",
        part=collection,
        columns=frozenset({"source", "instruction", "output"}),
        looks=lambda row: "/CoT/" in row["source"] or "/PoT/" in row["source"],
        licence=mathinstruct_licence,
        held_out=from_theoremqa,
        solution=bare_program,
    ),
}
