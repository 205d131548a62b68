"""A seccomp filter that lets a child compute, and do little else.

An allow-list: what is not named fails with EPERM, so a program sees ``PermissionError`` rather than a dead
process. Foreign entry points (32-bit, x32) kill. ``clone3`` answers ENOSYS, so that the C library falls back
to ``clone``, whose flags a filter can read: threads work, processes do not.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from .kernel import MACHINE, call, number

__all__ = ["Filter"]

_ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range lseek
    dup dup2 dup3 pipe pipe2 flock fsync fdatasync fadvise64 ftruncate fallocate sendfile copy_file_range
    sync_file_range stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat
    getdents64 getdents getcwd chdir fchdir statfs fstatfs mkdir mkdirat rmdir unlink unlinkat rename
    renameat renameat2 link linkat symlink symlinkat umask
    mmap munmap mremap mprotect madvise msync mincore brk membarrier
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    alarm setitimer getitimer restart_syscall
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    eventfd2 futex futex_waitv set_robust_list get_robust_list set_tid_address rseq gettid
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min exit exit_group wait4 waitid
    getpid getppid getpgid getpgrp getsid getuid geteuid getgid getegid getgroups getresuid getresgid
    getrlimit getrusage getpriority sysinfo uname getcpu getrandom capget arch_prctl
""".split()

_CLONE_THREAD = 0x10000
_CLONE_NEW = 0x7E020000
_WHOLE = 0xFFFFFFFF
_OPEN_MASK = os.O_TRUNC | os.O_ACCMODE
# Landlock before ABI 3 lets a read-only open truncate.
_OPEN_FLAGS = (0, 1, 2, 3, os.O_TRUNC | 1, os.O_TRUNC | 2, os.O_TRUNC | 3)
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, locks, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, F_GET_SEALS. Not
# F_SETOWN and F_SETSIG: they make the kernel send any signal to any process of the same user.
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034)
# TCGETS, FIONREAD, TIOCGWINSZ, FIONBIO, FIONCLEX, FIOCLEX
_IOCTL = (0x5401, 0x541B, 0x5413, 0x5421, 0x5450, 0x5451)
_PRCTL = (15, 16, 39)  # PR_SET_NAME, PR_GET_NAME, PR_GET_NO_NEW_PRIVS

_ARCHES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_LOAD, _JEQ, _JGE, _AND, _RET = 0x20, 0x15, 0x35, 0x54, 0x06
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_SET_MODE_FILTER, _WIDTH = 1, 8
_PLACEHOLDER, _PID = 0x7A5A5A5A, struct.Struct("=I")  # where a process id goes, and its form

_Instruction = tuple[int, int, int, int]
_DENIED: list[_Instruction] = [(_RET, 0, 0, _ERRNO | errno.EPERM)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class Filter:
    """A filter assembled ahead of need; a child only fills in its own process id."""

    def __init__(self) -> None:
        code = _assemble(_PLACEHOLDER)
        self._size = len(code)
        self._buffer = ctypes.create_string_buffer(code, len(code))
        self._program = _Program(len(code) // _WIDTH, ctypes.addressof(self._buffer))
        spot = _PID.pack(_PLACEHOLDER)
        self._spots = [i for i in range(4, len(code), _WIDTH) if code[i : i + 4] == spot]

    def install(self, pid: int) -> None:
        """Confine the calling single-threaded process for good; ``pid`` is its own, the only one it may signal.

        Raises:
            OSError: the kernel has no seccomp filters, or the process lacks ``no_new_privs``.
        """
        for spot in self._spots:
            _PID.pack_into(self._buffer, spot, pid)
        call("seccomp", _SET_MODE_FILTER, 0, ctypes.byref(self._program))


def _assemble(pid: int) -> bytes:
    code: list[_Instruction] = [(_LOAD, 0, 0, 4), (_JEQ, 1, 0, _ARCHES[MACHINE]), (_RET, 0, 0, _KILL)]
    code.append((_LOAD, 0, 0, 0))
    if MACHINE == "x86_64":
        code += [(_JGE, 0, 1, _X32_BIT), (_RET, 0, 0, _KILL)]
    code += _choose(_answers(pid))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _answers(pid: int) -> list[tuple[int, list[_Instruction]]]:
    """What is done from each number of a system call on, up to the next one."""
    answers = {0: _DENIED} | {high + 1: _DENIED for _, high in _allowed_ranges()}
    answers |= {low: [(_RET, 0, 0, _ALLOW)] for low, _ in _allowed_ranges()}
    singles = {number(name): [(_RET, 0, 0, _ERRNO | errno.ENOSYS)] for name in ("clone3", "openat2")}
    for name, argument, mask, values in _argument_rules(pid):
        singles[number(name)] = _allow_values(argument, mask, values)
    for nr, answer in singles.items():
        if nr is not None:
            answers |= {nr: answer} | ({} if nr + 1 in answers else {nr + 1: _DENIED})
    ordered = sorted(answers.items())
    return [pair for place, pair in enumerate(ordered) if not place or pair[1] != ordered[place - 1][1]]


def _choose(answers: list[tuple[int, list[_Instruction]]]) -> list[_Instruction]:
    """Find the answer in few steps: a kernel that installs a filter goes through them for every call there is."""
    if len(answers) == 1:
        return answers[0][1]
    middle = len(answers) // 2
    below, above = _choose(answers[:middle]), _choose(answers[middle:])
    return [(_JGE, len(below), 0, answers[middle][0]), *below, *above]


def _argument_rules(pid: int) -> list[tuple[str, int, int, tuple[int, ...]]]:
    """Calls allowed by the value of one argument: name, argument, mask, values after masking."""
    return [
        ("clone", 0, _CLONE_THREAD | _CLONE_NEW, (_CLONE_THREAD,)),
        ("open", 1, _OPEN_MASK, _OPEN_FLAGS),
        ("openat", 2, _OPEN_MASK, _OPEN_FLAGS),
        ("fcntl", 1, _WHOLE, _FCNTL),
        ("ioctl", 1, _WHOLE, _IOCTL),
        ("prctl", 0, _WHOLE, _PRCTL),
        ("kill", 0, _WHOLE, (pid,)),
        ("tgkill", 0, _WHOLE, (pid,)),
        ("prlimit64", 0, _WHOLE, (0, pid)),
    ]


def _allow_values(argument: int, mask: int, values: tuple[int, ...]) -> list[_Instruction]:
    # Only the low half of an argument is read: the kernel ignores the high half in all of these calls.
    body: list[_Instruction] = [(_LOAD, 0, 0, 16 + 8 * argument), (_AND, 0, 0, mask)]
    for value in values:
        body += [(_JEQ, 0, 1, value & _WHOLE), (_RET, 0, 0, _ALLOW)]
    return [*body, *_DENIED]


def _allowed_ranges() -> list[tuple[int, int]]:
    numbers = sorted(nr for name in _ALLOWED if (nr := number(name)) is not None)
    ranges: list[tuple[int, int]] = []
    for nr in numbers:
        if ranges and nr == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], nr)
        else:
            ranges.append((nr, nr))
    return ranges
