"""Attacks on the interpreter: each program calls ``won`` if it gets what it wants.

``{...}`` names are filled in by the host: pids, paths and ports of its own that nothing may touch.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass

X86 = platform.machine() == "x86_64"


@dataclass(frozen=True)
class Attack:
    """``ends`` are the statuses that a defended run may have; any other is a failure too."""

    name: str
    code: str
    ends: tuple[str, ...] = ("ok", "error")


PREPARE = """
import ctypes, errno, os, signal, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def won(*how):
    print("BRE" + "ACH", *how)
def sc(*a):
    ctypes.set_errno(0)
    r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
    return r, ctypes.get_errno()
def refused(*a):
    r, e = sc(*a)
    if not (r == -1 and e in (errno.EPERM, errno.ENOSYS)):
        won(r, e)
def tried(f):
    try:
        r = f()
    except (OSError, MemoryError, ImportError) as error:
        print("blocked:", type(error).__name__)
    else:
        won(r)
def machine_code(code):
    import mmap
    m = mmap.mmap(-1, 4096, prot=7)
    m.write(code)
    return ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()
"""


def nr(x86: int, arm: int) -> int:
    """A system call's number on this machine."""
    return x86 if X86 else arm


def call(name: str, x86: int, arm: int, arguments: str = "0, 0, 0, 0, 0, 0") -> Attack:
    """A system call that must be refused outright."""
    return Attack(name, f"refused({nr(x86, arm)}, {arguments})")


def deed(name: str, expression: str) -> Attack:
    """An expression that must raise."""
    return Attack(name, f"tried(lambda: {expression})")


