"""Merged models that are their adapter's, and merged models that are not; chat templates likewise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer

from math_solver.dataset.exported import Export, _Asked, compare_answers, mean_divergence, template_differences
from math_solver.records import RecordError

ROOT = Path(__file__).parents[2]
BASE = ROOT / "examples/tiny_base"
TRAINING = ROOT / "examples/train_lora/qwen2_tiny_lora_sft.yaml"
QUESTIONS = ["Calculate 27316 + 60541.", "计算 6×7。", "What is 1/2 + 1/3?"]


@dataclass(frozen=True)
class Merge:
    """An adapter of random weights on the base, merged; ``recipe`` is its export YAML."""

    folder: Path

    @property
    def recipe(self) -> Path:
        return self.folder / "export.yaml"

    def export(self, change: Callable[[Any], Any] | None = None) -> Export:
        """Save the merged model, ``change`` done to it, and read its YAML."""
        model = adapted(1.0).merge_and_unload()
        model = change(model) if change else model
        model.save_pretrained(self.folder / "merged")
        return Export.read(self.recipe)


def adapted(strength: float) -> Any:
    """The base with LoRA of random weights; ``strength`` scales what they change."""
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_pretrained(BASE)
    model = get_peft_model(model, LoraConfig(r=8, lora_alpha=16, target_modules="all-linear"))
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "lora_B" in name:
                weights.normal_(0, 0.3 * strength)
    return model


@pytest.fixture
def merge(tmp_path: Path) -> Merge:
    adapted(1.0).save_pretrained(tmp_path / "lora")
    AutoTokenizer.from_pretrained(BASE).save_pretrained(tmp_path / "merged")
    shutil.copy(BASE / "generation_config.json", tmp_path / "merged")
    settings = {
        "model_name_or_path": str(BASE),
        "adapter_name_or_path": str(tmp_path / "lora"),
        "template": "qwen",
        "export_dir": str(tmp_path / "merged"),
    }
    (tmp_path / "export.yaml").write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
    return Merge(tmp_path)


def test_a_merge_in_full_says_what_its_adapter_says(merge: Merge) -> None:
    export = merge.export()
    pairs = compare_answers(export, QUESTIONS, 24)
    assert not export.halved and len(pairs) == 3
    assert all(pair.adapter == pair.merged and pair.same == pair.tokens > 1 for pair in pairs)
    assert mean_divergence(pairs) < 1e-6


def test_sixteen_bits_stay_within_the_tolerance_that_half_of_an_adapter_does_not(merge: Merge) -> None:
    halved = merge.export(lambda model: model.to(torch.bfloat16))
    assert halved.halved
    rounding = mean_divergence(compare_answers(halved, QUESTIONS, 24))
    weak = mean_divergence(compare_answers(merge.export(lambda _: adapted(0.5).merge_and_unload()), QUESTIONS, 24))
    none = mean_divergence(
        compare_answers(merge.export(lambda _: AutoModelForCausalLM.from_pretrained(BASE)), QUESTIONS, 24)
    )
    assert 1e-9 < rounding < 0.01 < weak
    assert none > 0.1, (rounding, weak, none)


def test_weights_that_are_no_numbers_are_no_likeness(merge: Merge) -> None:
    def spoil(model: Any) -> Any:
        with torch.no_grad():
            model.model.norm.weight.fill_(float("nan"))
        return model

    export = merge.export(spoil)
    assert not mean_divergence(compare_answers(export, QUESTIONS[:1], 4)) < 1


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"model_name_or_path": "x"}, "names no adapter_name_or_path"),
        ({"model_name_or_path": "x", "adapter_name_or_path": "y"}, "export_dir None is missing"),
        (
            {"model_name_or_path": "x", "adapter_name_or_path": "y", "export_dir": "nowhere"},
            "export_dir nowhere is missing; run llamafactory-cli export",
        ),
    ],
)
def test_a_yaml_without_an_exported_model_is_one_line(
    settings: dict[str, str], complaint: str, tmp_path: Path
) -> None:
    recipe = tmp_path / "export.yaml"
    recipe.write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(RecordError, match=complaint):
        Export.read(recipe)


def test_adapter_and_merged_model_are_asked_in_the_tokens_of_the_yaml(merge: Merge) -> None:
    """All its keys that decide on them reach LLaMA-Factory; what is the base's alone does not reach the other."""
    said = {
        "tool_format": "default",
        "default_system": "Solve.",
        "enable_thinking": False,
        "add_tokens": "<x>",
    }
    of_base = {"model_revision": "main", "adapter_folder": None}
    settings = json.loads(merge.recipe.read_text(encoding="utf-8")) | said | of_base | {"mask_history": True}
    merge.recipe.write_text(json.dumps(settings), encoding="utf-8")
    export = merge.export()
    assert export.shared == {"template": "qwen", **said}
    assert export.adapter.items() >= of_base.items() and export.merged.keys() == {"model_name_or_path"}
    for model in (export.adapter, export.merged):
        asked = _Asked(export.shared | model, 4)
        prompt, _ = asked.spoken("What is 1 + 1?", "")
        written = asked._chat.engine.tokenizer.decode(prompt)
        asked.close()
        assert "You have access to the following tools" in written and "<tools>" not in written
    assert list(template_differences(BASE, TRAINING)) == [], "the template that all recipes share is as it was"


