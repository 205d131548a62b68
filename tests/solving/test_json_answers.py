"""JSON in what a model says, and schemas of clients: both hostile, both read in a process of their own."""

from __future__ import annotations

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from math_solver.solving.json_answers import AnswerFormat, Found, check_format, find_answer
from math_solver.solving.json_process import Unreadable, check_schema, find, read, reply_to

X = {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"], "additionalProperties": False}
# A tree of schemas that doubles at each level.
DOUBLING = {
    "$ref": "#/$defs/a0",
    "$defs": {f"a{level}": {"anyOf": [{"$ref": f"#/$defs/a{level + 1}"}] * 2} for level in range(40)} | {"a40": False},
}


def answer(text: str, schema: Any = X) -> str | None:
    found = find(text, schema)
    return text[slice(*found["answer"])] if "answer" in found else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"x": 1}', '{"x": 1}'),
        (' \n{"x": 1}\n', '{"x": 1}'),
        # as it is written: a number keeps all of its digits
        ('{"x": 1.000}', '{"x": 1.000}'),
        ('{"x": ' + "9" * 4000 + "}", '{"x": ' + "9" * 4000 + "}"),
        # in a fence, with and without a language, and with prose around it
        ('```json\n{"x": 5}\n```', '{"x": 5}'),
        ('It is \\boxed{5}.\n\n```\n{"x": 5}\n```\nDone.', '{"x": 5}'),
        ('~~~~\n{"x": 5}\n~~~~', '{"x": 5}'),
        # a fence goes before what stands among the words
        ('Not {"x": 4}:\n```json\n{"x": 5}\n```', '{"x": 5}'),
        # among words, with braces of LaTeX, sets and intervals
        ('So \\frac{1}{2} of {1, 2} in [0, 1) is {"x": 3}.', '{"x": 3}'),
        # said twice alike
        ('{"x": 1} that is {"x":1}', '{"x":1}'),
        # only one of two fits
        ('{"y": 1} or {"x": 2}', '{"x": 2}'),
    ],
)
def test_the_json_in_a_text(text: str, found: str) -> None:
    assert answer(text) == found


@pytest.mark.parametrize(
    ("schema", "text", "found"),
    [
        # what is no object is not picked out of prose, but may be all there is, or stand in a fence
        ({"type": "number"}, "5", "5"),
        ({"type": "number"}, "```json\n5\n```", "5"),
        ({"type": "number"}, "It is 5.", None),
        ({"type": "array"}, "The roots are [1, 2].", "[1, 2]"),
        ({}, "null", "null"),
    ],
)
def test_values_that_are_no_objects(schema: Any, text: str, found: str | None) -> None:
    assert answer(text, schema) == found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no JSON"),
        ("The answer is \\boxed{5}.", "no JSON"),
        ("5", "not of type 'object'"),
        ('{"x": "a"}', "$.x: 'a' is not of type 'integer'"),
        ('{"x": 1, "y": 2}', "'y' was unexpected"),
        ('{"x": 1} or {"x": 2}', "2 different JSON values"),
        # what readers differ over
        ('{"x": 1, "x": 2}', "'x' is there twice"),
        ('{"x": NaN}', "NaN"),
        ('{"x": -Infinity}', "Infinity"),
        ('{"x": 1e999}', "out of range"),
        ('{"x": ' + "9" * 5000 + "}", "5000 digits"),
        ('{"\\ud800": 1}', "surrogate"),
        ("{'x': 1}", "not valid JSON"),
        ('{"x": 1,}', "not valid JSON"),
        ('{"x"\u00a0: 1}', "not valid JSON"),
        # cut off: nothing inside is taken for the answer
        ('{"x": 1', "not valid JSON"),
        ('{"y": {"x": 1}, "z', "not valid JSON"),
        ('[{"x": 1}, {"x": ', "not valid JSON"),
        # deep, and long
        ("[" * 100_000, "too deep"),
        ('{"x":' * 100_000, "too deep"),
        ('{"x": ' + "[" * 150 + "]" * 150 + "}", "too deep"),
        ('{"' * 100_000, "not valid JSON"),
    ],
)
def test_what_is_wrong_with_a_text(text: str, problem: str) -> None:
    assert problem in find(text, X)["problem"]


@pytest.mark.parametrize("text", ["", "nul", "\ufeff1", "01", "1.", '"\n"', "\u00a01", "[1]]"])
def test_what_is_not_json(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize(
    "schema",
    [
        {},
        X,
        {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#"}}}},
        {"$defs": {"a": {"type": "string"}}, "$ref": "#/$defs/a"},
        {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {}}, "$ref": "#/definitions/a"},
        {"$schema": "http://nowhere.invalid/draft", "type": "object"},
        # a reference to a part that has a name of its own
        {"$id": "http://a/b", "$defs": {"i": {"$id": "item"}}, "properties": {"q": {"$ref": "item"}}},
        # no references: a property of that name, and values that look like one
        {"properties": {"$ref": {"type": "string"}}},
        {"enum": [{"$ref": "nowhere"}], "default": {"$ref": "nowhere"}},
    ],
)
def test_schemas_that_can_be_used(schema: Any) -> None:
    assert check_schema(schema) == {}


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"type": "strin"}, "$.type"),
        ({"properties": {"a": {"type": 3}}}, "$.properties.a.type"),
        ({"properties": {"a": {"pattern": "("}}}, "$.properties.a.pattern"),
        ({"pattern": "(?:x{1,60000}){1,60000}{5}"}, "$.pattern"),
        ({"$schema": 3}, "$.$schema"),
        # names that are none
        ({"$id": 5}, "$['$id']"),
        ({"$id": ["a"]}, "$['$id']"),
        ({"$id": "http://a/b", "properties": {"a": {"$id": "http://["}}}, "$"),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "id": 5}, "$.id"),
        ({"properties": {"a": {"$ref": "#/$defs/a"}}}, "$.properties.a.$ref"),
        ({"items": [{"$ref": "http://127.0.0.1:9/x.json"}]}, "$.items"),  # a list of items is of older drafts
        ({"anyOf": [{"$ref": "http://127.0.0.1:9/x.json"}]}, "$.anyOf[0].$ref"),
        ({"$ref": "file:///etc/passwd"}, "$.$ref"),
        ({"$ref": "http://[bad"}, "$.$ref"),
        ({"$dynamicRef": "#nowhere"}, "$.$dynamicRef"),
        # without end
        ({"$ref": "#"}, "$"),
        ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, "$"),
    ],
)
def test_schemas_that_cannot_be_used(schema: Any, place: str) -> None:
    found = check_schema(schema)
    assert found["place"] == place and found["problem"]


