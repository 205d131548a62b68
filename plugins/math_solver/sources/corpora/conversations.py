r"""Files in the forms that training programs read, with a question and perhaps a program in each row.

This project's datasets, and other people's sharegpt::

    {"conversations": [{"from": "human", "value": "Multiply 12 by 34."},
       {"from": "function_call", "value": "I multiply.\n<tool_call>\n{\"name\": \"python\", ...}\n</tool_call>"},
       {"from": "observation", "value": "408"}, {"from": "gpt", "value": "It is \\boxed{408}."}],
     "system": "...", "tools": "[...]"}

This project's old transcripts (``transcripts.py`` shows one), whose outputs were written by hand. Messages::

    {"messages": [{"role": "user", "content": "..."}, {"role": "assistant", "content": "..."}]}

Alpaca, and BELLE's school_math in it and in the copy that others read (answers are ChatGPT's)::

    {"instruction": "...", "input": "", "output": "..."}
    {"instruction": "题目：小明有3个苹果...\n", "input": "", "output": "...答案是5个。"}
    {"conversation": [{"human": "题目：...", "assistant": "..."}], "category": "...", ...}

Preference rows (``chosen``) give their question and the better answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...records import Drop
from ..form import Hub
from ..given import sole_box
from ..readers import Row, headless, text
from ..refusals import Refused
from ..solutions import Solution
from ..solutions.chats import Said, final_text, question_of, read_chat, turns_of
from ..solutions.texts import read_text
from ..transcripts import parse_row
from .corpus import Corpus, no_answer

__all__ = ["CONVERSATIONS", "TRANSCRIPTS"]

TRANSCRIPTS = "transcripts"


def turns(row: Row) -> list[Said]:
    """The turns of a row, with the chosen answer of a preference row behind them."""
    said = turns_of(row.get("conversations", row.get("messages", row.get("chosen_messages"))))
    chosen = row.get("chosen")
    return said + turns_of(chosen if isinstance(chosen, list) else [chosen]) if chosen is not None else said


def asked(row: Row) -> str | None:
    return headless(question_of(turns(row))).strip()


def concluded(row: Row) -> str | None:
    """What the last turn boxes; nobody knows whether other words of it are about mathematics at all."""
    question_of(turns(row))
    return sole_box(final_text(turns(row)))


def output_box(row: Row) -> str | None:
    return sole_box(text("output")(row) or "")


def blocks(row: Row) -> list[Any]:
    """The parts of which messages consist; those of MathCoder hold a ``content`` of their own."""
    return [block for turn in row["messages"] if isinstance(turn["content"], list) for block in turn["content"]]


def solved(row: Row) -> Solution:
    return read_chat(turns(row))


def instructed(row: Row) -> str | None:
    parts = [text("instruction")(row), text("input")(row)]
    return headless("\n".join(part for part in parts if part))


def exchange(row: Row) -> Mapping[str, Any]:
    """The only question and answer of a row of the other copy of school_math."""
    exchanges = row["conversation"]
    if len(exchanges) != 1:
        raise Refused("several_questions" if exchanges else "no_question", f"{len(exchanges)} exchanges")
    found: Mapping[str, Any] = exchanges[0]
    return found


def transcript(row: Row) -> Solution:
    parsed = parse_row(row, TRANSCRIPTS, 0)
    if isinstance(parsed, Drop):
        raise Refused(_reason(parsed.reason), parsed.detail)
    return Solution(parsed.steps, parsed.conclusion, parsed.meta)


def _reason(name: str) -> Any:
    return "other_form" if name == "unreadable_row" else name


def speakers(row: Row) -> list[str]:
    return [turn["from"] for turn in row["conversations"]]


def is_transcript(row: Row) -> bool:
    """A question, a program in plain text, a person who pastes its output, the conclusion; or the first of these."""
    said = [turn["value"] for turn in row["conversations"]]
    who = speakers(row)
    if "system" in row or "tools" in row or who != ["human", "gpt", "human", "gpt"][: len(who)]:
        return False
    return (len(who) == 4 and "```" in said[2] and "```python" in said[1]) or said[0].startswith("题目")


CONVERSATIONS = {
    TRANSCRIPTS: Corpus(
        title="This project's old transcripts; every program runs again",
        hub=None,
        question=lambda row: headless(text("conversations.0.value")(row) or ""),
        answer=lambda row: sole_box(text("conversations.-1.value")(row) or ""),
        answer_from="model",
        columns=frozenset({"conversations"}),
        looks=is_transcript,
        solution=transcript,
    ),
    "sharegpt": Corpus(
        title="Sharegpt: this project's datasets, native and fenced, and others'",
        hub=None,
        question=asked,
        answer=concluded,
        answer_from="model",
        columns=frozenset({"conversations"}),
        looks=lambda row: not is_transcript(row),
        solution=solved,
        general=True,
    ),
    "messages": Corpus(
        title="Messages with a role and content, or LLaMA-Factory's v1 parts",
        hub=None,
        question=asked,
        answer=concluded,
        answer_from="model",
        columns=frozenset({"messages"}),
        looks=lambda row: not any(isinstance(block, Mapping) and "content" in block for block in blocks(row)),
        solution=solved,
        general=True,
    ),
    "chosen_messages": Corpus(
        title="LLaMA-Factory's v1 preference rows; the chosen answer",
        hub=None,
        question=asked,
        answer=concluded,
        answer_from="model",
        columns=frozenset({"chosen_messages"}),
        solution=solved,
        general=True,
    ),
    "alpaca": Corpus(
        title="Alpaca: instruction, input, output",
        hub=None,
        question=instructed,
        answer=output_box,
        answer_from="model",
        columns=frozenset({"instruction", "output"}),
        looks=lambda row: not is_school_math(row),
        solution=lambda row: read_text(text("output")(row) or ""),
        general=True,
    ),
    "school_math": Corpus(
        title="BELLE's school_math_0.25M; the answers are ChatGPT's",
        hub=Hub("BelleGroup/school_math_0.25M", split="train"),
        question=instructed,
        answer=no_answer,
        claim=text("output"),
        answer_from="model",
        columns=frozenset({"instruction", "input", "output"}),
        looks=lambda row: is_school_math(row),
        licence="GPL-3.0-only",
    ),
    "school_math_firefly": Corpus(
        title="BELLE's school_math_0.25M as Firefly and Colossal-LLaMA read it",
        hub=Hub("YeungNLP/school_math_0.25M", split="train"),
        question=lambda row: headless(text("human")(exchange(row)) or ""),
        answer=no_answer,
        claim=lambda row: text("assistant")(exchange(row)),
        answer_from="model",
        columns=frozenset({"conversation"}),
        looks=lambda row: all({"human", "assistant"} <= one.keys() for one in row["conversation"]),
        licence="GPL-3.0-only",
    ),
}


def is_school_math(row: Row) -> bool:
    """School_math's instructions begin with 题目, which no other corpus of this form does."""
    return str(row["instruction"]).lstrip().startswith("题目")
