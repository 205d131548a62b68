"""Words that announce, end or rule out an answer, in English and Chinese, as data."""

from __future__ import annotations

import re

__all__ = [
    "ANSWER_CUES",
    "CHINESE_NUMBER",
    "CONCLUSION_CUES",
    "BOUNDS_AFTER",
    "NOT_STATED",
    "COMMENTARY",
    "CONTRASTED",
    "BOUNDED_BEFORE",
    "COPULAS",
    "DENIED_BEFORE",
    "DENIED_BEHIND",
    "DENIES_COPULA",
    "CORRECT_OPTIONS",
    "NUMBER",
    "OPTION_LETTER",
    "HEDGES",
    "NEGATED",
    "NOT_AN_ANSWER",
    "NUMBERED_THING",
    "QUALIFIED",
    "STEPS_ON",
    "TAIL_CUTS",
    "TRAILING_NUMBER",
    "WORKING",
    "WORKS_ON",
]

# "the final answer to the question is", "Answer:", "答案是", "故答案为"
ANSWER_CUES = re.compile(
    r"(?i:\b(?:final\s+|correct\s+)?(?:answer|solution|result)s?\b(?:\s+(?:to|of|for|in)\b[^.:\n]{0,60}?)?"
    r"\s*(?:\*\*)?\s*(?:(?:is|are|would\s+be|should\s+be|must\s+be|comes\s+(?:out\s+)?to|=)(?![A-Za-z])\s*[:：]?"
    r"|[:：]))"
    r"|(?:最终|最后|正确|本题|此题|标准)?(?:的)?(?:答案|结果|选项)(?:应该|应当|应|就)?(?:\*\*)?\s*(?:选择|[是为选]|[:：])"
    r"|^\s*答\s*[:：]",
    re.M,
)

CONCLUSION_CUES = re.compile(
    r"^\s*(?i:(?:so|thus|hence|therefore|consequently|finally|in\s+conclusion|in\s+total)\b"
    r"|we\s+(?:get|have|find|obtain)\b)"
    r"|^\s*(?:因此|所以|综上所述|综上|故而|故|于是|从而|可得|解得|求得|得到|最终|最后|总之)"
)

# What stands between a subject and its value
COPULAS = re.compile(
    r"\b(?:is|are|was|were|equals|equal\s+to|has|have|had|be|get|gives|needs?|makes?|costs?|totals?|makes|contains?"
    r"|earns?|spends?|takes?|pays?|sells?|approximately|about)\b(?:\s+(?:exactly|about|approximately|equal\s+to))?"
    r"|一共有|一共是|共有|总共有|总共是|等于|需要|还剩下|还剩|剩下|剩|约为|大约|得到|卖出了?|花了?|用了?|[是为有]|(?<=[A-Za-z\u4e00-\u9fff*])\s*[:：](?=\s|\D)",
    re.I,
)

# What follows an answer without being part of it
TAIL_CUTS = re.compile(
    r"\s*(?:\b(?:because|since|so\s+that|where\s+[a-z]\s+is)\b|,\s*(?:which|as|because|since|where)\b"
    r"|\bI\s+hope\b|，(?:因为|其中|才能|符合|说明|如果|就能|就可以)|才能|才可以|以满足|以便|（其中|因为"
    r"|(?<![原本后未将从历起用])来(?=[\u4e00-\u9fff]{2}))",
    re.I,
)
# What goes on from one value to the next: where more numbers follow, the answer is among them
STEPS_ON = re.compile(r"\s*(?:,\s*(?:and\s+)?so\b|，(?:这|所以|即|也就是))", re.I)

# A sentence about the answer that was given before it
COMMENTARY = re.compile(
    r"\s*(?:这(?:是|个|与|意|验|说|表|也|符|样)|此|该(?:结果|答案)|验证|希望|如果你|注|I hope|Let me know|If you"
    r"|Note\b|This (?:result|answer|matches|confirms|means|shows|agrees)"
    r"|This is (?:because|the (?:same|final|answer)|consistent|verified))",
    re.I,
)

# After "Answer:", the first of several steps; or what the next step opens with
WORKING = re.compile(
    r"\s*(?:\*\*)?\s*(?:(?:first(?:ly)?|to (?:find|get|solve|begin|start|determine|calculate|compute)|let(?:'s)?"
    r"|step (?:1|one)"
    r"|(?:we|i) (?:first|start|begin|need|have to)|(?:start|begin)(?:ing)? (?:with|by))\b|首先|先|第一步|设|步骤)",
    re.I,
)
WORKS_ON = re.compile(r"\s*(?:(?:then|next|after that|now|finally|second(?:ly)?)\b|然后|接着|再|其次|最后)", re.I)

