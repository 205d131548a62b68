"""A training YAML as ``llamafactory-cli train`` reads it, and the keys that this version knows."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_type_hints

from ..records import RecordError

__all__ = ["Key", "Recipe", "known_keys", "read_settings"]

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """A key of LLaMA-Factory's: its type, what it is where a recipe does not say it, and its group of arguments."""

    name: str
    kind: Any
    default: Any
    group: str


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
                keys.setdefault(field.name, Key(field.name, hints[field.name], default, group.__name__))
    return keys


@dataclass(frozen=True)
class Recipe:
    """A YAML with the overrides of its command line; relative paths in it are relative to the working folder."""

    path: Path
    settings: Settings

    def value(self, key: str) -> Any:
        """What a key is in this run: as written, or LLaMA-Factory's own."""
        if key in self.settings:
            return self.settings[key]
        default = known_keys()[key].default
        return None if default is dataclasses.MISSING else default

    def on(self, key: str) -> bool:
        return bool(self.value(key))

    def number(self, key: str, otherwise: float = 0) -> float:
        value = self.value(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else otherwise

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
    def packs(self) -> bool:
        """Whether rows of supervised training are packed; neat packing turns packing on."""
        return self.stage == "sft" and (self.on("packing") or self.on("neat_packing"))

    @property
    def evaluates(self) -> bool:
        return self.on("do_eval") or str(self.value("eval_strategy")) not in ("no", "False", "IntervalStrategy.NO")

    @property
    def row_length(self) -> int:
        """Tokens of a row that is cut or packed: what ``DataArguments`` takes off is filled up again when packing."""
        return int(self.number("cutoff_len", 2048))

    @cached_property
    def deepspeed(self) -> Settings | None:
        """Its DeepSpeed settings; None where it names none, or a file that cannot be read.

        The trap ``deepspeed_file`` says what is wrong with the file.
        """
        named = self.value("deepspeed")
        if isinstance(named, dict):
            return named
        try:
            found = json.loads(named if str(named).startswith("{") else Path(str(named)).read_text(encoding="utf-8"))
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
        loaded = OmegaConf.load(path.absolute())
        settings = OmegaConf.to_container(OmegaConf.merge(loaded, OmegaConf.from_cli(list(overrides))))
    except FileNotFoundError as error:
        raise RecordError(f"{path}: no such recipe; see examples/train_lora") from error
    except (OSError, ValueError, YAMLError, OmegaConfBaseException) as error:
        raise RecordError(f"{path}: cannot be read ({_one_line(error)}); it must be a training YAML") from error
    if not isinstance(settings, dict) or not settings or not all(isinstance(key, str) for key in settings):
        raise RecordError(f"{path}: holds no keys; it must be a training YAML, as in examples/train_lora")
    return settings


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
