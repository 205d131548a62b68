from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.pages.drafts import Draft, Drafts
from math_solver.records import RecordError


def draft(key: str, question: str) -> Draft:
    return Draft(key, f"id-{key}", question)


def test_the_draft_changed_last_comes_first_after_a_restart_too(tmp_path: Path) -> None:
    with Drafts(tmp_path / "d") as drafts:
        first = drafts.keep(draft("a", "1 + 1?"))
        drafts.keep(draft("b", "2 + 2?"))
        drafts.keep(replace(first, question="1 + 1 = ?"))
        before = [held.question for held in drafts.open]
    with Drafts(tmp_path / "d") as drafts:
        assert [held.question for held in drafts.open] == before == ["1 + 1 = ?", "2 + 2?"]


def test_a_restart_leaves_the_last_version_of_what_is_open(tmp_path: Path) -> None:
    with Drafts(tmp_path / "d") as drafts:
        kept = drafts.keep(draft("a", "1"))
        drafts.keep(replace(drafts.keep(draft("b", "2")), saved=True))
        drafts.keep(replace(kept, question="3"))
        drafts.keep(draft("blank", " "))
    with Drafts(tmp_path / "d") as drafts:
        assert [held.question for held in drafts.open] == ["3"]
    assert len((tmp_path / "d").read_text(encoding="utf-8").splitlines()) == 1


def test_a_draft_that_was_changed_elsewhere_is_kept_beside_it(tmp_path: Path) -> None:
    with Drafts(tmp_path / "d") as drafts:
        stale = drafts.keep(draft("a", "1"))
        drafts.keep(replace(stale, question="there"))
        here = drafts.keep(replace(stale, question="here"))
        assert here.key != "a" and {held.question for held in drafts.open} == {"here", "there"}


def test_a_bad_file_is_named_and_let_go(tmp_path: Path) -> None:
    (tmp_path / "d").write_text('{"key": "a"}\n')
    with pytest.raises(RecordError, match=r"d:1: not a Draft .*mend or delete the line"):
        Drafts(tmp_path / "d")
    (tmp_path / "d").write_text("")
    with Drafts(tmp_path / "d") as drafts, pytest.raises(RecordError, match="another page is writing it"):
        Drafts(drafts._log.path)
