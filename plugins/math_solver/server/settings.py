"""The ``code_interpreter:`` section of the YAML given to ``llamafactory-cli api``, parsed strictly."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from ..interpreter import Limits
from ..protocol import FormChoice
from ..solving.loop import Budget
from .upstream_settings import Upstream, parse_upstream
from .web.errors import StartupError

__all__ = ["SECTION", "Settings", "parse_settings"]

SECTION = "code_interpreter"
LIMITS = Limits()


@dataclass(frozen=True)
class Settings:
    """How programs run and what a request may spend.

    Attributes:
        rounds: programs one solve may run before its last generation.
        timeout: seconds one program may take.
        memory_mb: memory one program may use.
        output_chars: characters of an observation; what is longer loses its middle.
        concurrency: programs that run at the same time (default: the processors this process may use).
        max_sessions: solves in progress at the same time; one more is answered with 429.
        max_containers: containers kept idle for a later request, the longest idle ending first.
        session_idle: seconds without a program after which a container ends.
        session_memory_mb: memory of all sessions together, beyond which the longest idle container ends.
        max_responses: responses stored for ``previous_response_id`` and retrieval, the oldest going first.
        responses_mb: megabytes that the stored responses may take together.
        responses_ttl: seconds for which a response is stored.
        allow_missing: layers of isolation without which the interpreter may start all the same.
        form: how the model calls: native tool calls of its template, fenced code blocks, or auto, which shows the
            tool where the template can spell calls and answers a call in the form that it came in.
        tell_budget: append to each observation how many programs are left, for models trained with that line.
        default_on: give the interpreter to requests that do not name any tool.
        cors_origins: web pages that may call the server from a browser; none unless named.
        requests_per_minute: requests that one client may post; 0 sets no bound.
        max_body_mb: megabytes that the body of a request may have.
        batch_size: requests for which the Hugging Face engine generates at once; 1 leaves the engine as it is. With
            more, images and beams are refused.
        upstream: another endpoint whose model is asked, instead of one that is loaded here.
        page: serve the chat page at ``/``.
    """

    rounds: int = 6
    timeout: float = LIMITS.timeout
    memory_mb: int = LIMITS.memory_mb
    output_chars: int = LIMITS.output_chars
    concurrency: int | None = LIMITS.concurrency
    max_sessions: int = LIMITS.sessions
    max_containers: int = 64
    session_idle: float = LIMITS.session_idle
    session_memory_mb: int = LIMITS.session_memory_mb
    max_responses: int = 1000
    responses_mb: int = 64
    responses_ttl: float = 86_400
    allow_missing: tuple[str, ...] = ()
    form: FormChoice = "native"
    tell_budget: bool = False
    default_on: bool = False
    cors_origins: tuple[str, ...] = ()
    requests_per_minute: int = 6000
    max_body_mb: float = 8
    batch_size: int = 1
    upstream: Upstream | None = None
    page: bool = True

    @property
    def limits(self) -> Limits:
        return Limits(
            timeout=self.timeout,
            memory_mb=self.memory_mb,
            output_chars=self.output_chars,
            concurrency=self.concurrency,
            # Solves in progress never cost an idle container its place.
            sessions=self.max_sessions + self.max_containers,
            session_idle=self.session_idle,
            session_memory_mb=self.session_memory_mb,
            allow_missing=self.allow_missing,
        )

    def budget(self, max_tokens: int | None) -> Budget:
        return Budget(self.rounds, max_tokens, self.tell_budget)


@dataclass(frozen=True)
class Rule:
    """What a key takes: a description for the error, the types that fit, bounds for numbers, choices for text."""

    wants: str
    types: tuple[type, ...]
    least: float = 0
    most: float = float("inf")
    choices: tuple[str, ...] = ()

    def admits(self, value: Any) -> bool:
        if not isinstance(value, self.types) or (isinstance(value, bool) and bool not in self.types):
            return False
        if isinstance(value, list):
            return all(isinstance(item, str) and item for item in value)
        if isinstance(value, int | float):
            return self.least <= value <= self.most
        return value in self.choices


RULES: Mapping[str, Rule] = {
    "rounds": Rule("a whole number from 0 to 100", (int,), 0, 100),
    "timeout": Rule("seconds from 0.1 to 600", (int, float), 0.1, 600),
    "memory_mb": Rule("megabytes from 64 to 65536", (int,), 64, 65536),
    "output_chars": Rule("a whole number from 100 to 100000", (int,), 100, 100_000),
    "concurrency": Rule("a whole number from 1 to 256", (int,), 1, 256),
    "max_sessions": Rule("a whole number from 1 to 10000", (int,), 1, 10_000),
    "max_containers": Rule("a whole number from 1 to 10000", (int,), 1, 10_000),
    "session_idle": Rule("seconds from 1 to 86400", (int, float), 1, 86_400),
    "session_memory_mb": Rule("megabytes from 64 to 1048576", (int,), 64, 1_048_576),
    "max_responses": Rule("a whole number from 1 to 1000000", (int,), 1, 1_000_000),
    "responses_mb": Rule("megabytes from 1 to 65536", (int,), 1, 65_536),
    "responses_ttl": Rule("seconds from 1 to 31536000", (int, float), 1, 31_536_000),
    "allow_missing": Rule("a list of layers of isolation", (list,)),
    "form": Rule(f"one of {', '.join(get_args(FormChoice))}", (str,), choices=get_args(FormChoice)),
    "tell_budget": Rule("true or false", (bool,)),
    "default_on": Rule("true or false", (bool,)),
    "cors_origins": Rule("a list of origins such as http://localhost:3000", (list,)),
    "requests_per_minute": Rule("a whole number from 0 to 1000000", (int,), 0, 1_000_000),
    "max_body_mb": Rule("megabytes from 0.01 to 1024", (int, float), 0.01, 1024),
    "batch_size": Rule("a whole number from 1 to 256", (int,), 1, 256),
    "page": Rule("true or false", (bool,)),
}


def parse_settings(section: object) -> Settings:
    """The settings of a section; an empty one gives the defaults.

    Raises:
        StartupError: an unknown key or a value that does not fit, naming the key and what is allowed.
    """
    if section is None:
        return Settings()
    if not isinstance(section, Mapping):
        raise StartupError(f"{SECTION} must be a section of keys, not {section!r}; allowed: {_allowed()}")
    section = dict(section)
    upstream = section.pop("upstream", None)
    for key, value in section.items():
        rule = RULES.get(key)
        if rule is None:
            close = difflib.get_close_matches(str(key), RULES, n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            raise StartupError(f"{SECTION}.{key}: unknown key{hint}; allowed: {_allowed()}")
        if not rule.admits(value):
            raise StartupError(f"{SECTION}.{key}: {value!r} does not fit; give {rule.wants}")
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in section.items()}
    if upstream is not None:
        values["upstream"] = parse_upstream(upstream, f"{SECTION}.upstream")
        if values.get("batch_size", 1) > 1:
            raise StartupError(f"{SECTION}.batch_size: the upstream batches by itself; leave one of them out")
    settings = Settings(**values)
    try:
        settings.limits  # noqa: B018  # Limits checks what only the interpreter knows
    except ValueError as error:
        raise StartupError(f"{SECTION}: {error}") from error
    return settings


def _allowed() -> str:
    return ", ".join(field.name for field in fields(Settings))
