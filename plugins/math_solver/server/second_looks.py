"""Votes, checks and explanations, as both endpoints read them: ``votes``, ``check`` and ``explain``.

``solving.voting``, ``solving.checking`` and ``solving.explaining`` do them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..solving.json_answers import AnswerFormat
from .settings import Settings
from .web.errors import ApiError
from .web.fields import Body, read, read_whole

__all__ = ["SecondLooks", "read_second_looks"]

# Where a request with votes says none: solves at temperature 0 would all be the same.
TEMPERATURE = 0.7
_NO_PROGRAMS = "needs the code interpreter; name it in tools and let tool_choice allow it"


@dataclass(frozen=True)
class SecondLooks:
    """How many solves vote on the answer, whether it is tested by another way, and whether it is explained."""

    votes: int = 1
    check: bool = False
    explain: bool = False

    def sampling(self, sampling: Mapping[str, Any]) -> dict[str, Any]:
        """What the engine is told of sampling: solves that vote must be able to differ."""
        told = {"temperature": TEMPERATURE, "do_sample": True} if self.votes > 1 else {}
        return told | dict(sampling)


def read_second_looks(
    body: Body, settings: Settings, *, interpreter: bool, answer_format: AnswerFormat | None, named: bool
) -> SecondLooks:
    """What a request asks for, or else the YAML where that fits the request.

    Args:
        interpreter: programs are run.
        named: the request says in which container programs run.

    Raises:
        ApiError: 400 that names the parameter.
    """
    return SecondLooks(
        _read_votes(body, settings, interpreter, named),
        _read_flag(body, "check", settings.check, interpreter, answer_format),
        _read_flag(body, "explain", settings.explain, interpreter, answer_format),
    )


def _read_votes(body: Body, settings: Settings, interpreter: bool, named: bool) -> int:
    asked = read_whole(body, "votes", 1, settings.max_votes)
    refusal = _against_votes(body, interpreter, named)
    if asked is None:
        return 1 if refusal else settings.votes
    if asked > 1 and refusal:
        raise ApiError(f"votes={asked} {refusal}", param="votes", code="unsupported_value")
    return asked


def _against_votes(body: Body, interpreter: bool, named: bool) -> str | None:
    """Why a request can have no votes."""
    if not interpreter:
        return f"{_NO_PROGRAMS}, or leave votes out"
    if (body.get("n") or 1) != 1:
        return "and n do not go together: votes give one choice; leave one of them out"
    if body.get("temperature") == 0 or body.get("do_sample") is False:
        return "at temperature 0 is the same answer each time; give a temperature above 0, or leave votes out"
    if named:
        return "and a container do not go together: it serves one solve at a time; leave one of them out"
    return None


def _read_flag(body: Body, name: str, default: bool, interpreter: bool, answer_format: AnswerFormat | None) -> bool:
    """What needs programs, and an answer in words and formulas."""
    asked: bool | None = read(body, name, bool, None)
    if asked and not interpreter:
        message = f"{name} {_NO_PROGRAMS}, or leave {name} out"
        raise ApiError(message, param=name, code="unsupported_value")
    if asked and answer_format:
        message = f"{name} is for answers in words and formulas; leave it out, or the format of the answer"
        raise ApiError(message, param=name, code="unsupported_value")
    if asked is None:
        return default and interpreter and answer_format is None
    return asked
