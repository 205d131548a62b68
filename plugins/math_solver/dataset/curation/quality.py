"""What is wrong with the shape of a solution, whatever its verdict.

Each check is a function of a trajectory that returns evidence to look at, or None; ``CHECKS`` names them.

Not guaranteed: that what passes teaches anything. The checks read text and syntax; they run nothing.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...answers import box_contents, extract_answer, refuses, verify_answer
from ...answers.stated import Quantity, elements, notation, read_quantity
from ...protocol import CLOSING, OPENING, THINK
from ...records import Trajectory
from ..evidence import judge_conclusion, last_line
from .numbers import numbers_of
from .programs import constants_of, literal_names, parse, printed, prints_constants_only
from .tracing import Trace, literals, trace

__all__ = ["CHECKS", "ON_REQUEST", "Bounds", "Check", "first_flaw"]


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
# What people write before a value that they have worked out; it counts where the question does not hold the value
_CONCLUDING = re.compile(
    r"\b(?:solution|total|altogether|makes|gives|get|gets|expect|therefore|thus|hence|so|equals|conclude|obtain|leaves"
    r"|comes? (?:out )?(?:at|to)|left with)\b|因此|所以|一共|总共|共有|等于|得到|得出|可得|答[:：]|算出|求得",
    re.I,
)
MOST_COMPARED = 6  # boxes; a bound on time
_CUED = 80  # characters behind a cue in which the answer is looked for
_CONCLUDED = 30  # and behind a word that concludes
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:/\d+)?")
_ROUNDING = re.compile(
    r"round|decimal|nearest|approximat|estimate|significant|保留|精确到|四舍五入|约(?!分|数|定)|小数|近似", re.I
)
_EXACT = re.compile(
    r"\\(?:[dt]?frac|sqrt|pi|ln|log|sin|cos|tan|exp)(?![a-z])|√|π|\b(?:sqrt|pi|ln|log|exp|sin|cos|tan)\b"
    r"|\d\s*/\s*\d|\be\s*(?:\^|\*\*)"
)
_ABOUT = re.compile(r"\\approx|≈|\babout\b|约")


def no_code(trajectory: Trajectory, bounds: Bounds) -> str | None:
    if any(map(_does_something, (step.code for step in trajectory.steps))):
        return None
    return "no program" if not trajectory.steps else "the program is empty"


def _does_something(code: str) -> bool:
    """Whether there is more than comments, texts that stand for themselves, and imports; what is no Python counts."""
    tree = parse(code)
    return bool(code.strip()) if tree is None else not all(map(_does_nothing, tree.body))


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) and not isinstance(statement.value.value, int | float)
    return isinstance(statement, ast.Pass | ast.Import | ast.ImportFrom)


def unterminated_block(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """A fence, a call, a thought, a formula or a box that is opened and not closed."""
    for text in (*(step.thought for step in trajectory.steps), trajectory.conclusion):
        for mark in _FENCES:
            if text.count(mark) % 2:
                return f"an odd number of {mark}: {_around(text, mark)}"
        for opening, closing in _TAGS:
            if text.count(opening) > text.count(closing):
                return f"{opening} is not closed: {_around(text, opening)}"
        if opened := _opened(text):
            return f"{opened} is not closed: {_around(text, opened)}"
    return None


_FENCES = ("```", "~~~", "$$")
_NAMES = ("thinking", "reasoning", "llm-code", "llm-code-output", "code", "python")
_TAGS = (
    (OPENING, CLOSING),
    ("<tool_response>", "</tool_response>"),
    (THINK.opening, THINK.closing),
    *((f"<{name}>", f"</{name}>") for name in _NAMES),
)
_DISPLAY = re.compile(r"(?<!\\)\\([\[\]])")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*(\{[a-zA-Z]+\*?\})")


def _opened(text: str) -> str | None:
    """What of LaTeX is opened and not closed: a display, an environment, or the last box of a cut text."""
    if text.count("\\[") and Counter(_DISPLAY.findall(text))["["] > Counter(_DISPLAY.findall(text))["]"]:
        return "\\["
    open_ones = Counter(name for side, name in _ENVIRONMENT.findall(text) if side == "begin")
    open_ones.subtract(name for side, name in _ENVIRONMENT.findall(text) if side == "end")
    if name := next((name for name, count in open_ones.items() if count > 0), None):
        return f"\\begin{name}"
    box = text.rfind("\\boxed{")
    return "\\boxed{" if box >= 0 and text.count("{", box) > text.count("}", box) else None


def _around(text: str, mark: str) -> str:
    return text[max(text.rfind(mark), 0) :][:60].replace("\n", " ")


def refused_call(trajectory: Trajectory, bounds: Bounds) -> str | None:
    for number, step in enumerate(trajectory.steps, 1):
        if step.execution.status == "refused":
            return f"program {number}: {step.execution.observation[:100]}"
    return None


def unrepaired_error(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The last program failed, or printed that it did: outputs of other datasets are texts without a status."""
    last = trajectory.steps[-1].execution if trajectory.steps else None
    if last is None or last.status == "refused":
        return None
    said = last_line(last.observation)[:100]
    if last.status not in ("ok", "not_run"):
        return f"the last program ends with {last.status}: {said}"
    return f"the last program printed an error: {said}" if _FAILED.search(last.observation) else None


