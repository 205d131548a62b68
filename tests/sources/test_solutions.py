"""Solutions in the forms that people store: their steps, their outputs, and what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from math_solver.answers import extract_answer
from math_solver.dataset.sharegpt import reason_to_drop, render
from math_solver.protocol import render_call
from math_solver.records import Drop, Execution, Problem, Step, Trajectory, Verdict, read_records, write_jsonl
from math_solver.sources.reading import Reading
from math_solver.sources.solutions import Solution, stored_execution
from math_solver.sources.solutions.texts import read_bare, read_text

from ..test_records import TRAJECTORY

NOT_RUN = Execution("not_run")


def steps(solution: Solution) -> list[tuple[str, str, Execution]]:
    return [(step.thought, step.code, step.execution) for step in solution.steps]


@pytest.mark.parametrize(
    ("text", "expected", "conclusion"),
    [
        # ToRA: nothing before the program
        ("```python\nprint(2)\n```\n```output\n2\n```\nIt is $\\boxed{2}$.", [("", "print(2)", Execution("ok", "2"))],
         "It is $\\boxed{2}$."),
        # an error and its repair
        ("Try.\n```python\nprint(x)\n```\n```output\nNameError: name 'x' is not defined\n```\nDefine x.\n"
         "```python\nx = 1\nprint(x)\n```\n```output\n1\n```\nSo \\boxed{1}.",
         [("Try.", "print(x)", Execution("error", error="NameError: name 'x' is not defined")),
          ("Define x.", "x = 1\nprint(x)", Execution("ok", "1"))], "So \\boxed{1}."),
        # an output whose fence names no language, and one that was not stored
        ("```python\nprint(2)\n```\n\n```\n2\n```\nThen\n```python\nprint(3)\n```\nSo \\boxed{3}.",
         [("", "print(2)", Execution("ok", "2")), ("Then", "print(3)", NOT_RUN)], "So \\boxed{3}."),
        # other listings are words
        ("See\n```text\nx\n```\n```python\nprint(2)\n```\n```output\n2\n```\nSo \\boxed{2}.",
         [("See\n```text\nx\n```", "print(2)", Execution("ok", "2"))], "So \\boxed{2}."),
        # OpenMathInstruct-1
        ("Let's\n<llm-code>\n18 / 2\n</llm-code>\n<llm-code-output>\n9.0\n</llm-code-output>\nThus \\boxed{9}.",
         [("Let's", "18 / 2", Execution("ok", "9.0"))], "Thus \\boxed{9}."),
        ("<llm-code>\n1/0\n</llm-code>\n<llm-code-output>\nTraceback (most recent call last):\n  File \"<x>\"\n"
         "ZeroDivisionError: division by zero\n</llm-code-output>\nSo \\boxed{9}.",
         [("", "1/0", Execution("error", error="Traceback (most recent call last):\n  File \"<x>\"\n"
                                "ZeroDivisionError: division by zero"))], "So \\boxed{9}."),
        # a program in reasoning between tags is a thought
        ("<think>Perhaps\n```python\nprint(1)\n```\n?</think>\nSo\n```python\nprint(2)\n```\n"
         "```output\n2\n```\n\\boxed{2}",
         [("<think>Perhaps\n```python\nprint(1)\n```\n?</think>\nSo", "print(2)", Execution("ok", "2"))],
         "\\boxed{2}"),
        # line ends of Windows
        ("```python\r\nx = 1\r\nprint(x)\r\n```\r\n```output\r\n1\r\n```\r\nSo \\boxed{1}.",
         [("", "x = 1\nprint(x)", Execution("ok", "1"))], "So \\boxed{1}."),
    ],
)  # fmt: skip
def test_texts(text: str, expected: list[Any], conclusion: str) -> None:
    solution = read_text(text)
    assert steps(solution) == expected
    assert solution.conclusion == conclusion
    assert solution.meta == ({"session": "shared"} if "llm-code" in text else {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Two and two are four: \\boxed{4}.", "no_code"),
        ("", "no_code"),
        ("<think>Perhaps\n```python\nprint(1)\n```\n\\boxed{1}", "thought_without_end"),
        ("```python\n\n```\nSo \\boxed{4}.", "no_code"),
        ("```python\nprint(2)\n```\n```output\n2\n```\n", "truncated"),
        ("```python\nprint(2)\n```", "truncated"),
        ("```python\nprint(2)", "truncated"),
        ("<llm-code>\nprint(2)", "truncated"),
        ("<llm-code>\nprint(2)\n</llm-code>\n<llm-code-output>\n2", "truncated"),
        ("```output\n2\n```\nSo \\boxed{2}.", "other_form"),
        ("```python\nprint(2)\n```\n```output\n2\n```\nSo \\boxed{2}.\n\nQuestion: What is 3?\n\\boxed{3}", "run_on"),
        ("```python\nprint(2)\n```\n```output\n2\n```\nSo \\boxed{2}.\n### Instruction:\nAgain", "run_on"),
    ],
)
def test_texts_that_hold_no_solution(text: str, reason: str, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"problem": "Q", "solution": text, "messages": []}])
    ((_, found),) = Reading([tmp_path / "a.jsonl"]).trajectories()
    assert isinstance(found, Drop) and found.reason == reason


@pytest.mark.parametrize(
    ("output", "status"),
    [
        ("2", "ok"),
        ("", "ok"),
        ("The error is 0.5", "ok"),
        ("Error bound: 3", "ok"),
        ("[3]\n(None, None)", "ok"),
        ("NameError: name 'x' is not defined", "error"),
        ("half\nZeroDivisionError: division by zero", "error"),
        ("sympy.core.sympify.SympifyError: SympifyError: 'x", "error"),
        ("NotImplementedError", "error"),
        ("---\nNameError    Traceback (most recent call last) Cell In[2], line 4\n \x1b[0;31mNameError\x1b[0m: name",
         "error"),
        ("timeout_decorator.timeout_decorator.TimeoutError: 'Timed Out'", "timeout"),
        ("TimeoutError", "timeout"),
        ("timeout", "timeout"),
        ("Timed out", "timeout"),
    ],
)  # fmt: skip
def test_how_a_stored_program_ended(output: str, status: str) -> None:
    execution = stored_execution(output)
    assert execution.status == status
    assert execution.observation == (output or "(no output)")


def test_a_bare_program_has_not_been_run_and_concludes_nothing() -> None:
    assert read_bare("import math\nprint(math.pi)\n") == Solution(
        (Step("", "import math\nprint(math.pi)", NOT_RUN),), ""
    )


def test_what_was_not_run_is_stored_and_never_trained_on(tmp_path: Path) -> None:
    rows = [{"source": "data/PoT/mathqa.json", "output": "print(1)", "instruction":
             f"What is 1? {asks}"} for asks in ("Let's write a program.", "Please write a program to solve it",
             "Let's program in Python in the response.", "Let's write a Python program to solve it.")]  # fmt: skip
    write_jsonl(tmp_path / "m.jsonl", rows)
    found = [one for _, one in Reading([tmp_path / "m.jsonl"]).trajectories()]
    assert {one.problem.question for one in found if isinstance(one, Trajectory)} == {"What is 1?"}
    write_jsonl(tmp_path / "t.jsonl", found)
    (first, *_) = read_records(tmp_path / "t.jsonl", Trajectory)
    assert first == found[0] and first.steps[0].execution == NOT_RUN and first.conclusion == ""
    verified = Trajectory(first.id, first.problem, first.steps, "\\boxed{1}", verdict=Verdict("correct"))
    assert reason_to_drop(verified) == "not_run"


QUESTION = {"role": "user", "content": "Multiply 12 by 34."}
ANSWER = {"role": "assistant", "content": "It is \\boxed{408}."}
CALL = {"name": "python", "arguments": {"code": "print(12 * 34)"}}


@pytest.mark.parametrize(
    "turns",
    [
        [{"role": "assistant", "content":
          "I multiply.\n```python\nprint(12 * 34)\n```\n```output\n408\n```\nIt is \\boxed{408}."}],
        [{"role": "assistant", "content": "I multiply.\n```python\nprint(12 * 34)\n```"},
         {"role": "tool", "content": "```output\n408\n```"}, ANSWER],
        [{"role": "assistant", "content": "I multiply.", "tool_calls": [{"function": CALL}]},
         {"role": "tool", "content": "408"}, ANSWER],
        [{"role": "assistant", "content": "I multiply.", "tool_calls": [
            {"function": {"name": "python", "arguments": json.dumps(CALL["arguments"])}}]},
         {"role": "tool", "content": "408"}, ANSWER],
        [{"role": "assistant", "content": [{"type": "reasoning", "value": "I multiply."},
                                           {"type": "tool_call", "value": json.dumps(CALL)}]},
         {"role": "tool", "content": [{"type": "text", "value": "408"}]}, ANSWER],
        [{"role": "function_call", "content": render_call("I multiply.", "print(12 * 34)")},
         {"role": "observation", "content": "408"}, ANSWER],
    ],
)  # fmt: skip
def test_conversations(turns: list[Any], tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"messages": [{"role": "system", "content": "Solve."}, QUESTION, *turns]}])
    ((_, found),) = Reading([tmp_path / "a.jsonl"], stated=extract_answer).trajectories()
    assert isinstance(found, Trajectory), found
    assert found.problem == Problem("messages:a:1", "messages", "Multiply 12 by 34.")
    assert found.steps == (Step("I multiply.", "print(12 * 34)", Execution("ok", "408")),)
    assert (found.conclusion, found.predicted, found.verdict) == ("It is \\boxed{408}.", "408", None)


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([QUESTION, {"role": "assistant", "content": "",
                     "tool_calls": [{"function": {"name": "search", "arguments": {}}}]}],
         "other_tool"),
        ([QUESTION, {"role": "assistant", "content": "", "tool_calls": [None]}], "other_tool"),
        ([QUESTION, {"role": "function_call", "content": "nothing"}, ANSWER], "other_tool"),
        ([QUESTION, {"role": "tool", "content": "408"}, ANSWER], "other_form"),
        ([ANSWER, QUESTION], "no_question"),
        ([{"role": "nobody", "content": "x"}], "other_form"),
        ([QUESTION, {"role": "assistant", "content": 5}], "wrong_type"),
        ([{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}], "picture_needed"),
        ([3], "other_form"),
    ],
)  # fmt: skip
def test_conversations_that_hold_no_solution(turns: list[Any], reason: str, tmp_path: Path) -> None:
    good = {"messages": [QUESTION, ANSWER]}
    write_jsonl(tmp_path / "a.jsonl", [good, {"messages": turns}])
    found = [one for _, one in Reading([tmp_path / "a.jsonl"], source="messages").trajectories()][1]
    assert isinstance(found, Drop) and found.reason == reason


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_our_own_datasets_come_back_as_they_were(form: Any, tmp_path: Path) -> None:
    several = Trajectory(
        "t", Problem("p", "test", "What is 6 times 7?"),
        (Step("<think>Hm.</think>\n\nFirst.", "print(6)", Execution("ok", "6")),
         Step("", "x = {'a': \"`\"}\n\nprint(7)", Execution("error", error="NameError: name 'y' is not defined")),
         Step("Again.", "print(6 * 7)", Execution("ok", "42"))), "So \\boxed{42}.",
    )  # fmt: skip
    plain = Trajectory(TRAJECTORY.id, TRAJECTORY.problem, TRAJECTORY.steps, TRAJECTORY.conclusion)
    write_jsonl(tmp_path / "tir.jsonl", [render(one, form) for one in (several, plain)])
    found = [one for _, one in Reading([tmp_path / "tir.jsonl"], stated=extract_answer).trajectories()]
    for one, expected in zip(found, (several, plain), strict=True):
        assert isinstance(one, Trajectory), one
        assert [(s.thought, s.code, s.execution.status, s.execution.observation) for s in one.steps] == [
            (s.thought, s.code, s.execution.status, s.execution.observation) for s in expected.steps
        ]
        assert (one.problem.question, one.conclusion) == (expected.problem.question, expected.conclusion)
        assert one.problem.source == "sharegpt" and one.problem.answer is None


def test_what_a_corpus_marks_as_wrong_is_not_taken(tmp_path: Path) -> None:
    row = {"question": "Q", "expected_answer": "9", "predicted_answer": "8", "error_message": "", "dataset": "gsm8k",
           "generated_solution": "<llm-code>\n1\n</llm-code>\nSo \\boxed{8}."}  # fmt: skip
    rows = [
        {**row, "is_correct": False},
        {**row, "is_correct": True},
        {**row, "is_correct": True, "error_message": "timeout"},
    ]
    write_jsonl(tmp_path / "a.jsonl", rows)
    wrong, good, late = (one for _, one in Reading([tmp_path / "a.jsonl"]).trajectories())
    assert isinstance(wrong, Drop) and wrong.reason == "marked_wrong"
    assert isinstance(good, Trajectory) and good.steps[0].execution.status == "not_run" and good.problem.answer == "9"
    assert isinstance(late, Trajectory) and late.steps[0].execution.status == "timeout"


def test_a_solution_does_not_confirm_itself(tmp_path: Path) -> None:
    row = {"problem": "Q", "messages": [], "solution": "```python\nprint(2)\n```\n```output\n2\n```\n\\boxed{2}"}
    write_jsonl(tmp_path / "a.jsonl", [row])
    ((_, problem),) = Reading([tmp_path / "a.jsonl"]).problems()
    ((_, solved),) = Reading([tmp_path / "a.jsonl"]).trajectories()
    assert isinstance(problem, Problem) and (problem.answer, problem.answer_from) == ("2", "model")
    assert isinstance(solved, Trajectory) and (solved.problem.answer, solved.predicted) == (None, "2")
