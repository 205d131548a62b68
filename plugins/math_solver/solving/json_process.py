"""The process that checks a model's JSON against a client's schema: one job on stdin, one reply on stdout.

    {"schema": {...}}                     ->  {} for a schema that can be used, or {"problem": ..., "place": "$.a"}
    {"schema": {...}, "text": "..."}      ->  {"answer": [start, end]} of the JSON in the text, or {"problem": ...}

Both sides are hostile: a pattern can take for ever, a schema can double its work at each level, and a text can be
nested or repeated without end. So it runs apart, with limits on processor time, memory and files, and is killed beyond
them. It fetches nothing: a reference outside of the schema is an error. It imports nothing of this package, so that
it can be started in isolated mode.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

SECONDS = 2
MEMORY = 1 << 29
MOST_NESTED = 100  # levels; clients read no more than some hundreds
MOST_ERRORS = 100
SHOWN = 300  # characters of what a schema says against a value

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*\n(.*?)\n? {0,3}\1[ \t]*$", re.MULTILINE | re.DOTALL)
_OPENS = re.compile(r"[{\[]")
# What begins so is meant as JSON; what only has a brace may be a set, an interval or LaTeX.
_MEANT = re.compile(r"\{\s*[\"'}]|\[\s*[\"'{\[]")
# Values of every type, to find out whether a schema can be applied at all.
_PROBES: tuple[Any, ...] = (None, True, 0, 0.5, "", "a", [], [0], {}, {"a": 0})

Span = tuple[int, int]


class Unreadable(ValueError):
    """A text that is not the JSON that everyone reads alike."""


def main() -> None:
    """Do the one job."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a pipe is no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.loads(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(reply_to(job)))


def reply_to(job: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to a job."""
    try:
        return find(job["text"], job["schema"]) if "text" in job else check_schema(job["schema"])
    except RecursionError:
        return {"problem": "the schema and the value are too deep to be compared"}
    except MemoryError:
        return {"problem": "comparing it with the schema takes too much memory"}


def find(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The place of the JSON in a text that fits: all of it, or what is in a fence, or the one value among words."""
    validator = _validator(schema)
    broken = unfit = ""
    for spans in (_whole(text), _fences(text), _values(text)):
        fitting: list[tuple[Span, Any]] = []
        for start, end in spans:
            try:
                value = read(text[start:end])
            except Unreadable as wrong:
                if _MEANT.match(text, start):
                    broken = broken or f"it is not valid JSON: {wrong}"
                continue
            if problem := _problem(validator, value):
                unfit = unfit or problem
            else:
                fitting.append(((start, end), value))
        if fitting and all(value == fitting[-1][1] for _, value in fitting):
            return {"answer": fitting[-1][0]}
        if fitting:
            return {"problem": f"it holds {len(fitting)} different JSON values that fit; give one"}
    return {"problem": unfit or broken or "it holds no JSON"}


def _problem(validator: Any, value: Any) -> str | None:
    """What a schema has against a value."""
    import jsonschema

    try:
        error = jsonschema.exceptions.best_match(islice(validator.iter_errors(value), MOST_ERRORS))
    except Exception as wrong:  # of any kind: numbers beyond floats, patterns, recursion
        return f"the schema cannot be applied to it: {_short(wrong)}"
    return f"{error.json_path}: {_short(error.message)}" if error else None


def check_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a schema can be used: it is one, its references lead somewhere, and applying it ends."""
    try:
        return _check_schema(schema)
    except (RecursionError, MemoryError):
        raise
    except Exception as wrong:  # of any kind: names that are no URIs
        return {"problem": f"it cannot be used: {_short(wrong)}", "place": "$"}


def _check_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    import jsonschema
    from referencing.jsonschema import EMPTY_REGISTRY

    if not isinstance(schema.get("$schema", ""), str):
        return {"problem": "it must be text", "place": "$.$schema"}
    try:
        _kind(schema).check_schema(schema)
    except jsonschema.SchemaError as error:
        return {"problem": _short(error.message), "place": error.json_path}
    for place, reference, resolver in _references(schema, EMPTY_REGISTRY.resolver_with_root(_resource(schema))):
        try:
            resolver.lookup(reference)
        except Exception:  # of any kind: what is no URI fails in ways of its own
            problem = f"{_short(reference)!r} leads nowhere in the schema, and nothing is fetched"
            return {"problem": problem, "place": place}
    validator = _validator(schema)
    try:
        for probe in _PROBES:
            next(iter(validator.iter_errors(probe)), None)
    except RecursionError:
        return {"problem": "it refers to itself without end", "place": "$"}
    except Exception as wrong:  # of any kind: numbers beyond floats
        return {"problem": f"it cannot be applied: {_short(wrong)}", "place": "$"}
    return {}


def read(text: str) -> Any:
    """A JSON value, refused where two readers could differ over it or stumble.

    Raises:
        Unreadable: it is no JSON, has a key twice, ``NaN``, a number beyond Python's, half a surrogate pair, or is
            nested too deep.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole_number, parse_float=_number
        )
        _check_depth(value)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise Unreadable("it is nested too deep") from None
    except UnicodeEncodeError:
        raise Unreadable("half a surrogate pair") from None
    except json.JSONDecodeError as error:
        raise Unreadable(str(error)) from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, inner in pairs:
        if key in value:
            raise Unreadable(f"the key {_short(key)!r} is there twice")
        value[key] = inner
    return value


