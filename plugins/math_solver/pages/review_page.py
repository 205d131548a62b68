"""The page on which a person decides about answers, one key a decision."""

from __future__ import annotations

import html
import secrets
import threading
from typing import Any, Literal

import gradio

from ..evaluation import Ruling
from ..records import RecordError
from .deciding import Card, Review
from .serving import collect_answers, formulas, page_options
from .typeset import listing, typeset, typeset_answer

__all__ = ["build_review"]

_BUTTONS: tuple[tuple[Ruling, str, Literal["primary", "stop", "secondary"]], ...] = (
    ("correct", "✓ Correct", "primary"),
    ("incorrect", "✗ Incorrect", "stop"),
    ("skip", "Skip", "secondary"),
)
_HELP = (
    "<kbd>1</kbd> or <kbd>c</kbd> correct · <kbd>2</kbd> or <kbd>x</kbd> incorrect · <kbd>3</kbd> or <kbd>s</kbd> skip"
    " · <kbd>u</kbd> or <kbd>←</kbd> back · <kbd>n</kbd> note, <kbd>Esc</kbd> leaves it"
)
Shown = tuple[str, str, str, str, str, str, str, str, str]


def build_review(review: Review) -> Any:
    """The page (``gradio.Blocks``); any number of tabs may show it.

    keys.js passes one key press on for each answer shown: gradio would queue further ones and apply them to the
    next answer, before anybody has seen it.
    """
    desk = _Desk(review)
    with gradio.Blocks(title="Review", **page_options()) as page:
        token = gradio.State("")
        header = gradio.HTML(elem_id="header", padding=False)
        question = formulas(elem_id="question", elem_classes="panel")
        with gradio.Row(elem_id="answers", equal_height=True):
            gold = formulas(elem_classes="panel gold")
            predicted = formulas(elem_classes="panel predicted")
        verdict = gradio.HTML(elem_id="verdict", padding=False)
        with gradio.Accordion("What the model wrote", open=False, elem_id="text"):
            text = formulas()
        with gradio.Accordion("Programs and their output", open=False, elem_id="programs"):
            programs = formulas()
        note = gradio.Textbox(label="Note", placeholder="kept with the decision", elem_id="note", max_lines=3)
        with gradio.Row(elem_id="decide"):
            back = gradio.Button("← Back", elem_id="back", size="lg")
            buttons = [
                (ruling, gradio.Button(label, elem_id=ruling, size="lg", variant=variant))
                for ruling, label, variant in _BUTTONS
            ]
        gradio.HTML(f'<p class="help">{_HELP}</p>', elem_id="help", padding=False)
        shown = [token, header, question, gold, predicted, verdict, text, programs, note]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
        page.load(desk.first, None, shown, **quiet)
        collect_answers()
        for ruling, button in buttons:
            button.click(desk.deciding(ruling), [token, note], shown, **quiet)
        back.click(desk.back, [token], shown, **quiet)
    return page


