from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from math_solver.records import Drop, RecordError, Trajectory
from math_solver.sources.transcripts import parse_row, read_drafts, read_rows

QUESTION = "题目：3 + 4 等于多少？"
SOLVED = "把两个数相加。\n```python\nprint(3 + 4)\n```"
CLAIM = "运行以上代码，输出会是： ```7```"
CONCLUDED = "因此，和是 \\(\\boxed{7}\\)。"


def row(*values: str) -> dict[str, Any]:
    speakers = ["human", "gpt", "human", "gpt"]
    return {"conversations": [{"from": who, "value": text} for who, text in zip(speakers, values, strict=False)]}


def draft(*values: str) -> Trajectory:
    parsed = parse_row(row(*values), "test", 1)
    assert isinstance(parsed, Trajectory), parsed
    return parsed


def test_a_row_becomes_a_draft_with_the_claimed_output() -> None:
    trajectory = draft(QUESTION, SOLVED, CLAIM, CONCLUDED)
    assert trajectory.id == "test-00001"
    assert (trajectory.problem.question, trajectory.problem.source) == ("3 + 4 等于多少？", "test")
    assert trajectory.problem.lang == "zh"
    (step,) = trajectory.steps
    assert (step.thought, step.code, step.execution.output) == ("把两个数相加。", "print(3 + 4)", "7")
    assert trajectory.conclusion == CONCLUDED
    assert (trajectory.predicted, trajectory.verdict, dict(trajectory.meta)) == (None, None, {})


def test_lines_may_end_as_those_of_another_system() -> None:
    unix, dos = (draft(*(f(text) for text in (QUESTION, SOLVED, CLAIM, CONCLUDED))) for f in (str, in_dos))
    assert unix == dos


def in_dos(text: str) -> str:
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("claim", "output"),
    [
        ("\n运行上述代码，我们可以得到题目要求的答案。输出结果将是：```和: 7```\n", "和: 7"),
        ("运行结果将是： ```最大值: 3``` ```最小值: 1```", "最大值: 3\n最小值: 1"),  # one fence for each line
        ("运行代码的输出将展示：```[-1/3, 2]```。", "[-1/3, 2]"),  # a full stop after the fence
        ("运行以上代码，输出会是： ``````", ""),  # nothing claimed
        ("我还没有运行。", ""),
    ],
)
def test_claims_as_they_are_written(claim: str, output: str) -> None:
    assert draft(QUESTION, SOLVED, claim, CONCLUDED).steps[0].execution.output == output


PROGRAM = "print('和是:', 3 + 4)"


