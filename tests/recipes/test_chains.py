"""What one recipe leaves another finds: data, adapters, merged models, and the form and the prompts of training."""

from __future__ import annotations

import re
import runpy
import shlex
from argparse import Namespace
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from math_solver.dataset.registration import KINDS
from math_solver.recipes.checking import Options, check_recipe
from math_solver.recipes.machine import this_machine
from math_solver.recipes.memory import estimate
from math_solver.recipes.model import find_model
from math_solver.recipes.published import SPEEDS
from math_solver.server.models.upstream import DEFAULTS
from math_solver.server.settings import parse_settings

from .lab import no_hub
from .toy import EXAMPLES, ROOT, Recipe


def recipes(folder: str) -> list[Recipe]:
    return [Recipe(path) for path in sorted((EXAMPLES / folder).glob("*.yaml"))]


# The embedded model's are run whole by the demo, which says for itself how its data are made.
TRAINING = [recipe for recipe in recipes("train_lora") if "tiny" not in recipe.name]
MERGES = [recipe for recipe in recipes("merge_lora") if "tiny" not in recipe.name]
SERVED = [recipe for recipe in recipes("inference") if "tiny" not in recipe.name]
BY_OUTPUT = {recipe.settings["output_dir"]: recipe for recipe in TRAINING}
BY_EXPORT = {recipe.settings["export_dir"]: recipe for recipe in MERGES}
# What of a prompt a training decides and all that follows must keep.
PROMPT = ("template", "default_system", "enable_thinking", "preserve_thinking")


def named(recipe: Recipe) -> str:
    return recipe.path.stem


