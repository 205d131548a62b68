"""A recipe's datasets through LLaMA-Factory's own converter, processor and template: what a run makes of their rows.

Every row is read and tried; the tokens are counted of as many as ``limit`` says, drawn evenly by chance.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import exists, isdir
from pathlib import Path
from typing import Any

from ..dataset.preflight import UNCUT, breaks_on, opposite
from ..dataset.registration import INFO, KINDS
from ..dataset.tokenized.encoding import IGNORED
from ..disk import parse_json, read_whole
from ..records import RecordError, read_jsonl
from .findings import one_line
from .model import Model, Unread
from .parsing import heard
from .recipe import Recipe

__all__ = ["LOADERS", "WARNINGS", "DataProblem", "Read", "dataset_entries", "read_datasets", "read_tokens"]

LOADERS = {**{str(stage): kind.loader for stage, kind in KINDS.items()}, "rm": "rm"}
SHOWN = 3
MOST_NAMED = 5
ANSWERS = ("assistant", "function")
# What LLaMA-Factory warns of when it leaves a row out, by how its warnings begin (data/converter.py, data/processor)
WARNINGS = {
    "Invalid role tag": "roles that do not alternate, or unknown ones",
    "Invalid message count": "a wrong number of turns",
    "Dropped lengthy example": "longer than cutoff_len",
    "Dropped invalid example": "no answer to train on",
}
Row = Mapping[str, Any]
Columns = Mapping[str, list[Any]]


@dataclass(frozen=True)
class DataProblem:
    """What is wrong with a dataset as a whole, and what mends it."""

    found: str
    remedy: str


@dataclass
class Read:
    """What a run makes of one dataset.

    Attributes:
        asked: rows that the run draws of them by chance (``num_samples``), some more than once where it asks for more.
        broken: rows that end the run, each by its place and why; the first few of ``broken_number``.
        spoiled: rows that are trained as something else than they say, likewise.
        sampled: rows whose tokens were counted; ``lengths`` after the cut, both sides of a pair one behind the other.
        bare: rows without a system prompt, which get the template's.
        thoughtless: rows in which no answer begins with a thought.
        marked: rows whose text holds a token at which a turn ends; ``empty``: rows with an answer without text.
        shown: the first rows as token ids and labels.
    """

    name: str
    rows: int = 0
    asked: int | None = None
    dropped: Counter[str] = field(default_factory=Counter)
    first_dropped: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    broken_number: int = 0
    spoiled: list[str] = field(default_factory=list)
    spoiled_number: int = 0
    sampled: int = 0
    lengths: list[int] = field(default_factory=list)
    trained: int = 0
    cut: int = 0
    question_cut: int = 0
    cut_tokens: int = 0
    untrained: int = 0
    longest: int = 0
    bare: int = 0
    with_tools: int = 0
    thoughtless: int = 0
    marked: int = 0
    empty: int = 0
    tags: Counter[bool] = field(default_factory=Counter)
    shown: list[Columns] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return self.rows - self.dropped.total() - self.broken_number

    @property
    def used(self) -> int:
        """Rows of an epoch: those that are taken, or of those that are drawn the same share."""
        return self.taken if self.asked is None else round(self.asked * self.taken / max(self.rows, 1))

    def all_lengths(self) -> list[int]:
        """The lengths of all rows of an epoch, those that were not counted drawn from those that were."""
        if not self.sampled or self.sampled == self.used:
            return self.lengths
        rng = random.Random(0)
        each = len(self.lengths) // self.sampled
        if self.sampled > self.used:
            return rng.sample(self.lengths, self.used * each)
        return self.lengths + rng.choices(self.lengths, k=(self.used - self.sampled) * each)


def dataset_entries(recipe: Recipe) -> dict[str, Any] | DataProblem:
    """What ``dataset_info.json`` says; an empty one where the data are on a hub."""
    folder = str(recipe.value("dataset_dir"))
    if folder == "ONLINE" or folder.startswith("REMOTE:"):
        return {}
    path = Path(folder) / INFO
    remedy = f"run in the folder that dataset_dir: {folder} is relative to, or name the one that holds the file"
    try:
        entries = parse_json(read_whole(path))
    except (FileNotFoundError, NotADirectoryError):
        return DataProblem(f"{path} is missing", remedy)
    except (OSError, ValueError) as error:
        return DataProblem(f"{path} cannot be read ({one_line(error, 120)})", "mend the JSON")
    if not isinstance(entries, dict):
        return DataProblem(f"{path} is no JSON object of datasets", "mend the JSON")
    return entries


def read_datasets(recipe: Recipe, model: Model, names: Sequence[str], limit: int) -> dict[str, Read | DataProblem]:
    """Read each dataset by its name; those on a hub are left out."""
    entries = dataset_entries(recipe)
    if isinstance(entries, DataProblem) or recipe.stage not in LOADERS or model.template is None:
        return {}
    found: dict[str, Read | DataProblem] = {}
    for name in names:
        entry = entries.get(name)
        if isinstance(entry, dict) and isinstance(entry.get("file_name"), str):
            found[name] = _read(recipe, model, name, entry, limit)
    return found


def read_tokens(folder: Path, model: Model, limit: int) -> Read | DataProblem:
    """What a run reads of a folder of tokens; of its rows the first ``limit`` are counted, or all for 0."""
    from datasets import DatasetDict, load_from_disk

    try:
        saved = load_from_disk(str(folder))
        rows = saved["train"] if isinstance(saved, DatasetDict) else saved
    except Exception as error:  # it raises much, over whatever lies there
        found = f"tokenized_path {folder} cannot be read ({one_line(error, 120)})"
        return DataProblem(found, f"delete {folder}, or name another")
    read = Read(folder.name, rows=len(rows))
    for row in rows.select(range(min(limit or len(rows), len(rows)))):
        read.sampled += 1
        if len(read.shown) < SHOWN and model.tokenizer is not None:
            read.shown.append(row)
        for side in _sides(row):
            read.longest = max(read.longest, len(row[f"{side}input_ids"]))
        _count_trained(row, read)
    return read


def _sides(columns: Mapping[str, Any]) -> list[str]:
    """What the names of a row's sequences begin with, but for that of another row's answer, which KTO adds."""
    sides = [name.removesuffix("input_ids") for name in columns if name.endswith("input_ids")]
    return [side for side in sides if side != "kl_"]


def _count_trained(columns: Mapping[str, Any], read: Read) -> None:
    """Add a row's tokens and those with loss; one side without any makes the row one without."""
    counts = []
    for side in _sides(columns):
        ids = columns[f"{side}input_ids"]
        read.lengths.append(len(ids))
        counts.append(sum(label != IGNORED for label in columns.get(f"{side}labels") or ids))
    read.trained += sum(counts)
    read.untrained += not all(counts)


