"""Deciding whether a predicted answer equals the gold one."""

from __future__ import annotations

import re
import time
from fractions import Fraction

from ..records import Verdict, answer_kind
from .comparing.constants import in_names_of
from .comparing.families import compare_families
from .comparing.finding import Finding
from .comparing.forms import compare_answers
from .comparing.multiple_choice import compare_options
from .comparing.scalars import Context
from .passages.extract import ends_in_words, extract_answer, stated_words
from .passages.refusing import refuses
from .proving.prover import shared_provers
from .reading.answer import read_answer
from .reading.notation import LONGEST_ANSWER, canonical, compact
from .reading.wordings import integer_letter
from .values.tree import Answer, Date, Expr, Truth, Words

__all__ = ["judge_unanswerable", "verify_answer"]

_INTEGER = re.compile(r"[-+]?\d{1,18}")
_BEYOND_THE_PARSER = re.compile(r"\\(?:int|sum|prod|lim|iint|oint|partial|det|begin\{[vV]matrix\}|operatorname)")
_WORDS_OR_CHINESE = re.compile(r"[\u2e80-\uffff]|(?<![\\a-zA-Z])[a-zA-Z]{4,}")
_MODULUS = re.compile(r"\s*\(?\s*\\?[bp]?mod(?![a-z])\s*\{?\s*(\d+)\s*\}?\s*\)?")
_MOST_GROUPS = 80
_LONGEST_WORDS = 40  # characters of an answer in words; longer text may state it anywhere
_LONGEST_PHRASE = 200
_MARGIN = 0.1  # seconds of the deadline that are kept for ending a late process
_OUTCOMES = {True: "correct", False: "incorrect", None: "unverifiable"}


def verify_answer(
    gold: str,
    predicted: str | None,
    *,
    question: str | None = None,
    kind: str | None = None,
    deadline: float = 2.0,
) -> Verdict:
    """Whether ``predicted`` states the same answer as ``gold``: correct, incorrect or unverifiable with a reason.

    Args:
        gold: the answer to compare with: LaTeX or plain text; decimals are compared at the precision stated here.
        predicted: a bare answer, LaTeX without delimiters, or text that holds the answer; None is incorrect.
        question: used for its options (choices by letter or value), the rounding and the base it asks for.
        kind: "choice" where letters are options, "tuple" where a list is in order, "text" where only words count,
            "unanswerable" where ``predicted`` is a whole conclusion that must refuse, or another name that
            ``records.answer_kind`` knows; any other text says nothing.
        deadline: seconds for the whole decision, without the start of the SymPy process at first use.

    Correct takes two ways that agree; where they disagree or cannot tell, the answer is unverifiable. Nothing in
    either text is evaluated as Python. Not guaranteed: that correct answers in unusual notation are recognised, or
    that a value which happens to equal the gold one was reached by sound reasoning.
    """
    until = time.monotonic() + deadline - _MARGIN
    if predicted is None or not predicted.strip():
        return Verdict("incorrect", "no answer")
    if answer_kind(kind) == "unanswerable":
        return judge_unanswerable(predicted)[1]
    if not gold.strip():
        return Verdict("unverifiable", "the gold answer is empty")
    quick = _literal(gold.strip(), predicted.strip())
    if quick is not None:
        return quick

    def prove(first: Expr, second: Expr) -> tuple[bool | None, str]:
        return shared_provers().prove_equal(first, second, until - time.monotonic())

    finding = _judge(_gold_text(gold), predicted, Context(prove, question, answer_kind(kind)), until)
    return Verdict(_OUTCOMES[finding.same], finding.reason)  # type: ignore[arg-type]


def judge_unanswerable(conclusion: str) -> tuple[str | None, Verdict]:
    """The answer that a conclusion states to a problem that has none, and the verdict: right where it refuses."""
    if refuses(conclusion):
        return None, Verdict("correct", "says that it cannot be solved")
    predicted = extract_answer(conclusion)
    said = "neither an answer nor a refusal" if predicted is None else "an answer to what cannot be solved"
    return predicted, Verdict("incorrect", said)


