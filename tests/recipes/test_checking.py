"""A recipe from its file to what is printed: counts, steps and packing as a run has them, and hostile input."""

from __future__ import annotations

import argparse
import json
import random
import re
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import Dataset
from llamafactory.data.collator import SFTDataCollatorWith4DAttentionMask
from llamafactory.data.data_utils import split_dataset
from llamafactory.data.loader import _load_single_dataset
from llamafactory.data.parser import get_dataset_list
from llamafactory.data.processor import PackedSupervisedDatasetProcessor
from llamafactory.data.template import TEMPLATES
from llamafactory.hparams import DataArguments, ModelArguments
from transformers import AutoTokenizer

from math_solver.commands.check import check
from math_solver.recipes import traps
from math_solver.recipes.checking import Options
from math_solver.recipes.machine import Gpus, Machine
from math_solver.recipes.model import fetch_files, find_model
from math_solver.recipes.plan import Batch, hours_of, pack
from math_solver.recipes.recipe import Recipe, known_keys, read_settings
from math_solver.recipes.rows import Read
from math_solver.records import RecordError

from .lab import BASE, ROOT, SFT, TURNS, Lab, machine, no_hub, row

ESCAPES = "\x1b[2J\x1b]0;owned\x07"
HOSTILE = f"[red]{ESCAPES}<script>alert(1)</script>[/red]\u202e"


TRAPS = Path(traps.__file__).parent


LOOKED_AT = sorted(
    set(re.findall(r'"([a-z_0-9]+)"', " ".join(path.read_text() for path in TRAPS.glob("*.py")))) & known_keys().keys()
)


def arguments(*recipes: Path | str, **changes: Any) -> argparse.Namespace:
    given = {"gpus": None, "host_gb": None, "rows": 1000, "tokens_per_second": None, "show_mask": False, "html": None}
    return argparse.Namespace(
        recipes=[str(recipe) for recipe in recipes], **{**given, "strict": False, "json": False, **changes}
    )


@pytest.fixture
def recipe(lab: Lab, tmp_path: Path) -> Callable[..., Path]:
    def write(**changes: Any) -> Path:
        path = tmp_path / "recipe.yaml"
        path.write_text(json.dumps(lab.settings(**changes)), encoding="utf-8")  # JSON is YAML
        return path

    return write


