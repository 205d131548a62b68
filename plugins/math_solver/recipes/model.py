"""A recipe's model as far as its configuration, tokenizer and template say it; no weights are read or fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os.path import isdir
from pathlib import Path
from typing import Any

from ..dataset.preflight import TEMPLATE_KEYS, TOKENIZER_KEYS, own_template
from ..disk import parse_json, read_whole
from ..records import RecordError
from .findings import one_line
from .machine import Machine
from .parsing import heard
from .recipe import Recipe
from .shape import Shape, known_config, read_shape, shape_of_model

__all__ = ["PROBE", "Fetch", "Find", "Model", "fetch_files", "find_model", "is_path"]

Fetch = Callable[[str, str | None, str | None], Path]
FILES = ("*.json", "*.jinja", "*.model", "*.txt", "*.tiktoken")
PROBE = "How many?"
PATIENCE = 5  # seconds for a hub to answer


class Unread:
    """Stands in for a tokenizer that is not here: every text is one token, so that rows are checked all the same."""

    eos_token, eos_token_id = "<eos>", 0
    bos_token, bos_token_id = "<bos>", 1
    pad_token, pad_token_id = "<eos>", 0
    chat_template = ""
    additional_special_tokens_ids: tuple[int, ...] = ()

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        return [2]

    def convert_tokens_to_ids(self, token: str) -> int:
        return 2

    def add_special_tokens(self, tokens: Mapping[str, Any], **options: Any) -> int:
        return 0

    def __call__(self, texts: list[str], **options: Any) -> dict[str, list[list[int]]]:
        return {"input_ids": [[2] for _ in texts], "attention_mask": [[1] for _ in texts]}


@dataclass(frozen=True)
class Model:
    """What is known of a model.

    Attributes:
        config: its ``config.json``, or the sizes that are known by its name; None where neither is.
        reached: whether its files are here.
        tokenizer: None where it is not to be had.
        template: LLaMA-Factory's, a copy of its own; None where the recipe names none that exists.
        added: tokens that the template put into the vocabulary.
        problem: why the files could not be had, in a line.
        template_problem: what LLaMA-Factory says of the template.
        end_tokens: at which the model stops when it generates.
        own_prompt: a question in the chat template that lies with the model, without a system prompt.
    """

    name: str
    config: Mapping[str, Any] | None = None
    shape: Shape | None = None
    reached: bool = False
    tokenizer: Any = None
    processor: Any = None
    template: Any = None
    added: int = 0
    problem: str | None = None
    template_problem: str | None = None
    end_tokens: frozenset[int] = frozenset()
    own_prompt: str | None = None

    @property
    def kind(self) -> str | None:
        return str(self.config["model_type"]) if self.config and self.config.get("model_type") else None

    @property
    def text_config(self) -> Mapping[str, Any]:
        """The part that says the decoder's sizes, which models of text and pictures keep apart."""
        return _inner(self.config or {})


Find = Callable[[Recipe, Machine], Model]


def find_model(recipe: Recipe, machine: Machine, fetch: Fetch | None = None) -> Model:
    """Look at the files of a model, or know it by its name."""
    name = str(recipe.value("model_name_or_path") or "")
    try:
        folder = _folder(name, recipe, machine, fetch or fetch_files)
        config = _read_config(folder)
    except RecordError as error:
        return _without_files(name, recipe, str(error))
    tokenizer, processor, problem = _load_tokenizer(recipe, folder)
    own_prompt = _own_prompt(tokenizer)  # before LLaMA-Factory puts its template there
    template, added, template_problem = _load_template(recipe, tokenizer)
    return Model(
        name=name,
        config=config,
        shape=read_shape(_inner(config)) or _built_shape(folder, config),
        reached=True,
        tokenizer=tokenizer,
        processor=processor,
        template=template,
        added=added,
        problem=problem,
        template_problem=template_problem,
        end_tokens=_end_tokens(folder, config),
        own_prompt=own_prompt,
    )


def _without_files(name: str, recipe: Recipe, problem: str) -> Model:
    config = known_config(name)
    shape = read_shape(config) if config else None
    template, _, template_problem = _load_template(recipe, None)
    return Model(name, config, shape, template=template, problem=problem or None, template_problem=template_problem)


def is_path(name: str) -> bool:
    """Whether a name can be no hub's; this project's runs write below ``output``, LLaMA-Factory's below ``saves``."""
    return name.startswith((".", "~", "/", "output/", "saves/")) or name.count("/") != 1


