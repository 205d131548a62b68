"""One writer's log: rows are whole or absent, and what was acknowledged is there, whatever happened to the writer."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from math_solver.log import Log
from math_solver.records import RecordError

ROUNDS = 25
SECONDS = 10.0  # for all rounds of one case; a loaded machine does fewer of them
MOST_BYTES = 8_000_000

# Writes until it is killed and says what it was told to have kept. Rows are large, so that a kill meets one half
# written; each of them names its number, how often it was replaced, and fills itself up.
WRITER = """
import random, sys
from pathlib import Path
from math_solver.log import Log

path, durable, deed, seed = Path(sys.argv[1]), sys.argv[2] == "True", sys.argv[3], int(sys.argv[4])
chance = random.Random(seed)
log = Log(path, durable=durable, in_use="in use")
versions = [(row["n"], row["v"]) for row in log.read(dict, "row")]
log.mend()

def row(n, v):
    return {"n": n, "v": v, "fill": "x" * chance.choice((10, 5_000, 300_000))}

def say(*what):
    print(*what, flush=True)

say("begin")
while True:
    if versions and deed != "append" and chance.random() < 0.5:
        if deed == "replace":
            index = chance.randrange(len(versions))
            n, v = versions[index]
            log.replace(index, row(n, v + 1))
            versions[index] = n, v + 1
        else:
            del versions[:-3]
            versions = [(n, v + 1) for n, v in versions]
            log.rewrite(row(n, v) for n, v in versions)
    else:
        n = versions[-1][0] + 1 if versions else 0
        log.append(row(n, 0), row(n + 1, 0))
        versions += [(n, 0), (n + 1, 0)]
    say(*(f"{n}:{v}" for n, v in versions))
"""


def opened(path: Path, *, durable: bool = True) -> Log:
    return Log(path, durable=durable, in_use="somebody has it")


def rows(path: Path) -> list[dict[str, Any]]:
    """What the next owner finds."""
    with opened(path) as log:
        found = list(log.read(dict, "row"))
        log.mend()
    assert found == [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1] if line.strip()]
    return found


@contextmanager
def room_for(more: int, path: Path) -> Iterator[None]:
    """A disk on which files may grow ``more`` bytes larger than this one; a write stops in its middle there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("durable", [True, pytest.param(False, marks=pytest.mark.slow)])