@pytest.mark.parametrize(
    ("solved", "thought", "code", "tidied"),
    [
        # the fence stands on the line of the text
        (f"相加。我们可以验证：```python\n{PROGRAM}\n```\n\n", "相加。我们可以验证：", PROGRAM, []),
        # phrases that announce the parts of the form, in the observed spellings
        (
            f"首先给出思考过程：相加。\n生成的Python代码如下：\n```python\n{PROGRAM}\n```",
            "相加。",
            PROGRAM,
            ["marker"],
        ),
        (f"首先，思考过程如下：相加。\n```python\n{PROGRAM}\n```", "相加。", PROGRAM, ["marker"]),
        (
            f"思考过程：相加。\n生成的 Python 代码如下：\n取 3。\n生成的Python代码如下：\n```python\n{PROGRAM}\n```",
            "相加。\n\n取 3。",
            PROGRAM,
            ["marker"],
        ),
        # an answer boxed before the program ran: the line that announces it goes, another box is unboxed
        (
            f"相加。\n\n因此，和是 \\(\\boxed{{7}}\\)。\n\n验证：```python\n{PROGRAM}\n```",
            "相加。\n\n验证：",
            PROGRAM,
            ["early_box"],
        ),
        (
            f"相加：\n\\[ 3 + 4 = \\boxed{{\\frac{{14}}{{2}}}} \\]\n```python\n{PROGRAM}\n```",
            "相加：\n\\[ 3 + 4 = \\frac{14}{2} \\]",
            PROGRAM,
            ["early_box"],
        ),
        (
            f"相加。\n\n### 结论：\n\n因此，和是 \\(\\boxed{{7}}\\)。\n\n### 验证：\n```python\n{PROGRAM}\n```",
            "相加。\n\n### 验证：",
            PROGRAM,
            ["early_box"],
        ),
        # the program pasted twice, the first copy without its closing fence's line
        (f"相加。```python\n{PROGRAM}```python\n{PROGRAM}\n```", "相加。", PROGRAM, ["program"]),
        # indented in a list, with text and an open fence after it
        (
            "   - 计算：\n     ```python\n     n = 7\n     print(n)\n     ```\n\n### 结果：\n\n```",
            "- 计算：",
            "n = 7\nprint(n)",
            ["program"],
        ),
        # not closed
        (f"相加。\n```python\n{PROGRAM}", "相加。", PROGRAM, []),
    ],
)
def test_thoughts_and_programs_as_they_are_written(solved: str, thought: str, code: str, tidied: list[str]) -> None:
    trajectory = draft(QUESTION, solved, CLAIM, CONCLUDED)
    assert (trajectory.steps[0].thought, trajectory.steps[0].code) == (thought, code)
    assert trajectory.meta.get("tidied", []) == tidied


@pytest.mark.parametrize(
    ("concluded", "conclusion"),
    [
        ("根据您提供的Python代码执行结果，和是 \\boxed{7}。", "根据Python代码执行结果，和是 \\boxed{7}。"),
        ("因此，根据您提供的运行结果，和是 \\boxed{7}。", "因此，根据运行结果，和是 \\boxed{7}。"),
        ("根据您在Python环境中运行的结果，和是 \\boxed{7}。", "根据在Python环境中运行的结果，和是 \\boxed{7}。"),
        ("和是 \\boxed{7}。如果您有任何其他问题，请随时告诉我！", "和是 \\boxed{7}。"),
        ("您将节省 \\boxed{7} 元。", "您将节省 \\boxed{7} 元。"),  # the "you" of the question stays
    ],
)
def test_a_conclusion_speaks_to_nobody_who_pasted_the_output(concluded: str, conclusion: str) -> None:
    assert draft(QUESTION, SOLVED, CLAIM, concluded).conclusion == conclusion


def test_the_language_of_the_solution_is_noted_where_it_is_not_the_question_s() -> None:
    trajectory = draft("What is 3 + 4?", SOLVED, CLAIM, CONCLUDED)
    assert (trajectory.problem.lang, trajectory.meta["solution_lang"]) == ("en", "zh")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("not an object", "unreadable_row"),
        ({"question": "3 + 4"}, "unreadable_row"),
        ({"conversations": "3 + 4"}, "unreadable_row"),
        ({"conversations": []}, "unreadable_row"),
        ({"conversations": [{"from": "human"}]}, "unreadable_row"),
        ({"conversations": [{"from": "gpt", "value": "7"}]}, "unreadable_row"),
        ({"conversations": [{"from": "human", "value": None}]}, "unreadable_row"),
        (row(QUESTION, SOLVED, CLAIM, CONCLUDED)["conversations"], "unreadable_row"),
        ({"conversations": [*row(QUESTION, SOLVED, CLAIM, CONCLUDED)["conversations"]] * 2}, "unreadable_row"),
        (row("题目：", SOLVED, CLAIM, CONCLUDED), "unreadable_row"),
        (row(QUESTION), "truncated"),
        (row(QUESTION, SOLVED), "truncated"),
        (row(QUESTION, "概率是 5/8。", "因此，概率是\\boxed{5/8}。"), "truncated"),  # the conclusion as a human turn
        (row(QUESTION, "因此，是 \\(\\boxed{7}\\)。```python\n\n```"), "no_code"),
        (row(QUESTION, "因此，是 \\(\\boxed{7}\\)。"), "no_code"),
        (row(QUESTION, "相加。\n```python\n# \n \n```".replace("# ", " "), CLAIM, CONCLUDED), "no_code"),
        (row(QUESTION, f"{SOLVED}\n或者\n```python\nprint(7)\n```", CLAIM, CONCLUDED), "several_programs"),
        (row(QUESTION, f"直接 print(3 + 4)。\n{SOLVED}", CLAIM, CONCLUDED), "code_in_text"),
        (row(QUESTION, f"<tool_call> 相加。\n{SOLVED}", CLAIM, CONCLUDED), "code_in_text"),
        (row(QUESTION, SOLVED, CLAIM, f"再算一次：\n```python\nprint(7)\n```\n{CONCLUDED}"), "code_in_text"),
        (row(QUESTION, f"<think>相加。\n{SOLVED}", CLAIM, CONCLUDED), "thought_without_end"),
        (row(QUESTION, SOLVED, CLAIM, "因此，和是 7。"), "no_box"),
    ],
)
def test_rows_that_hold_no_draft(broken: Any, reason: str) -> None:
    parsed = parse_row(broken, "test", 12)
    assert isinstance(parsed, Drop)
    assert (parsed.id, parsed.reason) == ("test-00012", reason)
    assert parsed.detail


