from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.commands.doctor import (
    DEEPSPEED_CODE,
    GPU_CODE,
    HOOK_CODE,
    LOOP_PROGRAM,
    RECIPES_CODE,
    SOCKET_PROGRAM,
    TORCHAUDIO_CODE,
    Environment,
    Exit,
    Finding,
    State,
    diagnose,
    render,
)
from math_solver.interpreter import InterpreterError
from math_solver.records import Execution

ROOT = Path(__file__).parents[2]
VERSIONS = {
    "llamafactory": "0.9.5",
    "torch": "2.11.0+cu130",
    "torchvision": "0.26.0",
    "torchaudio": "2.11.0",
    "transformers": "5.5.4",
    "sympy": "1.14.0",
    "math-verify": "0.9.0",
    "openai": "3.54.0",
    "deepspeed": "0.19.8",
    "jinja2": "3.1.6",
    "rich": "15.0.0",
}
LOCK = """
# Renewed by make lock
Jinja2==3.1.6  # via gradio
rich==15.0.0
of-an-extra==1.0
of-another-system==1.0 ; sys_platform == 'win32'
"""
RAN = {
    TORCHAUDIO_CODE: Exit(0, ""),
    GPU_CODE: Exit(0, "['H100']\n"),
    HOOK_CODE: Exit(0, "a log line\nmath_solver.server.launch\n"),
    DEEPSPEED_CODE: Exit(0, ""),
    RECIPES_CODE: Exit(0, 'a log line\n{"recipes": 2, "errors": []}\n'),
}
EXECUTED = {
    "1 + 1": Execution("ok", value="2"),
    SOCKET_PROGRAM: Execution("error", error="PermissionError: [Errno 1] Operation not permitted"),
    LOOP_PROGRAM: Execution("timeout"),
}
REQUIREMENTS = (
    "llamafactory==0.9.5",
    "torch==2.11.0",
    "torchvision==0.26.0",
    "torchaudio==2.11.0",
    "transformers==5.5.4",
    "sympy==1.14.0",
    "math-verify==0.9.0",
    "openai<4,>=3.54",
    'deepspeed==0.19.8; extra == "deepspeed"',
)
TORCH = "pip install 'torch==2.11.0' 'torchvision==0.26.0' 'torchaudio==2.11.0'"


def environment(
    versions: dict[str, str | None] | None = None,
    ran: dict[str, Exit] | None = None,
    executed: dict[str, Execution] | None = None,
) -> Environment:
    """One in which all is well, but for what is given."""
    return Environment(
        python="3.11.7",
        requires_python=">=3.11,<3.14",
        requirements=REQUIREMENTS,
        version={**VERSIONS, **(versions or {})}.get,
        lock=lambda: LOCK,
        run_python={**RAN, **(ran or {})}.__getitem__,
        execute={**EXECUTED, **(executed or {})}.__getitem__,
        start_files=lambda: ["math_solver_hook.pth"],
        has_nvidia_device=True,
        free_gb=100.0,
        dataset_info=lambda: '{"tir_families": {}}',
    )


def wrong(env: Environment) -> list[tuple[str, State, str]]:
    return [(finding.check, finding.state, finding.remedy) for finding in diagnose(env) if finding.state != "ok"]


def test_a_sound_environment_has_nothing_to_mend() -> None:
    findings = diagnose(environment())
    assert {finding.state for finding in findings} == {"ok"}
    assert [finding.check for finding in findings][:3] == ["python", "llamafactory", "torch"]
    assert Finding("gpu", "ok", "['H100']") in findings


def unreadable(error: Exception) -> Callable[[], str]:
    def read() -> str:
        raise error

    return read


def broken(code: str) -> Execution:
    raise InterpreterError("the kernel offers no seccomp")


