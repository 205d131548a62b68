"""All that is looked at: rows, what curation left out, and clusters of what it left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any, Literal, Self

from ...dataset.curation.curating import Victim
from ...disk import same_file
from ...records import Drop, Problem, RecordError, Trajectory, as_row, write_jsonl
from .alike import Alike
from .collection import Choice, Collection
from .left_out import CLUSTERS, LEFT_OUT, clusters_of, facts_of_cluster, facts_of_victim
from .rows import ROWS, Rates, facts_of, solution_text

__all__ = ["Explorer", "Part"]

Part = Literal["rows", "left_out", "clusters"]
_BATCH = 256  # texts that a tokenizer gets at a time
_NAMED = 20  # unreadable rows that are kept by name


class Explorer:
    """Feed it rows with ``take``, then ``finish``; safe to ask from threads.

    Args:
        inputs: the files that are read, which are never written.
        folder: in which selections are saved.
        count_tokens: the numbers of tokens of texts.
        notes: what curation said of the rows that it left out.
        near: the similarity from which questions of the rows are put in clusters; None looks for none.
    """

    def __init__(
        self,
        inputs: list[Path],
        folder: Path,
        count_tokens: Callable[[list[str]], list[int]] | None = None,
        notes: Sequence[str] = (),
        near: float | None = None,
    ) -> None:
        self.inputs, self.folder, self.notes = inputs, folder, notes
        self._count_tokens = count_tokens
        self._stack = ExitStack()
        self.rows, self.left_out, self.clusters = (
            self._stack.enter_context(Collection(kinds)) for kinds in (ROWS, LEFT_OUT, CLUSTERS)
        )
        self._alike = None if near is None else self._stack.enter_context(Alike(near))
        self.unreadable: Counter[str] = Counter()
        self.unreadable_rows: list[Drop] = []
        self._rates = Rates()
        self._waiting: list[tuple[Mapping[str, Any], Problem | Trajectory, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def part(self, name: Part) -> Collection:
        return {"rows": self.rows, "left_out": self.left_out, "clusters": self.clusters}[name]

    def take(self, raw: Mapping[str, Any] | None, record: Problem | Trajectory | Victim | Drop, file: str) -> None:
        """Put a row where it belongs: as it stands in its file (None: as its record), and what it is read as."""
        if isinstance(record, Drop):
            self.unreadable[record.reason] += 1
            if len(self.unreadable_rows) < _NAMED:
                self.unreadable_rows.append(record)
            return
        row = as_row(record) if raw is None else raw
        if isinstance(record, Victim):
            self.left_out.add({**row, **as_row(record)}, facts_of_victim(record, file))
            return
        self._waiting.append((row, record, file))
        if len(self._waiting) >= _BATCH:
            self._take_waiting()

    def _take_waiting(self) -> None:
        texts = [solution_text(record) for _, record, _ in self._waiting] if self._count_tokens else []
        counts = self._count_tokens(texts) if self._count_tokens else [None] * len(self._waiting)
        for (row, record, file), tokens in zip(self._waiting, counts, strict=True):
            facts = facts_of(record, file, tokens)
            self.rows.add(row, facts)
            if self._alike is not None:
                self._alike.take(row, record, facts.problem)
            if isinstance(record, Trajectory):
                self._rates.take(facts.problem, record)
        self._waiting.clear()

    def finish(self) -> None:
        """What only all rows can tell: pass rates, and which duplicates belong together."""
        self._take_waiting()
        for number in range(len(self.rows)):
            self.rows.say("rate", number, self._rates.named(self.rows.problem_of(number)))
        left_out = clusters_of(self.left_out.rows(range(len(self.left_out))))
        for cluster in chain(left_out, self._alike.clusters() if self._alike is not None else ()):
            self.clusters.add(cluster, facts_of_cluster(cluster))

    def rate(self, number: int) -> tuple[int, int] | None:
        """Of a row's problem: how many samples are correct, and how many there are."""
        return self._rates.of(self.rows.problem_of(number))

    def save(self, part: Part, choice: Choice, name: str, *, replace: bool = False) -> tuple[Path, int]:
        """Write the chosen rows, as they were read, as one JSONL file of ``folder``, whole or not at all.

        Raises:
            RecordError: the name is none, or the file is an input, exists already, or cannot be written.
        """
        path = self.folder / _file_name(name)
        if any(same_file(path, taken) for taken in self.inputs):
            raise RecordError(f"{path}: is an input and would be replaced; choose another name")
        if path.is_dir():
            raise RecordError(f"{path}: is a folder; choose another name")
        if path.exists() and not replace:
            raise RecordError(f"{path}: exists already; choose another name, or tick Replace")
        collection = self.part(part)
        rows = collection.select(choice).rows
        if not len(rows):
            raise RecordError("nothing is selected; nothing was written")
        try:
            return path, write_jsonl(path, collection.rows(rows))
        except OSError as error:
            raise RecordError(f"{path}: cannot be written ({error.strerror})") from error
        except RecursionError as error:
            raise RecordError(f"{path}: not written; a row is nested too deep") from error

    def summary(self) -> Iterator[str]:
        """What was read, in a few words each."""
        yield f"{len(self.rows):,} rows of {self.rows.problems:,} problems"
        if len(self.left_out):
            yield f"{len(self.left_out):,} rows that curation left out"
        if len(self.clusters):
            yield f"{len(self.clusters):,} clusters of questions that are alike"
        if self.unreadable:
            reasons = ", ".join(f"{rows} {reason}" for reason, rows in self.unreadable.most_common())
            yield f"{self.unreadable.total():,} rows that could not be read ({reasons})"


def _file_name(name: str) -> str:
    """A plain file name: what a page is asked to write stays in its folder."""
    name = name.strip()
    if not name or name.startswith(".") or any(sign in name for sign in "/\\\0") or len(name.encode()) > 200:
        raise RecordError(f"{name!r} is no plain file name; write one such as selection.jsonl")
    return name if name.endswith(".jsonl") else f"{name}.jsonl"
