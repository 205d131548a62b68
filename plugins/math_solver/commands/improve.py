"""What ``scripts/improve.py`` does with its command line: the steps of a run, a table, a report."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ..disk import read_yaml
from ..evaluation import Attempt, Run, changes, read_run
from ..improving.course import Course, Judged, dry_steps, improve
from ..improving.gate import Gain
from ..improving.plan import Plan, Round, Server, Step
from ..improving.settings import Settings, check_files, read_settings
from ..improving.stamps import Stamps
from ..log import held
from ..records import RecordError, read_jsonl, read_records
from ..report import Course as Shown
from ..report import CourseRound, write_report
from ..solving.endpoint import check_address
from .api_process import running, served
from .demo import StepRunner, print_accuracy, print_lost
from .guard import guarded, wait_for_ended

__all__ = ["Runner", "improve_model", "upstream_of"]

ENGINE_SECONDS = 1800.0  # an engine compiles while it loads
SERVER_SECONDS = 600.0


def improve_model(args: argparse.Namespace) -> None:
    """Print the commands of a run, or have them run and report on it.

    Raises:
        RecordError: a setting does not fit, a file that it names is missing, another run writes the same, or a command
            failed.
    """
    settings = read_settings(args.config)
    plan = Plan(settings)
    check_files(args.config, settings)
    if settings.engine is not None:
        upstream_of(shlex.split(settings.serve))
    steps = list(dry_steps(plan))
    if args.dry_run:
        print(*_typed(steps), sep="\n")
        return
    lock = plan.folder / ".started.lock"
    with held(plan.folder / "report.html"):
        wait_for_ended(lock)
        with Runner(len(steps), plan.folder, guarded(lock)) as run:
            course = improve(plan, run)
        report = _report(plan, course)
        _show(plan, course, report)


def _typed(steps: Sequence[Step]) -> Iterator[str]:
    """The commands of all steps, as they are typed, one behind the other: a server's before what asks it, unless it
    runs already, and its end before what asks another or none.
    """
    running_server: Server | None = None
    for number, step in enumerate(steps, 1):
        yield f"\n# [{number}/{len(steps)}] {step.title}"
        if step.server != running_server:
            yield from _ending(running_server)
            for line in _serving(step.server):
                yield from (f"{line} &", "# wait until it answers")
        running_server = step.server
        stock = step.command.startswith("llamafactory-cli")
        yield step.command if stock else f"python {step.command}"
    yield from _ending(running_server)


def _ending(server: Server | None) -> Iterator[str]:
    """What ends a shell's jobs, which it counts from 1 where none is left."""
    if jobs := [f"%{number}" for number, _ in enumerate(_serving(server), 1)]:
        yield f"kill {' '.join(jobs)}; wait"


def _serving(server: Server | None) -> Iterator[str]:
    if server is not None:
        if server.engine:
            yield shlex.join(server.engine)
        yield shlex.join(["llamafactory-cli", "api", *server.words])


def upstream_of(words: Sequence[str]) -> str:
    """The address of the engine that a server asks.

    Raises:
        RecordError: its YAML cannot be read, or names none or what is no address.
    """
    path = Path(words[0])
    given = read_yaml(path, "it must be a YAML for llamafactory-cli api")
    try:
        url = str(given["code_interpreter"]["upstream"]["base_url"]).rstrip("/")
    except (KeyError, TypeError) as error:
        raise RecordError(f"{path}: names no code_interpreter.upstream, where an engine would answer") from error
    check_address(url)
    return url


class Runner:
    """Runs steps, each once; a server goes on as long as the next step asks the same."""

    def __init__(self, steps: int, folder: Path, launcher: Sequence[str] = ()) -> None:
        self._runner = StepRunner(steps, folder / "logs", launcher)
        self._stamps = Stamps(folder / "steps")
        self._logs, self._launcher = folder / "logs", launcher
        self._stack = ExitStack()
        self._serving: tuple[Server, str] | None = None

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *exception: object) -> None:
        self._close()

    def __call__(self, step: Step) -> None:
        if not self._stamps.once(step, self._run):
            self._runner.skip(step.title)

    def _run(self, step: Step) -> None:
        if step.server is None:
            self._close()  # a training needs the room
            self._runner.run(step.title, step.command)
        else:
            url = self._url(step.server, step.name.replace("/", "-"))
            self._runner.run(step.title, step.command, ["--base-url", url], echo=False)

    def _url(self, server: Server, name: str) -> str:
        """Where a server answers, which is started unless it runs."""
        if self._serving is None or self._serving[0] != server:
            self._close()
            for line in _serving(server):
                self._runner.say(line)
            self._serving = server, self._start(server, name)
        return self._serving[1]

    def _start(self, server: Server, name: str) -> str:
        if server.engine:
            words, url = [*self._launcher, *server.engine], upstream_of(server.words)
            log = self._logs / f"{name}_engine.log"
            self._stack.enter_context(running(words, url, log, timeout=ENGINE_SECONDS))
        config, *overrides = server.words
        log = self._logs / f"{name}_server.log"
        serving = served(Path(config), log, overrides=overrides, timeout=SERVER_SECONDS, launcher=self._launcher)
        return self._stack.enter_context(serving)

    def _close(self) -> None:
        self._serving = None
        self._stack.close()


