"""What one comparison found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Finding", "all_of", "different", "equal", "unknown"]


@dataclass(frozen=True)
class Finding:
    """``same`` is True, False, or None where the ways of comparing disagree or cannot tell."""

    same: bool | None
    reason: str


def equal(reason: str) -> Finding:
    return Finding(True, reason)


def different(reason: str) -> Finding:
    return Finding(False, reason)


def unknown(reason: str) -> Finding:
    return Finding(None, reason)


def all_of(findings: Iterable[Finding], reason: str) -> Finding:
    """Join the findings on the parts of a whole: the first difference, else the first doubt, else equal."""
    doubt = None
    for finding in findings:
        if finding.same is False:
            return finding
        if finding.same is None and doubt is None:
            doubt = finding
    return doubt or equal(reason)
