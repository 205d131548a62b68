"""The commands of a run, with what each reads and makes; a person could type each of them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..evaluation import circumstances_path, journal_path
from .settings import Settings, Stage

__all__ = ["Plan", "Round", "Server", "Step"]

# Options of scripts behind which is named what they write: what is there when they are done, and what may be.
OUTPUTS = ("--output", "--trajectories")
BESIDE = (
    "--dataset-info",
    "--drafts",
    "--export-pairs",
    "--html",
    "--ledger",
    "--output-variants",
    "--refused",
    "--rejected",
    "--report",
)
CHECKPOINTS = "checkpoint-*"  # in the folder that LLaMA-Factory trains into


@dataclass(frozen=True)
class Server:
    """Words behind ``llamafactory-cli api``, and the command of the engine that it asks, if it asks another."""

    words: tuple[str, ...]
    engine: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One command.

    Attributes:
        name: of the step in this run.
        command: behind ``python``, or one of ``llamafactory-cli``; empty for what is only looked at.
        reads: files, and folders of models, that decide what comes of it.
        makes: what is there when it is done.
        server: what is served meanwhile, by ``llamafactory-cli api``; its address goes behind the command.
        journal: what lies beside the result as long as answers are missing.
        spoils: what is left of an earlier run with other inputs and would be gone on with, if it were not put aside;
            where any, all that the step makes lies there.
    """

    name: str
    title: str
    command: str
    reads: tuple[Path, ...]
    makes: tuple[Path, ...] = ()
    server: Server | None = None
    journal: Path | None = None
    spoils: tuple[Path, ...] = ()

    def has_begun(self) -> bool:
        """Whether there is something to go on with: answers, or a training's checkpoints."""
        answers = self.journal is not None and self.journal.exists()
        return answers or any(next(path.glob(CHECKPOINTS), None) is not None for path in self.spoils)


@dataclass(frozen=True)
class Round:
    """Where everything of a round lies; round 0 is the model to begin with."""

    number: int
    folder: Path

    @property
    def name(self) -> str:
        return f"round {self.number}" if self.number else "start"

    @property
    def model(self) -> Path:
        return self.folder / "model"

    @property
    def held_out(self) -> Path:
        """The model's attempts at the held-out problems."""
        return self.folder / "held_out.jsonl"

    @property
    def samples(self) -> Path:
        return self.folder / "samples.jsonl"

    @property
    def solutions(self) -> Path:
        return self.folder / "solutions.jsonl"

    @property
    def chosen(self) -> Path:
        """What was chosen of the solutions of all rounds so far."""
        return self.folder / "chosen.jsonl"


