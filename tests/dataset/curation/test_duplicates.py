from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from math_solver.database import Scratch
from math_solver.dataset.curation.duplicates import Duplicate, Families, Questions
from math_solver.dataset.curation.rows import Row
from math_solver.programs import program_key

from .examples import CODE, QUESTION, problem, row, step, trajectory

CHINESE = "水果店运来苹果 45 箱，梨 38 箱，每箱苹果重 12 千克，每箱梨重 15 千克，苹果和梨一共重多少千克？"


@pytest.fixture
def questions() -> Iterator[Questions]:
    with Scratch() as scratch:
        yield Questions(scratch, 0.7)


def judge(questions: Questions, *rows: Row) -> list[str | None]:
    found: list[Duplicate | None] = []
    for number, given in enumerate(rows):
        found.append(questions.repeated(given, questions.place(given), number))
    return [duplicate and duplicate.reason for duplicate in found]


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (QUESTION, QUESTION, "duplicate"),
        (QUESTION, f"  {QUESTION.upper().replace('.', ' !')}", "duplicate"),  # spelling
        (QUESTION, QUESTION.replace("Ann", "Eve"), "near_duplicate"),
        (QUESTION, QUESTION.replace("12 pens", "twelve pens"), "near_duplicate"),  # a number in words
        (QUESTION, QUESTION.replace("12", "15"), None),  # a variant: another problem
        (CHINESE, CHINESE.replace("水果店", "商店"), "near_duplicate"),
        (CHINESE, CHINESE.replace("45", "54"), None),
        (QUESTION, CHINESE, None),
        ("3 + 4 = ?", "3 + 4 =", "duplicate"),
        ("3 + 4 = ?", "3 - 4 =", None),
        ("What is 3 + 4?", "what is $3+4$", "duplicate"),
    ],
)
def test_problems(questions: Questions, one: str, two: str, reason: str | None) -> None:
    assert judge(questions, problem(one), problem(two, id="p2")) == [None, reason]
    assert questions.families.find(questions.place(problem(one)).family) <= 1


SYSTEM = "The numbers x and y are such that {} holds and also {} holds, where x is the larger one. Find x times y."


@pytest.mark.parametrize(
    ("answers", "reason"), [(("3", "3"), "near_duplicate"), (("3", "-3"), None), ((None, None), None)]
)
def test_the_same_words_with_other_signs(
    questions: Questions, answers: tuple[str | None, str | None], reason: str | None
) -> None:
    one, two = SYSTEM.format("x + y = 4", "x - y = 2"), SYSTEM.format("x - y = 4", "x + y = 2")
    assert judge(questions, problem(one, answers[0]), problem(two, answers[1])) == [None, reason]


def test_variants_are_one_family_and_near_ones_join_families(questions: Questions) -> None:
    places = [questions.place(problem(text)) for text in (QUESTION, QUESTION.replace("34", "35"), CHINESE)]
    families = [questions.families.find(place.family) for place in places]
    assert families[0] == families[1] != families[2]
    assert len({place.group for place in places}) == 3


def test_many_variants_cost_one_text(questions: Questions) -> None:
    for number in range(200):
        assert questions.place(problem(QUESTION.replace("12", str(number + 10)))).family == 0
    assert questions.texts is not None and len(questions.texts) == 1


def test_equal_questions_only() -> None:
    with Scratch() as scratch:
        questions = Questions(scratch, 0.0)
        assert judge(questions, problem(QUESTION), problem(QUESTION.replace("Ann", "Eve"))) == [None, None]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (CODE, "duplicate"),
        ("# cents\nx = 12*34\nprint( 2000-x )", "duplicate"),  # names, comments, spaces
        ("paid = 12 * 34\nprint(f'She gets {2000 - paid} cents')", "duplicate"),  # labels
        ("print(2000 - 12 * 34)", None),  # another way
        ("paid = 12 * 34\nprint(2000 + paid)", None),
        ("paid = 12 * 35\nprint(2000 - paid)", None),
    ],
)
def test_solutions_are_compared_by_their_programs(questions: Questions, code: str, reason: str | None) -> None:
    first, second = row(trajectory(step())), row(trajectory(step(code), id="t2"))
    assert judge(questions, first, second) == [None, reason]


def test_a_solution_with_another_verdict_is_decided_later(questions: Questions) -> None:
    assert judge(questions, row(trajectory(outcome="incorrect")), row(trajectory(id="t2"))) == [None, None]


def test_solutions_without_programs_are_compared_by_their_conclusions(questions: Questions) -> None:
    bare = replace(trajectory(), steps=())
    other = replace(bare, conclusion="It is \\boxed{1}.", id="t2")
    assert judge(questions, row(bare), row(other), row(bare)) == [None, None, "duplicate"]


def test_follow_ups_are_told_apart_by_what_they_follow(questions: Questions) -> None:
    follow_ups = [problem("And with 7?", id=f"f{n}", follows=follows) for n, follows in enumerate(("a", "b", "a"))]
    alone = problem("And with 7?", id="alone")
    assert judge(questions, *follow_ups, alone) == [None, None, "duplicate", None]


@pytest.mark.parametrize(
    "code",
    ["print(", "x = 1\x00", "(" * 5_000, "-" * 20_000 + "1", "x = '\\d'", "", "é = 1\nprint(é)", "a" * 60_000],
    ids=["open", "null", "deep", "signs", "escape", "empty", "letters", "long"],
)
def test_a_program_that_is_none_is_a_text(code: str) -> None:
    assert program_key([code]) == program_key([code]) != program_key([f"{code}\n\nother"])


def test_families_are_joined_through_others() -> None:
    families = Families()
    for one, two in ((1, 2), (3, 4), (4, 2), (9, 9)):
        families.join(one, two)
    assert {families.find(number) for number in (1, 2, 3, 4)} == {1}
    assert families.find(9) == 9
    for number in range(100_000):  # a long chain, no recursion
        families.join(number, number + 1)
    assert families.find(100_000) == families.find(0)


def test_one_question_about_two_pictures_is_two_questions() -> None:
    with Scratch() as scratch:
        questions = Questions(scratch, 0.7)
        rows = [problem(id=f"p{n}", images=images) for n, images in enumerate((["a"], ["b"], ["a"], []))]
        rows = [Row(row.raw, replace(row.problem, images=tuple(row.raw["images"]))) for row in rows]
        found = [questions.repeated(row, questions.place(row), number) for number, row in enumerate(rows)]
    assert [one and one.first for one in found] == [None, None, 0, None]
