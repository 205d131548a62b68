"""The next token of each request in a batch, sampled as that request alone asks for.

transformers' continuous batching has one generation config for all of its requests. What it takes from us is a
logits processor: ours samples a token for each row, and leaves a row in which that token alone has weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import torch

from ..control import Control

__all__ = ["Request", "Sampler"]

T = TypeVar("T")


class Request:
    """One generation in a batch: how its tokens are sampled, and who is told of them.

    Args:
        prompt: its tokens.
        max_new_tokens: how many may follow them.
        end: called in the generating thread, once, with what went wrong or ``None``.
        processors: logits processors, which take the tokens so far and the scores.
        samples: take a token at random by its probability; the likeliest otherwise.
    """

    def __init__(
        self,
        prompt: list[int],
        max_new_tokens: int,
        control: Control,
        end: Callable[[Exception | None], object],
        *,
        device: Any,
        processors: Sequence[Callable[[Any, Any], Any]] = (),
        samples: bool = False,
    ) -> None:
        self.prompt, self.max_new_tokens = prompt, max_new_tokens
        self._history = torch.tensor([*prompt, *[0] * max_new_tokens], device=device)
        self._length = len(prompt)
        self._control, self._end = control, end
        self._processors, self._samples = processors, samples
        self._generator: torch.Generator | None = None
        if control.seed is not None:
            self._generator = torch.Generator(device).manual_seed(control.seed)

    @property
    def written(self) -> list[int]:
        tokens: list[int] = self._history[len(self.prompt) : self._length].tolist()
        return tokens

    def sample(self, scores: Any, greedy: Any) -> Any:
        """A token for scores of shape [1, vocabulary], of which ``greedy`` is the likeliest, as ``generate`` does."""
        if not self._processors and not self._samples:
            return greedy
        # A ``LogitsProcessorList`` reads the signature of each one at every token.
        for process in self._processors:
            scores = process(self._history[None, : self._length], scores)
        if not self._samples:
            return scores.argmax(-1)[0]
        return torch.multinomial(scores.softmax(-1), 1, generator=self._generator)[0, 0]

    def append(self, token: int) -> bool:
        """Go on with this token; whether to end behind it."""
        self._history[self._length] = token
        self._length += 1
        return self._control.take([token])

    def finish(self) -> None:
        try:
            self._control.close()
        except Exception as error:
            self._end(error)
        else:
            self._end(None)

    def fail(self, error: Exception) -> None:
        self._end(error)


class Sampler:
    """The logits processor of a batch.

    Requests are known by their id in ``requests``; one that ends, fails or has left is given ``stop``, at which
    transformers takes it out of the batch.
    """

    def __init__(self, requests: dict[str, Request], in_batch: Callable[[], list[str]], stop: int) -> None:
        self._requests, self._in_batch, self._stop = requests, in_batch, stop
        self._rows: Any = None

    def set_continuous_batching_context(self, logits_indices: Any, cu_seq_lens_q: Any) -> None:
        """Called by transformers before each step: the rows that end a request's tokens, in their order."""
        self._rows = logits_indices

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        keys = self._in_batch()
        if not keys:
            return scores
        rows = self._rows[: len(keys)].long()
        last = scores[rows].float()
        tokens = last.argmax(-1)
        for place, key in enumerate(keys):
            greedy, row = tokens[place], last[place, None]
            tokens[place] = self._isolated(key, partial(Request.sample, scores=row, greedy=greedy), greedy)
        chosen = [self._append(key, token) for key, token in zip(keys, tokens.tolist(), strict=True)]
        scores[rows] = 0
        scores[rows, torch.tensor(chosen, device=rows.device)] = 1
        return scores

    def _append(self, key: str, token: int) -> int:
        """The token, or ``stop`` where the request ends behind it."""
        return self._stop if self._isolated(key, partial(Request.append, token=token), True) else token

    def _isolated(self, key: str, act: Callable[[Request], T], otherwise: T) -> T:
        """What a request answers; where it fails, it fails alone."""
        request = self._requests.get(key)
        if request is None:
            return otherwise
        try:
            return act(request)
        except Exception as error:
            self._requests.pop(key, None)
            request.fail(error)
            return otherwise
