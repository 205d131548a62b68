"""What an install brings: the hook files at the root of site-packages, the files of the page, the licences."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOOK_FILES = {"math_solver_hook.pth", "math_solver_hook.start"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the build reads, so that it leaves nothing in the checkout."""
    folder = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "THIRD_PARTY.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "plugins", folder / "plugins", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    return folder


def build(source: Path, kind: str, folder: Path) -> Path:
    code = f"from setuptools.build_meta import {kind}; {kind}({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=source, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.parametrize("kind", ["build_wheel", "build_editable"])
def test_the_hook_is_installed_and_waits(source: Path, kind: str, tmp_path: Path) -> None:
    wheel = build(source, kind, tmp_path)
    assert {name for name in zipfile.ZipFile(wheel).namelist() if "/" not in name} >= HOOK_FILES
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, timeout=120)
    code = "import sys; print([type(finder).__name__ for finder in sys.meta_path])"
    result = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "TargetFinder" in result.stdout
    assert result.stderr == ""


def test_a_wheel_holds_every_file_of_the_page(source: Path, tmp_path: Path) -> None:
    files = ROOT / "plugins" / "math_solver" / "server" / "web" / "page_files"
    wanted = {str(path.relative_to(ROOT / "plugins")) for path in files.rglob("*") if path.is_file()}
    assert wanted
    assert wanted | {"math_solver/py.typed"} <= set(zipfile.ZipFile(build(source, "build_wheel", tmp_path)).namelist())


def test_a_wheel_holds_the_licences(source: Path, tmp_path: Path) -> None:
    wheel = zipfile.ZipFile(build(source, "build_wheel", tmp_path))
    for name in ("LICENSE", "THIRD_PARTY.md"):
        (at,) = (member for member in wheel.namelist() if member.endswith(f".dist-info/licenses/{name}"))
        assert wheel.read(at) == (ROOT / name).read_bytes()


def test_both_hook_files_name_the_same_function() -> None:
    pth = (ROOT / "plugins" / "math_solver_hook.pth").read_text(encoding="utf-8")
    start = (ROOT / "plugins" / "math_solver_hook.start").read_text(encoding="utf-8").strip()
    module, _, name = start.partition(":")
    assert pth == f"import {module}; {module}.{name}()\n"
