from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.disk import digest_of, storable, write_text
from math_solver.records import (
    AnswerKind,
    Execution,
    Problem,
    RecordError,
    Step,
    Trajectory,
    Verdict,
    as_row,
    in_chains,
    read_jsonl,
    read_records,
    write_jsonl,
)

VALUES: list[Any] = [None, 5, True, 1.5, float("nan"), [], [[1]], {}, {"a": [1]}, "", "x\x00", 10**40]

TRAJECTORY = Trajectory(
    id="t1",
    problem=Problem("p1", "test", "1 + 1 等于多少？", "2", lang="zh"),
    steps=(Step("相加。", "print(1 + 1)", Execution("ok", "2\n")),),
    conclusion="答案是 \\boxed{2}。",
    predicted="2",
    verdict=Verdict("correct", "same"),
    meta={"teacher": "test"},
)


def test_a_trajectory_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "trajectories.jsonl"
    assert write_jsonl(path, [TRAJECTORY, TRAJECTORY]) == 2
    assert list(read_records(path, Trajectory)) == [TRAJECTORY, TRAJECTORY]


def test_the_file_holds_readable_text_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    write_jsonl(first, [TRAJECTORY])
    write_jsonl(second, [TRAJECTORY])
    assert first.read_bytes() == second.read_bytes()
    assert "等于多少" in first.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("execution", "observation"),
    [
        (Execution("ok", "4\n"), "4"),
        (Execution("ok", "", value="sqrt(2)"), "sqrt(2)"),
        (Execution("ok", "a\n", value="b"), "a\nb"),
        (
            Execution("error", "half\n", error="ZeroDivisionError: division by zero\n"),
            "half\nZeroDivisionError: division by zero",
        ),
        (Execution("ok"), "(no output)"),
        (Execution("ok", "  indented\n"), "  indented"),
    ],
)
def test_observation(execution: Execution, observation: str) -> None:
    assert execution.observation == observation


def test_an_interrupted_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    write_jsonl(path, [{"a": 1}])

    def rows() -> object:
        yield {"a": 2}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_jsonl(path, rows())  # type: ignore[arg-type]
    assert path.read_text() == '{"a": 1}\n'
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1}\n\n{"a": \n', "rows.jsonl:3: not JSON"),
        (b"[1, 2]\n", "rows.jsonl:1: not a JSON object"),
        (b"[" * 200_000 + b"\n", "rows.jsonl:1: not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}\n", "rows.jsonl:1: not JSON .Exceeds the limit"),
        (b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}\n", "rows.jsonl:1: brackets in brackets"),  # read, never written
        (b'{"a": "\\ud800"}\n', "rows.jsonl:1: holds half a surrogate pair"),
        (b'{"a": "\xff"}\n', "UTF-8"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=message):
        list(read_jsonl(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="nowhere.jsonl: no such file"):
        list(read_jsonl(tmp_path / "nowhere.jsonl"))


def test_a_row_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "p1"}\n')
    with pytest.raises(RecordError, match="rows.jsonl:1: not a Problem"):
        list(read_records(path, Problem))


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in a row."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, found in inner:
        yield (*at, key)
        yield from places(found, (*at, key))


@pytest.mark.parametrize("place", list(places(as_row(TRAJECTORY))), ids=lambda place: ".".join(map(str, place)))
def test_any_value_in_any_field_is_read_as_it_is_or_named_with_its_row(place: tuple[Any, ...], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    for value in VALUES:
        row = inner = as_row(TRAJECTORY)
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
        write_jsonl(path, [as_row(TRAJECTORY), row])
        try:
            first, second = read_records(path, Trajectory)
        except RecordError as error:
            assert str(error).startswith(f"{path}:2: not a Trajectory (") and len(str(error)) < 400
            continue
        told = second.problem
        texts = [second.id, second.conclusion, told.id, told.source, told.question, told.lang]
        texts += [text for step in second.steps for text in (step.thought, step.code, step.execution.observation)]
        assert all(isinstance(text, str) for text in texts) and first == TRAJECTORY
        assert all(isinstance(text, str | None) for text in (second.predicted, told.answer, told.level, told.subject))
        assert hash(second.verdict) and hash(told) and not isinstance(second.meta, str | list)


@pytest.mark.parametrize("what", ["folder", "pipe", "loop", "long"])
def test_what_is_no_file_is_not_replaced(what: str, tmp_path: Path) -> None:
    path = tmp_path / ("n" * 300 if what == "long" else "out")
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "loop":
        path.symlink_to(tmp_path / "other")
        (tmp_path / "other").symlink_to(path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RecordError, match="name a file|cannot be written"):
        write_jsonl(path, [TRAJECTORY])
    with pytest.raises(RecordError, match="name a file|cannot be written"):
        write_text(path, "text")
    assert sorted(tmp_path.iterdir()) == before


def test_what_a_link_leads_to_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "rows.jsonl")
    write_jsonl(tmp_path / "link", [TRAJECTORY])
    assert (tmp_path / "link").is_symlink()
    assert list(read_records(tmp_path / "elsewhere" / "rows.jsonl", Trajectory)) == [TRAJECTORY]


def test_a_row_that_utf8_cannot_carry_is_named_and_leaves_the_earlier_file(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "rows.jsonl", [{"a": 1}])
    with pytest.raises(RecordError, match="rows.jsonl: row 2 would hold half a surrogate pair"):
        write_jsonl(tmp_path / "rows.jsonl", [{"a": 2}, {"a": "\ud800"}])
    assert [path.read_text() for path in tmp_path.iterdir()] == ['{"a": 1}\n']


def test_unknown_fields_are_ignored() -> None:
    assert Problem.from_dict({"id": "a", "source": "b", "question": "c", "new": 1}) == Problem("a", "b", "c")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *((kind, kind) for kind in get_args(AnswerKind)),
        (None, None),
        # what other datasets call the same
        ("multiple_choice", "choice"),
        ("single_choice", "choice"),
        ("mcq", "choice"),
        ("point", "tuple"),
        ("vector", "tuple"),
        ("ordered", "tuple"),
        ("sequence", "tuple"),
        # a kind that means nothing here, as a field would
        ("latex", None),
        ("Tuple", None),
        ("", None),
    ],
)
def test_the_kind_of_an_answer(tmp_path: Path, written: str | None, kind: str | None) -> None:
    path = tmp_path / "problems.jsonl"
    write_jsonl(path, [{"id": "a", "source": "b", "question": "c", "answer_kind": written}])
    (problem,) = read_records(path, Problem)
    assert problem.answer_kind == kind


