"""Programs and outputs between backticks, case by case."""

from __future__ import annotations

import pytest

from math_solver.mathematics import Listing, find_pieces


def listings(text: str) -> list[tuple[str, str]]:
    return [(piece.language, piece.text) for piece in find_pieces(text) if isinstance(piece, Listing)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I run\n```python\nprint(1)\n\nprint(2)\n```\nand stop.", [("python", "print(1)\n\nprint(2)")]),
        ("```\na\n```\n```output\nb\n```", [("", "a"), ("output", "b")]),
        ("```\n```", [("", "")]),
        ("```\nopen", [("", "open")]),  # cut off
        ("```{.python}\na\n```", [("python", "a")]),
        ("1. so:\n   ```c++\n   int a;\n   ```\n2.", [("c++", "   int a;")]),
        # as models write them
        ("验证：```python\nprint(1)\n```", [("python", "print(1)")]),
        ("```python\nprint(1)```\nso", [("python", "print(1)")]),
        ("```python\nprint(1)\n```。因此", [("python", "print(1)")]),
        ("运行结果为：```和是: 7```，正确", [("", "和是: 7")]),
        ("输出：\n```平均数: 7\n众数: 8```", [("", "平均数: 7\n众数: 8")]),
        ("结果是 ```\n7\n``` 。", [("", "7")]),
        ("```python\nprint(1)```\nso\n```output\n1\n```", [("python", "print(1)"), ("output", "1")]),
        # backticks in a program
        ("```python\ns = 'a```\n'\n```\nso", [("python", "s = 'a```\n'")]),
        ("```python\nprint('```')\n```\nso", [("python", "print('```')")]),
        ("````\n```python\na\n```\n````", [("", "```python\na\n```")]),
        ("```python\na\n```output\nb\n```", [("python", "a\n```output\nb")]),  # what names a language closes nothing
        # escaped in the written form of a solution
        (
            '```output\u200b\n5\n```\n\n```python\ns = "\n```\u200b\n"\n```',
            [("output", "5"), ("python", 's = "\n```\u200b\n"')],
        ),
        # no listings
        ("use ``` for code", []),
        ("`x` and ``y``", []),
        ("it printed ``````", []),
    ],
)
def test_listings(text: str, found: list[tuple[str, str]]) -> None:
    assert listings(text) == found
