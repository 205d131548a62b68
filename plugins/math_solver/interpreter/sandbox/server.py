"""A server: it forks a child of itself for each request, which finds what the server holds in memory.

Single-threaded, and deaf to children: it reads from the host only. It ends when the host closes its end of
the control socket, and its children end with it.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import select
import signal
import socket
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from . import child, confine
from .kernel import fork
from .slots import Slot, Slots
from .wire import dump, load

__all__ = ["Server"]

_REMEMBERED = 1024  # exit statuses kept for the host to ask for
_OUTPUT_PIPE = 1 << 18
_FAILED = 70
_FRAMES = 4  # from the loop to a child's life: an answer, a spawn, a child
_MESSAGE = 65536  # bytes that the longest message of the host could have


class Server:
    """The loop: ``spawn`` forks a confined child and hands its pipes to the host, ``folder`` hands over the scratch
    folder of one that lives, ``why`` tells how one ended.

    ``later`` is work for when nobody asks anything, done a step at a time; each step tells the ranges of memory
    that children should copy ahead of need. ``kin`` is a server that this one forked.
    """

    def __init__(
        self,
        control: socket.socket,
        slots: Slots,
        settings: Callable[[Slot], confine.Settings],
        equipment: child.Equipment,
        *,
        later: Iterator[array[int]] | None,
        filtered: bool,
        kin: int | None = None,
    ) -> None:
        self._later = later
        self._hot = array("Q")
        self._filtered = filtered
        self._control, self._slots, self._settings, self._equipment = control, slots, settings, equipment
        self._kin = kin
        self._living: dict[int, tuple[int, Slot]] = {}
        self._exits: OrderedDict[int, int] = OrderedDict()
        self._woken, wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def run(self) -> None:
        """Answer until the host hangs up; no child outlives it."""
        gc.collect()
        gc.freeze()  # what is here now is nothing for children to look through
        try:
            self._answer_all()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the host hung up while we spoke
        finally:
            for pid in self._living:
                os.kill(pid, signal.SIGKILL)
            for pid in self._living:
                os.waitpid(pid, 0)
            self._sweep()

    def _answer_all(self) -> None:
        child.let_recurse(_FRAMES)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._woken, select.POLLIN)
        while True:
            ready = [fd for fd, _ in poll.poll(0 if self._later else None)]
            if not ready and self._later:
                self._go_on_with(self._later)
            if self._woken in ready:
                try:
                    os.read(self._woken, 4096)
                except BlockingIOError:
                    pass
                self._reap()
            if self._control.fileno() in ready and not self._answer():
                return

    def _go_on_with(self, later: Iterator[array[int]]) -> None:
        try:
            self._hot = next(later)
        except (StopIteration, OSError):  # it only saves time, so a machine that refuses it goes without
            self._later = None

    def _answer(self) -> bool:
        data = self._control.recv(_MESSAGE)
        if not data:
            return False
        message = load(data)
        if message["op"] == "spawn":
            self._spawn(message["id"])
        elif message["op"] == "folder":
            self._hand_over_folder(message["id"])
        else:
            self._reap()
            self._send({"op": "exit", "id": message["id"], "status": self._exits.get(message["id"])})
        return True

    def _spawn(self, name: int) -> None:
        """Fork a child; where the machine refuses any step of it, nothing of the attempt is left."""
        fds: list[int] = []
        slot: Slot | None = None
        try:
            slot = self._slots.take()
            for _ in range(3):
                fds += os.pipe()
            fds.append(_ended_pipe())
            try:
                fcntl.fcntl(fds[3], fcntl.F_SETPIPE_SZ, _OUTPUT_PIPE)
            except PermissionError:
                pass  # the user's share of pipe memory is spent
            settings, pipes = self._settings(slot), child.Pipes(fds[6], fds[0], fds[3], fds[5])
            pid = fork()
            if pid == 0:
                self._be_child(pipes, settings)
            self._living[pid] = name, slot
            message = {"op": "child", "id": name, "scratch": slot.scratch}
            slot = None  # it is given back when the child ends, which it does by itself when its pipes are closed
            fds.append(os.pidfd_open(pid))
            socket.send_fds(self._control, [dump(message)], [fds[1], fds[2], fds[4], fds[7]])
        except OSError as error:
            self._send({"op": "failed", "id": name, "error": str(error), "errno": error.errno})
        finally:
            for fd in fds:
                os.close(fd)
            if slot is not None:
                self._slots.give_back(slot)

    def _hand_over_folder(self, name: int) -> None:
        """A child that has died but is not reaped has its slot for itself still."""
        answer = {"op": "folder", "id": name, "open": True}
        slot = next((slot for owner, slot in self._living.values() if owner == name), None)
        folder = None
        try:
            folder = None if slot is None else slot.share()
            if folder is not None:
                socket.send_fds(self._control, [dump(answer)], [folder])
                return
        except OSError:
            pass  # no descriptors left, here or on their way
        finally:
            if folder is not None:
                os.close(folder)
        self._send(answer | {"open": False})

    def _be_child(self, pipes: child.Pipes, settings: confine.Settings) -> NoReturn:
        status = _FAILED
        try:
            signal.set_wakeup_fd(-1)
            child.live(pipes, settings, self._equipment, self._hot)
            status = 0
        except BaseException as error:
            os.write(2, f"interpreter child: {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(status)

    def _reap(self) -> None:
        while self._living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if os.WIFSTOPPED(status):  # it asked to be traced, which only a missing filter lets it
                os.kill(pid, signal.SIGKILL)
            elif pid in self._living:
                name, slot = self._living.pop(pid)
                self._slots.give_back(slot)
                self._exits[name] = os.waitstatus_to_exitcode(status)
                if len(self._exits) > _REMEMBERED:
                    self._exits.popitem(last=False)
                try:
                    self._sweep()
                except OSError:
                    pass  # no descriptors to look with; the next time is as good

    def _sweep(self) -> None:
        """Kill what programs left behind, which only a missing filter lets them.

        Orphans become children of this process. Not found inside a jail, which has no /proc; they end with it.
        """
        if self._filtered or not os.path.exists("/proc/self"):
            return
        for entry in filter(str.isdecimal, os.listdir("/proc")):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                if parent == os.getpid() and int(entry) not in (*self._living, self._kin):
                    os.kill(int(entry), signal.SIGKILL)
                    os.waitpid(int(entry), 0)

    def _send(self, message: dict[str, Any]) -> None:
        self._control.sendall(dump(message))


def _ended_pipe() -> int:
    """The end to read of a pipe that nobody writes to: unlike /dev/null, an event loop may wait for it."""
    ended, into = os.pipe()
    os.close(into)
    return ended
