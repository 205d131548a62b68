"""Files of a session: what the host may see of a folder in which hostile programs write, and whose folder it is."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.interpreter import Folder, FolderFull, Interpreter, Limits, SessionsInUse, is_file_name
from math_solver.interpreter.sandbox.slots import Slots
from math_solver.interpreter.scratch import ScratchWatch

from .settings import SETTINGS
from .test_attacks import run_setting

MIB = 1 << 20


class Opened:
    """A folder of the host's with what only a broken sandbox would let a program put there."""

    def __init__(self, path: Path, watch: ScratchWatch | None = None) -> None:
        self.path = path
        self._fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        self.folder = Folder(self._fd, MIB, watch)

    def close(self) -> None:
        os.close(self._fd)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    (tmp_path / "outside").write_text("secret")
    (tmp_path / "folder").mkdir()
    with closing(Opened(tmp_path / "folder")) as opened:
        yield opened


def names(folder: Folder | None) -> list[str]:
    assert folder is not None
    return [file.name for file in folder.files()]


def test_files_come_and_go(opened: Opened) -> None:
    folder = opened.folder
    written = folder.write("data.csv", b"a,b\n")
    assert folder.files() == [written]
    assert (written.name, written.size, folder.read("data.csv")) == ("data.csv", 4, b"a,b\n")
    again = folder.write("data.csv", b"")
    assert again != written
    assert folder.read("data.csv") == b""
    (opened.path / "data.csv").write_bytes(b"")  # by a program: the same size, and another time
    assert folder.files()[0] != again
    assert (folder.remove("data.csv"), folder.remove("data.csv")) == (True, False)
    assert (folder.read("data.csv"), folder.files()) == (None, [])
    assert os.listdir(opened.path) == []


