"""What every script of the way of the data survives: each fault is one clear line, and costs no more than its row."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.improve import upstream_of
from math_solver.dataset.preflight import read_recipe
from math_solver.improving.settings import read_settings as read_rounds
from math_solver.recipes.recipe import read_settings
from math_solver.records import RecordError, as_row, write_jsonl
from math_solver.synthesis.ledger import Ledger

from ..test_records import TRAJECTORY
from .test_reading_corpora import GOOD, SOLVED, run

SOLUTION = as_row(TRAJECTORY)
WRONG = {**SOLUTION, "id": "t2", "verdict": {"outcome": "incorrect"}, "conclusion": "答案是 \\boxed{3}。"}
ASKED = {"question": "Ann has 3 red and 4 blue apples. How many apples are these?", "answer": "So\n#### 7"}
NAMED = ["--name", "x", "--dataset-info", "{tmp}/info.json"]
# A script, a row of its input, and the arguments behind the input and the output
SCRIPTS: dict[str, tuple[str, list[dict[str, Any]], list[str]]] = {
    "problems": ("fetch_problems.py", [GOOD], ["--refused", "{tmp}/refused"]),
    "benchmark": ("fetch_problems.py", [GOOD], ["--benchmark", "gsm8k"]),
    "solutions": ("import_trajectories.py", [SOLVED], []),
    "words": ("import_trajectories.py", [GOOD], ["--in-words"]),
    "curate": ("curate.py", [SOLUTION, WRONG], []),
    "decontaminate": ("curate.py", [ASKED], []),
    "sft": ("build_dataset.py", [SOLUTION], NAMED),
    "kto": ("build_dataset.py", [SOLUTION, WRONG], [*NAMED, "--stage", "kto"]),
    "pt": ("build_dataset.py", [SOLUTION], [*NAMED, "--stage", "pt"]),
    "validate": ("validate.py", [SOLUTION], []),
    "teach": ("synthesize.py", [SOLUTION["problem"]], ["--model", "m", "--endpoint", "http://127.0.0.1:9/v1"]),
}  # fmt: skip
TOLERANT = ("problems", "solutions", "words")  # a row costs that row
BROKEN = {
    "cut": b'{"question": ',
    "another value": b"[1]",
    "digits": b'{"question": ' + b"9" * 5000 + b"}",
    "deep": b'{"question": ' + b"[" * 300 + b"]" * 300 + b"}",
    "half a pair": b'{"question": "\\ud800"}',
    "latin": b'{"question": "caf\xe9"}',
}


def call(name: str, folder: Path, source: Path, output: str | Path) -> int:
    script, _, more = SCRIPTS[name]
    option = {"benchmark": "--benchmark-file", "decontaminate": "--benchmarks"}.get(name, "--input")
    given = [option, source]
    if name == "decontaminate":
        write_jsonl(folder / "solved.jsonl", [SOLUTION])
        given += ["--input", folder / "solved.jsonl"]
    return run(script, *given, "--output", output, *(part.format(tmp=folder) for part in more))


def written(folder: Path) -> dict[str, str]:
    """What is there, and what it holds."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put(name: str, folder: Path, *more: bytes) -> Path:
    source = folder / ("gsm8k.jsonl" if name in ("benchmark", "decontaminate") else "train.jsonl")
    rows = [json.dumps(row).encode() for row in SCRIPTS[name][1]]
    source.write_bytes(b"\n".join([*rows, *more, *rows]) + b"\n")
    return source


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize(
    "name", [name for name in SCRIPTS if name != "validate"]
)  # whose rows run, in test_validate.py
def test_a_broken_row(name: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(name, tmp_path, BROKEN[fault])
    before = source.read_bytes()
    code = call(name, tmp_path, source, tmp_path / "out.jsonl")
    err = capsys.readouterr().err
    assert source.read_bytes() == before and source.name in err
    if name in TOLERANT:
        assert code == 0 and len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    else:
        assert (code, len(err.splitlines())) == (2, 1) and not (tmp_path / "out.jsonl").exists()
    assert not list(tmp_path.glob(".*"))


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def loop(path: Path) -> Path:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)
    return path


