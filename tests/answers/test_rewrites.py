"""Golds of the benchmark slices, and one of each kind, rewritten automatically and made wrong automatically."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from math_solver.answers import verify_answer

from .rewrites import WRAPPERS, changes, rewrites
from .test_slices import FILES, gold_answers

SEED = 20_241_124
PER_SLICE = 20
KINDS = (
    "42", "-7", "12000", "0.25", "3.5", r"\frac{7}{12}", r"-\frac{5}{2}", r"2\sqrt{3}", r"\frac{\pi}{6}", r"12\pi",
    "3-4i", r"\left[2, 5\right)", "[1, 4]", r"(-\infty,3)\cup(7,\infty)", r"\{1, 4, 9\}", "3, 5, 7", "(3,-2)",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "x^2-5x+6", r"\frac{x+1}{x-1}", "y=2x+3", r"x \leq 4",
    r"45^\circ", "15 cm", r"36\text{ km}", "24元", "3千克", "62.5\\%", "B", r"\text{Monday}", "3:4", "2^{10}",
    r"\sin x",
)  # fmt: skip


def variants(gold: str, random: Random) -> Iterator[tuple[bool, str, str]]:
    """Yield whether a text still equals the gold answer, the rule behind it, and the text; bare and in a wording."""
    bare = gold.strip().strip("$")
    yield from ((True, wrapper, wrapper.replace("{}", bare)) for wrapper in WRAPPERS)
    for equal, made in ((True, rewrites(bare, random)), (False, changes(bare, random))):
        for rule, text in made:
            yield equal, rule, text
            yield equal, rule, random.choice(WRAPPERS).replace("{}", text)


def judged_wrongly(golds: list[str]) -> tuple[int, list[str], list[str]]:
    """Return the number of variants judged, the wrong ones accepted, and the right ones refused."""
    random = Random(SEED)
    count, accepted, refused = 0, [], []
    for gold in golds:
        for equal, rule, text in variants(gold, random):
            verdict = verify_answer(gold, text, deadline=30)
            count += 1
            if verdict.correct != equal:
                (refused if equal else accepted).append(f"{rule}: {gold} | {text} | {verdict.reason}")
    return count, accepted, refused


def check(golds: list[str]) -> None:
    count, accepted, refused = judged_wrongly(golds)
    assert not accepted, "\n".join(accepted)
    assert len(refused) <= count // 100, "\n".join(refused)


def test_one_gold_of_each_kind() -> None:
    check(list(KINDS))


@pytest.mark.skipif(not FILES, reason="no benchmark slices in ../shared/data/benchmarks")
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_golds_of_a_benchmark(path: Path) -> None:
    golds = [gold for gold, _ in gold_answers(path)]
    check(Random(SEED).sample(golds, min(PER_SLICE, len(golds))))


def test_rules_apply() -> None:
    rules = {
        (equal, rule) for gold in KINDS for equal, rule, _ in variants(gold, Random(SEED)) if rule not in WRAPPERS
    }
    assert len(rules) >= 50
