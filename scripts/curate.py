"""Keep the rows worth training on: no benchmark items, no duplicates, sound solutions, in the shares asked for.

python scripts/curate.py --input output/trajectories.jsonl --output output/curated.jsonl --benchmarks gsm8k math500

Beside OUTPUT lie its victims (OUTPUT.victims.jsonl: each row left out, by which filter, and what it resembles), its
report (OUTPUT.report.json), with --validation the other split (OUTPUT.validation.jsonl), and with --judge what was
said of each row that no filter could decide (OUTPUT.judged.jsonl); rows that stay undecided are kept and counted.
"""

from __future__ import annotations

import argparse

from math_solver.commands.command import count, file_path, number, run_command


def parse_args() -> argparse.Namespace:
    from math_solver.commands.teaching import add_budget

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add(
        "--input",
        nargs="+",
        required=True,
        metavar="FILE[=WEIGHT]",
        help="trajectories or problems (JSONL), mixed by weight",
    )
    add("--output", type=file_path, required=True, help="the rows kept (JSONL), as they were")
    add(
        "--benchmarks",
        nargs="+",
        metavar="NAME|PATH|NAME=PATH",
        help='to decontaminate against; "all", files, folders',
    )
    add("--checks", nargs="+", metavar="NAME", help="quality checks; all by default but worked_first; also: none")
    add("--max-chars", type=int, default=20_000, help="of a solution with its outputs")
    add("--max-rounds", type=int, default=8, help="programs of a solution")
    add("--verdicts", nargs="+", choices=["correct", "unverifiable", "incorrect", "none"], help="keep only these")
    add("--near", type=number, default=0.7, help="Jaccard similarity of near-duplicates; 0 looks for equal ones only")
    add("--variants", type=int, help="keep this many problems that differ in their numbers only")
    add("--solutions", type=int, help="keep this many solutions of a problem, with different programs")
    add("--by-difficulty", action="store_true", help="fewer solutions of problems that are solved more often")
    add("--repaired", action="store_true", help="beside them one that mends a program that failed, if there is any")
    add("--max-pass-rate", type=number, metavar="SHARE", help="leave out problems solved more often than this")
    add("--min-samples", type=int, default=2, help="that a pass rate needs to count")
    add(
        "--cap-kind",
        nargs="+",
        default=[],
        metavar="KIND=SHARE",
        help="most of the rows with such answers: yes/no=0.05",
    )
    add(
        "--balance",
        nargs="+",
        default=[],
        metavar="KEY[=RATIO]",
        help="most by the rarest of subject, level, lang, ...",
    )
    add(
        "--validation",
        type=number,
        default=0.0,
        metavar="SHARE",
        help="of the rows, in whole families, for validation",
    )
    add("--seed", type=int, default=0, help="of every choice by chance")
    add("--limit", type=count, help="read only this many rows of each input")
    judge = parser.add_argument_group("a judge, of what no filter can decide").add_argument
    judge("--judge", metavar="BASE_URL", help="ask the model of an OpenAI-compatible endpoint about undecided rows")
    judge("--judge-model", metavar="NAME")
    judge("--judge-tokens", type=int, default=1024, help="of an answer")
    judge("--token-field", choices=["max_tokens", "max_completion_tokens"], default="max_tokens")
    judge("--key", default="API_KEY", metavar="NAME", help="environment variable that holds the key")
    judge("--concurrency", type=int, default=64, help="most requests in flight")
    judge("--timeout", type=number, default=600, help="seconds for a request as a whole")
    judge("--ledger", type=file_path, help="of requests and answers (default: beside the output)")
    judge("--retry-failed", action="store_true", help="send again what earlier runs gave up")
    add_budget(parser)
    add("--workers", type=count, help="processes, or actors of a cluster; default: as many as there are processors")
    add("--ray", metavar="ADDRESS", help="examine rows over a Ray cluster: HOST:PORT, auto, or local to start one")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.curate import curate

    curate(args)


if __name__ == "__main__":
    run_command(main)
