"""The figures of a report: plain values, so that a page and a JSON file say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

import numpy as np

from ..records import Problem
from .failures import FAILURES, failure
from .records import Attempt, Decision, decided
from .runs import Run
from .samples import curve_of_majority, curve_of_passes
from .statistics import bootstrap

__all__ = ["Tally", "by_problem", "figures", "score", "tally"]

BREAKDOWNS: dict[str, Callable[[Attempt], str | None]] = {
    "subject": lambda attempt: attempt.problem.subject or attempt.problem.source,
    "level": lambda attempt: attempt.problem.level,
    "language": lambda attempt: attempt.problem.lang,
    "position": lambda attempt: f"question {attempt.position}" if attempt.position else None,
    "reference": lambda attempt: "follow-up" if attempt.problem.follows else FIRST,
    "phrasing": lambda attempt: attempt.problem.phrasing,
}
NO_VALUE = "(not given)"
FIRST = "asked by itself"


@dataclass(frozen=True)
class Tally:
    """Right answers out of all that were asked for."""

    correct: int
    total: int

    @property
    def accuracy(self) -> float:
        return self.correct / self.total if self.total else 0.0


def tally(group: Sequence[Attempt], by: Callable[[Problem], str], stopped_early: bool = False) -> dict[str, Tally]:
    """Right answers by a key of the problem, in the order in which the keys come up; ``all`` is the last row.

    Where voting stopped early, only first samples count, as in ``figures``.
    """
    if stopped_early:
        group = [attempt for attempt in group if attempt.sample == 0]
    tallies: dict[str, Tally] = {}
    for key in dict.fromkeys(by(attempt.problem) for attempt in group):
        part = [attempt for attempt in group if by(attempt.problem) == key]
        tallies[key] = Tally(sum(attempt.verdict.correct for attempt in part), len(part))
    tallies["all"] = Tally(sum(attempt.verdict.correct for attempt in group), len(group))
    return tallies


def figures(run: Run, decisions: Sequence[Decision] = (), seed: int = 0) -> dict[str, Any]:
    """Everything a report says about one run, people's decisions taken in.

    Accuracies are means over problems with 95 % bootstrap intervals. Where voting stopped early, the samples
    after the first were asked because the earlier ones disagreed: accuracy is then that of first samples, and
    pass@k is left out.
    """
    final = list(decided(run.attempts, decisions))
    groups = by_problem(final)
    scores = {name: score(group, run.stopped_early) for name, group in groups.items()}
    samples = int(run.circumstances.get("samples") or max(map(len, groups.values()), default=0))
    return {
        "name": run.name,
        "circumstances": dict(run.circumstances),
        "tool": run.tool,
        "problems": len(groups),
        "attempts": len(final),
        "samples": samples,
        "stopped_early": run.stopped_early,
        "outcomes": dict(Counter(attempt.verdict.outcome for attempt in final)),
        "accuracy": asdict(bootstrap(list(scores.values()), seed)),
        "pass_at": {} if run.stopped_early else curve_of_passes(list(groups.values()), seed),
        "maj_at": curve_of_majority(list(groups.values()), samples, run.stopped_early, seed),
        "breakdown": {name: _breakdown(groups, scores, by, seed) for name, by in BREAKDOWNS.items()},
        "rounds": _rounds(final),
        "failures": _failures(final, run.tool),
        "effort": _effort(final),
        **({"refusals": refused} if (refused := _refusals(groups, run.stopped_early, seed)) else {}),
        **({"second_looks": looks} if (looks := _second_looks(final)) else {}),
        "people": _people(run, decisions, seed),
        "by_problem": {
            name: {"score": scores[name], "first": group[0].verdict.correct} for name, group in groups.items()
        },
    }


def by_problem(attempts: Sequence[Attempt]) -> dict[str, list[Attempt]]:
    """The samples of each problem in their order."""
    groups: dict[str, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.sample):
        groups.setdefault(attempt.problem.id, []).append(attempt)
    return {attempt.problem.id: groups[attempt.problem.id] for attempt in attempts}


def score(samples: Sequence[Attempt], stopped_early: bool) -> float:
    """The share of a problem's samples that are right; of the first alone where voting stopped early."""
    counted = samples[:1] if stopped_early else samples
    return sum(sample.verdict.correct for sample in counted) / len(counted)


