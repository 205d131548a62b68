"""Training speed on one GPU: this project's recipe, LLaMA-Factory's own LoRA example, and one choice at a time.

    python benchmarks/training.py --output output/benchmarks/training.json

Needs no model hub: the weights are random, of the true configuration of Qwen2.5-Math-7B (7.6 billion parameters),
the rows are the generated families' (or ``--rows``), and the tokenizer is made of them. Sized for one GPU of 80 GB,
20 GB of disk and eight minutes; it stops by itself at ``--budget`` seconds and keeps what it has. A variant that
fails (memory, a package that is missing) is a row that says so. Without a GPU it says that nothing can be timed;
``--tiny`` then tries every variant with a model of a few thousand parameters, for its figures nobody's use.

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
import importlib.metadata
import importlib.util
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from padding import Loaded, make_tokenizer, sample_rows, write_dataset

from math_solver.records import read_jsonl, write_text

# https://huggingface.co/Qwen/Qwen2.5-Math-7B, config.json
QWEN2_5_MATH_7B: dict[str, Any] = {
    "vocab_size": 152064,
    "hidden_size": 3584,
    "intermediate_size": 18944,
    "num_hidden_layers": 28,
    "num_attention_heads": 28,
    "num_key_value_heads": 4,
    "max_position_embeddings": 4096,
    "rope_theta": 10000.0,
    "rms_norm_eps": 1e-6,
    "tie_word_embeddings": False,
}
TINY: dict[str, Any] = {
    **QWEN2_5_MATH_7B,
    "vocab_size": 6016,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}
# Dense bfloat16 TFLOP/s by a part of the device's name, the more special ones first
PEAKS = {
    "B200": 2250, "H100 PCIe": 756, "H100 NVL": 835, "H100": 989, "H800": 989, "H200": 989,
    "H20": 148, "A100": 312, "A800": 312, "A40": 150, "A10": 125, "L40S": 362, "L40": 181, "L4": 121,
    "RTX 6000 Ada": 364, "A6000": 155, "4090": 165, "3090": 71,
}  # fmt: skip

EVERY: dict[str, Any] = {
    "stage": "sft",
    "do_train": True,
    "finetuning_type": "lora",
    "lora_target": "all",
    "dataset": "rows",
    "template": "qwen",
    "overwrite_cache": True,
    "overwrite_output_dir": True,
    "save_strategy": "no",
    "report_to": "none",
    "logging_steps": 10,
    "learning_rate": 1.0e-4,
    "lr_scheduler_type": "cosine",
    "ddp_timeout": 180000000,
}
# examples/train_lora/qwen3_lora_sft.yaml of LLaMA-Factory 0.9.5, as far as it decides on speed
EXAMPLE: dict[str, Any] = {
    "lora_rank": 8,
    "cutoff_len": 2048,
    "per_device_train_batch_size": 1,
    "bf16": True,
    "dataloader_num_workers": 4,
}
# What a recipe says of speed, and is taken from one that ``--recipe`` names
DECIDING = (
    "lora_rank", "lora_alpha", "lora_dropout", "use_rslora", "use_dora", "cutoff_len", "per_device_train_batch_size",
    "packing", "neat_packing", "flash_attn", "enable_liger_kernel", "disable_gradient_checkpointing", "use_unsloth_gc",
    "use_reentrant_gc", "bf16", "pure_bf16", "optim", "dataloader_num_workers", "train_sampling_strategy",
    "quantization_bit", "quantization_method",
)  # fmt: skip
SHIPPED = Path(__file__).parents[1] / "examples/train_lora/qwen2_5_math_7b_lora_sft.yaml"
# What needs a package: a key's value, the package's module and name, and the value without it
NEEDS: Sequence[tuple[str, Any, str, str, Any]] = (
    ("enable_liger_kernel", True, "liger_kernel", "liger-kernel", False),
    ("flash_attn", "fa2", "flash_attn", "flash-attn", "sdpa"),
)
OURS, THEIRS = "this project's recipe", "LLaMA-Factory's example"
LEFT_OUT = "not run"
START_SECONDS = 30.0  # that a variant must at least have


@dataclass(frozen=True)
class Variant:
    """One training run: a name, and what it says of speed."""

    name: str
    settings: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What came of a variant. ``problem`` says why there are no figures, or fewer."""

    name: str
    problem: str = ""
    note: str = ""
    steps: int = 0
    seconds: float = 0.0
    tokens: int = 0
    useful: int = 0
    flops_per_token: float = 0.0
    peak_bytes: int = 0
    loss: float | None = None
    attention: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def speed(self) -> float:
        """Tokens a second."""
        return self.tokens / self.seconds if self.seconds else 0.0

    @property
    def useful_speed(self) -> float:
        return self.useful / self.seconds if self.seconds else 0.0

    def mfu(self, peak: float | None) -> float | None:
        """Model FLOP utilisation, ``peak`` in TFLOP/s; unknown without one."""
        return self.flops_per_token * self.speed / (peak * 1e12) if peak and self.seconds else None


