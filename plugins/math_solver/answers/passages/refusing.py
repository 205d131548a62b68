r"""Whether a conclusion says that it cannot solve its problem, in English or Chinese.

    "I cannot solve this: the width is missing."                      yes
    "There is not enough information. Please give the width."         yes
    "这个问题条件不足，无法确定。"                                          yes
    "It cannot be solved by factoring, so x = 1 or x = 3."            no: it goes on to an answer
    "The equation has no real solution." "\boxed{\text{unknown}}"     no: these are answers

What is in a box is an answer, whatever it says. Without one, a sentence must say that the writer cannot, or that
something is missing, and no sentence behind it may state a value; what it says of what would be ("if the width were
5") and of what is given states none.

Not guaranteed: other languages, and a refusal that only hints at it ("That depends.").
"""

from __future__ import annotations

import re

from ...mathematics import box_contents
from .cues import ANSWER_CUES, OPTION_LETTER
from .sentences import first_sentence, last_sentences

__all__ = ["refuses"]

_TAIL = 4_000  # characters from the end that are read
_MOST_SENTENCES = 60
_ANNOUNCED = 80  # characters behind "the answer is"

_CAN_NOT = (
    r"(?:can\s?not|can['’]?t|could\s+not|couldn['’]t|(?:am|are|is|was|were|['’]m|['’]re)\s+(?:not\s+able|unable)\s+to"
    r"|(?:won['’]t|will\s+not)\s+be\s+able\s+to)"
)
_HOW_MUCH = r"(?:(?:really|actually|simply|just|reliably|uniquely|fully|possibly|exactly|accurately|even)\s+){0,2}"
_DO = (
    r"(?:solve|answer|determine|comput|calculat|evaluate|tell|say\s+(?:what|how|who|when|where|which|for\s+sure|more)\b"
    r"|(?:give|provide|offer)\s+(?:you\s+)?(?:(?:with\s+)?(?:an?|the|any)\s+(?:\w+\s+)?(?:answers?|solutions?|values?|numbers?"
    r"|results?|advice|forecast)\b|that\b|this\b|(?:\w+\s+)?advice\b)|help|assist|know|predict|prove|decide"
    r"|conclude|figure|find\s+(?:the|it|out)\b|work\s+(?:this|that|it|out)|do\s+(?:this|that|it)\b|write|draw|play"
    r"|translate|recommend|advise|look|deduce|infer|complete\s+(?:this|the))"
)
_DONE = (
    r"(?:determined|solved|answered|computed|calculated|known|decided|evaluated|inferred|deduced|established"
    r"|worked\s+out|figured\s+out|(?:expressed|written|integrated)\b.{0,40}\belementary)"
)
_FACTS = r"(?:information|data|details?|context|conditions?|facts?|givens?|numbers?|values?|constraints?)"
_TASK = r"(?:problem|question|task|exercise|statement|request|prompt)"
# By a way that is not the last word: "cannot be solved by factoring", "in integers"
_WAY = (
    r"(?!.{0,20}\b(?:directly|immediately|at\s+once|yet|algebraically|analytically|by\s+(?:\w+ing|inspection|hand)"
    r"|using|over\s+the\s+(?:reals|integers)|in\s+(?:the\s+)?(?:positive\s+|real\s+|whole\s+)?"
    r"(?:integers|reals|numbers)|more\s+than|often|without\s+(?:first|using|doing))\b)"
)
_ENGLISH = (
    rf"\b(?:I|we)(?:\s+(?:am|are)\s+(?:afraid|sorry)\s*,?\s*(?:but\s+)?(?:that\s+)?I)?\s*{_CAN_NOT}\s+{_HOW_MUCH}{_DO}{_WAY}"
    rf"|\b(?:so|and)\s+{_CAN_NOT}\s+{_DO}\s+(?:you|this|that|it)\b{_WAY}"
    rf"|\b(?:can\s?not|can['’]t)\s+be\s+{_HOW_MUCH}{_DONE}{_WAY}"
    rf"|\bthe\s+[^,.;:]{{1,60}}\s(?:can\s?not|can['’]t)\s+be\s+{_HOW_MUCH}found{_WAY}"
    r"|\bno\s+(?:\w+\s+)?(?:answer|conclusion)\s+can\s+be\s+(?:given|drawn)\b"
    rf"|(?:\bimpossible|(?:\bnot|n['’]t)\s+possible|\bno\s+way)\s+(?:(?:for\s+\w+\s+)?to\s+{_HOW_MUCH}|of\s+)(?:{_DO}|knowing|telling){_WAY}"
    rf"|(?:\bnot|n['’]t)\s+(?:\w+\s+)?(?:enough|sufficient)\s+(?:\w+\s+)?{_FACTS}\b(?!\s+to\s+say\s+more)"
    rf"|\binsufficient\s+(?:\w+\s+)?{_FACTS}\b"
    rf"|\b(?:needed|necessary|required|important|some|key|more)?\s*{_FACTS}\s+(?:is|are)\s+(?:missing|insufficient"
    r"|incomplete|not\s+(?:enough|sufficient))"
    rf"|\bmissing\s+(?:\w+\s+)?{_FACTS}\b|\black(?:s|ing)?\s+(?:\w+\s+){{0,2}}{_FACTS}\b"
    r"|\bsomething\s+is\s+missing\b"
    rf"|\b{_TASK}\s+(?:is|seems|appears|looks)\s+(?:to\s+be\s+)?(?:incomplete|underspecified|under-?determined"
    r"|ill-posed|not\s+well-defined|unanswerable|unsolvable|outside)"
    r"|\bI\s+(?:really\s+|honestly\s+|just\s+)?(?:do\s+not|don['’]t)\s+(?:actually\s+)?know\b"
    r"|\bI\s+can\s+only\s+(?:help|solve|answer|calculate)\b|\bunclear\s+what\b"
    r"|\bI\s+have\s+no\s+(?:idea|way|access|knowledge|information|name)\b"
    r"|\bI\s+(?:do\s+not|don['’]t)\s+have\s+(?:\w+\s+)?(?:access|enough|information|knowledge|ability|data|real-time)"
    r"|\b(?:beyond|outside(?:\s+of)?)\s+(?:my|what\s+I)\b"
    r"|\b(?:nothing|not\s+something|no\s+\w+)\s+(?:that\s+)?I\s+(?:can|know)\b"
    r"|\bnot\s+an?\s+(?:math|maths|mathematics|mathematical)\s+(?:problem|question|task)\b"
    r"|\b(?:answer|result|value|solution|area|price|total)\s+(?:is|remains)\s+(?:unknown|undetermined)\b"
    r"|^\W*(?:unknown|undetermined|unanswerable)\W*$"
)
_NO_WAY = r"(?:无法|不能|没法|没有?办法|难以|无从|不可能)(?:唯一|准确|具体|完全|真正|可靠|被|地|来|够|明确|再)*"
_CHINESE = (
    rf"{_NO_WAY}(?:求解|解答|解决|确定|判断|判定|计算|求出|求得|回答|得出|给出(?!\s*\d)|算出|推出|推断|预测|解出|作答|得知|知道|断定"
    r"|帮助|帮你|提供|翻译|证明|得到(?:答案|结果|确定|唯一)|用初等函数|表示(?:为|成)初等)"
    r"(?!的[^，,。.!！])"
    r"|(?:条件|信息|数据|资料|已知量|题目)(?:还|都|是|并)?(?:不足|不够|不全|不完整|缺失|不充分)"
    r"|(?:缺少|缺乏|缺)(?:了|必要|足够|其他|其它|一些|一个|关键|已知|的)*(?:条件|信息|数据)"
    r"|没有(?:给出|提供)?(?:足够|充分)的?(?:条件|信息|数据)"
    r"|我(?:也|真的|并|确实)?(?:不知道|不会(?:做|解|算|回答)|不清楚|不了解|做不到|帮不了|没有能力"
    r"|(?:不能|无法|没法|不会)(?:为你|为您|给你|给您)?(?:写|画|唱|讲|推荐))"
    r"|不知道(?:答案|怎么|如何)|[解算求做]不(?:了|出来?)|不是我(?:会|能|可以)|超出了?我的|不是(?:一个|一道)?数学(?:题|问题)"
)
# That something was not said, or is asked for: a refusal where nothing else is stated
_ASKS = (
    r"\b(?:you|question|problem|it)\s+(?:have\s+not|haven['’]t|has\s+not|hasn['’]t|did\s+not|didn['’]t|does\s+not"
    r"|doesn['’]t)\s+(?:actually\s+)?(?:provided?|specif(?:y|ied)|given?|included?|stated?|mention(?:ed)?|tell|told|say"
    r"|said)\b"
    r"|\bplease\s+(?:provide|share|give|specify|tell|state|send)\b|\bcould\s+you\s+(?:please\s+)?(?:provide|share|give"
    r"|specify|tell)\b"
    r"|\bno\s+\w+\s+(?:is|was)\s+(?:given|provided|specified|stated)\b"
    r"|请(?:您|你)?(?:先)?(?:提供|给出|补充|告诉|说明|发)|(?:题目|问题|题中|题干|你|您)[^，,。]{0,8}(?:没有?|未|并未)"
    r"(?:给出|给|提供|说明|告诉|写)"
)
_CUE = re.compile(f"{_ENGLISH}|{_CHINESE}", re.IGNORECASE)
_WEAK_CUE = re.compile(_ASKS, re.IGNORECASE)
# Right before a cue: it is denied, or somebody else says so
_DENIED = re.compile(
    r"(?:\b(?:not\s+true|false|wrong|incorrect|not\s+the\s+case|not\s+correct)\b[^,.;]{0,30}"
    r"|\b(?:does\s+not|doesn['’]t)\s+mean\b[^,.;]{0,30}|\bnot\s+(?:that|because)\s[^,.;]{0,20}"
    r"|\b(?:rather\s+than|instead\s+of)\s*|(?:并非|不是|并不是|不等于|不代表|不意味着|而非|绝不)[^，。,;；]{0,4}"
    r"|(?:小[\u4e00-\u9fff]|他|她|[他她]们|[甲乙丙丁]|老师|同学)(?:[也还都就]|所以|因此)?)$",
    re.IGNORECASE,
)
# 无法直接求解 leads on to another way
_OTHER_WAY = re.compile(
    r"(?:直接|简单|一眼|马上|立即|立刻|暂时|仅(?:凭|用|靠)|只(?:凭|用|靠)|通过|因式分解)[^，。,;；]{0,8}$"
)
# What would be, what is asked for, and what is given, are no answer
_SAID_ONLY = re.compile(
    r"\b(?:if|unless|once|assum\w+|suppos\w+|please|for\s+example|for\s+instance|e\.?g|would|could|provide|tell\s+me"
    r"|given|known|only|told|stated|mention\w*|missing|need(?:ed|s)?|depends?|unknown|not|no)\b|n['’]t\b"
    r"|如果|假如|假设|若|要是|请|例如|比如|需要|告诉|提供|已知|只|仅|给出|缺|没有|不知道|未知|取决于|还要",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:so|therefore|thus|hence|but|however|instead|nevertheless|still|yet|that\s+said|although)\b"
    r"|但|不过|然而|所以|因此|于是|故|可是|而是|[;；]",
    re.IGNORECASE,
)
_STATES = re.compile(r"\d|=|\b(?:is|are|was|were|equals)\b|[是为]|等于")
_VALUE = re.compile(r"=|\d")
_EQUATION = re.compile(r"[A-Za-z)]\s*=\s*[-$\\({]*\d")
_LIST_NUMBER = re.compile(r"^\W*\(?\d{1,2}[.)、）]\s*")


