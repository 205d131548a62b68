"""The whole way on the embedded model: problems, a verified dataset, LoRA, export, a server that runs Python.

    python scripts/demo.py

Each step is a command of its own, printed before it runs; copy one to run it alone. Logs go to output/demo.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from math_solver.commands.command import count, number, run_command

OUTPUT = "output/demo"
HELD_OUT = "data/problems_heldout.jsonl"
FOLLOWING = "data/followups_heldout.jsonl"
PHRASINGS = "data/phrasings_heldout.jsonl"
REPORT = f"{OUTPUT}/report.html"
ARTICLE = "data/article_problems.jsonl"
GENERATE = "generate problems and run their solutions"
RECIPE = "examples/train_lora/qwen2_tiny_lora_sft.yaml"
EXPORT = "examples/merge_lora/qwen2_tiny_lora.yaml"
SERVE = "examples/inference/qwen2_tiny.yaml"
SHOWN = tuple(f"article:{place}" for place in range(1, 13))

PREPARE = {
    "check the environment": "scripts/doctor.py",
    "import transcripts, running their programs again": (
        f"scripts/import_trajectories.py --input data/seed_transcripts.json --output {OUTPUT}/transcripts.jsonl"
    ),
    GENERATE: (
        f"scripts/generate_problems.py --output {OUTPUT}/problems.jsonl --trajectories {OUTPUT}/families.jsonl "
        f"--per-family 100 --noise 0.4 --slips 0.05 --exclude {HELD_OUT} {PHRASINGS} --family embedded"
    ),
    "write questions that no program answers": (
        f"scripts/generate_problems.py --output {OUTPUT}/unanswered.jsonl --trajectories {OUTPUT}/refusals.jsonl "
        f"--per-family 400 --noise 0.4 --family refusal"
    ),
    "build and register the dataset": (
        f"scripts/build_dataset.py --input {OUTPUT}/transcripts.jsonl {OUTPUT}/families.jsonl "
        f"{OUTPUT}/refusals.jsonl --name tir_families --recipe {RECIPE} --conversations 0.6 --questions 5"
    ),
    "train LoRA": f"llamafactory-cli train {RECIPE}",
    "export": f"llamafactory-cli export {EXPORT}",
    "compare the merged model with the adapter": f"scripts/verify_export.py --recipe {EXPORT} --input {HELD_OUT}",
}
MODELS = {"base": "examples/tiny_base", "tuned": "output/qwen2_tiny/merged"}
VOTES = 8
ALONE = {"off": "--no-tool --output ", "on": "--output "}
OTHERWISE = {
    "in_conversations": "--conversation 5 --output ",
    "in_unseen_phrasings": f"--input {PHRASINGS} --per-subject 1 --output ",
    "by_votes": f"--input {PHRASINGS} --per-subject 1 --votes {VOTES} --temperature 0.7 --output ",
    "on_the_article": f"--input {ARTICLE} --output ",
}
COMPARED = ("off", "on", "in_conversations", "in_unseen_phrasings", "on_follow_ups")
ASKED = {"base": ALONE, "tuned": ALONE | OTHERWISE}
SUMMARY = {
    "on": "alone, phrased as in training",
    "off": "the same without the tool",
    "in_conversations": "the same in conversations of five",
    "on_follow_ups": "and on follow-ups",
    "in_unseen_phrasings": "alone, in unseen phrasings",
    "by_votes": f"the same by {VOTES} votes",
    "on_the_article": "the twelve of the article",
}


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-family", type=count, default=2, help="held-out problems to solve of each family")
    parser.add_argument(
        "--follow-ups", type=number, default=0.0, metavar="SHARE", help="also train on questions that refer back"
    )
    args = parser.parse_args()
    if not 0 <= args.follow_ups <= 1:
        parser.error("--follow-ups must be from 0 to 1")
    return args


def main() -> None:
    args = parse_args()
    from math_solver.commands.guard import guarded, wait_for_ended
    from math_solver.log import held

    lock = Path(OUTPUT) / ".started.lock"
    with held(Path(OUTPUT)):
        wait_for_ended(lock)
        run_steps(args, guarded(lock))


def run_steps(args: argparse.Namespace, launcher: Sequence[str]) -> None:
    from math_solver.commands.demo import StepRunner, print_accuracy, print_lost, print_solutions, print_summary

    start = time.monotonic()
    prepare, asked = dict(PREPARE), dict(ASKED)
    if args.follow_ups:
        prepare[GENERATE] += f" {FOLLOWING} --follow-ups {args.follow_ups}"
        asked["tuned"] = ASKED["tuned"] | {"on_follow_ups": f"--input {FOLLOWING} --output "}
    runner = StepRunner(len(prepare) + len(MODELS) + 1, Path(OUTPUT), launcher)
    for title, command in prepare.items():
        runner.run(title, command)
    ask = f"scripts/evaluate.py --input {HELD_OUT} --per-subject {args.per_family} --max-tokens 256 --fresh"
    for model, path in MODELS.items():
        runner.serve_and_run(
            f"serve the {model} model and let it solve held-out problems, {', '.join(asked[model])}",
            (SERVE, f"model_name_or_path={path}", "code_interpreter.batch_size=8"),
            [f"{ask} {options}{OUTPUT}/{model}_{name}.jsonl" for name, options in asked[model].items()],
        )
    files = {(model, name): Path(f"{OUTPUT}/{model}_{name}.jsonl") for model in MODELS for name in asked[model]}
    tuned = {name: file for (model, name), file in files.items() if model == "tuned"}
    runner.run("write the report", f"scripts/report.py --input {' '.join(map(str, tuned.values()))} --output {REPORT}")
    print_summary({said: tuned[name] for name, said in SUMMARY.items() if name in tuned})
    print_accuracy({f"{model}, {name}": file for (model, name), file in files.items() if name in COMPARED})
    print_solutions(tuned["on_the_article"], SHOWN)
    print_lost(files.values())
    print(f"\nall steps: {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    run_command(main)
