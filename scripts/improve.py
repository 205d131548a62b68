"""Make a model better by its own solutions: sample, verify, choose, train, merge, judge, in rounds.

    python scripts/improve.py examples/improve/tiny.yaml

Every step is a command of its own, printed before it runs; --dry-run prints them all. Killed or interrupted, the same
command goes on behind the last step, and asks for no answer twice; where a setting changed, only what hangs on it is
done again. A round's model is kept where it is better on held-out problems, which are never sampled from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path, metavar="YAML", help="see examples/improve")
    parser.add_argument("--dry-run", action="store_true", help="print the commands, and run none")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.improve import improve_model

    improve_model(args)


if __name__ == "__main__":
    run_command(main)
