"""Calls that share a process, and what becomes of it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psutil
import pytest

from math_solver.interpreter import Interpreter, Limits, memory
from math_solver.interpreter.memory import own_bytes
from math_solver.interpreter.sessions import Sessions


@pytest.fixture
def small() -> Iterator[Interpreter]:
    with Interpreter(Limits(timeout=0.5, sessions=2, session_runs=5)) as running:
        yield running


@pytest.fixture(scope="module")
def hasty(nothing_left: None) -> Iterator[Interpreter]:
    with Interpreter(Limits(timeout=1.0, grace=5.0)) as running:
        yield running


def test_variables_last(interpreter: Interpreter) -> None:
    assert interpreter.run("a = 5\ndef f(): return a + 1", session="v").status == "ok"
    assert interpreter.run("f()", session="v").value == "6"
    assert interpreter.run("a", session="w").status == "error"
    assert "v" in interpreter.sessions
    interpreter.end_session("v")
    assert interpreter.run("a", session="v").status == "error"


def test_traceback_shows_the_right_cell(interpreter: Interpreter) -> None:
    interpreter.run("def f(x):\n    return 1/x", session="t")
    execution = interpreter.run("print('second')\nf(0)", session="t")
    assert execution.error == (
        'Traceback (most recent call last):\n  File "<cell>", line 2\n    f(0)\n'
        '  File "<cell>", line 2, in f\n    return 1/x\nZeroDivisionError: division by zero'
    )


def test_session_survives_an_error_and_a_timeout(small: Interpreter) -> None:
    small.run("a = 1", session="s")
    assert small.run("1/0", session="s").status == "error"
    execution = small.run("while True: pass", session="s")
    assert (execution.status, execution.error) == ("timeout", "TimeoutError: the program was stopped after 0.5 s")
    assert small.run("a", session="s").value == "1"


@pytest.mark.parametrize(
    "closing",
    [
        "data = open(0).read()",  # closes the input with it
        "import os\nos.close(1)",
        "with open(2, 'w') as errors: errors.write('x')",
        "import os\nos.close(0)\nos.close(1)",
        "import os\nos.close(1)\nos.close(2)",
        "import os\nos.closerange(0, 3)",
        "import os\nos.close(0)\nfolder = os.open('.', os.O_RDONLY)",  # has the number of the input now
        "import os\nos.close(1)\nf = open('x.txt', 'w')",
        "import os\nos.close(5)",
        "import os\nos.close(5)\nos.close(1)\nfiles = [open(f'{n}.txt', 'w') for n in range(2)]",
        "import sys\nsys.stdout = open(1, 'w')",  # closes the output when the next program has another
        "import sys\nsys.stdin = open(0)",
        # descriptors that are all taken, the input's among them
        "import os\nos.close(0)\nfiles = []\ntry:\n    while True: files.append(open('x', 'w'))\nexcept OSError: pass",
        # names of sys that another class of it refuses
        "import sys, threading, time, types\nclass Refusing(types.ModuleType):\n"
        "    def __getattr__(self, name): raise ValueError(name)\n    def __setattr__(self, *_): raise ValueError\n"
        "del sys.stdin\nsys.__class__ = Refusing\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
    ],
)
def test_session_survives_the_loss_of_a_stream(interpreter: Interpreter, closing: str) -> None:
    code = "import sys, os\nprint(a)\nprint(2, file=sys.stderr)\n_ = os.write(2, b'3\\n')\nsys.stdin.read()"
    interpreter.run("a = 1", session="streams")
    assert interpreter.run(closing, session="streams").status == "ok"
    for _ in range(2):
        assert interpreter.run(code, session="streams").observation == "1\n2\n3\n''"
    interpreter.end_session("streams")


def test_files_that_have_the_numbers_of_streams_stay_the_programs(interpreter: Interpreter) -> None:
    code = "import os\nos.closerange(0, 3)\nfiles = [open(f'{n}.txt', 'w+') for n in range(3)]\nprint('lost')"
    interpreter.run(code, session="numbers")
    code = "import sys\nprint(1)\nprint(2, file=sys.stderr)\nfor f in files: f.write(f'in {f.fileno()}')\n" + (
        "for f in files: print(f.seek(0), f.read())\nsys.stdin.read()"
    )
    used = interpreter.run(code, session="numbers")
    closed = interpreter.run("for f in files: f.close()\nprint(3)\nsys.stdin.read()", session="numbers")
    later = interpreter.run("os.write(1, b'4\\n'), os.write(2, b'5\\n'), sys.stdin.read()", session="numbers")
    interpreter.end_session("numbers")
    assert used.observation == "1\n2\n0 in 0\n0 lost\nin 1\n0 in 2\n''"
    assert closed.observation == "3\n''"
    assert later.observation == "4\n5\n(2, 2, '')"


def test_session_survives_streams_that_never_end_at_their_end(small: Interpreter) -> None:
    small.run("a = 1", session="endless")
    code = "import sys\nclass F:\n    def flush(self):\n        while True: pass\nsys.stdout = sys.stderr = F()"
    assert small.run(code, session="endless").status == "timeout"
    assert small.run("a", session="endless").value == "1"


def test_session_survives_full_memory() -> None:
    """Of small objects, after which there is none left for a word about it."""
    with Interpreter(Limits(timeout=30.0, memory_mb=48)) as narrow:
        for code, status in (
            ("a = []\nwhile True: a.append([1])", "memory"),
            ("b = len(a)\na = []\nwhile True: a.append((len(a), str(a[-1:])))", "memory"),
            ("c = {}\nwhile True: c[len(c)] = 2.5 * len(c)  # open", "memory"),  # where streams are looked for too
        ):
            execution = narrow.run(code, session="s")
            assert (execution.status, execution.output) == (status, ""), execution
            assert (execution.error or "").endswith("MemoryError")
        assert narrow.run("b > 1000", session="s").value == "True"


def test_streams_of_an_earlier_program_reach_the_later_ones_output(interpreter: Interpreter) -> None:
    opened = interpreter.run("import os\nout = os.fdopen(1, 'w', closefd=False)\nprint(1, file=out)", session="out")
    later = interpreter.run("print(2)\nprint(3, file=out)", session="out")
    assert (opened.output, later.output) == ("1\n", "2\n3\n")
    interpreter.end_session("out")


def test_session_survives_too_much_output() -> None:
    with Interpreter(Limits(timeout=30.0, grace=10.0)) as patient:
        patient.run("a = 1", session="s")
        assert patient.run("while True: print('x' * 1000)", session="s").status == "output_limit"
        execution = patient.run("a", session="s")
    assert (execution.output, execution.value) == ("", "1")


def test_death_is_told_at_once(small: Interpreter) -> None:
    small.run("a = 1", session="s")
    code = "import time\nwhile True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass"
    execution = small.run(code, session="s")
    assert execution.status == "timeout"
    assert execution.observation.endswith("after 0.5 s; the variables of this session are gone")
    assert "s" not in small.sessions
    assert "NameError" in small.run("a", session="s").observation


def test_crash_is_told_at_once(interpreter: Interpreter) -> None:
    interpreter.run("a = 1", session="crash")
    execution = interpreter.run("import os\nos._exit(3)", session="crash")
    assert execution.status == "killed"
    assert execution.observation == (
        "Killed: the program ended its process with exit status 3; the variables of this session are gone"
    )


def test_eviction_is_told_once(small: Interpreter) -> None:
    for name in "abc":
        small.run(f"name = {name!r}", session=name)
    assert small.sessions == ["b", "c"]
    execution = small.run("name", session="a")
    assert execution.status == "killed"
    assert execution.observation == (
        "SessionLost: other sessions needed its place; the variables of this session are gone and the program "
        "was not run"
    )
    assert "NameError" in small.run("name", session="a").observation


def test_too_many_at_once_are_refused(small: Interpreter) -> None:
    with ThreadPoolExecutor(2) as pool:
        slow = [pool.submit(small.run, "import time; time.sleep(0.4)", session=name) for name in "ab"]
        time.sleep(0.2)
        execution = small.run("1", session="c")
        assert (execution.status, execution.observation) == ("refused", "Refused: all 2 sessions are in use")
        assert [job.result().status for job in slow] == ["ok", "ok"]


def test_a_session_runs_only_so_often(small: Interpreter) -> None:
    assert [small.run("1", session="s").status for _ in range(6)] == ["ok"] * 5 + ["refused"]


def test_idle_session_ends() -> None:
    with Interpreter(Limits(session_idle=0.3)) as interpreter:
        interpreter.run("a = 1", session="s")
        until = time.monotonic() + 10
        while interpreter.sessions and time.monotonic() < until:
            time.sleep(0.05)
        execution = interpreter.run("a", session="s")
    assert execution.status == "killed"
    assert "idle for more than 0.3 s" in execution.observation


def test_total_memory_ends_the_longest_idle() -> None:
    with Interpreter(Limits(session_memory_mb=600)) as interpreter:
        for name in "abc":
            interpreter.run("block = bytearray(200 << 20)", session=name)
        assert interpreter.sessions == ["b", "c"]
        assert "too much memory" in interpreter.run("1", session="a").observation


def test_threads_rest_between_calls(interpreter: Interpreter) -> None:
    code = (
        "import threading, time\nn = 0\ndef count():\n    global n\n"
        "    while True: n += 1; print('noise'); time.sleep(0.001)\n"
        "threading.Thread(target=count, daemon=True).start()"
    )
    count = "start = n\ntime.sleep({})\nn - start"
    interpreter.run(code, session="threads")
    within = int(interpreter.run(count.format(1), session="threads").value or 0)
    before = int(interpreter.run("n", session="threads").value or 0)
    time.sleep(1)
    after = int(interpreter.run("n", session="threads").value or 0)
    still = int(interpreter.run(count.format(0.3), session="threads").value or 0)
    interpreter.end_session("threads")
    assert 0 <= after - before < within / 2
    assert still > 0


SLOW_TO_GO = (
    "import io, sys, time\nclass Slow(io.TextIOWrapper):\n    def __del__(self): time.sleep(0.1)\n"
    "sys.stderr = Slow(io.BytesIO())\n"
)
OF_ITS_OWN = "import io, sys\nsys.stdout = io.TextIOWrapper({}, encoding='utf-8', write_through=True)\n"


@pytest.mark.parametrize(
    ("output", "noise"),
    [
        ("", "print('noise')"),
        (OF_ITS_OWN.format("sys.stdout.buffer"), "print('noise')"),
        (OF_ITS_OWN.format("io.FileIO(1, 'w', closefd=False)"), "print('noise')"),
        (OF_ITS_OWN.format("sys.stdout.detach()"), "print('noise')"),
        ("import sys\nsys.stdout = sys.__stdout__ = open(1, 'w')\n", "print('noise')"),
        ("", "sys.stdout.write('.')"),
        (SLOW_TO_GO, "sys.stdout.write('.')"),
    ],
)
def test_a_thread_prints_while_calls_come_and_go(interpreter: Interpreter, output: str, noise: str) -> None:
    code = (
        f"{output}import sys, threading, time\nn = 0\ndef shout():\n    global n\n"
        f"    while True: {noise}; n += 1\n"
        "threading.Thread(target=shout, daemon=True).start()"
    )
    interpreter.run(code, session="shouting")
    executions = [interpreter.run("m = n\ntime.sleep(0.05)\n1 + 1", session="shouting") for _ in range(12)]
    alive = interpreter.run("time.sleep(0.1)\nthreading.active_count(), n > m", session="shouting")
    interpreter.end_session("shouting")
    assert [(execution.status, execution.value) for execution in executions] == [("ok", "2")] * 12
    assert not any("Traceback" in execution.output for execution in executions)
    assert alive.value == "(2, True)"


POOL = "import time\nfrom concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"


@pytest.mark.parametrize(
    "code",
    [
        f"{POOL}job = pool.submit(time.sleep, 100)",
        f"{POOL}job = pool.submit(time.sleep, 100)\nwhile True: pass",  # stopped before it waits
        "import threading, time\nthreading.Thread(target=time.sleep, args=(100,)).start()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(100,)).start()\nwhile True: pass",
        "import threading\nthreading.Timer(100, print).start()",
    ],
)
def test_what_was_waited_for_in_vain_is_not_waited_for_again(hasty: Interpreter, code: str) -> None:
    assert hasty.run(code, session="left").status == "timeout"
    execution = hasty.run("1 + 1", session="left")
    later = hasty.run(f"{POOL}_ = pool.submit(lambda: (time.sleep(0.1), print('done')))", session="left")
    hasty.end_session("left")
    assert (execution.status, execution.value, later.output) == ("ok", "2", "done\n")


@pytest.mark.parametrize(
    ("begin", "left"),
    [
        ("threading.Thread(target=time.sleep, args=(100,)).start()", "threading.Thread(target=begin).start()"),
        ("pool.submit(time.sleep, 100)", "pool.submit(begin)"),
        ("pool.submit(time.sleep, 100)", "threading.Thread(target=begin).start()"),
    ],
)
def test_what_was_left_has_nobody_wait_for_what_it_begins(hasty: Interpreter, begin: str, left: str) -> None:
    code = f"{POOL}import threading\nlater = threading.Event()\ndef begin(): later.wait(); {begin}\n_ = {left}"
    assert hasty.run(code, session="left").status == "timeout"
    execution = hasty.run("later.set()\ntime.sleep(0.3)\n1 + 1", session="left")
    hasty.end_session("left")
    assert (execution.status, execution.value) == ("ok", "2")


def test_a_thread_that_another_is_about_to_start_is_no_error(interpreter: Interpreter) -> None:
    code = (
        "import threading\nclass Slow(threading.Thread):\n    def _bootstrap(self):\n        time.sleep(0.3)\n"
        "        super()._bootstrap()\n    def run(self): pass\n"
        "threading.Thread(target=lambda: Slow().start()).start()\ntime.sleep(0.1)\n1 + 1"
    )
    assert interpreter.run(f"import time\n{code}").value == "2"


def test_no_watchdog_outlives_its_call(interpreter: Interpreter) -> None:
    interpreter.run("import faulthandler\nfaulthandler.dump_traceback_later(0.1, exit=True)", session="watchdog")
    assert interpreter.run("import time\ntime.sleep(0.3)\n1", session="watchdog").value == "1"
    interpreter.end_session("watchdog")


@pytest.mark.parametrize("timer", ["REAL", "VIRTUAL", "PROF"])
def test_alarm_does_not_outlive_its_call(interpreter: Interpreter, timer: str) -> None:
    interpreter.run(f"import signal, time\nsignal.setitimer(signal.ITIMER_{timer}, 0.05)\na = 1", session="alarm")
    time.sleep(0.2)
    code = "end = time.process_time() + 0.08\nwhile time.process_time() < end: sum(range(10**4))\na"
    assert interpreter.run(code, session="alarm").value == "1"
    interpreter.end_session("alarm")


def test_calls_of_one_session_queue_up(interpreter: Interpreter) -> None:
    interpreter.run("n = 0", session="queue")
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda _: interpreter.run("n += 1\nn", session="queue").value, range(40)))
    assert sorted(map(int, filter(None, values))) == list(range(1, 41))


def test_results_go_to_their_own_calls(interpreter: Interpreter) -> None:
    with ThreadPoolExecutor(8) as pool:
        jobs = {
            n: pool.submit(interpreter.run, f"print({n}); {n}**2", session=f"s{n % 5}" if n % 2 else None)
            for n in range(100)
        }
    assert all(job.result().observation == f"{n}\n{n**2}" for n, job in jobs.items())


def test_ending_a_session_stops_its_program(interpreter: Interpreter) -> None:
    threading.Timer(0.3, interpreter.end_session, ["victim"]).start()
    execution = interpreter.run("while True: pass", session="victim")
    assert execution.status == "killed"
    assert execution.ms < 2500


def test_an_ended_session_leaves_no_child_to_a_call_that_waited(small: Interpreter) -> None:
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(small.run, "while True: pass", "s")
        wait_for(lambda: small.sessions == ["s"])
        waiting = pool.submit(small.run, "a = 1; a", "s")
        session = small._sessions._live["s"]
        wait_for(lambda: session.users == 2)
        small.end_session("s")
        assert running.result().status == "killed"
        assert waiting.result().value == "1"
    assert small.sessions == []
    assert session.child is None


def test_an_interrupted_host_loses_the_session_and_is_told(interpreter: Interpreter) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    interpreter.run("a = 1", session="interrupted")
    child = interpreter._sessions._live["interrupted"].child
    assert child is not None
    process = psutil.Process(child.pid())
    kept = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            interpreter.run("while True: pass", session="interrupted")
    finally:
        signal.signal(signal.SIGALRM, kept)
    psutil.wait_procs([process], timeout=10)
    assert not process.is_running()
    execution = interpreter.run("a", session="interrupted")
    assert execution.observation.startswith("SessionLost: a call in it was interrupted")
    assert "NameError" in interpreter.run("a", session="interrupted").observation


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_what_is_parsed_without_warnings_leaves_those_of_programs_alone(interpreter: Interpreter) -> None:
    """A cell may warn as the one before did, after what the compiler has to say of it was left out."""
    warn = "import warnings\n'\\d'; 1 is 1\nwarnings.warn('{}')\nlen(warnings.filters) > 0"
    again = [interpreter.run(warn.format(word), session="warning").observation for word in ("a", "a", "b")]
    assert again == ["UserWarning: a\nTrue", "UserWarning: a\nTrue", "UserWarning: b\nTrue"]
    interpreter.run("warnings.simplefilter('ignore')", session="warning")
    assert interpreter.run(warn.format("a"), session="warning").observation == "True"
    interpreter.end_session("warning")


# programs; what they show
TOGETHER = [
    ((), []),
    (("a = 2", "a + 1", "print(a)"), ["(no output)", "3", "2"]),  # none needs SymPy
    (("a = 2", "solve(a - 2)", "a"), ["(no output)", "[]", "2"]),  # a later one does
    (("x = 1", "N"), ["(no output)", "<function N at 0x...>"]),  # and does not look it
    (("a = 1", "1 / 0", "a"), ["(no output)", "ZeroDivisionError: division by zero", "1"]),
    (("def f(): return 3", "f()", "f"), ["(no output)", "3", "<function f at 0x...>"]),
]


@pytest.mark.parametrize(("programs", "shown"), TOGETHER)
def test_programs_that_are_known_share_a_session(
    interpreter: Interpreter, programs: tuple[str, ...], shown: list[str]
) -> None:
    before = interpreter.sessions
    executions = interpreter.run_all(programs)
    assert [execution.observation.splitlines()[-1] for execution in executions] == shown
    assert interpreter.sessions == before
    executions = [interpreter.run(code, "one by one") for code in programs]
    interpreter.end_session("one by one")
    assert [execution.observation.splitlines()[-1] for execution in executions] == shown


def test_the_traceback_of_a_known_program_is_that_of_its_cell(interpreter: Interpreter) -> None:
    first, last = "def f():\n    return 1 / 0", "f()"
    plain = interpreter.run_all((first, last))[1]
    assert plain == replace(interpreter.run_all((first, last, "pi"))[1], ms=plain.ms)
    assert plain.error is not None and plain.error.count('File "<cell>"') == 2


def test_known_programs_go_on_after_one_that_ended_its_process() -> None:
    deep = "x = []\nfor _ in range(10**6): x = [x]\nwhile True: pass"
    with Interpreter(Limits(timeout=0.5, grace=0.1, session_runs=3)) as interpreter:
        executions = interpreter.run_all(["a = 1", deep, "a", "a"])
        assert [execution.status for execution in executions] == ["ok", "timeout", "ok", "refused"]
        assert interpreter.sessions == []


def test_known_programs_that_are_over_are_not_remembered(
    interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a session that the next call must be told the loss of: there is none."""
    monkeypatch.setattr(interpreter._sessions, "_limits", replace(interpreter.limits, session_memory_mb=1))
    assert interpreter.run_all(["block = bytearray(20 << 20)", "len(block)"])[1].value == str(20 << 20)
    assert not any(name.startswith("\0") for name in interpreter._sessions._notes)


