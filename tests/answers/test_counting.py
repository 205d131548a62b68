"""Counts that a question states in a closed form, against counting in another way; what says more is left alone."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import combinations, permutations

import pytest

from math_solver.answers.counting import asked_count, counts_right

COUNTS = [
    ("How many integers from 1 to 200 are divisible by 6 or 8?", 50),
    ("How many integers from $1$ to $200$ are divisible by $6$ or $8$?", 50),
    ("How many integers between 1 and 100, inclusive, are divisible by 4?", 25),
    ("How many multiples of 7 are there between 1 and 100?", 14),  # whether the ends count or not
    ("How many positive integers less than 1,000 are divisible by 7 but not by 11?", 130),
    ("How many positive integers not exceeding 100 are divisible by both 4 and 6?", 8),
    ("How many integers from 1 to 100 are divisible by 2 or 3 but not both?", 51),
    ("How many integers from 1 to 100 are divisible by neither 2 nor 3?", 33),
    ("Find the number of positive integers less than 100 that are divisible by 3.", 33),
    ("How many positive multiples of 6 are less than 150?", 24),
    ("How many primes are less than 50?", 15),
    ("How many perfect squares are between 50 and 250?", 8),
    ("How many numbers from 1 to 100 leave a remainder of 2 when divided by 5?", 20),
    ("How many positive integers from 1 to 100 are even and divisible by 3?", 16),
    ("How many positive integers less than 60 are relatively prime to 60?", 16),
    ("How many two-digit primes are there?", 21),
    ("How many 2-digit prime numbers are there?", 21),
    ("How many even three-digit numbers are there?", 450),
    ("How many three-digit numbers have digits sum 10?", 54),
    ("How many three-digit numbers have a digit sum of 10?", 54),
    ("How many three-digit numbers whose digits add to 10 are there?", 54),
    ("How many three-digit palindromes are there?", 90),
    ("How many three-digit numbers are divisible by 5 and have distinct digits?", 136),
    ("How many positive divisors does 360 have?", 24),
    ("What is the number of odd divisors of 90?", 6),
    ("How many positive integers divide 48?", 10),
    ("In how many ways can 5 people stand in a row?", 120),
    ("In how many ways can four different books be arranged on a shelf?", 24),
    ("In how many ways can a committee of 3 be chosen from 10 people?", 120),
    ("How many distinct arrangements of the letters in the word BANANA are there?", 60),
    ("How many arrangements of the letters of “BANANA” are there?", 60),
    ("1到100中有多少个质数？", 25),
    ("从1到200的整数中，能被6或8整除的数有多少个？", 50),
    ("1到100中，既能被3整除又能被5整除的数有多少个？", 6),
    ("小于100的正整数中，能被3整除的有多少个？", 33),
    ("小于100的质数有多少个？", 25),
    ("100以内的质数有多少个？", 25),
    ("三位数中能被7整除的有多少个？", 128),
    ("各位数字之和为10的三位数有多少个？", 54),
    ("两位数一共有多少个？", 90),
    ("360有多少个因数？", 24),
    ("360的正约数有几个？", 24),
    ("5个人排成一排，有多少种不同的排法？", 120),
    ("从10名同学中选出3名同学，共有多少种选法？", 120),
]
NEAR_MISSES = [
    # a condition more
    "How many positive integers from 1 to 200 are divisible by 6 or 8 and are not perfect squares?",
    "How many integers from 1 to 200 are divisible by 6 or 8 or 10?",
    "How many integers from 1 to 200 are divisible by 2, 3 and 5?",
    "How many odd integers from 1 to 200 are divisible by 6 or 8 and end in 4?",
    "How many three-digit numbers have digits sum 10 and no zero?",
    "How many three-digit numbers have digit sum 10 and begin with 3?",
    "How many positive divisors does 360 have that are multiples of 3?",
    "How many positive divisors does 360 have that are less than 20?",
    "How many proper divisors does 360 have?",
    "How many prime factors does 360 have?",  # with or without repetition
    "How many distinct prime factors does 360 have?",
    "How many positive divisors does 360^2 have?",
    "How many positive divisors does 10! have?",
    "In how many ways can 5 people stand in a row if Ann is first?",
    "In how many ways can 5 people sit in a row of 7 chairs?",
    "In how many ways can 5 people be seated around a round table?",
    "In how many ways can 5 identical balls be arranged in a row?",
    "In how many ways can 5 balls be arranged in a row?",  # are they different?
    "In how many ways can a committee of 3 be chosen from 10 people if Ann must be on it?",
    "In how many ways can a committee of 3 with a chair be chosen from 10 people?",
    "In how many ways can 3 men be chosen from 10 people and 2 women from 5 people?",
    "How many arrangements of the letters in the word BANANA begin with B?",
    "How many arrangements of the letters of alphabet are there?",
    "How many positive integers less than 100 are multiples of 3 and 5?",  # of either, or of both?
    "How many integers less than 60 are relatively prime to 60?",  # and those below 0?
    "How many three-letter arrangements of the letters in the word BANANA are there?",
    # what stands before or behind
    "Ann writes down the integers from 1 to 200. How many integers from 1 to 200 are divisible by 6 or 8?",
    "How many integers from 1 to 200 are divisible by 6 or 8? Express your answer as a percentage.",
    "How many integers from 1 to 200 are divisible by 6 or 8, and what is their sum?",
    "What is the sum of the integers from 1 to 200 that are divisible by 6 or 8?",
    "If p is the number of primes less than 50, how many primes are less than p?",
    # two readings that differ, or no end
    "How many integers between 1 and 100 are divisible by 4?",
    "How many perfect squares are less than 50?",
    "How many natural numbers less than 100 are divisible by 3?",
    "How many integers less than 50 are divisible by 7?",
    "How many multiples of 7 are less than 50?",
    "How many integers from 1 to 100 are not divisible by 2 or 3?",
    "How many integers from 1 to 100 are divisible by 2 and 3 or 5?",
    "How many integers from 100 to 1 are divisible by 4?",
    "How many integers from 1 to 100 are divisible by 0?",
    "How many numbers from 1 to 2 are there?",  # not only integers
    "How many one-digit numbers are even?",
    "How many six-digit numbers have digit sum 10?",  # more than are gone through
    "How many integers from 1 to 99999999 are divisible by 7?",
    "How many pairs of integers from 1 to 10 are coprime to 6?",
    "How many times does the digit 1 occur from 1 to 100?",
    "How many integers from -10 to 10 are even?",
    "How many integers from 1.5 to 10 are even?",
    "How many integers from 1 to n are even?",
    "How many people are there?",
    "1到100中有多少个质数的平方？",
    "1到100中有多少个数不是3的倍数，且大于10？",
    "1到100之间4的倍数有多少个？",
    "100以内3的倍数有多少个？",  # with 0 or without
    "1到100中数字1出现了多少次？",
    "1到100中所有质数的和是多少？",
    "360有多少个质因数？",
    "360的因数中有多少个是偶数？",
    "5个人排成一排，甲不站两端，有多少种不同的排法？",
    "5个人围成一圈，有多少种不同的坐法？",
    "从10名同学中选出3名同学分别担任班长和委员，有多少种选法？",
    "从10名同学中选出3名同学，甲必须入选，有多少种选法？",
    "用1,2,3能组成多少个三位数？",
    "个位数字是5的三位数有多少个？",
    "各位数字之和为10的三位偶数有多少个？",
]


@pytest.mark.parametrize(("question", "count"), COUNTS)
def test_a_question_of_a_known_form_is_counted(question: str, count: int) -> None:
    assert asked_count(question) == count
    assert counts_right(question, str(count)) is True
    assert counts_right(question, str(count + 1)) is False


@pytest.mark.parametrize("question", NEAR_MISSES)
def test_whatever_is_left_over_or_has_two_readings_is_left_alone(question: str) -> None:
    assert asked_count(question) is None
    assert counts_right(question, "50") is None


@pytest.mark.parametrize("question", [question for question, _ in COUNTS])
def test_a_sentence_more_is_a_condition_more(question: str) -> None:
    for changed in (f"{question} They are positive.", f"Let n = 3. {question}", question[:-1] + " with n = 3?"):
        assert asked_count(changed) is None
    for changed in (f"{question}其中没有7。", f"已知n=3，{question}"):
        assert asked_count(changed) is None


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("50", True),
        ("50 integers", True),
        ("2 \\cdot 25", True),
        ("50.0", True),
        ("\\text{fifty}", True),
        ("58", False),
        ("25\\%", False),
        ("x", False),
        ("many of them", None),  # nobody can tell
        ("__import__('os').system('true')", None),
    ],
)
def test_an_answer_is_compared_by_meaning(answer: str, right: bool | None) -> None:
    assert counts_right("How many integers from 1 to 200 are divisible by 6 or 8?", answer) is right


def digits(number: int) -> list[int]:
    return [int(digit) for digit in str(number)]


def is_prime(number: int) -> bool:
    return [divisor for divisor in range(1, number + 1) if number % divisor == 0] == [1, number]


# What may be said of numbers with two parameters, in both languages, and the same in Python
SAID: list[tuple[str, str | None, Callable[[int, int, int], bool]]] = [
    ("are divisible by {a}", "能被{a}整除", lambda n, a, b: n // a * a == n),
    ("are multiples of {a}", "是{a}的倍数"[1:], lambda n, a, b: n in range(0, n + 1, a)),
    ("are divisible by {a} or {b}", "能被{a}或{b}整除", lambda n, a, b: 0 in (n % a, n % b)),
    ("are divisible by both {a} and {b}", "能同时被{a}和{b}整除", lambda n, a, b: n % math.lcm(a, b) == 0),
    ("are divisible by {a} but not by {b}", "能被{a}整除但不能被{b}整除", lambda n, a, b: n % a == 0 < n % b),
    ("are divisible by neither {a} nor {b}", "既不能被{a}整除也不能被{b}整除", lambda n, a, b: all((n % a, n % b))),
    ("are divisible by {a} or {b} but not both", None, lambda n, a, b: (n % a == 0) != (n % b == 0)),
    ("are not divisible by {a}", "不能被{a}整除", lambda n, a, b: n % a > 0),
    ("are prime", "质数", lambda n, a, b: is_prime(n)),
    ("are odd", "奇数", lambda n, a, b: digits(n)[-1] in (1, 3, 5, 7, 9)),
    ("are perfect squares", "完全平方数", lambda n, a, b: n in [root * root for root in range(n + 1)]),
    ("are perfect cubes", None, lambda n, a, b: n in [root**3 for root in range(n + 1)]),
    ("are palindromes", "回文数", lambda n, a, b: digits(n) == digits(n)[::-1]),
    ("have digit sum {a}", "各位数字之和为{a}", lambda n, a, b: sum(digits(n)) == a),
    ("have distinct digits", "各位数字互不相同", lambda n, a, b: all(x != y for x, y in combinations(digits(n), 2))),
    ("are relatively prime to {a}", None, lambda n, a, b: not any(n % d == a % d == 0 for d in range(2, a + 1))),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: said[0])
def test_what_is_said_of_numbers_is_what_python_says(
    said: tuple[str, str | None, Callable[[int, int, int], bool]],
) -> None:
    english, chinese, holds = said
    rng = random.Random(english)
    for _ in range(12):
        first, a, b = rng.randint(1, 300), rng.randint(2, 30), rng.randint(2, 30)
        last = first + rng.randint(0, 150)
        wanted = sum(holds(number, a, b) for number in range(first, last + 1))
        words = english.format(a=a, b=b)
        assert asked_count(f"How many integers from {first} to {last} {words}?") == wanted
        below = sum(holds(number, a, b) for number in range(1, last))
        assert asked_count(f"How many positive integers less than {last} {words}?") == below
        open_ = sum(holds(number, a, b) for number in range(first + 1, last))
        assert asked_count(f"How many integers between {first} and {last} {words}?") in (None, wanted, open_)
        if chinese:
            assert asked_count(f"{first}到{last}中，{chinese.format(a=a, b=b)}的数有多少个？") == wanted


@pytest.mark.parametrize("number", [1, 2, 7, 36, 97, 360, 1001, 5040])
def test_divisors_are_those_that_divide(number: int) -> None:
    found = [divisor for divisor in range(1, number + 1) if number % divisor == 0]
    assert asked_count(f"How many positive divisors does {number} have?") == len(found)
    assert asked_count(f"How many even divisors does {number} have?") == len([one for one in found if one % 2 == 0])
    assert asked_count(f"{number}有几个奇约数？") == len([one for one in found if one % 2])


@pytest.mark.parametrize("word", ["noon", "level", "abc", "aaaa", "tomato"])
def test_arrangements_are_those_that_can_be_listed(word: str) -> None:
    listed = len(set(permutations(word)))
    assert asked_count(f"How many different arrangements of the letters of the word {word} are there?") == listed


@pytest.mark.parametrize("number", range(1, 7))
def test_rows_and_choices_are_those_that_can_be_listed(number: int) -> None:
    assert asked_count(f"In how many ways can {number} students line up in a line?") == len(
        list(permutations(range(number)))
    )
    chosen = len(list(combinations(range(8), number)))
    assert asked_count(f"In how many ways can {number} people be chosen from 8 people?") == chosen
    assert asked_count(f"从8个人中选出{number}个人，有多少种选法？") == chosen


@pytest.mark.parametrize(
    "question",
    [
        "How many integers from 1 to 200 are " + "divisible by 6 or 8 and " * 9 + "even?",
        "How many integers from " + "9" * 200 + " to 5 are even?",
        "How many positive divisors does " + "9" * 100 + " have?",
        "How many primes are there from 999999900001 to 999999999999?",
        "How many primes are there from 999900001 to 999999999?",  # of nine digits, few enough to list
        "In how many ways can 99999999 people stand in a row?",
        "How many arrangements of the letters of the word " + "a" * 200 + " are there?",
        "how many " * 30,
        "1到" * 80 + "有多少个",
        "有多少个" * 60,
        "How many integers from 1 to ²³ are even?",  # a digit, and no number
        "How many integers from ١ to ٩ are even?",
        "",
        "?" * 300,
    ],
)
def test_hostile_text_is_left_alone_at_once(question: str) -> None:
    assert asked_count(question) is None
