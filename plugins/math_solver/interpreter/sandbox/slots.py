"""Slots: what a child gets for itself and hands on when it ends: a user id, a scratch folder, a ruleset."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from itertools import count

from . import jail, landlock
from .folders import empty_folder
from .visible import DEVICES

__all__ = ["Slot", "Slots"]


@dataclass
class Slot:
    """``uid`` and ``ruleset`` are ``None`` where the layer is missing; ``shared``: the host has its folder open."""

    scratch: str
    uid: int | None
    ruleset: int | None = None
    shared: bool = False

    def share(self) -> int:
        """A descriptor of the scratch folder for the host; the next child gets another folder then."""
        self.shared = True
        return os.open(self.scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


class Slots:
    """Hands out slots, one to a child, and cleans them in between; they are numbered from ``first``."""

    def __init__(
        self,
        base: str,
        readable: list[str],
        *,
        scratch_mb: int,
        jailed: bool,
        landlocked: bool,
        uid: int | None,
        first: int = 0,
    ) -> None:
        self._base, self._readable, self._uid = base, readable, uid
        self._scratch_mb, self._jailed, self._landlocked = scratch_mb, jailed, landlocked
        self._free: list[Slot] = []
        self._numbers = count(first)

    def take(self) -> Slot:
        """A slot with an empty scratch folder."""
        return self._free.pop() if self._free else self._make()

    def give_back(self, slot: Slot) -> None:
        """Clean a slot whose child has ended."""
        if slot.shared and not self._jailed:
            self._remove(slot.scratch)
            self._lay(slot)
        elif slot.shared or os.listdir(slot.scratch):
            if self._jailed:
                self._furnish(slot)
            else:
                empty_folder(slot.scratch)
        slot.shared = False
        self._free.append(slot)

    def _make(self) -> Slot:
        number = next(self._numbers)
        uid = None if self._uid is None else self._uid + number
        slot = Slot(f"{self._base}/{number}", uid)
        self._lay(slot)
        return slot

    def _lay(self, slot: Slot) -> None:
        os.mkdir(slot.scratch, 0o700)
        if slot.uid is not None and not self._jailed:
            os.chown(slot.scratch, slot.uid, slot.uid)
        self._furnish(slot)

    @staticmethod
    def _remove(folder: str) -> None:
        """Remove a folder into which the host may still write."""
        while True:
            empty_folder(folder)
            try:
                os.rmdir(folder)
                return
            except OSError as error:
                if error.errno != errno.ENOTEMPTY:
                    raise

    def _furnish(self, slot: Slot) -> None:
        if self._jailed:
            uid = os.geteuid() if slot.uid is None else slot.uid
            gid = os.getegid() if slot.uid is None else slot.uid
            jail.mount_scratch(slot.scratch, self._scratch_mb, uid, gid)
        if self._landlocked:
            if slot.ruleset is not None:
                os.close(slot.ruleset)
            devices = [path for path in DEVICES if os.path.exists(path)]
            slot.ruleset = landlock.build_ruleset(self._readable, devices, [slot.scratch])