def _read(recipe: Recipe, model: Model, name: str, entry: Mapping[str, Any], limit: int) -> Read | DataProblem:
    from llamafactory.data.parser import DatasetAttr

    attributes = DatasetAttr("file", dataset_name=entry["file_name"])
    try:
        _check_entry(entry)
        attributes.join(dict(entry))
        path = Path(str(recipe.value("dataset_dir"))) / entry["file_name"]
        asked = _asked(recipe, attributes.num_samples)
        return _Reading(recipe, model, attributes, limit).read(name, _stored(path), asked)
    except RecordError as error:
        return DataProblem(str(error), "a run stops there; mend the file or make it again")
    except (AttributeError, TypeError, ValueError) as error:
        return DataProblem(f"{name}: {one_line(error, 200)}", f"mend its entry in {INFO}")


def _check_entry(entry: Mapping[str, Any]) -> None:
    """
    Raises:
        ValueError: it says what LLaMA-Factory cannot read.
    """
    for key in ("columns", "tags"):
        if not isinstance(entry.get(key, {}), dict):
            raise ValueError(f"its {key} are {one_line(entry[key], 40)!r}, and must be an object of names")
    if not str(split := entry.get("split", "train")).startswith("train"):
        raise ValueError(f"its split is {split!r}, and a file has train alone")


def _asked(recipe: Recipe, wanted: Any) -> int | None:
    """The rows that ``num_samples`` of an entry draws, as far as ``max_samples`` leaves them (data/loader.py).

    Raises:
        ValueError: it is no number of rows.
    """
    if wanted is None or recipe.on("streaming"):
        return None
    if type(wanted) is not int or wanted < 1:
        raise ValueError(f"num_samples is {wanted!r}, and must be a number of rows")
    most = recipe.value("max_samples")
    return min(wanted, most) if isinstance(most, int) and most > 0 else wanted


