"""Attacks run in a real child before the first program, and what they tell about the layers.

An attack is judged by what it achieved: it raised, or it did not. Where another layer would block it too,
the attack aims at what only its own layer guards: the canary lies inside the jail, in a folder open to all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .child import Child
from .errors import InterpreterError
from .limits import Limits
from .report import Report
from .warm import Machine

__all__ = ["ATTACKS", "Attack", "examine"]


@dataclass(frozen=True)
class Attack:
    """``code`` raises if ``layer`` holds; it finds the names of ``_PREPARE`` and the settings of ``_facts``."""

    name: str
    layer: str
    code: str


ATTACKS = (
    Attack("open a TCP socket", "seccomp", "socket.socket()"),
    Attack("open a UDP socket", "seccomp", "socket.socket(type=socket.SOCK_DGRAM)"),
    Attack("open a local socket", "seccomp", "socket.socket(socket.AF_UNIX)"),
    Attack("start a process", "seccomp", "os.fork() or os._exit(0)"),
    Attack("run a program", "seccomp", "denied(lambda: os.execv('/nonexistent', ['x']))"),
    Attack("signal the server", "seccomp", "os.kill(os.getppid(), 0)"),
    Attack("signal everybody", "seccomp", "os.kill(-1, 0)"),
    Attack("trace a process", "seccomp", "system_call(101 if x86 else 117, 9999, 0)"),
    Attack("use io_uring", "seccomp", "system_call(425, 1, 0)"),
    Attack("read another process's memory", "seccomp", "system_call(310 if x86 else 270, os.getpid(), 0, 0, 0, 0, 0)"),
    Attack("outlive the server", "seccomp", "system_call(157 if x86 else 167, 1, 0, 0, 0, 0)"),
    Attack("own a signal", "seccomp", "fcntl.fcntl(0, fcntl.F_SETOWN, 1)"),
    Attack("read a file open to all", "landlock", "open(canary + '/token').read()"),
    Attack("write a file open to all", "landlock", "open(canary + '/token', 'a').write('x')"),
    Attack("make a file in a folder open to all", "landlock", "open(canary + '/new', 'w')"),
    Attack("list the root folder", "landlock", "os.listdir('/')"),
    Attack("read the server's environment", "landlock", "open(f'/proc/{os.getppid()}/environ').read()"),
    Attack("take more memory", "rlimits", "bytearray((memory_mb + 64) << 20)"),
    Attack("write a larger file", "rlimits", "write_much()"),
    Attack("open more files", "rlimits", "[os.dup(0) for _ in range(open_files + 1)]"),
    Attack("gain privileges", "no_new_privs", "without_new_privileges()"),
    Attack("be the host's user under root", "uid", "is_another_user()"),
)

_PREPARE = """
import ctypes, errno, fcntl, json, os, platform, resource, socket
facts = json.loads({facts!r})
x86 = platform.machine() == "x86_64"
libc = ctypes.CDLL(None, use_errno=True)

def system_call(*numbers):
    if libc.syscall(*map(ctypes.c_long, numbers)) < 0 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS):
        raise PermissionError

def denied(action):
    try:
        action()
    except FileNotFoundError:
        return

def write_much():
    with open("self-test", "wb") as file:
        file.truncate((facts["scratch_mb"] << 20) + 1)

def without_new_privileges():
    if libc.prctl(39, 0, 0, 0, 0) == 1:
        raise PermissionError

def is_another_user():
    if not facts["root"] or os.getuid() not in (0, facts["user"]):
        raise PermissionError

outcomes = {{}}
for name, code in facts["attacks"]:
    try:
        exec(code, {{**globals(), **facts}})
        outcomes[name] = False
    except (OSError, MemoryError):
        outcomes[name] = True
print(json.dumps(outcomes))
"""


def examine(children: Iterable[Child], machine: Machine, limits: Limits) -> Report:
    """Run every attack in each child, one of each server, and judge the layers by the worst.

    Raises:
        InterpreterError: the attacks could not be run.
    """
    found = [_attack(child, machine, limits) for child in children]
    outcomes = {attack.name: all(outcome[attack.name] for outcome in found) for attack in ATTACKS}
    missing = dict(machine.missing)
    for attack in ATTACKS:
        if not outcomes[attack.name]:
            missing.setdefault(attack.layer, f"an attack succeeded: {attack.name}")
    return Report(missing, outcomes, machine.unjailed)


def _attack(child: Child, machine: Machine, limits: Limits) -> dict[str, bool]:
    """Each attack, and whether it was blocked."""
    facts = {
        "attacks": [(attack.name, attack.code) for attack in ATTACKS],
        "canary": machine.canary,
        "memory_mb": limits.memory_mb,
        "scratch_mb": limits.scratch_mb,
        "open_files": limits.open_files,
        "root": os.geteuid() == 0,
        "user": os.getuid(),
    }
    program = _PREPARE.format(facts=json.dumps(facts))
    reply = child.execute(program, replace(limits, timeout=30.0, output_bytes=1 << 20))
    if reply.status != "ok":
        raise InterpreterError(f"the self-test could not run ({reply.end}): {reply.error}")
    outcomes: dict[str, bool] = json.loads(reply.output)
    return outcomes
