from __future__ import annotations

import html
import re

import pytest

from math_solver.pages.exploring.comparing import in_common, where_they_differ

from ..examples import HOSTILE

PRIVATE = re.compile("[\ue000-\ue003]")  # the page's own signs, which a text cannot hold


def marks(shown: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", shown)


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        # Numbers by their value, longer words by their stem; small words tell nothing by themselves.
        ("Ann sells 3 marbles.", "In May, Bob sold three green marble jars", ["3 marbles"], ["three", "marble"]),
        ("the sum of it", "of the x sum", [], []),
        # ... but three of them in a row do.
        ("it is of the us", "he said: it is of", ["it is of"], ["it is of"]),
        ("12 红球", "红球 12 个", ["12"], ["12"]),
        ("袋子里有红球", "袋子里有蓝球", ["袋子里有"], ["袋子里有"]),
        ("", "x", [], []),
    ],
)  # fmt: skip
def test_what_both_say_is_marked(one: str, two: str, first: list[str], second: list[str]) -> None:
    assert tuple(map(marks, in_common(one, two))) == (first, second)


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        ("How many eggs today?", "How many eggs?", ["today"], []),
        ("There are 12 eggs", "There are 13 eggs", ["12"], ["13"]),
        ("same", "Same", [], []),
        ("红球三个", "蓝球三个", ["红"], ["蓝"]),
    ],
)  # fmt: skip
def test_where_they_differ_is_marked(one: str, two: str, first: list[str], second: list[str]) -> None:
    assert tuple(map(marks, where_they_differ(one, two))) == (first, second)


@pytest.mark.parametrize("compare", [in_common, where_they_differ])
def test_nothing_of_a_text_is_markup_and_nothing_of_it_is_lost(compare: object) -> None:
    assert callable(compare)
    for one, two in ((HOSTILE, HOSTILE[5:]), (HOSTILE, ""), ("a\n\nb <i>c</i>", "b <i>c</i>")):
        for text, shown in zip((one, two), compare(one, two), strict=True):
            assert not re.search(r"<(?!/?mark>|br>)", shown) and "\n" not in shown
            assert not re.search("[\ue000-\ue003%]", shown)
            bare = re.sub("</?mark>", "", shown).replace("<br>", "\n")
            read = html.unescape(re.sub("<[^>]*>", "", bare))
            assert read == PRIVATE.sub("\ufffd", text.strip())


def test_long_texts_are_cut() -> None:
    assert max(map(len, in_common("word " * 100_000, "word " * 100_000))) < 20_000
