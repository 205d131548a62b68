"""How much of a training batch is padding: plain, grouped by length, packed and neat-packed.

    python benchmarks/padding.py --rows data/tir_families.jsonl --model examples/tiny_base

Rows are sharegpt records as ``scripts/build_dataset.py`` writes them; without ``--rows`` they are the generated
families', half of them in conversations of up to five questions. LLaMA-Factory's own loader, packing and collator
make the batches, and transformers' own samplers order them. The useful share is the tokens of rows over the tokens
of batches: what is left is computed and thrown away.

Packing fills rows of ``--cutoff`` tokens within each thousand records (``preprocessing_batch_size``), so that the
last row of each thousand is mostly empty: a file of few records packs worse than its table of a larger file says.
Both kinds of packing pad alike; they differ in what a token may look at. Tried on the processor with each token of
LLaMA-Factory 0.9.5's own batches (tests/recipes/test_packing.py), for rows of a batch that hold several records::

    packing: true        flash_attn sdpa, disabled, auto   LEAKS: a record attends to those before it in its row
    packing: true        fa2, batch size 1                 isolates: positions that start again mark the records
    packing: true        fa2, batch size 2 and more        LEAKS
    neat_packing: true   flash_attn sdpa, disabled, auto   isolates, at any batch size
    neat_packing: true   fa2, batch size 1                 isolates; any other batch size ends the run

A ``flash_attn: fa2`` without the package falls back to sdpa with a warning, so that ``packing`` then leaks.
Without ``--model`` a tokenizer is made of the rows, split as Qwen's splits text: with it the generated rows have 436
tokens on average, and with Qwen2.5's vocabulary 423.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from math_solver.dataset.conversations import Joining
from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import build
from math_solver.records import Execution, Verdict, read_jsonl, write_jsonl
from math_solver.sources.families import EMBEDDED, generate, solve

KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "by length": {"train_sampling_strategy": "group_by_length"},
    "packing": {"packing": True},
    "neat_packing": {"neat_packing": True},
}
SPECIAL_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# As Qwen2.5's tokenizer splits text: words, single digits, signs, line breaks (its tokenizer.json).
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def main() -> None:
    args = parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        records = [row for path in args.rows for _, row in read_jsonl(path)] or sample_rows(args.per_family)
        model = args.model or make_tokenizer(records, work / "tokenizer")
        for line in table(write_dataset(records, work), model, args.template, args.cutoff, args.batch_sizes):
            print(line, flush=True)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, nargs="+", default=[], help="sharegpt records (JSONL), taken together")
    parser.add_argument("--model", type=Path, help="folder of a model, for its tokenizer")
    parser.add_argument("--template", default="qwen")
    parser.add_argument("--cutoff", type=int, default=4096, help="tokens of a packed row")
    parser.add_argument("--batch-sizes", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    parser.add_argument("--per-family", type=int, default=80, help="generated problems of each family, without --rows")
    return parser.parse_args()


def sample_rows(per_family: int, seed: int = 3) -> list[dict[str, Any]]:
    """Generated rows as the demo trains on; their outputs are the gold answers, so that no program needs to run."""
    solved = (
        solve(draft, lambda code, answer=draft.problem.answer: Execution("ok", answer), lambda *_: Verdict("correct"))
        for draft in generate(per_family, seed, names=EMBEDDED)
    )
    records, _ = build(solved, joining=Joining(share=0.5, most=5, seed=seed))
    return records


def texts(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """All text of the rows, and what LLaMA-Factory's template writes around the tools."""
    from llamafactory.data.tool_utils import QwenToolUtils

    for record in records:
        yield QwenToolUtils.tool_formatter(json.loads(record.get("tools") or "[]"))
        yield from (message["value"] for message in record["conversations"])
        yield record.get("system") or ""


