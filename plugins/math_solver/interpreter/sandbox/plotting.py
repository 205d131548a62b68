"""Make matplotlib plot in a sandbox, as it does on every machine: no window, no cache of fonts, no notice of either.

It is not imported ahead of need, as SymPy is: that makes every fork dearer by a third, and few programs plot.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any

from .pictures import watch_pyplot, watch_savefig

__all__ = ["prepare"]

_HERE = "."  # matplotlib wants a folder that can be written to
_NOWHERE = os.devnull  # fonts are looked up for each program: what a file of them says could differ


def prepare() -> None:
    """Do it when a program imports matplotlib."""
    sys.meta_path.insert(0, _Finder())


@contextlib.contextmanager
def _configured(module: ModuleType) -> Iterator[None]:
    settings = {"MPLBACKEND": "agg", "MPLCONFIGDIR": os.getcwd()}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update({name: value for name, value in settings.items() if before[name] is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
    vars(module).update(get_configdir=lambda: _HERE, get_cachedir=lambda: _HERE)


@contextlib.contextmanager
def _without_font_cache(module: ModuleType) -> Iterator[None]:
    matplotlib: Any = sys.modules["matplotlib"]
    told, folder = logging.getLogger(module.__name__), matplotlib.get_cachedir
    level = told.level
    matplotlib.get_cachedir = lambda: _NOWHERE
    told.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        matplotlib.get_cachedir = folder
        told.setLevel(level)


def _then(change: Callable[[Any], None]) -> Callable[[ModuleType], AbstractContextManager[None]]:
    @contextlib.contextmanager
    def around(module: ModuleType) -> Iterator[None]:
        yield
        change(module)

    return around


_AROUND: Mapping[str, Callable[[ModuleType], AbstractContextManager[None]]] = {
    "matplotlib": _configured,
    "matplotlib.font_manager": _without_font_cache,
    "matplotlib.figure": _then(watch_savefig),
    "matplotlib.pyplot": _then(watch_pyplot),
}


class _Finder(importlib.abc.MetaPathFinder):
    """Finds what stands in the table, and runs it in its context."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        around = _AROUND.get(fullname)
        spec = None if around is None else importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if around is None or spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            with around(module):
                execute(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
