"""Two runs on the same problems, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from ..records import RecordError
from .statistics import bootstrap, mcnemar

__all__ = ["compare", "comparisons"]

ALL_PAIRS = 4  # runs; with more of them each is compared with the first only


def compare(first: Mapping[str, Any], second: Mapping[str, Any], seed: int = 0) -> dict[str, Any]:
    """The difference in accuracy (second minus first) over the problems that both runs have, and who wins where.

    Takes the ``figures`` of two runs. The interval resamples problems; McNemar's exact test takes the first
    sample of each problem.

    Raises:
        RecordError: the runs have no problem in common.
    """
    ours, theirs = first["by_problem"], second["by_problem"]
    common = [name for name in ours if name in theirs]
    if not common:
        raise RecordError(
            f"{first['name']} and {second['name']} have no problem in common; compare runs on the same problems"
        )
    differences = [theirs[name]["score"] - ours[name]["score"] for name in common]
    pairs = [(ours[name]["first"], theirs[name]["first"]) for name in common]
    only_first, only_second = pairs.count((True, False)), pairs.count((False, True))
    return {
        "first": first["name"],
        "second": second["name"],
        "problems": len(common),
        "left_out": len(ours) + len(theirs) - 2 * len(common),
        "difference": asdict(bootstrap(differences, seed, least=-1.0)),
        "both": pairs.count((True, True)),
        "only_first": only_first,
        "only_second": only_second,
        "neither": pairs.count((False, False)),
        "p_value": mcnemar(only_first, only_second),
    }


def comparisons(runs: Sequence[Mapping[str, Any]], seed: int = 0) -> list[dict[str, Any]]:
    """Every pair of a few runs, or each with the first; runs without a common problem stand side by side only."""
    pairs = [(one, two) for one, two in combinations(runs, 2) if len(runs) <= ALL_PAIRS or one is runs[0]]
    return [compare(one, two, seed) for one, two in pairs if one["by_problem"].keys() & two["by_problem"].keys()]
