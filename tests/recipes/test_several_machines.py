"""The Slurm script and torchrun's variables, with processes of this machine in the place of several."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from math_solver.commands.api_process import free_port

from .toy import EXAMPLES, ROOT, Recipe, Toy, environment, losses, run

SLURM = "examples/multi_node/slurm.sh"
RECIPE = "qwen1_5_32b_lora_sft"
SHOWN = ("NODE_RANK", "NNODES", "NPROC_PER_NODE", "MASTER_ADDR", "MASTER_PORT", "FORCE_TORCHRUN")
# What Slurm sets in a job's script; SLURM_NODEID comes from srun.
JOB = {"SLURM_JOB_ID": "71234", "SLURM_NNODES": "2", "SLURM_JOB_NODELIST": "gpu[07-08]", "SLURM_GPUS_ON_NODE": "4"}
SCONTROL = 'test "$*" = "show hostnames gpu[07-08]" && printf "%s\\n" ${HOSTS:-gpu07 gpu08}\n'
# Both tasks at once, as srun starts them; the first that fails fails the step.
SRUN = """test "$1" = --kill-on-bad-exit=1 && shift
SLURM_NODEID=0 "$@" & first=$!
SLURM_NODEID=1 "$@"; second=$?
wait $first && exit $second
"""
TELL = (
    "".join(f'echo "$NODE_RANK: {name}=${{{name}-}}"\n' for name in SHOWN) + 'for word; do echo "word $word"; done\n'
)


def programs(folder: Path, **texts: str) -> str:
    """A PATH on which shell scripts stand in the place of programs."""
    folder.mkdir()
    for name, text in texts.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
        program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def submit(*words: str, path: str, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {**environment(), **JOB, "PATH": path, **more}
    return subprocess.run(
        ["bash", SLURM, *words], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=590, check=False
    )


def test_each_node_of_a_job_gets_its_rank_and_all_the_same_meeting_point(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", scontrol=SCONTROL, srun=SRUN, llamafactory_cli=TELL)
    done = submit("examples/train_lora/a recipe.yaml", "max_steps=5", path=path)
    assert done.returncode == 0, done.stderr
    said = {line for line in done.stdout.splitlines() if "word" not in line}
    meeting = {"NNODES": "2", "NPROC_PER_NODE": "4", "MASTER_ADDR": "gpu07", "MASTER_PORT": "21234"}
    for rank in "01":
        expected = {"NODE_RANK": rank, **meeting, "FORCE_TORCHRUN": "1"}
        assert {f"{rank}: {name}={value}" for name, value in expected.items()} <= said
    words = [line.removeprefix("word ") for line in done.stdout.splitlines() if "word" in line]
    assert sorted(set(words)) == [
        "data_shared_file_system=true",
        "examples/train_lora/a recipe.yaml",
        "max_steps=5",
        "train",
    ]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"llamafactory_cli": "exit 3"}, "a node's training fails"),
        ({"scontrol": "exit 1"}, "Slurm names no hosts"),
    ],
)
def test_a_job_fails_where_a_part_of_it_does(broken: dict[str, str], why: str, tmp_path: Path) -> None:
    parts = {"scontrol": SCONTROL, "srun": SRUN, "llamafactory_cli": TELL, **broken}
    done = submit("recipe.yaml", path=programs(tmp_path / "bin", **parts))
    assert done.returncode != 0, why


@pytest.mark.slow
def test_a_job_trains_on_two_nodes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two launchers with one process each, as two nodes with one GPU each."""
    toy, recipe = Toy(tmp_path), Recipe(EXAMPLES / "train_lora" / f"{RECIPE}.yaml")
    _, _, name, *pairs = toy.words(recipe, toy.build(recipe, monkeypatch), tmp_path / "output")
    tools = programs(tmp_path / "bin", scontrol=SCONTROL, srun=SRUN)
    path = f"{Path(sys.executable).parent}{os.pathsep}{tools}"
    job = {"HOSTS": "127.0.0.1 127.0.0.2", "SLURM_JOB_ID": str(free_port()), "SLURM_GPUS_ON_NODE": "1"}
    done = submit(name, *pairs, path=path, **job)
    assert done.returncode == 0 or "train_loss" in done.stdout, done.stdout[-3000:] + done.stderr[-5000:]
    assert list(losses(tmp_path / "output")) == [1, 2, 3]
    assert "num nodes: 2" in done.stdout + done.stderr


@pytest.mark.slow
def test_the_commands_of_the_readme_train_on_two_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both lines as they stand there, with addresses of this machine and a small model."""
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^FORCE_TORCHRUN=1 NNODES=2 NODE_RANK=.*$", text, re.MULTILINE)
    assert len(lines) == 2
    toy, recipe = Toy(tmp_path), Recipe(EXAMPLES / "train_lora" / f"{RECIPE}.yaml")
    _, _, _, *pairs = toy.words(recipe, toy.build(recipe, monkeypatch), tmp_path / "output")
    port = str(free_port())

    def start(line: str) -> None:
        words = line.split()
        given = dict(word.split("=") for word in words if re.fullmatch(r"[A-Z_]+=\S+", word))
        rest = words[len(given) :]
        assert rest[:2] == ["llamafactory-cli", "train"] and rest[3:] == ["data_shared_file_system=true"]
        there = {**given, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "NPROC_PER_NODE": "1"}
        run(["llamafactory-cli", "train", recipe.name, *rest[3:], *pairs], processes=1, **there)

    with ThreadPoolExecutor() as pool:
        list(pool.map(start, lines))
    assert list(losses(tmp_path / "output")) == [1, 2, 3]
