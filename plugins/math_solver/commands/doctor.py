"""What is wrong with an environment, and the remedy; each check is a small function over an ``Environment``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from ..records import Execution
from .lock import LOCK, Difference, differences, read_lock

__all__ = ["CHECKS", "Environment", "Finding", "Exit", "diagnose", "render", "this_environment"]

DISTRIBUTION = "math-solver"
INSTALL = "pip install -e ."
TORCH = ("torch", "torchvision", "torchaudio")
WATCHED = ("llamafactory", *TORCH, "transformers", "sympy", "math-verify", "openai")
MOST_NAMED = 5  # packages in one line
FREE_GB = 10.0
TIMED_OUT = 124  # as timeout(1) says it

TORCHAUDIO_CODE = "import torchaudio"
GPU_CODE = "import torch; print([torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())])"
DEEPSPEED_CODE = "import deepspeed"
HOOK_CODE = """
import llamafactory.api.app as app
from math_solver.server.seam import check_seams
check_seams()
print(getattr(app.run_api, "func", app.run_api).__module__)
"""
RECIPES_CODE = """
import json
from pathlib import Path
from math_solver.recipes.checking import check_here
checked = check_here(sorted(Path("examples/train_lora").glob("*.yaml")))
errors = [[str(each.path), each.findings[0].found] for each in checked if each.fails()]
print(json.dumps({"recipes": len(checked), "errors": errors}))
"""
SOCKET_PROGRAM = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
LOOP_PROGRAM = "while True: pass"

State = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """What one check found; a ``remedy`` stands beside every state but ``ok``."""

    check: str
    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Exit:
    """How a Python subprocess ended, and what it printed (standard error after standard output)."""

    code: int
    output: str


@dataclass(frozen=True)
class Environment:
    """What the checks look at; tests put fakes in its place."""

    python: str
    requires_python: str | None
    requirements: tuple[str, ...]
    version: Callable[[str], str | None]
    lock: Callable[[], str]
    run_python: Callable[[str], Exit]
    execute: Callable[[str], Execution]
    start_files: Callable[[], list[str]]
    has_nvidia_device: bool
    free_gb: float
    dataset_info: Callable[[], str]


def diagnose(environment: Environment) -> list[Finding]:
    """Every finding, in the order of ``CHECKS``; two checks run at a time."""
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda check: list(check(environment)), CHECKS))
    return [finding for findings in found for finding in findings]


def render(findings: Iterable[Finding]) -> str:
    """A table of the findings, each remedy on a line of its own."""
    rows = list(findings)
    width = max((len(row.check) for row in rows), default=0)
    lines = []
    for row in rows:
        lines.append(f"{row.state:<7}  {row.check:<{width}}  {row.found}")
        if row.remedy:
            lines.append(f"{'':<7}  {'':<{width}}  -> {row.remedy}")
    return "\n".join(lines)


def check_python(environment: Environment) -> Iterable[Finding]:
    wanted = environment.requires_python
    if wanted is None:
        yield Finding("python", "problem", f"{environment.python}; {DISTRIBUTION} is not installed", INSTALL)
    elif SpecifierSet(wanted).contains(environment.python):
        yield Finding("python", "ok", environment.python)
    else:
        remedy = f"make the environment with a Python {wanted}"
        yield Finding("python", "problem", f"{environment.python}; wanted {wanted}", remedy)


def check_versions(environment: Environment) -> Iterable[Finding]:
    """Installed versions against the pins of the installed distribution, without importing anything."""
    pins = _pins(environment.requirements)
    for name in WATCHED:
        version, pin = environment.version(name), pins.get(name)
        remedy = _install(pins, TORCH if name in TORCH else (name,))
        if version is None:
            yield Finding(name, "problem", f"missing; wanted {pin or 'any'}", remedy)
        elif pin is not None and not pin.contains(version.partition("+")[0]):
            yield Finding(name, "problem", f"{version}; wanted {pin}", remedy)
        else:
            yield Finding(name, "ok", version)


def check_lock(environment: Environment) -> Iterable[Finding]:
    """Installed versions against all that were proved together; other ones may work, and nobody has tried them."""
    check = "locked versions"
    try:
        lock = read_lock(environment.lock())
    except FileNotFoundError:
        yield Finding(check, "warning", f"no {LOCK} in this folder", "run this in the project's root")
        return
    except (OSError, ValueError) as error:
        yield Finding(check, "problem", f"{LOCK} cannot be read: {error}", f"git checkout {LOCK}")
        return
    found = differences(lock, environment.version)
    if found:
        yield Finding(check, "warning", _named(found), _install_locked(found))
    else:
        yield Finding(check, "ok", f"every installed package of {LOCK} is as it says")


def check_torchaudio(environment: Environment) -> Iterable[Finding]:
    """LLaMA-Factory imports torchaudio at start, and a build for another CUDA series than torch's fails."""
    ran = environment.run_python(TORCHAUDIO_CODE)
    remedy = "pip install --force-reinstall " + _install(_pins(environment.requirements), TORCH).removeprefix(
        "pip install "
    )
    yield _imported("import torchaudio", ran, "problem", remedy)