PROCESSES = (
    deed("fork", "os.fork() or os._exit(0)"),
    deed("forkpty", "os.forkpty()[0] or os._exit(0)"),
    deed("posix_spawn", "os.posix_spawn(sys.executable, ['x'], {{}})"),
    deed("execve", "os.execv(sys.executable, ['x', '-c', 'won()'])"),
    deed("subprocess", "__import__('subprocess').run(['/bin/true'])"),
    Attack("os.system", "if os.system('true') == 0: won()"),
    Attack("popen", "if os.popen('echo x').read(): won()"),
    deed("multiprocessing", "__import__('multiprocessing').Process(target=print).start()"),
    deed("process pool", "__import__('multiprocessing').Pool(2)"),
    Attack("vfork by C", "r = libc.vfork()\nif r == 0: os._exit(0)\nif r > 0: won()"),
    Attack(
        "clone without CLONE_THREAD",
        f"r, e = sc({nr(56, 220)}, 17, 0, 0, 0, 0)\nif r == 0: os._exit(0)\nif r > 0: won()",
    ),
    call("clone into a user namespace", 56, 220, "0x10000000 | 17, 0, 0, 0, 0"),
    call("clone3", 435, 435, "ctypes.create_string_buffer(struct.pack('=11Q', *[0] * 11)), 88"),
    Attack(
        "daemon by double fork",
        "for _ in range(2):\n"
        "    try:\n"
        "        if os.fork(): os._exit(0)\n"
        "        os.setsid()\n"
        "    except OSError: break\n"
        "else:\n"
        "    time.sleep(100)",
    ),
    call("execveat", 322, 281, "0, ctypes.c_char_p(b'/bin/true'), 0, 0, 0x1000"),
    call("memfd_create to run from memory", 319, 279, "ctypes.c_char_p(b'x'), 0"),
)
SIGNALS = (
    deed("kill the server", "os.kill(os.getppid(), 9)"),
    deed("kill the host", "os.kill({host}, 9)"),
    deed("kill a bystander", "os.kill({victim}, 9)"),
    deed("kill everybody", "os.kill(-1, 9)"),
    deed("kill the process group", "os.kill(0, 9)"),
    deed("kill the server's group", "os.killpg(os.getpgid(os.getppid()), 9)"),
    call("tgkill a bystander", 234, 131, "{victim}, {victim}, 9"),
    call("tkill a bystander", 200, 130, "{victim}, 9"),
    call("queue a signal", 129, 138, "{victim}, 9, ctypes.create_string_buffer(128)"),
    call("queue a signal to a thread", 297, 240, "{victim}, {victim}, 9, ctypes.create_string_buffer(128)"),
    call("pidfd_open", 434, 434, "{victim}, 0"),
    call("pidfd_send_signal", 424, 424, "0, 9, 0, 0"),
    call("pidfd_getfd", 438, 438, "0, 0, 0"),
    Attack(
        "signal by F_SETOWN",
        "import fcntl\n"
        "r, w = os.pipe()\n"
        "tried(lambda: fcntl.fcntl(r, fcntl.F_SETOWN, {victim}))\n"
        "tried(lambda: fcntl.fcntl(r, fcntl.F_SETSIG, 9))",
    ),
    deed(
        "signal by FIOSETOWN",
        "__import__('fcntl').ioctl(os.pipe()[0], 0x8901, struct.pack('i', {victim}))",
    ),
    call("timer with a signal", 222, 107, "0, 0, 0"),
    call("drop the death signal", 157, 167, "1, 0, 0, 0, 0"),
    call("become a subreaper", 157, 167, "36, 1, 0, 0, 0"),
    deed("new session", "os.setsid()"),
    deed("new process group", "os.setpgid(0, 0)"),
)
TRACING = (
    call("ptrace the server", 101, 117, "16, os.getppid(), 0, 0"),
    call("ptrace a bystander", 101, 117, "16, {victim}, 0, 0"),
    call("be traced", 101, 117, "0, 0, 0, 0"),
    call("process_vm_readv", 310, 270, "{victim}, 0, 0, 0, 0, 0"),
    call("process_vm_writev", 311, 271, "{victim}, 0, 0, 0, 0, 0"),
    call("kcmp", 312, 272, "os.getpid(), {victim}, 0, 0, 0"),
    call("be dumpable", 157, 167, "4, 1, 0, 0, 0"),
    deed("host environment", "open('/proc/{host}/environ', 'rb').read()"),
    deed("host memory", "open('/proc/{host}/mem', 'rb')"),
    deed("host command line", "open('/proc/{host}/cmdline').read()"),
    deed("server environment", "open(f'/proc/{{os.getppid()}}/environ', 'rb').read()"),
    deed("server memory", "open(f'/proc/{{os.getppid()}}/mem', 'r+b')"),
    deed("server descriptors", "os.listdir(f'/proc/{{os.getppid()}}/fd')"),
    deed("list processes", "os.listdir('/proc')"),
    Attack("arguments of the server", "if len(sys.argv) + len(sys.orig_argv) > 3: won(sys.argv, sys.orig_argv)"),
    Attack("own environment", "import os\nif dict(os.environ): won(dict(os.environ))"),
    Attack(
        "inherited descriptors",
        "for fd in range(6, 60):\n    try: os.fstat(fd)\n    except OSError: pass\n    else: won(fd)",
    ),
)
NETWORK = (
    deed("TCP", "__import__('socket').create_connection(('127.0.0.1', {port}))"),
    deed("UDP", "__import__('socket').socket(type=2).sendto(b'x', ('127.0.0.1', {port}))"),
    deed("IPv6", "__import__('socket').socket(10, 1)"),
    deed("local socket", "__import__('socket').socket(1, 1)"),
    deed("socket pair", "__import__('socket').socketpair()"),
    deed("raw socket", "__import__('socket').socket(2, 3, 1)"),
    deed("netlink", "__import__('socket').socket(16, 3)"),
    deed("packet socket", "__import__('socket').socket(17, 3)"),
    deed("vsock", "__import__('socket').socket(40, 1)"),
    deed("urllib", "__import__('urllib.request').request.urlopen('http://127.0.0.1:{port}/')"),
    deed("name look-up", "__import__('socket').gethostbyname('localhost.invalid')"),
    call("connect by number", 42, 203, "0, 0, 0"),
    call("bind by number", 49, 200, "0, 0, 0"),
    call("sendmsg by number", 46, 211, "1, 0, 0"),
)
FILES = (
    deed("/etc/passwd", "open('/etc/passwd').read()"),
    deed("/etc/shadow", "open('/etc/shadow').read()"),
    deed("list the root", "os.listdir('/')"),
    deed("list home folders", "os.listdir(os.path.expanduser('~') if 0 else '/home')"),
    deed("/etc/hostname", "open('/etc/hostname').read()"),
    deed("host file", "open({secret!r}).read()"),
    deed(
        "host file by O_PATH",
        "os.read(os.open('/proc/self/fd/%d' % os.open({secret!r}, os.O_PATH), 0), 99)",
    ),
    deed("host file through a link", "(os.symlink({secret!r}, 'link'), open('link').read())"),
    deed("host file by hard link", "(os.link({secret!r}, 'hard'), open('hard').read())"),
    deed("write a host file", "open({secret!r}, 'a').write('x')"),
    deed("remove a host file", "os.unlink({secret!r})"),
    deed("rename a host file", "os.rename({secret!r}, 'mine')"),
    deed("truncate a host file", "os.truncate({secret!r}, 0)"),
    deed("truncate by reading", "os.open({secret!r}, os.O_RDONLY | os.O_TRUNC)"),
    deed("chmod a host file", "os.chmod({secret!r}, 0o777)"),
    deed("chown a host file", "os.chown({secret!r}, os.getuid(), os.getgid())"),
    deed("touch a host file", "os.utime({secret!r})"),
    deed("label a host file", "os.setxattr({secret!r}, 'user.x', b'x')"),
    deed("new host file", "open({folder!r} + '/new', 'w')"),
    deed("new host folder", "os.mkdir({folder!r} + '/new')"),
    deed("file in /tmp", "open('/tmp/breach', 'w')"),
    deed("file in /dev/shm", "open('/dev/shm/breach', 'w')"),
    deed("file in /var/tmp", "open('/var/tmp/breach', 'w')"),
    deed("poison SymPy", "open(sympy.__file__, 'a')"),
    deed("poison the byte code", "open(os.path.dirname(sympy.__file__) + '/__pycache__/x.pyc', 'w')"),
    deed("poison site-packages", "open(os.path.dirname(sympy.__file__) + '/../breach.py', 'w')"),
    deed("poison matplotlib", "open(__import__('matplotlib').matplotlib_fname(), 'a')"),
    Attack("open the way by matplotlib", "import matplotlib\nif dict(os.environ) or os.listdir(): won(os.listdir())"),
    deed("read the library's own source", "open({source!r}).read()"),
    deed("another scratch folder", "os.listdir('../1' if os.getcwd().endswith('0') else '../0')"),
    deed("the folder of scratch folders", "os.listdir('..')"),
    deed("device node", "os.mknod('disk', 0o60666, os.makedev(8, 0))"),
    deed("fifo", "os.mkfifo('fifo')"),
    deed("block device", "open('/dev/vda', 'rb').read(1)"),
    deed("kernel log", "open('/dev/kmsg').read(1)"),
    deed("terminal", "open('/dev/tty', 'w')"),
    deed("memory device", "open('/dev/mem', 'rb')"),
    deed("kernel settings", "open('/proc/sys/kernel/core_pattern', 'w')"),
    deed("setuid file", "(open('s', 'w').close(), os.chmod('s', 0o4777))"),
    deed("lock down its score", "open('/proc/self/oom_score_adj', 'w').write('-1000')"),
    deed("leave by chroot", "os.chroot('.')"),
)
KERNEL = (
    call("mount", 165, 40),
    call("umount", 166, 39),
    call("pivot_root", 155, 41),
    call("new mount API", 428, 428),
    call("unshare a user namespace", 272, 97, "0x10000000"),
    call("unshare a network namespace", 272, 97, "0x40000000"),
    call("setns", 308, 268),
    call("open_by_handle_at", 304, 265),
    call("io_uring_setup", 425, 425, "1, 0"),
    call("io_uring_enter", 426, 426),
    call("bpf", 321, 280),
    call("perf_event_open", 298, 241),
    call("userfaultfd", 323, 282),
    call("keyctl", 250, 219),
    call("add_key", 248, 217),
    call("shmget", 29, 194, "0, 4096, 0o1666"),
    call("semget", 64, 190),
    call("msgget", 68, 186),
    call("mq_open", 240, 180),
    call("personality", 135, 92, "0x0040000"),
    call("another seccomp filter", 317, 277),
    call("another Landlock ruleset", 444, 444),
    call("reboot", 169, 142),
    call("kexec_load", 246, 104),
    call("init_module", 175, 105),
    call("settimeofday", 164, 170),
    call("clock_settime", 227, 112),
    call("sethostname", 170, 161),
    call("swapon", 167, 224),
    call("syslog", 103, 116),
    call("splice", 275, 76),
    call("vmsplice", 278, 75),
    call("inotify", 294, 26),
    call("fanotify", 300, 262),
    call("openat2", 437, 437),
    call("a call from the future", 600, 600),
    deed("setuid root", "os.setuid(0)"),
    deed("become the host's user", "os.setresuid({uid}, {uid}, {uid})"),
    deed("join root's group", "os.setgroups([0])"),
    call("capset", 126, 91),
    deed("raise the memory limit", "__import__('resource').setrlimit(9, (-1, -1))"),
    call("change another's limits", 302, 261, "{victim}, 7, 0, 0"),
    call("raise priority", 141, 140, "0, 0, -20"),
    call("pin to a processor", 203, 122, "0, 8, 0"),
)
if X86:
    KERNEL += (
        # mov eax, 41; mov edi, 2; mov esi, 1; xor edx, edx; add eax, 0x40000000; syscall; ret
        Attack(
            "x32 socket",
            "r = machine_code(bytes.fromhex('b829000040bf02000000be0100000031d20f05c3'))\nwon(r)",
            ("killed",),
        ),
        # mov eax, 20 (getpid); int 0x80; ret
        Attack("32-bit entry", "r = machine_code(bytes.fromhex('b814000000cd80c3'))\nwon(r)", ("killed",)),
        call("iopl", 172, 172),
        call("modify_ldt", 154, 154),
    )
