"""Published figures: memory that runs took, and tokens that they trained on in a second; each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .memory import LOGIT_BYTES, Setup, estimate
from .shape import Shape, known_config, read_shape

__all__ = ["MEASURED", "SPEEDS", "Measured", "Speed", "speeds_of"]

GIB = 2**30 / 1e9


@dataclass(frozen=True)
class Measured:
    """Gigabytes (1e9 bytes) on each GPU at the peak of a run."""

    source: str
    model: str
    setup: Setup
    gigabytes: float
    note: str = ""

    @property
    def shape(self) -> Shape:
        return shape_named(self.model)

    @property
    def error(self) -> float:
        """How far the estimate lies from what was measured, as a share of that; below 0 where it is too small."""
        return estimate(self.shape, self.setup).total / 1e9 / self.gigabytes - 1


def shape_named(model: str) -> Shape:
    """The shape of a model of ``shape.KNOWN``."""
    config = _FIRST_QWENS.get(model) or known_config(model)
    shape = read_shape(config) if config else None
    if shape is None:
        raise KeyError(model)
    return shape


def _first_qwen(hidden: int, intermediate: int, layers: int, heads: int, vocab: int) -> dict[str, object]:
    """Qwen 1, of whose code this version of transformers has none; its "intermediate_size" is twice this."""
    sizes = {"hidden_size": hidden, "intermediate_size": intermediate, "num_hidden_layers": layers}
    return {"model_type": "llama", **sizes, "num_attention_heads": heads, "vocab_size": vocab}


_FIRST_QWENS = {
    "Qwen/Qwen-7B": _first_qwen(4096, 11008, 32, 32, 151936),
    "Qwen/Qwen-14B": _first_qwen(5120, 13696, 40, 40, 152064),
    "Qwen/Qwen-72B": _first_qwen(8192, 24576, 80, 64, 152064),
}
_TABLE = "LLaMA-Factory README, table of hardware requirements"
_WIKI = "LLaMA-Factory wiki, performance comparison"
_QWEN = "Qwen README, profiling of memory and speed"
_SOUP = "Soup, issue 78"
_LENGTHS = (256, 512, 1024, 2048, 4096, 8192)
_SHORT = 512  # tokens of a row where a source says none
_QLORA = (4, True)


def _measured() -> Iterator[Measured]:
    yield Measured(_TABLE, "meta-llama/Llama-2-7b", Setup(_SHORT), 16, "rounded; length not stated")
    yield Measured(_TABLE, "meta-llama/Meta-Llama-3-70B", Setup(_SHORT), 160, "rounded; length not stated")
    yield Measured(_TABLE, "meta-llama/Llama-2-7b", Setup(_SHORT, quantised=_QLORA), 6, "rounded")
    yield Measured(_TABLE, "meta-llama/Meta-Llama-3-70B", Setup(_SHORT, quantised=_QLORA), 48, "rounded")
    for length, gigabytes in ((1024, 6.0), (2048, 7.0), (4096, 9.0), (8192, 12.0), (16384, 19.0), (32768, 32.0)):
        yield Measured(_WIKI, "meta-llama/Llama-2-7b", Setup(length, quantised=_QLORA), gigabytes, "FlashAttention 2")
    for length, four in zip(_LENGTHS, (215.4, 217.7, 222.6, 228.8, 249.0, 289.2), strict=True):
        setup = Setup(length, gpus=4, rank=64, zero=3, overlapping=True, logit_bytes=6)
        yield Measured(_QWEN, "Qwen/Qwen-72B", setup, four / 4, "loss in bfloat16")
    for length, gigabytes in zip(_LENGTHS, (61.4, 61.4, 62.9, 64.1, 68.0, 75.6), strict=True):
        setup = Setup(length, rank=64, quantised=_QLORA, logit_bytes=6)
        yield Measured(_QWEN, "Qwen/Qwen-72B", setup, gigabytes, "GPTQ, loss in bfloat16")
    for length, gigabytes in zip(_LENGTHS, (34.6, 35.1, 35.3, 37.4, 42.5, 55.2), strict=True):
        setup = Setup(length, rank=64, logit_bytes=6)
        yield Measured(_QWEN, "Qwen/Qwen-14B", setup, gigabytes, "loss in bfloat16")
    for loss, gibibytes in ((LOGIT_BYTES, 71.0), (0, 61.8)):
        setup = Setup(1024, rows=4, rank=16, checkpointing=False, autocast=False, logit_bytes=loss)
        yield Measured(_SOUP, "meta-llama/Llama-3.1-8B", setup, gibibytes * GIB, "no checkpointing, no autocast")


MEASURED = tuple(_measured())


@dataclass(frozen=True)
class Speed:
    """Tokens a second on each GPU, in training with LoRA on bfloat16 weights unless ``how`` says another thing."""

    source: str
    model: str
    gpu: str
    gigabytes: int
    how: str
    tokens: int


_NEMO = "NeMo AutoModel performance summary, 2025-10-02"
_LENGTHY = "length 4096, no checkpointing, Transformer Engine"
SPEEDS = (
    Speed(_NEMO, "Qwen/Qwen2.5-7B", "H100", 80, _LENGTHY, 14110),
    Speed(_NEMO, "meta-llama/Llama-3.1-8B", "H100", 80, _LENGTHY, 12473),
    Speed(_NEMO, "Qwen/Qwen2.5-32B", "H100", 80, f"8 GPUs, {_LENGTHY}", 2250),
    Speed(_NEMO, "meta-llama/Meta-Llama-3-70B", "H100", 80, f"8 GPUs, {_LENGTHY}", 1092),
    Speed("Soup, issues 78 and 378", "meta-llama/Llama-3.1-8B", "H100", 80, "peft, length 1024, SDPA", 9621),
    Speed("Soup, issues 78 and 378", "meta-llama/Llama-3.1-8B", "H100", 80, "peft, length 1024, FA2 and Liger", 10256),
    Speed(_WIKI, "meta-llama/Llama-2-7b", "A100", 80, "LLaMA-Factory, Hugging Face attention", 2392),
    Speed(_WIKI, "meta-llama/Llama-2-7b", "A100", 80, "LLaMA-Factory, FlashAttention 2", 2954),
    Speed("torchtune README", "meta-llama/Llama-3.1-8B", "RTX 4090", 24, "torchtune", 3083),
    Speed("torchtune README", "meta-llama/Llama-3.1-70B", "A100", 80, "torchtune, 8 GPUs", 437),
)


def speeds_of(shape: Shape, gigabytes: float | None = None) -> Iterator[Speed]:
    """The figures for models of the same sizes, on GPUs of about that memory where it is given."""
    for speed in SPEEDS:
        other = shape_named(speed.model)
        same = (shape.layers, shape.hidden, shape.parameters // 10**8) == (
            other.layers,
            other.hidden,
            other.parameters // 10**8,
        )
        if same and (gigabytes is None or abs(gigabytes - speed.gigabytes) <= speed.gigabytes * 0.2):
            yield speed
