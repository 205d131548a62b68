"""The machine that a run is meant for, as far as it decides whether the recipe works there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata

from ..records import RecordError

__all__ = ["Gpus", "Machine", "installed", "this_machine"]

_GPUS = re.compile(r"(?:(\d+)x)?(\d+)x(\d+(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True)
class Gpus:
    """GPUs alike: on each of ``nodes`` machines ``each`` of them, with ``gigabytes`` (2^30 bytes) of memory."""

    each: int
    gigabytes: float
    nodes: int = 1

    @classmethod
    def parse(cls, text: str) -> Gpus:
        """``8x80``, or ``2x8x80`` for two machines.

        Raises:
            RecordError: it is neither.
        """
        found = _GPUS.fullmatch(text)
        nodes, each, size = found.groups() if found else ("0", "0", "0")
        gpus = cls(int(each), float(size), int(nodes or 1))
        if not (0 < gpus.count <= 65536 and 0 < gpus.gigabytes <= 4096):
            raise RecordError(f"--gpus {text}: not GPUSxGB or MACHINESxGPUSxGB, as 8x80 or 2x8x80")
        return gpus

    @property
    def count(self) -> int:
        return self.nodes * self.each

    @property
    def bytes(self) -> float:
        return self.gigabytes * 2**30

    def __str__(self) -> str:
        return (f"{self.nodes}x" if self.nodes > 1 else "") + f"{self.each}x{self.gigabytes:g} GiB"


@dataclass(frozen=True)
class Machine:
    """What the traps look at; tests put another in its place.

    Attributes:
        variables: of the environment.
        version: of an installed package, or None.
        found: the GPUs here.
        asked: those that the run is meant for, where these are not here.
        host_bytes: memory of that machine, or None where it is not known.
        bfloat16: whether its GPUs compute in it.
    """

    variables: Mapping[str, str]
    version: Callable[[str], str | None]
    found: Gpus | None = None
    asked: Gpus | None = None
    host_bytes: float | None = None
    cpus: int = 1
    bfloat16: bool = True

    @property
    def gpus(self) -> Gpus | None:
        return self.asked or self.found

    def has(self, package: str) -> bool:
        """Whether a package is there; of a machine elsewhere it is not known, and taken for granted."""
        return self.asked is not None or self.version(package) is not None

    @property
    def nodes(self) -> int:
        return self.asked.nodes if self.asked else self.number("NNODES", 1)

    @property
    def per_node(self) -> int:
        """Processes on one machine, as ``launcher.py`` starts them."""
        if self.asked:
            return self.asked.each
        return self.number("NPROC_PER_NODE", self.found.each if self.found else 1)

    @property
    def processes(self) -> int:
        return self.nodes * self.per_node

    @property
    def launches(self) -> bool:
        """Whether ``llamafactory-cli train`` starts torchrun."""
        alone = self.enabled("USE_RAY") or self.enabled("USE_KT")
        several = self.gpus is not None and self.gpus.each > 1
        return self.enabled("FORCE_TORCHRUN") or self.enabled("USE_MCA") or (several and not alone)

    def enabled(self, name: str) -> bool:
        """A variable as LLaMA-Factory reads it (extras/misc.py)."""
        return self.variables.get(name, "0").lower() in ("true", "y", "1")

    def number(self, name: str, otherwise: int) -> int:
        text = self.variables.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and int(text) else otherwise


def installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def this_machine(gpus: str | None = None, host_gb: float | None = None) -> Machine:
    """This machine, or for another what is known of it.

    Raises:
        RecordError: as ``Gpus.parse``.
    """
    asked = Gpus.parse(gpus) if gpus else None
    found = None if asked else _found()
    here = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return Machine(
        variables=dict(os.environ),
        version=installed,
        found=found,
        asked=asked,
        host_bytes=host_gb * 2**30 if host_gb else None if asked else here,
        cpus=os.cpu_count() or 1,
        bfloat16=found is None or _computes_in_bfloat16(),
    )


def _found() -> Gpus | None:
    import torch

    if not torch.cuda.is_available():
        return None
    smallest = min(torch.cuda.get_device_properties(i).total_memory for i in range(torch.cuda.device_count()))
    return Gpus(torch.cuda.device_count(), smallest / 2**30)


def _computes_in_bfloat16() -> bool:
    import torch

    return bool(torch.cuda.is_bf16_supported(including_emulation=False))
