"""The text of a cell, as Python reads it; the host reads it too, for its guess, and imports no more for that."""

from __future__ import annotations

import ast
import io
import textwrap
import warnings
from types import TracebackType
from typing import Any, NamedTuple

__all__ = ["AWAIT", "NAME", "Parsed", "WithoutWarnings", "dedented", "lines_of", "parse", "parse_cell"]

NAME = "<cell>"
AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_IGNORE: Any = [("ignore", None, Warning, None, 0)]
_changed: Any = warnings._filters_mutated  # type: ignore[attr-defined]


class Parsed(NamedTuple):
    """A cell: the text that is compiled, and its syntax tree."""

    text: str
    tree: ast.Module


class WithoutWarnings:
    """Like ``warnings.catch_warnings`` with everything ignored, for the compiler's: a tenth of the work."""

    def __enter__(self) -> None:
        self._kept, warnings.filters = warnings.filters, _IGNORE

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        warnings.filters = self._kept
        _changed()  # or a warning that an earlier cell has shown would not be shown again


def parse_cell(code: str) -> Parsed:
    """What is compiled of a cell, and its syntax tree; raises what ``compile`` raises."""
    text = dedented(code)
    return Parsed(text, parse(text, NAME))


def parse(text: str, filename: str) -> ast.Module:
    """The syntax tree of a cell; raises what ``compile`` raises."""
    with WithoutWarnings():  # "\frac" in a plain string and its like
        tree: ast.Module = compile(text, filename, "exec", ast.PyCF_ONLY_AST | AWAIT, dont_inherit=True)
    return tree


def dedented(code: str) -> str:
    """With line ends as Python makes them, and without the indentation that all lines have."""
    lines = lines_of(code)
    code = "".join(lines)
    first = next((line for line in lines if line.strip()), "")
    return textwrap.dedent(code) if first[:1] in (" ", "\t") else code


def lines_of(code: str) -> list[str]:
    """The lines that Python counts: not those that ``splitlines`` sees end at U+2028 or a form feed."""
    return io.StringIO(code, newline=None).readlines()
