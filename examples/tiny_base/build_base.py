"""Build an embedded base model of all families: write its texts, train its tokenizer, draw its weights, pretrain it.

    python examples/tiny_base/build_base.py --output output/tiny_base

The texts are mathematics without the tool protocol: pages of one to five problems, each with a thought, a cell of
Python, a value, and the sentence that quotes it; copies of numbers and formulas; and random tokens said twice, pieces
of the prompt among them. No tool call, no tool's answer, and no problem that is held out. Pages of like length stand
together, so that batches hold little padding. They are read in three rounds, each a training of its own:

1. notebooks. Very long numbers come first: copying is found in a hundred steps where group follows group of digits,
   and was not in four hundred of short numbers between other words. Then come pages of one problem, then longer ones,
   in which the last question has to be told from those before it.
2. conversations: other problems, twice as many, between the marks of a chat, half of them below lines of prompts in
   any order. A base that had read notebooks alone solved 179 of 198 problems, and with LoRA 161 to 165: what LoRA had
   to teach was a chat rather than a tool.
3. revision: conversations once more, fewer and at half the rate, with more to copy: numbers whose groups of digits
   come again, and equations in one line. 1111111110 was computed and its value copied wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from math_solver.commands.api_process import cli
from math_solver.commands.guard import guarded, wait_for_ended
from math_solver.disk import digest_of, write_text
from math_solver.protocol import SYSTEM_PROMPTS, TOOL
from math_solver.records import Problem, RecordError, read_records, write_jsonl
from math_solver.sources.families import (
    FAMILIES,
    REFUSAL,
    Draft,
    FollowUps,
    Writing,
    asked_keys,
    generate,
    problem_key,
)

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.pre_tokenizers import PreTokenizer

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
CHAT_TEMPLATE = HERE / "chat_template.jinja"
HELD_OUT_EACH, PHRASED_EACH = 10, 4  # problems of a family that are held out: with follow-ups, in unseen phrasings
BATCH = 32
SPECIAL_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
WRITING = Writing(noise=0.5)
FOLLOW_UPS = FollowUps(0.15)
REFUSALS = 6  # as many as of six families
PAGES = {1: 10, 2: 5, 3: 4, 4: 2, 5: 2}  # chance of so many problems on a page
CONVERSATIONS = {1: 12, 2: 4, 3: 3, 4: 2, 5: 3}  # the same in the later rounds
SHORT = (1, 2, 2, 2, 3, 3, *range(4, 19, 2))  # digits of numbers as questions have them
SAID_OTHERWISE = 0.2  # of the questions, with words changed, left out or put in
WEIGHTS = "model.safetensors"
SEAM = "\u200b"  # in the tokenizer's texts alone: no token crosses it


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path("output/tiny_base"))
    parser.add_argument("--per-family", type=int, default=1100, help="problems drawn of each family")
    every = tuple(family.name for family in FAMILIES)
    parser.add_argument("--families", nargs="+", default=every, help="draw from these (default: all)")
    parser.add_argument("--warm-up", type=int, default=40_000, help="pages that only copy numbers")
    parser.add_argument("--vocabulary", type=int, default=3600, help="tokens beside the groups of digits")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


Pair = tuple[str, str]  # what is given, and the continuation that the loss falls on
Page = list[Pair]
Chain = list[Draft]  # a problem and what follows it


def held_out(families: Sequence[str]) -> set[str]:
    """The problems that the files of held-out problems have, or will have once the base knows these families."""
    kept = FollowUps(1.0, kept=True)
    asked = list(generate(HELD_OUT_EACH, 0, known=True, names=families, follow_ups=kept))
    keys = [asked_keys(draft.problem.id) for draft in asked]
    alone = {first for first, *following in keys if not following}
    phrased = generate(PHRASED_EACH, 1, exclude=alone, names=families, writing=Writing(unseen=True))
    return {key for every in keys for key in every} | {problem_key(draft.problem.id) for draft in phrased}


def drawn(family: str, size: int, seed: int, exclude: set[str]) -> list[Chain]:
    """Problems of a family; where it has no more, some come again in other words."""
    chains: list[Chain] = []
    for again in count():
        drafts = generate(size, seed + again, names=[family], exclude=exclude, follow_ups=FOLLOW_UPS, writing=WRITING)
        try:
            for draft in drafts:
                if draft.problem.follows is None:
                    if len(chains) == size:
                        return chains
                    chains.append([])
                chains[-1].append(draft)
        except RecordError:
            continue
        return chains
    raise AssertionError("unreachable")


def cell(draft: Draft) -> Pair:
    """A question, and what is thought and written below it."""
    return (
        f"{draft.problem.question}\n",
        f'{draft.thought}\n{{"source": {json.dumps(draft.code, ensure_ascii=False)}}}',
    )


def quoted(draft: Draft, shown: str) -> Pair:
    return f"{shown}\n", draft.conclude(shown)


def exercise(draft: Draft, rng: random.Random, few: float = 0.0) -> Page:
    """A question with its cell, and a value with the sentence that quotes it; or a refusal."""
    if not draft.code:
        return [(f"{draft.problem.question}\n", draft.conclusion)]
    shown = formula(rng, few) if rng.random() < 0.4 else draft.problem.answer or ""
    return [cell(draft), quoted(draft, shown)]


def otherwise(draft: Draft, words: Mapping[bool, list[str]], rng: random.Random) -> Draft:
    """The draft with a few words of its question changed, left out or put in, so that no single one decides."""
    question = draft.problem.question
    places = [found.span() for found in WORD.finditer(question)]
    if len(places) < 5 or rng.random() >= SAID_OTHERWISE:
        return draft
    for start, end in sorted(rng.sample(places, rng.choice((1, 1, 2, 3))), reverse=True):
        another = rng.choice(words[question[start:end].isascii()])
        changed = rng.choice(("", another, f"{question[start:end]}{' ' if another.isascii() else ''}{another}"))
        question = question[:start] + changed + question[end:]
    return replace(draft, problem=replace(draft.problem, question=question))


WORD = re.compile(r"[a-z]{2,}|[\u4e00-\u9fff]")


def number(rng: random.Random, digits: int, few: float = 0.0) -> str:
    """A whole number, one in four with a sign, by the chance ``few`` of one to three different digits."""
    sign = rng.choice(("", "", "", "-"))
    if rng.random() >= few:
        return sign + str(rng.randrange(10 ** (digits - 1), 10**digits))
    choice = [*rng.sample("123456789", rng.randint(1, 2)), rng.choice("0123456789")]
    return sign + choice[0] + "".join(rng.choice(choice) for _ in range(digits - 1))


def copied(rng: random.Random, digits: int, few: float = 0.0) -> Pair:
    """Two numbers said twice in a text: what copying is learned from."""
    a, b = number(rng, digits, few), number(rng, digits, few)
    given, continuation = rng.choice(COPIES)
    return given.format(a=a, b=b), continuation.format(a=a, b=b)


COPIES = (
    ("# Calculate {a} × {b}.\n", "print({a} * {b})\n"),
    ("# {a} 与 {b} 的和是多少？\n", "print({a} + {b})\n"),
    ("# Find the distance between the points ({a}, {b}).\n", "print(latex(Point({a}, {b})))\n"),
    ('{{"markdown": "从 {a} 到 {b} 的积分。", "source": "', 'print(latex(integrate({a}*x, (x, {a}, {b}))))"}}'),
    ("{a}、{b}\n", "[{a}, {b}]"),
    ("({a}, {b})\n", "{b}, {a}"),
    ("{a}\n", "Therefore the answer is \\boxed{{{a}}}."),
    ("\\frac{{{a}}}{{{b}}}\n", "因此，答案是 \\boxed{{\\frac{{{a}}}{{{b}}}}}。"),
)


def repeated(rng: random.Random, digits: int, few: float = 0.0) -> Pair:
    """A row of numbers said twice and nothing else: every token of three digits is met often for few tokens."""
    row = rng.choice((", ", " ", "; ", ", ")).join(number(rng, digits, few) for _ in range(rng.randint(2, 6)))
    return f"{row}\n", row


def equations(rng: random.Random) -> Pair:
    """Linear equations in a line, whether or not anything stands between them, and the list that a program solves."""
    letters = rng.choice(("xy", "xyz", "abc", "uvw"))
    asked, code = [], []
    for _ in range(rng.randint(2, 3)):
        factors = [rng.choice((1, 1, -1)) * rng.choice((1, 1, *range(2, 21))) for _ in letters]
        value = rng.randint(-99, 99)
        written = [f"{factor:+}".replace("1", "") if abs(factor) == 1 else f"{factor:+}" for factor in factors]
        asked.append(f"{_spaced(written, letters)} = {value}")
        code.append(_spaced([f"{factor:+}*" for factor in factors] + [f"{-value:+}"], [*letters, ""]))
    return rng.choice((" ", " ", ", ", "; ", "，", "\n")).join(asked) + "\n", f"[{', '.join(code)}]"


def _spaced(factors: Sequence[str], letters: Sequence[str]) -> str:
    """A sum with spaces around its signs, but none after the first."""
    first, *rest = (factor + letter for factor, letter in zip(factors, letters, strict=True))
    return " ".join([first.removeprefix("+"), *(f"{term[0]} {term[1:]}" for term in rest)])


def formula(rng: random.Random, few: float = 0.0) -> str:
    """A value as SymPy writes it, one or two of them: what programs print and conclusions box."""
    if (kind := rng.random()) < 0.3:
        return number(rng, rng.randint(1, 18), few)
    if kind < 0.45:
        return rng.choice(OTHER_VALUES)(rng)
    values = [_sum_of_terms(rng) for _ in range(rng.choice((1, 1, 1, 2)))]
    return values[0] if len(values) == 1 else f"({', '.join(values)})"


def _sum_of_terms(rng: random.Random) -> str:
    text = rng.choice(("", "", "- "))
    for i in range(rng.choice((1, 1, 2, 3))):
        a, b, c = (rng.randrange(2, 10 ** rng.randint(1, 4)) for _ in range(3))
        text += rng.choice((" + ", " - ")) if i else ""
        text += rng.choice(TERMS).format(a=a, b=b, c=c)
    return text


TERMS = (
    "{a}",
    "\\frac{{{a}}}{{{b}}}",
    "\\sqrt{{{b}}}",
    "{a} \\sqrt{{{b}}}",
    "\\frac{{\\sqrt{{{b}}}}}{{{c}}}",
    "\\frac{{{a} \\sqrt{{{b}}}}}{{{c}}}",
)


RELATIONS = ("<", ">", r"\leq", r"\geq")
OTHER_VALUES = (
    lambda rng: f"{number(rng, rng.randint(1, 7))}.{rng.randrange(10 ** rng.randint(1, 4))}",
    lambda rng: f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
    lambda rng: f"{rng.randint(1900, 2100)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
    lambda rng: " * ".join(str(rng.choice((2, 3, 5, 7, 11, rng.randint(13, 999)))) for _ in range(rng.randint(2, 6))),
    lambda rng: f"{number(rng, rng.randint(1, 4))}, {number(rng, rng.randint(1, 4))}",
    lambda rng: f"{rng.choice('xyz')} {rng.choice(RELATIONS)} {number(rng, rng.randint(1, 5))}",
    lambda rng: f"{rng.randrange(2**20):{rng.choice('box')}}",
)


def groups(rng: random.Random) -> Pair:
    """A very long number said twice: each group of digits has one before it, which is what copying is found by."""
    row = "".join(f"{rng.randrange(1000):03d}" for _ in range(rng.randint(4, 10)))
    return f"{row}\n", row


def warm_up(rng: random.Random, size: int) -> list[Page]:
    """Copies: a share of groups of digits alone first, then of numbers of any length in texts and rows."""
    later = (copied, repeated)
    return [
        [groups(rng) if i < FIRST * size or rng.random() < 0.2 else rng.choice(later)(rng, rng.randint(1, 18))]
        for i in range(size)
    ]


FIRST = 0.4


@dataclass(frozen=True)
class Copying:
    """Copies between the problems: after how many pages, of how many digits, and how many of few different ones."""

    share: float = 0.1
    lengths: Sequence[int] = range(1, 19)
    few: float = 0.0

    def page(self, rng: random.Random) -> Page:
        """Numbers to copy, so that what was learned first is not forgotten; with few digits, also equations."""
        return [self._pair(rng) for _ in range(rng.randint(1, 3))]

    def _pair(self, rng: random.Random) -> Pair:
        if self.few and rng.random() < 0.3:
            return equations(rng)
        return rng.choice((copied, repeated))(rng, rng.choice(self.lengths), self.few)


def pages(chains: list[Chain], rng: random.Random, sizes: dict[int, int], copying: Copying) -> Iterator[Page]:
    """The problems in their order, so many on a page, and copies between them."""
    rest = iter(chains)
    while part := [*islice(rest, rng.choices([*sizes], [*sizes.values()])[0])]:
        yield [pair for chain in part for draft in chain for pair in exercise(draft, rng, copying.few)]
        if rng.random() < copying.share:
            yield copying.page(rng)


def marked(page: Page, lines: Sequence[str], rng: random.Random) -> Page:
    """A page as a conversation; half of them begin with a system turn of lines that say nothing together."""
    prompt = "\n".join(rng.sample(lines, rng.randint(2, 12)))
    opening = f"<|im_start|>system\n{prompt}<|im_end|>\n" if rng.random() < 0.5 else ""
    turns = [
        (f"<|im_start|>user\n{given.removesuffix(LINE_END)}<|im_end|>\n<|im_start|>assistant\n", continuation)
        for given, continuation in page
    ]
    openings = [opening, *["\n"] * (len(turns) - 1)]
    return [(before + given, continuation) for before, (given, continuation) in zip(openings, turns, strict=True)]


LINE_END = "\n"


def repeated_tokens(tokenizer: Tokenizer, rng: random.Random, size: int) -> list[Page]:
    """Random pieces of text said twice, so that every token is known before LoRA, whose head is frozen, needs it.

    A sign follows each piece: signs stand alone, so that the pieces are tokenized as they were drawn.
    """
    decoded = (tokenizer.decode([index]) for index in range(len(SPECIAL_TOKENS), tokenizer.get_vocab_size()))
    known = [text for text in decoded if text and "\ufffd" not in text]
    rows = ("".join(f"{rng.choice(known)}{rng.choice('+-')}" for _ in range(rng.randint(3, 8))) for _ in range(size))
    return [[(f"{row}\n", row)] for row in rows]


def in_batches(texts: list[Page], rng: random.Random) -> Iterator[Page]:
    """Reorder so that each batch holds texts of like length; the batches stay near where their texts stood."""
    window = 16 * BATCH
    for start in range(0, len(texts), window):
        part = sorted(texts[start : start + window], key=length)
        batches = [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
        rng.shuffle(batches)
        for batch in batches:
            yield from batch


def length(page: Page) -> int:
    return sum(len(given) + len(continuation) for given, continuation in page)


def seamed(text: str, rng: random.Random) -> str:
    """A text with a seam before every second character of Chinese, by chance: its tokens are words, not phrases."""
    return CHINESE.sub(lambda found: SEAM + found[0] if rng.random() < 0.5 else found[0], text)


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def train_tokenizer(texts: list[str], size: int, folder: Path, rng: random.Random, often: int = 3000) -> Tokenizer:
    """A byte-level BPE of words, pieces of programs, the constant texts of a prompt, and numbers in groups of three.

    A word is read alone, so that it means the same in a phrase never met. A group is its own token and rarely comes
    twice in a number, so that copying it needs no look at its neighbours; a sign stands alone, so that it is copied
    rather than translated from one phrase to another. What people type for a sign or a digit is read as that. Every
    character that comes up is a token, if a rare one: each is said so ``often`` beside the texts.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(SEAM, "removed"), _split_at(pre_tokenizers.Digits(individual_digits=True))]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(sign, other) for sign, other in READ_AS.items()])
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    read = [*(seamed(text, rng) for text in texts), *_characters(texts, often), *ROLES * often]
    tokenizer.train_from_iterator(read, trainer)
    tokenizer = _add_groups(tokenizer)
    tokenizer.pre_tokenizer = _split_at(pre_tokenizers.Split(Regex(r"\d{1,3}"), "isolated"))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        model_max_length=2048,
        clean_up_tokenization_spaces=False,
        chat_template=CHAT_TEMPLATE.read_text(encoding="utf-8"),
    )
    fast.add_tokens([AddedToken(text, normalized=False) for text in (*prompt_lines(), CALL)])
    fast.save_pretrained(folder)
    return fast.backend_tokenizer


