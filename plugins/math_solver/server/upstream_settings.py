"""The ``upstream:`` key of the ``code_interpreter:`` section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from urllib.parse import urlsplit

from .web.errors import StartupError

__all__ = ["Upstream", "parse_upstream"]


@dataclass(frozen=True)
class Upstream:
    """Another endpoint whose model the loop asks.

    Attributes:
        base_url: where it answers, such as http://127.0.0.1:8001/v1.
        model: the name under which it knows the model.
        api_key_env: the environment variable that holds its key; none is sent without.
        timeout: seconds that one answer may take.
    """

    base_url: str
    model: str
    api_key_env: str | None = None
    timeout: float = 600.0


def parse_upstream(value: object, where: str) -> Upstream:
    """The endpoint that a section names.

    Raises:
        StartupError: a key is missing, unknown or does not fit.
    """
    known = {field.name: field for field in fields(Upstream)}
    if not isinstance(value, Mapping):
        raise StartupError(f"{where} must be a section of keys, not {value!r}; allowed: {', '.join(known)}")
    for key in value:
        if key not in known:
            raise StartupError(f"{where}.{key}: unknown key; allowed: {', '.join(known)}")
    for name, field in known.items():
        if name not in value and field.default is MISSING:
            raise StartupError(f"{where}.{name} is missing; give {'the URL' if name == 'base_url' else 'the name'}")
    for name in ("base_url", "model", "api_key_env"):
        if name in value and not (isinstance(value[name], str) and value[name]):
            raise StartupError(f"{where}.{name}: {value[name]!r} does not fit; give text")
    if urlsplit(value["base_url"]).scheme not in ("http", "https"):
        raise StartupError(f"{where}.base_url: {value['base_url']!r} does not fit; give a URL such as http://host/v1")
    timeout = value.get("timeout", Upstream.timeout)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 86_400:
        raise StartupError(f"{where}.timeout: {timeout!r} does not fit; give seconds up to 86400")
    return Upstream(**value)
