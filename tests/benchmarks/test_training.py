"""The training benchmark's plan, figures and words; the whole of it with a tiny model where tests may be slow."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .loaded import BENCHMARKS, load

training, variants, figures = load("training"), load("speed.variants"), load("speed.figures")
child, process = load("speed.child"), load("speed.process")
ROOT = BENCHMARKS.parent
RECIPE = variants.speed_keys(variants.SHIPPED)


def test_one_choice_differs_from_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants.importlib.util, "find_spec", lambda name: object())
    ours, theirs, *others, again = variants.variants(RECIPE, variants.EXAMPLE)
    assert ours.settings == RECIPE == again.settings and theirs.settings == variants.EXAMPLE
    assert len({one.name for one in others}) == len(others) >= 9
    for one in others:
        keys = {key for key in {*one.settings, *ours.settings} if one.settings.get(key) != ours.settings.get(key)}
        together = {"neat_packing", "packing", "per_device_train_batch_size", "train_sampling_strategy"}
        assert keys and (len(keys) == 1 or keys <= together or keys == {"pure_bf16", "bf16"}), one.name


def test_what_is_not_installed_is_left_out_of_the_recipe_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants.importlib.util, "find_spec", lambda name: None)
    recipe, note = variants.without_missing(RECIPE)
    assert recipe["enable_liger_kernel"] is False and recipe["flash_attn"] == "sdpa"
    assert note == "without liger-kernel and flash-attn: not installed"
    names = [one.name for one in variants.variants(RECIPE, variants.EXAMPLE)]
    assert "flash_attn: fa2" in names and "flash_attn: sdpa" not in names and "Liger kernels" in names


@pytest.mark.parametrize(
    ("memory", "liger", "kept"),
    [
        (84_900_000_000, True, True),  # 80 GB, of which the check says 50
        (84_900_000_000, False, True),  # 60 with logits
        (68_000_000_000, True, True),
        (68_000_000_000, False, False),  # too near
        (25_000_000_000, True, False),
        (0, False, True),  # nobody knows
    ],
)
def test_a_recipe_that_cannot_fit_keeps_gradient_checkpointing(memory: int, liger: bool, kept: bool) -> None:
    recipe, note = variants.fitting({**RECIPE, "enable_liger_kernel": liger}, "", memory)
    assert recipe["disable_gradient_checkpointing"] is kept and bool(note) is not kept
    assert kept or f"some {50 if liger else 60} GB would be needed" in note


@pytest.mark.parametrize(
    ("said", "accumulation"),
    [
        ({"cutoff_len": 4096, "neat_packing": True}, 8),
        ({"cutoff_len": 4096, "packing": True, "per_device_train_batch_size": 2}, 4),
        ({"cutoff_len": 4096}, 64),  # rows of 512 tokens
        ({"cutoff_len": 4096, "per_device_train_batch_size": 4}, 16),
        ({"cutoff_len": 256}, 128),  # cut
        ({"cutoff_len": 4096, "packing": True, "per_device_train_batch_size": 64}, 1),
    ],
)
def test_the_effective_batch_is_the_same_in_tokens(said: dict[str, Any], accumulation: int, tmp_path: Path) -> None:
    settings = variants.whole_settings(said, [256, 768], 32768, tmp_path)
    assert settings["gradient_accumulation_steps"] == accumulation


def test_the_formula_of_mfu() -> None:
    # 10,000 tokens a second at 28.3 GFLOP a token, of 989 TFLOP/s
    result = figures.Result("x", steps=3, seconds=2.0, tokens=20_000, useful=15_000, flops_per_token=28.3e9)
    assert result.mfu(989.0) == pytest.approx(0.2861, abs=1e-4)
    assert result.speed == 10_000 and result.useful_speed == 7_500
    assert result.mfu(None) is None and figures.Result("x").mfu(989.0) is None


@pytest.mark.parametrize(
    ("device", "peak"),
    [
        ("NVIDIA H100 80GB HBM3", 989),
        ("NVIDIA H100 PCIe", 756),
        ("NVIDIA H200", 989),
        ("NVIDIA H20", 148),
        ("NVIDIA A100-SXM4-80GB", 312),
        ("NVIDIA L40S", 362),
        ("NVIDIA L40", 181),
        ("NVIDIA GeForce RTX 4090", 165),
        ("NVIDIA GB200", 2250),
        ("Something new", None),
        ("", None),
    ],
)
def test_the_peak_of_a_device(device: str, peak: float | None) -> None:
    assert figures.peak_of(device) == peak


def test_parameters_that_work_leave_out_the_table_of_embeddings() -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import Qwen2Config, Qwen2ForCausalLM

    shape = {**variants.model_sizes(tiny=True), "vocab_size": 100}
    for tied in (False, True):
        model = Qwen2ForCausalLM(Qwen2Config(**{**shape, "tie_word_embeddings": tied}))
        before = model.num_parameters()
        adapted = get_peft_model(model, LoraConfig(target_modules="all-linear"))
        assert child.working_parameters(adapted) == before - (0 if tied else 100 * 32)


def test_the_model_has_the_size_of_the_true_one() -> None:
    """7.615 billion parameters, 7.07 of them without the input embedding."""
    h, f, layers, vocabulary = (
        variants.model_sizes(tiny=False)[key]
        for key in ("hidden_size", "intermediate_size", "num_hidden_layers", "vocab_size")
    )
    layer = 2 * h * h + h + 2 * (h * 512 + 512) + 3 * h * f + 2 * h
    assert layers * layer + 2 * vocabulary * h + h == 7_615_616_512


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("x\ntorch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB\n", "out of memory"),
        (
            "Traceback\n  File\nImportError: no module named liger_kernel\n",
            "ImportError: no module named liger_kernel",
        ),
        ("AssertionError: bsz should be 1 for neat packing", "AssertionError: bsz should be 1 for neat packing"),
        ("Killed", "ended with code -9"),
        ("", "ended with code -9"),
    ],
)
def test_a_failure_says_why(log: str, said: str) -> None:
    assert process.failure(log, -9) == said


def test_a_line_of_a_variant_that_failed_holds_its_reason_and_no_figures() -> None:
    base = figures.Result("b", steps=1, seconds=1.0, tokens=10, useful=10)
    assert figures.line(figures.Result("x", "out of memory"), base, 989.0).split(maxsplit=1) == [
        "x",
        "out of memory",
    ]
    stopped = figures.Result("x", "stopped after 9 s", steps=2, seconds=1.0, tokens=30, useful=20)
    assert "2.00" in figures.line(stopped, base, None) and "stopped after 9 s" in figures.line(stopped, base, None)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "training.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)


@pytest.mark.slow
def test_every_variant_is_tried_on_the_processor(tmp_path: Path) -> None:
    output = tmp_path / "new" / "figures.json"
    result = run(
        "--tiny", "--output", str(output), "--step-tokens", "1024", "--warm-up", "1", "--variant-seconds", "1",
        "--budget", "800", "--work", str(tmp_path),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
    rows = {row["name"]: row for row in json.loads(output.read_text(encoding="utf-8"))["variants"]}
    ours, theirs, bfloat = rows[figures.OURS], rows[figures.THEIRS], rows["LoRA in bfloat16"]
    for row in (ours, theirs):
        assert row["steps"] >= 1 and row["tokens"] >= row["useful"] > 0 and row["useful_per_second"] > 0
        assert not row["problem"] and row["flops_per_token"] > 0
    assert ours["useful"] / ours["tokens"] > 0.4
    assert "pure_bf16" in bfloat["problem"], "what a device cannot do is a row that says so"
    assert [path for path in tmp_path.iterdir() if path.name != "new"] == [], "weights are gone"
    assert figures.OURS in result.stdout and "peak unknown" in result.stdout


@pytest.mark.slow
def test_the_budget_ends_it_and_what_was_measured_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    result = run("--tiny", "--output", str(output), "--budget", "1", "--variant-seconds", "1", "--step-tokens", "512")
    assert result.returncode == 0, result.stderr[-3000:]
    rows = json.loads(output.read_text(encoding="utf-8"))["variants"]
    assert rows[0]["name"] == figures.OURS and rows[1]["problem"] == figures.LEFT_OUT
    assert "not run, since the time was over" in result.stdout
