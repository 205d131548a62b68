"""The chat template: whether it is the model's, whether its calls can be read back, and what it says by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from ...protocol import render_call
from ..case import Case
from ..findings import Said, error, note, one_line, warning
from ..model import PROBE

CODES = ("print(6*7)", "42")  # the second is a number to a template that reads values as JSON
THOUGHT = "I multiply."


def unknown_template(case: Case) -> Iterator[Said]:
    """data/template.py, ``get_template_and_fix_tokenizer``."""
    from llamafactory.data.template import TEMPLATES

    name = case.value("template")
    if name is None:
        yield warning(
            "no template: LLaMA-Factory guesses one, whose tool calls are no model's own", "template: the model's"
        )
    elif name not in TEMPLATES:
        near = get_close_matches(str(name), TEMPLATES, n=1)
        yield error(f"template: {name} does not exist", f"template: {near[0]}" if near else "see data/template.py")
    elif case.model.template_problem:
        yield error(f"template: {name}: {case.model.template_problem}", "another template, or other keys beside it")


def another_models_template(case: Case) -> Iterator[Said]:
    """extras/constants.py names a template for each model that LLaMA-Factory lists."""
    from llamafactory.extras.constants import DEFAULT_TEMPLATE, SUPPORTED_MODELS

    own, name = _bare_name(case.model.name), case.value("template")
    for listed, places in SUPPORTED_MODELS.items():
        template = DEFAULT_TEMPLATE.get(listed)
        ids = {_bare_name(str(place)) for place in places.values()}
        if own in ids and template and name and not _akin(str(name), template):
            yield warning(f"template: {name}, but LLaMA-Factory's for {own} is {template}", f"template: {template}")
            return


def _bare_name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].removeprefix("Meta-")


def _akin(one: str, other: str) -> bool:
    return one.removesuffix("_nothink") == other.removesuffix("_nothink")


def calls_that_do_not_come_back(case: Case) -> Iterator[Said]:
    """A call is written by the template's formatter and read by its extractor, in the stock server too."""
    if case.model.template is None or not any(read.with_tools for read in case.reads):
        return
    name = case.value("template")
    if (problem := _reads_back(case.model.template, "", CODES[0])) is not None:
        yield error(f"template: {name} does not read its own calls back ({problem})", "build_dataset.py --form fenced")
    elif (problem := _reads_back(case.model.template, THOUGHT, CODES[0])) is not None:
        yield warning(
            f"template: {name} does not read a call behind a thought back ({problem})",
            "build_dataset.py --form fenced, or serve with code_interpreter, which reads it",
        )
    elif (problem := _reads_back(case.model.template, THOUGHT, CODES[1])) is not None:
        yield note(f"template: {name} reads a program that is a JSON value as that value ({problem})")


def _reads_back(template: Any, thought: str, code: str) -> str | None:
    """What comes back in place of a call, or None where it is the call."""
    content = render_call(thought, code)
    try:
        found = template.extract_tool(_written(template, content))
        if isinstance(found, str):
            return "as text"
        arguments = [json.loads(call.arguments) for call in found]
    except Exception as problem:  # a formatter or an extractor that cannot do it raises anything
        return f"{type(problem).__name__}: {one_line(problem, 80)}"
    return None if arguments == [{"code": code}] else f"as {json.dumps(arguments)[:60]}"


def _written(template: Any, content: str) -> str:
    """A turn with a call as the template writes it, without the words around it, which a server leaves out."""
    formatter = template.format_function
    slots = formatter.apply(
        content=content, thought_words=template.thought_words, tool_call_words=template.tool_call_words
    )
    for pattern, slot in zip(formatter.slots, slots, strict=True):
        if isinstance(pattern, str) and "{{content}}" in pattern:
            before, _, behind = pattern.partition("{{content}}")
            return str(slot).removeprefix(before).removesuffix(behind)
    return ""


def not_the_models_system(case: Case) -> Iterator[Said]:
    """Rows without a system prompt get the template's, which is not always what the model was made with."""
    bare = sum(read.bare for read in case.reads)
    tokenizer, template, own = case.model.tokenizer, case.model.template, case.model.own_prompt
    if not bare or tokenizer is None or template is None or own is None or case.value("default_system") is not None:
        return
    asked = [{"role": "user", "content": PROBE}, {"role": "assistant", "content": ""}]
    ids, _ = template.encode_oneturn(tokenizer, asked)
    begins, trained = (text.partition(PROBE)[0].strip() for text in (own, tokenizer.decode(ids)))
    if begins != trained:
        yield warning(
            f"{bare} rows have no system prompt and begin {trained[-80:]!r}, the model's own {begins[-80:]!r}",
            "system prompts in the rows, or default_system: the model's own",
        )


