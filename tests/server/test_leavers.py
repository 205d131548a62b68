"""Many clients that leave at random moments: in generation, in a program, before the headers, after the end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import threading
import time
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from llamafactory.chat.base_engine import Response

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.settings import Settings

from .conftest import LOOPBACK, ScriptedModel, Served
from .test_disconnect import active, eventually, listening

psutil: Any = pytest.importorskip("psutil")
PROGRAMS = ["print(1)", "import time\ntime.sleep(0.03)", "while True: pass", "x = [0] * 10**6\nlen(x)", "1/0"]
POOLS = ("interpreter-call", "asyncio_", "AnyIO")  # threads that wait for the next call, bounded in number
CLIENTS = 16


class Talker(ScriptedModel):
    """A model that calls a program or concludes, at random, a few characters at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.rng = random.Random(0)

    async def astream_chat(self, *args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        text = self.rng.choice([render_call("Now.", self.rng.choice(PROGRAMS)), "The end is \\boxed{1}."])
        for at in range(0, len(text), 9):
            await asyncio.sleep(0.001)
            yield text[at : at + 9]

    async def achat(self, *args: Any, **kwargs: Any) -> list[Response]:
        text = "".join([piece async for piece in self.astream_chat()])
        return [Response(text, 9, 9, "stop")]


async def crowd(url: str, count: int, rng: random.Random) -> int:
    """So many requests by a few clients, each given up after a random while; the number of answers."""
    moments = iter([rng.choice([0.002, 0.02, 0.1, 0.3, 1.0]) * rng.random() for _ in range(count)])
    answered = 0

    async def one_client(client: httpx.AsyncClient) -> None:
        nonlocal answered
        for moment in moments:
            body = {"messages": [{"role": "user", "content": "hi"}], "tools": [{"type": "code_interpreter"}]}
            body |= {"model": "m", "stream": rng.random() < 0.7}
            body |= rng.choice([{}, {}, {"n": 3}, {"votes": 3, "check": True}])
            try:
                async with asyncio.timeout(moment):
                    response = await client.post(f"{url}/v1/chat/completions", json=body)
                    answered += response.status_code == 200
            except TimeoutError:
                pass

    async with httpx.AsyncClient(timeout=60) as client:
        await asyncio.gather(*(one_client(client) for _ in range(CLIENTS)))
    return answered


def belongings(process: Any) -> dict[str, set[str]]:
    """What this process holds now, each thing by what tells it apart from the next."""
    descriptors, processes = set(), set()
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):  # the one that lists them
            descriptors.add(f"{number}: {os.readlink(f'/proc/self/fd/{number}')}")
    for child in process.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            processes.add(f"{child.pid} of {child.ppid()}")
    threads = {thread for thread in threading.enumerate() if not thread.name.startswith(POOLS)}
    return {
        "processes": processes,
        "descriptors": descriptors,
        "threads": {f"{thread.ident}: {thread.name}" for thread in threads},
    }


def left_over(before: dict[str, set[str]], now: dict[str, set[str]]) -> dict[str, set[str]]:
    """Of each kind that has grown, what was not there before."""
    return {kind: now[kind] - before[kind] for kind in now if len(now[kind]) > len(before[kind])}


def at_rest(process: Any) -> bool:
    """Whether every child sleeps, at 20 looks in a row: warm servers of this and other tests do work when idle."""
    asleep = {psutil.STATUS_SLEEPING, psutil.STATUS_IDLE, psutil.STATUS_STOPPED}
    for _ in range(20):
        try:
            if any(child.status() not in asleep for child in process.children(recursive=True)):
                return False
        except psutil.NoSuchProcess:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_clients_that_leave_take_everything_with_them(count: int) -> None:
    settings = Settings(rounds=3, timeout=2.0, requests_per_minute=0)
    process = psutil.Process()
    with Interpreter(settings.limits) as interpreter:
        served = Served.of(Talker(), interpreter, settings, LOOPBACK)
        with listening(served) as url:
            asyncio.run(crowd(url, 20, random.Random(1)))
            assert eventually(lambda: active(url) == 0 and not interpreter.sessions, 60)
            # Counted when nothing is on its way: a spare child that comes late would later seem left over.
            assert eventually(lambda: at_rest(process), 120)
            children = {child.pid for child in process.children()}
            before = belongings(process)
            answered = asyncio.run(crowd(url, count, random.Random(2)))
            assert 0 < answered < count
            assert eventually(lambda: active(url) == 0 and not interpreter.sessions, 60)
            eventually(lambda: at_rest(process) and not left_over(before, belongings(process)), 120)
            assert left_over(before, belongings(process)) == {}
            assert {child.pid for child in process.children()} == children
