"""The memory formula against published figures: how far it is off, run by run.

python benchmarks/memory.py
"""

from __future__ import annotations

import argparse

from math_solver.recipes.memory import estimate
from math_solver.recipes.published import MEASURED


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    return parser.parse_args()


def main() -> None:
    parse_args()
    print(f"{'GB':>7} {'formula':>8} {'error':>6}  run, on each GPU")
    for run in MEASURED:
        formula = estimate(run.shape, run.setup).total / 1e9
        model, length = run.model.rpartition("/")[2], run.setup.length * run.setup.rows
        what = f"{model}, {length} tokens{', ' + run.note if run.note else ''} ({run.source})"
        print(f"{run.gigabytes:7.1f} {formula:8.1f} {run.error:+6.0%}  {what}")
    errors = [abs(run.error) for run in MEASURED]
    print(f"mean of the sizes of the errors: {sum(errors) / len(errors):.0%}, largest {max(errors):.0%}")


if __name__ == "__main__":
    main()
