"""The card of a dataset: what is in it, where it comes from, what was left out, and how it was made.

It is a README in the form of the Hugging Face hub: a header in YAML, then Markdown. Texts that come from rows stand in
code or in cells of tables, with what Markdown or HTML would read escaped.
"""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import PurePath
from typing import Any

from ..records import Problem, Trajectory, problem_of
from .curation.curating import Options
from .curation.quality import Bounds, length
from .validation.proof import standing

__all__ = [
    "Circumstances",
    "Contents",
    "check_report",
    "curation_command",
    "hub_licence",
    "size_category",
    "write_card",
]

LONGEST_EXAMPLE = 3_000  # characters of its JSON
SHOWN = 20  # rows of a table
_BOUNDS = ("1K", "10K", "100K", "1M", "10M", "100M", "1B")
_HUB = {  # where the hub's name is not the SPDX identifier in small letters
    "ODC-By-1.0": "odc-by",
    "GPL-2.0-only": "gpl-2.0",
    "GPL-3.0-only": "gpl-3.0",
    "LGPL-3.0-only": "lgpl-3.0",
    "AGPL-3.0-only": "agpl-3.0",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass
class Contents:
    """Counts over the rows of a dataset, taken one at a time."""

    rows: Counter[str] = field(default_factory=Counter)  # by split
    problems: set[str] = field(default_factory=set)
    sources: defaultdict[str, Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))
    languages: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    subjects: Counter[str] = field(default_factory=Counter)
    rounds: Counter[int] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    teachers: Counter[str] = field(default_factory=Counter)
    versions: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    characters: int = 0
    validated: int = 0
    example: Mapping[str, Any] | None = None
    _example_length: int = 0

    @property
    def licences(self) -> Counter[str | None]:
        return sum(self.sources.values(), Counter())

    def take(self, split: str, row: Mapping[str, Any], record: Problem | Trajectory) -> None:
        problem = problem_of(record)
        self.rows[split] += 1
        self.problems.add(f"{problem.source}\n{problem.id}")
        self.sources[problem.source][problem.licence] += 1
        self.languages[problem.lang] += 1
        if problem.subject:
            self.subjects[problem.subject] += 1
        if isinstance(record, Trajectory):
            self._take_solution(record)
        self._offer_example(row)

    def _take_solution(self, trajectory: Trajectory) -> None:
        self.verdicts[trajectory.verdict.outcome if trajectory.verdict else "not verified"] += 1
        self.rounds[len(trajectory.steps)] += 1
        self.statuses.update(step.execution.status for step in trajectory.steps)
        self.characters += length(trajectory)
        if isinstance(teacher := trajectory.meta.get("teacher"), str):
            self.teachers[teacher] += 1
        found = trajectory.meta.get("validation")
        validation = found if isinstance(found, Mapping) else {}
        self.validated += standing(trajectory) == "proved"
        for block in (trajectory.meta.get("versions"), validation.get("versions")):
            for name, version in block.items() if isinstance(block, Mapping) else ():
                self.versions[str(name)].add(str(version))

    def _offer_example(self, row: Mapping[str, Any]) -> None:
        """The first row that is not too long; until one comes, the shortest."""
        if self.example is None or self._example_length > LONGEST_EXAMPLE:
            size = len(json.dumps(row, ensure_ascii=False))
            if self.example is None or size < self._example_length:
                self.example, self._example_length = row, size


@dataclass(frozen=True)
class Circumstances:
    """What a card says beyond its rows.

    Attributes:
        about: Markdown of the people who publish it.
        reports: what the steps left beside their outputs, by file name.
        commands: the commands that made the dataset, in order.
        versions: of the programs that made the card.
        files: the file of each split, within the folder.
        viewable: whether the hub's own loader takes the rows.
    """

    name: str
    about: str = ""
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    commands: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    viewable: bool = True


