"""Settings of a run, and a world in which its commands do at once what they would, and may be killed anywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from math_solver.evaluation import Attempt, attempt_id
from math_solver.improving.plan import Plan, Step
from math_solver.improving.settings import Settings, read_settings
from math_solver.records import Problem, Trajectory, Verdict, write_jsonl

__all__ = ["HELD_OUT", "Killed", "World", "plan_of", "settings_of"]

HELD_OUT = [Problem(f"held:{n}", "held", f"How much is {n} held?", "1", subject="ab"[n % 2]) for n in range(40)]
POOL = [Problem(f"pool:{n}", "pool", f"How much is {n} sampled?", "1") for n in range(4)]


def given(folder: Path, **changes: Any) -> dict[str, Any]:
    """What a YAML says; a key that is changed to ``...`` is left out."""
    keys: dict[str, Any] = {
        "output": str(folder / "out"), "model": "base", "train": {"sft": "sft.yaml a=1", "dpo": "dpo.yaml"},
        "export": "merge.yaml", "serve": str(folder / "serve.yaml"), "problems": [str(folder / "pool.jsonl")],
        "original": [str(folder / "original.jsonl")], "held_out": str(folder / "held.jsonl"), "rounds": ["sft", "sft"],
    }  # fmt: skip
    return {key: value for key, value in {**keys, **changes}.items() if value is not ...}


def settings_of(folder: Path, **changes: Any) -> Settings:
    config = folder / "improve.yaml"
    config.write_text(yaml.safe_dump(given(folder, **changes)), encoding="utf-8")
    return read_settings(config)


def plan_of(folder: Path, **changes: Any) -> Plan:
    """A plan whose problems are there."""
    write_jsonl(folder / "held.jsonl", HELD_OUT)
    write_jsonl(folder / "pool.jsonl", POOL)
    write_jsonl(folder / "original.jsonl", [])
    (folder / "serve.yaml").touch()
    return Plan(settings_of(folder, **changes))


class Killed(BaseException):
    """The process is gone."""


class World:
    """Does what commands do. ``right`` is how many held-out problems the model of each round answers.

    ``dies`` at the step of that name: ``before`` it did anything, with ``half`` of it done, or ``after`` it, before
    anybody could note that. ``asked`` counts the answers that a model gave, by model and answer; ``empty`` are files
    that come out so.
    """

    def __init__(self, right: Mapping[int, int], samples: str = "mixed") -> None:
        self.right, self.samples = right, samples
        self.empty = {"chosen.jsonl"} if samples == "right" else set[str]()
        self.ran: list[str] = []
        self.asked: Counter[tuple[str, str]] = Counter()
        self.dies: tuple[str, str] | None = None

    def __call__(self, step: Step) -> None:
        self.ran.append(step.name)
        self._die(step, "before")
        if step.server:
            self._answer(step)
        else:
            self._make(step)
        self._die(step, "after")

    def _die(self, step: Step, when: str) -> None:
        if self.dies == (step.name, when):
            self.dies = None
            raise Killed

    def _answer(self, step: Step) -> None:
        assert step.server and step.journal
        number, kind = step.name.removeprefix("round_").split("/")
        attempts = self._samples() if kind == "sample" else self._held_out(int(number))
        model = step.server.words[-1]
        step.journal.parent.mkdir(parents=True, exist_ok=True)
        known = step.journal.read_text().split("\n") if step.journal.exists() else []
        for place, attempt in enumerate(attempts):
            if place == len(attempts) // 2:
                self._die(step, "half")
            if attempt.id not in known:
                self.asked[model, f"{kind} {number} {attempt.id}"] += 1
                with step.journal.open("a") as journal:
                    journal.write(f"{attempt.id}\n")
        write_jsonl(step.makes[0], attempts)
        step.journal.unlink()

    def _held_out(self, number: int) -> list[Attempt]:
        return [_attempt(one, place < self.right[number]) for place, one in enumerate(HELD_OUT)]

    def _samples(self) -> list[Attempt]:
        right = {"mixed": (True, False), "right": (True,), "wrong": (False,)}[self.samples]
        return [_attempt(one, right[sample % len(right)], sample) for one in POOL for sample in range(4)]

    def _make(self, step: Step) -> None:
        for path in step.makes:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.name == "model":
                path.mkdir(exist_ok=True)
                path /= "weights"
            self._die(step, "half")
            if path.name == "problems.jsonl":
                write_jsonl(path, POOL)
                continue
            if path.name == "solutions.jsonl" and path.name not in self.empty:
                write_jsonl(path, map(_solution, self._samples()))
                continue
            nothing = path.name in self.empty
            path.write_text("" if nothing else json.dumps({"made_by": step.command}) + "\n", encoding="utf-8")


def _attempt(problem: Problem, right: bool, sample: int = 0) -> Attempt:
    verdict = Verdict("correct" if right else "incorrect")
    return Attempt(attempt_id(problem.id, sample), problem, "", "1", verdict, sample=sample)


def _solution(attempt: Attempt) -> Trajectory:
    conclusion = f"The {attempt.sample + 1}. answer is \\boxed{{{1 if attempt.verdict.correct else 2}}}."
    return Trajectory(attempt.id, attempt.problem, (), conclusion, verdict=attempt.verdict, meta={"tool": "unused"})
