"""Solutions that a person is writing: every version is on the disk before the page says that it is kept."""

from __future__ import annotations

import dataclasses
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ..records import Execution, Problem, Step, Trajectory, known_fields
from .store import open_log

__all__ = ["HUMAN", "Draft", "DraftStep", "Drafts"]

HUMAN = "human"


@dataclass(frozen=True)
class DraftStep:
    """One round; ``execution`` is None where the program has not run since it or an earlier one was changed."""

    thought: str = ""
    code: str = ""
    execution: Execution | None = None

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        ran = row.get("execution")
        return cls(**{**known_fields(cls, row), "execution": Execution.from_dict(ran) if ran else None})


@dataclass(frozen=True)
class Draft:
    """One version of one entry, which its ``key`` names; a person may change the ``id``.

    ``teacher`` wrote the steps; ``edited`` says that a person changed them since, ``saved`` that this version is
    in the dataset. ``revision`` counts the versions that were kept.
    """

    key: str
    id: str
    question: str = ""
    answer: str = ""
    steps: tuple[DraftStep, ...] = (DraftStep(),)
    conclusion: str = ""
    teacher: str = HUMAN
    edited: bool = False
    saved: bool = False
    revision: int = 0
    problem: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        if not isinstance(row["steps"], list | tuple) or not isinstance(row.get("problem", {}), Mapping):
            raise TypeError("steps or problem is of another kind")
        return cls(**{**known_fields(cls, row), "steps": tuple(map(DraftStep.from_dict, row["steps"]))})

    @classmethod
    def new(cls) -> Self:
        key = uuid.uuid4().hex[:8]
        return cls(key, f"people-{datetime.now():%Y%m%d-%H%M%S}-{key[:4]}")

    @classmethod
    def of(cls, trajectory: Trajectory) -> Self:
        """An entry of the dataset, to be edited; what the page does not show of its problem is kept."""
        problem = trajectory.problem
        return replace(
            cls.new(),
            id=trajectory.id,
            question=problem.question,
            answer=problem.answer or "",
            steps=tuple(DraftStep(s.thought, s.code, s.execution) for s in trajectory.steps) or (DraftStep(),),
            conclusion=trajectory.conclusion,
            teacher=str(trajectory.meta.get("teacher", HUMAN)),
            edited=bool(trajectory.meta.get("edited")),
            saved=True,
            problem=vars(problem),
        )

    @property
    def blank(self) -> bool:
        return not (self.question.strip() or self.answer.strip() or self.written)

    @property
    def open(self) -> bool:
        """Whether it holds something that is not in the dataset."""
        return not self.saved and not self.blank

    @property
    def written(self) -> bool:
        """Whether there is anything of a solution."""
        return bool(self.conclusion.strip()) or any(step.thought.strip() or step.code.strip() for step in self.steps)

    @property
    def has_run(self) -> bool:
        return all(step.execution is not None for step in self.steps)

    def edit(self, texts: Mapping[str, str], steps: tuple[tuple[str, str], ...]) -> Draft:
        """The draft with these texts; a changed program makes the executions from it on void."""
        kept, fresh = [], len(steps) == len(self.steps)
        for old, (thought, code) in zip(self.steps + (DraftStep(),) * len(steps), steps, strict=False):
            fresh = fresh and old.code == code
            kept.append(DraftStep(thought, code, old.execution if fresh else None))
        changed = replace(self, steps=tuple(kept), **texts)  # type: ignore[arg-type]
        if changed == self:
            return self
        solution = (changed.steps, changed.conclusion) != (self.steps, self.conclusion)
        return replace(changed, saved=False, edited=self.edited or (solution and self.teacher != HUMAN))

    def with_steps(self, steps: tuple[DraftStep, ...]) -> Draft:
        """The draft with other steps; the programs have to run again."""
        void = tuple(replace(step, execution=None) for step in steps) or (DraftStep(),)
        return replace(self, steps=void, saved=False, edited=self.teacher != HUMAN)

    def trajectory_problem(self, lang: str) -> Problem:
        """The problem with this draft's texts; what is known besides them stays."""
        known = {"source": "people", **self.problem, "id": self.problem.get("id", self.id), "lang": lang}
        return Problem.from_dict({**known, "question": self.question.strip(), "answer": self.answer.strip() or None})

    def executed_steps(self) -> tuple[Step, ...]:
        return tuple(Step(s.thought.strip(), s.code, s.execution) for s in self.steps if s.execution is not None)


class Drafts:
    """The last version of every open draft; ``path`` is a log of all versions that were kept.

    At the start it is shortened to the drafts that are still open.

    Raises:
        RecordError: another process has the file, it cannot be written, or a row is not a draft.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()  # the model's events run beside a person's
        self._log = open_log(path)
        try:
            self._last: dict[str, Draft] = {}
            for draft in self._log.read(Draft.from_dict, Draft.__name__):
                self._note(draft)
            self._last = {key: draft for key, draft in self._last.items() if draft.open}
            self._log.rewrite(map(dataclasses.asdict, self._last.values()))
        except BaseException:
            self._log.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._log.close()

    @property
    def open(self) -> list[Draft]:
        """Drafts that hold something not in the dataset, the last changed first."""
        with self._lock:
            last = list(self._last.values())
        return [draft for draft in reversed(last) if draft.open]

    def get(self, key: str) -> Draft | None:
        return self._last.get(key)

    def keep(self, draft: Draft) -> Draft:
        """Keep a version and return it with its revision.

        A draft that somebody else changed since is kept as a draft of its own, with another key.

        Raises:
            RecordError: it could not be saved.
        """
        with self._lock:
            held = self._last.get(draft.key)
            if held is not None and held.revision != draft.revision:
                draft = replace(draft, key=Draft.new().key, revision=0)
            draft = replace(draft, revision=draft.revision + 1)
            self._log.append(dataclasses.asdict(draft))
            self._note(draft)
            return draft

    def _note(self, draft: Draft) -> None:
        """Let the version hold, at the end: the last changed."""
        self._last.pop(draft.key, None)
        self._last[draft.key] = draft
