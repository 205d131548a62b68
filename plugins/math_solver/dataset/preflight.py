"""Checking before a training run how many rows LLaMA-Factory takes and how long they are.

Its own template and loader are asked. LLaMA-Factory drops invalid records with a warning, and cuts long ones from
the end of each turn without one, so that a question can be lost. (Read from llamafactory 0.9.5,
``data/converter.py`` and ``data/processor``.)
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..disk import read_yaml
from ..records import RecordError
from .registration import KINDS, KindName, registered
from .sharegpt import IMAGE

__all__ = [
    "TEMPLATE_KEYS",
    "TOKENIZER_KEYS",
    "UNCUT",
    "Loaded",
    "Preflight",
    "breaks_on",
    "opposite",
    "own_template",
    "read_recipe",
]

# Keys of a recipe that say which tokens a row becomes
TOKENIZER_KEYS = (
    "model_name_or_path",
    "trust_remote_code",
    "model_revision",
    "cache_dir",
    "use_fast_tokenizer",
    "resize_vocab",
    "split_special_tokens",
    "add_tokens",
    "add_special_tokens",
)
TEMPLATE_KEYS = (
    "template",
    "tool_format",
    "default_system",
    "enable_thinking",
    "preserve_thinking",
    "mask_history",
    "train_on_prompt",
)
UNCUT = 1 << 40  # a cutoff_len that no row reaches
ANSWERS = ("gpt", "function_call")


@dataclass(frozen=True)
class Loaded:
    """How many of a file's rows LLaMA-Factory's loader takes; ``longest`` is in tokens."""

    rows: int
    taken: int
    longest: int


@contextmanager
def own_template(name: str | None) -> Iterator[None]:
    """Give LLaMA-Factory a copy of a template: it writes a recipe's wishes into the one that all recipes share."""
    from llamafactory.data.template import TEMPLATES

    if name not in TEMPLATES:
        yield
        return
    shared = TEMPLATES[name]
    TEMPLATES[name] = copy.deepcopy(shared)
    try:
        yield
    finally:
        TEMPLATES[name] = shared


