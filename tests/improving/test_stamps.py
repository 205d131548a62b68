"""A kill at every moment in which a step's earlier result is put aside, put back or removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from math_solver.improving import stamps
from math_solver.improving.plan import Step
from math_solver.improving.stamps import Stamps
from math_solver.records import RecordError

from .world import Killed


class Mortal:
    """Stands in for what changes files: after so many changes the process is gone, and makes none any more."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = -1  # it lives for ever
        for name in ("_move", "_remove", "write_text"):
            monkeypatch.setattr(stamps, name, self.wrap(getattr(stamps, name)))

    def wrap(self, change: Callable[..., None]) -> Callable[..., None]:
        def changed(*given: Any) -> None:
            if self.left == 0:
                raise Killed
            self.left -= 1
            change(*given)

        return changed


def training(folder: Path, command: str) -> Step:
    adapter = folder / "adapter"
    return Step("train", "", command, (), (adapter / "weights",), spoils=(adapter,))


def asking(folder: Path, command: str) -> Step:
    output, journal = folder / "answers", folder / "answers.journal"
    return Step("ask", "", command, (), (output,), journal=journal, spoils=(output, journal))


def work(step: Step, mortal: Mortal, how: str) -> None:
    """Do what the step's command does, in two halves that say whose they are."""
    half = step.journal or step.spoils[0] / "half"
    if how == "fails":
        raise RecordError("unknown option")
    half.parent.mkdir(exist_ok=True)
    earlier = half.read_text() if half.exists() else step.command
    half.write_text(earlier)
    if how == "half" or mortal.left == 0:
        raise RecordError("ended with code 1")
    step.makes[0].write_text(f"{step.command} of {earlier}")
    half.unlink()


def go(step: Step, folder: Path, mortal: Mortal, how: str = "works") -> bool:
    return Stamps(folder / "steps").once(step, lambda one: work(one, mortal, how))


@pytest.mark.parametrize(
    ("first", "how"), [("works", "fails"), ("works", "half"), ("works", "works"), ("half", "half")]
)
@pytest.mark.parametrize("then", [["new"], ["old", "new"], ["third", "old"]])
@pytest.mark.parametrize("kind", [training, asking])
def test_nothing_half_done_passes_as_done_and_nothing_of_another_command_is_gone_on_with(
    kind: Callable[[Path, str], Step], then: list[str], how: str, first: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mortal, place = Mortal(monkeypatch), tmp_path / "run"
    for changes in range(100):
        with suppress(RecordError):
            go(kind(place, "old"), place, mortal, first)
        mortal.left = changes
        with suppress(Killed, RecordError):
            go(kind(place, "new"), place, mortal, how)
        died, mortal.left = mortal.left == 0, -1
        for command in then:
            step = kind(place, command)
            go(step, place, mortal)
            made = step.makes[0].read_text()
            assert made == f"{command} of {command}", f"killed before change {changes}"
            assert not go(step, place, mortal) and not list(place.rglob(".*")), f"killed before change {changes}"
        shutil.rmtree(place)
        if not died:
            assert changes > 3
            return
    raise AssertionError("it never lived")


@pytest.mark.parametrize("kind", [training, asking])
def test_a_finished_result_outlives_a_kill_before_the_next_one_is_finished(
    kind: Callable[[Path, str], Step], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mortal = Mortal(monkeypatch)
    go(kind(tmp_path, "old"), tmp_path, mortal)
    for changes in range(12):
        mortal.left = changes
        with suppress(Killed, RecordError):
            go(kind(tmp_path, "new"), tmp_path, mortal, "fails")
        mortal.left = -1
        assert not go(kind(tmp_path, "old"), tmp_path, mortal), "done before"
