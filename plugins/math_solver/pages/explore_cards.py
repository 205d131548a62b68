"""What the explorer shows of rows, as HTML: bars of facets, cards of a list, and a row as a whole.

Everything that comes from a dataset passes through ``typeset``: it is text, and formulas, and nothing else. A button's
``value`` says what it does (``explore_page``); it holds numbers of ours, never a dataset's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..dataset.curation.curating import EXCERPT as VICTIM_EXCERPT
from ..dataset.curation.curating import Victim
from ..protocol import truncate_middle
from ..records import Execution, Problem, Trajectory, problem_of
from .exploring.collection import Choice, Collection, Selection
from .exploring.comparing import in_common, where_they_differ
from .exploring.explorer import Explorer, Part
from .exploring.facets import Facet
from .typeset import listing, plain, typeset, typeset_answer

__all__ = ["bars", "cards", "read_record", "whole"]

FEW, MANY = 8, 200  # values of a facet that are shown
EXCERPT = 700  # characters of a question in a list
SHOWN_MEMBERS = 12  # of a cluster in a list
MOST_STEPS = 50  # of a row
TOO_DEEP = "(nested too deep to be shown)"
OTHERS = 24  # other solutions of a problem


def read_record(row: Mapping[str, Any]) -> Problem | Trajectory:
    """A row of the explorer as the record that it was read as."""
    return Trajectory.from_dict(row) if "steps" in row else Problem.from_dict(row)


def bars(collection: Collection, selection: Selection, choice: Choice, wide: frozenset[int]) -> str:
    """All facets; a bar is as long as its share of the facet's longest one."""
    shown = [
        _facet(number, facet, selection.counts[number], choice, number in wide)
        for number, facet in enumerate(collection.facets)
        if facet.says_something and not (facet.kind.name == "file" and len(facet.values) == 1)
    ]
    return "".join(shown)


def _facet(number: int, facet: Facet, counts: npt.NDArray[np.int64], choice: Choice, wide: bool) -> str:
    chosen = choice.filters.get(number, frozenset())
    there = facet.ordered(counts, chosen)
    first = there if wide else there[:FEW] + [value for value in there[FEW:] if value in chosen]
    first, longest = first[:MANY], max(int(counts.max(initial=0)), 1)
    rows = "".join(
        _bar(number, value, facet.values[value], int(counts[value]), longest, value in chosen) for value in first
    )
    more = max(int(np.count_nonzero(counts)), len(there)) - len(first)
    button = ""
    if more and not wide:
        button = f'<button class="more" value="wide:{number}">{more:,} more</button>'
    elif wide and len(there) > FEW:
        rest = f" ({more:,} more; search finds them)" if more else ""
        button = f'<button class="more" value="wide:{number}">Fewer{rest}</button>'
    return f'<section class="facet"><h2>{plain(facet.kind.title)}</h2>{rows}{button}</section>'


def _bar(facet: int, value: int, name: str, count: int, longest: int, chosen: bool) -> str:
    return (
        f'<button class="value" value="toggle:{facet}:{value}" aria-pressed="{str(chosen).lower()}">'
        f'<span class="fill" style="width:{100 * count / longest:.1f}%"></span>'
        f'<span class="name">{plain(name)}</span><span class="count">{count:,}</span></button>'
    )


def cards(explorer: Explorer, part: Part, numbers: Sequence[int]) -> str:
    """The rows of one page of a list."""
    make = {"rows": _row_card, "left_out": _victim_card, "clusters": _cluster_card}[part]
    collection = explorer.part(part)
    shown = []
    for number in numbers:
        try:
            shown.append(make(explorer, number, collection[number]))
        except RecursionError:
            shown.append(TOO_DEEP)
    return "\n\n".join(f'<div class="card">{card}</div>' for card in shown)


def _row_card(explorer: Explorer, number: int, row: Mapping[str, Any]) -> str:
    record = read_record(row)
    problem = problem_of(record)
    marks = _outcome(record) if isinstance(record, Trajectory) else ""
    answers = _answers_line(record)
    return _head(number, str(record.id), marks) + typeset(_excerpt(problem.question)) + answers + _facts(record)


def _head(number: int, id: str, marks: str = "") -> str:
    return f'<div class="head"><button class="open" value="open:{number}">{_line(id, 160)}</button>{marks}</div>'


def _outcome(trajectory: Trajectory) -> str:
    outcome = trajectory.verdict.outcome if trajectory.verdict else "not verified"
    failed = [step.execution.status for step in trajectory.steps if step.execution.status not in ("ok", "not_run")]
    said = f'<span class="state {plain(outcome)}">{plain(outcome)}</span>'
    return said + "".join(
        f'<span class="state {plain(status)}">{plain(status)}</span>' for status in dict.fromkeys(failed)
    )


def _answers_line(record: Problem | Trajectory) -> str:
    problem = problem_of(record)
    said = [("gold", problem.answer)]
    if isinstance(record, Trajectory):
        said.append(("predicted", record.predicted))
    parts = [f"<span>{name} <code>{_line(text, 120)}</code></span>" for name, text in said if text]
    return f'<div class="answers">{"".join(parts)}</div>' if parts else ""


