"""Runs from start to end in a world of fakes: which model is kept, when it ends, and what a kill costs."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, figures, read_run
from math_solver.improving.course import Course, check_apart, improve
from math_solver.improving.plan import Plan
from math_solver.improving.stamps import Stamps
from math_solver.records import RecordError, write_jsonl

from .world import HELD_OUT, Killed, World, plan_of


def follow(plan: Plan, world: World) -> Course:
    stamps = Stamps(plan.folder / "steps")
    return improve(plan, lambda step: stamps.once(step, world) and None)


def made(folder: Path) -> dict[str, bytes]:
    """Everything that a run left, but for how far it knew to be, wherever that is."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name != "steps")
    here = str(folder.parent).encode()
    return {str(path.relative_to(folder)): path.read_bytes().replace(here, b"") for path in files}


@pytest.mark.parametrize(
    ("right", "changes", "kept", "ended"),
    [
        ({0: 10, 1: 20, 2: 30}, {}, 2, "all rounds are done"),
        ({0: 10, 1: 20, 2: 21}, {}, 1, "1 round in a row gained nothing beyond doubt"),
        ({0: 10, 1: 20, 2: 21}, {"keep": "more"}, 2, "1 round in a row gained nothing"),
        ({0: 10, 1: 5, 2: 30}, {}, 0, "1 round in a row"),  # a worse one ends it
        ({0: 10, 1: 5, 2: 30}, {"patience": 2}, 2, "all rounds are done"),
        ({0: 10, 1: 10, 2: 9}, {"patience": 2, "keep": "more"}, 0, "2 rounds in a row gained nothing"),
        ({0: 40, 1: 40, 2: 40}, {}, 0, "1 round in a row"),  # nothing to gain
        ({0: 10, 1: 20, 2: 5, 3: 35}, {"rounds": ["sft", "dpo", "sft"], "patience": 2}, 3, "all rounds are done"),
    ],
)
def test_which_model_is_kept(
    right: dict[int, int], changes: dict[str, Any], kept: int, ended: str, tmp_path: Path
) -> None:
    plan, world = plan_of(tmp_path, **changes), World(right)
    course = follow(plan, world)
    assert course.kept == plan.round(kept) and course.ended.startswith(ended)
    accuracies = [right[one.before.number] for one in course.rounds if one.kept]
    assert accuracies == sorted(accuracies), "what is kept is never worse than before"
    for one in course.rounds:
        assert one.kept is (one.gain.keeps(plan.settings.keep))
        assert one.gain.learned - one.gain.lost == right[one.round.number] - right[one.before.number]


def test_figures_are_of_the_seed_of_the_settings(tmp_path: Path) -> None:
    """As the report's, which says the same of each round."""
    plan = plan_of(tmp_path, seed=7)
    course = follow(plan, World({0: 10, 1: 20, 2: 30}))
    shown = [course.start, *(one.figures for one in course.rounds)]
    runs = [read_run(plan.round(number).held_out, f"{number}") for number in range(3)]
    for seed, same in ((7, True), (0, False)):
        assert ([one["accuracy"] for one in shown] == [figures(run, seed=seed)["accuracy"] for run in runs]) is same


def test_a_round_after_one_that_is_not_kept_begins_where_that_did(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path, rounds=["sft", "dpo"], patience=2), World({0: 10, 1: 3, 2: 20})
    course = follow(plan, world)
    assert [one.before.number for one in course.rounds] == [0, 0]
    assert {model for model, what in world.asked if what.startswith("sample")} == {
        f"model_name_or_path={plan.folder / 'round_0/model'}"
    }


def test_where_every_answer_is_right_nothing_is_trained(tmp_path: Path) -> None:
    world = World({0: 10}, samples="right")
    course = follow(plan_of(tmp_path), world)
    assert course.ended.startswith("nothing is left to learn") and not course.rounds
    assert world.ran[-1] == "round_1/choose" and course.kept.number == 0


