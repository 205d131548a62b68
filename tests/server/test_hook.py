"""The import hook: nothing until ``llamafactory.api.app`` is imported, then one wrapped function."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

RUN = "import sys; sys.argv[1:] = {argv!r}; from llamafactory.api.app import run_api; run_api()"
# A LLaMA-Factory of four modules, so that what the hook does to it can be seen in a second.
FAKE = {
    "llamafactory/__init__.py": "",
    "llamafactory/extras/__init__.py": "",
    "llamafactory/extras/env.py": "VERSION = '9.9.9'\n",
    "llamafactory/hparams/__init__.py": "",
    "llamafactory/hparams/parser.py": "import json, sys\ndef read_args(args=None): return json.loads(sys.argv[1])\n",
    "llamafactory/api/__init__.py": "",
    "llamafactory/api/app.py": "def run_api(): print('stock server')\n",
}


def python(code: str, path: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) | environ | ({"PYTHONPATH": str(path)} if path else {})
    return subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, env=environment, timeout=120
    )


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    for name, text in FAKE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_it_waits_in_every_interpreter_and_loads_nothing() -> None:
    result = python(
        """
        import subprocess, sys
        def waiting(): return sum(type(finder).__name__ == "TargetFinder" for finder in sys.meta_path)
        loaded = {name for name in sys.modules if name.startswith(("math_solver", "llamafactory"))}
        assert loaded == {"math_solver", "math_solver.server", "math_solver.server.hook"}, loaded
        assert waiting() == 1
        import math_solver.server.hook
        math_solver.server.hook.install()
        assert waiting() == 1
        """
    )
    assert result.returncode == 0, result.stderr


def test_without_a_section_the_stock_server_runs(fake: Path) -> None:
    for argv in ('{"template": "qwen"}', '["--template", "qwen"]'):
        result = python(RUN.format(argv=[argv]), fake)
        assert (result.returncode, result.stdout) == (0, "stock server\n"), result.stderr


def test_looking_for_the_module_does_not_use_the_hook_up(fake: Path) -> None:
    code = "import importlib.util; importlib.util.find_spec('llamafactory.api.app'); "
    result = python(code + RUN.format(argv=['{"code_interpreter": {"rouns": 1}}']), fake)
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("broken", "text", "says"),
    [
        ("llamafactory/api/app.py", "def serve(): print('stock server')\n", "run_api is gone"),
        ("llamafactory/hparams/parser.py", "def parse(): ...\n", "read_args is gone"),
        ("llamafactory/api/app.py", "def run_api(): ...\ndef create_app(model): ...\n", "no longer takes chat_model"),
        ("llamafactory/api/app.py", "def run_api(): ...\n", "create_app is gone"),
    ],
)
def test_a_seam_that_moved_is_named_with_the_version(fake: Path, broken: str, text: str, says: str) -> None:
    (fake / broken).write_text(text, encoding="utf-8")
    result = python(RUN.format(argv=['{"code_interpreter": {}}']), fake)
    assert result.returncode != 0
    assert "stock server" not in result.stdout
    assert "llamafactory 9.9.9" in result.stderr
    assert says in result.stderr


def test_the_real_server_refuses_bad_settings_before_it_loads_anything(tmp_path: Path) -> None:
    yaml = tmp_path / "server.yaml"
    yaml.write_text("model_name_or_path: nowhere\ncode_interpreter:\n  rounds: many\n", encoding="utf-8")
    result = python(f"import sys; sys.argv = ['x', 'api', {str(yaml)!r}]; from llamafactory.cli import main; main()")
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith("math_solver: code_interpreter.rounds: 'many' does not fit")


def test_the_real_server_refuses_the_world_without_a_key(tmp_path: Path) -> None:
    yaml = tmp_path / "server.yaml"
    yaml.write_text("model_name_or_path: nowhere\ncode_interpreter: {}\n", encoding="utf-8")
    code = f"import sys; sys.argv = ['x', 'api', {str(yaml)!r}]; from llamafactory.cli import main; main()"
    result = python(code, API_HOST="0.0.0.0", API_KEY="")
    assert result.returncode == 2
    assert "set API_KEY" in result.stderr.splitlines()[-1]


def test_without_the_plugin_the_section_is_refused(tmp_path: Path) -> None:
    yaml = tmp_path / "server.yaml"
    yaml.write_text("model_name_or_path: nowhere\ncode_interpreter: {}\n", encoding="utf-8")
    result = python(
        f"""
        import sys
        sys.meta_path = [finder for finder in sys.meta_path if type(finder).__name__ != "TargetFinder"]
        sys.argv = ["x", "api", {str(yaml)!r}]
        from llamafactory.cli import main
        main()
        """
    )
    assert result.returncode == 1
    assert "code_interpreter" in result.stderr.splitlines()[-1]
