"""Which programs go to a process without SymPy, and that nobody can tell from what they show."""

from __future__ import annotations

import random
import sys

import pytest

from math_solver.interpreter import Interpreter
from math_solver.interpreter.sandbox.plain import MODULES, looks_plain, suits

from .settings import run_in

LENT = frozenset({"N", "S", "I", "E", "pi", "sqrt", "gcd", "solve", "symbols", "sympy", "sp", "np", "numpy", "prime"})

PLAIN = [
    # arithmetic, functions, text
    "1 + 1",
    "def f(n):\n    return n * 2\nprint(f(3))",
    "total = sum(i for i in range(10) if i % 2)\nprint(f'{total:>5} of {10!r}')",
    "x = [1, 2]\nx[0], *rest = 3, 4\nprint('{} and {:.2f}'.format(x, 1.5), '%d' % 3)",
    "while (n := 3) < 2: pass\nelse: print(n)",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)\nfinally:\n    print('done')",
    "type(3)",
    "if __name__ == '__main__':\n    print('main')",
    "",
    # modules that stay the same without SymPy, and names that are there without an import in both
    "import math, random\nfrom fractions import Fraction as F\nmath.sqrt(2), random.random(), F(1, 3)",
    "from typing import List\ndef f(x: List[int]) -> int: return x[0]\nf([1])",
    "math.pi, Fraction(1, 3), Decimal(1) / 7, itertools.count, functools.reduce, collections.Counter('aab')",
    "from decimal import getcontext, localcontext\ngetcontext().prec = 50\nwith localcontext() as c: print(c)",
    # SymPy's names where they are the program's own
    "from math import sqrt, pi\nsqrt(2) * pi",
    "N = 5\nS, E = 1, 2\ndef f(): return N + S\nf()",
    "def gcd(a, b):\n    return a if not b else gcd(b, a % b)\ngcd(12, 18)",
    "def f(N, E=2):\n    I = N\n    return [I for pi in range(E)]\nf(1)",
    "sum(N for N in range(3))",
    "lambda N: N",
    "import math as N\nN.pi",
    "x = 3\nx.real, math.gcd(2, 4), math.sqrt(4)",  # as attributes
    # names of nobody are an error in both
    "undefined",
    "def f(n): yield n\nlist(f(2))",
    # classes that are looked at, a wrapper, fields with items
    "type(3) == int, type(3) in (int, str)",
    "print(type(3), f'{type(3)}', '{}'.format(type(3)))\nisinstance(3, type(4))",
    "import functools\ndef f(g):\n    @functools.wraps(g)\n    def h(n): return g(n)\n    return h\nf(abs)(-1)",
    "'{0[1]} {1[a]:>3} {2!r}'.format([1, 2], {'a': 3}, 'x')",
    # sets of values, beside functions and errors that do not come into them
    "seen = set()\nfor x in map(abs, [-1]):\n    if x in seen: raise ValueError(x)\n    seen.add((x, 'a'))\nseen",
    "def f(n): return n % 3\nprint(sorted({f(n) for n in range(9)}, key=lambda n: -n))",
    "import itertools\nlen(set(itertools.permutations('aab'))), sum(x for x in {1, 2}), [*map(int, '12')]",
    "try:\n    {1: 2}[3]\nexcept KeyError as error:\n    print(error, {1})",
    "def f(n):\n    yield n\nlist(f(2)), {x for x in f(3)}",
    "def f(n): return n\nvalues = [f(1), math.pi]\n{*values}, sorted(values, key=lambda n: -n), isinstance(1, int)",
    "import re\n{m.group() for m in re.finditer('.', 'ab')}, [w for w in re.findall('.', 'ab') if re.match('a', w)]",
    "def merge(a, b): return a | b\na, b = map(int, '12'.split()) if 0 else (1, 2)\nmerge({a}, {b})",
    "d = {}\nd[1] = 'a'\ntry: d[2]\nexcept (KeyError, ValueError): print(set(d), list(d.values()))",
    "float('inf'), float('nan'), [lambda: 0], ValueError(1)",  # no set
]
OTHERS = [
    # SymPy's names, read before the program binds them, or perhaps
    "N",
    "solve",
    "print(N)\nN = 5",
    "N = N",
    "N += 1",
    "if x: N = 1\nN",
    "for N in []: pass\nN",
    "for i in []: N = i\nprint(N)",
    "def f(): return N\nf()\nN = 3",
    "def f(): print(sqrt(4))\nfrom math import sqrt\nf()",
    "def f(x=N): return x\nN = 1",
    "def N(x=N): return x",
    "@N\ndef N(): pass",
    "def f():\n    global N\n    N = 1\nN",
    "(N := N)",
    "del N",
    "class A: x = N",
    "[N for x in [1]]",
    "try:\n    from math import sqrt\nexcept ImportError: pass\nsqrt(2)",
    "while 0: from math import pi\npi",
    "from math import *\nsqrt(4)",
    "np.arange(3)",
    # modules beyond the table, and those that are reached through one of it
    "import sympy",
    "import sys, math",
    "import os.path",
    "import copy\ncopy.copyreg",
    "from copy import dispatch_table",
    "from typing import get_type_hints",
    "import collections.abc",
    "collections.abc",
    "import random\nrandom._os",
    "import statistics\nstatistics.sys.modules",
    "import re\nre.enum.sys",
    "from statistics import sys",
    "from . import x",
    "__import__('os')",
    # frames, namespaces, attributes by text
    "globals()['solve']",
    "eval('solve')",
    "exec('N')",
    "e = eval\ne('N')",
    "vars(), dir(), locals()",
    "getattr(math, 'pi')",
    "().__class__",
    "__builtins__",
    "__doc__",
    "(i for i in ()).gi_frame",
    "def f(): pass\n'{0.__globals__}'.format(f)",
    "t = '{0.__globals__}'\nt.format(print)",
    "str.format('{0.__globals__}', print)",
    "import string\nstring.Formatter().vformat('{0.__globals__}', (print,), {})",
    "from operator import attrgetter\nattrgetter('__globals__')",
    "import operator\noperator.methodcaller('x')",
    "from functools import get_cache_token",
    "print.__self__",
    "def f(): pass\n'{0[:].__globals__}'.format({':': f})",  # a field does not end between brackets
    "def f(): pass\n'{0[!].__globals__}'.format({'!': f})",
    "def f(): pass\n'{0[}].__globals__}'.format({'}': f})",
    "def f(): pass\n'{0[{].__globals__}'.format({'{': f})",
    "def f(): pass\n'{:{0[a][:].__doc__}}'.format({'a': {':': f}})",
    "import functools\nfunctools.update_wrapper(f, f, assigned=('__globals__',), updated=())",
    "from functools import update_wrapper",
    "functools.WRAPPER_ASSIGNMENTS",
    "from functools import WRAPPER_UPDATES",
    "from functools import wraps\nwraps(f, ('__globals__',))(f)",
    "import functools\nfunctools.wraps(f, assigned=('__globals__',))(f)",
    "functools.wraps(*[f, ('__globals__',)])",
    "from functools import wraps as w\nw(f, ('__globals__',))",
    "w = functools.wraps\nw(f, ('__globals__',))",
    "from functools import wraps\nfunctools.partial(wraps, assigned=('__globals__',))",
    # classes, many ways; coroutines; what may run when a generator is collected
    "class A: pass",
    "type('A', (), {})",
    "t = type\nt('A', (), {})",
    "type(*[1])",
    "A = type(int)('A', (), {})",
    "t = type(int)\nt('A', (), {})",
    "[type(int)][0]('A', (), {})",
    "(lambda t: t('A', (), {}))(type(int))",
    "def f(t=type(int)): return t('A', (), {})",
    "def print(t): t('A', (), {})\nprint(type(int))",
    "print = lambda t: t('A', (), {})\nprint(type(int))",
    "map(type(int), 'a', [()], [{}])",
    "async def f(): pass",
    "import asyncio\nawait asyncio.sleep(0)",
    "def f():\n    try:\n        yield\n    finally:\n        print(1)",
    "def f():\n    with x:\n        yield",
    # sets of what goes there by its address
    "print({float('nan'), 1.0, 2.0, 3.5, 'a'})",
    "print([e.args for e in {ValueError(1), ValueError(2), KeyError(3)}])",
    "x = math.nan\nset([x])",
    "frozenset([Decimal('-NaN12')])",
    "x = float('inf')\n{x - x, 1}",
    "x = math.inf\n{x * 0, 1}",
    "es = [ValueError(1), KeyError(2)]\nset(es)",
    "s = set()\nfor i in 'ab':\n    try: raise ValueError(i)\n    except ValueError as e: s.add(e)\ns",
    "{lambda: 0, lambda: 1}",
    "def f(): pass\ndef g(): pass\n{f, g}",
    "def f(n):\n    def g(): return n\n    return g\n{f(n) for n in range(3)}",
    "f = lambda: 0\nfs = [f, abs]\nset(fs)",
    "d = {1: lambda: 0}\nset(d.values())",
    "{iter('a'), map(abs, [])}",
    "{(n for n in 'a') for m in 'ab'}",
    "def f(): yield 1\n[f(), f()], {1}",
    "from itertools import count\n{count(1), count(2)}",
    "{itertools.count(n) for n in range(3)}",
    "{(lambda: 0): 1}.keys() | {(lambda: 0): 2}.keys()",
    # ... by another name, in another place, or made by what is handed on
    "def f(): pass\na = f\n{a, 1}",
    "b = a = lambda: 0\nc = a\n{b, c}",
    "a: Any = lambda: 0\n{a, 1}",
    "(a := lambda: 0)\n{a, 1}",
    "def f(): yield 1\na = f()\n{a, 1}",
    "try: 1 / 0\nexcept ZeroDivisionError as e: last = e\n{last, 1}",
    "def f(): pass\nd = {}\nd[f] = 1\nset(d)",
    "def f(): pass\nd = {}\nd[1] = f\nset(d.values())",
    "def f(): pass\ndef s(*fs): return set(fs)\ns(f)",
    "def s(a): return {a}\ns(a=lambda: 0)",
    "f = lambda n: lambda: n\n{f(1), f(2)}",
    "set(map(lambda n: iter('a'), 'bc'))",
    "set(map(iter, 'bc'))",
    "set(map(ValueError, 'bc'))",
    "import re\nset(re.finditer('.', 'abc'))",
    "import re\n{re.match('a', 'a'), re.match('b', 'b')}",
    "from operator import itemgetter\n{itemgetter(1), itemgetter(2)}",
    "{{1: 2}.values(), {3: 4}.values()}",
    "{Fraction, Decimal, int}",
    "from collections import Counter, OrderedDict\n{Counter, OrderedDict}",
    "import decimal\n{decimal.Inexact, decimal.Rounded}",
    "import statistics as st\n{st.mean, st.median}",
    # what does not parse
    "x = = 1",
    "'\ud800'",
    "1\x002",
    "(" * 300,
    "-" * 100_000 + "1",
    # builtins that tell one process from another, or reach files
    "id(3)",
    "hash(print)",
    "object()",
    "open('x')",
    "input = id\ninput(3)",
    "help(len)",  # which is put among them when a server starts, and tells of every module
    "help",
    "match 1:\n    case N: pass",
]  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
def test_plain(code: str) -> None:
    assert suits(code, LENT)


