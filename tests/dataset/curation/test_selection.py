from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from math_solver.database import Scratch
from math_solver.dataset.curation import selection
from math_solver.dataset.curation.duplicates import Families
from math_solver.dataset.curation.entries import BALANCED, Entries, Entry, Left
from math_solver.dataset.curation.selection import answer_class
from math_solver.records import AnswerKind, Problem

KEYS = {"subject": "algebra", "level": "1", "lang": "en", "length": "up to 500", "kind": "integer", "source": "s"}


def entry(number: int, group: int | None = None, *, family: int | None = None, **more: object) -> Entry:
    keys = tuple(str(more.pop(key, KEYS[key])) for key in BALANCED)
    group = number if group is None else group
    base = Entry(number, f"r{number}", 0, group, group if family is None else family, number, (0, 1, 100), keys)
    return replace(base, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Chosen:
    """The entries that stay, and those that go."""

    kept: list[Entry]
    left: list[Left]


@contextmanager
def on_disk(
    entries: Sequence[Entry], rates: Mapping[int, tuple[int, int]] | None = None, families: Families | None = None
) -> Iterator[Entries]:
    with Scratch() as scratch:
        stored = Entries(scratch, families)
        for one in entries:
            stored.add(one)
        for group, (correct, tried) in (rates or {}).items():
            stored.rates.count(group, correct, tried)
        yield stored


def choose(
    choice: Callable[..., None],
    entries: Sequence[Entry],
    *arguments: object,
    rates: Mapping[int, tuple[int, int]] | None = None,
    families: Families | None = None,
    **options: object,
) -> Chosen:
    with on_disk(entries, rates, families) as stored:
        choice(stored, *arguments, **options)
        kept = set(stored.part(held=False))
        assert len(stored) == len(kept)
        return Chosen([entry for entry in entries if entry.number in kept], list(stored.gone()))


def split(entries: Sequence[Entry], share: float, families: Families, seed: int) -> tuple[list[Entry], list[Entry]]:
    with on_disk(entries, families=families) as stored:
        selection.split(stored, share, seed)
        training, validation = (list(stored.part(held)) for held in (False, True))
        assert (len(stored.part(False)), len(stored.part(True))) == (len(training), len(validation))
        numbered = {entry.number: entry for entry in entries}
        return [numbered[number] for number in training], [numbered[number] for number in validation]


def ids(entries: Sequence[Entry]) -> list[int]:
    return [entry.number for entry in entries]


def reasons(chosen: Chosen) -> dict[int, str]:
    return {left.number: left.reason for left in chosen.left}


@pytest.mark.parametrize(
    ("answer", "kind", "expected"),
    [
        ("12", None, "integer"),
        ("-1,200", None, "integer"),
        ("0.5", None, "number"),
        ("\\frac{1}{2}", None, "number"),
        ("50%", None, "number"),
        ("$7$", None, "integer"),
        ("Yes", None, "yes/no"),
        ("\\text{no}", None, "yes/no"),
        ("不能", None, "yes/no"),
        ("正确。", None, "yes/no"),
        ("B", None, "choice"),
        ("(C)", None, "choice"),
        ("3", "choice", "choice"),
        ("x^2 + 1", None, "expression"),
        ("(1, 2)", None, "expression"),
        ("Monday", None, "words"),
        ("Noah", None, "words"),
        (None, None, "none"),
        (None, "unanswerable", "unanswerable"),
    ],
)
def test_kinds_of_answers(answer: str | None, kind: AnswerKind | None, expected: str) -> None:
    assert answer_class(Problem("p", "s", "?", answer, kind)) == expected


def test_problems_that_are_too_easy() -> None:
    entries = [entry(0, 0), entry(1, 1), entry(2, 2), entry(3, 3)]
    rates = {0: (8, 8), 1: (6, 8), 2: (1, 1)}
    chosen = choose(selection.too_easy, entries, 0.75, samples=2, rates=rates)
    assert reasons(chosen) == {0: "too_easy"}  # one sample says little, none says nothing
    assert ids(chosen.kept) == [1, 2, 3]


def test_the_best_solutions_with_different_programs_stay() -> None:
    entries = [
        entry(0, 7, program=1, rank=(2, 1, 50)),  # incorrect, the same program as the next one
        entry(1, 7, program=1, rank=(0, 1, 90)),
        entry(2, 7, program=2, rank=(0, 3, 90)),
        entry(3, 7, program=3, rank=(0, 1, 80)),
        entry(4, 8, program=1, rank=(1, 1, 10)),
    ]
    chosen = choose(selection.best_solutions, entries, 2)
    assert reasons(chosen) == {0: "duplicate", 2: "enough_solutions"}
    assert ids(choose(selection.best_solutions, entries, None).kept) == [1, 2, 3, 4]


def test_hard_problems_keep_more_solutions() -> None:
    entries = [entry(10 * group + number, group) for group in range(4) for number in range(6)]
    rates = {0: (6, 6), 1: (3, 6), 2: (0, 6)}
    chosen = choose(selection.best_solutions, entries, 4, by_difficulty=True, rates=rates)
    assert Counter(entry.group for entry in chosen.kept) == {0: 1, 1: 2, 2: 4, 3: 4}


@pytest.mark.parametrize(
    ("mended", "kept"),
    [
        ({2}, [0, 2]),  # beside the best one
        ({2, 3}, [0, 2]),  # one of them, the better ranked
        ({0, 2}, [0]),  # the best one is one
        ((), [0]),
    ],
)
def test_a_solution_that_mends_a_program_stays_beside_the_best(mended: set[int], kept: list[int]) -> None:
    entries = [entry(n, 7, program=n, rank=(0, 1 + n, 50), repaired=n in mended) for n in range(4)]
    assert ids(choose(selection.best_solutions, entries, 1, repaired=True).kept) == kept
    assert ids(choose(selection.best_solutions, entries, 1).kept) == [0]


def test_variants_of_a_family_are_limited() -> None:
    families = Families()
    families.join(5, 6)
    entries = [entry(0, 1, family=5), entry(1, 2, family=6), entry(2, 1, family=5), entry(3, 3, family=9)]
    chosen = choose(selection.limit_variants, entries, 1, families=families)
    assert reasons(chosen) == {1: "variant"}  # the same problem again is no further variant


@given(
    st.lists(st.sampled_from(["yes/no", "choice", "integer"]), max_size=60),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 3),
)
def test_caps_hold_among_what_is_kept(kinds: list[str], first: float, second: float, seed: int) -> None:
    entries = [entry(number, kind=kind) for number, kind in enumerate(kinds)]
    chosen = choose(selection.cap_kinds, entries, {"yes/no": first, "choice": second}, seed)
    kept = Counter(entry.keys[BALANCED.index("kind")] for entry in chosen.kept)
    for kind, cap in (("yes/no", first), ("choice", second)):
        assert kept[kind] <= cap * kept.total() + 1e-9
    assert kept["integer"] == kinds.count("integer") or not kept  # what has no cap stays
    assert len(chosen.kept) + len(chosen.left) == len(entries)


