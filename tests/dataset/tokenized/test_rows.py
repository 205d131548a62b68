"""Rows of sets: weights, the cutoff, splits, pairs of whole solutions and what stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from math_solver.dataset.judged import Shelf
from math_solver.dataset.preference import PairRules
from math_solver.dataset.tokenized.encoding import IGNORED, Encoder
from math_solver.dataset.tokenized.rows import Part, SetRules, feedback_rows, pair_rows, supervised_rows
from math_solver.records import Step, Trajectory

from ..conftest import Reading
from ..judged import ADD, FAIL, MULTIPLY, REPAIR, SUBTRACT, solved

WHOLE = SetRules(1024)
Row = Mapping[str, Any]


def of_problem(number: int, steps: list[Step], answer: str = "7") -> Trajectory:
    trajectory = solved(f"t{number}", steps, answer)
    return replace(trajectory, problem=replace(trajectory.problem, id=f"p{number}", question=f"Problem {number}?"))


def rows_of(
    trajectories: Iterable[Trajectory], parts: list[str], reading: Reading, rules: SetRules = WHOLE
) -> tuple[list[tuple[str, Row]], dict[str, int]]:
    dropped: Counter[str] = Counter()
    encoder = Encoder(reading(template="qwen"))
    rows = list(supervised_rows(trajectories, list(map(Part.parse, parts)), encoder, rules, dropped))
    return rows, {reason: number for reason, number in dropped.items() if number}


def trained_text(row: Row, reading: Reading, side: str = "") -> str:
    labels = [label for label in row[f"{side}labels"] if label != IGNORED]
    return str(reading(template="qwen").tokenizer.decode(labels))


def test_a_repair_is_trained_and_what_failed_is_not(reading: Reading) -> None:
    ((_, row),), dropped = rows_of([of_problem(1, [MULTIPLY, FAIL, REPAIR])], ["repair"], reading)
    text = trained_text(row, reading)
    assert REPAIR.thought in text and "boxed{7}" in text and not dropped
    assert all(absent not in text for absent in (MULTIPLY.thought, FAIL.thought, "NameError", "Problem 1"))


@pytest.mark.parametrize(
    ("parts", "least", "most"),
    [
        (["all"], 200, 200),
        (["all=2"], 400, 400),
        (["all=0.25"], 30, 70),
        (["all", "fenced:all=0.5"], 270, 330),
        (["sound=1.5", "all=0.001"], 270, 335),
    ],
)
def test_a_weight_is_how_often_a_solution_is_in_the_set(
    parts: list[str], least: int, most: int, reading: Reading
) -> None:
    trajectories = [of_problem(number, [ADD]) for number in range(200)]
    rows, dropped = rows_of(trajectories, parts, reading)
    assert least <= len(rows) <= most and not dropped
    assert rows == rows_of(trajectories, parts, reading)[0]


@pytest.mark.parametrize(
    "text", ["", "some", "all=0", "all=-1", "all=nan", "all=x", "xml:all", "all=1000", "all:fenced", "="]
)
def test_parts_that_cannot_be(text: str) -> None:
    with pytest.raises(ValueError):
        Part.parse(text)


def test_what_is_too_long_is_left_out_whole(reading: Reading) -> None:
    long = replace(ADD, thought="so " * 340)
    trajectories = [of_problem(1, [ADD]), of_problem(2, [long])]
    (_, row), *rest = rows_of(trajectories, ["all"], reading)[0]
    assert len(rest) == 1 and len(rest[0][1]["input_ids"]) > 400
    for cutoff, kept in ((len(row["input_ids"]), 0), (len(row["input_ids"]) + 1, 1), (400, 1)):
        rows, dropped = rows_of(trajectories, ["all"], reading, SetRules(cutoff))
        assert (len(rows), dropped) == (kept, {"too_long": 2 - kept})


def test_a_follow_up_stands_behind_what_it_follows(reading: Reading) -> None:
    follow_up = of_problem(2, [FAIL, REPAIR])
    follow_up = replace(follow_up, problem=replace(follow_up.problem, follows="p1"))
    rows, dropped = rows_of([follow_up, of_problem(1, [ADD])], ["all", "repair"], reading)
    assert len(rows) == 2 and not dropped
    assert trained_text(rows[0][1], reading).count("boxed") == 2
    assert ADD.thought not in trained_text(rows[1][1], reading)
    assert rows_of([follow_up], ["all"], reading) == ([], {"nothing_to_follow": 1})


def test_solutions_in_words_are_a_part_of_their_own(reading: Reading) -> None:
    mixed = [of_problem(1, []), of_problem(2, [ADD]), of_problem(3, [])]
    rows, dropped = rows_of(mixed, ["all", "words=2"], reading)
    assert len(rows) == 5 and not dropped
    assert [ADD.thought in trained_text(row, reading) for _, row in rows] == [False, False, True, False, False]
    assert rows_of(mixed, ["all"], reading)[1] == {"no_code": 2}
    follow_up = replace(mixed[1], problem=replace(mixed[1].problem, follows="p1"))
    assert rows_of([mixed[0], follow_up], ["all", "words"], reading) == ([], {"other_prompt": 2})


def test_what_is_not_for_training_is_counted(reading: Reading) -> None:
    rows, dropped = rows_of(
        [
            of_problem(1, [SUBTRACT], "5"),
            of_problem(2, []),
            of_problem(3, [replace(ADD, thought="```")]),
            of_problem(4, [ADD]),
        ],
        ["repair", "fenced:all"],
        reading,
    )
    assert len(rows) == 1
    assert dropped == {"not_verified": 1, "no_code": 1, "no_repair": 2, "fence_in_text": 1}


def test_phrasings_of_a_problem_are_on_one_side(reading: Reading) -> None:
    trajectories = [
        replace(solution, problem=replace(solution.problem, id=f"p{number}/{phrasing}"))
        for number in range(40)
        for phrasing in ("en", "zh")
        for solution in [of_problem(number, [ADD])]
    ]
    rows, _ = rows_of(trajectories, ["all"], reading, SetRules(1024, validation=0.3))
    splits = [split for split, _ in rows]
    assert splits[::2] == splits[1::2] and 4 <= splits.count("validation") // 2 <= 20


def shelf_of(*trajectories: Trajectory) -> Shelf:
    shelf = Shelf()
    shelf.take(trajectories)
    return shelf


def test_a_pair_is_two_whole_solutions_without_what_programs_print(reading: Reading) -> None:
    dropped: Counter[str] = Counter()
    encoder = Encoder(reading(template="qwen"))
    with shelf_of(of_problem(1, [FAIL, REPAIR]), of_problem(1, [MULTIPLY, SUBTRACT], "5")) as shelf:
        ((split, row),) = pair_rows(shelf, PairRules(), encoder, WHOLE, dropped)
    assert split == "train"
    chosen, rejected = (trained_text(row, reading, side) for side in ("chosen_", "rejected_"))
    assert REPAIR.thought in chosen and FAIL.thought in chosen and "NameError" not in chosen
    assert SUBTRACT.thought in rejected and "tool_response" not in chosen + rejected
    alone = rows_of([of_problem(1, [FAIL, REPAIR])], ["all"], reading)[0][0][1]
    assert {name: row[f"chosen_{name}"] for name in alone} == alone  # as it would be trained alone


LONG = replace(ADD, thought="As the question says, " * 5)


def test_pairs_are_close_in_length_and_use_all(reading: Reading) -> None:
    right = [of_problem(1, [MULTIPLY, ADD]), of_problem(1, [MULTIPLY, LONG])]
    wrong = [of_problem(1, [MULTIPLY, replace(SUBTRACT, thought=LONG.thought)], "5"), of_problem(1, [SUBTRACT], "5")]
    dropped: Counter[str] = Counter()
    encoder = Encoder(reading(template="qwen"))
    with shelf_of(*right, *wrong) as shelf:
        rows = [row for _, row in pair_rows(shelf, PairRules(), encoder, WHOLE, dropped)]
        gaps = [abs(len(row["chosen_input_ids"]) - len(row["rejected_input_ids"])) for row in rows]
        assert len(rows) == 2 and gaps[0] < 10 and len({tuple(row["chosen_input_ids"]) for row in rows}) == 2
        assert len(list(pair_rows(shelf, PairRules(ratio=1.01), encoder, WHOLE, dropped))) == 1
        assert dropped["lengths_differ"] == 1
        assert len(list(pair_rows(shelf, PairRules(most=1), encoder, WHOLE, dropped))) == 1
        assert not list(pair_rows(shelf, PairRules(), encoder, SetRules(10), dropped))
    assert dropped["too_long"] == 4 and dropped["enough_of_problem"] == 1


def test_without_a_right_solution_there_is_no_pair(reading: Reading) -> None:
    dropped: Counter[str] = Counter()
    with shelf_of(of_problem(1, [SUBTRACT], "5")) as shelf:
        assert not list(pair_rows(shelf, PairRules(), Encoder(reading(template="qwen")), WHOLE, dropped))
    assert dropped["nothing_right"] == 1


def test_beside_a_judged_solution_stands_the_answer_to_another_problem(reading: Reading) -> None:
    solutions = [of_problem(n // 2, [ADD] if n % 2 else [SUBTRACT], "7" if n % 2 else "5") for n in range(20)]
    dropped: Counter[str] = Counter()
    encoder, decode = Encoder(reading(template="qwen")), reading(template="qwen").tokenizer.decode
    with shelf_of(*solutions) as shelf:
        rows = [row for _, row in feedback_rows(shelf, encoder, WHOLE, dropped)]
    assert len(rows) == 20 and not dropped
    assert Counter(row["kto_tags"] for row in rows) == {True: 10, False: 10}
    for row in rows:
        text, other = decode(row["input_ids"]), decode(row["kl_input_ids"])
        question = next(f"Problem {n}?" for n in range(10) if f"Problem {n}?" in text)
        assert question in other  # this question, another's answer
        assert ("boxed{7}" in text) == row["kto_tags"]
    answers = {trained_text(row, reading, "kl_") for row in rows}
    assert len(answers) == 2


def test_one_problem_alone_has_no_other(reading: Reading) -> None:
    dropped: Counter[str] = Counter()
    with shelf_of(of_problem(1, [ADD]), of_problem(1, [SUBTRACT], "5")) as shelf:
        assert not list(feedback_rows(shelf, Encoder(reading(template="qwen")), WHOLE, dropped))
    assert dropped == {"no_other_problem": 2}
