"""A recipe from its file to everything that is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ..records import RecordError
from .case import Case
from .findings import Finding
from .machine import Machine, this_machine
from .model import Find, Model, fetch_files, find_model
from .parsing import parse_problem
from .plan import SIDES, Hours, hours_of, plan_of, setup_of, space_of
from .recipe import Recipe, read_settings
from .rows import DataProblem, Read, read_datasets, read_tokens
from .traps import find_traps

__all__ = ["Checked", "Options", "check_here", "check_recipe"]


@dataclass(frozen=True)
class Options:
    """``rows`` is how many of each dataset are turned into tokens; 0 takes all of them."""

    rows: int = 1000
    tokens_per_second: float | None = None
    overrides: Sequence[str] = ()
    find: Find = find_model


@dataclass(frozen=True)
class Checked:
    """Everything that is known of a recipe; ``case`` is None where the file could not be read."""

    path: Path
    findings: Sequence[Finding]
    case: Case | None = None
    hours: Sequence[Hours] = field(default_factory=tuple)

    def fails(self, strict: bool = False) -> bool:
        return any(finding.level == "error" or (strict and finding.level == "warning") for finding in self.findings)


def check_recipe(path: Path, machine: Machine, options: Options | None = None) -> Checked:
    """Read a training YAML, its model's files and its data, and look for all that goes wrong with them."""
    options = options or Options()
    try:
        settings = read_settings(path, options.overrides)
    except RecordError as error:
        return Checked(
            path, [Finding("error", "unreadable", str(error), "a training YAML, as in examples/train_lora")]
        )
    recipe = Recipe(path, settings)
    model = options.find(recipe, machine)
    case = Case(
        recipe=recipe,
        machine=machine,
        model=model,
        refusal=parse_problem(recipe, machine),
        data=_read_data(recipe, model, options.rows),
    )
    case = _planned(case)
    hours = hours_of(case.plan, model, machine, options.tokens_per_second)
    return Checked(path, find_traps(case), case, hours)


def _read_data(recipe: Recipe, model: Model, limit: int) -> Mapping[str, Read | DataProblem]:
    """The rows that a run would read: those of its datasets, or of a folder of tokens in their place."""
    if folder := recipe.tokens_ready:
        return {folder.name: read_tokens(folder, model, limit)}
    return read_datasets(recipe, model, [*recipe.names("dataset"), *recipe.names("eval_dataset")], limit)


def check_here(paths: Iterable[Path]) -> list[Checked]:
    """Check recipes for this machine with the files that are on it, a hub's cache among them: no hub is asked."""
    options, machine = (
        Options(rows=100, find=partial(find_model, fetch=partial(fetch_files, ask=False))),
        this_machine(),
    )
    return [check_recipe(path, machine, options) for path in paths]


def _planned(case: Case) -> Case:
    """With the batches and the memory that follow from what was read."""
    ready = case.recipe.tokens_ready
    trained = {ready.name} if ready else set(case.recipe.names("dataset"))
    reads = [read for name, read in case.data.items() if name in trained and isinstance(read, Read)]
    lengths = [length for read in reads for length in read.all_lengths()]
    total = sum(sum(read.lengths) for read in reads)
    share = sum(read.trained for read in reads) / total if total else None
    plan = plan_of(case.recipe, case.machine, lengths, sum(read.used for read in reads), share)
    if case.model.shape is None:
        return replace(case, plan=plan)
    longest = max((read.longest for read in case.reads), default=0) or None
    setup = setup_of(case.recipe, case.model, case.machine, longest)
    rows_each = SIDES.get(case.recipe.stage, 1)
    return replace(case, plan=plan, setup=setup, space=space_of(case.model.shape, setup, case.machine, rows_each))
