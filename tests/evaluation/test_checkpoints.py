"""Checkpoints of a run: which there are, their losses and answers, the best of them, what is asked again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation.checkpoints import (
    Checkpoint,
    Judged,
    Losses,
    best,
    draw,
    find_checkpoints,
    read_losses,
    solve_once,
    solved_before,
    table,
)
from math_solver.evaluation.session import Options
from math_solver.records import Problem, RecordError

from ..fake_endpoint import completion, question, serving

PROBLEMS = [Problem(f"sum:{n}", "sum", f"What is {n} + 1?", str(n + 1)) for n in range(4)]
PLAIN = Options(tool=False)


def save(folder: Path, weights: bytes, step: int | None = None, log: list[dict[str, Any]] | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_model.safetensors").write_bytes(weights)
    if step is not None:
        state = {"global_step": step, "log_history": log or []}
        (folder / "trainer_state.json").write_text(json.dumps(state), encoding="utf-8")


def test_checkpoints_come_by_step_and_the_last_adapter_once(tmp_path: Path) -> None:
    for step in (100, 20, 3):
        save(tmp_path / f"checkpoint-{step}", b"%d" % step, step)
    (tmp_path / "checkpoint-7").mkdir()  # a save that was cut off
    save(tmp_path / "checkpoint-best", b"copied by hand")
    save(tmp_path, b"100", 100)
    assert [one.step for one in find_checkpoints(tmp_path)] == [3, 20, 100]
    save(tmp_path, b"120", 120)  # the run went on without saving another
    assert [(one.step, one.folder.name) for one in find_checkpoints(tmp_path)][-1] == (120, tmp_path.name)


def test_the_best_one_loaded_at_the_end_is_not_taken_for_the_last_step(tmp_path: Path) -> None:
    save(tmp_path / "checkpoint-10", b"ten", 10)
    save(tmp_path / "checkpoint-20", b"twenty", 20)
    save(tmp_path, b"ten", 20)  # load_best_model_at_end
    assert [one.step for one in find_checkpoints(tmp_path)] == [10, 20]


def test_a_folder_without_adapters_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="holds no adapter; .*save_strategy: steps"):
        find_checkpoints(tmp_path)
    with pytest.raises(RecordError, match="holds no adapter"):
        find_checkpoints(tmp_path / "nowhere")


@pytest.mark.parametrize("state", ["{", "[]", "{}", None])
def test_a_last_adapter_without_a_step_is_one_line(tmp_path: Path, state: str | None) -> None:
    save(tmp_path, b"x")
    if state is not None:
        (tmp_path / "trainer_state.json").write_text(state, encoding="utf-8")
    with pytest.raises(RecordError, match=r"trainer_state\.json"):
        find_checkpoints(tmp_path)


LOG = [
    {"step": 10, "loss": 2.0},
    {"step": 10, "eval_loss": 1.5, "eval_runtime": 1},
    {"step": 20, "loss": 1.0},
    {"step": 20, "train_runtime": 3.0},
    {"epoch": 1.0},  # some callbacks log without a step
]


def test_losses_are_those_of_the_end_or_of_the_last_checkpoint(tmp_path: Path) -> None:
    assert read_losses(tmp_path) == Losses()
    save(tmp_path / "checkpoint-9", b"x", 9, [{"step": 9, "loss": 9.0}])
    save(tmp_path / "checkpoint-20", b"x", 20, LOG)
    losses = Losses(((10, 2.0), (20, 1.0)), ((10, 1.5),))
    assert read_losses(tmp_path) == losses
    save(tmp_path, b"x", 30, [*LOG, {"step": 30, "loss": 0.5}])
    assert read_losses(tmp_path).training[-1] == (30, 0.5)
    assert losses.at(9) == (None, None) and losses.at(10) == (2.0, 1.5) and losses.at(25) == (1.0, 1.5)


def judged(step: int, right: list[bool], folder: Path = Path("x")) -> Judged:
    accuracy = {"value": sum(right) / len(right), "low": 0.0, "high": 1.0, "n": len(right)}
    by_problem = {str(at): {"score": float(one), "first": one} for at, one in enumerate(right)}
    return Judged(
        Checkpoint(step, folder, "d"),
        {"name": f"step {step}", "accuracy": accuracy, "by_problem": by_problem},
        1.0 / step,
        None,
    )


def test_the_best_has_the_most_right_answers_and_is_the_earliest_of_several() -> None:
    runs = [judged(10, [True, False]), judged(20, [True, True]), judged(30, [True, True])]
    assert best(runs).checkpoint.step == 20
    assert best(runs[::-1]).checkpoint.step == 20
    lines = table(runs)
    assert len(lines) == 4 and "the best" in lines[2] and lines[3].endswith("1.00") and "0.1000" in lines[1]


def test_the_picture_is_a_png_whatever_was_logged(tmp_path: Path) -> None:
    runs = [judged(10, [True, False]), judged(20, [True, True])]
    for number, losses in enumerate((Losses(), Losses(((5, 2.0), (10, 1.0)), ((10, 3.0),)))):
        path = tmp_path / "new folder" / f"{number}.png"
        draw(runs, losses, path)
        assert path.read_bytes().startswith(b"\x89PNG")


def right(body: dict[str, Any]) -> dict[str, Any]:
    return completion(f"It is \\boxed{{{int(question(body).split()[2]) + 1}}}.")


def test_what_was_solved_is_not_asked_again_unless_something_else_is_asked(tmp_path: Path) -> None:
    output, about = tmp_path / "a.jsonl", {"weights": "abc"}
    assert solved_before(PROBLEMS, PLAIN, output, about) is None
    with serving(right) as server:
        attempts = solve_once(server.url, "m", PROBLEMS, PLAIN, output, about)
    assert [attempt.verdict.correct for attempt in attempts] == [True] * 4
    assert solved_before(PROBLEMS, PLAIN, output, about) == attempts
    assert solved_before(PROBLEMS, Options(tool=False, workers=3), output, about) == attempts
    for other in (
        solved_before(PROBLEMS, PLAIN, output, {"weights": "abd"}),
        solved_before(PROBLEMS[:3], PLAIN, output, about),
        solved_before(PROBLEMS, Options(), output, about),
        solved_before(PROBLEMS, Options(tool=False, max_tokens=9), output, about),
    ):
        assert other is None


def test_answers_of_other_weights_are_not_gone_on_with(tmp_path: Path) -> None:
    """A run that lost requests leaves its journal, which is that of its weights alone."""
    output = tmp_path / "a.jsonl"
    ailing = {"What is 1 + 1?": 500}
    with serving(lambda body: ailing.get(question(body)) or right(body)) as server:
        solve_once(server.url, "m", PROBLEMS, PLAIN, output, {"weights": "abc"}, retries=0)
        with pytest.raises(RecordError, match=r"a\.jsonl\.journal: left by a run with other inputs"):
            solve_once(server.url, "m", PROBLEMS, PLAIN, output, {"weights": "abd"}, retries=0)
        ailing.clear()
        attempts = solve_once(server.url, "m", PROBLEMS, PLAIN, output, {"weights": "abc"}, retries=0)
    assert [attempt.verdict.correct for attempt in attempts] == [True] * 4


def test_a_run_that_lost_requests_is_not_finished(tmp_path: Path) -> None:
    output, about = tmp_path / "a.jsonl", {"weights": "abc"}
    ailing = {"What is 1 + 1?": 500}
    with serving(lambda body: ailing.get(question(body)) or right(body)) as server:
        solve_once(server.url, "m", PROBLEMS, PLAIN, output, about, retries=0)
        assert solved_before(PROBLEMS, PLAIN, output, about) is None
        ailing.clear()
        server.asked.clear()
        solve_once(server.url, "m", PROBLEMS, PLAIN, output, about, retries=0)
        assert server.asked == {"What is 1 + 1?": 1}
    assert solved_before(PROBLEMS, PLAIN, output, about) is not None