def _judge(gold: str, predicted: str, context: Context, until: float) -> Finding:
    extracted = extract_answer(predicted)
    gold, answer = _without_modulus(gold, _readable(gold, extracted or predicted.strip()))
    finding = _decide(gold, answer, context)
    if extracted is None and (finding.same is None or len(predicted) > _LONGEST_WORDS):
        finding = _confirm_words(gold, predicted, context)
    elif finding.same is None and _ends_in_gold_words(gold, answer):
        finding = Finding(True, "the text ends in the same words")
    if finding.same is None and _for_latex(gold, answer):
        seconds = until - time.monotonic()
        same, reason = shared_provers().compare_latex(gold.strip("$ "), answer.strip("$ "), seconds)
        if same is not None:
            return Finding(same, reason)
    return finding


def _literal(gold: str, predicted: str) -> Verdict | None:
    """Decide between short integers, and equal texts, without reading them."""
    if gold == predicted:
        return Verdict("correct", "the same text")
    if _INTEGER.fullmatch(gold) and _INTEGER.fullmatch(predicted):
        same = Fraction(gold) == Fraction(predicted)
        return Verdict("correct" if same else "incorrect", "equal integers" if same else "different integers")
    return None


def _decide(gold: str, predicted: str, context: Context) -> Finding:
    if max(len(gold), len(predicted)) > LONGEST_ANSWER:
        return Finding(None, f"longer than {LONGEST_ANSWER} characters")
    if compact(canonical(gold)) == compact(canonical(predicted)) and canonical(gold):
        return Finding(True, "the same text in one notation")
    if context.kind == "text":
        one, two = (Words(" ".join(canonical(text).casefold().split())) for text in (gold, predicted))
        return Finding(one == two, "compared as words")
    chosen = compare_options(gold, predicted, context)
    if chosen is not None:
        return chosen
    first, second = ((read_answer(text), integer_letter(canonical(text))) for text in (gold, predicted))
    return compare_families(first, second, lambda one, other: _compare_named(one, other, context))


def _compare_named(gold: Answer, predicted: Answer, context: Context) -> Finding:
    finding = compare_answers(gold, predicted, context)
    if not finding.same and any(
        compare_answers(gold, renamed, context).same for renamed in in_names_of(gold, predicted, context.question)
    ):
        return Finding(True, "the same but for the names of arbitrary constants")
    return finding


def _gold_text(gold: str) -> str:
    """The gold answer itself, also where it comes in a box or after ####."""
    if "\\boxed" in gold or "\\fbox" in gold or "####" in gold:
        return extract_answer(gold) or gold
    return gold.strip()


def _without_modulus(gold: str, predicted: str) -> tuple[str, str]:
    """Drop the modulus of a residue where both state the same one, or only the gold answer has it."""
    if "mod" not in gold or max(len(gold), len(predicted)) > LONGEST_ANSWER:
        return gold, predicted
    moduli = [found[1] if (found := _MODULUS.search(text)) else None for text in (gold, predicted)]
    if moduli[0] is None or moduli[1] not in (None, moduli[0]):
        return gold, predicted
    return _MODULUS.sub("", gold), _MODULUS.sub("", predicted)


def _readable(gold: str, extracted: str) -> str:
    """The answer inside a box or passage that is a sentence itself: ``\\boxed{答案：17}``."""
    if not isinstance(read_answer(extracted), Words) or isinstance(read_answer(gold), Words):
        return extracted
    inner = extract_answer(extracted)
    return extracted if inner is None or isinstance(read_answer(inner), Words) else inner


def _confirm_words(gold: str, predicted: str, context: Context) -> Finding:
    """Look for the words of the gold answer at the end of a text without a clear answer."""
    whole = predicted.strip() if len(predicted) <= _LONGEST_PHRASE else None
    for words in (whole, stated_words(predicted)):
        if words and isinstance(read_answer(gold), Words | Truth | Date):
            finding = _decide(gold, words, context)
            if finding.same:
                return finding
    if _ends_in_gold_words(gold, predicted):
        return Finding(True, "the text ends in the same words")
    return Finding(None, "no answer found in the text")


def _ends_in_gold_words(gold: str, predicted: str) -> bool:
    return isinstance(read_answer(gold), Words | Date) and ends_in_words(predicted, gold)


def _for_latex(gold: str, predicted: str) -> bool:
    """Whether latex2sympy's grammar may know more than ours: integrals, sums, determinants, but not words."""
    both = f"{gold} {predicted}"
    if len(both) > LONGEST_ANSWER or _WORDS_OR_CHINESE.search(both) or both.count("{") > _MOST_GROUPS:
        return False
    return bool(_BEYOND_THE_PARSER.search(both))
