"""Time the interpreter beside what others use, in one run, on programs that differ from call to call.

    python benchmarks/interpreter.py --rounds 20 --given outputs.jsonl

``--given`` adds a column for programs of somebody's own: JSON lines with ``code``, a text or a list of which the first
counts, in a fence or not, as ToRA's outputs are. Those that fail or print nothing are left out.
A peer whose package is not installed is left out and named (pip install -e '.[bench]'); of smolagents' executors the
others need a Docker daemon or a service. Ratios are firmer than milliseconds: other load on the machine moves both.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import itertools
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from math_solver.interpreter import Interpreter, Limits

Run = Callable[[str], object]
SYMPY = "from sympy import *\nx = symbols('x')\n"
PRINTS = ("print({n})", "print(sum(i for i in range({n})))", "a = {n}\nprint(f'{{a * 12}} apples')")
SOLVES = (
    "print(solve(x**2 - {n}*x - {m}, x), solve(x**3 - {n}*x, x))",
    "print(solve(Eq(3*x + {n}, 7*x - 2), x), expand((x + {n})**3))",
    "y = symbols('y')\nprint(solve([x + y - {n}, x - 2*y - 3], [x, y]))",
    "print(factor(x**2 - {n}**2), diff(x**3*exp({n}*x), x))",
)
HEAVY = (
    "print(integrate(x**3*exp(-x)*sin({n}*x), x))",
    "print(series(sin({n}*x)/cos(x), x, 0, 9))\nprint(factor(expand((x + {n})**6 - 1)))",
    "print(integrate(1/(x**2 + {n}*x + {m}), x))\nprint(limit((1 + {n}/x)**x, x, oo))",
    "print(simplify((sin(x)**2 + cos(x)**2)*(x + {n})/(x**2 - {n}**2)))\nprint(summation(x**2, (x, 1, {n})))",
    "print(Matrix([[2, {n}, 1], [0, 3, {m}], [1, 0, 1]]).inv())\nprint(apart(1/(x**3 - {n}**2*x), x))",
    "print(integrate(x**2*log({n}*x), (x, 1, 3)))\nprint(series(exp(sin({n}*x)), x, 0, 6))",
)
PLAIN = ("plain", "given")  # kinds that need no SymPy
LIGHT = "two light forks"  # the floor of plain programs: fork a Python that has imported nothing
TURNS = 3  # of the executors for each kind, so that a busy moment hits them all
FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)
SHAPES = {"print": PRINTS, "solve": SOLVES, "heavy": HEAVY}
_numbers = itertools.count(3)


def program(kind: str, turn: int) -> str:
    """A program of one kind that no other call has seen; its shape goes by the turn."""
    shapes, n = SHAPES[kind], next(_numbers)
    return ("" if kind == "print" else SYMPY) + shapes[turn % len(shapes)].format(n=n, m=n + 1)


def temp_file(code: str) -> object:
    """The way of the original project: a file and a new Python for each program."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(code)
        file.flush()
        return subprocess.run([sys.executable, file.name], capture_output=True, timeout=60, check=True).stdout


_PREPARE = """
import gc, io, os, sys
"""
_EXERCISE = """
sys.path.insert(0, sys.argv[1])
from sandbox.warmup import exercise, exercise_later
exercise()
for _ in exercise_later(): pass
"""
_ANSWER = """
requests, replies = sys.stdin.buffer, sys.stdout.buffer
def programs():
    while header := requests.read(4):
        yield requests.read(int.from_bytes(header, "big"))
def answer(data):
    replies.write(len(data).to_bytes(4, "big") + data)
    replies.flush()
"""


class Served:
    """A process of ours that is sent programs and answers with what they printed; nothing confines it."""

    def __init__(self, body: str, prepare: str = _EXERCISE) -> None:
        sandbox = importlib.util.find_spec("math_solver.interpreter.sandbox")
        assert sandbox is not None and sandbox.origin is not None
        command = [sys.executable, "-c", _PREPARE + prepare + _ANSWER + body, str(Path(sandbox.origin).parents[1])]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.run("print(1)")

    def run(self, code: str) -> bytes:
        assert self._process.stdin is not None and self._process.stdout is not None
        body = code.encode()
        self._process.stdin.write(len(body).to_bytes(4, "big") + body)
        self._process.stdin.flush()
        size = int.from_bytes(self._process.stdout.read(4), "big")
        output = self._process.stdout.read(size)
        assert output, f"no output: {code}"
        return output

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        self._process.communicate()


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

    def run(code: str) -> None:
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda _: None)
        assert reply["content"]["status"] == "ok", reply

    try:
        yield run
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