def test_the_saved_template_of_the_base_spells_what_is_trained() -> None:
    assert list(template_differences(BASE, TRAINING)) == []


def edited(tmp_path: Path, edit: Callable[[str], str | None]) -> Path:
    """A copy of the base with another chat template."""
    folder = tmp_path / "model"
    shutil.copytree(BASE, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    template = folder / "chat_template.jinja"
    new = edit(template.read_text(encoding="utf-8"))
    template.unlink()
    if new is not None:
        template.write_text(new, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        # calls as their arguments' text, as templates do that get a string: quotes are written twice
        (lambda text: text.replace("call.function.arguments | tojson", "call.function.arguments | string | tojson"),
         "conversation 1, turn 2: trained"),
        # a space in the wrong place
        (lambda text: text.replace("<tool_response>\\n", "<tool_response> "), "conversation 1, turn 2: trained"),
        # tools that nobody is told of
        (lambda text: text.replace("{%- if tools %}", "{%- if false %}"), "conversation 1, turn 1: trained"),
        # a role that the template does not know
        (lambda text: "{{ raise_exception('no tools here') }}" + text, "fails with TemplateError: no tools here"),
        (lambda text: "{% if %}", "fails with TemplateSyntaxError"),
        (lambda text: None, "has no chat template"),
    ],
)  # fmt: skip
def test_a_template_that_spells_otherwise_is_named(
    edit: Callable[[str], str | None], complaint: str, tmp_path: Path
) -> None:
    found = list(template_differences(edited(tmp_path, edit), TRAINING))
    assert found and complaint in found[0]


def test_a_token_that_ends_turns_must_end_generation(tmp_path: Path) -> None:
    folder = edited(tmp_path, lambda text: text)
    changes = {
        "generation_config.json": {"eos_token_id": [0]},
        "tokenizer_config.json": {"eos_token": "<|endoftext|>"},
    }
    for name, change in changes.items():
        saved = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(saved | change), encoding="utf-8")
    found = list(template_differences(folder, TRAINING))
    assert found and "generation stops at none of the tokens that end a turn" in found[0]


def test_a_tokenizer_that_was_changed_is_noticed(tmp_path: Path) -> None:
    folder = edited(tmp_path, lambda text: text)
    state = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = state["model"]["vocab"]
    vocabulary["6"], vocabulary["7"] = vocabulary["7"], vocabulary["6"]
    (folder / "tokenizer.json").write_text(json.dumps(state), encoding="utf-8")
    assert any("trained" in line for line in template_differences(folder, TRAINING))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({}, []),
        ({"template": "chatml"}, ["template is 'qwen', and was 'chatml' in"]),
        ({"default_system": "Hi."}, ["default_system is None, and was 'Hi.' in"]),
        ({"mask_history": True}, []),  # which tokens are trained, not which there are
        ({"tool_format": "default"}, ["tool_format is None, and was 'default' in"]),
        ({"enable_thinking": False}, ["enable_thinking is None, and was False in"]),
        ({"model_revision": "v2"}, ["model_revision is 'main', and was 'v2' in"]),
        ({"model_revision": "main", "trust_remote_code": True}, []),
    ],
)
def test_an_export_with_another_template_than_the_training_is_named(
    merge: Merge, change: dict[str, Any], complaint: list[str], tmp_path: Path
) -> None:
    training = tmp_path / "training.yaml"
    training.write_text(json.dumps({"model_name_or_path": str(BASE), "template": "qwen", **change}), encoding="utf-8")
    found = Export.read(merge.recipe).unlike(training)
    assert len(found) == len(complaint) and all(text in line for text, line in zip(complaint, found, strict=True))
