from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from math_solver.pages.serving import _OUTSIDE, bind
from math_solver.records import RecordError


def test_gradios_own_page_names_nothing_elsewhere_once_mended() -> None:
    spec = importlib.util.find_spec("gradio")
    assert spec is not None and spec.origin is not None
    page = (Path(spec.origin).parent / "templates/frontend/index.html").read_text(encoding="utf-8")
    assert "cdnjs" in page  # without it the mending has nothing left to do
    fetched = r'<(?:script|link)\b[^>]*\b(?:src|href)="https?:'
    assert re.search(fetched, page) and not re.search(fetched, _OUTSIDE.sub("", page))


def test_other_machines_need_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAGE_PASSWORD", raising=False)
    for host in ("0.0.0.0", "192.0.2.1", "somewhere"):
        with pytest.raises(RecordError, match="set PAGE_PASSWORD"):
            bind(host, 0)
    with bind("127.0.0.1", 0) as taken, pytest.raises(RecordError, match="cannot listen there"):
        bind("127.0.0.1", taken.getsockname()[1])
