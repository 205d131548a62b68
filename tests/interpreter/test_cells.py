"""What a program shows: like a notebook cell, exact, and the same on every machine."""

from __future__ import annotations

import dataclasses
import json
import sys
import warnings

import pytest

from math_solver.interpreter import Execution, Interpreter, Limits

# program, status, observation
CELLS = [
    # a last bare expression is shown as its repr
    ("1 + 1", "ok", "2"),
    ("x = 3\nx ** 2", "ok", "9"),
    ("'text'", "ok", "'text'"),
    ("print(1)\n2", "ok", "1\n2"),
    # None is not, nor an assignment
    ("None", "ok", "(no output)"),
    ("x = 3", "ok", "(no output)"),
    ("print(7)", "ok", "7"),
    ("", "ok", "(no output)"),
    ("# only a comment", "ok", "(no output)"),
    # SymPy and NumPy at hand, exact
    ("sqrt(8)/4", "ok", "sqrt(2)/2"),
    ("Rational(1, 3) + Rational(1, 6)", "ok", "1/2"),
    ("x = symbols('x')\nsolve(x**2 - 2)", "ok", "[-sqrt(2), sqrt(2)]"),
    ("x = symbols('x')\nprint(integrate(x*exp(x), x))", "ok", "(x - 1)*exp(x)"),
    ("Matrix([[1, 2], [3, 4]]).det()", "ok", "-2"),
    ("sympy.factorint(360)", "ok", "{2: 3, 3: 2, 5: 1}"),
    ("sp.pi.evalf(20)", "ok", "3.1415926535897932385"),
    ("np.arange(3).tolist()", "ok", "[0, 1, 2]"),
    ("math.gcd(12, 18)", "ok", "6"),
    ("Fraction(1, 3) + Fraction(1, 6)", "ok", "Fraction(1, 2)"),
    ("(sum([1, 2]), max(1, 2), abs(-1), pow(2, 3), round(2.6), min(1, 2))", "ok", "(3, 2, 1, 8, 3, 1)"),
    ("from sympy import *\nimport numpy as np\nfrom math import sqrt\nsqrt(16)", "ok", "4.0"),
    # modules that are imported lazily
    ("from sympy.tensor import IndexedBase\nIndexedBase('A')[1]", "ok", "A[1]"),
    ("import statistics, decimal, datetime, random, heapq, bisect, string, re, cmath\n1", "ok", "1"),
    ("from sympy.parsing.sympy_parser import parse_expr\nparse_expr('x + 1')", "ok", "x + 1"),
    ("from sympy.parsing.latex import parse_latex\n1", "ok", "1"),
    # a script's ways
    ("if __name__ == '__main__':\n    print('main')", "ok", "main"),
    ("def main():\n    return 5\nmain()", "ok", "5"),
    ("from __future__ import annotations\ndef f(a: int): return a\nf(4)", "ok", "4"),
    ("    x = 2\n    x + 1", "ok", "3"),
    # awaits of its own, in a loop that needs no sockets
    ("import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 3\nasyncio.run(f())", "ok", "3"),
    ("import asyncio\nawait asyncio.sleep(0, 'x')", "ok", "'x'"),
    ("async def f(): return 3\nx = await f()\nprint(x)\n[y async for y in g()] if False else 4", "ok", "3\n4"),
    ("import asyncio\nprint(await asyncio.gather(*[asyncio.to_thread(pow, i, 2) for i in range(3)]))", "ok",
     "[0, 1, 4]"),
    ("import asyncio\nloop = asyncio.new_event_loop()\nloop.run_until_complete(asyncio.sleep(0, 5))", "ok", "5"),
    ("import asyncio\nasync def f(): raise ValueError(3)\nawait f()", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 3\n    await f()\n'
     '  File "<cell>", line 2, in f\n    async def f(): raise ValueError(3)\nValueError: 3'),
    ("def f(): await g()", "error",
     '  File "<cell>", line 1\n'
     "SyntaxError: 'await' outside async function"),
    # threads, their pools and locks; a pool that was left open is waited for while it has work
    ("from concurrent.futures import ThreadPoolExecutor as T\nlist(T(2).map(abs, [-1, 2]))", "ok", "[1, 2]"),
    ("import time\nfrom concurrent.futures import ThreadPoolExecutor as T\npool = T(1)\n"
     "for i in range(3): pool.submit(lambda i=i: (time.sleep(0.01), print(i)))", "ok", "0\n1\n2"),
    ("from multiprocessing.pool import ThreadPool\nThreadPool(2).map(abs, [-1, 2])", "ok", "[1, 2]"),
    ("from multiprocessing.dummy import Pool\nPool(2).map(abs, [-1, 2])", "ok", "[1, 2]"),
    ("import multiprocessing as m\nwith m.Lock(), m.RLock(), m.Semaphore(2), m.BoundedSemaphore(), m.Condition():\n"
     "    print(m.Event().is_set(), m.Barrier(1).wait(), m.Value('i', 3).value)", "ok", "False 0 3"),
    ("import multiprocessing as m\nq = m.Queue()\nq.put(3)\nq.get()", "ok", "3"),
    ("from multiprocessing import Pool\nPool(2)", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 2\n    Pool(2)\n'
     "PermissionError: [Errno 1] Operation not permitted"),
    # line ends of every system
    ("print(1)\r\nfor i in range(2):\r\n    print(i)\r\n", "ok", "1\n0\n1"),
    ("x = 1\r\nfor i in range(2):\r\n", "error", "  File \"<cell>\", line 2\n    for i in range(2):\n"
     "                      ^\nIndentationError: expected an indented block after 'for' statement on line 2"),
    ("    x = 2\r\n\r\n    x + 1\r\n", "ok", "3"),
    ('"""a\r\nb\rc"""', "ok", "'a\\nb\\nc'"),
    # a line ends where Python says, not at a form feed, U+0085 or U+2028
    ('x = """a\u2028b\x85c\x0cd"""\nx = 1\x0c\n1/0', "error", 'Traceback (most recent call last):\n'
     '  File "<cell>", line 3\n    1/0\nZeroDivisionError: division by zero'),
    # it was given no arguments
    ("import sys\nsys.argv", "ok", "['program.py']"),
    ("import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', type=int, default=3)\n"
     "p.parse_args()", "ok", "Namespace(n=3)"),
    ("import argparse\np = argparse.ArgumentParser()\np.add_argument('n')\np.parse_args()", "error",
     "usage: program.py [-h] n\nprogram.py: error: the following arguments are required: n\nSystemExit: 2"),
    ("import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(1, 1)\nunittest.main()",
     "ok", None),
    ("exit()", "ok", "(no output)"),
    ("print(1)\nquit()\nprint(2)", "ok", "1"),
    ("import sys\nsys.exit('bad')", "error", "SystemExit: bad"),
    # as Python has it, the number 0 and nothing else is a good end; a code may be any object
    ("exit(False)", "ok", "(no output)"),
    ("import enum\nclass E(enum.IntEnum):\n    OK = 0\nexit(E.OK)", "ok", "(no output)"),
    ("exit(0.0)", "error", "SystemExit: 0.0"),
    ("exit(np.array([1, 2]))", "error", "SystemExit: [1 2]"),
    ("class A:\n    def __eq__(self, other): raise KeyboardInterrupt\n    def __str__(self): return 'A'\nexit(A())",
     "error", "SystemExit: A"),
    ("class A(int):\n    def __bool__(self): raise KeyboardInterrupt\nexit(A(0))", "ok", "(no output)"),
    ("class E(SystemExit):\n    code = property(lambda self: 1/0)\nraise E(1)", "error", "E: 1"),
    # an exception may deny what it is, and even its name
    ("class E(Exception):\n    __class__ = property(lambda self: 1/0)\nraise E(1)", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 3\n    raise E(1)\nE: 1'),
    ("class M(type):\n    def __getattribute__(self, name): raise KeyboardInterrupt\n"
     "class E(Exception, metaclass=M): pass\nraise E(1)", "error", "E"),
    ("import threading\nclass E(Exception):\n    def __str__(self): raise KeyboardInterrupt\n"
     "def f(): raise E\nthreading.Thread(target=f).start()", "ok", "E"),
    ("class S(str):\n    def __len__(self): return 10**12\nclass A:\n    def __repr__(self): return S('x')\nA()",
     "ok", "x"),
    # what an exception says beside its message: notes, and members of a group; nothing of how it came about
    ("e = ValueError(1)\ne.add_note('a\\nb')\nraise e", "error", 'Traceback (most recent call last):\n'
     '  File "<cell>", line 3\n    raise e\nValueError: 1\na\nb'),
    ("e = ValueError(1)\ne.__notes__ = [3, None, *'abcdefg']\nraise e", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 3\n    raise e\nValueError: 1\na\nb\nc\nd\ne\n'
     "... and 2 more notes"),
    ("e = ValueError(1)\ne.add_note('x' * 10**6)\nraise e", "error", 'Traceback (most recent call last):\n'
     '  File "<cell>", line 3\n    raise e\nValueError: 1\n' + "x" * 500 + "..."),
    ("class E(Exception):\n    __notes__ = property(lambda self: exit())\nraise E(1)", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 3\n    raise E(1)\nE: 1'),
    ("class L(list):\n    def __iter__(self):\n        while True: yield 'x'\n"
     "e = ValueError(1)\ne.__notes__ = L()\nraise e", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 6\n    raise e\nValueError: 1'),
    ("raise ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [TypeError('x')] * 7)])", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 1\n'
     "    raise ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [TypeError('x')] * 7)])\n"
     "ExceptionGroup: g (2 sub-exceptions)\n  ValueError: 1\n  ExceptionGroup: h (7 sub-exceptions)\n"
     + "    TypeError: x\n" * 5 + "    ... and 2 more exceptions"),
    ("class E(Exception):\n    def __str__(self): raise KeyboardInterrupt\n"
     "class G(ExceptionGroup):\n    exceptions = property(lambda self: 1/0)\nraise G('g', [E()])", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 5\n    raise G(\'g\', [E()])\n'
     "G: g (1 sub-exception)\n  E"),
    ("e = ValueError('z')\nfor _ in range(10**5): e = ExceptionGroup('g', [e])\nraise e", "error", None),
    ("try:\n    1/0\nexcept ZeroDivisionError as error:\n    raise ValueError('again') from error", "error",
     'Traceback (most recent call last):\n  File "<cell>", line 4\n'
     "    raise ValueError('again') from error\nValueError: again"),
    ("from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nP(1)", "ok", "P(x=1)"),
    ("import inspect\ndef f(): return 1\ninspect.getsource(f)", "ok", "'def f(): return 1\\n'"),
    ("import pickle\nclass A: pass\ntype(pickle.loads(pickle.dumps(A()))).__name__", "ok", "'A'"),
    ("import threading\nt = threading.Thread(target=print, args=(5,))\nt.start()", "ok", "5"),
    ("open('a.txt', 'w').write('hello')\nopen('a.txt').read()", "ok", "'hello'"),
    ("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')", "ok", "a\nb\nc"),
    ("import os\nprint('a')\n_ = os.write(2, b'b\\n')\nprint('c')", "ok", "a\nb\nc"),
    ("len(str(2**100000))", "ok", "30103"),
    # input ends at once
    ("input('n? ')", "error", "n? \nTraceback (most recent call last):\n  File \"<cell>\", line 1\n    input('n? ')\n"
     "EOFError: EOF when reading a line"),
    ("import sys\nsys.stdin.read()", "ok", "''"),
    # tracebacks hold the model's own lines only
    ("print(1)\n1/0", "error", "1\nTraceback (most recent call last):\n  File \"<cell>\", line 2\n    1/0\n"
     "ZeroDivisionError: division by zero"),
    ("def f(x):\n    return solve(x)\nf(symbols('x') > symbols('y')*2 - I)", "error", None),
    ("import json\njson.loads('{')", "error", "Traceback (most recent call last):\n  File \"<cell>\", line 2\n"
     "    json.loads('{')\njson.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: "
     "line 1 column 2 (char 1)"),
    ("def f(n):\n    return f(n + 1)\nf(0)", "error", "Traceback (most recent call last):\n  File \"<cell>\", line 3\n"
     "    f(0)\n  File \"<cell>\", line 2, in f\n    return f(n + 1)\n  File \"<cell>\", line 2, in f\n"
     "    return f(n + 1)\n  File \"<cell>\", line 2, in f\n    return f(n + 1)\n"
     "  [Previous line repeated 996 more times]\nRecursionError: maximum recursion depth exceeded"),
    ("raise ValueError", "error", "Traceback (most recent call last):\n  File \"<cell>\", line 1\n"
     "    raise ValueError\nValueError"),
    ("undefined", "error", "Traceback (most recent call last):\n  File \"<cell>\", line 1\n    undefined\n"
     "NameError: name 'undefined' is not defined"),
    # programs that do not compile
    ("x = = 1", "error", "  File \"<cell>\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax"),
    ("for i in range(3):\nprint(i)", "error", "  File \"<cell>\", line 2\n    print(i)\n    ^^^^^\n"
     "IndentationError: expected an indented block after 'for' statement on line 1"),
    ("1\x002", "error", "SyntaxError: source code string cannot contain null bytes"),
    ("'\ud800'", "error", "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: "
     "surrogates not allowed"),
    ("(" * 1000, "error", None),
    ("-" * 100_000 + "1", "memory", "MemoryError" if sys.version_info < (3, 12) else "MemoryError: Parser stack "
     "overflowed - Python source too complex to parse"),
    # warnings are one line without a path; invalid escapes in LaTeX strings are none of the model's business
    ("np.log(np.float64(0))", "ok", "RuntimeWarning: divide by zero encountered in log\nnp.float64(-inf)"),
    ("print('\\frac{1}{2} \\sqrt'.count('r'))", "ok", "2"),
    # no addresses
    ("lambda: 0", "ok", "<function <lambda> at 0x...>"),
    ("print(object())", "ok", "<object object at 0x...>"),
    # characters that no pipe or file should choke on
    ("print('\\ud800')", "ok", "\\ud800"),
    ("'\\U0001f600 é'", "ok", "'\U0001f600 é'"),
    ("import os\n_ = os.write(1, b'\\xff\\xfe')", "ok", "��"),
    ("import sys\nsys.stdout = None\nprint('lost')\n3", "ok", "3"),
    # streams of its own to the output, which nobody flushes or closes
    ("import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint(42)", "ok", "42"),
    ("import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')\nprint(42)\n1/0", "error",
     '42\nTraceback (most recent call last):\n  File "<cell>", line 4\n    1/0\nZeroDivisionError: division by zero'),
    ("import sys\nsys.stdout = open(1, 'w', closefd=False)\nprint(1)\nexit(2)", "error", "1\nSystemExit: 2"),
    ("import os\nout = os.fdopen(1, 'w', closefd=False)\nprint(1, file=out)\n2", "ok", "1\n2"),
    ("import os\nout = os.fdopen(os.dup(1), 'w')\nprint(8, file=out)", "ok", "8"),
    ("import sys\nsys.stdout.reconfigure(write_through=False)\nprint(42)", "ok", "42"),
    # written in parts, of which each is counted in bytes
    ("import array, os, sys\nos.set_blocking(1, False)\n"
     "print(sys.stdout.buffer.write(array.array('d', [0.5]) * 40_000), file=open('a.txt', 'w'))", "ok", None),
    ("errors = open(2, 'wb')\n_ = errors.write(b'x')", "ok", "x"),
    ("f = open('a.txt', 'w')\n_ = f.write('x')\nopen('a.txt').read()", "ok", "''"),
    # of which some have their own mind
    ("import sys\nclass F:\n    def write(self, text): pass\n    def flush(self): raise SystemExit\n"
     "sys.stdout = sys.stderr = F()\n3", "ok", "3"),
    ("import sys\ndel sys.stdout, sys.stderr\n3", "ok", "3"),
    ("import io\nclass R(io.RawIOBase):\n    def writable(self): return True\n"
     "    def fileno(self): raise KeyboardInterrupt\n    def write(self, data): raise SystemExit\n"
     "w = io.TextIOWrapper(io.BufferedWriter(R()))\n_ = w.write('x')\n3", "ok", "3"),
    # signals that have no name
    ("import os\nos.kill(os.getpid(), 40)", "killed", "Killed: the process of the program died of signal 40"),
    ("import signal\nsignal.raise_signal(35)", "killed", "Killed: the process of the program died of signal 35"),
    ("import signal\nsignal.raise_signal(64)", "killed", "Killed: the process of the program died of SIGRTMAX"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "status", "observation"), CELLS, ids=[repr(cell[0])[:40] for cell in CELLS])
def test_cell(interpreter: Interpreter, code: str, status: str, observation: str | None) -> None:
    execution = interpreter.run(code)
    assert execution.status == status, execution
    if observation is not None:
        assert execution.observation == observation


@pytest.mark.parametrize(
    ("code", "status", "output"),
    [
        ("print('a', end='')\nwhile True: pass", "timeout", "a"),
        ("print('a')\n1/0", "error", "a\n"),
        ("print('a', end='')\nimport os; os._exit(0)", "killed", "a"),
        ("print('a', end='')\nimport os; os.kill(os.getpid(), 9)", "killed", "a"),
        ("print('a')\nx = [0] * 10**10", "memory", "a\n"),
        ("print('a')\nimport ctypes; ctypes.string_at(0)", "killed", "a\n"),
    ],
)
def test_partial_output_is_kept(code: str, status: str, output: str) -> None:
    with Interpreter(Limits(timeout=0.5)) as interpreter:
        execution = interpreter.run(code)
    assert (execution.status, execution.output) == (status, output)


def test_programs_do_not_see_each_other(interpreter: Interpreter) -> None:
    interpreter.run("import math; math.pi = 3; sympy.pi = 3; y = 1; np.random.seed(7)")
    assert interpreter.run("(math.pi > 3.1, sympy.pi == pi, 'y' in globals())").observation == "(True, True, False)"


def test_same_program_same_text(interpreter: Interpreter) -> None:
    code = (
        "import random\nx, y, z = symbols('x y z')\nprint({x, y, z, 'a', 'b', 'c'})\n"
        "print(random.random(), np.random.rand(), hash('a'))\nsolve([x*y - 2, x + y - 3], [x, y])"
    )
    seen = {interpreter.run(code).observation for _ in range(3)}
    with Interpreter() as another:
        seen.add(another.run(code).observation)
    assert len(seen) == 1


def test_timeout_says_how_long() -> None:
    with Interpreter(Limits(timeout=0.3)) as interpreter:
        execution = interpreter.run("while True: pass")
    assert execution.observation == "TimeoutError: the program was stopped after 0.3 s"
    assert execution.ms >= 300


@pytest.mark.parametrize(
    "code",
    ["print('x' * 10**5)", "'x' * 10**5", "raise ValueError('x' * 10**5)", "print('x' * 10**5)\n'y' * 10**5",
     "print('x' * 3000)\n1/0", "print('x' * 1999)\n12", "print('x' * 1997)\n12"],
)  # fmt: skip
def test_observation_is_cut_in_the_middle(interpreter: Interpreter, code: str) -> None:
    execution = interpreter.run(code)
    assert len(execution.observation) <= interpreter.limits.output_chars
    if len(code) > 16:
        assert execution.observation.startswith(("x", "'x", "Trace"))


def test_cut_says_how_much(interpreter: Interpreter) -> None:
    assert "[3001 characters left out]" in interpreter.run("print('x' * 5000)").output


def test_an_execution_is_plain_data(interpreter: Interpreter) -> None:
    execution = interpreter.run("print('\\ud800', '\\0')\n'\\udfff'")
    again = Execution.from_dict(json.loads(json.dumps(dataclasses.asdict(execution), ensure_ascii=False)))
    assert again == execution
    again.observation.encode("utf-8")


def test_refuses_a_long_program(interpreter: Interpreter) -> None:
    execution = interpreter.run("#" * (10 << 20))
    assert execution.status == "refused"
    assert "200000 characters" in execution.observation


def test_code_must_be_text(interpreter: Interpreter) -> None:
    with pytest.raises(TypeError, match="must be a string, not bytes"):
        interpreter.run(b"1")  # type: ignore[arg-type]


def test_no_warnings_in_the_host(interpreter: Interpreter) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert interpreter.run("'\\d'").status == "ok"
