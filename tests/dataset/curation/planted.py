"""Flaws and copies planted in real rows, in ways that no detector was written for; with the rows to plant them in.

Detectors are tuned on the rows of one half and told of on the other: ``half_of`` says which a row is in.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from math_solver.answers import extract_answer
from math_solver.database import Scratch
from math_solver.dataset.curation.duplicates import Questions
from math_solver.dataset.curation.numbers import numbers_of
from math_solver.dataset.curation.quality import CHECKS, ON_REQUEST, Bounds
from math_solver.dataset.curation.rows import Row
from math_solver.records import Drop, Execution, Problem, Step, Trajectory, Verdict
from math_solver.sources.files import strict
from math_solver.sources.reading import Reading

__all__ = ["COPIES", "DATA", "FLAWS", "measure_copies", "measure_flaws", "plantable", "questions", "solutions"]

DATA = Path(__file__).parents[4] / "shared" / "data"
_SOLVED = (
    "corpora/mathcoder_outputs.jsonl",
    "corpora/mathcoder_outputs_errors.jsonl",
    "corpora/tora_corpus.jsonl",
    "corpora/tora_outputs_gsm8k.jsonl",
    "corpora/numinamath_tir.jsonl",
    "seed_dataset/gsm8k_train_data.json",
    "seed_dataset/hand-make-train-data.json",
    "seed_dataset/llm_train_data.json",
)
Plant = Callable[[Trajectory, str], Trajectory]
DETECTORS = {**CHECKS, **ON_REQUEST}


@cache
def solutions() -> tuple[Trajectory, ...]:
    """Real solutions with programs, as their sources stored them."""
    found = []
    for name in _SOLVED:
        for _, item in Reading([DATA / name], allow_benchmarks=True, stated=extract_answer).trajectories():
            if not isinstance(item, Drop) and item.conclusion and item.steps:
                found.append(replace(item, verdict=item.verdict or Verdict("unverifiable", "not compared")))
    return tuple(found)


@cache
def questions() -> tuple[Problem, ...]:
    """Real questions, each once, English and Chinese."""
    rows = [
        *(
            (row["question"], row["answer"].rpartition("####")[2])
            for row in strict(DATA / "benchmarks/gsm8k_train.jsonl")
        ),
        *((row["problem"], None) for row in strict(DATA / "benchmarks/math_test_500.jsonl")),
        *((row["original_text"], None) for row in strict(DATA / "corpora/ape210k.json")),
        *((row["original_text"], None) for row in strict(DATA / "corpora/math23k.json")),
    ]
    return tuple(
        Problem(f"q{number}", "real", question, answer and answer.strip())
        for number, (question, answer) in enumerate(dict(rows).items())
    )


def half_of(name: str) -> int:
    """0 is for tuning, 1 for telling."""
    return zlib.crc32(name.encode()) & 1


def plantable(row: Trajectory) -> str | None:
    """The answer of a row that flaws can be planted in: a whole number that its question does not hold."""
    answer = (row.predicted or "").replace(",", "")
    if not re.fullmatch(r"\d{2,7}", answer) or answer in numbers_of(row.problem.question):
        return None
    return answer if row.steps[-1].execution.status in ("ok", "not_run") else None


def _first(row: Trajectory, before: str = "", behind: str = "") -> Trajectory:
    """More said before the first program."""
    first = row.steps[0]
    return replace(row, steps=(replace(first, thought=f"{before}{first.thought}{behind}"), *row.steps[1:]))


def _end(row: Trajectory, before: str = "", behind: str = "") -> Trajectory:
    return replace(row, conclusion=f"{before}{row.conclusion}{behind}")


def _ran(row: Trajectory, execution: Execution) -> Trajectory:
    """Something else came out of the last program."""
    return replace(row, steps=(*row.steps[:-1], replace(row.steps[-1], execution=execution)))


def _printed(row: Trajectory, output: str) -> Trajectory:
    return _ran(row, Execution("ok", output))


def _alone(row: Trajectory, output: str) -> Trajectory:
    """Only the last program, with another output."""
    return _printed(replace(row, steps=row.steps[-1:]), output)


def _program(row: Trajectory, code: str, output: str) -> Trajectory:
    """Another program in the place of all."""
    return replace(row, steps=(Step(_words(row), code, Execution("ok", f"{output}\n")),))


def _words(row: Trajectory) -> str:
    return "I write a program." if row.problem.lang == "en" else "我写一个程序。"


def _exact(gold: str, said: str) -> Plant:
    """A question with an exact answer, and a decimal in its place."""

    def plant(row: Trajectory, answer: str) -> Trajectory:
        problem = replace(row.problem, question=f"Find the exact value for case {answer}.", answer=gold)
        solved = _program(row, f"from sympy import *\nx = N(Rational({answer}, 7))\nprint(x)", said)
        return replace(solved, problem=problem, predicted=said, conclusion=f"It is \\boxed{{{said}}}.")

    return plant


def _coded(template: str) -> Plant:
    return lambda row, answer: _program(row, template.replace("ANSWER", answer), answer)


_TRACE = (
    'Traceback (most recent call last):\n  File "<stdin>", line 3, in <module>\nZeroDivisionError: division by zero\n'
)

FLAWS: Mapping[str, Mapping[str, Plant]] = {
    "no_code": {
        "no steps": lambda row, answer: replace(row, steps=()),
        "comments": _coded("# multiply the two numbers\n# then add the rest"),
        "pass": _coded("pass"),
        "a text": _coded('"""First the product, then the sum."""'),
        "imports": _coded("import math\nfrom sympy import *"),
        "dots": _coded("..."),
    },
    "early_answer": {
        "bold": lambda row, answer: _first(
            row, behind=f"\nAltogether that makes **{answer}**. Python will confirm it."
        ),
        "expected": lambda row, answer: _first(row, f"I expect {answer}, and the program below confirms it.\n"),
        "therefore": lambda row, answer: _first(row, behind=f"\nTherefore {answer} are left. Let me double-check."),
        "chinese": lambda row, answer: _first(row, behind=f"\n算出来一共是{answer}，下面用代码验证。"),
        "dollars": lambda row, answer: _first(row, behind=f"\nso it comes out at ${answer}$, as code will show."),
        "gives": lambda row, answer: _first(row, behind=f"\nAdding these gives us {answer}. Verify:"),
        "solution": lambda row, answer: _first(row, f"Solution: {answer}\n"),
        "boxed": lambda row, answer: _first(row, f"It is $\\boxed{{{answer}}}$, by the way.\n"),
    },
    "worked_first": {
        "formula": lambda row, answer: _first(row, behind=f"\n\\[ T = a \\cdot b + c = {answer} \\]\n"),
        "inline": lambda row, answer: _first(row, behind=f"\nThe rest is $900 - x = {answer}$ apples."),
        "bold": lambda row, answer: _first(row, behind=f"\nRemaining: **{answer}**"),
        "money": lambda row, answer: _first(row, behind=f"\nHe pays 3 * x = \\${answer} in the end."),
    },
    "unterminated_block": {
        "tildes": lambda row, answer: _end(row, "~~~python\nprint(1)\n"),
        "four ticks": lambda row, answer: _first(row, "````python\nprint(1)\n"),
        "thinking": lambda row, answer: _first(row, "<thinking>\nLet me see.\n"),
        "reasoning": lambda row, answer: _end(row, "<reasoning>\nLet me see.\n"),
        "llm-code": lambda row, answer: _end(row, "<llm-code>\nprint(1)\n"),
        "code": lambda row, answer: _first(row, behind="\n<code>print(1)"),
        "display": lambda row, answer: _end(row, "We have \\[ x = 1.\n"),
        "align": lambda row, answer: _first(row, "\\begin{align*}\nx &= 1\n"),
        "two dollars": lambda row, answer: _end(row, "$$ x = 1\n"),
        "box": lambda row, answer: _end(row, behind=f" So, once more, \\boxed{{{answer}"),
    },
    "unrepaired_error": {
        "printed traceback": lambda row, answer: _printed(row, _TRACE),
        "behind a value": lambda row, answer: _printed(row, f"{answer}\n{_TRACE}"),
        "caught": lambda row, answer: _printed(row, "Error: division by zero\n"),
        "last line": lambda row, answer: _printed(row, "----> 3 total\n\nNameError: name 'total' is not defined\n"),
        "syntax": lambda row, answer: _printed(row, "SyntaxError: invalid syntax (<string>, line 4)\n"),
        "time": lambda row, answer: _printed(row, "TimeoutError: timed out after 5 seconds\n"),
        "time in words": lambda row, answer: _printed(row, "Execution timed out.\n"),
        "status": lambda row, answer: _ran(row, Execution("timeout", f"{answer}\n")),
    },
    "several_boxes": {
        "before": lambda row, answer: _end(row, f"First \\boxed{{{int(answer) + 7}}} for the sum.\n\n"),
        "behind": lambda row, answer: _end(row, behind=f"\nOn reflection it is \\boxed{{{int(answer) + 1}}}."),
        "framed": lambda row, answer: _end(row, f"\\fbox{{{int(answer) * 3}}} is what we start from. "),
        "unit": lambda row, answer: _end(row, f"The side is \\boxed{{{int(answer) + 2}\\text{{ cm}}}} long. "),
        "words": lambda row, answer: _end(row, behind=" And is that all? \\boxed{\\text{Yes}}"),
        "three": lambda row, answer: _end(row, "Cases: \\boxed{1}, then \\boxed{2}, at last "),
        "in a thought": lambda row, answer: replace(
            row,
            steps=(
                *row.steps,
                Step(f"That is \\boxed{{{int(answer) + 5}}}.", f"print({answer} + 0)", row.steps[-1].execution),
            ),
        ),
    },
    "trivial_code": {
        "a text": _coded('print("ANSWER")'),
        "a label": _coded("print('The final value is', ANSWER)"),
        "a function": _coded("def solve():\n    return ANSWER\n\nprint(solve())"),
        "a list": _coded("results = [ANSWER]\nprint(results[0])"),
        "a dict": _coded("found = {'total': ANSWER}\nprint(found['total'])"),
        "a condition": _coded("answer = ANSWER\nif answer == ANSWER:\n    print(answer)"),
        "times one": _coded("answer = ANSWER * 1\nprint(answer)"),
        "plus zero": _coded("print(ANSWER + 0)"),
        "simplified": _coded("from sympy import simplify\nprint(simplify(ANSWER))"),
        "passed on": _coded("x = ANSWER\ny = x\nprint(y)"),
        "an argument": _coded("def show(value):\n    print(value)\n\nshow(ANSWER)"),
        "asserted": _coded("total = ANSWER\nassert total == ANSWER\nprint(total)"),
        "commented": _coded("# 17 * 3 and the rest\nprint(ANSWER)"),
        "class": _coded("class Result:\n    value = ANSWER\n\nprint(Result.value)"),
    },
    "hard_coded_answer": {
        "reassigned": _coded("total = 17 * 3\ntotal = ANSWER\nprint(total)"),
        "a dead branch": _coded("total = sum(range(10))\nprint(total if False else ANSWER)"),
        "returned": _coded("def solve():\n    total = 17 * 3\n    return ANSWER\n\nprint(solve())"),
        "times zero": _coded("total = 17 * 3\nprint(total * 0 + ANSWER)"),
        "a format": _coded('total = 17 * 3\nprint(f"The answer is {ANSWER}")'),
        "a list": _coded("steps = [17 * 3, 5 + 6]\nanswer = [ANSWER]\nprint(answer[0])"),
        "solved": _coded(
            "from sympy import *\nx = symbols('x')\nroots = solve(x**2 - 4, x)\nanswer = ANSWER\nprint(answer)"
        ),
        "asserted": _coded("product = 17 * 3\nassert product == 51\nprint('Verified:', ANSWER)"),
        "a loop": _coded("for i in range(10):\n    pass\nresult = ANSWER\nprint(result)"),
        "a percent": _coded("total = 17 * 3\nprint('It is %d' % ANSWER)"),
        "formatted": _coded("total = 17 * 3\nprint('It is {}'.format(ANSWER))"),
        "a main": _coded("def main():\n    product = 17 * 3\n    answer = ANSWER\n    print(answer)\n\nmain()"),
    },
    "inexact_answer": {
        "fraction": _exact("\\frac{22}{7}", "3.142857"),
        "logarithm": _exact("\\ln 2", "0.693"),
        "power of e": _exact("e^2", "7.389"),
        "cube root": _exact("\\sqrt[3]{2}", "1.26"),
        "power": _exact("2^{1/3}", "1.26"),
        "sine": _exact("\\sin 1", "0.841"),
        "mixed": _exact("1\\frac{1}{3}", "1.333"),
        "pair": _exact("(\\frac{1}{3}, \\frac{2}{3})", "(0.333, 0.667)"),
        "named": _exact("x = \\frac{1}{3}", "x = 0.333"),
        "percent": _exact("\\frac{1}{3}", "33.3\\%"),
        "unit": _exact("\\frac{22}{7} \\text{ m}", "3.143 \\text{ m}"),
        "about": _exact("\\frac{1}{3}", "\\approx 0.333"),
        "list": _exact("\\sqrt{2}, -\\sqrt{2}", "1.414, -1.414"),
        "Python": _exact("sqrt(3)/2", "0.866"),
        "a float": _exact("\\frac{3}{10}", "0.30000000000000004"),
    },
    "unused_output": {
        "other": lambda row, answer: _alone(row, f"{int(answer) * 2 + 1}\n"),
        "a truth": lambda row, answer: _alone(row, "True\n"),
        "nothing": lambda row, answer: _alone(row, ""),
        "in a longer number": lambda row, answer: _alone(row, f"{answer}{answer}7\n"),
        "something else": lambda row, answer: _program(row, "print(sum(range(10)))", "45"),
        "the question": lambda row, answer: _alone(row, " ".join(numbers_of(row.problem.question)) + "\n"),
        "done": lambda row, answer: _alone(row, "Done.\n"),
    },
}


@dataclass(frozen=True)
class Copy:
    """A question made of another; ``same`` says whether it asks the same."""

    make: Callable[[str, random.Random], str | None]
    expected: str  # "duplicate", "near_duplicate", "" for another question


def _changed_number(text: str, chance: random.Random) -> str | None:
    numbers = list(re.finditer(r"(?<![\d.,/])\d{1,4}(?![\d.,/])", text))
    if not numbers:
        return None
    found = chance.choice(numbers)
    return f"{text[: found.start()]}{int(found.group()) + chance.randrange(1, 9)}{text[found.end() :]}"


def _renamed(text: str, chance: random.Random) -> str | None:
    names = [name for name in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", text)]
    return text.replace(chance.choice(names), chance.choice(["Quentin", "Ottilie", "Ramona"])) if names else None


def _typo(text: str, chance: random.Random) -> str | None:
    words = [found for found in re.finditer(r"[a-z]{6,}", text)]
    if not words:
        return None
    word = chance.choice(words)
    place = word.start() + 2
    return f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"


def _reordered(text: str, chance: random.Random) -> str | None:
    parts = re.split(r"(?<=[.。]) *(?=\S)", text)
    if len(parts) < 4:
        return None
    place = chance.randrange(len(parts) - 2)
    parts[place], parts[place + 1] = parts[place + 1], parts[place]
    return " ".join(parts)


_SYNONYMS = {
    "buys": "purchases",
    "How many": "What number of",
    "total": "overall",
    "each": "every",
    "makes": "produces",
}


def _synonym(text: str, chance: random.Random) -> str | None:
    known = [word for word in _SYNONYMS if f" {word} " in text]
    word = chance.choice(known) if known else None
    return text.replace(f" {word} ", f" {_SYNONYMS[word]} ", 1) if word else None


_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def _in_words(text: str, chance: random.Random) -> str | None:
    found = re.search(r"(?<= )([2-9]|1[0-2])(?= [a-z])", text)
    return f"{text[: found.start()]}{_WORDS[int(found.group())]}{text[found.end() :]}" if found else None


COPIES: Mapping[str, Copy] = {
    "as it is": Copy(lambda text, chance: text, "duplicate"),
    "capitals": Copy(lambda text, chance: text.upper() if "\\" not in text else None, "duplicate"),
    "spaces": Copy(lambda text, chance: "\n " + re.sub(r"[.。](?!\d)", " .", text.replace(" ", "  ")), "duplicate"),
    "no points": Copy(lambda text, chance: re.sub(r"[?!;:'’？！；：]|[.,](?!\d)", "", text), "duplicate"),
    "full width": Copy(lambda text, chance: text.translate({n: n + 0xFEE0 for n in range(0x30, 0x3A)}), "duplicate"),
    "bold": Copy(lambda text, chance: f"**{text}**", "duplicate"),
    "quotes": Copy(lambda text, chance: f"“{text.replace(chr(39), '’')}”", "duplicate"),
    "dollars": Copy(lambda text, chance: re.sub(r"(?<= )(\d+)(?= )", r"$\1$", text), "duplicate"),
    "a name": Copy(_renamed, "near_duplicate"),
    "a typo": Copy(_typo, "near_duplicate"),
    "a word": Copy(_synonym, "near_duplicate"),
    "an order": Copy(lambda text, chance: f"Solve this problem step by step. {text}", "near_duplicate"),
    "a request": Copy(lambda text, chance: f"{text} Please give the final answer only.", "near_duplicate"),
    "a number in words": Copy(_in_words, "near_duplicate"),
    "sentences": Copy(_reordered, "near_duplicate"),
    "another number": Copy(_changed_number, ""),
}

# What a planted flaw brings with it: a box that no program printed, a program that printed nothing.
BRINGS = {
    "early_answer": {"worked_first"},
    "no_code": {"unused_output", "trivial_code"},
    "unrepaired_error": {"unused_output"},
    "several_boxes": {"unused_output"},
    "trivial_code": {"hard_coded_answer"},  # its literal is one, too
    "unused_output": {"trivial_code"},  # what is left of the programs may only show what others found
}


@dataclass
class Measured:
    """What a detector makes of rows: of those that it is for, and of those of other detectors."""

    planted: int = 0
    found: int = 0
    elsewhere: int = 0
    missed: Counter[str] = field(default_factory=Counter)  # ways, with how often

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.elsewhere) if self.found else 1.0


def measure_flaws(half: int, most: int) -> dict[str, Measured]:
    """Each flaw in each way in up to ``most`` rows of a half."""
    measured = {name: Measured() for name in FLAWS}
    rows = [row for row in solutions() if half_of(row.id) == half and plantable(row)][:most]
    for row in rows:
        before = {name for name in FLAWS if DETECTORS[name](row, Bounds()) is not None}
        for flaw, ways in FLAWS.items():
            for way, plant in ways.items():
                flawed = plant(row, plantable(row) or "")
                seen = {name for name in FLAWS if name not in before and DETECTORS[name](flawed, Bounds()) is not None}
                for name in seen - {flaw} - BRINGS.get(flaw, set()):
                    measured[name].elsewhere += 1
                if flaw not in before:
                    measured[flaw].planted += 1
                    measured[flaw].found += flaw in seen
                    measured[flaw].missed[way] += flaw not in seen
    return measured


def measure_copies(half: int, most: int) -> dict[str, Measured]:
    """Copies of up to ``most`` questions of a half, each by each way, told from what is another question.

    A copy counts as found whatever it is called: "near" or not is how, not whether.
    """
    measured = {name: Measured() for name in COPIES}
    asked = [question for question in questions() if half_of(question.id) == half][:most]
    with Scratch() as scratch:
        known = Questions(scratch, 0.7)
        for number, question in enumerate(asked):
            row = Row({}, question)
            known.repeated(row, known.place(row), number)
        for name, copy in COPIES.items():
            for number, question in enumerate(asked):
                text = copy.make(question.question, random.Random(number))
                if text is None or (text == question.question and name != "as it is"):
                    continue
                row = Row({}, replace(question, question=text))
                found = known.repeated(row, known.place(row), len(asked) + number)
                measured[name].planted += 1
                measured[name].found += found is not None
    return measured
