"""The stages over a real Ray cluster, started here for all tests of this file."""

from __future__ import annotations

import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.curate import curate
from math_solver.commands.validate import validate
from math_solver.mapping import Cluster, mapped
from math_solver.mapping.cluster import Worker, connected
from math_solver.records import Execution, Problem, RecordError, Step, Trajectory, Verdict, as_row

from .stages import Doubling, Interpreting

SCRIPTS = Path(__file__).parents[2] / "scripts"
HERE = Cluster("local", 2)


slow = pytest.mark.slow  # a cluster of our own takes seconds to start, and so does each of its workers


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
    with connected(HERE) as ray:
        yield ray


def solved(number: int, code: str, stored: str, answer: str) -> dict[str, Any]:
    problem = Problem(f"p{number}", "test", f"What is {number} + 4, and how do you know? Say it in words.", answer)
    steps = (Step("I add.", code, Execution("ok", stored)),)
    made = Trajectory(f"t{number}", problem, steps, f"It is \\boxed{{{answer}}}.", answer, Verdict("correct", "equal"))
    return as_row(made)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows whose programs end well, fail, print something else, or are equal; one that is none."""
    path = tmp_path_factory.mktemp("rows") / "in.jsonl"
    made = [solved(n, f"print({n} + 4)", f"{n + 4}\n", str(n + 4)) for n in range(30)]
    made += [solved(n, f"print({n} +", f"{n + 4}\n", str(n + 4)) for n in range(30, 34)]
    made += [solved(n, f"print({n - 1} + 4)", f"{n + 3}\n", str(n + 4)) for n in range(34, 38)]
    made += [solved(n, "print(7)", stored, "7") for n, stored in enumerate(["7\n", "8\n", "7\n"], 38)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in made) + "{broken\n", encoding="utf-8")
    return path


def run(script: str, main: Any, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    main(runpy.run_path(str(SCRIPTS / script))["parse_args"]())


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".jsonl"}


@slow
def test_validation_writes_the_bytes_of_a_run_without_it(
    ray: Any, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, how in (("here", ["--workers", "2"]), ("ray", ["--ray", "local"])):
        (tmp_path / name).mkdir()
        output = tmp_path / name / "out.jsonl"
        run("validate.py", validate, monkeypatch, "--input", rows, "--output", output, "--report",
            tmp_path / f"{name}.json", *how)  # fmt: skip
    here, there = written(tmp_path / "here"), written(tmp_path / "ray")
    assert here == there and here.keys() == {"out.jsonl", "out.invalid.jsonl", "out.unreadable.jsonl"}
    assert len(here["out.jsonl"].splitlines()) == 36
    report = json.loads((tmp_path / "ray.json").read_text())
    assert report["rows"] == 42 and report["executions"]["ran"] >= 38


@slow
def test_curation_writes_the_bytes_of_a_run_without_it(
    ray: Any, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text("".join(rows.read_text().splitlines(keepends=True)[:-1]))
    bench = tmp_path / "bench.jsonl"
    bench.write_text(json.dumps({"id": "b", "source": "bench", "question": "What is 7 + 4?", "answer": "11"}) + "\n")
    for name, how in (("here", []), ("ray", ["--ray", "local"])):
        (tmp_path / name).mkdir()
        run("curate.py", curate, monkeypatch, "--input", good, "--output", tmp_path / name / "out.jsonl",
            "--benchmarks", bench, *how)  # fmt: skip
    here, there = written(tmp_path / "here"), written(tmp_path / "ray")
    assert here == there and here["out.jsonl"] and here["out.victims.jsonl"]


@slow
def test_programs_run_in_the_sandbox_of_a_worker(ray: Any) -> None:
    attacks = ["print(6 * 7)", "import socket; socket.create_connection(('127.0.0.1', 9))", "import os; os._exit(3)"]
    found = list(mapped(Interpreting(), attacks * 2, HERE, chunk=1))
    assert os.getpid() not in {process for process, _, _ in found}
    assert [status for _, status, _ in found] == ["ok", "error", "killed"] * 2
    assert found[0][2] == "42"


@slow
def test_a_lost_worker_loses_its_chunk_which_is_done_again(ray: Any, tmp_path: Path) -> None:
    stage = Doubling(tmp_path / "log", dies_at=30, once=tmp_path / "died")
    assert list(mapped(stage, range(14, 60), HERE, chunk=5)) == [2 * number for number in range(14, 60)]
    assert (tmp_path / "died").exists()


@slow
def test_a_chunk_that_ends_every_worker_ends_the_run(ray: Any, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"rows 6 to 10: 3 workers ended while they had them \(\w+Error\)"):
        list(mapped(Doubling(tmp_path / "log", dies_at=20), range(14, 40), HERE, chunk=5))


@slow
def test_workers_that_the_cluster_has_no_room_for_hold_nothing_up(ray: Any, tmp_path: Path) -> None:
    assert list(mapped(Doubling(tmp_path / "log"), range(14, 80), Cluster("local", 7), chunk=2)) == [
        2 * number for number in range(14, 80)
    ]
    opened = [line for line in (tmp_path / "log").read_text().splitlines() if line.startswith("opened")]
    assert 1 <= len(opened) <= 2


@slow
def test_a_cluster_whose_processors_others_hold_is_one_line(
    ray: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("math_solver.mapping.cluster._STARTED_IN", 1.0)
    holder = ray.remote(num_cpus=2)(Worker).remote(Doubling(tmp_path / "log"))
    ray.get(holder.ready.remote())
    try:
        with pytest.raises(RecordError, match="no worker started within 1 s") as error:
            list(mapped(Doubling(tmp_path / "log"), [1], HERE))
    finally:
        ray.kill(holder)
    assert "\n" not in str(error.value)


@slow
def test_a_worker_that_is_killed_while_it_has_nothing_to_do(ray: Any, tmp_path: Path) -> None:
    """Its process is gone when it gets its next chunk, which another one does."""
    results = mapped(Doubling(tmp_path / "log"), range(14, 60), Cluster("local", 1), chunk=4)
    found = [next(results)]
    (opened,) = (line for line in (tmp_path / "log").read_text().splitlines() if line.startswith("opened"))
    os.kill(int(opened.split()[1]), signal.SIGKILL)
    assert [*found, *results] == [2 * number for number in range(14, 60)]


@slow
def test_what_a_worker_lacks_is_one_line_that_names_it(ray: Any, tmp_path: Path) -> None:
    with pytest.raises(RecordError) as error:
        list(mapped(Doubling(tmp_path / "log", refuses="has other versions of sympy"), [1], HERE))
    assert str(error.value) == f"{socket.gethostname()}: has other versions of sympy"


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "nobody", "nobody.invalid:6379"])
def test_a_cluster_that_does_not_answer_is_one_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with (
        pytest.raises(RecordError, match=f"--ray {address}: no cluster answers") as error,
        connected(Cluster(address)),
    ):
        pass
    assert "\n" not in str(error.value) and "--ray local" in str(error.value)


def test_without_ray_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(RecordError, match=r"pip install -e '\.\[ray\]'"), connected(HERE):
        pass
