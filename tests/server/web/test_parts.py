"""The text of a content, in the words of both endpoints."""

from __future__ import annotations

from typing import Any

import pytest

from math_solver.server.web.parts import read_text

KINDS = ("text", "output_text", "refusal")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a", "a"),
        ("", ""),
        ([], ""),
        (
            [{"type": "text", "text": "a"}, {"type": "refusal", "refusal": "b"}, {"type": "output_text", "text": "c"}],
            "abc",
        ),
        # a refusal has its own field, and no other kind has it
        ([{"type": "refusal", "text": "a"}], None),
        ([{"type": "text", "refusal": "a"}], None),
        # a kind that is not wanted here, and what is no kind
        ([{"type": "input_text", "text": "a"}], None),
        ([{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {}}], None),
        ([{"type": ["text"], "text": "a"}], None),
        ([{"type": None, "text": "a"}], None),
        ([{"text": "a"}], None),
        (["a"], None),
        # no text at all, and half of a character
        (None, None),
        (3, None),
        ({"type": "text", "text": "a"}, None),
        ([{"type": "text", "text": 3}], None),
        ("half \ud800", None),
        ([{"type": "text", "text": "\ud83d"}], None),
    ],
)
def test_the_text_of_a_content(content: Any, text: str | None) -> None:
    assert read_text(content, KINDS) == text
