from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset

from math_solver.answers import verify_answer
from math_solver.records import Problem, RecordError, read_records, write_jsonl
from math_solver.sources.benchmarks import BENCHMARKS, Hub, find, load, read_rows, to_problems

ROOT = Path(__file__).parents[2]
SLICES = ROOT.parent / "shared" / "data" / "benchmarks"
SLICE = {
    "aime24": "aime24_60",
    "asdiv": "asdiv_60",
    "cmath": "cmath_60",
    "cn_middle_school": "cn_middle_school_60",
    "college_math": "college_math_60",
    "gaokao2023en": "gaokao2023en_60",
    "gsm8k": "gsm8k_test_330",
    "gsm_hard": "gsm_hard_60",
    "math": "math_test_500",
    "math500": "math_test_500",
    "mawps": "mawps_60",
    "minerva_math": "minerva_math_60",
    "olympiadbench": "olympiadbench_60",
    "svamp": "svamp_60",
}
OPTIONS = [[{"aoVal": "A", "content": "$$3$$ "}], [{"aoVal": "B", "content": "None "}]]

# A row of our own in each layout, and what must come of it.
ROWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("gsm8k", {"question": "Q", "answer": "12*5 = <<12*5=60>>60\n20*60=<<1>>\n#### 1,200"},
     {"answer": "1200", "level": "2 steps"}),
    ("gsm8k", {"question": "Q", "answer": "So <<1>>\n#### -3.5"}, {"answer": "-3.5", "level": "1 step"}),
    ("math", {"problem": "Q", "solution": "no \\boxed{1} but \\boxed{\\frac{1}{2}}.", "type": "Algebra",
              "level": "Level 4"}, {"answer": "\\frac{1}{2}", "subject": "Algebra", "level": "Level 4"}),
    ("math", {"problem": "Q", "solution": "it is $\\boxed 2$.", "type": "T", "level": "L"}, {"answer": "2"}),
    ("math", {"problem": "Q", "solution": "\\fbox{(C)}", "type": "T", "level": "L"}, {"answer": "(C)"}),
    ("math500", {"problem": "Q", "solution": "\\boxed{9}", "answer": "3", "subject": "Algebra", "level": 2,
                 "unique_id": "test/algebra/1.json"},
     {"answer": "3", "level": "Level 2", "id": "math500:test/algebra/1.json"}),
    ("svamp", {"Body": "Tom has 3", "Question": "How many?", "Answer": "3.0", "Type": "Sum", "ID": "chal-1"},
     {"question": "Tom has 3. How many?", "answer": "3", "subject": "Sum", "id": "svamp:chal-1"}),
    ("asdiv", {"body": "Two.", "question": "How many?", "answer": "2 (apples)", "solution_type": "Sum"},
     {"question": "Two. How many?", "answer": "2"}),
    ("mawps", {"id": "mawps__1", "question": "Q", "result": "1_200", "result_float": 1200.0},
     {"answer": "1200", "id": "mawps:mawps__1"}),
    ("mawps", {"input": "Q", "target": 43.0}, {"answer": "43"}),
    ("gsm_hard", {"input": "Q", "target": 3244047.0999999996}, {"answer": "3244047.1"}),
    ("gsm_hard", {"input": "Q", "target": 14053029.666666666}, {"answer": "14053029.6667"}),
    ("aime24", {"id": 60, "problem": "Q", "answer": "025"}, {"answer": "025", "id": "aime24:60"}),
    ("amc23", {"id": 0, "question": "Q", "answer": 27.0}, {"answer": "27"}),
    ("olympiadbench", {"id": 1, "context": "Let $x=1$", "question": "Find $x$.", "final_answer": ["$69$", "$84$"],
                       "answer_type": "Numerical", "is_multiple_answer": True, "subfield": "Algebra"},
     {"question": "Let $x=1$. Find $x$.", "answer": "$69$, $84$", "answer_kind": None}),
    ("olympiadbench", {"id": 2, "context": None, "question": "Q", "final_answer": ["$(1,2)$"],
                       "answer_type": "Tuple", "is_multiple_answer": False},
     {"answer": "(1,2)", "answer_kind": "tuple"}),
    ("college_math", {"question": "Q", "answer": "$10-4 n$", "data_topic": "college_math.algebra"},
     {"answer": "10-4 n", "subject": "algebra"}),
    ("minerva_math", {"problem": "Q", "solution": "\\boxed{1.6} cm", "type": "Astronomy", "idx": 3},
     {"answer": "1.6", "id": "minerva_math:3"}),
    ("minerva_math", {"question": "Q", "answer": "1.6"}, {"answer": "1.6"}),
    ("gaokao2023en", {"question": "Q", "answer": "$48$, $384$"}, {"answer": "$48$, $384$"}),
    ("cmath", {"grade": 3, "question": "还剩多少？", "golden": "9", "reasoning_step": 2, "num_digits": 1},
     {"answer": "9", "level": "grade 3", "subject": "2 steps", "lang": "zh"}),
    ("cn_middle_school", {"idx": 0, "question": "最小\nA.1 B.-2", "answer": "-2", "choice_answer": "B"},
     {"answer": "B", "answer_kind": "choice"}),
    ("cn_middle_school", {"idx": 1, "question": "计算", "answer": "1/9", "choice_answer": ""},
     {"answer": "1/9", "answer_kind": None}),
    ("ape210k", {"id": "ape210k__1", "question": "How?", "question_chinese": "多少？", "result": "1/3"},
     {"question": "多少？", "answer": "1/3", "lang": "zh"}),
    ("tal_scq5k_en", {"qid": "244", "problem": "What is $$1+2$$? ", "answer_option_list": OPTIONS,
                      "answer_value": "A", "difficulty": "2",
                      "knowledge_point_routes": ["Overseas->Knowledge Point->Number Theory Modules->Division"]},
     {"question": "What is $1+2$?\nA. $3$\nB. None", "answer": "A", "answer_kind": "choice", "level": "difficulty 2",
      "subject": "Number Theory Modules"}),
    ("tal_scq5k_cn", {"qid": "7", "problem": "多少", "answer_option_list": OPTIONS, "answer_value": "B",
                      "difficulty": "0", "knowledge_point_routes": []}, {"answer": "B", "subject": None}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path_factory.mktemp("datasets"))


