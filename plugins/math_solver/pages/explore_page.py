"""The page on which a person looks at datasets: facets to choose by, a list, and rows as a whole."""

from __future__ import annotations

import html
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import gradio
import numpy as np

from ..records import RecordError
from .explore_cards import bars, cards, whole
from .exploring.collection import Choice, Selection
from .exploring.explorer import Explorer, Part
from .exploring.texts import wanted
from .serving import collect_answers, formulas, page_options
from .typeset import plain

__all__ = ["build_explore"]

PAGE = 20  # rows of a list
_PARTS: Mapping[Part, tuple[str, tuple[str, str]]] = {
    "rows": ("Rows", ("row", "rows")),
    "left_out": ("Left out", ("row left out", "rows left out")),
    "clusters": ("Clusters", ("cluster", "clusters")),
}


@dataclass(frozen=True)
class View:
    """What a tab shows: a part, what is chosen of it, and a page of the list or one row.

    Attributes:
        wide: the facets that show all their values.
        open: whether a phone shows the facets.
        before: what showed before a row of another part was opened.
    """

    part: Part = "rows"
    choice: Choice = field(default_factory=Choice)
    page: int = 0
    row: int | None = None
    wide: frozenset[int] = frozenset()
    open: bool = False
    before: View | None = None


def build_explore(explorer: Explorer) -> Any:
    """The page (``gradio.Blocks``); any number of tabs may show it.

    Its buttons are HTML: explore.js writes a button's value into the field ``act``, whose event brings the new view.
    """
    desk = _Desk(explorer)
    with gradio.Blocks(title="Explore", **page_options("explore")) as page:
        view = gradio.State(None)
        act = gradio.Textbox(elem_id="act", show_label=False, container=False)
        header = gradio.HTML(elem_id="header", padding=False)
        with gradio.Row(elem_id="find", equal_height=True):
            words = gradio.Textbox(
                show_label=False, label="Search", placeholder='Search all text: words, or "a phrase"', elem_id="words",
                max_lines=1, scale=5, container=False,
            )  # fmt: skip
            search = gradio.Button("Search", elem_id="search", scale=1)
        with gradio.Row(elem_id="desk"):
            facets = gradio.HTML(elem_id="facets", padding=False)
            with gradio.Column(elem_id="main"):
                chosen = gradio.HTML(elem_id="chosen", padding=False)
                rows = formulas(elem_id="rows")
                pager = gradio.HTML(elem_id="pager", padding=False)
                with gradio.Accordion("Save this selection", open=False, elem_id="save"):
                    saved = gradio.HTML(f"<p>A file of <code>{html.escape(str(explorer.folder))}</code>.</p>",
                                        elem_id="saved", padding=False)  # fmt: skip
                    with gradio.Row(equal_height=True):
                        name = gradio.Textbox("selection.jsonl", label="File", elem_id="name", max_lines=1, scale=3)
                        over = gradio.Checkbox(label="Replace", elem_id="replace", container=False, scale=1)
                        keep = gradio.Button("Save", elem_id="keep", scale=1)
        shown = [view, header, facets, chosen, rows, pager, words]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False, "concurrency_id": "desk"}
        page.load(desk.first, None, shown, **quiet)
        collect_answers()
        act.input(desk.act, [view, act], shown, trigger_mode="multiple", **quiet)
        gradio.on([words.submit, search.click], desk.search, [view, words], shown, **quiet)
        keep.click(desk.save, [view, name, over], [saved], **quiet)
    return page


