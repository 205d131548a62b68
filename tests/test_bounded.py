from __future__ import annotations

import re

import pytest

from .bounded import Bounded


def test_a_call_that_hangs_fails_its_test_only() -> None:
    bounded = Bounded(seconds=2)
    with pytest.raises(pytest.fail.Exception, match=r"match took more than 2 s over \('\(a\+\)\+b'"):
        bounded(re.match, "(a+)+b", "a" * 60)
    bounded.seconds = 60
    assert bounded(str.upper, "go on") == "GO ON"
    bounded.close()


def test_what_a_call_raises_is_raised_here(bounded: Bounded) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        bounded(int, "x")
