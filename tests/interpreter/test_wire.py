"""Messages between the host, the servers and the children."""

from __future__ import annotations

import json
from typing import Any

import pytest

from math_solver.interpreter.sandbox.wire import HEADER, WireError, dump, load, pack, parse

MESSAGES: list[dict[str, Any]] = [
    {},
    {"id": 1, "status": "ok", "value": None, "error": None, "pictures": []},
    {"id": -(2**70), "code": "print('\\u4e2d \\ud800 \U0001f600')\n\t\x00\x7f\u2028", "suited": ["a", "b"]},
    {"deep": [{"a": [True, False, 1.5, [[]]]}]},
    {"quote": '"\\/</script>'},
]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_is_the_json_of_the_library(message: dict[str, Any]) -> None:
    body = dump(message)
    assert body == json.dumps(message).encode("ascii")
    assert load(body) == parse(body) == message
    assert pack(message) == len(body).to_bytes(HEADER, "big") + body


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"{} x", b"\xff", b"[" * 100_000, b"1"])
def test_a_stranger_can_send_no_more_than_an_object(body: bytes) -> None:
    with pytest.raises(WireError):
        parse(body)
