"""What ``scripts/publish.py`` promises, with a hub of our own: in this process, and at an address."""

from __future__ import annotations

import base64
import json
import os
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from huggingface_hub import DatasetCard
from huggingface_hub.errors import HfHubHTTPError

from math_solver.commands.publish import publish
from math_solver.dataset.validation.proof import Circumstances, proof_of, standing
from math_solver.records import RecordError, Trajectory, read_records, write_jsonl

from ..dataset.test_card import REPORT
from ..pages.exploring.rows import TRAJECTORIES, solution

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "publish.py"
FREE = [record for record in TRAJECTORIES if record.problem.licence]


class FakeHub:
    """Remembers what it is asked; a dataset that is there already may be public."""

    def __init__(self, *, public: bool = False, fails: Exception | None = None) -> None:
        self.public, self.fails = public, fails
        self.made: dict[str, Any] = {}
        self.uploaded: dict[str, Any] = {}

    def create_repo(self, repo_id: str, **options: Any) -> None:
        if self.fails:
            raise self.fails
        self.made = {"repo_id": repo_id, **options}

    def repo_info(self, repo_id: str, *, repo_type: str) -> Any:
        return SimpleNamespace(private=self.made["private"] and not self.public)

    def upload_folder(self, **options: Any) -> str:
        self.uploaded = options
        return "https://hub/datasets/me/set/commit/1"


