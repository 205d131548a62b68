"""What a set of token ids was made of, so that one whose recipe, data or renderings have changed is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ...disk import digest_of, parse_json, read_whole
from ...protocol import SYSTEM_PROMPTS, TEXT_PROMPTS, TOOL
from ...records import RecordError
from ..preflight import TEMPLATE_KEYS, TOKENIZER_KEYS, Preflight

__all__ = ["FILE", "changes", "origin_of", "read_origin"]

FILE = "made_of.json"
PACKAGES = ("llamafactory", "transformers", "tokenizers")
Origin = dict[str, Any]


def origin_of(preflight: Preflight, stage: str, inputs: Iterable[Path], options: Mapping[str, Any]) -> Origin:
    """Everything that decides the bytes of a set.

    Not seen: a change of our own code that renders; ``prompts`` are the tool schema and the system prompts.
    """
    settings = preflight.settings
    return {
        "stage": stage,
        "options": dict(options),
        "template": {key: settings[key] for key in TEMPLATE_KEYS if key in settings},
        "model": {key: settings[key] for key in TOKENIZER_KEYS if key in settings},
        "tokenizer": preflight.tokenizer_digest,
        "cutoff_len": preflight.cutoff_len,
        "prompts": _digest(json.dumps([TOOL, SYSTEM_PROMPTS, TEXT_PROMPTS])),
        "versions": {name: version(name) for name in PACKAGES},
        "inputs": {str(path): digest_of(path) for path in inputs},
    }


def changes(folder: Path, now: Mapping[str, Any]) -> list[str]:
    """The names of what differs between the origin of the set in ``folder`` and ``now``.

    Raises:
        RecordError: as ``read_origin``.
    """
    made = read_origin(folder)
    return [name for name, value in now.items() if made.get(name) != json.loads(json.dumps(value))]


def read_origin(folder: Path) -> Origin:
    """What is written beside a set.

    Raises:
        RecordError: there is none, so that the folder was made by something else.
    """
    try:
        made = parse_json(read_whole(folder / FILE))
    except (OSError, ValueError) as error:
        raise RecordError(f"{folder}: holds no readable {FILE}, so it is not a set of this command") from error
    if not isinstance(made, dict):
        raise RecordError(f"{folder / FILE}: not a JSON object; delete the folder and make the set again")
    return made


def _digest(*texts: str | Sequence[str]) -> str:
    return sha256("\n".join(map(str, texts)).encode()).hexdigest()
