"""Readers: what one row says of a problem, as plain text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from ..mathematics.boxes import box_contents
from ..records import AnswerKind
from .refusals import Refused

Row = Mapping[str, Any]
Reader = Callable[[Row], str | None]
KindReader = Callable[[Row], AnswerKind | None]
_HEAD = re.compile(r"\A\s*题目\s*[:：]\s*")


def column(*names: str) -> Reader:
    """The first of some columns that a row fills, as plain text."""

    def read(row: Row) -> str | None:
        return next((plain(row[name]) for name in names if row.get(name) not in (None, "", [])), None)

    return read


def labelled(label: str, *names: str) -> Reader:
    """A column's value behind a word, as in "grade 3"."""
    read = column(*names)
    return lambda row: None if (value := read(row)) is None else f"{label} {value}"


def joined(*names: str) -> Reader:
    """Several columns as one text; a body that ends without a full stop or comma gets one."""

    def read(row: Row) -> str | None:
        parts = [str(row[name]).strip() for name in names if row.get(name)]
        return " ".join(part if part[-1] in ".!?,;:" else f"{part}." for part in parts[:-1]) + f" {parts[-1]}"

    return lambda row: (read(row) or "").strip() or None


def plain(value: Any) -> str:
    """A number without ".0" or the noise of binary fractions, the items of a list joined, a text trimmed."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".12g")
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    text = str(value).strip()
    if re.fullmatch(r"-?\d[\d_]*\.0+", text):
        text = text.partition(".")[0]
    return re.sub(r"(?<=\d)_(?=\d)", "", text)


def headless(asked: str) -> str:
    """A question without the word 题目 before it."""
    return _HEAD.sub("", asked)


def without_dollars(read: Reader) -> Reader:
    """The answer without the dollar signs around all of it."""

    def strip(row: Row) -> str | None:
        text = read(row)
        return text[1:-1].strip() if text and re.fullmatch(r"\$[^$]+\$", text) else text

    return strip


def after_hashes(row: Row) -> str | None:
    """What stands behind ``####`` at the end of a GSM8K solution, thousands separators taken out."""
    text = str(row["answer"]).rpartition("####")[2].strip()
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)


def last_box(row: Row) -> str | None:
    r"""The last ``\boxed{}`` of a solution; older rows write ``\fbox{}`` or ``\boxed 2``."""
    text = str(row["solution"]).replace("\\fbox", "\\boxed")
    found = box_contents(re.sub(r"\\boxed\s+([^\s{$][^$]*)", r"\\boxed{\1}", text))
    return found[-1] if found else None


def before_bracket(row: Row) -> str | None:
    """ASDiv's answer without its unit: "9 (apples)"."""
    return re.sub(r"\s*\([^()]*\)", "", str(row["answer"])).strip()


def calculations(row: Row) -> str | None:
    """The number of annotated calculations in a GSM8K solution."""
    return steps(str(row["answer"]).count("<<"))


def steps(number: int) -> str:
    return f"{number} step{'' if number == 1 else 's'}"


def olympiad_kind(row: Row) -> AnswerKind | None:
    return "tuple" if row.get("answer_type") == "Tuple" and not row.get("is_multiple_answer") else None


def letter_or_value(row: Row) -> str | None:
    """The letter where a row has options; its value may be garbled."""
    return str(row.get("choice_answer") or "").strip() or plain(row["answer"])


def with_options(row: Row) -> str | None:
    """TAL-SCQ5K's problem with its options below, one a line."""
    options = [option[0] if isinstance(option, list) else option for option in row["answer_option_list"]]
    lines = [f"{option['aoVal']}. {_single_dollars(option['content'])}" for option in options]
    return "\n".join([_single_dollars(row["problem"]), *lines])


def _single_dollars(text: str) -> str:
    return text.replace("$$", "$").strip()


def route(row: Row) -> str | None:
    """The module that TAL-SCQ5K files a problem under: the third stop of its first route."""
    stops = [stop.strip() for stop in (list(row.get("knowledge_point_routes") or [""])[0]).split("->")]
    return (stops[2] if len(stops) > 2 else stops[-1]) or None


def text(*paths: str) -> Reader:
    """The text of the first of some columns that a row fills; a path such as ``messages.1.content`` goes inside.

    The reader refuses a value that is no text and no number (``wrong_type``).
    """
    return lambda row: next((found for path in paths if (found := text_of(at(row, path), path)) is not None), None)


def at(row: Any, path: str) -> Any:
    """What stands at a path of keys and numbers, None where the row has no such place."""
    if isinstance(row, Mapping) and path in row:
        return row[path]
    value = row
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list | tuple) and re.fullmatch(r"-?\d+", part):
            value = value[int(part)] if -len(value) <= int(part) < len(value) else None
        else:
            return None
    return value


def text_of(value: Any, name: str) -> str | None:
    """A text or the text of a number, None where there is neither.

    Raises:
        Refused: it is something else.
    """
    if value is None or (isinstance(value, float | Decimal) and not math.isfinite(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Refused(
            "wrong_type", f"{name} is {'a truth value' if isinstance(value, bool) else type(value).__name__}"
        )
    return (value.strip() if isinstance(value, str) else plain(value)) or None


def letter_of_option(row: Row) -> str | None:
    """The letter of ``answer_value``, where it is among the options."""
    letter = text("answer_value")(row)
    options = [option[0] if isinstance(option, list) else option for option in row["answer_option_list"]]
    if letter is not None and letter not in {option["aoVal"] for option in options}:
        raise Refused("not_an_answer", f"{letter!r} is none of the options")
    return letter


def constant(value: str) -> Reader:
    return lambda row: value


def mapped(read: Reader, table: Mapping[str, str | None], default: str | None = None) -> Reader:
    """What a table has for a column's value."""
    return lambda row: table.get(read(row) or "", default)
