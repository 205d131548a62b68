"""Time the interpreter beside what others use, in one run, on programs that differ from call to call.

    python benchmarks/interpreter.py --rounds 20

A peer whose package is not installed is left out and named (pip install jupyter_client ipykernel smolagents).
Ratios are firmer than milliseconds: other load on the machine moves both.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from math_solver.interpreter import Interpreter, Limits

Run = Callable[[str], object]
SYMPY = "from sympy import *\nx = symbols('x')\n"
_numbers = itertools.count(2)


def programs(kind: str) -> Iterator[str]:
    """Programs of one kind, no two the same."""
    while True:
        n = next(_numbers)
        yield {
            "print": f"print({n})",
            "solve": f"{SYMPY}print(solve(x**2 - {n}*x - {n + 1}, x), solve(x**3 - {n}*x, x))",
            "heavy": (
                f"{SYMPY}print(integrate(x**3*exp(-x)*sin({n}*x), x))\nprint(series(sin({n}*x)/cos(x), x, 0, 9))\n"
                f"print(factor(expand((x + {n})**6 - 1)))\nprint(simplify(sin({n}*x)**2 + cos({n}*x)**2))"
            ),
        }[kind]


def temp_file(code: str) -> object:
    """The way of the original project: a file and a new Python for each program."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(code)
        file.flush()
        return subprocess.run([sys.executable, file.name], capture_output=True, timeout=60, check=True).stdout


class Served:
    """A process of ours that is sent programs and answers with what they printed; nothing confines it."""

    def __init__(self, body: str) -> None:
        sandbox = importlib.util.find_spec("math_solver.interpreter.sandbox")
        assert sandbox is not None and sandbox.origin is not None
        command = [sys.executable, "-c", _PREPARE + body, str(Path(sandbox.origin).parents[1])]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.run("1")

    def run(self, code: str) -> bytes:
        assert self._process.stdin is not None and self._process.stdout is not None
        body = code.encode()
        self._process.stdin.write(len(body).to_bytes(4, "big") + body)
        self._process.stdin.flush()
        size = int.from_bytes(self._process.stdout.read(4), "big")
        return self._process.stdout.read(size)

    def close(self) -> None:
        self._process.communicate()


_PREPARE = """
import gc, io, os, sys
sys.path.insert(0, sys.argv[1])
from sandbox.warmup import exercise, exercise_later
exercise()
for _ in exercise_later(): pass
requests, replies = sys.stdin.buffer, sys.stdout.buffer
def programs():
    while header := requests.read(4):
        yield requests.read(int.from_bytes(header, "big"))
def answer(data):
    replies.write(len(data).to_bytes(4, "big") + data)
    replies.flush()
"""
# The floor: fork a process that has SymPy warm, run, read what it printed, reap.
_WARM_FORK = """
gc.collect(); gc.freeze(); gc.disable()
for code in programs():
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        gc.enable(); os.dup2(into, 1); sys.stdout = open(1, "w", closefd=False)
        try: exec(code, {})
        finally: sys.stdout.flush(); os._exit(0)
    os.close(into)
    data = b"".join(iter(lambda: os.read(out, 65536), b""))
    os.close(out); os.waitpid(pid, 0)
    answer(data)
"""
# What throughput is measured against: a process that lives on.
_WORKER = """
for code in programs():
    kept, sys.stdout = sys.stdout, io.StringIO()
    exec(code, {})
    data, sys.stdout = sys.stdout.getvalue().encode(), kept
    answer(data)
"""


@contextmanager
def jupyter() -> Iterator[Run]:
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield lambda code: client.execute_interactive(code, timeout=60, output_hook=lambda _: None)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@contextmanager
def smolagents() -> Iterator[Run]:
    from smolagents.local_python_executor import LocalPythonExecutor

    executor = LocalPythonExecutor(additional_authorized_imports=["sympy", "sympy.*"])
    executor.send_tools({})
    yield lambda code: executor(code)


PEERS = {"jupyter kernel": ("jupyter_client", jupyter), "smolagents local": ("smolagents", smolagents)}