PLACES: dict[str, Callable[[Path, Path], str | Path]] = {
    "nothing": lambda folder, source: "",
    "a dot": lambda folder, source: ".",
    "a folder": lambda folder, source: folder,
    "the input": lambda folder, source: source,
    "below a file": lambda folder, source: source / "out.jsonl",
    "a long name": lambda folder, source: folder / ("n" * 300),
    "a pipe": lambda folder, source: pipe(folder / "pipe"),
    "links in a circle": lambda folder, source: loop(folder / "loop"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", SCRIPTS)
def test_an_output_that_is_none(name: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(name, tmp_path)
    output = PLACES[place](tmp_path, source)
    before = written(tmp_path)
    assert call(name, tmp_path, source, output) == 2
    err = capsys.readouterr().err
    script = SCRIPTS[name][0]
    assert err.splitlines()[-1].startswith(f"{script}: ") and "Traceback" not in err
    after = {name: digest for name, digest in written(tmp_path).items() if name not in ("solved.jsonl", "refused")}
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert not [name for name in after if name.startswith(".")]


def test_names_that_are_no_markup_and_no_utf8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_jsonl(tmp_path / "in" / os.fsdecode(b"\xff.jsonl"), [GOOD])
    write_jsonl(tmp_path / "in" / "[bold]x.jsonl", [{"text": "?"}])
    output, refused = tmp_path / os.fsdecode(b"out \xfe"), tmp_path / "refused.jsonl"
    assert run("fetch_problems.py", "--input", tmp_path / "in", "--output", output, "--refused", refused) == 0
    assert b'"id": "gsm8k:' in output.read_bytes() and b"no_source" in refused.read_bytes()
    out = capsys.readouterr().out
    assert "[bold]x.jsonl" in out and "1 problems" in out
    given = ["--input", put("sft", tmp_path), "--name", "x", "--dataset-info", tmp_path / "info.json"]
    assert run("build_dataset.py", *given, "--output", tmp_path / os.fsdecode(b"\xff.jsonl")) == 2
    assert "no UTF-8" in capsys.readouterr().err and not (tmp_path / "info.json").exists()


def test_every_solution_of_a_dataset_is_accounted_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{**SOLUTION, "id": f"t{n}", "problem": {**SOLUTION["problem"], "id": f"p{n}"}} for n in range(9)]
    write_jsonl(tmp_path / "rows.jsonl", rows)
    own = ["--input", tmp_path / "rows.jsonl", "--name", "x", "--dataset-info", tmp_path / "info.json"]
    assert run("build_dataset.py", *own, "--conversations", "1") == 0
    kept, held = capsys.readouterr().out.splitlines()
    number = len((tmp_path / "data" / "x.jsonl").read_text(encoding="utf-8").splitlines())
    assert kept.endswith(f"kept {number}, dropped 0") and held == f"{number} rows hold 9 solutions" and number < 9
    assert run("build_dataset.py", *own, "--limit", "4") == 0
    assert "kept 4, dropped 5 (5 beyond_limit)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output", "{tmp}/info.json"], "is the file of --dataset-info and would be replaced"),
        (["--output", "{tmp}/recipe.yaml", "--recipe", "{tmp}/recipe.yaml"], "is the file of --recipe and would be"),
        (["--recipe", "{tmp}/dataset_info.json", "--dataset-info", "{tmp}/dataset_info.json"], "named for two things"),
        (
            ["--recipe", "{tmp}/recipe.yaml"],
            "info.json: LLaMA-Factory reads only a file of the name dataset_info.json",
        ),
        (["--name", "../x"], "--name '../x'"),
        (["--name", "a,b"], "--name 'a,b'"),
        (["--limit", "-1"], "'-1' is no whole number from 1"),
        (["--dataset-info", "{tmp}/recipe.yaml"], "mend it or restore it from git"),
    ],
)
def test_a_dataset_replaces_nothing_that_is_read(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = put("sft", tmp_path)
    (tmp_path / "info.json").write_text('{"old": {"file_name": "a"}}\n')
    (tmp_path / "recipe.yaml").write_text("model_name_or_path: examples/tiny_base\ntemplate: qwen\n")
    before = written(tmp_path)
    own = ["--input", source, "--name", "x", "--dataset-info", tmp_path / "info.json"]
    assert run("build_dataset.py", *own, *(part.format(tmp=tmp_path) for part in arguments)) == 2
    assert complaint in capsys.readouterr().err and written(tmp_path) == before


@pytest.mark.parametrize(
    ("stage", "more", "told"),
    [
        ("dpo", ["--length-ratio", "1"], "1 nothing_right"),
        ("dpo", ["--no-repairs"], "1 nothing_right"),
        ("kto", ["--per-problem", "1"], "2 enough_of_problem"),
    ],
)
def test_what_makes_no_pair_is_counted(
    stage: str, more: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pairs are made while they are written; what of them is left out is known only then."""
    alone = {**WRONG, "id": "t3", "problem": {**WRONG["problem"], "id": "p3"}}
    other = {**WRONG, "steps": [{**WRONG["steps"][0], "code": "print(1 + 2)"}]}
    write_jsonl(tmp_path / "rows.jsonl", [SOLUTION, other, other, alone])
    own = ["--input", tmp_path / "rows.jsonl", "--name", "x", "--dataset-info", tmp_path / "info.json"]
    assert run("build_dataset.py", *own, "--stage", stage, *more) == 0
    said = capsys.readouterr().out.splitlines()[0]
    assert "(1 duplicate)" in said and told in said


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def device(path: Path) -> Path:
    path.symlink_to("/dev/zero")
    return path


PIPES: dict[str, Callable[[Path], Path]] = {"a pipe": pipe, "a folder": folder, "a device": device}
BESIDE: dict[str, bytes] = {
    "deep": b"[" * 5000 + b"]" * 5000,
    "digits": b"9" * 5000,
    "another value": b"[1]",
    "latin": b"caf\xe9: 1",
    "utf-16": "a: 1".encode("utf-16"),
    "cut in a character": "a: 中".encode()[:-1],
    "a tag": b"!!python/object/apply:os.system [exit]",
    "cut": b"{",
    "a word for a truth value": b"!!bool maybe",
    "no time": b"!!timestamp x",
    "no number": b"!!int ''",
    "no character": b'"\\UFFFFFFFF"',
}
BUILD = ["--name", "x", "--dataset-info", "{tmp}/dataset_info.json"]
READ_WHOLE: dict[str, tuple[str, list[str], str]] = {
    "endpoints": ("teach", ["--model", "m", "--endpoints", "{tmp}/endpoints.yaml"], "endpoints.yaml"),
    "datasets": ("kto", [*BUILD, "--stage", "kto"], "dataset_info.json"),
}


@pytest.mark.parametrize("fault", [*PIPES, *BESIDE])
@pytest.mark.parametrize("what", READ_WHOLE)
def test_a_file_beside_the_input_that_is_none(
    what: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are read whole, so that a pipe would be waited for, and a device without an end read."""
    name, more, file = READ_WHOLE[what]
    place = tmp_path / file
    if fault in PIPES:
        PIPES[fault](place)
    else:
        place.write_bytes(BESIDE[fault])
    script, given = SCRIPTS[name][0], [part.format(tmp=tmp_path) for part in more]
    code = run(script, "--input", put(name, tmp_path), "--output", tmp_path / "o.jsonl", *given)
    err = capsys.readouterr().err
    assert code == 2 and file in err and "Traceback" not in err
    assert err.splitlines()[-1].startswith(f"{script}: ") and not (tmp_path / "o.jsonl").exists()


@pytest.mark.parametrize("fault", [*PIPES, *BESIDE])
def test_a_recipe_that_is_none(fault: str, tmp_path: Path) -> None:
    place = tmp_path / "recipe.yaml"
    if fault in PIPES:
        PIPES[fault](place)
    else:
        place.write_bytes(BESIDE[fault])
    for read in (read_recipe, read_settings, read_rounds, lambda path: upstream_of([str(path), "a=b"])):
        with pytest.raises(RecordError, match="recipe.yaml: ") as error:
            read(place)
        assert "\n" not in str(error.value)


@pytest.mark.parametrize("fault", BESIDE)
@pytest.mark.parametrize("what", ["figures", "step"])
def test_a_report_that_is_none(what: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, output = tmp_path / "r.json", tmp_path / "out"
    source.write_bytes(BESIDE[fault])
    if what == "step":
        given = ["publish.py", "--input", put("sft", tmp_path), "--output", output, "--report", source]
    else:
        given = ["report.py", "--input", source, "--output", output]
    assert run(str(given[0]), *given[1:]) == 2
    assert "r.json: " in capsys.readouterr().err and not output.exists()


@pytest.mark.parametrize("place", [(), ("name",), ("tool",), ("accuracy", "value"), ("outcomes",), ("samples",)])
def test_figures_of_odd_types(place: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report's figures can be shown, or are no report's."""
    made = {
        "id": "p1#0",
        "problem": SOLUTION["problem"],
        "text": "2",
        "predicted": "2",
        "verdict": SOLUTION["verdict"],
    }
    write_jsonl(tmp_path / "a.jsonl", [made])
    assert run("report.py", "--input", tmp_path / "a.jsonl", "--output", tmp_path / "r.html") == 0
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    for value in (None, [], {}, "x", [1]):
        inner = broken = json.loads(json.dumps(report))
        for name in ("runs", 0, *place)[:-1]:
            inner = inner[name]
        inner[("runs", 0, *place)[-1]] = value
        (tmp_path / "odd.json").write_text(json.dumps(broken), encoding="utf-8")
        code = run("report.py", "--input", tmp_path / "odd.json", "--output", tmp_path / "o.html")
        assert code == 0 or "odd.json: not the JSON file of a report" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "0", "-1", "1e300", "x"])
def test_a_page_whose_programs_may_run_for_no_time_is_not_begun(
    seconds: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("annotate.py", "--output", tmp_path / "o.jsonl", "--port", "0", f"--timeout={seconds}") == 2
    err = capsys.readouterr().err
    assert "--timeout" in err.splitlines()[-1] and not list(tmp_path.iterdir())


def test_a_damaged_ledger_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "ledger"
    Ledger(ledger).close()
    with sqlite3.connect(ledger) as connection:
        columns = "key, endpoint, state, began, tokens, money"
        connection.execute(f"INSERT INTO attempts ({columns}) VALUES ('a', 'u', 'settled', 0, 1, '0.x0')")
    connection.close()
    script, _, more = SCRIPTS["teach"]
    write_jsonl(tmp_path / "p.jsonl", [SOLUTION["problem"]])
    given = ["--input", tmp_path / "p.jsonl", "--output", tmp_path / "o.jsonl", "--ledger", ledger]
    assert run(script, *given, *more) == 2
    told = f"{script}: {ledger}: damaged (attempts.money); restore a copy, or move it away"
    assert capsys.readouterr().err.splitlines()[-1] == told
