"""What every script promises: help that runs at once, one clear line and exit code 2 for what the user can mend."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from math_solver.records import write_jsonl
from math_solver.sources.families.phrasings import PHRASINGS  # by name, the families that came first

from ..test_records import TRAJECTORY

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path.name for path in (ROOT / "scripts").glob("*.py"))
HELD_OUT = "data/problems_heldout.jsonl"
READ = "is an input and would be replaced"
TWICE = "is named for two things"
TAUGHT = ["--output", "{tmp}/t.jsonl", "--model", "m", "--endpoint", "http://127.0.0.1:9/v1"]
RECIPE = "examples/train_lora/qwen2_tiny_lora_sft.yaml"


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, f"scripts/{script}", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("script", SCRIPTS)
def test_help_runs_without_heavy_imports(script: str) -> None:
    code = (
        f"import runpy, sys; sys.argv = ['{script}', '--help']\n"
        f"try: runpy.run_path('scripts/{script}', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not {'torch', 'sympy', 'llamafactory', 'transformers', 'openai'} & set(sys.modules), 'heavy import'"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert f"python scripts/{script}" in result.stdout


@pytest.mark.parametrize(
    ("script", "arguments", "complaint"),
    [
        ("generate_problems.py", ["--output", "{tmp}/p", "--exclude", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        ("generate_problems.py", ["--output", "{tmp}/p", "--family", "knitting"], "unknown family knitting"),
        ("generate_problems.py", ["--output", "{tmp}/good.jsonl", "--per-family", "0"], "no whole number from 1"),
        ("generate_problems.py", ["--output", "{tmp}/p", "--per-family=-1"], "no whole number from 1"),
        ("generate_problems.py", ["--output", "{tmp}/p", "--trajectories", "{tmp}/p"], f"p: {TWICE}"),
        (
            "generate_problems.py",
            ["--output", "{tmp}/p", "--trajectories", "{tmp}/good.jsonl", "--exclude", "{tmp}/good.jsonl"],
            f"good.jsonl: {READ}",
        ),
        (
            "fetch_problems.py",
            ["--benchmark", "families", "--output", "{tmp}/good.jsonl", "--limit", "0"],
            "no problem was taken",
        ),
        ("generate_problems.py", ["--output", "{tmp}/p", "--slips=nan"], "--slips: the share of slips is nan"),
        (
            "generate_problems.py",
            ["--output", "{tmp}/p", "--exclude", "{tmp}/bad.jsonl"],
            "bad.jsonl:1: not a Problem",
        ),
        ("build_dataset.py", ["--input", "nowhere.jsonl", "--name", "x"], "nowhere.jsonl: no such file"),
        ("build_dataset.py", ["--input", HELD_OUT, "--name", "x"], "problems_heldout.jsonl:1: not a Trajectory"),
        ("build_dataset.py", ["--input", "{tmp}/bad.jsonl", "--name", "x"], "bad.jsonl:2: not JSON"),
        (
            "build_dataset.py",
            ["--input", "{tmp}/good.jsonl", "--name", "x", "--output", "{tmp}/good.jsonl"],
            "good.jsonl: is an input and would be replaced",
        ),
        ("build_dataset.py", ["--input", "{tmp}/good.jsonl", "--name", "x", "--show-mask", "1"], "needs --recipe"),
        (
            "build_dataset.py",
            ["--input", "{tmp}/good.jsonl", "--name", "x", "--stage", "dpo", "--dataset-info", "{tmp}/info.json"],
            "no trajectory is fit for training",
        ),
        (
            "build_dataset.py",
            ["--input", "{tmp}/good.jsonl", "--name", "x", "--stage", "kto", "--dataset-info", "{tmp}/info.json"],
            "KTO needs right and wrong solutions, and here are 2 and 0 rows",
        ),
        (
            "build_dataset.py",
            ["--input", "{tmp}/good.jsonl", "--name", "x", "--stage", "dpo", "--length-ratio", "0"],
            "a ratio of 0.0 between lengths; give 1 or more",
        ),
        (
            "tokenize_dataset.py",
            ["--input", "{tmp}/good.jsonl", "--recipe", "nowhere.yaml", "--output", "{tmp}/set"],
            "nowhere.yaml: no such recipe",
        ),
        ("evaluate.py", ["--input", "nowhere.jsonl", "--output", "{tmp}/a"], "nowhere.jsonl: no such file"),
        ("evaluate.py", ["--input", "{tmp}/bad.jsonl", "--output", "{tmp}/a"], "bad.jsonl"),
        (
            "evaluate.py",
            ["--input", HELD_OUT, "--output", "{tmp}/a", "--limit", "1", "--base-url", "http://127.0.0.1:9/v1"],
            "cannot be reached",
        ),
        ("evaluate.py", ["--benchmark", "gsm9k", "--output", "{tmp}/a"], "did you mean gsm8k"),
        ("evaluate.py", ["--input", HELD_OUT, "--output", "{tmp}/a", "--samples", "4"], "add --temperature"),
        ("evaluate.py", ["--input", "{tmp}/empty", "--output", "{tmp}/a"], "there are no problems"),
        ("evaluate.py", ["--input", "{tmp}/good.jsonl", "--output", "{tmp}/good.jsonl"], f"good.jsonl: {READ}"),
        (
            "evaluate.py",
            ["--benchmark", "gsm8k", "--benchmark-file", "{tmp}", "--output", "{tmp}/good.jsonl"],
            f"good.jsonl: {READ}",
        ),
        ("evaluate.py", ["--input", HELD_OUT, "--output", "{tmp}/a", "--report", "{tmp}/a"], f"a: {TWICE}"),
        (
            "evaluate.py",
            ["--input", HELD_OUT, "--output", "{tmp}/a", "--report", "{tmp}/a.run.html"],
            f"a.run.json: {TWICE}",
        ),
        ("evaluate.py", ["--input", HELD_OUT, "--output", "{tmp}/a", "--report", "{tmp}/r.json"], "name it .html"),
        ("fetch_problems.py", ["--benchmark", "svam", "--output", "{tmp}/p"], "did you mean svamp"),
        (
            "fetch_problems.py",
            ["--benchmark", "gsm8k", "--benchmark-file", "{tmp}/good.jsonl", "--output", "{tmp}/p"],
            "is not of gsm8k",
        ),
        ("improve.py", ["nowhere.yaml"], "nowhere.yaml: no such file"),
        ("improve.py", ["examples/inference/qwen2_tiny.yaml", "--dry-run"], "unknown key"),
        ("collect_samples.py", ["--input", "{tmp}/empty", "--output", "{tmp}/s.jsonl"], "holds no attempts"),
        ("collect_samples.py", ["--input", HELD_OUT, "--output", HELD_OUT], f"problems_heldout.jsonl: {READ}"),
        ("collect_samples.py", ["--input", "{tmp}/a", "--output", "{tmp}/a.run.json"], f"a.run.json: {READ}"),
        ("report.py", ["--input", "nowhere.jsonl", "--output", "{tmp}/r.html"], "nowhere.jsonl: no such file"),
        ("report.py", ["--input", "nowhere.json", "--output", "{tmp}/r.html"], "nowhere.json: no such file"),
        ("report.py", ["--input", "{tmp}/empty", "--output", "{tmp}/r.html"], "holds no attempts"),
        ("report.py", ["--input", "dataset_info.json", "--output", "{tmp}/r.html"], "not the JSON file of a report"),
        ("report.py", ["--input", HELD_OUT, "--output", "{tmp}/r.html"], "jsonl:1: not a Attempt"),
        ("report.py", ["--input", "{tmp}/good.jsonl", "--output", "{tmp}/good.jsonl"], f"good.jsonl: {READ}"),
        ("report.py", ["--input", "old.json", HELD_OUT, "--output", "old.html"], f"old.json: {READ}"),
        ("report.py", ["--input", "{tmp}/a", "--output", "{tmp}/a.run.html"], f"a.run.json: {READ}"),
        (
            "report.py",
            ["--input", HELD_OUT, "--decisions", "{tmp}/good.jsonl", "--output", "{tmp}/good.jsonl"],
            f"good.jsonl: {READ}",
        ),
        ("review.py", ["--output", "{tmp}/good.jsonl", "--export-pairs", "{tmp}/good.jsonl"], f"good.jsonl: {READ}"),
        (
            "review.py",
            ["--input", "{tmp}/good.jsonl", "--output", "{tmp}/d.jsonl", "--export-pairs", "{tmp}/good.jsonl"],
            f"good.jsonl: {READ}",
        ),
        (
            "annotate.py",
            ["--output", "{tmp}/n.jsonl", "--drafts", "{tmp}/n.jsonl", "--port", "0"],
            "n.jsonl: is named for two things",
        ),
        ("check_recipe.py", ["{tmp}/good.jsonl", "--html", "{tmp}/good.jsonl"], f"good.jsonl: {READ}"),
        ("verify_export.py", ["--recipe", "nowhere.yaml", "--input", HELD_OUT], "nowhere.yaml: no such recipe"),
        ("verify_export.py", ["--recipe", HELD_OUT, "--input", HELD_OUT], "must be a YAML"),
        *(
            ("verify_export.py", ["--recipe", HELD_OUT, "--input", HELD_OUT, option, "0"], "no whole number from 1")
            for option in ("--max-tokens", "--solution-tokens", "--workers")
        ),
        (
            "compare_checkpoints.py",
            [
                "--adapter",
                "nowhere",
                "--serve",
                "examples/inference/qwen2_tiny.yaml",
                "--input",
                HELD_OUT,
                "--output",
                "{tmp}/c",
            ],
            "nowhere: holds no adapter",
        ),
        ("import_trajectories.py", ["--input", "nowhere.json", "--output", "{tmp}/t"], "nowhere.json"),
        ("curate.py", ["--input", "{tmp}/bad.jsonl", "--output", "{tmp}/c.jsonl"], "bad.jsonl:2: not JSON"),
        ("explore.py", ["nowhere.jsonl"], "nowhere.jsonl: no such file"),
        ("explore.py", ["{tmp}/empty"], "empty: holds no row that can be read"),
        ("publish.py", ["--input", "{tmp}/bad.jsonl", "--output", "{tmp}/set"], "bad.jsonl:2: not JSON"),
        ("validate.py", ["--input", "nowhere.jsonl", "--output", "{tmp}/v.jsonl"], "nowhere.jsonl: no such file"),
        ("validate.py", ["--input", HELD_OUT, "--output", "{tmp}/v.jsonl"], "no source fits"),
        ("validate.py", ["--input", HELD_OUT, "--output", HELD_OUT], "is an input and would be replaced"),
        ("validate.py", ["--input", HELD_OUT, "--output", "{tmp}/v.jsonl", "--workers", "0"], "--workers is 0"),
        ("validate.py", ["--input", HELD_OUT, "--output", "{tmp}/v.jsonl", "--timeout", "0"], "Limits.timeout is 0"),
        ("validate.py", ["--input", HELD_OUT, "--output", "{tmp}/v.jsonl", "--variants", "2"], "--output-variants"),
        ("validate.py", ["--check", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        ("synthesize.py", [*TAUGHT, "--input", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        ("synthesize.py", [*TAUGHT, "--input", "{tmp}/empty"], "there are no problems"),
        ("synthesize.py", [*TAUGHT, "--input", "{tmp}/t.jsonl"], "t.jsonl: is named twice"),
        (
            "synthesize.py",
            [*TAUGHT, "--input", HELD_OUT, "--ledger", HELD_OUT],
            "problems_heldout.jsonl: is named twice",
        ),
        (
            "synthesize.py",
            [*TAUGHT, "--input", HELD_OUT, "--ledger", "{tmp}/bad.jsonl"],
            "is no ledger of this program",
        ),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--limit", "1"], "127.0.0.1:9/v1: cannot be reached"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--max-cost", "5"], "--max-cost needs the prices"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--max-cost", "lots"], "--max-cost is lots"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--price-in", "-1"], "--price-in is -1"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--samples", "0"], "--samples is 0"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--max-tokens", "9" * 30], "it must be at most"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--concurrency", "0"], "--concurrency is 0"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--temperatures", "warm"], "--temperatures is warm"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--temperatures", "0"], "at temperature 0"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--variants", "plain,fast"], "--variants: unknown"),
        ("synthesize.py", [*TAUGHT, "--input", HELD_OUT, "--endpoint", "nowhere"], "nowhere: is no address"),
        (
            "synthesize.py",
            [*TAUGHT, "--input", HELD_OUT, "--endpoints", "{tmp}/good.jsonl"],
            "must be a list of endpoints",
        ),
        ("synthesize.py", ["--input", HELD_OUT, "--output", "{tmp}/t.jsonl", "--model", "m"], "there is no teacher"),
        (
            "propose_problems.py",
            [*TAUGHT, "--new-problems", "2", "--examples", HELD_OUT],
            "127.0.0.1:9/v1: cannot be reached",
        ),
    ],
)
def test_bad_input_is_one_line(script: str, arguments: list[str], complaint: str, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "good.jsonl", [TRAJECTORY])
    (tmp_path / "empty").touch()
    (tmp_path / "bad.jsonl").write_text((tmp_path / "good.jsonl").read_text(encoding="utf-8") + "{broken\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = run(script, *(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.returncode == 2, result.stderr
    assert before.items() <= {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}.items()
    assert complaint in result.stderr
    assert result.stderr.strip().splitlines()[-1].startswith(script), result.stderr
    assert "Traceback" not in result.stderr


def test_problems_of_a_benchmark_are_written(tmp_path: Path) -> None:
    rows = [{"question": f"What is {n}?", "answer": f"It is <<{n}={n}>>\n#### {n}"} for n in range(30)]
    write_jsonl(tmp_path / "copy.jsonl", rows)
    for name in ("a", "b"):
        result = run(
            "fetch_problems.py", "--benchmark", "gsm8k", "--benchmark-file", tmp_path / "copy.jsonl",
            "--output", tmp_path / name, "--limit", "5", "--seed", "7",
        )  # fmt: skip
        assert result.returncode == 0 and "5 problems" in result.stdout, result.stderr
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    found = [json.loads(line) for line in (tmp_path / "a").read_text(encoding="utf-8").splitlines()]
    assert all(row["question"] == f"What is {row['answer']}?" and row["level"] == "1 step" for row in found)


def test_nothing_is_registered_when_nothing_is_fit(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl", [{**json.loads(json.dumps(_row())), "verdict": None}])
    info = tmp_path / "dataset_info.json"
    result = run("build_dataset.py", "--input", tmp_path / "t.jsonl", "--name", "x", "--dataset-info", info)
    assert result.returncode == 2 and "no trajectory is fit for training" in result.stderr
    assert not info.exists() and not (tmp_path / "data").exists()


def _row() -> dict[str, object]:
    import dataclasses

    return dataclasses.asdict(TRAJECTORY)


def test_build_dataset_asks_llamafactory_itself(tmp_path: Path) -> None:
    trajectories, info = tmp_path / "t.jsonl", tmp_path / "dataset_info.json"
    long = {**_row(), "conclusion": "so " * 3000}
    write_jsonl(trajectories, [_row(), long])
    result = run(
        "build_dataset.py", "--input", trajectories, "--name", "x", "--dataset-info", info, "--recipe", RECIPE
    )
    assert result.returncode == 0, result.stderr
    assert "kept 1, dropped 1 (1 too_long)" in result.stdout
    assert "LLaMA-Factory takes 1 of 1 rows" in result.stdout


def test_solutions_are_run_and_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        result = run(
            "generate_problems.py", "--output", tmp_path / f"p{name}", "--trajectories", tmp_path / f"t{name}",
            "--per-family", "1", "--exclude", HELD_OUT, "--families", *PHRASINGS,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
    assert "kept 23, dropped 0" in result.stdout
    assert (tmp_path / "ta").read_bytes() == (tmp_path / "tb").read_bytes()


def test_follow_ups_are_run_and_stand_in_one_row_with_what_they_follow(tmp_path: Path) -> None:
    problems, solved, info = (tmp_path / name for name in ("p", "t", "dataset_info.json"))
    result = run(
        "generate_problems.py", "--output", problems, "--trajectories", solved, "--per-family", "1",
        "--exclude", HELD_OUT, "--follow-ups", "1", "--family", *PHRASINGS,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in problems.read_text(encoding="utf-8").splitlines()]
    following = sum("follows" in row for row in rows)
    assert f"{len(rows)} problems, {following} of them follow-ups" in result.stdout and following >= 23
    assert f"kept {len(rows)}, dropped 0" in result.stdout
    result = run("build_dataset.py", "--input", solved, "--name", "x", "--dataset-info", info, "--recipe", RECIPE)
    assert result.returncode == 0, result.stderr
    assert "kept 23, dropped 0" in result.stdout and "LLaMA-Factory takes 23 of 23 rows" in result.stdout


@pytest.mark.parametrize("share", ["1.5", "-1", "nan"])
def test_a_share_of_follow_ups_that_is_none(tmp_path: Path, share: str) -> None:
    result = run("generate_problems.py", "--output", tmp_path / "p", f"--follow-ups={share}")
    assert result.returncode == 2 and "--follow-ups: the share" in result.stderr and not (tmp_path / "p").exists()


def test_ctrl_c_is_one_line_and_leaves_no_half_file(tmp_path: Path) -> None:
    output = tmp_path / "t.jsonl"
    with subprocess.Popen(
        [sys.executable, "scripts/generate_problems.py", "--output", tmp_path / "p", "--trajectories", output,
         "--per-family", "500", "--family", "embedded"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        while not (tmp_path / "p").exists() and process.poll() is None:
            time.sleep(0.1)
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 2
    assert stderr.strip().splitlines()[-1].startswith("generate_problems.py: interrupted")
    assert "Traceback" not in stderr
    assert not output.exists()
