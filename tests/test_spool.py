"""Rows put aside on disk, where there is no room for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FULL = """
import resource, sys
from pathlib import Path
from math_solver.records import RecordError
from math_solver.spool import Spool
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    with Spool(Path(sys.argv[1])) as spool:
        for number in range(2000):
            spool.append({"number": number, "text": "x" * 100})
        sys.exit("nothing was noticed")
except RecordError as error:
    print(error)
"""


def test_no_room_names_the_folder(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stdout == f"{tmp_path}: cannot hold what waits there (File too large); make room there\n", (
        ended.stderr
    )
    assert not ended.stderr
