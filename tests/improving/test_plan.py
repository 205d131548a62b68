"""The commands of a run are ones that the scripts take, and name what hangs on what."""

from __future__ import annotations

import argparse
import runpy
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from math_solver.commands.command import file_path
from math_solver.improving.course import dry_steps
from math_solver.improving.plan import BESIDE, OUTPUTS, Plan, Server, Step
from math_solver.improving.settings import read_settings

from .world import plan_of

ROOT = Path(__file__).parents[2]
FULL: dict[str, Any] = {
    "rounds": ["sft", "dpo", "sft"], "decontaminate": True, "seed": 7,
    "prepare": ["scripts/generate_problems.py --output {tmp}/pool.jsonl --exclude {tmp}/held.jsonl"],
    "sampling": {"problems": 3, "top_p": 0.9}, "dataset": {"form": "fenced", "conversations": 0.5, "questions": 2},
    "evaluation": {"limit": 5, "per_subject": 2, "samples": 2, "temperature": 0.5},
}  # fmt: skip


def full(tmp_path: Path, **changes: Any) -> Plan:
    prepare = [command.format(tmp=tmp_path) for command in FULL["prepare"]]
    return plan_of(tmp_path, **{**FULL, "prepare": prepare, **changes})


def commands(plan: Plan, name: str) -> str:
    (found,) = [step.command for step in dry_steps(plan) if step.name == name]
    return found


