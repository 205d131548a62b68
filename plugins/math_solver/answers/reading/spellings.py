"""Tables of spellings: Unicode characters, LaTeX commands and what they become, beside those of the operators."""

from __future__ import annotations

from ..values.operators import OPERATORS
from .names import COMMANDS

__all__ = ["REWRITES", "SCRIPTS", "SYMBOLS", "VULGAR_FRACTIONS"]

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi "
        "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(),
        strict=True,
    )
)
_SIGNS = {
    "−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*",
    "∗": "*", "÷": "/", "⁄": "/", "∕": "/", "，": ",", "、": ", ", "；": ";", "：": ":", "∶": ":", "（": "(",
    "）": ")", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "\\{", "｝": "\\}", "「": " ", "」": " ", "“": " ",
    "”": " ", "≤": "\\le ", "≦": "\\le ", "⩽": "\\le ", "≥": "\\ge ", "≧": "\\ge ", "⩾": "\\ge ", "≠": "\\ne ",
    "≈": "\\approx ", "≡": "\\equiv ", "π": "\\pi ", "∞": "\\infty ",
    "∪": "\\cup ", "∩": "\\cap ", "∈": "\\in ", "∅": "\\emptyset ", "∖": "\\setminus ", "°": "\\degree ",
    "º": "\\degree ", "℃": "\\degree C", "℉": "\\degree F", "′": "'", "″": "''", "’": "'", "‘": "'",
    "±": "\\pm ", "∓": "\\mp ", "…": "...", "⋯": "...", "ℝ": "\\mathbb{R}", "ℤ": "\\mathbb{Z}",
    "ℕ": "\\mathbb{N}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}", "⟨": "\\langle ", "⟩": "\\rangle ",
    "〈": "\\langle ", "〉": "\\rangle ", "∣": "|", "｜": "|", "％": "%", "＄": "\\$", "￥": "¥", "△": "\\triangle ",
    "ⅈ": "i", "ℯ": "e", "𝑖": "i", "\u00a0": " ", "\u3000": " ", "\u2009": " ", "\u202f": " ", "\u200b": "",
    "\ufeff": "", "。": ".", "．": ".", "‰": "\\permille ",
}  # fmt: skip
SYMBOLS = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | _SIGNS
    | {sign: command for row in OPERATORS.values() for sign, command in row.symbols.items()}
    | {letter: f"\\{name} " for letter, name in _GREEK.items()}
)
_OPERATOR_NAMES = "|".join(COMMANDS)
VULGAR_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
SCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ", "0123456789+-()n0123456789+-()n")