class _Desk:
    """The handlers of the buttons.

    A tab's token holds the index of the card that it shows and the decision that the card then had, so that a
    press on an outdated tab decides nothing.
    """

    def __init__(self, review: Review) -> None:
        self._review = review
        self._lock = threading.Lock()

    def first(self) -> Shown:
        return self._show(self._review.next_open())

    def deciding(self, ruling: Ruling) -> Any:
        """What a button does."""

        def decide(token: str, note: str) -> Shown:
            with self._lock:
                return self._decide(ruling, token, note)

        return decide

    def _decide(self, ruling: Ruling, token: str, note: str) -> Shown:
        index, held = _read(token)
        if index is None:  # nothing was left, or the page is older than this server
            return self.first()
        card = self._review.cards[index]
        now = self._review.ruling(card)
        if now != held:
            return self._show(index, f"Decided as {now} in another tab meanwhile; press again to replace that.", note)
        try:
            self._review.decide(card, ruling, note)
        except RecordError as error:
            return self._show(index, f"{error}; nothing was lost, press again once that is mended.", note)
        return self._show(self._review.next_open(index + 1))

    def back(self, token: str) -> Shown:
        index, _ = _read(token)
        before = len(self._review.cards) if index is None else index
        return self._show(max(before - 1, 0) if self._review.cards else None)

    def _show(self, index: int | None, warning: str = "", note: str = "") -> Shown:
        turn = secrets.token_hex(4)  # new for every answer shown, after a restart of the server too
        if index is None:
            return ("", self._header(None, warning, turn), *("",) * 7)
        card = self._review.cards[index]
        decision = self._review.decision(card)
        return (
            f"{index}:{decision.decision if decision else ''}",
            self._header(index, warning, turn),
            _titled("Question", typeset(card.problem.question)),
            _answer("Gold", card.problem.answer),
            _answer("Predicted", card.predicted),
            _verdict(card),
            typeset(card.attempts[0].text) if card.attempts[0].text else "",
            _programs(card),
            note or (decision.note if decision else ""),
        )

    def _header(self, index: int | None, warning: str, turn: str) -> str:
        standing = self._review.standing()
        share = 100 * standing.done / standing.cards if standing.cards else 100
        card = self._review.cards[index] if index is not None else None
        held = self._review.ruling(card) if card else None
        state = (
            f'<span class="state {held or "open"}">{held or "open"}</span>'
            if card
            else '<span class="state correct">nothing is left to decide</span>'
        )
        place = f"Answer {index + 1} of {standing.cards}" if index is not None else f"{standing.cards} answers"
        return (
            f'<div id="place" data-turn="{turn}" data-index="{"" if index is None else index}">'
            f"<h1>{place}</h1>{state}</div>"
            f'<div class="bar"><div style="width:{share:.1f}%"></div></div>'
            f'<p id="standing">{_standing_text(self._review)}</p>'
            + (f'<p id="warning" role="alert">{html.escape(warning)}</p>' if warning else "")
        )


def _read(token: str) -> tuple[int | None, Ruling | None]:
    index, _, held = token.partition(":")
    return (int(index) if index else None), (held or None)  # type: ignore[return-value]


def _standing_text(review: Review) -> str:
    standing = review.standing()
    rulings = standing.rulings
    parts = [
        f"{standing.done} of {standing.cards} decided",
        f"{rulings['correct']} correct, {rulings['incorrect']} incorrect, {rulings['skip']} skipped",
    ]
    if standing.compared:
        parts.append(f"the verifier agrees with {standing.agreed} of the {standing.compared} that it had decided")
    return " · ".join(parts)


def _titled(title: str, body: str) -> str:
    """The title goes inside the block of HTML: one line, which Markdown passes on."""
    return body.replace('<div class="typeset">', f'<div class="typeset"><h2>{title}</h2>', 1)


def _answer(title: str, answer: str | None) -> str:
    source = html.escape(" ".join((answer or "").split()))[:2000]
    shown = _titled(title, typeset_answer(answer) if answer else typeset_answer(None))
    return shown.removesuffix("</div>") + f'<p class="source"><code>{source}</code></p></div>'


def _verdict(card: Card) -> str:
    outcome, reason = card.verdict.outcome, html.escape(card.verdict.reason or "no reason given")
    facts = [card.problem.source, card.problem.subject, card.problem.level, card.attempts[0].id]
    same = f" · {len(card.attempts)} attempts gave this answer" if len(card.attempts) > 1 else ""
    named = " · ".join(html.escape(fact) for fact in facts if fact)
    return (
        f'<p>Verifier: <span class="state {outcome}">{outcome}</span> {reason}</p><p class="facts">{named}{same}</p>'
    )


def _programs(card: Card) -> str:
    ran = card.attempts[0].executions
    if not ran:
        return typeset("No program was run.")
    parts = []
    for number, execution in enumerate(ran, 1):
        status = execution.get("status", "")
        parts.append(_titled(f"Program {number}", listing(str(execution.get("code", "")))))
        parts.append(_titled(f"Output ({html.escape(str(status))})", listing(str(execution.get("output", "")))))
    return "\n\n".join(parts)