def test_a_cap_of_five_in_a_hundred() -> None:
    entries = [entry(number, kind="yes/no" if number % 2 else "integer") for number in range(190)]
    chosen = choose(selection.cap_kinds, entries, {"yes/no": 0.05}, 0)
    assert len(chosen.kept) == 100 and set(reasons(chosen).values()) == {"answer_kind"}


def test_balance_and_mix() -> None:
    entries = [entry(number, subject="ab"[number >= 90], part=int(number >= 60)) for number in range(100)]
    balanced = choose(selection.balance, entries, {"subject": 2}, 0).kept
    assert Counter(entry.keys[0] for entry in balanced) == {"a": 20, "b": 10}
    mixed = choose(selection.mix, entries, [1, 3], 0).kept
    assert Counter(entry.part for entry in mixed) == {0: 13, 1: 40}
    (said,) = {left.detail for left in choose(selection.mix, entries, [1, 3], 0).left}
    assert said == "input 1: 13 are kept"
    assert choose(selection.mix, [], [1, 2], 0).kept == [] == choose(selection.balance, [], {"lang": 1}, 0).kept


COMBINATIONS = [(subject, lang, level) for subject in "abc" for lang in ("en", "zh") for level in "12"]
RATIO = st.sampled_from([1.0, 1.5, 2.0, 10.0])


