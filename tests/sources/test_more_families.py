"""What holds of all families: programs, levels, phrasings, noise, slips, refusals, and the problems kept as a test."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.answers import verify_answer
from math_solver.dataset.sharegpt import Rendering, build, render
from math_solver.evaluation import Attempt
from math_solver.evaluation.figures import BREAKDOWNS
from math_solver.interpreter import Interpreter
from math_solver.protocol import SYSTEM_PROMPTS
from math_solver.records import Execution, Problem, RecordError, Trajectory, Verdict, as_row, read_records
from math_solver.sources import families
from math_solver.sources.families import (
    FAMILIES,
    REFUSAL,
    Draft,
    Family,
    FollowUps,
    Writing,
    generate,
    problem_key,
    solve,
)
from math_solver.sources.families.family import FollowUp, Lang, lang_of
from math_solver.sources.families.noise import HABITS, as_people_write
from math_solver.sources.families.phrasings import PHRASINGS
from math_solver.sources.families.slips import MISTAKES, Mistake, slipped

from .article import ARTICLE, Asked

LATER = [family for family in FAMILIES if family.name not in PHRASINGS]
BATCH = 60
RUN_EACH = """
import contextlib, io, json
for code in {codes!r}:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, dict(globals()))
        print(json.dumps(["ok", printed.getvalue()]))
    except Exception as error:
        print(json.dumps(["error", repr(error)]))
