"""Problems with pictures: found, rendered, registered, and read by LLaMA-Factory's own converter."""

from __future__ import annotations

import argparse
import base64
import copy
import json
import runpy
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.build import Shuffled, build_dataset
from math_solver.dataset.images import Pictures
from math_solver.dataset.judged import Shelf
from math_solver.dataset.preflight import Preflight, unlike_images
from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import IMAGE, Rendering, build, reason_to_drop, render, render_conversation
from math_solver.records import Problem, RecordError, Trajectory, read_jsonl, write_jsonl
from math_solver.spool import Spool

from ..test_records import TRAJECTORY
from .conftest import Reading

ROOT = Path(__file__).parents[2]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
URI = "data:image/png;base64," + base64.b64encode(PNG).decode()


def pictured(*images: str, question: str | None = None, **more: Any) -> Trajectory:
    problem = replace(TRAJECTORY.problem, images=images, question=question or TRAJECTORY.problem.question, **more)
    return replace(TRAJECTORY, problem=problem)


def marks(record: dict[str, Any]) -> list[int]:
    return [message["value"].count(IMAGE) for message in record["conversations"]]


def test_a_problem_carries_its_pictures(tmp_path: Path) -> None:
    row = json.loads(json.dumps({"id": "a", "source": "s", "question": "q", "images": ["a.png", URI]}))
    assert Problem.from_dict(row).images == ("a.png", URI)
    assert Problem.from_dict({**row, "images": None}).images == Problem.from_dict({**row, "images": []}).images == ()
    write_jsonl(tmp_path / "p.jsonl", [Problem.from_dict(row), Problem("b", "s", "q")])
    assert [one.get("images") for _, one in read_jsonl(tmp_path / "p.jsonl")] == [["a.png", URI], None]
    for wrong in ("a.png", [1], [""], {"path": "a.png"}, [["a.png"]]):
        with pytest.raises(TypeError, match="images is"):
            Problem.from_dict({**row, "images": wrong})


@pytest.mark.parametrize(
    ("trajectory", "first"),
    [
        (pictured("a.png"), f"{IMAGE}{TRAJECTORY.problem.question}"),
        (pictured("a.png", "b.png"), f"{IMAGE}{IMAGE}{TRAJECTORY.problem.question}"),
        # where the question says itself where they belong, that stays
        (pictured("a.png", "b.png", question=f"Is {IMAGE} in {IMAGE}?"), f"Is {IMAGE} in {IMAGE}?"),
    ],
)
def test_a_row_has_a_mark_for_each_picture(trajectory: Trajectory, first: str) -> None:
    record = render(trajectory)
    assert record["images"] == list(trajectory.problem.images) and record["conversations"][0]["value"] == first
    assert unlike_images(record, Path()) != f"0 {IMAGE} in its text, and 0 images"


def test_a_conversation_has_the_pictures_of_all_its_questions() -> None:
    second = pictured("b.png", "c.png", id="second", follows=TRAJECTORY.problem.id)
    record = render_conversation([pictured("a.png"), TRAJECTORY, second])
    assert record["images"] == ["a.png", "b.png", "c.png"]
    assert [number for number in marks(record) if number] == [1, 2]


def test_rows_without_pictures_are_what_they_were() -> None:
    assert "images" not in render(TRAJECTORY)
    with Spool() as rows:
        rows.append(render(TRAJECTORY))
        assert list(Shuffled(rows, 0, None)) == [render(TRAJECTORY)]


@pytest.mark.parametrize(
    ("trajectory", "reason"),
    [
        (pictured("a.png", "b.png", question=f"What is {IMAGE}?"), "images_unlike_marks"),
        (pictured("a.png", question=f"Is {IMAGE} in {IMAGE}?"), "images_unlike_marks"),
        # LLaMA-Factory would end the run for want of a picture
        (pictured(question=f"What is {IMAGE}?"), "images_unlike_marks"),
        (replace(TRAJECTORY, conclusion=f"It is {IMAGE} \\boxed{{2}}."), "markup_in_text"),
        (replace(TRAJECTORY, conclusion="It is <video> \\boxed{2}."), "markup_in_text"),
        (pictured("a.png"), None),
    ],
)
def test_marks_that_would_end_a_run_are_left_out(trajectory: Trajectory, reason: str | None) -> None:
    assert reason_to_drop(trajectory, images=True) == reason
    records, dropped = build([trajectory])
    assert (len(records), dict(dropped)) == ((0, {reason: 1}) if reason else (1, {}))


def test_text_only_leaves_them_out_and_so_does_what_has_no_place_for_them() -> None:
    records, dropped = build([pictured("a.png"), TRAJECTORY], Rendering(text_only=True))
    assert len(records) == 1 and dropped == {"images": 1}
    with Shelf() as shelf:
        shelf.take([pictured("a.png"), TRAJECTORY])
        assert len(shelf) == 1 and shelf.dropped == {"images": 1}


