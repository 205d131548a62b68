from __future__ import annotations

import argparse
import json
import re
import runpy
import shlex
import sys
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import DatasetCard
from hypothesis import given
from hypothesis import strategies as st

from math_solver.commands.curate import read_options, split_weights
from math_solver.dataset.card import (
    Circumstances,
    Contents,
    curation_command,
    hub_licence,
    size_category,
    write_card,
)
from math_solver.dataset.curation.curating import OUTCOMES, Options
from math_solver.dataset.curation.entries import BALANCED
from math_solver.dataset.curation.quality import CHECKS, ON_REQUEST, Bounds
from math_solver.dataset.validation.proof import Circumstances as CircumstancesOfRuns
from math_solver.dataset.validation.proof import proof_of
from math_solver.records import Problem, Trajectory

from ..pages.examples import HOSTILE
from ..pages.exploring.rows import TRAJECTORIES

REPORT = {
    "inputs": {"output/in put.jsonl": 9, "more.jsonl": 4}, "read": 13, "kept": 7,
    "dropped": [{"filter": "decontamination", "reason": "masked_text", "rows": 4},
                {"filter": "duplicates", "reason": "duplicate", "rows": 2}],
    "benchmarks": {"items": 1319, "by_benchmark": {"gsm8k": 1319}, "short": 9, "without_signature": 0,
                   "verbatim_only": 3},
    "not_judged_for_rewording": {"no_numbers": 5},
    "benchmark_files": {"read": {"gsm8k": "hub", "mine": "m.jsonl"}, "not_given": ["math500"], "left_out": []},
    "options": {"checks": ["a"], "verdicts": ["correct"], "near": 0.6, "solutions": 4, "by_difficulty": True,
                "repaired": True, "max_pass_rate": None, "least_samples": 2, "variants": None,
                "caps": {"yes/no": 0.05}, "weights": [1.0, 2.5], "balance": {"length": 3.0}, "validation": 0.1,
                "seed": 0},
}  # fmt: skip

RUNS = CircumstancesOfRuns({"python": "3.11.2"}, {})


def contents(records: list[Any]) -> Contents:
    found = Contents()
    for record in records:
        found.take("train", asdict(record), record)
    return found


def card(records: list[Any] = TRAJECTORIES, **told: Any) -> DatasetCard:
    return DatasetCard(
        write_card(contents(records), Circumstances("My set", files={"train": "data/train.jsonl"}, **told))
    )


def test_the_header_is_what_the_hub_reads() -> None:
    assert card().data.to_dict() == {
        "pretty_name": "My set",
        "license": ["mit", "unknown"],
        "language": ["en", "zh"],
        "size_categories": ["n<1K"],
        "task_categories": ["text-generation"],
        "tags": ["mathematics", "tool-integrated-reasoning", "math-solver"],
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "data/train.jsonl"}]}],
    }
    assert card(TRAJECTORIES[:2]).data.license == "mit"
    assert card(viewable=False).data.to_dict()["viewer"] is False


@pytest.mark.parametrize(
    "said",
    [
        "6 rows about 4 different problems",
        "7 programs in all",
        "| gsm8k | MIT | 4 |",
        "| &#60;b&#62;evil&#60;/b&#62; | not stated | 1 |",
        "| correct | 4 |",
        "| timeout | 1 |",
        "`r.json`: read 13, kept 7",
        "| decontamination | masked_text | 4 |",
        "compared with 1,319 benchmark items",
        "4 rows were held to be one of them",
        "3 of the items are so short",
        "5 no_numbers",
        "Not checked against: math500.",
        "```bash\npython a.py\npython b.py\n```",
        "| sympy |  | 1.14.0 |",
        "| python | 3.11.2, 3.12.0 |  |",
        "Of 1 rows all programs were run again",
        "Made by hand.",
    ],
)
def test_what_the_card_says(said: str) -> None:
    versions = [
        {"versions": {"python": "3.12.0"}},
        {"validation": proof_of(replace(TRAJECTORIES[1], meta={}), {"status": "valid"}, RUNS)},
    ]
    records = [
        replace(record, meta=meta) for record, meta in zip(TRAJECTORIES, versions, strict=False)
    ] + TRAJECTORIES[2:]
    told = {"about": "Made by hand.", "reports": {"r.json": REPORT}, "commands": ["python a.py", "python b.py"],
            "versions": {"sympy": "1.14.0"}}  # fmt: skip
    assert said in card(records, **told).text


def test_without_reports_nothing_is_claimed() -> None:
    text = card().text
    assert "Not checked against any benchmark." in text and "What was left out" not in text and "```bash" not in text


def test_problems_have_a_card_too() -> None:
    text = card([record.problem for record in TRAJECTORIES]).text
    assert (
        "Each is a question of mathematics with its exact answer." in text
        and "verdict" not in text.partition("## A row")[0]
    )


