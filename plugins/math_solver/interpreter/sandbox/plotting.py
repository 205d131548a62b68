"""Make matplotlib plot in a sandbox, as it does on every machine: no window, no cache of fonts, no notice of either.

It is not imported ahead of need, as SymPy is: that makes every fork dearer by a third, and few programs plot.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from .importing import Around, then
from .pictures import watch_pyplot, watch_savefig

__all__ = ["PLOTTING"]

_HERE = "."  # matplotlib wants a folder that can be written to
_NOWHERE = os.devnull  # fonts are looked up for each program: what a file of them says could differ


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
    import logging

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


PLOTTING: dict[str, Around] = {
    "matplotlib": _configured,
    "matplotlib.font_manager": _without_font_cache,
    "matplotlib.figure": then(watch_savefig),
    "matplotlib.pyplot": then(watch_pyplot),
}