@pytest.mark.parametrize(
    "image",
    [
        "gone.png", "", "text.png", "../outside/text.png", "a\x00.png", ".", "data:image/png;base64,!!!!",
        "data:image/png;base64,", "data:text/html;base64,PGI+", "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/../../x;base64,AAAA", "data:image/jpeg;base64," + base64.b64encode(PNG).decode(),
        "https://example.com/a.png", "/etc/hostname",
    ],
)  # fmt: skip
def test_what_is_no_picture_is_left_out_and_counted(image: str, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    pictures = Pictures(tmp_path, tmp_path / "out")
    assert list(pictures.place([pictured(image), TRAJECTORY], tmp_path)) == [TRAJECTORY]
    assert pictures.dropped == {"image_missing": 1}
    assert not (tmp_path / "out").exists()


def converted(row: dict[str, Any], info: Path) -> dict[str, Any]:
    """A row as LLaMA-Factory's own converter reads it, by the entry that was registered."""
    from llamafactory.data.converter import get_dataset_converter
    from llamafactory.data.parser import get_dataset_list
    from llamafactory.hparams import DataArguments

    (attributes,) = get_dataset_list(["x"], str(info.parent))
    read = get_dataset_converter("sharegpt", attributes, DataArguments(dataset_dir=str(info.parent)))
    return dict(read(copy.deepcopy(row)))


def command(monkeypatch: pytest.MonkeyPatch, *arguments: Any) -> argparse.Namespace:
    monkeypatch.setattr(sys, "argv", ["build_dataset.py", *map(str, arguments)])
    parsed: argparse.Namespace = runpy.run_path(str(ROOT / "scripts" / "build_dataset.py"))["parse_args"]()
    return parsed


def test_llamafactory_finds_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path beside the input, a data URI, a missing one and a row without: read by its converter and its plugin."""
    from llamafactory.data.mm_plugin import get_mm_plugin

    source, info = tmp_path / "in" / "t.jsonl", tmp_path / "set" / "dataset_info.json"
    source.parent.mkdir()
    (source.parent / "a.png").write_bytes(PNG)
    plain = replace(TRAJECTORY, id="plain", problem=replace(TRAJECTORY.problem, id="plain"))
    write_jsonl(
        source, [plain, pictured("a.png", id="p"), pictured(URI, "a.png", id="q"), pictured("gone.png", id="r")]
    )
    build_dataset(command(monkeypatch, "--input", source, "--name", "x", "--dataset-info", info))
    assert "kept 3, dropped 1 (1 image_missing)" in capsys.readouterr().out
    assert json.loads(info.read_text())["x"]["columns"]["images"] == "images"
    rows = [row for _, row in read_jsonl(info.parent / "data" / "x.jsonl")]
    assert rows[0]["images"] and sorted(len(row["images"]) for row in rows) == [0, 1, 2]
    plugin = get_mm_plugin("qwen2_vl", image_token="<|image_pad|>", video_token="<|video_pad|>")
    for row in rows:
        read = converted(row, info)
        paths = read["_images"] or []
        assert [Path(path).read_bytes() for path in paths] == [PNG] * len(row["images"])
        plugin._validate_messages(read["_prompt"] + read["_response"], paths, [], [])  # raises where they differ
        with pytest.raises(ValueError, match="does not match"):
            plugin._validate_messages(read["_prompt"] + read["_response"], [*paths, "more.png"], [], [])


def test_text_only_writes_rows_that_any_model_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, info = tmp_path / "t.jsonl", tmp_path / "dataset_info.json"
    write_jsonl(source, [TRAJECTORY, pictured("gone.png", id="p")])
    build_dataset(command(monkeypatch, "--input", source, "--name", "x", "--dataset-info", info, "--text-only"))
    assert "kept 1, dropped 1 (1 images)" in capsys.readouterr().out
    assert "images" not in json.loads(info.read_text())["x"]["columns"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"images": ["a.png", "a.png"]}, "1 <image> in its text, and 2 images"),
        ({"images": []}, "1 <image> in its text, and 0 images"),
        ({"images": ["gone.png"]}, "the picture gone.png is no file in"),
        # a text model takes none
        ({}, "does not support image input"),
    ],
)
def test_preflight_names_rows_that_would_end_a_run(
    changes: dict[str, Any], complaint: str, tmp_path: Path, reading: Reading
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    preflight = copy.copy(reading(template="qwen"))
    assert isinstance(preflight, Preflight)
    preflight.media_dir = tmp_path
    with pytest.raises(RecordError, match=complaint):
        preflight.encode({**render(pictured("a.png")), **changes})


def test_a_registration_forgets_pictures_that_are_gone(tmp_path: Path) -> None:
    info = tmp_path / "dataset_info.json"
    for images in (True, False):
        register(info, "x", "x.jsonl", images=images)
        assert ("images" in json.loads(info.read_text())["x"]["columns"]) == images
