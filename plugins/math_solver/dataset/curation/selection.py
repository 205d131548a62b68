"""Choosing among sound rows: by pass rate, per problem, by shares, and into two splits.

Rows are ``Entries``, which lie on disk: each choice is a query, read once in an order that puts together what is
chosen among, so that memory holds one problem or one family at a time. Every choice is the same for the same entries
and seed: where chance decides, it is a hash of the seed and the row's id, whatever the order of the input.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter

from ...records import Problem
from ..hashing import hash_of
from .balancing import balanced
from .entries import BALANCED, Entries, Leaving
from .families import Families

__all__ = [
    "answer_class",
    "balance",
    "best_solutions",
    "cap_kinds",
    "chains",
    "length_bucket",
    "length_buckets",
    "limit_variants",
    "mix",
    "split",
    "too_easy",
]

BUCKETS = (500, 1_000, 2_000, 4_000, 8_000, 16_000)  # characters

_YES_NO = re.compile(
    r"(?:\\text\{)?\s*(?:yes|no|true|false|是|不是|否|对|不对|错|正确|错误|能|不能|可以|不可以|会|不会)\s*\}?[.。]?",
    re.I,
)
_INTEGER = re.compile(r"[-+]?\d[\d,]*")
_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*)?\.?\d+%?|[-+]?\d+/\d+|-?\\[dt]?frac\{?\d+\}?\{?\d+\}?")


def answer_class(problem: Problem) -> str:
    """yes/no, choice, integer, number, words or expression: what a guess at the answer would have to hit.

    Or unanswerable, where none is right.
    """
    if problem.unanswerable:
        return "unanswerable"
    answer = (problem.answer or "").strip().strip("$")
    if not answer:
        return "none"
    if _YES_NO.fullmatch(answer):
        return "yes/no"
    if problem.answer_kind == "choice" or re.fullmatch(r"\(?[A-H]\)?", answer):
        return "choice"
    if _INTEGER.fullmatch(answer):
        return "integer"
    if _NUMBER.fullmatch(answer):
        return "number"
    return "words" if problem.answer_kind == "text" or not re.search(r"[\d\\=^(]", answer) else "expression"


def length_bucket(size: int, bounds: Sequence[int] = BUCKETS) -> str:
    """Between which bounds a length is: in characters, unless others are given."""
    return next((f"up to {bound}" for bound in bounds if size <= bound), f"over {bounds[-1]}")


def length_buckets(bounds: Sequence[int] = BUCKETS) -> tuple[str, ...]:
    """All of them, the shortest first."""
    return tuple(length_bucket(size, bounds) for size in (*bounds, bounds[-1] + 1))


def too_easy(entries: Entries, most: float, samples: int) -> None:
    """Leave out problems solved more often than ``most``, where at least ``samples`` samples say so."""
    found = entries.find(
        "SELECT number, correct, tried FROM entries JOIN rates USING (question_group) "
        "WHERE tried >= ? AND correct > ? * tried",
        (samples, most),
    )
    entries.leave((number, "too_easy", f"{right} of {tried} samples correct") for number, right, tried in found)


def best_solutions(entries: Entries, most: int | None, by_difficulty: bool = False, repaired: bool = False) -> None:
    """Of each problem at most ``most`` solutions with different programs, the best ranked.

    ``by_difficulty``: fewer where more samples succeeded, from all of ``most`` where none did down to one where all
    did (after DARS, arXiv 2407.13690). ``repaired``: beside them the best one in which a failed program was mended,
    where none of them is one.
    """
    entries.leave(_worse(entries, most, by_difficulty, repaired))


def _worse(entries: Entries, most: int | None, by_difficulty: bool, repaired: bool) -> Iterator[Leaving]:
    found = entries.find(
        "SELECT question_group, number, id, program, correct, tried, repaired "
        "FROM entries LEFT JOIN rates USING (question_group) "
        "ORDER BY question_group, verdict, programs, size, number"
    )
    for _, solutions in groupby(found, key=itemgetter(0)):
        firsts: dict[int, tuple[int, str]] = {}
        wanted = repaired
        for _, number, name, program, right, tried, mended in solutions:
            first = firsts.setdefault(program, (number, name))
            allowed = _allowed(most, right, tried if by_difficulty else None)
            if first[0] != number:
                yield number, "duplicate", f"the same program as {first[1]}, which ranks before it"
            elif allowed is None or len(firsts) <= allowed or (wanted and mended):
                wanted = wanted and not mended
            else:
                yield number, "enough_solutions", f"the problem has {allowed} better ranked ones"


def _allowed(most: int | None, right: int, tried: int | None) -> int | None:
    if most is None or not tried:
        return most
    return max(1, math.ceil(most * (1 - right / tried)))


def limit_variants(entries: Entries, most: int) -> None:
    """At most ``most`` problems that differ in their numbers only; the first of the input stay."""
    entries.leave(_over(entries, most))


def _over(entries: Entries, most: int) -> Iterator[Leaving]:
    found = entries.find("SELECT family_of(family), question_group, number FROM entries ORDER BY 1, number")
    for _, rows in groupby(found, key=itemgetter(0)):
        members: set[int] = set()
        for _, group, number in rows:
            if group not in members and len(members) >= most:
                yield number, "variant", f"the family has {most} others"
            else:
                members.add(group)


def chains(entries: Entries) -> None:
    """Leave out follow-up questions whose first question is no longer there, and what follows them."""
    why = "the question that it refers back to is not kept"
    query = "SELECT number FROM entries WHERE follows != 0 AND follows NOT IN (SELECT problem FROM entries)"
    while entries.leave((number, "first_is_gone", why) for (number,) in entries.find(query)):
        pass


def cap_kinds(entries: Entries, caps: Mapping[str, float], seed: int) -> None:
    """At most a share of the kept rows for each answer kind that is named."""
    allowed = _shares(entries.spread("kind"), caps)
    _sample(entries, ["kind"], {(kind,): most for kind, most in allowed.items()}, seed, "answer_kind")


def _shares(counts: Mapping[str, int], caps: Mapping[str, float]) -> dict[str, int]:
    """How many of each kind stay: the most for which every share holds among what stays."""
    total = sum(counts.values())
    while True:
        allowed = {kind: min(count, math.floor(caps.get(kind, 1.0) * total)) for kind, count in counts.items()}
        if sum(allowed.values()) == total:
            return allowed
        total = sum(allowed.values())


def balance(entries: Entries, ratios: Mapping[str, float], seed: int) -> None:
    """No value of a key more than its ratio times as often as the rarest one, for all keys at once (``balanced``)."""
    keys = [key for key in BALANCED if key in ratios]
    allowed = balanced(entries.counts(*keys), [ratios[key] for key in keys])
    _sample(entries, keys, allowed, seed, f"balance_{keys[0]}" if len(keys) == 1 else "balance")


def mix(entries: Entries, weights: Sequence[float], seed: int) -> None:
    """As many rows of each input as its weight says, as many as there are without taking one twice."""
    counts = entries.spread("part")
    unit = min((counts.get(str(part), 0) / weight for part, weight in enumerate(weights) if weight), default=0.0)
    allowed: dict[tuple[str, ...], int] = {
        (str(part),): math.floor(unit * weight + 1e-9) for part, weight in enumerate(weights)
    }
    _sample(entries, ["part"], allowed, seed, "mix", lambda name: f"input {int(name[0]) + 1}")


def _sample(
    entries: Entries,
    columns: Sequence[str],
    allowed: Mapping[tuple[str, ...], int],
    seed: int,
    reason: str,
    told: Callable[[tuple[str, ...]], str] = ", ".join,
) -> None:
    """``allowed`` of each combination of values, by chance, first one solution of each problem: so these stay many."""
    entries.define("drawn", lambda name: chance(seed, str(name)))
    names = ", ".join(columns)
    found = entries.find(
        f"""WITH
        drawn AS (SELECT number, {names}, question_group, drawn(id) AS chance FROM entries),
        turns AS (SELECT number, {names}, chance,
                  ROW_NUMBER() OVER (PARTITION BY {names}, question_group ORDER BY chance, number) AS turn FROM drawn)
        SELECT number, {names} FROM turns ORDER BY {names}, turn, chance, number"""
    )
    entries.leave(
        (number, reason, f"{told(name)}: {allowed[name]} are kept") for number, name in _after(found, allowed)
    )


def _after(
    rows: Iterator[tuple[int, *tuple[object, ...]]], allowed: Mapping[tuple[str, ...], int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of each combination behind those that are allowed, with what they combine."""
    for name, same in groupby(rows, key=lambda row: tuple(map(str, row[1:]))):
        yield from ((number, name) for number, *_ in islice(same, allowed[name], None))


