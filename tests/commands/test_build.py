from __future__ import annotations

import random

import pytest

from math_solver.commands.build import Shuffled
from math_solver.spool import Spool


@pytest.mark.parametrize(("count", "limit"), [(0, None), (1, None), (100, None), (100, 7), (3, 9)])
def test_rows_on_disk_are_shuffled_as_a_list_is(count: int, limit: int | None) -> None:
    listed = [{"n": number} for number in range(count)]
    random.Random(5).shuffle(listed)
    with Spool() as spool:
        for number in range(count):
            spool.append({"n": number})
        rows = Shuffled(spool, 5, limit)
        assert list(rows) == listed[:limit] and len(rows) == len(listed[:limit])
        assert rows[:2] == listed[:limit][:2] and bool(rows) == bool(listed)
