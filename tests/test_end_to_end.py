"""The whole way through the stock commands on the embedded model, with few training steps."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import openai
import psutil
import pytest
import yaml

from math_solver.answers import verify_answer
from math_solver.commands.api_process import cli, free_port, served
from math_solver.commands.guard import wait_for_ended
from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import build
from math_solver.interpreter import Interpreter
from math_solver.records import Trajectory, read_records, write_jsonl
from math_solver.sources.families import generate, solve

from .scripts.data_example import run_example, untrained

ROOT = Path(__file__).parents[1]
QUESTION = "Calculate 27316 + 60541."


def llamafactory(command: str, *arguments: str) -> None:
    result = subprocess.run(
        [cli(), command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that a few LoRA steps on one family taught the protocol, merged by the stock export."""
    folder = tmp_path_factory.mktemp("model")
    with Interpreter() as interpreter:
        drafts = generate(400, 3, names=["integer_sum"])
        records, dropped = build(solve(draft, interpreter.run, verify_answer) for draft in drafts)
    assert not dropped
    write_jsonl(folder / "tir_families.jsonl", records)
    register(folder / "dataset_info.json", "tir_families", "tir_families.jsonl")
    llamafactory(
        "train",
        "examples/train_lora/qwen2_tiny_lora_sft.yaml",
        f"dataset_dir={folder}",
        f"output_dir={folder / 'lora'}",
        "max_steps=100",
        "plot_loss=false",
    )
    llamafactory(
        "export",
        "examples/merge_lora/qwen2_tiny_lora.yaml",
        f"adapter_name_or_path={folder / 'lora'}",
        f"export_dir={folder / 'merged'}",
    )
    return folder / "merged"


