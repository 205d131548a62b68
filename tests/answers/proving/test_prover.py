"""The SymPy processes: replaced when dead, limited in memory, gone at exit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from math_solver.answers.proving.prover import _PROGRAM, ProverPool
from math_solver.answers.values.tree import Num, Op, Sym

X = Sym("x")
DOUBLE_SINE = Op("sin", (Op("mul", (Num(Fraction(2)), X)),))
PRODUCT = Op("mul", (Num(Fraction(2)), Op("sin", (X,)), Op("cos", (X,))))
NINE = Num(Fraction(9))
TOWER = Op("pow", (NINE, Op("pow", (NINE, Op("pow", (NINE, NINE))))))
WIDE = Op("pow", (Num(Fraction(10)), Num(Fraction(10**11))))


@pytest.fixture(scope="module")
def provers() -> Iterator[ProverPool]:
    pool = ProverPool(most=1)
    yield pool
    pool.close()


def process_id(pool: ProverPool) -> int:
    return pool._idle[0]._popen.pid


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def test_it_proves(provers: ProverPool) -> None:
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 20)[0] is True
    assert provers.prove_equal(DOUBLE_SINE, X, 20)[0] is None  # letters: no proof is no disproof
    assert provers.compare_latex(r"\int_0^1 x\,dx", r"\frac{1}{2}", 20)[0] is True
    assert provers.compare_latex(r"\int_0^1 x\,dx", r"\frac{1}{3}", 20)[0] is False


@pytest.mark.parametrize("expression", [TOWER, WIDE])
def test_a_request_that_does_not_end_is_killed_and_the_process_stays(provers: ProverPool, expression: Op) -> None:
    provers.prove_equal(X, X, 20)
    before = process_id(provers)
    start = time.monotonic()
    assert provers.prove_equal(expression, X, 0.5)[0] is None
    assert time.monotonic() - start < 30  # it ends
    assert process_id(provers) == before
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 20)[0] is True


def test_a_dead_process_is_replaced(provers: ProverPool) -> None:
    provers.prove_equal(X, X, 20)
    before = process_id(provers)
    os.kill(before, signal.SIGKILL)
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 20)[0] is True
    assert process_id(provers) != before


def test_a_stopped_process_is_killed_and_replaced(provers: ProverPool) -> None:
    provers.prove_equal(X, X, 20)
    before = process_id(provers)
    os.kill(before, signal.SIGSTOP)
    start = time.monotonic()
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 0.5)[0] is None
    assert time.monotonic() - start < 30  # it ends
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 20)[0] is True
    assert not is_running(before)


def test_waiting_for_a_process_counts() -> None:
    pool = ProverPool(most=1)
    with ThreadPoolExecutor(1) as thread:
        busy = thread.submit(pool.prove_equal, TOWER, X, 3)
        while pool._most.acquire(blocking=False):
            pool._most.release()
            time.sleep(0.01)
        assert pool.prove_equal(X, X, 0.2) == (None, "no process was free within the time")
        assert busy.result()[0] is None
    pool.close()


def test_an_interrupted_request_takes_its_process_along(provers: ProverPool, monkeypatch: pytest.MonkeyPatch) -> None:
    provers.prove_equal(X, X, 20)
    before = process_id(provers)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("math_solver.answers.proving.prover._ProverProcess._line", interrupted)
        with pytest.raises(KeyboardInterrupt):
            provers.prove_equal(TOWER, X, 20)
    assert not is_running(before)
    assert provers.prove_equal(DOUBLE_SINE, PRODUCT, 20)[0] is True


def test_no_time_and_too_much_text_are_answered_at_once(provers: ProverPool) -> None:
    assert provers.prove_equal(X, X, 0.0) == (None, "no time left")
    assert provers.compare_latex("x" * 100_000, "x", 5) == (None, "too large for SymPy")


@pytest.mark.parametrize("ending", ["pass", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_no_process_is_left_behind(ending: str) -> None:
    program = (
        "from math_solver.answers import verify_answer\n"
        "from math_solver.answers.proving.prover import shared_provers\n"
        "assert verify_answer('\\\\sin 2x', '2\\\\sin x\\\\cos x', deadline=30).correct\n"
        "print(shared_provers()._idle[0]._popen.pid, flush=True)\n" + ending
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    pid = int(done.stdout)
    until = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(pid)


def test_no_bytecode_is_written(tmp_path: Path) -> None:
    """Cut at the limit of a file, a module of SymPy would be broken for every program of the environment."""
    copy = tmp_path / "sympy_process.py"
    copy.write_bytes(_PROGRAM.read_bytes())
    (tmp_path / "large.py").write_text("x = 1\n" + "def f(): return 'text'\n" * 4000)
    script = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import sympy_process
sympy_process._restrict(9)
import large
open({str(tmp_path / "written")!r}, "w").close()
try:
    with open({str(tmp_path / "written")!r}, "w") as file:
        file.write("x")
except OSError:
    print("refused")
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert "refused" in ended.stdout, ended.stderr
    assert not list(tmp_path.glob("__pycache__/large*"))  # nothing, rather than a part
    pool = ProverPool()
    try:
        assert pool.prove_equal(X, X, 9)[0]
        commands = [Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in children()]
        assert all(b"-B" in command for command in commands if str(_PROGRAM).encode() in command)
        assert any(str(_PROGRAM).encode() in command for command in commands)
    finally:
        pool.close()


def children() -> list[int]:
    """The processes that this one started."""
    own = str(os.getpid())
    pids = [path.name for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [int(pid) for pid in pids if _parent(pid) == own]


def _parent(pid: str) -> str | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return None


def test_a_failure_to_start_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="did not start"):
        ProverPool().prove_equal(X, X, 1)


def test_a_name_that_sympy_lacks_is_found_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.answers.proving.prover._SYMPY_NAMES", b'{"sin": "sinus"}\n')
    with pytest.raises(RuntimeError, match="did not start"):
        ProverPool().prove_equal(X, X, 1)
