"""Have a teacher write new problems, and keep those whose independent solutions agree on an answer.

    python scripts/propose_problems.py --examples output/problems.jsonl --new-problems 100 --output output/new.jsonl \\
        --endpoint http://127.0.0.1:8000/v1 --model NAME --langs en,zh --benchmarks gsm8k --max-tokens-total 2000000

The answers are majority votes, not gold ("answer_from": "vote"). Refused are what repeats an example, another new
problem or a benchmark item, also with other numbers. Beside the output lie what was refused and why, a summary, and
the ledger: killed or interrupted, the same command goes on without asking anything twice, and scripts/synthesize.py
with the output as its --input and with this --ledger has its first samples for nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import file_path, run_command


def parse_args() -> argparse.Namespace:
    from math_solver.commands.teaching import add_budget, add_solving, add_teacher

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted = parser.add_argument_group("what is wanted").add_argument
    wanted("--examples", type=Path, nargs="+", required=True, help="given problems (JSONL), shown and not repeated")
    wanted("--known", type=Path, nargs="+", default=[], help="further problems (JSONL) that are not repeated")
    wanted("--new-problems", type=int, required=True, metavar="N", help="to keep")
    wanted("--requests", type=int, help="for proposals at most (default: four times what N problems need)")
    wanted("--langs", default="en", help="of the new problems in turn: en, zh")
    wanted("--topics", help="of the requests in turn, with commas (default: the subjects of the examples)")
    wanted("--levels", help="of the requests in turn, with commas, such as easy,hard")
    wanted("--each", type=int, default=5, help="problems that a request asks for")
    wanted("--shown", type=int, default=3, help="examples that a request shows")
    wanted("--seed", type=int, default=0, help="of the choice of examples")
    wanted("--propose-temperature", type=float, default=1.0)
    wanted("--propose-tokens", type=int, default=2048, help="of an answer with proposals")
    stands = parser.add_argument_group("what stands").add_argument
    stands("--samples", type=int, default=4, help="independent solutions of a problem, at most")
    stands("--agree", type=float, default=0.75, metavar="SHARE", help="of --samples that must have the same answer")
    stands("--allow-no-code", action="store_true", help="count solutions without a program too")
    stands("--near", type=float, default=0.7, help="Jaccard similarity, numbers masked, of what repeats another")
    stands("--benchmarks", nargs="+", metavar="NAME|PATH|NAME=PATH", help='not repeated either; "all", files, folders')
    add_teacher(parser)
    add_solving(parser)
    add_budget(parser)
    results = parser.add_argument_group("results").add_argument
    results("--output", type=file_path, required=True, help="the new problems (JSONL)")
    results("--ledger", type=file_path, help="may be shared by outputs (default: beside the output)")
    results("--retry-failed", action="store_true", help="send again what earlier runs gave up")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.propose import propose_problems

    propose_problems(args)


if __name__ == "__main__":
    run_command(main)
