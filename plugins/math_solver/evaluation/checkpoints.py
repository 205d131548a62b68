"""The checkpoints of a training run, judged by the answers that their models give rather than by the loss.

The loss counts every token alike, those of a wrong program too, so that it may fall on while answers get worse: the
checkpoint to keep is that of the most right answers on problems that nobody trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..disk import digest_of, read_object
from ..journal import fingerprint
from ..records import Problem, RecordError
from ..solving.endpoint import Endpoint
from .comparison import compare
from .figures import figures
from .records import Attempt
from .runs import circumstances_path, read_run
from .session import Options, evaluate, job_of
from .statistics import Estimate

__all__ = [
    "Checkpoint",
    "Judged",
    "Losses",
    "best",
    "draw",
    "find_checkpoints",
    "read_losses",
    "solve_once",
    "solved_before",
    "table",
]

KEYS = ("loss", "eval_loss")  # of a trainer's log
WEIGHTS = ("adapter_model.safetensors", "adapter_model.bin")


@dataclass(frozen=True)
class Checkpoint:
    """The weights of an adapter after a number of steps; ``digest`` tells them from others."""

    step: int
    folder: Path
    digest: str


def find_checkpoints(output: Path) -> list[Checkpoint]:
    """What a run of LLaMA-Factory left in its ``output_dir``, by step; the adapter at its end once, if it is another.

    Raises:
        RecordError: there is no adapter.
    """
    found = [
        Checkpoint(int(folder.name.rpartition("-")[2]), folder, _digest(weights))
        for folder in output.glob("checkpoint-*")
        if folder.name.rpartition("-")[2].isdecimal() and (weights := _weights(folder)) is not None
    ]
    last = _weights(output)
    if last is not None and (digest := _digest(last)) not in {one.digest for one in found}:
        found.append(Checkpoint(_last_step(output), output, digest))
    if not found:
        raise RecordError(
            f"{output}: holds no adapter; it must be the output_dir of a LoRA run, with save_strategy: steps"
        )
    return sorted(found, key=lambda one: one.step)


def _weights(folder: Path) -> Path | None:
    return next((path for name in WEIGHTS if (path := folder / name).is_file()), None)


def _digest(weights: Path) -> str:
    return digest_of(weights)[:12]


def _last_step(output: Path) -> int:
    step = _state(output / "trainer_state.json").get("global_step")
    if not isinstance(step, int):
        raise RecordError(f"{output}/trainer_state.json: names no global_step, so that its last adapter has no place")
    return step


def _state(path: Path) -> Mapping[str, Any]:
    return read_object(path, "LLaMA-Factory writes it at each checkpoint")


Curve = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Losses:
    """The losses that a run logged, by step: on its training rows, and on those it held out."""

    training: Curve = ()
    held_out: Curve = ()

    def at(self, step: int) -> tuple[float | None, float | None]:
        """The last of each up to a step."""
        return _last(self.training, step), _last(self.held_out, step)

    @property
    def curves(self) -> tuple[Curve, Curve]:
        return self.training, self.held_out


def _last(curve: Curve, step: int) -> float | None:
    return next((loss for at, loss in reversed(curve) if at <= step), None)


def read_losses(output: Path) -> Losses:
    """The log of a run: of its end, or of its last checkpoint where it was interrupted."""
    folders = sorted(output.glob("checkpoint-*"), key=lambda folder: (len(folder.name), folder.name))
    paths = [folder / "trainer_state.json" for folder in (output, *reversed(folders))]
    state = next((_state(path) for path in paths if path.exists()), {})
    log = [entry for entry in state.get("log_history") or () if isinstance(entry, dict) and "step" in entry]
    curves = (tuple((entry["step"], float(entry[key])) for entry in log if key in entry) for key in KEYS)
    return Losses(*curves)


def solve_once(
    base_url: str,
    model: str,
    problems: Sequence[Problem],
    options: Options,
    output: Path,
    about: Mapping[str, Any],
    *,
    retries: int = 5,
) -> list[Attempt]:
    """Let the model at an endpoint solve the problems, going on where an interrupted run stopped.

    ``about`` says what else decides on the answers, the weights above all.
    """
    job = {**about, **_job(problems, options)}
    return evaluate(problems, Endpoint(base_url, model, retries), options, output, job, deciding=about)


def solved_before(
    problems: Sequence[Problem], options: Options, output: Path, about: Mapping[str, Any]
) -> list[Attempt] | None:
    """The attempts in ``output``, if they are all of these problems, options and ``about``, and all got through."""
    if not (output.is_file() and circumstances_path(output).is_file()):
        return None
    run = read_run(output)
    job = {**about, **_job(problems, options)}
    same = all(run.circumstances.get(key) == value for key, value in job.items())
    return list(run.attempts) if same and not any(attempt.transport for attempt in run.attempts) else None


def _job(problems: Sequence[Problem], options: Options) -> dict[str, Any]:
    """What tells one evaluation from another, as it is stored beside its attempts."""
    return {"job": fingerprint([job_of(problems, options)])}


@dataclass(frozen=True)
class Judged:
    """A checkpoint, the accuracy of its answers, and the last losses before it."""

    checkpoint: Checkpoint
    figures: Mapping[str, Any]
    training_loss: float | None
    held_out_loss: float | None

    @classmethod
    def of(cls, checkpoint: Checkpoint, attempts: Path, losses: Losses) -> Judged:
        return cls(checkpoint, figures(read_run(attempts, f"step {checkpoint.step}")), *losses.at(checkpoint.step))

    @property
    def accuracy(self) -> Estimate:
        return Estimate(**self.figures["accuracy"])


def best(judged: Sequence[Judged]) -> Judged:
    """The one with the most right answers; the earliest of several, which has strayed least from its base."""
    return max(judged, key=lambda one: (one.accuracy.value, -one.checkpoint.step))


def table(judged: Sequence[Judged]) -> list[str]:
    """A line for each checkpoint: losses, accuracy with its 95 % interval, and how sure it is that the best is better.

    The last is McNemar's exact test on the same problems; many checkpoints are compared with the one that happened to
    come out best, so that a p-value near 0.05 says little.
    """
    top = best(judged)
    lines = [f"{'step':>8} {'loss':>8} {'held out':>8} {'right':>7}  {'95 % interval':17} p against the best"]
    for one in judged:
        losses = "".join(
            f" {f'{loss:.4f}' if loss is not None else '-':>8}" for loss in (one.training_loss, one.held_out_loss)
        )
        accuracy, said = one.accuracy, "the best" if one is top else f"{_p_value(one, top):.2f}"
        interval = f"{accuracy.low:.1%} to {accuracy.high:.1%}"
        lines.append(f"{one.checkpoint.step:8}{losses} {accuracy.value:7.1%}  {interval:17} {said}")
    return lines


def _p_value(one: Judged, top: Judged) -> float:
    return float(compare(one.figures, top.figures)["p_value"])


def draw(judged: Sequence[Judged], losses: Losses, path: Path) -> None:
    """A picture of the losses, and beside them the accuracy of each checkpoint with its interval."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    left = figure.add_subplot(xlabel="step", ylabel="loss")
    for curve, name, colour in zip(losses.curves, ("training", "held out"), ("0.7", "0.3"), strict=True):
        if curve:
            left.plot(*zip(*curve, strict=True), color=colour, label=f"loss, {name}", linewidth=1)
    right = left.twinx()
    steps, accuracies = [one.checkpoint.step for one in judged], [one.accuracy for one in judged]
    middle = [100 * one.value for one in accuracies]
    error = [[100 * (one.value - one.low) for one in accuracies], [100 * (one.high - one.value) for one in accuracies]]
    right.errorbar(steps, middle, yerr=error, color="tab:blue", marker="o", capsize=3, label="right answers")
    right.set(ylabel="right answers, %", ylim=(0, 105))
    top = best(judged)
    right.axvline(top.checkpoint.step, color="tab:blue", linestyle=":", linewidth=1)
    lines = [*left.get_legend_handles_labels()[0], *right.get_legend_handles_labels()[0]]
    figure.legend(lines, [str(line.get_label()) for line in lines], loc="outside upper center", ncols=3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
