"""What the host starts: enter the jail, find the layers, warm up, serve."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import sys
from array import array
from collections.abc import Iterator
from functools import partial
from typing import Any

from . import confine, fork_pages, jail, prelude, seccomp, visible, warmup
from .alone import ALONE
from .cell import run_cell, show_plainly
from .folders import empty_folder
from .importing import run_around
from .kernel import prctl
from .layers import Identity, missing_layers, read_identity
from .plotting import PLOTTING
from .pools import POOLS
from .server import Server
from .slots import Slot, Slots
from .wire import dump

__all__ = ["main"]

_DUMPABLE, _SUBREAPER = 4, 36
_MIB = 1 << 20
_SCRIPT = "program.py"  # programs find the arguments of a script that was given none
_JAIL_SCRATCH, _STATM = "/scratch", "/proc/self/statm"
_OOM_SCORE = "500"  # the kernel takes this process before the host's


def main() -> None:
    """Serve the control socket whose descriptor is the first argument; the second is the host's JSON."""
    control = socket.socket(fileno=int(sys.argv[1]))
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
            statm = _enter_jail(base, readable)
        except OSError as error:
            control.sendall(dump({"op": "unjailed", "reason": str(error)}))
            return
        base = _JAIL_SCRATCH
        os.close(config["lock"])  # of a folder outside, which the host removes
    else:
        statm = os.open(_STATM, os.O_RDONLY)
    prctl(_DUMPABLE, 0)
    prctl(_SUBREAPER, 1)
    canary = _lay_canary(base, config["token"])
    missing = missing_layers(identity, [*sys.path, canary])
    namespaces = _warm_up()
    slots = Slots(
        base,
        readable,
        scratch_mb=config["scratch_mb"],
        jailed=unjailed is None,
        landlocked="landlock" not in missing,
        uid=identity.first_uid if identity.root and "uid" not in missing else None,
    )
    children = _ChildSettings(config, missing, identity, statm)
    filtered = "seccomp" not in missing
    try:
        control.sendall(dump({"op": "ready", "missing": missing, "unjailed": unjailed, "canary": canary}))
        Server(
            control, slots, children.settings, namespaces, later=_warm_up_later(proc, namespaces[1]), filtered=filtered
        ).run()
    except (BrokenPipeError, ConnectionResetError):
        return  # the host is gone, and with it everyone who could want a word
    finally:
        if unjailed is not None:
            empty_folder(base)
            os.rmdir(base)


def _enter_jail(root: str, readable: list[str]) -> int:
    """Go into namespaces and a new root; returns a descriptor of this process's statm, out of reach then."""
    jail.enter_namespaces()
    statm = os.open(_STATM, os.O_RDONLY)
    jail.swap_root(root, readable, [path for path in visible.DEVICES if os.path.exists(path)])
    os.mkdir(_JAIL_SCRATCH, 0o711)
    return statm


class _ChildSettings:
    """What a child in a given slot may do: its layers of isolation and its limits."""

    def __init__(self, config: dict[str, Any], missing: dict[str, str], identity: Identity, statm: int) -> None:
        self._config = config
        self._layers = frozenset({"no_new_privs", "rlimits"} - set(missing))
        self._filter = None if "seccomp" in missing else seccomp.Filter()
        self._statm = statm
        self._parent = os.getpid()
        self._shared_tasks = 0 if identity.root else config["shared_tasks"]

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
            address_space=space + config["memory_mb"] * _MIB,
            file_size=config["scratch_mb"] * _MIB,
            open_files=config["open_files"],
            tasks=config["threads"] + self._shared_tasks,
            cpu_seconds=config["cpu_seconds"],
        )


def _warm_up() -> tuple[dict[str, Any], dict[str, Any]]:
    """Everything a child should find done; returns the namespace of its cells, and a spare one."""
    sys.set_int_max_str_digits(0)
    show_plainly()
    prelude.add_exits()
    run_around(PLOTTING | ALONE | POOLS)
    warmup.exercise()
    os.environ.clear()
    spare = prelude.fresh_namespace()
    namespace = prelude.fresh_namespace(installed=True)
    gc.disable()
    _settle()
    return namespace, spare


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
