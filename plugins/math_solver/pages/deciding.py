"""Which answers a person is asked about, what was decided, and how far that agrees with the verifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from ..evaluation import Attempt, Decision, Ruling
from ..records import Problem, Verdict
from .store import Store

__all__ = ["Card", "Include", "Review", "Standing", "cards", "pair_lines"]

Include = Literal["unverifiable", "incorrect", "all"]
_INCLUDED: dict[Include, tuple[str, ...]] = {
    "unverifiable": ("unverifiable",),
    "incorrect": ("unverifiable", "incorrect"),
    "all": ("unverifiable", "incorrect", "correct"),
}


@dataclass(frozen=True)
class Card:
    """One thing to decide: the attempts at one problem that came to the same answer."""

    attempts: tuple[Attempt, ...]

    @property
    def problem(self) -> Problem:
        return self.attempts[0].problem

    @property
    def predicted(self) -> str | None:
        return self.attempts[0].predicted

    @property
    def verdict(self) -> Verdict:
        return self.attempts[0].verdict

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(attempt.id for attempt in self.attempts))


@dataclass(frozen=True)
class Standing:
    """How far a review has come.

    ``compared`` counts the decisions, other than skips, on answers that the verifier had settled; ``agreed`` those
    of them that are as it had said.
    """

    cards: int
    rulings: Counter[Ruling]
    compared: int
    agreed: int

    @property
    def done(self) -> int:
        return self.rulings.total()


def cards(attempts: Iterable[Attempt], include: Include = "unverifiable") -> list[Card]:
    """What to ask about, in the order of the attempts; a request that failed has nothing to decide."""
    groups: dict[tuple[str, str | None, str | None], list[Attempt]] = {}
    for attempt in attempts:
        if attempt.error is None and attempt.verdict.outcome in _INCLUDED[include]:
            key = attempt.problem.id, attempt.problem.answer, attempt.predicted
            groups.setdefault(key, []).append(attempt)
    return [Card(tuple(group)) for group in groups.values()]


class Review:
    """The cards, and the decisions on them that are kept in ``store``; the last decision on a card holds.

    Args:
        again: what was skipped is asked again.
    """

    def __init__(self, asked: list[Card], store: Store[Decision], *, again: bool = False) -> None:
        self.cards = asked
        self._store = store
        self._again = again
        self._last = {_key(decision): decision for decision in store.records}

    def ruling(self, card: Card) -> Ruling | None:
        """What was decided; None as long as an attempt of the card is open."""
        decision = self.decision(card)
        return decision.decision if decision else None

    def decision(self, card: Card) -> Decision | None:
        """The decision that holds; None as long as an attempt of the card is open."""
        found = [self._last.get((id, card.predicted)) for id in card.ids]
        return found[-1] if all(found) else None

    def decide(self, card: Card, ruling: Ruling, note: str = "") -> None:
        """Keep a decision on all attempts of the card; it is on the disk when this returns.

        Raises:
            RecordError: it could not be saved.
        """
        time = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        problem = card.problem
        decisions = [
            Decision(
                attempt_id=id,
                gold=problem.answer or "",
                predicted=card.predicted,
                question=problem.question,
                verifier=card.verdict.outcome,
                decision=ruling,
                note=note.strip(),
                time=time,
            )
            for id in card.ids
        ]
        self._store.append(*decisions)
        self._last |= {_key(decision): decision for decision in decisions}

    def next_open(self, start: int = 0) -> int | None:
        """The first undecided card from ``start`` on, then from the beginning."""
        order = [*range(start, len(self.cards)), *range(start)]
        return next((index for index in order if self._open(self.cards[index])), None)

    def _open(self, card: Card) -> bool:
        ruling = self.ruling(card)
        return ruling is None or (self._again and ruling == "skip")

    def standing(self) -> Standing:
        """Counted over the cards that are asked about."""
        decided = [(card.verdict.outcome, ruling) for card in self.cards if (ruling := self.ruling(card))]
        compared = [pair for pair in decided if "unverifiable" not in pair and "skip" not in pair]
        return Standing(
            cards=len(self.cards),
            rulings=Counter(ruling for _, ruling in decided),
            compared=len(compared),
            agreed=sum(verifier == ruling for verifier, ruling in compared),
        )


def pair_lines(decisions: Iterable[Decision]) -> tuple[list[str], Counter[str]]:
    """Rows for ``tests/answers/pairs.txt`` (``+ gold :: predicted``), and the decisions left out by reason.

    The form has no question, so that a row holds for the two answers by themselves.
    """
    last = {_key(decision): decision for decision in decisions}
    rulings: dict[tuple[str, str], set[Ruling]] = {}
    dropped: Counter[str] = Counter()
    for decision in last.values():
        gold, predicted = (" ".join((text or "").split()) for text in (decision.gold, decision.predicted))
        reason = _unfit(decision.decision, gold, predicted)
        if reason:
            dropped[reason] += 1
        else:
            rulings.setdefault((gold, predicted), set()).add(decision.decision)
    dropped["contradictory"] += sum(len(found) > 1 for found in rulings.values())
    return list(_rows(rulings)), +dropped


def _rows(rulings: dict[tuple[str, str], set[Ruling]]) -> Iterator[str]:
    for (gold, predicted), found in rulings.items():
        if len(found) == 1:
            yield f"{'+' if 'correct' in found else '-'} {gold} :: {predicted}"


def _unfit(ruling: Ruling, gold: str, predicted: str) -> str | None:
    if ruling == "skip":
        return "skipped"
    if not gold or not predicted:
        return "no_answer"
    return "separator_in_answer" if " :: " in f"{gold} " else None


def _key(decision: Decision) -> tuple[str, str | None]:
    return decision.attempt_id, decision.predicted