def _facts(record: Problem | Trajectory) -> str:
    problem = problem_of(record)
    facts = [problem.source, problem.subject, problem.level, problem.lang, problem.licence]
    if isinstance(record, Trajectory):
        programs = len(record.steps)
        facts.append("no program" if not programs else f"{programs} program{'s' if programs > 1 else ''}")
    return f'<div class="facts">{" · ".join(_line(str(fact), 60) for fact in facts if fact)}</div>'


def _victim_card(explorer: Explorer, number: int, row: Mapping[str, Any]) -> str:
    victim = Victim.from_dict(row)
    kin = _cut(victim.kin_question) if victim.kin_question is not None else None
    return _head(number, victim.id, _why(victim)) + _beside(victim, _cut(victim.question), kin)


def _why(victim: Victim) -> str:
    score = f" · {victim.score:g}" if victim.score is not None else ""
    reason = f'<span class="state">{_line(victim.reason, 60)}{score}</span>'
    return f'{reason}<span class="detail">{_line(victim.detail, 240)}</span>'


def _beside(victim: Victim, question: str, kin_question: str | None) -> str:
    """The two questions side by side: of a benchmark item what both say, of a duplicate where they differ."""
    if kin_question is None:
        return typeset(_excerpt(question))
    hit = victim.filter != "duplicates"  # then it is a benchmark's item that it is held to be
    one, two = (in_common if hit else where_they_differ)(question, kin_question)
    what = "Benchmark item" if hit else "Kept before it"
    return _pair("This row", one, f"{what}: {_line(victim.kin or '', 160)}", two)


def _pair(title: str, one: str, other_title: str, two: str) -> str:
    return (
        f'<div class="pair"><div class="side"><h2>{title}</h2><div class="marked">{one}</div></div>'
        f'<div class="side"><h2>{other_title}</h2><div class="marked">{two}</div></div></div>'
    )


def _cluster_card(explorer: Explorer, number: int, row: Mapping[str, Any]) -> str:
    members = row["members"]
    count = f'<span class="state">{len(members):,} {"like it" if row.get("here") else "left out"}</span>'
    return _head(number, row["kin"], count) + _members(explorer, row, SHOWN_MEMBERS)


def _members(explorer: Explorer, row: Mapping[str, Any], most: int, *, linked: bool = False) -> str:
    """The first question of a cluster, and the others with what is different in them marked."""
    kept = typeset(_cut(row["kin_question"]))
    lines = []
    for member in row["members"][:most]:
        place = explorer.rows.find(member["id"]) if linked else None
        name = _line(member["id"], 160)
        id = f"<code>{name}</code>" if place is None else f'<button class="open" value="go:{place}">{name}</button>'
        said = f'{id} <span class="facts">{_line(member["detail"], 240)}</span>'
        same = member["question"] == row["kin_question"]
        text = "" if same else where_they_differ(_cut(member["question"]), _cut(row["kin_question"]))[0]
        lines.append(f'<li>{said}<div class="marked">{text}</div></li>')
    left = len(row["members"]) - most
    more = f'<li class="facts">and {left:,} more</li>' if left > 0 else ""
    return f'{kept}<ul class="members">{"".join(lines)}{more}</ul>'


def whole(explorer: Explorer, part: Part, number: int) -> str:
    """All of one row."""
    try:
        return _whole(explorer, part, number, explorer.part(part)[number])
    except RecursionError:
        return f'<div class="card">{TOO_DEEP}</div>'


def _whole(explorer: Explorer, part: Part, number: int, row: Mapping[str, Any]) -> str:
    if part == "left_out":
        return "\n\n".join(_whole_victim(explorer, Victim.from_dict(row)))
    if part == "clusters":
        return f'<div class="card">{_members(explorer, row, MANY, linked=True)}</div>'
    return "\n\n".join(_whole_row(explorer, number, row, "open"))


def _whole_victim(explorer: Explorer, victim: Victim) -> Iterator[str]:
    own, kin = explorer.rows.find(victim.id), explorer.rows.find(victim.kin or "")
    row = None if own is None else explorer.rows[own]
    question = _cut(victim.question) if row is None else problem_of(read_record(row)).question
    other = _cut(victim.kin_question or "") if kin is None else problem_of(read_record(explorer.rows[kin])).question
    beside = _beside(victim, question, None if victim.kin is None else other)
    yield f'<div class="card"><div class="head"><code>{_line(victim.id, 300)}</code>{_why(victim)}</div>{beside}</div>'
    if kin is not None:
        button = f'<button class="open" value="go:{kin}">Open {_line(victim.kin or "", 160)}</button>'
        yield f'<div class="related">{button}</div>'
    if own is None or row is None:
        yield typeset("Its whole row is not here; open the file that was curated beside this one to see it.")
        return
    yield from _whole_row(explorer, own, row, "go")


