"""Floors under what detectors find of flaws and copies planted in real rows; ``benchmarks/detectors.py`` says more.

They were tuned on the rows of half 0; what is asserted here is measured on half 1.
"""

from __future__ import annotations

import pytest

from .planted import COPIES, DATA, FLAWS, Measured, measure_copies, measure_flaws

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not on this machine")


@pytest.fixture(scope="module")
def flaws() -> dict[str, Measured]:
    return measure_flaws(half=1, most=3)


@pytest.mark.parametrize("name", FLAWS)
def test_flaws_planted_in_other_words_are_found(name: str, flaws: dict[str, Measured]) -> None:
    measured = flaws[name]
    assert measured.planted >= 3 * len(FLAWS[name]) / 2
    assert measured.recall >= 0.9, measured.missed
    assert measured.precision >= 0.95


FLOORS = {"duplicate": 0.9, "a name": 0.4, "a typo": 0.7, "a word": 0.55, "sentences": 0.25}


def test_copies_are_found_and_other_questions_are_not() -> None:
    for name, measured in measure_copies(half=1, most=120).items():
        expected = COPIES[name].expected
        assert measured.planted > 20, name
        if expected:
            floor = FLOORS.get(name, FLOORS["duplicate"])
            assert measured.recall >= floor, (name, measured.recall)
        else:
            assert measured.found == 0
