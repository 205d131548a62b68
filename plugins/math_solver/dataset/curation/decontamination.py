r"""Whether a question is a benchmark item: copied, with other numbers, reworded, or translated.

Two detectors that miss different things, and a third for what is too short for both::

    masked text   the item's 5-grams, numbers masked, rare ones weighing more, are in the question     other numbers
    signature     the same numbers and the same answer, and some of the item's rare words              other words
                  the same numbers and answer without any word in common: stronger evidence        another language
    same text     of a short item, the 5-grams with numbers and signs; of the shortest, all of it         verbatim

How much equal numbers say is counted in bits, -log2 of their share among the benchmark items, since 2 is in every
other question and 1,450 in one: as many bits as the logarithm of the number of items are needed to expect fewer than
one chance match for a question.

Sources: IDF-weighted overlap after AllenAI's decon, whole-question rewordings after lm-sys' llm-decontaminator
(arXiv 2311.04850). Not guaranteed: that every rewording is found. Questions without numbers, and proofs, are only
found by their text; only questions are read, not solutions. ``Coverage`` counts what cannot be judged.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate, islice
from typing import Literal, TypeVar

from ...answers.stated import notation, read_quantity
from ...records import Problem
from .numbers import Numbers, digits_of, numbers_of
from .wording import MASKS, exact_words, has_chinese, masked_words, n_grams, normal_form, rare_words

__all__ = ["Coverage", "Decontaminator", "Detector", "Match", "blind_spot"]

T = TypeVar("T")
Detector = Literal["masked_text", "same_text", "signature", "translation"]

N = 5  # tokens of an n-gram
LEAST_WORDS = 3  # of them that are not masked
LEAST_MASKED, MASKED_SHARE = 10, 0.6  # n-grams that an item needs, and their weighted share in the question
LEAST_EXACT, EXACT_SHARE = 4, 0.8
LONGEST_ANSWER = 200  # characters; longer ones are texts


@dataclass(frozen=True)
class Evidence:
    """What equal numbers need beside them to count.

    ``numbers`` is the Jaccard similarity of the two multisets, ``words`` the weighted share of the item's rare words,
    ``bits`` what is needed above the logarithm of the number of items.
    """

    numbers: float
    words: float
    bits: float


SAME_WORDS = Evidence(0.7, 0.3, -1)
OTHER_WORDS = Evidence(0.8, 0.0, 8)
OTHER_SCRIPT = Evidence(0.8, 0.0, 4)
OTHER_ANSWER = Evidence(0.8, 0.4, 3)  # or none on one side
MAYBE, MOST_MAYBE = 0.3, 3  # weighted share of common words (Dice) of what may be the same; the most of these
LEAST_WORDED = (
    4  # rare words in common, where words count; of each text, where they do not: formulas have no translation
)


@dataclass(frozen=True)
class Match:
    """The benchmark item that a question is held to be, the detector's score from 0 to 1, and what it rests on."""

    detector: Detector
    item: Problem
    score: float
    evidence: str


@dataclass(frozen=True)
class Coverage:
    """What the detectors can judge.

    Of the ``items``, ``verbatim_only`` are too short for masked text and have no signature: they are found copied,
    not changed. ``by_benchmark`` counts the items of each source.
    """

    items: int
    by_benchmark: Mapping[str, int]
    short: int
    without_signature: int
    verbatim_only: int


class Decontaminator:
    """An index of benchmark items; ``match`` says which of them a question is, if any."""

    def __init__(self, items: Iterable[Problem]) -> None:
        self.items = list(items)
        self._whole: dict[str, int] = {}
        self._masked = _TextIndex(masked_grams, LEAST_MASKED, MASKED_SHARE)
        self._exact = _TextIndex(exact_grams, LEAST_EXACT, EXACT_SHARE)
        for number, item in enumerate(self.items):
            self._whole.setdefault(normal_form(item.question), number)
            if not self._masked.add(number, item.question):
                self._exact.add(number, item.question)
        self._masked.close(len(self.items))
        self._exact.close(len(self.items))
        self._signatures = _SignatureIndex(self.items)

    def match(self, question: str, answer: str | None = None) -> Match | None:
        """The first detector's best item for a question, or None; without an ``answer`` fewer are found."""
        whole = self._whole.get(normal_form(question))
        if whole is not None:
            return Match("same_text", self.items[whole], 1.0, "the same question")
        for detector, index in (("masked_text", self._masked), ("same_text", self._exact)):
            best = index.best(question)
            if best is not None:
                share, number = best
                return Match(detector, self.items[number], share, f"{share:.0%} of its {N}-grams")  # type: ignore[arg-type]
        return self._signatures.match(question, answer)

    def undecided(self, question: str, answer: str | None) -> list[Problem]:
        """Items that a question may be and no detector can tell, the likeliest first: for somebody who reads both.

        They have many words in common, and the question has no signature, or the item is only found verbatim. Of 165
        reworded GSM8K items without their numbers 159 are found so; 18 of 500 items of MATH have any. Not guaranteed:
        that every such item is among them; a translation has no words in common.
        """
        blind = blind_spot(question, answer) is not None
        if not (blind or self._verbatim_only):
            return []
        likely = self._signatures.similar(question)
        chosen = (number for number in likely if blind or number in self._verbatim_only)
        return [self.items[number] for number in islice(chosen, MOST_MAYBE)]

    @cached_property
    def _short(self) -> set[int]:
        return set(range(len(self.items))) - self._masked.total.keys()

    @cached_property
    def _unsigned(self) -> set[int]:
        return {number for number in range(len(self.items)) if not self._signatures.signed(number)}

    @cached_property
    def _verbatim_only(self) -> set[int]:
        return self._short & self._unsigned

    def coverage(self) -> Coverage:
        short, unsigned = self._short, self._unsigned
        by_benchmark = dict(Counter(item.source for item in self.items))
        return Coverage(len(self.items), by_benchmark, len(short), len(unsigned), len(self._verbatim_only))


