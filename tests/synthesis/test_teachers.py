"""Endpoints from a YAML, and amounts of money as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from math_solver.records import RecordError
from math_solver.synthesis.spending import Price
from math_solver.synthesis.teachers import Teacher, money, read_teachers

DEFAULT = Teacher("http://default", Price(Decimal("0.5"), Decimal("1.5")), 32)


def read(path: Path, text: str) -> list[Teacher]:
    (path / "e.yaml").write_text(text, encoding="utf-8")
    return read_teachers(path / "e.yaml", DEFAULT)


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    text = """
    - base_url: http://a/v1
    - {base_url: https://b/v1/, key: B_KEY, price_in: 0.1, price_out: 3, concurrency: 512}
    """
    assert read(tmp_path, text) == [
        Teacher("http://a/v1", DEFAULT.price, 32),
        Teacher("https://b/v1/", Price(Decimal("0.1"), Decimal(3)), 512, "B_KEY"),
    ]
    assert read(tmp_path, text)[1].url == "https://b/v1/chat/completions"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "must be a list"),
        ("a: 1", "must be a list"),
        ("- 3", "endpoint 1: must have a base_url"),
        ("- {base_url: 3}", "endpoint 1: must have a base_url"),
        ("- {base_url: http://a, prize: 3}", "endpoint 1: has prize; the keys are base_url"),
        ("- {base_url: http://a, price_in: cheap}", "endpoint 1: price_in is cheap"),
        ("- {base_url: http://a, concurrency: many}", "endpoint 1: concurrency is 'many'"),
        ("- {base_url: http://a, concurrency: 0}", "--concurrency is 0"),
        ("- {base_url: a}", "a: is no address"),
        ("- [", "cannot be read"),
        ("!!python/object/apply:os.system [ls]", "cannot be read"),
    ],
)
def test_what_it_cannot_mean_is_refused_in_one_line(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=complaint) as raised:
        read(tmp_path, text)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "amount"), [("5", "5"), ("0.15", "0.15"), (0.1, "0.1"), ("1e-6", "0.000001"), (0, "0")]
)
def test_amounts(text: object, amount: str) -> None:
    assert money(text, "--max-cost") == Decimal(amount)


@pytest.mark.parametrize("text", ["", "lots", "-1", "nan", "inf", "1e-7", "1e10", None, True, "1,5"])
def test_no_amounts(text: object) -> None:
    with pytest.raises(RecordError, match=f"--max-cost is {text}"):
        money(text, "--max-cost")