@settings(max_examples=60, deadline=None)  # the first example loads a library
@given(
    st.lists(st.sampled_from(COMBINATIONS), min_size=1, max_size=80), st.booleans(), st.tuples(RATIO, RATIO, RATIO),
    st.integers(0, 3),
)  # fmt: skip
def test_several_keys_are_balanced_at_once(
    rows: list[tuple[str, str, str]], whole: bool, wanted: tuple[float, float, float], seed: int
) -> None:
    """Where all combinations are there, every ratio holds; where not, no key is left more uneven than need be."""
    rows = [*rows, *(COMBINATIONS if whole else [])]
    entries = [entry(n, subject=s, lang=lang, level=level) for n, (s, lang, level) in enumerate(rows)]
    ratios = dict(zip(("subject", "lang", "level"), wanted, strict=True))
    chosen = choose(selection.balance, entries, ratios, seed)
    before, after = spread(entries, ratios), spread(chosen.kept, ratios)
    assert all(after[key].keys() == before[key].keys() for key in ratios)  # each value keeps a row
    too_much = max(uneven(after[key]) / ratio for key, ratio in ratios.items())
    at_first = max(uneven(before[key]) / ratio for key, ratio in ratios.items())
    assert too_much <= (1 if whole else max(1, at_first))
    assert chosen.left == [] or at_first > 1  # nothing goes where all ratios hold
    assert {left.reason for left in chosen.left} <= {"balance"}
    turned = dict(reversed(ratios.items()))
    assert ids(choose(selection.balance, entries, turned, seed).kept) == ids(chosen.kept)


def spread(entries: Sequence[Entry], keys: Iterable[str]) -> dict[str, Counter[str]]:
    return {key: Counter(one.keys[BALANCED.index(key)] for one in entries) for key in keys}


def uneven(counts: Counter[str]) -> float:
    return max(counts.values()) / min(counts.values())


def test_sampling_takes_other_problems_before_a_second_solution() -> None:
    entries = [entry(number, number // 5, part=0) for number in range(50)] + [entry(60, 60, part=1)]
    kept = choose(selection.mix, entries, [10, 1], 0).kept
    assert len({entry.group for entry in kept}) == 11


def test_chance_is_the_same_for_the_same_seed_whatever_the_order() -> None:
    entries = [entry(number, part=number % 2) for number in range(40)]
    first = set(ids(choose(selection.mix, entries, [1, 0.5], 3).kept))
    assert first == set(ids(choose(selection.mix, entries[::-1], [1, 0.5], 3).kept))
    assert first != set(ids(choose(selection.mix, entries, [1, 0.5], 4).kept))


def test_follow_ups_go_with_what_they_follow() -> None:
    entries = [entry(0, problem=1), entry(1, problem=2, follows=1), entry(2, problem=4, follows=3),
               entry(3, problem=5, follows=4)]  # fmt: skip
    chosen = choose(selection.chains, entries)
    assert ids(chosen.kept) == [0, 1]
    assert reasons(chosen) == {2: "first_is_gone", 3: "first_is_gone"}  # the second only after the first


@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.2, 0.5]))
def test_a_split_keeps_families_together(seed: int, share: float) -> None:
    families = Families()
    families.join(30, 31)
    entries = [
        *(entry(number, number, family=number // 2) for number in range(30)),  # near pairs
        entry(30, 30), entry(31, 31),  # near through a third
        entry(32, 32, kin=(7,)), entry(33, 33, kin=(8, 7)), entry(34, 34, kin=(8,)),  # a chain of names
        entry(35, 35, problem=1), entry(36, 36, problem=2, follows=1), entry(37, 37, problem=3, follows=2),
        entry(38, 50), entry(39, 50, family=51),  # two solutions of one problem
    ]  # fmt: skip
    training, validation = split(entries, share, families, seed)
    assert sorted(ids(training) + ids(validation)) == list(range(40))
    assert len(validation) <= round(share * 40)
    held = set(ids(validation))
    together = [*({n, n + 1} for n in range(0, 30, 2)), {30, 31}, {32, 33, 34}, {35, 36, 37}, {38, 39}]
    for family in together:
        assert family <= held or not family & held
    assert split(entries, share, families, seed) == (training, validation)


def test_a_split_comes_near_its_share() -> None:
    entries = [entry(number) for number in range(1000)]
    assert len(split(entries, 0.05, Families(), 0)[1]) == 50
    assert len(split(entries[:3], 0.05, Families(), 0)[1]) == 0
