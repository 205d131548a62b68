"""The text of a cell, as Python reads it; the host reads it too, for its guess, and imports no more for that."""

from __future__ import annotations

import ast
import io
import textwrap
import warnings

__all__ = ["dedented", "lines_of", "parse_cell"]


def parse_cell(code: str) -> tuple[str, ast.Module]:
    """What is compiled of a cell, and its syntax tree; raises what ``compile`` raises."""
    code = dedented(code)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return code, ast.parse(code)


def dedented(code: str) -> str:
    """With line ends as Python makes them, and without the indentation that all lines have."""
    lines = lines_of(code)
    code = "".join(lines)
    first = next((line for line in lines if line.strip()), "")
    return textwrap.dedent(code) if first[:1] in (" ", "\t") else code


def lines_of(code: str) -> list[str]:
    """The lines that Python counts: not those that ``splitlines`` sees end at U+2028 or a form feed."""
    return io.StringIO(code, newline=None).readlines()