@pytest.mark.parametrize(
    ("changes", "strict", "code"),
    [
        ({}, False, 0),
        ({"warmup_ratio": 0.1}, True, 0),  # a note
        ({"val_size": 1}, False, 0),  # a warning
        ({"val_size": 1}, True, 2),
        ({"lora_rnak": 1}, False, 2),  # an error
    ],
)
def test_the_exit_code(
    changes: dict[str, Any], strict: bool, code: int, recipe: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(arguments(recipe(**changes), strict=strict)) == code
    assert "Traceback" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"- a\n- b",
        b"just text",
        b"{",
        b"\xff\xfe\x00",
        b"a: 1\na: 2",  # a key twice
        b"stage: [1, 2]\ndo_train: {a: b}\ndataset: {}\ntemplate: 7\ncutoff_len: many\nmodel_name_or_path: null",
        b"model_name_or_path: ../..\ndataset_dir: /etc\ndataset: passwd\ndo_train: true\nstage: sft\ntemplate: qwen",
        b"deepspeed: /etc/passwd\nadapter_name_or_path: /etc\nresume_from_checkpoint: true\noutput_dir: /proc/self",
        b"cutoff_len: -5\nper_device_train_batch_size: 0\nlora_rank: -1\nval_size: -3\nnum_train_epochs: .nan",
        b"a: ${oc.env:HOME}\n'': 1\n1: 2",
        b"per_device_train_batch_size: 1e99\ngradient_accumulation_steps: .inf\ncutoff_len: 1e40",
    ],
)
def test_any_file_is_findings_and_never_a_traceback(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_bytes(content)
    assert check(arguments(path)) == 2
    assert "error" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("stage: sft\n\tdo_train: true\n", "line 2, column 1); indent with spaces"),
        ("stage: sft\n---\nstage: pt\n", "keep one document"),
        ("stage: sft\nstage: pt\n", "keep one of the two lines"),
        ("lora_target: *all\n", "quote a value that begins with *"),
        ("output_dir: a: b\n", "quote a value that holds a colon"),
        ("- stage\n- sft\n", "holds a list, not keys"),
        ("1: 2\n", "1 is no key"),
        ((ROOT / "examples/deepspeed/ds_z3_config.json").read_text(encoding="utf-8"), "is for DeepSpeed"),
        ((ROOT / "examples/merge_lora/qwen2_tiny_lora.yaml").read_text(encoding="utf-8"), "llamafactory-cli export"),
        ((ROOT / "examples/inference/qwen2_tiny.yaml").read_text(encoding="utf-8"), "llamafactory-cli api"),
    ],
)
def test_what_is_no_training_yaml_is_named_as_what_it_is(
    content: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text(content, encoding="utf-8")
    assert check(arguments(path)) == 2
    printed = capsys.readouterr().out
    assert says in printed and printed.count("error  ") == 1


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"gpus": "many"}, "not GPUSxGB"),
        ({"gpus": "0x80"}, "not GPUSxGB"),
        ({"gpus": "8x80x"}, "not GPUSxGB"),
        ({"rows": -1}, "give numbers above 0"),
        ({"tokens_per_second": -1.0}, "give numbers above 0"),
        ({"tokens_per_second": 0.0}, "give numbers above 0"),
        ({"tokens_per_second": float("nan")}, "give numbers above 0"),
        ({"host_gb": 0.0}, "give numbers above 0"),
        ({"host_gb": float("inf")}, "give numbers above 0"),
    ],
)
def test_nonsense_on_the_command_line_is_one_line(given: dict[str, Any], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=complaint):
        check(arguments(tmp_path / "recipe.yaml", **given))


def test_overrides_alone_name_no_recipe() -> None:
    with pytest.raises(RecordError, match="names no recipe"):
        check(arguments("packing=true"))


