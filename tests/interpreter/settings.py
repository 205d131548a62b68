"""A host process of its own for each setting the interpreter must hold in.

``python -m tests.interpreter.settings SETTING ACTION [WITHOUT [NAME...]]`` becomes root, an ordinary user, or
either of them inside a container (the capabilities and the system calls that Docker's default profile takes
away), loses the layers of WITHOUT as an older kernel would lack them, and then prints as JSON what came of
``attack`` (every attack, or those named), of ``start`` (whether the interpreter starts at all) or of ``folders``
(files that the host and programs hand each other).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from .attacks import ATTACKS, PREPARE, Attack, nr

SETTINGS = ("root", "user", "container-root", "container-user")
USER = 54321
SECRET = "a secret of the host"
# CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT,
# MKNOD, AUDIT_WRITE, SETFCAP: what Docker leaves root.
DOCKER_CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
# mount, umount2, unshare, setns, pivot_root, mount_setattr, move_mount, open_tree, fsopen, fsmount, fspick,
# bpf, perf_event_open, keyctl, add_key, request_key, userfaultfd, io_uring, open_by_handle_at, swapon, ...
DOCKER_DENIES = [
    (165, 40), (166, 39), (272, 97), (308, 268), (155, 41), (442, 442), (429, 429), (428, 428), (430, 430),
    (432, 432), (433, 433), (321, 280), (298, 241), (250, 219), (248, 217), (249, 218), (323, 282),
    (425, 425), (426, 426), (427, 427), (304, 265), (167, 224), (246, 104), (175, 105), (169, 142),
]  # fmt: skip
# What a kernel without a layer answers: ENOSYS to landlock_create_ruleset, EINVAL to seccomp's filter mode,
# EPERM to setresuid.
_LACKING = {
    "landlock": lambda: [(0x15, 0, 1, 444), (0x06, 0, 0, 0x50000 | 38)],
    "seccomp": lambda: [(0x15, 0, 1, nr(317, 277)), (0x06, 0, 0, 0x50000 | 22)],
    "uid": lambda: [(0x15, 0, 1, nr(117, 147)), (0x06, 0, 0, 0x50000 | 1)],
}
_LIBC = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    setting, action, without, *names = sys.argv[1:]
    lacking = tuple(filter(None, without.split(",")))
    if setting == "here":
        acts = {"attack": lambda: attack_all(lacking, names), "start": lambda: start(lacking), "folders": folders}
        print(json.dumps(acts[action]()))
    else:
        become(setting, lacking)
        os.execv(sys.executable, [sys.executable, "-m", __spec__.name, "here", action, without, *names])


def become(setting: str, without: tuple[str, ...]) -> None:
    """Take on a setting; a new program must be run then, so that /proc is the process's own again."""
    if os.geteuid() == 0 and setting != "root":
        open_the_way(Path(sys.base_prefix))
    for layer in without:
        program = [(0x20, 0, 0, 0), *_LACKING[layer](), (0x06, 0, 0, 0x7FFF0000)]
        install(program)
    if setting.startswith("container"):
        confine_like_docker()
    if setting.endswith("user") and os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)


def open_the_way(path: Path) -> None:
    """Let other users reach ``path``, in mounts of our own, where a folder on the way keeps them out."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & 0o001:
            kept = folder / path.relative_to(folder).parts[0]
            aside = tempfile.mkdtemp(prefix="way-")
            check(_LIBC.unshare(0x20000))
            mount = ["mount", "--make-rprivate", "/"]
            for command in (
                mount,
                ["mount", "--bind", str(kept), aside],
                ["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", str(folder)],
                ["mkdir", str(kept)],
                ["mount", "--move", aside, str(kept)],
                ["rmdir", aside],
            ):
                subprocess.run(command, check=True)


def confine_like_docker() -> None:
    """Capabilities and system calls as in a container with Docker's default profile."""
    program = [(0x20, 0, 0, 0)]
    for numbers in DOCKER_DENIES:
        program += [(0x15, 0, 1, nr(*numbers)), (0x06, 0, 0, 0x50001)]
    program += [(0x15, 0, 1, 435), (0x06, 0, 0, 0x50000 | 38)]
    program += [(0x15, 0, 3, nr(56, 220)), (0x20, 0, 0, 16), (0x45, 0, 1, 0x7E020000), (0x06, 0, 0, 0x50001)]
    program += [(0x06, 0, 0, 0x7FFF0000)]
    install(program)
    if os.geteuid() == 0:
        for capability in range(64):
            if capability not in DOCKER_CAPABILITIES:
                _LIBC.prctl(24, capability, 0, 0, 0)
        kept = sum(1 << capability for capability in DOCKER_CAPABILITIES)
        header = struct.pack("=Ii", 0x20080522, 0)
        check(_LIBC.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0)))