def _constant(name: str) -> Any:
    raise Unreadable(f"{name} is no JSON")


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable(f"a number of {len(text)} digits") from None


def _number(text: str) -> float:
    if math.isinf(value := float(text)):
        raise Unreadable(f"the number {_short(text)} is out of range")
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MOST_NESTED):
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for several in inner for one in several]
        if not level:
            return
    raise Unreadable("it is nested too deep")


def _whole(text: str) -> Iterator[Span]:
    """The text without the space around it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start < end:
        yield start, end


def _fences(text: str) -> Iterator[Span]:
    """What is in its code blocks."""
    for fence in _FENCE.finditer(text):
        for start, end in _whole(fence[2]):
            yield fence.start(2) + start, fence.start(2) + end


def _values(text: str) -> Iterator[Span]:
    """Its outermost objects and arrays; of one that is broken nothing inside is taken for the answer."""
    decoder, at = json.JSONDecoder(), 0
    while opening := _OPENS.search(text, at):
        try:
            _, at = decoder.raw_decode(text, opening.start())
            yield opening.start(), at
        except (ValueError, RecursionError):
            at = opening.end()
            if _MEANT.match(text, opening.start()):
                yield opening.start(), len(text.rstrip())
                return


def _kind(schema: Mapping[str, Any]) -> Any:
    """The validator of a schema's draft."""
    from jsonschema.validators import Draft202012Validator, validator_for

    return validator_for(schema, default=Draft202012Validator)


def _validator(schema: Mapping[str, Any]) -> Any:
    from referencing.jsonschema import EMPTY_REGISTRY

    kind = _kind(schema)
    # With a registry that knows the drafts alone nothing is fetched; without one a reference would be.
    return kind(schema, registry=EMPTY_REGISTRY, format_checker=kind.FORMAT_CHECKER)


def _resource(schema: Mapping[str, Any]) -> Any:
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012.detect(schema).create_resource(schema)


def _references(value: Any, resolver: Any, place: str = "$") -> Iterator[tuple[str, str, Any]]:
    """The references in a schema: where each stands, what it says, and what resolves it there."""
    if isinstance(value, Mapping):
        if place != "$" and isinstance(value.get("$id"), str):
            resolver = resolver.in_subresource(_resource(value))
        for key in ("$ref", "$dynamicRef", "$recursiveRef"):
            if isinstance(value.get(key), str):
                yield f"{place}.{key}", value[key], resolver
        for key, inner in value.items():
            if key not in ("const", "enum", "default", "examples"):
                yield from _references(inner, resolver, f"{place}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _references(inner, resolver, f"{place}[{index}]")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


if __name__ == "__main__":
    main()
