"""Thresholds were chosen on the items of even number; what is asserted here is measured on the odd ones."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.curation.decontamination import Decontaminator, answer_value, blind_spot
from math_solver.records import Problem

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not on this machine")


def problems(*pairs: tuple[str, str | None], source: str = "bench") -> list[Problem]:
    return [Problem(f"{source}:{number}", source, question, answer) for number, (question, answer) in enumerate(pairs)]


DUCKS = (
    "Janet's ducks lay 16 eggs per day. She eats three for breakfast every morning and bakes muffins for her friends "
    "every day with four. She sells the remainder for $2 per fresh duck egg. How much does she make every day?"
)
TRAIN = (
    "A train leaves a station at 9 in the morning and travels 360 miles in 3 hours. At the same rate, how many "
    "additional hours does the train need for another 240 miles?"
)
SHORT = "What is the value of $513^2 - 487^2$?"
TINY = "Simplify $\\sqrt{242}$."
WORDY = "Prove that the square root of every prime number is irrational, and say where primality is used in the proof."
ROPE = "A rope of 1450 cm is cut into pieces of 29 cm. After 17 pieces were sold, how many pieces are left?"


@pytest.fixture(scope="module")
def bench() -> Decontaminator:
    filler = [
        (f"A shop sold {n} boxes of {n + 7} pens at {n * 3} cents. What was paid?", str(n)) for n in range(2, 80)
    ]
    items = [(DUCKS, "18"), (TRAIN, "2"), (SHORT, "26000"), (TINY, "11\\sqrt{2}"), (WORDY, None), (ROPE, "33")]
    return Decontaminator(problems(*items, *filler))


@pytest.mark.parametrize(
    ("question", "answer", "detector"),
    [
        (DUCKS, "18", "same_text"),  # verbatim
        (DUCKS.upper().replace(".", " !"), None, "same_text"),  # case and punctuation
        (DUCKS.replace("16", "2,000").replace("four", "77"), "5", "masked_text"),  # other numbers, one was a word
        (f"Read this first. {DUCKS} Explain your steps to a child.", None, "masked_text"),  # inside a longer text
        (TRAIN.replace("train", "plane").replace("360", "1200"), "7", "masked_text"),
        ("Janet has ducks that produce 16 eggs each day; 3 go to breakfast, 4 into muffins for friends. The others "
         "bring 2 dollars an egg. What is her daily income?", "18", "signature"),  # reworded
        ("珍妮特的鸭子每天下 16 个蛋，她早餐吃 3 个，用 4 个做松饼，其余的每个卖 2 美元。她每天挣多少钱？", "18",
         "translation"),
        ("珍妮特的鸭子每天下十六个蛋，她早餐吃三个，用四个做松饼，其余的每个卖两美元。她每天挣多少钱？", "18.0",
         "translation"),
        ("Ein Seil von 1450 cm wird in Stücke zu 29 cm zerschnitten, 17 werden verkauft. Was bleibt?", "33",
         "translation"),
        (SHORT, "26000", "same_text"),
        (f"Please answer: {SHORT} Use Python.", None, "same_text"),  # a short item inside a longer text
        (TINY.replace("Simplify ", "simplify: "), None, "same_text"),
        (WORDY.replace("prime number", "prime"), None, "masked_text"),  # no numbers at all
    ],
)  # fmt: skip
def test_found(bench: Decontaminator, question: str, answer: str | None, detector: str) -> None:
    match = bench.match(question, answer)
    assert match is not None and match.detector == detector, match
    assert match.evidence and 0 < match.score <= 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Tom has 3 apples and buys 4 more. How many apples does he have?", "7"),
        ("What is the value of $12^3 + 5$?", "1733"),  # the frame of a short item with another content
        ("Simplify $\\sqrt{50}$.", "5\\sqrt{2}"),  # the frame of the shortest
        ("Bob's hens lay 16 eggs per day.", "16"),
        ("3 4 16 2", "18"),  # numbers and answer of an item, no words
        ("小明有16元，用3元买笔，4元买本子，2元买糖，又得到5元，他还剩多少元？", "12"),  # other numbers, other answer
        ("", None),
        ("?!", ""),
    ],
)
def test_not_found(bench: Decontaminator, question: str, answer: str | None) -> None:
    assert bench.match(question, answer) is None


def test_a_reworded_item_with_a_wrong_answer_needs_more_of_its_words(bench: Decontaminator) -> None:
    near = ROPE.replace("is cut into pieces of", "was divided in pieces, each")
    match = bench.match(near.replace("After", "When"), "34")
    assert match is not None
    assert bench.match("Ann ran 1450 m, 29 times a year, for 17 years: how far did she get?", "34") is None


def test_what_cannot_be_judged_is_counted(bench: Decontaminator) -> None:
    coverage = bench.coverage()
    assert (coverage.items, coverage.by_benchmark) == (84, {"bench": 84})
    assert coverage.short == 2 and coverage.without_signature == 1 and coverage.verbatim_only == 0
    assert blind_spot("Is it true?", "yes") == "no_numbers"
    assert blind_spot("Is 7 prime?", None) == blind_spot("Is 7 prime?", " ") == "no_answer"
    assert blind_spot("Is 7 prime?", "yes") is None


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_benchmark_of_a_few_items(number: int) -> None:
    index = Decontaminator(problems(*[(DUCKS, "18"), (TRAIN, "2")][:number]))
    assert index.match("Tom has 3 apples and buys 4 more. How many apples does he have?", "7") is None
    assert (index.match(DUCKS.replace("16", "20"), "26") is not None) == (number > 0)


@pytest.mark.parametrize(
    ("one", "two"), [("0.5", "\\frac{1}{2}"), ("1,450", "1450"), ("$12", "12"), ("50\\%", "50 %"), ("x+1", "x + 1")]
)
def test_answers_by_value(one: str, two: str) -> None:
    assert answer_value(one) == answer_value(two) is not None


# Real items


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / path).read_text(encoding="utf-8").splitlines()]


def gsm8k_answer(row: dict[str, Any]) -> str:
    return str(row["answer"]).rpartition("####")[2].strip()


@cache
def reworded_items() -> list[dict[str, Any]]:
    return [row for row in rows("corpora/gsm8k_test_reworded_660.jsonl") if row["reworded"].strip()]


@cache
def gsm8k() -> Decontaminator:
    return Decontaminator(problems(*((row["original"], row["answer"]) for row in reworded_items()), source="gsm8k"))


def changed(text: str, chance: random.Random) -> str:
    return re.sub(r"\d[\d,]*(?:\.\d+)?", lambda _: str(chance.randint(2, 999)), text)


@needs_data
def test_rewordings_and_clean_rows() -> None:
    reworded = [row for row in reworded_items() if row["index"] % 2]
    found = [gsm8k().match(row["reworded"], row["answer"]) for row in reworded]
    right = [
        match for match, row in zip(found, reworded, strict=True) if match and match.item.question == row["original"]
    ]
    clean = rows("benchmarks/gsm8k_train.jsonl")[1::4]
    flagged = [row for row in clean if gsm8k().match(row["question"], gsm8k_answer(row))]
    assert len(right) >= 0.9 * len(reworded)
    assert len(flagged) <= 0.003 * len(clean)


@needs_data
def test_copies_with_other_numbers() -> None:
    chance = random.Random(5)
    copies = [(row["original"], changed(row["original"], chance)) for row in reworded_items()[1::6]]
    found = [gsm8k().match(copy, str(chance.randint(2, 9999))) for _, copy in copies]
    assert all(match and match.item.question == text for match, (text, _) in zip(found, copies, strict=True))


@needs_data
def test_genuine_pairs_of_train_and_test() -> None:
    for pair in json.loads((DATA / "corpora/gsm8k_train_test_near.json").read_text(encoding="utf-8")):
        index = Decontaminator([*gsm8k().items, *problems((pair["test"], pair["test_answer"]), source="test")])
        match = index.match(pair["train"], pair["train_answer"])
        assert match is not None and match.detector == "masked_text"


@needs_data
def test_renamed_variables() -> None:
    pairs = [row for row in rows("corpora/contamination_nemo.jsonl") if "question" in row]
    assert pairs
    items = problems(*((row["question"], str(row["expected_answer"])) for row in pairs), source="amc")
    index = Decontaminator([*gsm8k().items, *items])
    for row in pairs:
        match = index.match(row["problem"], str(row["expected_answer"]))
        assert match is not None and match.item.question == row["question"]


@needs_data
def test_documents_of_another_project() -> None:
    """AllenAI's fixtures: items at the start, in the middle and at the end of documents, with edits."""
    folder = DATA / "corpora/decon_fixtures"
    items = [(row["question"], None) for row in rows("corpora/decon_fixtures/reference/question_reference.jsonl")]
    index = Decontaminator(problems(*items))
    counts: Counter[str] = Counter()
    for path in sorted((folder / "training").glob("*.jsonl")):
        texts = [row["text"] for row in rows(str(path.relative_to(DATA)))]
        counts[path.stem] = sum(index.match(text) is not None for text in texts)
    for place in ("at_beginning", "at_end", "middle_position", "multiple_in_one", "punctuation_variation"):
        assert counts[f"contaminated_{place}"] == 1, place
    for edit in ("single_deletion", "single_edit", "single_insertion"):
        assert counts[f"contaminated_{edit}"] == 1, edit
    assert counts["clean"] == 0


@needs_data
def test_what_is_reworded_beyond_its_numbers_is_left_to_a_judge() -> None:
    rows = [json.loads(line) for line in (DATA / "corpora" / "gsm8k_test_reworded_660.jsonl").read_text().splitlines()]
    items = problems(*((row["original"], None) for row in rows), source="gsm8k")
    bench = Decontaminator(items)
    without = [re.sub(r"\d[\d,.]*", "", row["reworded"]) for row in rows]
    found = sum(item in bench.undecided(text, None) for item, text in zip(items[1::2], without[1::2], strict=True))
    assert found > 0.9 * len(rows) / 2
    other = [
        json.loads(line)["problem"] for line in (DATA / "benchmarks" / "math_test_500.jsonl").read_text().splitlines()
    ]
    assert sum(bool(bench.undecided(text, None)) for text in other) < 0.15 * len(other)
