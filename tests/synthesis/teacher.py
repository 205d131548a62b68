"""A teacher for tests: it knows the answers, errs at times, and misbehaves in every way that endpoints do.

What it answers hangs on the request alone, so that two runs that ask the same get the same. As a process:

    python -m tests.synthesis.teacher PROBLEMS PORT [--faults SHARE] [--delay SECONDS]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from math_solver.records import Problem, read_records

from ..fake_endpoint import FakeEndpoint, Handler, Reply, completion, question

Fault = Callable[[Handler], None]


def fingerprint(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


# Faults that pass, and cost nothing.


def busy(handler: Handler) -> None:
    handler.send(429, b'{"error": {"message": "slow down"}}')


def busy_for_a_while(handler: Handler) -> None:
    handler.send(429, b"{}", {"Retry-After": "0.05"})


def busy_until_yesterday(handler: Handler) -> None:
    handler.send(429, b"{}", {"Retry-After": "Fri, 27 Nov 2020 14:00:00 GMT"})


def busy_for_ever(handler: Handler) -> None:
    handler.send(503, b"", {"Retry-After": "999999999999"})


# Faults that may have cost something.


def broken(handler: Handler) -> None:
    handler.send(500, b'{"error": "boom"}')


def gateway(handler: Handler) -> None:
    handler.send(502, b"<html><h1>Bad Gateway</h1></html>", {"Content-Type": "text/html"})


def page(handler: Handler) -> None:
    handler.send(200, b"<html>Welcome to our hotspot</html>", {"Content-Type": "text/html"})


def error_in_success(handler: Handler) -> None:
    handler.send(200, b'{"error": {"message": "upstream is gone", "code": 502}}')


def no_choices(handler: Handler) -> None:
    handler.send(200, json.dumps({**completion("x"), "choices": []}).encode())


def nothing_said(handler: Handler) -> None:
    body = completion("")
    body["choices"][0]["message"]["content"] = None
    handler.send(200, json.dumps(body).encode())


def half(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def silent(handler: Handler) -> None:
    """Nothing comes until the client hangs up."""
    wait_for_end(handler)


def drip(handler: Handler) -> None:
    """A byte every 0.1 s, without end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        handler.close_connection = True


def flood(handler: Handler) -> None:
    """Text as fast as it goes, without end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        handler.wfile.write(b'{"choices": [{"message": {"content": "')
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        handler.close_connection = True


def not_utf8(handler: Handler) -> None:
    handler.send(200, json.dumps(completion("caf!")).encode().replace(b"!", b"\xe9"))


def deep(handler: Handler) -> None:
    handler.send(200, b'{"choices": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


def long_code(handler: Handler) -> None:
    handler.send(200, json.dumps(completion("```python\n" + "x = 1\n" * 1_700_000 + "```")).encode())


def huge_number(handler: Handler) -> None:
    handler.send(200, b'{"choices": [' + b"9" * 5000 + b"]}")


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    handler.close_connection = True


def odd_message(handler: Handler) -> None:
    body = completion("x")
    body["choices"][0]["message"]["content"] = [{"type": "image"}]
    handler.send(200, json.dumps(body).encode())


def wait_for_end(handler: Handler) -> None:
    handler.connection.settimeout(60)
    try:
        handler.connection.recv(1)
    except OSError:
        pass
    handler.close_connection = True


PASSING: dict[str, Fault] = {
    fault.__name__: fault for fault in (busy, busy_for_a_while, busy_until_yesterday, busy_for_ever)
}
COSTLY: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        broken, gateway, page, error_in_success, no_choices, nothing_said, half, reset, silent, drip, flood, not_utf8,
        deep, long_code, huge_number, no_http, odd_message,
    )
}  # fmt: skip
FAULTS = {**PASSING, **COSTLY}


class Teacher:
    """Answers problems whose answers it knows, in two turns: a program, then what it printed, in a box.

    One request in ten is answered wrongly, and some first programs fail and are mended. ``faults`` is the share of
    requests that meet one of the faults: most of these once or twice, some each time.
    """

    def __init__(self, problems: list[Problem], faults: float = 0.0, delay: float = 0.0) -> None:
        self.answers = {problem.question: problem.answer or "" for problem in problems}
        self.faults, self.delay = faults, delay
        self.times: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()

    def __call__(self, body: dict[str, Any]) -> Reply:
        name = fingerprint(body)
        chance = random.Random(name)
        self.times[name] += 1
        time.sleep(chance.random() * self.delay)
        if chance.random() < self.faults:
            fault = chance.choice(list(FAULTS.values()))
            if self.times[name] <= chance.choice((1, 1, 2, 99)):
                return fault
        self.answered[name] += 1
        reply = self.answer(body, chance)
        usage = {"prompt_tokens": len(name) + chance.randrange(200), "completion_tokens": 20 + chance.randrange(60)}
        odd: list[Any] = [usage] * 9 + [None, {"prompt_tokens": -5, "completion_tokens": 10**30}, "many"]
        return {**reply, "usage": chance.choice(odd)}

    def answer(self, body: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
        """The next turn of a conversation."""
        messages = body["messages"]
        last, gold = messages[-1], self.answers[question(dict(body))]
        native = "tools" in body
        told = last["content"] if last["role"] == "tool" or "```output" in (last["content"] or "") else None
        if told is None:
            if chance.random() < 0.1:
                return called("I compute.", "print(undefined_name)", native)
            value = "12345678901" if chance.random() < 0.15 else gold
            how = chance.choice(("print({})", "x = {}\nprint(x)", "from sympy import *\nprint({})"))
            return called("I compute.", how.format(repr(value)), native)
        if "NameError" in told:
            return called("That name is unknown.", f"print({gold!r})", native)
        if chance.random() < 0.05:
            return {
                **completion("It is"),
                "choices": [{**completion("It is")["choices"][0], "finish_reason": "length"}],
            }
        printed = told.removeprefix("```output\n").removesuffix("\n```")
        return completion(f"The answer is \\boxed{{{printed}}}.")


def called(thought: str, code: str, native: bool) -> dict[str, Any]:
    if not native:
        return completion(f"{thought}\n```python\n{code}\n```")
    function = {"name": "python", "arguments": json.dumps({"code": code})}
    return completion(thought, tool_calls=[{"id": "a", "type": "function", "function": function}])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("problems", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--delay", type=float, default=0.0)
    args = parser.parse_args()
    teacher = Teacher(list(read_records(args.problems, Problem)), args.faults, args.delay)
    server = FakeEndpoint(teacher, args.port)
    print(server.url, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