def test_a_validation_report_says_what_it_left_out() -> None:
    text = card(reports={"v.json": {"rows": 10, "by_reason": {"code_error": 3}}}).text
    assert "`v.json`: read 10\n" in text and "| validation | code_error | 3 |" in text


def test_a_validation_report_says_what_it_kept() -> None:
    report = {"rows": 10, "by_reason": {"code_error": 3}, "by_part": {"output": 7, "invalid": 3}}
    assert "`v.json`: read 10, kept 7\n" in card(reports={"v.json": report}).text


def test_hostile_texts_stay_text() -> None:
    """They are in cells, where all that Markdown reads is escaped, or in listings with a longer fence than theirs."""
    evil = replace(TRAJECTORIES[0].problem, source=f"{HOSTILE}|x\n# y", subject="[a](http://b) ``` | c")
    record = replace(TRAJECTORIES[0], problem=evil, conclusion="````\n</pre># not a title\n---\nlicense: gpl")
    shown = card([record], reports={"r": {"dropped": [{"filter": "<i>", "reason": "a|b", "rows": 1}]}})
    assert shown.data.license == "mit"
    before, fence, _ = shown.text.partition("`````json\n")
    assert fence and not re.search(r"<(?!!)|\]\(|^# y", before, re.MULTILINE)
    for line in before.splitlines():
        assert not line.startswith("|") or line.count("|") in (3, 4)


def test_a_card_stays_text_whatever_a_subject_holds() -> None:
    odd = replace(TRAJECTORIES[0], problem=replace(TRAJECTORIES[0].problem, subject="a\x00b\x1b[31m\x9bc"))
    text = card([odd]).text
    assert "a\ufffdb\ufffd&#91;31m\ufffdc" in text and not re.search(r"[\x00-\x08\x0b-\x1f]", text)


def test_the_example_is_the_first_that_is_not_too_long() -> None:
    long = replace(TRAJECTORIES[0], id="long", conclusion="so " * 5000)
    assert contents([long, TRAJECTORIES[1], TRAJECTORIES[2]]).example == asdict(TRAJECTORIES[1])
    shorter = replace(long, id="shorter", conclusion="so " * 4000)
    assert contents([long, shorter, long]).example == asdict(shorter)


def test_the_curations_command_is_told_by_its_report() -> None:
    command = curation_command(REPORT, "output/c.jsonl")
    assert command is not None and shlex.split(command) == [
        "python", "scripts/curate.py", "--input", "output/in put.jsonl=1", "more.jsonl=2.5",
        "--output", "output/c.jsonl", "--benchmarks", "gsm8k", "mine=m.jsonl", "--checks", "a",
        "--verdicts", "correct", "--near", "0.6", "--solutions", "4", "--by-difficulty", "--repaired",
        "--cap-kind", "yes/no=0.05", "--balance", "length=3", "--validation", "0.1",
    ]  # fmt: skip
    private = {**REPORT, "inputs": {"/home/ann/secret/in.jsonl": 13}, "options": {"near": 0.7}}
    told = curation_command(private, "/home/ann/secret/c.jsonl")
    assert told is not None and "/home" not in told and "--input in.jsonl --output c.jsonl" in told
    assert curation_command({"rows": 3, "options": {"runs": 1}}, "x") is None


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (1, "n<1K"),
        (999, "n<1K"),
        (1000, "1K<n<10K"),
        (99_999, "10K<n<100K"),
        (100_000, "100K<n<1M"),
        (20_000_000, "10M<n<100M"),
    ],
)
def test_size_categories(rows: int, name: str) -> None:
    assert size_category(rows) == name


@pytest.mark.parametrize(
    ("licence", "name"),
    [("MIT", "mit"), ("Apache-2.0", "apache-2.0"), ("ODC-By-1.0", "odc-by"), ("GPL-3.0-only", "gpl-3.0"),
     ("CC-BY-SA-4.0", "cc-by-sa-4.0"), ("LicenseRef-NVIDIA", "other"), (None, "unknown")],
)  # fmt: skip
def test_licences_by_the_hubs_names(licence: str | None, name: str) -> None:
    assert hub_licence(licence) == name


def test_odd_meta_is_no_failure() -> None:
    odd: list[Problem | Trajectory] = [
        replace(TRAJECTORIES[0], meta={"versions": "new", "validation": 7, "teacher": {"a": 1}}, verdict=None)
    ]
    assert "not verified" in card(odd).text


