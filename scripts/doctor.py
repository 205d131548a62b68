"""Say what is wrong with this environment and how to mend it; exit code 1 when something is.

python scripts/doctor.py
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the findings as a JSON list")
    return parser.parse_args()


def main() -> int:
    args = parse_args()
    try:
        from math_solver.commands.doctor import diagnose, render, this_environment
    except ModuleNotFoundError as error:  # the one script that must work where the project is not installed
        print(f"problem  {error.name} is not installed\n         -> pip install -e .")
        return 1

    findings = diagnose(this_environment(Path.cwd()))
    if args.json:
        print(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
    else:
        print(render(findings))
    return 1 if any(finding.state == "problem" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
