r"""Benchmarks by name: where each lies on the Hugging Face hub, and how its rows become problems.

A row of GSM8K as the hub has it, and the problem that it becomes::

    {"question": "Weng earns $12 an hour ...", "answer": "Weng earns 12/60 = $<<12/60=0.2>>0.2 ...\n#### 10"}
    {"id": "gsm8k:1", "source": "gsm8k", "question": "Weng earns $12 an hour ...", "answer": "10",
     "answer_kind": null, "level": "2 steps", "subject": null, "lang": "en"}

Adding one is an entry of ``BENCHMARKS`` in ``table.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ...protocol import detect_lang
from ...records import Problem, RecordError
from ..families import EMBEDDED, generate
from ..files import strict
from ..hub import hub_rows
from ..naming import find_named
from ..readers import Row
from .table import BENCHMARKS, Benchmark, Hub

__all__ = ["BENCHMARKS", "Benchmark", "Hub", "find", "load", "read_rows", "to_problems"]

FAMILIES_EACH = 10  # with seed 0 and the well-known instances: data/problems_heldout.jsonl
NAMING_COLUMNS = ("unique_id", "idx", "qid", "ID", "id")


def find(name: str) -> Benchmark:
    """The benchmark of a name.

    Raises:
        RecordError: there is none; the message names those that are spelt like it.
    """
    return find_named(name, BENCHMARKS, "benchmark", f"the benchmarks are {', '.join(BENCHMARKS)}")


def load(name: str, path: Path | None = None) -> list[Problem]:
    """The problems of a benchmark, from the hub or from a local copy.

    Args:
        path: a JSONL, JSON, CSV or parquet file, or a folder in the layout of its repository.

    Raises:
        RecordError: unknown benchmark, no network and no copy, or a row without question or answer.
    """
    benchmark = find(name)
    if benchmark.hub is None:
        if path is not None:
            raise RecordError(f"{name}: is generated and reads no file; leave out the file")
        return [draft.problem for draft in generate(FAMILIES_EACH, 0, known=True, names=EMBEDDED)]
    rows = read_rows(path, benchmark.hub) if path is not None else _fetch(name, benchmark.hub)
    return list(to_problems(name, rows, str(path or benchmark.hub.repository)))


def to_problems(name: str, rows: Iterable[Row], origin: str = "rows") -> Iterator[Problem]:
    """Read the rows of a benchmark; ids are the benchmark's name and the row's own name or number from 0."""
    benchmark, seen = find(name), Counter[str]()
    for number, row in enumerate(rows):
        key = next((str(row[column]) for column in NAMING_COLUMNS if row.get(column) not in (None, "")), str(number))
        seen[key] += 1
        where = f"{origin}: row {number + 1} (columns {', '.join(row)})"
        try:
            question, answer = benchmark.question(row), benchmark.answer(row)
            subject, level, kind = benchmark.subject(row), benchmark.level(row), benchmark.kind(row)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise RecordError(f"{where} is not of {name} ({error!r})") from error
        if not question or not answer:
            raise RecordError(f"{where} has no {'answer' if question else 'question'} as {name} names it")
        yield Problem(
            id=f"{name}:{key}" + (f"-{seen[key]}" if seen[key] > 1 else ""),
            source=name,
            question=question,
            answer=answer,
            answer_kind=kind,
            level=level,
            subject=subject,
            lang=detect_lang(question),
        )


def read_rows(path: Path, hub: Hub) -> Iterable[Row]:
    """The rows of a local copy: a file, or a folder in the layout of the benchmark's repository."""
    if path.is_dir():
        files = hub.files and (hub.files.rpartition("/")[2] if "://" in hub.files else hub.files)
        return list(hub_rows(replace(hub, repository=str(path), files=files, revision=None), str(path)))
    return list(strict(path))


def _fetch(name: str, hub: Hub) -> Iterable[Row]:
    return list(hub_rows(hub, f"{name}: {hub.repository}"))
