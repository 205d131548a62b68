"""Change a module when a program imports it: what assumes a desktop, a network or other processes."""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType
from typing import Any, TypeAlias

__all__ = ["Around", "run_around", "then"]

Around: TypeAlias = Callable[[ModuleType], AbstractContextManager[None]]


def run_around(table: Mapping[str, Around]) -> None:
    """Run the module of each name in its context; one that is there already goes through it at once."""
    for name in table.keys() & sys.modules.keys():
        with table[name](sys.modules[name]):
            pass
    sys.meta_path.insert(0, _Finder(table))


def then(change: Callable[[Any], None]) -> Around:
    """The context that changes a module once it has run."""

    @contextmanager
    def around(module: ModuleType) -> Iterator[None]:
        yield
        change(module)

    return around


class _Finder:
    """Finds what stands in the table, and runs it in its context.

    Not by inheritance a ``MetaPathFinder``, whose module brings many others that plain programs have no use for.
    """

    def __init__(self, table: Mapping[str, Around]) -> None:
        self._table = table

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        around = self._table.get(fullname)
        spec = None if around is None else importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if around is None or spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            with around(module):
                execute(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
