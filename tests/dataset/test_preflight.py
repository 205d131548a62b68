"""Rows as LLaMA-Factory's own converter and processors read them, and those that would end or spoil a run."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.preflight import Preflight
from math_solver.dataset.registration import KindName, register
from math_solver.dataset.sharegpt import render
from math_solver.records import RecordError, write_jsonl

from ..test_records import TRAJECTORY

ROOT = Path(__file__).parents[2]
SFT = render(TRAJECTORY)
DPO = {
    **SFT,
    "conversations": SFT["conversations"][:-1],
    "chosen": SFT["conversations"][-1],
    "rejected": {"from": "gpt", "value": "\\boxed{3}"},
}
KTO = {**SFT, "kto_tag": False}
ROWS: dict[KindName, dict[str, Any]] = {"sft": SFT, "dpo": DPO, "kto": KTO, "pt": {"text": "1 + 1 = 2"}}


@pytest.fixture(scope="module")
def preflight(tmp_path_factory: pytest.TempPathFactory) -> Preflight:
    recipe = tmp_path_factory.mktemp("recipe") / "recipe.yaml"
    settings = f"model_name_or_path: {ROOT / 'examples' / 'tiny_base'}\ntemplate: qwen\ncutoff_len: 1024\n"
    settings += "do_train: true\noutput_dir: unused\nreport_to: none\nfinetuning_type: lora\n"
    recipe.write_text(settings, encoding="utf-8")
    return Preflight(recipe)


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_read_and_loaded(preflight: Preflight, kind: KindName, tmp_path: Path) -> None:
    row = ROWS[kind]
    write_jsonl(tmp_path / "rows.jsonl", [row, row])
    register(tmp_path / "dataset_info.json", "rows", "rows.jsonl", kind)
    loaded = preflight.load(tmp_path / "dataset_info.json", "rows", kind)
    assert (loaded.rows, loaded.taken, loaded.longest) == (2, 2, preflight.length(row, kind))


def changed(kind: KindName, **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(ROWS[kind]), **changes}


BROKEN_CALL = [*SFT["conversations"][:1], {"from": "function_call", "value": "<tool_call>{no</tool_call>"}]


@pytest.mark.parametrize(
    ("kind", "row", "complaint"),
    [
        # turns in the wrong order, and too few: LLaMA-Factory drops these with a warning
        ("sft", changed("sft", conversations=SFT["conversations"][::-1]), "drops it"),
        ("sft", changed("sft", conversations=SFT["conversations"][:3]), "drops it"),
        ("sft", changed("sft", conversations=[]), "drops it"),
        # these end the run
        ("sft", changed("sft", conversations=BROKEN_CALL), "breaks on it: RuntimeError"),
        ("sft", changed("sft", tools=" "), "breaks on it"),
        ("sft", {"conversations": SFT["conversations"]}, "breaks on it: KeyError"),
        ("sft", changed("sft", conversations=[{"role": "user"}]), "breaks on it: KeyError"),
        ("dpo", changed("dpo", conversations=SFT["conversations"]), "drops it"),
        # this would be read as a user's turn and trained on
        (
            "dpo",
            changed("dpo", chosen={"from": "human", "value": "x"}),
            "must each be one message",
        ),
        ("dpo", changed("dpo", rejected=[DPO["rejected"]]), "must each be one message"),
        ("dpo", changed("dpo", rejected=DPO["chosen"]), "are the same"),
        ("kto", changed("kto", conversations=SFT["conversations"][:3]), "drops it"),  # and breaks on the next
        ("pt", {"text": ""}, "text is empty"),
        ("pt", {"content": "1 + 1 = 2"}, "text is empty, or no text"),
        ("kto", changed("kto", kto_tag="true"), "kto_tag is 'true'"),
        ("kto", changed("kto", conversations=[]), "its last turn is empty"),
        # this would count as rejected, whatever its tag
        (
            "kto",
            changed("kto", kto_tag=True, conversations=[*SFT["conversations"][:3], {"from": "gpt", "value": ""}]),
            "its last turn is empty",
        ),
    ],
)
def test_rows_that_would_end_or_spoil_a_run_are_named(
    preflight: Preflight, kind: KindName, row: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RecordError, match=complaint):
        preflight.encode(row, kind)
    preflight.encode(ROWS[kind], kind)  # which it is not, unspoilt


def test_plain_text_is_joined_and_cut_into_blocks_so_that_all_of_it_fits(preflight: Preflight) -> None:
    assert preflight.fits({"text": "so " * 5000}, "pt") and preflight.length({"text": "so " * 5000}, "pt") > 5000


def test_the_length_is_that_of_the_longer_side(preflight: Preflight) -> None:
    longer = changed("dpo", rejected={"from": "gpt", "value": "so " * 50})
    assert preflight.length(longer, "dpo") > preflight.length(DPO, "dpo") == preflight.length(SFT)


def test_a_template_that_is_none_is_one_line(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(f"model_name_or_path: {ROOT / 'examples' / 'tiny_base'}\ntemplate: nosuch\n", encoding="utf-8")
    with pytest.raises(RecordError, match="recipe.yaml: Template nosuch does not exist"):
        Preflight(recipe)


def test_rows_are_loaded_on_a_machine_without_the_recipes_gpus_and_beside_an_earlier_run(tmp_path: Path) -> None:
    """What such a recipe says of its machine, its evaluation and its output ends LLaMA-Factory's parser here."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "adapter_model.safetensors").touch()
    recipe = tmp_path / "recipe.yaml"
    settings = f"model_name_or_path: {ROOT / 'examples' / 'tiny_base'}\ntemplate: qwen\ncutoff_len: 1024\n"
    settings += f"do_train: true\noutput_dir: {tmp_path / 'output'}\nbf16: true\nneat_packing: true\n"
    settings += "deepspeed: examples/deepspeed/ds_z3_config.json\nenable_liger_kernel: true\nquantization_bit: 4\n"
    settings += "val_size: 0.1\neval_strategy: steps\neval_steps: 5\nsave_steps: 5\nload_best_model_at_end: true\n"
    recipe.write_text(settings, encoding="utf-8")
    write_jsonl(tmp_path / "rows.jsonl", [SFT, SFT])
    register(tmp_path / "dataset_info.json", "rows", "rows.jsonl")
    assert Preflight(recipe).load(tmp_path / "dataset_info.json", "rows").taken == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("cutoff_len: lots", "cutoff_len is 'lots', not a number of tokens"),
        ("cutoff_len:", "cutoff_len is None"),
        ("cutoff_len: 0", "cutoff_len is 0"),
        ("model_name_or_path: /nowhere/model", "the tokenizer of /nowhere/model cannot be loaded"),
    ],
)
def test_a_recipe_that_cannot_be_meant_is_one_line(line: str, complaint: str, tmp_path: Path) -> None:
    base = f"model_name_or_path: {ROOT / 'examples' / 'tiny_base'}\ntemplate: qwen\n"
    (tmp_path / "recipe.yaml").write_text(f"{base}{line}\n", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        Preflight(tmp_path / "recipe.yaml")
    assert complaint in str(error.value) and "\n" not in str(error.value)


def test_a_recipe_that_the_loader_does_not_take_is_one_line(preflight: Preflight, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="x: LLaMA-Factory cannot load it by this recipe"):
        preflight.load(tmp_path / "dataset_info.json", "x")


def test_a_model_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(f"model_name_or_path: {tmp_path / 'merged'}\ntemplate: qwen\n", encoding="utf-8")
    with pytest.raises(RecordError, match="recipe.yaml: the tokenizer of .*merged cannot be loaded .*; fetch it"):
        Preflight(recipe)
