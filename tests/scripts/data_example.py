"""Run ``examples/data/gsm8k.sh`` as a reader does, with one step of training."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["run_example", "untrained"]

ROOT = Path(__file__).parents[2]


def run_example(options: Mapping[str, str], *overrides: str, commands: Path | None = None) -> str:
    """What it prints; ``options`` are its variables, ``overrides`` keys of the recipe.

    Programs in the folder ``commands`` stand in for those that it runs.
    """
    folders = [commands] if commands else []
    path = os.pathsep.join([*map(str, folders), str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["sh", "examples/data/gsm8k.sh", "max_steps=1", "plot_loss=false", *overrides]
    environment = {**os.environ, "PATH": path, **options}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def untrained(folder: Path) -> Path:
    """A folder whose ``llamafactory-cli`` does nothing: what stands before the training is enough to run twice."""
    folder.mkdir()
    (folder / "llamafactory-cli").symlink_to("/bin/true")
    return folder
