"""Masked texts that are nearly the same: MinHash, bands of hashes, and an exact comparison of the candidates.

Memory holds, of a million different texts, 20 hashes of 12 bytes each; the texts themselves lie on disk. Shingles are
runs of 5 masked words, or of 3 characters where the text is Chinese.

Not guaranteed: that all pairs are found. Of pairs at the threshold of 0.7 about 97 in 100 share a band, at 0.8 all
but one in 1,000. A hash that more than ``MOST`` texts share brings only the first of them together.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from ...spool import Spool
from .wording import has_chinese, n_grams

__all__ = ["LEAST", "NearTexts", "shingles"]

BANDS, ROWS = 20, 5
LEAST = 6  # shingles; a shorter text is compared as a whole only
MOST = 32
SEED = 1


def shingles(masked: str) -> frozenset[str]:
    """What two masked texts are compared by; none where the text is too short."""
    found = n_grams(masked.split(), 3 if has_chinese(masked) else 5)
    return frozenset(found) if len(found) >= LEAST else frozenset()


def jaccard(one: Collection[str], two: Collection[str]) -> float:
    shared = len(frozenset(one) & frozenset(two))
    return shared / (len(one) + len(two) - shared)


class NearTexts:
    """Different texts, numbered in the order in which they came."""

    def __init__(self, threshold: float, spool: Spool) -> None:
        self.threshold, self._texts = threshold, spool
        self._bands = _Bands()
        self._remembered = lru_cache(maxsize=20_000)(lambda number: shingles(self._texts[number]["text"]))

    def add(self, text: str) -> tuple[int, list[tuple[int, float]]] | None:
        """Take a text in: its number, and the earlier ones that are near, with their similarity; None if too short."""
        own = shingles(text)
        if not own:
            return None
        hashes = _band_hashes(own)
        candidates = dict.fromkeys(number for key in hashes for number in self._bands.find(key))
        near = [(number, jaccard(own, self._remembered(number))) for number in candidates]
        number = self._texts.append({"text": text})
        for key in hashes:
            self._bands.add(key, number)
        return number, sorted((found for found in near if found[1] >= self.threshold), key=lambda found: -found[1])


@lru_cache(maxsize=1)
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=SEED, hashfunc=zlib.crc32)


def _band_hashes(own: Iterable[str]) -> list[int]:
    """A hash of 64 bits for each band, never 0; bands of the same number only meet each other."""
    import numpy

    sketch = _empty().copy()
    sketch.update_batch([shingle.encode() for shingle in own])
    bands = sketch.hashvalues.reshape(BANDS, ROWS).astype(numpy.uint64)
    mixed = numpy.arange(1, BANDS + 1, dtype=numpy.uint64)
    for column in range(ROWS):
        mixed = (mixed ^ bands[:, column]) * numpy.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> numpy.uint64(29)
    return [int(value) or 1 for value in mixed]


class _Bands:
    """Hashes of 64 bits and numbers in two flat arrays, open addressing; each hash up to ``MOST`` times."""

    def __init__(self) -> None:
        self._resize(1 << 10)

    def _resize(self, size: int) -> None:
        self._keys, self._numbers = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        self._mask, self._used = size - 1, 0

    def find(self, key: int) -> Iterator[int]:
        place = key & self._mask
        while found := self._keys[place]:
            if found == key:
                yield self._numbers[place]
            place = (place + 1) & self._mask

    def add(self, key: int, number: int) -> None:
        place, same = key & self._mask, 0
        while found := self._keys[place]:
            same += found == key
            place = (place + 1) & self._mask
        if same >= MOST:
            return
        self._keys[place], self._numbers[place] = key, number
        self._used += 1
        if self._used * 3 > (self._mask + 1) * 2:
            self._grow()

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        self._resize(2 * len(keys))
        for key, number in zip(keys, numbers, strict=True):
            if key:
                self.add(key, number)
