"""Why a row of a corpus is refused: the small set of names that are counted, and what each means."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["MEANINGS", "Reason", "Refused"]

Reason = Literal[
    "broken_row",
    "no_source",
    "other_form",
    "wrong_type",
    "benchmark",
    "licence",
    "marked_invalid",
    "no_question",
    "no_answer",
    "not_an_answer",
    "several_parts",
    "units_lost",
    "picture_needed",
    "marked_wrong",
    "several_questions",
    "other_tool",
    "no_code",
    "several_programs",
    "code_in_text",
    "thought_without_end",
    "truncated",
    "run_on",
    "no_box",
    "beyond_limit",
]

MEANINGS: dict[Reason, str] = {
    "broken_row": "not JSON, not an object, cut off, or not UTF-8",
    "no_source": "a file of the folder whose rows no source fits",
    "other_form": "lacks what the rows of its source have",
    "wrong_type": "a list, an object or a truth value where a text belongs",
    "benchmark": "belongs to a benchmark's test set (--allow-benchmarks takes it)",
    "licence": "its licence is not among --licences, or is unknown",
    "marked_invalid": "the corpus itself marks the row as broken",
    "no_question": "the question is empty",
    "no_answer": "the answer is empty, missing or not a number (NaN)",
    "not_an_answer": "the answer is a sentinel such as proof, no letter of an option, or a whole solution",
    "several_parts": "the answer is one for each of several parts",
    "units_lost": "the answer has lost the units that it was written with",
    "picture_needed": "the question speaks of a picture that is not there",
    "marked_wrong": "the corpus itself marks the solution as wrong",
    "several_questions": "a conversation of more than one question",
    "other_tool": "calls a tool other than python, or a call that cannot be read",
    "no_code": "a solution without a program",
    "several_programs": "several different programs in one turn of an old transcript",
    "code_in_text": "a program stands in the text around the call",
    "thought_without_end": "reasoning whose closing tag is missing",
    "truncated": "ends before the conclusion",
    "run_on": "goes on with another question behind its conclusion",
    "no_box": "a conclusion without a box, of an old transcript or a solution in words",
    "beyond_limit": "good, but left out by --limit",
}
assert MEANINGS.keys() == set(get_args(Reason))


class Refused(Exception):
    """A row that is not taken; the message says what of it is in the way."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
