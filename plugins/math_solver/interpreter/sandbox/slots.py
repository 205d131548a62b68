"""Slots: what a child gets for itself and hands on when it ends: a user id, a scratch folder, a ruleset."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from itertools import count

from . import jail, landlock
from .folders import empty_folder
from .visible import DEVICES

__all__ = ["BaseLost", "Slot", "Slots"]


class BaseLost(Exception):
    """The folder of all slots is gone: none can be laid any more, but by another server in a folder of its own."""


@dataclass
class Slot:
    """What one child has for itself.

    Attributes:
        uid: ``None`` where the layer is missing, and so is ``ruleset``.
        shared: the host has its folder open.
        laid: its folder and its ruleset are there.
        clean: nobody has used it since it was cleaned.
    """

    scratch: str
    uid: int | None
    ruleset: int | None = None
    shared: bool = False
    laid: bool = False
    clean: bool = False

    def share(self) -> int:
        """A descriptor of the scratch folder for the host; the next child gets another folder then."""
        self.shared = True
        return os.open(self.scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


class Slots:
    """Hands out slots, one to a child, and cleans them in between.

    Every other number from ``first`` (0 or 1) is theirs; those between are the other server's.
    """

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
        self._numbers = count(first, 2)

    def take(self) -> Slot:
        """A slot with an empty scratch folder.

        Raises:
            OSError: the machine has no means for one now; nothing is lost.
            BaseLost: there never will be one.
        """
        slot = self._free.pop() if self._free else self._make()
        try:
            if not (slot.clean and os.path.isdir(slot.scratch)):
                self._clean(slot)
        except OSError:
            self._free.insert(0, slot)  # behind the others, which may do
            raise
        slot.clean = False
        return slot

    def give_back(self, slot: Slot) -> None:
        """Clean a slot whose child has ended, or was never started; if that cannot be now, before it is used again."""
        try:
            self._clean(slot)
        except OSError:
            pass
        self._free.append(slot)

    def _make(self) -> Slot:
        number = next(self._numbers)
        return Slot(f"{self._base}/{number}", None if self._uid is None else self._uid + number)

    def _clean(self, slot: Slot) -> None:
        if not (slot.laid and self._emptied(slot)):
            slot.laid = False
            self._lay(slot)
            slot.laid, slot.shared = True, False
        slot.clean = True

    def _emptied(self, slot: Slot) -> bool:
        """Whether its folder is empty now; if not, it takes another one."""
        if slot.shared:
            return False
        try:
            if self._jailed:
                return not os.listdir(slot.scratch)
            empty_folder(slot.scratch)
        except (FileNotFoundError, NotADirectoryError):  # what removes old files in a folder for all has been there
            return False
        return True

    def _lay(self, slot: Slot) -> None:
        if not self._jailed:
            self._remove(slot.scratch)
        try:
            os.mkdir(slot.scratch, 0o700)
        except FileExistsError:
            pass
        except FileNotFoundError as error:
            raise BaseLost(f"{self._base} was removed") from error
        if slot.uid is not None and not self._jailed:
            os.chown(slot.scratch, slot.uid, slot.uid)
        self._furnish(slot)

    @staticmethod
    def _remove(folder: str) -> None:
        """Remove a folder, if it is there, into which the host may still write."""
        while True:
            try:
                empty_folder(folder)
                os.rmdir(folder)
                return
            except FileNotFoundError:  # it, or what lay in it until now
                if not os.path.lexists(folder):
                    return
            except NotADirectoryError:
                os.unlink(folder)
            except OSError as error:
                if error.errno != errno.ENOTEMPTY:
                    raise

    def _furnish(self, slot: Slot) -> None:
        if self._jailed:
            uid = os.geteuid() if slot.uid is None else slot.uid
            gid = os.getegid() if slot.uid is None else slot.uid
            jail.mount_scratch(slot.scratch, self._scratch_mb, uid, gid)
        if self._landlocked:
            devices = [path for path in DEVICES if os.path.exists(path)]
            earlier, slot.ruleset = (
                slot.ruleset,
                landlock.build_ruleset(self._readable, devices, [slot.scratch]),
            )
            if earlier is not None:
                os.close(earlier)