DRAFTS = [
    *(f"http://json-schema.org/draft-0{number}/schema#" for number in (3, 4, 6, 7)),
    *(f"https://json-schema.org/draft/{name}/schema" for name in ("2019-09", "2020-12")),
]
KEYWORDS = st.sampled_from(
    "$schema $id id $ref $dynamicRef $recursiveRef $anchor $dynamicAnchor $recursiveAnchor $vocabulary $defs "
    "definitions type enum const properties patternProperties additionalProperties propertyNames required items "
    "prefixItems contains allOf anyOf oneOf not if then else dependentSchemas dependentRequired dependencies extends "
    "disallow unevaluatedItems unevaluatedProperties multipleOf divisibleBy minimum exclusiveMinimum minLength "
    "maxItems uniqueItems minContains pattern format contentEncoding default a".split()
)
VALUES = st.one_of(
    st.sampled_from(["", "#", "#a", "#/$defs/a", "a", "http://[", "http://a/b", "urn:x", "//", "%", "[", "(", "\0"]),
    st.sampled_from([*DRAFTS, "object", "array", "string", "integer", "date-time", "uri", "regex"]),
    st.sampled_from([None, True, False, 0, -1, 5, 1.5, 1e308, 10**400, [], {}]),
)
SCHEMAS = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=1000, deadline=None)
@given(st.dictionaries(KEYWORDS, SCHEMAS, min_size=1, max_size=4))
def test_no_schema_fails(schema: Any) -> None:
    checked = reply_to({"schema": schema})
    assert not checked or (checked["problem"] and isinstance(checked.get("place", "$"), str))
    json.dumps(checked)
    if not checked:
        assert reply_to({"schema": schema, "text": '{"a": 0} or [0]'}).keys() <= {"answer", "problem"}


def test_nothing_is_fetched() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        schema = {"$ref": f"http://127.0.0.1:{server.server_address[1]}/schema.json"}
        assert "nothing is fetched" in check_schema(schema)["problem"]
        assert "cannot be applied" in find('{"x": 1}', schema)["problem"]
        server.shutdown()
        thread.join()
    assert asked == []


def test_a_schema_that_fails_over_a_value() -> None:
    schema = {"properties": {"x": {"multipleOf": 0.1}}}
    assert "cannot be applied" in find('{"x": ' + "9" * 400 + "}", schema)["problem"]


async def search(text: str, schema: Any) -> Found:
    return await find_answer(text, AnswerFormat(schema))


async def ticks(seconds: float) -> int:
    """How often the event loop came round."""
    count = 0
    until = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < until:
        count += 1
        await asyncio.sleep(0.01)
    return count


def test_the_process_answers() -> None:
    assert asyncio.run(search('It is {"x": 5}.', X)) == Found('{"x": 5}')
    assert asyncio.run(search('It is {"x": "\ud800 5"}.', X)).answer is None
    assert asyncio.run(search("x" * 2_000_000, X)).answer is None
    assert asyncio.run(find_answer('{"a": 1}', AnswerFormat())).answer == '{"a": 1}'
    assert asyncio.run(find_answer("[1]", AnswerFormat())).answer is None
    assert asyncio.run(check_format(AnswerFormat())) is None
    assert asyncio.run(check_format(AnswerFormat({"type": 3}))) is not None


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"pattern": "^(a+)+$"}, json.dumps("a" * 40 + "!")),  # twice as long for each letter
        (DOUBLING, None),
    ],
)
def test_what_takes_for_ever_is_given_up_and_blocks_nobody(schema: Any, text: str | None) -> None:
    async def both() -> tuple[Any, int]:
        work = search(text, schema) if text else check_format(AnswerFormat(schema))
        waiting = asyncio.ensure_future(work)
        count = await ticks(0.5)
        return await waiting, count

    found, count = asyncio.run(both())
    assert "too much time" in (found.problem if isinstance(found, Found) else found)
    assert count > 2


def test_a_process_that_fails_is_our_own_failure() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)json_process.py failed: .*TypeError"):
        asyncio.run(search('{"x": 1}', {"$schema": []}))


def test_one_who_leaves_ends_the_process() -> None:
    async def leave() -> None:
        task = asyncio.ensure_future(search("1", DOUBLING))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    import psutil

    assert not [child for child in psutil.Process().children() if "json_process" in " ".join(child.cmdline())]
