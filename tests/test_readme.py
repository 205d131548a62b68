"""The README names what exists: scripts with their options, recipes, make targets; its YAML can be served."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
import yaml

from math_solver.server.settings import parse_settings

from .recipes.test_recipes import parse_with_llamafactory

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(bash|yaml)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.partition("  #")[0].strip()
    for language, block in BLOCKS
    if language == "bash"
    for line in block.replace("\\\n", " ").splitlines()
    if line.strip()
] + re.findall(r"`((?:python|llamafactory-cli|make) [^`]+)`", README)
# Files that the reader makes: copies of a recipe, data of their own.
OF_THE_READER = re.compile(r"qwen2_5_math_7b_lora|trajectories\.jsonl|^output/|\bmy\b|\bmy_model\.yaml")


def commands(program: str) -> list[str]:
    return [command for command in COMMANDS if program in shlex.split(command)]


def test_nothing_is_left_to_fill_in() -> None:
    assert not re.search(r"@[A-Z]+@|TODO|TBD", README)


def test_there_is_something_to_check() -> None:
    assert len(commands("python")) > 5 and len(commands("llamafactory-cli")) > 3 and len(commands("make")) > 2


@pytest.mark.parametrize("command", commands("python"))
def test_a_script_takes_these_options(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(command)
    script, *arguments = words[words.index("python") + 1 :]
    if script == "-m":
        return
    assert (ROOT / script).is_file()
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", [script, *arguments])
    parse = runpy.run_path(str(ROOT / script)).get("parse_args")
    if parse is not None:
        parse()
    missing = [word for word in arguments if "/" in word and not _exists(word)]
    assert not missing


@pytest.mark.parametrize("command", commands("llamafactory-cli"))
def test_a_recipe_exists(command: str) -> None:
    words = shlex.split(command)
    action, *rest = words[words.index("llamafactory-cli") + 1 :]
    assert action in {"train", "export", "api"}
    assert all(_exists(word) for word in rest if word.endswith(".yaml"))


@pytest.mark.parametrize("command", commands("make"))
def test_a_make_target_exists(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{shlex.split(command)[1]}:", makefile, re.MULTILINE)


def test_a_yaml_is_a_whole_one_that_can_be_served(tmp_path: Path) -> None:
    blocks = [block for language, block in BLOCKS if language == "yaml"]
    assert blocks
    for number, block in enumerate(blocks):
        parse_settings(yaml.safe_load(block)["code_interpreter"])
        (tmp_path / f"{number}.yaml").write_text(block, encoding="utf-8")
    parse_with_llamafactory(infer=sorted(tmp_path.glob("*.yaml")))


@pytest.mark.parametrize("target", re.findall(r"\]\((?!https?://|#)([^)#]+)\)", README))
def test_a_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def _exists(word: str) -> bool:
    return (ROOT / word).exists() or OF_THE_READER.search(word) is not None or "://" in word
