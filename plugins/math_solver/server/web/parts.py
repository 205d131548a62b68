"""The text of a message's content, which is a text or a list of parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .fields import is_unicode

__all__ = ["read_text"]

# The kinds of parts that are text, of chat completions and of responses, and the field in which each has it.
_FIELDS = {
    "text": "text",
    "input_text": "text",
    "output_text": "text",
    "reasoning_text": "text",
    "refusal": "refusal",
}


def read_text(content: object, kinds: Collection[str]) -> str | None:
    """The text of a content, its parts of ``kinds`` joined; ``None`` where it is anything else."""
    texts = [_text_of(part, kinds) for part in content] if isinstance(content, list) else [content]
    known = [text for text in texts if isinstance(text, str) and is_unicode(text)]
    return "".join(known) if len(known) == len(texts) else None


def _text_of(part: object, kinds: Collection[str]) -> object:
    if not isinstance(part, Mapping):
        return None
    kind = part.get("type")
    return part.get(_FIELDS[kind]) if isinstance(kind, str) and kind in kinds else None
