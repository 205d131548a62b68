"""What ``scripts/check_recipe.py`` does with its command line."""

from __future__ import annotations

import argparse
import json
import math
import os
from os.path import isfile
from pathlib import Path

from ..disk import write_text
from ..records import RecordError
from .command import check_paths

__all__ = ["check"]


def check(args: argparse.Namespace) -> int:
    """Check each recipe and print what was found; 2 where one has errors.

    Raises:
        RecordError: the command line names no recipe, or nonsense.
    """
    paths = [Path(text) for text in args.recipes if "=" not in text or isfile(text)]
    overrides = [text for text in args.recipes if "=" in text and Path(text) not in paths]
    if not paths:
        raise RecordError(f"{' '.join(args.recipes)}: names no recipe; give a training YAML")
    sizes = [size for size in (args.tokens_per_second, args.host_gb) if size is not None]
    if args.rows < 0 or not all(0 < size < math.inf for size in sizes):
        raise RecordError("--rows, --tokens-per-second and --host-gb are counts and sizes; give numbers above 0")
    check_paths(paths, [args.html] if args.html else [])
    os.environ.setdefault("LLAMAFACTORY_VERBOSITY", "WARNING")
    from rich.console import Console

    from ..recipes.checking import Options, check_recipe
    from ..recipes.machine import this_machine
    from ..recipes.showing import as_html, as_json, show

    machine = this_machine(args.gpus, args.host_gb)
    options = Options(args.rows, args.tokens_per_second, overrides)
    checked = [check_recipe(path, machine, options) for path in paths]
    if args.html:
        write_text(args.html, as_html(checked))
    if args.json:
        print(json.dumps([as_json(each) for each in checked], ensure_ascii=False, indent=2))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for each in checked:
            show(each, console, args.show_mask)
    return 2 if any(each.fails(args.strict) for each in checked) else 0
