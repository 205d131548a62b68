"""What ``scripts/publish.py`` does with its command line: a folder that the hub takes, its card, and the way there."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from ..dataset.card import Circumstances, Contents, check_report, curation_command, write_card
from ..dataset.curation.rows import Row, read_rows
from ..dataset.validation.proof import PROOF, hash_of, standing, versions_here
from ..disk import read_object, read_whole, same_file, write_text
from ..records import Problem, RecordError, Trajectory, write_jsonl
from ..sources.licences import may_be_passed_on
from .command import beside_output

__all__ = ["Hub", "publish", "push"]

CARD = "README.md"
FILES = {"train": "data/train.jsonl", "validation": "data/validation.jsonl"}


class Hub(Protocol):
    """What is used of ``huggingface_hub.HfApi``."""

    def create_repo(self, repo_id: str, *, repo_type: str, private: bool, exist_ok: bool) -> Any: ...

    def repo_info(self, repo_id: str, *, repo_type: str) -> Any: ...

    def upload_folder(
        self, *, repo_id: str, repo_type: str, folder_path: Path, allow_patterns: list[str], commit_message: str
    ) -> Any: ...


def publish(args: argparse.Namespace, hub: Hub | None = None) -> None:
    """Write the folder, and push it where that is asked; everything is checked before anything is written or sent."""
    if args.private and not args.push:
        raise RecordError("--private is of --push; name the repository with --push NAME/DATASET")
    if args.push and hub is None:
        hub = _hub()
    splits = {"train": args.input, **({"validation": [args.validation]} if args.validation else {})}
    files = {split: FILES[split] for split in splits}
    texts = [path for path in (args.about, args.commands) if path is not None]
    _check_output(args.output, [*(path for paths in splits.values() for path in paths), *args.report], texts)
    told = _circumstances(args, files)
    contents = _write_rows(args, splits, files)
    viewable = _check_loading(args.output, files, contents)
    write_text(args.output / CARD, write_card(contents, replace(told, viewable=viewable)))
    print(f"{args.output}: {contents.rows.total()} rows of {len(contents.problems)} problems, and {CARD}")
    withheld = _withheld(contents.licences, args.redistribute)
    if not args.push or hub is None:
        if withheld:
            print(f"not to be pushed as it is: {_told(withheld)}")
        return
    if withheld:
        raise RecordError(
            f"not pushed: {_told(withheld)}; leave them out, state --licence where they are your own, or name the "
            "licences in --redistribute where you may pass them on"
        )
    print(push(hub, args.output, args.push, private=args.private, files=[CARD, *files.values()]))


def _circumstances(args: argparse.Namespace, files: Mapping[str, str]) -> Circumstances:
    reports = read_reports(args.report, args.input)
    return Circumstances(
        args.name or args.output.resolve().name,
        _read_text(args.about),
        dict(zip(_labels(reports), reports.values(), strict=True)),
        _commands(args, reports),
        {"math-solver": version("math-solver"), **versions_here()},
        files,
    )


def _labels(paths: Iterable[Path]) -> Iterator[str]:
    """The names of files, numbered where one comes again: their folders are nobody else's business."""
    seen: Counter[str] = Counter()
    for path in paths:
        seen[path.name] += 1
        yield path.name if seen[path.name] == 1 else f"{path.name} ({seen[path.name]})"


def _hub() -> Hub:
    """The hub, as whom the environment says.

    Raises:
        RecordError: there is no token.
    """
    from huggingface_hub import HfApi, get_token

    if get_token() is None:
        raise RecordError("--push needs a token of the hub; set HF_TOKEN, or run `hf auth login`")
    return HfApi()


def push(hub: Hub, folder: Path, repository: str, *, private: bool, files: Sequence[str]) -> str:
    """Bring the files into a dataset of the hub, made if need be, and return its address.

    Raises:
        RecordError: the hub refuses it or cannot be reached; or it shall be private, and everybody can see it.
    """
    import httpx

    try:
        hub.create_repo(repository, repo_type="dataset", private=private, exist_ok=True)
        if private and not hub.repo_info(repository, repo_type="dataset").private:
            raise RecordError(
                f"not pushed: {repository} is there already and not private; make it so, or name another"
            )
        commit = hub.upload_folder(
            repo_id=repository, repo_type="dataset", folder_path=folder, allow_patterns=list(files),
            commit_message=f"Publish {folder.resolve().name}",
        )  # fmt: skip
    except RecordError:
        raise
    except (OSError, ValueError, httpx.HTTPError) as error:  # what huggingface_hub raises is one of these
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise RecordError(f"not pushed to {repository}: {lines[0]}") from error
    return f"pushed: {commit}"


def _withheld(licences: Counter[str | None], told: str | None) -> dict[str | None, int]:
    allowed = {name.strip() for name in (told or "").split(",")}
    return {
        licence: rows for licence, rows in licences.items() if licence not in allowed and not may_be_passed_on(licence)
    }


def _told(withheld: Mapping[str | None, int]) -> str:
    parts = [f"{rows} rows under {licence}" for licence, rows in withheld.items() if licence is not None]
    parts += [f"{withheld[None]} rows that state no licence"] if None in withheld else []
    return f"{', '.join(parts)}; these do not allow that others pass them on"


