"""The written form of a solution: read back as it was, whoever wrote what into it, and streamed as it is written."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from math_solver.protocol import ToolCall, Turn, render_call
from math_solver.records import Execution, Step
from math_solver.solving.loop import Completion, Event, Executed, Finished, Generated, Wrote, iter_solve
from math_solver.solving.worked import Worked, WorkedStep, Writer, read_worked, write_worked

PLAIN = Worked((WorkedStep("Multiply.", "print(12 * 34)", "408"),), "The product is \\boxed{408}.")
WRITTEN = "Multiply.\n\n```python\nprint(12 * 34)\n```\n\n```output\n408\n```\n\nThe product is ${\\boxed{408}}$."
UNSEEN = "\u200b"
# The same examples in every run, however slow the machine is.
ALWAYS = settings(derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
# What texts, programs and outputs are made of here: all that the form itself is made of, and what is like it.
SCRAPS = [
    *("`", "``", "```", "````", "~~~", "python", "output", "py", "Python", "text", " ", "\t", "\r", "\n", "\r\n"),
    *(UNSEEN, "\u2060", "\ufeff", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00", "\ud83d", "数"),
    *("```python\n", "```output\n", "\n```\n", "\n\n", "    ", "x = 1", "Add.", "(no output)", "\\boxed{5}"),
    *("```python\nx\n```", "```output\nx\n```", "````output\nx\n````", f"```python{UNSEEN}\n", f"```{UNSEEN}"),
    *(" ```", "   ```", "    ```", "``` python", "```python x", "```output \t\r"),
]
ANYTHING = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=3)), max_size=12).map("".join)
STRIPPED = ANYTHING.map(str.strip)
RAN = st.builds(WorkedStep, STRIPPED, st.one_of(st.none(), ANYTHING), ANYTHING)
NOT_RUN = st.builds(WorkedStep, STRIPPED, ANYTHING, st.none())


@st.composite
def solutions(draw: st.DrawFn) -> Worked:
    """What the docstring of the form promises to read back."""
    steps: list[WorkedStep] = []
    for step in draw(st.lists(st.one_of(RAN, NOT_RUN), max_size=5)):
        waiting = bool(steps) and steps[-1].observation is None
        if step.thought or step.code is not None or not waiting:
            steps.append(step)
    return Worked(tuple(steps), draw(STRIPPED))


class Shown(Execution):
    """An execution that shows its output as it is, outer line breaks too."""

    @property
    def observation(self) -> str:
        return self.output


def step_of(step: WorkedStep) -> Step:
    status = "ok" if step.code is not None else "refused"
    return Step(step.thought, step.code or "", Shown(status, step.observation or ""))  # type: ignore[arg-type]


def cut(text: str, rng: random.Random) -> list[str]:
    """The text in pieces, none of them empty."""
    places = sorted(rng.sample(range(1, len(text)), rng.randint(0, min(12, len(text) - 1)))) if len(text) > 1 else []
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True) if text]


def solve_events(worked: Worked, rng: random.Random) -> Iterator[Event]:
    """A solve that makes this, its texts in random pieces."""
    for number, step in enumerate(worked.steps):
        code = step.code or ""
        yield from (Wrote(number, "text", piece) for piece in cut(step.thought, rng))
        yield from (Wrote(number, "code", piece) for piece in cut(code, rng))
        yield Generated(number, "", ToolCall(step.thought, code, "not JSON" if step.code is None else None))
        if step.observation is not None:
            yield Executed(number, step_of(step))
    yield from (Wrote(len(worked.steps), "text", piece) for piece in cut(worked.conclusion, rng))
    yield Generated(len(worked.steps), "", None)


def stream(events: Iterable[Event]) -> str:
    writer = Writer()
    return "".join(map(writer.add, events))


def test_an_ordinary_solution_is_plain_markdown() -> None:
    assert write_worked(PLAIN) == WRITTEN
    assert read_worked(WRITTEN) == PLAIN


@settings(ALWAYS, max_examples=1500)
@given(worked=solutions(), seed=st.integers(0, 1000))
@example(PLAIN, 0)
@example(Worked((), ""), 0)
@example(Worked((WorkedStep("", "", ""), WorkedStep("", None, ""), WorkedStep("", "", None)), ""), 0)
@example(Worked((WorkedStep("```python", "```", "```"),), "```output"), 0)
@example(Worked((WorkedStep(f"```output{UNSEEN}\nx", f"\n   ````{UNSEEN}{UNSEEN}\n", f"```{UNSEEN}"),), ""), 0)
@example(Worked((WorkedStep("x" * 300_000, "`" * 300_000, "`" * 300_000),), "```python\n" * 30_000 + "y"), 0)
def test_what_is_written_is_read_back_and_streams_as_it_is(worked: Worked, seed: int) -> None:
    written = write_worked(worked)
    assert read_worked(written) == worked
    assert stream(solve_events(worked, random.Random(seed))) == written


@settings(ALWAYS, max_examples=500)
@given(ANYTHING)
@example(f"```output \t{UNSEEN}")
def test_what_others_wrote_is_read_as_it_would_be_written(text: str) -> None:
    worked = read_worked(text)
    assert read_worked(write_worked(worked)) == worked


@pytest.mark.parametrize(
    ("worked", "written"),
    [
        # an output with a fence inside: a longer one around it
        (Worked((WorkedStep("", "x", "```\n"),), ""), "```python\nx\n```\n\n````output\n```\n\n````"),
        # a thought that claims an output, a program that would close its own fence
        (
            Worked((WorkedStep("So:\n```output\n5\n```", "s = '''\n```\n'''", "7"),), ""),
            f"So:\n```output{UNSEEN}\n5\n```\n\n```python\ns = '''\n```{UNSEEN}\n'''\n```\n\n```output\n7\n```",
        ),
        # other languages and backticks inside a line need nothing
        (Worked((), "Use ```python```:\n```text\n5\n```"), "Use ```python```:\n```text\n5\n```"),
        # a call that could not be read, an empty program, one that was not run
        (
            Worked((WorkedStep("Go.", None, "The call was not run."),), ""),
            "Go.\n\n```output\nThe call was not run.\n```",
        ),
        (
            Worked((WorkedStep("Go.", "", "(no output)"),), ""),
            "Go.\n\n```python\n\n```\n\n```output\n(no output)\n```",
        ),
        (Worked((WorkedStep("Go.", "x", None),), ""), "Go.\n\n```python\nx\n```"),
        # outer whitespace of the texts goes, inner stays
        (
            Worked((WorkedStep(" a\n\n\n b\n", "x", "y"),), " c "),
            "a\n\n\n b\n\n```python\nx\n```\n\n```output\ny\n```\n\nc",
        ),
    ],
)
def test_the_form(worked: Worked, written: str) -> None:
    assert write_worked(worked) == written


@pytest.mark.parametrize(
    ("text", "steps", "conclusion"),
    [
        ("", [], ""),
        ("Just \\boxed{1}.", [], "Just \\boxed{1}."),
        # no empty lines between, no output, a program without a line
        ("A\n```python\nx\n```\n```output\n2\n```\nB\n```python\n```\nC", [("A", "x", "2"), ("B", "", None)], "C"),
        # longer fences, blanks behind them, a closing fence that is indented
        ("````python \t\nx\n```\n  `````\nC", [("", "x\n```", None)], "C"),
        # lines that end as others end them
        ("A\r\n```python\r\nx\r\n```\r\nC", [("A", "x", None)], "C"),
        ("A\r\n```python\r\nx\r\ny\r\n```\r\n```output\r\n2\r\n```\r\nC", [("A", "x\ny", "2")], "C"),
        # text between a program and its output; an output that nothing printed
        ("```python\nx\n```\nThis gives\n```output\n2\n```\nC", [("", "x", None), ("This gives", None, "2")], "C"),
        ("A\n```output\n2\n```\nC", [("A", None, "2")], "C"),
        # a fence without an end, and all behind it
        ("A\n```python\nx\n\nC", [], "A\n```python\nx\n\nC"),
        ("A\n````python\nx\n```output\n2\n```", [], "A\n````python\nx\n```output\n2\n```"),
        # fences of other languages, fences inside a line, other fences
        (
            "```text\nx\n```\n~~~python\nx\n~~~\na ```python\nx\n```",
            [],
            "```text\nx\n```\n~~~python\nx\n~~~\na ```python\nx\n```",
        ),
    ],
)
def test_what_others_write_is_read(
    text: str, steps: list[tuple[str, str | None, str | None]], conclusion: str
) -> None:
    assert read_worked(text) == Worked(tuple(WorkedStep(*step) for step in steps), conclusion)


def test_many_fences_without_an_end_are_read_at_once() -> None:
    text = "```python\n" * 50_000 + "````output\n```` x\n" * 50_000
    assert read_worked(text) == Worked((), text.strip())


class Script:
    """A model that says its lines in order, in pieces of seven characters."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        line = self.lines.pop(0)
        for start in range(0, len(line), 7):
            yield line[start : start + 7]
        yield Completion(line)


async def echo(code: str) -> Execution:
    """An interpreter that prints the program."""
    return Execution("ok", output=f"{code}\n\n")


@settings(ALWAYS, max_examples=150)
@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=3), ANYTHING)
@example([("Go.", "```\n\n```output\n1\n```"), (f"```output{UNSEEN}", "")], "```output\n```\n")
def test_what_a_solve_makes_is_within_the_promise(calls: list[tuple[str, str]], conclusion: str) -> None:
    """Native calls in whatever text: the model's turns, read by the loop, written and read back."""

    async def collect() -> list[Event]:
        script = Script(*(render_call(thought, code) for thought, code in calls), conclusion, *[""] * 4)
        return [event async for event in iter_solve((Turn("user", "q"),), script, echo)]

    happened = asyncio.run(collect())
    finished = happened[-1]
    assert isinstance(finished, Finished)
    solution = finished.solution
    made = Worked.of(solution.steps, solution.conclusion.strip())
    assert stream(happened) == write_worked(made)
    assert read_worked(write_worked(made)) == made
