from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.dataset.curation.numbers import digits_of, numbers_of


@pytest.mark.parametrize(
    ("text", "digits", "read"),
    [
        ("eats three of 16 eggs, half of 1,200", "16 1200", "3 16 1/2 1200"),
        ("two hundred and five, twenty-five, a dozen", "", "205 25 12"),
        ("one of them, each one", "", ""),  # a pronoun, not a number
        ("third of them someone tenfold", "", "1/3"),  # inside other words there are none
        ("3/4 of it, \\frac{1}{3} of the rest", "3 4 1 3", "3/4 1/3"),
        ("0.50 and 007", "1/2 7", "1/2 7"),  # values, not spellings
        ("2.5 million, 8万, 5千克", "5/2 8 5", "2500000 80000 5"),  # 千克 is a unit
        ("三分之一，两倍，一半，三十五", "", "1/3 2 1/2 35"),
        ("一起买了一个", "", ""),
        ("１２ and ½", "12 1 2", "12 1/2"),  # full width, one character
        ("1/0 and 5/2/2024", "1 0 5 2 2024", "1 0 5 1/1012"),  # no division by nothing
        ("", "", ""),
    ],
)
def test_both_readings(text: str, digits: str, read: str) -> None:
    assert sorted(digits_of(text).elements()) == sorted(digits.split())
    assert sorted(numbers_of(text).elements()) == sorted(read.split())


def test_equal_numbers_are_counted() -> None:
    assert digits_of("5 of 5 and 5.0") == {"5": 3}


@given(st.text(alphabet="0123456789.,/\\{}frac 万亿半三分之点又 onetwohundred-half$٣", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for value in [*digits_of(text), *numbers_of(text)]:
        assert len(value) < 80


@pytest.mark.parametrize("unit", ["一", "十", "半", "one ", "twenty-", "three and ", "1/", "9", "\\frac{1}", "分之"])
def test_a_run_without_end_is_read(unit: str) -> None:
    digits_of(unit * 10_000)
    numbers_of(unit * 10_000)


def test_a_number_of_thousands_of_digits_is_no_trouble() -> None:
    assert len(next(iter(digits_of("9" * 10_000)))) == 30
