"""The process that runs SymPy: one JSON request per line on stdin, one JSON reply per line on stdout.

The first line on stdin is no request: it maps names of operators to the attributes of the module ``sympy`` that build
them. It comes from the table of operators of the process that started this one, never from the text of a model.

It stays alive with SymPy loaded and forks a child for every request, so that a request can be killed, leaves nothing
behind and meets no state of an earlier one. The child has limits on memory, processor time and files. The process
ends when its stdin closes. It imports nothing from this package, so that it can be started in isolated mode.

Requests hold trees of named operators, never Python code; text goes only through ``latex2sympy``'s grammar. Nothing
here calls ``sympify`` or ``parse_expr`` on text.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

_MEMORY = 1 << 30
_LARGEST_REPLY = 1 << 16
_PR_SET_PDEATHSIG = 1
_POINTS = 5
_DIGITS = 30


def main() -> None:
    """Serve requests until stdin closes."""
    names = sys.stdin.buffer.readline()
    if not names:
        return
    _load(json.loads(names))
    _reply({"ready": True})
    while line := sys.stdin.buffer.readline():
        _reply(_in_child(json.loads(line)))


def _reply(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _load(names: dict[str, str]) -> None:
    """Import SymPy, look up its functions, and exercise it, so that children start warm."""
    import sympy

    _OPERATORS.update({name: getattr(sympy, attribute) for name, attribute in names.items()})
    x = sympy.Symbol("x", positive=True)
    sympy.simplify(sympy.sqrt(x**2 + 2 * x + 1) - x - 1)
    (sympy.sqrt(5 + 2 * sympy.sqrt(6)) - sympy.sqrt(2) - sympy.sqrt(3)).equals(0)
    _parse_latex("\\frac{1}{2}")


def _in_child(request: dict[str, Any]) -> dict[str, Any]:
    """Run one request in a child, killed at its deadline or when our own stdin closes."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _child(request, write_end)
    os.close(write_end)
    try:
        data = _collect(read_end, time.monotonic() + float(request["seconds"]))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read_end)
    if data is None:
        return {"result": None, "reason": "no proof within the time"}
    if not data.endswith(b"\n"):
        return {"result": None, "reason": "SymPy ran out of memory or failed"}
    reply: dict[str, Any] = json.loads(data)
    return reply