def size_category(rows: int) -> str:
    """How the hub names the number of rows."""
    place = next((place for place in range(len(_BOUNDS)) if rows < 10 ** (place + 3)), len(_BOUNDS) - 1)
    return f"{_BOUNDS[place - 1]}<n<{_BOUNDS[place]}" if place else f"n<{_BOUNDS[0]}"


def hub_licence(licence: str | None) -> str:
    """The hub's name of an SPDX identifier."""
    if licence is None:
        return "unknown"
    return "other" if licence.startswith("LicenseRef-") else _HUB.get(licence, licence.lower())


def write_card(contents: Contents, told: Circumstances) -> str:
    """The card as the text of a README."""
    from huggingface_hub import DatasetCard, DatasetCardData

    licences = sorted({hub_licence(licence) for licence in contents.licences})
    header: dict[str, Any] = {
        "pretty_name": told.name,
        "license": licences[0] if len(licences) == 1 else licences,
        "language": sorted(lang for lang in contents.languages if _LANGUAGE.fullmatch(str(lang))),
        "size_categories": [size_category(contents.rows.total())],
        "task_categories": ["text-generation"],
        "tags": ["mathematics", "tool-integrated-reasoning", "math-solver"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": path} for split, path in told.files.items()],
            }
        ],
    }
    if not told.viewable:
        header["viewer"] = False
    body = "\n\n".join(part for part in _parts(contents, told) if part)
    return str(DatasetCard(f"---\n{DatasetCardData(**header).to_yaml()}\n---\n\n{body}\n"))


def _parts(contents: Contents, told: Circumstances) -> Iterator[str]:
    yield f"# {_escaped(told.name)}"
    yield told.about.strip()
    yield _said(contents)
    yield "## Contents"
    yield _table(("split", "rows"), contents.rows.most_common())
    if contents.rounds:
        yield _table(("programs of a solution", "number"), sorted(contents.rounds.items()))
    for title, counts in (
        ("language", contents.languages),
        ("verdict", contents.verdicts),
        ("executions that ended as", contents.statuses),
        ("subject", contents.subjects),
        ("teacher", contents.teachers),
    ):
        if counts:
            yield _table((title, "number"), counts.most_common())
    yield "## Sources and licences"
    yield from _sources(contents)
    yield from _left_out(told.reports)
    yield from _contamination(told.reports)
    if contents.example is not None:
        yield "## A row"
        yield _fenced(json.dumps(contents.example, ensure_ascii=False, indent=1), "json")
    yield from _made(contents, told)


def _said(contents: Contents) -> str:
    rows, solved = contents.rows.total(), contents.rounds.total()
    text = f"{rows:,} rows about {len(contents.problems):,} different problems."
    if not solved:
        return f"{text} Each is a question of mathematics with its exact answer."
    programs = sum(programs * number for programs, number in contents.rounds.items())
    again = (
        f" Of {contents.validated:,} rows all programs were run again and print what the row says (`meta.validation`)."
    )
    return (
        f"{text} Each is a solution that reasons, runs Python and concludes: {programs:,} programs in all, each with "
        f"its output, and {contents.characters // solved:,} characters on average. The `verdict` of a row says "
        "whether its answer equals the gold answer; `unverifiable` is never a guess."
        + (again if contents.validated else "")
    )


def _sources(contents: Contents) -> Iterator[str]:
    yield _table(
        ("source", "licence", "rows"),
        [
            (source, licence or "not stated", rows)
            for source, licences in sorted(contents.sources.items(), key=lambda item: -item[1].total())
            for licence, rows in licences.most_common()
        ],
    )
    yield "Each row names the licence of its problem in `problem.licence` (or `licence`, of a row that is a problem)."


