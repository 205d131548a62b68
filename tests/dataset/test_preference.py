"""Pairs where solutions part, and what LLaMA-Factory's rules for them demand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.dataset.judged import Shelf
from math_solver.dataset.preference import Gap, Pair, PairRules, pair_row, pairs_of, stands_alone
from math_solver.records import Execution, Step, Trajectory, Verdict

from .judged import ADD, FAIL, MULTIPLY, REPAIR, SUBTRACT, judged_of, solved


def pairs(*trajectories: Trajectory, rules: PairRules | None = None) -> tuple[list[Pair], dict[str, int]]:
    dropped: Counter[str] = Counter()
    found = list(pairs_of(judged_of(*trajectories), "native", rules or PairRules(), dropped))
    return found, {reason: number for reason, number in dropped.items() if number}


RIGHT = solved("right", [MULTIPLY, ADD], "7")


@pytest.mark.parametrize(
    ("trajectories", "why", "shared", "chosen", "rejected"),
    [
        # they part at the second call
        ([RIGHT, solved("w", [MULTIPLY, SUBTRACT], "5")], "next_call", 1, "6+1", "6-1"),
        # the same programs, another conclusion
        ([RIGHT, solved("w", [MULTIPLY, ADD], "8")], "conclusion", 2, "boxed{7}", "boxed{8}"),
        # the wrong one stops too early
        ([RIGHT, solved("w", [MULTIPLY], "6")], "next_call", 1, "6+1", "boxed{6}"),
        # the wrong one goes on where the right one concludes
        ([RIGHT, solved("w", [MULTIPLY, ADD, SUBTRACT], "5")], "conclusion", 2, "boxed{7}", "6-1"),
        # nothing shared but the question
        ([solved("r", [REPAIR], "7"), solved("w", [SUBTRACT], "5")], "next_call", 0, "2*3+1", "6-1"),
        # of two right ones, that which the wrong one left last
        (
            [solved("r", [REPAIR], "7"), RIGHT, solved("w", [MULTIPLY, SUBTRACT], "5")],
            "next_call",
            1,
            "6+1",
            "6-1",
        ),
    ],
)
def test_a_pair_is_made_where_solutions_part(
    trajectories: list[Trajectory], why: str, shared: int, chosen: str, rejected: str
) -> None:
    ((pair,), dropped) = pairs(*trajectories)
    assert (pair.why, pair.shared, dropped) == (why, shared, {})
    assert chosen in pair.chosen.content and rejected in pair.rejected.content
    row = pair_row(pair, "native")
    assert len(row["conversations"]) % 2 == 1
    assert row["conversations"][-1]["from"] == ("observation" if shared else "human")
    assert {row[side]["from"] for side in ("chosen", "rejected")} <= {"gpt", "function_call"}


LONG = replace(ADD, thought="Then, as the question says in its second half, the sum of that and of one.")


def test_of_two_right_turns_the_one_as_long_as_the_wrong_is_chosen() -> None:
    trajectories = [solved("l", [MULTIPLY, LONG], "7"), RIGHT, solved("w", [MULTIPLY, SUBTRACT], "5")]
    ((pair,), _) = pairs(*trajectories)
    assert ADD.thought in pair.chosen.content


def test_a_turn_that_wrong_solutions_took_too_is_chosen_last() -> None:
    also_wrong = solved("w2", [MULTIPLY, ADD, SUBTRACT], "5")
    trajectories = [solved("l", [MULTIPLY, LONG], "7"), RIGHT, solved("w", [MULTIPLY, SUBTRACT], "5"), also_wrong]
    found, _ = pairs(*trajectories)
    assert [LONG.thought in pair.chosen.content for pair in found if pair.shared == 1] == [True]


def test_a_call_that_fails_is_never_chosen() -> None:
    trajectories = [solved("r", [FAIL, REPAIR], "7"), solved("w", [SUBTRACT], "5")]
    found, dropped = pairs(*trajectories, rules=PairRules(repairs=False))
    assert not found and dropped == {"only_failing_calls_right": 1}


def test_the_mended_program_stands_behind_the_thought_of_the_failed_one() -> None:
    ((pair,), dropped) = pairs(solved("r", [MULTIPLY, FAIL, REPAIR], "7"))
    assert (pair.why, pair.shared, dropped) == ("repair", 1, {})
    assert pair.chosen.content == pair.rejected.content.replace("one", "1")
    assert REPAIR.thought not in pair.chosen.content  # it speaks of an error that has not happened


@pytest.mark.parametrize(
    ("trajectories", "rules", "dropped"),
    [
        ([solved("w", [SUBTRACT], "5")], PairRules(), {"nothing_right": 1}),
        ([RIGHT], PairRules(), {}),
        # same programs, another output: a clock, or a session with other variables
        (
            [RIGHT, solved("w", [MULTIPLY, replace(ADD, execution=Execution("ok", "8\n"))], "8")],
            PairRules(),
            {"outputs_differ": 1},
        ),
        ([RIGHT, solved("w", [SUBTRACT], "5")], PairRules(shared=1), {"too_little_shared": 1}),
        (
            [RIGHT, solved("w", [MULTIPLY, ADD], "5", "It is " + "so and " * 40 + "\\boxed{{{}}}.")],
            PairRules(ratio=2),
            {"lengths_differ": 1},
        ),
        ([solved("r", [FAIL, FAIL, REPAIR], "7")], PairRules(repairs=False), {}),
        # the failed program defined what the mended one uses
        (
            [solved("r", [replace(FAIL, code="a = 6\nprint(a+one)"), replace(REPAIR, code="print(a+1)")], "7")],
            PairRules(),
            {"needs_failed_call": 1},
        ),
        # the same program once more, and then it worked: a time-out
        ([solved("r", [FAIL, replace(REPAIR, code=FAIL.code)], "7")], PairRules(), {"not_mended": 1}),
    ],
)
def test_what_makes_no_pair_is_counted(
    trajectories: list[Trajectory], rules: PairRules, dropped: dict[str, int]
) -> None:
    assert pairs(*trajectories, rules=rules) == ([], dropped)


def test_a_wrong_turn_is_rejected_once_and_a_problem_has_so_many_pairs() -> None:
    wrong = [solved(f"w{n}", [MULTIPLY, SUBTRACT], str(10 + n)) for n in range(3)]  # part after the same wrong call
    found, dropped = pairs(RIGHT, *wrong)
    assert len(found) == 1 and dropped == {"rejected_before": 2}
    wrong = [solved(f"w{n}", [MULTIPLY, ADD], str(10 + n)) for n in range(5)]
    found, dropped = pairs(RIGHT, *wrong, rules=PairRules(most=2))
    assert len(found) == 2 and dropped == {"enough_of_problem": 3}


@pytest.mark.parametrize(
    ("code", "failed", "alone"),
    [
        ("print(1)", ["x = 1"], True),
        ("print(x)", ["x = 1"], False),
        ("x = 2\nprint(x)", ["x = 1"], True),
        ("print(sqrt(2))", ["from sympy import sqrt"], False),
        ("print(sp.sqrt(2))", ["import sympy as sp\n1/0"], False),
        ("import sympy as sp\nprint(sp.sqrt(2))", ["import sympy as sp\n1/0"], True),
        ("print(sqrt(2))", ["from sympy import *"], False),
        ("from sympy import *\nprint(sqrt(2))", ["from sympy import *"], True),
        ("print(f(2))", ["def f(n):\n    return n/0\nf(1)"], False),
        ("print(f(2))", ["class f: pass"], False),
        ("print(x)", ["x = = 1"], True),  # could not be parsed, so defined nothing
        ("print(", ["x = 1"], False),
        ("a.x = 1", ["a = []"], False),
        ("print(n)", ["for n in 1: pass"], False),
    ],
)
def test_stands_alone(code: str, failed: list[str], alone: bool) -> None:
    assert stands_alone(code, failed) is alone


@pytest.mark.parametrize("wrong", [{"most": 0}, {"shared": -1}, {"ratio": 0.5}, {"ratio": float("nan")}])
def test_rules_that_cannot_be(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="give"):
        PairRules(**wrong)  # type: ignore[arg-type]


def test_the_gap_is_told() -> None:
    assert str(Gap.of([(10, 20), (30, 20)])) == "mean length chosen 20, rejected 20; chosen longer in 50% of 2"
    assert Gap.of([]).pairs == 0


def test_only_judged_solutions_of_whole_questions_are_taken() -> None:
    follow_up = replace(RIGHT, problem=replace(RIGHT.problem, follows="q"))
    with Shelf() as shelf:
        shelf.take(
            [
                RIGHT,
                replace(RIGHT, id="again"),
                replace(RIGHT, verdict=None),
                replace(RIGHT, verdict=Verdict("unverifiable", "")),
                replace(RIGHT, steps=()),
                replace(RIGHT, conclusion=""),
                replace(RIGHT, conclusion="<tool_call>"),
                follow_up,
            ]
        )
        assert [len(judged.correct) for judged in shelf] == [1]
        assert shelf.dropped == {
            "duplicate": 1,
            "not_judged": 2,
            "no_code": 1,
            "empty_text": 1,
            "markup_in_text": 1,
            "follow_up": 1,
        }


def test_solutions_under_different_prompts_are_different_problems() -> None:
    other = replace(solved("w", [SUBTRACT], "5"), meta={"solution_lang": "zh"})
    with Shelf() as shelf:
        shelf.take([RIGHT, other])
        assert [(len(judged.correct), len(judged.incorrect)) for judged in shelf] == [(1, 0), (0, 1)]


STEPS = st.sampled_from([MULTIPLY, ADD, SUBTRACT, FAIL, REPAIR, Step("", "print(7)", Execution("ok", "7"))])
SOLVED = st.builds(solved, st.just("t"), st.lists(STEPS, min_size=1, max_size=4), st.sampled_from(["7", "5", "6"]))


@given(st.lists(SOLVED, min_size=1, max_size=8), st.integers(1, 5))
def test_every_pair_is_a_row_that_can_be_read(trajectories: list[Trajectory], most: int) -> None:
    found, _ = pairs(*trajectories, rules=PairRules(most))
    assert len(found) <= most
    prompts = set()
    for pair in found:
        row = pair_row(pair, "native")
        assert row["chosen"] != row["rejected"]
        roles = [turn.role for turn in pair.prompt]
        assert roles[:1] == ["user"] and roles[1:] == ["assistant", "observation"] * (len(roles) // 2)
        prompts.add((tuple(turn.content for turn in pair.prompt), pair.rejected.content))
    assert len(prompts) == len(found)