def chance(seed: int, name: str) -> int:
    """A place in a random order, as SQLite sorts whole numbers."""
    return hash_of(f"{seed}\n{name}") - (1 << 63)


def split(entries: Entries, share: float, seed: int) -> None:
    """Hold rows for validation: whole families, near at most ``share`` of all rows.

    Of one family are rows whose questions are near each other, that name a common family, or that follow each other.
    A family larger than what is still wanted stays in training.
    """
    kinships = _kinships(entries)
    wanted = round(share * len(entries))
    ((last,),) = entries.find("SELECT COALESCE(MAX(number), 0) FROM entries")
    held = bytearray(last + 1)
    entries.define("kinship_of", lambda number: kinships.find(int(str(number))))
    entries.define("drawn", lambda name: chance(seed, str(name)))
    for family, size, _ in entries.find(
        "SELECT kinship_of(number), COUNT(*), MIN(drawn(id)) FROM entries GROUP BY 1 ORDER BY 3, MIN(number)"
    ):
        if size <= wanted:
            held[family] = 1
            wanted -= size
    entries.hold(lambda number: held[kinships.find(number)] == 1)


def _kinships(entries: Entries) -> Families:
    """The numbers of entries, joined where they have a group, a family, a name or a question in common."""
    kinships = Families()
    for query in (
        "SELECT family_of(family), number FROM entries ORDER BY 1",
        "SELECT question_group, number FROM entries ORDER BY 1",
        "SELECT value, number FROM entries, json_each(kin) ORDER BY 1",
        "SELECT problem, number FROM entries WHERE problem != 0 "
        "UNION ALL SELECT follows, number FROM entries WHERE follows != 0 ORDER BY 1",
    ):
        for _, same in groupby(entries.find(query), key=itemgetter(0)):
            numbers = (number for _, number in same)
            first = next(numbers)
            for number in numbers:
                kinships.join(first, number)
    return kinships
