from __future__ import annotations

import pytest

from math_solver.dataset.curation.wording import masked_words, n_grams, normal_form, rare_words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Calculate $12 \\times 34$!", "calculate 12 \\times 34"),  # delimiters, case, punctuation
        ("What is  $\\dfrac{1}{2}$?", "What is \\frac 1 2"),
        ("小明有３个苹果。", "小明有3个苹果"),  # full width
        ("a\nb", "a b"),
    ],
)
def test_the_same_question(one: str, two: str) -> None:
    assert normal_form(one) == normal_form(two)


@pytest.mark.parametrize(("one", "two"), [("3 + 4", "3 - 4"), ("x^2", "x_2"), ("12 3", "123")])
def test_other_signs_are_another_question(one: str, two: str) -> None:
    assert normal_form(one) != normal_form(two)


def test_masks() -> None:
    assert masked_words("Ann buys 12 eggs, twenty-five more and x^2") == [
        *"ann buys 0 eggs 0 more and x 0".split()
    ]  # numbers that touch are one
    assert masked_words("他买3支笔") == list("他买0支笔")


def test_rare_words_are_stems_and_pairs_of_characters() -> None:
    assert rare_words("She bakes 3 muffins") == {"she", "bakes", "muffin"}
    assert rare_words("买苹果") == {"买苹", "苹果"}


def test_n_grams_of_a_short_text() -> None:
    assert not n_grams(["a", "b"], 3)
    assert list(n_grams(list("aaab"), 2)) == ["a a", "a b"]  # once each
