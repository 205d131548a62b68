"""What a validated row carries so that anybody can prove it again, offline::

    "meta": {"validation": {"status": "valid", "reason": null, "detail": "", "difference": null, "runs": 1,
                            "versions": {"python": "3.11.2", "sympy": "1.14.0", ...},
                            "limits": {"timeout": 5.0, ...}, "seed": 0, "sha": "9f1c..."}}

``sha`` is the SHA-256 of the problem, the programs, their outputs, the conclusion, the verdict and all the rest of
this block: whoever changes one of them changes it. It is no signature: who changes a row and its hash is found by
running the programs again. Thoughts are left out, since no proof rests on them.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from ...records import Execution, Trajectory, as_row

__all__ = ["PROOF", "SEED", "Circumstances", "Standing", "hash_of", "key_of", "proof_of", "standing", "versions_here"]

PROOF = "validation"  # the key in ``meta``
SEED = 0  # of the random generators that programs find, set by the interpreter

_LIBRARIES = ("sympy", "numpy", "mpmath", "scipy", "pandas", "matplotlib")  # that programs use
Standing = Literal["proved", "altered", "unproved", "invalid"]


@dataclass(frozen=True)
class Circumstances:
    """What decides, beside a program, what it prints: versions of libraries, and the interpreter's limits."""

    versions: Mapping[str, str]
    limits: Mapping[str, Any]
    seed: int = SEED

    def as_dict(self) -> dict[str, Any]:
        return {"versions": dict(self.versions), "limits": dict(self.limits), "seed": self.seed}


def versions_here() -> dict[str, str]:
    """The versions of Python and of the libraries that decide what programs print, as far as they are installed."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def key_of(programs: tuple[str, ...], circumstances: Circumstances) -> str:
    """What programs that must print the same have in common."""
    return _digest([*programs, circumstances.as_dict()])


def proof_of(trajectory: Trajectory, finding: Mapping[str, Any], circumstances: Circumstances) -> dict[str, Any]:
    """The block that goes into ``meta`` of a trajectory whose outputs and verdict are final."""
    proof = {**finding, **circumstances.as_dict()}
    return {**proof, "sha": hash_of(trajectory, proof)}


def hash_of(trajectory: Trajectory, proof: Mapping[str, Any]) -> str:
    content = {
        "problem": as_row(trajectory.problem),
        "steps": [[step.code, _shown(step.execution)] for step in trajectory.steps],
        "conclusion": trajectory.conclusion,
        "predicted": trajectory.predicted,
        "verdict": as_row(trajectory.verdict) if trajectory.verdict else None,
        "proof": {name: value for name, value in proof.items() if name != "sha"},
    }
    return _digest(content)


def standing(trajectory: Trajectory) -> Standing:
    """What the hash of a row says of it, without running anything."""
    proof = trajectory.meta.get(PROOF)
    if not isinstance(proof, Mapping) or "sha" not in proof:
        return "unproved"
    if proof["sha"] != hash_of(trajectory, proof):
        return "altered"
    return "proved" if proof.get("status") in ("valid", "repaired") else "invalid"


def _shown(execution: Execution) -> list[Any]:
    return [execution.status, execution.output, execution.value, execution.error]


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
