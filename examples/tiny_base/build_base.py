"""Rebuild the embedded base model: write its corpus, train its tokenizer, draw its first weights, pretrain it.

    python examples/tiny_base/build_base.py --output output/tiny_base

The corpus is mathematical text without the tool protocol: problems with worked answers, Python listings and
notebook cells that belong to problems, and sentences that quote a result; and random tokens said twice, pieces of
the prompt among them. No conversation, no whole tool call, no observation, and no problem of
data/problems_heldout.jsonl. Short numbers come first, since copying long ones is learned from copying short ones;
documents of like length stand together, so that batches hold little padding.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from math_solver.commands.api_process import cli
from math_solver.protocol import SYSTEM_PROMPTS, TOOL
from math_solver.records import Problem, read_records, write_jsonl
from math_solver.sources.families import EMBEDDED, Draft, generate, problem_key

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.pre_tokenizers import PreTokenizer

HERE = Path(__file__).parent
CHAT_TEMPLATE = HERE / "chat_template.jinja"
HELD_OUT = HERE.parent.parent / "data" / "problems_heldout.jsonl"
BATCH = 64
SPECIAL_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path("output/tiny_base"))
    parser.add_argument("--per-family", type=int, default=1000, help="problems drawn of each family")
    parser.add_argument("--families", nargs="+", default=EMBEDDED, help="draw from these (default: as it was built)")
    parser.add_argument("--warm-up", type=int, default=24_000, help="documents that only copy numbers")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


Pair = tuple[str, str]  # what is given, and the continuation that the loss falls on


def listing(draft: Draft) -> Pair:
    return f"# {draft.problem.question}\n", f"{draft.code}\n"


def notebook_cell(draft: Draft) -> Pair:
    cell = json.dumps({"markdown": draft.problem.question, "source": draft.code}, ensure_ascii=False)
    given, mark, continuation = cell.partition('"source": "')
    return given + mark, continuation


def worked(draft: Draft) -> Pair:
    return f"{draft.problem.question}\n", f"{draft.thought}\n{draft.conclude(draft.problem.answer or '')}"


def quoted(draft: Draft, output: str | None = None) -> Pair:
    shown = output or draft.problem.answer or ""
    return f"{shown}\n", draft.conclude(shown)


def number(rng: random.Random, digits: int) -> str:
    """A whole number, one in four with a sign."""
    return rng.choice(("", "", "", "-")) + str(rng.randrange(10 ** (digits - 1), 10**digits))


def copied(rng: random.Random, digits: int) -> Pair:
    """Two numbers said twice in a text: what copying is learned from."""
    a, b = number(rng, digits), number(rng, digits)
    given, continuation = rng.choice(COPIES)
    return given.format(a=a, b=b), continuation.format(a=a, b=b)


COPIES = (
    ("# Calculate {a} × {b}.\n", "print({a} * {b})\n"),
    ("# {a} 与 {b} 的和是多少？\n", "print({a} + {b})\n"),
    ("# Find the distance between the points ({a}, {b}).\n", "print(latex(Point({a}, {b})))\n"),
    ('{{"markdown": "从 {a} 到 {b} 的积分。", "source": "', 'print(latex(integrate({a}*x, (x, {a}, {b}))))"}}'),
    ("{a}\n", "Therefore the answer is \\boxed{{{a}}}."),
    ("\\frac{{{a}}}{{{b}}}\n", "因此，答案是 \\boxed{{\\frac{{{a}}}{{{b}}}}}。"),
)


def repeated(rng: random.Random, digits: int) -> Pair:
    """A row of numbers said twice and nothing else: every token of three digits is met often for few tokens."""
    row = rng.choice((", ", " ", "; ", ", ")).join(number(rng, digits) for _ in range(rng.randint(2, 6)))
    return f"{row}\n", row


def formula(rng: random.Random) -> str:
    """A value as SymPy writes it, one or two of them: what programs print and conclusions box."""
    if rng.random() < 0.3:
        return number(rng, rng.randint(1, 18))
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


def warm_up(rng: random.Random, size: int) -> list[Pair]:
    """Copies of numbers that grow from 1 to 18 digits."""
    forms = (copied, repeated)
    return [rng.choice(forms)(rng, rng.randint(1, 1 + 17 * i // size)) for i in range(size)]


def problems(drafts: list[Draft], rng: random.Random) -> list[Pair]:
    """The problems in four forms, their conclusions with other values, and long numbers: copying is not forgotten."""
    drafts = [draft for draft in drafts if draft.code]
    pairs = [form(draft) for draft in drafts for form in (listing, notebook_cell, quoted)]
    pairs += [worked(draft) for draft in drafts[::4]]
    pairs += [quoted(draft, formula(rng)) for draft in drafts]
    pairs += [form(rng, rng.randint(1, 18)) for _ in drafts[::2] for form in (copied, repeated)]
    rng.shuffle(pairs)
    return pairs


def repeated_tokens(tokenizer: Tokenizer, rng: random.Random, size: int) -> list[Pair]:
    """Random pieces of text said twice, so that every token is known before LoRA, whose head is frozen, needs it.

    A sign follows each piece: signs stand alone, so that the pieces are tokenized as they were drawn.
    """
    decoded = (tokenizer.decode([index]) for index in range(len(SPECIAL_TOKENS), tokenizer.get_vocab_size()))
    known = [text for text in decoded if text and "\ufffd" not in text]
    rows = ("".join(f"{rng.choice(known)}{rng.choice('+-')}" for _ in range(rng.randint(3, 8))) for _ in range(size))
    return [(f"{row}\n", row) for row in rows]


def in_batches(texts: list[Pair], rng: random.Random) -> Iterator[Pair]:
    """Reorder so that each batch holds texts of like length; the batches stay near where their texts stood."""
    window = 8 * BATCH
    for start in range(0, len(texts), window):
        part = sorted(texts[start : start + window], key=lambda pair: len(pair[0]) + len(pair[1]))
        batches = [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
        rng.shuffle(batches)
        for batch in batches:
            yield from batch


def train_tokenizer(texts: list[str], folder: Path) -> Tokenizer:
    """A byte-level BPE with merges across words, so that phrases become one token, and numbers in groups of three.

    A group is its own token and rarely comes twice in a number, so that copying it needs no look at its
    neighbours; a sign stands alone, so that it is copied rather than translated from one phrase to another.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = _split_at(pre_tokenizers.Digits(individual_digits=True))
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1536,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
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
    fast.save_pretrained(folder)
    return tokenizer