# At the start of its last line, or a traceback anywhere
_FAILED = re.compile(
    r"^Traceback \(most recent call last\)|^(?:[A-Za-z_.]*(?:Error|Exception)|错误)\s*[:：][^\n]*\s*\Z"
    r"|^[A-Za-z_.]*(?:Error|Exception)\s*\Z|^(?:execution )?timed? ?out\b[^\n]*\s*\Z",
    re.M | re.I,
)


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
    worked = _worked_out(thought, trajectory)
    return f"announced before the program: {worked[0]}" if worked and _CONCLUDING.search(worked[1]) else None


def worked_first(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The answer is worked out in words, be it as the end of a formula, and a program then says it again."""
    worked = _worked_out(trajectory.steps[0].thought if trajectory.steps else "", trajectory)
    return f"worked out before the program: {worked[0]}" if worked else None


def _worked_out(thought: str, trajectory: Trajectory) -> tuple[str, str] | None:
    """The answer behind a word that concludes, or else behind an equals sign, and what stands right before it.

    An answer that the question holds is not worked out, and nobody can say of 0 or 1.
    """
    predicted = read_quantity(trajectory.predicted or "")
    if predicted is None or abs(predicted.value) < 2:
        return None
    found = []
    for number in _NUMBER.finditer(thought):
        before = thought[max(0, number.start() - _CONCLUDED) : number.start()].rpartition("\n")[2]
        if _is(number.group(), predicted.value) and (_CONCLUDING.search(before) or _EQUALS.search(before)):
            found.append((f"{before}{number.group()}", before))
    if not found or str(predicted.value) in numbers_of(_question(trajectory)):
        return None
    return min(found, key=lambda one: not _CONCLUDING.search(one[1]))


_EQUALS = re.compile(r"[=:：]\s*[$*]*(?:\\text\{[^{}]*\}|\\\$)?\s*$")


def several_boxes(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """Boxes that hold different answers; the same one twice is emphasis, "x = 1 and y = 2" is one answer in parts.

    So are boxes that answer a question for several things.
    """
    contents = box_contents(trajectory.conclusion)
    if len(contents) > 1 and notation(", ".join(contents)) == notation(extract_answer(trajectory.conclusion) or ""):
        return None
    if len(contents) > 1 and _SEVERAL.search(_question(trajectory)):
        return None
    earlier = [box for step in trajectory.steps[1:] for box in box_contents(step.thought)]
    boxes = list(dict.fromkeys(map(notation, (*contents, *earlier))))
    different = next((box for box in boxes[1:MOST_COMPARED] if not _same(boxes[0], box)), None)
    return f"boxed {boxes[0][:40]} and {different[:40]}" if different is not None else None


_SEVERAL = re.compile(
    r"各[^。？?]{0,12}(?:多少|几|是)|分别|(?:多少|几)[^。]*[，,、；;？?][^。]*(?:多少|几)|[(（]\s*[)）].*[(（]\s*[)）]"
    r"|[(（]\s*1\s*[)）].*[(（]\s*2\s*[)）]|[两三四]个(?:数|根|角|内角|外角)|最[大小]值?[和与及]最|每[^，。和]{1,6}和每"
    r"|并(?:计算|求|确定|找出)|多少[^。，]{1,6}和多少"
    r"|(?:求|计算|找)[^。？?]*?(?:[^，。]和(?!是|为)|与|以及|及其?|并(?:计算|求))[^。？?]+[。？?]?\s*$"
    r"|\brespectively\b|\bhow (?:many|much)\b.*\bhow (?:many|much)\b|\bwhat (?:is|are)\b.*\band what\b"
    r"|\b(?:both|two|three) (?:numbers|integers|angles|values|roots|sides)\b|\bmax\w* and (?:the )?min|\bquotient and"
    r"|\bfind (?:all|both)\b|\bwhat are\b|\ball (?:real |possible |integer )?(?:values|solutions|roots)\b",
    re.I | re.S,
)


def _same(one: str, two: str) -> bool:
    return verify_answer(one, rf"\boxed{{{two}}}").correct or verify_answer(two, rf"\boxed{{{one}}}").correct


def trivial_code(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """Nothing is calculated in any program: ``print(42)``."""
    trees = [parse(step.code) for step in trajectory.steps]
    programs = [tree for tree in trees if tree is not None]
    if not trees or len(programs) < len(trees):
        return None
    if all(map(prints_constants_only, programs)) or _shows_literals_only(_traced(trajectory)):
        return trajectory.steps[-1].code.strip()[:100]
    return None


def _traced(trajectory: Trajectory) -> Sequence[Trace]:
    return _trace_of(tuple(step.code for step in trajectory.steps))


@lru_cache(maxsize=8)  # two checks ask, one after the other
def _trace_of(codes: tuple[str, ...]) -> Sequence[Trace]:
    return trace(tree for code in codes if (tree := parse(code)) is not None)


def _shows_literals_only(traces: Sequence[Trace]) -> bool:
    shown = [literals(value) for one in traces for value in one.shown]
    return bool(shown) and None not in shown and not any(one.calculates for one in traces)


def hard_coded_answer(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """The last program calculates, and then shows the answer as a literal that the question does not hold."""
    last = parse(trajectory.steps[-1].code) if trajectory.steps else None
    answer = read_quantity(trajectory.predicted) if trajectory.predicted else None
    if last is None or answer is None or prints_constants_only(last):
        return None
    if any(_is(number, answer.value) for number in _NUMBER.findall(_question(trajectory))):
        return None
    shown = _literals_shown(last) or _literals_followed(_traced(trajectory)[-1])
    numbers = [number for value in shown for number in _NUMBER.findall(_written(value))]
    found = next((number for number in numbers if _is(number, answer.value)), None)
    return f"shows the literal {found}" if found is not None else None


def _written(literal: object) -> str:
    try:
        return str(literal)
    except ValueError:  # Python writes no numbers of thousands of digits
        return ""


def _literals_shown(tree: ast.Module) -> list[object]:
    """What is shown as a literal, or by a name that only ever stands for one; nothing where another value is shown."""
    names = literal_names(tree)
    found = [constants_of(part, names) for part in printed(tree)]
    return [value for values in found for value in values] if all(found) else []


def _literals_followed(last: Trace) -> list[object]:
    """The same where names are reassigned and functions return it; only of a program that calculates."""
    shown = [literals(value) for value in last.shown]
    if not last.calculates or None in shown:
        return []
    return [value for values in shown for value in values or ()]


def _is(number: str, value: object) -> bool:
    quantity = read_quantity(number.rstrip(","))
    return quantity is not None and quantity.value == value


def _question(trajectory: Trajectory) -> str:
    return trajectory.problem.question


def inexact_answer(trajectory: Trajectory, bounds: Bounds) -> str | None:
    """A decimal where the gold answer is a fraction, a root or a multiple of pi, or a float as it was printed."""
    gold = trajectory.problem.answer
    if _ROUNDING.search(_question(trajectory)):
        return None
    decimals = [part for part in _parts(trajectory.predicted or "") if part.ulp is not None]
    if any(part.ulp is not None and part.ulp.denominator >= 10**10 for part in decimals):
        return f"a float: {trajectory.predicted}"
    if not decimals or gold is None or not _EXACT.search(gold):
        return None
    exact = {part.value * part.scale for part in _parts(gold)}
    finite = all(part.value * part.scale in exact for part in decimals)
    return None if finite else f"{trajectory.predicted} where {gold} is asked for"


def _parts(answer: str) -> list[Quantity]:
    """The number that an answer is, or those of a list; a sign that it is about so is left aside."""
    said = _ABOUT.sub("", answer).strip()
    whole = read_quantity(said)
    found = [whole] if whole else [read_quantity(part) for part in elements(said)]
    return [part for part in found if part is not None]


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


# Not among "all": of older corpora they take two rows in five, and what it costs to lose these nobody has measured
ON_REQUEST: Mapping[str, Check] = {"worked_first": worked_first}


# What they look at is an answer, or the program that it comes from
OF_ANSWERS = frozenset(
    ["no_code", "early_answer", "worked_first", "trivial_code", "hard_coded_answer"]
    + ["inexact_answer", "several_boxes", "unused_output"]
)


def first_flaw(trajectory: Trajectory, checks: Sequence[str], bounds: Bounds) -> tuple[str, str] | None:
    """The first of the named checks that finds something, and its evidence; a right refusal has no answer to check."""
    known = {**CHECKS, **ON_REQUEST}
    refused = trajectory.problem.unanswerable and refuses(trajectory.conclusion)
    for name in checks:
        if refused and name in OF_ANSWERS:
            continue
        evidence = known[name](trajectory, bounds)
        if evidence is not None:
            return name, evidence
    return None
