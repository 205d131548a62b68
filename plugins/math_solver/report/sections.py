"""The sections of a report; each takes the figures of its runs and is empty where they say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from .charts import bar_rows, colour, curve, interval_rows, legend, percent, short_number, signed, split_bar

__all__ = [
    "breakdowns",
    "cards",
    "comparison",
    "effort",
    "environment",
    "failures",
    "people",
    "refusals",
    "rounds",
    "sampling",
]

Figures = Mapping[str, Any]
Runs = Sequence[Figures]
TITLES = {
    "subject": "By subject",
    "level": "By level",
    "language": "By language",
    "position": "By place in the conversation",
    "reference": "By whether the question refers back",
    "phrasing": "By whether training rows word it so",
}
REFUSED = {"unanswerable": "cannot be solved", "answerable": "can be solved"}
MOST_ROWS = 60
OF_PROGRAMS = ("no code", "code error", "timeout")
SHOWN = (
    *("model", "problems_from", "seed", "limit", "per_subject", "tool", "loop", "form", "rounds", "max_tokens"),
    *("temperature", "top_p", "samples", "stop_early", "votes", "check", "explain", "conversation", "workers"),
    "base_url",
    *("started", "seconds"),
)


def cards(runs: Runs) -> str:
    return f'<div class="cards">{"".join(_card(number, run) for number, run in enumerate(runs))}</div>'


def _card(number: int, run: Figures) -> str:
    accuracy = run["accuracy"]
    low, high, value = (100 * accuracy[name] for name in ("low", "high", "value"))
    each = "the first answer" if run["stopped_early"] else f"{run['samples']} answers"
    of = f"{run['problems']:,} problems" + (f", {each} to each" if run["samples"] > 1 else "")
    lines = [f"right of {of}", f"95 % interval {percent(accuracy['low'])} to {percent(accuracy['high'])}"]
    if run["maj_at"]:
        k, majority = list(run["maj_at"].items())[-1]
        lines.append(f"majority of {k}: <b>{percent(majority['value'])}</b>")
    if run["outcomes"].get("unverifiable"):
        lines.append(f"{run['outcomes']['unverifiable']} left to people to judge")
    return (
        f'<div class="card"><h3><i class="dot {colour(number)}"></i>{escape(run["name"])}</h3>'
        f'<div class="big">{percent(accuracy["value"])}</div>'
        f'<svg class="scale {colour(number)}" height="10" aria-hidden="true">'
        '<rect class="empty" width="100%" height="4" y="3"/>'
        f'<line class="whisker" x1="{low:.2f}%" x2="{high:.2f}%" y1="5" y2="5"/>'
        f'<circle cx="{value:.2f}%" cy="5" r="5"/>'
        f"</svg>{''.join(f'<p>{line}</p>' for line in lines)}</div>"
    )


def comparison(pairs: Sequence[Mapping[str, Any]], runs: Runs) -> str:
    """Each run's accuracy, and each pair's difference with its interval and p-value."""
    if not pairs:
        return ""
    colours = {run["name"]: colour(number) for number, run in enumerate(runs)}
    rows = [(run["name"], {number: run["accuracy"]}) for number, run in enumerate(runs)]
    return (
        f"<h2>Run against run</h2>{interval_rows(rows)}"
        '<p class="note">The same problems, pair by pair. The difference is in percentage points with its 95 % '
        "interval; p is McNemar’s exact test on the problems that only one of the two got right.</p>"
        f'<div class="panels">{"".join(_pair(pair, colours) for pair in pairs)}</div>'
    )


def _pair(pair: Mapping[str, Any], colours: Mapping[str, str]) -> str:
    difference, first, second = pair["difference"], pair["first"], pair["second"]
    bar = split_bar(
        [
            ("both", "both right", pair["both"]),
            (colours[first], f"only {first}", pair["only_first"]),
            (colours[second], f"only {second}", pair["only_second"]),
            ("neither", "neither", pair["neither"]),
        ]
    )
    left_out = f" {pair['left_out']} problems are in one run only." if pair["left_out"] else ""
    return (
        f'<div class="card"><h3>{escape(second)} minus {escape(first)}</h3>'
        f'<div class="big">{signed(difference["value"])}</div>'
        f"<p>95 % interval {signed(difference['low'])} to {signed(difference['high'])} · "
        f"p = {p_value(pair['p_value'])} · {pair['problems']} problems.{left_out}</p>{bar}</div>"
    )


def p_value(p: float) -> str:
    """A p-value to two places, or three below 0.1, or one digit below 0.001: 0.21, 0.003, 4e-07."""
    return f"{p:.2f}" if p >= 0.1 else f"{p:.3f}" if p >= 0.001 else f"{p:.0e}"


def breakdowns(runs: Runs) -> str:
    return "".join(_breakdown(name, title, runs) for name, title in TITLES.items())


def _breakdown(name: str, title: str, runs: Runs) -> str:
    tables = [{row["key"]: row for row in run["breakdown"][name]} for run in runs]
    keys = list(dict.fromkeys(key for table in tables for key in table))
    if len(keys) < 2:
        return ""
    rows = [
        (key, {number: table[key] for number, table in enumerate(tables) if key in table}) for key in keys[:MOST_ROWS]
    ]
    more = f'<p class="note">{len(keys) - MOST_ROWS} more in the JSON.</p>' if len(keys) > MOST_ROWS else ""
    names = legend({number: run["name"] for number, run in enumerate(runs)})
    return f"<h2>{title}</h2>{names}{interval_rows(rows)}{more}"


def refusals(runs: Runs) -> str:
    """How many problems were refused: of those that cannot be solved, as is right, and of those that can."""
    shares = [run.get("refusals") or {} for run in runs]
    rows = [
        (label, {number: share[kind] for number, share in enumerate(shares) if kind in share})
        for kind, label in REFUSED.items()
    ]
    if not any(shares):
        return ""
    return (
        '<h2>Refused</h2><p class="note">The share of problems of which a solution says that it cannot solve them. '
        "It should be all of those that cannot be solved, and none of the others.</p>"
        f"{legend({number: run['name'] for number, run in enumerate(runs)})}"
        f"{interval_rows([row for row in rows if row[1]])}"
    )


def sampling(runs: Runs) -> str:
    """pass@k and maj@k where there are several samples of a problem."""
    shown = [(number, run) for number, run in enumerate(runs) if run["samples"] > 1]
    if not shown:
        return ""
    lines = [(number, "", run["pass_at"]) for number, run in shown if run["pass_at"]]
    lines += [(number, "dashed", run["maj_at"]) for number, run in shown if run["maj_at"]]
    stopped = [run["name"] for _, run in shown if run["stopped_early"]]
    note = (
        "pass@k: at least one of k samples is right. maj@k: the most frequent answer is, answers grouped by meaning."
    )
    if stopped:
        note += f" Voting stopped early in {', '.join(stopped)}, so that pass@k is not known there."
    return (
        f"<h2>Several samples</h2><p class='note'>{escape(note)}</p>"
        '<ul class="legend"><li><i class="line"></i>pass@k</li><li><i class="line dashed"></i>maj@k</li></ul>'
        f"{legend({number: run['name'] for number, run in shown})}{curve(lines)}"
    )


def rounds(runs: Runs) -> str:
    """How many programs the solutions ran, and how many of those were right."""
    shown = [run for run in runs if run["tool"]]
    if not shown:
        return ""
    return (
        '<h2>Programs per solution</h2><p class="note">Attempts by the number of programs they ran; the '
        f'<i class="dot good"></i>filled part is right.</p><div class="panels">{"".join(map(_rounds, shown))}</div>'
    )


def _rounds(run: Figures) -> str:
    rows = [
        (
            f"{row['rounds']} program{'' if row['rounds'] == 1 else 's'}",
            "",
            [("good", row["correct"]), ("rest", row["attempts"] - row["correct"])],
            f"{row['correct']} of {row['attempts']}",
        )
        for row in run["rounds"]
    ]
    return _panel(run, bar_rows(rows, max((row["attempts"] for row in run["rounds"]), default=0)))


def failures(runs: Runs) -> str:
    return (
        '<h2>Why attempts failed</h2><div class="panels">' + "".join(map(_failures, runs)) + "</div>"
        if any(row["attempts"] for run in runs for row in run["failures"])
        else ""
    )


def _failures(run: Figures) -> str:
    most = max((row["attempts"] for row in run["failures"]), default=0) or 1
    tone = {"unverifiable": "open"}
    rows = [
        (row["kind"], row["meaning"], [(tone.get(row["kind"], "bad"), row["attempts"])], str(row["attempts"]))
        for row in run["failures"]
        if row["attempts"] or run["tool"] or row["kind"] not in OF_PROGRAMS
    ]
    return _panel(run, bar_rows(rows, most))


def _panel(run: Figures, inside: str) -> str:
    return f'<div class="card"><h3>{escape(run["name"])}</h3>{inside}</div>'


def effort(runs: Runs) -> str:
    """Tokens, programs and seconds of an attempt."""
    kinds = list(dict.fromkeys(kind for run in runs for kind in run["effort"]))
    columns = ("mean", "median", "p95", "most", "total")
    lines = [
        f"<tr><td>{escape(kind)}{_of(run, runs)}</td>"
        + "".join(f"<td>{short_number(run['effort'][kind][column])}</td>" for column in columns)
        + "</tr>"
        for kind in kinds
        for run in runs
        if kind in run["effort"]
    ]
    if not lines:
        return ""
    head = "".join(f"<th>{name}</th>" for name in ("", "mean", "median", "95th percentile", "most", "in all"))
    return f'<h2>Effort per answer</h2><div class="scroll"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def _of(run: Figures, runs: Runs) -> str:
    return f" <small>{escape(run['name'])}</small>" if len(runs) > 1 else ""


def people(runs: Runs) -> str:
    """Accuracy before and after people decided."""
    shown = [run for run in runs if run["people"]]
    if not shown:
        return ""
    rows = "".join(_people(run) for run in shown)
    head = "<th>run</th><th>before</th><th>after</th><th>decided</th><th>changed</th><th>agreement</th>"
    return (
        '<h2>After people decided</h2><p class="note">People’s decisions take the place of the verifier’s verdicts '
        "everywhere in this report. Agreement counts decisions on answers that the verifier had settled.</p>"
        f'<div class="scroll"><table><tr>{head}</tr>{rows}</table></div>'
    )


def _people(run: Figures) -> str:
    facts = run["people"]
    agreement = "–" if facts["agreement"] is None else percent(facts["agreement"])
    cells = (
        percent(facts["before"]["value"]),
        f"<b>{percent(facts['after']['value'])}</b>",
        str(facts["decided"]),
        str(facts["changed"]),
        agreement,
    )
    return f"<tr><td>{escape(run['name'])}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def environment(runs: Runs) -> str:
    return f'<h2>How it was measured</h2><div class="panels">{"".join(map(_environment, runs))}</div>'


def _environment(run: Figures) -> str:
    known = run["circumstances"]
    facts = [(name.replace("_", " "), known[name]) for name in SHOWN if known.get(name) is not None]
    server = known.get("server") or {}
    tier = (server.get("interpreter") or {}).get("tier") or server.get("tier")
    facts += [("interpreter isolation", tier)] if tier else []
    facts += list((known.get("versions") or {}).items())
    if not facts:
        facts = [("circumstances", "not recorded beside the attempts")]
    rows = "".join(f"<tr><td>{escape(str(name))}</td><td>{escape(_plain(value))}</td></tr>" for name, value in facts)
    return _panel(run, f'<table class="facts">{rows}</table>')


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
