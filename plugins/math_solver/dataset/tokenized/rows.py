"""The rows of a set of token ids: whole solutions, never cut; what is longer than the recipe takes is left out.

sft    one of each rendering of a solution, as often as its weight says
dpo    a right and a wrong solution of one problem, the two closest in length; what programs print is masked
kto    each solution, right or wrong; its kl_ columns hold another's answer behind its question
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from ...protocol import Form
from ...records import Problem, Trajectory, as_row
from ...spool import Spool
from ..chains import Chains
from ..hashing import hash_of
from ..judged import Judged, Shelf, Solution
from ..preference import PairRules
from ..sharegpt import TOOLS, message, reason_to_drop, render_conversation
from .encoding import Encoder, Tokens
from .masks import LOSSES, Loss, trained_turns
from .writing import Split

__all__ = ["Part", "SetRules", "feedback_rows", "pair_rows", "supervised_rows"]

Row = tuple[Split, Mapping[str, Any]]
PARTNERS = 8  # tried for the kl_ columns of a row


@dataclass(frozen=True)
class Part:
    """One rendering of the solutions in a set: 2.5 is each twice, and half of them once more."""

    loss: Loss = "all"
    form: Form = "native"
    weight: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Part:
        """``repair``, ``fenced:all``, ``native:sound=0.5``.

        Raises:
            ValueError: it is none of these.
        """
        what, _, weight = text.partition("=")
        form, _, loss = what.rpartition(":")
        chosen_form = next((known for known in get_args(Form) if known == (form or "native")), None)
        chosen_loss = next((known for known in LOSSES if known == loss), None)
        number = float(weight or 1)
        if chosen_form is None or chosen_loss is None or not 0 < number <= 100:
            raise ValueError(f"{text!r} is not [native:|fenced:]{'|'.join(LOSSES)}[=WEIGHT]")
        return cls(chosen_loss, chosen_form, number)


@dataclass(frozen=True)
class SetRules:
    """``cutoff_len`` is in tokens; ``validation`` is a share of the problems, phrasings of one kept together."""

    cutoff_len: int
    validation: float = 0.0
    seed: int = 0

    def split(self, problem: Problem) -> Split:
        return "validation" if self._chance("split", problem.id.partition("/")[0]) < self.validation else "train"

    def copies(self, trajectory: Trajectory, part: Part) -> int:
        """How often a solution is in the set by this part."""
        whole = int(part.weight)
        return whole + (self._chance(part.loss, part.form, trajectory.id) < part.weight - whole)

    def _chance(self, *texts: str) -> float:
        return hash_of("\0".join((str(self.seed), *texts))) / 2**64


def supervised_rows(
    trajectories: Iterable[Trajectory],
    parts: Sequence[Part],
    encoder: Encoder,
    rules: SetRules,
    dropped: Counter[str],
    folder: Path | None = None,
) -> Iterator[Row]:
    """Each solution worth training on, with its follow-ups behind it, in each part; all wait in ``folder``."""
    with Spool(folder) as spool:
        chains = _spooled(trajectories, spool, any(part.loss == "words" for part in parts), dropped)
        dropped["nothing_to_follow"] += chains.left
        for chain in chains:
            solutions = [Trajectory.from_dict(spool[number]) for number in chain]
            if len({solution.has_python for solution in solutions}) > 1:
                dropped["other_prompt"] += len(solutions)  # a prompt speaks of Python or does not
                continue
            for part in parts:
                yield from _part_rows(solutions, part, encoder, rules, dropped)


def _spooled(trajectories: Iterable[Trajectory], spool: Spool, in_words: bool, dropped: Counter[str]) -> Chains:
    """The solutions that can be trained on, put aside, and their chains."""
    chains = Chains()
    for trajectory in trajectories:
        if reason := reason_to_drop(trajectory, in_words=in_words):
            dropped[reason] += 1
        else:
            spool.append(as_row(trajectory))
            chains.add(trajectory.problem)
    return chains


def _part_rows(
    solutions: Sequence[Trajectory], part: Part, encoder: Encoder, rules: SetRules, dropped: Counter[str]
) -> Iterator[Row]:
    in_words = part.loss == "words"
    copies = rules.copies(solutions[0], part)
    if not copies or in_words == solutions[0].has_python:
        return
    if any(reason_to_drop(solution, part.form, in_words=in_words) for solution in solutions):
        dropped["fence_in_text"] += 1
        return
    trained = [turn for solution in solutions for turn in trained_turns(solution, part.loss)]
    if not any(trained):
        dropped["no_repair"] += 1
        return
    tokens = encoder.encode(render_conversation(solutions, part.form), trained)
    if len(tokens) >= rules.cutoff_len:
        dropped["too_long"] += 1
        return
    for _ in range(copies):
        yield rules.split(solutions[0].problem), tokens.columns()


def pair_rows(
    shelf: Shelf, pairing: PairRules, encoder: Encoder, rules: SetRules, dropped: Counter[str]
) -> Iterator[Row]:
    """Whole right and wrong solutions, each wrong one once."""
    for judged in shelf:
        right, wrong = _short_enough(judged, shelf.form, encoder, rules, dropped)
        pairs = list(_closest(right, wrong, pairing, dropped))
        dropped["enough_of_problem"] += max(0, len(pairs) - pairing.most)
        for chosen, rejected in pairs[: pairing.most]:
            split = rules.split((judged.correct or judged.incorrect)[0].trajectory.problem)
            yield split, {**chosen.columns("chosen_"), **rejected.columns("rejected_")}


def _short_enough(
    judged: Judged, form: Form, encoder: Encoder, rules: SetRules, dropped: Counter[str]
) -> tuple[list[Tokens], list[Tokens]]:
    sides: tuple[list[Tokens], list[Tokens]] = ([], [])
    for side, solutions in zip(sides, (judged.correct, judged.incorrect), strict=True):
        for solution in solutions:
            tokens = _whole(solution, form, encoder)
            if len(tokens) < rules.cutoff_len:
                side.append(tokens)
            else:
                dropped["too_long"] += 1
    return sides


def _whole(solution: Solution, form: Form, encoder: Encoder, asked: Solution | None = None) -> Tokens:
    """A solution with loss on all that the model wrote; ``asked`` where it stands behind another's question."""
    turns = [(asked or solution).turns[0], *solution.turns[1:]]
    record = {
        "conversations": [message(turn, form) for turn in turns],
        "system": (asked or solution).system,
        "tools": TOOLS if form == "native" else "",
    }
    return encoder.encode(record, [True] * (len(turns) // 2))


def _closest(
    right: Sequence[Tokens], wrong: Sequence[Tokens], pairing: PairRules, dropped: Counter[str]
) -> Iterator[tuple[Tokens, Tokens]]:
    """For each wrong solution the right one closest in length, among those used least."""
    used = [0] * len(right)
    for rejected in wrong:
        if not right:
            dropped["nothing_right"] += 1
            continue
        best = min(range(len(right)), key=lambda n: (used[n], abs(len(right[n]) - len(rejected))))
        if pairing.ratio and not 1 / pairing.ratio <= len(right[best]) / len(rejected) <= pairing.ratio:
            dropped["lengths_differ"] += 1
            continue
        used[best] += 1
        yield right[best], rejected


def feedback_rows(shelf: Shelf, encoder: Encoder, rules: SetRules, dropped: Counter[str]) -> Iterator[Row]:
    """Each solution with its verdict, in an order by the seed; the row before gives the answer of ``kl_``."""
    order = list(range(len(shelf)))
    random.Random(rules.seed).shuffle(order)
    for place, number in enumerate(order):
        solution = shelf.solution(number)
        tokens = _whole(solution, shelf.form, encoder)
        if len(tokens) >= rules.cutoff_len:
            dropped["too_long"] += 1
            continue
        other = _unrelated(solution, shelf, order, place, encoder, rules)
        if other is None:
            dropped["no_other_problem"] += 1
            continue
        columns = {**tokens.columns(), **other.columns("kl_"), "kto_tags": solution.correct}
        yield rules.split(solution.trajectory.problem), columns


def _unrelated(
    solution: Solution, shelf: Shelf, order: Sequence[int], place: int, encoder: Encoder, rules: SetRules
) -> Tokens | None:
    """The answer to another problem behind this question, short enough, or None where the last few have none."""
    for back in range(1, min(PARTNERS, len(order) - 1) + 1):
        other = shelf.solution(order[place - back])
        if other.trajectory.problem.id != solution.trajectory.problem.id:
            tokens = _whole(other, shelf.form, encoder, solution)
            if len(tokens) < rules.cutoff_len:
                return tokens
    return None