@pytest.mark.parametrize("code", OTHERS)
def test_in_doubt_it_is_not_plain(code: str) -> None:
    assert not suits(code, LENT)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_modules_of_the_table_exist(module: str) -> None:
    assert module in sys.stdlib_module_names


@pytest.mark.parametrize(
    ("code", "worth"),
    [
        ("print(1 + 1)", True),
        ("import math\nmath.sqrt(2)", True),
        ("from math import sqrt\nsqrt(2)", True),
        ("def gcd(a, b): return 1\ngcd(1, 2)", True),
        ("# solve(x) by hand\nprint(2)", False),  # wrong, and harmless: it runs where SymPy is
        ("from sympy import *\nsolve(x)", False),
        ("    import numpy", False),
        ("x = symbols('x')", False),
        ("sp.pi", False),
        ("getattr(x, 'y')", False),
        ("N", True),  # wrong, and harmless: the child says so
        ('def f():\n    """They walk together. They solve(x)."""\n    return 1\nf()', True),  # words of a problem
        ("'''solve(x)'''\nsolve(x)", False),
        ('print("""a""")\nsolve(x)\nprint("""b""")', False),
        ('"""' + "'" * 100_000, True),  # never closed: found out at once
    ],
)
def test_worth_asking(code: str, worth: bool) -> None:
    assert looks_plain(code, LENT) == worth


