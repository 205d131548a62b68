"""Training speed on one GPU: this project's recipe, LLaMA-Factory's own LoRA example, and one choice at a time.

    python benchmarks/training.py --output output/benchmarks/training.json

Needs no model hub: the weights are random, of the true configuration of Qwen2.5-Math-7B (7.6 billion parameters),
the rows are the generated families' (or ``--rows``), and the tokenizer is made of them. Sized for one GPU of 80 GB,
20 GB of disk and eight minutes; it stops by itself at ``--budget`` seconds and keeps what it has. A variant that
fails (memory, a package that is missing) is a row that says so. Without a GPU it says that nothing can be timed;
``--tiny`` then tries every variant with a model of a few thousand parameters, for its figures nobody's use.
Copy the whole folder ``benchmarks``: the parts lie in ``speed`` beside this file, and ``padding.py`` makes the rows.

What is timed is what users run: each variant is a process that calls LLaMA-Factory's ``run_exp`` with the settings
of a recipe, and a callback that reads the clock. The first steps are not counted. All variants train on the same
model, rows and effective batch (``--step-tokens`` useful tokens for each step of the optimizer, in whole batches).
The recipe is run once more at the end: the difference of the two is what a figure is worth.

Columns: tokens a second, of all that went through the model; useful ones, padding not counted; their ratio to
LLaMA-Factory's example; MFU; peak memory that tensors took, in GB.

    MFU = 4 N x tokens a second / peak,   N = parameters without the input embedding

A frozen weight costs 2 floating-point operations forward and 2 for the gradient of its input, none for its own.
Attention (2.5 GFLOP a token at rows of 4,096, beside 28) and the adapter are left out, so that the true figure is
up to a tenth higher. Recomputing for gradient checkpointing is not counted as work: with it 67 % cannot be passed.
The peak is that of dense bfloat16 products in the maker's data sheet (``PEAKS``, or ``--peak``).

Where no package registry can be reached, carry these wheels in the versions of constraints.txt, beside torch,
torchvision and torchaudio of one CUDA series (``--wheels`` prints what this environment takes of them)::

    llamafactory transformers tokenizers huggingface-hub peft trl accelerate datasets dill multiprocess xxhash
    omegaconf antlr4-python3-runtime jsonlines sympy mpmath; for their variants liger-kernel and flash-attn

installed with ``--no-deps`` (LLaMA-Factory names many that a training does not load), and let ``PYTHONPATH`` name
``plugins``. Where /dev/shm is small, as in containers, rows are loaded without processes of their own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from padding import Loaded, make_tokenizer, sample_rows, write_dataset
from speed.figures import (
    HEAD,
    LEFT_OUT,
    THEIRS,
    Device,
    Result,
    find_gpu,
    installed_packages,
    line,
    named,
    notes,
    peak_of,
    store,
)
from speed.process import CHILD, Process
from speed.variants import (
    EXAMPLE,
    SHIPPED,
    Variant,
    missing_of,
    model_sizes,
    scaled_down,
    speed_keys,
    variants,
    whole_settings,
)

from math_solver.records import read_jsonl

START_SECONDS = 30.0  # that a variant must at least have


def main() -> None:
    args = parse_args()
    if args.wheels:
        print(*installed_packages(), sep="\n")
        return
    device = Device() if args.tiny else find_gpu()
    if device is None:
        print("no CUDA device here, so nothing was timed; --tiny tries the variants on the processor")
        return
    run_all(args, device)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path("output/benchmarks/training.json"), help="figures (JSON)")
    parser.add_argument(
        "--recipe",
        type=Path,
        default=SHIPPED,
        help="what decides on speed is taken from this YAML (default: this project's)",
    )
    parser.add_argument("--rows", type=Path, nargs="+", default=[], help="sharegpt records (JSONL)")
    parser.add_argument("--only", nargs="+", metavar="WORD", help="only the variants in whose names these words stand")
    parser.add_argument("--budget", type=float, default=450.0, help="seconds for all")
    parser.add_argument("--variant-seconds", type=float, default=12.0, help="seconds of counted steps of a variant")
    parser.add_argument("--step-tokens", type=int, default=16384, help="useful tokens of a step of the optimizer")
    parser.add_argument("--warm-up", type=int, default=2, help="steps that are not counted")
    parser.add_argument("--peak", type=float, help="TFLOP/s of the device, dense bfloat16")
    parser.add_argument("--work", type=Path, help="folder for weights of 15 GB (default: a temporary one)")
    parser.add_argument("--tiny", action="store_true", help="a tiny model on the processor: tries the script itself")
    parser.add_argument("--wheels", action="store_true", help="print the packages that a run takes, and stop")
    return parser.parse_args()


def run_all(args: argparse.Namespace, device: Device) -> None:
    """Make model and rows, time the variants, print and store what came out, whatever ends the run."""
    deadline = time.monotonic() + args.budget
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a time limit around it ends it as Ctrl-C does
    peak = args.peak or peak_of(device.name)
    results: list[Result] = []
    with work_folder(args.work) as work:
        try:
            results += planned(prepared(args, work, device))
            with closing(time_all(results, args, work, deadline)) as timed:
                for result in timed:
                    print(line(result, named(results, THEIRS), peak), flush=True)
                    store(args.output, device, peak, results)
        except KeyboardInterrupt:
            print("interrupted; what was timed is kept", file=sys.stderr)
        finally:
            store(args.output, device, peak, results)
    print(*notes(device, peak, results), f"{args.output}: the figures", sep="\n")


def planned(chosen: Sequence[tuple[Variant, dict[str, Any]]]) -> Iterator[Result]:
    """A result for each variant before it ran: one that lacks a package never does."""
    for variant, settings in chosen:
        missing = missing_of(settings)
        problem = f"{' and '.join(missing)} is not installed" if missing else LEFT_OUT
        yield Result(variant.name, problem, variant.note, settings=settings)


def prepared(args: argparse.Namespace, work: Path, device: Device) -> list[tuple[Variant, dict[str, Any]]]:
    """Write model, tokenizer and rows, and say what each variant's process is to run."""
    recipe, example = speed_keys(args.recipe), EXAMPLE
    if small_shared_memory():
        recipe, example = ({**each, "dataloader_num_workers": 0} for each in (recipe, example))
    if args.tiny:
        recipe, example = scaled_down(recipe), scaled_down(example)
    with making_model(work, args.tiny), multiprocessing.get_context("spawn").Pool(1) as pool:
        # In processes of their own: LLaMA-Factory takes memory of the GPU when it is imported.
        lengths = pool.apply(make_rows, (args.rows, 8 if args.tiny else 80, work))
        chosen = pool.apply(variants, (recipe, example, device.memory))
        pool.close()
        pool.join()  # it ends by itself, and leaves no locks behind
    if args.only:
        chosen = [one for one in chosen if any(word in one.name for word in args.only)]
    return [(one, whole_settings(one.settings, lengths, args.step_tokens, work)) for one in chosen]


