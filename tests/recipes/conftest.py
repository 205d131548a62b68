from __future__ import annotations

import pytest

from .lab import Lab, furnish


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return furnish(tmp_path_factory.mktemp("lab"))
