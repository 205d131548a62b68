"""Whether a model generates in a batch as it does alone.

Layers that were not made for a paged cache need not fail: some ignore it and write nonsense. So every start of the
server generates a few tokens in a batch and compares their scores with the model's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch

from ....protocol import Watch
from ..control import Control, TokenText
from .sampling import Request

__all__ = ["check_parity"]

PROMPTS = ("What is 12 × 34? Let us multiply step by step.", "请问 5 + 7 等于多少？")
TOKENS = 4
# How far scores may be apart, in standard deviations. Random models of 14 kinds were below 1e-6, or above 0.013 where
# something was wrong; bfloat16 costs 0.005.
TOLERANCE = {torch.float32: 0.01}
HALF_TOLERANCE = 0.05


def check_parity(model: Any, attention: str, tokenizer: Any, generate: Callable[[Iterable[Request]], None]) -> None:
    """Compare what ``generate`` makes in a batch with the model under its own ``attention``.

    Raises:
        RuntimeError: they differ. Whatever the generation raised is raised as it is.
    """
    probes = [_Probe(tokenizer, text, model.device) for text in PROMPTS]
    generate(probe.request for probe in probes)
    paged = model.config._attn_implementation
    model.set_attn_implementation(attention)
    difference = max(probe.difference(model) for probe in probes)
    model.set_attn_implementation(paged)
    if not difference < TOLERANCE.get(model.dtype, HALF_TOLERANCE):
        raise RuntimeError(f"its scores in a batch are {difference:.2f} standard deviations apart")


class _Probe:
    """A request that keeps the scores by which its tokens were chosen."""

    def __init__(self, tokenizer: Any, text: str, device: Any) -> None:
        prompt = tokenizer.encode(text, add_special_tokens=False)
        control = Control(TokenText(tokenizer), Watch(), lambda text: None)
        self.scores: list[Any] = []
        self.ends: list[Exception | None] = []
        self.request = Request(prompt, TOKENS, control, self.ends.append, device=device, processors=[self._keep])

    def _keep(self, history: Any, scores: Any) -> Any:
        self.scores.append(scores)
        return scores

    def difference(self, model: Any) -> float:
        """How far the scores are from those of a model alone, in standard deviations."""
        if failed := next(filter(None, self.ends), None):
            raise failed
        tokens = torch.tensor([[*self.request.prompt, *self.request.written]], device=model.device)
        alone = model(input_ids=tokens).logits[0, len(self.request.prompt) - 1 : -1].float()
        return float((alone - torch.cat(self.scores)).abs().mean() / alone.std())
