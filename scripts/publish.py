"""Make a folder with a dataset and its card, as the Hugging Face hub takes it, and push it there where asked.

    python scripts/publish.py --input output/curated.jsonl --output output/my_dataset
    python scripts/publish.py --input output/curated.jsonl --output output/my_dataset --push NAME/DATASET --private

The card tells what is in the rows, their sources and licences, and what curation left out (its report is found beside
the input). Rows whose licence does not allow to pass them on are not pushed. The token is read from HF_TOKEN.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--input", type=Path, nargs="+", required=True, help="trajectories or problems (JSONL)")
    add("--validation", type=Path, help="rows of a split of their own")
    add("--output", type=Path, required=True, help="folder of the dataset; it holds nothing else")
    add("--name", help="title of the card; default: the folder's")
    add("--about", type=Path, metavar="FILE", help="Markdown that the card begins with")
    add("--commands", type=Path, metavar="FILE", help="the commands that made it; default: what the reports tell")
    add("--report", type=Path, nargs="+", default=[], help="reports of steps (JSON), beside those that are found")
    add("--licence", help="SPDX identifier for rows that state none, because they are yours")
    add("--redistribute", metavar="LICENCES", help="push rows of these licences too: you may pass them on")
    add("--push", metavar="NAME/DATASET", help="repository of the hub, made if need be")
    add("--private", action="store_true", help="with --push: nobody else sees it")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.publish import publish

    publish(args)


if __name__ == "__main__":
    run_command(main)
