"""Planted cases: each flaw in several dresses, and sound solutions that look like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from math_solver.dataset.curation.quality import CHECKS, Bounds, first_flaw
from math_solver.records import Problem, Step, Trajectory

from .examples import CODE, step, trajectory

SIMPLE = "Ann buys 12 pens for 34 cents each. What does she pay?"


def exact(gold: str, predicted: str, question: str = "What share is left?", printed: str | None = None) -> Trajectory:
    return trajectory(
        step("from sympy import *\nx = Rational(1, 3) * 2\nprint(x)", printed or predicted),
        answer=gold, predicted=predicted, conclusion=f"It is \\boxed{{{predicted}}}.", question=question,
    )  # fmt: skip


FLAWED: Sequence[tuple[str, Trajectory]] = [
    ("no_code", replace(trajectory(), steps=())),
    ("no_code", trajectory(step("   \n"))),
    ("too_long", trajectory(conclusion="so " * 7_000 + "\\boxed{1592}")),
    ("too_many_rounds", trajectory(*[step()] * 9)),
    ("refused_call", trajectory(step(status="refused", output="", error="too many rounds"), step())),
    ("refused_call", trajectory(step(), step(status="refused", output=""))),
    ("unrepaired_error", trajectory(step(status="error", output="", error="Traceback\nNameError: x"))),
    ("unrepaired_error", trajectory(step(), step(status="timeout", output="1\n"))),
    # one that says nothing
    ("unrepaired_error", trajectory(step(status="error", output="  \n"))),
    ("unterminated_block", trajectory(step(thought="I write\n```python\nprint(1)"))),
    ("unterminated_block", trajectory(conclusion="```output\n1592\nSo \\boxed{1592}.")),
    ("unterminated_block", trajectory(step(thought="<think>\nLet me see"))),
    ("unterminated_block", trajectory(conclusion='<tool_call>\n{"name": "python"} \\boxed{1592}')),
    ("early_answer", trajectory(step(thought="She gets \\boxed{1592}. Let me check."))),
    ("early_answer", trajectory(step(thought="The answer is 1,592. Now the program."))),
    ("early_answer", trajectory(step(thought="所以答案是 1592 分。下面用程序验证。"))),
    ("trivial_code", trajectory(step("print(1592)"))),
    ("trivial_code", trajectory(step("answer = 1592\nprint(f'She gets {answer}')"))),
    ("trivial_code", trajectory(step("from sympy import Integer\nprint(Integer(1592))"))),
    ("trivial_code", trajectory(step("1592"))),
    ("hard_coded_answer", trajectory(step("paid = 12 * 34\nprint(1592)"))),
    ("hard_coded_answer", trajectory(step("paid = 12 * 34\nrest = 1592\nprint('rest:', rest)"))),
    ("hard_coded_answer", trajectory(step("for i in range(3):\n    pass\nprint('The answer is 1592')"))),
    ("inexact_answer", exact("\\frac{2}{3}", "0.67")),
    ("inexact_answer", exact("2/3", "0.6667")),
    ("inexact_answer", exact("\\sqrt{2}", "1.414")),
    ("inexact_answer", exact("0.3", "0.30000000000000004")),
    ("several_boxes", trajectory(conclusion="First \\boxed{408}, then \\boxed{1592}.")),
    (
        "several_boxes",
        trajectory(conclusion="The area is \\boxed{24} cm, the perimeter \\boxed{22} cm."),
    ),  # two answers
    ("unused_output", trajectory(step(output="408\n"))),
    ("unused_output", trajectory(step(output="True\n"))),
    ("unused_output", trajectory(conclusion="She gets back 1592 cents.")),  # nothing is boxed
]
SOUND: Sequence[Trajectory] = [
    trajectory(),
    trajectory(step(status="error", output="", error="NameError: x"), step()),  # repaired
    trajectory(step(thought="```\n12 * 34\n```\nThen I subtract.")),  # closed
    trajectory(step(thought="<think>\nHm.\n</think>\n\nI subtract.")),
    trajectory(step(thought="reasoning that the prompt opened\n</think>\n\nI subtract.")),
    trajectory(step(thought="The answer is the change: 2000 minus 12 times 34.")),  # no value yet
    trajectory(step(thought="The result is 12 * 34 less.")),
    trajectory(conclusion="\\boxed{1592} cents, that is \\boxed{1592}."),  # the same twice
    trajectory(conclusion="\\boxed{1592} cents, that is \\boxed{1{,}592}."),
    trajectory(  # one answer in parts
        step("print(12 * 34, 2000 - 12 * 34)", "408 1592\n"), conclusion="\\boxed{x = 408} and \\boxed{y = 1592}.",
        predicted="x = 408, y = 1592", answer="x = 408, y = 1592",
    ),
    trajectory(  # two things are asked for
        step("print(8 * 3, 2 * (8 + 3))", "24 22\n"), conclusion="面积是 \\boxed{24}，周长是 \\boxed{22}。",
        question="一个长方形的长是8厘米，宽是3厘米，计算这个长方形的面积和周长。", predicted="22", answer="24, 22",
    ),
    trajectory(step(thought="It is 12 times the price: 12 * 34 = 408, to be subtracted.")),  # no answer yet
    trajectory(step("total = 0\nfor n in range(12):\n    total += 34\nprint(2000 - total)")),
    trajectory(step("def rest(paid):\n    return 2000 - paid\n\nprint(rest(12 * 34))")),
    trajectory(conclusion="\\[ 2000 - 408 = 1592 \\]\n\\begin{align*}x\\\\[2pt]y\\end{align*} \\boxed{1592}"),
    trajectory(step("print(f'The change is {2000 - 12 * 34}')")),
    trajectory(step("rest = 2000\nrest -= 12 * 34\nprint(rest)")),  # a name given a literal, then changed
    trajectory(step("n = 1592\nwhile n % 2 == 0:\n    n //= 2\nprint(2000 - 12 * 34)")),
    trajectory(step("2000 - 12 * 34")),  # the value of a last expression
    trajectory(*[step()] * 8),
    trajectory(  # the literal is in the question: a program may name the option it found
        step("total = 12 * 34\nif total > 400:\n    print(400)", "400\n"),
        question="Is the price 400 or 408?", predicted="400", answer="400", conclusion="\\boxed{400}",
    ),
    exact("\\frac{2}{3}", "\\frac{2}{3}", printed="2/3"),
    exact("\\frac{1}{4}", "0.25"),  # a finite decimal is exact
    exact("2/3", "0.67", question="What share is left? Round to two decimal places."),
    exact("2/3", "0.67", question="还剩几分之几？保留两位小数。"),
    exact("0.67", "0.67"),
]  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
def test_recall_and_precision(name: str) -> None:
    planted = [flawed for reason, flawed in FLAWED if reason == name]
    assert planted, "no planted case"
    missed = [case for case in planted if CHECKS[name](case, Bounds()) is None]
    wrong = [CHECKS[name](case, Bounds()) for case in SOUND]
    assert not missed
    assert not any(wrong), wrong


@pytest.mark.parametrize(("reason", "flawed"), FLAWED)
def test_the_first_check_names_the_reason(reason: str, flawed: Trajectory) -> None:
    found = first_flaw(flawed, list(CHECKS), Bounds())
    assert found is not None and found[0] == reason, found
    assert found[1].strip()


def test_sound_solutions_pass_all_checks() -> None:
    assert [first_flaw(sound, list(CHECKS), Bounds()) for sound in SOUND] == [None] * len(SOUND)


def test_only_the_named_checks_run() -> None:
    flawed = trajectory(step("print(1592)", thought="\\boxed{1592}"))
    assert first_flaw(flawed, [], Bounds()) is None
    assert first_flaw(flawed, ["trivial_code"], Bounds()) == ("trivial_code", "print(1592)")


def test_a_program_of_thousands_of_prints_is_judged() -> None:
    code = "".join(f"v{n} = {n}\nprint(v{n})\n" for n in range(700)) + "print(sum([1]))"
    assert CHECKS["hard_coded_answer"](trajectory(step(code)), Bounds()) is None


@pytest.mark.parametrize(
    "code", ["print(", "(" * 3_000, "print(*[1592])", "lambda: 0", "print()", "x: int = 1592\nprint(x)"]
)
@pytest.mark.parametrize("predicted", [None, "", "\\boxed{", "yes", "1592", "9" * 5_000])
def test_odd_programs_and_answers_raise_nothing(code: str, predicted: str | None) -> None:
    odd = trajectory(step(code), predicted=predicted, conclusion=predicted or "")
    for check in CHECKS.values():
        check(replace(odd, problem=Problem("p", "s", SIMPLE, "\\sqrt{")), Bounds())
    assert CODE


def refusal(*steps: Step, conclusion: str = "I cannot solve this: the price is missing.") -> Trajectory:
    asked = Problem("u", "test", "Ann buys 12 pens. What does she pay?", None, "unanswerable")
    return replace(trajectory(*steps, conclusion=conclusion, predicted=None), problem=asked, steps=steps)


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        (refusal(), None),  # no program is to be expected
        (refusal(step("print('no price')", "no price\n")), None),  # nor that a box rests on one
        (refusal(conclusion="She pays \\boxed{408}."), "no_code"),  # an answer is judged as any other
        (refusal(step(status="error", output="", error="NameError: x")), "unrepaired_error"),  # a reason of its own
        (refusal(conclusion="I cannot solve this. " * 2_000), "too_long"),
        (replace(refusal(), problem=replace(refusal().problem, answer_kind=None)), "no_code"),
    ],
)
def test_a_right_refusal_has_no_answer_to_check(given: Trajectory, flaw: str | None) -> None:
    found = first_flaw(given, [*CHECKS, "worked_first"], Bounds())
    assert (found and found[0]) == flaw
