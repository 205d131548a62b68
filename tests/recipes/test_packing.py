"""Which ways of packing keep records apart: the loss of a record alone and in a packed row, batch by batch.

Rows and batches are LLaMA-Factory's own, the model is the embedded base. FlashAttention needs a GPU: its two kernels
are stood in for by the same mathematics, and what transformers hands to them is transformers' own choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from llamafactory.data import SFTDataCollatorWith4DAttentionMask
from llamafactory.data.processor.supervised import PackedSupervisedDatasetProcessor
from llamafactory.hparams import DataArguments
from torch.nn.functional import cross_entropy, scaled_dot_product_attention
from transformers import AutoModelForCausalLM, modeling_flash_attention_utils

from math_solver.dataset.preflight import Preflight
from math_solver.dataset.sharegpt import build
from math_solver.records import Execution, Verdict
from math_solver.sources.families import generate, solve

BASE = Path(__file__).parents[2] / "examples/tiny_base"
CUTOFF = 512
IGNORED = -100
TOLERANCE = 1e-4  # of a loss: other shapes of the same sums round differently


@cache
def preflight() -> Preflight:
    return Preflight(BASE.parent / "train_lora/qwen2_tiny_lora_sft.yaml")


@cache
def records() -> list[dict[str, Any]]:
    """Six records of one question, which fill two rows or more."""
    solved = (
        solve(draft, lambda code, answer=draft.problem.answer: Execution("ok", answer), lambda *_: Verdict("correct"))
        for draft in generate(2, 3, names=["integer_sum", "parabola_vertex", "linear_system"])
    )
    return build(solved)[0]


@cache
def columns() -> dict[str, list[Any]]:
    converter, _ = preflight()._reader("sft", images=False)
    converted = [converter(dict(record)) for record in records()]
    return {name: [row[name] for row in converted] for name in converted[0]}


@cache
def packed(neat: bool) -> list[dict[str, Any]]:
    """The rows of ``packing`` and of ``neat_packing``."""
    arguments = DataArguments(template="qwen", cutoff_len=CUTOFF, packing=True, neat_packing=neat)
    tokenizer = preflight().tokenizer
    made = PackedSupervisedDatasetProcessor(preflight().template, tokenizer, None, arguments).preprocess_dataset(
        columns()
    )
    return [{name: values[at] for name, values in made.items()} for at in range(len(made["input_ids"]))]


@cache
def base() -> Any:
    return AutoModelForCausalLM.from_pretrained(BASE).eval()


def model(attention: str) -> Any:
    """The base with one attention; the name is set behind loading, which would look for the package."""
    base().config._attn_implementation = attention
    return base()


def batch_of(rows: Sequence[dict[str, Any]], attention: str, neat: bool) -> dict[str, Any]:
    collator = SFTDataCollatorWith4DAttentionMask(
        template=preflight().template,
        tokenizer=preflight().tokenizer,
        pad_to_multiple_of=8,
        block_diag_attn=neat,
        neat_packing=neat,
        attn_implementation=attention,
    )
    batch: dict[str, Any] = collator([dict(row) for row in rows])
    return batch


def losses(network: Any, batch: dict[str, Any]) -> torch.Tensor:
    """The loss of each token, at the place of the token that is foretold; 0 where none is trained."""
    with torch.no_grad():
        logits = network(**{name: value for name, value in batch.items() if name != "labels"}).logits
    labels = batch["labels"][:, 1:]
    found = cross_entropy(logits[:, :-1].transpose(1, 2), labels, ignore_index=IGNORED, reduction="none")
    return torch.cat([torch.zeros_like(found[:, :1]), found], dim=1)


@cache
def alone() -> dict[tuple[int, ...], float]:
    """The loss of each record by its tokens, in a batch of its own."""
    network, found = model("eager"), {}
    for record in records():
        encoded = preflight().encode(record)
        row = {name: encoded[name] for name in ("input_ids", "attention_mask", "labels")}
        found[tuple(encoded["input_ids"])] = float(losses(network, batch_of([row], "eager", False)).sum())
    return found


@dataclass(frozen=True)
class Found:
    """A record in a packed row: its loss there and alone, and whether another stands before it."""

    here: float
    alone: float
    first: bool

    @property
    def leaks(self) -> bool:
        return abs(self.here - self.alone) > TOLERANCE * self.alone


def found_in(neat: bool, attention: str, size: int) -> list[Found]:
    """Every record of the packed rows, in batches of ``size``."""
    expected, rows, found = alone(), packed(neat), []
    network = model(attention)
    for start in range(0, len(rows), size):
        chosen = rows[start : start + size]
        measured = losses(network, batch_of(chosen, attention, neat))
        for row, loss in zip(chosen, measured, strict=True):
            for begin, end in spans(row):
                ids = tuple(row["input_ids"][begin:end])
                found.append(Found(float(loss[begin:end].sum()), expected[ids], begin == 0))
    assert len(found) == len(records()) and any(not one.first for one in found)
    return found


def spans(row: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the records of a packed row begin and end; padding has no position but 0."""
    starts = [at for at, position in enumerate(row["position_ids"]) if position == 0]
    for begin, end in pairwise([*starts, len(row["position_ids"])]):
        if end - begin > 1:
            yield begin, end