def test_known_programs_are_each_run_though_the_first_is_refused(interpreter: Interpreter) -> None:
    """The child has parsed all of them by then, and runs the one that it is sent."""
    executions = interpreter.run_all(["#" * (interpreter.limits.code_chars + 1), "print(2)", "3"])
    assert [(execution.status, execution.observation) for execution in executions[1:]] == [("ok", "2"), ("ok", "3")]
    assert executions[0].status == "refused"


def test_known_programs_must_be_text(interpreter: Interpreter) -> None:
    with pytest.raises(TypeError, match="must be a string, not bytes"):
        interpreter.run_all(["1", b"2"])  # type: ignore[list-item]


def test_memory_that_is_shared_is_nobodys(interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session costs what it does not share with the server, whether that is measured or estimated."""
    for name in ("small", "large"):
        interpreter.run("x = symbols('x'); solve(x**2 - 2)", session=name)
    interpreter.run("block = bytearray(100 << 20)", session="large")
    small, large = (interpreter._sessions._live[name] for name in ("small", "large"))
    assert small.size > 40 << 20  # what it shares included
    for measured in (True, False):
        if not measured:
            monkeypatch.setattr(memory, "_PRIVATE", [])
            monkeypatch.setattr(memory, "open", forbid_rollup, raising=False)
        for session, least, most in ((small, 1 << 20, 40 << 20), (large, 100 << 20, 180 << 20)):
            assert session.child is not None
            assert least <= own_bytes(session.child, session._at_first) <= most
        small._measured = False
        small.measure()
        assert small.size <= 40 << 20
    for name in ("small", "large"):
        interpreter.end_session(name)


def forbid_rollup(path: str, *how: object, **more: object) -> object:
    """As a host meets it that is not root."""
    if path.endswith("smaps_rollup"):
        raise PermissionError
    return open(path, *how, **more)  # type: ignore[call-overload]


def test_memory_is_measured_only_where_it_decides() -> None:
    sessions = Sessions(Limits(session_memory_mb=100, sessions=9))
    measured: list[str] = []

    def of(name: str, quickly: int, own: int) -> None:
        session = sessions.claim(name)
        assert session is not None
        session.runs, session.size = 1, quickly << 20

        def measure() -> None:
            measured.append(name)
            session.size = own << 20

        session.measure = measure  # type: ignore[method-assign]
        sessions.release(session)

    of("a", 60, 10)
    assert measured == []
    of("b", 60, 10)  # together too much at first sight, and not once the first is measured
    assert measured == ["a"]
    of("c", 90, 85)
    assert list(sessions._live) == ["b", "c"]  # 105 in truth: the longest idle has ended


@pytest.mark.slow
def test_as_many_sessions_as_hold_less_than_their_memory() -> None:
    with Interpreter(Limits(timeout=30.0, session_memory_mb=1500)) as interpreter:
        for number in range(64):
            interpreter.run("x = symbols('x'); solve(x**2 - 2)", session=f"s{number}")
        assert len(interpreter.sessions) == 64