def test_an_override_counts_for_every_recipe(recipe: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(arguments(recipe(), "packing=true")) == 2
    assert "packed-samples-leak" in capsys.readouterr().out


def test_what_machines_read(recipe: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(arguments(recipe(model_name_or_path="x/y"), json=True, gpus="8x80")) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["data"]["sft"]["taken"] == 2 and found["data"]["sft"]["longest"] is None
    assert found["memory"] is None and found["hours"] == []
    assert {finding["trap"] for finding in found["findings"]} >= {"unreached-model"}


def test_text_of_rows_cannot_steer_a_terminal_or_a_page(
    lab: Lab, recipe: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = [{"from": "human", "value": HOSTILE}, {"from": "gpt", "value": HOSTILE}]
    lab.data("hostile", [row(SFT, conversations=turns, tools="")])
    page = tmp_path / "page.html"
    assert check(arguments(recipe(dataset="hostile", adapter_name_or_path=HOSTILE), show_mask=True, html=page)) == 2
    shown, written = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "[red]" in shown and "\\x1b[2J" in shown
    for text in (shown, written):
        assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "<script>" not in written and "&lt;script&gt;" in written and "<mark>" in written


def test_only_what_is_trained_is_marked(recipe: Callable[..., Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    check(arguments(recipe(), html=page))
    marked = "".join(part.partition("</mark>")[0] for part in page.read_text(encoding="utf-8").split("<mark>")[2:])
    assert "boxed" in marked and str(TURNS[0]["value"])[:20] not in marked


def test_an_override_may_stand_behind_options(monkeypatch: pytest.MonkeyPatch) -> None:
    script = ROOT / "scripts/check_recipe.py"
    monkeypatch.setattr("sys.argv", [str(script), "a.yaml", "--gpus", "8x80", "packing=true", "--strict", "b=1"])
    parsed = runpy.run_path(str(script))["parse_args"]()
    assert (parsed.recipes, parsed.gpus, parsed.strict) == (["a.yaml", "packing=true", "b=1"], "8x80", True)


def plan(lab: Lab, on: Machine | None = None, **changes: Any) -> Any:
    found = lab.check(changes, on or machine()).case
    assert found is not None and found.plan is not None
    return found.plan


@pytest.mark.parametrize(
    ("rows", "micro", "accumulation", "gpus", "epochs", "steps"),
    [
        (10, 1, 1, None, 1.0, 10),
        (10, 4, 1, None, 1.0, 3),  # the last batch is smaller
        (10, 1, 4, None, 1.0, 3),  # and so is the last step
        (10, 2, 2, "2x80", 3.0, 6),
        (10, 2, 2, "2x80", 0.5, 1),
    ],
)
def test_steps_are_counted_as_the_trainer_counts_them(
    rows: int, micro: int, accumulation: int, gpus: str | None, epochs: float, steps: int, lab: Lab
) -> None:
    lab.data("ten", [SFT] * rows)
    keys = {"per_device_train_batch_size": micro, "gradient_accumulation_steps": accumulation}
    found = plan(lab, machine(gpus), dataset="ten", num_train_epochs=epochs, **keys)
    assert (found.steps, found.batch.rows) == (steps, micro * accumulation * (2 if gpus else 1))


@pytest.mark.parametrize(
    ("val_size", "left"),
    [
        (0, 10),
        (1e-7, 10),  # which LLaMA-Factory takes for nothing
        (1, 9),  # a row, and no share
        (3, 7),
        (2.5, 8),  # whole rows
        (0.25, 7),  # a share, rounded up
        (0.999, None),
        (10, None),
    ],
)
def test_what_is_held_out_is_what_the_loader_holds_out(val_size: float, left: int | None, lab: Lab) -> None:
    lab.data("ten", [SFT] * 10)
    found = lab.check({"dataset": "ten", "val_size": val_size, "num_train_epochs": 1.0}).case
    assert found is not None and (found.plan.rows if found.plan else None) == left
    data = DataArguments(template="qwen", dataset="ten", val_size=val_size)
    rows = Dataset.from_list([{"x": n} for n in range(10)])
    if left is None:
        with pytest.raises(ValueError, match=r"train set will be empty|test_size=10 should be"):
            split_dataset(rows, None, data, seed=1)
    else:
        assert len(split_dataset(rows, None, data, seed=1)[0]["train"]) == left


@pytest.mark.parametrize(
    ("wanted", "most", "rows"),
    [
        (2, None, 2),
        (40, None, 40),  # some come more than once
        (40, 15, 15),
        (5, 15, 5),
        (None, 7, 7),
    ],
)
def test_the_rows_that_an_entry_draws_make_the_epoch(
    wanted: int | None, most: int | None, rows: int, lab: Lab
) -> None:
    lab.data("twenty", [SFT] * 20)
    info = json.loads((lab.folder / "dataset_info.json").read_text(encoding="utf-8"))
    info["some"] = {**info["twenty"], **({"num_samples": wanted} if wanted else {})}
    lab.file("dataset_info.json", info)
    case = lab.check({"dataset": "some", "max_samples": most, "num_train_epochs": 1.0}).case
    assert case is not None and case.plan is not None
    (read,) = case.reads
    assert (case.plan.rows, case.plan.steps, read.used) == (rows, rows, rows)
    assert case.plan.tokens == rows * read.longest
    model, data = ModelArguments(model_name_or_path="x"), DataArguments(template="qwen", max_samples=most)
    data.dataset_dir = str(lab.folder)
    (attributes,) = get_dataset_list(["some"], str(lab.folder))
    assert len(_load_single_dataset(attributes, model, data, None)) == rows


def test_of_what_is_drawn_rows_that_are_dropped_are_none(lab: Lab) -> None:
    lab.data("half", [SFT, row(SFT, conversations=TURNS[:3])] * 10)
    info = json.loads((lab.folder / "dataset_info.json").read_text(encoding="utf-8"))
    info["half"]["num_samples"] = 8
    lab.file("dataset_info.json", info)
    case = lab.check({"dataset": "half"}).case
    assert case is not None and case.plan is not None
    (read,) = case.reads
    assert (read.rows, read.taken, read.used, case.plan.rows) == (20, 10, 4, 4)


def test_a_pair_without_tokens_of_loss_is_one_row(lab: Lab) -> None:
    """Neither side of the two has any."""
    case = lab.check({"stage": "dpo", "dataset": "dpo", "cutoff_len": 8}).case
    assert case is not None
    (read,) = case.reads
    assert (read.sampled, len(read.lengths), read.trained, read.untrained) == (2, 4, 0, 2)


@pytest.mark.parametrize(("processes", "accumulation"), [(1, 32), (2, 16), (8, 4), (3, None), (64, None)])
def test_the_same_batch_on_other_numbers_of_gpus(processes: int, accumulation: int | None) -> None:
    assert Batch(micro=2, accumulation=8, processes=4).same_on(processes) == accumulation


def test_rows_are_packed_as_llamafactory_packs_them(lab: Lab) -> None:
    """Its own processor on rows of chosen lengths, which a fake template makes."""
    lengths = [17, 40, 3, 99, 62, 8, 55, 31, 70, 12] * 7
    data = DataArguments(template="qwen", cutoff_len=128, neat_packing=True)
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    processor = PackedSupervisedDatasetProcessor(TEMPLATES["qwen"], tokenizer, None, data)
    processor._encode_data_example = lambda prompt, **_: ([1] * prompt[0], [1] * prompt[0])
    batch = {"_prompt": [[length] for length in lengths], "_response": [["x"] for _ in lengths]}
    columns = processor.preprocess_dataset(
        {**batch, **{f"_{name}": [None] * len(lengths) for name in ("system", "tools", "images", "videos", "audios")}}
    )
    recipe = Recipe(Path("x"), lab.settings(cutoff_len=128, neat_packing=True))
    assert len(pack(lengths, 127, recipe)) == len(columns["input_ids"])
    assert {len(ids) for ids in columns["input_ids"]} == {128}


def test_text_is_cut_into_blocks(lab: Lab) -> None:
    found = lab.check({"stage": "pt", "dataset": "pt", "cutoff_len": 64}).case
    assert found is not None and found.plan is not None
    (read,) = found.reads
    assert found.plan.rows == sum(read.lengths) // 64 and found.plan.tokens == 64 * found.plan.rows


def test_tokens_of_a_few_rows_stand_for_all(lab: Lab) -> None:
    lab.data("hundred", [SFT, row(SFT, conversations=TURNS[:3])] * 50)
    checked = lab.check({"dataset": "hundred"}, options=Options(rows=10))
    assert checked.case is not None and checked.case.plan is not None
    (read,) = checked.case.reads
    assert (read.rows, read.taken, read.sampled) == (100, 50, 10)
    assert len(read.all_lengths()) == 50 and checked.case.plan.tokens == 50 * read.longest
    whole = lab.check({"dataset": "hundred"}, options=Options(rows=0)).case
    assert whole is not None and [read.sampled for read in whole.reads] == [50]


def test_a_column_that_other_rows_have_may_be_missing(lab: Lab) -> None:
    """A table holds nothing there, where a single row would lack the key."""
    without = {key: value for key, value in SFT.items() if key != "tools"}
    lab.data("mixed", [SFT, without])
    lab.data("without", [without])
    traps = {name: {f.trap for f in lab.findings({"dataset": name})} for name in ("mixed", "without")}
    assert traps == {"mixed": set(), "without": {"breaking-rows", "nothing-left"}}


def test_what_was_fetched_before_is_found_without_asking_a_hub(tmp_path: Path) -> None:
    """As huggingface_hub keeps a model: files below a revision, and what ``main`` was."""
    kept = tmp_path / "models--some--model"
    snapshot = kept / "snapshots" / ("a" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text(json.dumps({"model_type": "qwen2"}), encoding="utf-8")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("a" * 40, encoding="utf-8")
    assert fetch_files("some/model", None, str(tmp_path), ask=False) == snapshot
    with pytest.raises(RecordError, match="some/other: not on this machine"):
        fetch_files("some/other", None, str(tmp_path), ask=False)


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_other_kinds_of_files_are_read(ending: str, lab: Lab) -> None:
    if ending == "json":
        lab.file("rows.json", [SFT, SFT])
    else:
        Dataset.from_list([SFT, SFT]).to_parquet(str(lab.folder / "rows.parquet"))
    info = json.loads((lab.folder / "dataset_info.json").read_text(encoding="utf-8"))
    info["kinds"] = {**info["sft"], "file_name": f"rows.{ending}"}
    lab.file("dataset_info.json", info)
    checked = lab.check({"dataset": "kinds"})
    assert checked.findings == [] and checked.case is not None
    assert [read.taken for read in checked.case.reads] == [2]


def test_a_folder_of_tokens_is_counted_as_it_is(lab: Lab, tmp_path: Path, recipe: Callable[..., Path]) -> None:
    keys = {"tokenized_path": "{lab}/tokens", "dataset": "torn", "neat_packing": True, "num_train_epochs": 2.0}
    case = lab.check(keys).case
    assert case is not None and case.plan is not None
    (read,) = case.reads
    assert (read.rows, read.lengths, read.trained) == (1, [40], 20)
    assert (case.plan.steps, case.plan.tokens, case.plan.packed) == (2, 40, None)
    page = tmp_path / "page.html"
    check(arguments(recipe(**keys), html=page))
    assert page.read_text(encoding="utf-8").count("<mark>") == 2  # one in the page's own words


def test_what_needs_no_model_is_checked_without_it(lab: Lab) -> None:
    found = lab.findings({"model_name_or_path": "someone/unknown", "dataset": "odd", "packing": True})
    assert {finding.trap for finding in found} >= {"unreached-model", "dropped-rows", "packed-samples-leak"}
    checked = lab.check({"model_name_or_path": "Qwen/Qwen3-8B", "stage": "kto", "dataset": "kto"}, machine("1x80"))
    assert checked.case is not None and checked.case.space is not None and checked.case.space.fits
    assert [read.tags for read in checked.case.reads] == [{True: 1, False: 1}]


def test_code_beside_a_model_is_not_run(tmp_path: Path) -> None:
    config = {"model_type": "odd", "auto_map": {"AutoConfig": "evil.Config", "AutoTokenizer": ["evil.T", None]}}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"auto_map": config["auto_map"]}), encoding="utf-8")
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    settings = {"model_name_or_path": str(tmp_path), "trust_remote_code": True, "template": "qwen"}
    found = find_model(Recipe(tmp_path / "r.yaml", settings), machine(), no_hub)
    assert found.tokenizer is None and found.problem and not (tmp_path / "ran").exists()


@pytest.mark.parametrize("attention", ["sdpa", "flash_attention_2"])
@pytest.mark.parametrize("neat", [False, True])
@pytest.mark.parametrize("cutoff", [100, 104])
def test_packed_rows_of_an_odd_length_have_too_few_positions(cutoff: int, neat: bool, attention: str) -> None:
    """With which attention makes no difference: what ``odd-length`` says."""
    ids, length = list(range(5, 85)), 80
    mask = [1] * 40 + [2] * 40 + [0] * (cutoff - length) if neat else [1] * cutoff
    packed = {
        "input_ids": ids + [0] * (cutoff - length),
        "labels": ids + [-100] * (cutoff - length),
        "attention_mask": mask,
        "position_ids": [*range(40)] * 2 + [0] * (cutoff - length),
    }
    collator = SFTDataCollatorWith4DAttentionMask(
        tokenizer=AutoTokenizer.from_pretrained(BASE),
        template=TEMPLATES["qwen"],
        pad_to_multiple_of=8,
        block_diag_attn=neat,
        neat_packing=neat,
        attn_implementation=attention,
        compute_dtype=torch.float32,
    )
    batch = collator([packed])
    assert (batch["input_ids"].shape == batch["position_ids"].shape) == (cutoff % 8 == 0)


PLACES = ("output_dir", "dataset_dir", "tokenized_path", "deepspeed", "model_name_or_path", "adapter_name_or_path",
          "resume_from_checkpoint", "dataset")  # fmt: skip


@pytest.mark.parametrize("place", ["x" * 5000, "a/" * 3000, "\udcff", "/proc/1/root/x"])
def test_a_place_that_cannot_be_looked_at_is_no_traceback(place: str, lab: Lab) -> None:
    """Too long, of no encoding, or in a folder of somebody else's."""
    for key in PLACES:
        lab.check({key: place}, machine("2x80"))


@pytest.mark.parametrize(
    "changes",
    [
        {"adapter_name_or_path": "{lab}/deep/adapter"},
        {"output_dir": "{lab}/deep/run", "train_sampling_strategy": "group_by_length"},
        {"output_dir": "{lab}/endless", "train_sampling_strategy": "group_by_length"},  # beyond every float
        {"deepspeed": "{" + "[" * 100_000},  # which is taken for settings, not for a file
    ],
    ids=["adapter", "checkpoint", "epoch", "deepspeed"],
)
def test_what_has_no_end_beside_a_recipe_is_no_traceback(changes: dict[str, Any], lab: Lab) -> None:
    found = [finding.found for finding in lab.findings(changes, machine("2x80"))]
    assert all("Recursion" not in said and len(said) < 1000 for said in found)


ODD_VALUES = (None, True, -1, 0, 1e99, float("nan"), "", "x", "1", [], ["a"], {}, {"a": 1}, "\x00")


@pytest.mark.parametrize("seed", range(6))
def test_values_of_any_kind_are_findings(seed: int, lab: Lab) -> None:
    """Eight keys of a sound recipe, or of those that traps look at, with values that make no sense there."""
    rng = random.Random(seed)
    keys = rng.sample(sorted({*lab.settings(), *LOOKED_AT}), 8)
    lab.check({key: rng.choice(ODD_VALUES) for key in keys}, machine("2x80"))


def test_hours_at_published_speeds_and_at_ones_own(lab: Lab) -> None:
    """Llama 3.1 8B was measured on H100 by three, and on a 4090 by one."""
    case = lab.check({"model_name_or_path": "meta-llama/Llama-3.1-8B-Instruct"}, machine("1x80")).case
    assert case is not None and case.plan is not None
    counted = replace(case.plan, padded=10_000_000, rows=1000, steps=3000)
    found = hours_of(counted, case.model, case.machine)
    assert {hours.tokens_per_second for hours in found} == {12473, 9621, 10256}
    assert all(hours.source and hours.hours == pytest.approx(3e7 / hours.tokens_per_second / 3600) for hours in found)
    assert [hours.tokens_per_second for hours in hours_of(counted, case.model, machine("1x24"))] == [3083]
    (own,) = hours_of(counted, case.model, machine("4x80"), own_speed=1000.0)
    assert own.hours == pytest.approx(3e7 / 4000 / 3600 * 1)
    assert hours_of(counted, replace(case.model, shape=None), case.machine) == []


def test_gpus_and_their_machines() -> None:
    assert (Gpus.parse("8x80").count, Gpus.parse("2x8x80").count, str(Gpus.parse("1x23.5"))) == (8, 16, "1x23.5 GiB")


def test_numbers_are_read_as_the_stock_command_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("learning_rate: 1e-4\n", encoding="utf-8")  # text to other readers of YAML
    assert read_settings(path, ["cutoff_len=64", "packing=true"]) == {
        "learning_rate": 1e-4,
        "cutoff_len": 64,
        "packing": True,
    }


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 100),
        (30, 30),
        (4, 4),  # fewer than were counted
        (250, 250),
    ],
)
def test_lengths_that_were_not_counted_are_drawn_from_those_that_were(asked: int | None, number: int) -> None:
    lengths = [11, 2, 33, 44, 5, 66, 7, 88, 9, 100]
    drawn = Read("x", rows=100, sampled=10, asked=asked, lengths=lengths).all_lengths()
    assert len(drawn) == number and set(drawn) <= set(lengths)
    assert drawn[:10] == lengths or (number < 10 and len(set(drawn)) == number)
    assert number < 100 or 30 < sum(drawn) / number < 43, "about the mean, 36.5"
