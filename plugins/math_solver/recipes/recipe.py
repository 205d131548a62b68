"""A training YAML as ``llamafactory-cli train`` reads it, and the keys that this version knows."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from os.path import isdir
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..disk import YAML_FAULTS, parse_json, read_whole
from ..records import RecordError
from .findings import one_line

__all__ = ["MOST", "Key", "Recipe", "known_keys", "read_deepspeed", "read_settings"]

Settings = Mapping[str, Any]
MOST = 1e12
NO_SHARE = 1e-6  # of rows, up to which nothing is held out
# What mends a file that is no YAML, by what the reader says of it
MENDED = {
    "tab character": "indent with spaces, not with tabs",
    "cannot start any token": "indent with spaces, not with tabs, and quote what begins with a sign",
    "another document": "keep one document: delete what stands from the second --- on",
    "duplicate key": "keep one of the two lines",
    "undefined alias": "quote a value that begins with *",
    "mapping values": "quote a value that holds a colon",
    "codec can't decode": "save it as UTF-8",
}
PLAIN = (bool, int, float, str, dict, list)


@dataclass(frozen=True)
class Key:
    """A key of LLaMA-Factory's: its type, and what it is where a recipe does not say it."""

    name: str
    kind: Any
    default: Any

    @property
    def members(self) -> tuple[Any, ...]:
        return get_args(self.kind) if get_origin(self.kind) in (Union, UnionType) else (self.kind,)

    @property
    def choices(self) -> list[Any]:
        found: list[Any] = []
        for member in self.members:
            if get_origin(member) is Literal:
                found += get_args(member)
            elif isinstance(member, type) and issubclass(member, Enum):
                found += [choice.value for choice in member]
        return found

    def takes(self, value: Any) -> bool:
        """Whether a value is what the annotation says; of classes that YAML cannot say, all are."""
        members, choices = self.members, self.choices
        if choices and not isinstance(value, bool) and value is not None:
            return value in choices
        kinds = {get_origin(member) or member for member in members}
        if not kinds <= {*PLAIN, NoneType, Literal} and not choices:
            return True
        wide = kinds | ({int} if float in kinds else set())
        return type(value) in wide


@cache
def known_keys() -> Mapping[str, Key]:
    """Every key that a training YAML may have in the installed version."""
    from llamafactory.hparams import (
        DataArguments,
        FinetuningArguments,
        GeneratingArguments,
        ModelArguments,
        TrainingArguments,
    )

    groups = (ModelArguments, DataArguments, TrainingArguments, FinetuningArguments, GeneratingArguments)
    keys: dict[str, Key] = {}
    for group in groups:
        hints = get_type_hints(group)
        for field in dataclasses.fields(group):
            if field.init:
                default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
                keys.setdefault(field.name, Key(field.name, hints[field.name], default))
    return keys