def _check_output(folder: Path, inputs: Sequence[Path], texts: Sequence[Path]) -> None:
    """See that nothing is written over what is read, or into a folder of somebody else's; a text may be a pipe.

    Raises:
        RecordError: it would be.
    """
    for path in inputs:
        if not path.is_file():
            raise RecordError(f"{path}: no such file; check the path")
    written = [folder / name for name in (CARD, *FILES.values())]
    for path in (*inputs, *texts):
        if any(same_file(path, other) for other in written):
            raise RecordError(f"{path}: is an input and would be replaced; name another --output")
    if folder.exists() and not folder.is_dir():
        raise RecordError(f"{folder}: is no folder; name another --output")
    strange = [path for path in folder.rglob("*") if path.is_file() and path not in written]
    if strange:
        raise RecordError(f"{folder}: holds {strange[0].relative_to(folder)}; name a folder of its own")


def _write_rows(args: argparse.Namespace, splits: Mapping[str, Sequence[Path]], files: Mapping[str, str]) -> Contents:
    contents = Contents()
    for split, paths in splits.items():
        rows = (row for part, path in enumerate(paths) for row in read_rows(path, part))
        write_jsonl(args.output / files[split], _published(rows, split, args.licence, contents))
    for name in set(FILES.values()) - set(files.values()):
        (args.output / name).unlink(missing_ok=True)  # a split that an earlier run had
    return contents


def _published(rows: Iterator[Row], split: str, licence: str | None, contents: Contents) -> Iterator[dict[str, Any]]:
    """Each row with all fields of its record, so that a loader finds the same ones in all of them.

    Raises:
        RecordError: there is none; so an earlier file stays.
    """
    for row in rows:
        record = row.record if row.problem.licence is not None or licence is None else _licensed(row.record, licence)
        whole = {**row.raw, **_all_fields(record)}
        contents.take(split, whole, record)
        yield whole
    if not contents.rows[split]:
        raise RecordError(f"--{'input' if split == 'train' else split}: holds no row")


def _licensed(record: Problem | Trajectory, licence: str) -> Problem | Trajectory:
    """A record that states its licence; where a proof held of it, one holds again, since no program sees a licence."""
    if isinstance(record, Problem):
        return replace(record, licence=licence)
    stated = replace(record, problem=replace(record.problem, licence=licence))
    if standing(record) not in ("proved", "invalid"):
        return stated
    proof = {**record.meta[PROOF], "sha": hash_of(stated, record.meta[PROOF])}
    return replace(stated, meta={**record.meta, PROOF: proof})


def _all_fields(record: Problem | Trajectory) -> dict[str, Any]:
    """A record with the fields that ``as_row`` leaves out; what steps noted stands as it is, however deep."""
    if isinstance(record, Problem):
        return asdict(record)
    return {**asdict(replace(record, meta={})), "meta": record.meta}


def _check_loading(folder: Path, files: Mapping[str, str], contents: Contents) -> bool:
    """Whether the hub's own loader takes the rows, and all of them."""
    from datasets import load_dataset
    from datasets.exceptions import DatasetGenerationError
    from datasets.utils.logging import disable_progress_bar

    disable_progress_bar()
    paths = {split: str(folder / name) for split, name in files.items()}
    with tempfile.TemporaryDirectory() as cache:
        try:
            loaded = load_dataset("json", data_files=paths, cache_dir=cache)
            rows = sum(len(loaded[split]) for split in files)
        except DatasetGenerationError as error:
            cause = str(error.__cause__ or error).strip().splitlines()[0][:200]
            print(f"the hub's loader does not take these rows as a table ({cause}); its viewer is turned off",
                  file=sys.stderr)  # fmt: skip
            return False
    print(f"the hub's loader takes {rows} of {contents.rows.total()} rows")
    return rows == contents.rows.total()


def read_reports(named: Sequence[Path], inputs: Sequence[Path]) -> dict[Path, Mapping[str, Any]]:
    """The reports that are named, and those that curation left beside its outputs.

    Raises:
        RecordError: one cannot be read, or holds what no step writes.
    """
    remedy = "name the JSON file that a step wrote"
    beside = [path for path in (beside_output(path, "report.json") for path in inputs) if path.is_file()]
    reports: dict[Path, Mapping[str, Any]] = {
        path: read_object(path, remedy) for path in dict.fromkeys([*named, *beside])
    }
    for path, report in reports.items():
        try:
            check_report(report)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise RecordError(f"{path}: is no report of a step ({type(error).__name__}: {error}); {remedy}") from error
    return reports


def _commands(args: argparse.Namespace, reports: Mapping[Path, Mapping[str, Any]]) -> list[str]:
    """Those that are given; without any, what the reports tell of."""
    if args.commands:
        return _read_text(args.commands).strip().splitlines()
    told = [
        curation_command(report, str(path.with_name(path.name.replace(".report.json", ".jsonl"))))
        for path, report in reports.items()
    ]
    return [command for command in told if command is not None]


def _read_text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return read_whole(path)
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read ({error})") from error
