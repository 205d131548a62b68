"""What the host starts: enter the jail, find the layers, fork the light server, warm up, serve."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from . import confine, fork_pages, jail, plain, prelude, seccomp, visible, warmup
from .alone import ALONE
from .cell import run_cell, show_plainly
from .child import FIRST_FREE, Equipment, Streams
from .folders import empty_folder
from .importing import run_around
from .kernel import DUMPABLE, PDEATHSIG, SUBREAPER, prctl
from .layers import Identity, missing_layers, read_identity
from .plotting import PLOTTING
from .pools import POOLS
from .server import Server
from .slots import Slot, Slots
from .wire import dump

__all__ = ["main"]

_MIB = 1 << 20
_SCRIPT = "program.py"  # programs find the arguments of a script that was given none
_JAIL_SCRATCH, _STATM = "/scratch", "self/statm"
_OOM_SCORE = "500"  # the kernel takes this process before the host's


def main() -> None:
    """Serve the control sockets of the two servers, whose descriptors are the first argument, with commas.

    The third is of their folder and holds its lock. The second argument is the host's JSON.
    """
    *sockets, lock = _take_descriptors(map(int, sys.argv[1].split(",")))
    control, light_control = (socket.socket(fileno=number) for number in sockets)
    config = json.loads(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o022)
    _volunteer_for_oom()
    _allow_all_descriptors()
    sys.path.remove(sys.argv[3])  # this package; its modules are loaded
    sys.argv, sys.orig_argv = [_SCRIPT], [sys.executable, _SCRIPT]  # ours are not for programs
    sys.path[:] = visible.import_paths(config["paths"])
    readable = visible.readable_paths(sys.path)
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)  # the jail has none
    unjailed, base = config["unjailed"], config["scratch"]
    identity = read_identity(config["block"])
    if unjailed is None:
        try:
            _enter_jail(base, readable)
        except OSError as error:
            control.sendall(dump({"op": "unjailed", "reason": str(error)}))
            return
        base = _JAIL_SCRATCH
        os.close(lock)  # of a folder outside, which the host removes
    prctl(DUMPABLE, 0)
    prctl(SUBREAPER, 1)
    canary = _lay_canary(base, config["token"])
    missing = missing_layers(identity, [*sys.path, canary])
    place = _Place(config, missing, identity, proc, base, readable, canary)
    learn, tell = os.pipe()
    kin = os.fork()
    if kin == 0:
        control.close()
        os.close(tell)
        _be_light(light_control, place, learn)
    light_control.close()
    os.close(learn)
    try:
        _be_warm(control, place, tell, kin)
    finally:
        control.close()  # the host, which waits for this, hangs up on the light server
        with contextlib.suppress(ChildProcessError):  # reaped while we served
            os.waitpid(kin, 0)
        if unjailed is not None:
            empty_folder(base)
            os.rmdir(base)


def _take_descriptors(numbers: Iterable[int]) -> list[int]:
    """These descriptors, moved out of the way of those that a child has, whose places stay taken."""
    moved = []
    for number in numbers:
        moved.append(fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, FIRST_FREE))
        os.close(number)
    for place in range(3, FIRST_FREE):
        os.dup2(0, place, inheritable=False)
    return moved


@dataclass(frozen=True)
class _Place:
    """What the two servers have in common: what the host said, and what the machine turned out to be."""

    config: dict[str, Any]
    missing: dict[str, str]
    identity: Identity
    proc: int
    base: str
    readable: list[str]
    canary: str

    def slots(self, first: int) -> Slots:
        return Slots(
            self.base,
            self.readable,
            scratch_mb=self.config["scratch_mb"],
            jailed=self.config["unjailed"] is None,
            landlocked="landlock" not in self.missing,
            uid=self.identity.first_uid if self.identity.root and "uid" not in self.missing else None,
            first=first,
        )

    def ready(self, lent: Iterable[str]) -> bytes:
        unjailed = self.config["unjailed"]
        message = {"op": "ready", "missing": self.missing, "unjailed": unjailed, "canary": self.canary}
        return dump(message | {"lent": sorted(lent)})


def _be_warm(control: socket.socket, place: _Place, tell: int, kin: int) -> None:
    """Serve programs that SymPy's names are there for; ``tell`` is told them, once they are there."""
    with os.fdopen(tell, "w", encoding="ascii") as pipe:
        equipment = _warm_up()
        lent = prelude.lent_names()
        pipe.write(" ".join(lent))
    later = _warm_up_later(place.proc, equipment.spare)
    _serve(control, place, equipment, lent, later=later, kin=kin)


