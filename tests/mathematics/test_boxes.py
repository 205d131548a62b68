from __future__ import annotations

import pytest

from math_solver.mathematics import box_contents, boxed_answers, last_box_is_empty


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (r"\boxed{1} and \boxed{2}", "1, 2"),
        (r"$\boxed{1}$，$\boxed{2}$", "1, 2"),
        (r"${\boxed{1}}$ and ${\boxed{2}}$", "1, 2"),  # as a server writes them for chat interfaces
        (r"${\boxed{1}}$ ${\boxed{2}}$", "2"),
        (r"\boxed{1}. Then \boxed{2}", "2"),
        (r"\boxed{1}\boxed{2}", "2"),  # nothing joins them
        (r"\boxed{2}, \boxed{2}", "2"),  # said twice
        ("\\boxed{1},\n\n\\boxed{2}", "2"),
        ("no box", None),
    ],
)
def test_boxes_that_belong_together(text: str, joined: str | None) -> None:
    assert boxed_answers(text) == joined


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (r"\boxed{\fbox{ \boxed{7} }}", ["7"]),  # boxes that wrap all
        (r"\boxed{a\boxed{7}}", [r"a\boxed{7}"]),
        (r"\boxed{\{1\}}", [r"\{1\}"]),
        (r"\boxed -12.5 and \fbox x", ["-12.5", "x"]),
        (r"\boxed{" + "x" * 5_000 + r"} \boxed{3}", ["3"]),  # too long for an answer
        (r"} \boxed{1} {", ["1"]),
        (r"\boxed{} \boxed{ }", []),
    ],
)
def test_contents(text: str, contents: list[str]) -> None:
    assert box_contents(text) == contents


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        (r"\boxed{1} \boxed{2", True),  # cut
        (r"\boxed{2", True),
        (r"\boxed{ }", True),
        (r"\boxed{2}", False),
        (r"\boxed 2", False),
        (r"\boxed{" + "x" * 5_000 + "}", True),  # no answer is that long
        ("2", False),
    ],
)
def test_a_last_box_without_an_answer(text: str, empty: bool) -> None:
    assert last_box_is_empty(text) is empty


def test_only_the_last_boxes_count() -> None:
    assert box_contents("".join(rf"\boxed{{{number}}} " for number in range(100))) == [
        str(number) for number in range(36, 100)
    ]
