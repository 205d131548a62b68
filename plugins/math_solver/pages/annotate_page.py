"""The page on which a person writes a solution, or mends a model's, and saves it into a dataset."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import gradio

from ..interpreter.errors import InterpreterError
from ..records import RecordError
from .annotating import MOST_STEPS, Bench, Texts
from .authoring import checks
from .drafts import Draft
from .serving import collect_answers, formulas, page_options
from .typeset import listing, typeset

__all__ = ["build_annotate"]


_TEXTS = 4  # id, question, answer, conclusion
_RESULTS = 5 + MOST_STEPS + 2  # the length of ``_Fields.results``


class _Step(NamedTuple):
    """What one step of the page is made of."""

    group: Any
    thought: Any
    code: Any
    output: Any
    above: Any
    remove: Any


class _Fields(NamedTuple):
    """The components that show a draft, in the order in which ``_Desk`` fills them."""

    draft: Any
    message: Any
    entry: Any
    texts: list[Any]
    steps: list[_Step]
    question_shown: Any
    conclusion_shown: Any
    checks: Any
    replace: Any

    @property
    def inputs(self) -> list[Any]:
        thoughts, codes = [step.thought for step in self.steps], [step.code for step in self.steps]
        return [self.draft, *self.texts, *thoughts, *codes]

    @property
    def judged(self) -> list[Any]:
        """What follows from the texts, filled while a person types."""
        outputs = [step.output for step in self.steps]
        return [self.draft, self.message, self.question_shown, self.conclusion_shown, self.checks, *outputs]

    @property
    def results(self) -> list[Any]:
        """What an action fills that may take long: not the texts, which a person goes on writing meanwhile."""
        return [*self.judged, self.entry, self.replace]

    @property
    def everything(self) -> list[Any]:
        return [*self.results, *self.inputs[1:], *(step.group for step in self.steps)]


def build_annotate(bench: Bench) -> Any:
    """The page (``gradio.Blocks``); any number of tabs may show it."""
    desk = _Desk(bench)
    with gradio.Blocks(title="Annotate", **page_options()) as page:
        draft = gradio.State(None)
        with gradio.Row(elem_id="entries", equal_height=True):
            entry = gradio.Dropdown(label="Entry", elem_id="entry", filterable=False, scale=5)
            new = gradio.Button("New entry", elem_id="new", scale=1)
        question = gradio.Textbox(label="Question (Chinese or English)", lines=3, elem_id="question-text")
        question_shown = formulas(elem_id="question-shown", elem_classes="preview")
        with gradio.Row():
            answer = gradio.Textbox(label="Gold answer, if there is one", elem_id="answer-text", lines=1, max_lines=1)
            name = gradio.Textbox(label="Id", elem_id="id-text", lines=1, max_lines=1)
        can_solve = bench.model is not None
        label = "Let the model solve it" if can_solve else "No model: start with --base-url to have one solve"
        solve = gradio.Button(label, elem_id="solve", interactive=can_solve)
        steps = [_build_step(number) for number in range(MOST_STEPS)]
        add = gradio.Button("Add a step", elem_id="add")
        conclusion = gradio.Textbox(label="Conclusion, with \\boxed{}", lines=2, elem_id="conclusion-text")
        conclusion_shown = formulas(elem_id="conclusion-shown", elem_classes="preview")
        checked = gradio.HTML(elem_id="checks", padding=False)
        with gradio.Row(elem_id="decide"):
            message = gradio.HTML(elem_id="message", padding=False)
            run = gradio.Button("Run", elem_id="run", size="lg")
            replace = gradio.Checkbox(label="Replace", elem_id="replace", container=False)
            save = gradio.Button("Save", elem_id="save", variant="primary", size="lg")
        texts = [name, question, answer, conclusion]
        fields = _Fields(draft, message, entry, texts, steps, question_shown, conclusion_shown, checked, replace)
        _connect(page, desk, fields, {"new": new, "solve": solve, "add": add, "run": run, "save": save})
    return page


def _build_step(index: int) -> _Step:
    number = index + 1
    with gradio.Group(visible=index == 0, elem_classes="step", elem_id=f"step-{number}") as group:
        thought = gradio.Textbox(label=f"Step {number}: thought", lines=2, elem_id=f"thought-{number}")
        code = gradio.Textbox(label="Program", lines=4, elem_id=f"code-{number}", elem_classes="code")
        output = formulas(elem_id=f"output-{number}", elem_classes="output")
        with gradio.Row(elem_classes="tools"):
            above = gradio.Button("Add a step above", size="sm", elem_id=f"above-{number}")
            remove = gradio.Button("Remove this step", size="sm", elem_id=f"remove-{number}")
    return _Step(group, thought, code, output, above, remove)


def _connect(page: Any, desk: _Desk, fields: _Fields, buttons: dict[str, Any]) -> None:
    # One at a time: each event starts from the draft that the one before it left.
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False, "concurrency_id": "desk"}
    page.load(desk.first, None, fields.everything, **quiet)
    collect_answers()
    # One event for all texts, so that what was typed later cannot be overtaken on its way.
    typing = [text.input for text in fields.inputs[1:]]
    gradio.on(typing, desk.typed, fields.inputs, fields.judged, trigger_mode="always_last", **quiet)
    fields.entry.input(desk.chosen, [fields.entry, *fields.inputs], fields.everything, **quiet)
    buttons["new"].click(desk.new, fields.inputs, fields.everything, **quiet)
    buttons["add"].click(desk.add(None), fields.inputs, fields.everything, **quiet)
    buttons["run"].click(desk.run, fields.inputs, fields.results, **quiet)
    buttons["save"].click(desk.save, [fields.replace, *fields.inputs], fields.results, **quiet)
    # Its solution takes the place of the texts, so that nobody can write until it has come.
    texts = fields.inputs[1:]
    asked = buttons["solve"].click(desk.wait, None, [fields.message, *texts], **quiet)
    solved = asked.then(desk.solve, fields.inputs, fields.everything, **{**quiet, "concurrency_id": "model"})
    solved.then(desk.go_on, None, texts, **quiet)
    for index, step in enumerate(fields.steps):
        step.above.click(desk.add(index), fields.inputs, fields.everything, **quiet)
        step.remove.click(desk.remove(index), fields.inputs, fields.everything, **quiet)


class _Desk:
    """The handlers of typing and of the buttons; each first keeps the draft that the fields hold."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def first(self) -> list[Any]:
        draft = self._bench.current()
        return self._show(draft, "" if draft.blank else "Your last draft, as you left it.")

    def typed(self, draft: Draft | None, *values: str) -> list[Any]:
        try:
            kept = self._bench.keep(draft, Texts.of(values))
        except RecordError as error:
            return self._judged(draft or Draft.new(), str(error), bad=True)
        return self._judged(kept, _kept(draft, kept))

    def chosen(self, key: str, draft: Draft | None, *values: str) -> list[Any]:
        def choose(left: Draft) -> Draft:
            kind, _, name = key.partition(":")
            if kind == "saved":
                return self._bench.reopen(name)
            return self._bench.drafts.get(name) or Draft.new()

        return self._act(choose, "", draft, values)

    def new(self, draft: Draft | None, *values: str) -> list[Any]:
        return self._act(lambda _: Draft.new(), "A new entry.", draft, values)

    def add(self, index: int | None) -> Callable[..., list[Any]]:
        def add(draft: Draft | None, *values: str) -> list[Any]:
            return self._act(
                lambda kept: self._bench.add_step(kept, len(kept.steps) if index is None else index),
                "Step added.", draft, values,
            )  # fmt: skip

        return add

    def remove(self, index: int) -> Callable[..., list[Any]]:
        def remove(draft: Draft | None, *values: str) -> list[Any]:
            return self._act(lambda kept: self._bench.remove_step(kept, index), "Step removed.", draft, values)

        return remove

    def run(self, draft: Draft | None, *values: str) -> list[Any]:
        return self._results(self._bench.run, "All programs have run, in order.", draft, values)

    def wait(self) -> list[Any]:
        return [_message("The model is at work ..."), *_writable(False)]

    def go_on(self) -> list[Any]:
        return _writable(True)

    def solve(self, draft: Draft | None, *values: str) -> list[Any]:
        return self._act(self._bench.solve, "The model's solution; its programs have run here.", draft, values)

    def save(self, replace_saved: bool, draft: Draft | None, *values: str) -> list[Any]:
        return self._results(
            lambda kept: self._bench.save(kept, replace_saved=replace_saved),
            f"Saved into {self._bench.dataset.path}.", draft, values,
        )  # fmt: skip

    def _results(
        self, act: Callable[[Draft], Draft], said: str, draft: Draft | None, values: tuple[str, ...]
    ) -> list[Any]:
        return self._act(act, said, draft, values)[:_RESULTS]

    def _act(
        self, act: Callable[[Draft], Draft], said: str, draft: Draft | None, values: tuple[str, ...]
    ) -> list[Any]:
        """Keep what is written, then act on it; what fails leaves the page as it is and says why."""
        kept = None
        try:
            kept = self._bench.keep(draft, Texts.of(values))
            return self._show(act(kept), said)
        except (RecordError, InterpreterError) as error:
            texts = None if kept else values  # could not be kept: they are on the page alone
            return self._show(kept or draft or Draft.new(), str(error), bad=True, texts=texts)

    def _judged(self, draft: Draft, said: str | None, *, bad: bool = False) -> list[Any]:
        """``None`` leaves the message as it is: typing that an action has kept already has nothing to say."""
        outputs = [_output(draft, index) for index in range(MOST_STEPS)]
        return [
            draft,
            gradio.skip() if said is None else _message(said, bad=bad),
            typeset(draft.question) if draft.question.strip() else "",
            typeset(draft.conclusion) if draft.conclusion.strip() else "",
            _checks(draft),
            *outputs,
        ]

    def _show(self, draft: Draft, said: str, *, bad: bool = False, texts: tuple[str, ...] | None = None) -> list[Any]:
        padding = [""] * (MOST_STEPS - len(draft.steps))
        thoughts = [step.thought for step in draft.steps] + padding
        codes = [step.code for step in draft.steps] + padding
        fields = [draft.id, draft.question, draft.answer, draft.conclusion, *thoughts, *codes]
        groups = [gradio.update(visible=index < len(draft.steps)) for index in range(MOST_STEPS)]
        return [*self._judged(draft, said, bad=bad), self._entries(draft), False, *(texts or fields), *groups]

    def _entries(self, draft: Draft) -> Any:
        drafts = [(f"draft · {_short(held)}", f"draft:{held.key}") for held in self._bench.drafts.open]
        saved = [(f"saved · {made.id} · {made.problem.question[:60]}", f"saved:{made.id}")
                 for made in reversed(self._bench.dataset.records)]  # fmt: skip
        here = f"saved:{draft.id}" if draft.saved else f"draft:{draft.key}"
        if here not in {value for _, value in (*drafts, *saved)}:
            drafts.insert(0, ("new entry", here))
        return gradio.update(choices=[*drafts, *saved], value=here)