@dataclass(frozen=True)
class Plan:
    """The steps that settings lead to."""

    settings: Settings

    @property
    def folder(self) -> Path:
        return Path(self.settings.output)

    @property
    def info(self) -> Path:
        return self.folder / "dataset_info.json"

    @property
    def problems(self) -> Path:
        """What is sampled from."""
        return self.folder / "problems.jsonl"

    def round(self, number: int) -> Round:
        return Round(number, self.folder / f"round_{number}")

    def model(self, kept: int) -> str:
        """The folder or name of the model that a round left."""
        start = self.settings.start
        return start if kept == 0 and start is not None else str(self.round(kept).model)

    def prepare(self) -> Iterator[Step]:
        """Before the first round: the problems, and the model to begin with."""
        settings = self.settings
        made: set[Path] = set()
        for number, command in enumerate(settings.prepare, 1):
            yield (step := _prepared(number, command, made))
            made.update(step.makes)
        yield self._gather()
        if settings.start is None:
            yield from self._train(0, "sft", settings.model, [Path(path) for path in settings.original])
        yield self._evaluate(0, self.model(0))

    def steps(self, number: int, kept: int) -> Iterator[Step]:
        """A round from the model that round ``kept`` left to one that is judged."""
        stage, current = self.settings.rounds[number - 1], self.model(kept)
        yield self._sample(number, current)
        yield self._collect(number)
        if stage == "dpo":
            rows, base = [self.round(number).solutions], current
        else:
            yield from self._choose(number)
            original = [Path(path) for path in self.settings.original]
            rows, base = [*original, self.validated(number)], self._base(current)
        yield from self._train(number, stage, base, rows)
        yield self._evaluate(number, self.model(number))

    def _base(self, current: str) -> str:
        return self.settings.model if self.settings.train_from == "base" else current

    def _gather(self) -> Step:
        inputs, benchmarks = self.settings.problems, self._benchmarks
        command = _words(
            "scripts/curate.py", input=inputs, output=self.problems, near=0, benchmarks=benchmarks,
            seed=self.settings.seed,
        )  # fmt: skip
        title = "problems, each once" + (", none that repeats a held-out one" if benchmarks else "")
        return Step("problems", title, command, tuple(map(Path, (*inputs, *benchmarks))), (self.problems,))

    @property
    def _benchmarks(self) -> tuple[str, ...]:
        return (self.settings.held_out,) if self.settings.decontaminate else ()

    def _sample(self, number: int, model: str) -> Step:
        settings, this = self.settings, self.round(number)
        asked = settings.sampling
        command = _words(
            "scripts/evaluate.py", input=self.problems, output=this.samples, name=this.name,
            limit=asked.problems, seed=settings.seed + number if asked.problems else None, samples=asked.samples,
            temperature=asked.temperature, top_p=asked.top_p, max_tokens=asked.max_tokens, workers=asked.workers,
        )  # fmt: skip
        title = f"round {number}: {asked.samples} answers to each problem by {model}"
        return self._asking(f"round_{number}/sample", title, command, this.samples, model, self.problems)

    def _collect(self, number: int) -> Step:
        this = self.round(number)
        command = _words("scripts/collect_samples.py", input=this.samples, output=this.solutions)
        title = f"round {number}: the answers as trajectories, right and wrong"
        return Step(f"round_{number}/collect", title, command, (this.samples,), (this.solutions,))

    def _choose(self, number: int) -> Iterator[Step]:
        settings, this = self.settings, self.round(number)
        choosing = settings.choosing
        inputs = [self.round(earlier).solutions for earlier in range(1, number + 1)]
        benchmarks = self._benchmarks
        command = _words(
            "scripts/curate.py", input=inputs, output=this.chosen, verdicts="correct", solutions=choosing.solutions,
            by_difficulty=True, repaired=choosing.repaired, max_pass_rate=choosing.max_pass_rate, near=choosing.near,
            benchmarks=benchmarks, seed=settings.seed,
        )  # fmt: skip
        reads = (*inputs, *map(Path, benchmarks))
        title = f"round {number}: right and distinct, of harder problems more"
        yield Step(f"round_{number}/choose", title, command, reads, (this.chosen,))
        command = _words("scripts/validate.py", input=this.chosen, output=self.validated(number), refresh=True)
        title = f"round {number}: every program run again"
        yield Step(f"round_{number}/validate", title, command, (this.chosen,), (self.validated(number),))

    def validated(self, number: int) -> Path:
        """The chosen solutions whose programs were run again."""
        return self.round(number).folder / "validated.jsonl"

    def _train(self, number: int, stage: Stage, base: str, rows: list[Path]) -> Iterator[Step]:
        """Rows, an adapter on ``base``, and the merged model."""
        this, name = self.round(number), f"round_{number}"
        recipe = shlex.split(getattr(self.settings.train, stage))
        yield self._build(number, stage, rows, recipe[0])
        data, adapter = self.rows(number), this.folder / "adapter"
        command = shlex.join([
            "llamafactory-cli", "train", *recipe, f"model_name_or_path={base}", f"dataset_dir={self.folder}",
            f"dataset={name}", f"output_dir={adapter}", f"seed={self.settings.seed + number}",
        ])  # fmt: skip
        reads = (*_files(recipe), data, Path(base))
        title = f"{this.name}: train ({stage})"
        yield Step(f"{name}/train", title, command, reads, (adapter / "adapter_config.json",), spoils=(adapter,))
        merge = shlex.split(self.settings.export)
        command = shlex.join([
            "llamafactory-cli", "export", *merge, f"model_name_or_path={base}", f"adapter_name_or_path={adapter}",
            f"export_dir={this.model}",
        ])  # fmt: skip
        reads = (*_files(merge), adapter / "adapter_config.json", Path(base))
        yield Step(f"{name}/export", f"{this.name}: export", command, reads, (this.model,), spoils=(this.model,))

    def rows(self, number: int) -> Path:
        """What the round's training reads."""
        return self.round(number).folder / "rows.jsonl"

    def _build(self, number: int, stage: Stage, inputs: list[Path], recipe: str) -> Step:
        how, output = self.settings.dataset, self.rows(number)
        joined = {"conversations": how.conversations, "questions": how.questions} if how.conversations else {}
        options = {"per_problem": how.pairs} if stage == "dpo" else joined
        command = _words(
            "scripts/build_dataset.py", stage=stage, input=inputs, name=f"round_{number}", output=output,
            dataset_info=self.info, recipe=recipe, form=how.form, seed=self.settings.seed, **options,
        )  # fmt: skip
        reads = (*inputs, Path(recipe))
        title = f"{self.round(number).name}: the rows to train on"
        return Step(f"round_{number}/rows", title, command, reads, (output, self.info))

    def _evaluate(self, number: int, model: str) -> Step:
        settings, this = self.settings, self.round(number)
        how = settings.evaluation
        command = _words(
            "scripts/evaluate.py", input=settings.held_out, output=this.held_out, name=this.name,
            per_subject=how.per_subject, limit=how.limit, seed=settings.seed if how.limit else None,
            samples=how.samples, temperature=how.temperature, max_tokens=how.max_tokens, workers=how.workers,
        )  # fmt: skip
        title = f"{this.name}: {model} on held-out problems"
        return self._asking(f"round_{number}/evaluate", title, command, this.held_out, model, Path(settings.held_out))

    def _asking(self, name: str, title: str, command: str, output: Path, model: str, problems: Path) -> Step:
        journal = journal_path(output)
        server = self._server(model)
        reads = (problems, Path(model), *_files(server.words))
        spoils = (output, circumstances_path(output), journal)
        return Step(name, title, command, reads, (output,), server, journal, spoils)

    def _server(self, model: str) -> Server:
        """The engine has the model where there is one, and else the server loads it."""
        words = shlex.split(self.settings.serve)
        if self.settings.engine is None:
            return Server((*words, f"model_name_or_path={model}"))
        engine = shlex.split(self.settings.engine)
        return Server(tuple(words), tuple(word.replace("{model}", model) for word in engine))


