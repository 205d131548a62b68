"""The labelled table: 99 % right, and no wrong answer accepted in any wording."""

from __future__ import annotations

import pytest

from math_solver.answers import verify_answer

from .pairs import SENTENCES, Pair, read_pairs

PAIRS = read_pairs()


def judged_wrongly(template: str, pairs: list[Pair]) -> list[str]:
    wrong = []
    for pair in pairs:
        verdict = verify_answer(pair.gold, template.replace("{}", pair.predicted), deadline=30)
        if verdict.correct != pair.equal:
            label = "missed" if pair.equal else "FALSELY ACCEPTED"
            wrong.append(f"{label}: {pair.section}: {pair.gold} | {pair.predicted} | {verdict}")
    return wrong


def test_the_table_is_large_and_has_hard_negatives() -> None:
    assert len(PAIRS) >= 600
    assert sum(not pair.equal for pair in PAIRS) >= 250
    assert len({(pair.gold, pair.predicted) for pair in PAIRS}) == len(PAIRS)


def test_bare_answers() -> None:
    wrong = judged_wrongly("{}", PAIRS)
    assert not [line for line in wrong if line.startswith("FALSELY")]
    assert len(wrong) <= len(PAIRS) * 0.01, "\n".join(wrong)
    assert not [line for line in wrong if ": known misses: " not in line], "\n".join(wrong)


@pytest.mark.parametrize(
    "template", [*SENTENCES[:3], *(pytest.param(text, marks=pytest.mark.slow) for text in SENTENCES[3:])]
)
def test_answers_inside_a_text(template: str) -> None:
    # Pairs whose predicted side already is a sentence would make a sentence within a sentence.
    pairs = [pair for pair in PAIRS if not pair.section.startswith(("written", "known"))]
    wrong = judged_wrongly(template, pairs)
    assert not [line for line in wrong if line.startswith("FALSELY")]
    assert len(wrong) <= len(pairs) * 0.01, "\n".join(wrong)