_GAP = r"\s{0,3}"
# What may be an answer in few signs, after words that it is put in: "not the option B", 而不是错误的7, \frac{1}{2}
_THING = (
    r"(?:\s|[-−$\\(（*“\"]|选项?|答案|错误的|错的|刚才的|所谓的|(?:the|an?|on|in|at|equal\s+to|options?|choices?|answers?|wrong)\b){0,6}?"
    r"(?:\d|(?-i:[A-H])(?![A-Za-z])|[甲乙丙丁戊]|[a-z]\s{0,3}=|frac|sqrt|pi\b|[√π])"
)
# "5, not 6", 5 rather than 6 and 是5，不是6 state what stands before; 不是5，是6 and 5 instead of 6 is 7 do not
CONTRASTED = re.compile(
    r"(?<=[\d)）}$%*\w])\s{0,3}"
    rf"(?:[,，;；]{_GAP}(?:(?:and|but)\s+)?not\s+(?={_THING})|[(（]{_GAP}(?:and\s+)?not\s+(?={_THING})|(?<=\s)and\s+not\s+(?={_THING})"
    rf"|[,，]?{_GAP}\b(?:rather\s+than|instead\s+of|as\s+opposed\s+to)\b{_GAP}(?={_THING})"
    rf"|[,，;；(（、]{_GAP}(?:而|并|而且|也)?(?:不是|不选|不填|[别勿][选填写]|不应选|不应是|不能选|不等于)(?={_THING})"
    rf"|[,，;；(（、]?{_GAP}(?:[而并](?:不是|不选|不应选|不等于|不为|非)(?:是|选)?|绝非|绝不是)(?={_THING})"
    rf"|[,，;；(（]{_GAP}非(?={_THING})"
    r"|(?<=[是为][-\d]\d)不是(?=-?\d)|(?<=[是为选]\d)不[是选](?=-?\d)|(?<=[是为选](?-i:[A-H]))不[是选](?=(?-i:[A-H])))"
    r"(?![^.。\n]{0,200}(?:\bbut\b|而是))(?![^.。,，;；\n]{0,80}(?:\b(?:is|are|equals)\b|[是为]|的(?!\d)[^.。,，;；\n]))"
    r"[^.。,，;；\n]*(?:\.\d+)?",
    re.I,
)
# An inequality, of which "not 2" is a part: x > 1 and not 2
BOUNDED_BEFORE = re.compile(
    r"(?:[<>≤≥]|\\[lg](?:e|eq|eqslant|t)(?![a-z])|大于|小于|多于|少于|至[少多]|\bat\s(?:least|most)|\bany\b|任[意何])[^.。;；\n]*$",
    re.I,
)
# Right before what is not the answer
DENIED_BEFORE = re.compile(
    r"(?:不(?:应该?|应当|可能|会|能|再)?[是选为取填]|[别勿][选填写]|怎么(?:可能|会)[是为]?|不等于|[而并绝]非(?:是)?|≠|\\neq?(?![a-z])|\\not\s{0,3}="
    r"|\bnot|n['’]t(?:\s+be)?|\bcannot(?:\s+be)?|\brather\s+than|\binstead\s+of|\bas\s+opposed\s+to|\bunlikely(?:\s+to\s+be)?"
    r"|\bdoubt\s[^.,;]{1,12}\bis|\b(?:anything|everything|all|any\s+\w+)\s+but|\bexcept(?:\s+for)?|\b(?:other|different)\s+(?:than|from)|\bapart\s+from|除[了去开]?)"
    r"(?:\s|[$\\(（*“\"{}]|选项?|答案|错误的|错的|刚才的|所谓的|(?:the|an?|on|in|at|be|equal(?:\s+to)?|options?|choices?|answers?|wrong|text|boxed)\b"
    r"|[a-z]\s{0,3}=){0,6}$",
    re.I,
)
# Right behind what is not the answer
DENIED_BEHIND = re.compile(
    r"[\s$*）)\\}”\"]{0,4}(?:项|选项)?(?:"
    r"(?:is|are|was|were)\s+(?:(?:also|clearly|both|obviously)\s+)?(?:wrong|incorrect|false|not)\b|(?:is|are|was)n['’]t\b|cannot\b"
    r"|(?:显然|都|也|均)?(?:是)?(?:错误|错的|错[，,。]|不对|不正确|不成立|不符|不合|不可能|被?排除))",
    re.I,
)
# Right before a copula that denies
DENIES_COPULA = re.compile(
    r"(?:不(?:应该?|应当|可能|会|能|再)?|[并绝而]?非|[没未]|(?:\b(?:not|cannot|never)|n['’]t)\s{1,3})$", re.I
)

# A clause that says it is not the answer
HEDGES = re.compile(
    r"(?:not\b(?!\s+possible)|unknown\b|unclear\b|wrong\b|incorrect\b|probably\s+not\b|不是|未知|不对|错误的)",
    re.I,
)

