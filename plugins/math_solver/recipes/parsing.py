"""What LLaMA-Factory's own parser says of a recipe on the machine that it is meant for, rather than on this one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from unittest.mock import patch

from .findings import one_line
from .machine import Machine
from .recipe import Recipe

__all__ = ["NEEDS", "heard", "parse_problem"]

# Keys whose package the parser looks for, by what pip calls it; a trap of its own says when one is missing.
NEEDS: Mapping[str, str] = {
    "deepspeed": "deepspeed",
    "enable_liger_kernel": "liger-kernel",
    "use_unsloth": "unsloth",
    "use_galore": "galore-torch",
    "use_apollo": "apollo-torch",
    "use_badam": "badam",
    "use_adam_mini": "adam-mini",
    "use_swanlab": "swanlab",
    "use_kt": "kt-kernel",
    "plot_loss": "matplotlib",
}


def parse_problem(recipe: Recipe, machine: Machine) -> str | None:
    """Why ``get_train_args`` refuses a recipe, or None; keys that it does not know, or of a wrong type, are left out.

    Asked as on a machine that starts torchrun, or does not, and whose GPUs compute in bfloat16, or do not.
    """
    from llamafactory.hparams import get_train_args

    settings = dict(recipe.sound)
    for key, package in NEEDS.items():
        if settings.get(key) and machine.version(package) is None:
            del settings[key]
    settings.setdefault("output_dir", "trainer_output")
    with _as_there(machine), heard([]):
        try:
            get_train_args(settings)
        except Exception as error:  # whatever it raises would end the run
            return one_line(error) or type(error).__name__
    return None


@contextmanager
def _as_there(machine: Machine) -> Iterator[None]:
    """As if the run had been started on its machine: variables and process groups of this one are left as they are."""
    import transformers.training_args as training_args
    from llamafactory.hparams import TrainingArguments, parser
    from transformers.training_args import ParallelMode

    mode = ParallelMode.DISTRIBUTED if machine.launches else ParallelMode.NOT_PARALLEL
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"LLAMAFACTORY_VERBOSITY": "WARNING"}))
        for name in ("LOCAL_RANK", "RANK", "WORLD_SIZE"):
            os.environ.pop(name, None)
        stack.enter_context(patch.object(TrainingArguments, "parallel_mode", property(lambda _: mode)))
        for module in (training_args, parser):
            stack.enter_context(patch.object(module, "is_torch_bf16_gpu_available", lambda: machine.bfloat16))
        yield


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


@contextmanager
def heard(into: list[str], names: Sequence[str] = ("llamafactory", "transformers")) -> Iterator[list[str]]:
    """Keep what libraries warn of, rather than print it; what they print goes to standard error."""
    kept: list[tuple[logging.Logger, list[logging.Handler], bool, int]] = []
    listener = _Listener(into)
    for name in names:
        logger = logging.getLogger(name)
        kept.append((logger, logger.handlers[:], logger.propagate, logger.level))
        logger.handlers, logger.propagate = [listener], False
        logger.setLevel(logging.WARNING)
    try:
        with redirect_stdout(sys.stderr):
            yield into
    finally:
        for logger, handlers, propagate, level in kept:
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)
