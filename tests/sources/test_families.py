from __future__ import annotations

import random
from pathlib import Path

import pytest

from math_solver.answers import verify_answer
from math_solver.interpreter import Interpreter
from math_solver.records import Execution, Problem, RecordError, Verdict, read_records, write_jsonl
from math_solver.sources.families import FAMILIES, Family, generate, problem_key, solve

HELD_OUT = Path(__file__).parents[2] / "data" / "problems_heldout.jsonl"
# The question types of the original experiments, with the families that stand for them.
ORIGINAL = {
    "purchase_change", "parabola_vertex", "integer_product", "integer_sum", "matching_coefficients",
    "geometric_sums", "complex_modulus", "binomial_coefficient", "shares", "tickets", "linear_system",
    "definite_integral", "trigonometric_value",
}  # fmt: skip


@pytest.fixture(scope="module")
def interpreter():  # type: ignore[no-untyped-def]
    with Interpreter() as running:
        yield running


def test_the_families_cover_the_original_questions() -> None:
    names = [family.name for family in FAMILIES]
    assert len(names) == len(set(names)) >= 15
    assert set(names) >= ORIGINAL


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_each_family_speaks_both_languages_in_several_phrasings(family: Family) -> None:
    for lang in ("en", "zh"):
        assert len(set(family.questions[lang])) >= 2
        assert len(set(family.thoughts[lang])) >= 2
        assert len(set(family.conclusions[lang])) >= 2
        assert all("{answer}" in text for text in family.conclusions[lang])


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_program_finds_the_answer_that_sympy_gave(family: Family, interpreter: Interpreter) -> None:
    rng = random.Random(5)
    params = [*family.known, *(family.sample(rng) for _ in range(6))]
    for values in params:
        draft = family.draft(values, rng.choice(("en", "zh")), rng)
        assert not set("{}") & set(draft.problem.question)
        trajectory = solve(draft, interpreter.run, verify_answer)
        assert trajectory.verdict == Verdict("correct", trajectory.verdict.reason if trajectory.verdict else ""), draft
        assert f"\\boxed{{{trajectory.predicted}}}" in trajectory.conclusion


@pytest.mark.parametrize(
    ("name", "params", "answer"),
    [
        ("integer_product", {"a": 123456789, "b": 987654321}, "121932631112635269"),
        # (ax-b)(3x+4) = bx^2+cx+72: b = -18, a = -6, c = 30
        ("matching_coefficients", {"p": 3, "q": 4, "r": 72}, "6"),
        ("parabola_vertex", {"a": 2, "b": -4, "c": 5}, "(1, 3)"),
        ("geometric_sums", {"s": 2, "t": 6}, "14"),
        ("trigonometric_value", {"a": 2, "p": 30, "b": 3, "q": 45}, r"1 + \frac{3 \sqrt{2}}{2}"),
        ("percent_change", {"p": 200, "r": 10, "s": 10}, "198"),
        ("drawing_balls", {"r": 3, "b": 2}, r"\frac{3}{10}"),
    ],
)
def test_answers_known_by_hand(name: str, params: dict[str, int], answer: str) -> None:
    family = next(family for family in FAMILIES if family.name == name)
    assert family.answer(**params) == answer


def test_the_same_seed_gives_the_same_problems() -> None:
    assert list(generate(3, 4)) == list(generate(3, 4))
    assert list(generate(3, 4)) != list(generate(3, 5))


def test_the_held_out_file_is_what_the_generator_writes(tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    write_jsonl(path, (draft.problem for draft in generate(10, 0, known=True)))
    assert path.read_bytes() == HELD_OUT.read_bytes()


def test_train_and_held_out_share_no_problem() -> None:
    held_out = {problem_key(problem.id) for problem in read_records(HELD_OUT, Problem)}
    keys = [problem_key(draft.problem.id) for draft in generate(40, 0, exclude=held_out)]
    assert len(held_out) == 10 * len(FAMILIES)
    assert len(keys) == len(set(keys))
    assert not set(keys) & held_out


def test_well_known_instances_never_enter_training() -> None:
    known = {family.key(params) for family in FAMILIES for params in family.known}
    assert known and not known & {problem_key(draft.problem.id) for draft in generate(60, 1)}


def test_an_exhausted_family_says_so() -> None:
    with pytest.raises(RecordError, match="complex_modulus has no more new problems; lower --per-family"):
        list(generate(1_000_000, 0, names=["complex_modulus"]))


def test_an_unknown_family_is_named() -> None:
    with pytest.raises(RecordError, match="unknown family knitting; the families are integer_product"):
        list(generate(1, 0, names=["knitting"]))


def test_a_program_that_fails_is_not_correct() -> None:
    draft = next(generate(1, 0))
    trajectory = solve(draft, lambda code: Execution("timeout", draft.problem.answer or ""), verify_answer)
    assert trajectory.verdict is not None and trajectory.verdict.outcome == "incorrect"