def run(monkeypatch: pytest.MonkeyPatch, hub: FakeHub | None, *arguments: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", ["publish.py", *map(str, arguments)])
    publish(runpy.run_path(str(SCRIPT))["parse_args"](), hub)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    write_jsonl(tmp_path / "c.jsonl", FREE)
    (tmp_path / "c.report.json").write_text(json.dumps(REPORT))
    return tmp_path / "c.jsonl"


def test_a_folder_that_the_hubs_loader_takes(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(tmp_path / "v.jsonl", FREE[:2])
    output = tmp_path / "set"
    run(monkeypatch, None, "--input", rows, "--validation", tmp_path / "v.jsonl", "--output", output, "--name", "Mine")
    assert "the hub's loader takes 7 of 7 rows" in capsys.readouterr().out
    assert list(read_records(output / "data" / "train.jsonl", Trajectory)) == FREE
    card = DatasetCard.load(output / "README.md")
    assert card.data.pretty_name == "Mine" and card.data.license == "mit"
    assert "| train | 5 |" in card.text and "| validation | 2 |" in card.text
    assert "python scripts/curate.py --input 'output/in put.jsonl=1'" in card.text  # from the report beside the input
    first = (output / "README.md").read_bytes()
    run(monkeypatch, None, "--input", rows, "--validation", tmp_path / "v.jsonl", "--output", output, "--name", "Mine")
    assert (output / "README.md").read_bytes() == first
    run(monkeypatch, None, "--input", rows, "--output", output)
    assert not (output / "data" / "validation.jsonl").exists()  # of the earlier run


def test_reports_of_one_name_are_all_told(rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.commands.publish._check_loading", lambda *_: True)
    (tmp_path / "other").mkdir()
    write_jsonl(tmp_path / "other" / "c.jsonl", FREE[:1])
    (tmp_path / "other" / "c.report.json").write_text(json.dumps({**REPORT, "read": 99, "kept": 1}))
    run(monkeypatch, None, "--input", rows, tmp_path / "other" / "c.jsonl", "--output", tmp_path / "set")
    card = (tmp_path / "set" / "README.md").read_text(encoding="utf-8")
    assert "`c.report.json`: read 13, kept 7" in card and "`c.report.json (2)`: read 99, kept 1" in card
    assert str(tmp_path) not in card


def test_a_licence_that_is_stated_leaves_proofs_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.commands.publish._check_loading", lambda *_: True)
    plain = solution("a", "What is 1 + 1?", "2", "2", licence=None)
    found = proof_of(plain, {"status": "valid"}, Circumstances({"python": "3.12"}, {}))
    proved = replace(plain, meta={**plain.meta, "validation": found})
    altered = replace(proved, id="b", conclusion="It is \\boxed{3}.")
    write_jsonl(tmp_path / "c.jsonl", [proved, altered, replace(plain, id="c")])
    output = tmp_path / "set"
    run(monkeypatch, None, "--input", tmp_path / "c.jsonl", "--output", output, "--licence", "Apache-2.0")
    rows = list(read_records(output / "data" / "train.jsonl", Trajectory))
    assert [row.problem.licence for row in rows] == ["Apache-2.0"] * 3
    assert list(map(standing, rows)) == ["proved", "altered", "unproved"]
    assert "Of 1 rows all programs were run again" in (output / "README.md").read_text(encoding="utf-8")


def test_rows_that_are_no_table_are_said_to_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(tmp_path / "c.jsonl", [solution("a", "?", "1", "1", note=1), solution("b", "?", "1", "1", note=["x"])])
    run(monkeypatch, None, "--input", tmp_path / "c.jsonl", "--output", tmp_path / "set")
    assert "does not take these rows as a table" in capsys.readouterr().err
    assert DatasetCard.load(tmp_path / "set" / "README.md").data.to_dict()["viewer"] is False


def test_only_what_was_made_is_pushed(rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = FakeHub()
    run(monkeypatch, hub, "--input", rows, "--output", tmp_path / "set", "--push", "me/set", "--private")
    assert hub.made == {"repo_id": "me/set", "repo_type": "dataset", "private": True, "exist_ok": True}
    assert hub.uploaded["folder_path"] == tmp_path / "set" and hub.uploaded["repo_id"] == "me/set"
    assert hub.uploaded["allow_patterns"] == ["README.md", "data/train.jsonl"]


@pytest.mark.parametrize(
    ("licence", "options", "pushed"),
    [
        ("MIT", [], True),
        ("CC-BY-SA-4.0", [], True),  # on the same terms, which the rows and the card name
        ("CC-BY-NC-4.0", [], True),
        ("CC-BY-NC-ND-4.0", [], False),  # a solution is a derivative
        ("LicenseRef-NVIDIA", [], False),
        ("LicenseRef-NVIDIA", ["--redistribute", "MIT,LicenseRef-NVIDIA"], True),
        ("Strange-1.0", [], False),
        (None, [], False),
        (None, ["--licence", "Apache-2.0"], True),
        ("LicenseRef-NVIDIA", ["--licence", "Apache-2.0"], False),  # which is for rows that state none
    ],
)
def test_rows_go_only_where_their_licence_lets_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, licence: str | None, options: list[str], pushed: bool
) -> None:
    monkeypatch.setattr("math_solver.commands.publish._check_loading", lambda *_: True)
    write_jsonl(tmp_path / "c.jsonl", [*FREE, solution("x", "?", "1", "1", licence=licence)])
    hub = FakeHub()
    arguments = ["--input", tmp_path / "c.jsonl", "--output", tmp_path / "set", "--push", "me/set", *options]
    if pushed:
        run(monkeypatch, hub, *arguments)
    else:
        with pytest.raises(RecordError, match="not pushed: 1 rows"):
            run(monkeypatch, hub, *arguments)
    assert bool(hub.uploaded) == bool(hub.made) == pushed


@pytest.mark.parametrize(
    ("hub", "says"),
    [
        (FakeHub(public=True), "me/set is there already and not private"),
        (FakeHub(fails=OSError("no route to host\nsecond line")), "not pushed to me/set: no route to host"),
        (FakeHub(fails=ValueError("Repo id must be ...")), "not pushed to me/set: Repo id"),
    ],
)
def test_a_hub_that_refuses_is_one_line(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: FakeHub, says: str
) -> None:
    monkeypatch.setattr("math_solver.commands.publish._check_loading", lambda *_: True)
    with pytest.raises(RecordError, match=says) as refusal:
        run(monkeypatch, hub, "--input", rows, "--output", tmp_path / "set", "--push", "me/set", "--private")
    assert "\n" not in str(refusal.value) and not hub.uploaded


@pytest.mark.parametrize(
    "report",
    [
        {"dropped": ["x"]},
        {"dropped": [{"filter": "a", "reason": "b"}]},
        {"dropped": [{"filter": "decontamination", "reason": "b", "rows": "x"}], "benchmarks": REPORT["benchmarks"]},
        {"benchmarks": {}},
        {"benchmarks": {"items": "x", "by_benchmark": {}}},
        {"benchmarks": {"items": 3, "by_benchmark": []}},
        {**REPORT, "not_judged_for_rewording": ["x"]},
        {"by_reason": {"x": None}, "read": True, "kept": "y", "by_part": 3, "benchmarks": {"items": None}},
    ],
)
def test_a_report_of_other_figures_is_refused_before_a_row_is_written(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: dict[str, Any]
) -> None:
    (tmp_path / "r.json").write_text(json.dumps(report))
    with pytest.raises(RecordError, match=r"r.json: is no report of a step \(.*\); name the JSON file") as refusal:
        run(monkeypatch, None, "--input", rows, "--output", tmp_path / "set", "--report", tmp_path / "r.json")
    assert "\n" not in str(refusal.value) and not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--input", "{tmp}/none.jsonl"], "none.jsonl: no such file"),
        (["--input", "{tmp}/empty.jsonl"], "--input: holds no row"),
        (["--input", "{tmp}/torn.jsonl"], "torn.jsonl:2: not JSON"),
        (["--input", "{tmp}/own/data/train.jsonl", "--output", "{tmp}/own"], "is an input and would be replaced"),
        (["--output", "{tmp}/taken"], "taken: holds notes.txt"),
        (["--output", "{tmp}/c.jsonl"], "is no folder"),
        (["--report", "{tmp}/torn.jsonl"], "torn.jsonl: cannot be read"),
        (["--report", "{tmp}/none.json"], "none.json: no such file"),
        (["--about", "{tmp}/none.md"], "none.md: cannot be read"),
        (["--about", "{tmp}/own/README.md", "--output", "{tmp}/own"], "README.md: is an input and would be replaced"),
        (["--commands", "{tmp}/link.md", "--output", "{tmp}/own"], "link.md: is an input and would be replaced"),
        (["--private"], "--private is of --push"),
    ],
)
def test_bad_input_writes_nothing(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "torn.jsonl").write_text(rows.read_text(encoding="utf-8").splitlines()[0] + "\n{broken\n")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").touch()
    (tmp_path / "own" / "data").mkdir(parents=True)
    (tmp_path / "own" / "README.md").write_text("By hand, for weeks.")
    (tmp_path / "link.md").symlink_to(tmp_path / "own" / "README.md")
    write_jsonl(tmp_path / "own" / "data" / "train.jsonl", FREE)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    given = [argument.format(tmp=tmp_path) for argument in arguments]
    defaults = [("--input", str(rows)), ("--output", str(tmp_path / "set"))]
    for option, value in defaults:
        given += [] if option in given else [option, value]
    with pytest.raises(RecordError, match=says):
        run(monkeypatch, FakeHub(), *given)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


class HubServer(BaseHTTPRequestHandler):
    """As much of the hub's protocol as an upload of small files needs; ``files`` gets what is committed."""

    files: dict[str, bytes] = {}
    tokens: set[str | None] = set()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.tokens.add(self.headers["Authorization"])
        if self.path == "/api/repos/create":
            return self._answer({"url": self._address, "id": "me/set"})
        if self.path == "/api/validate-yaml":
            return self._answer({"errors": [], "warnings": []})
        if "/preupload/" in self.path:
            names = [file["path"] for file in json.loads(body)["files"]]
            return self._answer(
                {"files": [{"path": name, "uploadMode": "regular", "shouldIgnore": False} for name in names]}
            )
        for line in map(json.loads, body.splitlines()):
            if line["key"] == "file":
                self.files[line["value"]["path"]] = base64.b64decode(line["value"]["content"])
        self._answer({"commitUrl": f"{self._address}/commit/1", "commitOid": "1", "success": True})

    def do_GET(self) -> None:
        self._answer({"id": "me/set", "private": True, "sha": "0", "siblings": [], "tags": []})

    @property
    def _address(self) -> str:
        return f"http://{self.headers['Host']}/datasets/me/set"

    def _answer(self, answer: Any) -> None:
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), HubServer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def pushed(rows: Path, output: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(SCRIPT),
        "--input",
        str(rows),
        "--output",
        str(output),
        "--push",
        "me/set",
        "--private",
    ]
    others = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
    return subprocess.run(command, cwd=ROOT, env={**others, **environment, "HF_HOME": str(output.parent / "home")},
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip


def test_a_push_through_the_real_client(rows: Path, tmp_path: Path, endpoint: str) -> None:
    result = pushed(rows, tmp_path / "set", HF_ENDPOINT=endpoint, HF_TOKEN="hf_secret")
    assert result.returncode == 0, result.stderr
    assert f"pushed: {endpoint}/datasets/me/set/commit/1" in result.stdout
    made = {path: (tmp_path / "set" / path).read_bytes() for path in ("README.md", "data/train.jsonl")}
    assert HubServer.files == made and HubServer.tokens == {"Bearer hf_secret"}
    assert "hf_secret" not in result.stdout + result.stderr
    left = [path for path in (tmp_path / "set").rglob("*") if path.is_file()]
    assert {str(path.relative_to(tmp_path / "set")) for path in left} == made.keys()  # so the same command goes again


def test_without_a_token_nothing_is_made(rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    with pytest.raises(RecordError, match="^--push needs a token of the hub; set HF_TOKEN, or run `hf auth login`$"):
        run(monkeypatch, None, "--input", rows, "--output", tmp_path / "set", "--push", "me/set")
    assert not (tmp_path / "set").exists()


def test_what_the_client_raises_is_caught() -> None:
    """``push`` names OSError and ValueError; the client's own errors have to be of them."""
    assert issubclass(HfHubHTTPError, OSError)
