"""A small real HTTP server that speaks ``/v1/chat/completions``, counts what it is asked and can be told to fail."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .streamed import calls, says, sent

# What to send: a completion, the status of a failure, another text, or whatever the function does to the connection.
Reply = dict[str, Any] | int | str | Callable[["Handler"], None]
Answer = Callable[[dict[str, Any]], Reply]


def completion(text: str, **message: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": "stop"}
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
    }


class FakeEndpoint(ThreadingHTTPServer):
    """``answer`` maps the body of a request to what is sent back."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, answer: Answer, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.answer = answer
        self.lock = threading.Lock()
        self.asked: Counter[str] = Counter()
        self.bodies: list[dict[str, Any]] = []
        self.in_flight = self.most_in_flight = 0
        self.health: bytes | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that were killed are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: FakeEndpoint
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        known = {"/v1/models": {"object": "list", "data": []}, "/health": {"status": "ok", "tier": "strong"}}
        if self.path == "/health" and self.server.health is not None:
            self.send(200, self.server.health)
        else:
            self._send(200, known[self.path]) if self.path in known else self._send(404, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        with server.lock:
            server.bodies.append(body)
            server.asked[question(body)] += 1
            server.in_flight += 1
            server.most_in_flight = max(server.most_in_flight, server.in_flight)
        try:
            reply = server.answer(body)
        finally:
            with server.lock:
                server.in_flight -= 1
        if isinstance(reply, int):
            self._send(reply, {"error": {"message": f"failing with {reply}", "type": "test"}})
        elif isinstance(reply, str):
            self._send(200, reply)
        elif callable(reply):
            reply(self)
        elif body.get("stream"):
            self._stream(reply)
        else:
            self._send(200, reply)

    def _stream(self, reply: dict[str, Any]) -> None:
        """The completion in pieces, its usage last."""
        choice, message = reply["choices"][0], reply["choices"][0]["message"]
        called = [
            (call["function"]["name"], call["function"]["arguments"]) for call in message.get("tool_calls") or ()
        ]
        text, end = says(message["content"], usage=None)[:-1], says("", choice["finish_reason"], reply["usage"])
        chunks = [*text, *calls("", *called)[1:-1], *end]
        data = b"".join(sent(chunks))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def send(self, status: int, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        """An answer as it is given, its length apart."""
        given = {"Content-Length": str(len(data)), **(headers or {})}
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = self.close_connection or given["Content-Length"] != str(len(data))

    def _send(self, status: int, body: Any) -> None:
        kind, text = ("text/html", body) if isinstance(body, str) else ("application/json", json.dumps(body))
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if text.startswith("{") else kind)
        self.send_header("Content-Length", str(len(data)))
        if status >= 400:
            self.send_header("Retry-After-Ms", "5")
        self.end_headers()
        self.wfile.write(data)


def question(body: dict[str, Any]) -> str:
    if "prompt" in body:
        return str(body["prompt"])
    text: str = next(message["content"] for message in body["messages"] if message["role"] == "user")
    return text


@contextmanager
def serving(answer: Answer) -> Iterator[FakeEndpoint]:
    server = FakeEndpoint(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
