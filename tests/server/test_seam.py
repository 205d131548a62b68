"""What the plugin uses of LLaMA-Factory: the installed version has it, and whatever moves is named before a start."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from llamafactory.api.protocol import ChatCompletionRequest
from llamafactory.chat import BaseEngine, ChatModel
from llamafactory.data.formatter import FunctionFormatter
from llamafactory.data.template import TEMPLATES, Template
from llamafactory.extras import constants

from math_solver.server.launch import run_api
from math_solver.server.seam import SEAMS, Seam, check_seams
from math_solver.server.web.errors import StartupError

Patch = pytest.MonkeyPatch


class Renamed:
    """Methods of a release that calls things otherwise."""

    def __init__(self, arguments: Any) -> None:
        self.engine = self._event_loop = None

    def __post_init__(self) -> None:
        self.tools = None

    def encode_oneturn(self, tokenizer: Any, messages: Any, system: Any, functions: Any) -> None: ...


class OtherNames(StrEnum):
    HF = "huggingface"
    VLLM = "vllm"


MOVED: dict[str, Callable[[Patch], None]] = {
    "chat.ChatModel.astream_chat is gone": lambda patch: patch.delattr(ChatModel, "astream_chat"),
    "EngineName.SGLANG is gone": lambda patch: patch.setattr(constants, "EngineName", OtherNames),
    "api.chat.create_chat_completion_response is gone": lambda patch: patch.setitem(
        sys.modules, "llamafactory.api.chat", None
    ),
    "Template.encode_oneturn no longer takes tools": lambda patch: patch.setattr(
        Template, "encode_oneturn", Renamed.encode_oneturn
    ),
    "api.app.create_app no longer takes chat_model": lambda patch: patch.setattr("llamafactory.api.app.create_app", 1),
    "ChatModel no longer holds _loop": lambda patch: patch.setattr(ChatModel, "__init__", Renamed.__init__),
    "FunctionFormatter no longer holds tool_utils": lambda patch: patch.setattr(
        FunctionFormatter, "__post_init__", Renamed.__post_init__
    ),
    "BaseEngine no longer holds can_generate": lambda patch: patch.delitem(BaseEngine.__annotations__, "can_generate"),
    "ChatCompletionRequest no longer holds presence_penalty": lambda patch: patch.delitem(
        ChatCompletionRequest.__annotations__, "presence_penalty"
    ),
    "TEMPLATES no longer holds qwen": lambda patch: patch.delitem(TEMPLATES, "qwen"),
}


@pytest.mark.parametrize("says", MOVED)
def test_what_moved_is_one_line_and_nothing_is_served(
    says: str, monkeypatch: Patch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yaml = tmp_path / "server.yaml"
    yaml.write_text("code_interpreter: {rounds: many}\n", encoding="utf-8")  # which is looked at next
    monkeypatch.setattr(sys, "argv", ["api", str(yaml)])
    MOVED[says](monkeypatch)
    with pytest.raises(SystemExit) as caught:
        run_api(lambda: pytest.fail("the stock server started"))
    (line,) = capsys.readouterr().err.splitlines()
    assert caught.value.code == 2
    assert says in line and "pip install llamafactory==0.9.5" in line


@pytest.mark.parametrize("seam", SEAMS, ids=lambda seam: f"{seam.module}.{seam.name}")
def test_each_row_holds_here_and_can_fail(seam: Seam) -> None:
    check_seams((seam,))
    others = [replace(seam, name=f"{seam.name}_moved"), replace(seam, holds=("moved",))]
    others += [replace(seam, parameters=("moved",))] if seam.parameters else []
    for other in others:
        with pytest.raises(StartupError, match="moved"):
            check_seams((other,))