NUMBERS = st.integers(1, 9)
SHARES = st.floats(0, 1) | st.sampled_from([0.1, 1 / 3, 1e-7])
OPTIONS = st.builds(
    Options,
    checks=st.lists(st.sampled_from([*CHECKS, *ON_REQUEST]), unique=True),
    bounds=st.builds(Bounds, NUMBERS, NUMBERS | st.just(8)),
    verdicts=st.none() | st.lists(st.sampled_from([*OUTCOMES, "none"]), min_size=1, unique=True),
    near=SHARES,
    solutions=NUMBERS,
    by_difficulty=st.booleans(),
    repaired=st.booleans(),
    max_pass_rate=st.none() | SHARES,
    least_samples=NUMBERS,
    variants=st.none() | NUMBERS,
    caps=st.dictionaries(st.sampled_from(["yes/no", "a=b", "words"]), SHARES),
    weights=st.none() | st.lists(st.floats(1e-6, 1e6), min_size=2, max_size=2),
    balance=st.dictionaries(st.sampled_from(BALANCED), st.floats(1, 1e6)),
    validation=st.floats(0, 0.9),
    seed=st.integers(-3, 2**70),
)


@given(OPTIONS, st.none() | NUMBERS)
def test_the_command_asks_for_what_the_report_says(options: Options, limit: int | None) -> None:
    """Whatever the options: the words of the card, read as the script reads them, are the same options."""
    report = {"inputs": {"a b.jsonl": 1, "c.jsonl": 2}, "options": json.loads(json.dumps(asdict(options)))}
    command = curation_command(report | ({"limit": limit} if limit else {}), "out.jsonl")
    assert command is not None
    args = read_command(command)
    inputs, weights = split_weights(args.input)
    again = read_options(args, weights)
    assert asdict(again) == {**asdict(options), "checks": list(options.checks)}
    assert list(map(str, inputs)) == ["a b.jsonl", "c.jsonl"] and args.limit == limit


def test_no_option_is_forgotten_in_the_command() -> None:
    """Each has a value here that is not the usual one, and each is told."""
    told = Options(["no_code"], Bounds(7, 3), ["correct"], 0.5, 3, True, True, 0.5, 4, 2, {"words": 0.5}, [1, 2.5],
                   {"lang": 2}, 0.2, 5)  # fmt: skip
    assert all(getattr(told, entry.name) != getattr(Options(), entry.name) for entry in fields(Options))
    for entry in fields(Options):
        options = {"near": 0.7, **asdict(Options()), entry.name: asdict(told)[entry.name]}
        command = curation_command({"inputs": {"a": 1, "b": 1}, "options": json.loads(json.dumps(options))}, "c")
        assert command != "python scripts/curate.py --input a b --output c", entry.name
    usual = {"inputs": {"a": 1, "b": 1}, "options": json.loads(json.dumps(asdict(Options())))}
    assert curation_command(usual, "c") == "python scripts/curate.py --input a b --output c"


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ({"gsm8k": "hub"}, ["gsm8k"]),
        ({"gsm8k": "copies/gsm8k_test.jsonl"}, ["gsm8k=copies/gsm8k_test.jsonl"]),
        ({"bench": "copies/bench.jsonl"}, ["copies/bench.jsonl"]),  # problems of our own, called as they like
        ({"math": "copies/math"}, ["math=copies/math"]),  # a folder in the layout of the benchmark's repository
        ({"gsm8k": ["gsm8k.jsonl", "/x/y.parquet"]}, ["gsm8k.jsonl", "gsm8k=y.parquet"]),
    ],
)
def test_benchmarks_are_named_as_the_command_takes_them(read: dict[str, Any], words: list[str]) -> None:
    report = {"inputs": {"a": 1}, "options": {"near": 0.7}, "benchmark_files": {"read": read}}
    command = curation_command(report, "c")
    assert command is not None and read_command(command).benchmarks == words


def test_a_judge_is_told_without_its_address() -> None:
    report = {
        "inputs": {"a": 1},
        "options": {"near": 0.7},
        "judge": {"model": "m x", "endpoint": "http://10.0.0.7/v1"},
    }
    command = curation_command(report, "c")
    assert command is not None and command.endswith("--judge BASE_URL --judge-model 'm x'")


def read_command(command: str) -> argparse.Namespace:
    python, script, *words = shlex.split(command)
    assert python == "python"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [script, *words])
        args: argparse.Namespace = parser(script)()
    return args


@cache
def parser(script: str) -> Any:
    return runpy.run_path(str(Path(__file__).parents[2] / script))["parse_args"]


@pytest.mark.parametrize(
    ("change", "proved"),
    [
        ({}, 1),
        ({"conclusion": "So \\boxed{9}."}, 0),  # edited behind its proof
        ({"meta": {"validation": {"status": "valid"}}}, 0),  # a block that anybody could write
    ],
)
def test_only_rows_whose_hash_holds_count_as_run_again(change: dict[str, Any], proved: int) -> None:
    found = proof_of(TRAJECTORIES[0], {"status": "valid"}, RUNS)
    row = replace(TRAJECTORIES[0], meta={**TRAJECTORIES[0].meta, "validation": found})
    assert contents([replace(row, **change)]).validated == proved
