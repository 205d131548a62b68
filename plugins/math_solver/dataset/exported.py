"""Checking that a merged model is the one that was trained: its next tokens, its answers, its chat template.

What goes wrong on the way (issues of hiyouga/LlamaFactory): the adapter without effect on the merged weights, another
base, a merge in too few bits, a chat template of the base's that writes tool calls in another way than training did.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..disk import read_object
from ..protocol import parse_call, system_prompt
from ..records import Execution, Problem, RecordError, Step, Trajectory
from .preflight import TEMPLATE_KEYS, TOKENIZER_KEYS, Preflight, own_template, read_recipe
from .sharegpt import TOOLS, render_conversation

__all__ = ["AnswerPair", "Export", "compare_answers", "mean_divergence", "template_differences"]

LIKELIEST = 64  # tokens whose chances are compared one by one; all others count as one
HALF = ("float16", "bfloat16")
AGAIN = "export the model again"
OF_LOSS = ("mask_history", "train_on_prompt")  # which say what is trained on, not what is written
OF_BASE = ("model_name_or_path", "model_revision")
UNSAID = {"model_revision": "main"}
OF_MACHINE = ("trust_remote_code", "cache_dir", "use_fast_tokenizer")
# Keys that say which tokens a question becomes
SPELLING = tuple(key for key in (*TEMPLATE_KEYS, *TOKENIZER_KEYS) if key not in (*OF_LOSS, *OF_BASE, *OF_MACHINE))
COMPARED = (*OF_BASE, *SPELLING)


@dataclass(frozen=True)
class Export:
    """A YAML of ``llamafactory-cli export`` whose merged model is there."""

    recipe: Path
    settings: Mapping[str, Any]

    @classmethod
    def read(cls, recipe: Path) -> Export:
        """
        Raises:
            RecordError: the YAML cannot be read, names no adapter, or was not exported yet.
        """
        settings = read_recipe(recipe)
        if "adapter_name_or_path" not in settings:
            raise RecordError(f"{recipe}: names no adapter_name_or_path, so that nothing was merged")
        merged = settings.get("export_dir")
        if merged is None or not Path(merged).is_dir():
            raise RecordError(f"{recipe}: export_dir {merged} is missing; run llamafactory-cli export {recipe}")
        return cls(recipe, settings)

    @property
    def folder(self) -> Path:
        """Where the merged model lies."""
        return Path(self.settings["export_dir"])

    @property
    def adapter(self) -> dict[str, Any]:
        """The keys that load the adapter on its base."""
        keys = (*OF_BASE, "adapter_name_or_path", "adapter_folder")
        return {key: self.settings[key] for key in keys if key in self.settings}

    @property
    def merged(self) -> dict[str, Any]:
        """The keys that load the merged model."""
        return {"model_name_or_path": str(self.folder)}

    @property
    def shared(self) -> dict[str, Any]:
        """The keys that both are loaded with: what is said to either is spelt as the YAML says."""
        return {key: self.settings[key] for key in (*SPELLING, *OF_MACHINE) if key in self.settings}

    @property
    def halved(self) -> bool:
        """Whether the merged weights are of 16 bits, so that they are not exactly base plus adapter."""
        config = read_object(self.folder / "config.json", AGAIN)
        return (config.get("dtype") or config.get("torch_dtype")) in HALF

    def unlike(self, training: Path) -> list[str]:
        """The keys of the training YAML that say other tokens than this one does."""
        trained = read_recipe(training)
        both = [(key, *(each.get(key, UNSAID.get(key)) for each in (self.settings, trained))) for key in COMPARED]
        return [f"{key} is {here!r}, and was {there!r} in {training}" for key, here, there in both if here != there]


@dataclass(frozen=True)
class AnswerPair:
    """The greedy answers of an adapter on its base and of the merged model to one question.

    ``divergence`` is the mean over the ``tokens`` of the adapter's answer of the Kullback-Leibler divergence of the
    merged model's next token from the adapter's, in nats; ``same`` how many of them have the same likeliest token.
    """

    question: str
    adapter: str
    merged: str
    divergence: float
    same: int
    tokens: int


def mean_divergence(pairs: Sequence[AnswerPair]) -> float:
    """Over all tokens of all answers."""
    tokens = sum(pair.tokens for pair in pairs)
    return sum(pair.divergence * pair.tokens for pair in pairs) / tokens if tokens else 0.0


def compare_answers(export: Export, questions: Sequence[str], max_tokens: int = 128) -> list[AnswerPair]:
    """Ask the adapter and then the merged model, one at a time in memory, through LLaMA-Factory."""
    adapter = _Asked(export.shared | export.adapter, max_tokens)
    answers = [adapter.answer(question) for question in questions]
    spoken = [adapter.spoken(question, answer) for question, answer in zip(questions, answers, strict=True)]
    chances = [adapter.chances(prompt, ids) for prompt, ids in spoken]
    adapter.close()
    merged = _Asked(export.shared | export.merged, max_tokens)
    pairs = []
    for question, answer, (prompt, ids), before in zip(questions, answers, spoken, chances, strict=True):
        divergence, same = _divergence(before, merged.chances(prompt, ids))
        pairs.append(AnswerPair(question, answer, merged.answer(question), divergence, same, len(before)))
    merged.close()
    return pairs


class _Asked:
    """A model in LLaMA-Factory's own engine."""

    def __init__(self, model: Mapping[str, Any], max_tokens: int) -> None:
        from llamafactory.chat import ChatModel

        greedy = {"infer_backend": "huggingface", "do_sample": False, "max_new_tokens": max_tokens}
        # The engine takes the thread's event loop, and makes one that nobody closes where there is none.
        with own_template(model.get("template")), closing(asyncio.new_event_loop()) as loop:
            asyncio.set_event_loop(loop)
            self._chat = ChatModel({**model, **greedy})
            asyncio.set_event_loop(None)

    def answer(self, question: str) -> str:
        """Its first turn: mostly a thought and a call."""
        asked = [{"role": "user", "content": question}]
        text: str = self._chat.chat(asked, system=system_prompt(question), tools=TOOLS)[0].response_text
        return text

    def spoken(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        """The tokens of the prompt and of an answer."""
        engine = self._chat.engine
        messages = [{"role": "user", "content": question}, {"role": "assistant", "content": ""}]
        prompt, _ = engine.template.encode_oneturn(engine.tokenizer, messages, system_prompt(question), TOOLS)
        return prompt, engine.tokenizer.encode(answer, add_special_tokens=False)

    def chances(self, prompt: Sequence[int], answer: Sequence[int]) -> Any:
        """Log-probabilities of what comes next at each token of the answer and behind it: tokens by vocabulary."""
        import torch

        model = self._chat.engine.model
        with torch.inference_mode():
            ids = torch.tensor([[*prompt, *answer]], device=model.device)
            logits = model(input_ids=ids).logits[0, len(prompt) - 1 :]
            return logits.float().log_softmax(-1).cpu()

    def close(self) -> None:
        """Make room for the next one."""
        from llamafactory.extras.misc import torch_gc

        self._chat._loop.call_soon_threadsafe(self._chat._loop.stop)
        self._chat._thread.join()
        self._chat._loop.close()
        del self._chat
        torch_gc()


def _divergence(adapter: Any, merged: Any) -> tuple[float, int]:
    """The mean divergence in nats, of the adapter's likeliest tokens and all others as one, and the equal likeliest.

    Taking tokens together never raises a divergence. Where the vocabularies differ in padding, the rest is the rest.
    """
    import torch

    ours, places = adapter.topk(min(LIKELIEST, adapter.shape[-1]))
    if int(places.max()) >= merged.shape[-1]:
        return float("inf"), 0
    theirs = merged.gather(-1, places)
    rest, other = (_rest(chances) for chances in (ours, theirs))
    each = (ours.exp() * (ours - theirs)).sum(-1) + rest * (rest.log() - other.log())
    same = int((adapter.argmax(-1) == merged.argmax(-1)).sum())
    return max(0.0, float(torch.nan_to_num(each, nan=float("inf")).mean())), same


def _rest(chances: Any) -> Any:
    """The chance of all other tokens; never nothing, so that its logarithm is a number."""
    return (1 - chances.exp().sum(-1)).clamp_min(1e-9)


def template_differences(folder: Path, training: Path) -> Iterator[str]:
    """Where the chat template saved with a model spells other tokens than a training YAML's template does.

    Compared are the prompts before each turn of the assistant in conversations with and without tools, which is all
    that a server shows to a model; then whether what ends a turn also ends generation.
    """
    preflight = Preflight(training)
    tokenizer = _saved_tokenizer(folder, bool(preflight.settings.get("trust_remote_code")))
    if tokenizer.chat_template is None:
        yield f"{folder} has no chat template"
        return
    stops = _stops(folder, tokenizer)
    for number, record in enumerate(_conversations(), 1):
        for turn, (trained, ending) in enumerate(_prompts(preflight, record), 1):
            where = f"conversation {number}, turn {turn}"
            try:
                saved = _saved_prompt(tokenizer, record, turn)
            except Exception as error:  # a template is a program of others
                yield f"{where}: the chat template fails with {type(error).__name__}: {error}"
                return
            if saved != trained:
                yield f"{where}: {_first_difference(trained, saved, preflight.tokenizer, tokenizer)}"
            if not stops & set(ending[-3:]):
                yield f"{where}: generation stops at none of the tokens that end a turn, {ending[-3:]}"


def _saved_tokenizer(folder: Path, trusted: bool) -> Any:
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(folder, trust_remote_code=trusted)
    except (OSError, ValueError) as error:
        raise RecordError(f"{folder}: no tokenizer ({error}); {AGAIN}") from error


def _stops(folder: Path, tokenizer: Any) -> set[int]:
    """The tokens that end generation, as an engine reads them."""
    config = next(
        (path for name in ("generation_config", "config") if (path := folder / f"{name}.json").exists()), None
    )
    named = read_object(config, AGAIN).get("eos_token_id") if config else None
    several = named if isinstance(named, list) else [named]
    return {token for token in (*several, tokenizer.eos_token_id) if isinstance(token, int)}


def _prompts(preflight: Preflight, record: Mapping[str, Any]) -> Iterator[tuple[list[int], list[int]]]:
    """The tokens before each turn of the assistant, and those of the turn, as a row of them is trained on."""
    before: list[int] = []
    for source, target in preflight.turns(record):
        yield [*before, *source], target
        before += [*source, *target]


def _saved_prompt(tokenizer: Any, record: Mapping[str, Any], turn: int) -> list[int]:
    """The tokens before a turn of the assistant, counted from 1, as the saved template and tokenizer spell them."""
    messages = _messages(record)
    places = [at for at, message in enumerate(messages) if message["role"] == "assistant"]
    tools = [{"type": "function", "function": tool} for tool in json.loads(record["tools"] or "[]")]
    text = tokenizer.apply_chat_template(
        messages[: places[turn - 1]], tools=tools or None, tokenize=False, add_generation_prompt=True
    )
    ids: list[int] = tokenizer.encode(text, add_special_tokens=False)
    return ids


def _messages(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A sharegpt record as chat templates take it: arguments of calls as objects, results as a tool's."""
    roles = {"human": "user", "observation": "tool", "gpt": "assistant"}
    messages: list[dict[str, Any]] = [{"role": "system", "content": record["system"]}] if record["system"] else []
    for turn in record["conversations"]:
        called = parse_call(turn["value"], fenced=False) if turn["from"] == "function_call" else None
        if called is None:
            messages.append({"role": roles[turn["from"]], "content": turn["value"]})
        else:
            function = {"name": called.name, "arguments": {"code": called.code}}
            calls = [{"type": "function", "function": function}]
            messages.append({"role": "assistant", "content": called.thought, "tool_calls": calls})
    return messages


def _first_difference(trained: Sequence[int], saved: Sequence[int], ours: Any, theirs: Any) -> str:
    at = next(
        (at for at, (a, b) in enumerate(zip(trained, saved, strict=False)) if a != b), min(len(trained), len(saved))
    )
    spoken = ours.decode(trained[at : at + 12]), theirs.decode(saved[at : at + 12])
    return f"trained {spoken[0]!r} and saved {spoken[1]!r} at token {at}"


def _conversations() -> Iterator[dict[str, Any]]:
    """What a chat template may write otherwise: quotes, line ends, other scripts, several programs and questions."""
    chinese = _solved("计算 6×7。", [("我先算一下。", 'print("√2", 6*7)', "√2 42")], "所以 $\\boxed{42}$。")
    english = _solved(
        "What is 6 times 8, and is 1 < 2?",
        [("I multiply.", "x = 6 * 8\nprint(x)\n", "48"), ("", "print('<b>', \"\\n\", 1 < 2)", "<b> \n True")],
        "It is $\\boxed{48}$.",
    )
    yield render_conversation([chinese])
    yield render_conversation([english, english])
    yield render_conversation([english], "fenced")


def _solved(question: str, steps: Sequence[tuple[str, str, str]], conclusion: str) -> Trajectory:
    done = tuple(Step(thought, code, Execution("ok", output)) for thought, code, output in steps)
    return Trajectory("sample", Problem("sample", "sample", question), done, conclusion, None, None)
