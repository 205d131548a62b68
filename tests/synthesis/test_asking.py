"""Requests through ledger, budget, limiter and a real endpoint: what is sent, how often, and what it counts as."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from math_solver.records import RecordError
from math_solver.synthesis.asking import Asker, GivenUp, Reply, Request
from math_solver.synthesis.ledger import Ledger
from math_solver.synthesis.limiter import Patience, Pool
from math_solver.synthesis.spending import HIDDEN, Account, BudgetSpent, Cap, Price, Spend, Tokens
from math_solver.synthesis.teachers import Teacher
from math_solver.synthesis.transport import Endpoint, session

from ..fake_endpoint import FakeEndpoint, Handler, completion, question, serving
from . import teacher as bad

HASTE = Patience(attempts=3, turned_away=5, first=0.01, longest=0.05, wish=1.0, outage=0.3, strikes=6)
PRICE = Price(Decimal(1), Decimal(2))
Scenario = Callable[[Asker], Coroutine[Any, Any, Any]]


def request(text: str = "x", sample: int = 0, max_tokens: int = 100) -> Request:
    body = {"model": "m", "messages": [{"role": "user", "content": text}], "max_tokens": max_tokens}
    return Request(body, max_tokens, sample, 0)


def run(
    scenario: Scenario,
    path: Path,
    *servers: FakeEndpoint,
    cap: Cap = Cap(),  # noqa: B008
    concurrency: int = 64,
    timeout: float = 20.0,
    patience: Patience = HASTE,
) -> Any:
    async def inside(ledger: Ledger) -> Any:
        async with session() as connections:
            teachers = [Teacher(server.url, PRICE, concurrency) for server in servers]
            pool = Pool([Endpoint(one, connections, timeout, patience) for one in teachers])
            account = Account(cap, ledger.totals.spent, ledger.totals.beyond)
            return await scenario(Asker(ledger, account, pool, patience))

    with Ledger(path / "ledger") as ledger:
        return asyncio.run(inside(ledger))


def test_what_was_answered_is_never_sent_again(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> Reply:
        return await asker.ask(request())

    with serving(lambda body: completion("It is 5.")) as server:
        first = run(scenario, tmp_path, server)
        second = run(scenario, tmp_path, server)
    assert first == second and first.completion.text == "It is 5."
    assert first.tokens == Tokens(7, 3) and first.cost == PRICE.of(Tokens(7, 3))
    assert server.asked.total() == 1


def test_other_samples_rounds_and_contents_are_other_requests(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> None:
        one = request()
        await asyncio.gather(
            *map(asker.ask, (one, request("y"), request(sample=1), Request(one.body, one.max_tokens, 0, 1)))
        )

    with serving(lambda body: completion("5")) as server:
        run(scenario, tmp_path, server)
        run(scenario, tmp_path, server)
    assert server.asked == {"x": 3, "y": 1}


def test_the_same_request_asked_for_at_once_is_sent_once(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> list[Reply]:
        return await asyncio.gather(*(asker.ask(request()) for _ in range(20)))

    with serving(lambda body: completion("5")) as server:
        assert len(set(map(id, run(scenario, tmp_path, server)))) == 20
    assert server.asked.total() == 1


def test_the_place_of_an_endpoint_is_no_part_of_a_request(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> Reply:
        return await asker.ask(request())

    with serving(lambda body: completion("5")) as one, serving(lambda body: completion("6")) as other:
        assert run(scenario, tmp_path, one) == run(scenario, tmp_path, other)
    assert other.asked.total() == 0


@pytest.mark.parametrize("name", bad.FAULTS)
def test_a_fault_that_passes_is_outlived(name: str, tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> tuple[Reply, Spend]:
        return await asker.ask(request()), asker.account.spent

    fault = bad.FAULTS[name]
    with serving(lambda body: completion("5") if server.asked["x"] > 1 else fault) as server:
        if name in ("long_code", "flood"):  # it was paid for, and would be as long again
            with pytest.raises(GivenUp, match="too long"):
                run(scenario, tmp_path, server, timeout=2)
            return
        reply, spent = run(scenario, tmp_path, server, timeout=0.5)
    assert reply.completion.text == "5" and server.asked["x"] == 2
    assert reply.cost == spent
    own, worst = PRICE.of(Tokens(7, 3)), PRICE.of(Tokens(len(request().encoded) + HIDDEN, 100))
    usual = own + (own if name in ("no_choices", "nothing_said", "odd_message") else worst)  # these report their usage
    assert spent == (own if name in bad.PASSING else usual)


@pytest.mark.parametrize("name", bad.FAULTS)
def test_a_fault_that_stays_costs_that_request_only(name: str, tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> tuple[str, list[str], int]:
        others = [asyncio.create_task(asker.ask(request(str(n)))) for n in range(8)]
        with pytest.raises(GivenUp) as raised:
            await asker.ask(request())
        return raised.value.reason, [(await task).completion.text for task in others], asker.failures.total()

    fault = bad.FAULTS[name]
    with serving(lambda body: fault if question(body) == "x" else completion(question(body))) as server:
        reason, others, failures = run(scenario, tmp_path, server, timeout=1.0)
        assert others == [str(n) for n in range(8)]
        times = 1 if name in ("long_code", "flood") else 5 if name in bad.PASSING else 3
        assert server.asked["x"] == failures == times
        again, _, failures = run(scenario, tmp_path, server, timeout=1.0)
    assert again == reason and failures == 0  # it is known, and not asked again


def test_a_wish_is_granted(tmp_path: Path) -> None:
    came: list[float] = []

    def answer(body: dict[str, Any]) -> Any:
        came.append(time.monotonic())
        wait = "0.4" if len(came) == 1 else None
        return (lambda handler: handler.send(429, b"", {"Retry-After": wait})) if wait else completion("5")

    async def scenario(asker: Asker) -> None:
        first = asyncio.create_task(asker.ask(request()))
        await asyncio.sleep(0.1)
        await asyncio.gather(first, asker.ask(request("y")))  # the endpoint meant everybody

    with serving(answer) as server:
        run(scenario, tmp_path, server)
    assert len(came) == 3 and min(came[1:]) - came[0] >= 0.4


def test_hundreds_are_in_flight_at_once(tmp_path: Path) -> None:
    full = threading.Event()

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if server.in_flight >= 300:
            full.set()
        if server.asked.total() > 200:  # the limit has grown until then
            assert full.wait(240), "no more requests came while these waited"
        return completion("5")

    async def scenario(asker: Asker) -> None:
        for endpoint in asker.pool.endpoints:
            endpoint.limiter.limit = 300.0
        await asyncio.gather(*(asker.ask(request(str(n))) for n in range(700)))

    with serving(answer) as server:
        run(scenario, tmp_path, server, concurrency=300)
    assert server.most_in_flight == 300


def test_an_overloaded_endpoint_gets_fewer_at_a_time(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> Any:
        if server.in_flight > 10:
            return bad.busy
        time.sleep(0.02)
        return completion("5")

    async def scenario(asker: Asker) -> int:
        await asyncio.gather(*(asker.ask(request(str(n))) for n in range(400)))
        return asker.failures.total()

    patient = Patience(turned_away=100, first=0.01, longest=0.05)
    with serving(answer) as server:
        turned_away = run(scenario, tmp_path, server, concurrency=256, patience=patient)
    assert turned_away < 400  # each of them would be, at 256 at a time, over and over


def test_a_slow_endpoint_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    gate = threading.Event()

    def slow(body: dict[str, Any]) -> dict[str, Any]:
        gate.wait(240)
        return completion("slow")

    async def scenario(asker: Asker) -> int:
        asked = [asyncio.create_task(asker.ask(request(str(n)))) for n in range(200)]
        while sum(task.done() for task in asked) < 200 - 4:
            await asyncio.sleep(0.01)
        quick = sum(task.done() for task in asked)
        gate.set()
        await asyncio.gather(*asked)
        return quick

    with serving(slow) as one, serving(lambda body: completion("5")) as other:
        assert run(scenario, tmp_path, one, other, concurrency=4, timeout=240) == 196
    assert one.asked.total() == 4


def test_a_dead_endpoint_beside_a_living_one(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> None:
        await asker.ask(request())  # the living one has shown that it lives
        await asyncio.gather(*(asker.ask(request(str(n))) for n in range(50)))

    dead = FakeEndpoint(lambda body: completion("x"))
    dead.server_close()
    with serving(lambda body: completion("5")) as server:

        async def order(asker: Asker) -> None:
            asker.pool.endpoints[1].limiter.rest(asyncio.get_running_loop().time() + 0.2)
            await scenario(asker)

        run(order, tmp_path, server, dead)
    assert server.asked.total() == 51


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (lambda handler: handler.send(401, b"{}"), "refuses the key"),
        (lambda handler: handler.send(402, b"{}"), "wants to be paid"),
        # a field that this endpoint does not know, in every request
        (lambda handler: handler.send(400, b'{"error": {"message": "unknown"}}'), "nothing is answered .*400"),
        (bad.broken, "nothing is answered any more .*500"),
        (bad.busy, "nothing is answered any more .*429"),
    ],
)  # fmt: skip
def test_an_endpoint_that_answers_nothing_ends_the_run_and_no_request_is_given_up(
    fault: Callable[[Handler], None], complaint: str, tmp_path: Path
) -> None:
    async def scenario(asker: Asker) -> None:
        asked = (asker.ask(request(str(n))) for n in range(40))
        ends = await asyncio.gather(*asked, return_exceptions=True)  # some may be given up before it is clear
        failures = [end for end in ends if isinstance(end, BaseException)]
        if failures:
            raise min(failures, key=lambda failure: not isinstance(failure, RecordError))

    with serving(lambda body: fault) as server:
        with pytest.raises(RecordError, match=complaint) as raised:
            run(scenario, tmp_path, server)
        assert "\n" not in str(raised.value)
        server.answer = lambda body: completion("5")
        run(scenario, tmp_path, server)


def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> None:
        await asker.ask(request())

    dead = FakeEndpoint(lambda body: completion("x"))
    dead.server_close()
    with pytest.raises(RecordError, match="cannot be reached"):
        run(scenario, tmp_path, dead)


def test_the_budget_ends_before_it_is_overshot(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> tuple[int, Spend]:
        found = await asyncio.gather(*(asker.ask(request(str(n))) for n in range(100)), return_exceptions=True)
        assert all(isinstance(one, Reply | BudgetSpent) for one in found)
        return sum(isinstance(one, Reply) for one in found), asker.account.spent

    cap = Cap(tokens=1600)
    with serving(lambda body: completion("5")) as server:
        answered, spent = run(scenario, tmp_path, server, cap=cap)
        assert 0 < answered < 100 and answered == server.asked.total()  # each came to 10 tokens
        assert spent.tokens == 10 * answered <= 1600
        again, spent = run(scenario, tmp_path, server, cap=Cap(tokens=spent.tokens))
        assert again == answered == server.asked.total()
        more, spent = run(scenario, tmp_path, server, cap=Cap(tokens=10_000))
    assert more == 100 and spent.tokens == 1000


def test_usage_that_cannot_be_true_does_not_end_a_solution(tmp_path: Path) -> None:
    async def scenario(asker: Asker) -> Reply:
        return await asker.ask(request())

    absurd = {"prompt_tokens": 5, "completion_tokens": 10**30}
    with serving(lambda body: {**completion("12345678"), "usage": absurd}) as server:
        reply = run(scenario, tmp_path, server)
    assert reply.tokens.completion == 2
    assert reply.cost == PRICE.of(Tokens(len(request().encoded) + HIDDEN, 100))
