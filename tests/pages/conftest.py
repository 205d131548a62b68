"""The scripts as processes of their own, on free ports, and an endpoint that answers like a model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

import pytest

from .examples import HOSTILE

ROOT = Path(__file__).parents[2]


class Script:
    """A running page: its address, and how to end it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.greeting = ""
        self.url = self._wait_for_url(self.process.stdout)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """The exit code, what was printed since the address, and what went to stderr."""
        os.killpg(self.process.pid, how)
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output, errors

    def _wait_for_url(self, output: IO[str] | None) -> str:
        assert output is not None
        for line in output:
            if line.startswith("http://"):
                return line.strip()
            self.greeting += line
        _, errors = self.process.communicate()
        raise AssertionError(f"{self.greeting}{errors}")


class Start:
    """``start("review.py", "--input", path, ...)`` runs a page on a free port; all end with the test."""

    def __init__(self) -> None:
        self.running: list[Script] = []

    def __call__(self, script: str, *arguments: str | Path, **environment: str) -> Script:
        command = [sys.executable, f"scripts/{script}", *map(str, arguments), "--port", "0"]
        self.running.append(Script(command, environment))
        return self.running[-1]


@pytest.fixture
def start() -> Iterator[Start]:
    starting = Start()
    yield starting
    for script in starting.running:
        if script.process.poll() is None:
            script.end(signal.SIGKILL)


class Endpoint(BaseHTTPRequestHandler):
    """Speaks the protocol of a chat endpoint; what it answers depends on the model asked for."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request["model"] == "plain" and "tools" in request:
            return self._answer(400, {"error": {"message": "unknown tool type"}})
        if request["model"] == "broken":
            return self._answer(403, {"error": {"message": "no entry"}})
        message: dict[str, Any] = {"role": "assistant", "content": "Think.\n```python\nprint(6*7)\n```\n\\boxed{42}"}
        if request["model"] == "hostile":
            time.sleep(2)
            message["content"] = f"{HOSTILE}\n```python\nprint('<script>x</script>')\n```\n{HOSTILE}"
        if request["model"] == "plugin":
            ran = {"thought": "Think.", "code": "print(6*7)", "output": "claimed", "status": "ok", "ms": 1.0}
            message["code_interpreter"] = {"executions": [ran], "conclusion": "\\boxed{42}", "finish_reason": "stop"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        self._answer(200, {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()
