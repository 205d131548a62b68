"""The YAML of ``scripts/improve.py``, parsed strictly; ``examples/improve`` has two of them."""

from __future__ import annotations

import difflib
import shlex
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints, ValidationError
from pydantic import model_validator as validate_model

from ..disk import read_yaml
from ..protocol import Form
from ..records import RecordError

__all__ = ["Choosing", "Dataset", "Evaluation", "Sampling", "Settings", "Stage", "check_files", "read_settings"]

Stage = Literal["sft", "dpo"]


def _list_to_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _check_printed(text: str) -> str:
    """No path holds such, and no command but for its lines."""
    if odd := next((one for one in text if one not in "\t\n" and unicodedata.category(one) == "Cc"), None):
        raise ValueError(f"holds the control character {odd!r}; take it out")
    return text


def _check_words(command: str) -> str:
    if not shlex.split(command):  # which refuses a quotation mark that is not closed
        raise ValueError("names nothing")
    return command


def _check_script(command: str) -> str:
    if not _check_words(command).startswith("scripts/"):
        raise ValueError("must be the command of a script, such as scripts/generate_problems.py --output FILE")
    return command


def _check_engine(command: str) -> str:
    if "{model}" not in _check_words(command):
        raise ValueError("must say where the model goes: vllm serve {model} --port 8001")
    return command


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_printed)]
Words = Annotated[Text, AfterValidator(_check_words)]
Script = Annotated[Text, AfterValidator(_check_script)]
Files = Annotated[tuple[Text, ...], BeforeValidator(_list_to_tuple)]
Count = Annotated[int, Field(ge=1)]


class Section(BaseModel, frozen=True, strict=True, extra="forbid", allow_inf_nan=False):
    """A section of the YAML: values of the very type that a key takes, and no unknown keys."""


class Recipes(Section, frozen=True):
    """A YAML of ``llamafactory-cli train`` for each stage, and behind it ``key=value`` of one's own."""

    sft: Words | None = None
    dpo: Words | None = None


class Sampling(Section, frozen=True):
    """What a model is asked in a round: ``problems`` (default: all) by chance, ``samples`` answers to each."""

    problems: Count | None = None
    samples: Annotated[int, Field(ge=2)] = 4
    temperature: Annotated[float, Field(gt=0, le=2)] = 0.7
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    max_tokens: Count = 512
    workers: Count = 8


class Choosing(Section, frozen=True):
    """What is learned of the answers; see ``scripts/curate.py --help``.

    Attributes:
        solutions: the most of one problem, fewer where more of its samples are right.
        max_pass_rate: problems that are solved more often teach nothing; 0.99 leaves out those always solved.
        repaired: also one solution that mends a failed program.
        near: similarity of questions that are held to be one.
    """

    solutions: Count = 4
    max_pass_rate: Annotated[float, Field(gt=0, lt=1)] = 0.99
    repaired: bool = True
    near: Annotated[float, Field(ge=0, le=1)] = 0.7


class Dataset(Section, frozen=True):
    """How rows are written; see ``scripts/build_dataset.py --help``. ``pairs``: of one problem at most, for DPO."""

    form: Form = "native"
    conversations: Annotated[float, Field(ge=0, le=1)] = 0.0
    questions: Count = 3
    pairs: Count = 4


class Evaluation(Section, frozen=True):
    """How a model is judged; see ``scripts/evaluate.py --help``."""

    per_subject: Count | None = None
    limit: Count | None = None
    samples: Count = 1
    temperature: Annotated[float, Field(ge=0, le=2)] = 0.0
    max_tokens: Count = 512
    workers: Count = 8

    @validate_model(mode="after")
    def _check_samples(self) -> Evaluation:
        if self.samples > 1 and not self.temperature:
            raise ValueError("samples without a temperature are the same answer again; add temperature: 0.7")
        return self


