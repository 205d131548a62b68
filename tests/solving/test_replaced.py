"""The line that puts another solution in the place of the one above: read back, and never a model's own."""

from __future__ import annotations

import pytest

from math_solver.protocol import REPLACED, text_turn
from math_solver.solving.history import replay
from math_solver.solving.loop import Finished, Solution, Usage, Wrote
from math_solver.solving.worked import (
    ESCAPE,
    PlainWriter,
    Worked,
    WorkedStep,
    read_worked,
    replaces,
    standing,
    write_worked,
)

LINES = [line for by in REPLACED.values() for line in by.values()]
FIRST = write_worked(Worked((WorkedStep("Guess.", "print(1)", "1"),), "It is \\boxed{1}."))
WINNER = write_worked(Worked((WorkedStep("Compute.", "print(2)", "2"),), "It is \\boxed{2}."))


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("ends", ["\n\n", "\n", "\r\n\r\n", " \n\n"])  # as clients trim and send it
def test_what_is_above_the_line_does_not_stand(line: str, ends: str) -> None:
    text = f"{FIRST}{ends}{line}{ends}{WINNER}"
    assert standing(text) == WINNER
    assert replay(text, "native") == replay(WINNER, "native")
    assert replay(text, None) == replay(WINNER, None)
    assert standing(f"{FIRST}\n\n{line}\n\n{text}") == WINNER


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_model_or_its_programs_replaces_nothing(line: str) -> None:
    for worked in (
        Worked((), f"Before.\n{line}\nBehind."),
        Worked((WorkedStep(f"{line}\n{line}{ESCAPE}", f"print({line!r})\n{line}", f"1\n{line}"),), line),
    ):
        text = write_worked(worked)
        assert standing(text) == text
        assert read_worked(text) == worked


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_line_of_a_plain_answer_replaces_nothing_either(line: str, size: int) -> None:
    for answer in (
        f"Before.\n\n{line}\n\nBehind.",
        f"Before.\n{line}",
        line,
        f"{line}{ESCAPE} \t\n{line}{ESCAPE}\nEnd.",
    ):
        writer = PlainWriter()
        pieces = [Wrote(0, "text", answer[at : at + size]) for at in range(0, len(answer), size)]
        text = "".join(map(writer.add, [*pieces, Finished(Solution((), answer, (), Usage(), "stop"))]))
        assert standing(text) == text and text.replace(ESCAPE, "") == answer.replace(ESCAPE, "")
        for form in (None, "native"):
            assert replay(text, form) == [text_turn(answer)]


@pytest.mark.parametrize("answer", ["", f"{FIRST}\n", "\\boxed{5}\n", f"> {LINES[0]}", f"{LINES[0]} 5"])
def test_any_other_plain_answer_is_written_as_it_is(answer: str) -> None:
    writer = PlainWriter()
    assert writer.write("text", answer) + writer.end_turn(program=False) == answer


@pytest.mark.parametrize("text", ["", "Say it:", f"- {LINES[0]}", f"{LINES[0]} 5", f"I {LINES[1]}"])
def test_any_other_text_stands(text: str) -> None:
    assert standing(text) == text
    assert not replaces(text)
