"""What the embedded base reads: pages without loss, nothing of the tool protocol, and every character a token."""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
import torch
from jinja2.sandbox import ImmutableSandboxedEnvironment
from llamafactory.data.tool_utils import QwenToolUtils
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

from math_solver.protocol import SYSTEM_PROMPTS, TOOL
from math_solver.records import Problem, read_records
from math_solver.sources.families import EMBEDDED, FAMILIES, REFUSAL, Draft, Writing, asked_keys, generate, problem_key

ROOT = Path(__file__).parents[2]
BASE, DATA = ROOT / "examples/tiny_base", ROOT / "data"
SYSTEM = "<|im_start|>system\n"
MARKS = ("<|im_start|>", "<tool_call>", "<tool_response>", "<tools>", '"arguments"')


@pytest.fixture(scope="module")
def build_base() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_base", BASE / "build_base.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, spec.name, module)  # its dataclasses look there
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return list(
        generate(6, 5, names=[*(family.name for family in FAMILIES), REFUSAL.name], writing=Writing(noise=0.5))
    )


@pytest.fixture(scope="module")
def tokenizer(build_base: ModuleType, drafts: list[Draft], tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    """Of few texts and words, made as the whole one is."""
    texts = build_base.sample([[draft] for draft in drafts], random.Random(0))
    folder = tmp_path_factory.mktemp("base")
    tokenizer = build_base.train_tokenizer(texts, 2000, folder, random.Random(0), often=300)
    assert isinstance(tokenizer, Tokenizer)
    return tokenizer


@pytest.mark.parametrize("sizes", [{1: 1}, {3: 1}, {1: 10, 2: 5, 5: 2}])
def test_every_problem_stands_on_a_page_in_its_order(
    build_base: ModuleType, drafts: list[Draft], sizes: dict[int, int]
) -> None:
    chains = [[draft] for draft in drafts]
    pages = list(build_base.pages(chains, random.Random(0), sizes, build_base.Copying()))
    questions = {f"{draft.problem.question}\n" for draft in drafts}
    asked = [given for page in pages for given, _ in page if given in questions]
    assert asked == [f"{draft.problem.question}\n" for draft in drafts]
    most = max(Counter(sum(given in questions for given, _ in page) for page in pages))
    assert most == max(sizes)


def test_batches_hold_every_page_once(build_base: ModuleType) -> None:
    pages = [[(f"{number}\n", "x" * (number % 90))] for number in range(1500)]
    ordered = list(build_base.in_batches(pages, random.Random(0)))
    assert ordered != pages and sorted(ordered) == sorted(pages)
    first = [build_base.length(page) for page in ordered[: build_base.BATCH]]
    assert max(first) - min(first) < 20


def test_a_page_has_nothing_of_the_tool_protocol(build_base: ModuleType, drafts: list[Draft]) -> None:
    rows = map(
        build_base.row, build_base.pages([[draft] for draft in drafts], random.Random(0), {2: 1}, build_base.Copying())
    )
    text = "".join(json.dumps(row, ensure_ascii=False) for row in rows)
    assert not [mark for mark in MARKS if mark in text]


def test_a_page_of_the_later_rounds_is_a_conversation_as_the_template_writes_it(
    build_base: ModuleType, drafts: list[Draft]
) -> None:
    template = ImmutableSandboxedEnvironment().from_string((BASE / "chat_template.jinja").read_text(encoding="utf-8"))
    rng, lines = random.Random(0), build_base.prompt_lines()
    copying = build_base.ROUNDS[-1].copying
    pages, opened = list(build_base.pages([[draft] for draft in drafts], rng, {2: 1}, copying)), 0
    for page in pages:
        row = build_base.row(build_base.marked(page, lines, rng))
        text = "".join(itertools.chain(*row["history"], (row["given"], row["continuation"])))
        head = text.partition("<|im_end|>\n<|im_start|>user")[0]
        system = head.removeprefix(SYSTEM) if head.startswith(SYSTEM) else None
        opened += system is not None
        turns = [
            {"role": role, "content": said}
            for given, continuation in page
            for role, said in (("user", given.removesuffix("\n")), ("assistant", continuation))
        ]
        written = template.render(messages=[{"role": "system", "content": system or ""}, *turns]).removesuffix("\n")
        assert text == (written if system is not None else written.partition("<|im_end|>\n")[2])
        assert system is None or {*system.split("\n")} <= {*lines}
        assert "<tool_" not in text.removeprefix(head)
    assert 0.4 < opened / len(pages) < 0.6


def test_numbers_of_few_digits_are_as_long_as_others_and_repeat_their_groups(build_base: ModuleType) -> None:
    rng = random.Random(0)
    numbers = [build_base.number(rng, digits, few=1.0).removeprefix("-") for digits in [*range(1, 19)] * 20]
    assert [len(number) for number in numbers] == [*range(1, 19)] * 20
    assert max(len({*number}) for number in numbers) <= 3 and not [number for number in numbers if number[0] == "0"]
    grouped = [re.findall(r"\d{3}", number) for number in numbers if len(number) > 8]
    assert sum(len({*groups}) < len(groups) for groups in grouped) > len(grouped) / 3
    others = [build_base.number(rng, 12).removeprefix("-") for _ in range(200)]
    assert sum(len({*number}) > 3 for number in others) > 190


def test_equations_in_a_line_are_solved_by_the_list_below_them(build_base: ModuleType) -> None:
    """Each equation holds at the same place as its entry of the list is 0, read here by other means."""
    rng = random.Random(0)
    seen = Counter()
    for _ in range(300):
        asked, code = build_base.equations(rng)
        entries = code[1:-1].split(", ")
        letters = sorted({*re.findall("[a-z]", code)})
        place = {letter: rng.randint(-5, 5) for letter in letters}
        values = [eval(entry, {}, place) for entry in entries]
        line = asked.removesuffix("\n")
        found = re.findall(r"(-?[^=,;，\n]*?[a-z]) = (-?\d+)(?!\d)", line)
        sides = [
            (sum(_term(term, place) for term in re.findall(r"[-+]? ?\d*[a-z]", left)), int(right))
            for left, right in found
        ]
        assert [left - right for left, right in sides] == values, (asked, code)
        seen[re.sub(r"[^,;，\n]", "", line)[:1]] += 1
    assert {*seen} == {"", ",", ";", "，", "\n"}


def _term(term: str, place: dict[str, int]) -> int:
    sign, number, letter = re.fullmatch(r"([-+]?) ?(\d*)([a-z])", term).groups()  # type: ignore[union-attr]
    return (-1 if sign == "-" else 1) * int(number or 1) * place[letter]


def test_the_loss_falls_on_every_continuation(build_base: ModuleType) -> None:
    row = build_base.row([("1 + 1\n", "2"), ("2\n", "Two.")])
    assert row["history"] == [("1 + 1\n", "2<|im_end|>")]
    assert (row["given"], row["continuation"]) == ("2\n", "Two.<|im_end|>")


def test_held_out_problems_are_not_drawn_and_an_exhausted_family_is_worded_anew(build_base: ModuleType) -> None:
    numbers = range(-60, 61)
    free = {(59, 60), (-59, 60), (7, 11)}
    taken = {f"complex_modulus:{a},{b}" for a in numbers for b in numbers if (a, b) not in free}
    chains = build_base.drawn("complex_modulus", 4, 0, taken)
    keys = [asked_keys(chain[0].problem.id)[0] for chain in chains]
    assert len(keys) == 4 and set(keys) == {f"complex_modulus:{a},{b}" for a, b in free}


def test_what_is_kept_apart_are_the_files_and_what_they_will_hold(build_base: ModuleType) -> None:
    files = ("problems_heldout.jsonl", "followups_heldout.jsonl")
    shipped = {
        key for name in files for problem in read_records(DATA / name, Problem) for key in asked_keys(problem.id)
    }
    own = {problem_key(problem.id) for problem in read_records(DATA / files[0], Problem)}
    apart = build_base.held_out(EMBEDDED)
    assert shipped <= apart
    phrased = generate(4, 1, exclude=own, names=EMBEDDED, writing=Writing(unseen=True))
    assert {problem_key(draft.problem.id) for draft in phrased} <= apart
    later = [family.name for family in FAMILIES if family.name not in EMBEDDED]
    assert {key.partition(":")[0] for key in build_base.held_out(later)} >= {*later}


def test_what_tests_ask_of_people_is_left_out(build_base: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    families, rng = ("complex_modulus",), random.Random(0)
    chains = build_base.shuffled_chains(families, 5, 1, rng)
    question = next(chain[0].problem.question for chain in chains if not chain[0].code)
    monkeypatch.setattr(build_base, "asked_of_people", lambda: {build_base.plain(f" {question.upper()}?")})
    left = build_base.shuffled_chains(families, 5, 1, rng)
    assert len(left) < len(chains) and question not in {chain[0].problem.question for chain in left}


def test_each_round_has_problems_of_its_own_and_none_that_is_held_out(build_base: ModuleType) -> None:
    args = argparse.Namespace(families=("complex_modulus", "mixed_calculation"), per_family=40, seed=1)
    apart = build_base.held_out(args.families)
    asked: list[set[str]] = []
    for each in build_base.ROUNDS:
        rng = random.Random(args.seed + each.seed)
        size = round(each.times * args.per_family)
        chains = build_base.shuffled_chains(args.families, size, args.seed + each.seed, rng)
        drafts = [draft for chain in chains for draft in chain]
        keys = {key for draft in drafts if draft.code for key in asked_keys(draft.problem.id) if ":" in key}
        assert not {build_base.plain(draft.problem.question) for draft in drafts} & build_base.asked_of_people()
        assert not keys & apart and len(each.pages(args)) > size
        asked.append(keys)
    assert not asked[0] & asked[1]


def test_words_are_changed_and_never_a_number(build_base: ModuleType, drafts: list[Draft]) -> None:
    rng = random.Random(3)
    words = {True: ["word"], False: ["字"]}
    changed = [build_base.otherwise(draft, words, rng) for draft in drafts for _ in range(3)]
    pairs = list(zip(changed, (draft for draft in drafts for _ in range(3)), strict=True))
    apart = [(new, old) for new, old in pairs if new != old]
    assert 0.1 < len(apart) / len(pairs) < 0.3
    for new, old in apart:
        assert "".join(filter(str.isdigit, new.problem.question)) == "".join(filter(str.isdigit, old.problem.question))
        assert (new.code, new.problem.id) == (old.code, old.problem.id)
        if old.problem.lang == "en":
            assert "字" not in new.problem.question


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("３＋４－５", "3+4-5"),  # full-width
        ("12﹣7−3–1", "12-7-3-1"),  # three more signs of subtraction
        ("x² = 9＝z³", "x^2 = 9=z^3"),  # raised digits
        ("6✕7, a⩽b, c⩾d", "6×7, a≤b, c≥d"),
        ("１２３４５", "12345"),  # in groups, as plain digits
    ],
)
def test_what_people_type_is_read_as_the_plain_sign(tokenizer: Tokenizer, typed: str, read: str) -> None:
    assert tokenizer.encode(typed).ids == tokenizer.encode(read).ids


