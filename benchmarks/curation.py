"""Rows a second and peak memory of curation, step by step, at two sizes.

    python benchmarks/curation.py --rows 10000 100000 --items 20000
    python benchmarks/curation.py --rows 1000000 --steps duplicates everything --items 2000
    python benchmarks/curation.py --like output/validated.jsonl

Each step at each size runs in a process of its own, so that its peak memory is its own. Rows are generated
trajectories: every question in words of its own, one in ten a rewording of an earlier one; with ``--like`` they are
those of a file, again and again, with other numbers and every second longer word replaced. Seconds are of processor
time, of one core; other load on the machine moves them less than it would the clock's. ``everything`` is what
``scripts/curate.py`` runs, with all quality checks, against as many generated benchmark items as ``--items`` says;
``examining`` is the part of it that any process can do: the rest is the limit of many processors.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict
from pathlib import Path

from math_solver.database import Scratch
from math_solver.dataset.curation.curating import Curation, Examiner, Options
from math_solver.dataset.curation.decontamination import Decontaminator
from math_solver.dataset.curation.duplicates import Questions
from math_solver.dataset.curation.quality import CHECKS, Bounds, first_flaw
from math_solver.dataset.curation.rows import Row, read_rows
from math_solver.records import Execution, Problem, Step, Trajectory, Verdict
from math_solver.spool import Spool

VERBS = "buys sells packs paints plants counts carries finds stores lends".split()
SYLLABLES = "ba ke lo mi nu pa re so ti va zu da fe go hi".split()


def main() -> None:
    options = parse_args()
    print(f"{'step':16} {'rows':>8} {'rows/s':>9} {'peak MB':>8} {'above start':>12}")
    for step in options.steps:
        for rows in options.rows:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, peak, start = pool.apply(measure, (step, rows, options.items, options.like))
            print(f"{step:16} {rows:8} {rows / seconds:9.0f} {peak:8.0f} {peak - start:12.0f}", flush=True)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--like", type=Path, help="trajectories (JSONL) that rows are made of")
    parser.add_argument("--items", type=int, default=20_000, help="benchmark items to decontaminate against")
    return parser.parse_args()


def measure(step: str, rows: int, items: int, like: Path | None) -> tuple[float, float, float]:
    """Seconds of processor for the rows, generating them not counted, and peak and first resident memory in MB."""
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    run = STEPS[step](items)
    next(run)
    seconds = 0.0
    for row in generated(rows, seed=1) if like is None else redrawn(like, rows):
        begun = time.process_time()
        run.send(row)
        seconds += time.process_time() - begun
    begun = time.process_time()
    run.close()
    seconds += time.process_time() - begun
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, start


def quality(items: int) -> Generator[None, Row, None]:
    while True:
        row = yield
        assert row.trajectory is not None
        first_flaw(row.trajectory, list(CHECKS), Bounds())


def decontamination(items: int) -> Generator[None, Row, None]:
    index = Decontaminator(row.problem for row in generated(items, seed=2))
    while True:
        row = yield
        index.match(row.problem.question, row.answer)


def duplicates(items: int) -> Generator[None, Row, None]:
    with Scratch() as scratch:
        questions, number = Questions(scratch, 0.7), 0
        while True:
            row = yield
            questions.repeated(row, questions.place(row), number)
            number += 1


def everything(items: int) -> Generator[None, Row, None]:
    index = Decontaminator(row.problem for row in generated(items, seed=2))
    with Spool() as rows, Scratch() as scratch:
        curation = Curation(Options(solutions=4, validation=0.05), rows, scratch, lambda victim: None, index)
        try:
            while True:
                curation.take((yield))
        finally:
            training, _ = curation.finish()
            for _ in curation.rows(training):
                pass


def examining(items: int) -> Generator[None, Row, None]:
    examine = Examiner(Options(), Decontaminator(row.problem for row in generated(items, seed=2)))
    while True:
        examine((yield))


STEPS: dict[str, Callable[[int], Generator[None, Row, None]]] = {
    "quality": quality, "duplicates": duplicates, "decontamination": decontamination,
    "examining": examining, "everything": everything,
}  # fmt: skip


def generated(count: int, seed: int) -> Iterator[Row]:
    """Word problems in invented words, each with a program; every tenth says an earlier one in other words."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 10 != 9:
            nouns = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(24)]
            values = [chance.randint(2, 999) for _ in range(3)]
        else:
            nouns[chance.randrange(24)] = "changed"
        yield Row(*solution(number, nouns, values, chance.choice(VERBS)))


def redrawn(path: Path, count: int) -> Iterator[Row]:
    """Real rows in other words and with other numbers."""
    chance, real = random.Random(1), list(read_rows(path))
    for number in range(count):
        row = chance.choice(real)
        question = re.sub(r"\d+", lambda found: str(chance.randint(2, 999)), row.problem.question)
        question = re.sub(r"[A-Za-z]{5,}", lambda found: _other(found.group(), chance), question)
        raw = {
            **row.raw,
            "id": f"{number}",
            "problem": {**row.raw["problem"], "id": f"p{number}", "question": question},
        }
        yield Row(raw, Trajectory.from_dict(raw))


def _other(word: str, chance: random.Random) -> str:
    return word if chance.random() < 0.5 else "".join(chance.choices(SYLLABLES, k=3))


def solution(number: int, nouns: list[str], values: list[int], verb: str) -> tuple[dict[str, object], Trajectory]:
    a, b, c = values
    question = (
        f"{nouns[0].title()} {verb} {a} {nouns[1]} with {b} {nouns[2]} each, {' '.join(nouns[3:20])}, "
        f"and then {c} {nouns[20]} more. How many {nouns[21]} are in the {nouns[22]} of the {nouns[23]}?"
    )
    answer = str(a * b + c)
    problem = Problem(f"g:{number}", "generated", question, answer)
    step = Step("I multiply, then I add.", f"total = {a} * {b}\nprint(total + {c})", Execution("ok", f"{answer}\n"))
    record = Trajectory(
        f"t:{number}", problem, (step,), f"So there are \\boxed{{{answer}}}.", answer, Verdict("correct", "equal")
    )
    return asdict(record), record


if __name__ == "__main__":
    main()
