"""Recipes on the embedded base with any template, read once each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.preflight import Preflight

ROOT = Path(__file__).parents[2]
Reading = Callable[..., Preflight]


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """``reading(template="qwen3", ...)`` reads a recipe with these keys."""
    read: dict[str, Preflight] = {}

    def reading(**settings: Any) -> Preflight:
        text = json.dumps({"model_name_or_path": str(ROOT / "examples" / "tiny_base"), "cutoff_len": 1024, **settings})
        if text not in read:
            path = tmp_path_factory.mktemp("recipe") / "recipe.yaml"
            path.write_text(text, encoding="utf-8")
            read[text] = Preflight(path)
        return read[text]

    return reading
