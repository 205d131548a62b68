"""Planted programs, whose dependence on their problem is known, and the parts that decide it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from math_solver.dataset.metamorphic import check
from math_solver.dataset.metamorphic.changing import change
from math_solver.dataset.metamorphic.literals import literals, replace_literals
from math_solver.dataset.metamorphic.mentions import mentions, rewrite
from math_solver.dataset.metamorphic.tying import tie
from math_solver.interpreter import Interpreter
from math_solver.records import Execution, Problem, Step, Trajectory, Verdict


@pytest.fixture(scope="module")
def interpreter() -> Iterator[Interpreter]:
    with Interpreter() as running:
        yield running


class Session:
    """Runs programs in a session, and counts how often."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter, self.times = interpreter, 0

    def __call__(self, programs: Sequence[str]) -> list[Execution]:
        self.times += 1
        name = f"meta-{id(self)}-{self.times}"
        try:
            return [self.interpreter.run(code, session=name) for code in programs]
        finally:
            self.interpreter.end_session(name)


def solved(question: str, *programs: str, answer: str, outcome: str = "correct", output: str = "") -> Trajectory:
    steps = tuple(Step("", code, Execution("ok", output or answer)) for code in programs)
    verdict = Verdict("correct" if outcome == "correct" else "unverifiable", "")
    return Trajectory("t", Problem("p", "s", question, answer), steps, f"\\boxed{{{answer}}}", answer, verdict)


EGGS = "A farm has 16 hens and 23 ducks. Each hen lays 5 eggs. How many eggs do the hens lay?"
HENS = "Each of 16 hens lays 5 eggs. How many eggs are there?"
SHOP = "A shirt costs $40 and is sold at 20% off. What is its price in dollars?"

PLANTED = [
    # (what, question, programs, answer, verdict, reason)
    ("computes", EGGS, ["hens = 16\neggs = 5\nprint(hens * eggs)"], "80", "responds", None),
    ("in a session", EGGS, ["hens = 16\nhens", "hens * 5"], "80", "responds", None),
    ("prints the answer", EGGS, ["print(80)"], "80", "untied", "hard_coded"),
    ("half hard-coded", "She has 13 bags of 17 and finds 29.", ["print(221 + 29)"], "250", "untied", "hard_coded"),
    ("reads and ignores", EGGS, ["hens = 16\nducks = 23\neggs = 5\nprint(80)"], "80", "ignores", None),
    ("overwrites", HENS, ["total = 16 * 5\ntotal = 80\nprint(total)"], "80", "ignores", None),
    ("percent as a share", SHOP, ["price = 40\nprint(price - price * 0.2)"], "32", "responds", None),
    ("percent of a hundred", SHOP, ["price = 40\noff = 20\nprint(price * (100 - off) / 100)"], "32", "responds", None),
    ("what is left of a percentage", SHOP, ["price = 40\nprint(price * 0.8)"], "32", "responds", None),
    ("one value for two things", "It has 13 rows of 13 seats and 7 chairs.", ["print(13 * 13 + 7)"], "176",
     "responds", None),
    ("small number twice", "She walks 3 km.", ["print(3 * 3)"], "9", "unjudged", "ambiguous"),
    ("words", "She has twenty-five eggs and sells six.", ["print(25 - 6)"], "19", "responds", None),
    ("Chinese", "有三十五个苹果，吃了8个，还剩几个？", ["print(35 - 8)"], "27", "responds", None),
    ("thousands", "A car costs $12,500 and a bike $850.", ["print(12500 + 850)"], "13350", "responds", None),
    ("fractions", "Find 3/5 of 35.", ["from sympy import Rational\nRational(3, 5) * 35"], "21", "responds", None),
    ("a percentage in words", "It was 90 kg and grows by twenty percent.", ["print(90 * (1 + 0.20))"], "108",
     "responds", None),
    ("counts in millions", "Of $32 million, $13 million are spent.", ["print(32 - 13)"], "19", "responds", None),
    ("in tenths", "原价130元的书打7折。", ["print(130 * 0.7)"], "91", "responds", None),
    ("prints an option", "It has 23 rows of 17. A. 391 B. 400 C. 5 D. 6", ["print(391)"], "391", "untied",
     "hard_coded"),
    ("misses the options", "It has 23 rows of 17. A. 391 B. 400 C. 5 D. 6", ["print(23 * 17)"], "391", "responds",
     None),
    ("only their number matters", "How many pairs of 13, 16, 27, 38 are there?",
     ["n = [13, 16, 27, 38]\nprint(len(n) * (len(n) - 1) / 2)"], "6", "unjudged", "collection"),
    ("another line moves", "At most of 28 keys, and at least?", ["print(sum(range(28)))\nprint(7)"], "7", "unjudged",
     "other_output_moves"),
    ("recognised formulas", "What is 1 9 more than 23?", ["print(19 + 23)"], "42", "unjudged", "numbers_unreadable"),
    ("no numbers", "How many sides has a square?", ["print(4)"], "4", "unjudged", "no_numbers"),
    ("no number as the answer", "Expand (x + 3)(x + 11).", ["x = symbols('x')\nexpand((x + 3)*(x + 11))"],
     "x**2 + 14*x + 33", "unjudged", "not_a_number"),
    ("fails with other numbers", HENS, ["eggs = 16 * 5\nassert eggs == 80\nprint(eggs)"], "80", "unjudged", "errors"),
    ("always one", "Is 144 even? 1 for yes.", ["print(1 if 144 > 100 else 0)"], "1", "unjudged", "few_answers"),
    ("cannot be read", EGGS, ["print(16 *"], "80", "unjudged", "program_unreadable"),
    ("too many", "Add " + ", ".join(str(n) for n in range(20, 40)), ["print(1)"], "590", "unjudged",
     "too_many_numbers"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "programs", "answer", "verdict", "reason"),
    [row[1:] for row in PLANTED],
    ids=[row[0] for row in PLANTED],
)
def test_planted_programs(
    question: str, programs: list[str], answer: str, verdict: str, reason: str | None, interpreter: Interpreter
) -> None:
    found = check(solved(question, *programs, answer=answer), Session(interpreter))
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_refusal_has_no_answer_that_could_depend_on_its_problem() -> None:
    made = solved("A rectangle is 12 cm long. What is its area?", "print('no width')", answer="0")
    refused = replace(made, problem=replace(made.problem, answer=None, answer_kind="unanswerable"))
    for steps in ((), made.steps):
        found = check(replace(refused, steps=steps), lambda codes: pytest.fail("nothing is to be run"))
        assert (found.verdict, found.reason) == ("unjudged", "unanswerable")
    assert check(replace(made, steps=()), lambda codes: []).reason == "no_program"


