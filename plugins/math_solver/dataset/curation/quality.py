"""What is wrong with the shape of a solution, whatever its verdict.

Each check is a function of a trajectory that returns evidence to look at, or None; ``CHECKS`` names them.

Not guaranteed: that what passes teaches anything. The checks read text and syntax; they run nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...answers import box_contents, extract_answer, verify_answer
from ...answers.stated import notation, read_quantity
from ...protocol import CLOSING, OPENING, THINK
from ...records import Trajectory
from ..evidence import judge_conclusion, last_line
from .programs import constants_of, literal_names, parse, printed, prints_constants_only

__all__ = ["CHECKS", "Bounds", "Check", "first_flaw"]


@dataclass(frozen=True)
class Bounds:
    """The longest solution worth training on, in characters and in programs."""

    chars: int = 20_000
    rounds: int = 8


Check = Callable[[Trajectory, Bounds], str | None]

_CUE = re.compile(
    r"(?:answer|result)\s+(?:is|will be|must be|should be|=)|答案(?:就)?(?:是|为|[:：])|结果(?:是|为)|Answer\s*[:：]",
    re.I,
)
MOST_COMPARED = 6  # boxes; a bound on time
_CUED = 80  # characters behind a cue in which the answer is looked for
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:/\d+)?")
_ROUNDING = re.compile(
    r"round|decimal|nearest|approximat|estimate|significant|保留|精确到|四舍五入|约(?!分|数|定)|小数|近似", re.I
)
_EXACT = re.compile(r"\\[dt]?frac|\\sqrt|\\pi|√|π|\bsqrt\b|\bpi\b|\d\s*/\s*\d")


def no_code(trajectory: Trajectory, bounds: Bounds) -> str | None:
    if any(step.code.strip() for step in trajectory.steps):
        return None
    return "no program" if not trajectory.steps else "the program is empty"


def unterminated_block(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """A fence, a call or a thought that is opened and not closed."""
    for text in (*(step.thought for step in trajectory.steps), trajectory.conclusion):
        if text.count("```") % 2:
            return f"an odd number of fences: {_around(text, '```')}"
        for opening, closing in _TAGS:
            if text.count(opening) > text.count(closing):
                return f"{opening} is not closed: {_around(text, opening)}"
    return None


_TAGS = ((OPENING, CLOSING), ("<tool_response>", "</tool_response>"), (THINK.opening, THINK.closing))


def _around(text: str, mark: str) -> str:
    return text[text.rindex(mark) :][:60].replace("\n", " ")


def refused_call(trajectory: Trajectory, bounds: Bounds) -> str | None:
    for number, step in enumerate(trajectory.steps, 1):
        if step.execution.status == "refused":
            return f"program {number}: {step.execution.observation[:100]}"
    return None


def unrepaired_error(trajectory: Trajectory, bounds: Bounds) -> str | None:
    last = trajectory.steps[-1].execution if trajectory.steps else None
    if last is None or last.status in ("ok", "refused"):
        return None
    return f"the last program ends with {last.status}: {last_line(last.observation)[:100]}"


def early_answer(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The answer, boxed or announced, before the first program has run."""
    thought = trajectory.steps[0].thought if trajectory.steps else ""
    boxes = box_contents(thought)
    if boxes:
        return f"boxed {boxes[-1][:60]} before the program"
    predicted = read_quantity(trajectory.predicted) if trajectory.predicted else None
    if predicted is None:
        return None
    for cue in _CUE.finditer(thought):
        behind = thought[cue.end() : cue.end() + _CUED].split("\n")[0]
        stated = [read_quantity(number.rstrip(",")) for number in _NUMBER.findall(behind)]
        if any(number is not None and number.value == predicted.value for number in stated):
            return f"announced before the program: {cue.group()}{behind[:40]}"
    return None