def _split_at(numbers: PreTokenizer) -> PreTokenizer:
    """Numbers as ``numbers`` splits them, signs, the line breaks of JSON, and bytes."""
    from tokenizers import Regex, pre_tokenizers

    return pre_tokenizers.Sequence(
        [
            numbers,
            pre_tokenizers.Split(Regex(r"[-+]"), "isolated"),
            pre_tokenizers.Split("\\n", "isolated"),
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
        hidden_size=128,
        intermediate_size=384,
        num_hidden_layers=4,
        num_attention_heads=8,
        num_key_value_heads=8,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
    )
    model = Qwen2ForCausalLM(config)
    model.save_pretrained(folder)
    return int(model.num_parameters())


def prompts() -> list[str]:
    """The constant texts of a prompt, so that they cost few tokens; the model meets those only as random pieces."""
    from llamafactory.data.tool_utils import QwenToolUtils

    return [prompt + QwenToolUtils.tool_formatter([TOOL]) for prompt in SYSTEM_PROMPTS.values()]


def main() -> None:
    args = parse_args()
    rng = random.Random(args.seed)
    held_out = {problem_key(problem.id) for problem in read_records(HELD_OUT, Problem)}
    solved = problems(list(generate(args.per_family, args.seed, exclude=held_out, names=args.families)), rng)
    sample = [given + continuation for given, continuation in rng.sample(solved, min(len(solved), 40_000))]
    tokenizer = train_tokenizer(sample + prompts() * 4000, args.output / "init")
    mixed = solved + repeated_tokens(tokenizer, rng, args.warm_up // 2)
    rng.shuffle(mixed)
    pairs = [*warm_up(rng, args.warm_up), *in_batches(mixed, rng)]
    rows = ({"given": given, "continuation": f"{continuation}<|im_end|>"} for given, continuation in pairs)
    write_jsonl(args.output / "corpus.jsonl", rows)
    columns = {"prompt": "given", "response": "continuation"}
    dataset = {"tiny_corpus": {"file_name": "corpus.jsonl", "columns": columns}}
    (args.output / "dataset_info.json").write_text(json.dumps(dataset), encoding="utf-8")
    parameters = draw_weights(tokenizer.get_vocab_size(), args.output / "init")
    print(f"{len(pairs)} documents, {tokenizer.get_vocab_size()} tokens, {parameters:,} parameters", flush=True)
    subprocess.run(
        [cli(), "train", str(HERE / "qwen2_tiny_full_sft.yaml"),
         f"model_name_or_path={args.output / 'init'}", f"dataset_dir={args.output}",
         f"output_dir={args.output / 'model'}"],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
