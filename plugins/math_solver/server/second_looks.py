"""Votes and checks, as both endpoints read them: ``votes`` and ``check``.

``solving.voting`` and ``solving.checking`` do them.
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


@dataclass(frozen=True)
class SecondLooks:
    """How many solves vote on the answer, and whether it is tested by another way."""

    votes: int = 1
    check: bool = False

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
        _read_votes(body, settings, interpreter, named), _read_check(body, settings, interpreter, answer_format)
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
        return "needs the code interpreter; name it in tools and let tool_choice allow it, or leave votes out"
    if (body.get("n") or 1) != 1:
        return "and n do not go together: votes give one choice; leave one of them out"
    if body.get("temperature") == 0 or body.get("do_sample") is False:
        return "at temperature 0 is the same answer each time; give a temperature above 0, or leave votes out"
    if named:
        return "and a container do not go together: it serves one solve at a time; leave one of them out"
    return None


def _read_check(body: Body, settings: Settings, interpreter: bool, answer_format: AnswerFormat | None) -> bool:
    asked: bool | None = read(body, "check", bool, None)
    if asked and not interpreter:
        message = "check needs the code interpreter; name it in tools and let tool_choice allow it, or leave check out"
        raise ApiError(message, param="check", code="unsupported_value")
    if asked and answer_format:
        message = "check tests answers in words and formulas; leave it out, or the format of the answer"
        raise ApiError(message, param="check", code="unsupported_value")
    if asked is None:
        return settings.check and interpreter and answer_format is None
    return asked