def _stored(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a file or of all files of a folder, each with its place."""
    from llamafactory.extras.constants import FILEEXT2TYPE

    files = sorted(path.glob("*")) if isdir(path) else [path]
    if not exists(path) or not files:
        raise RecordError(f"{path}: no such file; run the step that writes it")
    kinds = {FILEEXT2TYPE.get(file.suffix[1:]) for file in files}
    if None in kinds or len(kinds) > 1:
        raise RecordError(f"{path}: LLaMA-Factory takes files of one kind: {', '.join(sorted(FILEEXT2TYPE))}")
    for file in files:
        yield from _file_rows(file, str(kinds.copy().pop()))


def _file_rows(file: Path, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if kind != "json":
        from datasets import load_dataset

        try:
            rows = load_dataset(kind, data_files=[str(file)], split="train", streaming=True)
            yield from ((f"{file}: row {number}", row) for number, row in enumerate(rows, 1))
        except (OSError, ValueError) as error:
            raise RecordError(f"{file}: cannot be read ({one_line(error, 120)})") from error
    elif _is_list(file):
        yield from _list_rows(file)
    else:
        yield from ((f"{file}:{line}", row) for line, row in read_jsonl(file))


def _is_list(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as text:
            return text.read(1024).lstrip().startswith("[")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{file}: cannot be read ({error})") from error


def _list_rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        rows = parse_json(read_whole(file))
    except (OSError, ValueError) as error:
        raise RecordError(f"{file}: not JSON ({error})") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise RecordError(f"{file}: row {number} is no JSON object")
        yield f"{file}: row {number}", row


class _Watching:
    """A template that remembers how long its turns were before the processor cut them."""

    def __init__(self, template: Any) -> None:
        self._template = template
        self.turns: list[list[tuple[int, int]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def encode_multiturn(self, *args: Any, **options: Any) -> Any:
        pairs = self._template.encode_multiturn(*args, **options)
        self.turns.append([(len(source), len(target)) for source, target in pairs])
        return pairs

    def encode_oneturn(self, *args: Any, **options: Any) -> Any:
        source, target = self._template.encode_oneturn(*args, **options)
        self.turns.append([(len(source), len(target))])
        return source, target


class _Dropping(logging.Handler):
    """The reason that LLaMA-Factory gave last for leaving a row out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.reason: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        self.reason = self.reason or next((why for start, why in WARNINGS.items() if message.startswith(start)), None)


class _Reading:
    def __init__(self, recipe: Recipe, model: Model, attributes: Any, limit: int) -> None:
        from llamafactory.data.converter import get_dataset_converter

        self._recipe, self._model, self._attributes, self._limit = recipe, model, attributes, limit
        self._data = _data_arguments(recipe)
        self._convert = get_dataset_converter(attributes.formatting, attributes, self._data)
        self._template = _Watching(model.template)
        self._stub, self._real = self._processor(Unread()), None
        if model.tokenizer is not None:
            self._real = self._processor(model.tokenizer)
        self._dropping = _Dropping()
        self._columns = _named_columns(attributes)
        self._seen: set[str] = set()

    def _processor(self, tokenizer: Any) -> Any:
        from llamafactory.data.loader import _get_dataset_processor

        stage, processor = LOADERS[self._recipe.stage], self._model.processor
        return _get_dataset_processor(self._data, stage, self._template, tokenizer, processor)

    def read(self, name: str, rows: Iterator[tuple[str, dict[str, Any]]], asked: int | None) -> Read:
        read, rng = Read(name, asked=asked), random.Random(0)
        most = self._recipe.value("max_samples") if asked is None else None  # which cuts what was drawn
        kept: list[tuple[int, dict[str, Any]]] = []
        logger = logging.getLogger("llamafactory")
        with heard([]):
            logger.handlers = [self._dropping]
            for where, row in rows:
                if isinstance(most, int) and read.rows >= most:
                    break
                read.rows += 1
                converted = self._try(where, row, read)
                if converted is None:
                    continue
                if self._limit:
                    _keep(kept, (read.rows, converted), read.taken, self._limit, rng)
                else:
                    self._count(converted, read)
            for _, converted in sorted(kept, key=lambda item: item[0]):
                self._count(converted, read)
        return read

    def _try(self, where: str, row: dict[str, Any], read: Read) -> dict[str, Any] | None:
        """A row as LLaMA-Factory's converter makes it, where it is taken; else it is counted."""
        self._dropping.reason = None
        self._seen |= row.keys()
        filled = {**{column: None for column in self._columns & self._seen}, **row}
        try:
            converted: dict[str, Any] = self._convert(filled)
            columns = self._processed(self._stub, converted)
        except Exception as error:  # whatever it raises would end the run
            _note(read.broken, f"{where}: {self._breaks_on(error, row)}")
            read.broken_number += 1
            return None
        if columns is None:
            reason = self._dropping.reason or "no answer to train on"
            read.dropped[reason] += 1
            read.first_dropped.setdefault(reason, where)
            return None
        if spoiled := self._spoils(converted):
            read.spoiled_number += 1
            _note(read.spoiled, f"{where}: {spoiled}")
        self._describe(converted, read)
        return converted

    def _breaks_on(self, error: Exception, row: Row) -> str:
        if not isinstance(error, KeyError):
            return breaks_on(error)
        parts = (self._attributes.role_tag, self._attributes.content_tag, *self._columns)
        if error.args[0] in parts:
            return f"it or its turns have no {error}; it has {', '.join(sorted(map(str, row)))[:80]}"
        return f"a turn has the unknown role {error}"

    def _processed(self, processor: Any, converted: Row) -> Columns | None:
        batch = [converted]
        if self._recipe.stage == "kto" and len(converted["_response"]) == 2:  # it warns of rows of one tag
            batch.append(opposite(converted))
        self._template.turns.clear()
        columns = processor.preprocess_dataset({name: [row[name] for row in batch] for name in converted})
        first = {name: values[0] for name, values in columns.items() if len(values) == len(batch)}
        return first if any(name.endswith("input_ids") for name in first) else None

    def _spoils(self, converted: Row) -> str | None:
        stage, response = self._recipe.stage, converted["_response"]
        if stage in ("dpo", "rm"):
            wrong = [turn["role"] for turn in response if turn["role"] not in ANSWERS]
            if wrong:
                return f"chosen or rejected is a turn of the {wrong[0]}, and is trained as one"
            if response[0] == response[1]:
                return "chosen and rejected are the same"
        if stage == "kto" and not any(turn["content"] for turn in response):
            return "its answer is empty, so that it counts as rejected whatever its tag"
        if stage == "pt" and not str(converted["_prompt"][0]["content"]).strip():
            return "it holds no text"
        return None

    def _describe(self, converted: Row, read: Read) -> None:
        read.bare += not converted["_system"]
        read.with_tools += str(converted["_tools"] or "").strip() not in ("", "[]")
        if self._recipe.stage == "kto":
            read.tags[bool(converted["_response"][0]["content"])] += 1
        opening = self._model.template.thought_words[0].strip()
        turns = [*converted["_prompt"], *converted["_response"]]
        answers = [turn["content"] for turn in turns if turn["role"] in ANSWERS]
        read.thoughtless += not any(opening in answer for answer in answers)
        read.empty += self._recipe.stage != "kto" and not all(answer.strip() for answer in answers)
        read.marked += any(word in turn["content"] for turn in turns for word in self._model.template.stop_words)

    def _count(self, converted: Row, read: Read) -> None:
        if self._real is None:
            return
        try:
            columns = self._processed(self._real, converted)
        except Exception as error:  # whatever it raises would end the run
            _note(read.broken, f"{read.name}: {breaks_on(error)}")
            read.broken_number += 1
            return
        if columns is None:
            return
        read.sampled += 1
        if len(read.shown) < SHOWN:
            read.shown.append(columns)
        _count_trained(columns, read)
        sides = _sides(columns)
        missing = [self._missing(columns, side, place, read) for place, side in enumerate(sides)]
        if any(missing):
            read.cut += 1
            read.cut_tokens += sum(missing)
            read.question_cut += self._loses_question(len(sides))

    def _missing(self, columns: Columns, side: str, place: int, read: Read) -> int:
        """How many tokens of one sequence were cut off."""
        ids = columns[f"{side}input_ids"]
        turns = self._template.turns[place] if place < len(self._template.turns) else [(0, len(ids))]
        whole = sum(map(sum, turns)) + bool(self._model.template.efficient_eos)
        read.longest = max(read.longest, whole, len(ids))
        return 0 if self._recipe.stage == "pt" else max(whole - len(ids), 0)

    def _loses_question(self, sides: int) -> bool:
        """Whether the first turn, which holds the system prompt and the question, is shortened.

        Of a pair the longer answer decides.
        """
        from llamafactory.data.processor.processor_utils import infer_seqlen

        firsts = [turns[0] for turns in self._template.turns[:sides]]
        source, target = firsts[0][0], max(target for _, target in firsts)
        kept: int = infer_seqlen(source, target, self._data.cutoff_len)[0]
        return kept < source


def _data_arguments(recipe: Recipe) -> Any:
    """Those of the recipe, with rows that stand alone: how they are packed is worked out from their lengths."""
    from llamafactory.hparams import DataArguments

    names = ("template", "dataset_dir", "media_dir", "cutoff_len", "train_on_prompt", "mask_history", "packing")
    written = {key: recipe.sound[key] for key in (*names, "neat_packing") if key in recipe.sound}
    data = DataArguments(**written)
    data.packing = data.neat_packing = False
    if recipe.stage == "pt":
        data.cutoff_len = UNCUT
    return data


def _named_columns(attributes: Any) -> set[str]:
    """Columns that rows may lack as long as others have them: a table holds nothing there."""
    names = "system tools images videos audios chosen rejected kto_tag prompt query response history messages".split()
    return {column for name in names if (column := getattr(attributes, name))}


def _keep(kept: list[Any], item: Any, seen: int, limit: int, rng: random.Random) -> None:
    """Reservoir sampling: of all items seen each is kept with the same chance."""
    if len(kept) < limit:
        kept.append(item)
    elif (place := rng.randrange(seen)) < limit:
        kept[place] = item


def _note(notes: list[str], text: str) -> None:
    if len(notes) < MOST_NAMED:
        notes.append(text)
