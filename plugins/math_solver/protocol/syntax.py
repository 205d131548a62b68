"""How models write a call: a row for each form of LLaMA-Factory's templates, and the fenced block.

Read from llamafactory 0.9.5, ``data/tool_utils.py``, whose formatters wrote what the models were trained on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .marks import Mark, literal, one_of
from .native import CLOSING, OPENING
from .prompts import TOOL

__all__ = ["CLOSERS", "JSON_STRING_ENDS", "MARKUP", "NATIVE_OPENERS", "OPENERS", "SYNTAXES", "Body", "Syntax"]

PYTHON: str = TOOL["name"]

# Tokens that some vocabularies hold as special ones, which decoding usually leaves out.
MARKUP = frozenset(
    f"<{slash}{name}>"
    for name in ("tool_calls", "seed:tool_call", "minimax:tool_call", "arg_key", "arg_value")
    for slash in ("", "/")
) | {OPENING, CLOSING, "<|tool_call>", "<tool_call|>", '<|"|>'}


@dataclass(frozen=True)
class Body:
    """What a call to ``python`` looks like from its opening mark on.

    Attributes:
        head: a pattern from the opening mark to the first character of the program.
        end: what ends the program; ``None`` where the closing mark of the call does.
        name: finds the name of the tool in a call to any tool, and ``parameters`` its parameters, of which each ends
            with ``last``; ``None`` where the call is a JSON object, which ``escaped`` says too.
    """

    head: re.Pattern[str]
    end: Mark | None = None
    name: re.Pattern[str] | None = None
    parameters: re.Pattern[str] | None = None
    last: str | None = None
    escaped: bool = False


@dataclass(frozen=True)
class Syntax:
    """One way to write a call.

    Attributes:
        opener: the mark that starts a call.
        closers: marks of which each ends it.
        closing: what to append to a call that was left open.
        bodies: the forms that the inside may have.
        guarded: whether a closing mark inside the program ends the call too (a brace does not).
        names: finds the tool's name in an opening mark that people write as well, showing JSON or a transcript: it
            opens a call only where there is such a tool. ``None`` where the mark says by itself that a call comes.
    """

    opener: Mark
    closers: tuple[Mark, ...]
    closing: str
    bodies: tuple[Body, ...]
    guarded: bool = True
    names: re.Pattern[str] | None = None


def _tagged(head: str, end: str, name: str, parameters: str, last: str | None = None) -> Body:
    return Body(re.compile(head), Mark(literal(end)), re.compile(name), re.compile(parameters, re.DOTALL), last or end)


def _between(opener: str, closer: str, *bodies: Body, line: str = "\n") -> Syntax:
    return Syntax(Mark(literal(opener)), (Mark(literal(closer)),), line + closer, bodies)


# A quote ends a JSON string when JSON goes on behind it: models forget to escape the quotes of a program.
JSON_STRING_ENDS = (
    Mark(('"', r"\s*", r"\}")),
    Mark(('"', r"\s*", ",", r"\s*", '"', r'[^"\\]*', '"', r"\s*", ":")),
)

_CODE = r'\{\s*"code"\s*:\s*"'
_ARGUMENTS = r'"(?:arguments|parameters)"\s*:\s*'
_JSON = Body(
    re.compile(rf'(?:<[^>]+>)?\s*(?:\[\s*)?\{{\s*"name"\s*:\s*"{PYTHON}"\s*,\s*{_ARGUMENTS}{_CODE}'), escaped=True
)
_ACTION = Body(
    re.compile(rf"Action:\s*{PYTHON}\s*Action\s*Input:\s*(?:```(?:json)?\s*)?{_CODE}"),
    name=re.compile(r"Action:\s*([\w.-]+)"),
    escaped=True,
)
_FUNCTION = _tagged(
    rf"<[^>]+>\s*<function=\s*{PYTHON}\s*>?\s*<parameter=\s*code\s*>",
    "</parameter>",
    r"<[^>]+>\s*<function=\s*([^\s<>]+)",
    r"<parameter=([^>]*)>(.*?)</parameter>",
)
_KEYED = _tagged(
    rf"{OPENING}\s*{PYTHON}\s*<arg_key>\s*code\s*</arg_key>\s*<arg_value>",
    "</arg_value>",
    OPENING + r"\s*([^\s<>{}\[\]\"]+)\s*(?=<arg_key>)",
    r"<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)</arg_value>",
)
_INVOKE = _tagged(
    rf'(?:<minimax:tool_call>\s*)?<invoke name="{PYTHON}">\s*<parameter name="code">',
    "</parameter>",
    r'(?:<minimax:tool_call>\s*)?<invoke name="([^"]+)">',
    r'<parameter name="(.*?)">(.*?)</parameter>',
)
_GEMMA = _tagged(
    rf'<\|tool_call>call:{PYTHON}\{{\s*code\s*:\s*<\|"\|>',
    '<|"|>',
    r"<\|tool_call>call:([^{\s]+)\{",
    r'([A-Za-z_]\w*)\s*:\s*(?:<\|"\|>)?(.*?)(?:<\|"\|>|(?=[,}]))',
    last="}",
)
_FENCE = ("(?<!`)`", "`", "`", "[Pp]", "y", "[thon3]*", "[ \t\r]*")


def _bare(arguments: str, *closer: str, opener: tuple[str, ...] = ()) -> Syntax:
    """A JSON object, or a list of one, without marks around it."""
    name = (*literal("{"), r"\s*", *literal('"name"'), r"\s*", ":", r"\s*", '"', r"[\w.-]+", '"', r"\s*", ",", r"\s*")
    mark = Mark((*opener, *name, *literal(f'"{arguments}"'), r"\s*", ":"))
    return Syntax(mark, (Mark(closer),), "", (_JSON,), guarded=False, names=re.compile(r'"name"\s*:\s*"([\w.-]+)"'))


SYNTAXES = (
    _between(OPENING, CLOSING, _JSON, _FUNCTION, _KEYED),  # qwen, ling; qwen3_5; glm4_moe
    _between("<tool_calls>", "</tool_calls>", _JSON),  # minimax1
    _between("<seed:tool_call>", "</seed:tool_call>", _FUNCTION),  # seed_oss
    _between("<minimax:tool_call>", "</minimax:tool_call>", _INVOKE),  # minimax2 as it was published
    _between('<invoke name="', "</invoke>", _INVOKE),  # minimax2 as LLaMA-Factory trains it
    _between("<|tool_call>call:", "<tool_call|>", _GEMMA, line=""),  # gemma4
    Syntax(  # default: the templates of most older models
        Mark(("(?<![^\n])A", *literal("ction:"), r"\s*", r"[\w.-]+", r"\s*", *literal("Action Input:"))),
        (Mark((r"\}",)),),
        "",
        (_ACTION,),
        guarded=False,
        names=_ACTION.name,
    ),
    _bare("arguments", r"\}", r"\s*", r"\}", r"\s*", r"\]", opener=(r"\[", r"\s*")),  # mistral
    _bare("arguments", r"\}", r"\s*", r"\}"),
    _bare("parameters", r"\}", r"\s*", r"\}"),  # llama3
    Syntax(  # Qwen2.5-Math, ToRA, NuminaMath; a fence inside a line ends a program only where the line ends
        Mark((*_FENCE, "(?=\n)")),
        (Mark(("\n", "[ \t]*", "`", "`", "`")), Mark(("`", "`", "`", "[ \t\r]*", "(?=\n)"))),
        "\n```",
        (Body(re.compile("".join(_FENCE))),),
    ),
)

NATIVE = SYNTAXES[:-1]
# Marks that end a whole call and stand nowhere else, so that an engine may stop at them.
CLOSERS = tuple(closing for syntax in NATIVE if (closing := syntax.closing.strip()) in MARKUP)
OPENERS, NATIVE_OPENERS = (one_of([syntax.opener for syntax in group]) for group in (SYNTAXES, NATIVE))
