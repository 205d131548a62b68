"""What programs in a notebook take for granted of the standard library, where it needs no process and no socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from math_solver.interpreter import Interpreter

REFUSED = "PermissionError: [Errno 1] Operation not permitted"

# program, end of the observation; each runs twice, and says the same
PROGRAMS = [
    # threads and their locks
    ("import threading as t\nfor l in (t.Lock(), t.RLock(), t.Semaphore(), t.BoundedSemaphore(), t.Condition()):\n"
     "    with l: pass\ne = t.Event()\nt.Timer(0.01, e.set).start()\ne.wait(5)", "True"),
    ("import queue\nq = queue.PriorityQueue(); q.put(3); q.put(1); q.get()", "1"),
    ("import sched, time\ns = sched.scheduler(time.time, time.sleep); s.enter(0.001, 1, print, 'x'); s.run()", "x"),
    ("import threading\nthreading.current_thread()", "<_MainThread(MainThread, started ...)>"),
    # an event loop that waits for the input
    ("import asyncio, sys\nasync def f():\n    r = asyncio.StreamReader()\n    await asyncio.get_running_loop()."
     "connect_read_pipe(lambda: asyncio.StreamReaderProtocol(r), sys.stdin)\n    return await r.read()\n"
     "asyncio.run(f())", "b''"),
    # what starts a process is refused in one line
    ("import asyncio\nawait asyncio.create_subprocess_exec('ls')", REFUSED),
    ("from concurrent.futures import ProcessPoolExecutor as P\nwith P() as p: list(p.map(abs, [1]))", REFUSED),
    ("import multiprocessing as m\nm.get_context('spawn').Process(target=print).start()", REFUSED),
    ("import os\nos.system('ls')", REFUSED),
    ("import os\nos.fork()", REFUSED),
    # multiprocessing with threads
    ("import multiprocessing as m\na, b = m.Pipe(); a.send(3); b.send(4); (b.recv(), a.recv())", "(3, 4)"),
    ("import multiprocessing as m\na, b = m.Pipe(False); b.send(3); a.recv()", "3"),
    ("import multiprocessing as m\nq = m.JoinableQueue(); q.put(2); print(q.get()); q.task_done(); q.join()\n"
     "q.qsize(), q.full()", "2\n(0, False)"),
    ("from multiprocessing import shared_memory as m\ns = m.SharedMemory(create=True, size=10); s.buf[0] = 7\n"
     "t = m.SharedMemory(s.name); print(t.buf[0]); t.close(); s.close(); s.unlink()", "7"),
    # files, under the same names in every run
    ("import tempfile, os\nwith tempfile.NamedTemporaryFile() as f: print(f.name[:5], os.path.exists(f.name))\n"
     "with tempfile.TemporaryDirectory() as d: print(d)\ntempfile.gettempdir()", "'.'"),
    ("import os\nos.getcwd(), os.path.abspath('x')", "('.', './x')"),
    ("import shelve\nwith shelve.open('s') as s: s['a'] = 1\nwith shelve.open('s') as s: print(dict(s))", "{'a': 1}"),
    ("import shutil\nopen('a', 'w').write('1'); shutil.copy2('a', 'b'); shutil.move('b', 'c')", "'c'"),
    ("import sqlite3\nsqlite3.connect(':memory:').execute('select 1 + 1').fetchone()", "(2,)"),
    ("open('own.py', 'w').write('x = 5')\nimport own\n(own.x, own.__file__)", "(5, './own.py')"),
    ("open('u', 'w').write('é'); import locale; locale.setlocale(locale.LC_ALL, ''); open('u').read()", "'é'"),
    # what is printed by other ways than print
    ("import sys, io\nsys.stdout = io.StringIO(); print(1); sys.stdout = sys.__stdout__; print(2)", "2"),
    ("import sys\nsys.__stdout__.write('a\\n'); sys.__stderr__.write('b\\n'); None", "a\nb"),
    ("import ctypes\nctypes.CDLL(None).puts(b'from C'); None", "from C"),
    # generators that are given no seed
    ("import random\nrandom.Random().random() != random.Random().random(), random.Random().random()", None),
    ("np.random.default_rng().random()", None),
    ("random_seed = __import__('random').seed(); __import__('random').random()", None),
    # addresses that no `>` ends, numbers that are addresses, places of files
    ("import weakref\nclass A: pass\na = A(); weakref.ref(a)", "<weakref at 0x...; to 'A' at 0x...>"),
    ("from unittest.mock import Mock\nMock()", "<Mock id='...'>"),
    ("import json\njson.__file__", "'json/__init__.py'"),
    ("import faulthandler\nfaulthandler.dump_traceback()", None),
    ("print('a hash: 0x7fde092c36f0, id=7')", "a hash: 0x7fde092c36f0, id=7"),
    # the rest of what they use
    ("import getpass\ngetpass.getuser()", "'user'"),
    # at home in its folder, of which the environment says nothing
    ("import pathlib, os\npathlib.Path.home(), os.path.expanduser('~/a.txt'), dict(os.environ)",
     "(PosixPath('.'), './a.txt', {})"),
    ("import pathlib\npathlib.Path('~/a.txt').expanduser().write_text('x')\nopen('a.txt').read()", "'x'"),
    ("import os\nos.path.expanduser('~nobody_of_this_name/a')", "'~nobody_of_this_name/a'"),
    ("import pwd\npwd.getpwuid(4242)", "KeyError: 'getpwuid(): uid not found: 4242'"),
    ("help(len)", "Return the number of items in a container."),
    ("import unittest\nclass T(unittest.TestCase):\n    def test(self): pass\n"
     "_ = unittest.main(argv=['x'], exit=False)",
     "Ran 1 test in 0.000s\n\nOK"),
    ("breakpoint()", "bdb.BdbQuit"),
    ("import signal, time\ndef h(*_): raise TimeoutError('late')\nsignal.signal(signal.SIGALRM, h)\n"
     "signal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(3)", "TimeoutError: late"),
    ("from zoneinfo import ZoneInfo\nstr(ZoneInfo('UTC'))", "'UTC'"),
    ("import curses\ncurses.initscr()", "could not find terminfo database"),
    ("import webbrowser\nwebbrowser.open('http://a.b')", "False"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sessions(interpreter: Interpreter) -> Iterator[tuple[str, str]]:
    names = ("library 1", "library 2")
    yield names
    for name in names:
        interpreter.end_session(name)


@pytest.mark.parametrize(("code", "end"), PROGRAMS, ids=[repr(program[0])[:40] for program in PROGRAMS])
def test_program(interpreter: Interpreter, sessions: tuple[str, str], code: str, end: str | None) -> None:
    first, second = (interpreter.run(code, session=name) for name in sessions)
    assert first.observation == second.observation
    assert first.status in ("ok", "error")
    if end is not None:
        assert first.observation.endswith(end), first


def test_a_session_goes_on_where_its_files_are(interpreter: Interpreter) -> None:
    """What a program was told of a path is a path for the next one."""
    told = interpreter.run("import tempfile\nprint(tempfile.mkstemp()[1])", session="path").output.strip()
    assert interpreter.run(f"open({told!r}).read()", session="path").value == "''"
    interpreter.end_session("path")
