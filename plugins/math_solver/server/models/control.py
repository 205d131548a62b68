"""Control over ``model.generate`` on the Hugging Face engine: exact text as it comes, an end at a call, a cancel.

LLaMA-Factory's engine ignores stop strings, goes on generating for a client that has left, and decodes with
``clean_up_tokenization_spaces=True``, which rewrites programs (`` ' '.join`` becomes ``''.join``). The engine
calls ``model.generate`` in a thread that inherits the caller's context, so a control set there reaches it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextvars import Context, ContextVar, copy_context
from functools import partial
from typing import Any

import torch

from ...protocol import MARKUP, THINK, ThoughtTags, Watch
from ..solve_request import Penalties
from .context import check_context

__all__ = ["Cancelled", "Control", "TokenText", "install_control"]

WHOLE_CHARACTER = 8  # tokens that hold a whole character, even where each is one byte


class Cancelled(Exception):
    """The generation was given up before it began."""


class TokenText:
    """Decodes tokens as they come, without any rewriting of spaces and without half characters.

    Special tokens are left out, except those that mark a call or reasoning.
    """

    def __init__(self, tokenizer: Any, skip_special_tokens: bool = True, tags: ThoughtTags = THINK) -> None:
        self._tokenizer = tokenizer
        special = zip(tokenizer.all_special_ids, tokenizer.all_special_tokens, strict=True)
        skipped = (number for number, token in special if token not in MARKUP and not tags.holds(token))
        self._skipped = set(skipped) if skip_special_tokens else set()
        self._ids: list[int] = []
        self._shown = 0

    def add(self, token_ids: Iterable[int]) -> str:
        """The text that these tokens complete."""
        self._ids += [number for number in token_ids if number not in self._skipped]
        text = self._new()
        waiting = len(self._ids) - self._shown < WHOLE_CHARACTER
        return "" if text.endswith("\ufffd") and waiting else self._take(text)

    def flush(self) -> str:
        """What is left: characters that were never completed."""
        return self._take(self._new())

    def _new(self) -> str:
        before, text = self._decode(self._ids[: self._shown]), self._decode(self._ids)
        return text[len(before) :]

    def _take(self, text: str) -> str:
        # One text's worth of tokens stays, because decoders treat the first token in their own way.
        if text:
            self._ids, self._shown = self._ids[self._shown :], len(self._ids) - self._shown
        return text

    def _decode(self, token_ids: list[int]) -> str:
        text: str = self._tokenizer.decode(token_ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)
        return text


class Control:
    """Watches and ends one generation, alone or in a batch.

    Args:
        show: called in the generating thread with each piece of text.
        stop_ids: the tokens with which the model ends its turn.
        penalties, seed: what the request asks for and the engine itself does not know.
        context: tokens that prompt and answer may have together; ``None`` sets no limit.

    Attributes:
        written: the tokens that the model has written.
        stopped: it ended its turn by itself.
        running: its first token has been asked for.
    """

    def __init__(
        self,
        text: TokenText,
        watch: Watch,
        show: Callable[[str], object],
        *,
        stop_ids: Iterable[int] = (),
        penalties: Penalties | None = None,
        seed: int | None = None,
        context: int | None = None,
    ) -> None:
        self.written, self.stopped, self.running = list[int](), False, False
        self.seed = seed
        self._text, self._watch, self._show = text, watch, show
        self._stop_ids, self._penalties, self._context = frozenset(stop_ids), penalties, context
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """End the generation at its next token."""
        self._cancelled.set()

    def context(self) -> Context:
        """A context in which generations are under this control."""
        context = copy_context()
        context.run(_current.set, self)
        return context

    def generate(self, generate: Callable[..., Any], **kwargs: Any) -> Any:
        """Generate, showing the text on the way."""
        self.running = True
        if self._cancelled.is_set():
            raise Cancelled
        length = kwargs["inputs"].shape[1]
        self._fit(length, kwargs.get("generation_config"))
        processors = [*(kwargs.pop("logits_processor", None) or ()), *self.processors(length)]
        criteria = [partial(self._after_token, length)]
        # The seed of one request must not make those after it predictable.
        with torch.random.fork_rng(enabled=self.seed is not None):
            if self.seed is not None:
                torch.manual_seed(self.seed)
            output = generate(**kwargs, logits_processor=processors, stopping_criteria=criteria)
        self.close()
        return output

    def _fit(self, length: int, config: Any) -> None:
        """Leave room for no more tokens than the model's context has; a step beyond it is slow and nonsense."""
        if self._context is None:
            return
        check_context(length, self._context)
        if config is not None and config.max_new_tokens:
            config.max_new_tokens = min(config.max_new_tokens, self._context - length)

    def processors(self, prompt_length: int) -> list[Callable[[Any, Any], Any]]:
        """The logits processors that the engine knows nothing of."""
        return [partial(self._penalties.apply, prompt_length)] if self._penalties else []

    def take(self, new: list[int]) -> bool:
        """Show the text of new tokens; whether the generation should end behind them."""
        self.running = True
        self.written += new
        self.stopped = bool(new) and new[-1] in self._stop_ids
        self._tell(self._text.add(new[:-1] if self.stopped else new))
        return self._watch.over or self._cancelled.is_set()

    def close(self) -> None:
        """Show what was held back."""
        self._tell(self._text.flush())
        self._show(self._watch.close())

    def _after_token(self, prompt_length: int, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        """A stopping criterion of transformers; beams, when there are several, end by themselves."""
        batch = input_ids.shape[0]
        new = input_ids[0, prompt_length + len(self.written) :].tolist() if batch == 1 else []
        return torch.full((batch,), self.take(new), dtype=torch.bool, device=input_ids.device)

    def _tell(self, text: str) -> None:
        if text and (shown := self._watch.feed(text)):
            self._show(shown)


_current: ContextVar[Control | None] = ContextVar("math_solver_generation", default=None)


def install_control(engine: Any) -> None:
    """Let controls reach the ``generate`` of an engine's model, once; uncontrolled calls pass through."""
    generate = engine.model.generate
    if getattr(generate, "func", None) is not _generate:
        engine.model.generate = partial(_generate, generate)


def _generate(generate: Callable[..., Any], **kwargs: Any) -> Any:
    control = _current.get()
    return control.generate(generate, **kwargs) if control else _generate_uncontrolled(generate, **kwargs)


def _generate_uncontrolled(generate: Callable[..., Any], **kwargs: Any) -> Any:
    try:
        return generate(**kwargs)
    except BaseException:
        # The reader of the stock stream waits for an end that a failed generation never sends: one thread of
        # the event loop's pool would hang for good.
        if "streamer" in kwargs:
            kwargs["streamer"].end()
        raise
