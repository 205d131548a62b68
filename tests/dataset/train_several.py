"""Runs LLaMA-Factory's training for each of the settings in a file, in one process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from llamafactory.train.tuner import run_exp

if __name__ == "__main__":
    for settings in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        run_exp(settings)