def several_boxes(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """Boxes that hold different answers; the same one twice is emphasis, "x = 1 and y = 2" is one answer in parts."""
    contents = box_contents(trajectory.conclusion)
    if len(contents) > 1 and notation(", ".join(contents)) == notation(extract_answer(trajectory.conclusion) or ""):
        return None
    boxes = list(dict.fromkeys(map(notation, contents)))
    different = next((box for box in boxes[1:MOST_COMPARED] if not _same(boxes[0], box)), None)
    return f"boxed {boxes[0][:40]} and {different[:40]}" if different is not None else None


def _same(one: str, two: str) -> bool:
    return verify_answer(one, rf"\boxed{{{two}}}").correct or verify_answer(two, rf"\boxed{{{one}}}").correct


def trivial_code(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """Nothing is calculated in any program: ``print(42)``."""
    trees = [parse(step.code) for step in trajectory.steps]
    if not trees or any(tree is None or not prints_constants_only(tree) for tree in trees):
        return None
    return trajectory.steps[-1].code.strip()[:100]


def hard_coded_answer(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The last program calculates, and then shows the answer as a literal that the question does not hold."""
    tree = parse(trajectory.steps[-1].code) if trajectory.steps else None
    answer = read_quantity(trajectory.predicted) if trajectory.predicted else None
    if tree is None or answer is None or prints_constants_only(tree):
        return None
    shown = printed(tree)
    names = literal_names(tree)
    literal = [value for part in shown for value in constants_of(part, names)]
    calculated = any(not constants_of(part, names) for part in shown)
    numbers = [number for value in literal for number in _NUMBER.findall(str(value))]
    found = next((number for number in numbers if _is(number, answer.value)), None)
    if (
        found is None
        or calculated
        or any(_is(number, answer.value) for number in _NUMBER.findall(_question(trajectory)))
    ):
        return None
    return f"shows the literal {found}"


def _is(number: str, value: object) -> bool:
    quantity = read_quantity(number.rstrip(","))
    return quantity is not None and quantity.value == value


def _question(trajectory: Trajectory) -> str:
    return trajectory.problem.question


def inexact_answer(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """A decimal where the gold answer is a fraction, a root or a multiple of pi, or a float as it was printed."""
    predicted = read_quantity(trajectory.predicted) if trajectory.predicted else None
    gold = trajectory.problem.answer
    if predicted is None or predicted.ulp is None or _ROUNDING.search(_question(trajectory)):
        return None
    if predicted.ulp.denominator >= 10**10:
        return f"a float: {trajectory.predicted}"
    if gold is None or not _EXACT.search(gold):
        return None
    exact = read_quantity(gold)
    finite = exact is not None and exact.value == predicted.value
    return None if finite else f"{trajectory.predicted} where {gold} is asked for"


def unused_output(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The conclusion does not rest on what the programs printed."""
    if not trajectory.steps:
        return None
    observations = "\n".join(step.execution.observation for step in trajectory.steps)
    support = judge_conclusion(trajectory.conclusion, observations, _question(trajectory))
    return None if support.outcome == "supported" else support.reason[:200]


def too_long(trajectory: Trajectory, bounds: Bounds) -> str | None:
    size = length(trajectory)
    return f"{size} characters" if size > bounds.chars else None


def too_many_rounds(trajectory: Trajectory, bounds: Bounds) -> str | None:
    number = len(trajectory.steps)
    return f"{number} programs" if number > bounds.rounds else None


def length(trajectory: Trajectory) -> int:
    """Characters of everything that a model reads or writes."""
    steps = sum(len(step.thought) + len(step.code) + len(step.execution.observation) for step in trajectory.steps)
    return len(trajectory.problem.question) + steps + len(trajectory.conclusion)


# The cheap ones first; the first that finds something names the reason
CHECKS: Mapping[str, Check] = {
    "no_code": no_code,
    "too_long": too_long,
    "too_many_rounds": too_many_rounds,
    "refused_call": refused_call,
    "unrepaired_error": unrepaired_error,
    "unterminated_block": unterminated_block,
    "early_answer": early_answer,
    "trivial_code": trivial_code,
    "hard_coded_answer": hard_coded_answer,
    "inexact_answer": inexact_answer,
    "several_boxes": several_boxes,
    "unused_output": unused_output,
}


def first_flaw(trajectory: Trajectory, checks: Sequence[str], bounds: Bounds) -> tuple[str, str] | None:
    """The first of the named checks that finds something, and its evidence."""
    for name in checks:
        evidence = CHECKS[name](trajectory, bounds)
        if evidence is not None:
            return name, evidence
    return None
