"""What the server adds to generation: per round, under load, and to the event loop. One run, one table.

    python benchmarks/server.py --solves 192

A scripted engine in a server process of its own yields a token to each stream every 40 ms, as a batching engine
does, so that solves with code and plain requests do equal generation work. Other load on the machine moves all
figures; the ratio least.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from math_solver.commands.api_process import free_port
from math_solver.protocol import render_call

TOOLS = [{"type": "code_interpreter"}]
ROUNDS = 4
TOKENS = 120
CLIENTS = 64
SETTLING = 6.0  # seconds for which a fresh interpreter, idle, makes its forks cheaper; a model loads longer


def call(number: int) -> str:
    return render_call("I calculate the sum and look at it. " * 3, f"total = {number} + 34\nprint(total)")


class ChatModel:
    """In the place of LLaMA-Factory's: the first word of the question says what it writes.

    ``rounds``: calls without any pause, then a conclusion. ``same``: their text in one turn. ``code``: a call and a
    conclusion of ``TOKENS`` tokens together. Everything else: as many tokens of text.
    """

    def __init__(self, pace: float) -> None:
        from llamafactory.data.template import TEMPLATES, Template

        class Unencoded(Template):
            def encode_oneturn(self, *args: Any, **kwargs: Any) -> tuple[list[int], list[int]]:
                return [], []

        class Engine:
            name, can_generate, generating_args = "scripted", True, {"max_new_tokens": 4096}
            template = Unencoded(**vars(TEMPLATES["qwen"]))

            class tokenizer:
                @staticmethod
                def encode(text: str, add_special_tokens: bool = True) -> list[int]:
                    return [0] * (len(text) // 4)

        self.engine, self._pace, self._number = Engine, pace, 0

    async def astream_chat(self, messages: list[dict[str, str]], **kwargs: Any) -> AsyncGenerator[str, None]:
        kind, turns = messages[0]["content"].split()[0], len(messages) // 2
        self._number += 1
        text = call(self._number)
        if kind in ("rounds", "same"):
            end = "The result is \\boxed{35}."
            whole = text * ROUNDS + end if kind == "same" else text if turns < ROUNDS else end
            for piece in tokens(whole):
                yield piece
                await asyncio.sleep(0)
            return
        first = tokens(text)
        pieces = first if kind == "code" and not turns else ["word "] * (TOKENS - len(first) * (kind == "code"))
        for piece in pieces:
            await asyncio.sleep(self._pace)
            yield piece


def tokens(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]


def serve(port: int, pace: float) -> None:
    """The real application on the scripted model, with a watch over its event loop at ``/stall``."""
    import uvicorn

    from math_solver.interpreter import Interpreter
    from math_solver.server.address import Address
    from math_solver.server.application import build_app
    from math_solver.server.models.loading import model_on
    from math_solver.server.settings import Settings

    settings = Settings(rounds=ROUNDS, max_sessions=2 * CLIENTS, requests_per_minute=0)
    with Interpreter(settings.limits) as interpreter:
        app = build_app(model_on(ChatModel(pace)), settings, interpreter, Address("127.0.0.1", port, None))
        stalls: list[float] = []

        @app.get("/stall")
        async def get_stall() -> list[float]:
            worst, stalls[:] = sorted(stalls, reverse=True)[:5], []
            return worst

        inner = app.router.lifespan_context

        @asynccontextmanager
        async def lifespan(app: Any) -> Any:
            beat = asyncio.ensure_future(heartbeat(stalls))
            async with inner(app) as state:
                yield state
            beat.cancel()

        app.router.lifespan_context = lifespan
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_keep_alive=600)


async def heartbeat(stalls: list[float]) -> None:
    """How much later than asked each sleep of a millisecond ended, in ms."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        stalls.append((time.perf_counter() - start) * 1000 - 1)
        del stalls[:-100_000]


@contextmanager
def serving(pace: float) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([sys.executable, __file__, "--serve", str(port), "--pace", str(pace)])
    try:
        url = f"http://127.0.0.1:{port}"
        while process.poll() is None:
            try:
                httpx.get(f"{url}/health")
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()


