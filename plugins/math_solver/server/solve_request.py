"""What both endpoints ask of a solve: a conversation and how to go on with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..interpreter import Show
from ..protocol import Role, Turn
from ..records import Execution
from ..solving.json_answers import AnswerFormat
from .web.errors import ApiError
from .web.fields import Body, is_unicode, is_writable, read, read_number

__all__ = [
    "TOOL_TYPE",
    "Penalties",
    "Results",
    "Run",
    "SolveRequest",
    "SEEDS",
    "append_turn",
    "complete",
    "last_question",
    "numbered_seed",
    "read_arguments",
    "read_penalties",
    "read_stop",
]

TOOL_TYPE = "code_interpreter"
SEEDS = (-(2**63), 2**63 - 1)  # the least and the most
_JOINTS: Mapping[Role, str] = {"user": "\n\n", "assistant": "\n\n", "observation": "\n"}


class Run(Protocol):
    """Run one program of a solve, as ``solving.loop.Execute``; ``show`` is given what it draws."""

    async def __call__(self, code: str, *, show: Show | None = None) -> Execution: ...


@dataclass(frozen=True)
class Penalties:
    """OpenAI's additive penalties on tokens that were generated, and biases of single tokens."""

    presence: float = 0.0
    frequency: float = 0.0
    bias: Mapping[int, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.presence or self.frequency or self.bias)

    def apply(self, prompt_length: int, input_ids: Any, scores: Any) -> Any:
        """A logits processor of transformers: ``scores`` [batch, vocabulary] behind ``input_ids`` [batch, tokens]."""
        written = input_ids[:, prompt_length:]
        counts = scores.new_zeros(scores.shape).scatter_add_(1, written, scores.new_ones(written.shape))
        scores = scores - self.frequency * counts - self.presence * (counts > 0)
        for token, bias in self.bias.items():
            scores[:, token] += bias
        return scores


@dataclass(frozen=True)
class SolveRequest:
    """A conversation that ends in a user's turn or a tool's, and how to go on.

    Attributes:
        system: the system prompt; ``None`` leaves the template's own.
        interpreter: run the model's programs.
        functions: the client's own tools, whose calls are returned to it.
        calls_limited: it may not call other tools that it thinks there are.
        call_required: it must call a tool before it may conclude.
        answer_format: what the answer must be.
        n: solves side by side, a choice each.
        votes: solves of which the most frequent answer is the reply; no more than 1 is no vote.
        check: test the answer by another way.
        explain: let the model explain the solution behind its conclusion.
        stop: strings before which a solve ends.
        penalties, seed: honoured where the model can (``Model.check``).
        logprobs: how many of the likeliest tokens are told with each of a plain answer, where the model can;
            ``None`` tells nothing.
    """

    model: str
    system: str | None
    turns: tuple[Turn, ...]
    max_tokens: int | None = None
    sampling: Mapping[str, Any] = field(default_factory=dict)
    stream: bool = False
    include_usage: bool = False
    interpreter: bool = True
    functions: tuple[Mapping[str, Any], ...] = ()
    calls_limited: bool = False
    call_required: bool = False
    answer_format: AnswerFormat | None = None
    n: int = 1
    votes: int = 1
    check: bool = False
    explain: bool = False
    stop: tuple[str, ...] = ()
    penalties: Penalties = field(default_factory=Penalties)
    seed: int | None = None
    logprobs: int | None = None

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the client's own tools."""
        return tuple(function["name"] for function in self.functions)


def numbered_seed(seed: int | None, number: int) -> int | None:
    """The seed of the solve of that number, counted on from the first one's; behind the last seed comes the first."""
    first, last = SEEDS
    return None if seed is None else first + (seed - first + number) % (last - first + 1)


def read_arguments(arguments: object) -> Any:
    """The arguments of a call in history: an object, or the text that a model left cut or empty.

    Raises:
        ValueError: neither, or text that cannot be written.
    """
    if isinstance(arguments, str) and arguments.strip():
        try:
            arguments = json.loads(arguments)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        except json.JSONDecodeError:
            pass  # a token limit cut the model that wrote it
    elif arguments is None or isinstance(arguments, str):
        arguments = {}
    if not is_writable(arguments):
        raise ValueError("it cannot be written in UTF-8, or is nested too deep")
    return arguments


@dataclass
class Results:
    """What calls of one turn returned, in the order of the calls, however a client sends it."""

    calls: list[str] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)

    def turns(self) -> list[Turn]:
        """A turn for each; empties this."""
        places = {name: place for place, name in enumerate(self.calls)}
        self.found.sort(key=lambda result: places.get(result[0], len(places)))
        turns = [Turn("observation", text, results=(text,)) for _, text in self.found]
        self.calls, self.found = [], []
        return turns


def complete(turns: list[Turn]) -> None:
    """Make turns of them that a model continues: from a user's, and to a user's or an observation.

    A greeting may open a conversation, and a client may leave the last word to the assistant; the user says nothing
    there.
    """
    if turns and turns[0].role == "assistant":
        turns.insert(0, Turn("user", ""))
    if turns and turns[-1].role == "assistant":
        turns.append(Turn("user", ""))


def last_question(turns: Sequence[Turn]) -> str:
    """What the user asked last, in a turn of its own or behind an observation; empty where nobody asked anything."""
    asked = (turn.content if turn.role == "user" else turn.asked or "" for turn in reversed(turns))
    return next((text for text in asked if text.strip()), "")


def append_turn(turns: list[Turn], turn: Turn) -> None:
    """Append a turn; neighbours of one role become one, and a user who follows an observation speaks in its turn."""
    if turns and turns[-1].role == turn.role:
        turns.append(_joined(turns.pop(), turn))
    elif turns and turns[-1].role == "observation" and turn.role == "user":
        turns[-1] = turns[-1].ask(turn.content)
    else:
        turns.append(turn)


def _joined(first: Turn, second: Turn) -> Turn:
    """Two turns of one role as one; its calls begin where those of the first begin that has any."""
    before = first.content + _JOINTS[first.role]
    calls_at = first.calls_at
    if first.calls_nothing and second.calls_at is not None:
        calls_at = len(before) + second.calls_at
    reasoning = "\n\n".join(filter(None, (first.reasoning, second.reasoning)))
    results = first.results + second.results if first.asked is None else ()  # a user spoke between them
    return Turn(first.role, before + second.content, reasoning, calls_at, results)


def read_stop(body: Body) -> tuple[str, ...]:
    """The strings before which an answer ends; raise 400 for what are none."""
    stop = body.get("stop")
    words = [stop] if isinstance(stop, str) else stop
    if words is None:
        return ()
    if not isinstance(words, list) or not all(isinstance(word, str) and is_unicode(word) for word in words):
        raise ApiError("stop must be a string or a list of strings", param="stop", code="invalid_type")
    return tuple(word for word in words if word)


def read_penalties(body: Body) -> Penalties:
    """OpenAI's penalties and biases; raise 400 for what are none."""
    presence, frequency = (read_number(body, f"{name}_penalty", -2, 2) or 0.0 for name in ("presence", "frequency"))
    bias = read(body, "logit_bias", dict, {})
    try:
        biases = {int(token): float(value) for token, value in bias.items()}
    except (TypeError, ValueError, OverflowError) as error:
        message = "logit_bias must map token ids to numbers"
        raise ApiError(message, param="logit_bias", code="invalid_type") from error
    if not all(-100 <= value <= 100 for value in biases.values()):
        raise ApiError("logit_bias must be from -100 to 100", param="logit_bias", code="invalid_value")
    return Penalties(presence, frequency, biases)