@pytest.fixture
def flash_attention(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two kernels of flash-attn in plain mathematics; all that calls them is as it is."""

    def whole(q: Any, k: Any, v: Any, *, softmax_scale: float | None = None, **options: Any) -> Any:
        q, k, v = (states.transpose(1, 2) for states in (q, k, v))
        return scaled_dot_product_attention(q, k, v, is_causal=True, scale=softmax_scale).transpose(1, 2)

    def pieces(
        q: Any, k: Any, v: Any, *, cu_seqlens_q: Any, softmax_scale: float | None = None, **options: Any
    ) -> Any:
        cuts = list(pairwise(cu_seqlens_q.tolist()))
        parts = [whole(*(x[None, a:b] for x in (q, k, v)), softmax_scale=softmax_scale)[0] for a, b in cuts]
        return torch.cat(parts)

    def options(*, softmax_scale: float | None = None, **others: Any) -> dict[str, Any]:
        return {"softmax_scale": softmax_scale}

    functions = (whole, pieces, None, None, None)
    monkeypatch.setattr(
        modeling_flash_attention_utils, "lazy_import_flash_attention", lambda *_, **__: (functions, options)
    )


# neat_packing, attention, rows of a batch, and whether a record then sees another
COMBINATIONS = [
    # a mask of ones over restarting positions: SDPA and eager attention see a single long text
    (False, "sdpa", 1, True),
    (False, "sdpa", 2, True),
    (False, "eager", 1, True),
    # FlashAttention is told the positions, but only of a single row
    (False, "flash_attention_2", 1, False),
    (False, "flash_attention_2", 2, True),
    # a square mask of its own for each row
    (True, "sdpa", 1, False),
    (True, "sdpa", 2, False),
    (True, "eager", 1, False),
    (True, "eager", 2, False),
    (True, "flash_attention_2", 1, False),
]


@pytest.mark.parametrize(("neat", "attention", "size", "leaks"), COMBINATIONS)
def test_a_record_in_a_packed_row_has_the_loss_that_it_has_alone(
    neat: bool, attention: str, size: int, leaks: bool, flash_attention: None
) -> None:
    found = found_in(neat, attention, size)
    assert not any(one.leaks for one in found if one.first), "nothing stands before the first of a row"
    behind = [one.leaks for one in found if not one.first]
    assert all(behind) if leaks else not any(behind)


def test_neat_packing_with_flash_attention_takes_one_row_a_batch() -> None:
    rows = packed(neat=True)
    assert len(rows) > 1
    with pytest.raises(AssertionError, match="bsz should be 1"):
        batch_of(rows[:2], "flash_attention_2", neat=True)


def test_packed_rows_hold_each_record_once_and_whole() -> None:
    for neat in (False, True):
        held = sorted(tuple(row["input_ids"][a:b]) for row in packed(neat) for a, b in spans(row))
        assert held == sorted(alone()), "what is packed is what is trained on alone"
        assert all(len(row["input_ids"]) == CUTOFF for row in packed(neat))


def test_a_longer_prefix_makes_a_difference_at_all() -> None:
    """The measure can fail: the same record behind another one, in a plain row, has another loss."""
    first, second = (preflight().encode(record) for record in records()[:2])
    row = {name: first[name] + second[name] for name in ("input_ids", "attention_mask", "labels")}
    begin = len(first["input_ids"])
    loss = float(losses(model("eager"), batch_of([row], "eager", False))[0, begin:].sum())
    assert Found(loss, alone()[tuple(second["input_ids"])], first=False).leaks