class Preflight:
    """A training recipe's own tokenizer, template and loader.

    ``recipe`` is a YAML for ``llamafactory-cli train``; its model must be on this machine or on a hub that it
    can reach. ``media_dir`` is where pictures lie, unless the recipe says it: the folder of ``dataset_info.json``.
    """

    def __init__(self, recipe: Path, media_dir: Path = Path()) -> None:
        with redirect_stdout(sys.stderr):  # its loggers keep the stream that they first see
            from llamafactory.data import get_template_and_fix_tokenizer
            from llamafactory.hparams import DataArguments, ModelArguments
            from llamafactory.model import load_tokenizer

        self.settings = read_recipe(recipe)
        self.cutoff_len = self.settings.get("cutoff_len", 2048)
        if not isinstance(self.cutoff_len, int) or self.cutoff_len < 1:
            raise RecordError(f"{recipe}: cutoff_len is {self.cutoff_len!r}, not a number of tokens")
        names = {key: self.settings[key] for key in TOKENIZER_KEYS if key in self.settings}
        written = {key: self.settings[key] for key in TEMPLATE_KEYS if key in self.settings}
        self.media_dir = Path(self.settings.get("media_dir") or media_dir)
        try:
            self._data = DataArguments(**written, cutoff_len=UNCUT, media_dir=str(self.media_dir))
            self._modules = load_tokenizer(ModelArguments(**names))
        except Exception as error:  # transformers, the hub and the arguments raise their own, without a common base
            model = names["model_name_or_path"]
            remedy = "fetch it where its hub can be reached, or merge it first where it is one of output"
            raise RecordError(
                f"{recipe}: the tokenizer of {model} cannot be loaded ({_first_line(error)}); {remedy}"
            ) from error
        self._readers: dict[tuple[KindName, bool], tuple[Any, Any]] = {}  # of rows of a kind, with pictures or without
        self.tokenizer = self._modules["tokenizer"]
        self.tokenizer_digest = _digest(self.tokenizer)
        try:
            with own_template(self._data.template):
                self.template = get_template_and_fix_tokenizer(self.tokenizer, self._data)
        except ValueError as error:
            raise RecordError(f"{recipe}: {error}") from error

    @property
    def processor(self) -> Any:
        """What reads pictures, or None for a model that takes text alone."""
        return self._modules["processor"]

    def encode(self, record: Mapping[str, Any], kind: KindName = "sft") -> dict[str, Any]:
        """The token ids and labels that LLaMA-Factory's converter and processor make of a row, nothing cut.

        Raises:
            RecordError: LLaMA-Factory would drop the row, break on it, or read it as another than it is.
        """
        try:
            return self._encode(record, kind)
        except RecordError as error:
            raise RecordError(f"the row of {_question(record)!r}: {error}") from error

    def _encode(self, record: Mapping[str, Any], kind: KindName) -> dict[str, Any]:
        if reason := misread(record, kind) or unlike_images(record, self.media_dir):
            raise RecordError(reason)
        converter, processor = self._reader(kind, bool(record.get("images")))
        try:
            converted = converter(dict(record))
            batch = [converted, *([opposite(converted)] if kind == "kto" else [])]  # it warns of rows of one tag
            columns = processor.preprocess_dataset({name: [row[name] for row in batch] for name in converted})
        except Exception as error:  # whatever it raises would end the run
            raise RecordError(breaks_on(error)) from error
        if any(len(columns.get(name, ())) != len(batch) for name in KINDS[kind].token_columns):
            raise RecordError("LLaMA-Factory drops it")
        return {name: values[0] for name, values in columns.items()}

    def _reader(self, kind: KindName, images: bool) -> tuple[Any, Any]:
        """LLaMA-Factory's own converter and processor of such rows."""
        if (kind, images) not in self._readers:
            from llamafactory.data.converter import get_dataset_converter
            from llamafactory.data.loader import _get_dataset_processor
            from llamafactory.data.parser import DatasetAttr

            attributes = DatasetAttr("file", dataset_name="rows")
            attributes.join(KINDS[kind].entry("rows.jsonl", images))
            stage, modules = KINDS[kind].loader, self._modules
            processor = _get_dataset_processor(
                self._data, stage, self.template, modules["tokenizer"], modules["processor"]
            )
            converter = get_dataset_converter(attributes.formatting, attributes, self._data)
            self._readers[kind, images] = (converter, processor)
        return self._readers[kind, images]

    def turns(self, record: Mapping[str, Any]) -> list[tuple[list[int], list[int]]]:
        """The tokens before and in each turn of the assistant, one pair behind the other."""
        converted = self._reader("sft", bool(record.get("images")))[0](dict(record))
        messages = converted["_prompt"] + converted["_response"]
        pairs = self.template.encode_multiturn(self.tokenizer, messages, converted["_system"], converted["_tools"])
        return [(list(source), list(target)) for source, target in pairs]

    def length(self, record: Mapping[str, Any], kind: KindName = "sft") -> int:
        """Tokens of a row before any cut; of a pair those of its longer side.

        Raises:
            RecordError: as ``encode``.
        """
        columns = self.encode(record, kind)
        return max(len(columns[name]) for name in KINDS[kind].token_columns)

    def fits(self, record: Mapping[str, Any], kind: KindName = "sft") -> bool:
        """Whether nothing of a row is cut; plain text is joined and cut into blocks anyway."""
        return kind == "pt" or self.length(record, kind) < self.cutoff_len

    def load(self, dataset_info: Path, name: str, kind: KindName = "sft") -> Loaded:
        """Run the loader of ``llamafactory-cli train`` over a registered dataset.

        What the recipe says of the machine that it trains on is left out: this one need not have its GPUs.
        """
        from llamafactory.data import get_dataset
        from llamafactory.hparams import DataArguments, get_train_args

        of_data = {*TOKENIZER_KEYS, *(field.name for field in fields(DataArguments))}
        settings = {
            **{key: value for key, value in self.settings.items() if key in of_data},
            "stage": kind,
            "dataset": name,
            "dataset_dir": str(dataset_info.parent),
            "overwrite_cache": True,
            "packing": False,  # rows are counted
            "neat_packing": False,
            "val_size": 0.0,
        }
        settings.pop("tokenized_path", None)
        try:
            model_args, data_args, training_args, _, _ = get_train_args(settings)
            with redirect_stdout(sys.stderr):  # it prints a whole training example
                module = get_dataset(
                    self.template, model_args, data_args, training_args, stage=KINDS[kind].loader, **self._modules
                )
        except Exception as error:  # of whatever the recipe says
            raise RecordError(f"{name}: LLaMA-Factory cannot load it by this recipe ({_first_line(error)})") from error
        rows = module["train_dataset"]
        lengths = [[len(ids) for ids in rows[column]] for column in KINDS[kind].token_columns]
        longest = max((length for column in lengths for length in column), default=0)
        return Loaded(rows=_rows(dataset_info, name), taken=len(lengths[0]), longest=longest)