def _report(plan: Plan, course: Course) -> Path:
    runs = _runs(plan, course)
    rounds = [_shown(plan, one, runs) for one in course.rounds]
    shown = Shown(rounds, course.kept.name, course.ended, _rule(plan.settings))
    path = plan.folder / "report.html"
    title = f"{plan.folder.name}: improved by its own solutions"
    write_report(path, list(runs.values()), title=title, seed=plan.settings.seed, course=shown)
    return path


def _runs(plan: Plan, course: Course) -> dict[str, Run]:
    rounds = [plan.round(0), *(one.round for one in course.rounds)]
    return {one.name: read_run(one.held_out, one.name) for one in rounds}


def _rule(settings: Settings) -> str:
    where = "the whole interval of the difference is above 0" if settings.keep == "clear" else "more answers are right"
    return (
        f"A round’s model is kept where {where}, over the held-out problems, against the model that it began from. "
        f"The run stops after {settings.patience} round{'s in a row' * (settings.patience > 1)} whose interval is not "
        "above 0."
    )


def _shown(plan: Plan, one: Judged, runs: Mapping[str, Run]) -> CourseRound:
    found = changes(runs[one.before.name], runs[one.round.name])
    return CourseRound(
        one.round.name, one.stage, one.before.name, one.kept, _counts(plan, one.round, one.stage), found
    )


def _counts(plan: Plan, of: Round, stage: str) -> dict[str, str]:
    """What a round was trained on."""
    right = [attempt.verdict.correct for attempt in read_records(of.samples, Attempt)]
    counts = {"samples right": f"{sum(right)} of {len(right)}"}
    if stage == "sft":
        counts["own"] = str(sum(1 for _ in read_jsonl(plan.validated(of.number))))
    return {**counts, "rows": str(_rows(plan, of.number))}


def _rows(plan: Plan, number: int) -> int:
    return sum(1 for _ in read_jsonl(plan.rows(number)))


def _show(plan: Plan, course: Course, report: Path) -> None:
    """Print the rounds, accuracy by family, why the run ended, and which model is kept."""
    print("\n", *_table(plan, course), sep="\n")
    judged = {one.name: one.held_out for one in [plan.round(0), *(one.round for one in course.rounds)]}
    print_accuracy(judged)
    print_lost(judged.values())
    print(f"ended: {course.ended}\nkept: {plan.model(course.kept.number)} ({course.kept.name})")
    print(f"{report}: open it in a browser")


def _table(plan: Plan, course: Course) -> Iterator[str]:
    """A line for each round: what it was trained on, and how its model does on held-out problems."""
    interval = "95 % interval"
    head = f"{'rows':>7} {'right':>7}  {interval:15} {'gained':>7}  {interval:15} learned  lost  p"
    yield f"{'round':8} {'from':8} {head}"
    yield f"{'start':8} {'':8} {'':7} {_accuracy(course.start)}"
    for one in course.rounds:
        rows = _rows(plan, one.round.number)
        kept = "kept" if one.kept else "not kept"
        named = f"{one.round.number} {one.stage}"
        yield f"{named:8} {one.before.name:8} {rows:>7} {_accuracy(one.figures)} {_gained(one.gain)}  {kept}"


def _accuracy(figures: Mapping[str, Any]) -> str:
    found = figures["accuracy"]
    between = f"{found['low']:.1%} to {found['high']:.1%}"
    return f"{found['value']:7.1%}  {between:15}"


def _gained(gain: Gain) -> str:
    value, low, high = (100 * points for points in (gain.difference.value, gain.difference.low, gain.difference.high))
    between = f"{low:+.1f} to {high:+.1f}"
    return f"{value:+7.1f}  {between:15} {gain.learned:7} {gain.lost:5}  {gain.p_value:<7.2g}"
