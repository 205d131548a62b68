"""The whole way on the embedded model: problems, a verified dataset, LoRA, export, a server that runs Python.

    python scripts/demo.py

Each step is a command of its own, printed before it runs; copy one to run it alone. Logs go to output/demo.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from math_solver.commands.command import number, run_command

OUTPUT = "output/demo"
HELD_OUT = "data/problems_heldout.jsonl"
FOLLOWING = "data/followups_heldout.jsonl"
GENERATE = "generate problems and run their solutions"
RECIPE = "examples/train_lora/qwen2_tiny_lora_sft.yaml"
EXPORT = "examples/merge_lora/qwen2_tiny_lora.yaml"
SERVE = "examples/inference/qwen2_tiny.yaml"
SHOWN = ("integer_product:123456789,987654321", "matching_coefficients:3,4,72", "parabola_vertex:")

PREPARE = {
    "check the environment": "scripts/doctor.py",
    "import transcripts, running their programs again": (
        f"scripts/import_trajectories.py --input data/seed_transcripts.json --output {OUTPUT}/transcripts.jsonl"
    ),
    GENERATE: (
        f"scripts/generate_problems.py --output {OUTPUT}/problems.jsonl --trajectories {OUTPUT}/families.jsonl "
        f"--per-family 160 --exclude {HELD_OUT} --family embedded"
    ),
    "build and register the dataset": (
        f"scripts/build_dataset.py --input {OUTPUT}/transcripts.jsonl {OUTPUT}/families.jsonl "
        f"--name tir_families --recipe {RECIPE} --conversations 0.5 --questions 5"
    ),
    "train LoRA": f"llamafactory-cli train {RECIPE}",
    "export": f"llamafactory-cli export {EXPORT}",
    "compare the merged model with the adapter": f"scripts/verify_export.py --recipe {EXPORT} --input {HELD_OUT}",
}
MODELS = {"base": "examples/tiny_base", "tuned": "output/qwen2_tiny/merged"}
ALONE = {"off": "--no-tool --output ", "on": "--output "}
ASKED = {"base": ALONE, "tuned": ALONE | {"in_conversations": "--conversation 5 --output "}}


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-family", type=int, default=5, help="held-out problems to solve of each family")
    parser.add_argument(
        "--follow-ups", type=number, default=0.0, metavar="SHARE", help="also train on questions that refer back"
    )
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.demo import StepRunner, print_accuracy, print_solutions

    start = time.monotonic()
    prepare, asked = dict(PREPARE), dict(ASKED)
    if args.follow_ups:
        prepare[GENERATE] += f" {FOLLOWING} --follow-ups {args.follow_ups}"
        asked["tuned"] = ASKED["tuned"] | {"on_follow_ups": f"--input {FOLLOWING} --output "}
    runner = StepRunner(len(prepare) + len(MODELS), Path(OUTPUT))
    for title, command in prepare.items():
        runner.run(title, command)
    ask = f"scripts/evaluate.py --input {HELD_OUT} --per-subject {args.per_family} --max-tokens 256 --fresh"
    for model, path in MODELS.items():
        runner.serve_and_run(
            f"serve the {model} model and let it solve held-out problems, {', '.join(asked[model])}",
            (SERVE, f"model_name_or_path={path}"),
            [f"{ask} {options}{OUTPUT}/{model}_{name}.jsonl" for name, options in asked[model].items()],
        )
    print_accuracy(
        {f"{model}, {name}": Path(f"{OUTPUT}/{model}_{name}.jsonl") for model in MODELS for name in asked[model]}
    )
    print_solutions(Path(f"{OUTPUT}/tuned_on.jsonl"), SHOWN)
    print(f"\nall steps: {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    run_command(main)
