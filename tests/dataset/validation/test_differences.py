from __future__ import annotations

import pytest

from math_solver.dataset.validation.differences import compare, first_difference
from math_solver.records import Execution


def ok(text: str) -> Execution:
    return Execution("ok", text)


def error(text: str) -> Execution:
    return Execution("error", error=text)


TRACEBACK = "Traceback (most recent call last):\n  {}\nZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("stored", "real", "difference"),
    [
        (ok("8"), ok("8\n"), None),  # the model sees the same
        (ok("7\nx"), Execution("ok", "7\n", value="x"), None),  # a value on its own line
        (Execution("not_run"), ok("8"), None),  # nothing was claimed
        (ok("ValueError"), error("ValueError"), None),  # the same text
        (ok("8"), ok("9"), "differs"),
        (ok("8"), ok("8 "), "differs"),
        (ok("7\r\n8\r\n"), ok("7\n8\n"), "line_endings"),
        (ok("8"), error("NameError: x"), "error_instead_of_ok"),
        (error("NameError: x"), ok("8"), "ok_instead_of_error"),
        (ok("8"), Execution("timeout", error="TimeoutError"), "timeout"),
        (error("x"), Execution("timeout", error="TimeoutError"), "timeout"),
        (ok("0.3"), ok("0.30000000000000004"), "float_digits"),
        (ok("x = 1e-3, 2.50"), ok("x = 0.001, 2.5"), "float_digits"),
        (ok("0.3"), ok("0.31"), "differs"),  # more than a last digit
        (ok("30000000"), ok("30000001"), "differs"),  # integers have no last digits
        (ok("0.3 1"), ok("0.30000000000000004 2"), "differs"),
        (ok("9" * 500 + ".0"), ok("9" * 501 + ".0"), "differs"),  # beyond a float
        (ok("<f at 0x7f00aabbccdd>"), ok("<f at 0x...>"), "address_or_path"),
        (ok("/home/a/b.py: 7"), ok("/tmp/c.py: 7"), "address_or_path"),
        (ok("1/2"), ok("1/3"), "differs"),  # a fraction is no path
        (error(TRACEBACK.format('File "<ipython-input-3>"')), error(TRACEBACK.format("cell 1, in f")), "traceback"),
        (error("NameError: x"), error("NameError: y"), "differs"),
    ],
)
def test_compare(stored: Execution, real: Execution, difference: str | None) -> None:
    assert compare(stored, real) == difference


def test_the_first_difference_counts() -> None:
    assert first_difference([ok("1"), ok("0.3"), ok("2")], [ok("1"), ok("0.300000001"), ok("3")]) == "float_digits"
    assert first_difference([], []) is None