def _be_light(control: socket.socket, place: _Place, learn: int) -> NoReturn:
    """Serve programs that need none of SymPy's names, which come in by ``learn``; ends with the warm server."""
    status = 1
    try:
        prctl(PDEATHSIG, signal.SIGKILL)
        prctl(SUBREAPER, 1)
        with os.fdopen(learn, encoding="ascii") as pipe:
            lent = frozenset(pipe.read().split())
        if lent:  # or else the warm server has not come up
            _serve(control, place, _prepare_lightly(lent), lent, first_slot=1)
            status = 0
    except BaseException as error:
        print(f"interpreter: {type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(status)


def _serve(
    control: socket.socket,
    place: _Place,
    equipment: Equipment,
    lent: Iterable[str],
    *,
    later: Iterator[array[int]] | None = None,
    first_slot: int = 0,
    kin: int | None = None,
) -> None:
    slots, children = place.slots(first_slot), _ChildSettings(place)
    filtered = "seccomp" not in place.missing
    try:
        control.sendall(place.ready(lent))
        Server(control, slots, children.settings, equipment, later=later, filtered=filtered, kin=kin).run()
    except (BrokenPipeError, ConnectionResetError):
        return  # the host is gone, and with it everyone who could want a word


def _enter_jail(root: str, readable: list[str]) -> None:
    """Go into namespaces and a new root."""
    jail.enter_namespaces()
    jail.swap_root(root, readable, [path for path in visible.DEVICES if os.path.exists(path)])
    os.mkdir(_JAIL_SCRATCH, 0o711)


class _ChildSettings:
    """What a child in a given slot may do: its layers of isolation and its limits."""

    def __init__(self, place: _Place) -> None:
        self._config = place.config
        self._layers = frozenset({"no_new_privs", "rlimits"} - set(place.missing))
        self._filter = None if "seccomp" in place.missing else seccomp.Filter()
        self._statm = os.open(_STATM, os.O_RDONLY, dir_fd=place.proc)
        self._parent = os.getpid()
        self._shared_tasks = 0 if place.identity.root else place.config["shared_tasks"]

    def settings(self, slot: Slot) -> confine.Settings:
        config = self._config
        space = int(os.pread(self._statm, 100, 0).split()[0]) * resource.getpagesize()
        return confine.Settings(
            parent=self._parent,
            scratch=slot.scratch,
            layers=self._layers,
            uid=slot.uid,
            ruleset=slot.ruleset,
            filter=self._filter,
            limits=confine.bounds(
                address_space=space + config["memory_mb"] * _MIB,
                file_size=config["scratch_mb"] * _MIB,
                open_files=config["open_files"],
                tasks=config["threads"] + self._shared_tasks,
                cpu_seconds=config["cpu_seconds"],
            ),
        )


def _set_up() -> None:
    """What programs find in both servers."""
    sys.set_int_max_str_digits(0)
    show_plainly()
    prelude.add_exits()
    run_around(PLOTTING | ALONE | POOLS)


def _warm_up() -> Equipment:
    """Do everything that a child should find done."""
    _set_up()
    warmup.exercise()
    os.environ.clear()
    spare = prelude.fresh_namespace()
    namespace = prelude.fresh_namespace(installed=True)
    gc.disable()
    _settle()
    return Equipment(namespace, spare, warmup.FIRST_STEPS, lambda _: None, Streams())


def _prepare_lightly(lent: frozenset[str]) -> Equipment:
    """Do so for children without SymPy."""
    _set_up()
    for module in plain.MODULES:
        importlib.import_module(module)
    os.environ.clear()
    suits = partial(plain.suits, lent=lent)
    warmup.exercise_lightly(suits)
    spare = prelude.light_namespace()
    namespace = prelude.light_namespace(installed=True)
    gc.disable()
    prelude.seed_lightly()
    return Equipment(namespace, spare, "", suits, Streams())


def _warm_up_later(proc: int, spare: dict[str, Any]) -> Iterator[array[int]]:
    """More of it, in steps; a child may be forked after each, and should copy the ranges yielded."""
    for _ in warmup.exercise_later():
        _settle()
        yield array("Q")
    fork_pages.collapse(proc)
    samples = []
    for program in warmup.TYPICAL:
        yield array("Q")
        samples.append(fork_pages.touched(partial(run_cell, program, spare, "<cell sample>"), proc))
    os.close(proc)
    yield fork_pages.hot_ranges(samples)


def _settle() -> None:
    """Leave no garbage for children to collect, and every generator of random numbers at its start."""
    gc.collect()
    gc.freeze()
    prelude.seed()


def _lay_canary(base: str, token: str) -> str:
    """A folder and a file that file permissions open to everybody: only Landlock keeps a child from them."""
    folder = f"{base}/canary"
    os.mkdir(folder)
    os.chmod(folder, 0o777)
    with open(f"{folder}/token", "w", encoding="ascii") as file:
        file.write(token)
    os.chmod(f"{folder}/token", 0o666)
    return folder


def _allow_all_descriptors() -> None:
    """Each child that lives costs one here, and the soft limit is the host's; children have a limit of their own."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _volunteer_for_oom() -> None:
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write(_OOM_SCORE)
    except OSError as error:
        print(f"interpreter: oom_score_adj stays as it is: {error}", file=sys.stderr)
