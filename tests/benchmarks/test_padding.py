"""The useful share of batches, beside what a sum over the rows' lengths gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from .loaded import load

padding = load("padding")
BASE = Path(__file__).parents[2] / "examples/tiny_base"
CUTOFF = 1024


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, padding.Loaded]:  # type: ignore[name-defined]
    folder = padding.write_dataset(padding.sample_rows(3), tmp_path_factory.mktemp("rows"))
    return {kind: padding.Loaded.read(folder, BASE, "qwen", CUTOFF, how) for kind, how in padding.KINDS.items()}


def test_a_batch_of_one_row_is_padded_to_a_multiple_of_eight_only(loads: dict[str, padding.Loaded]) -> None:  # type: ignore[name-defined]
    lengths = loads["plain"].lengths
    rounded = sum(-(-length // 8) * 8 for length in lengths)
    assert loads["plain"].useful_share(1) == pytest.approx(sum(lengths) / rounded)


def test_one_batch_of_all_rows_is_as_wide_as_its_longest(loads: dict[str, padding.Loaded]) -> None:  # type: ignore[name-defined]
    lengths = loads["plain"].lengths
    wide = -(-max(lengths) // 8) * 8
    assert loads["plain"].useful_share(len(lengths)) == pytest.approx(sum(lengths) / (wide * len(lengths)))


def test_packed_rows_hold_all_tokens_of_the_plain_ones(loads: dict[str, padding.Loaded]) -> None:  # type: ignore[name-defined]
    tokens = sum(loads["plain"].lengths)
    for kind in ("packing", "neat_packing"):
        loaded = loads[kind]
        assert set(loaded.lengths) == {CUTOFF}
        assert loaded.useful_share(1) == pytest.approx(tokens / (CUTOFF * len(loaded.rows)))
        assert loaded.useful_share(1) == pytest.approx(loaded.useful_share(4)), "packed rows are of one length"


def test_by_length_wastes_less_than_by_chance(loads: dict[str, padding.Loaded]) -> None:  # type: ignore[name-defined]
    plain, by_length = (loads[kind].useful_share(2) for kind in ("plain", "by length"))
    assert plain < by_length < 1


def test_the_table_has_a_line_for_each_kind(tmp_path: Path) -> None:
    rows = padding.sample_rows(1)
    tokenizer = padding.make_tokenizer(rows, tmp_path / "tokenizer", vocabulary=700)
    first, head, *lines = padding.table(padding.write_dataset(rows, tmp_path), tokenizer, "qwen", 2048, [1, 4])
    assert f"{len(rows)} rows of" in first and "4 rows" in head
    assert [line[:14].strip() for line in lines] == list(padding.KINDS)
    assert all(line.count("%") == 2 for line in lines)