def test_variants_hold_together_and_are_the_same_each_time(interpreter: Interpreter) -> None:
    trajectory = solved(SHOP, "price = 40\nprint(price * 0.8)", answer="32")
    found = check(trajectory, Session(interpreter), variants=3)
    assert len(found.variants) == 3 and found.no_variants is None
    for variant in found.variants:
        price, percent = (mention.value for mention in mentions(variant["question"]))
        assert Fraction(variant["answer"]) == price * (100 - percent) / 100
        assert 0 < percent < 100 and (price, percent) != (40, 20)
        assert variant["variant_of"] == "p" and Problem.from_dict(variant).id.startswith("p/v")
        (program,) = variant["programs"]
        assert interpreter.run(program).observation in variant["outputs"]
    assert check(trajectory, Session(interpreter), variants=3).variants == found.variants
    assert check(trajectory, Session(interpreter), variants=3, seed=1).variants != found.variants


@pytest.mark.parametrize(
    ("question", "program", "more", "why"),
    [
        (EGGS, "print(16 * 5)", {}, "numbers_not_tied"),  # the ducks: nobody knows what they are for
        ("Four friends and I, the five of us, share 35 nuts.", "print(35 / 5)", {"answer": "7"}, "numbers_not_tied"),
        ("She has 16 hens laying 5 eggs.", "print(16 * 5)", {"outcome": "unverifiable"}, "not_verified"),
        ("She has 16 hens laying 5 eggs.", "print(16 * 5 + 8 - 8)", {}, "numbers_of_its_own"),
        ("30 people, 13 men and 17 women. Men times women less people?", "print(13 * 17 - 30)", {"answer": "191"},
         "numbers_that_follow"),
        # seen in real rows: "twice" is a 2 too; two things that are 3; decimals that are cut off
        ("She walks 2 km, then twice as far, how far in 2 hours? 37", "a = 2\nb = 2\nprint(a * b + 37)",
         {"answer": "41"}, "numbers_not_tied"),
        ("Of 3 children one has 3 nuts, one 27.", "nuts = 3\nprint(nuts + 27)", {"answer": "30"}, "numbers_not_tied"),
        ("She reads 136 pages in 17 days.", "print(136 // 17)", {"answer": "8"}, "rounds_down"),
        ("She has 16 hens laying 5 eggs.", "print(16 * 5 / 11)", {"answer": "7"}, "answer_is_not_the_output"),
    ],
)  # fmt: skip
def test_no_variants_where_they_could_be_wrong(
    question: str, program: str, more: dict[str, str], why: str, interpreter: Interpreter
) -> None:
    output = interpreter.run(program).observation
    trajectory = solved(question, program, **{"answer": "80", "output": output, **more})
    found = check(trajectory, Session(interpreter), variants=2)
    assert (found.verdict, found.no_variants, found.variants) == ("responds", why, ())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("16 hens, 1,200 eggs at $2.50", ["16", "1200", "5/2"]),
        ("the 3rd of 4 in 2006, x^2 + 13x_1 + 10^{3}", ["4", "13", "10"]),  # no ordinals, years, exponents, indices
        ("at 9:30, ratio 3:2, 83A5, 007, 0 or 1", []),
        ("three of twenty-one, one of them, two thirds, three hundred", ["3", "21"]),
        ("三十五人，第三个，一共8万元，2.5 million", ["35", "8", "5/2"]),
        (r"\frac{12}{7} and 20\% of 5", ["12", "7", "20", "5"]),
        ("charged to 20% of 100%", ["20"]),  # all of it stays all of it
        ("9" * 40, []),
    ],
)
def test_mentions(text: str, values: list[str]) -> None:
    assert [str(mention.value) for mention in mentions(text)] == values


