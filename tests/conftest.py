"""Fixtures that several rooms share, and the order of a run over several processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from math_solver.mapping import cores

from .bounded import bounded
from .browser import chromium, open_page

__all__ = ["bounded", "chromium", "open_page"]

# A file goes to one process as a whole; those that take longest go first, so that no process ends alone with one.
LONGEST = (
    "test_end_to_end.py",
    "interpreter/test_attacks.py",
    "recipes/test_runs.py",
    "pages/test_annotate_page.py",
    "answers/test_hostile.py",
    "server/web/test_page.py",
    "server/web/test_page_conversations.py",
    "server/web/test_page_turns.py",
    "interpreter/test_soak.py",
    "pages/test_review_page.py",
    "pages/test_explore_page.py",
    "server/test_real_process.py",
    "scripts/test_every_script.py",
    "scripts/test_import_trajectories.py",
    "scripts/test_validate.py",
    "interpreter/test_recovery.py",
    "server/test_hook.py",
    "evaluation/test_session.py",
    "synthesis/test_session.py",
    "synthesis/test_asking.py",
    "server/models/test_batching.py",
    "commands/test_doctor.py",
)
_PLACES = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}


def pytest_configure(config: pytest.Config) -> None:
    """One thread for each process of a parallel run: threads of two that share a processor wait for each other."""
    if hasattr(config, "workerinput"):
        os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Half as many again as processors, since tests wait a third of their time for processes, pages and deadlines."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # the runner's own reading of it
    return max(1, cores() * 3 // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _PLACES.get(item.path, len(_PLACES)))