def main() -> None:
    args = parse_args()
    if args.child:
        child(Path(args.child))
        return
    if args.wheels:
        print(*installed(), sep="\n")
        return
    if args.make_model:
        make_model(Path(args.make_model), TINY if args.tiny else QWEN2_5_MATH_7B)
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
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--make-model", help=argparse.SUPPRESS)
    return parser.parse_args()


@dataclass(frozen=True)
class Device:
    """A GPU's name and memory in bytes; without a name the processor."""

    name: str = ""
    memory: int = 0


def run_all(args: argparse.Namespace, device: Device) -> None:
    """Make model and rows, time the variants, print and store what came out, whatever ends the run."""
    deadline = time.monotonic() + args.budget
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a time limit around it ends it as Ctrl-C does
    peak = args.peak or peak_of(device.name)
    results: list[Result] = []
    with work_folder(args.work) as work:
        try:
            for variant, settings in prepared(args, work, device):
                missing = missing_of(settings)
                problem = f"{' and '.join(missing)} is not installed" if missing else LEFT_OUT
                results.append(Result(variant.name, problem, variant.note, settings=settings))
            for _ in time_all(results, args, work, deadline, peak):
                store(args.output, device, peak, results)
        except KeyboardInterrupt:
            print("interrupted; what was timed is kept", file=sys.stderr)
        finally:
            store(args.output, device, peak, results)
    print(*notes(device, peak, results), f"{args.output}: the figures", sep="\n")


def prepared(args: argparse.Namespace, work: Path, device: Device) -> list[tuple[Variant, dict[str, Any]]]:
    """Write model, tokenizer and rows, and say what each variant's process is to run."""
    folder = work / "model"
    folder.mkdir()
    command = [sys.executable, __file__, "--make-model", str(folder), *(["--tiny"] if args.tiny else [])]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as weights:
        # In a process of its own: LLaMA-Factory takes memory of the GPU when it is imported.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            lengths = pool.apply(make_rows, (args.rows, 8 if args.tiny else 80, work))
    if weights.returncode:
        raise SystemExit(f"the weights could not be made (code {weights.returncode}); see above")
    recipe, example = speed_keys(args.recipe), EXAMPLE
    if small_shared_memory():
        recipe, example = ({**each, "dataloader_num_workers": 0} for each in (recipe, example))
    if args.tiny:
        recipe, example = scaled_down(recipe), scaled_down(example)
    chosen = variants(recipe, example, device.memory)
    if args.only:
        chosen = [one for one in chosen if any(word in one.name for word in args.only)]
    return [(one, whole_settings(one.settings, lengths, args, work)) for one in chosen]


def small_shared_memory(shared: Path = Path("/dev/shm")) -> bool:
    """Whether processes that load rows could not pass on the square masks of neat packing, 33 MB each."""
    return shared.is_dir() and shutil.disk_usage(shared).total < 1 << 30


