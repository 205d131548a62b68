"""``scripts/improve.py``: its commands run once each, beside a server that is started as seldom as can be."""

from __future__ import annotations

import argparse
import json
import re
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from math_solver.commands import improve
from math_solver.commands.api_process import free_port, running
from math_solver.commands.guard import guarded, wait_for_ended
from math_solver.commands.improve import Runner, _serving, _typed, improve_model, upstream_of
from math_solver.improving.course import dry_steps
from math_solver.improving.plan import Step
from math_solver.improving.stamps import Stamps
from math_solver.records import RecordError

from ..fake_endpoint import completion, serving
from ..improving.world import World, given, plan_of

SCRIPT = "import sys\nprint('did', *sys.argv[1:])\nopen({made!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"


class Servers:
    """Stands in for ``served``: what is started and ended, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @contextmanager
    def __call__(self, config: Path, log: Path, *, overrides: Sequence[str] = (), **how: Any) -> Iterator[str]:
        self.events.append(f"serve {(overrides or [''])[-1].rpartition('/')[2]}")
        try:
            yield "http://127.0.0.1:9/v1"
        finally:
            self.events.append("end")


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Servers:
    fake = Servers()
    monkeypatch.setattr(improve, "served", fake)
    return fake


def test_a_server_goes_on_while_steps_ask_the_same_model(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = plan_of(tmp_path)

    def step(name: str, model: str | None = None) -> Step:
        (tmp_path / f"{name}.py").write_text(SCRIPT.format(made=f"{name}.made"), encoding="utf-8")
        server = plan._server(f"models/{model}") if model else None
        return Step(name, f"title {name}", f"{name}.py --a 1", (), (tmp_path / f"{name}.made",), server)

    steps = [step("ask1", "a"), step("ask2", "a"), step("ask3", "b"), step("train"), step("ask4", "b")]
    for _ in range(2):
        with Runner(len(steps), tmp_path / "out") as run:
            for one in steps:
                run(one)
                servers.events.append(one.name)
    kept = ["serve a", "ask1", "ask2", "end", "serve b", "ask3", "end", "train", "serve b", "ask4", "end"]
    assert servers.events == [*kept, *(one.name for one in steps)], "the second run does nothing"
    assert (tmp_path / "ask1.made").read_text() == "--a 1 --base-url http://127.0.0.1:9/v1\n"
    assert (tmp_path / "train.made").read_text() == "--a 1\n"
    shown = capsys.readouterr().out
    assert "[4/5] title train\n  $ train.py --a 1\n  did --a 1" in shown and shown.count("done before") == 5
    assert "llamafactory-cli api" in shown and "127.0.0.1" not in shown


def test_a_step_that_fails_ends_the_server_and_is_not_done(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.py").write_text("import sys; sys.exit(4)", encoding="utf-8")
    step = Step("bad", "bad", "bad.py", (), (), plan_of(tmp_path)._server("m"))
    for _ in range(2):
        with pytest.raises(RecordError, match=r"bad\.py: ended with code 4; .*bad\.log"), Runner(1, tmp_path) as run:
            run(step)
    assert servers.events == ["serve model_name_or_path=m", "end"] * 2


class FakeRunner:
    """A world in the place of commands, with the stamps of real ones."""

    world: World

    def __init__(self, steps: int, folder: Path, launcher: Sequence[str] = ()) -> None:
        self._stamps = Stamps(folder / "steps")

    def __enter__(self) -> FakeRunner:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def __call__(self, step: Step) -> None:
        self._stamps.once(step, self.world)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(improve, "Runner", FakeRunner)
    monkeypatch.setattr(FakeRunner, "world", World({0: 10, 1: 20, 2: 19}), raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    plan_of(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("sft.yaml", "dpo.yaml", "merge.yaml"):
        (tmp_path / name).touch()
    return tmp_path / "improve.yaml"


def run(config: Path, dry_run: bool = False) -> None:
    improve_model(argparse.Namespace(config=config, dry_run=dry_run))


FIRST_WORDS = ("start 2", "1 sft", "2 sft")


def test_a_run_prints_its_rounds_and_leaves_a_report(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(config)
    shown = capsys.readouterr().out
    cells = [re.split(r"\s*[│┃]\s*", line.strip(" │┃")) for line in shown.splitlines()]
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    (start,), (first,), (second,) = ([line for line in lines if line.startswith(name)] for name in FIRST_WORDS)
    assert start.startswith("start 25.0% ")
    assert first.startswith("1 sft start 1 50.0% ") and first.endswith(" 10 0 0.002 kept") and "+25.0" in first
    assert second.startswith("2 sft round 1 1 47.5%") and second.endswith(" 0 1 1 not kept") and "-2.5" in second
    assert ["a", "5/20", "10/20", "10/20"] in cells, "by family, round by round"
    assert f"kept: {config.parent / 'out/round_1/model'} (round 1)" in shown
    report = json.loads((config.parent / "out/report.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in report["runs"]] == ["start", "round 1", "round 2"]
    assert report["course"]["kept"] == "round 1"
    assert report["course"]["rounds"][0]["learned"] == [f"held:{n}" for n in range(10, 20)]
    assert report["course"]["rounds"][1]["lost"] == ["held:19"]
    page = (config.parent / "out/report.html").read_text(encoding="utf-8")
    assert "Round after round" in page and "Learned and lost" in page
    FakeRunner.world.ran.clear()
    run(config)
    assert not FakeRunner.world.ran and capsys.readouterr().out == shown


def test_a_dry_run_prints_all_commands_and_writes_nothing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(config.parent.rglob("*"))
    run(config, dry_run=True)
    lines = [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith("#")]
    assert all(line.startswith(("python scripts/", "llamafactory-cli ", "kill ")) for line in lines)
    assert sum(line.startswith("llamafactory-cli train") for line in lines) == 3
    assert sum(line.startswith("llamafactory-cli api") and line.endswith(" &") for line in lines) == 3
    assert sorted(config.parent.rglob("*")) == before


@pytest.mark.parametrize(("engine", "jobs"), [(None, "%1"), ("vllm serve {model} --port 8001", "%1 %2")])
def test_commands_can_be_typed_one_behind_the_other(engine: str | None, jobs: str, tmp_path: Path) -> None:
    """Each is asked of the model that it is meant for: a server's port is free again, and it is waited for."""
    begun: list[str] = []
    steps = list(dry_steps(plan_of(tmp_path, **({"engine": engine} if engine else {}))))
    servers = {f"python {step.command}": step.server for step in steps}
    lines = list(_typed(steps))
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.endswith(" &"):
            begun.append(line.removesuffix(" &"))
            assert after == "# wait until it answers"
        elif line.startswith("kill "):
            assert line == f"kill {jobs}; wait" and len(begun) == jobs.count("%")
            begun.clear()
        elif line.startswith(("python", "llamafactory-cli")):
            assert begun == list(_serving(servers.get(line))), line
    assert not begun


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"train": {"sft": "nope.yaml a=1"}, "rounds": ["sft"]}, "train.sft: nope.yaml: no such file"),
        ({"train": {"sft": "sft.yaml", "dpo": "nope.yaml"}}, "train.dpo: nope.yaml: no such file"),
        ({"export": "'nope nope.yaml' a=1"}, "export: nope nope.yaml: no such file"),
        ({"export": "."}, "export: .: no such file"),  # a folder
        ({"serve": "nope.yaml"}, "serve: nope.yaml: no such file"),
        ({"prepare": ["scripts/nope.py --output x"]}, "prepare.0: scripts/nope.py: no such file"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_that_is_missing_is_noticed_before_anything_runs(
    changes: dict[str, Any], complaint: str, dry_run: bool, config: Path
) -> None:
    config.write_text(yaml.safe_dump(given(config.parent, **changes)), encoding="utf-8")
    with pytest.raises(RecordError, match=re.escape(complaint)):
        run(config, dry_run)
    assert not FakeRunner.world.ran and not (config.parent / "out").exists()


def test_two_runs_of_one_output_do_not_mix(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from math_solver.log import held

    with (
        held(config.parent / "out/report.html"),
        pytest.raises(RecordError, match="another run is writing this output"),
    ):
        run(config)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: [", "cannot be read"),
        ("code_interpreter: {}", r"names no code_interpreter\.upstream"),
        ("[]", "names no code_interpreter"),
        ("code_interpreter: {upstream: {base_url: here}}", "here: is no address"),
        (None, "serve: .*no such file"),
    ],
)
def test_an_engine_needs_a_server_that_asks_it(text: str | None, complaint: str, config: Path) -> None:
    serve = config.parent / "serve.yaml"
    serve.unlink() if text is None else serve.write_text(text, encoding="utf-8")
    config.write_text(yaml.safe_dump(given(config.parent, engine="vllm serve {model}")), encoding="utf-8")
    with pytest.raises(RecordError, match=complaint):
        run(config, dry_run=True)


def test_the_engine_answers_where_the_server_asks(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("code_interpreter: {upstream: {base_url: 'http://127.0.0.1:8001/v1/', model: m}}")
    assert upstream_of([str(tmp_path / "s.yaml"), "a=b"]) == "http://127.0.0.1:8001/v1"


ENGINE = """
import json, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

print("serving", sys.argv[2], flush=True)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_an_engine_is_there_before_the_server_and_gone_after_it(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    port = free_port()
    (tmp_path / "engine.py").write_text(ENGINE, encoding="utf-8")
    (tmp_path / "ask.py").write_text("pass", encoding="utf-8")
    plan = plan_of(tmp_path, engine=f"{sys.executable} engine.py {port} {{model}}")
    section = {"code_interpreter": {"upstream": {"base_url": f"http://127.0.0.1:{port}/v1", "model": "m"}}}
    (tmp_path / "serve.yaml").write_text(yaml.safe_dump(section), encoding="utf-8")
    lock = tmp_path / "lock"
    with Runner(1, tmp_path / "out", guarded(lock)) as run:
        run(Step("ask", "ask", "ask.py", (), (), plan._server("models/mine")))
        assert httpx.get(f"http://127.0.0.1:{port}/v1/models").status_code == 200
    wait_for_ended(lock)
    assert (tmp_path / "out/logs/ask_engine.log").read_text(encoding="utf-8").startswith("serving models/mine")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/v1/models")


@contextmanager
def listener() -> Iterator[str]:
    """What takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def endpoint() -> Iterator[str]:
    with serving(lambda body: completion("mine")) as server:
        yield server.url


@pytest.mark.parametrize("stranger", [endpoint, listener])
def test_what_answers_already_is_not_taken_for_the_engine(stranger: Any, tmp_path: Path) -> None:
    """Its answers would be taken for the model's that is judged."""
    begin = [sys.executable, "-c", f"open({str(tmp_path / 'begun')!r}, 'w')"]
    with stranger() as url, pytest.raises(RecordError, match=f"{url}: something answers there already; stop it"):
        with running(begin, url, tmp_path / "log"):
            pass
    assert not (tmp_path / "begun").exists()
