"""How a call that a program did not survive is told; no way of dying may raise."""

from __future__ import annotations

import signal

import pytest

from math_solver.interpreter import Limits
from math_solver.interpreter.child import Reply
from math_solver.interpreter.render import render

DIED = Reply("died", False, b"before\n")


@pytest.mark.parametrize("number", range(1, 65))
def test_every_signal_is_told(number: int) -> None:
    names = {int(each): each.name for each in signal.Signals}
    said = f"Killed: the process of the program died of {names.get(number, f'signal {number}')}"
    assert render(DIED, Limits(), 1.0, -number).observation == f"before\n{said}"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, "the process of the program is gone"),  # the server that knew is gone too
        (0, "the program ended its process with exit status 0"),
        (255, "the program ended its process with exit status 255"),
        (-200, "the process of the program died of signal 200"),  # of no system that there is
    ],
)
def test_every_exit_status_is_told(status: int | None, said: str) -> None:
    assert render(DIED, Limits(), 1.0, status).error == f"Killed: {said}"
