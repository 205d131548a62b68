r"""Boxes between dollars: which, in pieces as in whole, and back to the very text that the model wrote."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from math_solver.answers import extract_answer
from math_solver.mathematics import boxed_answers
from math_solver.protocol import Turn
from math_solver.solving import boxes
from math_solver.solving.boxes import LONGEST, BoxWriter, read_boxes, write_boxes
from math_solver.solving.history import replay
from math_solver.solving.worked import Worked, WorkedStep, Writer, read_worked, write_worked

LONG = "x" * (LONGEST - len(r"\boxed{}"))

WRAPPED = [
    (r"The total is \boxed{15}.", r"The total is ${\boxed{15}}$."),
    # alone, at the end, and between stars
    (r"\boxed{15}", r"${\boxed{15}}$"),
    (r"**\boxed{15}**", r"**${\boxed{15}}$**"),
    # nested, and with what a dollar may be inside
    (r"So \boxed{\frac{1}{\sqrt{2}}} m", r"So ${\boxed{\frac{1}{\sqrt{2}}}}$ m"),
    (r"It is \boxed{\$15}.", r"It is ${\boxed{\$15}}$."),
    (r"\boxed{\text{\{1\}}}", r"${\boxed{\text{\{1\}}}}$"),
    # behind Chinese characters, which take no space
    ("共\\boxed{15}元", "共${\\boxed{15}}$元"),
    # behind formulas, code and listings that have ended
    (r"$x$ and \(y\) and \[z\] and `c`: \boxed{1}", r"$x$ and \(y\) and \[z\] and `c`: ${\boxed{1}}$"),
    ("```\na\n```\n\\boxed{1}", "```\na\n```\n${\\boxed{1}}$"),
    (
        r"\begin{align}a\begin{b}\end{b}\end{align} \boxed{1}",
        r"\begin{align}a\begin{b}\end{b}\end{align} ${\boxed{1}}$",
    ),
    # money is no formula
    (r"Each costs $5, so all cost \boxed{15}.", r"Each costs $5, so all cost ${\boxed{15}}$."),
    (r"It costs $5 and $7, \boxed{12} in all.", r"It costs $5 and $7, ${\boxed{12}}$ in all."),
    ("每支 $5 元，共 \\boxed{15}", "每支 $5 元，共 ${\\boxed{15}}$"),
    # also where the braces of a command do not close, or hold others
    (r"$5 \text{for each, \boxed{5}", r"$5 \text{for each, ${\boxed{5}}$"),
    (r"$5 \text{for {each} one} \boxed{5}", r"$5 \text{for {each} one} ${\boxed{5}}$"),
    (r"They cost \$5, \boxed{5}", r"They cost \$5, ${\boxed{5}}$"),
    # a dollar or a backtick that nothing has closed is text from the next paragraph on
    ("$x is\n\n\\boxed{5}", "$x is\n\n${\\boxed{5}}$"),
    ("a ` is\n\n\\boxed{5}", "a ` is\n\n${\\boxed{5}}$"),
    # two in one line
    (r"\boxed{1} or \boxed{2}", r"${\boxed{1}}$ or ${\boxed{2}}$"),
    # as long as may be
    (rf"\boxed{{{LONG}}}", rf"${{\boxed{{{LONG}}}}}$"),
]
LEFT = [
    # in formulas of all delimiters
    r"$\boxed{5}$",
    r"$$\boxed{5}$$",
    "$$\nx = \\boxed{5}\n\n$$",
    r"\(\boxed{5}\)",
    "\\[\nx = \\boxed{5}\n\\]",
    r"\begin{equation}\boxed{5}\end{equation}",
    r"$5 \text{ metres} = \boxed{5}$",
    r"$5 \text{ metres in all} \frac{1}{2} \alpha x = \boxed{5}$",
    r"$\text{each} x for each = \boxed{5}$",
    # in code
    r"`\boxed{5}`",
    r"``a ` \boxed{5}``",
    "```latex\n\\boxed{5}\n```",
    "~~~\n```\n\\boxed{5}\n~~~",
    # beside a dollar or behind a brace, where more of them would be read wrongly
    r"$x$\boxed{5}",
    r"\boxed{5}$x$",
    r"{x}\boxed{5}",
    # with two lines, dollars or code inside, without an end, too long, or none at all
    "\\boxed{5\n}",
    r"\boxed{\text{for $x$}}",
    r"\boxed{`5`}",
    r"\boxed{5",
    r"\boxed{{5}",
    rf"\boxed{{{LONG}x}}",
    rf"\boxed{{{LONG}\boxed{{1}}}}",
    "\\boxed{\n\\boxed{1}\n}",
    r"\boxed 5",
    r"\\boxed{5}",
    r"\framebox{5}",
]


@pytest.mark.parametrize(("text", "written"), [*WRAPPED, *((text, text) for text in LEFT)])
def test_which_boxes_get_dollars(text: str, written: str) -> None:
    assert write_boxes(text) == written
    assert read_boxes(written) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # what a model writes as we do gets one pair more, wherever it is
        (r"${\boxed{5}}$", r"${{\boxed{5}}}$"),
        (r"a ${{\boxed{5}}}$ b", r"a ${{{\boxed{5}}}}$ b"),
        (r"`${\boxed{5}}$`", r"`${{\boxed{5}}}$`"),
        (r"$${\boxed{5}}$$", r"$${{\boxed{5}}}$$"),
        # and what only looks like it does not
        (r"${\boxed{5}}", r"${\boxed{5}}"),
        (r"${\boxed{5}}}$", r"${\boxed{5}}}$"),
        (r"\${\boxed{5}}$", r"\${${\boxed{5}}$}$"),
    ],
)
def test_the_models_own_dollars_and_braces_are_told_apart(text: str, written: str) -> None:
    assert write_boxes(text) == written
    assert read_boxes(written) == text


PIECES = st.sampled_from(
    [*"${}\\`~ 5a\n.中", "$$", "\n\n", "```", r"\boxed{", r"\boxed{5}", r"${\boxed{5}}$", r"${{\boxed{7}}}$", r"\$"]
    + [
        r"\(",
        r"\)",
        r"\[",
        r"\]",
        r"\begin{x}",
        r"\end{x}",
        "$5 for each ",
        "is ",
        r"\text{",
        r"\frac{1}",
        rf"\boxed{{{LONG}",
        "```python\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(deadline=None, max_examples=1500)
@given(TEXTS, st.lists(st.integers(1, 40), max_size=30))
def test_any_text_in_any_pieces_comes_back(text: str, sizes: list[int]) -> None:
    written = write_boxes(text)
    assert read_boxes(written) == text
    writer, at, parts = BoxWriter(), 0, []
    for size in [*sizes, len(text)]:
        parts.append(writer.feed(text[at : at + size]))
        at += size
    assert "".join(parts) + writer.close() == written


@settings(deadline=None, max_examples=500)
@given(st.lists(TEXTS.map(str.strip).filter(bool), min_size=1, max_size=3), TEXTS)
def test_a_model_meets_its_own_text_again(thoughts: list[str], conclusion: str) -> None:
    steps = tuple(WorkedStep(thought, "print(1)", "1") for thought in thoughts)
    worked = Worked(steps, conclusion.strip())
    written = write_worked(worked)
    assert read_worked(written) == worked
    turns = replay(written, "native")
    assert [turn.content[: turn.calls_at].strip() for turn in turns if turn.role == "assistant"] == [
        *thoughts,
        *([conclusion.strip()] if conclusion.strip() else []),
    ]


def test_a_conclusion_without_a_program_comes_back() -> None:
    (turn,) = replay(write_worked(Worked((), "It is \\boxed{5}.")), "native")
    assert turn == Turn("assistant", "It is \\boxed{5}.", calls_at=len("It is \\boxed{5}."))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The answer is ", ""),
        ("The answer is \\", "\\"),
        ("The answer is \\box", r"\box"),
        ("The answer is \\bo ", ""),
        (r"The answer is \boxed{1", r"\boxed{1"),
        (r"The answer is \boxed{1}", r"\boxed{1}"),  # a dollar may follow
        (r"The answer is \boxed{1}.", ""),
        (r"\frac{1}{2}", ""),
        ("costs $", "$"),
        ("costs $5", ""),
        (r"${\x", ""),
        (r"$\boxed{5", ""),  # in a formula nothing is to be decided
        (r"`\boxed{5", ""),
    ],
)
def test_no_more_is_held_back_than_may_become_a_box(text: str, held: str) -> None:
    writer = BoxWriter()
    written = writer.feed(text)
    assert read_boxes(written) == text.removesuffix(held)
    assert read_boxes(written + writer.close()) == text


def test_a_writer_ends_a_box_with_its_turn() -> None:
    writer = Writer()
    written = writer.write("text", r"So \boxed{5}")
    written += writer.write("code", r"print('\boxed{5}')") + writer.end_turn(program=True)
    assert written == "So ${\\boxed{5}}$\n\n```python\nprint('\\boxed{5}')\n```"


@pytest.mark.parametrize("text", [text for text, _ in WRAPPED] + LEFT)
def test_the_answer_is_found_as_before(text: str) -> None:
    assert extract_answer(write_boxes(text)) == extract_answer(text)


@settings(deadline=None, max_examples=400)
@given(TEXTS)
@example("\\boxed{\n\n\\boxed{5}}")
def test_the_boxes_of_any_text_are_found_as_before(text: str) -> None:
    assume("${" not in text)  # of which a box around it would show the braces that are added
    assert boxed_answers(write_boxes(text)) == boxed_answers(text)


@pytest.mark.parametrize("open_box", [r"\boxed{", r"${\boxed{", r"${", "$", r"\boxed{a\ "])
def test_many_boxes_without_an_end_take_no_longer_than_they_are(open_box: str) -> None:
    text, looked = open_box * 3000, 0
    writer: Any = BoxWriter()
    for at in range(0, len(text), 7):
        looked += len(writer._waiting)
        writer.feed(text[at : at + 7])
    writer.close()
    assert looked <= len(text) * (LONGEST + 8)


class Counted:
    """A pattern that adds up how much of a text it may have looked at."""

    def __init__(self, pattern: re.Pattern[str], steps: list[int]) -> None:
        self._pattern, self._steps = pattern, steps

    def match(self, text: str, *where: int) -> re.Match[str] | None:
        found = self._pattern.match(text, *where)
        self._steps.append(1 + len(found[0]) if found else 1)
        return found

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any) -> Any:
            self._steps.append(1 + len(args[-1]))
            return getattr(self._pattern, name)(*args)

        return call


class CountedWriter(BoxWriter):
    """A writer that adds up what it keeps of a text whenever it looks at it."""

    def __init__(self, steps: list[int]) -> None:
        super().__init__()
        self._steps = steps

    def _write(self) -> str:
        kept = [*vars(self).values(), *vars(self._context).values()]
        self._steps.append(1 + sum(len(text) for text in kept if isinstance(text, str)))
        return super()._write()


@pytest.mark.parametrize(
    "make",
    [
        # what never closes: a formula, code, a box
        lambda n: "$" + r"\a" * n,
        lambda n: "`" + r"\a" * n,
        lambda n: r"\boxed{" * n,
        lambda n: "$x" + "\n " * n,
        lambda n: "$" + "\n" + " " * n,
        # boxes behind money, and behind what may yet be
        lambda n: "$5 " + r"\boxed{5} " * n,
        lambda n: "$5 for each " + r"\boxed{" * n,
        lambda n: r"$5 \text{" + r"for \boxed{5} " * n,
        # runs, as long as they may be
        lambda n: "`" * n,
        lambda n: "$" * n,
        lambda n: "${" + "{" * n,
        lambda n: "${" + "{" * n + r"\boxed{5}" + "}" * n + "}$",
        lambda n: "${" + "{" * n + r"\boxed{5}" + "}" * 2 * n,
        lambda n: "${{" * n,
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10**6])
def test_twice_the_text_is_twice_the_work(make: Any, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    for name, value in list(vars(boxes).items()):
        if isinstance(value, re.Pattern):
            monkeypatch.setattr(boxes, name, Counted(value, steps))

    def work(text: str) -> int:
        steps.clear()
        writer = CountedWriter(steps)
        written = "".join(writer.feed(text[at : at + size]) for at in range(0, len(text), size))
        assert read_boxes(written + writer.close()) == text
        return sum(steps)

    assert work(make(1200)) < 2.2 * work(make(600))