def _folder(name: str, recipe: Recipe, machine: Machine, fetch: Fetch) -> Path:
    """Where the files are."""
    if not name:
        raise RecordError("no model_name_or_path")
    if isdir(name):
        return Path(name)
    if is_path(name):
        raise RecordError(f"model_name_or_path {name}: no such folder")
    if machine.enabled("USE_MODELSCOPE_HUB") or machine.enabled("USE_OPENMIND_HUB"):
        raise RecordError(f"{name}: not here, and that hub only gives whole models; what needs it was not checked")
    return fetch(name, recipe.value("model_revision"), recipe.value("cache_dir"))


def fetch_files(name: str, revision: str | None, cache: str | None, *, ask: bool = True) -> Path:
    """The configuration and tokenizer of a model on the hub, or what of them was fetched before; never weights.

    Args:
        ask: whether the hub is, or only its cache on this machine is looked into.

    Raises:
        RecordError: neither is to be had.
    """
    from httpx import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        path = snapshot_download(
            name,
            revision=revision,
            cache_dir=cache,
            allow_patterns=list(FILES),
            etag_timeout=PATIENCE,
            local_files_only=not ask,
        )
    except (OSError, ValueError, HfHubHTTPError, HTTPError) as error:
        where = f"its hub cannot be reached ({type(error).__name__})" if ask else "not on this machine"
        raise RecordError(f"{name}: {where}; what needs its files was not checked") from error
    return Path(path)


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config = parse_json(read_whole(folder / "config.json"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{folder}: holds no readable config.json ({type(error).__name__})") from error
    if not isinstance(config, dict):
        raise RecordError(f"{folder}: its config.json is no JSON object")
    return config


def _inner(config: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = config.get("text_config")
    return inner if isinstance(inner, dict) else config


def _built_shape(folder: Path, config: Mapping[str, Any]) -> Shape | None:
    """Of a kind that is not known by formula: the model is built without weights, by transformers' own code alone."""
    if "auto_map" in config:
        return None
    import torch
    from llamafactory.model.model_utils.misc import find_all_linear_modules
    from transformers import AutoConfig, AutoModelForCausalLM

    with heard([]):
        try:
            read = AutoConfig.from_pretrained(folder)
            with torch.device("meta"):
                model = AutoModelForCausalLM.from_config(read)
            return shape_of_model(model, model.config.get_text_config(), find_all_linear_modules(model, True))
        except Exception:  # a configuration that only its own code can read
            return None


def _load_tokenizer(recipe: Recipe, folder: Path) -> tuple[Any, Any, str | None]:
    """Through LLaMA-Factory; code that lies beside a model is never run, whatever the recipe trusts."""
    from llamafactory.hparams import ModelArguments
    from llamafactory.model import load_tokenizer

    names = {key: recipe.sound[key] for key in TOKENIZER_KEYS if key in recipe.sound}
    names |= {"model_name_or_path": str(folder), "trust_remote_code": False}
    names.pop("model_revision", None)
    with heard([]):
        try:
            loaded = load_tokenizer(ModelArguments(**names))
        except Exception as error:  # whatever it raises would end the run
            reason = one_line(error.__cause__ or error, 200)
            return None, None, f"{folder}: its tokenizer cannot be loaded ({reason})"
    return loaded["tokenizer"], loaded["processor"], None


def _load_template(recipe: Recipe, tokenizer: Any) -> tuple[Any, int, str | None]:
    """The recipe's template, the words it added to the tokenizer, and why it cannot be had."""
    from llamafactory.data import get_template_and_fix_tokenizer
    from llamafactory.data.template import TEMPLATES
    from llamafactory.hparams import DataArguments

    written = {key: recipe.sound[key] for key in TEMPLATE_KEYS if key in recipe.sound}
    name = written.get("template")
    words = tokenizer if tokenizer is not None else Unread()
    before = len(tokenizer) if tokenizer is not None else 0
    if name is not None and name not in TEMPLATES:
        return None, 0, f"Template {name} does not exist."
    try:
        with own_template(name), heard([]):
            template = get_template_and_fix_tokenizer(words, DataArguments(**written))
    except Exception as error:  # whatever it raises would end the run
        return None, 0, one_line(error)
    return template, len(tokenizer) - before if tokenizer is not None else 0, None


def _own_prompt(tokenizer: Any) -> str | None:
    if tokenizer is None or not getattr(tokenizer, "chat_template", None):
        return None
    try:
        asked = [{"role": "user", "content": PROBE}]
        return str(tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True))
    except Exception:  # a template of another's making may refuse anything
        return None


def _end_tokens(folder: Path, config: Mapping[str, Any]) -> frozenset[int]:
    """Tokens at which the model stops when it generates, as its files say."""
    try:
        generation = parse_json(read_whole(folder / "generation_config.json"))
    except (OSError, ValueError):
        generation = {}
    ends = (generation if isinstance(generation, dict) else {}).get("eos_token_id", config.get("eos_token_id"))
    return frozenset(end for end in (ends if isinstance(ends, list) else [ends]) if isinstance(end, int))
