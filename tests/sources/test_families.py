from __future__ import annotations

import random
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from math_solver.answers import verify_answer
from math_solver.interpreter import Interpreter
from math_solver.records import Execution, Problem, RecordError, Verdict, read_records, write_jsonl
from math_solver.sources.families import (
    EMBEDDED,
    FAMILIES,
    KEPT_WORDINGS,
    Draft,
    Family,
    FollowUps,
    Writing,
    asked_keys,
    generate,
    problem_key,
    solve,
)
from math_solver.sources.families.family import FollowUp
from math_solver.sources.families.phrasings import PHRASINGS

every_family = generate
HELD_OUT = Path(__file__).parents[2] / "data" / "problems_heldout.jsonl"
FOLLOWING = HELD_OUT.with_name("followups_heldout.jsonl")
PHRASED = HELD_OUT.with_name("phrasings_heldout.jsonl")
FOLLOW_UPS = [(family, how) for family in FAMILIES for how in family.follow_ups]
EARLY = [family for family in FAMILIES if family.name in PHRASINGS]
EARLY_FOLLOW_UPS = [(family, how) for family in EARLY for how in family.follow_ups]
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


@pytest.mark.parametrize("family", EARLY, ids=lambda family: family.name)
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
    write_jsonl(path, (draft.problem for draft in generate(10, 0, known=True, names=EMBEDDED)))
    assert path.read_bytes() == HELD_OUT.read_bytes()


