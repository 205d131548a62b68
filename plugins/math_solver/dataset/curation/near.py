"""Masked texts that are nearly the same: MinHash, bands of hashes, and an exact comparison of the candidates.

The texts and their 20 hashes lie on disk (``database.Scratch``): datasketch's own index, a dictionary of sets, takes
some 4 KB of memory a text. Of datasketch is only the hashing, which is most of the time. Shingles are runs of 5
masked words, or of 3 characters where the text is Chinese.

Not guaranteed: that all pairs are found. Of pairs at the threshold of 0.7 about 97 in 100 share a band, at 0.8 all
but one in 1,000. A hash that more than ``MOST`` texts share brings only the first of them together.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ...database import Scratch, signed
from .wording import has_chinese, n_grams

__all__ = ["LEAST", "NearTexts", "Sketch", "shingles"]

BANDS, ROWS = 20, 5
LEAST = 6  # shingles; a shorter text is compared as a whole only
MOST = 32
REMEMBERED = 2_000  # texts whose shingles stay in memory, some 7 KB each
SEED = 1


def shingles(masked: str) -> frozenset[str]:
    """What two masked texts are compared by; none where the text is too short."""
    found = n_grams(masked.split(), 3 if has_chinese(masked) else 5)
    return frozenset(found) if len(found) >= LEAST else frozenset()


def jaccard(one: Collection[str], two: Collection[str]) -> float:
    shared = len(frozenset(one) & frozenset(two))
    return shared / (len(one) + len(two) - shared)


@dataclass(frozen=True)
class Sketch:
    """A masked text and its hashes, one for each band; no hashes where it is too short."""

    text: str
    hashes: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Sketch:
        own = shingles(text)
        return cls(text, _band_hashes(own) if own else ())


class NearTexts:
    """Different texts, numbered in the order in which they came."""

    def __init__(self, threshold: float, scratch: Scratch) -> None:
        self.threshold, self._scratch = threshold, scratch
        scratch.run("CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        self._bands = _Bands(scratch)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._shingles)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, text: str | Sketch) -> tuple[int, list[tuple[int, float]]] | None:
        """Take a text in: its number, and the earlier ones that are near, with their similarity; None if too short."""
        sketch = Sketch.of(text) if isinstance(text, str) else text
        if not sketch.hashes:
            return None
        own, number = shingles(sketch.text), self._count
        candidates = dict.fromkeys(self._bands.meet(sketch.hashes, number))
        near = [(other, jaccard(own, self._remembered(other))) for other in candidates]
        self._scratch.run("INSERT INTO texts VALUES (?, ?)", (number, sketch.text))
        self._count += 1
        return number, sorted((found for found in near if found[1] >= self.threshold), key=lambda found: -found[1])

    def _shingles(self, number: int) -> frozenset[str]:
        found = self._scratch.one("SELECT text FROM texts WHERE number = ?", (number,))
        assert found is not None
        return shingles(found[0])


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
    """The numbers of texts by hashes of 64 bits, on disk; of each hash the first ``MOST``."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        scratch.run("CREATE TABLE bands (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID")

    def meet(self, keys: Sequence[int], number: int) -> list[int]:
        """Earlier numbers that have one of the keys, those of the first key first; then ``number`` has them too."""
        own = [signed(key) for key in keys]
        found: dict[int, list[int]] = {key: [] for key in own}
        marks = ", ".join("?" * len(own))
        statement = f"SELECT key, number FROM bands WHERE key IN ({marks}) ORDER BY key, number"
        for key, other in self._scratch.run(statement, own):
            found[key].append(other)
        fresh = [(key, number) for key, others in found.items() if len(others) < MOST]
        self._scratch.run_many("INSERT INTO bands VALUES (?, ?)", fresh)
        return [other for key in own for other in found[key]]
