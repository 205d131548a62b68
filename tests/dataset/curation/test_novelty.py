"""What counts as new: not with other numbers, not a benchmark item, not said before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from math_solver.database import Scratch
from math_solver.dataset.curation.decontamination import Decontaminator
from math_solver.dataset.curation.novelty import Novelty
from math_solver.records import Problem

STORY = "A baker fills {} trays with {} rolls each and sells {} of the rolls before noon. How many rolls are left?"
CHINESE = "一个果园里有{}行苹果树，每行{}棵，其中{}棵已经结果，还有多少棵没有结果？"
ITEM = Problem(
    "b:1", "bench", "Ben has 48 red and 36 blue marbles in a bag, loses 17 of them and shares the rest.", "33"
)


def problem(name: str, question: str, answer: str | None = None) -> Problem:
    return Problem(name, "s", question, answer)


@pytest.fixture
def novelty() -> Iterator[Novelty]:
    with Scratch() as texts:
        found = Novelty(texts, 0.7, Decontaminator([ITEM]))
        found.remember(problem("given", STORY.format(1, 2, 3)))
        found.remember(problem("short", "What is 2 + 2?"))
        found.remember(problem("zh", CHINESE.format(1, 2, 3)))
        yield found


@pytest.mark.parametrize(
    ("question", "reason", "kin"),
    [
        (STORY.format(1, 2, 3), "duplicate", "given"),
        (STORY.format(10, 20, 30), "near_duplicate", "given"),
        (STORY.format("ten", "twenty", 30).replace("left", "over"), "near_duplicate", "given"),
        (CHINESE.format(10, 20, 30), "near_duplicate", "zh"),
        ("what is 2+2 ?", "duplicate", "short"),
        (ITEM.question, "benchmark", "b:1"),
        (ITEM.question.replace("48", "50"), "benchmark", "b:1"),
        # too short to be near anything: compared by all words and signs
        ("What is 2 + 3?", "near_duplicate", "short"),
        ("What is twenty + 3?", "near_duplicate", "short"),
        ("What is 2 * 2?", None, None),
        (
            "How many rolls does a baker sell on a day on which 12 of his 30 trays stay empty until the evening?",
            None,
            None,
        ),
    ],
)
def test_what_repeats_another(novelty: Novelty, question: str, reason: str | None, kin: str | None) -> None:
    known = novelty.take(problem("new", question))
    assert (known and known.reason, known and known.kin) == (reason, kin)


def test_new_ones_are_there_from_then_on(novelty: Novelty) -> None:
    text = "Three ferries leave the harbour every {} minutes; how long until all of them leave at once again?"
    assert novelty.take(problem("n1", text.format(12))) is None
    known = novelty.take(problem("n2", text.format(18)))
    assert known is not None and (known.reason, known.kin) == ("near_duplicate", "n1")
    known = novelty.take(problem("n3", text.format(12)))
    assert known is not None and (known.reason, known.kin) == ("duplicate", "n1")


def test_with_its_answer_more_is_known_of_a_problem(novelty: Novelty) -> None:
    reworded = "Of 48 apples, 36 pears and 17 quinces, which share of the harvest would a fair farmer give away?"
    with Scratch() as texts:
        others = [Problem(f"o{n}", "b", f"Word{n} asks {n} and {n * n}?", str(n)) for n in range(50)]
        found = Novelty(texts, 0.7, Decontaminator([ITEM, *others]))
        assert found.take(problem("n", reworded)) is None
        known = found.contaminated(problem("n", reworded, "33"))
    assert known is not None and known.kin == "b:1"
