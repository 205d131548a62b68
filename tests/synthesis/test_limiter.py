"""The limit of an endpoint as answers and failures come, and places at several endpoints."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from math_solver.synthesis.limiter import FIRST, Limiter, Patience, Place, Pool


def limiter(most: int = 512) -> Limiter:
    return Limiter(most, Patience())


def fill(one: Limiter) -> None:
    one.in_flight = int(one.limit)


def test_the_limit_grows_to_the_most_while_all_of_it_is_used() -> None:
    one = limiter()
    assert one.limit == FIRST
    for _ in range(600):
        fill(one)
        one.answered()
    assert one.limit == 512


def test_it_does_not_grow_without_use() -> None:
    one = limiter()
    one.in_flight = 3
    for _ in range(100):
        one.answered()
    assert one.limit == FIRST


def test_a_burst_of_failures_counts_once() -> None:
    one = limiter()
    one.limit = 400.0
    for _ in range(400):  # all were sent before the first of them failed
        one.failed(sent=10.0, now=11.0, keep=0.5)
    assert one.limit == 200 and one.strikes == 1
    one.failed(sent=11.5, now=12.0, keep=0.5)
    assert one.limit == 100 and one.strikes == 2


def test_it_never_falls_below_one_and_comes_back() -> None:
    one = limiter()
    for now in range(100):
        one.failed(sent=now, now=now + 0.5, keep=0.5)
    assert one.limit == 1
    answers = 0
    while one.limit < 512:
        fill(one)
        one.answered()
        answers += 1
    assert answers < 20 * 512


def test_failures_in_a_row_make_longer_and_longer_pauses() -> None:
    one, pauses, now = limiter(), [], 0.0
    for _ in range(9):
        one.failed(sent=now + 1, now=now + 2, keep=1.0)
        now += 2
        pauses.append((one.resumes(now) or now) - now)
        now = one.resumes(now) or now
    assert pauses == [0, 0.5, 1, 2, 4, 8, 10, 10, 10]
    one.answered()
    one.failed(sent=now + 1, now=now + 2, keep=1.0)
    assert one.resumes(now + 2) is None


def test_one_in_a_hundred_lost_leaves_many_in_flight() -> None:
    one, mean = limiter(), 0.0
    for round_trip in range(1, 401):
        number = int(one.limit)
        for index in range(number):
            one.in_flight = number
            if (round_trip * 7919 + index * 104729) % 100 == 0:
                one.failed(sent=round_trip, now=round_trip + 1, keep=0.9)
            else:
                one.answered()
        mean += number / 400
    assert mean > 80


@dataclass
class Limited:
    limiter: Limiter


def test_places_go_to_the_endpoint_with_most_of_them_free_and_in_order() -> None:
    async def scenario() -> None:
        small, large = Limited(Limiter(1, Patience())), Limited(Limiter(3, Patience()))
        pool = Pool([small, large])
        taken = [await pool.take() for _ in range(4)]
        assert sorted(place.endpoint is large for place in taken) == [False, True, True, True]
        assert (pool.in_flight, pool.limit) == (4, 4)
        order: list[str] = []

        async def wait(name: str) -> Place[Limited]:
            place = await pool.take()
            order.append(name)
            return place

        waiting = [asyncio.create_task(wait(name)) for name in "abc"]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.sleep(0)
        for place in taken[:2]:
            pool.give_back(place)
        await asyncio.gather(waiting[0], waiting[2])
        assert order == ["a", "c"]
        assert pool.in_flight == 4

    asyncio.run(scenario())


def test_a_resting_endpoint_is_left_out_until_its_time_comes() -> None:
    async def scenario() -> None:
        one, other = Limited(limiter()), Limited(limiter())
        pool, loop = Pool([one, other]), asyncio.get_running_loop()
        one.limiter.rest(loop.time() + 0.1)
        taken = [await pool.take() for _ in range(int(FIRST))]
        assert all(place.endpoint is other for place in taken)
        place = await asyncio.wait_for(pool.take(), 5)
        assert place.endpoint is one

    asyncio.run(scenario())


def test_a_place_that_came_too_late_is_given_back() -> None:
    async def scenario() -> None:
        pool = Pool([Limited(Limiter(1, Patience()))])
        place = await pool.take()
        late = asyncio.create_task(pool.take())
        await asyncio.sleep(0)
        pool.give_back(place)
        late.cancel()
        await asyncio.gather(late, return_exceptions=True)
        assert pool.in_flight == 0
        await asyncio.wait_for(pool.take(), 5)

    asyncio.run(scenario())