def test_only_plain_files_are_there(opened: Opened) -> None:
    path = opened.path
    (path / "plain").write_text("plain")
    (path / "link").symlink_to("../outside")
    (path / "inner link").symlink_to("plain")
    (path / "dangling").symlink_to("nothing")
    os.link(path.parent / "outside", path / "hard link")
    (path / "folder").mkdir()
    (path / "folder" / "deep").write_text("deep")
    os.mkfifo(path / "fifo")
    with open(path / "sparse", "wb") as sparse:
        sparse.truncate(1 << 40)
    (path / "two\nlines").write_text("x")
    (path / "\udcff").write_text("x")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path / "socket"))
        if os.geteuid() == 0:
            os.mknod(path / "device", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
            (path / "theirs").write_text("another user's")
            os.chown(path / "theirs", 12345, 12345)
        assert names(opened.folder) == ["plain"]
        for name in [*os.listdir(path), "../outside", "folder/deep", "/etc/passwd", ".", "..", "", "\0"]:
            assert opened.folder.read(name) == (b"plain" if name == "plain" else None), name
            assert name == "plain" or not opened.folder.remove(name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_nobody_may_read_is_not_there(opened: Opened) -> None:
    os.close(os.open(opened.path / "closed", os.O_CREAT | os.O_WRONLY, 0))
    assert names(opened.folder) == []


def test_writing_follows_nothing(opened: Opened) -> None:
    outside, folder = opened.path.parent / "outside", opened.folder
    (opened.path / "link").symlink_to(outside)
    os.link(outside, opened.path / "hard")
    for name in ("link", "hard"):
        folder.write(name, b"mine")
        assert folder.read(name) == b"mine"
    assert outside.read_text() == "secret"
    (opened.path / "taken").mkdir()
    with pytest.raises(IsADirectoryError):
        folder.write("taken", b"x")
    assert sorted(os.listdir(opened.path)) == ["hard", "link", "taken"]


def test_what_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    with closing(Opened(tmp_path, ScratchWatch(str(tmp_path), MIB))) as opened:
        opened.folder.write("first", bytes(MIB // 2))
        for data in (bytes(MIB + 1), bytes(MIB - 1)):
            with pytest.raises(FolderFull):
                opened.folder.write("second", data)
        assert names(opened.folder) == ["first"]
        assert os.listdir(tmp_path) == ["first"]


NAMES = [
    ("data.csv", True),
    ("数据 (1).csv", True),
    ("Bildschirmfoto 12:30\u202fPM.png", True),
    (".hidden", True),
    ("...", True),
    ("a\\b", True),
    ("x" * 255, True),
    # too long for a file system, in bytes
    ("x" * 256, False),
    ("é" * 128, False),
    # other folders
    ("", False),
    (".", False),
    ("..", False),
    ("../x", False),
    ("/etc/passwd", False),
    ("a/b", False),
    # what no line can hold
    ("a\0b", False),
    ("a\nb", False),
    ("a\x1b[2Jb", False),
    ("a\u2028b", False),
    ("a\ud800b", False),
    ("a\udcffb", False),
]


@pytest.mark.parametrize(("name", "fits"), NAMES, ids=[repr(name)[:20] for name, _ in NAMES])
def test_names(opened: Opened, name: str, fits: bool) -> None:
    assert is_file_name(name) == fits
    if fits:
        opened.folder.write(name, b"x")
        assert names(opened.folder) == [name]
    else:
        with pytest.raises(ValueError, match="no file can be named"):
            opened.folder.write(name, b"x")
        assert os.listdir(opened.path) == []


@given(st.text())
def test_a_name_is_one_line_that_can_be_written(name: str) -> None:
    if is_file_name(name):
        assert name.splitlines() == [name]
        assert os.path.basename(name) == name
        assert len(os.fsencode(name)) <= 255


def test_programs_find_what_the_host_wrote(interpreter: Interpreter) -> None:
    with interpreter.folder("files") as folder:
        assert folder is None
    with interpreter.folder("files", begin=True) as folder:
        assert folder is not None
        folder.write("data.csv", b"1,2\n3,4\n")
    assert "files" in interpreter.sessions
    code = (
        "open('data.csv', 'a').write('5,6')\nopen('out.txt', 'w').write('7')\n"
        "np.loadtxt('data.csv', delimiter=',').sum()"
    )
    assert interpreter.run(code, session="files").value == "np.float64(21.0)"
    with interpreter.folder("files") as folder:
        assert folder is not None
        assert (names(folder), folder.read("out.txt")) == (["data.csv", "out.txt"], b"7")
        folder.remove("data.csv")
    assert interpreter.run("open('data.csv')", session="files").status == "error"
    # nobody else's
    assert interpreter.run("import os; os.listdir()", session="others").value == "[]"
    assert interpreter.run("import os; os.listdir()").value == "[]"


def test_what_a_program_makes_of_its_folder(interpreter: Interpreter) -> None:
    code = (
        "import os\n"
        "for name in ('a\\nb', b'\\xff', 'x' * 255): open(name, 'w').close()\n"
        "os.symlink('/etc/passwd', 'link'); os.mkdir('folder'); os.mkdir('closed', 0)\n"
        "os.link('x' * 255, 'other'); open('sparse', 'w').truncate(16 << 20); os.close(os.open('kept', os.O_CREAT))"
    )
    assert interpreter.run(code, session="hostile").status == "ok"
    with interpreter.folder("hostile") as folder:
        assert folder is not None
        assert set(names(folder)) <= {"kept", "sparse"}
        assert folder.read("sparse") == bytes(16 << 20)
        with pytest.raises(FolderFull):
            for number in range(20):
                folder.write(f"part {number}", bytes(1 << 20) + b"x")
    assert interpreter.run("1 + 1", session="hostile").value == "2"


def test_a_folder_may_be_read_while_a_program_runs(interpreter: Interpreter) -> None:
    code = "import time\nopen('begun', 'w').close()\nwhile not __import__('os').path.exists('end'): time.sleep(0.01)"
    with interpreter.folder("busy", begin=True):
        pass
    running = threading.Thread(target=interpreter.run, args=(code, "busy"))
    running.start()
    while True:
        with interpreter.folder("busy") as folder:
            if names(folder) == ["begun"]:
                assert folder is not None
                folder.write("end", b"")
                break
    running.join()
    assert interpreter.run("1", session="busy").value == "1"


def test_a_loss_is_told_though_files_have_come_since(interpreter: Interpreter) -> None:
    interpreter.run("kept = 7", session="lost")
    child = interpreter._sessions._live["lost"].child
    assert child is not None
    child.cancel()
    assert child.dead(5.0)
    with interpreter.folder("lost", begin=True) as folder:
        assert names(folder) == []
        assert folder is not None
        folder.write("new", b"new")
    assert interpreter.run("kept", session="lost").observation.startswith("SessionLost: its process ended")
    assert interpreter.run("open('new').read()", session="lost").value == "'new'"


def test_no_session_is_ended_for_a_folder_while_it_is_used() -> None:
    with Interpreter(Limits(sessions=1)) as one, one.folder("first", begin=True):
        with pytest.raises(SessionsInUse, match="all 1 sessions"), one.folder("second", begin=True):
            pass
        with one.folder("second") as none:
            assert none is None


def test_a_folder_that_the_host_has_is_nobody_elses() -> None:
    """As without namespaces, where folders are used again."""
    with tempfile.TemporaryDirectory() as base:
        slots = Slots(base, [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
        slot = slots.take()
        fd = slot.share()
        host = Folder(fd, MIB)
        host.write("before", b"x")
        slots.give_back(slot)
        with pytest.raises(FileNotFoundError):
            host.write("after", b"x")
        again = slots.take()
        assert (again.scratch, os.listdir(again.scratch), again.shared) == (slot.scratch, [], False)
        Path(again.scratch, "theirs").write_text("theirs")
        assert host.files() == []
        os.close(fd)


@pytest.mark.parametrize("setting", SETTINGS)
def test_folders_in_every_setting(setting: str) -> None:
    """Written by the host, read by the program and the other way round, bounded, and gone with the session."""
    assert run_setting(setting, "folders") == {
        "program": "'from the host'",
        "host": "from the program",
        "names": ["in.txt", "out.txt"],
        "full": True,
        "after": [],
        "late": [],
        "others": "[]",
    }
