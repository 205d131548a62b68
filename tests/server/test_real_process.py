"""The stock ``llamafactory-cli api`` as a process: it serves both kinds of request and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from math_solver.commands.api_process import free_port

YAML = """\
model_name_or_path: {model}
template: qwen
infer_backend: huggingface
infer_dtype: float32
do_sample: false
max_new_tokens: 4000
code_interpreter:
  rounds: 2
  batch_size: {batch_size}
"""
psutil: Any = pytest.importorskip("psutil")
QUESTION: Any = [{"role": "user", "content": "What is 12 × 34?"}]


@contextmanager
def running(command: list[str], log: Path, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=dict(os.environ) | environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail(f"the server did not answer:\n{log.read_text(encoding='utf-8')}")


def ask_at_length(client: openai.OpenAI, tools: Any) -> None:
    """A solve in progress when the server is told to end: answered within its grace, or cut off."""
    with suppress(openai.OpenAIError):
        client.chat.completions.create(model="m", messages=QUESTION, tools=tools)


def wait_for_solve(url: str, thread: threading.Thread) -> None:
    while thread.is_alive() and httpx.get(url).json()["interpreter"]["active_solves"] == 0:
        time.sleep(0.05)


def use_responses(client: openai.OpenAI) -> list[Any]:
    """A response, the next one of its conversation in a stream, and what is stored; nothing is left stored."""
    tools: Any = [{"type": "code_interpreter", "container": {"type": "auto"}}]
    first = client.responses.create(model="m", input="What is 12 × 34?", tools=tools, max_output_tokens=20)
    with client.responses.create(
        model="m", input="Sure?", tools=tools, max_output_tokens=20, previous_response_id=first.id, stream=True
    ) as stream:
        events = list(stream)
    stored = client.responses.retrieve(first.id)
    client.responses.delete(first.id)
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(first.id)
    return [first, stored, events]


@pytest.mark.parametrize(
    ("how", "batch_size"), [pytest.param(signal.SIGINT, 1, marks=pytest.mark.slow), (signal.SIGTERM, 4)]
)
def test_it_serves_and_leaves_nothing_behind(
    tiny_model: Path, tmp_path: Path, how: signal.Signals, batch_size: int
) -> None:
    yaml, log, port = tmp_path / "server.yaml", tmp_path / "log", free_port()
    yaml.write_text(YAML.format(model=tiny_model, batch_size=batch_size), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("llamafactory-cli")), "api", str(yaml)]
    with running(command, log, API_PORT=str(port), API_HOST="127.0.0.1", API_KEY="", API_VERBOSE="0") as process:
        wait_for(f"http://127.0.0.1:{port}/health", process, log)
        assert "<title>Math Solver</title>" in httpx.get(f"http://127.0.0.1:{port}/").text
        with openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0) as client:
            names = [model.id for model in client.models.list()]
            plain = client.chat.completions.create(model="m", messages=QUESTION, max_tokens=20)
            tools: Any = [{"type": "code_interpreter"}]
            solved = client.chat.completions.create(model="m", messages=QUESTION, tools=tools, max_tokens=20)
            stream = client.chat.completions.create(
                model="m", messages=QUESTION, tools=tools, max_tokens=20, stream=True
            )
            chunks = list(stream)
            responses = use_responses(client)
            in_flight = threading.Thread(target=ask_at_length, args=(client, tools))
            in_flight.start()
            wait_for_solve(f"http://127.0.0.1:{port}/health", in_flight)
            children = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(how)
            process.wait(timeout=30)
            in_flight.join()
    assert names == [tiny_model.name, f"{tiny_model.name}-python"]
    assert plain.model == tiny_model.name
    assert plain.choices[0].message.content is not None
    assert "code_interpreter" not in (plain.choices[0].message.model_extra or {})
    assert solved.choices[0].finish_reason in ("stop", "length")
    assert (solved.choices[0].message.model_extra or {})["code_interpreter"]["finish_reason"] in ("stop", "length")
    assert solved.usage is not None and 0 < solved.usage.completion_tokens <= 20
    assert chunks[-1].choices[0].finish_reason in ("stop", "length")
    first, stored, events = responses
    assert stored == first
    assert first.status in ("completed", "incomplete") and 0 < first.usage.output_tokens <= 20
    assert (events[0].type, events[-1].type) == ("response.created", f"response.{events[-1].response.status}")
    assert events[-1].response.previous_response_id == first.id
    assert children, "the interpreter has processes of its own"
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
