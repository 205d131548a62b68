"""Token ids and labels of a rendered record, turn by turn, in the tokens of LLaMA-Factory's own template.

Where all turns are trained they are those of its supervised processor, token for token, with nothing cut.
(Read from llamafactory 0.9.5, ``data/processor/supervised.py``.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...records import RecordError
from ..preflight import Preflight, breaks_on

__all__ = ["IGNORED", "Encoder", "Tokens"]

IGNORED = -100
ROLES = {"human": "user", "gpt": "assistant", "function_call": "function", "observation": "observation"}


@dataclass(frozen=True)
class Tokens:
    """A row's token ids, and the same as labels where they are trained and ``IGNORED`` elsewhere."""

    input_ids: list[int]
    labels: list[int]

    def __len__(self) -> int:
        return len(self.input_ids)

    def columns(self, prefix: str = "") -> dict[str, list[int]]:
        """The columns that LLaMA-Factory's collators read."""
        mask = [1] * len(self.input_ids)
        values = {"input_ids": self.input_ids, "attention_mask": mask, "labels": self.labels}
        return {prefix + name: value for name, value in values.items()}


class Encoder:
    """Encodes records with a recipe's tokenizer and template."""

    def __init__(self, preflight: Preflight) -> None:
        self._template, self._tokenizer = preflight.template, preflight.tokenizer
        self._processor = preflight.processor

    def encode(self, record: Mapping[str, Any], trained: Sequence[bool]) -> Tokens:
        """``trained`` says of each assistant turn of the record whether it carries loss.

        Raises:
            RecordError: the template cannot write the record, as where it has no words around a call behind text.
        """
        try:
            return self._encode(record, trained)
        except RuntimeError as error:
            question = record["conversations"][0]["value"][:60]
            raise RecordError(f"the row of {question!r}: {breaks_on(error)}") from error

    def _encode(self, record: Mapping[str, Any], trained: Sequence[bool]) -> Tokens:
        plugin = self._template.mm_plugin
        messages = [{"role": ROLES[turn["from"]], "content": turn["value"]} for turn in record["conversations"]]
        messages = plugin.process_messages(messages, [], [], [], self._processor)
        pairs = self._template.encode_multiturn(self._tokenizer, messages, record["system"], record["tools"])
        input_ids, labels = plugin.process_token_ids([], [], [], [], [], self._tokenizer, self._processor)
        tokens = Tokens(list(input_ids), list(labels))
        before = False
        for (source, target), turn in zip(pairs, trained, strict=True):
            tokens.input_ids.extend([*source, *target])
            tokens.labels.extend([*self._prompt_labels(len(source), before), *_labels(target, turn)])
            before = turn
        if self._template.efficient_eos:
            tokens.input_ids.append(self._tokenizer.eos_token_id)
            tokens.labels.extend(_labels([self._tokenizer.eos_token_id], before))
        return tokens

    def _prompt_labels(self, length: int, before: bool) -> Iterator[int]:
        """A template that writes no end behind an answer has the token before the next question predict it."""
        for place in range(length):
            ends = place == 0 and before and self._template.efficient_eos
            yield self._tokenizer.eos_token_id if ends else IGNORED


def _labels(ids: Sequence[int], trained: bool) -> Sequence[int]:
    return ids if trained else [IGNORED] * len(ids)
