"""Requests a second to a teacher that answers at once: what the way there costs, without ledger and with it.

    python benchmarks/synthesis.py --requests 3000

One process teaches, another asks, with 1, 64 and 512 requests in flight: through this project's transport alone, with
its ledger, budget and limiter around it, and through the official client. Ratios are to the last, in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path

IN_FLIGHT = (1, 64, 512)
ANSWER = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "message": {"role": "assistant", "content": "It is \\boxed{2}."}, "finish_reason": "stop"}
    ],
    "usage": {"prompt_tokens": 300, "completion_tokens": 8, "total_tokens": 308},
}
QUESTION = "What is 1 + 1? " * 100

Send = Callable[[int], Awaitable[object]]


class Instant(asyncio.Protocol):
    """Answers each request with the same bytes."""

    body = json.dumps(ANSWER).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.waiting = transport, b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head = self.waiting[:end].lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if len(self.waiting) < end + 4 + length:
                return
            self.waiting = self.waiting[end + 4 + length :]
            self.transport.write(self.answer)


def teach(told: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Instant, "127.0.0.1", 0, backlog=2048)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def rate(send: Send, requests: int, in_flight: int) -> float:
    """Requests a second."""
    numbers = iter(range(requests))

    async def work() -> None:
        for number in numbers:
            await send(number)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    return requests / (time.perf_counter() - began)


async def transport_alone(url: str, requests: int, in_flight: int) -> float:
    from math_solver.synthesis.limiter import Patience
    from math_solver.synthesis.teachers import Teacher
    from math_solver.synthesis.transport import Endpoint, session

    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": QUESTION}]}).encode()
    async with session() as connections:
        endpoint = Endpoint(Teacher(url), connections, 60, Patience())
        return await rate(lambda number: endpoint.send(body, 100), requests, in_flight)


async def with_ledger(url: str, requests: int, in_flight: int) -> float:
    from math_solver.synthesis.asking import Asker, Request
    from math_solver.synthesis.ledger import Ledger
    from math_solver.synthesis.limiter import Patience, Pool
    from math_solver.synthesis.spending import Account, Cap
    from math_solver.synthesis.teachers import Teacher
    from math_solver.synthesis.transport import Endpoint, session

    body = {"model": "m", "messages": [{"role": "user", "content": QUESTION}]}
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger") as ledger:
        async with session() as connections:
            pool = Pool([Endpoint(Teacher(url, concurrency=in_flight), connections, 60, Patience())])
            asker = Asker(ledger, Account(Cap(tokens=10**12)), pool, Patience())
            return await rate(lambda number: asker.ask(Request(body, 100, number, 0)), requests, in_flight)


async def official_client(url: str, requests: int, in_flight: int) -> float:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
        ask = client.chat.completions.create
        return await rate(
            lambda number: ask(model="m", messages=[{"role": "user", "content": QUESTION}]), requests, in_flight
        )


WAYS = {"official client": official_client, "transport alone": transport_alone, "with ledger": with_ledger}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=3000, help="for each figure; the first way gets a fifth")
    args = parser.parse_args()
    told, telling = multiprocessing.Pipe()
    teacher = multiprocessing.get_context("spawn").Process(target=teach, args=(telling,), daemon=True)
    teacher.start()
    url = f"http://127.0.0.1:{told.recv()}/v1"
    print(f"{'in flight':>10}" + "".join(f"{name:>26}" for name in WAYS))
    for in_flight in IN_FLIGHT:
        rates = [
            asyncio.run(way(url, args.requests // 5 if way is official_client else args.requests, in_flight))
            for way in WAYS.values()
        ]
        cells = [f"{found:8.0f}/s {found / rates[0]:8.1f} times" for found in rates]
        print(f"{in_flight:>10}" + "".join(f"{cell:>26}" for cell in cells))
    teacher.terminate()


if __name__ == "__main__":
    main()