@pytest.mark.parametrize("samples", ["right", "wrong"])
def test_a_round_of_pairs_ends_where_no_problem_makes_one(samples: str, tmp_path: Path) -> None:
    """What the rounds before gained is kept and told."""

    class Sure(World):
        def _samples(self) -> list[Attempt]:
            if "round_1/evaluate" in self.ran:
                self.samples = samples
            return super()._samples()

    world = Sure({0: 10, 1: 20})
    course = follow(plan_of(tmp_path, rounds=["sft", "dpo"]), world)
    why = {"right": "nothing is left to learn", "wrong": "no answer is right"}[samples]
    assert course.ended.startswith(why) and course.kept.number == 1
    assert len(course.rounds) == 1 and world.ran[-1] == "round_2/collect"


@pytest.mark.parametrize("stage", ["sft", "dpo"])
def test_a_round_ends_where_no_answer_is_a_solution(stage: str, tmp_path: Path) -> None:
    """As where all are right and cut off; what chooses among solutions takes no empty file."""
    world = World({0: 10})
    world.empty.add("solutions.jsonl")
    course = follow(plan_of(tmp_path, rounds=[stage]), world)
    assert course.ended.startswith("nothing is left to learn") and not course.rounds
    assert world.ran[-1] == "round_1/collect"


@pytest.mark.parametrize("changes", [{}, {"start": "given", "original": []}], ids=["original", "no original"])
def test_where_no_chosen_answer_is_valid_nothing_is_trained(changes: dict[str, Any], tmp_path: Path) -> None:
    world = World({0: 10})
    world.empty.add("validated.jsonl")
    course = follow(plan_of(tmp_path, **changes), world)
    assert course.ended.startswith("nothing is left to learn") and not course.rounds
    assert world.ran[-1] == "round_1/validate"


STEPS = [
    "problems", *(f"round_{n}/{step}" for n, steps in (
        (0, ("rows", "train", "export", "evaluate")),
        (1, ("sample", "collect", "choose", "validate", "rows", "train", "export", "evaluate")),
        (2, ("sample", "collect", "rows", "train", "export", "evaluate")),
    ) for step in steps),
]  # fmt: skip
RIGHT = {0: 10, 1: 20, 2: 30}


def test_the_steps_are_these(tmp_path: Path) -> None:
    world = World(RIGHT)
    follow(plan_of(tmp_path, rounds=["sft", "dpo"]), world)
    assert world.ran == STEPS


def shape(asked: Counter[tuple[str, str]], folder: Path) -> dict[str, int]:
    return {f"{model.removeprefix(f'model_name_or_path={folder}')} {what}": n for (model, what), n in asked.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, int]]:
    """What a run leaves that nobody kills, and what it asks."""
    plan, world = plan_of(tmp_path_factory.mktemp("whole"), rounds=["sft", "dpo"]), World(RIGHT)
    follow(plan, world)
    return made(plan.folder), shape(world.asked, plan.folder)


WHEN = [(step, "half") for step in STEPS]
WHEN += [(step, when) for step in ("problems", "round_1/sample", "round_1/train", "round_2/evaluate")
         for when in ("before", "after")]  # fmt: skip


@pytest.mark.parametrize(("step", "when"), WHEN)
def test_a_run_that_is_killed_goes_on(
    step: str, when: str, undisturbed: tuple[dict[str, bytes], dict[str, int]], tmp_path: Path
) -> None:
    plan, world = plan_of(tmp_path, rounds=["sft", "dpo"]), World(RIGHT)
    world.dies = step, when
    with pytest.raises(Killed):
        follow(plan, world)
    course = follow(plan, world)
    assert course.kept.number == 2 and [one.kept for one in course.rounds] == [True, True]
    asked = shape(world.asked, plan.folder)
    assert (made(plan.folder), asked) == undisturbed and set(asked.values()) == {1}, "nothing is asked twice"
    assert [name for name in world.ran if name != step] == [name for name in STEPS if name != step]