SANDBOX = "do not run model-written code on this machine; see SECURITY.md"
HOOK = "pip install --force-reinstall --no-deps -e ."
CASES: list[tuple[str, Environment, str, State, str]] = [
    ("old python", replace(environment(), python="3.10.2"), "python", "problem", "make the environment with a Python"),
    ("torch of another series", environment({"torch": "2.15.0"}), "torch", "problem", TORCH),
    ("missing torchvision", environment({"torchvision": None}), "torchvision", "problem", TORCH),
    (
        "the banned transformers",
        environment({"transformers": "5.6.0"}),
        "transformers",
        "problem",
        "'transformers==5.5.4'",
    ),
    ("no llamafactory", environment({"llamafactory": None}), "llamafactory", "problem", "'llamafactory==0.9.5'"),
    ("another version", environment({"rich": "15.0.1"}), "locked versions", "warning", "pip install 'rich==15.0.0'"),
    (
        "another folder, for the lock",
        replace(environment(), lock=unreadable(FileNotFoundError())),
        "locked versions",
        "warning",
        "the project's root",
    ),
    ("a torn lock", replace(environment(), lock=lambda: "rich=="), "locked versions", "problem", "git checkout"),
    (
        "a lock of bytes",
        replace(environment(), lock=unreadable(UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"))),
        "locked versions",
        "problem",
        "git checkout",
    ),
    (
        "torchaudio of another CUDA series",
        environment(ran={TORCHAUDIO_CODE: Exit(1, "OSError: libcudart.so.13: cannot open shared object file\n")}),
        "import torchaudio",
        "problem",
        TORCH.replace("install", "install --force-reinstall"),
    ),
    ("broken torch", environment(ran={GPU_CODE: Exit(1, "ImportError: libtorch\n")}), "gpu", "problem", TORCH),
    ("a driver torch cannot use", environment(ran={GPU_CODE: Exit(0, "[]\n")}), "gpu", "warning", "NVIDIA driver"),
    ("no hook file", replace(environment(), start_files=lambda: []), "server plugin", "problem", HOOK),
    (
        "a hook that does nothing",
        environment(ran={HOOK_CODE: Exit(0, "llamafactory.api.app\n")}),
        "server plugin",
        "problem",
        HOOK,
    ),
    (
        "a version that moved the seam",
        environment(ran={HOOK_CODE: Exit(1, "StartupError: create_app is gone\n")}),
        "server plugin",
        "problem",
        "'llamafactory==0.9.5'",
    ),
    (
        "a machine too busy to tell",
        environment(ran={HOOK_CODE: Exit(124, "did not end within 300 s")}),
        "server plugin",
        "warning",
        "look again",
    ),
    ("no isolation", replace(environment(), execute=broken), "sandbox", "problem", "SECURITY.md"),
    ("no result", environment(executed={"1 + 1": Execution("error", error="x")}), "sandbox", "problem", SANDBOX),
    ("a socket", environment(executed={SOCKET_PROGRAM: Execution("ok")}), "sandbox", "problem", SANDBOX),
    (
        "a socket that is only refused",  # it reached the network stack
        environment(executed={SOCKET_PROGRAM: Execution("error", error="ConnectionRefusedError: [Errno 111]")}),
        "sandbox",
        "problem",
        SANDBOX,
    ),
    ("an endless loop", environment(executed={LOOP_PROGRAM: Execution("ok")}), "sandbox", "problem", SANDBOX),
    ("no deepspeed", environment({"deepspeed": None}), "deepspeed", "warning", "pip install 'deepspeed==0.19.8'"),
    (
        "a broken deepspeed",
        environment(ran={DEEPSPEED_CODE: Exit(1, "ImportError: no\n")}),
        "deepspeed",
        "warning",
        "pip install 'deepspeed==0.19.8'",
    ),
    (
        "a recipe without its data",
        environment(ran={RECIPES_CODE: Exit(0, '{"recipes": 2, "errors": [["x.yaml", "x.jsonl: no such file"]]}')}),
        "recipes",
        "warning",
        "check_recipe.py",
    ),
    (
        "recipes that nothing can check",
        environment(ran={RECIPES_CODE: Exit(1, "ImportError: libtorch\n")}),
        "recipes",
        "warning",
        "check_recipe.py",
    ),
    ("a full disk", replace(environment(), free_gb=1.0), "disk", "warning", "free 10 GB"),
    (
        "another folder",
        replace(environment(), dataset_info=unreadable(FileNotFoundError())),
        "dataset_info.json",
        "warning",
        "the project's root",
    ),
    (
        "no permission",
        replace(environment(), dataset_info=unreadable(PermissionError("denied"))),
        "dataset_info.json",
        "problem",
        "git checkout",
    ),
    ("torn JSON", replace(environment(), dataset_info=lambda: "{"), "dataset_info.json", "problem", "git checkout"),
    ("a list", replace(environment(), dataset_info=lambda: "[]"), "dataset_info.json", "problem", "git checkout"),
]


@pytest.mark.parametrize(("env", "check", "state", "remedy"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_what_is_wrong_is_named_with_its_remedy(env: Environment, check: str, state: State, remedy: str) -> None:
    ((found_check, found_state, found_remedy),) = wrong(env)
    assert (found_check, found_state) == (check, state)
    assert remedy in found_remedy


def test_one_package_that_differs_is_one_clear_line() -> None:
    lines = render(diagnose(environment({"jinja2": "3.2.0"}))).splitlines()
    (at,) = (number for number, line in enumerate(lines) if line.startswith("warning"))
    assert lines[at].split(maxsplit=3) == [
        "warning",
        "locked",
        "versions",
        "1 of another version: jinja2 3.2.0 (locked 3.1.6)",
    ]
    assert lines[at + 1].strip() == "-> pip install 'jinja2==3.1.6'"


def test_many_packages_that_differ_are_one_line_too() -> None:
    lock = "".join(f"package-{number}==1.0\n" for number in range(9))
    env = replace(
        environment(), lock=lambda: lock, version=lambda name: {**VERSIONS, "package-8": "1.0"}.get(name, "2")
    )
    (finding,) = (finding for finding in diagnose(env) if finding.state != "ok")
    assert finding.found.startswith("8 of another version: package-0 2 (locked 1.0), package-1 2")
    assert finding.found.endswith("package-4 2 (locked 1.0), and 3 more")
    assert finding.remedy == "pip install -c constraints.txt -e '.[dev]'"


def test_a_machine_without_a_gpu_is_fine() -> None:
    assert wrong(replace(environment(ran={GPU_CODE: Exit(0, "[]\n")}), has_nvidia_device=False)) == []


def test_an_environment_without_the_project() -> None:
    env = replace(environment(), requires_python=None, requirements=())
    assert wrong(env) == [("python", "problem", "pip install -e .")]


def test_the_table_holds_each_remedy_under_its_finding() -> None:
    table = render([Finding("torch", "problem", "missing", "pip install torch"), Finding("disk", "ok", "9 GB free")])
    assert table.splitlines() == [
        "problem  torch  missing",
        "                -> pip install torch",
        "ok       disk   9 GB free",
    ]


def test_this_environment_is_described() -> None:
    """A real run: everything but deepspeed and the working folder must be in order here."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "doctor.py"), "--json"], capture_output=True, text=True, cwd=ROOT
    )
    findings = {finding["check"]: finding for finding in json.loads(ran.stdout)}
    problems = [finding for finding in findings.values() if finding["state"] == "problem"]
    assert ran.returncode == bool(problems)
    assert problems == [], problems
    assert {"python", "torch", "import torchaudio", "server plugin", "sandbox", "deepspeed", "disk"} <= findings.keys()
