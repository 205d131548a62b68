from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from math_solver.dataset.curation.near import MOST, NearTexts, _Bands, shingles
from math_solver.dataset.curation.rows import Spool
from math_solver.dataset.curation.wording import masked_words


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool() as spool:
        yield spool


def masked(text: str) -> str:
    return " ".join(masked_words(text))


def test_near_texts_are_found_and_others_are_not(spool: Spool) -> None:
    chance = random.Random(1)
    words = [f"w{letter}{number}" for letter in "abcdefgh" for number in "uvwxyz"]
    texts = [[chance.choice(words) for _ in range(60)] for _ in range(400)]
    near = NearTexts(0.7, spool)
    for text in texts:
        assert near.add(" ".join(text))[1] == []
    found = 0
    for number, text in enumerate(texts):
        copy = list(text)
        copy[chance.randrange(60)] = "other"
        matches = near.add(" ".join(copy))[1]
        found += [number] == [match for match, similarity in matches if similarity > 0.7]
    assert found >= 0.98 * len(texts)


def test_the_nearest_comes_first_with_its_exact_similarity(spool: Spool) -> None:
    near = NearTexts(0.3, spool)
    base = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    near.add(" ".join([*base[:-1], "end"]))
    near.add(" ".join(base))
    ((first, similarity), (second, lower)) = near.add(" ".join([*base, "more"]))[1]
    assert (first, second) == (1, 0) and similarity == 16 / 17 and lower == 15 / 18


@pytest.mark.parametrize("text", ["", "two words", "一个数是", "one two three four five six seven eight nine"])
def test_a_text_too_short_is_near_nothing(spool: Spool, text: str) -> None:
    near = NearTexts(0.5, spool)
    assert not shingles(masked(text))
    near.add(masked(text))
    assert near.add(masked(text))[1] == []


def test_a_masked_text_has_the_shingles_of_its_text() -> None:
    for text in (
        "Ann buys 12 eggs and x of 13 pens, then 4 more of them",
        "小明买了3支笔和12个本子，一共花了多少钱？",
    ):
        assert shingles(masked(text)) == shingles(text)


def test_the_table_of_hashes() -> None:
    bands, chance = _Bands(), random.Random(0)
    stored: dict[int, list[int]] = {}
    for number in range(5_000):
        key = chance.choice([chance.getrandbits(64) | 1, chance.randrange(1, 300)])
        if len(stored.setdefault(key, [])) < MOST:
            stored[key].append(number)
        bands.add(key, number)
    assert all(sorted(bands.find(key)) == numbers for key, numbers in stored.items())
    assert list(bands.find(2**63 + 5)) == []
