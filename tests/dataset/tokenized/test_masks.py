from __future__ import annotations

import pytest

from math_solver.dataset.tokenized.masks import Loss, trained_turns
from math_solver.records import Step

from ..judged import ADD, FAIL, MULTIPLY, REPAIR, solved


@pytest.mark.parametrize(
    ("steps", "loss", "trained"),
    [
        ([MULTIPLY, ADD], "all", "111"),
        ([FAIL, REPAIR], "all", "111"),
        ([MULTIPLY, ADD], "sound", "111"),
        ([FAIL, REPAIR], "sound", "011"),
        # nothing failed, so nothing is a repair
        ([MULTIPLY, ADD], "repair", "000"),
        ([FAIL, REPAIR], "repair", "011"),
        # what stands before the failure is not trained, a second failure neither
        ([MULTIPLY, FAIL, FAIL, REPAIR, ADD], "repair", "000111"),
        ([FAIL, REPAIR, FAIL, ADD], "repair", "01011"),
        # never mended: the conclusion stands behind a failure
        ([MULTIPLY, FAIL], "repair", "001"),
        ([], "all", "1"),
        ([], "words", "1"),
        ([], "repair", "0"),
    ],
)
def test_trained_turns(steps: list[Step], loss: Loss, trained: str) -> None:
    assert "".join(str(int(turn)) for turn in trained_turns(solved("t", steps, "7"), loss)) == trained