def make_rows(paths: Sequence[Path], per_family: int, work: Path) -> list[int]:
    """Write rows and tokenizer; tokens of each row, as LLaMA-Factory's loader says."""
    records = [row for path in paths for _, row in read_jsonl(path)] or sample_rows(per_family)
    make_tokenizer(records, work / "model")
    return Loaded.read(write_dataset(records, work), work / "model", "qwen", 1 << 20, {}).lengths


def speed_keys(recipe: Path) -> dict[str, Any]:
    """What a recipe says of speed."""
    import yaml

    said = yaml.safe_load(recipe.read_text(encoding="utf-8"))
    return {key: said[key] for key in DECIDING if key in said}


def scaled_down(settings: Mapping[str, Any]) -> dict[str, Any]:
    """For a processor: short rows, no bfloat16, no processes beside."""
    return {**settings, "cutoff_len": 512, "bf16": False, "dataloader_num_workers": 0}


def variants(recipe: Mapping[str, Any], example: Mapping[str, Any], memory: int = 0) -> list[Variant]:
    """The recipe, the example, and the recipe with one choice changed, the weightiest first.

    ``memory`` is the device's, in bytes; 0 where nobody knows.
    """
    recipe, note = fitting(*without_missing(recipe), memory)
    plain = {"packing": False, "neat_packing": False}
    batch = int(recipe.get("per_device_train_batch_size", 1))
    choices: dict[str, dict[str, Any]] = {
        "no packing, batch 4": {**plain, "per_device_train_batch_size": 4},
        _flipped("gradient checkpointing", "disable_gradient_checkpointing", recipe): _flip(
            "disable_gradient_checkpointing", recipe
        ),
        _switched("Liger kernels", "enable_liger_kernel", recipe): _flip("enable_liger_kernel", recipe),
        _switched("LoRA in bfloat16", "pure_bf16", recipe): {
            **_flip("pure_bf16", recipe), "bf16": bool(recipe.get("pure_bf16")) and bool(example.get("bf16")),
        },
        "no packing, batch 4, by length": {
            **plain, "per_device_train_batch_size": 4, "train_sampling_strategy": "group_by_length",
        },
        "flash_attn: sdpa": {"flash_attn": "sdpa"},
        "flash_attn: fa2": {"flash_attn": "fa2"},
        "packing, not neat": {"packing": True, "neat_packing": False},
        f"batch {2 * batch}": {"per_device_train_batch_size": 2 * batch},
        "adamw_torch, not fused": {"optim": "adamw_torch"},
        "lora_rank: 8": {"lora_rank": 8},
    }  # fmt: skip
    changed = [(name, {**recipe, **change}) for name, change in choices.items()]
    changed = [(name, settings) for name, settings in changed if settings != recipe]
    return [
        Variant(OURS, recipe, note),
        Variant(THEIRS, example),
        *(Variant(name, settings) for name, settings in changed),
        Variant(f"{OURS}, again", recipe),
    ]


def _flip(key: str, recipe: Mapping[str, Any]) -> dict[str, Any]:
    return {key: not recipe.get(key, False)}


def _flipped(name: str, key: str, recipe: Mapping[str, Any]) -> str:
    """What a variant that flips a key is called, whose truth is the absence of ``name``."""
    return name if recipe.get(key) else f"no {name}"


def _switched(name: str, key: str, recipe: Mapping[str, Any]) -> str:
    return f"no {name}" if recipe.get(key) else name