@pytest.mark.parametrize("example", ["tiny", "qwen2.5_math_7b", None])
def test_every_command_is_one_that_its_script_takes(
    example: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ROOT / f"examples/improve/{example}.yaml"
    plan = full(tmp_path) if example is None else Plan(read_settings(path))
    scripts = set()
    for step in dry_steps(plan):
        program, *arguments = shlex.split(step.command)
        if program == "llamafactory-cli":
            assert arguments[0] in ("train", "export") and all("=" in word for word in arguments[2:])
            continue
        scripts.add(program)
        monkeypatch.setattr("sys.argv", [program, *arguments])
        runpy.run_path(str(ROOT / program))["parse_args"]()
    assert len(scripts) >= 5


def test_what_a_step_reads_was_there_or_was_made_before(tmp_path: Path) -> None:
    plan = full(tmp_path)
    made: set[Path] = set()
    outside = {
        "base",
        "sft.yaml",
        "dpo.yaml",
        "merge.yaml",
        "serve.yaml",
        "held.jsonl",
        "pool.jsonl",
        "original.jsonl",
    }
    names = [step.name for step in dry_steps(plan)]
    assert len(set(names)) == len(names)
    for step in dry_steps(plan):
        assert {path.name for path in step.reads if path not in made} <= outside, step.name
        assert step.makes
        made.update(step.makes)


def test_what_is_prepared_may_be_the_held_out_problems_too(tmp_path: Path) -> None:
    held, pool, original = (str(tmp_path / f"{name}.jsonl") for name in ("held", "pool", "original"))
    prepare = [
        f"scripts/generate_problems.py --output {held}",
        f"scripts/generate_problems.py --trajectories {original} --output {pool} --exclude {held} other.jsonl",
    ]
    first, second, *_ = plan_of(tmp_path, prepare=prepare).prepare()
    assert (first.reads, first.makes) == ((), (Path(held),))
    assert (second.reads, second.makes) == ((Path(held),), (Path(original), Path(pool)))


def test_what_is_prepared_hangs_on_all_that_was_prepared_before(tmp_path: Path) -> None:
    """Also on what no setting names, such as the problems that were taught."""
    taught, pool, ledger, given = (tmp_path / name for name in ("taught.jsonl", "pool.jsonl", "ledger", "given.jsonl"))
    prepare = [
        f"scripts/generate_problems.py --output={taught} --per-family 4",
        f"scripts/generate_problems.py --output {pool} --exclude {given} {taught} other.jsonl",
        f"scripts/synthesize.py --input={pool} --output {tmp_path}/t.jsonl --ledger {ledger} --known={taught}",
    ]
    plan = plan_of(tmp_path, prepare=prepare)
    ledger.touch()
    given.touch()
    first, second, third, *_ = plan.prepare()
    assert (first.reads, first.makes) == ((), (taught,))
    assert (second.reads, second.makes) == ((given, taught), (pool,))
    assert (third.reads, third.makes) == ((pool, taught), (tmp_path / "t.jsonl",)), "a ledger is its own"


def test_what_was_prepared_may_be_named_with_a_weight_or_by_its_folder(tmp_path: Path) -> None:
    raw, other, pool = tmp_path / "raw", tmp_path / "other.jsonl", tmp_path / "pool.jsonl"
    prepare = [
        f"scripts/fetch_problems.py --output {raw}/b.jsonl --refused {tmp_path}/refused.jsonl",
        f"scripts/generate_problems.py --output {raw}/a.jsonl",
        f"scripts/curate.py --input {raw}/a.jsonl=2 {other}=1 --output {pool}",
        f"scripts/validate.py --input {raw} --output {raw}/c.jsonl",
    ]
    plan = plan_of(tmp_path, prepare=prepare)
    other.touch()
    (tmp_path / "refused.jsonl").touch()
    first, _, third, fourth, *_ = plan.prepare()
    assert first.reads == (), "what it wrote before is its own"
    assert third.reads == (raw / "a.jsonl", other)
    assert fourth.reads == (raw / "a.jsonl", raw / "b.jsonl")


# What scripts read, by options that are paths; beside them they have those that plan.py knows as written.
READ = {
    "--about", "--adapter", "--benchmark-file", "--check", "--commands", "--decisions", "--endpoints", "--examples",
    "--exclude", "--input", "--known", "--recipe", "--serve", "--trained-by", "--validation",
}  # fmt: skip


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").glob("*.py")))
def test_every_option_with_a_path_is_read_or_known_to_be_written(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a preparation wrote, taken for one that it reads, does it again in the next run."""

    def options(parser: argparse.ArgumentParser) -> argparse.Namespace:
        paths = {
            name for action in parser._actions if action.type in (Path, file_path) for name in action.option_strings
        }
        assert paths <= READ | {*OUTPUTS, *BESIDE}
        raise SystemExit

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", options)
    begin = runpy.run_path(str(ROOT / "scripts" / script))
    with pytest.raises(SystemExit):
        begin.get("parse_args", begin["main"])()


def test_nothing_is_sampled_from_held_out_problems_or_taught(tmp_path: Path) -> None:
    held = str(tmp_path / "held.jsonl")
    for step in dry_steps(full(tmp_path)):
        words = shlex.split(step.command)
        if held in words:
            assert words[words.index(held) - 1] in ("--benchmarks", "--exclude") or step.name.endswith("/evaluate")


@pytest.mark.parametrize(("train_from", "third"), [("base", "base"), ("last", "{out}/round_2/model")])
def test_what_a_round_is_trained_from(train_from: str, third: str, tmp_path: Path) -> None:
    plan = full(tmp_path, train_from=train_from)
    out = tmp_path / "out"

    def base(number: int) -> str:
        words = shlex.split(commands(plan, f"round_{number}/train"))
        merged = shlex.split(commands(plan, f"round_{number}/export"))
        (found,) = {word for word in (*words, *merged) if word.startswith("model_name_or_path=")}
        return found.partition("=")[2]

    assert base(0) == "base", "without a start the first model is trained on the original solutions"
    assert base(2) == str(out / "round_1/model"), "pairs are of the model's own answers"
    assert base(3) == third.format(out=out)


def test_a_round_learns_of_all_rounds_and_of_the_original(tmp_path: Path) -> None:
    plan, out = full(tmp_path), tmp_path / "out"
    chosen = shlex.split(commands(plan, "round_3/choose"))
    assert [str(out / f"round_{n}/solutions.jsonl") for n in (1, 2, 3)] == chosen[2:5]
    assert "--repaired" in chosen and chosen[chosen.index("--benchmarks") + 1] == str(tmp_path / "held.jsonl")
    rows = shlex.split(commands(plan, "round_3/rows"))
    assert [str(tmp_path / "original.jsonl"), str(out / "round_3/validated.jsonl")] == rows[4:6]
    pairs = shlex.split(commands(plan, "round_2/rows"))
    assert pairs[1:5] == ["--stage", "dpo", "--input", str(out / "round_2/solutions.jsonl")] and "--name" == pairs[5]


def test_each_round_draws_problems_of_its_own(tmp_path: Path) -> None:
    plan = full(tmp_path)
    drawn = [shlex.split(commands(plan, f"round_{n}/sample")) for n in (1, 2)]
    assert [words[words.index("--seed") + 1] for words in drawn] == ["8", "9"]
    assert "--seed" not in commands(plan_of(tmp_path), "round_1/sample")


def test_an_engine_is_started_with_the_model_and_the_server_asks_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, engine="vllm serve {model} --port 8001", start="my models/first", original=[])
    (step,) = [one for one in dry_steps(plan) if one.name == "round_0/evaluate"]
    assert step.server == Server(
        (str(tmp_path / "serve.yaml"),), ("vllm", "serve", "my models/first", "--port", "8001")
    )
    assert not [one for one in dry_steps(plan) if one.name == "round_0/train"]


def test_names_with_spaces_stay_whole(tmp_path: Path) -> None:
    (folder := tmp_path / "a b").mkdir()
    plan = plan_of(folder, sampling={"workers": 2})
    command = shlex.split(commands(plan, "round_1/sample"))
    assert command[command.index("--input") + 1] == str(folder / "out/problems.jsonl")


@pytest.mark.parametrize("path", sorted((ROOT / "examples/improve").glob("*.yaml")), ids=lambda path: path.stem)
def test_an_example_serves_and_merges_the_form_that_it_trains(path: Path) -> None:
    settings = read_settings(path)
    served = yaml.safe_load((ROOT / settings.serve.split()[0]).read_text(encoding="utf-8"))
    assert served["code_interpreter"].get("form", "native") == settings.dataset.form
    recipes = [one for one in (settings.train.sft, settings.train.dpo, settings.export) if one]
    said = [yaml.safe_load((ROOT / one.split()[0]).read_text(encoding="utf-8")) for one in recipes]
    assert {one["template"] for one in [*said, served]} == {served["template"]}
    assert len({one.get("default_system") for one in [*said, served]}) == 1


def test_a_step_without_a_server_has_no_journal(tmp_path: Path) -> None:
    steps: list[Step] = list(dry_steps(full(tmp_path)))
    assert all((step.server is None) == (step.journal is None) for step in steps)
    assert all(step.journal in step.spoils for step in steps if step.journal)
