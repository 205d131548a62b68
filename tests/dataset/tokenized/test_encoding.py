"""Token ids and labels are those of LLaMA-Factory's own processors, but for the turns that carry no loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from math_solver.dataset.sharegpt import render, render_conversation
from math_solver.dataset.tokenized.encoding import IGNORED, Encoder
from math_solver.protocol import THINK
from math_solver.records import RecordError, Trajectory

from ...test_records import TRAJECTORY
from ..conftest import Reading
from ..judged import ADD, FAIL, MULTIPLY, REPAIR, solved

REPAIRED = solved("r", [MULTIPLY, FAIL, REPAIR], "7")


def thinking(trajectory: Trajectory) -> Trajectory:
    steps = tuple(replace(step, thought=THINK.render("Let me see.") + step.thought) for step in trajectory.steps)
    return replace(trajectory, steps=steps, conclusion=THINK.render("Done.") + trajectory.conclusion)


PARTLY = replace(REPAIRED, conclusion=THINK.render("Done.") + REPAIRED.conclusion)
SOLUTIONS = {
    "one call": (TRAJECTORY,),
    "a repair": (REPAIRED,),
    "thoughts": (thinking(REPAIRED),),
    "a thought in the last turn": (PARTLY,),
    "two questions": (TRAJECTORY, thinking(solved("a", [MULTIPLY, ADD], "7"))),
}
RECIPES: dict[str, dict[str, Any]] = {
    "qwen": {"template": "qwen"},
    "a system prompt of the recipe": {"template": "qwen", "default_system": "Be brief."},
    "qwen3, thinking": {"template": "qwen3"},
    "qwen3, thinking preserved": {"template": "qwen3", "preserve_thinking": True},
    "qwen3, not thinking": {"template": "qwen3", "enable_thinking": False},
    "qwen3_nothink": {"template": "qwen3_nothink"},
    "llama3": {"template": "llama3"},
    "no end written behind an answer": {"template": "bailing_v2"},
    "the base's own chat template": {},
    "another tool format": {"template": "chatml", "tool_format": "qwen"},
}


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("solutions", SOLUTIONS)
@pytest.mark.parametrize("form", ["native", "fenced"])
def test_where_all_turns_are_trained_the_tokens_are_its_own(
    recipe: str, solutions: str, form: Any, reading: Reading
) -> None:
    preflight = reading(**RECIPES[recipe])
    record = render_conversation(SOLUTIONS[solutions], form)
    own = preflight.encode(record)
    tokens = Encoder(preflight).encode(record, [True] * (len(record["conversations"]) // 2))
    assert (tokens.input_ids, tokens.labels) == (own["input_ids"], own["labels"])
    assert tokens.columns()["attention_mask"] == own["attention_mask"]


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("trained", [(False, False, True, True), (True, False, False, False), (False,) * 4])
def test_a_turn_without_loss_changes_labels_only(recipe: str, trained: Sequence[bool], reading: Reading) -> None:
    preflight = reading(**RECIPES[recipe])
    record = render(REPAIRED, "fenced")
    encoder = Encoder(preflight)
    full, masked = encoder.encode(record, [True] * 4), encoder.encode(record, trained)
    assert masked.input_ids == full.input_ids
    assert all(label in (IGNORED, own) for label, own in zip(masked.labels, full.labels, strict=True))
    text = preflight.tokenizer.decode([label for label in masked.labels if label != IGNORED])
    says = [turn["value"] for turn in record["conversations"][1::2]]
    assert [value in text for value in says] == list(trained)
    assert not any(turn["value"] in text for turn in record["conversations"][2::2])  # what programs print


@pytest.mark.parametrize("recipe", ["qwen", "qwen3, thinking", "llama3", "no end written behind an answer"])
def test_of_one_answer_a_pair_is_its_own_too(recipe: str, reading: Reading) -> None:
    """Where a solution is a single turn, LLaMA-Factory's pairs can say what ours say."""
    preflight = reading(**RECIPES[recipe])
    texts = [{"from": "gpt", "value": "It is \\boxed{7}."}, {"from": "gpt", "value": "Perhaps 8."}]
    question = {"conversations": [{"from": "human", "value": "6 + 1?"}], "system": "Solve.", "tools": ""}
    own = preflight.encode({**question, "chosen": texts[0], "rejected": texts[1]}, "dpo")
    encoder = Encoder(preflight)
    for side, text in zip(("chosen_", "rejected_"), texts, strict=True):
        record = {**question, "conversations": [*question["conversations"], text]}
        columns = encoder.encode(record, [True]).columns(side)
        assert columns == {name: own[name] for name in columns}


def test_a_record_that_a_template_cannot_write_is_named(reading: Reading) -> None:
    with pytest.raises(RecordError, match=r"the row of '1 \+ 1 .*Invalid JSON.*--form fenced"):
        Encoder(reading(template="llama2")).encode(render(TRAJECTORY), [True, True])
