"""Text that attacks: it runs nothing and ends within the deadline, in any thread and under asyncio."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from math_solver.answers import extract_answer, verify_answer
from math_solver.answers.reading.answer import read_answer
from math_solver.answers.values.operators import OPERATORS
from math_solver.answers.values.tree import Op

from .rewrites import WRAPPERS
from .test_rewrites import KINDS

DEADLINE = 0.5
SLACK = 20.0  # seconds that a busy machine may add; what runs away takes far longer
HEAVY = r"\prod_{k=1}^{10^9} k"  # no parser of ours; SymPy would never end
PIECES = tuple(
    r"\frac{ } { ( ) [ \sqrt ^ _ \pm , \begin{cases} \\ & = < 万 亿 分之 点 % \text{ $ \boxed{ | \{ : /0 ! \log "
    r"\infty ½ √ \in \cup ° ' ... \overline{ Matrix( Interval( 1e999 (mod0) A. 不是 答案 ** #### <answer> - 折 "
    r"16:30 C_5^2 Rational(1,0) 10^{ \sum_{ \lfloor ⌉ sin log \tan^{-1} gcd( Max( Abs binomial( ∛ \angle".split()
) + (" to ", " and ", "\n", "\0", "\ud800", "")
HUGE = {
    "tower": "9**9**9**9",
    "tower in latex": "9^{9^{9^{9}}}",
    "power": "10**10**8",
    "letters": "x" * 100_000,
    "digits": "1" * 100_000,
    "brackets": "(" * 100_000,
    "nested brackets": "(" * 5_000 + "1" + ")" * 5_000,
    "nested fractions": r"\frac{1}{" * 3_000 + "1" + "}" * 3_000,
    "mixed fractions": r"2\frac{" * 30 + "1" + "}{3}" * 30,
    "signs": "√" * 300,
    "commands": r"\sqrt" * 300 + "2",
    "letters of options": "A. (" * 400,
    "open boxes": r"\boxed{" * 20_000,
    "closed boxes": r"\boxed{" * 20_000 + "}" * 20_000,
    "dollars": "$a$ is " * 8_000,
    "tags": "<answer>" * 12_000,
    "denials": "it is not 1 " * 8_000,
    "systems": r"\begin{cases}" * 7_000,
    "numerals": "1万2千" * 20_000,
    "blanks": "mod" + " " * 100_000 + "(7",
    "cues": "the answer is " * 7_000,
    "stars": "**" * 50_000,
    "sum": "1+" * 50_000 + "1",
    "factorials": "5" + "!" * 100,
    "large factorial": "((100!)!)!",
    "large power": "(x+y+z+w)^{24}",
    "large multiple": "lcm(" + ",".join(f"{prime}^{{5999}}" for prime in range(3, 300, 2))[:1_400] + "1)",
    "many divisors": "gcd(" + ",".join(["9^{6000}"] * 140) + ")",
    "divisor of towers": r"\gcd(9^{9^{9}}, 3^{9^{9^{9}}})",
    "large binomial": r"\binom{10^9}{5\cdot 10^8}",
    "lines": "\n" * 100_000,
    "chinese": "是" * 100_000,
    "list": "1," * 50_000,
    "options": "(A) " * 20_000,
    "product": HEAVY,
    "integral": r"\int_0^\infty \frac{\sin(x^x)}{x^x+\ln(x)} dx",
}


@pytest.fixture(scope="module", autouse=True)
def started_prover() -> None:
    """Start the SymPy process first: its start is not part of the deadline."""
    assert verify_answer(r"\sin 2x", r"2\sin x\cos x", deadline=30).correct


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
@pytest.mark.parametrize("gold", ["5", r"\int_0^1 x\,dx"])
def test_huge_input_ends_within_the_deadline(gold: str, text: str) -> None:
    start = time.monotonic()
    assert not verify_answer(gold, text, question=text[:50_000], deadline=DEADLINE).correct
    verify_answer(text, gold, deadline=DEADLINE)
    assert time.monotonic() - start < 2 * (DEADLINE + SLACK)


@pytest.mark.parametrize(
    "wrapping",
    ["{}", "\\boxed{{}}", "The answer is {}", "${}$", "1+{}", "sqrt({})", "x={}", "{} dollars", "\\text{{}}", "f({})"],
)
@pytest.mark.parametrize(
    "code",
    [
        "__import__('os').system('touch CANARY')",
        "eval(\"open('CANARY','w')\")",
        "open('CANARY','w')",
        "().__class__.__base__.__subclasses__()",
        "exec(\"import os; os.mkdir('CANARY')\")",
        "Symbol('x').__init__.__globals__['os'].system('touch CANARY')",
    ],
)
def test_code_in_an_answer_is_not_run(tmp_path: Path, code: str, wrapping: str) -> None:
    canary = tmp_path / "canary"
    text = wrapping.replace("{}", code.replace("CANARY", str(canary)))
    for gold, predicted in (("5", text), (r"\int_0^1 x\,dx", text), (text, "5"), (r"x\sum_{k=1}^2 k", f"${text}$")):
        assert not verify_answer(gold, predicted, question=text).correct
    assert not canary.exists()


def test_the_deadline_holds_in_threads() -> None:
    outcomes = []

    def judge() -> None:
        start = time.monotonic()
        verdict = verify_answer(r"\frac{1}{2}", HEAVY, deadline=0.6)
        outcomes.append((verdict.outcome, time.monotonic() - start))

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome for outcome, _ in outcomes] == ["unverifiable"] * 2


def test_many_threads_agree_with_one() -> None:
    pairs = [(r"\sin 2x", r"2\sin x\cos x"), ("1/2", "0.5"), (r"\cos 2x", r"\sin 2x"), ("5", "6")] * 6
    expected = ["correct", "correct", "incorrect", "incorrect"] * 6
    with ThreadPoolExecutor(6) as pool:
        assert [v.outcome for v in pool.map(lambda pair: verify_answer(*pair, deadline=20), pairs)] == expected


def test_it_works_under_asyncio() -> None:
    async def judge() -> list[str]:
        verdicts = await asyncio.gather(
            asyncio.to_thread(verify_answer, r"\sin 2x", r"2\sin x\cos x", deadline=20),
            asyncio.to_thread(verify_answer, "5", HEAVY, deadline=0.5),
        )
        verdicts.append(verify_answer("1/2", "0.5"))  # on the loop itself
        return [verdict.outcome for verdict in verdicts]

    assert asyncio.run(judge()) == ["correct", "unverifiable", "correct"]


def broken_texts(seed: int) -> Iterator[tuple[str, str]]:
    """Answers, each with a text in which pieces of notation were put in and left out at random."""
    random = Random(seed)
    for _ in range(300):
        gold = random.choice(KINDS)
        broken = list(random.choice((gold, random.choice(KINDS), random.choice(WRAPPERS).replace("{}", gold))))
        for _ in range(random.randint(1, 6)):
            place = random.randrange(len(broken) + 1)
            broken[place : place + random.randint(0, 1)] = random.choice(PIECES)
        yield gold, "".join(broken) * random.choice((1, 1, 1, 9))


@pytest.mark.parametrize("seed", range(4))
def test_no_text_raises(seed: int) -> None:
    for gold, text in broken_texts(seed):
        extract_answer(text)
        verify_answer(gold, text, deadline=0.2)
        verify_answer(text, gold, question=text, deadline=0.2)


@pytest.mark.parametrize("seed", range(4, 10))
def test_trees_hold_only_operators_of_the_table(seed: int) -> None:
    for _, text in broken_texts(seed):
        for operation in operations(read_answer(text)):
            assert OPERATORS[operation.name].takes(len(operation.args)), text


def operations(node: object) -> Iterator[Op]:
    """All operations in a tree."""
    if isinstance(node, Op):
        yield node
    if dataclasses.is_dataclass(node):
        node = tuple(getattr(node, field.name) for field in dataclasses.fields(node))
    if isinstance(node, tuple):
        yield from itertools.chain.from_iterable(map(operations, node))


def test_it_works_after_a_fork() -> None:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(write_end, verify_answer(r"\sin 2x", r"2\sin x\cos x", deadline=30).outcome.encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write_end)
    answer = os.read(read_end, 100)
    os.close(read_end)
    assert os.waitpid(child, 0)[1] == 0
    assert answer == b"correct"
    assert verify_answer(r"\cos 2x", r"1-2\sin^2 x", deadline=20).correct