def _prepared(number: int, command: str, made: Set[Path]) -> Step:
    """A command of one's own, which reads what is ``made`` by those before it, and all files that it names."""
    _, *words = [part for word in shlex.split(command) for part in _parts(word)]
    options = [option for option, _ in pairwise(["", *words])]
    named = [(option, Path(word)) for option, word in zip(options, words, strict=True)]
    makes = tuple(path for option, path in named if option in OUTPUTS)
    written = {*makes, *(path for option, path in named if option in BESIDE)}
    reads = [path for word in words for path in _named_by(word, made) if path not in written]
    return Step(f"prepare_{number}", "what the YAML has prepared", command, tuple(dict.fromkeys(reads)), makes)


def _named_by(word: str, made: Set[Path]) -> Iterator[Path]:
    """The files that a word names: itself, also with the weight of ``FILE=WEIGHT``, or what was made in a folder."""
    for path in map(Path, dict.fromkeys((word, word.rpartition("=")[0] or word))):
        if path in made or os.path.isfile(path):
            yield path
    yield from sorted(path for path in made if Path(word) in path.parents)


def _parts(word: str) -> list[str]:
    """An option and its value, where they are one word."""
    option, sign, value = word.partition("=")
    return [option, value] if sign and option.startswith("--") else [word]


def _files(words: Sequence[str]) -> list[Path]:
    """The recipe of a stock command and the files named behind it, as ``deepspeed=examples/deepspeed/....json``."""
    behind = (Path(word.partition("=")[2]) for word in words[1:])
    return [Path(words[0]), *(path for path in behind if path.is_file())]


def _words(script: str, **options: object) -> str:
    """A command with its options by their names; what is None or false is left out."""
    words = [script]
    for name, value in options.items():
        if value is None or value is False or value == ():
            continue
        words.append(f"--{name.replace('_', '-')}")
        if value is not True:
            words += map(str, value) if isinstance(value, list | tuple) else [str(value)]
    return shlex.join(words)
