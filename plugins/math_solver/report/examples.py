"""Choosing attempts as worked examples, and rendering them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from ..evaluation import FAILURES, Attempt, Run, failure
from .prose import answer, code, headline, prose

__all__ = ["choose_examples", "render_example"]

RIGHT, WRONG = 3, 2  # examples of correct attempts, and of each way to fail


def choose_examples(run: Run) -> list[Attempt]:
    """Return a few correct attempts, those with programs first, and a few of each failure; subjects vary."""
    right = [attempt for attempt in run.attempts if attempt.verdict.correct]
    right.sort(key=lambda attempt: not attempt.executions)
    chosen = _varied(right, RIGHT)
    for kind in FAILURES:
        chosen += _varied([attempt for attempt in run.attempts if failure(attempt, run.tool) == kind], WRONG)
    return chosen


def _varied(attempts: Sequence[Attempt], number: int) -> list[Attempt]:
    """The first attempts of each subject, then of each problem, then any, up to ``number``."""
    chosen: list[Attempt] = []
    keys: tuple[Callable[[Attempt], str | None], ...] = (_subject, _problem, _name)
    for key in keys:
        for attempt in attempts:
            if len(chosen) < number and key(attempt) not in map(key, chosen):
                chosen.append(attempt)
    return chosen


def _subject(attempt: Attempt) -> str | None:
    return attempt.problem.subject


def _problem(attempt: Attempt) -> str:
    return attempt.problem.id


def _name(attempt: Attempt) -> str:
    return attempt.id


def render_example(attempt: Attempt, tool: bool, opened: bool = False) -> str:
    problem, kind = attempt.problem, failure(attempt, tool)
    tone = {"correct": "good", "unverifiable": "open"}.get(attempt.verdict.outcome, "")
    return (
        f"<details{' open' if opened else ''}><summary>"
        f'<span class="question">{headline(problem.question)}</span>'
        f'<span class="verdict {tone}">{escape(kind or "correct")}</span></summary>'
        f'<div class="work" lang="{escape(problem.lang)}"><h4>Problem</h4>{prose(problem.question)}'
        f"{_solution(attempt)}{_answers(attempt)}"
        f'<p class="note">{escape(_facts(attempt))}</p></div></details>'
    )


def _solution(attempt: Attempt) -> str:
    if attempt.error is not None:
        return f"<h4>Request</h4><p>{escape(attempt.error)}</p>"
    if not attempt.executions or attempt.conclusion is None:
        return f"<h4>Solution</h4>{prose(attempt.text) or EMPTY}"
    steps = "".join(
        f"{prose(str(step.get('thought') or ''))}{code(str(step.get('code') or ''))}"
        f"{code(str(step.get('output') or ''), 'output')}"
        for step in attempt.executions
    )
    return f"<h4>Solution</h4>{steps}{prose(attempt.conclusion) or EMPTY}"


EMPTY = '<p class="none">no text</p>'


def _answers(attempt: Attempt) -> str:
    return (
        f'<div class="answers"><div><b>Answer</b> {answer(attempt.predicted)}</div>'
        f"<div><b>Gold answer</b> {answer(attempt.problem.answer)}</div>"
        f"<div><b>Verifier</b> {escape(attempt.verdict.reason or attempt.verdict.outcome)}</div></div>"
    )


def _facts(attempt: Attempt) -> str:
    facts = [attempt.id, *(text for text in (attempt.problem.subject, attempt.problem.level) if text)]
    if attempt.problem.follows is not None:
        facts.append(f"follows {attempt.problem.follows}")
    if attempt.executions:
        facts.append(f"{len(attempt.executions)} program{'s' * (len(attempt.executions) > 1)}")
    if attempt.completion_tokens is not None:
        facts.append(f"{attempt.completion_tokens} tokens written")
    return " · ".join([*facts, f"{attempt.seconds:.1f} s"])
