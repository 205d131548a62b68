"""Temperatures and variants of the samples, in the language of the question."""

from __future__ import annotations

import pytest

from math_solver.protocol import system_prompt
from math_solver.records import RecordError
from math_solver.synthesis.variety import VARIANTS, Variety


def test_each_sample_has_its_temperature_and_then_its_variant() -> None:
    variety = Variety((0.3, 1.0), ("plain", "terse"))
    assert [(variety.temperature(n), variety.variant(n)) for n in range(5)] == [
        (0.3, "plain"), (1.0, "plain"), (0.3, "terse"), (1.0, "terse"), (0.3, "plain"),
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["What is 2 + 3?", "2 加 3 等于多少？"])
@pytest.mark.parametrize("name", VARIANTS)
def test_a_prompt_begins_with_that_of_serving(question: str, name: str) -> None:
    prompt = Variety((0.7,), (name,)).prompt(question, 0)
    assert prompt.startswith(system_prompt(question))
    assert (prompt == system_prompt(question)) == (name == "plain")
    added = prompt.removeprefix(system_prompt(question))
    assert added.isascii() == ("2 加" not in question) or not added


@pytest.mark.parametrize(
    ("temperatures", "variants", "samples", "repeats"),
    [((0.0,), ("plain",), 1, False), ((0.0,), ("plain",), 2, True), ((0.0, 0.7), ("plain",), 2, False),
     ((0.0, 0.7), ("plain",), 3, True), ((0.0,), ("plain", "terse"), 2, False), ((0.7,), ("plain",), 9, False)],
)  # fmt: skip
def test_without_chance_a_request_must_not_come_twice(
    temperatures: tuple[float, ...], variants: tuple[str, ...], samples: int, repeats: bool
) -> None:
    assert Variety(temperatures, variants).repeats(samples) == repeats


@pytest.mark.parametrize(
    ("temperatures", "variants"),
    [((), ("plain",)), ((-1.0,), ("plain",)), ((float("nan"),), ("plain",)), ((1.0,), ("fast",))],
)
def test_what_no_teacher_could_do_is_refused(temperatures: tuple[float, ...], variants: tuple[str, ...]) -> None:
    with pytest.raises(RecordError, match="--temperatures|--variants"):
        Variety(temperatures, variants)
