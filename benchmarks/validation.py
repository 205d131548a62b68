"""Rows a second of validation by kind of program, beside a process a row, and with one worker and two.

    python benchmarks/validation.py --rows 200
    python benchmarks/validation.py --rows 50 --files 10000 1000000

``print`` is arithmetic, ``sympy`` solves an equation, ``heavy`` counts in a loop, ``shared`` is the rows of ``sympy``
once more behind themselves. All are generated, different, and valid. Seconds are those of the clock: programs run in
other processes, so on a busy machine only the ratios of one run mean something. The start of the interpreter is not
counted; that of each process of the peer is, since it has to be paid for each row.

``--files`` are sizes of a file that is read, validated and built into a dataset, each in a process of its own so that
its peak memory is its own. Its rows share two hundred programs, so that what is measured is all but the programs:
seconds are of processor time there, of one core.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from math_solver.commands.build import build_dataset
from math_solver.commands.validate import AHEAD, Work, read, running, validate
from math_solver.dataset.validation.drafts import map_in_order
from math_solver.dataset.validation.executions import Executions
from math_solver.dataset.validation.proof import Circumstances, versions_here
from math_solver.dataset.validation.store import Store
from math_solver.dataset.validation.validating import Validator
from math_solver.interpreter import Limits
from math_solver.records import Execution, Problem, Step, Trajectory, Verdict, write_jsonl

SCRIPTS = Path(__file__).parents[1] / "scripts"


def printing(number: int) -> tuple[str, str]:
    return f"apples = {number}\nprint(apples * 3 + 4)", str(number * 3 + 4)


def solving(number: int) -> tuple[str, str]:
    return f"from sympy import *\nx = symbols('x')\nprint(solve(x**2 - {number**2}, x)[1])", str(number)


def counting(number: int) -> tuple[str, str]:
    return f"print(sum(i % 7 for i in range(2_000_000)) * 0 + {number})", str(number)


KINDS: dict[str, Callable[[int], tuple[str, str]]] = {"print": printing, "sympy": solving, "heavy": counting}


def main() -> None:
    options = parse_args()
    print(f"{'programs':10} {'workers':>7} {'rows':>6} {'rows/s':>8} {'a process a row':>16} {'times':>6}")
    for kind, make in KINDS.items():
        peer = by_processes([trajectory(number, make) for number in range(2, 2 + options.peer_rows)])
        for workers in options.workers:
            rows = [trajectory(number, make) for number in range(2, 2 + options.rows)]
            report(kind, workers, len(rows), validated(rows, workers), peer)
    rows = [trajectory(number, solving) for number in range(2, 2 + options.rows)] * 2
    report("shared", options.workers[0], len(rows), validated(rows, options.workers[0]), None)
    print(
        f"\n{'rows of a file':>14} {'read/s':>8} {'validated/s':>12} {'built/s':>8} {'peak MB':>8} {'above start':>12}"
    )
    for number in options.files:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rates, peak, start = pool.apply(through, (number,))
        print(
            f"{number:14} {rates[0]:8.0f} {rates[1]:12.0f} {rates[2]:8.0f} {peak:8.0f} {peak - start:12.0f}",
            flush=True,
        )


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200, help="of each kind")
    parser.add_argument("--peer-rows", type=int, default=10, help="that a process each runs")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--files", type=int, nargs="+", default=[1_000, 10_000], help="rows of a file")
    return parser.parse_args()


def trajectory(number: int, make: Callable[[int], tuple[str, str]]) -> Trajectory:
    code, answer = make(number)
    problem = Problem(f"p{number}", "generated", f"What is it for {number}?", answer)
    return Trajectory(f"t{number}", problem, (Step("", code, Execution("ok", answer)),), f"\\boxed{{{answer}}}")


def validated(rows: Sequence[Trajectory], workers: int) -> float:
    """Rows a second of what ``scripts/validate.py`` does between reading and writing."""
    circumstances = Circumstances(versions_here(), {})
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "store", {}) as store,
        running(Limits(concurrency=workers)) as run,
    ):
        run(["solve(symbols('x') - 1)"])
        work = Work(Validator(Executions(run, store, circumstances), circumstances))
        items = ((None, row) for row in rows)
        begun = time.perf_counter()
        for row, _ in map_in_order(work, items, workers, AHEAD * workers):
            assert row.status == "valid", row
            store.add(row)
        return len(rows) / (time.perf_counter() - begun)


def through(rows: int) -> tuple[list[float], float, float]:
    """Rows a second of reading, validating and building, and peak and first resident memory in MB."""
    start = resident()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_jsonl(folder / "in.jsonl", (replace(shared(n), id=f"t{n}") for n in range(rows)))
        seconds = [
            timed(lambda: sum(1 for _ in read([folder / "in.jsonl"], None))),
            timed(lambda: run_script("validate.py", validate, folder, "--workers", "1")),
            timed(lambda: run_script("build_dataset.py", build_dataset, folder, "--name", "built")),
        ]
        assert sum(1 for _ in (folder / "built.jsonl").open()) == written == rows
    return [rows / second for second in seconds], resident(), start


def shared(number: int) -> Trajectory:
    return replace(trajectory(2 + number % 200, printing), verdict=Verdict("correct", "equal"))


def run_script(name: str, main: Callable[[argparse.Namespace], None], folder: Path, *options: str) -> None:
    """A script in this process; the validated file is what the dataset is built of."""
    output = {"validate.py": "out.jsonl", "build_dataset.py": "built.jsonl"}[name]
    files = ["--input", str(folder / ("in.jsonl" if name == "validate.py" else "out.jsonl"))]
    files += ["--output", str(folder / output)]
    files += ["--dataset-info", str(folder / "dataset_info.json")] if name == "build_dataset.py" else []
    sys.argv = [name, *files, *options]
    with contextlib.redirect_stdout(io.StringIO()):
        main(runpy.run_path(str(SCRIPTS / name))["parse_args"]())


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_processes(rows: Sequence[Trajectory]) -> float:
    """Rows a second where each program is a process of its own, one after the other, its output compared."""
    begun = time.perf_counter()
    for row in rows:
        command = [sys.executable, "-c", row.steps[0].code]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        assert ran.stdout.rstrip() == row.steps[0].execution.output
    return len(rows) / (time.perf_counter() - begun)


def report(kind: str, workers: int, rows: int, rate: float, peer: float | None) -> None:
    beside = f"{peer:16.1f} {rate / peer:6.1f}" if peer else f"{'':16} {'':6}"
    print(f"{kind:10} {workers:7} {rows:6} {rate:8.1f} {beside}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