def without_missing(recipe: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The recipe without what this machine lacks, and what that is."""
    missing = missing_of(recipe)
    left = {**recipe, **{key: other for key, *_, name, other in NEEDS if name in missing}}
    return left, f"without {' and '.join(missing)}: not installed" if missing else ""


def missing_of(settings: Mapping[str, Any]) -> list[str]:
    """The packages that settings need and this machine lacks."""
    return [
        name
        for key, value, module, name, _ in NEEDS
        if settings.get(key) == value and importlib.util.find_spec(module) is None
    ]


def fitting(recipe: Mapping[str, Any], note: str, memory: int) -> tuple[dict[str, Any], str]:
    """The recipe with gradient checkpointing where it seems not to fit without: a failing base tells nothing.

    Estimated for a model of 7.6 billion parameters: its weights and 5 GB, and for each token of a batch 12.5 MB of
    activations and 4.3 MB of logits, which Liger's kernels do not keep.
    """
    tokens = int(recipe.get("per_device_train_batch_size", 1)) * int(recipe.get("cutoff_len", 2048))
    needed = 20e9 + tokens * (12.5e6 + (0 if recipe.get("enable_liger_kernel") else 4.3e6))
    if not recipe.get("disable_gradient_checkpointing") or not memory or needed < memory:
        return dict(recipe), note
    said = f"with gradient checkpointing: some {needed / 1e9:.0f} GB would be needed"
    return {**recipe, "disable_gradient_checkpointing": False}, "; ".join(filter(None, (note, said)))


def whole_settings(
    said: Mapping[str, Any], lengths: Sequence[int], args: argparse.Namespace, work: Path
) -> dict[str, Any]:
    """The settings of a run, its gradient accumulation such that a step has the same useful tokens as others'."""
    batch = int(said.get("per_device_train_batch_size", 1))
    packed = said.get("packing") or said.get("neat_packing")
    cutoff = int(said.get("cutoff_len", 2048))
    row = cutoff if packed else sum(min(length, cutoff) for length in lengths) / len(lengths)
    return {
        **EVERY,
        **said,
        "model_name_or_path": str(work / "model"),
        "dataset_dir": str(work),
        "output_dir": str(work / "adapter"),
        "gradient_accumulation_steps": max(1, round(args.step_tokens / (batch * row))),
        "max_steps": 1000,  # the meter stops it
    }


def time_all(
    results: list[Result], args: argparse.Namespace, work: Path, deadline: float, peak: float | None
) -> Iterator[Result]:
    """Put in the place of each result what its process measured, and print the table as it grows."""
    print(f"{'variant':36} {'tokens/s':>9} {'useful/s':>9} {'ratio':>6} {'MFU':>6} {'GB':>6}")
    waiting: Process | None = None
    to_run = [number for number, planned in enumerate(results) if planned.problem == LEFT_OUT]
    try:
        for number, following in zip(to_run, [*to_run[1:], None], strict=True):
            if deadline - time.monotonic() < START_SECONDS and number != to_run[0]:
                break
            process = waiting or Process(results[number], args, work, number)
            process.go()
            # The next one loads its libraries meanwhile, which takes as long as the steps.
            waiting = Process(results[following], args, work, following) if following is not None else None
            limit = min(deadline - time.monotonic(), args.variant_seconds + 120)
            results[number] = process.result(max(limit, START_SECONDS), results[number])
            base = next((one for one in results if one.name == THEIRS), None)
            print(line(results[number], base, peak), flush=True)
            yield results[number]
    finally:
        if waiting is not None:
            waiting.end()


class Process:
    """A run in a process of its own, which waits for ``go`` once its libraries are loaded.

    Its memory is its own, and what Liger puts into transformers' classes ends with it.
    """

    def __init__(self, planned: Result, args: argparse.Namespace, work: Path, number: int) -> None:
        self._task = work / f"task_{number}.json"
        self._figures, self._log = work / f"figures_{number}.json", work / f"log_{number}.txt"
        task = {
            "settings": dict(planned.settings),
            "figures": str(self._figures),
            "warm_up": args.warm_up,
            "seconds": args.variant_seconds,
        }
        self._task.write_text(json.dumps(task), encoding="utf-8")
        hidden = {"CUDA_VISIBLE_DEVICES": ""} if args.tiny else {}
        environment = {"CUDA_VISIBLE_DEVICES": "0", **os.environ, **hidden}
        environment |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, __file__, "--child", str(self._task)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def go(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"go\n")
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended already; its log says why

    def result(self, limit: float, planned: Result) -> Result:
        """What it measured within ``limit`` seconds."""
        problem = ""
        try:
            self._process.wait(limit)
        except subprocess.TimeoutExpired:
            problem = f"stopped after {limit:.0f} s"
        finally:
            self.end()
        figures = json.loads(self._figures.read_text(encoding="utf-8")) if self._figures.exists() else {}
        if not problem and self._process.returncode:
            problem = failure(self._log.read_text(encoding="utf-8", errors="replace"), self._process.returncode)
        elif not figures.get("steps"):
            problem = problem or "ended before a step was counted"
        return Result(planned.name, problem, planned.note, settings=planned.settings, **figures)

    def end(self) -> None:
        """Its loaders end with it."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()


def failure(log: str, code: int) -> str:
    """Why a process ended, in its own last words."""
    if "OutOfMemoryError" in log or "CUDA out of memory" in log:
        return "out of memory"
    errors = [text.strip() for text in log.splitlines() if text[:1].isalpha() and "Error" in text.partition(":")[0]]
    return errors[-1][:90] if errors else f"ended with code {code}"


def child(task: Path) -> None:
    """Load what a training run needs, wait for the word, and train."""
    told = json.loads(task.read_text(encoding="utf-8"))
    from llamafactory.train.tuner import run_exp

    meter = make_meter(Path(told["figures"]), told["warm_up"], told["seconds"])
    if not sys.stdin.readline():
        return  # nobody wants it any more
    run_exp(told["settings"], callbacks=[meter])


def make_meter(figures: Path, warm_up: int, seconds: float) -> Any:
    """A callback of a trainer; its class needs transformers, which takes seconds to load."""
    import torch
    from transformers import TrainerCallback

    class Meter(TrainerCallback):  # type: ignore[misc]
        """Counts tokens and seconds of the steps behind the first ones, keeps them at each step, and ends the run."""

        def __init__(self) -> None:
            self._tokens, self._useful = 0, torch.zeros((), dtype=torch.long)
            self._start: float | None = None
            self._cuda = torch.cuda.is_available()

        def on_train_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            model = given["model"]
            self._pad = given["processing_class"].pad_token_id
            self._attention = model.config._attn_implementation
            self._flops = 4 * working_parameters(model)
            model.register_forward_pre_hook(self._see, with_kwargs=True)

        def _see(self, model: Any, positional: Any, named: Mapping[str, Any]) -> None:
            ids = named["input_ids"]
            self._tokens += ids.numel()
            self._useful = self._useful.to(ids.device) + (ids != self._pad).sum()  # no wait for the device

        def on_step_end(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            now = self._now()
            if state.global_step <= warm_up:
                self._start, self._tokens, self._useful = now, 0, torch.zeros_like(self._useful)
                return
            assert self._start is not None
            self._keep(state, state.global_step - warm_up, now - self._start)
            if now - self._start >= seconds:
                control.should_training_stop = True

        def _now(self) -> float:
            if self._cuda:
                torch.cuda.synchronize()
            return time.perf_counter()

        def _keep(self, state: Any, steps: int, took: float) -> None:
            losses = [entry["loss"] for entry in state.log_history if "loss" in entry]
            peak = torch.cuda.max_memory_allocated() if self._cuda else 0
            write_text(
                figures,
                json.dumps(
                    {
                        "steps": steps,
                        "seconds": took,
                        "tokens": self._tokens,
                        "useful": int(self._useful),
                        "flops_per_token": self._flops,
                        "peak_bytes": peak,
                        "loss": losses[-1] if losses else None,
                        "attention": self._attention,
                    }
                ),
            )

    return Meter()


def working_parameters(model: Any) -> int:
    """The frozen parameters that multiply something: all but the input embedding, unless that is the output's too."""
    frozen = sum(weights.numel() for weights in model.parameters() if not weights.requires_grad)
    tied = model.config.tie_word_embeddings
    return frozen - (0 if tied else int(model.get_input_embeddings().weight.numel()))


def make_model(folder: Path, shape: Mapping[str, Any]) -> None:
    """Random weights of a configuration, drawn on the GPU where there is one: on a processor it takes minutes."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    shape = dict(shape)
    theta = shape.pop("rope_theta")
    config = Qwen2Config(
        **shape, rope_parameters={"rope_type": "default", "rope_theta": theta}, eos_token_id=2, pad_token_id=0
    )
    cuda = torch.cuda.is_available()
    torch.set_default_dtype(torch.bfloat16 if cuda else torch.float32)
    with torch.device("cuda" if cuda else "cpu"):
        model = Qwen2ForCausalLM(config)
    model.save_pretrained(folder, max_shard_size="5GB")


def find_gpu() -> Device | None:
    """The first GPU, asked in a process of its own, which gives its memory back; None without one."""
    ask = (
        "import torch\nif torch.cuda.is_available():\n"
        "    found = torch.cuda.get_device_properties(0)\n    print(found.total_memory, found.name)"
    )
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split(
        None, 1
    )
    return Device(told[1].strip(), int(told[0])) if told else None


def peak_of(device: str) -> float | None:
    """Dense bfloat16 TFLOP/s of a device, by its name."""
    return next((float(peak) for part, peak in PEAKS.items() if part in device), None)


def line(result: Result, base: Result | None, peak: float | None) -> str:
    """A row of the table."""
    said = "; ".join(text for text in (result.problem, result.note) if text)
    if not result.steps:
        return f"{result.name:36} {said}"
    ratio = result.useful_speed / base.useful_speed if base and base.useful_speed else None
    used = result.mfu(peak)
    return (
        f"{result.name:36} {result.speed:9.0f} {result.useful_speed:9.0f} "
        f"{f'{ratio:.2f}' if ratio else '-':>6} {f'{used:.1%}' if used else '-':>6} "
        f"{result.peak_bytes / 1e9:6.1f} {said}".rstrip()
    )


def notes(device: Device, peak: float | None, results: Sequence[Result]) -> Iterator[str]:
    """What the table leaves open, behind it."""
    base = next((one for one in results if one.name == THEIRS), None)
    ours = next((one for one in results if one.name == OURS), None)
    left = [one.name for one in results if one.problem == LEFT_OUT]
    yield from (line(one, base, peak) for one in results if one.problem.endswith("is not installed"))
    if left:
        yield f"not run, since the time was over or it was interrupted: {', '.join(left)}"
    if ours is not None and ours.steps:
        yield line(ours, base, peak)
    yield f"{device.name or 'processor'}, peak {f'{peak:.0f} TFLOP/s' if peak else 'unknown'}"


def store(path: Path, device: Device, peak: float | None, results: Sequence[Result]) -> None:
    """All figures and settings, as JSON."""
    rows = [
        {**asdict(one), "tokens_per_second": one.speed, "useful_per_second": one.useful_speed, "mfu": one.mfu(peak)}
        for one in results
    ]
    about = {
        "device": device.name,
        "memory": device.memory,
        "peak_tflops": peak,
        "packages": installed(),
        "variants": rows,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(about, indent=1) + "\n")


def installed() -> list[str]:
    """The packages that a run takes, in the versions that are here."""
    names = (
        "torch llamafactory transformers tokenizers huggingface-hub peft trl accelerate datasets dill multiprocess "
        "xxhash omegaconf antlr4-python3-runtime jsonlines sympy mpmath liger-kernel flash-attn"
    )
    found = []
    for name in names.split():
        try:
            found.append(f"{name}=={importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


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
