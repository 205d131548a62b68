r"""What a row gives as an answer, and why it may be none: ``proof``, ``10\mathrm{~}/\mathrm{}``, ``(a) 3 (b) 4``.

Whether two answers are equal is for the room ``answers`` to say; here is only what no verifier could ever compare.
"""

from __future__ import annotations

import re

from ..mathematics.boxes import box_contents, boxed_answers
from .refusals import Refused

__all__ = ["check_question", "given", "sole_box"]

_LONGEST = 400  # characters; a longer one is a solution
_SENTINELS = frozenset(
    "proof,notfound,not found,not_found,answer not found,none,null,nan,n/a,na,nil,?,-,--,...,[answer],answer,tbd,todo,"
    "unknown,omitted,see solution,see the solution,see explanation,see proof,see above,see below,no answer,"
    "solution,error,略,答案略,解答略,证明略,证明,证明见解析,见解析,见解答,见答案,无答案,暂无,无,\\ldots,\\text{proof}".split(
        ","
    )
)
_EMPTY = frozenset(("", "$", "$$", "$ $", "$$$$", "none", "null", "nan", "\\boxed{}", "{}", "[]", '""'))
_LOST_UNIT = re.compile(r"\\(?:mathrm|text|mathbf|mbox)\s*\{[\s~]*\}")
_SOLUTION = re.compile(
    r"\s*(?:解\s*[:：]|【|[（(]?\s*[1IⅠ]?\s*[)）]?\s*证明|解析|Proof\b|Solution\b|We (?:have|prove|claim)\b)"
)
_PART = r"\({0}\)|（{0}）|\b{0}\)"
# The labels of first and second parts. Empty ones as in "(2)(3)" number statements and are an answer.
_PARTS = tuple(
    re.compile(rf"\s*(?:{_PART.format(one)})\s*[^\s(（].*[\s;；,，。](?:{_PART.format(two)})\s*[^\s(（]", re.DOTALL)
    for one, two in (("1", "2"), ("a", "b"), ("A", "B"), ("i", "ii"), ("I", "II"))
)

_FIGURE = r"(?:figure|diagram|picture|drawing|image|graph|chart|illustration|sketch)"
_PICTURE = re.compile(
    r"<image>|<img\b|!\[[^\]]*\]\(|\\includegraphics"
    rf"|\b{_FIGURE}s?\s+(?:is\s+|are\s+)?(?:shown|below|above|at\s+(?:the\s+)?(?:right|left)|(?:to|on)\s+the\s+(?:right|left))"
    rf"|\b(?:shown|pictured|illustrated|depicted|drawn|given)\s+(?:in|by|on)\s+(?:the|this|each)\s+(?:\w+\s+)?{_FIGURE}\b"
    rf"|\b(?:in|see|from)\s+(?:the|this)\s+(?:(?:following|above|below|adjacent|accompanying)\s+)?"
    r"(?:figure|diagram|picture|drawing)\b"
    r"|\b(?:in|see|from)\s+(?:fig\.|figure)|\b(?:as\s+)?(?:pictured|depicted)\s+(?:below|above|here)"
    r"|如(?:[上下左右]|以下)?图|[见看][上下左右]?图|(?<![以])[上下左右]图|图中|图示|如右图",
    re.IGNORECASE,
)
# One of these stands in whatever the pattern finds; most questions have none, and looking for it is slow.
_HINTS = ("figure", "diagram", "pictur", "drawing", "image", "graph", "chart", "illustrat", "sketch", "depict", "fig.",
          "图", "<img", "![")  # fmt: skip
_NO_PICTURE = re.compile(r"图书")
_DRAWN = re.compile(r"\[asy\]|\\begin\{(?:tikzpicture|asy)\}")


def given(text: str | None) -> str:
    """An answer without dollar signs or a box around it.

    Raises:
        Refused: it is none, by its reason.
    """
    answer = _bare((text or "").strip())
    if answer.casefold() in _EMPTY:
        raise Refused("no_answer", f"the answer is {text!r}")
    if answer.casefold().strip(" .。()（）[]\"'") in _SENTINELS or answer.casefold() in _SENTINELS:
        raise Refused("not_an_answer", f"the answer is {answer!r}")
    if len(answer) > _LONGEST or _SOLUTION.match(answer):
        raise Refused("not_an_answer", f"the answer is a whole solution: {answer[:40]!r}...")
    if _LOST_UNIT.search(answer):
        raise Refused("units_lost", f"the answer is {answer!r}")
    if any(parts.match(answer) for parts in _PARTS):
        raise Refused("several_parts", f"the answer is {answer!r}")
    return answer


def sole_box(text: str | None) -> str | None:
    """The answer that a text boxes, or the answers that it joins with commas or "and"; None without a box.

    Raises:
        Refused: boxes with different contents stand apart: one for each of several parts.
    """
    found = list(dict.fromkeys(box_contents(text or "")))
    if len(found) < 2:
        return found[0] if found else None
    joined = boxed_answers(text or "")
    if joined is not None and joined != ", ".join(found):
        raise Refused("several_parts", f"{len(found)} different boxes")
    return joined


def _bare(answer: str) -> str:
    boxed = box_contents(answer) if answer.startswith("\\boxed") else []
    if len(boxed) == 1 and answer == f"\\boxed{{{boxed[0]}}}":
        answer = boxed[0]
    found = re.fullmatch(r"(\$\$?)([^$]+)\1", answer)
    return found[2].strip() if found else answer


def check_question(question: str, *, pictured: bool = False) -> None:
    """See that a question stands for itself; one that draws its picture in ``[asy]`` does.

    Args:
        pictured: whether the row names a picture, which is not in it.

    Raises:
        Refused: it does not, by its reason.
    """
    if not question.strip():
        raise Refused("no_question", "the question is empty")
    found = _speaks_of_picture(question)
    if pictured or found:
        raise Refused("picture_needed", f"it speaks of {found.group()!r}" if found else "the row names a picture")


def _speaks_of_picture(question: str) -> re.Match[str] | None:
    lowered = question.lower()
    if not any(hint in lowered for hint in _HINTS) or _DRAWN.search(question):
        return None
    return _PICTURE.search(_NO_PICTURE.sub("", question))