def _collect(read_end: int, until: float) -> bytes | None:
    data = b""
    while len(data) < _LARGEST_REPLY:
        ready, _, _ = select.select([read_end], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        chunk = os.read(read_end, _LARGEST_REPLY)
        if not chunk:
            break
        data += chunk
    return data


def _child(request: dict[str, Any], write_end: int) -> None:
    """Answer one request and leave without running any exit handler."""
    status = 1
    try:
        _restrict(float(request["seconds"]))
        result, reason = _JOBS[request["job"]](request)
        os.write(write_end, json.dumps({"result": result, "reason": reason}).encode() + b"\n")
        status = 0
    finally:
        os._exit(status)


def _restrict(seconds: float) -> None:
    with contextlib.suppress(OSError, AttributeError):  # not Linux: the parent's kill still holds
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe is no file; cut bytecode would break SymPy for good
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(2_000)


def _equal(request: dict[str, Any]) -> tuple[bool | None, str]:
    """Whether two trees are equal for positive letters."""
    import sympy

    first, second = _build(request["first"]), _build(request["second"])
    difference = first - second
    if difference == 0 or _is_quickly_zero(difference) or sympy.simplify(difference) == 0:
        return True, "simplified to zero"
    if difference.free_symbols:
        for rewrite in (sympy.expand_trig, sympy.expand_log, sympy.radsimp, sympy.powdenest):
            if sympy.simplify(sympy.expand(rewrite(difference))) == 0:
                return True, "rewritten to zero"
        if difference.has(sympy.Function) and sympy.simplify(sympy.expand(difference.rewrite(sympy.exp))) == 0:
            return True, "rewritten to zero"
        if sympy.simplify(sympy.expand(first**2 - second**2)) == 0:
            return True, "equal squares; the numbers settle the sign"
        return None, "not simplified to zero"
    result = difference.equals(0)
    return (None if result is None else bool(result)), "SymPy's equals"


def _is_quickly_zero(difference: Any) -> bool:
    """Whether it vanishes with sines written as exponentials, or exponentials of constants as cosines."""
    import sympy

    if difference.has(sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc):
        exponentials = sympy.expand(difference.rewrite(sympy.exp))
        if sympy.expand(sympy.numer(sympy.together(exponentials))) == 0:
            return True
    constant = difference.has(sympy.I) and not difference.free_symbols
    return constant and sympy.expand(difference.rewrite(sympy.cos)) == 0


def _latex(request: dict[str, Any]) -> tuple[bool | None, str]:
    """Whether two LaTeX texts are equal: math-verify's verdict, and numbers at points, or the same structure."""
    import sympy
    from math_verify import verify

    gold, predicted = _parse_latex(request["gold"]), _parse_latex(request["predicted"])
    same = bool(verify(gold, predicted, timeout_seconds=None, raise_on_error=True))
    if gold == predicted:
        return True, "the same structure"
    if not (isinstance(gold, sympy.Expr) and isinstance(predicted, sympy.Expr)):
        return None, "neither numbers nor expressions"
    agree = _agree_at_points(gold, predicted)
    return (same, "math-verify and the numbers agree") if agree == same else (None, "the ways disagree")


def _parse_latex(text: str) -> Any:
    from latex2sympy2_extended import NormalizationConfig, latex2sympy, normalize_latex

    config = NormalizationConfig(basic_latex=True, units=False, malformed_operators=True, nits=True, boxed="none")
    return latex2sympy(normalize_latex(text, config), normalization_config=None)


def _agree_at_points(first: Any, second: Any) -> bool | None:
    import sympy

    letters = sorted(first.free_symbols | second.free_symbols, key=str)
    counted = 0
    for index in range(_POINTS if letters else 1):
        point = {x: sympy.Rational(37 + 101 * index + 59 * place, 97) for place, x in enumerate(letters)}
        values = [sympy.N(side.subs(point).doit(), _DIGITS) for side in (first, second)]
        if not all(value.is_number and value.is_finite for value in values):
            continue
        counted += 1
        if abs(values[0] - values[1]) > max(map(abs, values)) * sympy.Float(10) ** (5 - _DIGITS):
            return False
    return True if counted else None


def _build(tree: list[Any]) -> Any:
    """Build a SymPy expression from ``[operator, argument...]``; every operator is looked up, none is evaluated."""
    import sympy

    name, *arguments = tree
    if name == "num":
        value = Fraction(arguments[0])
        return sympy.Rational(value.numerator, value.denominator)
    if name == "sym":
        return sympy.Symbol(str(arguments[0]), positive=True)
    if name == "const":
        return {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "oo": sympy.oo}[arguments[0]]
    built = _OPERATORS[name](*[_build(argument) for argument in arguments])
    return sympy.Integer(built) if isinstance(built, int) else built


def _root(radicand: Any, degree: Any) -> Any:
    """The real root of a negative number where the degree is odd."""
    if radicand.is_negative and degree.is_odd:
        return -((-radicand) ** (1 / degree))
    return radicand ** (1 / degree)


# What is no attribute of SymPy; ``_load`` adds what is.
_OPERATORS: dict[str, Callable[..., Any]] = {
    "neg": lambda value: -value,
    "div": lambda top, bottom: top / bottom,
    "root": _root,
    "angle": lambda value: value,
}
_JOBS: dict[str, Callable[[dict[str, Any]], tuple[bool | None, str]]] = {"equal": _equal, "latex": _latex}

if __name__ == "__main__":
    main()