def _message(said: str, *, bad: bool = False) -> str:
    return f'<p id="ready" class="{"bad" if bad else "good"}" role="status">{html.escape(said) or "&nbsp;"}</p>'


def _writable(writable: bool) -> list[Any]:
    return [gradio.update(interactive=writable)] * (_TEXTS + 2 * MOST_STEPS)


def _kept(before: Draft | None, kept: Draft) -> str | None:
    if kept is before:
        return None
    if before is not None and kept.key != before.key:
        return "This draft was changed elsewhere meanwhile; what you write here is kept as a draft of its own."
    return f"Draft kept at {datetime.now():%H:%M:%S}."


def _short(draft: Draft) -> str:
    text = " ".join((draft.question or draft.conclusion or draft.id).split())
    return text if len(text) <= 60 else text[:57] + "..."


def _output(draft: Draft, index: int) -> str:
    if index >= len(draft.steps):
        return ""
    ran = draft.steps[index].execution
    if ran is None and not draft.steps[index].code.strip():
        return ""
    if ran is None:
        return '<div class="typeset"><h2>Output</h2><p class="stale">not run since the last change</p></div>'
    title = f"<h2>Output · {html.escape(ran.status)}</h2>"
    return listing(ran.observation).replace('<div class="typeset">', f'<div class="typeset">{title}', 1)


def _checks(draft: Draft) -> str:
    rows = "".join(
        f'<li class="{"met" if check.met else "open"}">{html.escape(check.text)}</li>' for check in checks(draft)
    )
    taught = f"{draft.teacher}{', edited' if draft.edited else ''}"
    return f'<ul>{rows}</ul><p class="facts">Written by {html.escape(taught)}</p>'