def blind_spot(question: str, answer: str | None) -> str | None:
    """What keeps rewordings and translations of a question from being found; None where nothing does."""
    if not numbers_of(question):
        return "no_numbers"
    return None if answer_value(answer) is not None else "no_answer"


def exact_grams(text: str) -> Collection[str]:
    return n_grams(exact_words(text), N)


def masked_grams(text: str) -> Collection[str]:
    """Those with enough words: "x 0 x 0 x" is in every second exercise."""
    tokens = masked_words(text)
    masked = list(accumulate((token in MASKS for token in tokens), initial=0))
    return dict.fromkeys(
        " ".join(tokens[start : start + N])
        for start in range(len(tokens) - N + 1)
        if masked[start + N] - masked[start] <= N - LEAST_WORDS
    )


class _TextIndex:
    """An inverted index of items by n-grams: those of at least ``least``, found at a weighted ``share`` of them."""

    def __init__(self, grams: Callable[[str], Collection[str]], least: int, share: float) -> None:
        self.grams, self.least, self.share = grams, least, share
        self.postings: dict[str, list[int]] = defaultdict(list)
        self.weight: dict[str, float] = {}
        self.total: dict[int, float] = {}

    def add(self, number: int, text: str) -> bool:
        """Take an item in, or say that it is too short."""
        grams = self.grams(text)
        if len(grams) < self.least:
            return False
        self.total[number] = 0.0
        for gram in grams:
            self.postings[gram].append(number)
        return True

    def close(self, items: int) -> None:
        """Weigh the n-grams, once all items are in."""
        for gram, numbers in self.postings.items():
            self.weight[gram] = _bits(len(numbers), items)
            for number in numbers:
                self.total[number] += self.weight[gram]

    def best(self, text: str) -> tuple[float, int] | None:
        found: dict[int, float] = defaultdict(float)
        for gram in self.grams(text):
            for number in self.postings.get(gram, ()):
                found[number] += self.weight[gram]
        shares = ((weight / self.total[number], -number) for number, weight in found.items())
        share, number = max(shares, default=(0.0, 0))
        return (share, -number) if share >= self.share else None


def _bits(count: int, items: int) -> float:
    """The information in seeing what ``count`` of ``items`` have."""
    return math.log2(1 + items / max(count, 1))


Reading = Literal["digits", "read"]
_READINGS: Mapping[Reading, Callable[[str], Numbers]] = {"digits": digits_of, "read": numbers_of}
Key = tuple[str, int]  # a number, and which occurrence of it: two equal numbers are two keys
Answer = Fraction | str | None


@dataclass(frozen=True)
class _Signature:
    """Of one item or question: its numbers in both readings, its answer, its rare words, its script."""

    numbers: Mapping[Reading, frozenset[Key]]
    answer: Answer
    words: frozenset[str]
    chinese: bool

    @classmethod
    def of(cls, question: str, answer: str | None) -> _Signature:
        numbers = {reading: _keys(read(question)) for reading, read in _READINGS.items()}
        return cls(numbers, answer_value(answer), rare_words(question), has_chinese(question))


def _keys(numbers: Numbers) -> frozenset[Key]:
    return frozenset((value, occurrence) for value, count in numbers.items() for occurrence in range(count))


@lru_cache(maxsize=4096)
def answer_value(answer: str | None) -> Answer:
    """An answer by its value, so that 0.5 is 1/2; what is no number by its notation; None where there is none."""
    if answer is None or not answer.strip():
        return None
    if len(answer) > LONGEST_ANSWER:
        return answer
    quantity = read_quantity(answer)
    return quantity.value * quantity.scale if quantity else notation(answer)