class Settings(Section, frozen=True):
    """Everything that a run is told.

    Attributes:
        output: the folder that everything goes to.
        model: what is trained, where a training begins anew.
        start: the model that answers first; without one it is trained on ``original``.
        serve: a YAML of ``llamafactory-cli api``, and ``key=value``.
        engine: a command that serves ``{model}`` where the YAML names an ``upstream``.
        prepare: scripts to run before all else, such as those that make the problems.
        problems: to sample from; ``held_out``: to judge by, and never to be sampled from.
        original: trajectories that every training takes in, so that nothing is forgotten.
        decontaminate: leave out problems that repeat a held-out one by other words or numbers, too.
        rounds: the stage of each round, so many at most.
        train_from: sft from ``model`` on everything so far, or from the model that was kept last. DPO always begins
            with that, from whose own answers its pairs are made.
        keep: a model that is better beyond doubt (the interval is above 0), or one with more right answers.
        patience: rounds without a gain beyond doubt after which the run stops.
    """

    output: Text
    model: Text
    start: Text | None = None
    train: Recipes
    export: Words
    serve: Words
    engine: Annotated[Text, AfterValidator(_check_engine)] | None = None
    prepare: Annotated[tuple[Script, ...], BeforeValidator(_list_to_tuple)] = ()
    problems: Annotated[Files, Field(min_length=1)]
    held_out: Text
    original: Files = ()
    decontaminate: bool = True
    rounds: Annotated[tuple[Stage, ...], BeforeValidator(_list_to_tuple), Field(min_length=1, max_length=100)]
    train_from: Literal["base", "last"] = "base"
    keep: Literal["clear", "more"] = "clear"
    patience: Count = 1
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    sampling: Sampling = Sampling()
    choosing: Choosing = Choosing()
    dataset: Dataset = Dataset()
    evaluation: Evaluation = Evaluation()

    @validate_model(mode="after")
    def _check_stages(self) -> Settings:
        needed = {*self.rounds, *(["sft"] if self.start is None else [])}
        for stage in sorted(needed):
            if getattr(self.train, stage) is None:
                raise ValueError(f"train.{stage}: names no recipe, and a round is of that stage; add one")
        if self.start is None and not self.original:
            raise ValueError(
                "start: there is no model to begin with; name one, or original trajectories to train it on"
            )
        if self.held_out in (*self.problems, *self.original):
            raise ValueError(f"held_out: {self.held_out} is to be sampled from or trained on; name another file")
        return self


def read_settings(path: Path) -> Settings:
    """The settings of a file.

    Raises:
        RecordError: it cannot be read, or a key is unknown or does not fit; one line that names it.
    """
    given = read_yaml(path, "see examples/improve", "no such file; see examples/improve")
    if not isinstance(given, Mapping):
        raise RecordError(f"{path}: must be a list of keys; see examples/improve")
    try:
        return Settings.model_validate(dict(given))
    except ValidationError as error:
        raise RecordError(f"{path}: {_explain(error)}") from error


def check_files(config: Path, settings: Settings) -> None:
    """See that the recipes and scripts are there that the steps run; what these read, a step may have to make first.

    Raises:
        RecordError: one is missing; one line that names the settings' file and the key.
    """
    for key, path in _named_files(settings):
        if not path.is_file():
            raise RecordError(f"{config}: {key}: {path}: no such file; check the path")


def _named_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The first word of each command, and its key."""
    train = settings.train
    commands = {"train.sft": train.sft, "train.dpo": train.dpo, "export": settings.export, "serve": settings.serve}
    commands |= {f"prepare.{number}": command for number, command in enumerate(settings.prepare)}
    return ((key, Path(shlex.split(command)[0])) for key, command in commands.items() if command is not None)


_TAKES = {"tuple_type": "give a list", "model_type": "give a section of keys", "too_short": "give at least one"}


def _explain(error: ValidationError) -> str:
    """The first mistake in a line; a misspelt key before the one that is missing for it."""
    first = min(error.errors(), key=lambda one: one["type"] not in ("extra_forbidden", "invalid_key"))
    at = first["loc"]
    where = ".".join(map(str, at))
    if first["type"] == "extra_forbidden":
        known = _section(at[:-1]).model_fields
        close = difflib.get_close_matches(str(at[-1]), known, n=1)
        return f"{where}: unknown key{f' (did you mean {close[0]}?)' if close else ''}; there are {', '.join(known)}"
    if first["type"] == "missing":
        return f"{where}: is missing; examples/improve shows it"
    if first["type"] == "value_error":
        said = str(first["ctx"]["error"])
        return f"{where}: {said}" if where else said
    takes = _TAKES.get(first["type"]) or first["msg"][:1].lower() + first["msg"][1:]
    return f"{where}: {first['input']!r} does not fit; {takes}"


def _section(at: tuple[int | str, ...]) -> type[Section]:
    section: type[Section] = Settings
    for key in at:
        annotation: Any = section.model_fields[str(key)].annotation
        section = annotation
    return section
