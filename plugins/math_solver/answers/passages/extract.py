"""Finding the final answer in what a model wrote.

Not guaranteed: that the passage found is what the author meant as the answer. The order is fixed (box, bare answer,
``####``, "the answer is", a concluding sentence, bold, a choice letter, a trailing number), the last of each kind
wins, and where nothing of the kind is there the result is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...mathematics import (
    BETWEEN,
    Formula,
    boxed_answers,
    find_formulas,
    find_listings,
    last_box_is_empty,
    replace_pieces,
)
from ..reading.answer import read_mathematics
from ..reading.notation import canonical, plain_words
from ..values.numeric import free_letters
from ..values.tree import Value
from .amounts import amount_at_start, only_amount, trailing_amount
from .contrasts import box_is_denied, is_denied, without_contrasts
from .cues import (
    ANSWER_CUES,
    COMMENTARY,
    CONCLUSION_CUES,
    COPULAS,
    CORRECT_OPTIONS,
    DENIES_COPULA,
    HEDGES,
    NEGATED,
    NOT_AN_ANSWER,
    NOT_STATED,
    NUMBER,
    OPTION_LETTER,
    QUALIFIED,
    STEPS_ON,
    TAIL_CUTS,
    WORKING,
    WORKS_ON,
)
from .sentences import clean, first_sentence, last_sentences, without_bold

__all__ = ["ends_in_words", "extract_answer", "stated_words"]

_TAIL = 20_000  # characters from the end that are searched when there is no box
_LONGEST_BARE = 200
_LONGEST = 240  # characters of a passage that can still be an answer
_LONGEST_BOUND = 40
_LONGEST_CLAUSE = 1_500
_LONGEST_WORDS = 80
_SHORTEST_NAME = 2
_STATES = frozenset("is was are be on called named".split())
_CONCLUDING_SENTENCES = 4
_BOLD = re.compile(r"\*\*([^*\n]+?)\*\*|__([^_\n]+?)__")
_HASHES = re.compile(r"^\s*####\s*(\S.*?)\s*$", re.M)
_WEAK_CUE = re.compile(r"结果|result|solution", re.I)  # words that open other statements too
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FURTHER = re.compile(r",\s(?:[^,]*\s)?[$\\(]*-?\d")  # a later part of the sentence that has a number too
_ATTRIBUTE = re.compile(rf"{NUMBER}[\u4e00-\u9fff]{{1,4}}的(?=[\u4e00-\u9fff])")  # of 50米的田地
_COPULA_INSIDE = re.compile(r"\b(?:is|are|equals)\b|[是为]|等于|一共|共有")


def extract_answer(text: str) -> str | None:
    """Return the final answer of ``text`` as written there, or None.

    LaTeX inside a box is returned without the box; units and words beside a number are kept. Boxes that follow
    each other with nothing but a comma or "and" between them are joined by ", ".
    """
    boxes = boxed_answers(text)
    if boxes:
        return None if box_is_denied(text) else boxes
    tail = without_contrasts(text[-_TAIL:].strip())
    if not tail or last_box_is_empty(text):
        return None
    if _is_bare(tail):
        return tail
    if QUALIFIED.match(tail) and len(tail) <= _LONGEST_BOUND:
        return None
    prose = replace_pieces(tail, find_listings(tail), by="\n")
    if NOT_STATED.search(_last(prose)[-_LONGEST_CLAUSE:]):
        return None
    for find in (_in_tag, _after_hashes, _after_cue, _correct_options, _concluding, _bold, _option, _trailing):
        answer = find(prose)
        if answer:
            return None if is_denied(prose, answer) else answer
    return None


def stated_words(text: str) -> str | None:
    """Return the words after the last copula of the last sentence: "even" of "so the sum is even".

    A guess that is good only to confirm an answer in words, not to refute one.
    """
    sentence = _last(without_contrasts(text[-_TAIL:]))[-_LONGEST_CLAUSE:]
    words = _after_copula(without_bold(sentence), [])
    return clean(words) if words and len(words) <= _LONGEST_WORDS else None


def ends_in_words(text: str, words: str) -> bool:
    """Whether the last sentence states ``words`` at its end and denies nothing: "It falls on Saturday"."""
    if len(words) > _LONGEST_WORDS:
        return False
    sentence, words = (plain_words(canonical(part)) for part in (_last(text[-_TAIL:])[-_LONGEST_CLAUSE:], words))
    before = sentence.removesuffix(words).split()
    stated = sentence.endswith(words) and bool(before) and before[-1] in _STATES
    return stated and len(words) > _SHORTEST_NAME and not NEGATED.search(sentence)


def _is_bare(text: str) -> bool:
    """Whether the whole text is one answer."""
    return len(text) <= _LONGEST_BARE and "\n" not in text and read_mathematics(text) is not None


def _last(text: str) -> str:
    return next(iter(last_sentences(text)), "")


def _in_tag(text: str) -> str | None:
    _, tag, rest = text.rpartition("<answer>")
    inside, closing, _ = rest.partition("</answer>")
    return clean(inside) if tag and closing else None


def _after_hashes(text: str) -> str | None:
    found = _HASHES.findall(text)
    return clean(found[-1]) if found else None


def _after_cue(text: str) -> str | None:
    """The clause after the last "the answer is", "答案：" and the like."""
    for cue in reversed(list(ANSWER_CUES.finditer(text))):
        rest = text[cue.end() :].lstrip(" \t:：*_\n")
        if cue.group().endswith((":", "：")) and _is_worked_out(rest):
            return _concluding(rest)
        answer = _reduce(first_sentence(rest[:_LONGEST_CLAUSE]), trusted=True)
        if answer and (not _WEAK_CUE.search(cue.group()) or read_mathematics(answer) is not None):
            return answer
    return None


def _is_worked_out(text: str) -> bool:
    """Whether what follows "Answer:" is the first of several steps, of which the last one states the answer."""
    first = first_sentence(text[:_LONGEST_CLAUSE])
    rest = text[len(first) + 1 :]
    return bool(rest.strip()) and bool(WORKING.match(first) or ("=" in first and WORKS_ON.match(rest)))


def _correct_options(text: str) -> str | None:
    """The letters of "options A and C are correct" in the last sentence."""
    found = CORRECT_OPTIONS.findall(_last(text))
    return clean(found[-1]) if found else None


def _concluding(text: str) -> str | None:
    """What the last sentence with "therefore" or "所以" states, else the last one that is no comment."""
    sentences = last_sentences(text, _CONCLUDING_SENTENCES)
    for sentence in sentences:
        cue = CONCLUSION_CUES.search(sentence)
        answer = _reduce(sentence[cue.end() :].lstrip(" ,，:：、"), trusted=False) if cue else None
        if answer:
            return answer
    stating = next((sentence for sentence in sentences if not COMMENTARY.match(sentence)), None)
    return _reduce(stating, trusted=False) if stating else None


def _bold(text: str) -> str | None:
    found = _BOLD.findall(text)
    if not found:
        return None
    answer = clean("".join(found[-1]))
    return answer if answer and _is_mathematical(answer) and not NOT_AN_ANSWER.search(answer) else None


def _option(text: str) -> str | None:
    found = OPTION_LETTER.findall(_last(text))
    return next((letter for letter in found[-1] if letter), None) if found else None


def _trailing(text: str) -> str | None:
    return trailing_amount(_last(text))


def _reduce(clause: str, trusted: bool) -> str | None:
    """Cut a clause down to its answer.

    A trusted clause (after "the answer is") may be plain words; others must hold mathematics.
    """
    clause = clause[:_LONGEST_CLAUSE] if trusted else clause[-_LONGEST_CLAUSE:]
    clause = clean(_without_tail(clause, trusted))
    if not clause or HEDGES.match(clause):
        return None
    bold = [found for found in _BOLD.finditer(clause) if not NOT_AN_ANSWER.search(found.group())]
    if bold and not trusted:
        return clean("".join(bold[-1].groups(default="")))
    clause = without_bold(clause)
    if trusted and len(clause) <= _LONGEST and not _has_copula(clause):
        return amount_at_start(clause) or clause
    if read_mathematics(clause) is not None:
        return clause
    formulas = find_formulas(clause)
    if formulas and _ends_in_value(clause, formulas[-1]):
        return _joined_formulas(clause, formulas)
    predicate = _after_copula(clause, formulas)
    amount = _in_predicate(predicate) if predicate else None
    if amount:
        return amount
    if formulas:
        return _joined_formulas(clause, formulas)
    amount = trailing_amount(clause) or (None if NEGATED.search(clause) else only_amount(clause))
    return amount or (clause if trusted and len(clause) <= _LONGEST else None)


def _without_tail(clause: str, trusted: bool) -> str:
    """Cut off reasons and remarks; what goes on to another number stays unless the answer was announced."""
    clause = TAIL_CUTS.split(clause, maxsplit=1)[0]
    further = STEPS_ON.search(clause)
    if further and (trusted or not re.search(r"\d", clause[further.end() :])):
        return clause[: further.start()]
    return clause


def _has_copula(clause: str) -> bool:
    """Whether a copula stands outside the formulas of a clause."""
    if not _COPULA_INSIDE.search(clause):
        return False
    return _COPULA_INSIDE.search(replace_pieces(clause, find_formulas(clause))) is not None


def _ends_in_value(clause: str, formula: Formula) -> bool:
    """Whether the last formula is a value without letters, and no number or copula follows it."""
    answer = read_mathematics(formula.source)
    rest = clause[formula.end :]
    if not isinstance(answer, Value) or free_letters(answer.expr):
        return False
    return not re.search(r"\d", rest) and not COPULAS.search(rest)


def _in_predicate(predicate: str) -> str | None:
    """The amount in what follows a copula; in Chinese the last word counts, in English the first."""
    predicate = predicate.lstrip(" :：")
    if len(predicate) > _LONGEST or not predicate:
        return None
    if _ATTRIBUTE.match(predicate):
        return trailing_amount(predicate)
    if read_mathematics(predicate) is None and _CHINESE.search(predicate) and not find_formulas(predicate):
        return trailing_amount(predicate) or amount_at_start(predicate) or only_amount(predicate)
    amount = amount_at_start(predicate)
    if amount and _FURTHER.search(predicate, len(amount)):
        return trailing_amount(predicate)
    return amount or (None if find_formulas(predicate) or "\\" in predicate else only_amount(predicate))


def _after_copula(clause: str, formulas: Sequence[Formula]) -> str | None:
    """What follows the last copula that stands outside formulas, unless that one denies it: 不是7."""
    copulas = [
        found
        for found in COPULAS.finditer(clause)
        if not any(formula.start < found.start() < formula.end for formula in formulas)
    ]
    if not copulas or DENIES_COPULA.search(clause[: copulas[-1].start()]):
        return None
    return clause[copulas[-1].end() :].strip()


def _joined_formulas(clause: str, formulas: Sequence[Formula]) -> str | None:
    """The last formula of a clause, with those it follows after "or", and with the unit after it."""
    while len(formulas) > 1 and _is_letter(formulas[-1]) and clause[: formulas[-1].start].strip():
        formulas = formulas[:-1]  # "for all real $x$"
    first = len(formulas) - 1
    while first and BETWEEN.fullmatch(clause[formulas[first - 1].end : formulas[first].start]):
        first -= 1
    whole = clean(clause[formulas[first].start :])
    bare = clean(clause[formulas[first].start : formulas[-1].end])
    return whole if read_mathematics(whole) is not None else bare


def _is_letter(formula: Formula) -> bool:
    return not formula.display and len(formula.latex) == 1 and formula.latex.isalpha()


def _is_mathematical(text: str) -> bool:
    return len(text) <= _LONGEST and read_mathematics(text) is not None
