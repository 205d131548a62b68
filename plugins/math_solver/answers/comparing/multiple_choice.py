"""Multiple-choice questions: the options that a question lists, and answers by letter or by value."""

from __future__ import annotations

import re
from functools import lru_cache

from ..reading.answer import read_answer
from ..reading.notation import canonical
from ..values.tree import MultipleChoice, Sym, Value, Words
from .finding import Finding, different, equal, unknown
from .forms import compare_answers
from .scalars import Context

__all__ = ["compare_options", "options"]

_LABEL = re.compile(
    r"(?:(?<=^)|(?<=quad)|(?<=[\s;；,，。?？)）:：$}~]))"
    r"(?:\\(?:text|textbf|mathrm|mathbf|rm)\s*\{\s*)?[(（]?\s*(?:\\(?:text|textbf|mathrm|mathbf|rm)\s*\{\s*)?([A-H])\s*\}?\s*"
    r"(?:[)）]\s*[.:：、]?|[.．、:：])\s*\}?\s*(?:\\[ ,;~]|~)*"
)
_FILLER = re.compile(r"(?:\\(?:qquad|quad|newline|hspace\{[^}]*\})|[\s$,;；，]|\\\\|\\[ ,;])+$")
_LETTER = re.compile(r"^\(?\s*(?:\\text\s*\{\s*)?\(?([A-Ha-h])\)?\s*\}?\s*\)?(?:[.:)]\s*(.*))?$", re.S)
# What may stand between the letters of several options: A/C, [A, C], A + C
_BETWEEN = re.compile(r"\\text\b|\band\b|[\s,;/+&.(){}\[\]\\和与及]")
_SEVERAL = re.compile(r"[A-H]{2,}|[a-h]{2,}")


@lru_cache(maxsize=256)
def options(question: str) -> tuple[tuple[str, str], ...]:
    """Return the (letter, text) pairs of the last run of options A, B, C... in a question; empty without one."""
    labels = list(_LABEL.finditer(question[-6_000:]))
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for label in labels:
        if label[1] == "A":
            run = [label]
        elif run and ord(label[1]) == ord(run[-1][1]) + 1:
            run.append(label)
        if len(run) >= 2 and len(run) >= len(best):
            best = list(run)
    if not best:
        return ()
    text = question[-6_000:]
    ends = [label.start() for label in best[1:]] + [len(text)]
    return tuple(
        (label[1], _FILLER.sub("", text[label.end() : end]).strip()) for label, end in zip(best, ends, strict=True)
    )


def compare_options(gold: str, predicted: str, context: Context) -> Finding | None:
    """Compare where either side is a letter and the question has options; None where this is not about options.

    A value counts for the one option that it equals; a value that equals several settles nothing.
    """
    listed = dict(options(context.question)) if context.question else {}
    letters = _letters(gold), _letters(predicted)
    if not listed and context.kind != "choice":
        return None
    if letters[0] and letters[1]:
        same = letters[0] == letters[1]
        return equal("the same letter") if same else different("different letters")
    if letters[0] and listed:
        found = _letters_of_value(predicted, listed, context)
        if len(found) != 1:
            return unknown("the value fits no option or several")
        return equal("the value of the option") if found[0] == letters[0] else different("another option's value")
    if letters[1] and listed and len(letters[1]) == 1 and letters[1] in listed:
        return compare_answers(read_answer(gold), read_answer(listed[letters[1]]), context)
    return None


def _letters(text: str) -> str | None:
    """The letters an answer consists of, an option's text after them or not."""
    answer = read_answer(text)
    if isinstance(answer, MultipleChoice):
        return answer.letters
    if isinstance(answer, Value) and isinstance(answer.expr, Sym) and answer.expr.name in "ABCDEFGHabcdefgh":
        return answer.expr.name.upper()
    if re.fullmatch("[A-H]{2,5}", text.strip()):
        return "".join(sorted(text.strip()))
    found = _LETTER.match(canonical(text))
    if found and found[1].isupper() and isinstance(answer, Words):
        return found[1]
    bare = _BETWEEN.sub("", canonical(text))
    several = _SEVERAL.fullmatch(bare) and list(bare) == sorted(set(bare))
    return bare.upper() if several else None


def _letters_of_value(value: str, listed: dict[str, str], context: Context) -> list[str]:
    answer = read_answer(value)
    return [letter for letter, text in listed.items() if compare_answers(read_answer(text), answer, context).same]