def _first_line(error: Exception) -> str:
    """What an error says, or what it was raised from."""
    said = str(error.__cause__ or error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__


def opposite(converted: Mapping[str, Any]) -> dict[str, Any]:
    """The same turn with the other tag, which LLaMA-Factory writes as the order of an answer and an empty one."""
    return {**converted, "_response": converted["_response"][::-1]}


def _question(record: Mapping[str, Any]) -> str:
    messages = record.get("conversations") or [{"value": record.get("text")}]
    first = messages[0] if isinstance(messages, list) and messages else None
    return str(first.get("value") if isinstance(first, Mapping) else first)[:60]


def _digest(tokenizer: Any) -> str:
    """Of all that a tokenizer is, before a template adds its words."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    text = backend.to_str() if backend is not None else json.dumps(tokenizer.get_vocab(), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def breaks_on(error: Exception) -> str:
    """What is said of a row that LLaMA-Factory raises on."""
    unwritten = isinstance(error, RuntimeError) and "Invalid JSON" in str(error)
    remedy = "; if its template cannot write a thought before a call, take --form fenced" if unwritten else ""
    return f"LLaMA-Factory breaks on it: {type(error).__name__}: {error}{remedy}"


def misread(record: Mapping[str, Any], kind: KindName = "sft") -> str | None:
    """What LLaMA-Factory would read in a row other than what it says, without dropping it; or None."""
    if kind == "pt" and not (isinstance(record.get("text"), str) and record["text"].strip()):
        return "text is empty, or no text"
    if kind == "dpo":
        sides = [record.get(name) for name in ("chosen", "rejected")]
        if not all(isinstance(side, Mapping) and side.get("from") in ANSWERS for side in sides):
            return f"chosen and rejected must each be one message from {' or '.join(ANSWERS)}"
        if sides[0] == sides[1]:
            return "chosen and rejected are the same"
    if kind == "kto":
        if not isinstance(record.get("kto_tag"), bool):
            return f"kto_tag is {record.get('kto_tag')!r}, not true or false"
        messages = record.get("conversations")
        if not messages or not isinstance(messages[-1], Mapping) or not messages[-1].get("value"):
            return "its last turn is empty, so that it would count as rejected"
    return None


def unlike_images(record: Mapping[str, Any], media_dir: Path) -> str | None:
    """What is wrong with the pictures of a row: other than its marks for them, or no files; or None."""
    images = record.get("images") or []
    messages = [*(record.get("conversations") or ()), record.get("chosen"), record.get("rejected")]
    marks = sum(str(message.get("value")).count(IMAGE) for message in messages if isinstance(message, Mapping))
    if marks != len(images):
        return f"{marks} {IMAGE} in its text, and {len(images)} images"
    missing = next((image for image in images if not (media_dir / image).is_file()), None)
    return None if missing is None else f"the picture {missing} is no file in {media_dir}"


def read_recipe(path: Path) -> dict[str, Any]:
    """The settings of a training YAML.

    Raises:
        RecordError: the file is missing, is not YAML, or names no model.
    """
    remedy = "it must be a YAML for llamafactory-cli train"
    settings = read_yaml(path, remedy, "no such recipe; see examples/train_lora")
    if not isinstance(settings, dict) or "model_name_or_path" not in settings:
        raise RecordError(f"{path}: names no model_name_or_path; {remedy}")
    return settings


def _rows(dataset_info: Path, name: str) -> int:
    entry = registered(dataset_info)[name]
    with (dataset_info.parent / entry["file_name"]).open(encoding="utf-8") as file:
        return sum(1 for line in file if line.strip())
