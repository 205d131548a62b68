"""What a vote, a check and an explanation came to, as a reply tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ..disk import storable
from ..records import Step

__all__ = ["Check", "CheckStatus", "Explanation", "Group", "Method", "Tally", "VoteOutcome"]

Json = dict[str, Any]
# How an answer was tested: by the model with a program, or without any model.
Method = Literal["model", "substitution", "enumeration"]
CheckStatus = Literal["agreed", "corrected", "disputed", "unknown"]
VoteOutcome: TypeAlias = Literal["unanimous", "majority", "plurality", "checked", "tie", "none"]


@dataclass(frozen=True)
class Check:
    """How the test of an answer by another way ended.

    Attributes:
        status: ``agreed``: two ways came to the answer. ``corrected``: they came to another one, which the reply
            gives now. ``disputed``: the ways differ, and the first answer stands. ``unknown``: no test came to
            anything, for which ``reason`` says why; the first answer stands, unless it was refuted.
        method: what decided.
        answers: those to which the tests came, in order; the solution's own is not among them.
        steps: the programs of the tests.
    """

    status: CheckStatus
    method: Method
    answers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether two ways came to the answer that the reply gives."""
        return self.status in ("agreed", "corrected")

    def as_json(self) -> Json:
        ran = [
            {"thought": step.thought, "code": step.code, "output": step.execution.observation} for step in self.steps
        ]
        told: Json = {"status": self.status, "method": self.method, "answers": list(map(storable, self.answers))}
        return told | {"executions": ran} | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True)
class Explanation:
    """Whether an explanation stands behind the conclusion, or why the plain conclusion was kept."""

    given: bool
    reason: str = ""

    def as_json(self) -> Json:
        return {"given": self.given} | ({"reason": storable(self.reason)} if self.reason else {})


@dataclass(frozen=True)
class Group:
    """Answers that mean the same: the first of them, how many solutions gave one, how many of these were checked."""

    answer: str
    votes: int
    checked: int = 0


@dataclass(frozen=True)
class Tally:
    """How several solutions of one problem voted.

    Attributes:
        asked: how many there were to be.
        outcome: ``unanimous``: all answers were the same; ``majority``: more than half of all that ended;
            ``plurality``: the most; ``checked``: as many as another, of which fewer were checked; ``tie``: as many as
            another, and the one that was started first is given; ``none``: nobody gave an answer.
        groups: the answers, the winner first.
        without_answer: solutions that ended without one.
        failed: those that an error ended.
        not_needed: those that could not have changed the winner, and were given up or never begun.
        unsure: answers that count as different because nobody could compare them.
        solution: which of the solutions the reply is, from 0.
    """

    asked: int
    outcome: VoteOutcome
    groups: tuple[Group, ...]
    without_answer: int = 0
    failed: int = 0
    not_needed: int = 0
    unsure: bool = False
    solution: int = 0

    @property
    def confidence(self) -> float:
        """The winner's share of the solutions that ended, those without an answer and the failed ones included."""
        ended = self.asked - self.not_needed
        return self.groups[0].votes / ended if self.groups and ended else 0.0

    def as_json(self) -> Json:
        groups = [
            {"answer": storable(group.answer), "votes": group.votes, "checked": group.checked} for group in self.groups
        ]
        return {
            "asked": self.asked,
            "outcome": self.outcome,
            "answer": groups[0]["answer"] if groups else None,
            "confidence": round(self.confidence, 4),
            "groups": groups,
            "without_answer": self.without_answer,
            "failed": self.failed,
            "not_needed": self.not_needed,
            "unsure": self.unsure,
            "solution": self.solution,
        }