# A clause whose one number may be anything
NEGATED = re.compile(
    r"不能|不足|不够|不可以|没有|不是|不选|不等于|[而并绝]非|\b(?:not|cannot|never|no|neither|nor|rather\s+than|instead\s+of)\b"
    r"|n't\b",
    re.I,
)

# Bold words that head a section
NOT_AN_ANSWER = re.compile(
    r"^\W*(?:step|part|case|note|example|question|problem|solution|answer|final|given|method)\b|^\W*(?:步骤|解|第)"
    r"|[:：]\W*$",
    re.I,
)

# Letters of options, one after the other
_BETWEEN_LETTERS = r"\s{0,3}(?:[,、，;；和与及&]\s{0,3}(?:and\s{1,3})?|and\s{1,3})?"
_LETTERS = rf"(?-i:\(?[A-H]\)?(?:{_BETWEEN_LETTERS}\(?[A-H]\)?){{0,7}})(?![A-Za-z])"
CORRECT_OPTIONS = re.compile(
    rf"(?:^|[\s(*])({_LETTERS})\**\s*(?:is|are)\s+(?:the\s+)?(?:both\s+|all\s+)?(?:correct|right|true|best)\b(?!\s+(?:that|for))",
    re.I,
)

OPTION_LETTER = re.compile(
    rf"选项?\s*[:：]?\s*({_LETTERS})|"
    r"(?:\b(?:option|choice)\s*|选项?\s*)\(?([A-H])\b\)?|[(（]([A-H])[)）]|^\W*([A-H])\W*$"
    r"|(?-i:\b([A-H])) is (?:the )?(?:correct|right|best)\b",
    re.I | re.M,
)

# Before a number that is not an amount of its own
NUMBERED_THING = re.compile(
    r"(?:\b(?:step|part|case|equation|problem|question|figure|example|page|chapter|no|number)\.?|[#第]|步骤)\s*[(（]?\s*$"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s*$"  # the day of a date
    r"|\d\S{0,8}(?:\s\S{1,8})?\s*(?:\bto|\bthrough|[~～到至])\s*$"  # the end of a range
    r"|\d[十百千万亿]+$"  # the end of a numeral
    r"|\d\s{0,3}(?:余|…{2}|(?:with\s+)?(?:a\s+)?(?:remainder|rem\.?|R)(?:\s+of)?)\s{0,3}$"  # what remains
    r"|\d\s*(?:\bor\b|\band\b|[或和与、])\s*(?:[a-z]\s*=\s*)?$",  # one of several
    re.I,
)

NUMBER = (
    r"(?:[-−+]\s?)?[$¥￥€£]?\s?(?:\d{1,2}:\d\d(?!\d)|\\[dt]?frac\{\d+\}\{\d+\}|\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"(?:\s?/\s?\d+)?(?:[eE][-+]?\d+)?"
)
# The last number of a sentence, with up to four words or eight Chinese characters after it
TRAILING_NUMBER = re.compile(
    r"(?:^|(?<=[\s\u3000-\u9fff=:：,，$*(（~≈]))(?P<answer>"
    + NUMBER
    + r"\s?(?:[%％°]|\\%|[\u4e00-\u9fff]{1,8}|(?:\s?[A-Za-z²³^][A-Za-z²³/^2-3]*){0,4}))"
    r"[\s.。!！*$)）\]_]*$"
)
# A Chinese numeral with its unit at the end of a sentence
CHINESE_NUMBER = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[是为有共得于约花要用剩余达到了的]))(?P<answer>[负零〇一二两三四五六七八九十百千万亿点又分之半]+[\u4e00-\u9fff]{0,6})\W*$"
)
# What makes a bound of the number before it
BOUNDS_AFTER = ("以上", "以下", "左右", "多", "余", "几", "以内", "之间", "到", "至")
# A sentence that gives a bound, or says what the answer is not
NOT_STATED = re.compile(
    r"(?:\b(?:is|are|equals|be)\b|[是为]|答案|结果)\s*(?:at (?:least|most)|(?:no )?(?:more|less|fewer) than"
    r"|greater than|between|至少|至多|最多|最少|超过|不到|大于|小于)"
    r"|(?:\b(?:not|cannot|never|impossible)\b|n't\b|不是|不等于|不可能是|不能是)"
    r"(?:\s+(?:be|equal|to|get|have|obtain|reach|that|it|is|the|answer))*\s*[$\\(]*-?\d(?!.*(?:\bbut\b|而是))"
    r"|(?:不成立|矛盾|舍去|不符合题意)\W*$",
    re.I,
)
# A bound is not the number it names
QUALIFIED = re.compile(
    r"^\s*(?:at (?:least|most)|no (?:more|less|fewer) than|(?:more|less|fewer|greater) than|over|under|not|between"
    r"|up to|至少|至多|最多|最少|超过|不到|不足|大于|小于|多于|少于|不是)",
    re.I,
)
