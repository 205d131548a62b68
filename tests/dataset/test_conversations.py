"""Solutions joined into conversations, and what LLaMA-Factory trains on of them."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.dataset.conversations import Joining, join, prompt_of
from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import build, render, render_conversation
from math_solver.protocol import system_prompt
from math_solver.records import Trajectory, write_jsonl

from ..test_records import TRAJECTORY

ROOT = Path(__file__).parents[2]


def solved(number: int, question: str = "Calculate {}.") -> Trajectory:
    problem = replace(TRAJECTORY.problem, id=f"p{number}", question=question.format(number))
    return replace(TRAJECTORY, id=f"t{number}", problem=problem, conclusion=f"So \\boxed{{{number}}}.")


SOLVED = [solved(number) for number in range(20)] + [solved(number, "计算 {}。") for number in range(20, 40)]


@given(
    st.lists(st.integers(0, 2), max_size=40),
    st.floats(0, 1),
    st.integers(2, 6),
    st.integers(0, 3),
)
def test_each_is_in_one_conversation_of_one_prompt(items: list[int], share: float, most: int, seed: int) -> None:
    numbered = list(enumerate(items))
    groups = join(numbered, Joining(share, most, seed), lambda pair: str(pair[1]))
    assert sorted(item for group in groups for item in group) == numbered
    assert all(len({prompt for _, prompt in group}) == 1 and len(group) <= most for group in groups)
    if not share:
        assert all(len(group) == 1 for group in groups)


def test_a_share_is_joined_and_the_seed_says_which() -> None:
    records, dropped = build(SOLVED, joining=Joining(0.5, 3, 7))
    questions = [[turn["value"] for turn in row["conversations"] if turn["from"] == "human"] for row in records]
    sizes = Counter(map(len, questions))
    assert not dropped and sorted(sizes)[-1] <= 3
    assert (
        18 <= sum(size * times for size, times in sizes.items() if size > 1) <= 20
    )  # the last of a language is alone
    assert sorted(sum(questions, [])) == sorted(trajectory.problem.question for trajectory in SOLVED)
    assert records == build(SOLVED, joining=Joining(0.5, 3, 7))[0] != build(SOLVED, joining=Joining(0.5, 3, 8))[0]
    assert len({row["system"] for row in records}) == 2


def test_a_conversation_is_its_solutions_one_behind_the_other() -> None:
    first, second = render(SOLVED[0]), render(SOLVED[1])
    assert render_conversation(SOLVED[:2]) == first | {
        "conversations": first["conversations"] + second["conversations"]
    }
    assert prompt_of(SOLVED[0]) == first["system"]


def test_what_is_too_long_together_is_taken_apart() -> None:
    records, dropped = build(SOLVED, fits=lambda row: len(row["conversations"]) <= 4, joining=Joining(1.0))
    assert not dropped and len(records) == len(SOLVED)


def follows(number: int, followed: int) -> Trajectory:
    trajectory = solved(number, "And {} more than that?")
    return replace(trajectory, problem=replace(trajectory.problem, follows=f"p{followed}"))


CHAINS = [*SOLVED, *(follows(100 + number, number) for number in range(0, 20, 2)), follows(200, 100)]


def asked(records: list[dict[str, Any]]) -> list[list[str]]:
    return [[turn["value"] for turn in row["conversations"] if turn["from"] == "human"] for row in records]


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_follow_up_is_never_apart_from_what_it_follows(share: float) -> None:
    records, dropped = build(CHAINS, joining=Joining(share, 4, 3))
    rows = asked(records)
    assert not dropped and max(map(len, rows)) <= 4
    assert sorted(sum(rows, [])) == sorted(trajectory.problem.question for trajectory in CHAINS)
    for row in rows:
        for before, question in zip(["", *row], row, strict=False):
            if question.startswith("And "):
                number = int(question.split()[1])
                what = "And 100 more than that?" if number == 200 else f"Calculate {number - 100}."
                assert before == what
    if share == 0:
        assert sorted(map(len, rows)) == [1] * 30 + [2] * 9 + [3]


def test_a_chain_longer_than_a_conversation_is_one_alone() -> None:
    chain = [CHAINS[0], follows(100, 0), follows(200, 100)]
    assert build(chain[::-1])[0] == [render_conversation(chain)]  # in whatever order they come
    records, _ = build(CHAINS, joining=Joining(1.0, 2, 3))
    assert sorted(map(len, asked(records)))[-2:] == [2, 3]


@pytest.mark.parametrize(
    ("kept", "longest", "rows", "dropped"),
    [
        # the first was not solved, so that nothing stands for what follows it; nor for what follows that
        (CHAINS[1:], 9, 39, {"nothing_to_follow": 2}),
        # a follow-up twice, its first once
        ([CHAINS[0], *CHAINS[20:21], follows(100, 0), follows(101, 0)], 9, 2, {"nothing_to_follow": 1}),
        # too long together: the first questions stay
        ([CHAINS[0], follows(100, 0), follows(200, 100)], 2, 1, {"too_long": 1}),
        ([CHAINS[0], follows(100, 0), follows(200, 100)], 0, 0, {"too_long": 3}),
        ([replace(CHAINS[0], verdict=None), follows(100, 0)], 9, 0, {"not_verified": 1, "nothing_to_follow": 1}),
    ],
)
def test_what_cannot_stand_behind_its_first(
    kept: list[Trajectory], longest: int, rows: int, dropped: dict[str, int]
) -> None:
    records, left_out = build(kept, fits=lambda row: len(row["conversations"]) <= 4 * longest)
    assert (len(records), dict(left_out)) == (rows, dropped)
    assert not any(row[0].startswith("And ") for row in asked(records))


@pytest.mark.parametrize("wrong", [{"share": 1.1}, {"share": -0.1}, {"share": float("nan")}, {"most": 1}])
def test_what_cannot_be_joined(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give 0 to 1|at least 2"):
        Joining(**wrong)


@pytest.mark.parametrize("chain", [SOLVED[:3], [CHAINS[0], follows(100, 0), follows(200, 100)]])
def test_llama_factory_trains_on_every_answer(chain: list[Trajectory], tmp_path: Path) -> None:
    """Its own loader on the recipe of the demo: all that the model writes has a loss, and nothing else."""
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    write_jsonl(tmp_path / "data" / "three.jsonl", [render_conversation(chain)])
    register(tmp_path / "dataset_info.json", "three", "data/three.jsonl")
    asked = {"stage": "sft", "do_train": True, "model_name_or_path": str(ROOT / "examples" / "tiny_base")}
    asked |= {"template": "qwen", "dataset": "three", "dataset_dir": str(tmp_path), "cutoff_len": 1024}
    asked |= {"output_dir": str(tmp_path / "out"), "overwrite_cache": True, "report_to": "none"}
    model_args, data_args, training_args, _, _ = get_train_args(asked)
    with redirect_stdout(sys.stderr):
        modules = load_tokenizer(model_args)
        template = get_template_and_fix_tokenizer(modules["tokenizer"], data_args)
        module = get_dataset(template, model_args, data_args, training_args, stage="sft", **modules)
    (row,) = module["train_dataset"]
    trained = [token for token in row["labels"] if token >= 0]
    text = modules["tokenizer"].decode(trained)
    steps = [step for trajectory in chain for step in trajectory.steps]
    assert text.count("<tool_call>") == len(steps)
    assert [text.count(trajectory.conclusion) for trajectory in chain] == [1, 1, 1]
    assert (
        "more than that" not in text
        and "Calculate" not in text.replace(TRAJECTORY.steps[0].thought, "")
        and "<tool_response>" not in text
    )


@pytest.mark.parametrize(
    ("said", "lang"), [("zh", "zh"), ("en", "en"), (None, "en"), ("fr", "en"), (["zh"], "en"), ({}, "en"), (5, "en")]
)
def test_the_prompt_of_a_solution_in_whatever_language_its_row_names(said: Any, lang: str) -> None:
    assert prompt_of(replace(solved(1), meta={"solution_lang": said})) == system_prompt("?", lang)
