"""Replies that no client expects: what each sends in the place of a completion, streamed or whole."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from typing import Any

from .fake_endpoint import Handler, completion
from .streamed import chunk, says

Poison = Callable[[Handler], None]


def body(**choice: Any) -> bytes:
    """A completion whose only choice says something else."""
    whole = completion("x")
    return json.dumps({**whole, "choices": [{**whole["choices"][0], **choice}]}).encode()


def message(**fields: Any) -> bytes:
    return body(message={"role": "assistant", "content": "x", **fields})


def nested(depth: int) -> Any:
    """Lists in each other, under a name."""
    return {"a": json.loads("[" * depth + "]" * depth)}


def whole(data: bytes, status: int = 200, **headers: str) -> Poison:
    given = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(status, data, given)


def events(*data: bytes) -> Poison:
    return whole(b"".join(b"data: " + one + b"\n\n" for one in data), Content_Type="text/event-stream")


def delta(**fields: Any) -> Poison:
    return events(json.dumps(chunk({"content": "x", **fields})).encode())


def chunked(handler: Handler, *pieces: bytes, end: bool = True) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    if end:
        handler.wfile.write(b"0\r\n\r\n")
    handler.close_connection = True


def cut(handler: Handler) -> None:
    chunked(handler, b'{"choices": [', end=False)


def garbled(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """A space now and then, without end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def drip_events(handler: Handler) -> None:
    """A comment now and then, as gateways send them to keep a connection open."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b": wait\n\n")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def flood(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    try:
        handler.wfile.write(b'{"choices": [{"message": {"content": "')
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        handler.close_connection = True


def endless(handler: Handler, text: str = "so ") -> None:
    """A stream whose model never stops."""
    one = f"data: {json.dumps(chunk({'content': text * 100}))}\n\n".encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(one)
    except OSError:
        handler.close_connection = True


def long_line(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    try:
        handler.wfile.write(b"data: ")
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        handler.close_connection = True


def long_head(handler: Handler) -> None:
    handler.send(200, body(), {"X-Long": "x" * 1_000_000})
    handler.close_connection = True


CALL = {"id": "a", "type": "function", "function": {"name": "python", "arguments": "{}"}}
# What is no answer of a model's, by what it is called in the error that is told: nothing of it is asked for again.
SPOILT: dict[str, tuple[Poison, str]] = {
    "not utf-8": (whole(message().replace(b'"x"', b'"caf\xe9"')), "not UTF-8"),
    "half a character": (whole(message()[:-3] + "中".encode()[:2]), "not UTF-8"),
    "utf-16": (whole(message().decode().encode("utf-16")), "not UTF-8"),
    "not JSON": (whole(b"{broken"), "not JSON"),
    "deep": (whole(b'{"choices": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "not JSON"),
    "digits": (whole(b'{"choices": [' + b"9" * 5000 + b"]}"), "not JSON"),
    "nothing": (whole(b""), "not JSON"),
    "status 204": (whole(b"", 204), "not JSON"),
    "no choice": (whole(b'{"choices": []}'), "no choices"),
    "choice null": (whole(b'{"choices": [null]}'), "no choices"),
    "choices by name": (whole(b'{"choices": {}}'), "no choices"),
    "message null": (whole(body(message=None)), "no message"),
    "message text": (whole(body(message="x")), "no message"),
    "content a number": (whole(message(content=3)), "no chat completion"),
    "content in parts": (whole(message(content=[{"type": "text", "text": "x"}])), "no chat completion"),
    "field a number": (whole(message(code_interpreter=3)), "no chat completion"),
    "field deep": (whole(message(code_interpreter={"executions": [[[]]]})), "no chat completion"),
    "endless time": (whole(message(code_interpreter={"executions": [{"ms": "inf"}]})), "no chat completion"),
    "votes a list": (whole(message(code_interpreter={"votes": [1]})), "an object of the answer is none"),
    "votes deep": (whole(message(code_interpreter={"votes": nested(150)})), "an object of the answer is none"),
    "check deep": (whole(message(code_interpreter={"check": nested(150)})), "an object of the answer is none"),
    "check as deep as a file": (whole(message(code_interpreter={"check": nested(99)})), "an object of the answer is"),
    "gzip": (whole(gzip.compress(message()), Content_Encoding="gzip"), "compressed (gzip)"),
    "no gzip": (whole(message(), Content_Encoding="gzip"), "compressed (gzip)"),
    "too long": (flood, "too long"),
    "says it is long": (whole(message(), Content_Length=str(10**9)), "too long"),
}
# What no model said: asked for again by the next run.
LOST: dict[str, tuple[Poison, str]] = {
    "page": (whole(b"<title>Log in</title>", Content_Type="text/html"), "<title>Log in</title>"),
    "page as JSON": (whole(b"<title>Log in</title>"), "<title>Log in</title>"),
    "text": (whole(b"\xef\xbb\xbfhello"), "hello"),
    "error": (whole(b'{"error": {"message": "upstream is gone"}}'), "upstream is gone"),
    "error as text": (whole(b'{"error": "boom"}'), "boom"),
    "detail": (whole(b'{"detail": "hello"}'), "hello"),
    "a list": (whole(b"[]"), "no JSON object"),
    "NaN": (whole(b"NaN"), "no JSON object"),
    "elsewhere": (whole(b"", 302, Location="/login"), "redirects to /login"),
    "in a circle": (whole(b"", 307, Location="/v1/chat/completions"), "redirects to /v1/chat/completions"),
    "cut": (cut, "Connection error"),
    "garbled": (garbled, "Connection error"),
    "long number": (whole(message(), Content_Length="9" * 30), "Connection error"),
    "long head": (long_head, "Connection error"),
    "drip": (drip, "no answer within"),
    "long error": (whole(b"x" * 1_000_000, 500), "500"),
    "error gzip": (whole(b"x", 500, Content_Encoding="gzip"), "500"),
}
# What is read all the same.
HARMLESS: dict[str, Poison] = {
    "usage of odd types": whole(
        message().replace(b'"prompt_tokens": 7', b'"prompt_tokens": NaN').replace(b": 3", b": 1e999")
    ),
    "finish a number": whole(body(finish_reason=5)),
    "half a pair": whole(message(content="x\ud800")),
    "calls of odd types": whole(message(tool_calls={"a": 3})),
    "content null": whole(message(content=None)),
    "check nested": whole(message(code_interpreter={"check": nested(49)})),
    "half a pair in votes": whole(message(code_interpreter={"votes": {"outcome": "\ud800", "confidence": 0.5}})),
    "confidence a word": whole(message(code_interpreter={"votes": {"outcome": "majority", "confidence": "high"}})),
    "confidence true": whole(message(code_interpreter={"votes": {"outcome": "majority", "confidence": True}})),
    "confidence endless": whole(
        message(code_interpreter={"votes": {"outcome": "majority", "confidence": 5}}).replace(b": 5", b": 1e999")
    ),
}
STREAMED: dict[str, tuple[Poison, str]] = {
    "no stream": (whole(message()), "no stream of completions"),
    "page": (whole(b"<title>Log in</title>", Content_Type="text/html"), "<title>Log in</title>"),
    "error": (events(b'{"error": {"message": "boom"}}'), "boom"),
    "not JSON": (events(b"{broken"), "a chunk of the answer is none"),
    "not utf-8": (events(b'{"x": "\xe9"}'), "a chunk of the answer is none"),
    "half a character": (events('{"x": "中'.encode()[:-1]), "a chunk of the answer is none"),
    "deep": (events(b"[" * 100_000 + b"]" * 100_000), "a chunk of the answer is none"),
    "digits": (events(b"9" * 5000), "a chunk of the answer is none"),
    "a list": (events(b"[]"), "a chunk of the answer is none"),
    "null": (events(b"null"), "no stream of completions"),
    "choices null": (events(b'{"choices": [null]}'), "a chunk of the answer is none"),
    "choices by name": (events(b'{"choices": {"a": 1}}'), "a chunk of the answer is none"),
    "delta text": (events(b'{"choices": [{"delta": "x"}]}'), "a chunk of the answer is none"),
    "content a number": (delta(content=3), "a chunk of the answer is none"),
    "content in parts": (delta(content=[{"text": "x"}]), "a chunk of the answer is none"),
    "calls a number": (delta(tool_calls=3), "a chunk of the answer is none"),
    "a call null": (delta(tool_calls=[None]), "a chunk of the answer is none"),
    "a call's place": (delta(tool_calls=[{**CALL, "index": "a"}]), "a chunk of the answer is none"),
    "a call's name": (delta(tool_calls=[{"function": {"name": 3}}]), "a chunk of the answer is none"),
    "nothing": (whole(b"", Content_Type="text/event-stream"), "broke off"),
    "garbage": (whole(b"\0x\n\nfoo: 1\n:\n\n" * 9, Content_Type="text/event-stream"), "no stream of completions"),
    "cut": (cut, "Connection error"),
    "drip": (drip_events, "timed out"),
    "a line": (long_line, "too long"),
}
UNNUMBERED = [
    chunk({"tool_calls": [{"function": {"name": "python", "arguments": '{"code": '}}]}),
    chunk({"tool_calls": [{"function": {"arguments": '"1"}'}}]}),
    chunk({"tool_calls": [{"function": {"name": "python", "arguments": '{"code": "2"}'}}]}),
    chunk({}, "tool_calls"),
]


def split(handler: Handler) -> None:
    """Each byte is a chunk of the body, so that characters are cut too."""
    data = b"".join(f"data: {json.dumps(one, ensure_ascii=False)}\n\n".encode() for one in says("中文 😀"))
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"".join(b"1\r\n%c\r\n" % byte for byte in data) + b"0\r\n\r\n")
