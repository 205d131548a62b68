"""The names a program finds without an import line."""

from __future__ import annotations

import _sitebuiltins
import builtins
import random
import sys
import types
from typing import Any, NoReturn

__all__ = ["add_exits", "fresh_namespace", "lent_names", "light_namespace", "seed", "seed_lightly"]

# What ``from sympy import *`` brings and a program could only trip over.
_UNWANTED = frozenset({"test", "doctest", "release"})


_seed = random.Random.seed
_entropy = random.Random(0)  # in the place of the machine's, for generators that are given no seed
_ENTROPY = _entropy.getstate()


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
    """Start the standard library's generators of random numbers from the same place in every process."""
    _entropy.setstate(_ENTROPY)
    setattr(random.Random, "seed", _seed_alike)  # noqa: B010
    random.seed = random._inst.seed
    random.seed(0)


def seed() -> None:
    """Start every generator of random numbers from the same place, so that a program has one output."""
    import numpy
    import sympy

    seed_lightly()
    vars(numpy.random.bit_generator)["randbits"] = _entropy.getrandbits
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


def _seed_alike(generator: random.Random, a: Any = None, version: int = 2) -> None:
    """``Random.seed``, but that without a seed it takes the same one in every run, and another one the next time."""
    _seed(generator, _entropy.getrandbits(64) if a is None else a, version)


def add_exits() -> None:
    """``exit``, ``quit`` and ``help`` as scripts know them; ``site``, which brings them, is not loaded."""

    def leave(code: Any = None) -> NoReturn:
        raise SystemExit(code)

    for name in ("exit", "quit"):
        setattr(builtins, name, leave)
    builtins.help = _sitebuiltins._Helper()