def make_tokenizer(records: Sequence[Mapping[str, Any]], folder: Path, vocabulary: int = 1300) -> Path:
    """A byte-level BPE tokenizer of the rows; a word is mostly one token, as it is in Qwen's vocabulary."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=SPECIAL_TOKENS, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts(records), trainer)
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        chat_template="{{ messages }}",  # LLaMA-Factory's template writes the rows
    )
    fast.save_pretrained(folder)
    return folder


def write_dataset(records: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """Register the rows as ``rows`` in a folder of their own."""
    write_jsonl(folder / "rows.jsonl", records)
    register(folder / "dataset_info.json", "rows", "rows.jsonl")
    return folder


def table(dataset: Path, model: Path, template: str, cutoff: int, batch_sizes: Sequence[int]) -> Iterator[str]:
    """The lines of the table: useful tokens over all tokens, by kind of batch and rows of a micro-batch."""
    loads = {kind: Loaded.read(dataset, model, template, cutoff, changes) for kind, changes in KINDS.items()}
    lengths = loads["plain"].lengths
    yield (
        f"{len(lengths)} rows of {min(lengths)} to {max(lengths)} tokens, mean {mean(lengths):.0f}, "
        f"median {median(lengths):.0f}; cut at {cutoff}"
    )
    yield f"{'batch':14}" + "".join(f"{f'{size} rows':>10}" for size in batch_sizes)
    for kind, loaded in loads.items():
        cells = (f"{loaded.useful_share(size):10.1%}" for size in batch_sizes)
        yield f"{kind:14}" + "".join(cells) + f"   ({len(loaded.rows)} rows)"


@dataclass(frozen=True)
class Loaded:
    """Rows as LLaMA-Factory's loader hands them to its trainer, and what puts them into batches."""

    rows: Any
    collator: Any
    pad: int
    by_length: bool

    @classmethod
    def read(cls, dataset: Path, model: Path, template: str, cutoff: int, changes: Mapping[str, Any]) -> Loaded:
        with redirect_stdout(io.StringIO()):  # it prints a whole training example
            from llamafactory.data import SFTDataCollatorWith4DAttentionMask, get_dataset
            from llamafactory.data import get_template_and_fix_tokenizer as get_template
            from llamafactory.hparams import get_train_args
            from llamafactory.model import load_tokenizer

            model_args, data_args, training_args, _, _ = get_train_args(
                settings(dataset, model, template, cutoff) | dict(changes)
            )
            modules = load_tokenizer(model_args)
            tokenizer = modules["tokenizer"]
            filled = get_template(tokenizer, data_args)
            rows = get_dataset(filled, model_args, data_args, training_args, stage="sft", **modules)["train_dataset"]
        # Without the square masks of neat packing, which change no token.
        collator = SFTDataCollatorWith4DAttentionMask(template=filled, pad_to_multiple_of=8, **modules)
        by_length = training_args.train_sampling_strategy == "group_by_length"
        return cls(rows, collator, int(tokenizer.pad_token_id), by_length)

    @property
    def lengths(self) -> list[int]:
        return [len(ids) for ids in self.rows["input_ids"]]

    def useful_share(self, size: int) -> float:
        """Tokens of rows over tokens of batches of ``size`` rows, over an epoch."""
        import torch
        from transformers.trainer_pt_utils import LengthGroupedSampler

        chance = torch.Generator().manual_seed(0)
        order = (
            list(LengthGroupedSampler(size, lengths=self.lengths, generator=chance))
            if self.by_length
            else torch.randperm(len(self.rows), generator=chance).tolist()
        )
        useful = total = 0
        for start in range(0, len(order), size):
            batch = self.collator([dict(self.rows[at]) for at in order[start : start + size]])["input_ids"]
            useful += int((batch != self.pad).sum())
            total += batch.numel()
        return useful / total


def settings(dataset: Path, model: Path, template: str, cutoff: int) -> dict[str, Any]:
    """What LLaMA-Factory must be told to load a dataset."""
    return {
        "model_name_or_path": str(model),
        "stage": "sft",
        "do_train": True,
        "finetuning_type": "lora",
        "dataset_dir": str(dataset),
        "dataset": "rows",
        "template": template,
        "cutoff_len": cutoff,
        "overwrite_cache": True,
        "output_dir": str(dataset / "unused"),
        "report_to": "none",
    }


if __name__ == "__main__":
    main()
