"""How many rows of each combination of values stay, so that each key's values come up in the shares asked for.

With several keys a row counts for one value of each, so that what one key takes changes the counts of the others: a
linear program finds shares of the combinations for which all ratios hold at once, with the most rows, thinning many
combinations a little before one a lot, and another one whole rows near these. Raking
(iterative proportional fitting, Deming and Stephan 1940) would keep how keys go together, and lose most rows: where
two independent keys are 90 to 10 each, equal shares leave it 4 rows of 100, and this 20.

Promised: each value that is there keeps a row, and none is taken where all ratios hold. Where all combinations of
values are there, all ratios hold in the end. Else that may be impossible (each subject in a language of its own); then
all ratios are loosened by one factor, the least that is found, to within ``CLOSE``. Not promised: that no other choice
would leave more rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["balanced"]

CLOSE = 0.01  # relative, of the factor by which ratios are loosened
LAYERS = 8  # into which a combination is cut; each is worth a little less than the one below it
NEAR = 3  # rows from a share within which the whole number is looked for
NODES = 200  # of the search for whole numbers; a bound on time that is the same everywhere
FEW = 20  # rows of a combination from which single ones are taken where there are no whole numbers near the shares
Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


def balanced(cells: Mapping[tuple[str, ...], int], ratios: Sequence[float]) -> dict[tuple[str, ...], int]:
    """How many rows of each combination stay.

    Args:
        cells: how many there are, at least one; a combination holds one value of each key.
        ratios: of each key, at least 1.
    """
    if not cells:
        return {}
    names = sorted(cells)
    values = [np.unique([name[key] for name in names], return_inverse=True)[1] for key in range(len(ratios))]
    table = _Table(np.array([cells[name] for name in names], dtype=np.int64), [v.astype(np.int64) for v in values])
    kept = table.fitted(ratios)
    if kept is None:
        kept = _loosened(table, ratios)
    return dict(zip(names, kept.tolist(), strict=True))


def _loosened(table: _Table, ratios: Sequence[float]) -> Counts:
    """What stays under ratios that are a little looser; those of all rows are loose enough."""
    low, high, kept = 1.0, table.widest() / min(ratios), table.cells
    while high > low * (1 + CLOSE):
        factor = math.sqrt(low * high)
        found = table.fitted([factor * ratio for ratio in ratios])
        if found is None:
            low = factor
        else:
            kept, high = found, factor
    return kept


class _Table:
    """Combinations: how many rows each has, and, of each key, the number of its value."""

    def __init__(self, cells: Counts, values: Sequence[Counts]) -> None:
        self.cells, self._values = cells, values

    def widest(self) -> float:
        """How many times the rarest value of a key the most frequent one is, of the most uneven key."""
        return max(float(counts.max() / counts.min()) for counts in self._totals(self.cells))

    def fitted(self, ratios: Sequence[float]) -> Counts | None:
        """The cells once every ratio holds; None where no way to that is found."""
        if len(ratios) == 1:
            return np.minimum(self.cells, math.floor(ratios[0] * int(self.cells.min())))
        if self._holds(self.cells, ratios):
            return self.cells
        shares = self._shares(ratios)
        if shares is None:
            return None
        found = self._rounded(shares, ratios)
        return self._cut(np.minimum(self.cells, FEW), ratios) if found is None else found

    def _totals(self, cells: Counts) -> list[Counts]:
        """Of each key, how often each value comes."""
        return [np.bincount(values, cells).astype(np.int64) for values in self._values]

    def _holds(self, cells: Counts, ratios: Sequence[float]) -> bool:
        """Whether every ratio does, and each value has a row."""
        totals = self._totals(cells)
        return all(c.max() <= ratio * c.min() and c.min() > 0 for ratio, c in zip(ratios, totals, strict=True))

    def _shares(self, ratios: Sequence[float]) -> Shares | None:
        """Parts of rows for which every ratio holds and each value keeps a row; None where there are none.

        The program's unknowns are the layers of the cells and, of each key, how often its rarest value comes.
        """
        from scipy.optimize import linprog

        cells = len(self.cells)
        worth = np.repeat(2 - np.arange(LAYERS) / LAYERS, cells)
        bounds = [(0, most) for most in np.tile(self.cells / LAYERS, LAYERS)] + [(1, None)] * len(ratios)
        matrix = self._matrix(ratios, LAYERS)
        goal = np.concatenate([-worth, np.zeros(len(ratios))])
        found = linprog(goal, matrix, np.zeros(matrix.shape[0]), bounds=bounds)
        return found.x[: LAYERS * cells].reshape(LAYERS, cells).sum(axis=0) if found.success else None

    def _rounded(self, shares: Shares, ratios: Sequence[float]) -> Counts | None:
        """Whole rows near the shares, of which every ratio holds exactly."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        least = np.clip(np.floor(shares).astype(np.int64) - NEAR, 0, None)
        room = np.minimum(self.cells - least, 2 * NEAR)
        matrix = self._matrix(ratios, 1)
        cells, keys = len(self.cells), len(ratios)
        found = milp(
            np.concatenate([-np.ones(cells), np.zeros(keys)]),
            constraints=LinearConstraint(matrix, ub=-matrix @ np.concatenate([least, np.zeros(keys)])),
            bounds=Bounds(np.repeat([0.0, 1.0], [cells, keys]), np.concatenate([room, np.full(keys, np.inf)])),
            integrality=np.repeat([1, 0], [cells, keys]),
            options={"node_limit": NODES, "mip_rel_gap": CLOSE},
        )
        if found.x is None:
            return None
        kept = least + np.rint(found.x[:cells]).astype(np.int64)
        return kept if self._holds(kept, ratios) else None

    def _matrix(self, ratios: Sequence[float], layers: int) -> Any:
        """Of each value two rows that must not be above 0: at most ``ratio`` times the rarest, at least the rarest.

        Columns are the cells, as often as there are layers, then the rarest of each key.
        """
        from scipy.sparse import coo_array

        numbers, rows, columns, row = [], [], [], 0
        places = np.arange(layers * len(self.cells))
        for key, (values, ratio) in enumerate(zip(self._values, ratios, strict=True)):
            of_key = np.arange(int(values.max()) + 1)
            for sign, factor in ((1.0, ratio), (-1.0, 1.0)):
                numbers += [np.full(len(places), sign), np.full(len(of_key), -sign * factor)]
                rows += [row + np.tile(values, layers), row + of_key]
                columns += [places, np.full(len(of_key), len(places) + key)]
                row += len(of_key)
        where = np.concatenate(rows), np.concatenate(columns)
        return coo_array((np.concatenate(numbers), where), (row, len(places) + len(ratios))).tocsr()

    def _cut(self, cells: Counts, ratios: Sequence[float]) -> Counts | None:
        """The cells once every ratio holds, by taking rows one by one; None where a value would be lost first."""
        cells = cells.copy()
        while True:
            totals = self._totals(cells)
            if any(counts.min() < 1 for counts in totals):
                return None
            most = [math.floor(ratio * int(counts.min())) for ratio, counts in zip(ratios, totals, strict=True)]
            over = [(counts - allowed) / allowed for counts, allowed in zip(totals, most, strict=True)]
            if all(excess.max() <= 0 for excess in over):
                return cells
            best = self._best(cells, totals, over)
            if best is None:
                return None
            cells[best] -= 1

    def _best(self, cells: Counts, totals: Sequence[Counts], over: Sequence[Shares]) -> int | None:
        """The combination to take a row of: of values that there are relatively the most of, and the least too few.

        The last row of a combination goes only where no other could.
        """
        score, useful, free = np.zeros(len(cells)), np.zeros(len(cells), dtype=bool), cells > 0
        for values, counts, excess in zip(self._values, totals, over, strict=True):
            lost = np.where(counts == counts.min(), -max(0.0, float(excess.max())), 0.0)
            score += np.where(excess > 0, excess, lost)[values]
            useful |= (excess > 0)[values]
            free &= (counts > 1)[values]
        useful &= free
        if not useful.any():
            return None
        if (several := useful & (cells > 1)).any():
            useful = several
        top = useful & (score >= score[useful].max() - 1e-12)
        return int(np.argmax(np.where(top, cells, -1)))