# Pattern and replacement, in order. ``(?![a-z])`` ends a command name.
REWRITES: tuple[tuple[str, str], ...] = (
    (r"(?<!\\)\\[()\[\]]", " "),
    (r"(?<=\d)\s*\{\s*,\s*\}\s*(?=\d{3})|(?<=\d),\\!\s*(?=\d{3})|(?<=\d)\\,(?=\d{3}(?!\d))", ","),
    (r"(?<!\\)\\(?:[,!;: ]|quad(?![a-z])|qquad(?![a-z])|enspace|thinspace|hfill|noindent)|~|&nbsp;", " "),
    (r"\\m?(?:left|right)(?![a-z])\s*\.?", ""),
    (r"\\(?:[bB]igg?[lrm]?|displaystyle|textstyle|scriptstyle|limits|nolimits|middle)(?![a-zA-Z])", " "),
    (r"\\(?:mathbf|boldsymbol|bm|vec|hat|mathrm)\s*\{\s*\\?([ijk])(?:math)?\s*\}", r" \1 "),
    (r"\\(?:textbf|textit|textrm|textsf|texttt|textnormal|mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mbox|hbox"
     r"|boldsymbol|bm|emph|underline)(?![a-z])\s*", r"\\text"),
    (r"\{\s*\\(?:rm|bf|it)(?![a-z])\s*", "{"),
    (r"\\(?:rm|bf|it)(?![a-z])", " "),
    (r"\\[dtc]frac(?![a-z])", r"\\frac"),
    (r"\{\s*(\d+)\s*\\over(?![a-z])\s*(\d+)\s*\}", r"\\frac{\1}{\2}"),
    (r"\\(?:geqslant|geqq|geq)(?![a-z])|>=", r"\\ge "),
    (r"\\(?:leqslant|leqq|leq)(?![a-z])|<=|=<", r"\\le "),
    (r"\\neq(?![a-z])|\\not\s*=|!=|<>", r"\\ne "),
    (r"\\lt(?![a-z])", "<"),
    (r"\\gt(?![a-z])", ">"),
    (r"\\(?:cdot|times|ast)(?![a-z])", "*"),
    (r"\\div(?![a-z])", "/"),
    (r"\\(?:ldots|cdots|dots|dotsc|dotsb)(?![a-z])", "..."),
    (r"\^\s*\{?\s*\\circ(?![a-z])\s*\}?|\\circ(?![a-z])|\\textdegree(?![a-z])", r"\\degree "),
    (r"\^\s*\{\s*\\prime\s*\\prime\s*\}", "''"),
    (r"\^\s*\{\s*\\prime\s*\}|\^\s*\\prime(?![a-z])|\\prime(?![a-z])", "'"),
    (r"(?<!\\)\\([%&_#])", r"\1"),
    (r"\\lbrace(?![a-z])", r"\\{"),
    (r"\\rbrace(?![a-z])", r"\\}"),
    (r"\\lbrack(?![a-z])", "["),
    (r"\\rbrack(?![a-z])", "]"),
    (r"\\[lr]?vert(?![a-z])|\\mid(?![a-z])", "|"),
    (r"\\(?:varnothing|oslash|emptyset)(?![a-z])|\\text\{\s*Ø\s*\}|Ø", r"\\emptyset "),
    (r"\\(?:backslash|smallsetminus)(?![a-z])", r"\\setminus "),
    (r"\\bigcup(?![a-z])", r"\\cup "),
    (r"\\var(theta|phi|epsilon|rho|sigma|kappa)(?![a-z])", r"\\\1 "),
    (r"\\Bbb\s*\{?([RZNQC])\}?|\\mathbb\s*\{?\s*([RZNQC])\s*\}?", r"\\mathbb{\1\2}"),
    (r"\\operatorname\*?\s*\{\s*([a-zA-Z]+)\s*\}", r"\\\1 "),
    (rf"(?<!\d)(?<!\d\s)\\text\s*\{{\s*({_OPERATOR_NAMES})\s*\}}(?=\s*\()", r"\\\1 "),  # 5 min (or so) are minutes
    (r"\\(?:overrightarrow|vec|hat|widehat|bar|tilde)\s*\{([^{}\d]*)\}", r"{\1}"),
    (r"\\(?:tag|label)\s*\{[^{}]*\}|\\(?:triangle|therefore|because)(?![a-z])", " "),
    *(rewrite for row in OPERATORS.values() for rewrite in row.rewrites),
    (r"(?<![A-Za-z_])(?:\\text\s*\{\s*[AP]\s*\}|[AP])_\s*\{?\s*(\d+)\s*\}?\s*\^\s*(?:\{\s*(\d+)\s*\}|(\d))",
     r"(\\frac{\1!}{(\1-\2\3)!})"),
    (r"\\p?mod(?![a-z])\s*\{?\s*(\w+)\s*\}?|\(\s*\\?mod\s+(\w+)\s*\)", r" (mod \1\2)"),
    (r"\b(?:np|math|numpy|sympy|sp|cmath)\.(?=[a-z]|[A-Z][A-Za-z]*\()", ""),
    (r"\\text\s*\{\s*(-?\d[\d.,]*%?)\s*\}", r" \1 "),
    (r"^\\text\s*\{\s*(-?\d[\d.,]*)\s+([^{}]*)\}$", r"\1 \\text{\2}"),
    (r"(?<=[\w)\]}])\s*\*\*\s*(?=[\w(\[{\\+-])", "^"),
)  # fmt: skip
