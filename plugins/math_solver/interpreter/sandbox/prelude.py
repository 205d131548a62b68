"""The names a program finds without an import line."""

from __future__ import annotations

import builtins
import sys
import types
from typing import Any, NoReturn

__all__ = ["add_exits", "fresh_namespace", "lent_names", "light_namespace", "seed", "seed_lightly"]

# What ``from sympy import *`` brings and a program could only trip over.
_UNWANTED = frozenset({"test", "doctest", "release"})


def fresh_namespace(*, installed: bool = False) -> dict[str, Any]:
    """A new ``__main__`` (``installed``: the process's own): SymPy's names, ``sympy``, ``sp``, ``np``, ``math``,
    ``Fraction``, ``itertools`` and their like; no builtin is shadowed.
    """
    return _namespace(_names(), installed)


def light_namespace(*, installed: bool = False) -> dict[str, Any]:
    """The same without the names of SymPy and NumPy."""
    return _namespace(_light_names(), installed)


def _namespace(names: dict[str, Any], installed: bool) -> dict[str, Any]:
    main = types.ModuleType("__main__")
    vars(main).update(names)
    if installed:
        sys.modules["__main__"] = main
    return vars(main)


def lent_names() -> frozenset[str]:
    """The names that a light namespace lacks."""
    return frozenset(_names().keys() - _light_names().keys())


def seed_lightly() -> None:
    """Start the standard library's generator of random numbers from the same place in every process."""
    import random

    random.seed(0)


def seed() -> None:
    """Start every generator of random numbers from the same place, so that a program has one output."""
    import numpy
    import sympy

    seed_lightly()
    numpy.random.seed(0)
    sympy.core.random.seed(0)


def _names() -> dict[str, Any]:
    import numpy
    import sympy

    hidden = _UNWANTED | set(dir(builtins))
    names = {name: getattr(sympy, name) for name in sympy.__all__ if name not in hidden}
    return names | {"sympy": sympy, "sp": sympy, "numpy": numpy, "np": numpy} | _light_names()


def _light_names() -> dict[str, Any]:
    import collections
    import decimal
    import fractions
    import functools
    import itertools
    import math

    return {
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