async def ask(client: httpx.AsyncClient, kind: str, number: int) -> None:
    """One streamed request, read to its end."""
    body: dict[str, Any] = {
        "model": "m",
        "messages": [{"role": "user", "content": f"{kind} {number}"}],
        "stream": True,
    }
    if kind == "code":
        body["tools"] = TOOLS
    async with client.stream("POST", "/v1/chat/completions", json=body) as response:
        text = b"".join([piece async for piece in response.aiter_raw()])
    assert response.status_code == 200 and b'"finish_reason": "stop"' in text, text[-500:]
    assert kind != "code" or b'"status": "ok"' in text, text[-2000:]


async def load(client: httpx.AsyncClient, kind: str, solves: int) -> float:
    """Requests a second of 64 clients that ask one after another."""
    numbers = iter(range(solves))

    async def one_client(place: int) -> None:
        await asyncio.sleep(place * 0.05)  # people do not ask at the same moment
        for number in numbers:
            await ask(client, kind, number)

    start = time.perf_counter()
    await asyncio.gather(*(one_client(place) for place in range(CLIENTS)))
    return solves / (time.perf_counter() - start)


async def per_round(client: httpx.AsyncClient, kind: str) -> float:
    """Milliseconds of a request beyond its programs' own, over its rounds; generation costs nothing."""
    body: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": kind}], "stream": True}
    if kind == "rounds":
        body["tools"] = TOOLS
    start, ms = time.perf_counter(), 0.0
    async with client.stream("POST", "/v1/chat/completions", json=body) as response:
        async for line in response.aiter_lines():
            if '"executions"' in line:
                delta = json.loads(line[6:])["choices"][0]["delta"]
                ms += sum(step["ms"] for step in delta["code_interpreter"]["executions"])
    return ((time.perf_counter() - start) * 1000 - ms) / ROUNDS


async def measure(url: str, solves: int) -> None:
    limits = httpx.Limits(max_connections=CLIENTS)
    async with httpx.AsyncClient(base_url=url, timeout=600, limits=limits) as client:
        await asyncio.sleep(SETTLING)
        each: dict[str, list[float]] = {"rounds": [], "same": []}
        for _ in range(80):
            for kind, found in each.items():
                found.append(await per_round(client, kind))
        await client.get("/stall")
        idle = []
        for _ in range(3):
            await asyncio.sleep(0.5)
            idle += (await client.get("/stall")).json()
        rates: dict[str, list[float]] = {"plain": [], "code": []}
        stalls: dict[str, float] = {}
        for _ in range(2):
            for kind, found in rates.items():
                found.append(await load(client, kind, solves))
                stalls[kind] = max(stalls.get(kind, 0.0), (await client.get("/stall")).json()[0])
    medians = {kind: statistics.median(found) for kind, found in each.items()}
    ratio = sum(rates["code"]) / sum(rates["plain"])
    rows = [
        ("a round over HTTP, median", f"{medians['rounds']:.2f} ms", ""),
        ("its text alone over HTTP, median", f"{medians['same']:.2f} ms", ""),
        ("added to a round", f"{medians['rounds'] - medians['same']:.2f} ms", "< 3"),
        (f"{CLIENTS} clients, plain", f"{statistics.mean(rates['plain']):.2f} /s", ""),
        (f"{CLIENTS} clients, with code", f"{statistics.mean(rates['code']):.2f} /s", ""),
        ("with code : plain", f"{ratio:.3f}", ">= 0.9"),
        ("longest stall, nothing to do", f"{max(idle):.1f} ms", ""),
        ("longest stall, plain", f"{stalls['plain']:.1f} ms", ""),
        ("longest stall, with code", f"{stalls['code']:.1f} ms", "< 20"),
    ]
    for name, value, goal in rows:
        print(f"{name:34}{value:>12}  {goal}")


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--solves", type=int, default=192, help="requests of each kind, twice")
    parser.add_argument("--pace", type=float, default=0.04, help="seconds between the tokens of a stream")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    if args.serve:
        serve(args.serve, args.pace)
        return
    with serving(args.pace) as url:
        asyncio.run(measure(url, args.solves))


if __name__ == "__main__":
    main()