def checked(interpreter: Interpreter, session: str | None = None) -> Run:
    def run(code: str) -> None:
        execution = interpreter.run(code, session=session)
        assert execution.status == "ok", execution

    return run


def medians_ms(runs: dict[str, Run], kind: str, rounds: int) -> dict[str, float]:
    """Median milliseconds of a call for each executor, in turns, so that a busy moment hits them all.

    A pause before each call: nothing is left over from the one before.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            code = program(kind, turn)
            time.sleep(0.03)
            start = time.perf_counter()
            run(code)
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(series) for name, series in times.items()}


def throughput(runs: list[Run], todo: list[str]) -> float:
    """Seconds for all of the programs, one thread for each of ``runs``."""
    waiting = iter(todo)
    lock = threading.Lock()

    def work(run: Run) -> None:
        while True:
            with lock:
                code = next(waiting, None)
            if code is None:
                return
            run(code)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(runs)) as pool:
        list(pool.map(work, runs))
    return time.perf_counter() - start


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
    parser.add_argument("--programs", type=int, default=120, help="of each kind in the throughput run")
    parser.add_argument("--given", type=Path, help="JSON lines with programs for one more column")
    parser.add_argument("--limit", type=int, default=400, help="of the given programs, evenly spaced")
    return parser.parse_args()


def measure(
    args: argparse.Namespace, stack: ExitStack
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, tuple[float, float]]]]:
    """Milliseconds by executor and kind of program, and what ``rates`` gives."""
    floor, interpreter = Served(_WARM_FORK), stack.enter_context(Interpreter(Limits(timeout=60.0, session_runs=10**6)))
    stack.callback(floor.close)
    runs: dict[str, Run] = {
        "warm fork (floor)": floor.run,
        "interpreter": checked(interpreter),
        "interpreter, session": checked(interpreter, "bench"),
        "temp file": temp_file,
    }
    for name, (package, peer) in PEERS.items():
        if importlib.util.find_spec(package) is None:
            print(f"left out: {name} (pip install {package})")
        else:
            runs[name] = stack.enter_context(peer())
    for run in runs.values():
        run(f"{SYMPY}print(solve(x**2 - 2, x))")
    gc.collect()
    time.sleep(5.0)  # the interpreter warms up further while it is idle
    columns = {kind: medians_ms(runs, kind, args.rounds) for kind in ("print", "solve", "heavy")}
    table = {name: {kind: column[name] for kind, column in columns.items()} for name in runs}
    table["interpreter"]["session"] = session_overhead_ms(interpreter)
    todo = made(args.programs)
    if args.given is not None:
        todo["given"] = fitting(interpreter, given(args.given, args.limit))
    speeds = rates(interpreter, floor, todo)
    print(interpreter.report.summary())
    return table, speeds


def spent_ms(pids: list[int]) -> float:
    """Processor time so far: of this process, of children that it has reaped, and of ``pids`` and all below them."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for pid in (found for outermost in pids for found in descendants(outermost)):
        with suppress(OSError):  # it ends meanwhile, and counts for the one above it then
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
    return (time.process_time() + ended.ru_utime + ended.ru_stime + ticks / os.sysconf("SC_CLK_TCK")) * 1000


def descendants(pid: int) -> list[int]:
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *(found for child in children for found in descendants(int(child)))]
    return [pid]