"""


@pytest.fixture(scope="module")
def interpreter() -> Iterator[Interpreter]:
    with Interpreter() as running:
        yield running


@pytest.fixture(scope="module")
def solved(interpreter: Interpreter) -> Callable[[Iterable[Draft]], list[Trajectory]]:
    """Solve many drafts with few runs: each program has names of its own."""

    def solve_all(drafts: Iterable[Draft]) -> list[Trajectory]:
        drafts = list(drafts)
        codes = list(dict.fromkeys(draft.code for draft in drafts if draft.code))
        done: dict[str, Execution] = {}
        for start in range(0, len(codes), BATCH):
            part = codes[start : start + BATCH]
            execution = interpreter.run(RUN_EACH.format(codes=part))
            assert execution.status == "ok", execution
            results = map(json.loads, execution.output.splitlines())
            done |= {
                code: Execution("ok", text) if status == "ok" else Execution("error", error=text)
                for code, (status, text) in zip(part, results, strict=True)
            }
        return [solve(draft, done.__getitem__, verify_answer) for draft in drafts]

    return solve_all


def assert_right(trajectory: Trajectory) -> None:
    assert trajectory.verdict is not None and trajectory.verdict.correct, trajectory
    assert f"\\boxed{{{trajectory.predicted}}}" in trajectory.conclusion


def each_way(family: Family) -> list[Family]:
    """The family with one of its ways of solving alone, for each of them."""
    others = [replace(family, code=way.code, thoughts=way.thoughts, ways=()) for way in family.ways]
    return [replace(family, ways=()), *others]


def test_there_are_many_families_of_three_levels() -> None:
    assert len(FAMILIES) >= 45 and len({family.name for family in FAMILIES}) == len(FAMILIES)
    levels = {draft.problem.level for draft in generate(3, 1, names=[family.name for family in LATER])}
    assert levels == {"1", "2", "3"}


def test_every_way_of_every_family_finds_the_answer_that_sympy_gave(
    solved: Callable[[Iterable[Draft]], list[Trajectory]],
) -> None:
    drafts = []
    for family in LATER:
        rng = random.Random(family.name)
        for lang in ("en", "zh"):
            params = family.sample(rng)
            drafts += [one.draft(params, lang, rng, kept=lang == "zh") for one in each_way(family)]
    for trajectory in solved(drafts):
        assert_right(trajectory)


def test_every_follow_up_finds_its_answer(solved: Callable[[Iterable[Draft]], list[Trajectory]]) -> None:
    drafts = [followed(family, how, kept) for family in LATER for how in family.follow_ups for kept in (False, True)]
    for trajectory in solved(drafts):
        assert_right(trajectory)


def followed(family: Family, how: FollowUp, kept: bool) -> Draft:
    rng = random.Random(how.name)
    while not how.fits(**(params := family.sample(rng))):
        pass
    draft = family.draft(params, rng.choice(("en", "zh")), rng)
    return family.follow(draft, how, how.sample(rng, params), rng, kept=kept)


@pytest.mark.parametrize(
    ("name", "params", "answer"),
    [
        ("banknote_change", {"m": 50, "n": 3, "p": 45}, r"\frac{73}{2}"),
        ("discount", {"p": 200, "r": 15}, "170"),
        ("proportion", {"a": 4, "p": 6, "b": 10}, "15"),
        ("prime_factors", {"n": 360}, r"2^{3} \cdot 3^{2} \cdot 5"),
        ("to_base", {"n": 255, "base": 16}, "FF"),
        ("modular_inverse", {"a": 3, "m": 7}, "5"),
        ("clock", {"h": 23, "m": 50, "n": 25}, "00:15"),  # past midnight
        ("later_date", {"y": 2024, "m": 2, "d": 28, "n": 2}, "2024-03-01"),  # a leap year
        ("later_date", {"y": 1999, "m": 12, "d": 31, "n": 366}, "2000-12-31"),
        ("median", {"n0": 5, "n1": 1, "n2": 4, "n3": 2}, "3"),
        ("variance", {"n0": 1, "n1": 3}, "1"),
        ("mode", {"n0": 3, "n1": 7, "n2": 7}, "7"),
        ("working_together", {"a": 3, "b": 6}, "2"),
        ("hypotenuse", {"a": 1, "b": 1}, r"\sqrt{2}"),
        ("special_triangle", {"m": 1, "w": 1, "f": 0, "s": 0}, "1"),  # sin(45° + 45°)
        ("inequality", {"a": -2, "b": 4, "c": 10, "o": 0}, "x > -3"),  # the sign turns
        ("inequality", {"a": 2, "b": 4, "c": 10, "o": 3}, r"x \geq 3"),
        ("quadratic_equation", {"b": -5, "c": 6}, "2, 3"),
        ("logarithm", {"a": 4, "b": 8}, r"\frac{3}{2}"),
        ("arithmetic_sum", {"a": 1, "d": 2, "n": 10}, "100"),
        ("limit", {"a": 3, "b": 2, "f": 5}, r"\frac{9}{4}"),  # (1 - cos 3x) / 2x^2
        ("determinant_of_three", {f"n{i}": v for i, v in enumerate((2, 0, 0, 0, 3, 0, 0, 0, 4))}, "24"),
        ("complex_operation", {"a": 1, "b": 2, "c": 3, "d": 4, "o": 0}, "-5 + 10 i"),
        ("permutations", {"n": 5, "k": 2}, "20"),
        ("combinations", {"n": 5, "k": 2}, "10"),
        ("repeated_trials", {"n": 3, "j": 1, "m": 2}, r"\frac{3}{8}"),
    ],
)
def test_answers_known_by_hand(name: str, params: dict[str, int], answer: str) -> None:
    (family,) = (family for family in FAMILIES if family.name == name)
    assert family.answer(**params) == answer


def test_answers_in_the_words_of_the_language() -> None:
    weekday, prime = (next(one for one in FAMILIES if one.name == name) for name in ("weekday", "is_prime"))
    assert [weekday.answer(w=5, n=2, lang=lang) for lang in ("en", "zh")] == ["Monday", "星期一"]
    assert [prime.answer(n=91, lang=lang) for lang in ("en", "zh")] == ["no", "否"]


@pytest.mark.parametrize("family", LATER, ids=lambda family: family.name)
def test_a_family_has_problems_enough(family: Family) -> None:
    rng = random.Random(1)
    assert len({family.key(family.sample(rng)) for _ in range(400)}) > 250


# Phrasings


@pytest.mark.parametrize("family", (*FAMILIES, REFUSAL), ids=lambda family: family.name)
def test_some_phrasings_are_never_trained_on(family: Family) -> None:
    for lang in ("en", "zh"):
        trained = (*family.questions[lang], *family.also[lang])
        kept = family.kept[lang]
        assert len(set(kept)) == len(kept) >= 2 and not set(kept) & set(trained)
        assert len(set(trained)) == len(trained)
        if family not in LATER:
            continue
        assert len(trained) >= 12


def bare(question: str) -> str:
    """A question without its numbers, spaces and marks, to compare phrasings by."""
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFKC", question)).lower()


def test_noise_makes_no_phrasing_of_training_one_that_is_kept() -> None:
    # Formulas alone are the same in all phrasings that add no word.
    chosen = [family.name for family in FAMILIES if family.name != "mixed_calculation"]
    noisy, kept = Writing(noise=1.0), Writing(unseen=True)
    trained = {bare(draft.problem.question) for draft in generate(8, 3, names=chosen, writing=noisy)}
    unseen = {bare(draft.problem.question) for draft in generate(8, 3, names=chosen, writing=kept)}
    assert len(unseen) > 200 and not trained & unseen


def test_problems_tell_whether_their_phrasing_was_trained_on() -> None:
    for writing, phrasings in (
        (Writing(), {"seen"}),
        (Writing(noise=1.0), {"seen"}),
        (Writing(unseen=True), {"unseen"}),
    ):
        drafts = list(generate(1, 2, writing=writing))
        assert {draft.problem.phrasing for draft in drafts} == phrasings
    for kept, phrasing in ((False, "seen"), (True, "unseen")):
        asked = generate(2, 2, names=["subtraction"], follow_ups=FollowUps(1.0, kept), writing=Writing(unseen=kept))
        assert {draft.problem.phrasing for draft in asked} == {phrasing}
    attempt = Attempt("a#0", drafts[0].problem, "", None, Verdict("incorrect"))
    assert BREAKDOWNS["phrasing"](attempt) == "unseen"


# Noise

RAISED = str.maketrans("²³", "23")


def numbers(question: str) -> list[str]:
    """The numbers of a question in their order, whatever they are written with."""
    return re.findall(r"\d+", unicodedata.normalize("NFKC", re.sub(r"([²³])", r" \1", question).translate(RAISED)))


def signs(question: str) -> str:
    """Minus signs and relations of a question, whatever they are written with."""
    text = re.sub(r"[−－﹣–]", "-", unicodedata.normalize("NFKC", question))
    text = re.sub("⩽|<=", "≤", re.sub("⩾|>=", "≥", text))
    return "".join(re.findall(r"[-+=<>≤≥%]", text))


@pytest.mark.parametrize("seed", range(3))
def test_noise_changes_neither_numbers_nor_signs_nor_verdicts(seed: int) -> None:
    rng = random.Random(seed)
    changed = 0
    for draft in generate(3, seed, follow_ups=FollowUps(0.3)):
        question, lang, answer = draft.problem.question, lang_of(draft.problem), draft.problem.answer
        noisy = as_people_write(question, lang, rng)
        changed += noisy != question
        assert numbers(noisy) == numbers(question), (noisy, question)
        assert signs(noisy) == signs(question), (noisy, question)
        if answer is not None and seed == 0:
            assert verify_answer(answer, answer, question=noisy, kind=draft.problem.answer_kind).correct, noisy
    assert changed > 150


def test_every_habit_is_followed_somewhere_and_noise_is_seeded() -> None:
    drafts = list(generate(3, 5, follow_ups=FollowUps(0.5)))
    drafts += generate(30, 5, names=["division", "multiplication", "discount", "special_triangle", "inequality"])
    for habit in HABITS:
        always = replace(habit, likely=1.0)
        pairs = [
            (one.problem.question, always.follow(one.problem.question, lang_of(one.problem), random.Random(1)))
            for one in drafts
        ]
        assert any(before != after for before, after in pairs), habit
    one, two = (list(generate(2, 5, writing=Writing(noise=0.5, slips=0.5))) for _ in range(2))
    assert one == two != list(generate(2, 5))


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Find the date 3 days after 2024-3-5.", "en"),  # hyphens that are no minus
        ("Calculate $\\frac{1}{2} - \\frac{1}{3}$.", "en"),  # LaTeX is left alone, its dollars aside
        ("If (ax-b)(3x+7) = bx^2 + cx + 5 for all x, what is a+b+c?", "en"),
        ("2x + 3y + z = 9 x + 2y + 4z = 5 3x + y + 2z = 6，求 x、y、z。", "zh"),  # nothing parts the equations
        ("数据12，34，5的中位数是多少？", "zh"),  # a comma without a space would make a number of thousands
        ("", "en"),
    ],
)
def test_noise_on_what_it_could_spoil(question: str, lang: Lang) -> None:
    for seed in range(60):
        noisy = as_people_write(question, lang, random.Random(seed))
        assert numbers(noisy) == numbers(question) and signs(noisy) == signs(question)
        assert not re.search(r"\d{4}[−－﹣–]\d", noisy)
        assert not re.search(r"\d,\d{2,}", noisy), noisy


def test_a_formula_between_dollars_is_left_alone() -> None:
    question = "If $z = 3 - 4i$, evaluate $|z|$."
    typed = {as_people_write(question, "en", random.Random(seed)) for seed in range(60)}
    assert typed == {question, question.replace("$", "")}


def test_two_prices_are_no_formula() -> None:
    question = "I have $98. I buy a book for $25 and a pen, which costs $15 more than the book."
    typed = {as_people_write(question, "en", random.Random(seed)) for seed in range(60)}
    assert len(typed) > 3 and all("$25" in text for text in typed)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_shares_that_are_none(share: float) -> None:
    for shares in ({"noise": share}, {"slips": share}):
        with pytest.raises(ValueError, match="give 0 to 1"):
            Writing(**shares)


# Slips


def one_with(mistake: Mistake) -> Draft:
    """A draft whose program can have the mistake, with it."""
    for draft in generate(2, 1):
        for seed in range(30):
            if (spoiled := slipped(draft, random.Random(seed))).slip and spoiled.slip.name == mistake.name:
                return spoiled
    raise AssertionError(mistake)


def test_a_slip_is_run_and_put_right(interpreter: Interpreter) -> None:
    drafts = [one_with(mistake) for mistake in MISTAKES]
    found = [solve(draft, interpreter.run, verify_answer) for draft in drafts]
    for trajectory in found:
        assert_right(trajectory)
        assert trajectory.steps[-1].execution.status == "ok"
    repaired = [trajectory for trajectory in found if "slip" in trajectory.meta]
    assert {trajectory.meta["slip"] for trajectory in repaired} == {mistake.name for mistake in MISTAKES}
    for trajectory in repaired:
        first, second = trajectory.steps
        assert first.code != second.code and first.execution.observation != second.execution.observation
        failed = first.execution.status == "error"
        assert failed == ("Error" in first.execution.observation)
        assert failed or trajectory.meta["slip"] in ("float", "floor_division", "caret")


def test_a_slip_that_does_no_harm_is_left_out() -> None:
    draft = next(generate(1, 0, names=["subtraction"]))
    spoiled = slipped(draft, random.Random(0))
    assert spoiled.slip is not None
    trajectory = solve(spoiled, lambda code: Execution("ok", draft.problem.answer or ""), verify_answer)
    assert len(trajectory.steps) == 1 and "slip" not in trajectory.meta
    trajectory = solve(spoiled, lambda code: Execution("killed" if code != draft.code else "ok", "1"), verify_answer)
    assert len(trajectory.steps) == 1


def test_slips_and_noise_change_no_problem() -> None:
    names = [family.name for family in LATER]
    plain = [problem_key(draft.problem.id) for draft in generate(2, 3, names=names)]
    spoiled = generate(2, 3, names=names, writing=Writing(noise=1.0, slips=1.0))
    assert [problem_key(draft.problem.id) for draft in spoiled] == plain


# Refusals


def test_a_refusal_has_neither_box_nor_program_and_the_prompt_of_the_tool() -> None:
    drafts = list(generate(60, 0, names=["refusal"]))
    assert {draft.problem.lang for draft in drafts} == {"en", "zh"}
    for draft in drafts:
        trajectory = solve(draft, lambda code: pytest.fail("nothing is to be run"), verify_answer)
        assert not trajectory.steps and "boxed" not in trajectory.conclusion
        assert ("无法" in trajectory.conclusion) == (draft.problem.lang == "zh")
        assert ("cannot" in trajectory.conclusion) == (draft.problem.lang == "en")
        (record,), dropped = build([trajectory], Rendering())
        assert not dropped and record["system"] in SYSTEM_PROMPTS.values() and record["tools"]
        assert [turn["from"] for turn in record["conversations"]] == ["human", "gpt"]
        assert Trajectory.from_dict(json.loads(json.dumps(as_row(trajectory)))).has_python


def test_refusals_and_solutions_stand_in_one_conversation(interpreter: Interpreter) -> None:
    drafts = [next(generate(1, 0, names=[name])) for name in ("refusal", "subtraction")]
    conversation = [solve(draft, interpreter.run, verify_answer) for draft in drafts]
    rows = [render(trajectory) for trajectory in conversation]
    assert rows[0]["tools"] == rows[1]["tools"]


def test_topics_of_refusals_are_kept_apart() -> None:
    trained = {draft.problem.question for draft in generate(200, 1, names=["refusal"])}
    kept = {draft.problem.question for draft in generate(200, 1, names=["refusal"], writing=Writing(unseen=True))}
    assert len(kept) > 50 and not trained & kept


# The problems of the article


@pytest.mark.parametrize("asked", ARTICLE, ids=lambda asked: asked.family)
def test_a_family_of_the_kind_solves_a_problem_of_the_article(asked: Asked, interpreter: Interpreter) -> None:
    (family,) = (family for family in FAMILIES if family.name == asked.family)
    assert verify_answer(asked.answer, family.answer(**asked.params)).correct
    for one in each_way(family):
        draft = one.draft(asked.params, "zh", random.Random(0))
        trajectory = solve(replace(draft, slip=None), interpreter.run, verify_answer)
        assert verify_answer(asked.answer, trajectory.predicted or "", question=asked.question).correct
        assert set(numbers(trajectory.steps[0].code)) >= set(numbers(asked.question)) - SAID_OTHERWISE.get(
            asked.family, set()
        )


# Numbers of an article's question that its solution has no need of, or writes in another way
SAID_OTHERWISE = {"geometric_blocks": {"3", "6", "12"}}


@pytest.mark.parametrize("asked", ARTICLE, ids=lambda asked: asked.family)
def test_no_family_asks_a_problem_of_the_article(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    (family,) = (family for family in FAMILIES if family.name == asked.family)
    always = replace(family, sample=lambda rng: asked.params, answer=lambda **params: "0", by_language=False)
    monkeypatch.setattr(families, "FAMILIES", (always,))
    with pytest.raises(RecordError, match="has no more new problems"):
        list(generate(1, 0, names=[family.name], writing=Writing(noise=1.0)))


def test_the_shipped_problems_of_the_article_are_these() -> None:
    shipped = read_records(Path(__file__).parents[2] / "data/article_problems.jsonl", Problem)
    asked = [(problem.question, problem.answer, problem.subject) for problem in shipped]
    assert asked == [(one.question, one.answer, one.family) for one in ARTICLE]


def test_problems_in_people_s_words_are_of_the_families_kinds_or_of_none() -> None:
    problems = list(read_records(Path(__file__).parents[2] / "data/people_problems.jsonl", Problem))
    kinds = {family.name for family in FAMILIES}
    answered = [problem for problem in problems if not problem.unanswerable]
    assert (len(answered), len(problems), len({problem.id for problem in problems})) == (200, 280, 280)
    assert {problem.subject for problem in answered} <= kinds
    for problem in answered:
        assert verify_answer(problem.answer or "", problem.answer or "").correct, problem.id
    worded = {text for family in FAMILIES for texts in (family.questions, family.also) for text in texts["en"]}
    assert not worded & {problem.question for problem in problems}


def test_no_text_of_the_article_comes_up() -> None:
    article = {re.sub(r"\W+", "", unicodedata.normalize("NFKC", asked.question)) for asked in ARTICLE}
    kinds = {asked.family for asked in ARTICLE}
    for draft in generate(60, 9, names=kinds, writing=Writing(noise=0.5)):
        assert re.sub(r"\W+", "", unicodedata.normalize("NFKC", draft.problem.question)) not in article
    keys = {f"{asked.family}:{','.join(map(str, asked.params.values()))}" for asked in ARTICLE}
    assert not keys & {problem_key(draft.problem.id) for draft in generate(60, 9, names=kinds)}