def write(path: Path, rows: Any) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def test_files_and_folders_are_read_in_order(tmp_path: Path) -> None:
    good = row(QUESTION, SOLVED, CLAIM, CONCLUDED)
    write(tmp_path / "b.json", [good])
    write(tmp_path / "a.json", [good, 3])
    drafts = read_drafts([tmp_path])
    assert [item.id for item in drafts] == ["a-00001", "a-00002", "b-00001"]
    assert isinstance(drafts[1], Drop)
    assert drafts[1].detail.startswith(f"{tmp_path / 'a.json'}, row 2: ") and "mend or delete" in drafts[1].detail


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no such file"),
        (b"[{", "must be a UTF-8 JSON list"),
        (b"\xff[]", "must be a UTF-8"),
        (b"{}", "not a JSON list"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    path = tmp_path / "rows.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RecordError, match=complaint) as raised:
        read_rows(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_an_empty_folder_and_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="holds no .json file"):
        read_drafts([tmp_path])
    (tmp_path / "other").mkdir()
    paths = [write(tmp_path / "rows.json", []), write(tmp_path / "other" / "rows.json", [])]
    with pytest.raises(RecordError, match="the same ids"):
        read_drafts(paths)


def test_a_row_that_breaks_the_json_costs_that_row(tmp_path: Path) -> None:
    good = json.dumps(row(QUESTION, SOLVED, CLAIM, CONCLUDED), ensure_ascii=False)
    path = tmp_path / "rows.json"
    path.write_text("[\n" + ",\n".join([good, '{"conversations": [', good]) + "\n]", encoding="utf-8")
    first, broken, third = read_drafts([path])
    assert isinstance(first, Trajectory) and isinstance(third, Trajectory)
    assert isinstance(broken, Drop) and broken.reason == "unreadable_row"
    assert broken.detail.startswith(f"{path}, row 2: not JSON")


@pytest.mark.parametrize("number", ["9" * 5000, '"' + "\\ud800" + '"'])
def test_a_row_that_cannot_be_written_again_costs_that_row(number: str, tmp_path: Path) -> None:
    good = json.dumps(row(QUESTION, SOLVED, CLAIM, CONCLUDED), ensure_ascii=False)
    bad = '{"conversations": [{"from": "human", "value": ' + number + "}]}"
    path = tmp_path / "rows.json"
    path.write_text(f"[{good},\n{bad},\n{good}]", encoding="utf-8")
    assert [isinstance(item, Trajectory) for item in read_drafts([path])] == [True, False, True]
