"""The licence is the one that pyproject.toml names, and every folder of other people's files is accounted for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
FOLDERS = sorted(path for vendor in ROOT.glob("plugins/**/vendor") for path in vendor.iterdir() if path.is_dir())
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # as apache.org publishes it, unfilled


def test_the_licence_is_whole() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_folder_of_others_has_a_row() -> None:
    assert FOLDERS
    assert {str(path.relative_to(ROOT)) for path in FOLDERS} <= {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row[0].rpartition("vendor/")[2] for row in ROWS])
def test_a_row_is_of_files_that_are_here(row: list[str]) -> None:
    folder, _, version, licence, text = row
    assert (ROOT / folder).is_dir() and licence
    if text == "LICENSE` beside it":
        words = (ROOT / folder / "LICENSE").read_text(encoding="utf-8")
        assert "MIT" in licence and "Permission is hereby granted" in words
        code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / folder).glob("*.js"))
        assert re.search(rf"[v\"]{re.escape(version)}\b", code), f"the files are not of {version}"


def test_the_fonts_say_themselves_what_they_are_under() -> None:
    fonts = pytest.importorskip("fontTools.ttLib", reason="matplotlib brings fonttools")
    paths = sorted((FOLDERS[0].parent / "katex" / "fonts").glob("*.woff2"))
    assert paths
    for path in paths:
        names = {str(record) for record in fonts.TTFont(path)["name"].names if record.nameID in (13, 14)}
        assert any("SIL Open Font License" in name for name in names), path