def prompt_of_the_day(case: Case) -> Iterator[Said]:
    """data/tool_utils.py, ``Llama3ToolUtils``: the prompt holds the day on which it was made."""
    formatter = getattr(case.model.template, "format_tools", None)
    if getattr(formatter, "tool_format", None) == "llama3" and any(read.with_tools for read in case.reads):
        yield warning(
            "this template writes the date into the prompt with tools: what is trained today is asked tomorrow",
            "build_dataset.py --form fenced, which has no tools",
        )


def thoughts_that_are_missing(case: Case) -> Iterator[Said]:
    """data/template.py, ``ReasoningTemplate``: an answer without a thought is trained to begin with an empty one."""
    if not _reasons(case) or case.recipe.stage not in ("sft", "dpo", "kto") or case.value("enable_thinking") is False:
        return
    for read in case.reads:
        if read.thoughtless and read.taken:
            name = str(case.value("template"))
            yield warning(
                f"{read.name}: {read.thoughtless} of {read.taken} rows hold no thought, and train the model to begin"
                " every answer with an empty one",
                f"template: {name}_nothink" if f"{name}_nothink" in _templates() else "enable_thinking: false",
            )


def thoughts_taken_out(case: Case) -> Iterator[Said]:
    """data/template.py, ``encode_oneturn``: in pairs and feedback only the last turn keeps its thought."""
    thoughtful = any(read.taken > read.thoughtless for read in case.reads)
    if _reasons(case) and case.recipe.stage in ("dpo", "kto") and thoughtful and not case.on("preserve_thinking"):
        yield warning(f"stage: {case.recipe.stage} takes the thoughts out of earlier turns", "preserve_thinking: true")


def _reasons(case: Case) -> bool:
    from llamafactory.data.template import ReasoningTemplate

    return isinstance(case.model.template, ReasoningTemplate)


def _templates() -> frozenset[str]:
    from llamafactory.data.template import TEMPLATES

    return frozenset(TEMPLATES)


def tokens_outside_the_vocabulary(case: Case) -> Iterator[Said]:
    """A template adds the words that it needs; the model has no rows for them."""
    tokenizer, vocabulary = case.model.tokenizer, case.model.text_config.get("vocab_size")
    if tokenizer is None or not isinstance(vocabulary, int) or case.on("resize_vocab"):
        return
    if len(tokenizer) > vocabulary:
        yield error(
            f"the vocabulary has {vocabulary} tokens, and with this template {len(tokenizer)}",
            "resize_vocab: true, or the model's own template",
        )
    elif case.model.added:
        yield warning(
            f"the template adds {case.model.added} tokens that the model never met", "the model's own template"
        )


def another_end(case: Case) -> Iterator[Said]:
    """What is trained as an answer's end must be where the model stops when it generates."""
    tokenizer, ends = case.model.tokenizer, case.model.end_tokens
    if tokenizer is None or not ends or case.model.template is None:
        return
    trained = set(case.model.template.get_stop_token_ids(tokenizer))
    if tokenizer.eos_token_id not in ends and not trained & ends:
        yield warning(
            f"answers are trained to end in {tokenizer.eos_token!r}, where the model does not stop",
            "after export set eos_token_id in generation_config.json to it",
        )


def longer_than_its_context(case: Case) -> Iterator[Said]:
    shape, longest = case.model.shape, max((read.longest for read in case.reads), default=0)
    if shape is None or not shape.context or case.value("rope_scaling") is not None:
        return
    if case.recipe.row_length <= shape.context:
        return
    found = f"cutoff_len: {case.recipe.row_length}, and the model was made for {shape.context} tokens"
    if longest > shape.context or case.recipe.stage == "pt":
        yield error(found, f"cutoff_len: {shape.context}, or rope_scaling: yarn")
    elif case.recipe.packs:
        yield note(f"{found}; packed rows hold shorter ones, each with positions of its own")
    else:
        yield warning(found, f"cutoff_len: {shape.context}, or rope_scaling: yarn")
