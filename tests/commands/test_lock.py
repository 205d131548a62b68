"""The lock names every package that a set-up installs, for each Python, and nothing of the machine it was made on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from math_solver.commands.lock import LOCK, Difference, differences, normalised, read_lock

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / LOCK).read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ["3.11.0", "3.11.14", "3.12.1", "3.13.0", "3.13.9"]


def on(python: str) -> dict[str, str]:
    return {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("", {}),
        ("# a comment\n\n  \n", {}),
        ("Jinja2==3.1.6  # via gradio\nhf_xet==1.8.0\n", {"jinja2": "==3.1.6", "hf-xet": "==1.8.0"}),
        ("a==1 ; python_full_version >= '3.13'\n", {}),
        ("a==1 ; python_full_version < '3.13'\na==2 ; python_full_version >= '3.13'\n", {"a": "==1"}),
        ("a==1.0.post1\n", {"a": "==1.0.post1"}),
    ],
)
def test_a_lock_is_read(text: str, versions: dict[str, str]) -> None:
    assert {name: str(row.specifier) for name, row in read_lock(text, on("3.11.7")).items()} == versions


@pytest.mark.parametrize(
    "line",
    [
        "a>=1",
        "a",
        "a==1.*",
        "a==1,==2",
        "a ==",
        "a[b]==1",
        "a @ file:///a",
        "-r other.txt",
        "--index-url x",
        "a==1 #b\n-c d",
    ],
)
def test_what_is_no_exact_version_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no name==version"):
        read_lock(f"b==2\n{line}\n")


@pytest.mark.parametrize(
    ("installed", "differs"),
    [
        ({"a": "1.0"}, []),
        ({"a": "1"}, []),  # the same version written otherwise
        ({"a": "1.0+cu130"}, []),  # built for one CUDA series
        ({}, []),
        ({"a": "1.0", "b": "7"}, []),  # unlocked
        ({"a": "1.0.1"}, [Difference("a", "1.0.1", "1.0")]),
        ({"a": "1.0rc1"}, [Difference("a", "1.0rc1", "1.0")]),
        ({"a": "from git"}, [Difference("a", "from git", "1.0")]),
    ],
)
def test_what_differs(installed: dict[str, str], differs: list[Difference]) -> None:
    assert differences(read_lock("a==1.0\n"), installed.get) == differs


def test_it_names_no_machine_and_no_registry() -> None:
    rows = [line.partition("#")[0] for line in TEXT.splitlines()]
    assert not [row for row in rows if re.search(r"[/\\@]|--|https?:", row)]
    assert "://" not in TEXT and "@" not in TEXT and not re.search(r"(^|\s)/\w", TEXT)


@pytest.mark.parametrize("python", PYTHONS)
def test_it_holds_what_the_project_asks_for(python: str) -> None:
    lock = read_lock(TEXT, on(python))
    extras = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["project"]["dependencies"], *sum(extras.values(), []), *PROJECT["build-system"]["requires"]]
    for requirement in map(Requirement, asked):
        version = str(lock[normalised(requirement.name)].specifier).removeprefix("==")
        assert requirement.specifier.contains(version), f"{requirement}: {LOCK} has {version}; run make lock"


def test_it_is_for_every_python_that_the_project_takes() -> None:
    wanted = SpecifierSet(PROJECT["project"]["requires-python"])
    assert {python for python in PYTHONS if wanted.contains(python)} == set(PYTHONS)
    assert not wanted.contains("3.10.14") and not wanted.contains("3.14.0")


def needed(requirements: Iterable[str], extras: frozenset[str], seen: set[tuple[str, str]]) -> Iterator[str]:
    """The names of all that is installed because of these requirements, and of what they bring."""
    for requirement in map(Requirement, requirements):
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            continue
        name = normalised(requirement.name)
        if new := {(name, extra) for extra in {"", *requirement.extras}} - seen:
            seen |= new
            yield name
            yield from needed(metadata.requires(name) or [], frozenset(requirement.extras), seen)


def test_all_that_a_set_up_installs_is_in_it() -> None:
    names = set(needed(metadata.requires("math-solver") or [], frozenset({"dev"}), set()))
    assert len(names) > 100
    assert names <= set(read_lock(TEXT)), "run make lock"
