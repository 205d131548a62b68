"""The request on the README's first screen, sent to a server with the README's settings."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import httpx
import yaml

from math_solver.protocol import render_call
from math_solver.server.settings import parse_settings

from .conftest import Serve

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_first_request_of_the_readme_runs_a_program(serve: Serve) -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (body,) = re.findall(r"-d '(.*?)'\n", README, re.DOTALL)
    settings = parse_settings(yaml.safe_load(block)["code_interpreter"])
    question = json.loads(body)["messages"][0]["content"]
    product = str(123456789 * 987654321)
    served = serve(
        render_call("Multiply.", "print(123456789 * 987654321)"), f"\\boxed{{{product}}}", settings=settings
    )

    async def send() -> httpx.Response:
        async with served.http() as client:
            headers = {"Content-Type": "application/json"}
            return await client.post("/v1/chat/completions", content=body.encode(), headers=headers)

    message = asyncio.run(send()).json()["choices"][0]["message"]
    assert "123456789 × 987654321" in question
    assert [run["output"] for run in message["code_interpreter"]["executions"]] == [product]
    assert message["content"].endswith(f"${{\\boxed{{{product}}}}}$")
