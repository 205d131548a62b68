"""Every attack in every setting: root, an ordinary user, and both inside a container."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .attacks import ATTACKS
from .settings import SETTINGS

ROOT = Path(__file__).parents[2]
# The two that share no layer with each other; the rest are mixtures of these.
MOST_APART = ("root", "container-user")
ALL = [setting if setting in MOST_APART else pytest.param(setting, marks=pytest.mark.slow) for setting in SETTINGS]


def run_setting(setting: str, action: str, without: str = "", *names: str) -> dict[str, Any]:
    if os.geteuid() != 0 and "root" in setting:
        pytest.skip("needs root")
    done = ended(setting, action, without, *names)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@cache
def ended(setting: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.interpreter.settings", setting, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def attacked(setting: str) -> dict[str, Any]:
    return run_setting(setting, "attack")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
@pytest.mark.parametrize("setting", ALL)
def test_attack_fails(setting: str, attack: Any) -> None:
    results = attacked(setting)["results"][attack.name]
    assert results
    assert all(result["blocked"] for result in results), results


@pytest.mark.parametrize("setting", ALL)
def test_aftermath(setting: str) -> None:
    result = attacked(setting)
    assert result["report"]["tier"] == "strong"
    assert result["after"] == "[-sqrt(2), sqrt(2)]"
    assert result["survivors"] == []
    assert result["unreaped"] == []


@pytest.mark.parametrize(
    ("setting", "namespaces"),
    [
        ("root", True),
        pytest.param("user", True, marks=pytest.mark.slow),
        pytest.param("container-root", False, marks=pytest.mark.slow),
        ("container-user", False),
    ],
)
def test_namespaces_are_used_where_the_machine_allows(setting: str, namespaces: bool) -> None:
    report = attacked(setting)["report"]
    assert (report["namespaces"] == "around the server") == namespaces


def test_every_attack_has_a_name_of_its_own() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


# Each attack gets through once its layer is gone, so what blocks it above is that layer.
@pytest.mark.parametrize(
    ("setting", "without", "name"),
    [
        ("container-user", "landlock", "/etc/passwd"),
        ("container-user", "landlock", "host file"),
        ("container-user", "landlock", "write a host file"),
        ("container-user", "landlock", "host command line"),
        ("container-user", "landlock", "file in /tmp"),
        ("container-root", "landlock", "host file"),
        ("container-user", "seccomp", "UDP"),
        ("container-user", "seccomp", "fork"),
        ("container-user", "seccomp", "drop the death signal"),
        ("container-user", "seccomp", "signal by F_SETOWN"),
        ("container-user", "seccomp", "touch a host file"),
        ("root", "seccomp", "local socket"),
    ],
)
def test_attack_succeeds_without_its_layer(setting: str, without: str, name: str) -> None:
    results = unprotected(setting, without)["results"][name]
    assert [result["light"] for result in results] == [False, True]
    assert not any(result["blocked"] for result in results), results


def unprotected(setting: str, without: str) -> dict[str, Any]:
    names = {
        "landlock": ("/etc/passwd", "host file", "write a host file", "host command line", "file in /tmp"),
        "seccomp": ("UDP", "fork", "drop the death signal", "signal by F_SETOWN", "touch a host file",
                    "local socket"),
    }  # fmt: skip
    return run_setting(setting, "attack", without, *names[without])


@pytest.mark.parametrize(
    ("setting", "without", "tier"),
    [
        ("root", "landlock", "reduced"),  # the jail hides files, but the canary inside it lies open
        ("root", "seccomp", "reduced"),
        ("root", "uid", "reduced"),
        ("user", "landlock", "reduced"),
        ("user", "landlock,seccomp", "none"),
        ("container-root", "uid", "reduced"),
        ("container-user", "seccomp", "reduced"),
    ],
)
def test_refuses_to_start_without_a_layer(setting: str, without: str, tier: str) -> None:
    result = run_setting(setting, "start", without)
    layers = without.split(",")
    assert all(layer in result["refusal"] for layer in layers)
    assert "allow_missing" in result["refusal"]
    assert result["tier"] == tier
    assert result["answer"] == "2"
    assert sorted(name for name, state in result["layers"].items() if state != "holds") == sorted(layers)


def test_self_test_sees_through_a_layer_that_does_nothing() -> None:
    result = run_setting("container-user", "start", "landlock")
    assert result["attacks"]["read a file open to all"] == "SUCCEEDED"
    assert result["attacks"]["open a TCP socket"] == "blocked"