def medians_ms(runs: dict[str, Run], kind: str, rounds: int) -> dict[str, float]:
    """Median milliseconds of a call for each executor, in turns, so that a busy moment hits them all.

    A pause before each call: nothing is left over from the one before.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    source = programs(kind)
    for _ in range(rounds):
        for name, run in runs.items():
            code = next(source)
            time.sleep(0.03)
            start = time.perf_counter()
            run(code)
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(series) for name, series in times.items()}


def mixed(count: int) -> list[str]:
    kinds = {kind: programs(kind) for kind in ("print", "solve", "heavy")}
    return [next(kinds[kind]) for _, kind in zip(range(count), itertools.cycle(("print", "solve", "solve", "heavy")))]


def throughput(runs: list[Run], count: int) -> float:
    """Mixed programs a second, one thread for each of ``runs``."""
    todo = iter(mixed(count))
    lock = threading.Lock()

    def work(run: Run) -> None:
        while True:
            with lock:
                code = next(todo, None)
            if code is None:
                return
            run(code)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(runs)) as pool:
        list(pool.map(work, runs))
    return count / (time.perf_counter() - start)


def session_overhead_ms(interpreter: Interpreter) -> float:
    """What a call in a live session takes when its program does next to nothing."""
    times = []
    for n in range(300):
        start = time.perf_counter()
        interpreter.run(f"{n}", session="overhead")
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def first_result_s() -> float:
    start = time.perf_counter()
    with Interpreter() as interpreter:
        interpreter.run("1 + 1")
        return time.perf_counter() - start


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="calls of each kind (default %(default)s)")
    parser.add_argument("--programs", type=int, default=120, help="programs of the throughput run")
    return parser.parse_args()


def measure(args: argparse.Namespace, stack: ExitStack) -> dict[str, dict[str, float]]:
    """Milliseconds by executor and kind of program."""
    floor, interpreter = Served(_WARM_FORK), stack.enter_context(Interpreter(Limits(timeout=30.0, session_runs=10**6)))
    stack.callback(floor.close)
    runs: dict[str, Run] = {
        "warm fork (floor)": floor.run,
        "interpreter": interpreter.run,
        "interpreter, session": lambda code: interpreter.run(code, session="bench"),
        "temp file": temp_file,
    }
    gc.collect()
    time.sleep(2.0)  # the interpreter warms up further while it is idle
    kinds = ("print", "solve", "heavy")
    columns = {kind: medians_ms(runs, kind, args.rounds) for kind in kinds}
    table = {name: {kind: column[name] for kind, column in columns.items()} for name in runs}
    for name, (package, peer) in PEERS.items():
        if importlib.util.find_spec(package) is None:
            print(f"left out: {name} (pip install {package})")
            continue
        with peer() as run:
            table[name] = {kind: medians_ms({name: run}, kind, args.rounds)[name] for kind in kinds}
    table["interpreter"]["session"] = session_overhead_ms(interpreter)
    workers = [Served(_WORKER), Served(_WORKER)]
    forks = [floor, Served(_WARM_FORK)]
    table["throughput"] = {
        "interpreter": throughput([interpreter.run] * 2, args.programs),
        "two unisolated workers": throughput([worker.run for worker in workers], args.programs),
        "two warm forks": throughput([fork.run for fork in forks], args.programs),
    }
    for served in [*workers, forks[1]]:
        served.close()
    print(interpreter.report.summary())
    return table


def main() -> None:
    args = parse_args()
    with ExitStack() as stack:
        table = measure(args, stack)
    rates = table.pop("throughput")
    session = table["interpreter"].pop("session")
    floor = table["warm fork (floor)"]
    print(f"\n{'median ms (times the floor)':28}" + "".join(f"{kind:>18}" for kind in floor))
    for name, row in table.items():
        print(f"{name:28}" + "".join(f"{ms:>9.1f} ({ms / floor[kind]:>5.2f})" for kind, ms in row.items()))
    ratio = table["temp file"]["solve"] / table["interpreter"]["solve"]
    print(f"\nSymPy solve, temp file / interpreter: {ratio:.1f}")
    print(f"call in a live session: {session:.2f} ms")
    workers = rates["two unisolated workers"]
    for name, rate in rates.items():
        print(f"mixed programs a second, {name}: {rate:.1f} ({rate / workers:.2f})")
    print(f"first result after start: {first_result_s():.2f} s")


if __name__ == "__main__":
    main()
