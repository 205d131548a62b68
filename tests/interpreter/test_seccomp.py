"""The filter's program, run here by an interpreter of its instructions, for both processors."""

from __future__ import annotations

import errno
import struct

import pytest

from math_solver.interpreter.sandbox import kernel, seccomp

PID = 4242
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def verdict(code: bytes, nr: int, arch: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would answer to one call."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=IIQ6Q", nr, arch, 0, *(argument & 0xFFFFFFFFFFFFFFFF for argument in padded))
    steps = list(struct.iter_unpack("=HBBI", code))
    place = register = 0
    while True:
        kind, true, false, value = steps[place]
        place += 1
        if kind == 0x20:
            register = struct.unpack_from("=I", data, value)[0]
        elif kind == 0x54:
            register &= value
        elif kind == 0x06:
            return int(value)
        else:
            holds = {0x15: register == value, 0x35: register >= value, 0x25: register > value}[kind]
            place += true if holds else false


@pytest.fixture(params=["x86_64", "aarch64"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for module in (kernel, seccomp):
        monkeypatch.setattr(module, "MACHINE", request.param)
    return str(request.param)


# name, (x86_64, aarch64), arguments, verdict
CALLS = [
    ("read", (0, 63), (), ALLOW),
    ("write", (1, 64), (), ALLOW),
    ("mmap", (9, 222), (), ALLOW),
    ("exit_group", (231, 94), (), ALLOW),
    ("getrandom", (318, 278), (), ALLOW),
    ("socket", (41, 198), (2, 1), EPERM),
    ("socketpair", (53, 199), (1, 1), EPERM),
    ("execve", (59, 221), (), EPERM),
    ("execveat", (322, 281), (), EPERM),
    ("ptrace", (101, 117), (), EPERM),
    ("process_vm_readv", (310, 270), (), EPERM),
    ("pidfd_send_signal", (424, 424), (), EPERM),
    ("io_uring_setup", (425, 425), (), EPERM),
    ("bpf", (321, 280), (), EPERM),
    ("mount", (165, 40), (), EPERM),
    ("setresuid", (117, 147), (), EPERM),
    ("fchmodat", (268, 53), (), EPERM),
    ("fchownat", (260, 54), (), EPERM),
    ("utimensat", (280, 88), (), EPERM),
    ("truncate", (76, 45), (), EPERM),
    ("memfd_create", (319, 279), (), EPERM),
    ("seccomp", (317, 277), (), EPERM),
    ("clone3", (435, 435), (), ENOSYS),
    ("openat2", (437, 437), (), ENOSYS),
    ("unknown", (999, 999), (), EPERM),
    # threads, not processes
    ("clone", (56, 220), (0x3D0F00,), ALLOW),
    ("clone", (56, 220), (17,), EPERM),
    ("clone", (56, 220), (0x10000 | 0x10000000,), EPERM),
    # its own signals, not another's
    ("kill", (62, 129), (PID, 9), ALLOW),
    ("kill", (62, 129), (PID + 1, 9), EPERM),
    ("kill", (62, 129), (-1, 9), EPERM),
    ("kill", (62, 129), (0, 9), EPERM),
    ("tgkill", (234, 131), (PID, PID, 6), ALLOW),
    ("tgkill", (234, 131), (1, 1, 9), EPERM),
    # descriptors, not their owners
    ("fcntl", (72, 25), (0, 1030), ALLOW),
    ("fcntl", (72, 25), (0, 8, 1), EPERM),
    ("fcntl", (72, 25), (0, 10, 9), EPERM),
    ("ioctl", (16, 29), (1, 0x5401), ALLOW),
    ("ioctl", (16, 29), (1, 0x5412), EPERM),
    ("prctl", (157, 167), (15,), ALLOW),
    ("prctl", (157, 167), (1, 0), EPERM),
    ("prctl", (157, 167), (4, 1), EPERM),
    ("prlimit64", (302, 261), (0, 7), ALLOW),
    ("prlimit64", (302, 261), (1, 7), EPERM),
    # a file may be truncated by writing only
    ("openat", (257, 56), (0, 0, 0o1), ALLOW),
    ("openat", (257, 56), (0, 0, 0o1001), ALLOW),
    ("openat", (257, 56), (0, 0, 0o1000), EPERM),
    # only the low half of an argument counts, as for the kernel
    ("openat", (257, 56), (0, 0, (1 << 40) | 0o1000), EPERM),
    ("kill", (62, 129), ((1 << 32) | 1, 9), EPERM),
]


@pytest.mark.parametrize(("name", "numbers", "arguments", "answer"), CALLS)
def test_verdict(machine: str, name: str, numbers: tuple[int, int], arguments: tuple[int, ...], answer: int) -> None:
    nr = numbers[machine == "aarch64"]
    assert verdict(seccomp._assemble(PID), nr, AUDIT[machine], arguments) == answer


def test_every_number_is_answered_as_its_name_is(machine: str) -> None:
    """The filter halves the numbers; none may come out at a neighbour's answer."""
    code, arch = seccomp._assemble(PID), AUDIT[machine]
    allowed = {kernel.number(name) for name in seccomp._ALLOWED}
    absent = {kernel.number(name) for name in ("clone3", "openat2")}
    by_argument = {kernel.number(name): set(values) for name, _, _, values in seccomp._argument_rules(PID)}
    for nr in (*range(600), 999, 0x3FFFFFFF):
        answer = ALLOW if nr in allowed or 0 in by_argument.get(nr, ()) else ENOSYS if nr in absent else EPERM
        assert verdict(code, nr, arch) == answer, nr


def test_foreign_entry_points_kill(machine: str) -> None:
    code = seccomp._assemble(PID)
    assert verdict(code, 20, 0x40000003) == KILL  # 32-bit
    other = AUDIT["aarch64" if machine == "x86_64" else "x86_64"]
    assert verdict(code, 0, other) == KILL
    if machine == "x86_64":
        assert verdict(code, 0x40000000 | 41, AUDIT[machine]) == KILL  # x32


def test_every_allowed_name_has_a_number(machine: str) -> None:
    assert all(name in kernel.SYSCALLS for name in seccomp._ALLOWED)
    assert len(set(seccomp._ALLOWED)) == len(seccomp._ALLOWED)
