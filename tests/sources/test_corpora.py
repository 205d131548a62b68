"""Rows of the corpora: what becomes of real ones, and of odd ones."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset

from math_solver.answers import extract_answer, verify_answer
from math_solver.interpreter import Interpreter
from math_solver.records import Drop, Problem, RecordError, Trajectory, read_records, write_jsonl
from math_solver.sources.corpora import CORPORA, find, recognise
from math_solver.sources.corpora.columns import by_columns
from math_solver.sources.files import find_files, read_file
from math_solver.sources.hub import hub_rows
from math_solver.sources.language import language_of
from math_solver.sources.licences import GROUPS, KNOWN, Gate, gate
from math_solver.sources.reading import Reading
from math_solver.sources.refusals import MEANINGS

SHARED = Path(__file__).parents[3] / "shared" / "data"
FILES = SHARED / "corpora"

# file: source, rows, then what --allow-benchmarks takes and refuses as problems and as trajectories. Without it
# everything of the sources in HELD_OUT is refused as a benchmark.
REAL: dict[str, tuple[str, int, dict[str, int], dict[str, int]]] = {
    "ape210k.json": ("ape210k", 60, {"kept": 60}, {"no_code": 60}),
    "math23k.json": ("math23k", 60, {"kept": 60}, {"no_code": 60}),
    "tal_scq5k_ch.jsonl": ("tal_scq5k", 40, {"kept": 40}, {"no_code": 40}),
    "tal_scq5k_en.jsonl": ("tal_scq5k", 40, {"kept": 40}, {"no_code": 40}),
    "gsm8k_train.jsonl": ("gsm8k", 40, {"kept": 40}, {"no_code": 40}),
    "gsm8k_model_solutions.jsonl": ("gsm8k_model_solutions", 20, {"kept": 20}, {"no_code": 20}),
    "math_train_rllm.json": ("math_rllm", 40, {"kept": 40}, {"no_code": 40}),
    "cmath_dev.jsonl": ("cmath", 40, {"kept": 40}, {"no_code": 40}),
    "cmath_distractor.jsonl": ("cmath_distractor", 48, {"kept": 48}, {"no_code": 48}),
    "gaokao_math_mcq.json": ("gaokao", 20, {"kept": 20}, {"no_code": 20}),
    "gaokao_math_blank.json": ("gaokao", 20, {"kept": 20}, {"no_code": 20}),
    "gaokao_math_open.json": ("gaokao", 20, {"not_an_answer": 20}, {"not_an_answer": 20}),
    "openmathinstruct2.jsonl": (
        "openmathinstruct2", 100, {"kept": 99, "picture_needed": 1}, {"no_code": 99, "picture_needed": 1}
    ),
    "openmathinstruct1.jsonl": ("openmathinstruct1", 1, {"kept": 1}, {"kept": 1}),
    "nemo_skills_generation.jsonl": ("nemo_skills", 20, {"kept": 20}, {"no_code": 12, "marked_wrong": 8}),
    "tora_corpus.jsonl": ("tora_corpus", 30, {"kept": 30}, {"kept": 25, "no_code": 5}),
    "tora_outputs_gsm8k.jsonl": ("tora_outputs", 40, {"kept": 40}, {"kept": 40}),
    "tora_outputs_errors.jsonl": ("tora_outputs", 1, {"kept": 1}, {"kept": 1}),
    "mathcoder_outputs.jsonl": (
        "mathcoder_outputs", 50, {"kept": 50}, {"kept": 44, "no_code": 4, "run_on": 1, "truncated": 1}
    ),
    "mathcoder_outputs_errors.jsonl": ("mathcoder_outputs", 15, {"kept": 15}, {"kept": 15}),
    "numinamath_tir.jsonl": ("numinamath_tir", 1, {"kept": 1}, {"kept": 1}),
    "numinamath_cot.jsonl": ("numinamath_cot", 1, {"kept": 1}, {"no_code": 1}),
    "openr1_math_truncated.jsonl": ("openr1_math", 1, {"units_lost": 1}, {"units_lost": 1}),
    "deepmath_truncated.jsonl": ("deepmath", 1, {"kept": 1}, {"no_code": 1}),
    "mathinstruct.json": ("mathinstruct", 2, {"kept": 1, "no_answer": 1}, {"kept": 1, "no_code": 1}),
    "metamathqa.jsonl": ("metamath", 2, {"kept": 2}, {"no_code": 2}),
    "omni_math_rule.jsonl": ("omni_math", 30, {"kept": 30}, {"no_code": 30}),
    "theoremqa.json": ("theoremqa", 60, {"kept": 59, "picture_needed": 1}, {"no_code": 59, "picture_needed": 1}),
    "scibench_fund.json": ("scibench", 15, {"kept": 15}, {"no_code": 15}),
    "scibench_fund_sol.json": ("scibench", 5, {"kept": 5}, {"no_code": 5}),
    "scibench_atkins.json": ("scibench", 15, {"kept": 15}, {"no_code": 15}),
    "scibench_atkins_sol.json": ("scibench", 5, {"kept": 5}, {"no_code": 5}),
    "scibench_stat.json": ("scibench", 15, {"kept": 15}, {"no_code": 15}),
    "scibench_stat_sol.json": ("scibench", 5, {"kept": 5}, {"no_code": 5}),
    "mathvista_testmini.json": ("mathvista", 40, {"picture_needed": 40}, {"picture_needed": 40}),
    "geometry3k/11/data.json": ("geometry3k", 1, {"picture_needed": 1}, {"picture_needed": 1}),
    "knights_knaves_3ppl_test.parquet": ("knights_and_knaves", 100, {"several_parts": 100}, {"several_parts": 100}),
    "zebralogic_grid.json": ("zebra_puzzles", 16, {"no_answer": 16}, {"no_answer": 16}),
    "llamafactory_dpo_en_demo.json": (
        "sharegpt", 8, {"no_answer": 7, "several_questions": 1}, {"no_code": 7, "several_questions": 1}
    ),
    "llamafactory_kto_en_demo.json": (
        "messages", 8, {"no_answer": 3, "several_questions": 5}, {"no_code": 3, "several_questions": 5}
    ),
    "llamafactory_v1_sft_demo.jsonl": ("messages", 10, {"no_answer": 10}, {"no_code": 10}),
    "llamafactory_v1_dpo_demo.jsonl": ("chosen_messages", 5, {"no_answer": 5}, {"no_code": 5}),
    "llamafactory_reason_tool_use.jsonl": (
        "messages", 20, {"no_answer": 11, "several_questions": 9},
        {"several_questions": 9, "other_tool": 8, "no_code": 2, "truncated": 1},
    ),
    "../seed_dataset/gsm8k_train_data.json": ("transcripts", 510, {"kept": 510}, {"kept": 467, "no_code": 43}),
    "../seed_dataset/hand-make-train-data.json": (
        "transcripts", 649, {"kept": 565, "several_parts": 66, "no_answer": 17, "picture_needed": 1},
        {"kept": 462, "no_code": 173, "no_box": 13, "picture_needed": 1},
    ),
    "../seed_dataset/llm_train_data.json": (
        "transcripts", 451, {"kept": 347, "several_parts": 102, "no_answer": 2},
        {"kept": 443, "no_code": 5, "no_box": 2, "truncated": 1},
    ),
}  # fmt: skip
HELD_OUT = {
    "math23k", "gsm8k_model_solutions", "cmath", "cmath_distractor", "gaokao", "nemo_skills", "tora_outputs",
    "mathcoder_outputs", "omni_math", "theoremqa", "scibench", "mathvista", "knights_and_knaves", "zebra_puzzles",
}  # fmt: skip


def real(name: str) -> Path:
    path = FILES / name
    if not path.is_file():
        pytest.skip(f"no {name} in ../shared/data/corpora")
    return path


def counts(results: Any) -> Counter[str]:
    return Counter(result.reason if isinstance(result, Drop) else "kept" for _, result in results)


def problems(rows: list[Any], tmp_path: Path, **options: Any) -> list[Problem | Drop]:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return [result for _, result in Reading([path], stated=extract_answer, **options).problems()]


def problem(row: Any, tmp_path: Path, **options: Any) -> Problem:
    (found,) = problems([row], tmp_path, allow_benchmarks=True, **options)
    assert isinstance(found, Problem), found
    return found


def reason(row: Any, tmp_path: Path, **options: Any) -> str:
    (found,) = problems([row], tmp_path, **{"allow_benchmarks": True, **options})
    assert isinstance(found, Drop), found
    return found.reason


@pytest.mark.parametrize("name", REAL)
def test_every_real_row_is_kept_or_refused_by_name(name: str) -> None:
    path = real(name)
    source, rows, taken, solved = REAL[name]
    reading = Reading([path], allow_benchmarks=True, stated=extract_answer)
    found = list(reading.problems())
    assert {source_of for source_of, _ in found} == {source}
    assert counts(found) == taken and sum(taken.values()) == rows
    assert counts(reading.trajectories()) == solved and sum(solved.values()) == rows
    if source in HELD_OUT:
        assert counts(replace(reading, allow_benchmarks=False).problems()) == {"benchmark": rows}
    ids = [problem.id for _, problem in found]
    assert len(set(ids)) == rows


def test_every_source_has_a_row_here() -> None:
    named = {name for row, _ in ROWS for name in recognise([row])} | {source for source, *_ in REAL.values()}
    assert named == set(CORPORA)


def test_no_file_is_left_out_of_the_table() -> None:
    if not FILES.is_dir():
        pytest.skip("no ../shared/data/corpora")
    of_no_source = {"contamination_nemo", "gsm8k_test_reworded_660", "gsm8k_train_test_near", "llamafactory_c4_demo"}
    for path in find_files([FILES]):
        inside = path.relative_to(FILES)
        if inside.parts[0] == "decon_fixtures" or path.stem in of_no_source or path.name == "logic_form.json":
            with pytest.raises(RecordError, match=r"no source fits; name its columns with --columns"):
                list(Reading([path]).problems())
        elif inside.parts[0] != "geometry3k":
            assert str(inside) in REAL


@pytest.mark.parametrize("name", ["ape210k.json", "math23k.json", "tal_scq5k_ch.jsonl", "gaokao_math_mcq.json",
                                  "gaokao_math_blank.json", "scibench_fund.json", "scibench_atkins.json",
                                  "theoremqa.json", "openmathinstruct2.jsonl", "omni_math_rule.jsonl"])  # fmt: skip
def test_real_answers_are_golds_that_the_verifier_takes(name: str) -> None:
    refused = []
    for _, found in Reading([real(name)], allow_benchmarks=True).problems():
        if isinstance(found, Problem) and found.answer is not None:
            boxed = f"Hence $\\boxed{{{found.answer}}}$."
            verdict = verify_answer(found.answer, boxed, question=found.question, kind=found.answer_kind)
            refused += [] if verdict.correct else [(found.id, found.answer, verdict)]
    assert not refused


# A row of each source that no shared file holds, and of odd answers, with what must come of it.
ROWS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"question": "Q?", "answer": "12*5 = <<12*5=60>>60\n#### 1,200"}, {"answer": "1200", "licence": "MIT"}),
    ({"problem": "Q", "solution": "$\\boxed{\\frac12}$", "level": "Level 5", "type": "Algebra"},
     {"answer": "\\frac12", "subject": "Algebra", "source": "math"}),
    ({"id": "1", "original_text": "多少？", "segmented_text": "多 少 ？", "ans": "(11/20)", "equation": "x=11/20"},
     {"answer": "11/20", "lang": "zh", "licence": None, "source": "ape210k"}),
    ({"id": "1", "original_text": "多少？", "segmented_text": "", "ans": "1(1/2)", "equation": "x=3/2"},
     {"answer": "1\\frac{1}{2}"}),
    ({"id": "1", "original_text": "多少？", "segmented_text": "", "ans": "x=12.5%", "equation": ""},
     {"answer": "12.5%"}),
    ({"id": "1", "question_chinese": "多少？", "question": "How?", "result": 3.0, "equation": "x"},
     {"answer": "3", "question": "多少？", "licence": "MIT"}),
    ({"problem": "Q", "solution": "", "answer": "5", "problem_type": "Algebra", "question_type": "MCQ",
      "source": "metamath", "problem_is_valid": "Yes", "solution_is_valid": "Yes"},
     {"source": "numinamath_1.5/metamath", "licence": "MIT", "answer_from": "gold"}),
    ({"problem": "Q", "solution": "$\\boxed{5}$", "source": "orca_math", "messages": []},
     {"answer_from": "model", "licence": "MIT"}),
    ({"problem": "Q", "solution": "$\\boxed{5}$ and $\\boxed{6}$", "source": "olympiads", "messages": []},
     {"answer": "5, 6", "answer_from": "gold", "licence": "Apache-2.0"}),
    ({"problem": "Q", "generated_solution": "", "expected_answer": 5, "problem_source": "augmented_gsm8k"},
     {"answer": "5", "answer_from": "vote", "licence": "CC-BY-4.0",
      "source": "openmathinstruct2/augmented_gsm8k"}),
    ({"problem": "Q", "generated_solution": "", "expected_answer": "5", "problem_source": "math"},
     {"answer_from": "gold"}),
    ({"type": "GSM_SV", "query": "Q x", "original_question": "Q", "response": "so\nThe answer is: 7"},
     {"answer": "7", "answer_from": "model", "source": "metamath/GSM_SV"}),
    ({"domain": ["Mathematics -> Algebra -> X"], "difficulty": 5.25, "answer": "3", "source": "imo",
      "problem": "Let [b]n[/b]:\n[list]\n[*] a\n[/list]\nFind it.\n\n[i]A. U. Thor[/i]"},
     {"question": "Let n:\n\n- a\n\nFind it.", "subject": "Algebra", "level": "difficulty 5.25"}),
    ({"Question": "Q", "Answer": True, "Answer_type": "bool", "Picture": None}, {"answer": "True"}),
    ({"Question": "Q", "Answer": [0.333, 1.0], "Answer_type": "list", "Picture": None},
     {"answer": "[0.333, 1.0]"}),
    ({"Question": "Q", "Answer": 1898.27, "Answer_type": "float", "Picture": None}, {"answer": "1898.27"}),
    ({"problem_text": "Q", "answer_number": "-4.37 ", "unit": " $10 ^ {-6}m/s^2$", "source": "fund"},
     {"answer": "-4.37 \\times 10^{-6} \\mathrm{m/s^2}"}),
    ({"problem_text": "Q", "answer_number": "+2.9", "unit": "", "source": "stat"}, {"answer": "2.9"}),
    ({"year": "2022", "category": "", "question": "13. (5 分) 概率为", "answer": "$\\frac{3}{10} \\# \\# 0.3$\n",
      "score": 5}, {"answer": "\\frac{3}{10}", "question": "概率为"}),
    ({"year": "2022", "category": "", "question": "4. 选", "answer": ["A", "C"], "score": 5},
     {"answer": "A, C", "answer_kind": "choice"}),
    ({"instruction": "题目：小明有3个苹果，又买了2个，一共几个？\n", "input": "", "output":
      "3+2=5，所以一共有5个。"},
     {"question": "小明有3个苹果，又买了2个，一共几个？", "answer": "5个", "answer_from": "model",
      "licence": "GPL-3.0-only", "source": "school_math"}),
    ({"conversation": [{"human": "题目：3+2=？", "assistant": "答案是5。"}], "category": "math"},
     {"question": "3+2=？", "answer": "5", "licence": "GPL-3.0-only", "source": "school_math_firefly"}),
    ({"source": "data/CoT/some_Camel_file.json", "instruction": "Q", "output": "The answer is 4."},
     {"licence": "CC-BY-NC-4.0", "answer": "4", "answer_from": "model"}),
    ({"source": "data/CoT/gsm_rft.json", "instruction": "Q", "output": "The answer is 4."}, {"licence": None}),
    ({"instruction": "Add.", "input": "1, 2", "output": "It is \\boxed{3}."},
     {"question": "Add.\n1, 2", "answer": "3", "source": "alpaca"}),
    ({"messages": [{"role": "user", "content": [{"type": "text", "content": "Q"}]},
                   {"role": "assistant", "content": [{"type": "text", "content": "\\boxed{4}"}]}]},
     {"source": "mathcodeinstruct", "question": "Q", "answer": "4"}),
    ({"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "\\boxed{4}"}]},
     {"source": "messages", "answer": "4", "licence": None}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_a_row_becomes_a_problem(row: dict[str, Any], expected: dict[str, Any], tmp_path: Path) -> None:
    found = problem(row, tmp_path)
    assert {field: getattr(found, field) for field in expected} == expected


NUMINA = {"problem": "Q", "solution": "", "problem_type": "", "question_type": "math-word-problem", "source": "aops",
          "problem_is_valid": "Yes", "solution_is_valid": "Yes"}  # fmt: skip
MATH = {"problem": "Q", "difficulty": 1, "type": "Algebra"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        *(({**NUMINA, "answer": answer}, "not_an_answer")
          for answer in ("proof", "notfound", "Not Found", "\\text{proof}")),
        ({**NUMINA, "answer": "5", "problem_is_valid": "Incomplete"}, "marked_invalid"),
        ({**NUMINA, "answer": "5", "question_type": "proof"}, "not_an_answer"),
        *(({**MATH, "answer": answer}, "no_answer")
          for answer in ("", "  ", None, math.nan, math.inf, "None", "null", "NaN", "$$", "\\boxed{}")),
        *(({**MATH, "answer": answer}, "not_an_answer")
          for answer in ("See solution.", "N/A", "(proof)", "略", "见解析", "证明：略", "解：由题意得", "x" * 500)),
        *(({**MATH, "answer": answer}, "wrong_type") for answer in ([1], {"a": 1}, True, [])),
        *(({**MATH, "answer": answer}, "units_lost") for answer in ("10\\mathrm{~}", "4\\text{ }/\\text{}")),
        *(({**MATH, "answer": answer}, "several_parts")
          for answer in ("(a) 3, (b) 4", "(1) $x=2$; (2) $y=3$", "（1）2；（2）3", "(i) yes (ii) no", "a) 3 b) 4")),
        *(({**MATH, "answer": 1, "problem": question}, "no_question") for question in ("", " \n", None, math.nan)),
        *(({**MATH, "answer": 1, "problem": question}, "picture_needed")
          for question in ("<image>What is x?", "As shown in the figure, find x.",
                           "Find the area of the figure below.",
                           "Use the graph shown.", "In the diagram, AB = 3.", "如图，求面积。", "看图列式",
                           "求下图阴影部分",
                           "![](x.png) Find x.", "see Figure 2", "The chart below shows")),
        ({**MATH, "answer": 1, "problem": ["Q"]}, "wrong_type"),
        ({"question": "Q", "answer": "no mark here", "x": "\n####"}, None),
        ({"Question": "Q", "Answer": {"a": 1}, "Answer_type": "x"}, "wrong_type"),
        ({"Question": "Q", "Answer": [], "Answer_type": "x"}, "wrong_type"),
        ({"Question": "Q", "Answer": "3", "Answer_type": "x", "Picture": "images/1.png"}, "picture_needed"),
        ({"problem_text": "Q", "answer_number": "x^2", "unit": ""}, "not_an_answer"),
        ({"problem_text": "Q", "answer_number": None, "unit": ""}, "no_answer"),
        ({"problem": "Q", "answer_option_list": [[{"aoVal": "A", "content": "1"}]], "answer_value": "B"},
         "not_an_answer"),
        ({"problem": "Q", "answer_option_list": None, "answer_value": "B"}, "other_form"),
        ({"year": "1", "category": "", "question": "Q", "answer": [1], "score": 1}, "not_an_answer"),
        ({"source": "data/PoT/mathqa.json", "instruction": "Q", "output": "print(1)"}, "no_answer"),
        ({"conversation": [{"human": "Q", "assistant": "1"}] * 2}, "several_questions"),
        ({"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}] * 2},
         "several_questions"),
    ],
)  # fmt: skip
def test_what_is_no_problem_is_refused_by_name(row: dict[str, Any], why: str | None, tmp_path: Path) -> None:
    if why is None:
        with pytest.raises(RecordError, match="no source fits"):
            problems([row], tmp_path)
    else:
        assert reason(row, tmp_path) == why


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("(2)(3)", "(2)(3)"),  # two statements are true
        ("(1, 2)", "(1, 2)"),
        ("f(a) + f(b)", "f(a) + f(b)"),
        ("$x=2$", "x=2"),
        ("\\boxed{3}", "3"),
        ("\\text{undefined}", "\\text{undefined}"),
        ("no solution", "no solution"),
        (0, "0"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
        ("10\\mathrm{~cm}", "10\\mathrm{~cm}"),
    ],
)
def test_answers_that_look_odd_and_are_some(answer: Any, kept: str, tmp_path: Path) -> None:
    assert problem({**MATH, "answer": answer}, tmp_path).answer == kept


@pytest.mark.parametrize(
    "question",
    [
        "Figure out how much he paid.",
        "In the graph of $y = x^2$, find the vertex.",  # it is given
        "[asy] draw((0,0)--(1,1)); [/asy] In the diagram, find x.",  # drawn in words
        "图书馆有书200本，上图书馆的人有多少？",
        "He drew a picture every day.",
    ],
)
def test_questions_that_need_no_picture(question: str, tmp_path: Path) -> None:
    assert problem({**MATH, "answer": 1, "problem": question}, tmp_path).question == question


def test_rewordings_share_what_stands_before_the_slash(tmp_path: Path) -> None:
    rows = [{"type": "t", "query": q, "original_question": o, "response": "The answer is: 1"}
            for q, o in (("a", "o"), ("b", "o"), ("c", "p"))]  # fmt: skip
    ids = [found.id for found in problems(rows, tmp_path)]
    families = [identifier.partition("/")[0] for identifier in ids]
    assert families[0] == families[1] != families[2] and len(set(ids)) == 3


VALUES = [None, "", "text", 0, -1.5, math.nan, math.inf, True, [], [None], ["a", 1], {}, {"a": {"b": 1}}, "\x00",
          "A" * 99, [[[[1]]]], [{"from": "human"}], [{"role": "user", "content": 3}],
          [{"role": "assistant", "content": []}]]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REAL if name != "../seed_dataset/hand-make-train-data.json"])
def test_any_value_in_any_field_is_a_row_kept_or_refused(name: str, tmp_path: Path) -> None:
    row = next(iter(read_file(real(name))))
    assert isinstance(row, dict)
    rows = [{**row, field: value} for field in row for value in VALUES]
    rows += [{key: value for key, value in row.items() if key != field} for field in row]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(one, default=str) + "\n" for one in [row] * 30 + rows))
    reading = Reading([path], source=REAL[name][0], allow_benchmarks=True, stated=extract_answer)
    for kind, results in ((Problem, reading.problems()), (Trajectory, replace(reading, source=None).trajectories())):
        records = [result for _, result in results]
        assert len(records) == len(rows) + 30
        good = [record for record in records if isinstance(record, kind)]
        write_jsonl(tmp_path / "out.jsonl", good)
        assert list(read_records(tmp_path / "out.jsonl", kind)) == good
        assert {record.reason for record in records if isinstance(record, Drop)} <= MEANINGS.keys()
        for one in good:
            told = one if isinstance(one, Problem) else one.problem
            texts = (told.question, told.answer, told.level, told.subject, told.licence)
            assert all(value is None or (isinstance(value, str) and value) for value in texts), told


def test_a_broken_row_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text(
        '{"question": "Q", "answer": "\\n#### 1"}\n' * 16
        + '{"question": \n'
        + '{"question": "Q", "answer": "\\n#### 2"}\n'
    )
    results = [result for _, result in Reading([path]).problems()]
    assert [type(result) for result in results] == [Problem] * 16 + [Drop, Problem]
    assert isinstance(results[16], Drop)
    assert results[16].reason == "broken_row" and f"{path}, row 17: not JSON" in results[16].detail
    assert [results[17].id, results[16].id] == ["gsm8k:train:18", "gsm8k:train:17"]


class TestHeldOut:
    """Rows that the evaluation asks."""

    ROW = {"question": "Q", "answer": "\n#### 1"}

    @pytest.mark.parametrize(
        ("name", "taken"),
        [
            ("train.jsonl", True),
            ("test.jsonl", False),
            ("gsm8k_test_330.jsonl", False),
            ("test-00000-of-00001.jsonl", False),
            ("latest.jsonl", True),
            ("contest.jsonl", True),
        ],
    )
    def test_a_file_of_a_test_split(self, name: str, taken: bool, tmp_path: Path) -> None:
        write_jsonl(tmp_path / name, [self.ROW])
        assert counts(Reading([tmp_path / name]).problems()) == {"kept" if taken else "benchmark": 1}
        assert counts(Reading([tmp_path / name], allow_benchmarks=True).problems()) == {"kept": 1}

    def test_math23k_is_its_test_set_unless_its_name_says_train(self, tmp_path: Path) -> None:
        row = {"id": "1", "original_text": "多少？", "segmented_text": "多 少", "equation": "x=1", "ans": "1"}
        for name, outcome in (("math23k.json", "benchmark"), ("math23k_train.json", "kept")):
            write_jsonl(tmp_path / name, [row])
            assert counts(Reading([tmp_path / name]).problems()) == {outcome: 1}

    def test_theoremqa_in_mathinstruct(self, tmp_path: Path) -> None:
        rows = [
            {"source": f"data/PoT/{name}.json", "instruction": "Q", "output": "print(1)"}
            for name in ("TheoremQA", "mathqa")
        ]
        write_jsonl(tmp_path / "m.jsonl", rows)
        assert [getattr(r, "reason", "kept") for _, r in Reading([tmp_path / "m.jsonl"]).trajectories()] == [
            "benchmark",
            "kept",
        ]


class TestLicences:
    def test_a_gate_refuses_what_it_does_not_name_and_what_is_unknown(self, tmp_path: Path) -> None:
        rows = [{"source": f"data/CoT/{name}.json", "instruction": "Q", "output": "The answer is 4."}
                for name in ("gsm_train", "gsm_rft", "Camel_x", "aqua_rat", "new_file")]  # fmt: skip
        for names, taken in (
            (None, 5),
            ("MIT", 1),
            ("mit,apache-2.0", 2),
            ("permissive", 2),
            ("non-commercial,MIT", 2),
        ):
            found = Counter(getattr(one, "reason", "kept") for one in problems(rows, tmp_path, gate=gate(names)))
            assert found == Counter({"kept": taken, "licence": 5 - taken}), names

    @pytest.mark.parametrize(
        ("names", "hint"), [("Apache2", "did you mean Apache-2.0"), ("zzz", "known are"), (",", "names none")]
    )
    def test_a_slip_of_the_pen_is_one_line(self, names: str, hint: str) -> None:
        with pytest.raises(RecordError, match=hint):
            gate(names)

    def test_a_licence_of_the_user_s_own(self) -> None:
        assert gate("Ours-1.0", ["Ours-1.0"]) == Gate(frozenset({"Ours-1.0"}))

    def test_every_licence_of_a_source_can_be_named(self) -> None:
        stated = {corpus.licence for corpus in CORPORA.values() if isinstance(corpus.licence, str)}
        assert stated <= KNOWN and set(GROUPS) & KNOWN == set()


class TestRecognising:
    def test_no_source_takes_the_rows_of_another(self) -> None:
        for name in REAL:
            if (FILES / name).is_file():
                rows = [row for row in read_file(FILES / name) if isinstance(row, dict)][:20]
                assert recognise(rows) == [REAL[name][0]], name

    def test_another_form_than_its_name_says_is_one_line(self, tmp_path: Path) -> None:
        write_jsonl(tmp_path / "a.jsonl", [{"question": "Q", "answer": "\n#### 1"}])
        with pytest.raises(
            RecordError, match=r"a\.jsonl: is not of metamath, whose rows have .*query.*it could be gsm8k"
        ):
            list(Reading([tmp_path / "a.jsonl"], source="metamath").problems())

    def test_rows_of_a_folder_that_are_of_none_are_counted(self, tmp_path: Path) -> None:
        write_jsonl(tmp_path / "a.jsonl", [{"question": "Q", "answer": "\n#### 1"}])
        write_jsonl(tmp_path / "b.jsonl", [{"text": "Q"}] * 3)
        assert counts(Reading([tmp_path]).problems()) == {"kept": 1, "no_source": 3}

    def test_files_of_one_name_have_ids_of_their_own(self, tmp_path: Path) -> None:
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            write_jsonl(tmp_path / folder / "train.jsonl", [{"question": "Q", "answer": "\n#### 1"}])
        ids = [found.id for _, found in Reading([tmp_path]).problems()]
        assert ids == ["gsm8k:a-train-jsonl:1", "gsm8k:b-train-jsonl:1"]

    def test_an_unknown_name_gets_a_hint(self) -> None:
        with pytest.raises(RecordError, match="did you mean gsm8k"):
            find("gsm-8k")


class TestColumns:
    ROW = {"prompt": [{"content": "Q"}], "reward": {"truth": 5}, "meta.x": "deep", "topic": "Algebra"}

    def test_paths_go_inside(self, tmp_path: Path) -> None:
        custom = by_columns(
            ["question=prompt.-1.content", "answer=reward.truth", "level=meta.x", "subject=topic"], "MIT", "vote"
        )
        found = problem(self.ROW, tmp_path, custom=custom)
        assert (found.question, found.answer, found.level, found.subject) == ("Q", "5", "deep", "Algebra")
        assert (found.licence, found.answer_from, found.source) == ("MIT", "vote", "columns")

    def test_a_parquet_file(self, tmp_path: Path) -> None:
        Dataset.from_list([self.ROW]).to_parquet(str(tmp_path / "a.parquet"))
        custom = by_columns(["question=prompt.0.content", "answer=reward.truth"])
        assert counts(Reading([tmp_path / "a.parquet"], custom=custom).problems()) == {"kept": 1}

    def test_a_csv_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("problem,expected\nQ,5\nR,\nS,NaN\n")
        custom = by_columns(["question=problem", "answer=expected"])
        found = [getattr(one, "reason", "kept") for _, one in Reading([tmp_path / "a.csv"], custom=custom).problems()]
        assert found == ["kept", "no_answer", "no_answer"]

    @pytest.mark.parametrize(
        "solution", ["```python\nprint(1)\n```\n```output\n1\n```\n\\boxed{1}", "import math\nprint(1)"]
    )
    def test_solutions(self, solution: str, tmp_path: Path) -> None:
        write_jsonl(tmp_path / "a.jsonl", [{"q": "Q", "a": 1, "s": solution}])
        custom = by_columns(["question=q", "answer=a", "solution=s"])
        ((_, found),) = Reading([tmp_path / "a.jsonl"], custom=custom).trajectories()
        assert (
            isinstance(found, Trajectory) and found.steps[0].code.endswith("print(1)") and found.problem.answer == "1"
        )

    @pytest.mark.parametrize(
        ("pairs", "complaint"),
        [(["question"], "PART=COLUMN"), (["answer=a"], "question is missing"), (["colour=a"], "parts are question"),
         (["question=a", "question=b"], "once for each")],
    )  # fmt: skip
    def test_pairs_that_are_none(self, pairs: list[str], complaint: str) -> None:
        with pytest.raises(RecordError, match=complaint):
            by_columns(pairs)

    def test_a_column_that_no_row_has_is_one_line(self, tmp_path: Path) -> None:
        write_jsonl(tmp_path / "a.jsonl", [{"q": "Q"}])
        with pytest.raises(RecordError, match=r"whose rows have question=problem \(its columns are q\)"):
            list(Reading([tmp_path / "a.jsonl"], custom=by_columns(["question=problem"])).problems())


@pytest.mark.parametrize("name", ["gsm8k", "mathinstruct"])
def test_rows_come_from_a_repository_in_the_layout_of_the_hub(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    hub = CORPORA[name].hub
    assert hub is not None
    (tmp_path / "data").mkdir()
    rows = {"gsm8k": {"question": "Q", "answer": "\n#### 1"},
            "mathinstruct": {"source": "data/CoT/x.json", "instruction": "Q", "output": "The answer is 1."},
            }[name]  # fmt: skip
    Dataset.from_list([rows]).to_parquet(str(tmp_path / "data" / "train-00000-of-00001.parquet"))
    (tmp_path / "README.md").write_text(
        f"---\nconfigs:\n- config_name: {hub.config or 'default'}\n  data_files:\n"
        "  - split: train\n    path: data/train-*\n---\n"
    )
    local = replace(CORPORA[name], hub=replace(hub, repository=str(tmp_path)))
    monkeypatch.setitem(CORPORA, name, local)
    assert counts(Reading(source=name, stated=extract_answer).problems()) == {"kept": 1}
    with pytest.raises(RecordError, match="nowhere cannot be loaded .*--input"):
        list(hub_rows(replace(hub, repository=str(tmp_path / "nowhere")), "nowhere", streamed=True, remedy="--input"))


def test_a_source_without_a_hub_asks_for_files() -> None:
    for options, complaint in (({"source": "math23k"}, "on no hub"), ({}, "name files with --input")):
        with pytest.raises(RecordError, match=complaint):
            list(Reading(**options).problems())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("小明有3个苹果", "zh"),
        ("设 $f(x)=\\frac{\\sin x}{\\cos x}$, 求 $f(\\pi)$.", "zh"),
        ("Xiao Ming (小明) has 3 apples and buys two more; how many has he now?", "en"),
        ("Solve for $x$.", "en"),
        ("$1+1$", "en"),
        ("", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_notebook_run_again_in_one_session_shows_what_it_showed() -> None:
    """Programs use the variables of those before; what they show is the value of their last expression."""
    reading = Reading([real("mathcoder_outputs.jsonl")], allow_benchmarks=True)
    found = [one for _, one in reading.trajectories() if isinstance(one, Trajectory)]
    same = several = 0
    with Interpreter() as interpreter:
        for trajectory in found[:12]:
            assert trajectory.meta["session"] == "shared"
            shown = [interpreter.run(step.code, session=trajectory.id) for step in trajectory.steps]
            same += [one.observation for one in shown] == [step.execution.observation for step in trajectory.steps]
            several += len(shown) > 1
    assert several >= 6 and same >= 11  # other versions of SymPy print a few things otherwise
