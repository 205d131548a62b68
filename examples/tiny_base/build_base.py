"""Rebuild the embedded base model: write its corpus, train its tokenizer, draw its first weights, pretrain it.

    python examples/tiny_base/build_base.py --output output/tiny_base

The corpus is mathematical text without the tool protocol: problems with worked answers, Python listings and
notebook cells that belong to problems, and sentences that quote a result. No chat markup, no tool call, no
observation, and no problem of data/problems_heldout.jsonl. Short numbers come first, since copying long ones is
learned from copying short ones; documents of like length stand together, so that batches hold little padding.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from math_solver.launch import cli
from math_solver.protocol import SYSTEM_PROMPTS, TOOL
from math_solver.records import Problem, read_records, write_jsonl
from math_solver.sources.families import Draft, generate, problem_key

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HERE = Path(__file__).parent
HELD_OUT = HERE.parent.parent / "data" / "problems_heldout.jsonl"
BATCH = 64
SPECIAL_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path("output/tiny_base"))
    parser.add_argument("--per-family", type=int, default=1000, help="problems drawn of each family")
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


def quoted(draft: Draft) -> Pair:
    return f"{draft.problem.answer}\n", draft.conclude(draft.problem.answer or "")


def copied(rng: random.Random, digits: int) -> Pair:
    """Two numbers said twice: what copying is learned from."""
    a, b = (rng.randrange(10 ** (digits - 1), 10**digits) for _ in range(2))
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


def warm_up(rng: random.Random, size: int) -> list[Pair]:
    """Copies of numbers that grow from 1 to 12 digits."""
    return [copied(rng, rng.randint(1, 1 + 12 * i // size)) for i in range(size)]


def problems(drafts: list[Draft], rng: random.Random) -> list[Pair]:
    """The problems in four forms, and long numbers so that copying is not forgotten."""
    pairs = [form(draft) for draft in drafts for form in (listing, notebook_cell, quoted)]
    pairs += [worked(draft) for draft in drafts[::4]]
    pairs += [copied(rng, rng.randint(1, 18)) for _ in drafts[::2]]
    rng.shuffle(pairs)
    return pairs


def repeated_tokens(tokenizer: Tokenizer, rng: random.Random, size: int) -> list[Pair]:
    """Random pieces of text said twice, so that every token is known before LoRA, whose head is frozen, needs it.

    A digit follows each piece: digits stand alone, so that the pieces are tokenized as they were drawn.
    """
    decoded = (tokenizer.decode([index]) for index in range(len(SPECIAL_TOKENS), tokenizer.get_vocab_size()))
    known = [text for text in decoded if text and "\ufffd" not in text]
    rows = ("".join(f"{rng.choice(known)}{rng.randrange(10)}" for _ in range(rng.randint(3, 8))) for _ in range(size))
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
    """A byte-level BPE with single digits and merges across words, so that phrases become one token."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.Split("\\n", "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1536,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        model_max_length=2048,
        clean_up_tokenization_spaces=False,
    )
    fast.save_pretrained(folder)
    return tokenizer


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
    """The constant texts of a prompt, so that they cost few tokens; the model never trains on them here."""
    from llamafactory.data.tool_utils import QwenToolUtils

    return [prompt + QwenToolUtils.tool_formatter([TOOL]) for prompt in SYSTEM_PROMPTS.values()]


def main() -> None:
    args = parse_args()
    rng = random.Random(args.seed)
    held_out = {problem_key(problem.id) for problem in read_records(HELD_OUT, Problem)}
    solved = problems(list(generate(args.per_family, args.seed, exclude=held_out)), rng)
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
