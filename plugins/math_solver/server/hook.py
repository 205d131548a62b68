"""The import hook: ``llamafactory.api.app`` gets our ``run_api`` around its own.

``math_solver_hook.pth`` (``.start`` from Python 3.18) calls ``install`` at every interpreter start, torchrun's
children included, so this module imports nothing that the interpreter has not loaded already, and everything
else of the server is imported only once that one module is.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

__all__ = ["install"]

TARGET = "llamafactory.api.app"


class WrappingLoader:
    """Load a module with its own loader, then put our ``run_api`` around the one it defines."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        from .launch import wrap_run_api

        wrap_run_api(module)


class TargetFinder:
    """Find one module as the other finders do, and hand it over with a wrapping loader."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != TARGET:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        if spec is not None and spec.loader is not None:
            wrapping: Any = WrappingLoader(spec.loader)
            spec.loader = wrapping
        return spec


def install() -> None:
    """Wait for ``llamafactory.api.app``; harmless to call twice and where LLaMA-Factory is not installed."""
    if TARGET not in sys.modules and not any(isinstance(finder, TargetFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, TargetFinder())