@dataclass(frozen=True)
class Recipe:
    """A YAML with the overrides of its command line; relative paths in it are relative to the working folder."""

    path: Path
    settings: Settings

    def value(self, key: str) -> Any:
        """What a key is in this run: as written, or LLaMA-Factory's own, also in place of a value of a wrong type.

        The trap ``wrong_type`` says so.
        """
        if key in self.sound:
            return self.sound[key]
        default = known_keys()[key].default
        return None if default is dataclasses.MISSING else default

    @cached_property
    def sound(self) -> Settings:
        """The keys that this version knows, with values of their types."""
        known = known_keys()
        return {key: value for key, value in self.settings.items() if key in known and known[key].takes(value)}

    def on(self, key: str) -> bool:
        return bool(self.value(key))

    def number(self, key: str, otherwise: float = 0) -> float:
        """A number that a run can have; ``otherwise`` where it is none."""
        value = self.value(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number and abs(value) < MOST else otherwise  # which nan is not either

    def names(self, key: str) -> list[str]:
        """A list that is written with commas."""
        value = self.value(key)
        texts = value if isinstance(value, list) else str(value or "").split(",")
        return [name for text in texts if (name := str(text).strip())]

    @property
    def stage(self) -> str:
        return str(self.value("stage"))

    @property
    def lora(self) -> bool:
        return str(self.value("finetuning_type")) == "lora"

    @property
    def adapts(self) -> bool:
        """Whether the base is frozen, and what is trained lies beside it."""
        return self.value("finetuning_type") in ("lora", "oft")

    @property
    def compares(self) -> bool:
        """Whether answers are weighed against those of a reference (train/dpo/trainer.py, train/kto/trainer.py)."""
        return self.stage == "kto" or (self.stage == "dpo" and self.value("pref_loss") not in ("orpo", "simpo"))

    def held_out(self, rows: int) -> int:
        """Of so many rows those that ``val_size`` keeps back (data/data_utils.py).

        A whole number counts rows, 1 too; a share is rounded up (datasets, ``train_test_split``). 1.0 is neither, and
        ends the run: ``held-out-too-much`` says so.
        """
        size = self.number("val_size")
        if size <= NO_SHARE or self.value("eval_dataset"):
            return 0
        return min(int(size) if size >= 1 else math.ceil(size * rows), rows)

    @property
    def packs(self) -> bool:
        """Whether rows of supervised training are packed; neat packing turns packing on."""
        return self.stage == "sft" and (self.on("packing") or self.on("neat_packing"))

    @property
    def evaluates(self) -> bool:
        return self.on("do_eval") or str(self.value("eval_strategy")) not in ("no", "False", "IntervalStrategy.NO")

    @property
    def tokens_ready(self) -> Path | None:
        """The folder of tokens that a run would read instead of its datasets, where there is one (data/loader.py)."""
        named = self.value("tokenized_path")
        folder = Path(str(named)) if named else None
        return folder if folder and isdir(folder) and any(folder.glob("*")) else None

    @property
    def row_length(self) -> int:
        """Tokens of a row that is cut or packed: what ``DataArguments`` takes off is filled up again when packing."""
        return int(self.number("cutoff_len", 2048))

    @cached_property
    def deepspeed(self) -> Settings | None:
        """Its DeepSpeed settings; None where it names none, or a file that cannot be read.

        The trap ``deepspeed_file`` says what is wrong with the file.
        """
        try:
            found = read_deepspeed(self.value("deepspeed"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    @property
    def zero(self) -> int | None:
        """The ZeRO stage, or None without DeepSpeed."""
        if self.deepspeed is None:
            return None
        stage = _section(self.deepspeed, "zero_optimization").get("stage", 0)
        return stage if isinstance(stage, int) else 0

    def zero_option(self, name: str) -> Any:
        return _section(self.deepspeed or {}, "zero_optimization").get(name)

    def offloads(self, what: str) -> bool:
        """``param`` or ``optimizer``."""
        section = self.zero_option(f"offload_{what}")
        return isinstance(section, dict) and section.get("device", "none") not in (None, "none")


def read_deepspeed(named: Any) -> Any:
    """What a recipe's ``deepspeed`` says: settings as they are, as JSON, or in a file of that name.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    if isinstance(named, dict):
        return named
    text = str(named)
    return parse_json(text if text.startswith("{") else read_whole(Path(text)))


def _section(settings: Settings, name: str) -> Settings:
    section = settings.get(name)
    return section if isinstance(section, dict) else {}


def read_settings(path: Path, overrides: Sequence[str] = ()) -> dict[str, Any]:
    """The keys of a YAML (or JSON) file and of ``key=value`` behind it, read as the stock command reads them.

    Raises:
        RecordError: it cannot be read, or holds no keys.
    """
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no file")
        loaded = OmegaConf.load(path.absolute())
        merged = loaded if OmegaConf.is_list(loaded) else OmegaConf.merge(loaded, OmegaConf.from_cli(list(overrides)))
        settings = OmegaConf.to_container(merged)
    except FileNotFoundError as error:
        raise RecordError(f"{path}: no such recipe; see examples/train_lora") from error
    except (OSError, TypeError, YAMLError, OmegaConfBaseException, *YAML_FAULTS) as error:
        said = one_line(error)
        remedy = next((remedy for words, remedy in MENDED.items() if words in said), "it must be a training YAML")
        raise RecordError(f"{path}: cannot be read ({said}); {remedy}") from error
    if isinstance(settings, list):
        raise RecordError(f"{path}: holds a list, not keys; it must be a training YAML, as in examples/train_lora")
    if not isinstance(settings, dict) or not settings:
        raise RecordError(f"{path}: holds no keys; it must be a training YAML, as in examples/train_lora")
    if odd := [key for key in settings if not isinstance(key, str)]:
        raise RecordError(f"{path}: {odd[0]!r} is no key; it must be a training YAML, as in examples/train_lora")
    if "zero_optimization" in settings:
        raise RecordError(f"{path}: is for DeepSpeed; a training YAML names it, as deepspeed: {path}")
    if command := _other_command(settings):
        raise RecordError(f"{path}: is for llamafactory-cli {command}; what is checked here is a training YAML")
    return settings


def _other_command(settings: Settings) -> str | None:
    """The command that a YAML without any key of a training is for."""
    if settings.keys() & {"stage", "do_train", "do_eval", "do_predict", "dataset", "output_dir"}:
        return None
    if "export_dir" in settings:
        return "export"
    return "api" if settings.keys() & {"infer_backend", "code_interpreter"} else None
