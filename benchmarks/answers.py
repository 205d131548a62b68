"""Accuracy and time of the verifier beside math-verify alone, on the same labelled pairs in the same run.

    python benchmarks/answers.py --pairs 10000

The pairs are those of tests/answers/pairs.txt, bare and then in sentences until there are enough; math-verify
gets the first of them (``--peer-pairs``), because a few cost it five seconds each. Its answers are given to it the
way its README does: formulas between dollar signs. Both are warmed up first; the start of our SymPy process is shown.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.answers.pairs import SENTENCES, Pair, read_pairs
from tests.answers.rewrites import WRAPPERS

from math_solver.answers import verify_answer

Judge = Callable[[str, str], bool]


@dataclass(frozen=True)
class Row:
    name: str
    pairs: int
    right: int
    accepted_wrongly: int
    seconds: list[float]

    def line(self) -> str:
        times = sorted(self.seconds)
        picked = (times[len(times) // 2], times[int(len(times) * 0.99)], times[-1])
        milliseconds = " ".join(f"{1e3 * value:10.2f}" for value in picked)
        accuracy = 100 * self.right / self.pairs
        return f"{self.name:36} {self.pairs:6} {accuracy:8.2f} {self.accepted_wrongly:7} {milliseconds}"


def main() -> None:
    options = parse_args()
    pairs = labelled(options.pairs)
    logging.getLogger("math_verify").setLevel(logging.CRITICAL)
    start = time.perf_counter()
    verify_answer(r"\sin 2x", r"2\sin x\cos x", deadline=60)
    print(f"first proof, with the start of SymPy: {time.perf_counter() - start:.2f} s")
    judge_by_math_verify("1/2", "0.5")
    print(f"{'':36} {'pairs':>6} {'right %':>8} {'wrong+':>7} {'median ms':>10} {'p99 ms':>10} {'worst ms':>10}")
    rows = [measure("math_solver.answers", judge, pairs)]
    if options.peer_pairs:
        some = pairs[: options.peer_pairs]
        rows += [measure("math_solver.answers, peer's pairs", judge, some)]
        rows += [measure("math-verify", judge_by_math_verify, some)]
    for row in rows:
        print(row.line())
    if options.peer_pairs:
        ours, peers = (sorted(row.seconds)[len(row.seconds) // 2] for row in rows[1:])
        print(f"median of ours over math-verify's: {ours / peers:.2f}")


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--peer-pairs", type=int, default=1_000, help="0 leaves math-verify out")
    return parser.parse_args()


def labelled(count: int) -> list[Pair]:
    """Return ``count`` pairs: the table bare, then what is no sentence itself in one sentence after the other."""
    table = read_pairs()
    bare = [pair for pair in table if not pair.section.startswith(("written", "known"))]
    wordings = (
        Pair(pair.section, pair.gold, template.replace("{}", pair.predicted), pair.equal)
        for template in dict.fromkeys((*SENTENCES, *WRAPPERS))
        for pair in bare
    )
    return list(itertools.islice(itertools.chain(table, wordings), count))


def measure(name: str, judge: Judge, pairs: Sequence[Pair]) -> Row:
    seconds, right, wrongly = [], 0, 0
    for pair in pairs:
        start = time.perf_counter()
        accepted = judge(pair.gold, pair.predicted)
        seconds.append(time.perf_counter() - start)
        right += accepted == pair.equal
        wrongly += accepted and not pair.equal
    return Row(name, len(pairs), right, wrongly, seconds)


def judge(gold: str, predicted: str) -> bool:
    return verify_answer(gold, predicted).correct


def judge_by_math_verify(gold: str, predicted: str) -> bool:
    from math_verify import parse, verify

    return bool(verify(parse(in_dollars(gold)), parse(in_dollars(predicted))))


def in_dollars(text: str) -> str:
    """Put a bare answer between dollar signs, where math-verify does best; sentences and delimited texts stay."""
    is_text = re.search(r"\$|\\\(|\\\[|\\boxed|[A-Za-z]{3,} [A-Za-z]{3,}|[。\n]", text.replace("\\text", ""))
    return text if is_text else f"${text}$"


if __name__ == "__main__":
    main()