def test_what_cannot_be_solved_has_no_answer(tmp_path: Path) -> None:
    path, row = tmp_path / "problems.jsonl", {"id": "a", "source": "b", "question": "c", "answer_kind": "unanswerable"}
    write_jsonl(path, [row, {**row, "answer": None}, {**row, "answer": ""}])
    assert all(problem.unanswerable for problem in read_records(path, Problem))
    write_jsonl(path, [{**row, "answer": "5"}])
    with pytest.raises(RecordError, match=r"problems.jsonl:1: .*answer is '5', where answer_kind says .* none"):
        list(read_records(path, Problem))


@pytest.mark.parametrize("written", [5, ["tuple"], {"kind": "tuple"}, True])
def test_a_kind_that_is_no_text_is_named_with_its_row(tmp_path: Path, written: object) -> None:
    path = tmp_path / "problems.jsonl"
    write_jsonl(path, [{"id": "a", "source": "b", "question": "c", "answer_kind": written}])
    with pytest.raises(
        RecordError, match=r"problems.jsonl:1: not a Problem \(answer_kind is .*number, expression, choice"
    ):
        list(read_records(path, Problem))


def test_half_a_surrogate_pair_can_be_stored() -> None:
    assert storable("a\ud800 长") == "a? 长"


def test_a_text_that_cannot_be_written_leaves_the_earlier_one(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "earlier")
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "a", "\ud800")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["earlier"]
    with pytest.raises(RecordError, match="cannot be written"):
        write_text(tmp_path / "a" / "b", "below a file")


def test_where_an_answer_is_from_and_its_licence_are_left_out_where_they_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    plain = Problem("a", "b", "c")
    told = Problem("a", "b", "c", "5", answer_from="vote", licence="MIT")
    write_jsonl(path, [plain, told, Trajectory("t", told, (), "")])
    first, second, third = path.read_text(encoding="utf-8").splitlines()
    assert "answer_from" not in first and "licence" not in first
    assert second.endswith('"answer_from": "vote", "licence": "MIT"}') and '"licence": "MIT"}' in third
    path.write_text(f"{first}\n{second}\n")
    assert list(read_records(path, Problem)) == [plain, told]
    assert repr(plain) == repr(told).replace("'5'", "None")  # by which a job is told from another


@pytest.mark.parametrize(
    "said", [{"answer_from": "guess"}, {"answer_from": None}, {"licence": True}, {"licence": ["MIT"]}]
)
def test_an_origin_that_is_none_is_named_with_its_row(tmp_path: Path, said: dict[str, object]) -> None:
    path = tmp_path / "problems.jsonl"
    write_jsonl(path, [{"id": "a", "source": "b", "question": "c", **said}])
    with pytest.raises(RecordError, match=r"problems.jsonl:1: not a Problem \((answer_from|licence) is "):
        list(read_records(path, Problem))