@pytest.mark.parametrize("deed", ["append", "replace", "rewrite"])
def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, deed: str, durable: bool) -> None:
    path, chance = tmp_path / "log", random.Random(7)
    acknowledged: list[tuple[int, int]] = []
    deeds, end = 0, time.monotonic() + SECONDS
    for seed in range(ROUNDS):
        if time.monotonic() > end:
            break
        command = [sys.executable, "-c", WRITER, str(path), str(durable), deed, str(seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begin\n"
            time.sleep(chance.random() * 0.03)
            process.send_signal(signal.SIGKILL)
            said = [line for line in process.stdout.read().split("\n")[:-1] if line]
        deeds += len(said)
        if said:
            acknowledged = [(int(n), int(v)) for n, v in (word.split(":") for word in said[-1].split())]
        found = [(row["n"], row["v"]) for row in rows(path)]
        assert found in possible(deed, acknowledged)
        acknowledged = found
        if path.stat().st_size > MOST_BYTES:
            path.unlink()
            acknowledged = []
    assert deeds > 0, "no writer lived long enough to write anything"
    assert set(os.listdir(tmp_path)) <= {".log.tmp", "log"}  # one file at most is left beside it


def possible(deed: str, state: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """What may be there after a kill: what was acknowledged, and whole rows of the one change that it met."""
    n = state[-1][0] + 1 if state else 0
    states = [state, [*state, (n, 0)], [*state, (n, 0), (n + 1, 0)]]
    if deed == "replace":
        states += [[(n, v + (index == at)) for index, (n, v) in enumerate(state)] for at in range(len(state))]
    if deed == "rewrite":
        states += [[(n, v + 1) for n, v in state[-3:]]]
    return states


TORN: list[tuple[str, bytes, list[int]]] = [
    ("whole", b'{"n": 1}\n{"n": 2}\n', [1, 2]),
    ("no end", b'{"n": 1}\n{"n": 2}', [1, 2]),  # the row is whole
    ("cut", b'{"n": 1}\n{"n": 2', [1]),
    ("cut in a character", '{"n": 1}\n{"n": "多'.encode()[:-1], [1]),
    ("the first line is cut", b'{"n', []),
    ("zeros, as after a power cut", b'{"n": 1}\n' + b"\0" * 40, [1]),
    ("blank lines", b'\n{"n": 1}\n\n \r\n{"n": 2}\r\n\n', [1, 2]),
    ("nested deeper than Python reads", b'{"n": 1}\n{"n":' + b"[" * 200_000, [1]),
    ("nothing", b"", []),
]


@pytest.mark.parametrize(("content", "kept"), [case[1:] for case in TORN], ids=[case[0] for case in TORN])
def test_a_torn_end_is_mended_once_the_owner_wants_it(tmp_path: Path, content: bytes, kept: list[int]) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    with opened(path) as log:
        assert [row["n"] for row in log.read(dict, "row")] == kept
        assert path.read_bytes() == content  # until then it is as it was
        assert log.mend() is (content[-1:] not in (b"", b"\n"))
        assert not log.mend()
        log.append({"n": 9})
        assert [row["n"] for row in log.read(dict, "row")] == [*kept, 9]
    assert [row["n"] for row in rows(path)] == [*kept, 9]


def test_rows_behind_a_torn_line_do_not_join_it(tmp_path: Path) -> None:
    """Nobody called ``mend``, or another program left the line while the log was open."""
    path = tmp_path / "log"
    path.write_bytes(b'{"n": 1}\n{"n"')
    with opened(path) as log:
        log.append({"n": 2})
        with path.open("ab") as other:
            other.write(b'{"n": 3}')
        log.append({"n": 4})
    assert path.read_bytes() == b'{"n": 1}\n{"n": 2}\n{"n": 3}\n{"n": 4}\n'


CHANGES: list[tuple[str, Callable[[Log, dict[str, Any]], None]]] = [
    ("append", lambda log, row: log.append({"n": 5}, row)),
    ("replace", lambda log, row: log.replace(0, row)),
    ("rewrite", lambda log, row: log.rewrite([row, row])),
]


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("change", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, change: Callable[[Log, dict[str, Any]], None], durable: bool
) -> None:
    path, big = tmp_path / "log", {"n": 9, "fill": "x" * 100_000}
    with opened(path, durable=durable) as log:
        log.append({"n": 1}, {"n": 2})
        before = path.read_bytes()
        for room in (0, 1, 20, 50_000):
            with room_for(room, path), pytest.raises(RecordError, match="log: not saved .*File too large"):
                change(log, big)
            assert path.read_bytes() == before and os.listdir(tmp_path) == ["log"]
        change(log, big)  # once there is room
    assert {"n": 9, "fill": "x" * 100_000} in rows(path)


def test_a_change_that_cannot_be_written_down_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "log") as log:
        log.append({"n": 1})
        for bad in ({"n": object()}, {"n": "\ud800"}):
            for _, change in CHANGES:
                with pytest.raises((TypeError, UnicodeEncodeError)):
                    change(log, bad)
        log.append({"n": 2})
    assert [row["n"] for row in rows(tmp_path / "log")] == [1, 2]


def test_a_file_that_was_moved_away_is_not_written_into(tmp_path: Path) -> None:
    """An editor saves by renaming a new file over the old one: what is appended to the old one would be lost."""
    path = tmp_path / "log"
    with opened(path) as log:
        log.append({"n": 1})
        (tmp_path / "edited").write_bytes(b'{"n": 7}\n')
        os.replace(tmp_path / "edited", path)
        for _, change in CHANGES:
            with pytest.raises(RecordError, match="not saved .*replaced the file; start again"):
                change(log, {"n": 2})
        path.unlink()
        with pytest.raises(RecordError, match="start again"):
            log.append({"n": 2})
        assert os.listdir(tmp_path) == []


def test_one_owner_at_a_time_through_every_change(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with opened(path) as log:
        for _, change in [*CHANGES, *CHANGES]:
            change(log, {"n": 1})
            with pytest.raises(RecordError, match="log: somebody has it"):
                opened(path)
    opened(path).close()


def test_a_file_replaced_between_opening_and_lock_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, flock, done = tmp_path / "log", Log._open_locked, []

    def late(self: Log, place: Path) -> Any:
        file = flock(self, place)
        if not done:
            done.append(True)
            (tmp_path / "new").write_bytes(b'{"n": 2}\n')
            os.replace(tmp_path / "new", path)
        return file

    monkeypatch.setattr(Log, "_open_locked", late)
    with opened(path) as log:
        assert list(log.read(dict, "row")) == [{"n": 2}]
        log.append({"n": 3})
    assert [row["n"] for row in rows(path)] == [2, 3]


def test_a_link_stays_one_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "data" / "log", tmp_path / "link"
    real.parent.mkdir()
    real.write_bytes(b"")
    real.chmod(0o600)
    link.symlink_to(real)
    with opened(link) as log:
        log.append({"n": 1})
        log.rewrite([{"n": 2}])
        with pytest.raises(RecordError, match="somebody has it"):
            opened(real)
    assert link.is_symlink() and rows(real) == [{"n": 2}] and real.stat().st_mode & 0o777 == 0o600


def test_a_replacement_leaves_the_other_rows_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b'\n{"n":1,  "later": null}\n{"n": 2}\n{"n": 3}')
    with opened(path) as log:
        log.replace(1, {"n": 7})
    assert path.read_bytes() == b'{"n":1,  "later": null}\n{"n": 7}\n{"n": 3}\n'


@pytest.mark.parametrize(
    "content", [b'[{"conversations": []}]', b"precious text", b'{\n "a": 1\n}', b"\x89PNG\x00", b"17", b"[" * 200_000]
)
def test_a_foreign_file_without_a_line_end_keeps_every_byte(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    with opened(path) as log:
        with pytest.raises(RecordError, match="not a row"):
            list(log.read(lambda row: row["n"], "row"))
        log.mend()
    assert path.read_bytes() in (content, content + b"\n")


@pytest.mark.parametrize("line", [b"{broken", b"[1]", b"null", b'"text"', b"\xff\xfe", b"[" * 200_000, b"1" * 5000])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: bytes) -> None:
    def parse(row: dict[str, int]) -> int:
        return row["n"]

    path = tmp_path / "log"
    path.write_bytes(b'\n{"n": 1}\n' + line + b'\n{"n": 2}\n')
    with opened(path) as log, pytest.raises(RecordError, match=r"log:3: not a row \(.*\); mend or delete the line"):
        list(log.read(parse, "row"))


@pytest.mark.parametrize(("where", "why"), [("a-file/log", "cannot be written"), ("a-folder", "is a folder")])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, where: str, why: str) -> None:
    (tmp_path / "a-file").touch()
    (tmp_path / "a-folder").mkdir()
    with pytest.raises(RecordError, match=f"{where}: {why}"):
        opened(tmp_path / where)


def test_what_is_no_file_is_refused_before_it_could_be_replaced(tmp_path: Path) -> None:
    """As root, the name of a device can be given to a file of ours: every program writes to /dev/null."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull), tmp_path):
        with pytest.raises(RecordError, match="name a file$"):
            Log(path, durable=False, in_use="held")
    assert pipe.is_fifo() and Path(os.devnull).is_char_device()


def test_a_log_that_was_deleted_is_let_go(tmp_path: Path) -> None:
    with opened(tmp_path / "folder" / "log") as log:
        log.append({"n": 1})
        log.delete()
        with opened(tmp_path / "folder" / "log") as another:
            assert list(another.read(dict, "row")) == []


@pytest.mark.parametrize("durable", [True, False])
def test_a_durable_log_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool) -> None:
    """The file for its rows, and the folder for a new name; no kill shows whether that was done."""
    synced: list[str] = []
    monkeypatch.setattr("os.fsync", lambda fd: synced.append(os.readlink(f"/proc/self/fd/{fd}")))
    path, folder, beside = str(tmp_path / "log"), str(tmp_path), str(tmp_path / ".log.tmp")
    with opened(tmp_path / "log", durable=durable) as log:
        assert synced == [folder] * durable
        log.append({"n": 1})
        assert synced == [folder, path] * durable
        log.rewrite([{"n": 2}])
        assert synced == [folder, path, beside, folder] * durable
