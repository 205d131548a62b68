from __future__ import annotations

from itertools import combinations

import pytest
from scipy.stats import binomtest

from math_solver.answers import AnswerClass
from math_solver.evaluation import bootstrap, mcnemar, pass_at_k, still_needed
from math_solver.evaluation.statistics import wilson


@pytest.mark.parametrize(("n", "correct", "k"), [(5, 2, 1), (5, 2, 3), (6, 0, 4), (6, 6, 1), (8, 3, 5), (4, 1, 4)])
def test_pass_at_k_is_the_share_of_subsets_with_a_right_sample(n: int, correct: int, k: int) -> None:
    subsets = list(combinations([True] * correct + [False] * (n - correct), k))
    assert pass_at_k(n, correct, k) == pytest.approx(sum(map(any, subsets)) / len(subsets))


def test_pass_at_k_wants_enough_samples() -> None:
    with pytest.raises(ValueError, match="k is 5"):
        pass_at_k(4, 1, 5)


@pytest.mark.parametrize(("one", "two"), [(0, 0), (1, 0), (3, 12), (12, 3), (7, 7), (40, 71), (900, 1100)])
def test_mcnemar_is_the_exact_binomial_test(one: int, two: int) -> None:
    expected = binomtest(one, one + two).pvalue if one + two else 1.0
    assert mcnemar(one, two) == pytest.approx(expected)


def test_wilson_agrees_with_scipy() -> None:
    for right, n in ((0, 20), (3, 20), (20, 20), (477, 1000)):
        interval = binomtest(right, n).proportion_ci(method="wilson")
        assert wilson(right, n) == pytest.approx((interval.low, interval.high))


def test_bootstrap_covers_and_is_seeded() -> None:
    values = [1.0] * 60 + [0.0] * 40
    first = bootstrap(values, 1)
    assert first == bootstrap(values, 1)
    assert first.value == 0.6 and first.n == 100
    # the normal approximation: 0.6 +- 1.96 * sqrt(0.24 / 100)
    assert (first.low, first.high) == pytest.approx((0.504, 0.696), abs=0.015)


def test_bootstrap_takes_shares_of_samples() -> None:
    shares = [0.0, 0.25, 0.5, 1.0] * 50
    estimate = bootstrap(shares)
    assert estimate != bootstrap(shares, 2)
    assert estimate.value == pytest.approx(0.4375)
    assert estimate.low < 0.4375 < estimate.high


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([0.0] * 20, 0.0, 0.161), ([1.0] * 20, 0.839, 1.0), ([0.5] * 20, 0.339, 0.661)],
)
def test_unanimous_problems_do_not_give_certainty(values: list[float], low: float, high: float) -> None:
    estimate = bootstrap(values)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(
    ("difference", "low", "high"), [(0.0, -0.161, 0.161), (1.0, 0.839, 1.0), (-1.0, -1.0, -0.839)]
)
def test_equal_differences_have_an_interval_to_both_sides(difference: float, low: float, high: float) -> None:
    estimate = bootstrap([difference] * 20, least=-1.0)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-3)


def classes(*members: tuple[int, ...]) -> list[AnswerClass]:
    return [AnswerClass(str(number), indices) for number, indices in enumerate(members)]


@pytest.mark.parametrize(
    ("found", "left", "needed"),
    [
        ([], 8, 4),  # four of eight that agree cannot be overtaken: a tie goes to the answer seen first
        ([], 1, 1),
        ([], 0, 0),
        (classes((0, 1, 2)), 2, 0),
        (classes((0, 1, 2)), 3, 0),  # three others could agree, but come later
        (classes((0, 1, 2)), 4, 1),
        (classes((0, 2), (1,)), 1, 0),  # the second could draw level, but was seen later
        (classes((1, 2), (0,)), 1, 1),  # here it was seen first
        (classes((0, 2), (1, 3)), 1, 1),
        (classes((0, 2, 4), (1, 3)), 3, 1),
    ],
)
def test_a_vote_is_open_exactly_while_it_can_change(found: list[AnswerClass], left: int, needed: int) -> None:
    assert still_needed(found, left) == needed
