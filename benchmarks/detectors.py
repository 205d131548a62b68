"""What the detectors of curation find of flaws and copies planted in real rows, and what they say of untouched ones.

    python benchmarks/detectors.py --half 1 --rows 60 --questions 3000

The ways of planting are those of tests/dataset/curation/planted.py, none of them the wording that a detector was
written for. Detectors were tuned on ``--half 0`` of the rows; ``--half 1`` tells. *Elsewhere* are rows with another
flaw, *untouched* are the real rows as they are: what a detector says of those is printed (``--show``) to be read by
eye, since a real row may have the flaw. Nothing runs: stored outputs are believed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.dataset.curation.planted import COPIES, DATA, DETECTORS, FLAWS, measure_copies, measure_flaws, solutions

from math_solver.dataset.curation.quality import Bounds


def main() -> None:
    options = parse_args()
    if not DATA.is_dir():
        print(f"{DATA}: no real rows there; nothing was measured")
        return
    flaws(options.half, options.rows)
    untouched(options.show, options.only)
    copies(options.half, options.questions)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=[0, 1], default=1, help="of the rows that flaws are planted in")
    parser.add_argument("--rows", type=int, default=60, help="that each flaw is planted in, in each way")
    parser.add_argument("--questions", type=int, default=3000, help="that are copied in each way")
    parser.add_argument("--show", type=int, default=0, help="untouched rows that each detector names, to be read")
    parser.add_argument("--only", choices=list(DETECTORS), help="detector whose rows are shown")
    return parser.parse_args()


def flaws(half: int, rows: int) -> None:
    print(f"{'detector':20} {'planted':>8} {'found':>7} {'recall':>7} {'elsewhere':>10} {'precision':>10}  missed")
    for name, measured in measure_flaws(half, rows).items():
        missed = ", ".join(f"{way} {count}" for way, count in measured.missed.most_common() if count)
        print(
            f"{name:20} {measured.planted:8} {measured.found:7} {measured.recall:7.1%} {measured.elsewhere:10} "
            f"{measured.precision:10.1%}  {missed}",
            flush=True,
        )


def untouched(show: int, only: str | None) -> None:
    rows = solutions()
    print(f"\n{'detector':20} {'untouched rows':>15} {'named':>7}")
    for name in FLAWS:
        named = [(row, said) for row in rows if (said := DETECTORS[name](row, Bounds())) is not None]
        print(f"{name:20} {len(rows):15} {len(named):7}", flush=True)
        for row, said in named[:show] if only in (None, name) else ():
            first = row.steps[0]
            print(f"  {row.id}: {said}\n    asked {row.problem.question[:150]!r}\n    said {first.thought[-200:]!r}")
            print(f"    ran {row.steps[-1].code[-200:]!r}\n    printed {row.steps[-1].execution.observation[-100:]!r}")
            print(f"    concluded {row.conclusion[-150:]!r}")


def copies(half: int, questions: int) -> None:
    print(f"\n{'copied':20} {'planted':>8} {'found':>7} {'share':>7}")
    for name, measured in measure_copies(half, questions).items():
        what = "" if COPIES[name].expected else "  another question: none should be"
        print(f"{name:20} {measured.planted:8} {measured.found:7} {measured.recall:7.1%}{what}", flush=True)


if __name__ == "__main__":
    main()
