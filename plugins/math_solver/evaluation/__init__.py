"""Asking an OpenAI-compatible endpoint for solutions of problems, judging and counting them."""

from __future__ import annotations

from .attempting import attempt
from .campaign import answered, ask_all, choose
from .changes import Change, changes
from .comparison import compare, comparisons
from .failures import FAILURES, Failure, failure
from .figures import Tally, figures, tally
from .records import Attempt, Decision, Ruling, attempt_id, decided
from .runs import Run, circumstances_path, journal_path, read_run, versions, write_circumstances
from .solutions import solutions_of
from .statistics import Estimate, bootstrap, mcnemar, pass_at_k, wilson
from .voting import classes_of, still_needed

__all__ = [
    "FAILURES",
    "Attempt",
    "Change",
    "Decision",
    "Estimate",
    "Failure",
    "Ruling",
    "Run",
    "Tally",
    "answered",
    "ask_all",
    "attempt",
    "attempt_id",
    "bootstrap",
    "changes",
    "choose",
    "circumstances_path",
    "classes_of",
    "compare",
    "comparisons",
    "decided",
    "failure",
    "figures",
    "journal_path",
    "mcnemar",
    "pass_at_k",
    "read_run",
    "solutions_of",
    "still_needed",
    "tally",
    "wilson",
    "versions",
    "write_circumstances",
]