@pytest.fixture(scope="module")
def server(merged: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served model; at its end neither the server nor a process that it started is left."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    earlier = set(psutil.Process().children(recursive=True))
    with served(ROOT / "examples/inference/qwen2_tiny.yaml", log, overrides=[f"model_name_or_path={merged}"]) as url:
        yield url
        started = set(psutil.Process().children(recursive=True)) - earlier
        assert len(started) > 1, "the interpreter runs outside the server's process"
    _, left = psutil.wait_procs(started, timeout=10)
    assert not left


def ask(server: str, **options: object) -> openai.types.chat.ChatCompletion:
    with openai.OpenAI(base_url=server, api_key="none") as client:
        return client.chat.completions.create(  # type: ignore[call-overload,no-any-return]
            model="math-solver",
            messages=[{"role": "user", "content": QUESTION}],
            temperature=0,
            max_tokens=200,
            **options,
        )


def check_ran(message: Any) -> None:
    executions = (message.model_extra or {})["code_interpreter"]["executions"]
    assert executions[0]["status"] == "ok"
    assert "27316 + 60541" in executions[0]["code"]


def test_the_server_solves_a_problem_by_running_python(server: str) -> None:
    message = ask(server, tools=[{"type": "code_interpreter"}]).choices[0].message
    assert message.content is not None
    assert "\\boxed{87857}" in message.content
    check_ran(message)


def test_the_model_teaches_through_its_own_server(server: str, tmp_path: Path) -> None:
    """The way of ``examples/data`` to its dataset, with a file of one's own and the tuned model as its own teacher."""
    drafts = generate(8, 5, names=["integer_sum"])
    rows = [{"question": draft.problem.question, "expected": draft.problem.answer} for draft in drafts]
    (tmp_path / "mine.json").write_text(json.dumps(rows), encoding="utf-8")
    item = {
        "question": "A train of 200 metres needs 30 seconds for 400 metres more. How fast is it?",
        "answer": "#### 20",
    }
    (tmp_path / "items.jsonl").write_text(json.dumps(item), encoding="utf-8")
    columns = "--columns question=question answer=expected --licence CC0-1.0"
    options = {
        "TEACHER": server,
        "FORM": "native",
        "SAMPLES": "1",
        "CORPUS": f"--input {tmp_path / 'mine.json'} {columns}",
        "BENCHMARKS": f"gsm8k={tmp_path / 'items.jsonl'}",
        "OUT": str(tmp_path / "out"),
    }
    run_example(options, commands=untrained(tmp_path / "commands"))
    solved = list(read_records(tmp_path / "out/solved.jsonl", Trajectory))
    assert solved, "the model solved none of the problems that it was trained on"
    assert all(row.verdict and row.verdict.correct and row.steps[0].execution.status == "ok" for row in solved)
    assert (tmp_path / "out/dataset_info.json").exists()


@contextmanager
def serving_elsewhere(log: Path) -> Iterator[str]:
    """The server that comes with transformers: it loads the model that a request names."""
    port = free_port()
    command = [str(Path(cli()).with_name("transformers")), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen([*command, "--device", "cpu"], stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 180
            while True:
                try:
                    httpx.get(f"http://127.0.0.1:{port}/health")
                    break
                except httpx.TransportError:
                    assert process.poll() is None and time.monotonic() < deadline, log.read_text(encoding="utf-8")
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_the_loop_runs_in_front_of_another_server(merged: Path, tmp_path: Path) -> None:
    with serving_elsewhere(tmp_path / "elsewhere.log") as upstream:
        config = tmp_path / "front.yaml"
        config.write_text(f"code_interpreter:\n  upstream: {{base_url: '{upstream}', model: '{merged}'}}\n")
        with served(config, tmp_path / "front.log") as url:
            # Whether it concludes is another matter: that server (5.5) shows a model no call of an earlier turn.
            check_ran(ask(url, tools=[{"type": "code_interpreter"}]).choices[0].message)


def test_the_newer_endpoint_solves_it_too_and_streams_the_program(server: str) -> None:
    tools: Any = [{"type": "code_interpreter", "container": {"type": "auto"}}]
    with (
        openai.OpenAI(base_url=server, api_key="none") as client,
        client.responses.stream(
            model="math-solver",
            input=QUESTION,
            tools=tools,
            include=["code_interpreter_call.outputs"],
            temperature=0,
            max_output_tokens=200,
        ) as stream,
    ):
        events = list(stream)
        response = stream.get_final_response()
        assert client.responses.retrieve(response.id).output_text == response.output_text
    code = [event.delta for event in events if event.type == "response.code_interpreter_call_code.delta"]
    (call,) = [item for item in response.output if item.type == "code_interpreter_call"]
    assert "".join(code) == call.code
    assert len(code) > 1, "code arrives as it is generated"
    assert "27316 + 60541" in call.code
    assert call.outputs and call.outputs[0].type == "logs" and call.outputs[0].logs == "87857"
    assert "\\boxed{87857}" in response.output_text


def test_without_the_tool_nothing_is_run(server: str) -> None:
    message = ask(server).choices[0].message
    assert not (message.model_extra or {}).get("code_interpreter")
    assert "87857" not in (message.content or "")


def test_solves_in_a_batch_are_those_of_the_engine_alone(server: str, merged: Path, tmp_path: Path) -> None:
    questions = [f"Calculate {27316 + 4111 * number} + {60541 - 999 * number}." for number in range(8)]
    overrides = [f"model_name_or_path={merged}", "code_interpreter.batch_size=8"]
    with served(ROOT / "examples/inference/qwen2_tiny.yaml", tmp_path / "log", overrides=overrides) as batched:
        together = asyncio.run(solve_all(batched, questions))
    assert together == asyncio.run(solve_all(server, questions))
    assert sum("\\boxed" in text for text, outputs in together if outputs) >= 6


async def solve_all(server: str, questions: list[str]) -> list[tuple[str, list[str]]]:
    """Each solution and what its programs printed, all asked at once."""

    async def solve(client: openai.AsyncOpenAI, question: str) -> tuple[str, list[str]]:
        completion: Any = await client.chat.completions.create(
            model="math-solver",
            messages=[{"role": "user", "content": question}],
            temperature=0,
            max_tokens=200,
            tools=[{"type": "code_interpreter"}],  # type: ignore[list-item]
        )
        message = completion.choices[0].message
        executions = message.model_extra["code_interpreter"]["executions"]
        return message.content, [run["output"] for run in executions]

    async with openai.AsyncOpenAI(base_url=server, api_key="none") as client:
        return await asyncio.gather(*(solve(client, question) for question in questions))


IMPROVE = {
    "model": "examples/tiny_base",
    "train": {"sft": "examples/train_lora/qwen2_tiny_lora_sft.yaml plot_loss=false max_steps=4"},
    "export": "examples/merge_lora/qwen2_tiny_lora.yaml",
    "serve": "examples/inference/qwen2_tiny.yaml code_interpreter.batch_size=4",
    "decontaminate": False, "train_from": "last", "rounds": ["sft"],
    "sampling": {"samples": 6, "temperature": 1.2, "max_tokens": 128, "workers": 2},
    "choosing": {"near": 0.0}, "evaluation": {"limit": 6, "max_tokens": 128},
}  # fmt: skip


@pytest.mark.slow
def test_a_model_is_improved_however_often_that_is_killed(merged: Path, tmp_path: Path) -> None:
    out, config, held_out = tmp_path / "out", tmp_path / "small.yaml", tmp_path / "held.jsonl"
    make = f"scripts/generate_problems.py --family integer_sum --output {tmp_path}"
    files = {
        "output": str(out), "start": str(merged), "held_out": str(held_out), "problems": [f"{tmp_path}/pool.jsonl"],
        "prepare": [
            f"{make}/held.jsonl --per-family 6 --seed 5",
            f"{make}/pool.jsonl --per-family 12 --seed 7 --exclude {held_out}",
        ],
    }  # fmt: skip
    config.write_text(yaml.safe_dump({**IMPROVE, **files}), encoding="utf-8")
    journal, adapter, rows = (out / "round_1" / name for name in ("samples.jsonl.journal", "adapter", "rows.jsonl"))
    kill_when(config, lambda: journal.is_file() and journal.read_bytes().count(b"\n") > 20)
    wait_for_ended(out / ".started.lock")
    known = journal.read_bytes().count(b"\n") - 1  # its first line is the job
    assert posts(out / "logs/round_0-evaluate_server.log") <= 6 + known + 2, "two are asked for at a time"
    kill_when(config, adapter.is_dir)
    wait_for_ended(out / ".started.lock")
    assert posts(out / "logs/round_1-sample_server.log") == 72 - known, "what was answered is not asked again"
    before = rows.read_bytes()
    shown = improve(config)
    assert rows.read_bytes() == before and shown.count("done before") >= 8
    assert re.search(r"^kept: .*$", shown, re.MULTILINE) and (out / "report.html").is_file()
    for name in ("solutions.jsonl", "chosen.jsonl", "validated.jsonl", "rows.jsonl"):
        (out / "round_1" / name).unlink()
    improve(config)
    assert rows.read_bytes() == before, "the same answers make the same rows"


def posts(log: Path) -> int:
    return log.read_text(encoding="utf-8").count('"POST /v1/chat/completions HTTP/1.1" 200')


def improve(config: Path) -> str:
    command = [sys.executable, "scripts/improve.py", str(config)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def kill_when(config: Path, ready: Callable[[], bool]) -> None:
    with subprocess.Popen(
        [sys.executable, "scripts/improve.py", str(config)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        deadline = time.monotonic() + 1200
        while not ready():
            assert process.poll() is None and time.monotonic() < deadline, process.communicate()[0].decode()[-3000:]
            time.sleep(0.02)
        process.kill()