RESOURCES = (
    deed("4 GB at once", "bytearray(4 << 30)"),
    Attack(
        "4 GB in pieces",
        "l = []\nwhile len(l) < 4096: l.append(bytearray(1 << 20))\nwon()",
        ("memory", "timeout"),
    ),
    deed("4 GB by mmap", "__import__('mmap').mmap(-1, 4 << 30)"),
    Attack("4 GB of list", "x = [0] * (1 << 29)\nwon()", ("memory",)),
    Attack("a bomb of strings", "s = 'x'\nwhile len(s) < 4 << 30: s += s\nwon()", ("memory", "timeout")),
    Attack("10**10**8", "x = 10**10**8\nwon()", ("timeout", "memory")),
    Attack("9**9**9", "x = 9**9**9\nwon()", ("timeout", "memory")),
    deed("large file", "open('f', 'wb').write(bytes(64 << 20))"),
    deed(
        "sparse file",
        "os.truncate('f', 1 << 40) if open('f', 'w').close() else os.posix_fallocate(os.open('f', 2), 0, 1 << 30)",
    ),
    Attack(
        "fill the disk",
        "import itertools\n"
        "for i in itertools.count():\n"
        "    try: open(str(i), 'wb').write(bytes(1 << 20))\n"
        "    except OSError: break\n"
        "if sum(os.stat(f).st_size for f in os.listdir()) > {scratch} * 1.5: won()",
        ("ok", "killed", "timeout"),
    ),
    Attack(
        "fill the inodes",
        "for i in range(20000):\n    try: open(str(i), 'w').close()\n    except OSError: break\nelse: won()",
        ("ok", "killed", "timeout"),
    ),
    Attack(
        "descend for ever",
        "while True:\n    os.mkdir('d')\n    os.chdir('d')",
        ("error", "killed", "timeout"),
    ),
    Attack(
        "descriptors",
        "l = []\ntry:\n    while len(l) < 1000: l.append(os.dup(0))\nexcept OSError: print('blocked')\nelse: won()",
    ),
    Attack(
        "pipes full of bytes",
        "n = 0\n"
        "try:\n"
        "    while n < 1000:\n"
        "        r, w = os.pipe(); os.set_blocking(w, False); os.write(w, bytes(65536)); n += 1\n"
        "except OSError: print('blocked')\n"
        "else: won()",
    ),
    Attack(
        "threads",
        "import threading\n"
        "n = 0\n"
        "try:\n"
        "    while n < 20000:\n"
        "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); n += 1\n"
        "except (RuntimeError, MemoryError): print('blocked')\n"
        "else: won()",
        ("ok", "error", "memory", "killed", "timeout"),
    ),
    Attack("endless loop", "while True: pass", ("timeout",)),
    Attack("endless sleep", "time.sleep(1000)", ("timeout",)),
    Attack(
        "loop that swallows interrupts",
        "while True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass",
        ("timeout",),
    ),
    Attack(
        "loop that ignores signals",
        "for s in range(1, 65):\n"
        "    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "while True: pass",
        ("timeout",),
    ),
    Attack(
        "blocked signals",
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
        ("timeout",),
    ),
    Attack("stop itself", "os.kill(os.getpid(), signal.SIGSTOP)", ("timeout",)),
    Attack("endless regular expression", "import re\nre.match('(a+)+$', 'a' * 60 + 'b')", ("timeout",)),
    Attack("endless repr", "class A:\n    def __repr__(self):\n        while True: pass\nA()", ("timeout",)),
    Attack(
        "endless message",
        "class A(Exception):\n    def __str__(self):\n        while True: pass\nraise A",
        ("timeout",),
    ),
    Attack(
        "endless thread",
        "import threading\ndef f():\n    while True: pass\nthreading.Thread(target=f).start()",
        ("timeout",),
    ),
    Attack(
        "recursion in C",
        "sys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nprint(len(repr(x)))",
        ("killed", "error", "timeout", "memory", "ok"),
    ),
    Attack(
        "deep parentheses",
        "compile('(' * 10**5 + ')' * 10**5, 'x', 'eval')",
        ("error", "memory", "killed"),
    ),
    Attack("deep unary", "eval('-' * 10**6 + '1')", ("error", "memory", "killed")),
    Attack(
        "deep syntax tree",
        "import ast\n"
        "n = ast.Constant(1)\n"
        "for _ in range(10**5): n = ast.UnaryOp(ast.USub(), n)\n"
        "compile(ast.fix_missing_locations(ast.Expression(n)), 'x', 'eval')",
        ("error", "memory", "killed", "timeout"),
    ),
    Attack("100 MB of print", "print('x' * (100 << 20))", ("output_limit",)),
    Attack("endless print", "while True: print('spam')", ("output_limit",)),
    Attack("endless error output", "while True: print('spam', file=sys.stderr)", ("output_limit",)),
    Attack("endless raw output", "while True: os.write(1, b'x' * 65536)", ("output_limit",)),
    Attack("huge value", "'x' * (50 << 20)", ("ok",)),
    Attack("huge message", "raise ValueError('x' * (50 << 20))", ("error",)),
)
CHANNEL = (
    Attack("null pointer", "ctypes.string_at(0)", ("killed",)),
    Attack("exit at once", "os._exit(0)", ("killed",)),
    Attack("exit like a failed child", "os._exit(70)", ("killed",)),
    Attack("abort", "os.abort()", ("killed",)),
    Attack("kill itself", "os.kill(os.getpid(), 9)", ("killed",)),
    Attack("garbage reply", "os.write(4, b'garbage that is no frame')", ("killed",)),
    Attack("huge reply", "os.write(4, b'\\xff\\xff\\xff\\xff')", ("killed",)),
    Attack(
        "reply of 2 GB",
        "os.write(4, b'\\x7f\\xff\\xff\\xff')\nwhile True: os.write(4, bytes(65536))",
        ("killed",),
    ),
    Attack("reply that is no object", "os.write(4, b'\\0\\0\\0\\x02[]')", ("killed",)),
    Attack(
        "deeply nested reply",
        "b = b'[' * 10**6\nos.write(4, len(b).to_bytes(4, 'big') + b)",
        ("killed",),
    ),
    Attack(
        "reply with a huge number",
        "b = b'1' * 10**6\nos.write(4, len(b).to_bytes(4, 'big') + b)",
        ("killed",),
    ),
    Attack(
        "reply to another call",
        'b = b\'{{"id": 999, "status": "ok"}}\'\nos.write(4, len(b).to_bytes(4, \'big\') + b)',
        ("killed",),
    ),
    Attack(
        "reply of a wrong kind",
        'b = b\'{{"id": 1, "status": "ok", "value": {{}}}}\'\nos.write(4, len(b).to_bytes(4, \'big\') + b)',
        ("killed",),
    ),
    Attack(
        "unknown status",
        'b = b\'{{"id": 1, "status": "root"}}\'\nos.write(4, len(b).to_bytes(4, \'big\') + b)',
        ("killed",),
    ),
    Attack(
        "two replies",
        'b = b\'{{"id": 1, "status": "ok"}}\'\nos.write(4, (len(b).to_bytes(4, \'big\') + b) * 2)',
        ("killed",),
    ),
    Attack("half a reply", "os.write(4, b'\\0\\0\\1\\0abc')\nwhile True: time.sleep(1)", ("timeout",)),
    Attack("close the reply pipe", "os.close(4)\nwhile True: time.sleep(1)", ("killed",)),
    Attack("close the request pipe", "os.close(3)", ("ok", "killed")),
    Attack("close the output", "os.close(1); os.close(2)\nprint('lost')", ("ok", "error", "killed")),
    Attack("close everything", "os.closerange(0, 100)\nwhile True: time.sleep(1)", ("killed",)),
    Attack("wait for another request", "os.read(3, 1)", ("timeout",)),
    Attack("wait for input", "sys.stdin.read()\ninput()", ("error",)),
    Attack("replace the output", "sys.stdout = sys.stderr = None\nprint('x')", ("ok",)),
    Attack(
        "break the builtins",
        "import builtins\nbuiltins.print = builtins.len = builtins.repr = None\n1",
        ("ok", "error", "killed"),
    ),
    Attack("break json", "import json\njson.dumps = json.loads = None\n1", ("ok",)),
    Attack("break os", "os.read = os.write = None\n1", ("killed", "error")),
    Attack(
        "hostile name",
        "type('A' * 10**7, (Exception,), {{}})\nraise type('B\\n' * 10**6, (Exception,), {{}})",
        ("error",),
    ),
    Attack(
        "exit from a message",
        "class A(Exception):\n    def __str__(self): raise SystemExit\nraise A",
        ("error",),
    ),
    Attack("exit with an object", "class A:\n    def __str__(self): 1 / 0\nsys.exit(A())", ("error",)),
    Attack("interrupt itself", "raise KeyboardInterrupt", ("error",)),
    Attack("generator exit", "raise GeneratorExit", ("error",)),
    Attack(
        "group of exceptions",
        "raise BaseExceptionGroup('x', [SystemExit(), KeyboardInterrupt()])",
        ("error",),
    ),
    Attack("lone surrogate", "print('\\ud800')\n'\\udfff'", ("ok",)),
    Attack("NUL and escapes", "print('\\0\\x1b[2J\\r')", ("ok",)),
)
ATTACKS = PROCESSES + SIGNALS + TRACING + NETWORK + FILES + KERNEL + RESOURCES + CHANNEL
