"""What the demo runs and prints: commands with their progress and time, accuracies, whole solutions."""

from __future__ import annotations

import os
import selectors
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.table import Table

from ..evaluation import Attempt, Tally, tally, wilson
from ..records import RecordError, read_records
from .api_process import cli, served

__all__ = ["StepRunner", "print_accuracy", "print_lost", "print_solutions", "print_summary"]

LIVE_WIDTH = 100


class StepRunner:
    """Runs numbered steps; raises ``RecordError`` at the first command that fails.

    ``launcher`` are words before each command, as of ``guard``.
    """

    def __init__(self, steps: int, logs: Path, launcher: Sequence[str] = ()) -> None:
        self._steps, self._logs, self._launcher = steps, logs, launcher
        self._number = 0
        self._console = Console(highlight=False)

    def run(self, title: str, command: str, words: Sequence[str] = (), *, echo: bool = True) -> None:
        """Run one command: print its results, show its progress while it lasts, and print its time.

        Args:
            words: of the command that are not shown.
            echo: whether its results are printed.
        """
        start = self._begin(title)
        self._command(command, words, echo=echo)
        self._end(start)

    def say(self, command: str) -> None:
        """Show a command that is run by other means."""
        self._console.print(f"  $ {command}", style="dim", soft_wrap=True, markup=False)

    def skip(self, title: str) -> None:
        """Say of a step that nothing is left of it to do."""
        self._begin(title)
        self._console.print("  done before", style="green")

    def serve_and_run(self, title: str, server: Sequence[str], commands: Sequence[str]) -> None:
        """Start the API server with ``server`` (YAML and overrides), run commands against it, end it."""
        start = self._begin(title)
        config, *overrides = server
        self.say(f"llamafactory-cli api {shlex.join(server)}")
        log = self._logs / f"{self._number}_server.log"
        with served(Path(config), log, overrides=overrides, launcher=self._launcher) as url:
            for command in commands:
                self._command(f"{command} --base-url {url}", echo=False)
        self._end(start)

    def _begin(self, title: str) -> float:
        self._number += 1
        self._console.print(f"\n[{self._number}/{self._steps}] {title}", style="bold", markup=False)
        return time.monotonic()

    def _end(self, start: float) -> None:
        self._console.print(f"  {time.monotonic() - start:.1f} s", style="green")

    def _command(self, command: str, unsaid: Sequence[str] = (), *, echo: bool = True) -> None:
        self.say(command)
        program, *arguments = [*shlex.split(command), *unsaid]
        stock = program == "llamafactory-cli"
        words = [*self._launcher, *([cli()] if stock else [sys.executable, program]), *arguments]
        log = self._logs / f"{self._number}_{Path(program).stem}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        last = ""
        with (
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
            log.open("ab") as file,
            self._console.status("starting") as status,
        ):
            for line, result in _lines(process, file):
                if result and echo and not stock:
                    self._console.print(f"  {line}", markup=False, soft_wrap=True)
                else:
                    last = line
                    status.update(line[-LIVE_WIDTH:].replace("[", "("))
        if process.returncode:
            said = f" ({last})" if last and not stock and process.returncode == 2 else ""  # as ``run_command`` ends it
            raise RecordError(f"{command}: ended with code {process.returncode}{said}; {log} holds its output")


def _lines(process: subprocess.Popen[bytes], log: IO[bytes]) -> Iterator[tuple[str, bool]]:
    """Lines of a process as they come, and whether each is a result (stdout) or progress (stderr)."""
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            selector.register(stream, selectors.EVENT_READ, bytearray())
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, 65536)
                log.write(chunk)
                key.data.extend(chunk or b"\n")
                *whole, rest = key.data.replace(b"\r", b"\n").split(b"\n")
                key.data[:] = rest
                for line in whole:
                    if text := line.decode(errors="replace").strip():
                        yield text, key.fileobj is process.stdout
                if not chunk:
                    selector.unregister(key.fileobj)


def print_summary(rows: Mapping[str, Path]) -> None:
    """A table of right answers, a row for each file of attempts; questions of a conversation by their places in it."""
    table = Table(title="right answers of the tuned model")
    table.add_column("how they are asked", no_wrap=True)
    for name in ("of", "right", "", "95 % interval"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, path in rows.items():
        attempts = list(read_records(path, Attempt))
        table.add_row(name, *_counts(attempts))
        for place in sorted({attempt.position for attempt in attempts if attempt.position}):
            table.add_row(f"  question {place}", *_counts([one for one in attempts if one.position == place]))
    Console().print("\n", table)


def _counts(attempts: Sequence[Attempt]) -> tuple[str, ...]:
    right, total = sum(attempt.verdict.correct for attempt in attempts), len(attempts)
    low, high = wilson(right, total)
    return str(total), str(right), f"{right / total:.1%}", f"{low:.0%} to {high:.0%}"


def print_accuracy(columns: Mapping[str, Path]) -> None:
    """A table of right answers by subject, a column for each file of attempts.

    Of a file with follow-ups only those are counted where it stands beside one without any.
    """
    runs = {name: list(read_records(path, Attempt)) for name, path in columns.items()}
    if not all(map(_follow_ups, runs.values())):
        runs = {name: _follow_ups(attempts) or attempts for name, attempts in runs.items()}
    tallies = {
        name: tally(attempts, lambda problem: problem.subject or problem.source) for name, attempts in runs.items()
    }
    table = Table(title="right answers on held-out problems")
    table.add_column("family", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right")
    first = next(iter(tallies.values()))
    for key in first:
        cells = [f"{row.correct}/{row.total}" for row in (column.get(key, Tally(0, 0)) for column in tallies.values())]
        if key == "all":
            table.add_section()
            cells = [f"{column[key].accuracy:.1%}" for column in tallies.values()]
        table.add_row(key, *cells)
    Console().print("\n", table)


def _follow_ups(attempts: Sequence[Attempt]) -> list[Attempt]:
    return [attempt for attempt in attempts if attempt.problem.follows is not None]


def print_lost(paths: Iterable[Path]) -> None:
    """Say of which files of attempts some have no answer: they count as wrong, whatever the model can do."""
    for path in paths:
        attempts = list(read_records(path, Attempt))
        if lost := [attempt.error for attempt in attempts if attempt.error is not None]:
            print(
                f"{path}: {len(lost)} of {len(attempts)} requests have no answer and count as wrong ({lost[0]}); "
                "see the log of the server"
            )


def print_solutions(path: Path, prefixes: Sequence[str]) -> None:
    """The whole solutions of the first problem with each prefix of an id."""
    group = list(read_records(path, Attempt))
    for prefix in prefixes:
        attempt = next((attempt for attempt in group if attempt.problem.id.startswith(prefix)), None)
        if attempt is not None:
            print(f"\n--- {attempt.problem.question}\n{attempt.text}\n--- {attempt.verdict.outcome}")