@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_answers_that_lay_there_before_a_step_was_begun_are_not_its_own(when: str, tmp_path: Path) -> None:
    """No stamp says whose they are: so they stay, and the step that is killed at once has not made them."""
    plan, world = plan_of(tmp_path), World(RIGHT)
    (older := plan.round(0).held_out).parent.mkdir(parents=True)
    older.touch()
    os.utime(older, (1e9, 1e9))
    world.dies = "round_0/evaluate", when
    with pytest.raises(Killed):
        follow(plan, world)
    assert (when == "after") is (older.stat().st_size > 0)
    assert follow(plan, world).kept.number == 2
    assert world.ran.count("round_0/evaluate") == (1 if when == "after" else 2)
    assert set(world.asked.values()) == {1}


def test_a_run_that_is_done_does_nothing(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    follow(plan, world)
    world.ran.clear()
    assert follow(plan, world).kept.number == 2 and not world.ran


@pytest.mark.parametrize(
    ("changes", "first", "spared"),
    [
        ({"rounds": ["sft", "sft", "sft"]}, "round_3/sample", "round_2/evaluate"),
        ({"choosing": {"solutions": 9}}, "round_1/choose", "round_1/sample"),
        ({"sampling": {"samples": 6}}, "round_1/sample", "round_0/evaluate"),
        ({"evaluation": {"max_tokens": 9}}, "round_0/evaluate", "round_1/train"),
        ({"dataset": {"form": "fenced"}}, "round_0/rows", "problems"),
        ({"decontaminate": False}, "problems", "round_0/evaluate"),
    ],
)
def test_a_changed_setting_does_again_what_hangs_on_it(
    changes: dict[str, Any], first: str, spared: str, tmp_path: Path
) -> None:
    world = World({**RIGHT, 3: 40})
    follow(plan_of(tmp_path), world)
    world.ran.clear()
    follow(plan_of(tmp_path, **changes), world)
    assert world.ran[0] == first and spared not in world.ran


def test_how_many_ask_at_once_changes_no_answer(tmp_path: Path) -> None:
    world = World(RIGHT)
    follow(plan_of(tmp_path), world)
    world.ran.clear()
    follow(plan_of(tmp_path, sampling={"workers": 3}, evaluation={"workers": 2}), world)
    assert not world.ran


def test_a_changed_preparation_does_again_the_one_that_reads_of_it(tmp_path: Path) -> None:
    """As in examples/improve/tiny.yaml, where problems that are taught are kept apart from those to sample from."""

    def prepare(count: int) -> list[str]:
        taught, pool = tmp_path / "taught.jsonl", tmp_path / "pool.jsonl"
        return [
            f"scripts/a.py --output={taught} --per-family {count}",
            f"scripts/a.py --output {pool} --exclude {taught}",
        ]

    class Preparing(World):
        def _make(self, step: Any) -> None:
            if step.name.startswith("prepare"):
                write_jsonl(step.makes[0], [{"id": "p", "question": step.command}])
            else:
                super()._make(step)

    world = Preparing(RIGHT)
    for count, done in (
        (4, ["prepare_1", "prepare_2", "problems"]),
        (5, ["prepare_1", "prepare_2", "problems"]),
        (5, []),
    ):
        world.ran.clear()
        follow(plan_of(tmp_path, prepare=prepare(count)), world)
        assert world.ran[:3] == done


def test_answers_of_another_job_are_not_gone_on_with(tmp_path: Path) -> None:
    world = World(RIGHT)
    world.dies = "round_1/sample", "half"
    with pytest.raises(Killed):
        follow(plan_of(tmp_path), world)
    plan = plan_of(tmp_path, sampling={"samples": 6})
    assert (plan.folder / "round_1/samples.jsonl.journal").exists()
    follow(plan, world)
    again = [count for (_, what), count in world.asked.items() if what.startswith("sample 1")]
    assert sorted(set(again)) == [1, 2]  # the half that was asked by the earlier job is asked by this one


def test_problems_that_changed_are_noticed(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    follow(plan, world)
    world.ran.clear()
    write_jsonl(tmp_path / "held.jsonl", HELD_OUT[:-1])
    follow(plan, world)
    assert world.ran[:2] == ["problems", "round_0/evaluate"] and "round_0/train" not in world.ran


def test_a_model_that_is_gone_is_made_again(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    follow(plan, world)
    world.ran.clear()
    shutil.rmtree(plan.folder / "round_1/model")
    follow(plan, world)
    assert world.ran == ["round_1/export"]


CHANGED = {
    "round_1/train": {"train": {"sft": "sft.yaml a=2"}},
    "round_1/export": {"export": "other.yaml"},
    "round_0/evaluate": {"evaluation": {"max_tokens": 9}},
    "round_1/sample": {"sampling": {"samples": 6}},
}
# So that the step is the first that is done again, and not the same one of an earlier round.
START = {"start": "given", "original": ...}


class Failing(World):
    """Its commands fail at a step, with half of it done or none."""

    def _die(self, step: Any, when: str) -> None:
        if self.dies == (step.name, when):
            raise RecordError(f"{step.command}: ended with code 1")


@pytest.mark.parametrize("world", [World, Failing])  # interrupted, or refused by the command
@pytest.mark.parametrize(
    ("step", "when"), [*((step, "before") for step in CHANGED), ("round_1/train", "half"), ("round_1/export", "half")]
)
def test_a_step_that_fails_leaves_what_was_there(
    step: str, when: str, world: Callable[[dict[int, int]], World], tmp_path: Path
) -> None:
    """A mistyped option costs no model: what the step would replace is there until the step is finished."""
    plan, here = plan_of(tmp_path, **START), world(RIGHT)
    follow(plan, here)
    before = made(tmp_path)
    for _ in range(2):
        here.dies = step, when
        with pytest.raises((Killed, RecordError)):
            follow(plan_of(tmp_path, **{**START, **CHANGED[step]}), here)
    here.ran.clear()
    here.dies = None
    follow(plan_of(tmp_path, **START), here)
    assert not here.ran and made(tmp_path) == before


def test_answers_that_came_before_a_failure_are_gone_on_with_and_the_earlier_ones_not_lost(tmp_path: Path) -> None:
    plan, world, changes = plan_of(tmp_path, **START), World(RIGHT), {**START, "evaluation": {"max_tokens": 9}}
    follow(plan, world)
    before = plan.round(0).held_out.stat().st_mtime_ns
    world.dies = "round_0/evaluate", "half"
    with pytest.raises(Killed):
        follow(plan_of(tmp_path, **changes), world)
    assert plan.round(0).held_out.with_name("held_out.jsonl.journal").exists()
    kept = shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name} copy", symlinks=True)
    world.asked.clear()
    follow(plan_of(tmp_path, **START), world)
    assert not world.asked and plan.round(0).held_out.stat().st_mtime_ns == before, "as if nothing had been changed"
    shutil.rmtree(tmp_path)
    shutil.move(kept, tmp_path)
    follow(plan_of(tmp_path, **changes), world)
    assert world.asked["model_name_or_path=given", "evaluate 0 held:39#0"] == 1, "the half that was missing"
    assert world.asked["model_name_or_path=given", "evaluate 0 held:0#0"] == 0
    assert not list(tmp_path.rglob("*.before"))


def test_checkpoints_of_a_training_that_was_interrupted_are_gone_on_with(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path, **START), World(RIGHT)
    follow(plan, world)
    changes = {**START, **CHANGED["round_1/train"]}

    class Training(World):
        def _make(self, step: Any) -> None:
            if step.name == "round_1/train":
                (step.spoils[0] / "checkpoint-50").mkdir(parents=True)
                raise KeyboardInterrupt
            super()._make(step)

    with pytest.raises(KeyboardInterrupt):
        follow(plan_of(tmp_path, **changes), Training(RIGHT))
    adapter = plan.round(1).folder / "adapter"
    assert [path.name for path in adapter.iterdir()] == ["checkpoint-50"]
    follow(plan_of(tmp_path, **changes), world)
    assert (adapter / "checkpoint-50").exists() and "a=2" in (adapter / "adapter_config.json").read_text()
    assert not list(tmp_path.rglob("*.before"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"id": "held:3", "question": "Something else?"}, "'held:3' is a problem of"),
        ({"id": "mine", "question": " how  MUCH is\n3 held?"}, "'mine' is a problem of"),
        ({"id": "t", "problem": {"id": "held:3", "question": "?"}}, "'held:3' is a problem of"),
        ({"id": "t", "problem": "What is 1+1?"}, r"rows\.jsonl:1: problem is 'What is 1\+1\?', not an object; "),
        ({"id": ["held:3"], "question": "?"}, r"rows\.jsonl:1: id is \['held:3'\], not text; "),
        ({"id": "t", "problem": {"id": {}}}, r"rows\.jsonl:1: id is \{\}, not text; "),
        ({"id": "mine", "question": "How much is 300 held?"}, None),
        ({"id": "t", "problem": {"id": "mine", "question": None}}, None),
    ],
)
def test_held_out_problems_are_not_learned_from(row: dict[str, Any], complaint: str | None, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "held.jsonl", HELD_OUT)
    write_jsonl(tmp_path / "rows.jsonl", [row])
    if complaint is None:
        check_apart([tmp_path / "rows.jsonl"], tmp_path / "held.jsonl")
        return
    with pytest.raises(RecordError, match=complaint):
        check_apart([tmp_path / "rows.jsonl"], tmp_path / "held.jsonl")