def shown(interpreter: Interpreter, code: str) -> list[tuple[str, str]]:
    """What the two kinds of child make of a program."""
    runs = [run_in(interpreter, code, light=light) for light in (False, True)]
    return [(run.status, run.observation) for run in runs]


# What could differ: depth, seeds, hashes, contexts, streams, messages, warnings.
SHOWING = [
    *PLAIN,
    "def f(n):\n    return f(n + 1)\nf(0)",
    "def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return n\nf(0)",
    "x = []\nfor _ in range(10**5): x = [x]\nprint(x)",
    "import random\nrandom.random(), random.sample(range(99), 5), random.getstate()[1][:3]",
    "random.random()",
    "import random\n[random.Random().random(), random.Random().random(), random.seed(), random.random()]",
    "from random import *\nshuffle",
    "from random import Random\ng = Random()\ng.seed()\ng.gauss(0, 1), g.getstate()[1][:2]",
    "from statistics import NormalDist\nNormalDist(0, 1).samples(3), NormalDist(0, 1).samples(2, seed=1)",
    "{'a', 'b', 'ccc', (1, 2), 3.5, frozenset('xy')}",
    "len(str(2**100000))",
    "from decimal import getcontext, DefaultContext\nprint(getcontext(), DefaultContext)\nDecimal(1) / 3",
    "import random\nrandom.randint(1.0, 5)",
    "import re\nre.compile('[[a]')",
    "print('\\frac \\d'); 'x' is 'x'",
    "print(input('n? '))",
    "print(1)\nexit(3)",
    "lambda: 0, print, len, math, Fraction, [].append",
    "'\\ud800', '\\U0001f600'",
    "5e-324 / 2, 2.2e-308 / 2, 1e308 * 10, -0.0, float('nan')",
    "from math import nothing",
    "math.nothing",
    "print('x' * 3000)\n1 / 0",
    "raise ValueError('x' * 10**5)",
    "raise KeyboardInterrupt",
    "raise BaseException",
    "x = 10**10**2\nx % 7, divmod(x, 97)",
    "[0] * 10**10",
    # told by their error, or that nothing of the process shows in it
    "solve_ = 3\nsolv",
    "print(undefined_name)",
    "'abc'.nothing",
    "assert 1 == 2, [1, 2]",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('again') from error",
    "\tx = 1\n\tx",
]  # fmt: skip


