"""What the annotation page does: keep a draft at every change, run programs, save entries that pass the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..interpreter import Interpreter
from ..records import RecordError, Trajectory
from .authoring import Teacher, run_steps, trajectory
from .drafts import Draft, Drafts, DraftStep
from .store import Store

__all__ = ["MOST_STEPS", "Bench", "Texts"]

MOST_STEPS = 12


@dataclass(frozen=True)
class Texts:
    """What the fields of the page hold."""

    id: str
    question: str
    answer: str
    conclusion: str
    steps: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Texts:
        """From the page's fields in their order: four texts, then all thoughts, then all programs."""
        texts = [value or "" for value in values]
        thoughts, codes = texts[4 : 4 + MOST_STEPS], texts[4 + MOST_STEPS :]
        return cls(texts[0], texts[1], texts[2], texts[3], tuple(zip(thoughts, codes, strict=True)))

    @property
    def written_steps(self) -> int:
        """The number of steps up to the last that holds anything, at least one."""
        return max((number for number, step in enumerate(self.steps, 1) if any(step)), default=1)


class Bench:
    """The actions of the page, a method each; every method returns the draft as it was kept."""

    def __init__(
        self, dataset: Store[Trajectory], drafts: Drafts, interpreter: Interpreter, model: Teacher | None
    ) -> None:
        self.dataset, self.drafts, self.model = dataset, drafts, model
        self._interpreter = interpreter

    def current(self) -> Draft:
        """The draft changed last, or a new one."""
        return next(iter(self.drafts.open), None) or Draft.new()

    def keep(self, draft: Draft | None, texts: Texts) -> Draft:
        """The draft with the page's texts, kept as a new version if they differ.

        A page that is older than this server has no draft here; what it holds becomes a new one.
        """
        draft = draft or replace(Draft.new(), steps=(DraftStep(),) * texts.written_steps)
        named = {"id": texts.id, "question": texts.question, "answer": texts.answer, "conclusion": texts.conclusion}
        changed = draft.edit(named, texts.steps[: len(draft.steps)])
        return draft if changed is draft else self.drafts.keep(changed)

    def reopen(self, id: str) -> Draft:
        """An entry of the dataset as a draft; it is kept once it is changed.

        Raises:
            RecordError: it has more steps than the page shows.
        """
        made = next(entry for entry in self.dataset.records if entry.id == id)
        if len(made.steps) > MOST_STEPS:
            raise RecordError(_too_long(id, len(made.steps)))
        return Draft.of(made)

    def add_step(self, draft: Draft, at: int) -> Draft:
        """With an empty step in front of the one with index ``at``."""
        if len(draft.steps) >= MOST_STEPS:
            raise RecordError(f"{MOST_STEPS} steps are the most that this page takes")
        return self.drafts.keep(draft.with_steps((*draft.steps[:at], DraftStep(), *draft.steps[at:])))

    def remove_step(self, draft: Draft, at: int) -> Draft:
        return self.drafts.keep(draft.with_steps((*draft.steps[:at], *draft.steps[at + 1 :])))

    def run(self, draft: Draft) -> Draft:
        ran = run_steps(draft, self._interpreter)
        return draft if ran is draft else self.drafts.keep(ran)

    def solve(self, draft: Draft) -> Draft:
        """The model's solution, run here; where the draft holds a solution, in a draft of its own.

        Raises:
            RecordError: there is no question, no model, no solution came, or one with more steps than the page shows.
        """
        if self.model is None:
            raise RecordError("no model: start the page with --base-url")
        if not draft.question.strip():
            raise RecordError("write the question first")
        steps, conclusion = self.model.solve(draft.question)
        if not steps and not conclusion.strip():
            raise RecordError("the model answered nothing; ask again or write the steps")
        if len(steps) > MOST_STEPS:
            raise RecordError(_too_long("the model's solution", len(steps)))
        if draft.written:
            other = Draft.new()
            draft = replace(draft, key=other.key, id=other.id, revision=0)
        solved = replace(
            draft,
            steps=steps or (DraftStep(),),
            conclusion=conclusion,
            teacher=self.model.name,
            edited=False,
            saved=False,
        )
        return self.run(self.drafts.keep(solved))

    def save(self, draft: Draft, *, replace_saved: bool) -> Draft:
        """The draft as an entry of the dataset; an entry of the same id is replaced only where that is asked for.

        Raises:
            RecordError: a check is not met, the id is taken, or the disk refuses.
        """
        made = trajectory(draft)
        index = next((n for n, entry in enumerate(self.dataset.records) if entry.id == made.id), None)
        if index is None:
            self.dataset.append(made)
        elif replace_saved:
            self.dataset.replace(index, made)
        else:
            raise RecordError(f"{made.id} is in {self.dataset.path.name} already: tick Replace, or change the id")
        return self.drafts.keep(replace(draft, saved=True))


def _too_long(what: str, steps: int) -> str:
    return f"{what} has {steps} steps; {MOST_STEPS} are the most that this page takes"
