"""Choosing among sound rows: by pass rate, per problem, by shares, and into two splits.

A row is an ``Entry`` here, some hundred bytes, so that a million of them fit. Every choice is the same for the same
entries and seed: where chance decides, it is a hash of the seed and the row's id, whatever the order of the input.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ...records import Problem
from .duplicates import Families, hash_of

__all__ = [
    "BALANCED",
    "Chosen",
    "Entry",
    "answer_class",
    "balance",
    "best_solutions",
    "cap_kinds",
    "chains",
    "describe_rates",
    "length_bucket",
    "limit_variants",
    "mix",
    "split",
    "too_easy",
]

BALANCED = ("subject", "level", "lang", "length", "kind", "source")
BUCKETS = (500, 1_000, 2_000, 4_000, 8_000, 16_000)  # characters

_YES_NO = re.compile(
    r"(?:\\text\{)?\s*(?:yes|no|true|false|是|不是|否|对|不对|错|正确|错误|能|不能|可以|不可以|会|不会)\s*\}?[.。]?",
    re.I,
)
_INTEGER = re.compile(r"[-+]?\d[\d,]*")
_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*)?\.?\d+%?|[-+]?\d+/\d+|-?\\[dt]?frac\{?\d+\}?\{?\d+\}?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is chosen by, of row ``number``.

    ``rank`` orders solutions of one problem, the best first: verdict, programs, length. ``keys`` are the values that
    ``BALANCED`` names; ``kin`` hashes of the families that the row says it belongs to; ``problem`` and ``follows``
    hashes of problem ids, ``follows`` 0 where the question stands alone.
    """

    number: int
    id: str
    part: int
    group: int
    family: int
    program: int
    rank: tuple[int, int, int]
    keys: tuple[str, ...]
    kin: tuple[int, ...] = ()
    problem: int = 0
    follows: int = 0
    outcome: str | None = None


@dataclass(frozen=True)
class Chosen:
    """The entries that stay, and why the others go: ``(entry, reason, detail)``."""

    kept: list[Entry]
    left: list[tuple[Entry, str, str]]


def answer_class(problem: Problem) -> str:
    """yes/no, choice, integer, number, words or expression: what a guess at the answer would have to hit."""
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


def length_bucket(size: int) -> str:
    return next((f"up to {bound}" for bound in BUCKETS if size <= bound), f"over {BUCKETS[-1]}")


def too_easy(entries: Sequence[Entry], rates: Mapping[int, tuple[int, int]], most: float, samples: int) -> Chosen:
    """Leave out problems solved more often than ``most``, where at least ``samples`` samples say so."""

    def easy(entry: Entry) -> str | None:
        right, tried = rates.get(entry.group, (0, 0))
        return f"{right} of {tried} samples correct" if tried >= samples and right > most * tried else None

    return _sift(entries, "too_easy", easy)


def best_solutions(
    entries: Sequence[Entry], most: int | None, rates: Mapping[int, tuple[int, int]], by_difficulty: bool = False
) -> Chosen:
    """Of each problem at most ``most`` solutions with different programs, the best ranked.

    ``by_difficulty``: fewer where more samples succeeded, from all of ``most`` where none did down to one where all
    did (after DARS, arXiv 2407.13690).
    """
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.group].append(entry)
    reasons: dict[int, tuple[str, str]] = {}
    for group, found in groups.items():
        allowed = _allowed(most, rates.get(group), by_difficulty)
        programs: dict[int, Entry] = {}
        for entry in sorted(found, key=lambda entry: (entry.rank, entry.number)):
            first = programs.setdefault(entry.program, entry)
            if first is not entry:
                reasons[entry.number] = "duplicate", f"the same program as {first.id}, which ranks before it"
            elif allowed is not None and len(programs) > allowed:
                reasons[entry.number] = "enough_solutions", f"the problem has {allowed} better ranked ones"
    return _by_reason(entries, reasons)


def _allowed(most: int | None, rate: tuple[int, int] | None, by_difficulty: bool) -> int | None:
    if most is None or not by_difficulty or rate is None:
        return most
    right, samples = rate
    return max(1, math.ceil(most * (1 - right / samples)))


def limit_variants(entries: Sequence[Entry], most: int, families: Families) -> Chosen:
    """At most ``most`` problems that differ in their numbers only; the first of the input stay."""
    groups: dict[int, dict[int, None]] = defaultdict(dict)

    def over(entry: Entry) -> str | None:
        members = groups[families.find(entry.family)]
        if entry.group not in members and len(members) >= most:
            return f"the family has {most} others"
        members[entry.group] = None
        return None

    return _sift(entries, "variant", over)


def chains(entries: Sequence[Entry]) -> Chosen:
    """Leave out follow-up questions whose first question is no longer there, and what follows them."""
    kept = list(entries)
    left: list[tuple[Entry, str, str]] = []
    while True:
        there = {entry.problem for entry in kept}
        step = _sift(kept, "first_is_gone", partial(_gone, there))
        left += step.left
        kept = step.kept
        if not step.left:
            return Chosen(kept, left)


def _gone(there: set[int], entry: Entry) -> str | None:
    return "the question that it refers back to is not kept" if entry.follows and entry.follows not in there else None


