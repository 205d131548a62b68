"""How likely a model finds the tokens of a text, and what each token is in bytes."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import torch

__all__ = ["Score", "TokenBytes", "chat_logprobs", "legacy_logprobs", "score_tokens"]

PART = 256  # tokens whose scores are held at a time: a vocabulary has 150,000


@dataclass(frozen=True)
class Score:
    """The logarithm of a token's probability behind those before it, and the likeliest tokens there with theirs.

    Those are of the model itself: before temperature, penalties, biases and what else a request asks of sampling.
    The first token of a text has none.
    """

    token: int
    logprob: float | None
    top: tuple[tuple[int, float], ...] = ()


def score_tokens(model: Any, tokens: Sequence[int], first: int, top: int) -> list[Score]:
    """The scores of ``tokens[first:]``, with the ``top`` likeliest tokens at each place."""
    with torch.inference_mode():
        return _score_parts(model, tokens, first, top)


def _score_parts(model: Any, tokens: Sequence[int], first: int, top: int) -> list[Score]:
    scores = [Score(tokens[0], None)] if first == 0 else []
    cached = None
    for start in range(0, len(tokens) - 1, PART):
        read = torch.tensor([tokens[start : start + PART]], device=model.device)
        output = model(input_ids=read, past_key_values=cached, use_cache=True)
        cached = output.past_key_values
        behind = list(tokens[start + 1 : start + PART + 1])
        skipped = max(0, first - start - 1)
        if skipped < len(behind):
            rows = output.logits[0, skipped : len(behind)].float().log_softmax(-1)
            scores += _scores(rows, behind[skipped:], top)
    return scores


def _scores(rows: Any, tokens: list[int], top: int) -> Iterator[Score]:
    own = rows.gather(1, torch.tensor(tokens, device=rows.device)[:, None])[:, 0].tolist()
    likeliest = rows.topk(min(top, rows.shape[1]))
    places = zip(tokens, own, likeliest.indices.tolist(), likeliest.values.tolist(), strict=True)
    for token, logprob, ids, values in places:
        yield Score(token, logprob, tuple(zip(ids, values, strict=True)))


class TokenBytes:
    """The bytes of a tokenizer's tokens, which need not be whole characters."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        backend = getattr(tokenizer, "backend_tokenizer", None)
        self._byte_level = "ByteLevel" in str(getattr(backend, "decoder", ""))
        self._added = {number: str(token) for number, token in tokenizer.added_tokens_decoder.items()}
        self.of = lru_cache(maxsize=100_000)(self._read)

    def _read(self, token: int) -> bytes:
        if token in self._added:
            return self._added[token].encode()
        written = self._tokenizer.convert_ids_to_tokens(token) or ""
        if self._byte_level:
            return bytes(_byte_of()[character] for character in written if character in _byte_of())
        if len(written) == 6 and written.startswith("<0x") and written.endswith(">"):
            return bytes.fromhex(written[3:5])
        return str(written).replace("\u2581", " ").encode()

    def text(self, token: int) -> str:
        """A token as OpenAI writes it: ``bytes:\\xe2\\x82`` where it is no whole text."""
        held = self.of(token)
        try:
            return held.decode()
        except UnicodeDecodeError:
            return "bytes:" + "".join(f"\\x{byte:02x}" for byte in held)


def legacy_logprobs(scores: Sequence[Score], tokens: TokenBytes) -> dict[str, Any]:
    """The scores as ``/v1/completions`` tells them; the offsets are characters from the first token on.

    A token that is not among the likeliest is listed with them, as at OpenAI.
    """
    return {
        "tokens": [tokens.text(score.token) for score in scores],
        "token_logprobs": [score.logprob for score in scores],
        "top_logprobs": [_top(score, tokens) for score in scores],
        "text_offset": list(_offsets([tokens.of(score.token) for score in scores])),
    }


def _top(score: Score, tokens: TokenBytes) -> dict[str, float] | None:
    if score.logprob is None:
        return None
    top: dict[str, float] = {}
    for token, logprob in (*score.top, (score.token, score.logprob)):
        top.setdefault(tokens.text(token), logprob)
    return top


def chat_logprobs(
    scores: Sequence[Score], tokens: TokenBytes, text: str, hidden: Collection[int]
) -> list[dict[str, Any]]:
    """The scores as chat and responses tell them: of the tokens that a text begins in, without ``hidden`` ones."""
    shown = [score for score in scores if score.token not in hidden]
    offsets = _offsets([tokens.of(score.token) for score in shown])
    return [
        _object(score.token, score.logprob, tokens)
        | {"top_logprobs": [_object(token, logprob, tokens) for token, logprob in score.top]}
        for score, offset in zip(shown, offsets, strict=True)
        if offset < len(text)
    ]


def _offsets(pieces: Iterable[bytes]) -> Iterator[int]:
    """How many characters there are before each piece, as a text shows them: what is none is one of its own."""
    decoder, length = codecs.getincrementaldecoder("utf-8")("replace"), 0
    for piece in pieces:
        yield length
        length += len(decoder.decode(piece))


def _object(token: int, logprob: float | None, tokens: TokenBytes) -> dict[str, Any]:
    text = tokens.text(token).removeprefix("bytes:")
    return {"token": text, "logprob": logprob, "bytes": list(tokens.of(token))}


@cache
def _byte_of() -> Mapping[str, int]:
    """Which byte each character of a byte-level vocabulary stands for (GPT-2's table)."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(0x100) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(0x100 + place): byte for place, byte in enumerate(others)}