class _Desk:
    """The handlers; each maps the view that a tab shows to the next one."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._lock = threading.Lock()
        start: Part = "rows" if len(explorer.rows) else "left_out"
        self._start = View(start)
        self._acts: Mapping[str, Callable[..., View]] = {
            "toggle": _toggle, "clear": _clear, "forget": _forget, "page": _turn, "open": _open, "go": _go,
            "close": _close, "part": self._switch, "wide": _widen, "filters": _unfold,
        }  # fmt: skip

    def first(self) -> list[Any]:
        return self._show(self._start)

    def act(self, view: View | None, message: str) -> list[Any]:
        """What a button asks: ``SERIAL:VERB:NUMBER:...``; what cannot be meant changes nothing."""
        view = before = view or self._start
        try:
            _, verb, *numbers = message.split(":")
            view = self._possible(self._acts[verb](view, *map(int, numbers)))
        except (LookupError, TypeError, ValueError):
            pass
        *shown, words = self._show(view)
        # What a person types while this is on its way stays.
        return [*shown, gradio.skip() if view.choice.query == before.choice.query else words]

    def _possible(self, view: View) -> View:
        facets = self._explorer.part(view.part).facets
        filters = {
            facet: frozenset(value for value in values if 0 <= value < len(facets[facet].values))
            for facet, values in view.choice.filters.items()
            if 0 <= facet < len(facets)
        }
        return replace(view, choice=replace(view.choice, filters={key: some for key, some in filters.items() if some}))

    def search(self, view: View | None, words: str) -> list[Any]:
        view = view or self._start
        return self._show(replace(view, choice=replace(view.choice, query=words), page=0, row=None, before=None))

    def save(self, view: View | None, name: str, over: bool) -> str:
        view = view or self._start
        try:
            with self._lock:
                path, rows = self._explorer.save(view.part, view.choice, name, replace=over)
        except RecordError as error:
            return f'<p class="bad" role="alert">{html.escape(str(error))}</p>'
        return f'<p class="good" role="status">{html.escape(str(path))}: {rows:,} rows</p>'

    def _switch(self, view: View, number: int) -> View:
        part = list(_PARTS)[number]
        return view if part == view.part and view.row is None else View(part, Choice(query=view.choice.query))

    def _show(self, view: View) -> list[Any]:
        collection = self._explorer.part(view.part)
        selection = collection.select(view.choice)
        if view.row is not None and not 0 <= view.row < len(collection):
            view = replace(view, row=None)
        pages = max(-(-len(selection.rows) // PAGE), 1)
        view = replace(view, page=min(max(view.page, 0), pages - 1))
        return [
            view,
            self._header(view),
            _facets(bars(collection, selection, view.choice, view.wide), view),
            self._chosen(view, selection) if view.row is None else _way(view, view.row, selection),
            self._body(view, selection),
            _pager(view.page, pages) if view.row is None else "",
            view.choice.query,
        ]

    def _header(self, view: View) -> str:
        tabs = []
        for number, (part, (title, _)) in enumerate(_PARTS.items()):
            size = len(self._explorer.part(part))
            if size or part == "rows":
                here = ' aria-current="page"' if part == view.part else ""
                tabs.append(f'<button value="part:{number}"{here}>{title} <span>{size:,}</span></button>')
        place = f"{view.part}:{view.page if view.row is None else ''}:{'' if view.row is None else view.row}"
        unread = self._explorer.unreadable.total()
        warning = (
            f'<p id="warning">{unread:,} rows could not be read; they are not counted here.</p>' if unread else ""
        )
        names = ", ".join(path.name for path in self._explorer.inputs)
        return (
            f'<div id="place" data-turn="{secrets.token_hex(4)}" data-place="{place}">'
            f'<h1>Explore</h1><span class="facts" title="{html.escape(names)}">{html.escape(names)}</span></div>'
            f"<nav>{''.join(tabs)}</nav>{warning}"
        )

    def _chosen(self, view: View, selection: Selection) -> str:
        collection, choice = self._explorer.part(view.part), view.choice
        count, all_rows = len(selection.rows), len(collection)
        what = _PARTS[view.part][1][count != 1]
        of = f" of {all_rows:,}" if count < all_rows else ""
        named = "problem" if selection.problems == 1 else "problems"
        problems = f" · {selection.problems:,} {named}" if view.part == "rows" else ""
        chips = [
            f'<button class="chip" value="toggle:{facet}:{value}">{plain(collection.facets[facet].kind.title)}: '
            f"{plain(collection.facets[facet].values[value])} ✕</button>"
            for facet, values in choice.filters.items()
            for value in sorted(values)
        ]
        if wanted(choice.query):
            chips.append(f'<button class="chip" value="forget">{plain(choice.query[:80])} ✕</button>')
        if len(chips) > 1:
            chips.append('<button class="chip all" value="clear">Clear all</button>')
        told = "".join(f"<p>{plain(note)}</p>" for note in self._explorer.notes) if view.part == "left_out" else ""
        notes = f'<details class="more-said"><summary>What curation says</summary>{told}</details>' if told else ""
        counted = f'<p id="count" role="status">{count:,}{of} {what}{problems}</p>'
        return f'{counted}<div class="chips">{"".join(chips)}</div>{notes}'

    def _body(self, view: View, selection: Selection) -> str:
        if view.row is not None:
            return whole(self._explorer, view.part, view.row)
        numbers = selection.rows[view.page * PAGE : (view.page + 1) * PAGE].tolist()
        return (
            cards(self._explorer, view.part, numbers) or '<div class="card">Nothing is left; take a filter back.</div>'
        )


def _toggle(view: View, facet: int, value: int) -> View:
    return replace(view, choice=view.choice.toggled(facet, value), page=0, row=None, before=None)


def _clear(view: View) -> View:
    return replace(view, choice=Choice(), page=0, row=None, before=None)


def _forget(view: View) -> View:
    return replace(view, choice=replace(view.choice, query=""), page=0)


def _turn(view: View, page: int) -> View:
    return replace(view, page=page)


def _open(view: View, row: int) -> View:
    return replace(view, row=row)


def _go(view: View, row: int) -> View:
    """Open a row of the dataset from another part."""
    return View("rows", row=row, before=view)


def _close(view: View) -> View:
    return view.before or replace(view, row=None)


def _widen(view: View, facet: int) -> View:
    return replace(view, wide=view.wide ^ {facet})


def _unfold(view: View) -> View:
    return replace(view, open=not view.open)


def _facets(shown: str, view: View) -> str:
    label = "Hide the filters" if view.open else "Filters"
    chosen = sum(map(len, view.choice.filters.values()))
    number = f" · {chosen}" if chosen else ""
    return (
        f'<button class="unfold" value="filters" aria-expanded="{str(view.open).lower()}">{label}{number}</button>'
        f'<div class="facets{" open" if view.open else ""}">{shown}</div>'
    )


def _way(view: View, row: int, selection: Selection) -> str:
    """The way back to the list, and to the rows beside this one."""
    back = "← Back" if view.before else "← All"
    place = int(np.searchsorted(selection.rows, row))
    listed = place < len(selection.rows) and selection.rows[place] == row
    where, steps = "", ""
    if listed and view.before is None:
        where = f"{place + 1:,} of {len(selection.rows):,}"
        for name, sign, step in (("previous", "‹", -1), ("next", "›", 1)):
            there = 0 <= place + step < len(selection.rows)
            value = f'value="open:{selection.rows[place + step]}"' if there else "disabled"
            steps += f'<button id="{name}" aria-label="{name}" {value}>{sign}</button>'
    return f'<div class="way"><button id="back" value="close">{back}</button><span>{where}</span>{steps}</div>'


def _pager(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    around = sorted({0, page - 1, page, page + 1, pages - 1} & set(range(pages)))
    buttons = []
    for before, number in zip([-1, *around], around, strict=False):
        gap = '<span class="gap">…</span>' if number > before + 1 else ""
        here = ' aria-current="page"' if number == page else ""
        buttons.append(f'{gap}<button value="page:{number}"{here}>{number + 1:,}</button>')
    return f'<nav class="pages" aria-label="Pages">{"".join(buttons)}</nav>'
