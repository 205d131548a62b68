from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.pages.exploring.collection import Choice, Collection, Facts
from math_solver.pages.exploring.facets import MOST, UNSAID, Facet, FacetKind, natural
from math_solver.pages.exploring.texts import Texts, wanted

KINDS = [FacetKind("colour", "Colour"), FacetKind("tags", "Tags"), FacetKind("rate", "Rate", of_problems=True)]
COLOURS, TAGS = ["red", "green", ""], ["a", "b", "c"]
Row = tuple[str, frozenset[str], int, str]
ROWS = st.lists(
    st.tuples(st.sampled_from(COLOURS), st.frozensets(st.sampled_from(TAGS)), st.integers(0, 3),
              st.text("xyß ", max_size=6)),
    max_size=12,
)  # fmt: skip


def collect(rows: list[Row]) -> Collection:
    collection = Collection(KINDS)
    for number, (colour, tags, problem, text) in enumerate(rows):
        values = {"colour": [colour] if colour else [], "tags": tags, "rate": [f"r{problem}"]}
        collection.add({"number": number}, Facts(values, text, f"id{number}", f"p{problem}"))
    return collection


@given(
    ROWS,
    st.frozensets(st.integers(0, 2), max_size=2),
    st.frozensets(st.integers(0, 3), max_size=2),
    st.text("xyß", max_size=2),
)
def test_a_selection_is_what_a_loop_over_the_rows_finds(
    rows: list[Row], colours: frozenset[int], tags: frozenset[int], query: str
) -> None:
    with collect(rows) as collection:
        filters = {facet: chosen for facet, chosen in ((0, colours), (1, tags)) if chosen}
        selection = collection.select(Choice(filters, query))

        def passes(row: Row, *, but: int | None = None) -> bool:
            said = {0: {row[0] or UNSAID}, 1: set(row[1]) or {UNSAID}}
            names = {facet: dict(enumerate(collection.facets[facet].values)) for facet in filters}
            wanted = {facet: {names[facet].get(value) for value in chosen} for facet, chosen in filters.items()}
            return query.casefold() in " ".join(row[3].casefold().split()) and all(
                said[facet] & values for facet, values in wanted.items() if facet != but
            )

        assert selection.rows.tolist() == [number for number, row in enumerate(rows) if passes(row)]
        assert selection.problems == len({row[2] for row in rows if passes(row)})
        for facet, place in ((0, 0), (1, 1)):
            counted: Counter[str] = Counter()
            for row in rows:
                if passes(row, but=facet):
                    said = row[place] or UNSAID
                    counted.update({said} if isinstance(said, str) else said)
            found = dict(zip(collection.facets[facet].values, selection.counts[facet].tolist(), strict=True))
            assert {value: number for value, number in found.items() if number} == counted
        problems = Counter(f"r{problem}" for problem in {row[2] for row in rows if passes(row)})
        found = dict(zip(collection.facets[2].values, selection.counts[2].tolist(), strict=True))
        assert {value: number for value, number in found.items() if number} == problems


def test_rows_come_back_as_they_were_and_are_found_by_id_and_problem() -> None:
    with collect(
        [("red", frozenset(), 0, "x"), ("", frozenset("ab"), 1, "y"), ("red", frozenset(), 0, "z")]
    ) as collection:
        assert [row["number"] for row in collection.rows([2, 0])] == [2, 0]
        assert collection.find("id1") == 1 and collection.find("none") is None
        assert collection.of_same_problem(2) == [0, 2] and collection.problems == 2


def test_a_toggle_is_taken_back_by_the_same() -> None:
    choice = Choice().toggled(1, 4).toggled(1, 5).toggled(2, 0)
    assert choice.filters == {1: {4, 5}, 2: {0}}
    assert choice.toggled(1, 4).toggled(1, 5).toggled(2, 0) == Choice()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("least common", [0, 1]),  # all words, in any order
        ('"least common"', [0]),  # a phrase
        ('"LEAST', []),  # a quote that never closes is a sign like others
        ('"LEAST   common" 12', [0]),
        ("公倍数", [2]),  # Chinese needs no words
        ("\\frac{7}", [3]),  # LaTeX as it is written
        ("STRASSE", [1]),  # no case, in any language
        ("common straße", [1]),
        ("", [0, 1, 2, 3]),
        ("   ", [0, 1, 2, 3]),
        ('""', [0, 1, 2, 3]),
        ("12 13", []),  # never across two texts
        ("\x00", []),
    ],
)  # fmt: skip
def test_search(query: str, found: list[int]) -> None:
    texts = ["The least\ncommon multiple 12", "common Straße, not least", "13 最小公倍数", "$\\frac{7}{2}$"]
    with Texts() as index:
        for text in texts:
            index.append(text)
        assert index.holding(query).nonzero()[0].tolist() == found


@given(st.lists(st.text("ab é公", max_size=8), max_size=30), st.text("abé公", min_size=1, max_size=3))
def test_search_finds_what_stands_in_the_text_whatever_the_blocks(texts: list[str], needle: str) -> None:
    with Texts(block=16) as index:
        for text in texts:
            index.append(text)
        plain = [" ".join(text.split()) for text in texts]
        assert index.holding(f'"{needle}"').tolist() == [needle in text for text in plain]


def test_the_words_of_a_query() -> None:
    assert wanted('two "three  words here" \\frac "" "open') == ["two", "three  words here", "\\frac", '"open']


@pytest.mark.parametrize(
    ("kind", "values", "order"),
    [
        (FacetKind("f", "F"), ["rare", "often", "often", UNSAID, UNSAID, UNSAID], ["often", "rare", UNSAID]),
        (FacetKind("f", "F", "natural"), ["Level 10", "Level 2", "Level 2"], ["Level 2", "Level 10"]),
        (FacetKind("f", "F", "natural"), ["100 or more", "3 to 4", "1"], ["1", "3 to 4", "100 or more"]),
        (FacetKind("f", "F", given=("correct", "incorrect")), ["odd", "incorrect", "incorrect", "correct"],
         ["correct", "incorrect", "odd"]),
    ],
)  # fmt: skip
def test_values_stand_in_the_order_that_people_expect(kind: FacetKind, values: list[str], order: list[str]) -> None:
    facet = Facet(kind)
    for row, value in enumerate(values):
        facet.add(row, [value])
    counts = np.array([values.count(value) for value in facet.values])
    assert [facet.values[number] for number in facet.ordered(counts)] == order


def test_of_very_many_values_the_most_frequent_are_shown_and_those_that_are_chosen() -> None:
    facet = Facet(FacetKind("f", "F"))
    for row in range(MOST + 50):
        facet.add(row, [f"v{row}", "often"])
    shown = facet.ordered(facet.counts(np.ones(MOST + 50, dtype=bool)), also={MOST + 40})
    assert facet.values[shown[0]] == "often" and MOST + 40 in shown and len(shown) == MOST + 1


def test_natural_keys_can_be_compared_whatever_stands_where() -> None:
    assert sorted(["b2", "10", "a", "2", "²", "b10", ""], key=natural)[:3] == ["", "2", "10"]
