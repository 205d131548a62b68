"""What the Hugging Face engine gains from ``code_interpreter.batch_size``: tokens a second and time to the first one.

    python benchmarks/batching.py --tokens 48

Three ways to answer the same requests, asked at the same moment: the engine as it is, one after the other; in threads
side by side, which is LLaMA-Factory's ``MAX_CONCURRENT``; and in a batch. Two models: the embedded one, and one of 80
million random parameters. Ratios are to the first way, in the same run; other load on the machine moves all figures.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BASE = Path(__file__).parents[1] / "examples" / "tiny_base"
WAYS = ("one by one", "threads", "batch")
CLIENTS = (1, 4, 16)
SIZE = {
    "vocab_size": 32_000,
    "hidden_size": 640,
    "intermediate_size": 2560,
    "num_hidden_layers": 12,
    "num_attention_heads": 10,
    "num_key_value_heads": 2,
    "tie_word_embeddings": True,
}


@dataclass(frozen=True)
class Measured:
    """One way to answer a number of requests."""

    tokens_per_second: float
    first_seconds: float


@contextmanager
def loaded(folder: Path, tokens: int) -> Iterator[Any]:
    """A ``ChatModel`` as the server loads it."""
    from llamafactory.chat import ChatModel

    args = {
        "model_name_or_path": str(folder),
        "template": "qwen",
        "infer_backend": "huggingface",
        "infer_dtype": "float32",
        "do_sample": False,
        "max_new_tokens": tokens,
    }
    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)
        model = ChatModel(args=args)
        asyncio.set_event_loop(None)
    yield model
    model._loop.call_soon_threadsafe(model._loop.stop)
    model._thread.join()


def write_random_model(folder: Path) -> Path:
    import torch
    from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

    torch.manual_seed(0)
    Qwen2ForCausalLM(Qwen2Config(**SIZE)).save_pretrained(folder)
    AutoTokenizer.from_pretrained(BASE).save_pretrained(folder)
    return folder


async def ask(model: Any, question: str, stop_ids: list[int]) -> tuple[int, float]:
    """The tokens of an answer, and the seconds until its first text."""
    from math_solver.protocol import TOOL, Turn
    from math_solver.server.solve_request import Penalties, SolveRequest
    from math_solver.solving.loop import Completion

    turns = (Turn("user", question),)
    endless = Penalties(bias=dict.fromkeys(stop_ids, -100.0))
    request = SolveRequest("m", "Solve.", turns, interpreter=False, functions=(TOOL,), penalties=endless)
    start, first, tokens = time.perf_counter(), 0.0, 0
    async for part in model.generate(request, "native")(turns, max_tokens=None):
        first = first or time.perf_counter() - start
        if isinstance(part, Completion):
            tokens = part.completion_tokens
    return tokens, first


async def load(model: Any, questions: list[str], stop_ids: list[int]) -> Measured:
    """All questions at once."""
    start = time.perf_counter()
    answers = await asyncio.gather(*(ask(model, question, stop_ids) for question in questions))
    seconds = time.perf_counter() - start
    return Measured(sum(count for count, _ in answers) / seconds, statistics.median(first for _, first in answers))


def measure(chat_model: Any, clients: int, words: int) -> dict[str, Measured]:
    """Each way once, after one request that warms it up."""
    from math_solver.server.models.batching.batcher import Batcher
    from math_solver.server.models.huggingface import BatchedModel, HuggingFaceModel

    engine = chat_model.engine
    stop_ids = engine.template.get_stop_token_ids(engine.tokenizer)
    questions = [f"Calculate {17 * number + 3} plus {5 * number}." + " Please" * words for number in range(clients)]
    found = {}
    for way in WAYS:
        engine.semaphore = asyncio.Semaphore(clients if way == "threads" else 1)
        batched = way == "batch"
        model = BatchedModel(chat_model, Batcher(engine, clients)) if batched else HuggingFaceModel(chat_model)

        async def run(model: Any = model) -> Measured:
            await load(model, questions[:1], stop_ids)
            measured = await load(model, questions, stop_ids)
            await model.close()
            return measured

        found[way] = asyncio.run(run())
    return found


def report(name: str, clients: int, found: dict[str, Measured]) -> None:
    alone = found[WAYS[0]]
    for way, measured in found.items():
        ratio = measured.tokens_per_second / alone.tokens_per_second
        print(
            f"{name:28}{clients:>8}  {way:12}{measured.tokens_per_second:>10.0f} /s{ratio:>8.2f}"
            f"{measured.first_seconds * 1000:>12.0f} ms",
            flush=True,
        )


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=48, help="length of each answer")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    import transformers

    logging.disable(logging.WARNING)
    transformers.utils.logging.disable_progress_bar()
    print(f"{'model':28}{'clients':>8}  {'way':12}{'tokens':>13}{'ratio':>8}{'first text':>15}")
    with tempfile.TemporaryDirectory() as folder:
        models = {"embedded": (BASE, (0, 250)), "random": (write_random_model(Path(folder)), (0,))}
        for name, (path, lengths) in models.items():
            with loaded(path, args.tokens) as model:
                size = sum(parameter.numel() for parameter in model.engine.model.parameters()) / 1e6
                for words in lengths:
                    for clients in CLIENTS if not words else CLIENTS[-1:]:
                        row = f"{name} {size:.0f}M, {'long' if words else 'short'} prompt"
                        report(row, clients, measure(model, clients, words))


if __name__ == "__main__":
    main()
