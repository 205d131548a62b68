"""A command ends with whoever started it, and all that it started with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from math_solver.commands.guard import guarded, wait_for_ended
from math_solver.records import RecordError

# Starts a command under a guard, which starts another process, and says who they are.
STARTER = """
import subprocess, sys
from pathlib import Path
from math_solver.commands.guard import guarded
subprocess.run([*guarded(Path(sys.argv[1])), sys.executable, "-c", sys.argv[2]])
"""
COMMAND = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["SIGKILL", "SIGTERM"])
def test_the_command_and_its_children_end_with_the_starter(number: signal.Signals, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(lock), COMMAND], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout
        left = [psutil.Process(int(word)) for word in starter.stdout.readline().split()]
        with pytest.raises(RecordError, match="does not end"):
            wait_for_ended(lock, 0.2)
        starter.send_signal(number)
    wait_for_ended(lock)
    assert not psutil.wait_procs(left, timeout=10)[1]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("import sys; sys.exit(3)", 3), ("pass", 0), ("import os; os.kill(os.getpid(), 9)", 137)],
)
def test_its_exit_code_is_the_commands(code: str, expected: int, tmp_path: Path) -> None:
    command = [*guarded(tmp_path / "lock"), sys.executable, "-c", code]
    assert subprocess.run(command, timeout=60, check=False).returncode == expected


def test_a_guard_whose_starter_is_gone_starts_nothing(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    words = [*guarded(tmp_path / "lock")[:-1], str(gone.pid)]
    mark = tmp_path / "ran"
    result = subprocess.run([*words, "touch", str(mark)], timeout=60, check=False)
    assert result.returncode == 143 and not mark.exists()


def test_a_command_that_does_not_listen_is_ended_with_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    code = "import sys; from math_solver.commands import guard; guard.GRACE = 0.2; sys.exit(guard.main(*{}))"
    words = [str(tmp_path / "lock"), str(os.getpid()), sys.executable, "-c", deaf]
    with subprocess.Popen([sys.executable, "-c", code.format(words)], stdout=subprocess.PIPE, text=True) as guard:
        assert guard.stdout and guard.stdout.readline() == "deaf\n"
        started = time.monotonic()
        guard.terminate()
        assert guard.wait(60) == 143 and time.monotonic() - started < 30


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT], ids=["SIGHUP", "SIGINT"])
def test_what_its_starter_ignores_does_not_end_the_command(number: signal.Signals, tmp_path: Path) -> None:
    """As under nohup, whose terminal is closed, or in the background of a shell, at Ctrl-C: the starter goes on."""
    code = f"import signal, sys; signal.signal({number:d}, signal.SIG_IGN); exec(sys.argv.pop(1))"
    command = "print('there', flush=True); input()"
    words = [sys.executable, "-c", code, STARTER, str(tmp_path / "lock"), command]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as starter:
        assert starter.stdout and starter.stdout.readline() == "there\n"
        os.killpg(starter.pid, number)
        with pytest.raises(RecordError, match="does not end"):
            wait_for_ended(tmp_path / "lock", 1.0)
        starter.communicate("\n")
    wait_for_ended(tmp_path / "lock")


# A guard to which signals come at a moment that is hard to hit: all at once, when they are let through.
SIGNALLED = """
import os, signal, subprocess, sys
from math_solver.commands import guard

def come(*numbers):
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    for number in numbers:
        os.kill(os.getpid(), number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)

class Popen(subprocess.Popen):
    waits = 0

    def __init__(self, *args, **how):
        super().__init__(*args, **how)
        print(self.pid, flush=True)
        if sys.argv[1] == "starting":
            come(signal.SIGTERM)

    def wait(self, timeout=None):
        Popen.waits += 1
        if Popen.waits == 1 and sys.argv[1] == "waiting":
            come(signal.SIGTERM, signal.SIGINT)
        elif Popen.waits == 2 and sys.argv[1] == "ending":
            come(signal.SIGTERM, signal.SIGHUP)
        return super().wait(timeout)

subprocess.Popen = Popen
sys.exit(guard.main(sys.argv[2], str(os.getppid()), sys.executable, "-c", "import time; time.sleep(60)"))
"""


@pytest.mark.parametrize(
    "moment",
    [
        "starting",  # the command runs, and nobody knows its number yet
        "waiting",  # two signals are there at once
        "ending",  # two more come when it was looked at before
    ],
)
def test_no_moment_of_a_signal_leaves_the_command_behind(moment: str, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    words = [sys.executable, "-c", SIGNALLED, moment, str(lock)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, timeout=50, check=False)
    assert done.returncode == 143 and not psutil.pid_exists(int(done.stdout))
    wait_for_ended(lock)