def test_every_character_of_a_family_is_a_token(tokenizer: Tokenizer, drafts: list[Draft]) -> None:
    texts = ((draft.problem.question, draft.thought, draft.code, draft.conclusion) for draft in drafts)
    characters = {character for parts in texts for text in parts for character in text}
    raised = {"²", "³"}  # are read as two
    assert len(characters) > 400
    assert {one for one in characters if len(tokenizer.encode(one).ids) > 1} <= raised


def test_words_are_read_alone_and_a_prompt_is_a_token_a_line(build_base: ModuleType, tokenizer: Tokenizer) -> None:
    vocabulary = tokenizer.get_vocab()
    prompts = [*build_base.prompt_lines(), build_base.CALL]
    words = [token.replace("Ġ", " ") for token in vocabulary if token not in prompts]
    assert not [token for token in words if re.search("[A-Za-z][,.]? [A-Za-z]", token)]
    assert not [token for token in words if build_base.SEAM in token]
    assert [len(tokenizer.encode(line).ids) for line in prompts] == [1] * len(prompts)
    prompt = f"{SYSTEM_PROMPTS['en']}{QwenToolUtils.tool_formatter([TOOL])}"
    assert tokenizer.decode(tokenizer.encode(prompt).ids) == prompt


def test_weights_are_stored_in_16_bits(build_base: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_file({"a": torch.tensor([1.0, 1e-3, 3.14159])}, path)
    build_base.halve(path)
    stored = load_file(path)["a"]
    assert stored.dtype == torch.float16 and torch.allclose(
        stored.float(), torch.tensor([1.0, 1e-3, 3.14159]), rtol=1e-3
    )


def test_a_model_of_halved_weights_is_loaded_in_32_bits(build_base: ModuleType, tmp_path: Path) -> None:
    build_base.draw_weights(300, tmp_path)
    before = load_file(tmp_path / "model.safetensors")
    build_base.halve(tmp_path / "model.safetensors")
    model = AutoModelForCausalLM.from_pretrained(tmp_path)
    assert model.dtype == torch.float32
    assert all(
        torch.equal(weight, before[name].half().float())
        for name, weight in model.state_dict().items()
        if name in before
    )