def data_options(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> Namespace:
    """What ``build_dataset.py`` makes of the command in the header."""
    _, script, *words = recipe.command("Data")
    monkeypatch.setattr("sys.argv", [script, *words])
    options: Namespace = runpy.run_path(str(ROOT / script))["parse_args"]()
    return options


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_the_header_makes_the_dataset_of_the_recipe(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    options = data_options(recipe, monkeypatch)
    assert recipe.command("Data")[:2] == ["python", "scripts/build_dataset.py"]
    assert (options.name, str(options.recipe)) == (recipe.settings["dataset"], recipe.name)
    assert options.stage in KINDS and options.stage == recipe.settings["stage"]
    assert recipe.settings["dataset_dir"] == "." and options.dataset_info == Path("dataset_info.json")
    assert options.name.startswith("tir_"), "git ignores no other name"


@pytest.mark.parametrize("recipe", [recipe for recipe in TRAINING if recipe.command("Before")], ids=named)
def test_what_comes_before_is_a_command_too(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    _, script, *words = recipe.command("Before")
    monkeypatch.setattr("sys.argv", [script, *words])
    made = runpy.run_path(str(ROOT / script))["parse_args"]()
    assert made.output in data_options(recipe, monkeypatch).input


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_a_recipe_names_its_own_command_and_files_that_are_there(recipe: Recipe) -> None:
    assert recipe.header[0].endswith(f"llamafactory-cli train {recipe.name}")
    deepspeed = recipe.settings.get("deepspeed")
    assert (deepspeed is not None) == recipe.header[0].startswith("FORCE_TORCHRUN=1 ")
    assert deepspeed is None or (ROOT / deepspeed).is_file()
    model = recipe.settings["model_name_or_path"]
    assert not model.startswith("output/") or model in BY_EXPORT


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_a_run_that_is_killed_can_go_on(recipe: Recipe) -> None:
    settings = recipe.settings
    assert not settings["save_only_model"] and not settings.get("overwrite_output_dir", False)
    assert settings.get("save_strategy", "steps") == "steps"
    assert settings["save_steps"] % settings.get("eval_steps", settings["save_steps"]) == 0


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_packing_keeps_solutions_apart(recipe: Recipe) -> None:
    """Plain ``packing`` lets a solution see the one before, and more than one row breaks with flash-attn."""
    settings = recipe.settings
    assert "packing" not in settings
    if settings.get("neat_packing"):
        assert settings["cutoff_len"] % 8 == 0
        assert settings["per_device_train_batch_size"] == 1
        assert settings.get("eval_strategy", "no") == "no" or settings["per_device_eval_batch_size"] == 1


def test_no_run_goes_on_where_another_stopped() -> None:
    assert len(BY_OUTPUT) == len(TRAINING) and len(BY_EXPORT) == len(MERGES)


@pytest.mark.parametrize("recipe", [recipe for recipe in TRAINING if recipe.command("Next")], ids=named)
def test_what_comes_next_merges_what_the_recipe_leaves(recipe: Recipe) -> None:
    program, action, name, *pairs = recipe.command("Next")
    changed = dict(pair.split("=", 1) for pair in pairs)
    assert (program, action) == ("llamafactory-cli", "export")
    settings = Recipe(ROOT / name).settings
    assert changed.keys() <= settings.keys()
    merged = {**settings, **changed}
    assert merged["adapter_name_or_path"] == recipe.settings["output_dir"]
    assert merged["model_name_or_path"] == recipe.settings["model_name_or_path"]
    assert prompt(merged, PROMPT[:1]) == prompt(recipe.settings, PROMPT[:1])


@pytest.mark.parametrize("recipe", MERGES, ids=named)
def test_a_merge_takes_what_a_training_leaves(recipe: Recipe) -> None:
    settings = recipe.settings
    training = BY_OUTPUT[settings["adapter_name_or_path"]].settings
    assert settings["model_name_or_path"] == training["model_name_or_path"]
    assert prompt(settings, PROMPT[:2]) == prompt(training, PROMPT[:2])
    assert "quantization_bit" not in settings
    assert recipe.header[0] == f"llamafactory-cli export {recipe.name}"


@pytest.mark.parametrize("output", BY_OUTPUT, ids=lambda output: output.removeprefix("output/"))
def test_every_adapter_that_is_served_or_built_upon_has_a_merge(output: str) -> None:
    merged = {recipe.settings["adapter_name_or_path"] for recipe in MERGES}
    assert output in merged or any(output in line for recipe in [*MERGES, *TRAINING] for line in recipe.header)


@pytest.mark.parametrize("recipe", SERVED, ids=named)
def test_a_model_is_served_as_it_was_trained(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    section = parse_settings(recipe.settings["code_interpreter"])
    merged = recipe.settings.get("model_name_or_path", f"output/{recipe.path.stem}/merged")
    training = BY_OUTPUT[BY_EXPORT[merged].settings["adapter_name_or_path"]]
    options = data_options(training, monkeypatch)
    assert section.form == options.form
    assert recipe.header[0] == f"llamafactory-cli api {recipe.name}"
    if section.upstream is not None:  # which writes the prompt itself, with calls as its chat template has them
        assert section.form == "native" and not set(recipe.settings) - {*DEFAULTS, "code_interpreter"}
        assert any(merged in line for line in recipe.header)
        return
    assert prompt(recipe.settings, PROMPT) == prompt(training.settings, PROMPT)
    longest = recipe.settings.get("vllm_maxlen") or recipe.settings.get("sglang_maxlen")
    assert longest is None or longest >= training.settings["cutoff_len"]


def test_every_engine_is_shown() -> None:
    engines = {recipe.settings.get("infer_backend", "upstream") for recipe in SERVED}
    assert engines == {"huggingface", "vllm", "sglang", "upstream"}


def prompt(settings: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: settings[key] for key in keys if key in settings}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("deepspeed/*.json")), ids=lambda path: path.stem)
def test_a_deepspeed_setting_is_used_and_leaves_the_batch_to_the_recipe(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    assert name in {recipe.settings.get("deepspeed") for recipe in TRAINING}
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    batch = ("train_batch_size", "train_micro_batch_size_per_gpu", "gradient_accumulation_steps", "gradient_clipping")
    assert all(settings[key] == "auto" for key in batch)
    assert settings["zero_optimization"].get("reduce_bucket_size", 0) != 5e8, "sized for full fine-tuning"


README = (EXAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_the_readme_has_the_recipe_with_the_memory_of_its_header(recipe: Recipe) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| [{recipe.path.stem}]"))
    hardware = next(line for line in recipe.header if line.startswith("Hardware: "))
    total, terms = re.search(r"; (\d+) GB.*? \((.*?)\)", hardware).groups()  # type: ignore[union-attr]
    assert [cell.strip() for cell in row.split("|")][5] == total
    assert sum(map(float, re.findall(r"\d+\.\d", terms))) == pytest.approx(float(total), abs=0.7)


SPEED_ROWS = [row for row in README.splitlines() if row.startswith("| [") and " | not measured | " not in row]


@pytest.mark.parametrize("row", SPEED_ROWS, ids=lambda row: row[3:].partition("]")[0])
def test_speeds_of_the_readme_are_published_and_its_hours_follow(row: str) -> None:
    """Of trajectories of 1,000 tokens, for the epochs of the recipe on all its GPUs."""
    name, _, _, hardware, _, speeds, *hours, _ = (cell.strip() for cell in row.strip("|").split("|"))
    tokens = sorted(int(number.replace(",", "")) for number in re.findall(r"[\d,]{3,}", speeds))
    assert tokens and {*tokens} <= {speed.tokens for speed in SPEEDS}
    epochs = Recipe(EXAMPLES / "train_lora" / f"{name[1:].partition(']')[0]}.yaml").settings["num_train_epochs"]
    gpus = int(hardware.partition(" ")[0])
    for rows, said in zip((10_000, 100_000), hours, strict=True):
        taken = [rows * 1000 * epochs / (speed * gpus) / 3600 for speed in reversed(tokens)]
        assert [float(number) for number in re.findall(r"\d+\.\d", said)] == [round(each, 1) for each in taken]


SIZE = re.compile(r"Hardware: (?:one )?(?:node of )?(?:\d to )?(one|\d) GPUs? of (\d+) GB")


@pytest.mark.parametrize("recipe", TRAINING, ids=named)
def test_the_header_says_what_the_check_prints_for_its_hardware(recipe: Recipe) -> None:
    """Rounded, and with 15 % (ZeRO-3: 20 %) of the GPU kept free; a merged model has the sizes of its base."""
    header = "\n".join(recipe.header)
    gpus, size = SIZE.search(header).groups()  # type: ignore[union-attr]
    settings = recipe.settings
    while (merge := BY_EXPORT.get(settings["model_name_or_path"])) is not None:
        settings = merge.settings
    machine = this_machine(f"{gpus.replace('one', '1')}x{size}", host_gb=256)
    base = [f"model_name_or_path={settings['model_name_or_path']}"]
    case = check_recipe(recipe.path, machine, Options(overrides=base, find=partial(find_model, fetch=no_hub))).case
    assert case is not None and case.space is not None and case.space.fits
    terms = dict.fromkeys(("weights", "LoRA", "activations", "logits", "rest"), 0.0)
    for name, size in case.space.memory.terms.items():
        terms[HEADER_TERMS.get(name, "rest")] += size / 1e9
    said = dict(re.findall(r"(weights|LoRA|activations|logits|rest) (\d+\.\d)", header))
    assert {name: float(value) for name, value in said.items()} == {
        name: pytest.approx(value, abs=0.11) for name, value in terms.items() if value
    }
    assert float(re.search(r"; (\d+) GB", header)[1]) == pytest.approx(case.space.memory.total / 1e9, abs=0.56)  # type: ignore[index]
    if kept := re.search(r"false needs (\d+) GB in all", recipe.path.read_text(encoding="utf-8")):
        assert case.setup is not None and case.model.shape is not None
        small = estimate(case.model.shape, replace(case.setup, checkpointing=True)).total / 1e9
        assert float(kept[1]) == pytest.approx(small, abs=1.5)


HEADER_TERMS = {
    "weights": "weights",
    **dict.fromkeys(("adapters", "gradients", "optimizer"), "LoRA"),
    **dict.fromkeys(("activations", "checkpoints", "live layer"), "activations"),
    "logits": "logits",
}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?://)([^)#]+)", README))))
def test_a_link_of_the_readme_leads_somewhere(target: str) -> None:
    assert (EXAMPLES / target).resolve().exists()


@pytest.mark.parametrize("command", re.findall(r"^python scripts/.*$", README, re.MULTILINE))
def test_a_script_takes_the_command_of_the_readme(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, script, *words = shlex.split(command, comments=True)
    monkeypatch.setattr("sys.argv", [script, *words])
    runpy.run_path(str(ROOT / script))["parse_args"]()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"examples/[\w/.]+\.(?:yaml|sh|json)", README))))
def test_the_readme_names_files_that_are_there(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("t*/*.yaml")), ids=lambda path: path.stem)
def test_of_a_shipped_recipe_nothing_is_said_but_what_is_not_here(path: Path) -> None:
    """Its data, its model and its packages; and what its header says of itself."""
    case_of = Options(rows=1, find=partial(find_model, fetch=no_hub))
    found = {finding.trap for finding in check_recipe(path, this_machine("1x640", host_gb=512), case_of).findings}
    absent = {"unregistered-dataset", "unreadable-dataset", "unreached-model", "missing-package"}
    by_design = {"drawn-anew", "merged-in-four-bits", "missing-flash-attention", "no-precision"}
    assert found <= absent | by_design | {"deepspeed-without-torchrun"}