def test_a_run_on_held_out_problems_ends_before_anything_is_trained(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    write_jsonl(tmp_path / "original.jsonl", [{"id": "t", "problem": {"id": "held:3", "question": "?"}}])
    with pytest.raises(RecordError, match=r"original\.jsonl: 'held:3' is a problem of"):
        follow(plan, world)
    assert world.ran == ["problems"]


def test_a_step_that_leaves_out_what_it_makes_or_asks_is_not_done(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    stamps = Stamps(plan.folder / "steps")
    steps = {step.name: step for step in [*plan.prepare(), *plan.steps(1, 0)]}
    with pytest.raises(RecordError, match=r"problems\.jsonl: was not made by scripts/curate\.py"):
        stamps.once(steps["problems"], lambda step: None)

    def lose_a_request(step: Any) -> None:
        World(RIGHT)(step)
        step.journal.touch()

    for _ in range(2):
        with pytest.raises(RecordError, match="requests did not get through; run the same command again"):
            stamps.once(steps["round_0/evaluate"], lose_a_request)


def test_a_stamp_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    follow(plan, world)
    for number, path in enumerate(sorted((plan.folder / "steps").iterdir())):
        path.write_text(("", "[]", "{", "null", "[" * 5000)[number % 5], encoding="utf-8")
    world.ran.clear()
    follow(plan, world)
    assert len(world.ran) == 21


def test_what_another_program_left_is_not_removed(tmp_path: Path) -> None:
    plan, world = plan_of(tmp_path), World(RIGHT)
    (mine := plan.folder / "round_1/adapter/mine.txt").parent.mkdir(parents=True)
    mine.touch()
    follow(plan, world)
    assert mine.exists()
    follow(plan_of(tmp_path, train={"sft": "sft.yaml a=2"}), world)
    assert not mine.exists(), "by now the folder is what a step made"


def test_a_file_that_changes_while_a_step_reads_it_has_the_step_done_again(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    step = next(plan.prepare())

    def changing(step: Any) -> None:
        World(RIGHT)(step)
        write_jsonl(tmp_path / "pool.jsonl", HELD_OUT)

    assert Stamps(plan.folder / "steps").once(step, changing)
    assert Stamps(plan.folder / "steps").once(step, World(RIGHT)), "it is not done"