def _left_out(reports: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    counted = {name: rows for name, report in reports.items() if (rows := _drops(report))}
    if not counted:
        return
    yield "## What was left out"
    for name, rows in counted.items():
        report = reports[name]
        read, kept = report.get("read", report.get("rows")), report.get("kept", _validated(report))
        told = (
            f"`{name}`: read {read:,}" + (f", kept {kept:,}" if isinstance(kept, int) else "")
            if isinstance(read, int)
            else f"`{name}`"
        )
        yield told
        yield _table(("filter", "reason", "rows"), rows)


def _validated(report: Mapping[str, Any]) -> int | None:
    """How many rows a validation kept, of its report."""
    parts = report.get("by_part")
    return parts.get("output", 0) if isinstance(parts, Mapping) else None


def _drops(report: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Filters and their counts, of a curation's report or of a validation's."""
    if isinstance(report.get("dropped"), list):
        return [(str(drop["filter"]), str(drop["reason"]), drop["rows"]) for drop in report["dropped"]]
    reasons = report.get("by_reason")
    if isinstance(reasons, Mapping):
        return [("validation", str(reason), rows) for reason, rows in reasons.items()]
    return []


def _contamination(reports: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## Contamination"
    checked = [report for report in reports.values() if isinstance(report.get("benchmarks"), Mapping)]
    if not checked:
        yield "Not checked against any benchmark."
    for report in checked:
        benchmarks = report["benchmarks"]
        found = sum(rows for name, _, rows in _drops(report) if name == "decontamination")
        yield (
            f"Every question was compared with {benchmarks['items']:,} benchmark items (copied, with other numbers, "
            f"reworded, or translated); {found:,} rows were held to be one of them and left out."
        )
        yield _table(("benchmark", "items"), list(benchmarks["by_benchmark"].items()))
        yield from _blind(report)


def check_report(report: Mapping[str, Any]) -> None:
    """See that a card can tell what a step reported.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: a figure is missing or of no type that it can have.
    """
    for _ in (*_left_out({"": report}), *_contamination({"": report})):
        pass
    curation_command(report, "")


def _blind(report: Mapping[str, Any]) -> Iterator[str]:
    """What that check could not see."""
    benchmarks = report["benchmarks"]
    unjudged = report.get("not_judged_for_rewording") or {}
    missing = (report.get("benchmark_files") or {}).get("not_given") or []
    if benchmarks.get("verbatim_only"):
        yield f"{benchmarks['verbatim_only']:,} of the items are so short that they are only found verbatim."
    if unjudged:
        told = ", ".join(f"{rows:,} {_escaped(str(reason))}" for reason, rows in unjudged.items())
        yield f"Rows that could only be judged by their text, not for rewording or translation: {told}."
    if missing:
        yield f"Not checked against: {', '.join(map(_escaped, missing))}."


def _made(contents: Contents, told: Circumstances) -> Iterator[str]:
    yield "## How it was made"
    if told.commands:
        yield _fenced("\n".join(told.commands), "bash")
    names = sorted({*told.versions, *contents.versions})
    rows = [(name, ", ".join(sorted(contents.versions.get(name, ()))), told.versions.get(name, "")) for name in names]
    yield _table(("program", "version that the rows name", "version that made this card"), rows)


def curation_command(report: Mapping[str, Any], output: str) -> str | None:
    """The command of ``scripts/curate.py`` that its report tells of; None for another report.

    Given the same inputs, it makes the same dataset. Of a path from the root only the last part is told: the folders
    of a machine are nobody else's business; nor is the address of a judge.
    """
    options, inputs = report.get("options"), report.get("inputs")
    if not isinstance(options, Mapping) or not isinstance(inputs, Mapping) or "near" not in options:
        return None
    weights = options.get("weights") or [None] * len(inputs)
    names = map(_told_path, inputs)
    files = [
        name if weight is None else f"{name}={_number(weight)}" for name, weight in zip(names, weights, strict=False)
    ]
    words = ["python", "scripts/curate.py", "--input", *files, "--output", _told_path(output)]
    if read := (report.get("benchmark_files") or {}).get("read"):
        words += ["--benchmarks", *(word for name, paths in read.items() for word in _benchmark(name, paths))]
    words += [word for entry in fields(Options) for word in _option(entry.name, options)]
    words += _flag("--limit", report.get("limit"))
    if judge := report.get("judge"):
        words += ["--judge", "BASE_URL", "--judge-model", str(judge["model"])]
    return shlex.join(words)


def _benchmark(name: str, paths: str | Sequence[str]) -> Iterator[str]:
    """How a benchmark is given: by its name, from the hub, or with its file, which may bear that name itself."""
    for path in [paths] if isinstance(paths, str) else paths:
        named = PurePath(path).stem == name and PurePath(path).suffix
        yield name if path == "hub" else _told_path(path) if named else f"{name}={_told_path(path)}"


def _option(name: str, options: Mapping[str, Any]) -> list[str]:
    """How an option is given; nothing where its value is what it is without that, or the report is from before it."""
    usual = _as_json(getattr(Options(), name))
    value = options.get(name, usual)
    return [] if value == usual else _OPTIONS[name](value)


def _as_json(value: Any) -> Any:
    """A value as it is read back from a report."""
    return json.loads(json.dumps(asdict(value) if isinstance(value, Bounds) else value))


def _flag(flag: str, value: Any) -> list[str]:
    return [] if value is None else [flag, _number(value)]


def _bounds(value: Mapping[str, int]) -> list[str]:
    flags = (("--max-chars", "chars"), ("--max-rounds", "rounds"))
    return [
        word for flag, name in flags if value[name] != getattr(Bounds(), name) for word in _flag(flag, value[name])
    ]


def _pairs(flag: str, value: Mapping[str, float]) -> list[str]:
    return [flag, *(f"{name}={_number(share)}" for name, share in value.items())] if value else []


# Each field of ``Options`` and the words that give it, of what differs from what it is without them
_OPTIONS: Mapping[str, Callable[[Any], list[str]]] = {
    "checks": lambda names: ["--checks", *(names or ["none"])],
    "bounds": _bounds,
    "verdicts": lambda names: ["--verdicts", *names] if names else [],
    "near": partial(_flag, "--near"),
    "solutions": partial(_flag, "--solutions"),
    "by_difficulty": lambda said: ["--by-difficulty"] if said else [],
    "repaired": lambda said: ["--repaired"] if said else [],
    "max_pass_rate": partial(_flag, "--max-pass-rate"),
    "least_samples": partial(_flag, "--min-samples"),
    "variants": partial(_flag, "--variants"),
    "caps": partial(_pairs, "--cap-kind"),
    "weights": lambda shares: [],  # told with the inputs
    "balance": partial(_pairs, "--balance"),
    "validation": partial(_flag, "--validation"),
    "seed": partial(_flag, "--seed"),
}


def _number(value: float) -> str:
    """A number, whole or not, as the command takes it without a loss."""
    return str(int(value)) if value == int(value) else repr(value)


def _told_path(path: str) -> str:
    return PurePath(path).name if PurePath(path).is_absolute() else path


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table of Markdown; of a long one the first rows, and how many there are."""
    rows = list(rows)
    lines = [
        f"| {' | '.join(heads)} |",
        f"|{'|'.join('---:' if head in ('rows', 'number', 'items') else '---' for head in heads)}|",
    ]
    for row in rows[:SHOWN]:
        cells = [
            f"{cell:,}" if isinstance(cell, int) and place else _escaped(str(cell)) for place, cell in enumerate(row)
        ]
        lines.append(f"| {' | '.join(cells)} |")
    more = f"\n\nand {len(rows) - SHOWN:,} more." if len(rows) > SHOWN else ""
    return "\n".join(lines) + more


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"[\\`*\[\]<>|&#~$!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    said = _CONTROL.sub("\ufffd", " ".join(text.split())[:200])
    return _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", said)


def _fenced(text: str, language: str) -> str:
    """A listing whose fence is longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"
