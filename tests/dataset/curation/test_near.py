from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from math_solver.database import Scratch
from math_solver.dataset.curation.near import MOST, NearTexts, _Bands, shingles
from math_solver.dataset.curation.wording import masked_words


@pytest.fixture
def scratch() -> Iterator[Scratch]:
    with Scratch() as scratch:
        yield scratch


def masked(text: str) -> str:
    return " ".join(masked_words(text))


def matches(near: NearTexts, words: list[str]) -> list[tuple[int, float]]:
    found = near.add(" ".join(words))
    assert found is not None
    return found[1]


def test_near_texts_are_found_and_others_are_not(scratch: Scratch) -> None:
    chance = random.Random(1)
    words = [f"w{letter}{number}" for letter in "abcdefgh" for number in "uvwxyz"]
    texts = [[chance.choice(words) for _ in range(60)] for _ in range(400)]
    near = NearTexts(0.7, scratch)
    for text in texts:
        assert matches(near, text) == []
    found = 0
    for number, text in enumerate(texts):
        copy = list(text)
        copy[chance.randrange(60)] = "other"
        found += [number] == [match for match, similarity in matches(near, copy) if similarity > 0.7]
    assert found >= 0.98 * len(texts)


def test_the_nearest_comes_first_with_its_exact_similarity(scratch: Scratch) -> None:
    near = NearTexts(0.3, scratch)
    base = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]
    matches(near, [*base[:-1], "end"])
    matches(near, base)
    ((first, similarity), (second, lower)) = matches(near, [*base, "more"])
    assert (first, second) == (1, 0) and similarity == 16 / 17 and lower == 15 / 18


@pytest.mark.parametrize("text", ["", "two words", "一个数是", "one two three four five six seven eight nine"])
def test_a_text_too_short_is_near_nothing(scratch: Scratch, text: str) -> None:
    near = NearTexts(0.5, scratch)
    assert not shingles(masked(text))
    assert near.add(masked(text)) is None


def test_the_table_of_hashes(scratch: Scratch) -> None:
    bands, chance = _Bands(scratch), random.Random(0)
    stored: dict[int, list[int]] = {}
    for number in range(5_000):
        key = chance.choice([chance.getrandbits(64) | 1, chance.randrange(1, 300)])
        assert bands.meet([key], number) == stored.setdefault(key, [])
        if len(stored[key]) < MOST:
            stored[key].append(number)
    assert bands.meet([2**63 + 5, 2**64 - 1], 5_000) == []
    assert bands.meet([2**64 - 1, 2**63 + 5], 5_001) == [5_000, 5_000]
