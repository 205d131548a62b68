"""Attention over the paged cache of a batch in which a request costs what it costs alone.

transformers' own for SDPA lets every token look at the cached tokens of all requests and masks those of the others:
with prompts of a thousand tokens 16 requests took three times as long in a batch as one after the other. Here the
requests that add one token are padded to the longest among them, and those that read a prompt are taken one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.functional import scaled_dot_product_attention as attend
from transformers import AttentionInterface

__all__ = ["PAGED", "Layout", "use_paged"]

PAGED = "paged|by_request"


@dataclass(frozen=True)
class Part:
    """Tokens of a prompt that one step reads: their rows, the cached tokens that they see, and which sees which."""

    rows: slice
    seen: Any
    mask: Any


@dataclass(frozen=True)
class Layout:
    """Who sees what in one step.

    Attributes:
        rows: of the requests that add one token.
        seen: for each of them the places of its tokens in the cache, padded.
        mask: which of these are its own.
    """

    rows: Any
    seen: Any
    mask: Any
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, inputs: dict[str, Any]) -> Layout:
        """The layout of the inputs that transformers prepared (``PagedAttentionArgs``)."""
        places, device = inputs["read_index"][0].long(), inputs["input_ids"].device
        starts, begins = inputs["cu_seq_lens_q"].tolist(), inputs["cu_seq_lens_k"].tolist()
        spans = list(zip(starts, starts[1:], begins, begins[1:], strict=False))
        single = [(start, begin, end) for start, stop, begin, end in spans if stop - start == 1]
        parts = [
            Part(slice(start, stop), places[begin:end], _causal(stop - start, end - begin, device))
            for start, stop, begin, end in spans
            if stop - start > 1
        ]
        table = torch.tensor(single, device=device).reshape(-1, 3)
        longest = max((end - begin for _, begin, end in single), default=0)
        wanted = table[:, 1, None] + torch.arange(longest, device=device)
        mask = wanted < table[:, 2, None]
        seen = places[torch.where(mask, wanted, 0)] if single else wanted
        return cls(table[:, 0], seen, mask[:, None, None], tuple(parts))


def _causal(queries: int, keys: int, device: Any) -> Any:
    """``None`` where a whole prompt is read, which the kernels know by themselves."""
    if queries == keys:
        return None
    return torch.ones(queries, keys, dtype=torch.bool, device=device).tril(keys - queries)


def use_paged(model: Any) -> None:
    """Give a model this attention, unless it has one of flash attention's, which does the same."""
    if not model.config._attn_implementation.removeprefix("paged|").startswith("flash"):
        AttentionInterface.register(PAGED, _forward)
        model.set_attn_implementation(PAGED)


def _forward(
    module: Any, query: Any, key: Any, value: Any, attention_mask: Any, scaling: float | None = None, **kwargs: Any
) -> tuple[Any, None]:
    """Attention of one layer: query of shape [1, heads, rows, size], the cache and its ``layout`` among the rest."""
    cache = kwargs["cache"]
    layout: Layout = cache.layout
    (write,) = kwargs["write_index"]
    _, place = cache.layer_index_to_group_indices[module.layer_idx]
    keys, values = cache.key_cache[place], cache.value_cache[place]
    keys[write], values[write] = key[0].transpose(0, 1), value[0].transpose(0, 1)
    heads, size = query.shape[1], query.shape[3]
    output = query.new_empty(1, query.shape[2], heads, size)
    if len(layout.rows):
        # [requests, heads of the cache, heads that share one, size]: those take the place of a row each
        asked = query[0, :, layout.rows].transpose(0, 1).unflatten(1, (keys.shape[1], -1))
        seen = (_pick(keys, layout.seen).transpose(1, 2), _pick(values, layout.seen).transpose(1, 2))
        output[0, layout.rows] = attend(asked, *seen, attn_mask=layout.mask, scale=scaling).flatten(1, 2)
    for part in layout.parts:
        seen = (_pick(keys, part.seen[None]).transpose(1, 2), _pick(values, part.seen[None]).transpose(1, 2))
        answer = attend(
            query[:, :, part.rows],
            *seen,
            attn_mask=part.mask,
            is_causal=part.mask is None,
            scale=scaling,
            enable_gqa=keys.shape[1] != heads,
        )
        output[:, part.rows] = answer.transpose(1, 2)
    return output, None


def _pick(cached: Any, places: Any) -> Any:
    """``cached[places]``, which on a processor takes four times as long."""
    return cached.index_select(0, places.flatten()).unflatten(0, places.shape)
