r"""Testing an answer against a count that the question states in a closed form, by counting.

    "How many integers from 1 to 200 are divisible by 6 or 8?"     50     True
                                                                   58     False
    "How many positive divisors does 360 have?"                    24     True
    "1到100中有多少个质数？"                                            25     True
    "How many integers between 1 and 100 are divisible by 4?"      24     None: 100 may count or not

Only a question of which every word belongs to a known form is taken: a further condition, a sentence before it or a
request behind it leaves it alone. Where a form can be read in two ways ("between", natural numbers with or without 0)
all readings must come to the same count. Sets of integers are gone through one by one; divisors are found, and
arrangements multiplied. Nothing of any text is run.

Not guaranteed: that a question of this form means nothing else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .reading.numerals import chinese_number, english_number
from .verify import verify_answer

__all__ = ["asked_count", "counts_right"]

_LONGEST_QUESTION = 300
_MOST_NUMBERS = 100_000  # of a set that is gone through
_LARGEST = 1_000_000  # of them: whether one is a prime takes as many steps as its root
_LARGEST_DIVIDED = 10**9  # of which divisors are found
_MOST_THINGS = 40  # of an arrangement

_MOST_DIGITS = 12
_MOST_DIGITS_OF_A_SET = 5
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_MARKS = str.maketrans("，：？。“”‘’", ",:?.\"\"''")

Bounds = Literal["closed", "between", "below", "up to", "within", "digits"]
Predicate = Callable[[int], bool]
Atom = Callable[[Sequence[int]], Predicate]


def counts_right(question: str, answer: str) -> bool | None:
    """Whether an answer is the count that the question asks for; ``None`` where it asks for none of a known form."""
    count = asked_count(question)
    if count is None:
        return None
    outcome = verify_answer(str(count), answer, question=question).outcome
    return {"correct": True, "incorrect": False}.get(outcome)


@dataclass(frozen=True)
class _Language:
    """The forms of a language.

    Attributes:
        bounds: how a set of integers is bounded; it is R in ``frames``, the whole questions.
        atoms: what may be said of its numbers.
        both: what joins two of these.
        counts: other counts, each with the form of the whole question.
    """

    start: re.Pattern[str]
    bounds: Sequence[tuple[re.Pattern[str], Bounds]]
    atoms: Sequence[tuple[re.Pattern[str], Atom]]
    both: re.Pattern[str]
    frames: Sequence[re.Pattern[str]]
    counts: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], int | None]]]


def asked_count(question: str) -> int | None:
    """The number that a question asks for, where all of it says what is to be counted."""
    if len(question) > _LONGEST_QUESTION:
        return None
    text, language = _plain(question), _ENGLISH
    if _IDEOGRAPH.search(text):
        text, language = re.sub(r"\s", "", text), _CHINESE
    text = language.start.sub("", text, count=1)
    for form, count in language.counts:
        if found := form.fullmatch(text):
            return count(found)
    return _counted(language, text)


def _plain(question: str) -> str:
    """A question in small letters, without the marks of formulas, of thousands and of its end."""
    text = re.sub(r"\\[(),!]|\$", "", question).casefold().translate(_MARKS)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return re.sub(r"[\s.?!:]+$", "", " ".join(text.split()))


def _counted(language: _Language, text: str) -> int | None:
    """The count of a set of integers, the same in all its readings."""
    found = [(match, bounds) for form, bounds in language.bounds for match in form.finditer(text)]
    if len(found) != 1:
        return None
    match, bounds = found[0]
    holds = _asked_of(language, f"{text[: match.start()]}R{text[match.end() :]}")
    if holds is None:
        return None
    sets = _sets(match, bounds, _leasts(text))
    if not sets or any(len(numbers) > _MOST_NUMBERS or numbers.stop > _LARGEST for numbers in sets):
        return None
    counts = {sum(map(holds, numbers)) for numbers in sets}
    return counts.pop() if len(counts) == 1 else None


def _asked_of(language: _Language, asked: str) -> Predicate | None:
    """What must hold of the numbers of a set R, where the whole question is of one of the frames."""
    for frame in language.frames:
        if found := frame.fullmatch(asked):
            parts = [_said(language, part) for part in found.groups() if part]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return _all_of(known)
    return None


def _said(language: _Language, text: str) -> Predicate | None:
    """What one clause says of numbers, or two that are joined."""
    clause = text.strip(" ,").removeprefix("positive ")
    if holds := _atom(language, clause):
        return holds
    parts = [_atom(language, part) for part in language.both.split(clause)]
    known = [part for part in parts if part is not None]
    return _all_of(known) if len(known) == len(parts) == 2 else None


def _all_of(parts: Sequence[Predicate]) -> Predicate:
    return lambda number: all(part(number) for part in parts)


def _atom(language: _Language, text: str) -> Predicate | None:
    for form, atom in language.atoms:
        if found := form.fullmatch(text):
            numbers = [number for group in found.groups() if (number := _number(group))]
            return atom(numbers) if len(numbers) == len(found.groups()) else None
    return None


def _number(text: str) -> int | None:
    """A whole number in digits or words."""
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) <= _MOST_DIGITS else None
    value = english_number(text) if text.isascii() else chinese_number(text)
    return int(value) if value is not None and value.denominator == 1 and value >= 0 else None


# What holds of numbers


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, math.isqrt(number) + 1))


def _is_square(number: int) -> bool:
    return math.isqrt(number) ** 2 == number


def _is_cube(number: int) -> bool:
    root: int = round(number ** (1 / 3))
    return root**3 == number


def _divisors(number: int) -> list[int]:
    small = [divisor for divisor in range(1, math.isqrt(number) + 1) if number % divisor == 0]
    return sorted({*small, *(number // divisor for divisor in small)})


def _constant(holds: Predicate) -> Atom:
    return lambda given: holds


def _by_all(given: Sequence[int]) -> Predicate:
    return lambda number: all(number % divisor == 0 for divisor in given)


def _by_any(given: Sequence[int]) -> Predicate:
    return lambda number: any(number % divisor == 0 for divisor in given)


def _by_one(given: Sequence[int]) -> Predicate:
    return lambda number: sum(number % divisor == 0 for divisor in given) == 1


def _negated(atom: Atom) -> Atom:
    def made(given: Sequence[int]) -> Predicate:
        holds = atom(given)
        return lambda number: not holds(number)

    return made


def _only_first(given: Sequence[int]) -> Predicate:
    return lambda number: number % given[0] == 0 and number % given[1] != 0


def _digits_sum_to(given: Sequence[int]) -> Predicate:
    return lambda number: sum(map(int, str(number))) == given[0]


def _leaves(given: Sequence[int]) -> Predicate:
    """The divisor, and what it leaves, which no number does where that is larger."""
    return lambda number: number % given[0] == given[1]


def _coprime(given: Sequence[int]) -> Predicate:
    return lambda number: math.gcd(number, given[0]) == 1


def _has_distinct_digits(number: int) -> bool:
    return len(set(str(number))) == len(str(number))


def _is_palindrome(number: int) -> bool:
    return str(number) == str(number)[::-1]


# Sets of numbers


def _leasts(text: str) -> tuple[int, ...]:
    """Where a set begins that has no lower bound: 0 may be a natural number; integers go down without end."""
    if re.search("positive|正整数", text):
        return (1,)
    return (
        (0, 1)
        if re.search("natural|whole|(?<!relatively )prime|perfect|自然数|质数|素数|完全平方数|以内", text)
        else ()
    )


def _sets(found: re.Match[str], bounds: Bounds, leasts: Sequence[int]) -> list[range]:
    """The sets that bounds may mean."""
    if bounds == "digits":
        digits = _number(found["digits"])
        return [range(10 ** (digits - 1), 10**digits)] if digits and 2 <= digits <= _MOST_DIGITS_OF_A_SET else []
    last = _number(found["last"])
    if last is None:
        return []
    ends = {"below": (last,), "up to": (last + 1,), "within": (last, last + 1)}.get(bounds)
    if ends is not None:
        return [range(least, end) for least in leasts for end in ends]
    first = _number(found["first"])
    if first is None or first > last:
        return []
    return [range(first, last + 1)] + ([range(first + 1, last)] if bounds == "between" else [])


# Other counts


def _divisor_count(found: re.Match[str]) -> int | None:
    number, kind = _number(found["number"]), found["kind"] or ""
    if not number or number > _LARGEST_DIVIDED:
        return None
    wanted = {"even": 0, "odd": 1, "偶": 0, "奇": 1}.get(kind.strip())
    return sum(wanted is None or divisor % 2 == wanted for divisor in _divisors(number))


def _in_a_row(found: re.Match[str]) -> int | None:
    number = _number(found["number"])
    return math.factorial(number) if number and number <= _MOST_THINGS else None


def _chosen(found: re.Match[str]) -> int | None:
    of, number = _number(found["of"]), _number(found["number"])
    return math.comb(of, number) if of and number and number <= of <= _MOST_THINGS else None


def _letters(found: re.Match[str]) -> int:
    number = math.factorial(len(found["word"]))
    for times in Counter(found["word"]).values():
        number //= math.factorial(times)
    return number


def _table(*rows: tuple[str, Atom]) -> Sequence[tuple[re.Pattern[str], Atom]]:
    return [(re.compile(form), atom) for form, atom in rows]


# English

_WORD = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty"
)
_N = rf"(\d+|{_WORD})"
_A, _B = (_N.replace("(", f"(?P<{name}>", 1) for name in ("first", "last"))
_OF, _NUMBER = (_N.replace("(", f"(?P<{name}>", 1) for name in ("of", "number"))
_DIVIDED = r"(?:are )?(?:divisible by|(?:a )?multiples? of)"
_BY = r"(?:(?:divisible )?by|(?:multiples )?of)"
_HAVE = r"(?:have|with) (?:(?:a|the) )?"
_INTEGERS = r"(?:positive )?(?:whole numbers|natural numbers|integers|numbers)"
_VERB = r"(?:(?:that|which) )?(?=are |have |leave |whose |with )"
_SPECIAL = (
    r"((?:positive )?(?:even numbers|even integers|odd numbers|odd integers|primes|prime numbers|perfect squares"
    rf"|perfect cubes|palindromes|multiples of (?:\d+|{_WORD})(?: or (?:\d+|{_WORD}))?))"
)
_PEOPLE = r"(?:people|persons|students|children|friends|boys|girls|men|women|players|guests|runners)"
_THINGS = r"(?:books|balls|cards|toys|cars|flags|paintings|trophies|letters|objects|items|beads)"
_EACH_OTHER = rf"(?:(?:(?:different|distinct) )?{_PEOPLE}|(?:different|distinct) {_THINGS})"
_WAYS = r"(?:in how many (?:different |distinct )?ways can|how many (?:different |distinct )?ways can)"
_ENGLISH = _Language(
    start=re.compile(
        r"^(?:please )?(?:(?:find|determine|compute|calculate|what is) the (?:total )?number of|how many)"
        r"(?: different| distinct)? (?!ways)"
    ),
    bounds=[
        (re.compile(rf"\bfrom {_A} (?:to|through) {_B}(?:,? inclusive)?,?(?= |$)"), "closed"),
        (re.compile(rf"\bbetween {_A} and {_B},? inclusive,?(?= |$)"), "closed"),
        (re.compile(rf"\bbetween {_A} and {_B},?(?= |$)(?! ?inclusive)"), "between"),
        (re.compile(rf"\b(?:less than|smaller than|below|under) {_B},?(?= |$)"), "below"),
        (
            re.compile(
                r"\b(?:not exceeding|not greater than|no greater than|no more than|at most|up to"
                rf"|less than or equal to) {_B},?(?= |$)"
            ),
            "up to",
        ),
        (re.compile(rf"(?<![\w-])(?P<digits>\d|{_WORD})[- ]digit(?= )"), "digits"),
    ],
    atoms=_table(
        (rf"{_DIVIDED} {_N}", _by_all),
        (rf"(?:are )?divisible by (?:both )?{_N} and (?:by )?{_N}", _by_all),
        (rf"(?:are )?multiples of both {_N} and {_N}", _by_all),
        (rf"{_DIVIDED} (?:either )?{_N} or (?:by )?{_N}", _by_any),
        (rf"{_DIVIDED} (?:either )?{_N} or (?:by )?{_N},? but not (?:{_BY} )?both", _by_one),
        (rf"(?:are )?divisible by neither {_N} nor {_N}", _negated(_by_any)),
        (rf"(?:are )?neither divisible by {_N} nor (?:divisible )?by {_N}", _negated(_by_any)),
        (rf"{_DIVIDED} {_N},? (?:but|and) not (?:{_BY} )?{_N}", _only_first),
        (rf"(?:are )?not divisible by {_N}", _negated(_by_all)),
        (r"(?:are )?even(?: numbers| integers)?", _constant(lambda number: number % 2 == 0)),
        (r"(?:are )?odd(?: numbers| integers)?", _constant(lambda number: number % 2 == 1)),
        (r"(?:are )?primes?(?: numbers)?", _constant(_is_prime)),
        (r"(?:are )?perfect squares?", _constant(_is_square)),
        (r"(?:are )?perfect cubes?", _constant(_is_cube)),
        (r"(?:are )?(?:palindromes|palindromic)", _constant(_is_palindrome)),
        (rf"(?:are )?(?:relatively prime|coprime) (?:to|with) {_N}", _coprime),
        (rf"{_HAVE}digits? sum (?:of |equal to )?{_N}", _digits_sum_to),
        (rf"{_HAVE}sum of (?:the |their )?digits (?:of |equal to )?{_N}", _digits_sum_to),
        (rf"(?:have digits that|whose digits) (?:sum|add up|add) to {_N}", _digits_sum_to),
        (rf"whose (?:digit sum|sum of digits) is {_N}", _digits_sum_to),
        (r"(?:have|with) (?:all )?(?:distinct|different) digits", _constant(_has_distinct_digits)),
        (rf"leave (?:a )?remainder (?:of )?{_N} when divided by {_N}", lambda given: _leaves(given[::-1])),
    ),
    both=re.compile(r" and (?:that )?"),
    frames=[
        re.compile(form)
        for form in (
            rf"{_INTEGERS} (?:that are |which are |in the range )?R {_VERB}(.+?)(?: are there)?",
            rf"{_INTEGERS} (?:(?:that|which) are )?(.+?) (?:are|lie|are there|exist) R",
            rf"{_SPECIAL} (?:(?:are there|are|lie|exist|that are|which are) )?R(?: are there)?",
            rf"(even |odd |prime )?(?:positive )?R {_INTEGERS}(?: are there| exist)?",
            rf"(even |odd |prime )?(?:positive )?R {_INTEGERS} {_VERB}(.+?)(?: are there)?",
            rf"R {_SPECIAL}(?: are there| exist)?",
        )
    ],
    counts=[
        (re.compile(form), count)
        for form, count in (
            (
                rf"(?:positive )?(?P<kind>even |odd )?(?:positive )?(?:divisors|factors) does {_NUMBER} have",
                _divisor_count,
            ),
            (
                rf"(?:positive )?(?P<kind>even |odd )?(?:positive )?(?:divisors|factors) of {_NUMBER}(?: are there)?",
                _divisor_count,
            ),
            (rf"(?P<kind>)positive integers (?:divide|are (?:divisors|factors) of) {_NUMBER}", _divisor_count),
            (
                rf"{_WAYS} {_NUMBER} {_EACH_OTHER} (?:stand|line up|queue up|queue|sit|be arranged|be seated"
                r"|be lined up|be placed)(?: (?:in|on) a (?:straight )?(?:row|line|queue|bench|shelf))",
                _in_a_row,
            ),
            (
                rf"{_WAYS} (?:a committee of )?{_NUMBER}(?: {_PEOPLE})? be (?:chosen|selected|picked) from "
                rf"(?:a group of )?{_OF} {_PEOPLE}",
                _chosen,
            ),
            (
                r"(?:how many )?(?:arrangements|rearrangements|permutations) of (?:all )?(?:the )?letters (?:of|in)"
                r"(?: the word|(?= [\"'])) [\"']?(?P<word>[a-z]{2,12})[\"']?(?: are there| exist)?",
                _letters,
            ),
        )
    ],
)
# Chinese

_Z = r"(\d+|[一二两三四五六七八九十百千]+)"
_ZA, _ZB = (_Z.replace("(", f"(?P<{name}>", 1) for name in ("first", "last"))
_ZOF, _ZNUMBER = (_Z.replace("(", f"(?P<{name}>", 1) for name in ("of", "number"))
_ZKIND = r"(?:的)?(?:自然数|正整数|整数|数)?"
_ZIN = r"(?:当中|之中|中|里面|里)?"
_ZHOW_MANY = r"(?:一共|总共|共)?(?:能)?有(?:多少|几)个"
_ZPEOPLE = r"(?:个|名|位)?(?:不同的)?(?:人|同学|学生|小朋友|孩子|朋友)"
_CHINESE = _Language(
    start=re.compile("^(?:请问|请|求)?,?(?:在)?"),
    bounds=[
        (re.compile(rf"(?:从)?{_ZA}(?:到|至|~|～|—|–|-){_ZB}(?:之间|间){_ZKIND}{_ZIN}"), "between"),
        (
            re.compile(
                rf"(?:从)?{_ZA}(?:到|至|~|～|—|–|-){_ZB}(?!之间|间|\d|[一二三四五六七八九十百千]){_ZKIND}{_ZIN}"
            ),
            "closed",
        ),
        (re.compile(rf"{_ZB}以内{_ZKIND}{_ZIN}"), "within"),
        (re.compile(rf"小于{_ZB}的(?:自然数|正整数)?{_ZIN}"), "below"),
        (re.compile(rf"(?:不超过|不大于){_ZB}的(?:自然数|正整数)?{_ZIN}"), "up to"),
        (re.compile(rf"(?P<digits>[两二三四五2-5])位(?:正整数|整数|自然数|数){_ZIN}"), "digits"),
    ],
    atoms=_table(
        (rf"(?:能|可以|可)?被{_Z}整除", _by_all),
        (rf"{_Z}的倍数", _by_all),
        (rf"(?:能|可以|可)?(?:同时)?被{_Z}和{_Z}(?:同时)?整除", _by_all),
        (rf"既能被{_Z}整除,?又能被{_Z}整除", _by_all),
        (rf"{_Z}和{_Z}的公倍数", _by_all),
        (rf"(?:能|可以|可)?被{_Z}或(?:者)?(?:被)?{_Z}整除", _by_any),
        (rf"{_Z}或{_Z}的倍数", _by_any),
        (rf"(?:能|可以|可)?被{_Z}整除,?(?:但|而|且|但是)不能被{_Z}整除", _only_first),
        (rf"不能被{_Z}整除", _negated(_by_all)),
        (rf"既不能被{_Z}整除,?(?:又|也)不能被{_Z}整除", _negated(_by_any)),
        ("(?:是)?(?:质数|素数)", _constant(_is_prime)),
        ("(?:是)?奇数", _constant(lambda number: number % 2 == 1)),
        ("(?:是)?偶数", _constant(lambda number: number % 2 == 0)),
        ("(?:是)?完全平方数", _constant(_is_square)),
        ("(?:是)?回文数", _constant(_is_palindrome)),
        (rf"(?:各个?|每个?|所有)?(?:数位|位)?(?:上)?(?:的)?数字(?:之和|的和|和)(?:是|为|等于){_Z}", _digits_sum_to),
        ("(?:各位|各个?数位上?的?)数字(?:都|各|互)?(?:不相同|不同)", _constant(_has_distinct_digits)),
        (rf"除以{_Z}余{_Z}", _leaves),
    ),
    both=re.compile(",?(?:并且|而且|且)"),
    frames=[
        re.compile(form)
        for form in (
            rf"R,?{_ZHOW_MANY}(?:数)?(?:是)?(.+?)(?:的数|的)?",
            rf"R,?(?:是)?(.+?)(?:的数|的)?,?{_ZHOW_MANY}(?:数)?",
            rf"(.+?)的R,?{_ZHOW_MANY}(?:数)?",
            rf"{_ZHOW_MANY}(.+?)的R",
            rf"R,?{_ZHOW_MANY}",
        )
    ],
    counts=[
        (re.compile(form), count)
        for form, count in (
            (rf"{_ZNUMBER}(?:的)?{_ZHOW_MANY}(?:不同的)?(?:正)?(?P<kind>奇|偶)?(?:正)?(?:因数|约数)", _divisor_count),
            (
                rf"{_ZNUMBER}的(?:正)?(?P<kind>奇|偶)?(?:正)?(?:因数|约数)(?:{_ZHOW_MANY}|的?个数(?:是多少|是几)?)",
                _divisor_count,
            ),
            (
                rf"{_ZNUMBER}{_ZPEOPLE}(?:站成|排成|坐成)一(?:排|列|行)(?:照相|拍照|合影)?,?(?:一共|总共|共)?有(?:多少|几)种"
                r"(?:不同的)?(?:排法|站法|坐法|排列方法|排列方式|方法)",
                _in_a_row,
            ),
            (
                rf"从{_ZOF}{_ZPEOPLE}(?:中|里)(?:选出?|挑选?|选取){_ZNUMBER}(?:{_ZPEOPLE}|个|名|位|人),?(?:一共|总共|共)?有"
                r"(?:多少|几)种(?:不同的)?(?:选法|选择方法|方法)",
                _chosen,
            ),
        )
    ],
)