def cap_kinds(entries: Sequence[Entry], caps: Mapping[str, float], seed: int) -> Chosen:
    """At most a share of the kept rows for each answer kind that is named."""
    counts = Counter(entry.keys[BALANCED.index("kind")] for entry in entries)
    allowed = _shares(counts, caps)
    return _sample(entries, lambda entry: entry.keys[BALANCED.index("kind")], allowed, seed, "answer_kind")


def _shares(counts: Counter[str], caps: Mapping[str, float]) -> dict[str, int]:
    """How many of each kind stay: the most for which every share holds among what stays."""
    total = counts.total()
    while True:
        allowed = {kind: min(count, math.floor(caps.get(kind, 1.0) * total)) for kind, count in counts.items()}
        if sum(allowed.values()) == total:
            return allowed
        total = sum(allowed.values())


def balance(entries: Sequence[Entry], key: str, ratio: float, seed: int) -> Chosen:
    """No value of ``key`` more than ``ratio`` times as often as the rarest one."""
    place = BALANCED.index(key)
    counts = Counter(entry.keys[place] for entry in entries)
    most = math.floor(ratio * min(counts.values(), default=0))
    return _sample(entries, lambda entry: entry.keys[place], dict.fromkeys(counts, most), seed, f"balance_{key}")


def mix(entries: Sequence[Entry], weights: Sequence[float], seed: int) -> Chosen:
    """As many rows of each input as its weight says, as many as there are without taking one twice."""
    counts = Counter(entry.part for entry in entries)
    unit = min((counts[part] / weight for part, weight in enumerate(weights) if weight), default=0.0)
    allowed = {str(part): math.floor(unit * weight + 1e-9) for part, weight in enumerate(weights)}
    return _sample(entries, lambda entry: str(entry.part), allowed, seed, "mix")


def _sample(
    entries: Sequence[Entry], key: Callable[[Entry], str], allowed: Mapping[str, int], seed: int, reason: str
) -> Chosen:
    """``allowed`` of each key, by chance, first one solution of each problem so that problems stay many."""
    turn: Counter[tuple[str, int]] = Counter()
    order: list[tuple[int, int, Entry]] = []
    for entry in sorted(entries, key=lambda entry: chance(seed, entry.id, entry.number)):
        turn[key(entry), entry.group] += 1
        order.append((turn[key(entry), entry.group], len(order), entry))
    taken: Counter[str] = Counter()
    reasons: dict[int, tuple[str, str]] = {}
    for _, _, entry in sorted(order, key=lambda found: found[:2]):
        name = key(entry)
        taken[name] += 1
        if taken[name] > allowed[name]:
            reasons[entry.number] = reason, f"{name}: {allowed[name]} are kept"
    return _by_reason(entries, reasons)


def chance(seed: int, name: str, number: int = 0) -> tuple[int, int]:
    return hash_of(f"{seed}\n{name}"), number


def split(entries: Sequence[Entry], share: float, families: Families, seed: int) -> tuple[list[Entry], list[Entry]]:
    """Rows for training and for validation: whole families, near at most ``share`` of all rows.

    Of one family are rows whose questions are near each other, that name a common family, or that follow each other.
    A family larger than what is still wanted stays in training.
    """
    kinships = _kinships(entries, families)
    members: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        members[kinships.find(_node(0, entry.family))].append(entry)
    wanted = round(share * len(entries))
    held: set[int] = set()
    for family in sorted(members.values(), key=lambda family: min(chance(seed, entry.id) for entry in family)):
        if len(held) + len(family) <= wanted:
            held |= {entry.number for entry in family}
    return [e for e in entries if e.number not in held], [e for e in entries if e.number in held]


def _kinships(entries: Sequence[Entry], families: Families) -> Families:
    joined = Families()
    for entry in entries:
        own = _node(0, entry.family)
        joined.join(own, _node(0, families.find(entry.family)))
        joined.join(own, _node(1, entry.group))
        for kin in entry.kin:
            joined.join(own, _node(2, kin))
        for problem in (entry.problem, entry.follows):
            if problem:
                joined.join(own, _node(3, problem))
    return joined


def _node(kind: int, number: int) -> int:
    """One numbering for families, groups, names of families and problems."""
    return (number << 2) | kind


def _sift(entries: Sequence[Entry], reason: str, judge: Callable[[Entry], str | None]) -> Chosen:
    reasons = {entry.number: (reason, detail) for entry in entries if (detail := judge(entry)) is not None}
    return _by_reason(entries, reasons)


def _by_reason(entries: Iterable[Entry], reasons: Mapping[int, tuple[str, str]]) -> Chosen:
    chosen = Chosen([], [])
    for entry in entries:
        if entry.number in reasons:
            chosen.left.append((entry, *reasons[entry.number]))
        else:
            chosen.kept.append(entry)
    return chosen


def describe_rates(rates: Mapping[int, tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Problems by their pass rate in quarters."""
    counts = Counter(
        "none" if not right else "all" if right == tried else _quarter(right / tried)
        for right, tried in rates.values()
    )
    return ((name, counts[name]) for name in ("none", "up to 1/4", "up to 1/2", "up to 3/4", "below all", "all"))


def _quarter(rate: float) -> str:
    return (
        "up to 1/4" if rate <= 0.25 else "up to 1/2" if rate <= 0.5 else "up to 3/4" if rate <= 0.75 else "below all"
    )
