r"""Solutions in the old transcript form: human / gpt with a program / human with its output / gpt.

    {"conversations": [
      {"from": "human", "value": "题目：一根绳子长 7/2 米，平均分成 5 段，每段长多少米？"},
      {"from": "gpt",   "value": "首先给出思考过程：用总长除以段数。\n生成的Python代码如下：\n```python\nfrom sympy
                         import Rational\nprint('每段长:', Rational(7, 2) / 5)\n```"},
      {"from": "human", "value": "运行以上代码，输出会是： ```每段长: 7/10```"},
      {"from": "gpt",   "value": "因此，每段长 \\(\\boxed{\\frac{7}{10}}\\) 米。"}]}

The claimed output was written by a person or a model and may be wrong: ``validation.drafts`` replaces it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from ..disk import is_storable, parse_json, read_whole
from ..protocol import THINK, detect_lang, parse_call, render_call
from ..records import Drop, Execution, Problem, RecordError, Step, Trajectory
from .files.opening import Broken
from .files.values import json_rows
from .readers import headless

__all__ = ["Malformed", "parse_row", "read_drafts", "read_rows"]

Malformed = Literal[
    "unreadable_row", "truncated", "no_code", "several_programs", "code_in_text", "thought_without_end", "no_box"
]

FORM = "a row is {'conversations': [{'from': 'human' or 'gpt', 'value': text}, ...]}; mend or delete it"

_FENCE = re.compile(r"```python[ \t]*\n(.*?)(?=```|\Z)", re.DOTALL)
_CLAIM = re.compile(r"```(.*?)```", re.DOTALL)

# Phrases that only the old form needs: they announce its parts, or speak to the person who pasted the output.
_MARKERS = (
    re.compile(r"\A\s*首先[^\n。，]{0,14}思考过程(?:如下)?[:：]\s*"),
    re.compile(r"\A\s*(?:首先，)?(?:我们)?(?:给出|考虑)?思考过程(?:如下)?[:：]\s*"),
    re.compile(r"生成的\s*Python\s*代码如下[:：][ \t]*"),
    re.compile(r"(?<=根据)[您你](?:提供的(?=(?:Python代码)?(?:执行|运行)?结果)|(?=在Python环境中运行))"),
    re.compile(r"根据[您你]的描述，(?=Python|计算)"),
    re.compile(r"^非常好！|如果[您你]有(?:任何)?其他问题[^。！]*[。！]", re.MULTILINE),
)
_ANNOUNCEMENT = re.compile(
    r"(?:^#+[^\n]*(?:结论|结果|答案|Conclusion|Answer)[^\n]*\n\s*)?"  # its heading, if nothing else is under it
    r"^[ \t]*(?:因此|所以|综上|故|最终|那么|Therefore|Thus|Hence|So)[^\n]*\\boxed[^\n]*$",
    re.MULTILINE,
)
_BOX = re.compile(r"\\boxed\s*\{")


class _MalformedRow(Exception):
    def __init__(self, reason: Malformed, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def read_rows(path: Path) -> list[Any]:
    """The rows of one transcript file, as they are; a row that breaks the JSON is a ``Broken`` among them.

    Raises:
        RecordError: the file is missing, is not UTF-8 JSON, or is not a list.
    """
    try:
        rows = parse_json(read_whole(path))
    except FileNotFoundError as error:
        raise RecordError(f"{path}: no such file; check --input") from error
    except (OSError, ValueError) as error:  # ValueError: JSON, UTF-8, numbers of thousands of digits
        rows = [] if isinstance(error, OSError | UnicodeDecodeError) else list(json_rows(path))
        if all(isinstance(row, Broken) for row in rows):
            raise RecordError(f"{path}: cannot be read ({error}); it must be a UTF-8 JSON list of rows") from error
    if not isinstance(rows, list):
        raise RecordError(f"{path}: not a JSON list of rows; {FORM}")
    return rows


def parse_row(row: Any, source: str, number: int) -> Trajectory | Drop:
    """The draft that row ``number`` (from 1) of ``source`` holds, or why it holds none.

    The draft's one ``Execution`` is the *claimed* output, not yet run. Dropped: a row of another shape
    (``unreadable_row``), one that ends before the conclusion (``truncated``), pure reasoning (``no_code``: the
    records teach the use of the tool), two different programs in a turn (``several_programs``), a program
    that stands in the text as well (``code_in_text``), reasoning whose end is missing (``thought_without_end``), a
    conclusion without ``\\boxed{}`` (``no_box``).

    Text is changed by three rules only, each named in ``meta["tidied"]``: ``marker`` (phrases of the old form
    such as 生成的Python代码如下： go), ``early_box`` (an answer boxed before the program ran: a line that only
    announces it goes, any other box loses its ``\\boxed``) and ``program`` (a program pasted twice counts
    once, common indentation and text after it go).
    """
    identifier = f"{source}-{number:05d}"
    try:
        return _draft(identifier, source, *_texts(row))
    except _MalformedRow as error:
        return Drop(identifier, error.reason, str(error))


def _texts(row: Any) -> tuple[str, str, str, str]:
    """Question, program turn, claim and conclusion."""
    if isinstance(row, Broken):
        raise _MalformedRow("unreadable_row", f"{row.why}; mend or delete it")
    turns = row.get("conversations") if isinstance(row, Mapping) else None
    if not isinstance(turns, list) or not all(_is_turn(turn) for turn in turns):
        raise _MalformedRow("unreadable_row", FORM)
    speakers = [turn["from"] for turn in turns]
    values = [turn["value"].replace("\r\n", "\n") for turn in turns]  # a fence ends with its line
    if not speakers or speakers != ["human", "gpt", "human", "gpt"][: len(speakers)]:
        raise _MalformedRow("unreadable_row", f"turns are {speakers}; {FORM}")
    if len(turns) == 2 and not any(_programs(values[1])):
        raise _MalformedRow("no_code", "reasoning without a program")
    if len(turns) < 4:
        raise _MalformedRow("truncated", f"ends with the {speakers[-1]} turn, before the conclusion")
    return values[0], values[1], values[2], values[3]


def _is_turn(turn: Any) -> bool:
    texts = (turn.get("from"), turn.get("value")) if isinstance(turn, Mapping) else (None,)
    return all(isinstance(text, str) and is_storable(text) for text in texts)


def _draft(identifier: str, source: str, asked: str, solved: str, claim: str, concluded: str) -> Trajectory:
    tidied: set[str] = set()
    question = headless(asked).strip()
    code = _program(solved, tidied)
    thought = _strip_markers(_unbox(solved.partition("```python")[0], tidied), tidied)
    conclusion = _strip_markers(concluded, tidied)
    if not question:
        raise _MalformedRow("unreadable_row", f"the question is empty; {FORM}")
    _check_text(thought, code, conclusion)
    claimed = "\n".join(part.strip() for part in _CLAIM.findall(claim)).strip()
    lang = detect_lang(question)
    spoken = detect_lang(thought + conclusion)
    meta: dict[str, Any] = {"tidied": sorted(tidied)} if tidied else {}
    if spoken != lang:  # an English question solved in Chinese wants the Chinese system prompt
        meta["solution_lang"] = spoken
    problem = Problem(identifier, source, question, lang=lang)
    return Trajectory(identifier, problem, (Step(thought, code, Execution("ok", claimed)),), conclusion, meta=meta)


def _programs(text: str) -> list[str]:
    """The programs fenced in a turn; one not closed runs to the next fence or the end of the text."""
    bodies = [body.strip("\n").rstrip() for body in _FENCE.findall(text)]
    return [textwrap.dedent(body) if body[:1].isspace() else body for body in bodies]


def _program(text: str, tidied: set[str]) -> str:
    programs = [program for program in _programs(text) if program]
    if not programs:
        raise _MalformedRow("no_code", "the code block is missing or empty")
    if any(program != programs[0] for program in programs):
        raise _MalformedRow("several_programs", f"{len(programs)} different programs in one turn")
    written = text[text.index("```python") :].partition("\n")[2]
    if written.strip().removesuffix("```").rstrip() != programs[0]:
        tidied.add("program")
    return programs[0]


def _unbox(text: str, tidied: set[str]) -> str:
    """``text`` without boxed answers: what no program has confirmed is not marked as the answer."""
    if not _BOX.search(text):
        return text
    tidied.add("early_box")
    text = _ANNOUNCEMENT.sub("", text)
    while match := _BOX.search(text):
        end = _closing_brace(text, match.end())
        text = text[: match.start()] + text[match.end() : end] + text[end + 1 :]
    return text


def _closing_brace(text: str, start: int) -> int:
    """Where the brace opened before ``start`` closes; the end of the text if it never does."""
    depth = 1
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return len(text)


def _strip_markers(text: str, tidied: set[str]) -> str:
    stripped = text
    for marker in _MARKERS:
        stripped = marker.sub("", stripped)
    if stripped != text:
        tidied.add("marker")
    stripped = "\n".join(line.rstrip() for line in stripped.splitlines())
    return re.sub(r"\n{3,}", "\n\n", stripped).strip()


def _check_text(thought: str, code: str, conclusion: str) -> None:
    """The call must be read back as it was written, and the conclusion must hold an answer and no call."""
    if thought.startswith(THINK.opening) and THINK.closing not in thought:
        raise _MalformedRow("thought_without_end", f"{THINK.opening} is not closed: all behind it would be reasoning")
    for form in ("native", "fenced"):
        call = parse_call(render_call(thought, code, "native" if form == "native" else "fenced"))
        if call is None or (call.thought, call.code) != (thought, code):
            raise _MalformedRow("code_in_text", f"the {form} call is not read back as written")
    if code in thought or parse_call(conclusion) is not None:
        raise _MalformedRow("code_in_text", "a program stands in the text around the call")
    if not _BOX.search(conclusion):
        raise _MalformedRow("no_box", r"the conclusion has no \boxed{}")


def read_drafts(inputs: Sequence[Path]) -> list[Trajectory | Drop]:
    """The rows of the files, and of the ``*.json`` of the folders, in order; an unreadable row names its place.

    Raises:
        RecordError: as ``read_rows``; a folder holds no file; two files would give the same ids.
    """
    drafts: list[Trajectory | Drop] = []
    sources: dict[str, Path] = {}
    for path in _files(inputs):
        if path.stem in sources:
            raise RecordError(f"{path}: rows of {sources[path.stem]} have the same ids; rename one file")
        sources[path.stem] = path
        for number, row in enumerate(read_rows(path), 1):
            draft = parse_row(row, path.stem, number)
            if isinstance(draft, Drop) and draft.reason == "unreadable_row":
                draft = replace(draft, detail=f"{path}, row {number}: {draft.detail}")
            drafts.append(draft)
    return drafts


def _files(inputs: Sequence[Path]) -> Iterator[Path]:
    for path in inputs:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            raise RecordError(f"{path}: holds no .json file; check --input")
        yield from files