def refuses(text: str) -> bool:
    """Whether a conclusion says that it cannot solve its problem, boxes nothing, and states no answer besides."""
    if not text.strip() or box_contents(text):
        return False
    sentences = [_LIST_NUMBER.sub("", one) for one in reversed(last_sentences(text[-_TAIL:], _MOST_SENTENCES))]
    if any(map(_announces, sentences)):
        return False
    cued = [(number, end) for number, sentence in enumerate(sentences) if (end := _cue_end(sentence)) is not None]
    if not cued:
        return any(map(_WEAK_CUE.search, sentences)) and not any(map(_concludes, sentences))
    number, end = cued[-1]
    return not _leads_on(sentences[number], end) and not any(map(_concludes, sentences[number + 1 :]))


def _cue_end(sentence: str) -> int | None:
    """Where the last words end that say so."""
    ends = [found.end() for found in _CUE.finditer(sentence) if not _is_denied(sentence, found)]
    return ends[-1] if ends else None


def _is_denied(sentence: str, found: re.Match[str]) -> bool:
    before = sentence[max(0, found.start() - 60) : found.start()]
    return _DENIED.search(before) is not None or _OTHER_WAY.search(before + found.group()[:-2]) is not None


def _leads_on(sentence: str, end: int) -> bool:
    """Whether a sentence goes on to an answer behind its cue, or takes an option of several."""
    if OPTION_LETTER.search(sentence):
        return True
    first, *clauses = _GOES_ON.split(sentence[end:])
    if _EQUATION.search(first) and not _SAID_ONLY.search(first):
        return True
    return any(_STATES.search(clause) and not _SAID_ONLY.search(clause) for clause in clauses)


def _concludes(sentence: str) -> bool:
    """Whether a sentence states a value, or objects to what was said before it."""
    if _SAID_ONLY.search(sentence):
        return False
    opposed = _GOES_ON.match(sentence.lstrip(" *")) is not None and _STATES.search(sentence) is not None
    return opposed or _VALUE.search(sentence) is not None or OPTION_LETTER.search(sentence) is not None


def _announces(sentence: str) -> bool:
    """Whether "the answer is" comes with a value or an option."""
    for cue in ANSWER_CUES.finditer(sentence):
        said = first_sentence(sentence[cue.end() : cue.end() + _ANNOUNCED])
        if _CUE.search(said) is None and not _SAID_ONLY.search(said) and _is_value(said):
            return True
    return "####" in sentence and _is_value(sentence)


def _is_value(said: str) -> bool:
    return _VALUE.search(said) is not None or re.match(r"\W*[A-H](?![A-Za-z])", said) is not None
