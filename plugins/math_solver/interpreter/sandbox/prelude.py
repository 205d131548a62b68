"""The names a program finds without an import line."""

from __future__ import annotations

import builtins
import sys
import types
from typing import Any, NoReturn

__all__ = ["fresh_namespace", "seed"]

# What ``from sympy import *`` brings and a program could only trip over.
_UNWANTED = frozenset({"test", "doctest", "release"})


def fresh_namespace(*, installed: bool = False) -> dict[str, Any]:
    """A new ``__main__`` (``installed``: the process's own): SymPy's names, ``sympy``, ``sp``, ``np``, ``math``,
    ``Fraction``, ``itertools`` and their like; no builtin is shadowed.
    """
    main = types.ModuleType("__main__")
    names = _names()
    vars(main).update(names)
    if installed:
        sys.modules["__main__"] = main
    return vars(main)


def seed() -> None:
    """Start every generator of random numbers from the same place, so that a program has one output."""
    import random

    import numpy
    import sympy

    random.seed(0)
    numpy.random.seed(0)
    sympy.core.random.seed(0)


def _names() -> dict[str, Any]:
    import collections
    import decimal
    import fractions
    import functools
    import itertools
    import math

    import numpy
    import sympy

    hidden = _UNWANTED | set(dir(builtins))
    names = {name: getattr(sympy, name) for name in sympy.__all__ if name not in hidden}
    return names | {
        "sympy": sympy,
        "sp": sympy,
        "numpy": numpy,
        "np": numpy,
        "math": math,
        "itertools": itertools,
        "functools": functools,
        "collections": collections,
        "Fraction": fractions.Fraction,
        "Decimal": decimal.Decimal,
        "__builtins__": builtins,
    }


def add_exits() -> None:
    """``exit`` and ``quit`` as scripts know them; ``site``, which brings them, is not loaded."""

    def leave(code: Any = None) -> NoReturn:
        raise SystemExit(code)

    for name in ("exit", "quit"):
        setattr(builtins, name, leave)
