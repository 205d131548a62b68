"""The README's recipes for clients that nobody here wrote, run as they stand; those not installed are skipped.

``CLIENTS=DIR:DIR`` names virtual environments that hold them, since some ask for other versions than ours:

    python -m venv clients && clients/bin/pip install langchain-openai openai-agents
    CLIENTS=clients make test
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from llamafactory.chat.base_engine import Response
from playwright.sync_api import expect

from math_solver.commands.api_process import free_port
from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.settings import Settings

from ..browser import OpenPage
from .conftest import LOOPBACK, ScriptedModel, Served
from .test_disconnect import listening

README = (Path(__file__).parents[2] / "plugins/math_solver/server/README.md").read_text(encoding="utf-8")
SERVED = "http://127.0.0.1:8000"
PRODUCT = str(123456789 * 987654321)


class Solver(ScriptedModel):
    """Multiplies the two numbers of the first question with Python, and concludes with the output."""

    async def achat(self, messages: list[dict[str, str]], *args: Any, **kwargs: Any) -> list[Response]:
        self.calls.append({"messages": messages, **kwargs})
        last = messages[-1]
        if "### Task" in last["content"]:
            text = "Products"
        elif last["role"] == "observation":
            text = f"The product is \\boxed{{{last['content'].strip()}}}."
        else:
            first, second = re.findall(r"\d{3,}", last["content"])[:2]
            text = render_call("I multiply.", f"print({first} * {second})")
        return [Response(text, len(text.split()), 10, "stop")]


@pytest.fixture(scope="module")
def solver() -> Solver:
    return Solver()


@pytest.fixture(scope="module")
def url(solver: Solver, interpreter: Interpreter) -> Iterator[str]:
    with listening(Served.of(solver, interpreter, Settings(), LOOPBACK)) as url:
        yield url


def recipe(client: str) -> str:
    """The first code block behind the client's heading."""
    section = README.split(f"### {client}\n", 1)[1].split("\n#", 1)[0]
    block = re.search(r"```\w*\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return block[1].replace("NAME", "math-solver")


@cache
def environment_with(package: str) -> Path | None:
    """The ``bin`` of the environment that holds a package."""
    places = [Path(place) / "bin" for place in os.environ.get("CLIENTS", "").split(os.pathsep) if place]
    for place in [*places, Path(sys.executable).parent]:
        found = f"import importlib.util as u, sys; sys.exit(not u.find_spec({package!r}))"
        if (place / "python").exists() and not subprocess.run([place / "python", "-c", found]).returncode:
            return place
    return None


def need(package: str) -> Path:
    place = environment_with(package)
    if place is None:
        pytest.skip(f"{package} is not installed; CLIENTS=DIR names an environment that has it")
    return place


def run(command: list[str | Path], **options: Any) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("client", "package"), [("LangChain", "langchain_openai"), ("OpenAI Agents SDK", "agents")])
def test_a_recipe_in_python_prints_the_answer(client: str, package: str, url: str) -> None:
    python = need(package) / "python"
    assert PRODUCT in run([python, "-c", recipe(client).replace(SERVED, url)])


def test_lm_eval_reads_the_boxed_answers(url: str, tmp_path: Path) -> None:
    """Its own task needs a hub: this one has the same form and a local file."""
    command = need("lm_eval") / "lm_eval"
    questions = [(12345, 6789), (4321, 9876), (1111, 2222)]
    rows = [{"question": f"Calculate {a} × {b}.", "answer": str(a * b)} for a, b in questions]
    (tmp_path / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    task = {
        "task": "products",
        "dataset_path": "json",
        "dataset_kwargs": {"data_files": {"test": str(tmp_path / "rows.json")}},
        "test_split": "test",
        "output_type": "generate_until",
        "doc_to_text": "{{question}}",
        "doc_to_target": "{{answer}}",
        "generation_kwargs": {"until": [], "max_gen_toks": 256},
        "filter_list": [
            {
                "name": "box",
                "filter": [{"function": "regex", "regex_pattern": r"\\boxed\{(.*?)\}"}, {"function": "take_first"}],
            }
        ],
        "metric_list": [{"metric": "exact_match"}],
    }
    (tmp_path / "products.yaml").write_text(yaml.safe_dump(task), encoding="utf-8")
    words = recipe("lm-evaluation-harness").replace("\\\n", " ").replace(SERVED, url).split()
    words[words.index("--tasks") + 1] = "products"
    local = ["--include_path", str(tmp_path), "--output_path", str(tmp_path / "out")]
    run([command, *words[1:], *local], env={**os.environ, "HF_HUB_OFFLINE": "1", "OPENAI_API_KEY": "none"})
    (results,) = (tmp_path / "out").rglob("results_*.json")
    assert json.loads(results.read_text(encoding="utf-8"))["results"]["products"]["exact_match,box"] == 1.0


@contextmanager
def open_webui(url: str, folder: Path) -> Iterator[str]:
    """The recipe's server with an empty folder for its data, without accounts and without the internet."""
    place, port = need("open_webui"), free_port()
    *settings, program, action = recipe("Open WebUI").replace("\\\n", " ").replace(SERVED, url).split()
    offline = {"WEBUI_AUTH": "False", "OFFLINE_MODE": "true", "HF_HUB_OFFLINE": "1", "RAG_EMBEDDING_ENGINE": "openai"}
    environment = dict(setting.split("=", 1) for setting in settings) | offline
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [place / program, action, "--host", "127.0.0.1", "--port", str(port)],
            env={**os.environ, **environment, "DATA_DIR": str(folder), "WEBUI_SECRET_KEY": "key"},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    pytest.fail("Open WebUI did not start")


def test_open_webui_shows_the_program_its_output_and_a_typeset_answer(
    url: str, solver: Solver, tmp_path: Path, open_page: OpenPage
) -> None:
    solver.calls.clear()
    with open_webui(url, tmp_path) as page_url:
        page = open_page(page_url)
        page.get_by_text("Okay, Let's Go!").or_(page.locator("#chat-input")).first.wait_for()
        page.wait_for_timeout(2000)
        if (hello := page.get_by_text("Okay, Let's Go!")).count():
            hello.click()
        for _ in range(2):  # the second question meets the history that this client keeps
            page.locator("#chat-input").click()
            page.keyboard.type("Calculate 123456789 × 987654321.")
            page.keyboard.press("Enter")
            expect(page.locator("button[aria-label='Regenerate']").last).to_be_visible()
        expect(page.locator(".katex .fbox")).to_have_count(2)
        expect(page.locator("body")).to_contain_text(PRODUCT)
        open_page.picture(page, "open_webui")
    tasks = [call for call in solver.calls if "### Task" in call["messages"][-1]["content"]]
    assert tasks and not any(call.get("tools") for call in tasks), "a title was solved"
    open_page.errors.clear()  # its own
    open_page.outside.clear()