ROLES = ("system\n", "user\n", "assistant\n", "<tool_response>\n", "\n</tool_response>")
READ_AS = {
    **{wide: str(digit) for digit, wide in enumerate("０１２３４５６７８９")},
    **dict.fromkeys("−－﹣–", "-"),
    **{"＋": "+", "＝": "=", "✕": "×", "²": "^2", "³": "^3", "⩽": "≤", "⩾": "≥"},
}


def _characters(texts: list[str], often: int) -> Iterator[str]:
    """Each character of a text beyond ASCII, so ``often``."""
    found = Counter(character for text in texts for character in text if ord(character) > 127)
    for character in sorted(found):
        yield from [character] * often


def _split_at(numbers: PreTokenizer) -> PreTokenizer:
    """Numbers as ``numbers`` splits them, signs, words, line breaks, the marks around a program, and bytes."""
    from tokenizers import Regex, pre_tokenizers

    return pre_tokenizers.Sequence(
        [
            numbers,
            pre_tokenizers.Split(Regex(r"[-+]"), "isolated"),
            pre_tokenizers.Split(Regex(r" (?=[A-Za-z])"), "merged_with_next"),
            pre_tokenizers.Split(Regex(r"(?<=[A-Za-z])[.,;:?!](?= |$)|[，。；：？！、]"), "isolated"),
            pre_tokenizers.Split("\\n", "isolated"),
            pre_tokenizers.Split(Regex(r'\n|\{"(?:source|code)": "|"\}+'), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def _add_groups(tokenizer: Tokenizer) -> Tokenizer:
    """A tokenizer with a token for every group of two or three digits, found whole rather than by merges."""
    state = json.loads(tokenizer.to_str())
    vocabulary = state["model"]["vocab"]
    for digits in (2, 3):
        for number in range(10**digits):
            vocabulary[f"{number:0{digits}}"] = len(vocabulary)
    state["model"]["ignore_merges"] = True
    return type(tokenizer).from_str(json.dumps(state))


def draw_weights(vocabulary: int, folder: Path) -> int:
    from transformers import Qwen2Config, Qwen2ForCausalLM, set_seed

    set_seed(0)
    config = Qwen2Config(
        vocab_size=vocabulary,
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=6,
        num_key_value_heads=6,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
    )
    model = Qwen2ForCausalLM(config)
    model.save_pretrained(folder)
    return int(model.num_parameters())


def halve(weights: Path) -> None:
    """Store weights in 16 bits: in half the room, and loaded as the configuration says, in 32."""
    import torch
    from safetensors.torch import load_file, save_file

    halved = {name: weight.to(torch.float16) for name, weight in load_file(weights).items()}
    save_file(halved, weights, metadata={"format": "pt"})


CALL = '{"name": "python", "arguments": {"code": "'


def prompt_lines() -> list[str]:
    """The constant lines of a prompt, a token each; the model meets them among random tokens and in any order."""
    from llamafactory.data.tool_utils import QwenToolUtils

    texts = (prompt + QwenToolUtils.tool_formatter([TOOL]) for prompt in SYSTEM_PROMPTS.values())
    lines = [line for text in texts for line in text.splitlines() if len(line) > 6]
    return [*dict.fromkeys(lines)]


def shuffled_chains(families: Sequence[str], each: int, seed: int, rng: random.Random) -> list[Chain]:
    """The problems of all families and refusals, some said otherwise."""
    apart, tests = held_out(families), asked_of_people()
    sizes = {**dict.fromkeys(families, each), REFUSAL.name: REFUSALS * each}
    chains = [chain for name, size in sizes.items() for chain in drawn(name, size, seed, apart)]
    chains = [chain for chain in chains if not any(plain(draft.problem.question) in tests for draft in chain)]
    found = sorted({word for chain in chains for word in WORD.findall(chain[0].problem.question)})
    words = {ascii: [word for word in found if word.isascii() is ascii] for ascii in (True, False)}
    rng.shuffle(chains)
    return [[otherwise(draft, words, rng) for draft in chain] for chain in chains]


def asked_of_people() -> set[str]:
    """What tests ask in words that people chose; some of it is said so by a family or a refusal, too."""
    files = (DATA / "people_problems.jsonl", DATA / "article_problems.jsonl")
    return {plain(problem.question) for file in files for problem in read_records(file, Problem)}


def plain(text: str) -> str:
    """A question without what nobody reads: spaces, marks of punctuation, capitals."""
    return re.sub(r"[\s,.?!，。？！]", "", text).lower()


def sample(chains: list[Chain], rng: random.Random) -> list[str]:
    """Texts for the tokenizer, of every family as many."""
    some = rng.sample(chains, min(len(chains), 40_000))
    return [given + continuation for chain in some for draft in chain for given, continuation in exercise(draft, rng)]


def row(page: Page) -> dict[str, object]:
    """A page as LLaMA-Factory reads it: the loss falls on every continuation."""
    *history, (given, continuation) = ((given, f"{continuation}<|im_end|>") for given, continuation in page)
    return {"history": history, "given": given, "continuation": continuation}


def notebooks(args: argparse.Namespace) -> list[Page]:
    """The pages of the first round; the tokenizer that is trained on them and fresh weights lie in ``init``."""
    rng = random.Random(args.seed)
    chains = shuffled_chains(args.families, args.per_family, args.seed, rng)
    tokenizer = train_tokenizer(sample(chains, rng), args.vocabulary, args.output / "init", rng)
    first = len(chains) // 5
    single = [*pages(chains[:first], rng, {1: 1}, Copying()), *repeated_tokens(tokenizer, rng, args.warm_up // 2)]
    rng.shuffle(single)
    parameters = draw_weights(tokenizer.get_vocab_size(), args.output / "init")
    print(f"{tokenizer.get_vocab_size()} tokens, {parameters:,} parameters", flush=True)
    return [
        *warm_up(rng, args.warm_up),
        *in_batches(single, rng),
        *in_batches([*pages(chains[first:], rng, PAGES, Copying())], rng),
    ]


@dataclass(frozen=True)
class Round:
    """A round of conversations: other problems, so many times as many as in the first round."""

    name: str
    seed: int  # beyond what an earlier round draws where a family has no more
    times: float
    copying: Copying
    learning_rate: float

    def pages(self, args: argparse.Namespace) -> list[Page]:
        seed = args.seed + self.seed
        rng = random.Random(seed)
        chains = shuffled_chains(args.families, round(self.times * args.per_family), seed, rng)
        lines = prompt_lines()
        several = [marked(page, lines, rng) for page in pages(chains, rng, CONVERSATIONS, self.copying)]
        return [*in_batches(several, rng)]


ROUNDS = (
    Round("conversations", 1000, 2, Copying(lengths=SHORT), 4.0e-3),
    Round("revision", 2000, 0.75, Copying(0.3, SHORT, few=0.3), 2.0e-3),
)


def train(corpus: list[Page], start: Path, folder: Path, *changes: str) -> None:
    """Write a round's pages into ``folder``, and train ``start`` on them, unless that is done."""
    lock, stamp = folder / ".started.lock", folder / "trained.json"
    wait_for_ended(lock)  # what an earlier run started and was killed before
    write_jsonl(folder / "corpus.jsonl", map(row, corpus))
    columns = {"prompt": "given", "response": "continuation", "history": "history"}
    dataset = {"tiny_corpus": {"file_name": "corpus.jsonl", "columns": columns}}
    (folder / "dataset_info.json").write_text(json.dumps(dataset), encoding="utf-8")
    print(f"{len(corpus)} pages", flush=True)
    recipe = HERE / "qwen2_tiny_full_sft.yaml"
    read = (folder / "corpus.jsonl", start / WEIGHTS, start / "tokenizer.json", recipe)
    key = json.dumps([*map(digest_of, read), *changes])
    if stamp.exists() and stamp.read_text() == key and (folder / "model" / WEIGHTS).exists():
        print(f"{folder}: trained before", flush=True)
        return
    stamp.unlink(missing_ok=True)
    subprocess.run(
        [*guarded(lock), cli(), "train", str(recipe), f"model_name_or_path={start}",
         f"dataset_dir={folder}", f"output_dir={folder / 'model'}", *changes],
        check=True,
    )  # fmt: skip
    write_text(stamp, key)


def main() -> None:
    args = parse_args()
    last = args.output / "notebooks"
    train(notebooks(args), args.output / "init", last)
    for each in ROUNDS:
        before, last = last, args.output / each.name
        train(each.pages(args), before / "model", last, f"learning_rate={each.learning_rate}", "warmup_steps=0.01")
    halve(last / "model" / WEIGHTS)
    print(f"{last / 'model'}: the base; its files go to {HERE}")


if __name__ == "__main__":
    main()
