"""Comparing checkpoints from end to end, with an endpoint in the place of each server."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands import checkpoints
from math_solver.commands.api_process import cli
from math_solver.commands.checkpoints import compare_checkpoints
from math_solver.commands.guard import guarded
from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import build
from math_solver.log import held
from math_solver.records import Execution, Problem, RecordError, Verdict, read_records, write_jsonl
from math_solver.sources.families import generate, solve

from ..evaluation.test_checkpoints import save
from ..fake_endpoint import completion, question, serving

ROOT = Path(__file__).parents[2]


class Servers:
    """Stand in for ``served``: a model of step n is right on the first n problems; ``started`` says which ran."""

    def __init__(self) -> None:
        self.started: list[list[str]] = []
        self.ailing: dict[str, int] = {}
        self.launchers: list[list[str]] = []

    @contextmanager
    def __call__(
        self, config: Path, log: Path, *, overrides: Sequence[str] = (), launcher: Sequence[str] = ()
    ) -> Iterator[str]:
        self.started.append(list(overrides))
        self.launchers.append(list(launcher))
        step = int(next(word for word in overrides if word.startswith("adapter")).rpartition("-")[2])

        def answer(body: dict[str, Any]) -> dict[str, Any] | int:
            number = int(question(body).split()[2])
            wrong = self.ailing.get(question(body))
            return wrong or completion(f"It is \\boxed{{{number + (1 if number < step else 7)}}}.")

        with serving(answer) as server:
            yield server.url


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Servers:
    fake = Servers()
    monkeypatch.setattr(checkpoints, "served", fake)
    return fake


@pytest.fixture
def arguments(tmp_path: Path) -> argparse.Namespace:
    adapter = tmp_path / "lora"
    (tmp_path / "serve.yaml").touch()
    for step in (1, 3, 2):
        folder = adapter / f"checkpoint-{step}"
        save(folder, b"%d" % step, step, [{"step": step, "loss": 1 / step}])
        config = {"base_model_name_or_path": "the/base"}
        (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    write_jsonl(
        tmp_path / "problems.jsonl",
        [Problem(f"sum:{n}", "sum", f"What is {n} + 1?", str(n + 1)) for n in range(4)],
    )
    return argparse.Namespace(
        adapter=adapter, serve=tmp_path / "serve.yaml", base=None, steps=None, input=tmp_path / "problems.jsonl",
        per_subject=None, limit=None, seed=None, tool=False, max_tokens=64, temperature=0.0, samples=1, workers=2,
        output=tmp_path / "out",
    )  # fmt: skip


def test_each_checkpoint_is_served_once_and_the_best_is_named(
    servers: Servers, arguments: argparse.Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    compare_checkpoints(arguments)
    locks = [path.with_suffix(".server.lock") for path in sorted(arguments.output.glob("step_*.jsonl"))]
    assert servers.launchers == [guarded(lock) for lock in locks], "killed, it leaves no server running"
    assert [words[0] for words in servers.started] == ["model_name_or_path=the/base"] * 3
    assert [words[1].rpartition("-")[2] for words in servers.started] == ["1", "2", "3"]
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == f"adapter_name_or_path: {arguments.adapter / 'checkpoint-3'}"
    assert "75.0%" in said and "25.0%" in said
    assert (arguments.output / "checkpoints.png").read_bytes().startswith(b"\x89PNG")
    compare_checkpoints(arguments)
    assert len(servers.started) == 3 and capsys.readouterr().out == said, "what was solved is not asked again"


def test_new_weights_under_an_old_name_are_asked(servers: Servers, arguments: argparse.Namespace) -> None:
    arguments.steps = [2]
    compare_checkpoints(arguments)
    save(arguments.adapter / "checkpoint-2", b"trained again", 2)
    compare_checkpoints(arguments)
    assert len(servers.started) == 2


def test_lost_requests_stop_it_and_the_same_command_goes_on(
    servers: Servers, arguments: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments.steps = [3]
    servers.ailing["What is 2 + 1?"] = 401
    with pytest.raises(RecordError, match="1 requests did not get through; run the same command again"):
        compare_checkpoints(arguments)
    servers.ailing.clear()
    compare_checkpoints(arguments)
    assert len(servers.started) == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"steps": [3, 4]}, "no checkpoint of step 4; there are 1, 2, 3"),
        ({"adapter": Path("nowhere")}, "nowhere: holds no adapter"),
        ({"input": Path("nowhere.jsonl")}, "nowhere.jsonl: no such file"),
        ({"serve": Path("nowhere.yaml")}, "nowhere.yaml: no such YAML"),
        ({"samples": 2}, "add --temperature"),
        ({"workers": 0}, "--workers is 0"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    servers: Servers, arguments: argparse.Namespace, change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RecordError, match=complaint):
        compare_checkpoints(argparse.Namespace(**{**vars(arguments), **change}))
    assert not servers.started


@pytest.mark.parametrize("config", ["{", "{}", "[]"])
def test_an_adapter_that_names_no_base_needs_one(servers: Servers, arguments: argparse.Namespace, config: str) -> None:
    arguments.steps = [2]
    (arguments.adapter / "checkpoint-2" / "adapter_config.json").write_text(config, encoding="utf-8")
    with pytest.raises(RecordError, match="name it with --base"):
        compare_checkpoints(arguments)
    arguments.base = "other/base"
    compare_checkpoints(arguments)
    assert servers.started[0][0] == "model_name_or_path=other/base"


def test_where_there_are_no_problems_nothing_is_served(servers: Servers, arguments: argparse.Namespace) -> None:
    arguments.limit = 0
    with pytest.raises(
        RecordError, match="there are no problems to solve; check the input, --per-subject and --limit"
    ):
        compare_checkpoints(arguments)
    assert not servers.started


@pytest.mark.parametrize(
    ("problem", "complaint"),
    [
        (Problem("sum:0", "sum", "What is 9 + 1?", "10"), "2 problems have the id 'sum:0'"),
        (Problem("open", "sum", "What is 9 + 1?", None), "'open' has no gold answer"),
        (Problem("next", "sum", "And one more?", "11", follows="gone"), "'next' follows 'gone', which is not among"),
    ],
)
def test_problems_that_cannot_be_judged_are_refused_before_anything_is_served(
    problem: Problem, complaint: str, servers: Servers, arguments: argparse.Namespace
) -> None:
    write_jsonl(arguments.input, [*read_records(arguments.input, Problem), problem])
    with pytest.raises(RecordError, match=complaint):
        compare_checkpoints(arguments)
    assert not servers.started


def test_a_second_comparison_is_refused_at_once(servers: Servers, arguments: argparse.Namespace) -> None:
    """It does not wait for what the first one runs, as for what a killed one left."""
    compare_checkpoints(arguments)
    (attempts,) = arguments.output.glob("step_1_*.jsonl")
    attempts.unlink()
    with held(attempts), pytest.raises(RecordError, match="another run is writing this output"):
        compare_checkpoints(arguments)
    assert len(servers.started) == 3


@pytest.mark.slow
def test_checkpoints_of_a_real_run_are_served_and_asked(tmp_path: Path) -> None:
    """Two checkpoints of a few steps, through llamafactory-cli and the script."""
    solved = (
        solve(draft, lambda code, answer=draft.problem.answer: Execution("ok", answer), lambda *_: Verdict("correct"))
        for draft in generate(40, 3, names=["integer_sum"])
    )
    write_jsonl(tmp_path / "tir_families.jsonl", build(solved)[0])
    register(tmp_path / "dataset_info.json", "tir_families", "tir_families.jsonl")
    overrides = {
        "dataset_dir": tmp_path, "output_dir": tmp_path / "lora", "max_steps": 4, "save_strategy": "steps",
        "save_steps": 2, "logging_steps": 1, "val_size": 0.2, "eval_strategy": "steps", "eval_steps": 2,
    }  # fmt: skip
    words = [f"{key}={value}" for key, value in overrides.items()]
    run(cli(), "train", "examples/train_lora/qwen2_tiny_lora_sft.yaml", *words)
    assert (tmp_path / "lora" / "training_loss.png").exists(), "plot_loss draws the curve of every run"
    command = [
        sys.executable, "scripts/compare_checkpoints.py", "--adapter", str(tmp_path / "lora"),
        "--input", "data/problems_heldout.jsonl", "--limit", "3", "--max-tokens", "128",
        "--serve", "examples/inference/qwen2_tiny.yaml", "--output", str(tmp_path / "out"),
    ]  # fmt: skip
    said = run(*command)
    assert [line.split()[0] for line in said.splitlines()[1:3]] == ["2", "4"]
    assert " - " not in said.splitlines()[1], "both losses were logged"
    assert f"adapter_name_or_path: {tmp_path / 'lora' / 'checkpoint-2'}" in said
    assert run(*command) == said


def run(*command: str) -> str:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return result.stdout
