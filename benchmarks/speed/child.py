"""What runs in a process of its own: a training with a callback that reads the clock, and the making of the model.

python benchmarks/speed/child.py train TASK.json
python benchmarks/speed/child.py model FOLDER SIZES.json
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from math_solver.disk import write_text


def main() -> None:
    what, *paths = sys.argv[1:]
    if what == "model":
        make_model(Path(paths[0]), json.loads(Path(paths[1]).read_text(encoding="utf-8")))
    else:
        train(Path(paths[0]))


def train(task: Path) -> None:
    """Load what a training run needs, wait for the word, and train; what was counted is kept however it ends."""
    told = json.loads(task.read_text(encoding="utf-8"))
    from llamafactory.train.tuner import run_exp

    meter = make_meter(told["warm_up"], told["seconds"])
    if not sys.stdin.readline():
        return  # nobody wants it any more
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        run_exp(told["settings"], callbacks=[meter])
    finally:
        write_text(Path(told["figures"]), json.dumps(meter.figures()))


def make_meter(warm_up: int, seconds: float) -> Any:
    """A callback of a trainer; its class needs transformers, which takes seconds to load."""
    import torch
    from transformers import TrainerCallback

    class Meter(TrainerCallback):  # type: ignore[misc]
        """Counts tokens and seconds of the steps behind the first ones, and ends the run."""

        def __init__(self) -> None:
            self._seen = self._tokens = self._steps = 0
            self._useful = self._trained = torch.zeros((), dtype=torch.long)
            self._start = self._end = 0.0
            self._about: dict[str, Any] = {}
            self._cuda = torch.cuda.is_available()

        def on_train_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            model = given["model"]
            self._pad = given["processing_class"].pad_token_id
            self._state = state
            attention = model.config._attn_implementation
            self._about = {"flops_per_token": 4 * working_parameters(model), "attention": attention}
            model.register_forward_pre_hook(self._see, with_kwargs=True)

        def _see(self, model: Any, positional: Any, named: Mapping[str, Any]) -> None:
            ids = named["input_ids"]
            self._seen += ids.numel()
            self._useful = self._useful.to(ids.device) + (ids != self._pad).sum()  # no wait for the device

        def on_step_end(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            if self._cuda:
                torch.cuda.synchronize()
            now = time.perf_counter()
            if state.global_step <= warm_up:
                self._start, self._seen, self._useful = now, 0, torch.zeros_like(self._useful)
                return
            self._end, self._steps = now, state.global_step - warm_up
            self._tokens, self._trained = self._seen, self._useful
            control.should_training_stop = now - self._start >= seconds

        def figures(self) -> dict[str, Any]:
            """Of whole steps; nothing where none was counted."""
            if not self._steps:
                return {}
            losses = [entry["loss"] for entry in self._state.log_history if "loss" in entry]
            return {
                "steps": self._steps,
                "seconds": self._end - self._start,
                "tokens": self._tokens,
                "useful": int(self._trained),
                "peak_bytes": torch.cuda.max_memory_allocated() if self._cuda else 0,
                "loss": losses[-1] if losses else None,
                **self._about,
            }

    return Meter()


def working_parameters(model: Any) -> int:
    """The frozen parameters that multiply something: all but the input embedding, unless that is the output's too."""
    frozen = sum(weights.numel() for weights in model.parameters() if not weights.requires_grad)
    tied = model.config.tie_word_embeddings
    return frozen - (0 if tied else int(model.get_input_embeddings().weight.numel()))


def make_model(folder: Path, sizes: Mapping[str, Any]) -> None:
    """Random weights of a configuration, drawn on the GPU where there is one: on a processor it takes minutes."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    rope = {"rope_type": "default", "rope_theta": 10000.0}
    config = Qwen2Config(
        **sizes, rms_norm_eps=1e-6, tie_word_embeddings=False, rope_parameters=rope, eos_token_id=2, pad_token_id=0
    )
    cuda = torch.cuda.is_available()
    torch.set_default_dtype(torch.bfloat16 if cuda else torch.float32)
    with torch.device("cuda" if cuda else "cpu"):
        model = Qwen2ForCausalLM(config)
    model.save_pretrained(folder, max_shard_size="5GB")


if __name__ == "__main__":
    main()