def _whole_row(explorer: Explorer, number: int, row: Mapping[str, Any], verb: str) -> Iterator[str]:
    record = read_record(row)
    problem = problem_of(record)
    marks = _outcome(record) if isinstance(record, Trajectory) else ""
    yield f'<div class="about"><code>{_line(record.id, 300)}</code>{marks}{_facts(record)}</div>'
    yield _titled("Question", typeset(problem.question))
    yield _two_answers(record)
    if isinstance(record, Trajectory):
        yield from _solution(record)
    yield from _others(explorer, number, verb)
    extra = _extra(row)
    if extra:
        yield f'<details class="more-said"><summary>What else the row says</summary>{listing(_json(extra))}</details>'


def _two_answers(record: Problem | Trajectory) -> str:
    problem = problem_of(record)
    gold = _titled("Gold answer", typeset_answer(problem.answer))
    if isinstance(record, Problem):
        return f'<div class="pair"><div class="side gold">{gold}</div></div>'
    predicted = _titled("Predicted", typeset_answer(record.predicted))
    reason = (
        f'<p class="facts">{_line(record.verdict.reason, 300)}</p>' if record.verdict and record.verdict.reason else ""
    )
    return (
        f'<div class="pair"><div class="side gold">{gold}</div>'
        f'<div class="side predicted">{predicted}{reason}</div></div>'
    )


def _solution(trajectory: Trajectory) -> Iterator[str]:
    thoughts = trajectory.meta.get("reasoning")
    reasoned = thoughts if isinstance(thoughts, Sequence) and not isinstance(thoughts, str) else ()
    for number, step in enumerate(trajectory.steps[:MOST_STEPS], 1):
        yield _reasoning(reasoned, number - 1)
        if step.thought.strip():
            yield _titled(f"Step {number}", typeset(step.thought))
        yield _titled(f"Program {number}", listing(step.code))
        yield _output(number, step.execution)
    if len(trajectory.steps) > MOST_STEPS:
        yield typeset(f"... and {len(trajectory.steps) - MOST_STEPS:,} more programs, which are not shown")
    yield _reasoning(reasoned, len(trajectory.steps))
    yield _titled("Conclusion", typeset(trajectory.conclusion or "(none)"))


def _reasoning(reasoned: Sequence[Any], turn: int) -> str:
    if turn >= len(reasoned) or not isinstance(reasoned[turn], str) or not reasoned[turn].strip():
        return ""
    return f'<details class="more-said"><summary>Reasoning</summary>{typeset(reasoned[turn])}</details>'


def _output(number: int, execution: Execution) -> str:
    if execution.status == "not_run":
        return _titled(f"Output {number}", typeset("not run yet"))
    state = "ok" if execution.status == "ok" else "bad"
    shown = _titled(f"Output {number} · {plain(execution.status)}", listing(execution.observation))
    return f'<div class="output {state}">{shown}</div>'


def _others(explorer: Explorer, number: int, verb: str) -> Iterator[str]:
    """The other rows of the same problem, with what came of each."""
    others = [other for other in explorer.rows.of_same_problem(number) if other != number]
    if not others:
        return
    rate = explorer.rate(number)
    told = f", {rate[0]} of {rate[1]} samples correct" if rate else ""
    buttons = []
    for other in others[:OTHERS]:
        record = read_record(explorer.rows[other])
        marks = _outcome(record) if isinstance(record, Trajectory) else ""
        said = _line(record.predicted or "", 40) if isinstance(record, Trajectory) else ""
        button = f'<button class="open" value="{verb}:{other}">{_line(record.id, 160)}</button>'
        buttons.append(f"{button}{marks}<code>{said}</code>")
    lines = "".join(f"<li>{button}</li>" for button in buttons)
    more = f"<li>and {len(others) - OTHERS:,} more</li>" if len(others) > OTHERS else ""
    yield f'<div class="related"><h2>Other rows of this problem{told}</h2><ul>{lines}{more}</ul></div>'


def _extra(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the row holds beyond what is shown."""
    shown = {"problem", "steps", "conclusion", "predicted", "verdict", "question", "answer"}
    extra = {key: value for key, value in row.items() if key not in shown}
    meta = extra.get("meta")
    if isinstance(meta, Mapping):
        extra["meta"] = {key: value for key, value in meta.items() if key != "reasoning"}
    return {key: value for key, value in extra.items() if value not in (None, {}, [])}


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, indent=2)
    except RecursionError:
        return TOO_DEEP


def _titled(title: str, body: str) -> str:
    return body.replace('<div class="typeset">', f'<div class="typeset"><h2>{title}</h2>', 1)


def _cut(question: str) -> str:
    """A question of a victim, which may be its beginning only."""
    return f"{question} …" if len(question) == VICTIM_EXCERPT else question


def _excerpt(text: str) -> str:
    return truncate_middle(text, EXCERPT)


def _line(text: str, most: int) -> str:
    """The beginning of a text, on one line."""
    text = " ".join(text.split())
    return plain(text if len(text) <= most else f"{text[: most - 1]}…")
