"""The benchmarks: where each lies on the hub, and its readers.

Repositories, splits and columns were read off the dataset cards. Where a common copy (such as those that
Qwen2.5-Math and ToRA evaluate on) names a column otherwise, the reader takes both.
"""

from __future__ import annotations

from ..form import Form, Hub, always
from ..readers import (
    after_hashes,
    before_bracket,
    calculations,
    column,
    joined,
    labelled,
    last_box,
    letter_or_value,
    olympiad_kind,
    plain,
    route,
    steps,
    with_options,
    without_dollars,
)

__all__ = ["BENCHMARKS", "Benchmark", "Hub"]


class Benchmark(Form):
    """A form whose rows are asked by the evaluation, never trained on; without ``hub`` they are generated."""


BENCHMARKS: dict[str, Benchmark] = {
    "gsm8k": Benchmark("GSM8K", Hub("openai/gsm8k", "main"), column("question"), after_hashes, level=calculations),
    "math": Benchmark(
        "MATH",
        Hub("DigitalLearningGmbH/MATH-lighteval"),
        column("problem"),
        last_box,
        subject=column("type"),
        level=column("level"),
    ),
    "math500": Benchmark(
        "MATH-500",
        Hub("HuggingFaceH4/MATH-500"),
        column("problem"),
        lambda row: column("answer")(row) or last_box(row),
        subject=column("subject", "type"),
        level=lambda row: f"Level {plain(row['level']).removeprefix('Level ')}",
    ),
    "svamp": Benchmark(
        "SVAMP",
        Hub("ChilleD/SVAMP", revision="5e0bf1e5e7c0e9c4bc39180d224f41f3f801b7ef"),
        joined("Body", "Question"),
        column("Answer"),
        subject=column("Type"),
    ),
    "asdiv": Benchmark(
        "ASDiv",
        Hub("EleutherAI/asdiv", "asdiv", "validation"),
        joined("body", "question"),
        before_bracket,
        subject=column("solution_type"),
    ),
    "mawps": Benchmark(
        "MAWPS",
        Hub("MU-NLPC/Calc-mawps"),
        column("question", "input"),
        column("result", "target"),
        subject=column("type"),
    ),
    "gsm_hard": Benchmark(
        "GSM-Hard", Hub("reasoning-machines/gsm-hard", split="train"), column("input"), column("target")
    ),
    "aime24": Benchmark(
        "AIME 2024", Hub("HuggingFaceH4/aime_2024", split="train"), column("problem"), column("answer")
    ),
    "amc23": Benchmark("AMC 2023", Hub("math-ai/amc23"), column("question", "problem"), column("answer")),
    "olympiadbench": Benchmark(
        "OlympiadBench",
        Hub("Hothan/OlympiadBench", "OE_TO_maths_en_COMP", "train"),
        joined("context", "question"),
        without_dollars(column("final_answer")),
        subject=column("subfield"),
        kind=olympiad_kind,
    ),
    "college_math": Benchmark(
        "College Math",
        Hub("qq8933/College_Math_Test", split="test"),
        column("question"),
        without_dollars(column("answer")),
        subject=lambda row: (column("data_topic")(row) or "").removeprefix("college_math.") or None,
    ),
    "minerva_math": Benchmark(
        "Minerva Math",
        Hub("svc-huggingface/minerva-math"),
        column("problem", "question"),
        lambda row: last_box(row) if row.get("solution") else column("answer")(row),
        subject=column("type"),
    ),
    "gaokao2023en": Benchmark(
        "Gaokao 2023 (English)",
        Hub(
            "MARIO-Math-Reasoning/Gaokao2023-Math-En",
            split="train",
            revision="6c7bdecd205ed623b5e6c92335deb4f13a7cdd9b",
        ),
        column("question"),
        without_dollars(column("answer")),
    ),
    "cmath": Benchmark(
        "CMATH",
        Hub("weitianwen/cmath"),
        column("question", "input"),
        column("golden", "answer"),
        subject=lambda row: steps(int(row["reasoning_step"])) if row.get("reasoning_step") else None,
        level=labelled("grade", "grade"),
    ),
    "cn_middle_school": Benchmark(
        "CN Middle School 24",
        # On no hub that we know of; this is the copy in Qwen2.5-Math's evaluation.
        Hub(
            "json",
            split="train",
            files="https://raw.githubusercontent.com/QwenLM/Qwen2.5-Math/main/"
            "evaluation/data/cn_middle_school_24/test.jsonl",
        ),
        column("question"),
        letter_or_value,
        kind=lambda row: "choice" if row.get("choice_answer") else None,
    ),
    "ape210k": Benchmark(
        "APE210K",
        Hub("MU-NLPC/Calc-ape210k"),
        column("question_chinese", "original_text"),
        column("result", "ans"),
    ),
    "tal_scq5k_en": Benchmark(
        "TAL-SCQ5K (English)",
        Hub("math-eval/TAL-SCQ5K", files="TAL-SCQ5K-EN/test.jsonl"),
        with_options,
        column("answer_value"),
        subject=route,
        level=labelled("difficulty", "difficulty"),
        kind=always("choice"),
    ),
    "tal_scq5k_cn": Benchmark(
        "TAL-SCQ5K (Chinese)",
        Hub("math-eval/TAL-SCQ5K", files="TAL-SCQ5K-CN/test.jsonl"),
        with_options,
        column("answer_value"),
        subject=route,
        level=labelled("difficulty", "difficulty"),
        kind=always("choice"),
    ),
    "families": Benchmark("The project's own families", None, column("question"), column("answer")),
}
