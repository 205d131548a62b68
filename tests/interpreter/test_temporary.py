"""Folders that killed starts left behind: removed by the next one, and nothing else is."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from math_solver.interpreter import Interpreter
from math_solver.interpreter.temporary import remove_stale, temporary_folder

HOST = (
    "from math_solver.interpreter import Interpreter\nwith Interpreter() as i: print(i.run('1').value, flush=True)\n"
)
NAME = "math_solver-interpreter-"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_there_as_long_as_it_is_used(place: Path) -> None:
    with temporary_folder() as (path, _):
        Path(path, "a/b").mkdir(parents=True)
        Path(path, "a/b/c").write_text("x")
        remove_stale()
        assert Path(path, "a/b/c").exists()
        assert Path(path).stat().st_mode & 0o777 == 0o711
    assert list(place.iterdir()) == []


def test_only_what_nobody_uses_is_removed(place: Path) -> None:
    outside = place / "outside"
    outside.mkdir()
    (outside / "file").write_text("x")
    used, stale, link, other = (place / f"{NAME}{name}" for name in ("used", "stale", "link", "other user"))
    for folder in (used, stale, other, place / "math_solver-of an earlier version"):
        folder.mkdir()
        (folder / "to outside").symlink_to(outside)
    link.symlink_to(outside)
    (place / f"{NAME}file").write_text("no folder")
    if os.geteuid() == 0:
        os.chown(other, 12345, 12345)
    else:
        other.rename(place / "other")
    lock = os.open(used, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    before = {path.name for path in place.iterdir()}
    remove_stale()
    assert before - {path.name for path in place.iterdir()} == {stale.name}
    assert (outside / "file").read_text() == "x"
    os.close(lock)
    remove_stale()
    assert not used.exists()


def test_an_interpreter_removes_them_where_nobody_waits_for_it(place: Path) -> None:
    (place / f"{NAME}stale").mkdir()
    interpreter = Interpreter()
    interpreter.close()
    interpreter._expire()  # what its idle thread does
    assert list(place.iterdir()) == []


def kill_when(place: Path, ready: Callable[[psutil.Process], bool]) -> None:
    """Start an interpreter in a process of its own; kill that and all that it has started at some moment."""
    environment = {**os.environ, "TMPDIR": str(place)}
    host = subprocess.Popen([sys.executable, "-c", HOST], stdout=subprocess.DEVNULL, env=environment)
    process = psutil.Process(host.pid)
    until = time.monotonic() + 60
    while not ready(process) and host.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    if host.poll() is not None:
        return  # it was done before that moment
    everyone = [process, *process.children(recursive=True)]
    for one in everyone:  # the host first, which would start another server
        if one.is_running():
            one.send_signal(signal.SIGKILL)
    host.wait()
    psutil.wait_procs(everyone, timeout=10)


def is_emptied(place: Path) -> bool:
    """Whether starts remove what is left; a server that was forked at that very moment ends by itself before."""
    until = time.monotonic() + 30
    while any(place.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
        remove_stale()
    return not any(place.iterdir())


def test_a_killed_start_leaves_nothing_for_long(place: Path) -> None:
    place.chmod(0o711)
    moments: list[Callable[[psutil.Process], bool]] = [
        lambda _: any(place.iterdir()),  # its folder is there
        lambda host: bool(host.children()),  # its server is there, not in its jail yet
    ]
    for moment in moments:
        kill_when(place, moment)
        assert is_emptied(place)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [number / 10 for number in range(1, 40)])
def test_a_start_killed_at_any_moment_leaves_nothing_for_long(place: Path, seconds: float) -> None:
    place.chmod(0o711)
    began = time.monotonic()
    kill_when(place, lambda _: time.monotonic() - began > seconds)
    assert is_emptied(place)
