"""The records every stage reads and writes, and their JSONL form.

A trajectory is the stored truth, one JSON object per line; sharegpt files are renderings of it.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, Self, TypeVar, get_args

import jsonlines

from .disk import OneWay, RecordError, parse_json, replacing

__all__ = [
    "AnswerFrom",
    "AnswerKind",
    "Drop",
    "Execution",
    "Outcome",
    "Problem",
    "RecordError",
    "Status",
    "Step",
    "Trajectory",
    "Verdict",
    "answer_kind",
    "as_row",
    "in_chains",
    "known_fields",
    "one_of",
    "problem_of",
    "read_jsonl",
    "read_record",
    "read_records",
    "write_jsonl",
]

Status = Literal["ok", "error", "timeout", "memory", "output_limit", "killed", "refused", "not_run"]
Outcome = Literal["correct", "incorrect", "unverifiable"]
AnswerKind = Literal["number", "expression", "choice", "tuple", "text", "unanswerable"]
AnswerFrom = Literal["gold", "vote", "model"]
NO_OUTPUT = "(no output)"
_UNSAID = {"unsaid": True}  # a field that a row leaves out where it says nothing
_KINDS: dict[str, AnswerKind] = {
    **{kind: kind for kind in get_args(AnswerKind)},
    **dict.fromkeys(("multiple_choice", "single_choice", "mcq"), "choice"),
    **dict.fromkeys(("point", "vector", "ordered", "sequence"), "tuple"),
}


def answer_kind(name: Any) -> AnswerKind | None:
    """The kind of answer that a row names, in our words or those of other datasets.

    A kind is a hint to the verifier, and other datasets have kinds of their own ("latex", "integer"): a text that is
    none of ours says nothing, as a field that is none of ours does.

    Raises:
        TypeError: it is no text at all.
    """
    if name is not None and not isinstance(name, str):
        raise TypeError(f"answer_kind is {name!r}, not null or a text such as {', '.join(get_args(AnswerKind))}")
    return None if name is None else _KINDS.get(name)


@dataclass(frozen=True)
class Problem:
    """A question and its exact gold answer (LaTeX or plain text without ``\\boxed``).

    ``answer_kind`` changes how answers are compared where it is "choice" (letters are options), "tuple" (a list is in
    order) or "text" (only words count); "unanswerable" says that the right solution is to say that there is none, and
    there is no ``answer`` then. ``answer_from`` is "vote" where most of several solutions agreed on the
    answer, "model" where one solution claims it. ``licence`` is an SPDX identifier, None where nobody states one.
    ``follows`` is the id of the problem that was asked right before: the question refers back to it ("And half of
    that?"), and cannot be answered alone. ``images`` are the pictures that belong to the question, in their order:
    paths, or data URIs (``data:image/png;base64,...``). ``phrasing`` is "unseen" where no training row words a
    question so, "seen" where some do, None where nobody says.
    """

    id: str
    source: str
    question: str
    answer: str | None = None
    answer_kind: AnswerKind | None = None
    level: str | None = None
    subject: str | None = None
    lang: str = "en"
    # Left out of the text form, so that a job of problems that say nothing of them is the job that it was.
    answer_from: AnswerFrom = field(default="gold", repr=False, metadata=_UNSAID)
    licence: str | None = field(default=None, repr=False, metadata={**_UNSAID, "what": "null or an SPDX identifier"})
    follows: str | None = field(default=None, repr=False, metadata={**_UNSAID, "what": "null or the id of a problem"})
    images: tuple[str, ...] = field(default=(), repr=False, metadata=_UNSAID)
    phrasing: str | None = field(default=None, repr=False, metadata={**_UNSAID, "what": "null, seen or unseen"})

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A problem from its row.

        Raises:
            TypeError: the row says what no problem can.
        """
        known = known_fields(cls, row)
        if known.get("answer_from", "gold") not in get_args(AnswerFrom):
            raise TypeError(f"answer_from is {known['answer_from']!r}, not {', '.join(get_args(AnswerFrom))}")
        images = known.get("images") or ()
        if not isinstance(images, list | tuple) or not all(isinstance(image, str) and image for image in images):
            raise TypeError(f"images is {repr(images)[:60]}, not a list of paths or data URIs")
        problem = cls(**{**known, "answer_kind": answer_kind(row.get("answer_kind")), "images": tuple(images)})
        if problem.unanswerable and (problem.answer or "").strip():
            raise TypeError(f"answer is {_excerpt(problem.answer)}, where answer_kind says that there is none")
        return problem

    @property
    def unanswerable(self) -> bool:
        """Whether a solution is right where it says that the problem cannot be solved; without, nobody knows."""
        return self.answer_kind == "unanswerable"


@dataclass(frozen=True)
class Execution:
    """What one program did: its status, what it printed, the value of a last bare expression, its traceback.

    ``output``, ``value`` and ``error`` are already cut to the interpreter's limits; ``ms`` is wall-clock
    milliseconds. ``not_run`` is a program of which nobody knows yet what it does: it must be run before it is used.
    """

    status: Status
    output: str = ""
    value: str | None = None
    error: str | None = None
    ms: float = 0.0

    @property
    def observation(self) -> str:
        """The one text that the model sees, in training data and in serving alike."""
        parts = [self.output.rstrip("\n"), self.value or "", (self.error or "").rstrip("\n")]
        return "\n".join(part for part in parts if part) or NO_OUTPUT

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """An execution from its row.

        Raises:
            TypeError: the row says what no execution can.
        """
        return cls(**one_of(known_fields(cls, row), "status", Status))


@dataclass(frozen=True)
class Step:
    """One round: the thought before the call, the program, and what it did."""

    thought: str
    code: str
    execution: Execution

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A step from its row.

        Raises:
            TypeError: the row says what no step can.
        """
        return cls(**{**known_fields(cls, row), "execution": Execution.from_dict(row["execution"])})


@dataclass(frozen=True)
class Verdict:
    """Whether a predicted answer equals the gold one, and why; ``unverifiable`` is never a guess."""

    outcome: Outcome
    reason: str = ""

    @property
    def correct(self) -> bool:
        return self.outcome == "correct"

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A verdict from its row.

        Raises:
            TypeError: the row says what no verdict can.
        """
        return cls(**one_of(known_fields(cls, row), "outcome", Outcome))


@dataclass(frozen=True)
class Trajectory:
    """A solved problem: steps of thought, code and execution, then a conclusion with a boxed answer.

    One that was imported may lack the conclusion (an empty text) and have programs that were ``not_run``.
    """

    id: str
    problem: Problem
    steps: tuple[Step, ...]
    conclusion: str
    predicted: str | None = None
    verdict: Verdict | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_python(self) -> bool:
        """Whether Python was at hand: it was used, or ``meta`` says that it was left alone (``"tool": "unused"``).

        What cannot be solved needs no program, and is refused with Python at hand.
        """
        return bool(self.steps) or self.meta.get("tool") == "unused" or self.problem.unanswerable

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A trajectory from its row.

        Raises:
            TypeError: the row says what no trajectory can.
        """
        if not isinstance(row["steps"], list | tuple):
            raise TypeError(f"steps is {_excerpt(row['steps'])}, not a list")
        if not isinstance(meta := row.get("meta") or {}, Mapping):
            raise TypeError(f"meta is {_excerpt(meta)}, not an object")
        parts = {
            "problem": Problem.from_dict(row["problem"]),
            "steps": tuple(map(Step.from_dict, row["steps"])),
            "verdict": Verdict.from_dict(row["verdict"]) if row.get("verdict") else None,
            "meta": meta,
        }
        return cls(**{**known_fields(cls, row), **parts})


def problem_of(record: Problem | Trajectory) -> Problem:
    """A problem itself, and that of a trajectory."""
    return record if isinstance(record, Problem) else record.problem


@dataclass(frozen=True)
class Drop:
    """A row left out, and why: ``reason`` is what is counted, ``detail`` what a reader needs."""

    id: str
    reason: str
    detail: str = ""

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A drop from its row.

        Raises:
            TypeError: the row says what no drop can.
        """
        return cls(**known_fields(cls, row))


class _Record(Protocol):
    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self: ...


R = TypeVar("R", bound=_Record)
T = TypeVar("T")


def read_jsonl(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield ``(line number from 1, object)`` for each line that is not blank.

    Raises:
        RecordError: the file is missing or unreadable, or a line is not a JSON object.
    """
    path = Path(path)
    try:
        if not path.is_file():
            raise RecordError(f"{path}: no such file; check the path or run the step that writes it")
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, _parse_object(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read ({error}); it must be UTF-8 JSONL") from error


def read_records(path: str | Path, kind: type[R]) -> Iterator[R]:
    """Yield the records of one kind in a JSONL file; unknown fields are ignored.

    Raises:
        RecordError: as ``read_jsonl``, or a row lacks a field of ``kind``.
    """
    for number, row in read_jsonl(path):
        yield read_record(row, kind, f"{path}:{number}")


def read_record(row: Mapping[str, Any], kind: type[R], where: str) -> R:
    """The record of a row; unknown fields are ignored.

    Raises:
        RecordError: it lacks a field of ``kind``, or says there what none can; ``where`` names the row.
    """
    try:
        return kind.from_dict(row)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RecordError(f"{where}: not a {kind.__name__} ({error}); data/README.md shows the form") from error


def write_jsonl(path: str | Path, records: Iterable[Any]) -> int:
    """Write dataclasses or mappings, one a line, and return their number.

    Atomic: the rows go to a temporary file beside ``path``, which is renamed once complete; an interrupted
    write leaves an earlier file as it was. Same records, same bytes.

    Raises:
        RecordError: ``path`` cannot be written, or UTF-8 cannot carry a record.
    """
    count = 0
    with replacing(Path(path)) as temporary, jsonlines.open(temporary, "w") as lines:
        for record in records:
            try:
                lines.write(record if isinstance(record, Mapping) else as_row(record))
            except UnicodeEncodeError as error:
                raise RecordError(
                    f"{path}: row {count + 1} would hold half a surrogate pair; mend its source"
                ) from error
            count += 1
    return count


def as_row(record: Any) -> dict[str, Any]:
    """The JSON form of a record: what ``dataclasses.asdict`` gives, without fields that would say nothing new."""
    row: dict[str, Any] = {}
    for entry in dataclasses.fields(record):
        value = getattr(record, entry.name)
        if not (entry.metadata.get("unsaid") and value == entry.default):
            row[entry.name] = _plain(value)
    return row


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if dataclasses.is_dataclass(value):
        return as_row(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def in_chains(items: Iterable[T], problem: Callable[[T], Problem]) -> tuple[list[list[T]], list[T]]:
    """The items in chains, each behind one of the problem that its own follows; and those that have none to follow.

    Chains stand in the order of their first items, and an item that follows nothing and is not followed is one alone.
    Each item is in one chain: of two that follow one problem, the second needs a second item of it.
    """
    firsts: list[T] = []
    waiting: defaultdict[str, deque[tuple[int, T]]] = defaultdict(deque)
    for place, item in enumerate(items):
        if (follows := problem(item).follows) is None:
            firsts.append(item)
        else:
            waiting[follows].append((place, item))
    chains = [[first] for first in firsts]
    for chain in chains:
        while next_ones := waiting.get(problem(chain[-1]).id):
            chain.append(next_ones.popleft()[1])
    left = sorted((entry for several in waiting.values() for entry in several), key=lambda entry: entry[0])
    return chains, [item for _, item in left]


def _parse_object(line: str, where: str) -> dict[str, Any]:
    try:
        row = parse_json(line)
    except OneWay as error:
        raise RecordError(f"{where}: {error}; mend or delete the line") from error
    except ValueError as error:
        raise RecordError(f"{where}: not JSON ({error}); mend or delete the line") from error
    if not isinstance(row, dict):
        raise RecordError(f"{where}: not a JSON object; mend or delete the line")
    return row


def _is_number(value: Any) -> bool:
    """Whether a value can be reckoned with: no truth value, not NaN, and not beyond every float."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63


# What the plain annotations of a record's fields stand for; other fields are checked where they are read.
_WRITTEN: Mapping[Any, tuple[Callable[[Any], bool], str]] = {
    "str": (lambda value: isinstance(value, str), "text"),
    "str | None": (lambda value: value is None or isinstance(value, str), "text"),
    "float": (_is_number, "a number"),
    "int": (_is_whole, "a whole number"),
    "int | None": (lambda value: value is None or _is_whole(value), "null or a whole number"),
    "bool": (lambda value: isinstance(value, bool), "true or false"),
}


def known_fields(cls: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a row's fields that a record has; a number where text is meant is its text.

    Raises:
        TypeError: one is of another type than its annotation says.
    """
    if not isinstance(row, Mapping):
        raise TypeError(f"{_excerpt(row)} is no object")
    known: dict[str, Any] = {}
    for entry in dataclasses.fields(cls):
        if entry.name in row:
            value = row[entry.name]
            fits, what = _WRITTEN.get(entry.type, (None, ""))
            if fits and not fits(value):
                if what != "text" or not _is_number(value):
                    raise TypeError(f"{entry.name} is {_excerpt(value)}, not {entry.metadata.get('what', what)}")
                value = json.dumps(value)
            known[entry.name] = value
    return known


def one_of(known: dict[str, Any], name: str, values: Any) -> dict[str, Any]:
    """Fields of which one must be among the values of a ``Literal``.

    Raises:
        TypeError: it is not.
    """
    if known[name] not in get_args(values):
        raise TypeError(f"{name} is {_excerpt(known[name])}, not one of {', '.join(get_args(values))}")
    return known


def _excerpt(value: Any) -> str:
    try:
        return repr(value)[:40]
    except ValueError:  # a number of more digits than Python writes
        return f"a {type(value).__name__}"