def check_gpu(environment: Environment) -> Iterable[Finding]:
    ran = environment.run_python(GPU_CODE)
    devices = _last_line(ran.output)
    if ran.code:
        remedy = _install(_pins(environment.requirements), TORCH)
        yield Finding("gpu", "problem", f"import torch fails: {devices}", remedy)
    elif devices != "[]":
        yield Finding("gpu", "ok", devices)
    elif environment.has_nvidia_device:
        remedy = "install an NVIDIA driver that supports the CUDA series of torch (`torch.version.cuda`)"
        yield Finding("gpu", "warning", "an NVIDIA device that torch cannot use", remedy)
    else:
        yield Finding("gpu", "ok", "none; the demo and the tests need none")


def check_hook(environment: Environment) -> Iterable[Finding]:
    """The line in site-packages that loads the plugin, and that it really wraps LLaMA-Factory's server."""
    files = environment.start_files()
    reinstall = f"pip install --force-reinstall --no-deps {INSTALL.removeprefix('pip install ')}"
    if not files:
        yield Finding("server plugin", "problem", "no math_solver*.pth in site-packages", reinstall)
        return
    ran = environment.run_python(HOOK_CODE)
    wrapped_by = _last_line(ran.output)
    if ran.code == TIMED_OUT:
        yield Finding("server plugin", "warning", wrapped_by, "look again when less else runs on this machine")
    elif ran.code:
        pins = _pins(environment.requirements)
        yield Finding("server plugin", "problem", wrapped_by, _install(pins, ("llamafactory",)))
    elif not wrapped_by.startswith("math_solver."):
        yield Finding("server plugin", "problem", f"{', '.join(files)} does not wrap llamafactory.api.app", reinstall)
    else:
        yield Finding("server plugin", "ok", f"{', '.join(files)} wraps llamafactory.api.app")


def check_sandbox(environment: Environment) -> Iterable[Finding]:
    """Live probes: a program computes, has no network, and is stopped when it does not end."""
    from ..interpreter import InterpreterError

    try:
        computed = environment.execute("1 + 1")
        dialled = environment.execute(SOCKET_PROGRAM)
        looped = environment.execute(LOOP_PROGRAM)
    except InterpreterError as error:
        yield Finding("sandbox", "problem", str(error), "see SECURITY.md for what the kernel must offer")
        return
    remedy = "do not run model-written code on this machine; see SECURITY.md"
    if computed.observation != "2":
        yield Finding("sandbox", "problem", f"1 + 1 gave {_last_line(computed.observation)}", remedy)
    if dialled.status == "ok" or "PermissionError" not in (dialled.error or ""):
        found = f"a program reaches the network: {_last_line(dialled.error or 'connected')}"
        yield Finding("sandbox", "problem", found, remedy)
    if looped.status != "timeout":
        yield Finding("sandbox", "problem", f"an endless loop ended with {looped.status}", remedy)
    if computed.observation == "2" and "PermissionError" in (dialled.error or "") and looped.status == "timeout":
        yield Finding("sandbox", "ok", "runs programs, refuses sockets, stops endless loops")


def check_deepspeed(environment: Environment) -> Iterable[Finding]:
    pin = _pins(environment.requirements, extra="deepspeed").get("deepspeed")
    remedy = f"pip install 'deepspeed{pin or ''}' (only for training on several processes)"
    if environment.version("deepspeed") is None:
        yield Finding("deepspeed", "warning", "not installed", remedy)
    else:
        yield _imported("deepspeed", environment.run_python(DEEPSPEED_CODE), "warning", remedy)


def check_disk(environment: Environment) -> Iterable[Finding]:
    found = f"{environment.free_gb:.0f} GB free"
    if environment.free_gb < FREE_GB:
        yield Finding("disk", "warning", found, f"free {FREE_GB:.0f} GB before training")
    else:
        yield Finding("disk", "ok", found)


