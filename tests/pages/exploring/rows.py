"""A small dataset to look at: right and wrong solutions, two languages, hostile text, and what curation left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from math_solver.dataset.curation.curating import Victim
from math_solver.records import Execution, Outcome, Problem, Status, Step, Trajectory, Verdict, write_jsonl

from ..examples import HOSTILE

__all__ = ["TRAJECTORIES", "VICTIMS", "solution", "write_dataset"]


def solution(
    id: str,
    question: str,
    gold: str | None,
    predicted: str | None,
    outcome: Outcome | None = "correct",
    *,
    problem: str | None = None,
    source: str = "gsm8k",
    status: Status = "ok",
    lang: str = "en",
    licence: str | None = "MIT",
    steps: int = 1,
    **meta: Any,
) -> Trajectory:
    ran = Execution(status, f"{predicted}\n" if status == "ok" else "", None, None if status == "ok" else "no result")
    return Trajectory(
        id=id,
        problem=Problem(problem or f"{id}-p", source, question, gold, subject="algebra", level="Level 2", lang=lang,
                        licence=licence),
        steps=(Step("We compute it.", f"x = {predicted!r}\nprint(x)", ran),) * steps,
        conclusion=f"So $\\boxed{{{predicted}}}$.",
        predicted=predicted,
        verdict=Verdict(outcome, f"because {outcome}") if outcome else None,
        meta=meta,
    )  # fmt: skip


TRAJECTORIES = [
    solution("t0", "Find $x$ with $x^2 = \\frac{49}{4}$ and $x > 0$. It costs $5.", "\\frac{7}{2}", "\\frac{7}{2}"),
    solution("t1", "How many eggs are left of 16?", "9", "9", problem="eggs", teacher="qwen"),
    solution("t2", "How many eggs are left of 16?", "9", "8", "incorrect", problem="eggs", status="error"),
    solution("t3", "How many eggs are left of 16?", "9", None, "unverifiable", problem="eggs", status="timeout"),
    solution("t4", "一根绳子长 \\(\\frac{7}{2}\\) 米，平均分成 5 段，每段长多少米？", "\\frac{7}{10}", "7/10",
             lang="zh", source="ape210k", steps=2),
    solution("t5", HOSTILE, HOSTILE[:150], HOSTILE[:150], source="<b>evil</b>", licence=None,
             teacher="<img src=x onerror=alert(1)>", reasoning=[HOSTILE, "so"]),
]  # fmt: skip
BENCH = "Ben has 48 red and 36 blue marbles in a bag, loses 17 of them at school, and shares the rest with a friend."
VICTIMS = [
    Victim("t1", "duplicates", "near_duplicate", "similarity 0.91, the same numbers",
           "How many eggs are left of 16 today?", "t2", "How many eggs are left of 16?", 0.91),
    Victim("d2", "duplicates", "duplicate", "the same question", "How many eggs are left of 16?", "t2",
           "How many eggs are left of 16?", 1.0),
    Victim("c1", "decontamination", "masked_text", "80% of its 5-grams", BENCH.replace("Ben", "Ann"), "gsm8k:test:7",
           BENCH, 0.8),
    Victim("q1", "quality", "no_code", "no program", HOSTILE),
]  # fmt: skip


def write_dataset(folder: Path, copies: int = 1) -> Path:
    """``curated.jsonl`` with its victims beside it; each copy of the rows is of problems of its own."""
    path = folder / "curated.jsonl"
    write_jsonl(path, TRAJECTORIES * copies)
    write_jsonl(folder / "curated.victims.jsonl", VICTIMS)
    return path
