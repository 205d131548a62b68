"""What came of each variant: figures, the table, and the JSON that holds all of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from math_solver.disk import write_text
from math_solver.recipes.machine import installed

# Dense bfloat16 TFLOP/s by a part of the device's name, the more special ones first
PEAKS = {
    "B200": 2250, "H100 PCIe": 756, "H100 NVL": 835, "H100": 989, "H800": 989, "H200": 989,
    "H20": 148, "A100": 312, "A800": 312, "A40": 150, "A10": 125, "L40S": 362, "L40": 181, "L4": 121,
    "RTX 6000 Ada": 364, "A6000": 155, "4090": 165, "3090": 71,
}  # fmt: skip

OURS, THEIRS = "this project's recipe", "LLaMA-Factory's example"
LEFT_OUT = "not run"
HEAD = f"{'variant':36} {'tokens/s':>9} {'useful/s':>9} {'ratio':>6} {'MFU':>6} {'GB':>6}"


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


@dataclass(frozen=True)
class Device:
    """A GPU's name and memory in bytes; without a name the processor."""

    name: str = ""
    memory: int = 0


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


def named(results: Sequence[Result], name: str) -> Result | None:
    return next((one for one in results if one.name == name), None)


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
    base, ours = named(results, THEIRS), named(results, OURS)
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
        "packages": installed_packages(),
        "variants": rows,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(about, indent=1) + "\n")


def installed_packages() -> list[str]:
    """The packages that a run takes, in the versions that are here."""
    names = (
        "torch llamafactory transformers tokenizers huggingface-hub peft trl accelerate datasets dill multiprocess "
        "xxhash omegaconf antlr4-python3-runtime jsonlines sympy mpmath liger-kernel flash-attn"
    )
    return [f"{name}=={version}" for name in names.split() if (version := installed(name))]
