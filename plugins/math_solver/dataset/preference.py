"""Pairs of a better and a worse next turn behind the same beginning, for ``stage: dpo``.

LLaMA-Factory's pairs are one message each behind a shared prompt, so a pair is made where two solutions part
(Step-DPO, arXiv 2406.18629)::

    next_call    a right and a wrong solution share their first turns; the right one's next call, the wrong one's turn
    conclusion   the same, where the right one concludes
    repair       inside one right solution: a program that failed, and the one that mended it, behind the same thought

A repair's own thought mostly speaks of the error, which has not happened yet where the pair stands; so the mended
program stands behind the thought of the failed call, and only where it needs nothing that the failed one defined.

Not guaranteed: that the rejected turn is the mistake. It is the first turn that no right solution took there.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

from ..protocol import Form, Turn, call_turn
from .curation.programs import parse
from .judged import Judged, Solution
from .sharegpt import TOOLS, message

__all__ = ["Gap", "Pair", "PairRules", "pair_row", "pairs_of", "stands_alone"]

Why = Literal["next_call", "conclusion", "repair"]


@dataclass(frozen=True)
class Pair:
    """``prompt`` ends with a question or an observation; ``chosen`` and ``rejected`` are the turn behind it."""

    prompt: Sequence[Turn]
    chosen: Turn
    rejected: Turn
    system: str
    why: Why

    @property
    def shared(self) -> int:
        """Calls that both solutions made alike before they part."""
        return len(self.prompt) // 2


@dataclass(frozen=True)
class PairRules:
    """Which pairs of a problem are made.

    Attributes:
        most: pairs of one problem, those behind the most shared calls first, then those closest in length.
        shared: calls that the two solutions must have made alike.
        ratio: how many times as long the longer turn may be, None without a bound.
        repairs: whether failed and mended calls make pairs.
    """

    most: int = 4
    shared: int = 0
    ratio: float | None = None
    repairs: bool = True

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"{self.most} pairs of a problem; give at least 1")
        if self.shared < 0:
            raise ValueError(f"{self.shared} shared calls; give 0 or more")
        if self.ratio is not None and not self.ratio >= 1:
            raise ValueError(f"a ratio of {self.ratio} between lengths; give 1 or more")


def pairs_of(judged: Judged, form: Form, rules: PairRules, dropped: Counter[str]) -> Iterator[Pair]:
    """The pairs of one problem; wrong solutions and failed calls that make none are counted by reason."""
    found = list(_partings(judged, dropped))
    if rules.repairs:
        found += [pair for solution in judged.correct for pair in _repairs(solution, form, dropped)]
    kept: dict[tuple[str, ...], Pair] = {}
    for pair in sorted(found, key=lambda pair: (-pair.shared, _gap(pair))):
        if reason := _reason_to_drop(pair, rules):
            dropped[reason] += 1
        elif (rejected := (*_texts(pair.prompt), pair.rejected.content)) in kept:
            dropped["rejected_before"] += 1
        else:
            kept[rejected] = pair
    dropped["enough_of_problem"] += max(0, len(kept) - rules.most)
    yield from list(kept.values())[: rules.most]


def _reason_to_drop(pair: Pair, rules: PairRules) -> str | None:
    if pair.shared < rules.shared:
        return "too_little_shared"
    short, long = sorted((len(pair.chosen.content), len(pair.rejected.content)))
    return "lengths_differ" if rules.ratio is not None and long > rules.ratio * short else None


def _partings(judged: Judged, dropped: Counter[str]) -> Iterator[Pair]:
    for wrong in judged.incorrect:
        pair = _parting(wrong, judged)
        if isinstance(pair, Pair):
            yield pair
        else:
            dropped[pair] += 1


def _parting(wrong: Solution, judged: Judged) -> Pair | str:
    """Where a wrong solution leaves the last right one, with the best turn that right ones took there; or why not."""
    if not judged.correct:
        return "nothing_right"
    places = [(_part(right.turns, wrong.turns), right) for right in judged.correct]
    place = max(place for place, _ in places)
    if place % 2 == 0:
        return "outputs_differ"  # the same programs, another output: no turn is better
    there = [right for at, right in places if at == place and not right.failed(place)]
    if not there:
        return "only_failing_calls_right"

    def merit(right: Solution) -> tuple[int, int]:
        taken = sum(_part(other.turns, right.turns) > place for other in judged.incorrect)
        return taken, abs(len(right.turns[place].content) - len(wrong.turns[place].content))

    best = min(there, key=merit)
    chosen = best.turns[place]
    why: Why = "conclusion" if place == len(best.turns) - 1 else "next_call"
    return Pair(wrong.turns[:place], chosen, wrong.turns[place], wrong.system, why)


def _part(one: Sequence[Turn], other: Sequence[Turn]) -> int:
    """The first place at which they differ."""
    pairs = zip(_texts(one), _texts(other), strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _texts(turns: Iterable[Turn]) -> tuple[str, ...]:
    return tuple(turn.content for turn in turns)


def _repairs(solution: Solution, form: Form, dropped: Counter[str]) -> Iterator[Pair]:
    steps = solution.trajectory.steps
    for place, step in enumerate(steps):
        if step.execution.status in ("ok", "refused"):
            continue
        mended = next((later for later in range(place, len(steps)) if steps[later].execution.status == "ok"), None)
        if mended is None or steps[mended].code == step.code:
            dropped["not_mended"] += 1
        elif not stands_alone(steps[mended].code, [failed.code for failed in steps[place:mended]]):
            dropped["needs_failed_call"] += 1
        else:
            chosen, rejected = call_turn(step.thought, steps[mended].code, form), solution.turns[2 * place + 1]
            yield Pair(solution.turns[: 2 * place + 1], chosen, rejected, solution.system, "repair")


def stands_alone(code: str, failed: Iterable[str]) -> bool:
    """Whether a program uses no name that only the failed ones gave: they share a session with it, and a pair not."""
    tree = parse(code)
    if tree is None:
        return False
    given, used = _given(tree), {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    before = set[str]().union(*(_given(failing) for text in failed if (failing := parse(text)) is not None))
    return not (before - given) & {*used, "*"}


def _given(tree: ast.Module) -> set[str]:
    """The names that a program binds, ``*`` where it imports all of a module."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            names.add(node.arg)
    return names


def pair_row(pair: Pair, form: Form) -> dict[str, Any]:
    """The row that LLaMA-Factory reads with ``ranking: true``."""
    return {
        "conversations": [message(turn, form) for turn in pair.prompt],
        "chosen": message(pair.chosen, form),
        "rejected": message(pair.rejected, form),
        "system": pair.system,
        "tools": TOOLS if form == "native" else "",
    }


def _gap(pair: Pair) -> int:
    return abs(len(pair.chosen.content) - len(pair.rejected.content))


@dataclass(frozen=True)
class Gap:
    """Lengths of chosen and rejected turns: a model that is trained on pairs learns their difference first."""

    pairs: int
    chosen: float
    rejected: float
    longer: float

    @classmethod
    def of(cls, lengths: Sequence[tuple[int, int]]) -> Gap:
        if not lengths:
            return cls(0, 0.0, 0.0, 0.0)
        longer = sum(chosen > rejected for chosen, rejected in lengths) / len(lengths)
        return cls(len(lengths), fmean(a for a, _ in lengths), fmean(b for _, b in lengths), longer)

    def __str__(self) -> str:
        return (
            f"mean length chosen {self.chosen:.0f}, rejected {self.rejected:.0f}; "
            f"chosen longer in {self.longer:.0%} of {self.pairs}"
        )
