"""The sizes of a decoder that memory and adapters follow from, read from its configuration without its weights."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["KNOWN", "Linear", "Shape", "known_config", "read_shape", "shape_of_model"]

Config = Mapping[str, Any]
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
# Decoders whose layers are q, k, v, o and a gated MLP, or experts in its place.
DENSE = ("llama", "mistral", "qwen2", "qwen3")
SPARSE = ("qwen3_moe",)
EMBEDDINGS = ("embed_tokens", "wte", "word_embeddings")


@dataclass(frozen=True)
class Linear:
    """The linear layers of one name and size; ``count`` in the whole model."""

    name: str
    fan_in: int
    fan_out: int
    count: int


@dataclass(frozen=True)
class Shape:
    """Sizes in numbers of parameters and features.

    Attributes:
        linears: those of the decoder, without the head: what ``lora_target: all`` reaches and bitsandbytes quantises.
        experts: parameters of experts that are no linear layers but 3-D tensors, which neither reaches.
        head: 0 where it is the embedding.
        other: norms, biases, routers.
        context: tokens that the model was made for, where its configuration says so.
    """

    kind: str
    layers: int
    hidden: int
    intermediate: int
    q_width: int
    kv_width: int
    vocab: int
    linears: tuple[Linear, ...]
    embedding: int
    head: int
    other: int = 0
    experts: int = 0
    heads: int = 1
    context: int | None = None

    @property
    def linear(self) -> int:
        return sum(layer.count * layer.fan_in * layer.fan_out for layer in self.linears)

    @property
    def parameters(self) -> int:
        return self.linear + self.embedding + self.head + self.other + self.experts

    @property
    def names(self) -> frozenset[str]:
        return frozenset(layer.name for layer in self.linears)

    def adapted(self, targets: Collection[str]) -> tuple[Linear, ...]:
        """The linear layers that LoRA is put on; ``all`` names every one."""
        return tuple(layer for layer in self.linears if "all" in targets or layer.name in targets)

    def lora(self, targets: Collection[str]) -> int:
        """Parameters of LoRA for each unit of its rank."""
        return sum(layer.count * (layer.fan_in + layer.fan_out) for layer in self.adapted(targets))

    def oft(self, targets: Collection[str], block: int, blocks: int) -> int:
        """Parameters of OFT: a skew-symmetric matrix for each ``block`` inputs, or, where that is 0, of ``blocks``."""
        adapted = self.adapted(targets)
        sizes = [block or max(layer.fan_in // max(blocks, 1), 1) for layer in adapted]
        each = (layer.fan_in // size * (size * (size - 1) // 2) for layer, size in zip(adapted, sizes, strict=True))
        return sum(layer.count * number for layer, number in zip(adapted, each, strict=True))

    def module(self, name: str) -> int:
        """Parameters of all modules of a name: of the embedding, the head, or linear layers; 0 of all others.

        A head that is the embedding counts, since a copy that is trained is a matrix of its own.
        """
        if name in EMBEDDINGS:
            return self.embedding
        if name == "lm_head":
            return self.head or self.embedding
        return sum(layer.count * layer.fan_in * layer.fan_out for layer in self.linears if layer.name == name)

    def block(self, name: str) -> int:
        """Parameters of ``self_attn`` or ``mlp`` of one layer, or of ``all`` of it; 0 of all others."""
        attention = sum(self.module(layer) for layer in ATTENTION)
        parts = {"self_attn": attention, "mlp": self.linear + self.experts - attention}
        return (sum(parts.values()) + self.other if name == "all" else parts.get(name, 0)) // self.layers


def read_shape(config: Config) -> Shape | None:
    """The shape of a model from its ``config.json``, or None for a kind that this does not know."""
    kind = config.get("model_type")
    if kind not in (*DENSE, *SPARSE):
        return None
    try:
        return _sparse(config) if kind in SPARSE else _dense(config)
    except (KeyError, TypeError, ZeroDivisionError):
        return None


def _dense(config: Config) -> Shape:
    shape, layers = _attention(config), config["num_hidden_layers"]
    hidden, width = config["hidden_size"], config["intermediate_size"]
    gated = [Linear(name, hidden, width, layers) for name in ("gate_proj", "up_proj")]
    return replace(
        shape, intermediate=width, linears=(*shape.linears, *gated, Linear("down_proj", width, hidden, layers))
    )


def _sparse(config: Config) -> Shape:
    """All layers with experts, as Qwen3-30B-A3B; in transformers 5 these and their router are plain parameters."""
    shape, layers, number = _attention(config), config["num_hidden_layers"], _experts(config)
    hidden, width = config["hidden_size"], config["moe_intermediate_size"]
    return replace(
        shape,
        intermediate=width * config["num_experts_per_tok"],
        experts=3 * hidden * width * number * layers,
        other=shape.other + hidden * number * layers,
    )


def _experts(config: Config) -> int:
    """Files of transformers 5 call them by another name."""
    return int(config["num_experts"] if "num_experts" in config else config["num_local_experts"])


def _attention(config: Config) -> Shape:
    """Everything but the MLPs."""
    hidden, layers, heads = config["hidden_size"], config["num_hidden_layers"], config["num_attention_heads"]
    size = config.get("head_dim") or hidden // heads
    q_width, kv_width = heads * size, (config.get("num_key_value_heads") or heads) * size
    linears = (
        Linear("q_proj", hidden, q_width, layers),
        Linear("k_proj", hidden, kv_width, layers),
        Linear("v_proj", hidden, kv_width, layers),
        Linear("o_proj", q_width, hidden, layers),
    )
    kind = config["model_type"]
    biases = q_width + 2 * kv_width if kind == "qwen2" else 0
    norms = 2 * hidden + (2 * size if kind.startswith("qwen3") else 0)
    embedding = config["vocab_size"] * hidden
    return Shape(
        kind=kind,
        layers=layers,
        hidden=hidden,
        intermediate=hidden,
        q_width=q_width,
        kv_width=kv_width,
        vocab=config["vocab_size"],
        linears=linears,
        embedding=embedding,
        head=0 if config.get("tie_word_embeddings") else embedding,
        other=layers * (biases + norms) + hidden,
        heads=heads,
        context=config.get("max_position_embeddings"),
    )


def shape_of_model(model: Any, config: Any, reached: Iterable[str]) -> Shape:
    """The shape of a model built without weights; ``reached`` are the names that ``lora_target: all`` finds."""
    names = set(reached)
    linears: dict[tuple[str, int, int], int] = {}
    for path, module in model.named_modules():
        name = path.rpartition(".")[2]
        if name in names and getattr(module, "weight", None) is not None:
            size = (name, module.in_features, module.out_features)
            linears[size] = linears.get(size, 0) + 1
    embedding = model.get_input_embeddings().weight.numel()
    head = model.get_output_embeddings()
    tied = head is None or head.weight is model.get_input_embeddings().weight or config.tie_word_embeddings
    experts = sum(p.numel() for p in model.parameters() if p.ndim == 3)
    found = tuple(Linear(*size, count) for size, count in linears.items())
    total = sum(p.numel() for p in model.parameters())
    heads = getattr(config, "num_attention_heads", 1)
    size = getattr(config, "head_dim", None) or config.hidden_size // heads
    shape = Shape(
        kind=config.model_type,
        layers=config.num_hidden_layers,
        hidden=config.hidden_size,
        intermediate=getattr(config, "intermediate_size", None) or 4 * config.hidden_size,
        q_width=heads * size,
        kv_width=(getattr(config, "num_key_value_heads", None) or heads) * size,
        vocab=config.vocab_size,
        linears=found,
        embedding=embedding,
        head=0 if tied else head.weight.numel(),
        experts=experts,
        heads=heads,
        context=getattr(config, "max_position_embeddings", None),
    )
    return replace(shape, other=max(total - shape.parameters, 0))


# hidden, intermediate, layers, heads, key and value heads, head size, vocabulary, context; from each config.json.
# A model whose hub cannot be reached is known by these.
KNOWN: Mapping[str, tuple[str, int, int, int, int, int, int, int, int]] = {
    "Qwen/Qwen2.5-Math-7B": ("qwen2", 3584, 18944, 28, 28, 4, 128, 152064, 4096),
    "Qwen/Qwen2.5-Math-72B": ("qwen2", 8192, 29568, 80, 64, 8, 128, 152064, 4096),
    "Qwen/Qwen2.5-7B": ("qwen2", 3584, 18944, 28, 28, 4, 128, 152064, 32768),
    "Qwen/Qwen2.5-14B": ("qwen2", 5120, 13824, 48, 40, 8, 128, 152064, 32768),
    "Qwen/Qwen2.5-32B": ("qwen2", 5120, 27648, 64, 40, 8, 128, 152064, 32768),
    "Qwen/Qwen2.5-72B": ("qwen2", 8192, 29568, 80, 64, 8, 128, 152064, 32768),
    "Qwen/Qwen2-7B": ("qwen2", 3584, 18944, 28, 28, 4, 128, 152064, 32768),
    "Qwen/Qwen2-72B": ("qwen2", 8192, 29568, 80, 64, 8, 128, 152064, 32768),
    "Qwen/Qwen1.5-32B": ("qwen2", 5120, 27392, 64, 40, 8, 128, 152064, 32768),
    "Qwen/Qwen3-8B": ("qwen3", 4096, 12288, 36, 32, 8, 128, 151936, 40960),
    "Qwen/Qwen3-14B": ("qwen3", 5120, 17408, 40, 40, 8, 128, 151936, 40960),
    "Qwen/Qwen3-32B": ("qwen3", 5120, 25600, 64, 64, 8, 128, 151936, 40960),
    "meta-llama/Llama-2-7b": ("llama", 4096, 11008, 32, 32, 32, 128, 32000, 4096),
    "meta-llama/Llama-3.1-8B": ("llama", 4096, 14336, 32, 32, 8, 128, 128256, 131072),
    "meta-llama/Meta-Llama-3-8B": ("llama", 4096, 14336, 32, 32, 8, 128, 128256, 8192),
    "meta-llama/Meta-Llama-3-70B": ("llama", 8192, 28672, 80, 64, 8, 128, 128256, 8192),
    "meta-llama/Llama-3.1-70B": ("llama", 8192, 28672, 80, 64, 8, 128, 128256, 131072),
    "deepseek-ai/deepseek-math-7b": ("llama", 4096, 11008, 30, 32, 32, 128, 102400, 4096),
    "01-ai/Yi-1.5-34B": ("llama", 7168, 20480, 60, 56, 8, 128, 64000, 4096),
}
VARIANTS = ("-Instruct", "-Chat", "-Base", "-base", "-instruct", "-chat", "-hf", "-chat-hf", "-rl", "-16K", "-32K")
NUMBERS = (
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "vocab_size",
    "max_position_embeddings",
)


def known_config(name: str) -> Config | None:
    """The sizes of a model by its id on the hub, an instruction-tuned one by its base's; None for others."""
    base = next((name.removesuffix(variant) for variant in VARIANTS if name.endswith(variant)), name)
    found = KNOWN.get(base)
    if found is None:
        return None
    return {"model_type": found[0], "torch_dtype": "bfloat16", **dict(zip(NUMBERS, found[1:], strict=True))}