def test_every_benchmark_has_a_row_here() -> None:
    assert {name for name, _, _ in ROWS} | {"families"} == set(BENCHMARKS)


@pytest.mark.parametrize(("name", "row", "expected"), ROWS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(ROWS)])
def test_a_row_becomes_a_problem(name: str, row: dict[str, Any], expected: dict[str, Any]) -> None:
    (problem,) = to_problems(name, [row])
    assert {field: getattr(problem, field) for field in expected} == expected
    assert problem.source == name


@pytest.mark.parametrize("name", [name for name, benchmark in BENCHMARKS.items() if benchmark.hub])
def test_each_loads_from_its_repository_in_the_layout_of_the_hub(name: str, tmp_path: Path) -> None:
    """``datasets`` itself reads a folder as it reads a repository: configurations and splits by file."""
    hub = BENCHMARKS[name].hub
    assert hub is not None
    rows = [row for benchmark, row, _ in ROWS if benchmark == name][:1]
    if hub.files is not None:
        path = tmp_path / (hub.files.rpartition("/")[2] if "://" in hub.files else hub.files)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_jsonl(path, rows)
    else:
        folder = tmp_path / (hub.config or "data")
        folder.mkdir()
        Dataset.from_list(rows).to_parquet(str(folder / f"{hub.split}-00000-of-00001.parquet"))
        files = f"{folder.name}/{hub.split}-*"
        (tmp_path / "README.md").write_text(
            f"---\nconfigs:\n- config_name: {hub.config or 'default'}\n  data_files:\n"
            f"  - split: {hub.split}\n    path: {files}\n---\n",
            encoding="utf-8",
        )
    assert load(name, tmp_path) == list(to_problems(name, rows))