def _breakdown(
    groups: Mapping[str, Sequence[Attempt]],
    scores: Mapping[str, float],
    by: Callable[[Attempt], str | None],
    seed: int,
) -> list[dict[str, Any]]:
    """Accuracy by a key of the problem, levels in their order; nothing where no problem has the key, or refers back.

    All attempts at a problem have the same key.
    """
    parts: dict[str, list[float]] = {}
    for name, group in groups.items():
        parts.setdefault(by(group[0]) or NO_VALUE, []).append(scores[name])
    if set(parts) <= {NO_VALUE, FIRST}:
        return []
    return [{"key": key, **asdict(bootstrap(parts[key], seed))} for key in sorted(parts, key=_natural)]


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Sorts "level 10" behind "level 9"; a number may have any digits."""
    parts = [part for part in re.split(r"(\d+)", text) if part]
    digits = [part.lstrip("0") if part.isdecimal() else None for part in parts]
    return [(1, 0, part) if of is None else (0, len(of), of) for part, of in zip(parts, digits, strict=True)]


def _rounds(attempts: Sequence[Attempt]) -> list[dict[str, int]]:
    """Attempts and right ones by the number of programs that were run."""
    total = Counter(len(attempt.executions) for attempt in attempts)
    right = Counter(len(attempt.executions) for attempt in attempts if attempt.verdict.correct)
    return [{"rounds": n, "attempts": total[n], "correct": right[n]} for n in sorted(total)]


def _failures(attempts: Sequence[Attempt], tool: bool) -> list[dict[str, Any]]:
    counts = Counter(failure(attempt, tool) for attempt in attempts)
    asked = any(attempt.problem.unanswerable for attempt in attempts)
    shown = [kind for kind in FAILURES if asked or kind != "not refused"]
    return [{"kind": kind, "meaning": FAILURES[kind], "attempts": counts[kind]} for kind in shown]


def _refusals(groups: Mapping[str, Sequence[Attempt]], stopped_early: bool, seed: int) -> dict[str, Any]:
    """The share of the problems refused that cannot be solved, and of those that can; empty where there is neither."""
    shares: dict[str, list[float]] = {"unanswerable": [], "answerable": []}
    for group in groups.values():
        counted = group[:1] if stopped_early else group
        share = sum(attempt.refused for attempt in counted) / len(counted)
        shares["unanswerable" if group[0].problem.unanswerable else "answerable"].append(share)
    if not shares["unanswerable"] and not any(shares["answerable"]):
        return {}
    return {name: asdict(bootstrap(values, seed)) for name, values in shares.items() if values}


def _effort(attempts: Sequence[Attempt]) -> dict[str, dict[str, float]]:
    """Tokens, programs and seconds of an attempt, failed requests left out; nothing where none was reported."""
    came = [attempt for attempt in attempts if attempt.error is None]
    series: dict[str, list[float]] = {
        "prompt tokens": [a.prompt_tokens for a in came if a.prompt_tokens is not None],
        "completion tokens": [a.completion_tokens for a in came if a.completion_tokens is not None],
        "programs": [len(a.executions) for a in came],
        "seconds": [a.seconds for a in came],
    }
    return {name: _spread(values) for name, values in series.items() if values}


def _second_looks(attempts: Sequence[Attempt]) -> dict[str, Any]:
    """How votes and checks ended, by number of attempts, and the mean share of the winners; empty without any.

    Where explanations were asked for, the share of answers that have one whose numbers agree, and their length.
    """
    votes = [attempt.votes for attempt in attempts if attempt.votes]
    checks = [attempt.check for attempt in attempts if attempt.check]
    explained = [attempt for attempt in attempts if attempt.explanation]
    if not votes and not checks and not explained:
        return {}
    shares = [share for vote in votes if _is_share(share := vote.get("confidence"))]
    return {
        "outcomes": dict(Counter(str(vote.get("outcome")) for vote in votes)),
        "confidence": float(np.mean(shares)) if shares else None,
        "checks": dict(Counter(str(check.get("status")) for check in checks)),
        **({"explanations": _explanations(explained)} if explained else {}),
    }


def _explanations(attempts: Sequence[Attempt]) -> dict[str, Any]:
    """How many of the answers with something to explain have an explanation that agrees, and its mean characters."""
    given = [attempt for attempt in attempts if attempt.explanation and attempt.explanation.get("given") is True]
    lengths = [length for attempt in given if (length := _explained_in(attempt.stated))]
    return {
        "asked": len(attempts),
        "given": len(given),
        "characters": float(np.mean(lengths)) if lengths else None,
    }


def _explained_in(conclusion: str) -> int:
    """The characters of an explanation: what stands behind the paragraph that has the answer in its first box."""
    _, box, behind = conclusion.partition("\\boxed")
    return len((behind if box else conclusion).partition("\n\n")[2].strip())


def _is_share(value: Any) -> TypeGuard[float]:
    """Whether it is one: votes are stored as an endpoint told them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _spread(values: Sequence[float]) -> dict[str, float]:
    middle, high = np.quantile(values, [0.5, 0.95])
    return {
        "mean": float(np.mean(values)),
        "median": float(middle),
        "p95": float(high),
        "most": float(max(values)),
        "total": float(sum(values)),
    }


def _people(run: Run, decisions: Sequence[Decision], seed: int) -> dict[str, Any] | None:
    """What people decided: accuracy before and after, and how often they agree with the verifier."""
    last = {(d.attempt_id, d.predicted): d for d in decisions}
    here = [last[key] for a in run.attempts if (key := (a.id, a.predicted)) in last]
    if not decisions:
        return None
    settled = [d for d in here if d.decision != "skip" and d.verifier != "unverifiable"]

    def accuracy(attempts: Sequence[Attempt]) -> dict[str, Any]:
        scores = [score(group, run.stopped_early) for group in by_problem(attempts).values()]
        return asdict(bootstrap(scores, seed))

    return {
        "decided": sum(d.decision != "skip" for d in here),
        "skipped": sum(d.decision == "skip" for d in here),
        "changed": sum(d.decision not in ("skip", d.verifier) for d in here),
        "not_of_this_run": len(last) - len(here),
        "agreement": sum(d.decision == d.verifier for d in settled) / len(settled) if settled else None,
        "before": accuracy(run.attempts),
        "after": accuracy(list(decided(run.attempts, decisions))),
    }
