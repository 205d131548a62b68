from __future__ import annotations

import pytest

from math_solver.dataset.curation.balancing import balanced

Cells = dict[tuple[str, ...], int]


@pytest.mark.parametrize(
    ("cells", "ratios", "kept"),
    [
        ({}, [1], {}),
        ({"a": 90, "b": 10}, [2], {"a": 20, "b": 10}),  # one key: as much as its rarest value allows
        ({"a": 90, "b": 10}, [1.55], {"a": 15, "b": 10}),
        ({"a e": 3, "b e": 3}, [1, 1], {"a e": 3, "b e": 3}),  # a key of one value
        # two keys that are independent: most of the rare ones stay, and raking would keep 4 rows
        ({"a e": 81, "a z": 9, "b e": 9, "b z": 1}, [1, 1], {"a e": 1, "a z": 9, "b e": 9, "b z": 1}),
        ({"a e": 810, "a z": 90, "b e": 90, "b z": 10}, [3, 3], {"a e": 210, "a z": 90, "b e": 90, "b z": 10}),
        # with holes, only without two of the combinations, be they large or of one row
        ({"a e 1": 100, "a e 2": 100, "a z 1": 100, "b z 2": 100}, [1, 1, 1],
         {"a e 1": 100, "a e 2": 0, "a z 1": 0, "b z 2": 100}),
        ({"a e 1": 1, "a e 2": 1, "a z 1": 1, "b z 2": 1}, [1, 1, 1],
         {"a e 1": 1, "a e 2": 0, "a z 1": 0, "b z 2": 1}),
    ],
)  # fmt: skip
def test_what_stays_of_each_combination(cells: dict[str, int], ratios: list[float], kept: dict[str, int]) -> None:
    found = balanced({tuple(name.split()): count for name, count in cells.items()}, ratios)
    assert {" ".join(name): count for name, count in found.items()} == kept


def test_what_cannot_be_done_loosens_all_ratios_alike() -> None:
    """Two subjects in one language and the third alone in the other: 1.42 in both is the least."""
    kept = balanced({("a", "x"): 1000, ("b", "x"): 1000, ("c", "y"): 1000}, [1, 1])
    a, b, c = kept.values()
    assert c == 1000 and c / min(a, b) < 1.43 and (a + b) / c < 1.43


def test_many_combinations_of_many_rows() -> None:
    """Nothing is done row by row: twenty million rows in a thousand combinations."""
    cells: Cells = {
        (f"a{a}", f"b{b}", f"c{c}"): 1 + 200_000 // (1 + a * b * c)
        for a in range(20)
        for b in range(10)
        for c in range(5)
    }
    kept = balanced(cells, [1.5, 2, 1.2])
    assert kept.keys() == cells.keys() and all(0 <= kept[name] <= cells[name] for name in cells)
    for key, ratio in enumerate((1.5, 2, 1.2)):
        totals = {name[key]: 0 for name in cells}
        for name, count in kept.items():
            totals[name[key]] += count
        assert 0 < max(totals.values()) <= ratio * min(totals.values())
