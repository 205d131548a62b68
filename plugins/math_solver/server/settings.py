"""The ``code_interpreter:`` section of the YAML given to ``llamafactory-cli api``, parsed strictly.

    python -m math_solver.server.settings

writes the table of its keys into the README beside this file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin
from urllib.parse import urlsplit

from annotated_types import Ge, Le
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints, ValidationError
from pydantic import model_validator as validate_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..interpreter import LAYERS, Limits
from ..protocol import FormChoice
from ..solving.loop import Budget
from .web.errors import StartupError

__all__ = ["SECTION", "Settings", "Upstream", "insert_keys", "parse_settings", "render_keys"]

SECTION = "code_interpreter"
LIMITS = Limits()
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- keys, written by python -m math_solver.server.settings -->\n", "<!-- end of keys -->\n")


@dataclass(frozen=True)
class Takes:
    """What a key takes, in words, where its type does not say it; the limits are appended."""

    words: str


def _refuse_blank(value: object) -> object:
    """An optional key is left out, and not left blank."""
    if value is None:
        raise ValueError("blank")
    return value


def _list_to_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _check_layer(name: str) -> str:
    if name not in LAYERS:
        raise ValueError("no layer")
    return name


def _check_url(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("no URL")
    return url


Seconds: TypeAlias = Annotated[float, Takes("seconds")]
Megabytes: TypeAlias = Annotated[int, Takes("megabytes")]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
Url: TypeAlias = Annotated[Text, AfterValidator(_check_url), Takes("a URL such as http://127.0.0.1:8001/v1")]
Origins: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(_list_to_tuple), Takes("a list of origins such as http://localhost:3000")
]
Problems: TypeAlias = Annotated[
    tuple[Text, ...] | None,
    BeforeValidator(_list_to_tuple),
    Takes("a list of problems that this model can solve"),
]
Layers: TypeAlias = Annotated[
    tuple[Annotated[Text, AfterValidator(_check_layer)], ...],
    BeforeValidator(_list_to_tuple),
    Takes(f"a list of layers of isolation: {', '.join(LAYERS)}"),
]


class Section(BaseModel, frozen=True, strict=True, extra="forbid", allow_inf_nan=False):
    """A section of the YAML: values of the very type that a key takes, and no unknown keys."""


class Upstream(Section, frozen=True):
    """Another endpoint, whose model the loop asks."""

    base_url: Url = Field(description="Where it answers.")
    model: Text = Field(description="The name under which it knows the model.")
    api_key_env: Annotated[Text | None, BeforeValidator(_refuse_blank)] = Field(
        default=None, description="The environment variable that holds its key; no key is sent without."
    )
    timeout: Seconds = Field(default=600.0, gt=0, le=86_400, description="Seconds that one answer may take.")


class Settings(Section, frozen=True):
    """How programs run and what a request may spend.

    A key that the interpreter obeys is passed on in ``limits``, one that the loop obeys in ``budget``.
    """

    rounds: int = Field(
        default=6, ge=0, le=100, description="Programs that one solve may run before its last generation."
    )
    timeout: Seconds = Field(default=LIMITS.timeout, ge=0.1, le=600, description="Seconds that one program may take.")
    memory_mb: Megabytes = Field(
        default=LIMITS.memory_mb, ge=64, le=65_536, description="Memory that one program may use."
    )
    output_chars: int = Field(
        default=LIMITS.output_chars,
        ge=100,
        le=100_000,
        description="Characters of an observation; what is longer loses its middle.",
    )
    concurrency: Annotated[int | None, BeforeValidator(_refuse_blank)] = Field(
        default=LIMITS.concurrency,
        ge=1,
        le=256,
        description="Programs that run at the same time; by default one for each processor that the server may use.",
    )
    max_sessions: int = Field(
        default=LIMITS.sessions,
        ge=1,
        le=10_000,
        description="Solves in progress at the same time; one more is answered with 429.",
    )
    max_containers: int = Field(
        default=64,
        ge=1,
        le=10_000,
        description="Containers kept idle for a later request; the longest idle ends first.",
    )
    session_idle: Seconds = Field(
        default=LIMITS.session_idle,
        ge=1,
        le=86_400,
        description="Seconds without a program after which a container ends.",
    )
    session_memory_mb: Megabytes = Field(
        default=LIMITS.session_memory_mb,
        ge=64,
        le=1_048_576,
        description="Memory of all sessions together; beyond it the longest idle container ends.",
    )
    max_responses: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="Responses stored for `previous_response_id` and retrieval; the oldest goes first.",
    )
    responses_mb: Megabytes = Field(
        default=64, ge=1, le=65_536, description="Megabytes that the stored responses may take together."
    )
    pictures_mb: Megabytes = Field(
        default=64,
        ge=0,
        le=65_536,
        description="Megabytes that the pictures of stored responses may take, beside `responses_mb`; the oldest go "
        "first, and their responses stay.",
    )
    responses_ttl: Seconds = Field(
        default=86_400.0, ge=1, le=31_536_000, description="Seconds for which a response is stored."
    )
    allow_missing: Layers = Field(
        default=(), description="Layers of isolation without which the interpreter may start all the same."
    )
    form: FormChoice = Field(
        default="native",
        description="How the model calls: `native` tool calls of its template, `fenced` code blocks, or `auto`, which "
        "shows the tool where the template's calls can be read and answers a call in the form that it came in.",
    )
    tell_budget: bool = Field(
        default=False,
        description="Append to each observation how many programs are left, for models trained with that line.",
    )
    default_on: bool = Field(
        default=False,
        description="Give the interpreter to requests that do not name it, unless their list of tools is empty.",
    )
    votes: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Solves of each problem, of which the most frequent answer is the reply; for requests that run "
        "programs and ask for neither temperature 0, `n`, a container by name nor `votes` of their own.",
    )
    max_votes: int = Field(default=16, ge=1, le=64, description="The most `votes` that a request may ask for.")
    check: bool = Field(
        default=False,
        description="Test each answer by another way; for requests that run programs and ask for no format of the "
        "answer nor `check` of their own.",
    )
    explain: bool = Field(
        default=False,
        description="Explain each answer; for requests that run programs and ask for no format of the answer nor "
        "`explain` of their own.",
    )
    examples: Problems = Field(
        default=None, description="Problems that the chat page offers; by default four of its own."
    )
    cors_origins: Origins = Field(default=(), description="Web pages that may call the server from a browser.")
    requests_per_minute: int = Field(
        default=6000, ge=0, le=1_000_000, description="Requests that one client may post; 0 sets no limit."
    )
    max_body_mb: Annotated[float, Takes("megabytes")] = Field(
        default=8.0, ge=0.01, le=1024, description="Megabytes that the body of a request may have."
    )
    bodies_mb: Megabytes = Field(
        default=256,
        ge=1,
        le=65_536,
        description="Megabytes that the bodies of all requests may have together, but never less than `max_body_mb`; "
        "what is more is answered with 503.",
    )
    max_connections: int = Field(
        default=1000,
        ge=10,
        le=100_000,
        description="Connections at the same time; for one more the one ends that has waited longest for its client.",
    )
    client_timeout: Seconds = Field(
        default=30.0,
        ge=1,
        le=3600,
        description="Seconds in which a client must send the head of a request, and in each span of which it must "
        "send or take 16 KB of a body, or the rest of it; its connection ends otherwise, and the solve with it.",
    )
    batch_size: int = Field(
        default=1,
        ge=1,
        le=256,
        description="Requests for which the Hugging Face engine generates at once (vLLM and SGLang batch by "
        "themselves); with more than 1, images and beams are refused.",
    )
    upstream: Upstream | None = Field(
        default=None, description="Another endpoint whose model is asked, instead of one that is loaded here."
    )
    page: bool = Field(default=True, description="Serve the chat page at `/`.")

    @validate_model(mode="after")
    def _check_batch(self) -> Settings:
        if self.upstream is not None and self.batch_size > 1:
            raise ValueError(f"{SECTION}.batch_size: the upstream batches by itself; leave one of them out")
        return self

    @validate_model(mode="after")
    def _check_votes(self) -> Settings:
        if self.votes > self.max_votes:
            raise ValueError(f"{SECTION}.votes: {self.votes} is more than max_votes, which is {self.max_votes}")
        return self

    @property
    def limits(self) -> Limits:
        """What the interpreter is started with."""
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

    @property
    def max_body_bytes(self) -> int:
        """Of one body."""
        return int(self.max_body_mb * (1 << 20))

    @property
    def max_bodies_bytes(self) -> int:
        """Of all bodies together."""
        return max(self.bodies_mb << 20, self.max_body_bytes)

    def budget(self, max_tokens: int | None) -> Budget:
        """What one solve may spend."""
        return Budget(self.rounds, max_tokens, self.tell_budget)


def parse_settings(section: object) -> Settings:
    """The settings of a section; an empty one gives the defaults.

    Raises:
        StartupError: an unknown key or a value that does not fit, naming the key and what is allowed.
    """
    given = {} if section is None else dict(section) if isinstance(section, Mapping) else section
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        # A misspelt key first: it is why another one is missing.
        first = min(error.errors(), key=lambda one: one["type"] not in ("extra_forbidden", "invalid_key"))
        raise StartupError(_explain(first, given)) from error


def _explain(error: ErrorDetails, given: Any) -> str:
    """One line on what is wrong in the section that was given."""
    at = error["loc"]
    if at[:1] == ("upstream",):
        return _explain_in(Upstream, f"{SECTION}.upstream", at[1:], error, given["upstream"])
    return _explain_in(Settings, SECTION, at, error, given)


def _explain_in(section: type[Section], where: str, at: tuple[int | str, ...], error: ErrorDetails, given: Any) -> str:
    """What is wrong at a place of a section: the key, what it says and what it takes."""
    fields = section.model_fields
    if not at and error["type"] == "value_error":  # keys that do not go together
        return str(error["ctx"]["error"])
    if not at:
        return f"{where} must be a section of keys, not {given!r}; allowed: {', '.join(fields)}"
    key = str(at[0])
    if key not in fields:
        close = difflib.get_close_matches(key, fields, n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        shown = key if key.isprintable() else repr(key)
        return f"{where}.{shown}: unknown key{hint}; allowed: {', '.join(fields)}"
    wrong = " is missing" if error["type"] == "missing" else f": {given[key]!r} does not fit"
    return f"{where}.{key}{wrong}; give {_takes(fields[key])}"


def _takes(field: FieldInfo) -> str:
    """What a key takes, in words."""
    said = next((one.words for one in field.metadata if isinstance(one, Takes)), None) or _name(field.annotation)
    least = next((f" from {one.ge}" for one in field.metadata if isinstance(one, Ge)), " up")
    return said + next((f"{least} to {one.le}" for one in field.metadata if isinstance(one, Le)), "")


def _name(annotation: Any) -> str:
    """A type in words."""
    if get_origin(annotation) is Literal:
        return f"one of {', '.join(get_args(annotation))}"
    if inner := get_args(annotation):  # optional, or annotated
        return _name(inner[0])
    if issubclass(annotation, Section):
        return "a section of keys"
    return {int: "a whole number", bool: "true or false", str: "text"}[annotation]


def render_keys() -> str:
    """The table of all keys, as Markdown."""
    head = "| key | takes | default | meaning |\n|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in _rows(Settings))


def _rows(section: type[Section], prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    for key, field in section.model_fields.items():
        yield f"`{prefix}{key}`", _takes(field), _default(field), field.description or ""
        for inner in get_args(field.annotation):
            if isinstance(inner, type) and issubclass(inner, Section):
                yield from _rows(inner, f"{prefix}{key}.")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "none" if value in (None, ()) else str(value)


def insert_keys(text: str) -> str:
    """A text with the table between its two marks.

    Raises:
        ValueError: it does not have both.
    """
    before, begin, rest = text.partition(MARKS[0])
    _, end, behind = rest.partition(MARKS[1])
    if not (begin and end):
        raise ValueError(f"the text must hold the lines {MARKS}")
    return f"{before}{begin}{render_keys()}{end}{behind}"


def main() -> None:
    README.write_text(insert_keys(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
