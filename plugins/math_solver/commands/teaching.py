"""The options of scripts that ask a teacher through a ledger: which one, how it solves, what it may cost."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records import RecordError
from .command import number

if TYPE_CHECKING:
    from ..synthesis.sampling import Recipe
    from ..synthesis.session import Plan
    from ..synthesis.spending import Cap
    from ..synthesis.steering import Policy
    from ..synthesis.teachers import Teacher

__all__ = ["add_budget", "add_solving", "add_teacher", "cap_of", "check_positive", "numbers", "plan_of", "recipe_of"]


MOST = 10**12  # of anything that is counted, or waited for


def add_teacher(parser: argparse.ArgumentParser) -> None:
    """Which endpoints are asked, and with how much patience."""
    add = parser.add_argument_group("teacher").add_argument
    add("--endpoint", action="append", default=[], metavar="URL", help="may be given several times")
    add("--endpoints", type=Path, help="a YAML of endpoints with prices, keys and concurrency")
    add("--model", required=True)
    add("--key", default="API_KEY", metavar="NAME", help="environment variable that holds the key")
    add("--concurrency", type=int, default=64, help="most requests in flight at an endpoint")
    add("--timeout", type=number, default=600, help="seconds for a request as a whole")
    add("--attempts", type=int, default=4, help="times a request is sent that may have cost something")


def add_solving(parser: argparse.ArgumentParser) -> None:
    """How a solution is asked for."""
    add = parser.add_argument_group("how to solve").add_argument
    add("--form", choices=["fenced", "native"], default="fenced", help="how the teacher calls Python")
    add("--rounds", type=int, default=6, help="programs a solution may run")
    add("--max-tokens", type=int, default=2048, help="of a whole solution")
    add("--token-field", choices=["max_tokens", "max_completion_tokens"], default="max_tokens")
    add("--temperatures", default="0.7", help="of the samples in turn, such as 0.3,0.7,1.0")
    add("--variants", default="plain", help="of the prompt in turn: plain, terse, check, unusual")
    add("--top-p", type=number)
    add("--workers", type=int, help="programs that run at a time (default: the processors)")


def add_budget(parser: argparse.ArgumentParser) -> None:
    """What may be spent."""
    add = parser.add_argument_group("budget").add_argument
    add("--max-cost", help="the most to spend, in the currency of the prices")
    add("--max-tokens-total", type=int, help="the most tokens to spend, of prompts and answers")
    add("--price-in", default="0", help="of a million tokens of prompts")
    add("--price-out", default="0", help="of a million tokens of answers")


def check_positive(args: argparse.Namespace, *names: str) -> None:
    """See that options that count something do.

    Raises:
        RecordError: one does not.
    """
    for name in names:
        if (value := getattr(args, name)) is not None and not 0 < value <= MOST:
            must = "be above 0" if not value > 0 else f"be at most {MOST}"
            raise RecordError(f"--{name.replace('_', '-')} is {value}; it must {must}")


def plan_of(args: argparse.Namespace, recipe: Recipe, policy: Policy | None = None) -> Plan:
    """What the options of ``add_teacher`` and ``add_budget`` say, for a ``recipe`` and a ``policy``."""
    from ..synthesis.limiter import Patience
    from ..synthesis.session import Plan
    from ..synthesis.steering import Policy

    check_positive(args, "attempts", "timeout", "workers", "max_tokens_total")
    teachers = teachers_of(args)
    return Plan(
        recipe, teachers, policy or Policy(), cap_of(args, teachers), args.timeout, args.workers, args.retry_failed,
        Patience(attempts=args.attempts),
    )  # fmt: skip


def cap_of(args: argparse.Namespace, teachers: list[Teacher]) -> Cap:
    """The most that the options of ``add_budget`` let be spent.

    Raises:
        RecordError: it is no amount, or nobody knows the prices.
    """
    from ..synthesis.spending import Cap
    from ..synthesis.teachers import money

    cap = Cap(None if args.max_cost is None else money(args.max_cost, "--max-cost"), args.max_tokens_total)
    if cap.money is not None and not all(one.price.prompt or one.price.completion for one in teachers):
        raise RecordError("--max-cost needs the prices: add --price-in and --price-out, or --endpoints with them")
    return cap


def recipe_of(args: argparse.Namespace, text: bool) -> Recipe:
    """How the options of ``add_solving`` have solutions asked for; ``text`` as in ``Recipe``."""
    from ..dataset.validation.drafts import library_versions
    from ..synthesis.sampling import Recipe
    from ..synthesis.variety import Variety

    check_positive(args, "rounds", "max_tokens")
    options: dict[str, Any] = {} if args.top_p is None else {"top_p": args.top_p}
    variety = Variety(numbers(args.temperatures, "--temperatures"), tuple(args.variants.split(",")))
    return Recipe(
        args.model, args.form, args.rounds, args.max_tokens, variety, text, options, args.token_field,
        library_versions(),
    )  # fmt: skip


def teachers_of(args: argparse.Namespace) -> list[Teacher]:
    from ..synthesis.spending import Price
    from ..synthesis.teachers import Teacher, money, read_teachers

    price = Price(money(args.price_in, "--price-in"), money(args.price_out, "--price-out"))
    teachers = [Teacher(url, price, args.concurrency, args.key) for url in args.endpoint]
    if args.endpoints:
        teachers += read_teachers(args.endpoints, Teacher("http://default", price, args.concurrency, args.key))
    if not teachers:
        raise RecordError("there is no teacher: name an --endpoint, or --endpoints")
    return teachers


def numbers(text: str, option: str) -> tuple[float, ...]:
    try:
        return tuple(map(float, text.split(",")))
    except ValueError as error:
        raise RecordError(f"{option} is {text}; it must be numbers such as 0.3,0.7,1.0") from error