def test_the_held_out_phrasings_are_what_the_generator_writes(tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    held_out = {problem_key(problem.id) for problem in read_records(HELD_OUT, Problem)}
    drafts = list(generate(4, 1, exclude=held_out, names=EMBEDDED, writing=Writing(unseen=True)))
    write_jsonl(path, (draft.problem for draft in drafts))
    assert path.read_bytes() == PHRASED.read_bytes()
    assert {draft.problem.phrasing for draft in drafts} == {"unseen"}
    assert not held_out & {problem_key(draft.problem.id) for draft in drafts}


def test_train_and_held_out_share_no_problem() -> None:
    held_out = {problem_key(problem.id) for problem in read_records(HELD_OUT, Problem)}
    keys = [problem_key(draft.problem.id) for draft in generate(40, 0, exclude=held_out, names=EMBEDDED)]
    assert len(held_out) == 10 * len(EMBEDDED)
    assert len(keys) == len(set(keys))
    assert not set(keys) & held_out


def test_well_known_instances_never_enter_training() -> None:
    known = {family.key(params) for family in FAMILIES for params in family.known}
    assert known and not known & {problem_key(draft.problem.id) for draft in generate(60, 1, names=EMBEDDED)}


def test_an_exhausted_family_says_so() -> None:
    numbers = range(-60, 61)
    taken = {f"complex_modulus:{a},{b}" for a in numbers for b in numbers if (a, b) != (59, 60)}
    with pytest.raises(RecordError, match="complex_modulus has no more new problems; lower --per-family"):
        list(generate(2, 0, names=["complex_modulus"], exclude=taken))


def test_an_unknown_family_is_named() -> None:
    with pytest.raises(RecordError, match="unknown family knitting; the families are integer_product"):
        list(generate(1, 0, names=["knitting"]))


def test_a_program_that_fails_is_not_correct() -> None:
    draft = next(generate(1, 0))
    trajectory = solve(draft, lambda code: Execution("timeout", draft.problem.answer or ""), verify_answer)
    assert trajectory.verdict is not None and trajectory.verdict.outcome == "incorrect"


def named(value: Any) -> str:
    return str(value.name)


def test_every_family_offers_follow_ups_of_many_kinds() -> None:
    assert all(family.follow_ups for family in FAMILIES)
    assert len({how.name for _, how in FOLLOW_UPS}) >= 10
    assert all(len({how.name for how in family.follow_ups}) == len(family.follow_ups) for family in FAMILIES)


@pytest.mark.parametrize(("family", "how"), FOLLOW_UPS, ids=named)
def test_a_follow_up_has_wordings_to_train_on_and_others_that_are_kept(family: Family, how: FollowUp) -> None:
    for lang in ("en", "zh"):
        wordings = how.questions[lang]
        assert len(set(wordings)) == len(wordings) >= 2 + KEPT_WORDINGS >= 4
        assert not set(wordings) & set(family.questions[lang])
    own = (how.code, how.thoughts, how.conclusions, how.answer)
    assert all(part is None for part in own) or all(part is not None for part in own)


def follow(family: Family, how: FollowUp, rng: random.Random) -> Draft:
    """The follow-up of a problem of the family."""
    while not how.fits(**(params := family.sample(rng))):
        pass
    draft = family.draft(params, rng.choice(("en", "zh")), rng)
    return family.follow(draft, how, how.sample(rng, params), rng, kept=rng.random() < 0.5)


@pytest.mark.parametrize(("family", "how"), EARLY_FOLLOW_UPS, ids=named)
def test_the_program_of_a_follow_up_finds_its_answer_and_repeats_what_it_needs(
    family: Family, how: FollowUp, interpreter: Interpreter
) -> None:
    rng = random.Random(how.name)
    for _ in range(4):
        draft = follow(family, how, rng)
        assert not set("{}") & set(draft.problem.question + draft.thought)
        trajectory = solve(draft, interpreter.run, verify_answer)  # in a session of its own
        assert trajectory.verdict is not None and trajectory.verdict.correct, draft
        said = re.findall(r"\d+", draft.problem.question)
        if how.name != "other_number":  # "And 12?" says all numbers, and not what is asked of them
            assert set(re.findall(r"\d+", draft.code)) - set(said), "it can be answered alone"


@pytest.mark.parametrize(
    ("family", "name", "params", "said", "answer"),
    [
        ("integer_product", "other_factor", {"a": 12, "b": 34}, {"b": 56}, "672"),
        ("integer_product", "half", {"a": 3, "b": 5}, {}, r"\frac{15}{2}"),
        ("integer_sum", "difference", {"a": 12, "b": 34}, {}, "-22"),
        ("fraction_sum", "decimal", {"a": 1, "b": 3, "c": 1, "d": 4}, {}, "0.5833"),
        ("fraction_sum", "reciprocal", {"a": 1, "b": 3, "c": 1, "d": 4}, {}, r"\frac{12}{7}"),
        ("divisor_count", "divisor_sum", {"n": 28}, {}, "56"),
        ("purchase_change", "split", {"n": 3, "p": 12, "m": 50}, {"k": 4}, r"\frac{7}{2}"),
        ("tickets", "other_kind", {"p": 20, "q": 5, "n": 10, "m": 110}, {}, "6"),
        ("mean_speed", "mean", {"d": 60, "u": 30, "v": 60}, {}, "40"),
        ("geometric_sums", "s12", {"s": 2, "t": 6}, {}, "30"),
        ("geometric_sums", "s12", {"s": 2, "t": 4}, {}, "8"),  # every block is the same
        ("matching_coefficients", "product", {"p": 3, "q": 4, "r": 72}, {}, "3240"),
        ("binomial_coefficient", "at_one", {"a": 2, "b": -3, "n": 5, "k": 2}, {}, "-1"),
        ("root_square_sum", "product", {"a": 2, "b": 3, "c": 5}, {}, r"\frac{5}{2}"),
        ("complex_modulus", "square", {"a": 3, "b": -4}, {}, "25"),
        ("definite_integral", "mean", {"a": 3, "b": 2, "c": 5, "p": 0, "q": 2}, {}, "11"),
        ("point_distance", "midpoint", {"a": 2, "b": 3, "c": 5, "d": 9}, {}, r"(\frac{7}{2}, 6)"),
        ("drawing_balls", "otherwise", {"r": 3, "b": 2}, {}, r"\frac{7}{10}"),
    ],
)
def test_answers_of_follow_ups_known_by_hand(
    family: str, name: str, params: dict[str, int], said: dict[str, int], answer: str
) -> None:
    ((found, how),) = [(f, h) for f, h in FOLLOW_UPS if (f.name, h.name) == (family, name)]
    draft = found.draft(params, "zh", random.Random(0))
    following = found.follow(draft, how, said, random.Random(0))
    assert following.problem.answer == answer
    assert (following.problem.follows, following.problem.lang) == (draft.problem.id, "zh")


def test_rounding_on_which_people_differ_is_not_asked_for() -> None:
    ((_, decimal),) = [(f, h) for f, h in FOLLOW_UPS if (f.name, h.name) == ("fraction_sum", "decimal")]
    assert decimal.fits(a=1, b=3, c=1, d=4)
    assert not decimal.fits(a=1, b=32, c=1, d=2)  # 0.53125
    assert not decimal.fits(a=1, b=2, c=1, d=2)  # nothing to round


def test_problems_are_the_same_with_and_without_follow_ups() -> None:
    generate = partial(every_family, names=EMBEDDED)
    plain, followed = list(generate(5, 4)), list(generate(5, 4, follow_ups=FollowUps(0.5)))
    assert [draft for draft in followed if draft.problem.follows is None] == plain
    assert followed == list(generate(5, 4, follow_ups=FollowUps(0.5)))
    assert list(generate(5, 4, follow_ups=FollowUps(0.0))) == plain
    for before, draft in zip(followed, followed[1:], strict=False):
        assert draft.problem.follows in (None, before.problem.id)
    ids = [draft.problem.id for draft in followed]
    assert len(ids) == len(set(ids)) > 1.4 * len(plain)
    every = list(generate(5, 4, follow_ups=FollowUps(1.0)))
    assert len(every) >= 2 * len(plain) and any(draft.problem.id.count(">") == 2 for draft in every)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none(share: float) -> None:
    with pytest.raises(ValueError, match="give 0 to 1"):
        FollowUps(share)


def test_the_held_out_follow_ups_are_what_the_generator_writes(tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    drafts = list(generate(10, 0, known=True, follow_ups=FollowUps(1.0, kept=True), names=EMBEDDED))
    write_jsonl(path, (draft.problem for draft in drafts))
    assert path.read_bytes() == FOLLOWING.read_bytes()
    firsts = [problem for problem in read_records(FOLLOWING, Problem) if problem.follows is None]
    assert firsts == list(read_records(HELD_OUT, Problem))


def test_no_follow_up_asks_in_training_what_is_held_out() -> None:
    """Neither a problem of the other part, asked by a follow-up, nor a wording that is kept."""
    held_out = {key for problem in read_records(FOLLOWING, Problem) for key in asked_keys(problem.id) if ":" in key}
    known = {family.key(params) for family in FAMILIES for params in family.known}
    trained = [
        draft.problem
        for draft in generate(60, 0, exclude=held_out, follow_ups=FollowUps(1.0), names=EMBEDDED)
        if draft.problem.follows is not None
    ]
    steps = {how.name for _, how in FOLLOW_UPS if how.code is not None}
    asked = {key for problem in trained for key in asked_keys(problem.id) if key.partition(":")[0] not in steps}
    assert not asked & (held_out | known)
    words = [{re.sub(r"[-\d]+", "#", p.question) for p in ps} for ps in (trained, read_records(FOLLOWING, Problem))]
    kept = words[1] - {re.sub(r"[-\d]+", "#", problem.question) for problem in read_records(HELD_OUT, Problem)}
    assert len(kept) > 100 and not kept & words[0]


def test_a_follow_up_does_not_ask_the_same_once_more() -> None:
    for draft in generate(30, 2, follow_ups=FollowUps(1.0), names=EMBEDDED):
        keys = asked_keys(draft.problem.id)
        assert len(keys) == len(set(keys))
