"""Checking before a training run how many rows LLaMA-Factory takes and how long they are.

Its own template and loader are asked. LLaMA-Factory drops invalid records with a warning, and cuts long ones from
the end of each turn without one, so that a question can be lost. (Read from llamafactory 0.9.5,
``data/converter.py`` and ``data/processor``.)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..protocol import system_prompt
from ..records import RecordError
from .sharegpt import TOOLS

__all__ = ["AnswerPair", "Loaded", "Preflight", "compare_export", "read_recipe"]


@dataclass(frozen=True)
class Loaded:
    """How many of a file's rows LLaMA-Factory's loader takes; ``longest`` is in tokens."""

    rows: int
    taken: int
    longest: int


class Preflight:
    """A training recipe's own tokenizer, template and loader.

    ``recipe`` is a YAML for ``llamafactory-cli train``; its model must be on this machine or on a hub that it
    can reach.
    """

    def __init__(self, recipe: Path) -> None:
        with redirect_stdout(sys.stderr):  # its loggers keep the stream that they first see
            from llamafactory.data import get_template_and_fix_tokenizer
            from llamafactory.hparams import DataArguments, ModelArguments
            from llamafactory.model import load_tokenizer

        self.settings = read_recipe(recipe)
        self.cutoff_len = int(self.settings.get("cutoff_len", 2048))
        model = ModelArguments(
            model_name_or_path=self.settings["model_name_or_path"],
            trust_remote_code=bool(self.settings.get("trust_remote_code", False)),
        )
        data = DataArguments(template=self.settings.get("template"), tool_format=self.settings.get("tool_format"))
        self._modules = load_tokenizer(model)
        self._tokenizer = self._modules["tokenizer"]
        self._template = get_template_and_fix_tokenizer(self._tokenizer, data)

    def length(self, record: Mapping[str, Any]) -> int:
        """Tokens of a rendered sharegpt record, before any cut."""
        roles = {"human": "user", "gpt": "assistant", "function_call": "function", "observation": "observation"}
        messages = [{"role": roles[turn["from"]], "content": turn["value"]} for turn in record["conversations"]]
        pairs = self._template.encode_multiturn(self._tokenizer, messages, record["system"], record["tools"])
        return sum(len(source) + len(target) for source, target in pairs)

    def fits(self, record: Mapping[str, Any]) -> bool:
        return self.length(record) < self.cutoff_len

    def load(self, dataset_info: Path, name: str) -> Loaded:
        """Run the loader of ``llamafactory-cli train`` over a registered dataset."""
        from llamafactory.data import get_dataset
        from llamafactory.hparams import get_train_args

        settings = {
            **self.settings,
            "dataset": name,
            "dataset_dir": str(dataset_info.parent),
            "overwrite_cache": True,
            "val_size": 0.0,
        }
        model_args, data_args, training_args, _, _ = get_train_args(settings)
        with redirect_stdout(sys.stderr):  # it prints a whole training example
            module = get_dataset(self._template, model_args, data_args, training_args, stage="sft", **self._modules)
        lengths = [len(ids) for ids in module["train_dataset"]["input_ids"]]
        return Loaded(rows=_rows(dataset_info, name), taken=len(lengths), longest=max(lengths, default=0))


def read_recipe(path: Path) -> dict[str, Any]:
    """The settings of a training YAML.

    Raises:
        RecordError: the file is missing, is not YAML, or names no model.
    """
    import yaml

    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RecordError(f"{path}: no such recipe; see examples/train_lora") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())  # YAML errors run over several lines
        raise RecordError(
            f"{path}: cannot be read ({reason}); it must be a YAML for llamafactory-cli train"
        ) from error
    if not isinstance(settings, dict) or "model_name_or_path" not in settings:
        raise RecordError(f"{path}: names no model_name_or_path; it must be a YAML for llamafactory-cli train")
    return settings


def _rows(dataset_info: Path, name: str) -> int:
    entry = json.loads(dataset_info.read_text(encoding="utf-8"))[name]
    with (dataset_info.parent / entry["file_name"]).open(encoding="utf-8") as file:
        return sum(1 for line in file if line.strip())


@dataclass(frozen=True)
class AnswerPair:
    """The greedy answers of an adapter on its base and of the merged model to one question."""

    question: str
    adapter: str
    merged: str


def compare_export(recipe: Path, questions: Sequence[str], max_tokens: int = 128) -> list[AnswerPair]:
    """Answer each question with the adapter and with the merged model of an export YAML, through LLaMA-Factory."""
    settings = read_recipe(recipe)
    merged = settings.get("export_dir")
    if merged is None or not Path(merged).is_dir():
        raise RecordError(f"{recipe}: export_dir {merged} is missing; run llamafactory-cli export {recipe}")
    shared = {key: settings.get(key) for key in ("template", "trust_remote_code")}
    adapter = {**shared, **{key: settings[key] for key in ("model_name_or_path", "adapter_name_or_path")}}
    answers = [_greedy(model, questions, max_tokens) for model in (adapter, {**shared, "model_name_or_path": merged})]
    return [AnswerPair(*row) for row in zip(questions, *answers, strict=True)]


def _greedy(model: Mapping[str, Any], questions: Sequence[str], max_tokens: int) -> list[str]:
    from llamafactory.chat import ChatModel

    chat = ChatModel({**model, "infer_backend": "huggingface", "do_sample": False, "max_new_tokens": max_tokens})
    return [
        chat.chat([{"role": "user", "content": question}], system=system_prompt(question), tools=TOOLS)[
            0
        ].response_text
        for question in questions
    ]