@pytest.mark.parametrize(
    ("answer", "text"), [(5, "5"), (0.5, "0.5"), (-3, "-3"), (1e22, "1e+22"), (10**30, "1" + "0" * 30)]
)
def test_a_number_where_text_is_meant_is_its_text(tmp_path: Path, answer: float, text: str) -> None:
    path = tmp_path / "problems.jsonl"
    path.write_text(json.dumps({"id": 7, "source": "b", "question": "c", "answer": answer}), encoding="utf-8")
    assert list(read_records(path, Problem)) == [Problem("7", "b", "c", text)]


@pytest.mark.parametrize("answer", ["NaN", "Infinity", "true", "[5]", "{}", "1e999"])
def test_what_is_no_number_is_no_text(tmp_path: Path, answer: str) -> None:
    path = tmp_path / "problems.jsonl"
    path.write_text(f'{{"id": "a", "source": "b", "question": "c", "answer": {answer}}}', encoding="utf-8")
    with pytest.raises(RecordError, match=r"problems.jsonl:1: not a Problem \(answer is .*, not text\)"):
        list(read_records(path, Problem))


def following(name: str, follows: str | None = None) -> Problem:
    return Problem(name, "test", "And half of that?", "1", follows=follows)


def test_a_row_says_what_a_problem_follows_and_nothing_where_it_follows_none(tmp_path: Path) -> None:
    alone = replace(TRAJECTORY.problem, follows=None)
    unsaid = {"follows", "answer_from", "licence", "images", "phrasing"}
    assert as_row(TRAJECTORY)["problem"] == {k: v for k, v in asdict(alone).items() if k not in unsaid}
    assert as_row(following("b", "a"))["follows"] == "a"
    assert repr(alone) == repr(TRAJECTORY.problem)  # the fingerprint of a job
    write_jsonl(tmp_path / "p", [following("a"), following("b", "a")])
    assert list(read_records(tmp_path / "p", Problem)) == [following("a"), following("b", "a")]


@pytest.mark.parametrize("follows", [float("nan"), [], {"id": "a"}, True])
def test_what_no_problem_can_follow(tmp_path: Path, follows: Any) -> None:
    row = as_row(following("a")) | {"follows": follows}
    (tmp_path / "p").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(RecordError, match="p:1: not a Problem .follows is .*, not null or the id of a problem"):
        list(read_records(tmp_path / "p", Problem))


@pytest.mark.parametrize(
    ("problems", "chains", "left"),
    [
        ("", [], ""),
        ("a b", ["a", "b"], ""),
        ("a b>a c>b d", ["abc", "d"], ""),
        # in whatever order they stand in the file
        ("c>b d b>a a", ["d", "abc"], ""),
        # several solutions of a problem: each follow-up has one of its own
        ("a a b>a b>a c>b", ["abc", "ab"], ""),
        ("a b>a b>a", ["ab"], "b"),
        ("a b>a c>a", ["ab"], "c"),
        # nothing to follow: missing, itself, in a circle, behind one that is left
        ("b>a c>b", [], "bc"),
        ("a>a b", ["b"], "a"),
        ("a>b b>a", [], "ab"),
    ],
)
def test_chains(problems: str, chains: list[str], left: str) -> None:
    items = [
        following(name, follows or None) for name, _, follows in (item.partition(">") for item in problems.split())
    ]
    found, unled = in_chains(items, lambda problem: problem)
    assert ["".join(problem.id for problem in chain) for chain in found] == chains
    assert "".join(problem.id for problem in unled) == left


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from([None, *"abcdef"])), max_size=30))
def test_each_item_is_in_one_chain_or_left(pairs: list[tuple[str, str | None]]) -> None:
    items = list(enumerate(following(name, follows) for name, follows in pairs))
    chains, left = in_chains(items, lambda item: item[1])
    assert sorted(item[0] for chain in [*chains, left] for item in chain) == list(range(len(items)))
    for chain in chains:
        assert [item[1].follows for item in chain] == [None, *(item[1].id for item in chain[:-1])]


def test_the_digest_of_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest_of(tmp_path / "a").startswith("ba7816bf")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "none", tmp_path / ("n" * 300)):
        with pytest.raises(RecordError, match="no such file|cannot be read"):
            digest_of(path)


def test_what_a_killed_writer_left_is_cleared_and_what_another_writes_is_not(tmp_path: Path) -> None:
    dead, living, others = (
        tmp_path / f".{name}.tmp" for name in ("r.jsonl.4194999", "r.jsonl.1", "other.jsonl.4194999")
    )
    for path in (dead, living, others):
        path.touch()
    write_jsonl(tmp_path / "r.jsonl", [TRAJECTORY])
    assert set(tmp_path.iterdir()) == {tmp_path / "r.jsonl", living, others}
