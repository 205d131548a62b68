"""The few Linux calls that Python's standard library does not wrap."""

from __future__ import annotations

import ctypes
import os
import platform

__all__ = [
    "DUMPABLE",
    "MACHINE",
    "NO_NEW_PRIVS",
    "PDEATHSIG",
    "SUBREAPER",
    "SYSCALLS",
    "advise",
    "call",
    "flush_c",
    "fork",
    "number",
    "prctl",
]

PDEATHSIG, DUMPABLE, SUBREAPER, NO_NEW_PRIVS = 1, 4, 36, 38  # options of prctl

# name: (x86_64, aarch64); None where the machine has no such call.
SYSCALLS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "preadv2": (327, 286),
    "pwritev2": (328, 287),
    "close": (3, 57),
    "close_range": (436, 436),
    "lseek": (8, 62),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "flock": (73, 32),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "fadvise64": (221, 223),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "sync_file_range": (277, 84),
    "open": (2, None),
    "openat": (257, 56),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getdents": (78, None),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "umask": (95, 166),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    "msync": (26, 227),
    "mincore": (27, 232),
    "brk": (12, 214),
    "membarrier": (324, 283),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132),
    "pause": (34, None),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "alarm": (37, None),
    "setitimer": (38, 103),
    "getitimer": (36, 102),
    "restart_syscall": (219, 128),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "times": (100, 153),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "epoll_create": (213, None),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, None),
    "epoll_pwait": (281, 22),
    "epoll_pwait2": (441, 441),
    "eventfd2": (290, 19),
    "clone": (56, 220),
    "futex": (202, 98),
    "futex_waitv": (449, 449),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "gettid": (186, 178),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "wait4": (61, 260),
    "waitid": (247, 95),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getpgid": (121, 155),
    "getpgrp": (111, None),
    "getsid": (124, 156),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getgroups": (115, 158),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getrlimit": (97, 163),
    "prlimit64": (302, 261),
    "getrusage": (98, 165),
    "getpriority": (140, 141),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getcpu": (309, 168),
    "getrandom": (318, 278),
    "capget": (125, 90),
    "prctl": (157, 167),
    "arch_prctl": (158, None),
    "clone3": (435, 435),
    "openat2": (437, 437),
    "seccomp": (317, 277),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "mount": (165, 40),
    "umount2": (166, 39),
    "mount_setattr": (442, 442),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "time": (201, None),
}
_COLUMNS = {"x86_64": 0, "aarch64": 1}
MACHINE = platform.machine()

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_fork = ctypes.PyDLL(None, use_errno=True).fork  # of the C library, with the interpreter's lock held
_prctl = _libc.prctl
_prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
_fflush = _libc.fflush
_madvise = _libc.madvise
_madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)


def number(name: str) -> int | None:
    """The number of a system call on this machine; ``None`` if it has none."""
    column = _COLUMNS.get(MACHINE)
    if column is None:
        raise OSError(f"the sandbox knows x86_64 and aarch64, not {MACHINE}")
    return SYSCALLS[name][column]


def call(name: str, *arguments: object) -> int:
    """Make a system call by name; integers are passed as C longs.

    Raises:
        OSError: the call failed, with its errno.
    """
    sent = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(_libc.syscall(ctypes.c_long(number(name) or -1), *sent))
    if result < 0:
        raise _failure(name)
    return result


def advise(address: int, size: int, advice: int) -> bool:
    """``madvise(2)``; whether the kernel took the advice."""
    return bool(_madvise(address, size, advice) == 0)


def flush_c() -> None:
    """Write what the C library holds back of what was printed through it."""
    _fflush(None)


def fork() -> int:
    """``fork(2)`` of a process that has one thread, without what Python's own does after it.

    That is there for other threads and for ``random``, and writes to 250 pages, which a child then has to copy.

    Raises:
        OSError: the call failed, with its errno.
    """
    pid = int(_fork())
    if pid < 0:
        raise _failure("fork")
    return pid


def prctl(option: int, argument: int = 0) -> int:
    """``prctl(2)`` with its unused arguments zero.

    Raises:
        OSError: the call failed, with its errno.
    """
    result = int(_prctl(option, argument, 0, 0, 0))
    if result < 0:
        raise _failure("prctl")
    return result


def _failure(name: str) -> OSError:
    """Of the call just made."""
    code = ctypes.get_errno()
    return OSError(code, f"{name}: {os.strerror(code)}")
