"""The scripts as processes of their own, on free ports, and an endpoint that answers like a model."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import pytest

from .examples import HOSTILE

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"^http://\S+$(?=\n)", re.MULTILINE)
STARTS = 120.0  # seconds; a loaded machine is slow


class Script:
    """A running page: its address, and how to end it.

    It prints into files: a pipe that nobody reads would stop it.
    """

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._printed, self._errors = folder / "printed", folder / "errors"
        with self._printed.open("wb") as printed, self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=errors,
                start_new_session=True,
            )

    def wait(self, seconds: float = STARTS) -> Self:
        """Return once it serves; what it complained of is in the failure when it does not."""
        deadline = time.monotonic() + seconds
        while (ended := self.process.poll()) is None and time.monotonic() < deadline:
            if ADDRESS.search(self._printed.read_text()):
                return self
            time.sleep(0.05)
        why = "did not serve in time" if ended is None else f"ended with code {ended}"
        raise AssertionError(f"the page {why}\n{self._printed.read_text()}{self._errors.read_text()}")

    @property
    def url(self) -> str:
        found = ADDRESS.search(self._printed.read_text())
        assert found is not None
        return found[0]

    @property
    def greeting(self) -> str:
        return self._printed.read_text().partition(self.url)[0]

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """The exit code, what was printed since the address, and what went to stderr."""
        os.killpg(self.process.pid, how)
        code = self.process.wait(60)
        return code, ADDRESS.split(self._printed.read_text())[-1], self._errors.read_text()


class Start:
    """``start("review.py", "--input", path, ...)`` runs a page on a free port; all end with the test."""

    def __init__(self, folder: Path) -> None:
        self.running: list[Script] = []
        self._folder = folder

    def __call__(self, script: str, *arguments: str | Path, **environment: str) -> Script:
        command = [sys.executable, f"scripts/{script}", *map(str, arguments), "--port", "0"]
        folder = self._folder / f"page-{len(self.running)}"
        folder.mkdir()
        self.running.append(Script(command, environment, folder))
        return self.running[-1].wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    starting = Start(tmp_path)
    yield starting
    for script in starting.running:
        if script.process.poll() is None:
            script.end(signal.SIGKILL)


@pytest.fixture
def ipv6() -> str:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"no IPv6 here ({error})")
    return "::1"


# What endpoints with an interpreter of their own claim, however badly they write.
WORKED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "garbled": ([{"thought": "a\ud83d \x00b", "code": "print('\udc00\x00')"}], "So \\boxed{4\ud8002\x00}."),
    "endless": ([{"thought": "x" * 100_000, "code": f"print(6*7)  # {'x' * 100_000}"}], "y" * 100_000),
    "tireless": ([{"code": f"print({number})"} for number in range(13)], "\\boxed{12}"),
}


class Endpoint(BaseHTTPRequestHandler):
    """Speaks the protocol of a chat endpoint; what it answers depends on the model asked for."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request["model"] == "plain" and "tools" in request:
            return self._answer(400, {"error": {"message": "unknown tool type"}})
        if request["model"] == "broken":
            return self._answer(403, {"error": {"message": "no entry"}})
        message: dict[str, Any] = {"role": "assistant", "content": "Think.\n```python\nprint(6*7)\n```\n\\boxed{42}"}
        if request["model"] == "garbled-text":
            message["content"] = "a\ud83d \x00b\n```python\nprint('\udc00\x00')\n```\nSo \\boxed{4\ud8002\x00}."
        if request["model"] == "hostile":
            time.sleep(2)
            message["content"] = f"{HOSTILE}\n```python\nprint('<script>x</script>')\n```\n{HOSTILE}"
        if request["model"] == "plugin":
            ran = {"thought": "Think.", "code": "print(6*7)", "output": "claimed", "status": "ok", "ms": 1.0}
            message["code_interpreter"] = {"executions": [ran], "conclusion": "\\boxed{42}", "finish_reason": "stop"}
        if request["model"] in WORKED:
            executions, conclusion = WORKED[request["model"]]
            message["code_interpreter"] = {"executions": executions, "conclusion": conclusion}
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