def check_dataset_info(environment: Environment) -> Iterable[Finding]:
    """The file that tells LLaMA-Factory which datasets exist."""
    name = "dataset_info.json"
    try:
        text = environment.dataset_info()
        datasets = json.loads(text)
    except FileNotFoundError:
        yield Finding(
            name, "warning", "missing in this folder", "run this in the project's root, or scripts/build_dataset.py"
        )
        return
    except (OSError, ValueError) as error:
        yield Finding(name, "problem", f"cannot be read: {error}", f"git checkout {name}")
        return
    if not isinstance(datasets, dict):
        yield Finding(name, "problem", "not a JSON object", f"git checkout {name}")
    else:
        yield Finding(name, "ok", f"{len(datasets)} datasets")


def check_recipes(environment: Environment) -> Iterable[Finding]:
    """The shipped recipes on this machine; one that would not run here may only lack its data, or be for GPUs."""
    ran = environment.run_python(RECIPES_CODE)
    remedy = "python scripts/check_recipe.py examples/train_lora/*.yaml says all"
    try:
        told = json.loads(_last_line(ran.output))
        number, errors = told["recipes"], told["errors"]
    except (ValueError, KeyError, TypeError):
        yield Finding("recipes", "warning", f"not checked: {_last_line(ran.output)}", remedy)
        return
    if errors:
        path, first = errors[0]
        yield Finding("recipes", "warning", f"{len(errors)} of {number} would not run here: {path}: {first}", remedy)
    else:
        yield Finding("recipes", "ok", f"nothing is wrong with {number} in examples/train_lora")


CHECKS: tuple[Callable[[Environment], Iterable[Finding]], ...] = (
    check_python,
    check_versions,
    check_lock,
    check_torchaudio,
    check_gpu,
    check_hook,
    check_sandbox,
    check_deepspeed,
    check_disk,
    check_dataset_info,
    check_recipes,
)


def _imported(check: str, ran: Exit, otherwise: State, remedy: str) -> Finding:
    return Finding(check, otherwise, _last_line(ran.output), remedy) if ran.code else Finding(check, "ok", "imports")


def _pins(requirements: Iterable[str], extra: str = "") -> dict[str, SpecifierSet]:
    parsed = (Requirement(text) for text in requirements)
    return {
        requirement.name: requirement.specifier
        for requirement in parsed
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra})
    }


def _install(pins: Mapping[str, SpecifierSet], names: Iterable[str]) -> str:
    return "pip install " + " ".join(f"'{name}{pins.get(name, '')}'" for name in names)


def _named(found: Sequence[Difference]) -> str:
    names = [f"{package.name} {package.installed} (locked {package.locked})" for package in found[:MOST_NAMED]]
    more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    return f"{len(found)} of another version: {', '.join(names + more)}"


def _install_locked(found: Sequence[Difference]) -> str:
    if len(found) > MOST_NAMED:
        return f"pip install -c {LOCK} -e '.[dev]'"
    return "pip install " + " ".join(f"'{package.name}=={package.locked}'" for package in found)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["(no output)"])[-1].strip()


def this_environment(root: Path) -> Environment:
    """The environment of this process, for a project in ``root``."""
    installed = _distribution()
    return Environment(
        python=".".join(map(str, sys.version_info[:3])),
        requires_python=installed.metadata["Requires-Python"] if installed else None,
        requirements=tuple(installed.requires or ()) if installed else (),
        version=_version,
        lock=partial(_read, root / LOCK),
        run_python=_run_python,
        execute=_execute,
        start_files=lambda: sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("math_solver*.pth")),
        has_nvidia_device=Path("/dev/nvidiactl").exists(),
        free_gb=shutil.disk_usage(root).free / 1e9,
        dataset_info=partial(_read, root / "dataset_info.json"),
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _distribution() -> metadata.Distribution | None:
    try:
        return metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return None


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _run_python(code: str) -> Exit:
    """Run in a fresh process, so that one broken import cannot spoil the next check."""
    try:
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return Exit(TIMED_OUT, "did not end within 300 s")
    return Exit(ran.returncode, ran.stdout + ran.stderr if ran.returncode else ran.stdout)


def _execute(code: str) -> Execution:
    from ..interpreter import Interpreter, Limits

    with Interpreter(Limits(timeout=1.0, concurrency=1)) as interpreter:
        return interpreter.run(code)