def test_both_kinds_of_child_show_the_same(interpreter: Interpreter) -> None:
    for code in SHOWING:
        warm, light = shown(interpreter, code)
        assert warm == light, code


# What a program finds around it, which the servers make ahead of it.
SURROUNDINGS = [
    "import sys\n[f() for f in (sys.stdin.seekable, sys.stdin.read, sys.stdin.isatty, sys.stdout.seekable)]",
    "import sys\nsys.__stdin__ is sys.stdin, sys.__stdout__ is sys.stdout is sys.__stderr__ is sys.stderr",
    "import sys\nopen('own.py', 'w').write('a = 3')\nimport own\nown.a, sys.path[-1]",
    "import ctypes\nctypes.CDLL(None).printf(b'from C')",
    "import os\nsorted(os.environ), os.getcwd(), os.fstat(0).st_mode == os.fstat(1).st_mode",
    "import os\ndef is_open(fd):\n    try: return bool(os.fstat(fd))\n    except OSError: pass\n"
    "[fd for fd in range(200) if is_open(fd)]",
    "import select, sys\nlen(select.select([sys.stdin], [], [], 0)[0])",
    "import asyncio, sys\nasync def read():\n    reader = asyncio.StreamReader()\n"
    "    protocol = lambda: asyncio.StreamReaderProtocol(reader)\n"
    "    await asyncio.get_running_loop().connect_read_pipe(protocol, sys.stdin)\n    return await reader.read()\n"
    "asyncio.run(read())",
    "import getpass, tempfile\ngetpass.getuser(), tempfile.mktemp()",
    "import os\nos.system('true')",
    "import random, uuid\nrandom.Random().random()",
    "import sys, io\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint(42)",
    "import os\nout = os.fdopen(1, 'w', closefd=False)\nprint(1, file=out)\n2",
    "e = ExceptionGroup('g', [ValueError(1)])\ne.add_note('a')\nraise e",
]


