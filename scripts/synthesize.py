"""Have a teacher solve problems with Python, and keep what the verifier holds to be correct.

    python scripts/synthesize.py --input output/problems.jsonl --output output/trajectories.jsonl \\
        --endpoint http://127.0.0.1:8000/v1 --model NAME --samples 4 --max-cost 5 --price-in 0.5 --price-out 1.5

Beside the output lie what was rejected, what failed and why, a summary, and the ledger: every request and its answer.
Killed or interrupted, the same command goes on without asking anything twice; with other options it asks only what
was not asked before. --max-cost and --max-tokens-total hold for all runs with one ledger.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from math_solver.commands.command import count, file_path, run_command

if TYPE_CHECKING:
    from math_solver.synthesis.session import Plan
    from math_solver.synthesis.teachers import Teacher


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    problems = parser.add_argument_group("problems")
    problems.add_argument("--input", type=Path, required=True, help="problems with gold answers (JSONL)")
    problems.add_argument("--limit", type=count, help="only so many problems: the first, or a sample with --seed")
    problems.add_argument("--seed", type=int, help="seed of that sample")
    teacher = parser.add_argument_group("teacher")
    teacher.add_argument("--endpoint", action="append", default=[], metavar="URL", help="may be given several times")
    teacher.add_argument("--endpoints", type=Path, help="a YAML of endpoints with prices, keys and concurrency")
    teacher.add_argument("--model", required=True)
    teacher.add_argument("--key", default="API_KEY", metavar="NAME", help="environment variable that holds the key")
    teacher.add_argument("--concurrency", type=int, default=64, help="most requests in flight at an endpoint")
    teacher.add_argument("--timeout", type=float, default=600, help="seconds for a request as a whole")
    teacher.add_argument(
        "--attempts", type=int, default=4, help="times a request is sent that may have cost something"
    )
    how = parser.add_argument_group("how to solve")
    how.add_argument("--form", choices=["fenced", "native"], default="fenced", help="how the teacher calls Python")
    how.add_argument("--rounds", type=int, default=6, help="programs a solution may run")
    how.add_argument("--max-tokens", type=int, default=2048, help="of a whole solution")
    how.add_argument("--token-field", choices=["max_tokens", "max_completion_tokens"], default="max_tokens")
    how.add_argument("--temperatures", default="0.7", help="of the samples in turn, such as 0.3,0.7,1.0")
    how.add_argument("--variants", default="plain", help="of the prompt in turn: plain, terse, check, unusual")
    how.add_argument("--top-p", type=float)
    how.add_argument("--workers", type=int, help="programs that run at a time (default: the processors)")
    which = parser.add_argument_group("what is wanted")
    which.add_argument("--samples", type=int, default=4, help="the most that a problem gets")
    which.add_argument("--accept", type=int, help="distinct accepted solutions that are enough (default: all)")
    which.add_argument("--give-up", type=int, help="samples without an accepted one that are enough (default: all)")
    which.add_argument("--allow-no-code", action="store_true", help="accept solutions without a program too")
    money = parser.add_argument_group("budget")
    money.add_argument("--max-cost", help="the most to spend, in the currency of the prices")
    money.add_argument("--max-tokens-total", type=int, help="the most tokens to spend, of prompts and answers")
    money.add_argument("--price-in", default="0", help="of a million tokens of prompts")
    money.add_argument("--price-out", default="0", help="of a million tokens of answers")
    results = parser.add_argument_group("results")
    results.add_argument("--output", type=file_path, required=True, help="accepted trajectories (JSONL)")
    results.add_argument("--rejected", type=file_path, help="rejected trajectories (default: beside the output)")
    results.add_argument("--ledger", type=file_path, help="may be shared by outputs (default: beside the output)")
    results.add_argument("--retry-failed", action="store_true", help="send again what earlier runs gave up")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.evaluation import choose
    from math_solver.records import Problem, read_records
    from math_solver.synthesis.session import Files, synthesize

    files = Files.beside(args.output, rejected=args.rejected, ledger=args.ledger)
    files.check([args.input, *([args.endpoints] if args.endpoints else [])])
    plan = plan_of(args)
    problems = choose(list(read_records(args.input, Problem)), limit=args.limit, seed=args.seed)
    for line in synthesize(problems, plan, files).lines():
        print(line)


def plan_of(args: argparse.Namespace) -> Plan:
    from math_solver.dataset.validation import library_versions
    from math_solver.records import RecordError
    from math_solver.synthesis.limiter import Patience
    from math_solver.synthesis.sampling import Recipe
    from math_solver.synthesis.session import Plan
    from math_solver.synthesis.spending import Cap
    from math_solver.synthesis.steering import Policy
    from math_solver.synthesis.teachers import money
    from math_solver.synthesis.variety import Variety

    for name in ("rounds", "max_tokens", "attempts", "timeout", "workers", "max_tokens_total"):
        if (value := getattr(args, name)) is not None and not value > 0:
            raise RecordError(f"--{name.replace('_', '-')} is {value}; it must be above 0")
    teachers = teachers_of(args)
    cap = Cap(None if args.max_cost is None else money(args.max_cost, "--max-cost"), args.max_tokens_total)
    if cap.money is not None and not all(one.price.prompt or one.price.completion for one in teachers):
        raise RecordError("--max-cost needs the prices: add --price-in and --price-out, or --endpoints with them")
    options: dict[str, Any] = {} if args.top_p is None else {"top_p": args.top_p}
    variety = Variety(numbers(args.temperatures), tuple(args.variants.split(",")))
    recipe = Recipe(
        args.model, args.form, args.rounds, args.max_tokens, variety, args.allow_no_code, options, args.token_field,
        library_versions(),
    )  # fmt: skip
    policy = Policy(args.samples, args.accept or args.samples, args.give_up or args.samples)
    return Plan(
        recipe, teachers, policy, cap, args.timeout, args.workers, args.retry_failed, Patience(attempts=args.attempts)
    )


def teachers_of(args: argparse.Namespace) -> list[Teacher]:
    from math_solver.records import RecordError
    from math_solver.synthesis.spending import Price
    from math_solver.synthesis.teachers import Teacher, money, read_teachers

    price = Price(money(args.price_in, "--price-in"), money(args.price_out, "--price-out"))
    teachers = [Teacher(url, price, args.concurrency, args.key) for url in args.endpoint]
    if args.endpoints:
        teachers += read_teachers(args.endpoints, Teacher("http://default", price, args.concurrency, args.key))
    if not teachers:
        raise RecordError("there is no teacher: name an --endpoint, or --endpoints")
    return teachers


def numbers(text: str) -> tuple[float, ...]:
    from math_solver.records import RecordError

    try:
        return tuple(map(float, text.split(",")))
    except ValueError as error:
        raise RecordError(f"--temperatures is {text}; it must be numbers such as 0.3,0.7,1.0") from error


if __name__ == "__main__":
    run_command(main)
