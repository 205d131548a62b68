"""When the machine has no descriptors left: told, survived, and over once there are some again."""

from __future__ import annotations

import errno
import logging
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from math_solver.interpreter import Interpreter, Limits, OutOfResources
from math_solver.interpreter.sandbox.folders import empty_folder
from math_solver.interpreter.sandbox.slots import BaseLost, Slot, Slots
from math_solver.interpreter.shortage import Shortage
from math_solver.interpreter.warm import WarmServer, _Line


@contextmanager
def descriptors(most: int) -> Iterator[None]:
    """This process may open so many more files, whatever it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = [os.open(os.devnull, os.O_RDONLY) for _ in range(most)]
    highest = free[-1] if free else next(fd for fd in range(soft) if not is_open(fd)) - 1
    for fd in free:
        os.close(fd)
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


# Of the light server and of the warm one, which have children of their own.
KINDS = ("{} * 7", "Integer({}) * 7")


def exhaust(interpreter: Interpreter, program: str, left: int, held: list[int]) -> OutOfResources:
    """Run programs until none can be, with so many descriptors left before each, and the error of that."""
    with pytest.raises(OutOfResources) as raised:
        for number in range(50):
            hold_all(held, left)
            assert interpreter.run(program.format(number)).value == str(number * 7)
    return raised.value


def hold_all(held: list[int], left: int) -> None:
    with suppress(OSError):
        while True:
            held.append(os.open(os.devnull, os.O_RDONLY))
    for _ in range(min(left, len(held))):
        os.close(held.pop())


def is_over(interpreter: Interpreter) -> bool:
    """Whether it soon has all its children again."""
    lines, until = interpreter._started()._lines, time.monotonic() + 20
    while any(line.ready.qsize() < interpreter.limits.ready for line in lines) and time.monotonic() < until:
        time.sleep(0.05)
    return interpreter.obstacle is None


# From none (a message without any) to one less than a child needs (some of them, which must not go to the next child).
@pytest.mark.parametrize("left", [0, 1, 3])
def test_out_of_descriptors_and_back(interpreter: Interpreter, left: int) -> None:
    before, held = len(os.listdir("/proc/self/fd")), list[int]()
    with descriptors(left):
        for program in KINDS:
            error = exhaust(interpreter, program, left, held)
            assert "Too many open files" in str(error) and "ulimit -n" in str(error)
            assert interpreter.obstacle is not None and interpreter.obstacle in str(error)
    for fd in held:
        os.close(fd)
    assert is_over(interpreter)
    for program in KINDS:
        assert [interpreter.run(program.format(n)).value for n in range(20)] == [str(n * 7) for n in range(20)]
    assert len(os.listdir("/proc/self/fd")) <= before + 4 * len(KINDS) * interpreter.limits.ready


class Unattended(WarmServer):
    """Two servers that are not there: what they would send is put in, what they are asked for is noted."""

    def __init__(self) -> None:
        self.asked: list[bool] = []
        super().__init__(Limits(spares=1))

    def _supervise(self) -> None:
        pass

    def _spawn(self, line: _Line) -> None:
        self.asked.append(line is self._light)

    def fail(self, *, light: bool) -> None:
        message = {"op": "failed", "id": 1, "error": "Too many open files", "errno": errno.EMFILE}
        self._handle(self._light if light else self._warm, message, [])

    def bear(self, *, light: bool, fds: int = 4) -> None:
        opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(fds)]
        message = {"op": "child", "id": 2, "scratch": "/scratch/1"}
        self._handle(self._light if light else self._warm, message, opened)


@pytest.mark.parametrize("light", [False, True])
def test_each_server_is_short_by_itself(light: bool) -> None:
    """A child of one does not end the shortage of the other, nor is it refused for that."""
    server = Unattended()
    for kind in (light, light, not light):
        server.fail(light=kind)
    server.bear(light=light, fds=2)  # on its way some were lost: the same as none
    server.bear(light=not light)
    assert sorted(server.asked) == [False, True]  # its own that was missing, and one of the other's three
    assert server.obstacle is not None and server.obstacle.startswith("Too many open files; ")
    with pytest.raises(OutOfResources, match="Too many open files"):
        server.take(0.0, light=light)
    waiting = [server._lines[not light].ready.get_nowait()]
    server.asked.clear()
    with server._lines[not light].called():  # nobody waits for the first, and so none is asked for
        server._ask_again()
        assert server.asked == []
    with server._lines[light].called():
        server.bear(light=light)
    assert server.obstacle is None
    assert server.asked == [light] * 2
    waiting.append(server._lines[light].ready.get_nowait())
    assert [child.light for child in waiting] == [not light, light]
    for child in waiting:
        for fd in (child._request, child._output, child._result, child._pidfd):
            os.close(fd)


def test_a_folder_lost_on_its_way_is_no_shortage_of_children() -> None:
    """Nothing would end it: no child is missing, and so none comes."""
    server = Unattended()
    server._handle(server._warm, {"op": "folder", "id": 1, "open": True}, [])
    assert server.obstacle is None


def test_sessions_end_before_programs_fail(interpreter: Interpreter) -> None:
    names = [f"short {number}" for number in range(6)]
    with descriptors(9):
        for name in names:
            assert interpreter.run(f"name = {name!r}\nname", session=name).value == repr(name)
    assert is_over(interpreter)
    lost = interpreter.run("name", session=names[0])
    assert lost.observation.startswith("SessionLost: the machine had nothing left for another program")
    assert interpreter.run("name", session=names[-1]).value == repr(names[-1])
    for name in names:
        interpreter.end_session(name)


def test_a_folder_is_not_empty_because_it_cannot_be_read(interpreter: Interpreter) -> None:
    with interpreter.folder("full", begin=True) as folder:
        assert folder is not None
        folder.write("a.txt", b"1")
        with descriptors(0), pytest.raises(OSError) as raised:
            folder.read("a.txt")
        assert raised.value.errno == errno.EMFILE
        assert folder.read("a.txt") == b"1"
    interpreter.end_session("full")


def test_slots_survive(tmp_path: Path) -> None:
    """Nothing is lost of a slot that cannot be cleaned or laid, and nobody gets one that is not clean."""
    slots = Slots(str(tmp_path), [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
    slot = slots.take()
    Path(slot.scratch, "left.txt").write_text("x")
    with descriptors(0):
        slots.give_back(slot)
        with pytest.raises(OSError):
            slots.take()
    again = slots.take()
    assert again is slot and os.listdir(again.scratch) == []


@pytest.mark.parametrize("replaced", [False, True])
@pytest.mark.parametrize("used", [False, True])
def test_a_slot_whose_folder_was_removed_gets_another(tmp_path: Path, used: bool, replaced: bool) -> None:
    """As what removes old files in ``/tmp`` does, before its child ends or while nobody has it."""
    slots = Slots(str(tmp_path), [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
    slot = slots.take()
    if not used:
        slots.give_back(slot)
    os.rmdir(slot.scratch)
    if replaced:
        Path(slot.scratch).touch()
    if used:
        slots.give_back(slot)
    again = slots.take()
    assert again is slot and os.listdir(again.scratch) == []


def test_what_vanishes_while_a_slot_is_cleaned_leaves_nothing_to_the_next_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As what the host removes meanwhile, which has the folder open: that folder is no other child's."""
    first = iter([True])

    def empty(folder: str) -> None:
        if next(first, False):
            raise FileNotFoundError
        empty_folder(folder)

    slots = Slots(str(tmp_path), [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
    slot = slots.take()
    os.close(slot.share())
    Path(slot.scratch, "left").touch()
    monkeypatch.setattr("math_solver.interpreter.sandbox.slots.empty_folder", empty)
    slots.give_back(slot)
    again = slots.take()
    assert again is slot and os.listdir(again.scratch) == []


def test_slots_whose_base_was_removed_are_no_shortage(tmp_path: Path) -> None:
    """The server ends, and another one gets a folder of its own."""
    slots = Slots(str(tmp_path / "base"), [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
    with pytest.raises(BaseLost):
        slots.take()


def test_a_slot_that_cannot_be_laid_leaves_room_for_the_others(tmp_path: Path) -> None:
    class Refusing(Slots):
        def _lay(self, slot: Slot) -> None:
            if slot in refused:
                raise PermissionError
            super()._lay(slot)

    refused: list[Slot] = []
    slots = Refusing(str(tmp_path), [], scratch_mb=1, jailed=False, landlocked=False, uid=None)
    first, last = slots.take(), slots.take()
    slots.give_back(first)
    slots.give_back(last)
    os.rmdir(last.scratch)
    refused.append(last)
    with pytest.raises(PermissionError):
        slots.take()
    assert slots.take() is first


def test_the_two_servers_share_no_slot(tmp_path: Path) -> None:
    """Neither its folder nor its user, however many each has."""
    both = [
        Slots(str(tmp_path), [], scratch_mb=1, jailed=False, landlocked=False, uid=None, first=first)
        for first in (0, 1)
    ]
    taken = [slots.take().scratch for slots in both for _ in range(600)]
    assert len(set(taken)) == 1200


def test_a_child_has_a_slot_of_its_server(interpreter: Interpreter) -> None:
    for light in (False, True, False, True):
        child = interpreter._started().take(light=light)
        child.kill()
        assert int(os.path.basename(child.folder)) % 2 == light


def test_a_shortage_is_told_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    shortage = Shortage(lambda: now[0])
    with caplog.at_level(logging.WARNING):
        for seconds in (0.0, 0.5, 30.0, 59.0):
            now[0] = seconds
            shortage.begin(errno.EMFILE, "Too many open files")
            shortage.end()
        now[0] = 61.0
        shortage.begin(errno.EMFILE, "Too many open files")
    said = [record.getMessage().split(":")[0] for record in caplog.records]
    assert said == ["no program can be run", "programs can be run again", "no program can be run"]
    assert shortage.reason is not None


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.EMFILE, "ulimit -n"),
        (errno.ENFILE, "fs.file-max"),
        # of fork: too many processes of the user, or of the container
        (errno.EAGAIN, "ulimit -u"),
        (errno.ENOMEM, "memory"),
        # of no known cause
        (errno.EPERM, "standard error"),
        (None, "standard error"),
    ],
)
def test_a_shortage_names_the_remedy(code: int | None, remedy: str) -> None:
    shortage = Shortage()
    shortage.begin(code, "what the machine said")
    assert shortage.reason is not None
    assert shortage.reason.startswith("what the machine said; ") and remedy in shortage.reason
    shortage.end()
    assert shortage.reason is None


@pytest.mark.slow
def test_many_sessions_within_few_descriptors() -> None:
    with Interpreter(Limits(timeout=20.0)) as interpreter:
        with descriptors(40):
            for number in range(60):
                assert interpreter.run(f"n = {number}\nn", session=f"s{number}").value == str(number)
        assert is_over(interpreter)
        assert interpreter.run("n", session="s59").value == "59"
