"""What a model is told: the schema of its one tool and the system prompts."""

from __future__ import annotations

import re
from typing import Any, Literal

__all__ = ["SYSTEM_PROMPTS", "TEXT_PROMPTS", "TOOL", "detect_lang", "system_prompt"]

TOOL: dict[str, Any] = {
    "name": "python",
    "description": "Run Python (SymPy and NumPy are at hand) and return what it prints.",
    "parameters": {
        "type": "object",
        "properties": {"code": {"type": "string", "description": "The program."}},
        "required": ["code"],
    },
}

SYSTEM_PROMPTS = {
    "en": (
        "Solve the problem step by step. Use Python for every calculation and keep values exact "
        "(SymPy Rational, sqrt, pi). Put the final answer in \\boxed{}."
    ),
    "zh": (
        "请一步一步解题。用 Python 完成计算，保持精确值（SymPy 的 Rational、sqrt、pi）。最后把答案写在 \\boxed{} 中。"
    ),
}

# Where nothing can be run
TEXT_PROMPTS = {
    "en": "Solve the problem step by step in words and formulas. Put the final answer in \\boxed{}.",
    "zh": "请用文字和公式一步一步解题。最后把答案写在 \\boxed{} 中。",
}

_CJK = re.compile(r"[\u4e00-\u9fff]")


def detect_lang(text: str) -> Literal["en", "zh"]:
    """``zh`` when the text holds a Chinese character, else ``en``."""
    return "zh" if _CJK.search(text) else "en"


def system_prompt(question: str, lang: str | None = None, *, python: bool = True) -> str:
    """The system prompt of a question: in ``lang`` where that is known, else in the question's own language."""
    return (SYSTEM_PROMPTS if python else TEXT_PROMPTS)[lang or detect_lang(question)]