class _SignatureIndex:
    """Items by their numbers, and by their numbers and answer together."""

    def __init__(self, items: Sequence[Problem]) -> None:
        self.items = items
        self.signatures = [_Signature.of(item.question, item.answer) for item in items]
        self.threshold = math.log2(max(len(items), 1))
        self.by_number: dict[tuple[Reading, Key], list[int]] = defaultdict(list)
        self.by_answer: dict[tuple[Answer, Reading, Key], list[int]] = defaultdict(list)
        for number, signature in enumerate(self.signatures):
            for reading, keys in signature.numbers.items():
                for key in keys:
                    self.by_number[reading, key].append(number)
                    self.by_answer[signature.answer, reading, key].append(number)
        self.unseen_bits = _bits(0, len(items))
        firsts = {(reading, key[0]): len(found) for (reading, key), found in self.by_number.items() if key[1] == 0}
        self.number_bits = self._weigh(Counter(firsts))
        self.answer_bits = self._weigh(Counter(signature.answer for signature in self.signatures))
        self.word_bits = self._weigh(Counter(word for signature in self.signatures for word in signature.words))
        self.words_total = [sum(self.word_bits[word] for word in signature.words) for signature in self.signatures]

    def _weigh(self, counts: Counter[T]) -> dict[T, float]:
        return {thing: _bits(count, len(self.items)) for thing, count in counts.items()}

    def signed(self, number: int) -> bool:
        return bool(self.signatures[number].numbers["read"]) and self.signatures[number].answer is not None

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found = defaultdict[str, list[int]](list)
        for number, signature in enumerate(self.signatures):
            for word in signature.words:
                found[word].append(number)
        return dict(found)

    def similar(self, question: str) -> list[int]:
        """Items by their rare words in common with a question: those above ``MAYBE``, the most similar first."""
        words = sorted(rare_words(question))  # sums of floats hang on their order
        total = sum(self.word_bits.get(word, self.unseen_bits) for word in words)
        shared: dict[int, float] = defaultdict(float)
        for word in words:
            for number in self._by_word.get(word, ()):
                shared[number] += self.word_bits[word]
        scores = {number: 2 * bits / (total + self.words_total[number]) for number, bits in shared.items()}
        likely = (number for number, score in scores.items() if score >= MAYBE)
        return sorted(likely, key=lambda number: (-scores[number], number))

    def match(self, question: str, answer: str | None) -> Match | None:
        asked = _Signature.of(question, answer)
        found = (match for reading in _READINGS for match in self._matches(asked, reading))
        return max(found, key=lambda match: match.score, default=None)

    def _matches(self, asked: _Signature, reading: Reading) -> Iterator[Match]:
        keys = asked.numbers[reading]
        for number in self._with_answer(keys, reading, asked.answer):
            yield from self._judge(asked, number, reading, same_answer=True)
        if self._bits_of(keys, reading) >= self.threshold + OTHER_ANSWER.bits:
            for number in self._with_rarest(keys, reading, OTHER_ANSWER.numbers):
                yield from self._judge(asked, number, reading, same_answer=False)

    def _with_answer(self, keys: frozenset[Key], reading: Reading, answer: Answer) -> Iterable[int]:
        """Items with the answer and one of the numbers."""
        if answer is None or answer not in self.answer_bits:
            return ()
        return dict.fromkeys(number for key in keys for number in self.by_answer.get((answer, reading, key), ()))

    def _with_rarest(self, keys: frozenset[Key], reading: Reading, share: float) -> Iterable[int]:
        """Items with one of the rarest numbers: whoever has none of them has too few of the numbers."""
        ordered = sorted(keys, key=lambda key: len(self.by_number.get((reading, key), ())))
        rarest = ordered[: len(keys) - math.ceil(share * len(keys)) + 1]
        return dict.fromkeys(number for key in rarest for number in self.by_number.get((reading, key), ()))

    def _judge(self, asked: _Signature, number: int, reading: Reading, same_answer: bool) -> Iterator[Match]:
        item, mine = self.signatures[number], asked.numbers[reading]
        shared = mine & item.numbers[reading]
        similarity = len(shared) / (len(mine) + len(item.numbers[reading]) - len(shared))
        if similarity < SAME_WORDS.numbers:
            return
        bits = self._bits_of(shared, reading) - self.threshold
        bits += self.answer_bits[item.answer] if same_answer else 0.0
        common = asked.words & item.words if asked.chinese == item.chinese else frozenset()
        words = sum(self.word_bits[word] for word in common) / self.words_total[number] if common else 0.0
        for evidence in _enough(same_answer, asked.chinese == item.chinese):
            compared = [common] if evidence.words else [asked.words, item.words]
            worded = words >= evidence.words and min(map(len, compared)) >= LEAST_WORDED
            if similarity >= evidence.numbers and worded and bits >= evidence.bits:
                found: Detector = "signature" if evidence.words else "translation"
                yield Match(found, self.items[number], similarity, _describe(shared, item.answer, same_answer, words))
                return

    def _bits_of(self, keys: Iterable[Key], reading: Reading) -> float:
        return sum(self.number_bits.get((reading, value), self.unseen_bits) for value, _ in keys)


def _enough(same_answer: bool, same_script: bool) -> Sequence[Evidence]:
    """Any of these will do."""
    if not same_answer:
        return (OTHER_ANSWER,) if same_script else ()
    return (SAME_WORDS, OTHER_WORDS) if same_script else (OTHER_SCRIPT,)


def _describe(shared: Iterable[Key], answer: Answer, same_answer: bool, words: float) -> str:
    numbers = ", ".join(sorted(value for value, _ in shared))
    return f"numbers {numbers}{f', answer {answer}' if same_answer else ''}, {words:.0%} of its rare words"
