"""Rows of trajectories for supervised training, as LLaMA-Factory reads them.

A record, as ``scripts/build_dataset.py`` writes it::

    {"conversations": [
       {"from": "human", "value": "Calculate 12 × 34."},
       {"from": "function_call", "value": "I multiply.\\n<tool_call>\\n{\\"name\\": \\"python\\", ..."},
       {"from": "observation", "value": "408"},
       {"from": "gpt", "value": "The product is \\\\boxed{408}."}],
     "system": "Solve the problem step by step. ...", "tools": "[{\\"name\\": \\"python\\", ...}]"}

The pictures of a question stand in ``images``, and a mark for each in its text: ``<image>``, at its beginning where
the question has none. LLaMA-Factory wants as many of one as of the other, and ends the run where they are not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, takewhile
from pathlib import Path
from typing import Any

from ..protocol import CLOSING, OPENING, TOOL, Form, Turn, render_turns
from ..records import Trajectory, as_row
from ..spool import Spool
from .chains import Chains
from .conversations import Joining, join, prompt_of
from .thoughts import add_thoughts, reason_not_to_think

__all__ = [
    "IMAGE",
    "TOOLS",
    "Rendering",
    "build",
    "build_records",
    "message",
    "reason_not_to_render",
    "reason_to_drop",
    "render",
    "render_conversation",
]

TOOLS = json.dumps([TOOL], ensure_ascii=False)
IMAGE = "<image>"
_MARKUP = (
    OPENING,
    CLOSING,
    "<tool_response>",
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "{{content}}",
    "<video>",
    "<audio>",
)


def render(trajectory: Trajectory, form: Form = "native", *, thoughts: bool = False) -> dict[str, Any]:
    """Return one sharegpt record, with the prompts and observations that the server would have produced.

    The fenced form has no tool schema: its calls and outputs are plain text. A solution without programs has none
    either, and another prompt.
    """
    return render_conversation((trajectory,), form, thoughts=thoughts)


def render_conversation(
    trajectories: Sequence[Trajectory], form: Form = "native", *, thoughts: bool = False
) -> dict[str, Any]:
    """One record of several questions, each behind the solution of the one before; all answers are trained on.

    With ``thoughts`` each turn begins with what the teacher reasoned before it, between tags.
    """
    add = add_thoughts if thoughts else lambda turns, trajectory: turns
    turns = chain.from_iterable(add(_turns(trajectory, form), trajectory) for trajectory in trajectories)
    images = [image for trajectory in trajectories for image in trajectory.problem.images]
    return {
        "conversations": [message(turn, form) for turn in turns],
        "system": prompt_of(trajectories[0]),
        "tools": TOOLS if form == "native" and any(trajectory.has_python for trajectory in trajectories) else "",
        **({"images": images} if images else {}),
    }


def _turns(trajectory: Trajectory, form: Form) -> list[Turn]:
    """The turns of a solution, with a mark for each picture of its question."""
    asked, *others = render_turns(trajectory, form)
    marks = "" if IMAGE in asked.content else IMAGE * len(trajectory.problem.images)
    return [replace(asked, content=marks + asked.content), *others]


@dataclass(frozen=True)
class Rendering:
    """How solutions are rendered, and which.

    Attributes:
        thoughts: begin each turn with its reasoning, as templates for reasoning models have it.
        in_words: take solutions without programs too.
        text_only: leave out what has pictures.
    """

    form: Form = "native"
    thoughts: bool = False
    in_words: bool = False
    text_only: bool = False

    def record(self, trajectories: Sequence[Trajectory]) -> dict[str, Any]:
        return render_conversation(trajectories, self.form, thoughts=self.thoughts)

    def reason_to_drop(self, trajectory: Trajectory) -> str | None:
        if reason := reason_to_drop(trajectory, self.form, in_words=self.in_words, images=not self.text_only):
            return reason
        return reason_not_to_think(trajectory, _MARKUP) if self.thoughts else None


def build(
    trajectories: Iterable[Trajectory],
    rendering: Rendering | Form = "native",
    *,
    fits: Callable[[dict[str, Any]], bool] | None = None,
    joining: Joining | None = None,
) -> tuple[list[dict[str, Any]], Counter[str]]:
    """``build_records`` in memory: the records, and the number of trajectories left out by reason."""
    if isinstance(rendering, str):
        rendering = Rendering(rendering)
    dropped: Counter[str] = Counter()
    return list(build_records(trajectories, rendering, dropped, fits=fits, joining=joining)), dropped


def build_records(
    trajectories: Iterable[Trajectory],
    rendering: Rendering,
    dropped: Counter[str],
    *,
    fits: Callable[[dict[str, Any]], bool] | None = None,
    joining: Joining | None = None,
    folder: Path | None = None,
) -> Iterator[dict[str, Any]]:
    """The records worth training on; ``dropped`` counts the trajectories left out by reason.

    Only correct ones are kept; ``fits`` says whether a record is short enough for its recipe. One that follows another
    is in the record of that, right behind it; where that was left out, it is too. ``joining`` makes conversations of
    several; one that does not fit is taken apart again. Solutions wait in a file in ``folder``: memory holds a few
    bytes of each.
    """
    with Spool(folder) as solutions, Spool(folder) as records:
        builder = _Builder(rendering, fits, dropped, solutions, records)
        chains = builder.take(trajectories)
        if joining is None or not joining.share:
            yield from (record for chain in chains if (record := builder.record(chain)) is not None)
        else:
            yield from builder.joined(chains, joining)


@dataclass(frozen=True)
class _Chain:
    """Numbers of solutions that cannot be apart, each of a question about the one before, and of their record."""

    solutions: Sequence[int]
    record: int


@dataclass(frozen=True)
class _Builder:
    """Makes records of solutions that wait on disk."""

    rendering: Rendering
    fits: Callable[[dict[str, Any]], bool] | None
    dropped: Counter[str]
    solutions: Spool
    records: Spool

    def take(self, trajectories: Iterable[Trajectory]) -> Chains:
        """Put aside the solutions worth training on; the others are counted."""
        chains = Chains()
        for trajectory in trajectories:
            if reason := self.rendering.reason_to_drop(trajectory):
                self.dropped[reason] += 1
            else:
                self.solutions.append(as_row(trajectory))
                chains.add(trajectory.problem)
        if chains.left:
            self.dropped["nothing_to_follow"] += chains.left
        return chains

    def record(self, chain: list[int]) -> dict[str, Any] | None:
        """The record of as much of a chain, from its first solution on, as is short enough; the rest is counted.

        ``chain`` is cut to that.
        """
        solutions = list(map(self.solution, chain))
        same = sum(1 for _ in takewhile(lambda solution: solution.has_python == solutions[0].has_python, solutions))
        if same < len(chain):  # a prompt speaks of Python or does not
            self.dropped["other_prompt"] += len(chain) - same
        for length in range(same, 0, -1):
            record = self.rendering.record(solutions[:length])
            if not self.fits or self.fits(record):
                del chain[length:]
                return record
            self.dropped["too_long"] += 1
        return None

    def joined(self, chains: Chains, joining: Joining) -> Iterator[dict[str, Any]]:
        kept: list[_Chain] = []
        for numbers in chains:
            record = self.record(numbers)
            if record is not None:
                kept.append(_Chain(numbers, self.records.append(record)))
        for group in join(kept, joining, self._prompt, lambda chain: len(chain.solutions)):
            whole = self._whole(group) if len(group) > 1 else None
            yield from [whole] if whole else (self.records[chain.record] for chain in group)

    def _whole(self, group: Sequence[_Chain]) -> dict[str, Any] | None:
        """One record of all, or None where it is too long."""
        record = self.rendering.record([self.solution(number) for chain in group for number in chain.solutions])
        return record if not self.fits or self.fits(record) else None

    def _prompt(self, chain: _Chain) -> str:
        return prompt_of(self.solution(chain.solutions[0]))

    def solution(self, number: int) -> Trajectory:
        return Trajectory.from_dict(self.solutions[number])


def message(turn: Turn, form: Form = "native") -> dict[str, str]:
    """A turn as a message of a sharegpt record."""
    tags = {"user": "human", "assistant": "gpt", "observation": "observation"}
    called = form == "native" and turn.role == "assistant" and not turn.calls_nothing
    return {"from": "function_call" if called else tags[turn.role], "value": turn.content}


def reason_to_drop(
    trajectory: Trajectory, form: Form = "native", *, in_words: bool = False, images: bool = False
) -> str | None:
    """Why a model should not learn this trajectory as it stands, or None."""
    if not _verified(trajectory):
        return "not_verified"
    return reason_not_to_render(trajectory, form, in_words=in_words, images=images)


def reason_not_to_render(
    trajectory: Trajectory, form: Form = "native", *, in_words: bool = False, images: bool = False
) -> str | None:
    """Why no row can show this trajectory, be it right or wrong, or None.

    A tool-call or chat marker inside a thought, a conclusion or an observation would be read as markup, and a
    ``{{content}}`` would be filled in by the template. Only rows that may have ``images`` show the pictures of a
    question.
    """
    if not trajectory.has_python and not in_words:
        return "no_code"
    if any(step.execution.status == "not_run" for step in trajectory.steps):
        return "not_run"
    if trajectory.problem.images and not images:
        return "images"
    if trajectory.problem.question.count(IMAGE) not in (0, len(trajectory.problem.images)):
        return "images_unlike_marks"
    texts = [trajectory.problem.question, trajectory.conclusion]
    for step in trajectory.steps:
        texts += [step.thought, step.code, step.execution.observation]
    if any(marker in text for text in texts for marker in _MARKUP) or any(IMAGE in text for text in texts[1:]):
        return "markup_in_text"
    if form == "fenced" and trajectory.steps and any("```" in text for text in texts):
        return "fence_in_text"
    if any(not text.strip() for text in (trajectory.problem.question, trajectory.conclusion)):
        return "empty_text"
    return None


def _verified(trajectory: Trajectory) -> bool:
    """Correct; or without a gold answer to compare with, and then supported by its program's output."""
    verdict = trajectory.verdict
    return verdict is not None and (
        verdict.correct or (verdict.outcome == "unverifiable" and trajectory.problem.answer is None)
    )
