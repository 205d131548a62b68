"""Many mixed runs at full concurrency, a tenth of them hostile: nothing grows, nothing is mixed up."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from math_solver.interpreter import Interpreter, Limits

LOST = " gone"  # in what callers are told when the server was killed
ROOT = Path(__file__).parents[2]

HOSTILE = (
    "import os; os._exit(1)",
    "import os; os.kill(os.getpid(), 9)",
    "x = [0] * 10**10",
    "import os; os.write(4, b'garbage')",
    "print('x' * (8 << 20))",
    "import threading, time\nfor _ in range(8): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
    "import os\nfor i in range(50): open(str(i), 'wb').write(bytes(10000))",
    "import os\nos.mkdir('a')\nos.chdir('a')\nopen('b', 'w').write('c')",
    "raise SystemExit('no')",
    "import sys; sys.setrecursionlimit(10**6)\ndef f(n): return f(n + 1)\nf(0)",
)


def program(n: int) -> tuple[str, str | None]:
    """A program of its own, and the observation it must have; ``None`` for a hostile one."""
    if n % 10 == 0:
        return HOSTILE[n // 10 % len(HOSTILE)], None
    if n % 10 == 1:
        return f"x = symbols('x')\nexpand((x + {n})**2)", f"x**2 + {2 * n}*x + {n * n}"
    return f"print({n}); {n} * 7", f"{n}\n{n * 7}"


def soak(runs: int, kills: int) -> tuple[Counter[str], list[str]]:
    """Run them all, killing the server in between; statuses, and observations that went astray."""
    counts: Counter[str] = Counter()
    astray: list[str] = []
    dice = random.Random(3)
    fatal = set(dice.sample(range(1, runs + 1), kills))
    with Interpreter(Limits(timeout=20.0, grace=0.1, sessions=8, session_runs=runs)) as interpreter:

        def one(n: int) -> None:
            if n in fatal:
                kill_server(interpreter, dice)
            code, expected = program(n)
            execution = interpreter.run(code, session=f"s{n % 6}" if n % 3 == 0 else None)
            counts[execution.status] += 1
            right = execution.observation == expected or LOST in execution.observation
            if expected is not None and not right:
                astray.append(f"{code!r} -> {execution.observation!r}")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(one, range(1, runs + 1)))
        assert interpreter.run("1 + 1").value == "2"
    return counts, astray


def kill_server(interpreter: Interpreter, dice: random.Random) -> None:
    """Kill the server, or the waiter in front of its jail, once there is one."""
    jailed = interpreter.report.unjailed is None
    while True:
        server = interpreter._server
        assert server is not None
        with contextlib.suppress(psutil.NoSuchProcess):
            outer = psutil.Process(server.pid)
            if outer.status() != psutil.STATUS_ZOMBIE:
                dice.choice([outer, *outer.children()] if jailed else [outer]).kill()
                return
        time.sleep(0.01)


def state() -> dict[str, float]:
    gc.collect()
    here = psutil.Process()
    return {
        "descriptors": here.num_fds(),
        "threads": here.num_threads(),
        "children": len(here.children(recursive=True)),
        "files": sum(name.startswith("math_solver-") for name in os.listdir(tempfile.gettempdir())),
    }


@pytest.mark.slow
@pytest.mark.parametrize(("runs", "kills"), [(300, 2), (20_000, 20)], ids=["short", "long"])
def test_nothing_grows_and_nothing_goes_astray(runs: int, kills: int, interpreter: Interpreter) -> None:
    soak(50, 0)
    before = state()
    counts, astray = soak(runs, kills)
    time.sleep(0.2)
    assert astray == []
    assert counts["ok"] > runs * 0.7
    assert state() == before


@pytest.mark.slow
def test_memory_does_not_grow() -> None:
    """In a process of its own: what other tests leave in the heap is not the interpreter's."""
    code = (
        "import psutil; from tests.interpreter.test_soak import soak; size = psutil.Process().memory_info\n"
        "soak(100, 0); before = size().rss; soak(300, 1); print(size().rss - before)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(result.stdout) < 16 << 20