@contextmanager
def making_model(work: Path, tiny: bool) -> Iterator[None]:
    """The weights are drawn while the block runs, and there behind it."""
    folder, sizes = work / "model", work / "sizes.json"
    folder.mkdir()
    sizes.write_text(json.dumps(model_sizes(tiny)), encoding="utf-8")
    command = [sys.executable, str(CHILD), "model", str(folder), str(sizes)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as weights:
        yield
    if weights.returncode:
        raise SystemExit(f"the weights could not be made (code {weights.returncode}); see above")


def small_shared_memory(shared: Path = Path("/dev/shm")) -> bool:
    """Whether processes that load rows could not pass on the square masks of neat packing, 33 MB each."""
    return shared.is_dir() and shutil.disk_usage(shared).total < 1 << 30


def make_rows(paths: Sequence[Path], per_family: int, work: Path) -> list[int]:
    """Write rows and tokenizer; tokens of each row, as LLaMA-Factory's loader says."""
    records = [row for path in paths for _, row in read_jsonl(path)] or sample_rows(per_family)
    make_tokenizer(records, work / "model")
    return Loaded.read(write_dataset(records, work), work / "model", "qwen", 1 << 20, {}).lengths


def time_all(results: list[Result], args: argparse.Namespace, work: Path, deadline: float) -> Generator[Result]:
    """Put in the place of each result what its process measured, as far as it came."""

    def started(number: int) -> Process:
        measuring = {"warm_up": args.warm_up, "seconds": args.variant_seconds}
        return Process(results[number], work, number, hidden=args.tiny, **measuring)

    print(HEAD, flush=True)
    to_run = [number for number, each in enumerate(results) if each.problem == LEFT_OUT]
    waiting = started(to_run[0]) if to_run else None
    try:
        for number, following in zip(to_run, [*to_run[1:], None], strict=True):
            if waiting is None or (deadline - time.monotonic() < START_SECONDS and number != to_run[0]):
                break
            process, waiting = waiting, None
            process.go()
            try:
                # The next one loads its libraries meanwhile, which takes as long as the steps.
                waiting = started(following) if following is not None else None
                limit = min(deadline - time.monotonic(), args.variant_seconds + 120)
                results[number] = process.result(max(limit, START_SECONDS))
            except KeyboardInterrupt:
                results[number] = process.interrupted()
                raise
            yield results[number]
    finally:
        if waiting is not None:
            waiting.end()


@contextmanager
def work_folder(folder: Path | None) -> Iterator[Path]:
    """A folder for the weights, empty at first and gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="training_", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


if __name__ == "__main__":
    main()
