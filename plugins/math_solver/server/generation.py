"""Control over ``model.generate`` on the Hugging Face engine: stop at the end of a call, cancel, exact text.

LLaMA-Factory's engine ignores stop strings, goes on generating for a client that has left, and decodes with
``clean_up_tokenization_spaces=True``, which rewrites programs (`` ' '.join`` becomes ``''.join``). The engine
calls ``model.generate`` in a thread that inherits the caller's context, so a control set there reaches it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import torch

from ..protocol import call_end

__all__ = ["Control", "controlled", "install_control"]

# Enough tokens for any closing mark of a call, even of a byte-level vocabulary.
TAIL_TOKENS = 16


class Control:
    """One generation under watch: ``token_ids`` is what the model wrote, once it has."""

    def __init__(self, tokenizer: Any, skip_special_tokens: bool = True) -> None:
        self.token_ids: list[int] = []
        self._skip_special_tokens = skip_special_tokens
        self.ended_call = False
        self._cancelled = threading.Event()
        self._tokenizer = tokenizer

    def cancel(self) -> None:
        """End the generation at its next token."""
        self._cancelled.set()

    def decode(self, token_ids: Any) -> str:
        """The text of tokens without any rewriting of spaces."""
        text: str = self._tokenizer.decode(
            token_ids, skip_special_tokens=self._skip_special_tokens, clean_up_tokenization_spaces=False
        )
        return text

    def should_stop(self, prompt_length: int, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        """A stopping criterion of transformers; beams, when there are several, end by themselves."""
        batch = input_ids.shape[0]
        if batch == 1:
            written = input_ids[0, prompt_length:]
            tail = self.decode(written[-TAIL_TOKENS:])
            if "</tool_call>" in tail or "```" in tail:
                self.ended_call = call_end(self.decode(written)) is not None
        stop = self.ended_call or self._cancelled.is_set()
        return torch.full((batch,), stop, dtype=torch.bool, device=input_ids.device)


_current: ContextVar[Control | None] = ContextVar("math_solver_generation", default=None)


@contextmanager
def controlled(control: Control) -> Iterator[Control]:
    """Put generations started here under ``control``; leaving cancels what still runs."""
    token = _current.set(control)
    try:
        yield control
    finally:
        control.cancel()
        _current.reset(token)


def install_control(engine: Any) -> None:
    """Let controls reach the ``generate`` of an engine's model; uncontrolled calls pass through."""
    engine.model.generate = partial(_generate, engine.model.generate)


def _generate(generate: Callable[..., Any], **kwargs: Any) -> Any:
    control = _current.get()
    if control is None:
        return _generate_uncontrolled(generate, **kwargs)
    prompt_length = kwargs["inputs"].shape[1]
    output = generate(**kwargs, stopping_criteria=[partial(control.should_stop, prompt_length)])
    control.token_ids = output[0, prompt_length:].tolist()
    return output


def _generate_uncontrolled(generate: Callable[..., Any], **kwargs: Any) -> Any:
    try:
        return generate(**kwargs)
    except BaseException:
        # The reader of the stock stream waits for an end that a failed generation never sends: one thread of
        # the event loop's pool would hang for good.
        if "streamer" in kwargs:
            kwargs["streamer"].end()
        raise