def test_numbers_are_rewritten_as_they_were_written() -> None:
    text = "Three of 1,200 eggs at $2.50, 三十五 and twelve"
    new = dict(zip(mentions(text), map(Fraction, ("21", "1350", "3.75", "40", "30")), strict=True))
    assert rewrite(text, new) == "Twenty-one of 1,350 eggs at $3.75, 四十 and thirty"


def test_literals_leave_out_what_is_no_quantity() -> None:
    function = 'def f():\n    """Of 5 eggs."""\n    return round(12.50 * x[3] ** 2, 4)\n'
    code = function + 'print(f"{7}", "8", True, 0x10, é := 9)'
    found = literals([code])
    assert found is not None and [one.text for one in found] == ["12.50", "9"]
    changed = replace_literals([code], {one: one.value + 1 for one in found})
    assert changed == [code.replace("12.50", "13.50").replace(":= 9", ":= 10")]
    assert replace_literals([code], {found[1]: Fraction(1, 2)}) is None  # an integer stays one
    assert literals(["print("]) is None


def test_changes_keep_what_has_to_be_kept() -> None:
    question, program = "850 kilos in bags of 50, 15% off, 2.5 each", "print(850 / 50 * 0.15 * 2.5)"
    tied = tie(mentions(question), literals([program]) or [])
    for seed in range(200):
        new = change(tied.ties, mentions(question), random.Random(seed))
        assert new is not None
        kilos, bag, percent, price = (new[Fraction(value)] for value in ("850", "50", "15", "2.5"))
        assert kilos % bag == 0 and kilos > bag > percent > price > 1
        assert {kilos, bag, percent, price}.isdisjoint(map(Fraction, ("850", "50", "15", "2.5")))
        assert bag.denominator == percent.denominator == 1 and (10 * price).denominator == 1 and percent < 100


def test_precision_and_recall_on_generated_programs(interpreter: Interpreter) -> None:
    """Of 60 programs, those that ignore their problem are found, and no other one is accused."""
    chance = random.Random(5)
    session = Session(interpreter)
    accused, guilty = set(), set()
    for number in range(60):
        a, b, c = chance.sample(range(13, 90), 3)
        question = f"A has {a} boxes of {b} pens and loses {c} pens. How many are left?"
        answer = str(a * b - c)
        kind = number % 3
        program = (
            f"boxes = {a}\npens = {b}\nlost = {c}\nprint(boxes * pens - lost)",
            f"print({answer})",
            f"boxes, pens, lost = {a}, {b}, {c}\nprint({answer})",
        )[kind]
        if kind:
            guilty.add(number)
        if check(solved(question, program, answer=answer), session).verdict in ("ignores", "untied"):
            accused.add(number)
    assert accused == guilty