def made(count: int) -> dict[str, list[str]]:
    """Programs of each kind; a mix is mostly of SymPy."""
    kinds = {"plain": ("print",), "sympy": ("solve", "heavy"), "mixed": ("print", "solve", "solve", "heavy")}
    return {
        kind: [program(shapes[place % len(shapes)], place // len(shapes)) for place in range(count)]
        for kind, shapes in kinds.items()
    }


def given(path: Path, limit: int) -> list[str]:
    """The programs of a file, evenly spaced where it holds more than ``limit``."""
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line)["code"] for line in lines if line.strip()]
    texts = [code if isinstance(code, str) else code[0] for code in found if code]
    programs = [fenced[1] if (fenced := FENCE.search(text)) else text for text in texts]
    return programs[:: -(-len(programs) // limit)]


def fitting(interpreter: Interpreter, programs: list[str]) -> list[str]:
    """Those that end well and print something, as every executor here wants them."""
    runs = [(code, interpreter.run(code)) for code in programs]
    fit = [code for code, run in runs if run.status == "ok" and run.output]
    print(f"given programs: {len(fit)}, and {len(programs) - len(fit)} left out that failed or printed nothing")
    return fit


def rates(
    interpreter: Interpreter, floor: Served, todo: dict[str, list[str]]
) -> dict[str, dict[str, tuple[float, float]]]:
    """Programs a second and processor time of one, by executor and kind; two at a time, in turns, the same for all."""
    workers, forks = [Served(_WORKER), Served(_WORKER)], [floor, Served(_WARM_FORK)]
    light = [Served(_WARM_FORK, prepare=""), Served(_WARM_FORK, prepare="")]
    assert interpreter._server is not None and interpreter._server.pid is not None
    runs: dict[str, tuple[list[Run], list[int]]] = {
        "interpreter": ([checked(interpreter)] * 2, [interpreter._server.pid]),
        "two unisolated workers": ([worker.run for worker in workers], [worker.pid for worker in workers]),
        "two warm forks": ([fork.run for fork in forks], [fork.pid for fork in forks]),
        LIGHT: ([fork.run for fork in light], [fork.pid for fork in light]),
        "two temp files": ([temp_file] * 2, []),
    }
    spent = {name: {kind: (0.0, 0.0) for kind in todo if kind in PLAIN or name != LIGHT} for name in runs}
    try:
        for kind, turn in itertools.product(todo, range(TURNS)):
            for name, (executors, pids) in runs.items():
                if kind not in spent[name]:
                    continue
                seconds, ms = measured(executors, todo[kind][turn::TURNS], pids)
                spent[name][kind] = (spent[name][kind][0] + seconds, spent[name][kind][1] + ms)
        return {
            name: {kind: (len(todo[kind]) / seconds, ms / len(todo[kind])) for kind, (seconds, ms) in row.items()}
            for name, row in spent.items()
        }
    finally:
        for served in [*workers, *light, forks[1]]:
            served.close()


def measured(executors: list[Run], todo: list[str], pids: list[int]) -> tuple[float, float]:
    """Seconds, and milliseconds of processor time, for all of the programs."""
    before = spent_ms(pids)
    seconds = throughput(executors, todo)
    return seconds, spent_ms(pids) - before


def _cell(figures: tuple[float, float] | None) -> str:
    return f"{figures[0]:>12.0f} {figures[1]:>7.2f}" if figures else " " * 20


def show_rates(speeds: dict[str, dict[str, tuple[float, float]]]) -> None:
    kinds = next(iter(speeds.values()))
    print(f"\n{'programs/s, processor ms of one':32}" + "".join(f"{kind:>20}" for kind in kinds))
    for name, row in speeds.items():
        print(f"{name:32}" + "".join(_cell(row.get(kind)) for kind in kinds))
    ours, workers, files = (speeds[name] for name in ("interpreter", "two unisolated workers", "two temp files"))
    for kind in ours.keys() & {"plain", "given"}:
        print(f"{kind}, interpreter / temp file: {ours[kind][0] / files[kind][0]:.1f} (goal: at least 5)")
    print(f"mixed, interpreter / workers: {ours['mixed'][0] / workers['mixed'][0]:.2f} (goal: at least 0.8)")


def main() -> None:
    args = parse_args()
    with ExitStack() as stack:
        table, speeds = measure(args, stack)
    session = table["interpreter"].pop("session")
    floor = table["warm fork (floor)"]
    print(f"\n{'median ms (times the floor)':28}" + "".join(f"{kind:>18}" for kind in floor))
    for name, row in table.items():
        print(f"{name:28}" + "".join(f"{ms:>9.1f} ({ms / floor[kind]:>5.2f})" for kind, ms in row.items()))
    ratio = table["temp file"]["solve"] / table["interpreter"]["solve"]
    print(f"\nSymPy solve, temp file / interpreter: {ratio:.1f} (goal: at least 15)")
    print(f"call in a live session: {session:.2f} ms (goal: at most 0.3)")
    show_rates(speeds)
    print(f"first result after start: {first_result_s():.2f} s (goal: at most 1.5)")


if __name__ == "__main__":
    main()
