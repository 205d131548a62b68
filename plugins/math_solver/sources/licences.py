"""Licences of rows, by SPDX identifier, and the gate that lets only some of them through."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from ..records import RecordError
from .refusals import Refused

__all__ = ["GROUPS", "KNOWN", "Gate", "gate", "may_be_passed_on"]

# Names for several licences. What each asks of who uses the data is for its text to say.
GROUPS: dict[str, frozenset[str]] = {
    "permissive": frozenset(
        {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "CC-BY-4.0", "ODC-By-1.0", "Unlicense"}
    ),
    "share-alike": frozenset({"CC-BY-SA-4.0", "GPL-2.0-only", "GPL-3.0-only", "LGPL-3.0-only", "AGPL-3.0-only"}),
    "non-commercial": frozenset({"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0"}),
}
KNOWN = frozenset({"LicenseRef-NVIDIA"}).union(*GROUPS.values())

# What is made of such rows, a solution for one, must not be passed on.
_NO_DERIVATIVES = frozenset({"CC-BY-NC-ND-4.0"})


def may_be_passed_on(licence: str | None) -> bool:
    """Whether a licence lets who has a row pass it on, on its terms; none does not, nor one that is not known."""
    return licence is not None and licence in frozenset().union(*GROUPS.values()) - _NO_DERIVATIVES


@dataclass(frozen=True)
class Gate:
    """The licences that pass; without any, every row does, also one without a licence."""

    allowed: frozenset[str] | None = None

    def check(self, licence: str | None) -> None:
        """Refuse a row whose licence does not pass.

        Raises:
            Refused: it does not; an unknown licence never does.
        """
        if self.allowed is not None and licence not in self.allowed:
            raise Refused("licence", licence or "unknown licence")


def gate(names: str | None, more: Sequence[str] = ()) -> Gate:
    """The gate of a list of licences and groups, separated by commas; ``more`` are licences that it may name as well.

    Raises:
        RecordError: a name is neither; a slip of the pen would refuse everything.
    """
    if names is None:
        return Gate()
    spelt = {name.casefold(): name for name in (*GROUPS, *KNOWN, *more)}
    allowed: set[str] = set()
    for name in filter(None, map(str.strip, names.split(","))):
        known = spelt.get(name.casefold())
        if known is None:
            near = difflib.get_close_matches(name.casefold(), spelt, n=2, cutoff=0.5)
            hint = (
                f"did you mean {' or '.join(spelt[one] for one in near)}?" if near else f"known are {_listed(spelt)}"
            )
            raise RecordError(f"--licences: {name!r} is no licence of a source, nor a group of them; {hint}")
        allowed |= GROUPS.get(known, {known})
    if not allowed:
        raise RecordError(f"--licences names none; known are {_listed(spelt)}")
    return Gate(frozenset(allowed))


def _listed(spelt: dict[str, str]) -> str:
    return ", ".join(sorted(spelt.values(), key=str.casefold))
