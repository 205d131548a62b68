"""CONTRIBUTING.md names what exists: files, tests, commands with options that they take."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
NAMES = re.findall(r"`([^`\n]+)`", PROSE)
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
]
TESTS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", sorted({name for name in NAMES if re.fullmatch(r"[\w./]+(/|\.\w+)", name)}))
def test_a_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("test", sorted({name for name in NAMES if re.fullmatch(r"test_\w+", name)}))
def test_a_test_exists(test: str) -> None:
    assert f"def {test}(" in TESTS


def test_there_is_something_to_check() -> None:
    assert len(NAMES) > 40 and len(COMMANDS) > 10
    assert "plugins/math_solver/sources/benchmarks/table.py" in NAMES


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("python scripts/")])
def test_a_script_takes_these_options(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, script, *arguments = shlex.split(command)
    monkeypatch.setattr("sys.argv", [script, *arguments])
    runpy.run_path(str(ROOT / script))["parse_args"]()


@pytest.mark.parametrize("command", [command for command in COMMANDS if "pytest" in command])
def test_a_run_of_tests_names_tests(command: str) -> None:
    paths = [word for word in shlex.split(command) if "/" in word]
    assert paths and all((ROOT / path).exists() for path in paths)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("make ")])
def test_make_has_these_targets(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in shlex.split(command)[1:]:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_no_command_is_left_unchecked() -> None:
    known = ("python scripts/", "python -m pytest ", "make ")
    assert not [command for command in COMMANDS if not command.startswith(known)]
