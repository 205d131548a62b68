"""What goes wrong in silence, or hours into a run. A trap is one public function of a module here.

It takes a ``Case`` and yields what it found (``error``, ``warning`` or ``note``), each with the remedy; it looks at
nothing else, so that a test is a recipe and a machine. Where not said otherwise its facts were read from
LLaMA-Factory 0.9.5 and transformers 5.5.4, in the files that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import getmembers, isfunction
from types import ModuleType

from ..case import Case
from ..findings import Finding, Said
from . import data, distributed, kernels, keys, memory, packing, stages, template

__all__ = ["find_traps", "traps"]

Trap = Callable[[Case], Iterator[Said]]
MODULES: tuple[ModuleType, ...] = (keys, data, template, packing, kernels, stages, memory, distributed)
ORDER = ("error", "warning", "note")


def traps() -> dict[str, Trap]:
    """Every trap by its name, in the order in which they stand."""
    return {
        name.replace("_", "-"): function
        for module in MODULES
        for name, function in sorted(
            getmembers(module, isfunction), key=lambda member: member[1].__code__.co_firstlineno
        )
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def find_traps(case: Case) -> list[Finding]:
    """Everything that is found, errors first."""
    found = [
        Finding(said.level, name, said.found, said.remedy) for name, trap in traps().items() for said in trap(case)
    ]
    return sorted(found, key=lambda finding: ORDER.index(finding.level))