def test_both_kinds_of_child_live_in_the_same_surroundings(interpreter: Interpreter) -> None:
    """Also where no plain program can see it: what leaks into one kind of child would be of its server."""
    for code in SURROUNDINGS:
        warm, light = shown(interpreter, code)
        assert warm == light and warm[0] in ("ok", "error"), code
    assert shown(interpreter, SURROUNDINGS[5])[1] == ("ok", "[0, 1, 2, 3, 4, 5]")
    assert shown(interpreter, SURROUNDINGS[3])[1] == ("ok", "from C\n6")


def test_programs_of_random_lines_show_the_same(interpreter: Interpreter) -> None:
    dice = random.Random(11)
    lines = [line for code in (*PLAIN, *OTHERS) for line in code.splitlines() if len(line) < 80]
    lent, judged_plain = interpreter._started().machine.lent, 0
    for _ in range(1500):
        code = "\n".join(dice.choices(lines, k=dice.randint(1, 3)))
        if suits(code, lent) and judged_plain < 60:
            judged_plain += 1
            warm, light = shown(interpreter, code)
            assert warm == light, code
    assert judged_plain == 60


def test_a_program_goes_where_it_is_judged_to_go(interpreter: Interpreter) -> None:
    names = sorted(interpreter._started().machine.lent)[:150]
    given = [f"{name} = {i}" for i, name in enumerate(names)]
    lines = [*given, *["x = [1, 2, 3][1] + 4"] * 3000, f"print({names[7]})"]
    began: list[bool] = []
    take = interpreter._started().take

    def noting(patience: float, *, light: bool = False) -> object:
        began.append(light)
        return take(patience, light=light)

    server = interpreter._started()
    server.take = noting  # type: ignore[method-assign, assignment]
    try:
        assert interpreter.run("print(2)").observation == "2"
        assert interpreter.run("sqrt(8)").observation == "2*sqrt(2)"
        assert interpreter.run("N").observation == "<function N at 0x...>"
        assert [run.observation for run in interpreter.run_all(["a = 2", "print(a)"])] == ["(no output)", "2"]
        assert [run.observation for run in interpreter.run_all(["a = 2", "solve(a)"])] == ["(no output)", "[]"]
        assert [run.value for run in interpreter.run_all(["E", "1"])] == ["E", "1"]
        assert interpreter.run("\n".join(lines)).observation == "7"  # to judge it is no dearer for each name
    finally:
        server.take = take  # type: ignore[method-assign]
    assert began == [True, False, True, False, True, False, True, False, True]


# A program that answers for its child that it does not suit it, with and without having shown something, and goes on.
FORGED = (
    "import json, os\nbody = json.dumps({{'id': 1, 'status': 'unsuited'}}).encode()\n{}"
    "os.write(4, len(body).to_bytes(4, 'big') + body)\nwhile True: pass"
)


@pytest.mark.parametrize(
    ("code", "asked", "end"),
    [
        (FORGED.format(""), ("1",), "unsuited"),  # it is run again where it belongs
        (FORGED.format("print(1)\n"), ("1",), "broken"),
        (FORGED.format(""), (), "broken"),  # nobody asked
    ],
)
def test_a_program_cannot_be_run_twice_with_something_shown(
    interpreter: Interpreter, code: str, asked: tuple[str, ...], end: str
) -> None:
    child = interpreter._started().take(light=True)
    try:
        assert child.execute(code, interpreter.limits, asked).end == end
    finally:
        child.kill()