@pytest.mark.parametrize("name", SLICE)
def test_real_rows_have_golds_that_the_verifier_takes(name: str) -> None:
    path = SLICES / f"{SLICE[name]}.jsonl"
    if not path.is_file():
        pytest.skip(f"no {path.name} in ../shared/data/benchmarks")
    problems = load(name, path)
    assert len(problems) == len(path.read_text(encoding="utf-8").splitlines())
    assert len({problem.id for problem in problems}) == len(problems)
    refused = [
        (problem.id, problem.answer)
        for problem in problems
        if problem.answer is None
        or not verify_answer(
            problem.answer,
            f"Hence \\boxed{{{problem.answer.strip('$')}}}.",
            question=problem.question,
            kind=problem.answer_kind,
        ).correct
    ]
    assert not refused


def test_options_can_be_answered_by_value() -> None:
    (problem,) = to_problems("tal_scq5k_en", [next(row for name, row, _ in ROWS if name == "tal_scq5k_en")])
    for predicted, outcome in (("3", "correct"), ("A", "correct"), ("B", "incorrect"), ("None", "incorrect")):
        verdict = verify_answer("A", predicted, question=problem.question, kind=problem.answer_kind)
        assert verdict.outcome == outcome, predicted


def test_the_families_are_the_shipped_problems() -> None:
    assert load("families") == list(read_records(ROOT / "data" / "problems_heldout.jsonl", Problem))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("gsm-8k", "did you mean gsm8k"),
        ("MATH-500", "did you mean math500"),
        ("olympiad", "did you mean olympiadbench"),
        ("zzz", "the benchmarks are gsm8k, math"),
    ],
)
def test_an_unknown_name_gets_a_hint(name: str, hint: str) -> None:
    with pytest.raises(RecordError, match=hint):
        find(name)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([{"question": "Q", "answer": "#### 1"}, {"question": "Q"}], r"row 2 \(columns question\) is not of gsm8k"),
        (
            [{"problem": "Q", "answer": "#### 1"}],
            r"row 1 \(columns problem, answer\) has no question as gsm8k names it",
        ),
        ([{"question": "Q", "answer": "####"}], "has no answer"),
    ],
)
def test_a_bad_row_is_named(rows: list[dict[str, Any]], complaint: str) -> None:
    with pytest.raises(RecordError, match=complaint):
        list(to_problems("gsm8k", rows))


def test_local_copies_may_be_json_lists_and_parquet(tmp_path: Path) -> None:
    rows = [{"question": "Q", "answer": "#### 1"}]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(rows[0]), encoding="utf-8")
    Dataset.from_list(rows).to_parquet(str(tmp_path / "c.parquet"))
    for name in ("a.json", "b.json", "c.parquet"):
        assert list(read_rows(tmp_path / name, Hub("x"))) == rows
    with pytest.raises(RecordError, match=r"missing\.json: no such file"):
        read_rows(tmp_path / "missing.json", Hub("x"))
    with pytest.raises(RecordError, match="cannot be loaded"):
        read_rows(tmp_path / "missing.parquet", Hub("x"))
    (tmp_path / "d.json").write_text('["x"]', encoding="utf-8")
    with pytest.raises(RecordError, match="not a list of JSON objects"):
        read_rows(tmp_path / "d.json", Hub("x"))


def test_without_a_network_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    with pytest.raises(RecordError, match="gsm8k: openai/gsm8k cannot be loaded .*--benchmark-file") as caught:
        load("gsm8k")
    assert "\n" not in str(caught.value)


def test_cmath_as_its_authors_have_it_and_as_the_hub_has_it() -> None:
    for column in ("input", "question"):
        (found,) = to_problems("cmath", [{"grade": 1, column: "1 + 1？", "golden": "2", "reasoning_step": 1}])
        assert (found.question, found.answer) == ("1 + 1？", "2")
