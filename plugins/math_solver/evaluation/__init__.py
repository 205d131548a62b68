"""Asking an OpenAI-compatible endpoint for solutions of problems, judging and counting them."""

from __future__ import annotations

from .asking import Tally, attempts, choose, tally
from .records import Attempt, Choice, Decision, attempt_id, decided

__all__ = ["Attempt", "Choice", "Decision", "Tally", "attempt_id", "attempts", "choose", "decided", "tally"]
