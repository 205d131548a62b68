"""Check training recipes before they run: keys, data, loss mask, memory and what would go wrong in silence.

python scripts/check_recipe.py examples/train_lora/qwen2_tiny_lora_sft.yaml --gpus 8x80

No weights are read or fetched. key=value behind a recipe overrides it, as for llamafactory-cli train. Exit code 0
where nothing or only warnings were found, 2 for errors; with --strict for warnings too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("recipes", nargs="+", metavar="YAML|key=value", help="recipes, and overrides for all of them")
    add("--gpus", metavar="8x80", help="GPUs and GiB of each, or machines x GPUs x GiB; else those found here")
    add("--host-gb", type=number, help="memory of one machine in GiB, where --gpus names another")
    add("--rows", type=int, default=1000, help="rows of each dataset that are turned into tokens (0: all)")
    add("--tokens-per-second", type=number, help="your own speed on each GPU, for the hours")
    add("--show-mask", action="store_true", help="print three rows of each dataset, with what carries loss in green")
    add("--html", type=Path, metavar="FILE", help="write findings and those rows as a page")
    add("--strict", action="store_true", help="warnings are errors")
    add("--json", action="store_true", help="print everything as JSON")
    return parser.parse_intermixed_args()  # overrides may stand behind options


def main() -> int:
    args = parse_args()
    from math_solver.commands.check import check

    return check(args)


if __name__ == "__main__":
    run_command(main)