def install(program: list[tuple[int, int, int, int]]) -> None:
    """Install a seccomp filter; one that denies goes with the process into whatever it runs."""
    if os.geteuid() != 0:
        check(_LIBC.prctl(38, 1, 0, 0, 0))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    filter_ = struct.pack("=HxxxxxxQ", len(program), ctypes.addressof(code))
    check(_LIBC.prctl(22, 2, ctypes.c_char_p(filter_), 0, 0))


def check(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class Host:
    """What a host has that nothing may touch."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="host-"))
        self.folder.chmod(0o777)
        self.secret = self.folder / "secret"
        self.secret.write_text(SECRET)
        self.secret.chmod(0o666)
        self.victim = subprocess.Popen(["sleep", "1000"])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.before = self._look()

    def _look(self) -> tuple[Any, ...]:
        status = self.secret.stat()
        outside = [Path(place, "breach").exists() for place in ("/tmp", "/dev/shm", "/var/tmp")]
        kept = (*status[:7], status.st_mtime_ns)  # all but when it was read, which we do too
        return self.secret.read_text(), kept, sorted(os.listdir(self.folder)), outside

    def harm(self) -> str | None:
        """What has been done to it."""
        if self.victim.poll() is not None:
            return "the bystander was killed"
        if self._look() != self.before:
            return f"host files changed: {self._look()}"
        try:
            self.listener.accept()
        except BlockingIOError:
            return None
        return "somebody connected"

    def close(self) -> None:
        self.victim.kill()
        self.victim.wait()
        self.listener.close()
        self.secret.unlink()
        self.folder.rmdir()


def start(allowed: tuple[str, ...]) -> dict[str, Any]:
    from math_solver.interpreter import Interpreter, Limits, WeakIsolation

    refusal = None
    try:
        Interpreter().start()
    except WeakIsolation as error:
        refusal = str(error)
    with Interpreter(Limits(allow_missing=allowed)) as interpreter:
        answer = interpreter.run("1 + 1").observation
        return {"refusal": refusal, "tier": interpreter.tier, "answer": answer, **interpreter.report.as_dict()}


def attack_all(allowed: tuple[str, ...], only: list[str]) -> dict[str, Any]:
    from math_solver.interpreter import Interpreter, Limits
    from math_solver.interpreter import interpreter as module

    host = Host()
    limits = Limits(timeout=1.0, grace=0.1, memory_mb=512, output_bytes=1 << 18, allow_missing=allowed)
    names = {
        "host": os.getpid(), "victim": host.victim.pid, "port": host.listener.getsockname()[1], "uid": os.getuid(),
        "secret": str(host.secret), "folder": str(host.folder), "source": module.__file__,
        "scratch": limits.scratch_mb << 20,
    }  # fmt: skip
    os.environ["SECRET_OF_THE_HOST"] = SECRET
    started = time.time()

    patient = replace(limits, timeout=30.0)
    with Interpreter(limits) as interpreter, closing(Interpreter(patient)) as second_chance:

        def attack(item: Attack, light: bool) -> dict[str, Any]:
            code = PREPARE + item.code.format(**names)
            execution = run_in(interpreter, code, light=light)
            if execution.status == "timeout" and "timeout" not in item.ends:  # a busy machine
                execution = run_in(second_chance, code, light=light)
            fine = execution.status in item.ends and "BREACH" not in execution.observation
            harm = host.harm()
            return {
                "blocked": fine and SECRET not in execution.observation and harm is None, "light": light,
                "status": execution.status, "observation": execution.observation[:500], "harm": harm,
            }  # fmt: skip

        chosen = [item for item in ATTACKS if not only or item.name in only]
        tries = [(item, light) for place, item in enumerate(chosen) for light in kinds_of_child(item, place)]
        with ThreadPoolExecutor(2) as pool:
            results: dict[str, list[dict[str, Any]]] = {item.name: [] for item in chosen}
            for (item, _), result in zip(tries, pool.map(lambda each: attack(*each), tries), strict=True):
                results[item.name].append(result)
        after = interpreter.run("solve(symbols('x')**2 - 2)").observation
        report = interpreter.report.as_dict()
        assert interpreter._server is not None
        first = 0x40000000 + interpreter._server._block * 1024
    host.close()
    return {
        "uid": os.getuid(), "report": report, "results": results, "after": after,
        "survivors": survivors(started, range(first, first + 1024)), "unreaped": children(),
    }  # fmt: skip


def kinds_of_child(item: Attack, place: int) -> tuple[bool, ...]:
    """Those of the warm server and those of the light one; what takes until the deadline is tried in every other."""
    return (place % 2 == 1,) if "timeout" in item.ends else (False, True)


def run_in(interpreter: Any, code: str, *, light: bool) -> Any:
    """Run a program in a child of one server, whether it is plain or not."""
    from math_solver.interpreter.interpreter import _Ticket

    server = interpreter._started()
    child = server.take(light=light)
    try:
        return interpreter._call(server, child, code, _Ticket(), None)[1]
    finally:
        child.kill()


def folders() -> dict[str, Any]:
    from math_solver.interpreter import FolderFull, Interpreter, Limits

    with Interpreter(Limits(scratch_mb=1, concurrency=1, spares=1)) as interpreter:
        with interpreter.folder("s", begin=True) as folder:
            assert folder is not None
            folder.write("in.txt", b"from the host")
            code = "open('out.txt', 'w').write('from the program')\nopen('in.txt', 'a').close()\nopen('in.txt').read()"
            found: dict[str, Any] = {"program": interpreter.run(code, session="s").value}
            found |= {"host": (folder.read("out.txt") or b"").decode(), "names": [f.name for f in folder.files()]}
            try:
                for number in range(3):
                    folder.write(f"part {number}", bytes(600_000))
            except FolderFull:
                found["full"] = True
            child = interpreter._sessions._live["s"].child
            assert child is not None
            interpreter.end_session("s")
            assert child.dead(5.0)
            # Into a folder that its child has left: nobody finds it.
            others = [interpreter.run("__import__('os').listdir()").value for _ in range(3)]
            found["after"] = [name for name in others if name != "[]"]
            try:
                folder.write("late", b"late")
            except FileNotFoundError:
                pass
            late = [interpreter.run("__import__('os').listdir()").value for _ in range(3)]
            found["late"] = [name for name in late if name != "[]"]
        return found | {"others": interpreter.run("__import__('os').listdir()", session="other").value}


def children() -> list[int]:
    """Children of this process that are still there, zombies included."""
    try:
        return [os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT).si_pid]
    except (ChildProcessError, AttributeError):
        return []


def survivors(since: float, users: range) -> list[str]:
    """Processes of the users that programs ran as, started since."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            owner = entry.stat()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ours = owner.st_uid in users or owner.st_uid == USER
        if entry.name.isdecimal() and ours and owner.st_ctime >= since and int(entry.name) != os.getpid():
            found.append(f"{entry.name} of user {owner.st_uid}")
    return found


if __name__ == "__main__":
    signal.alarm(280)
    main()
