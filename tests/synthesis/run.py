"""A synthesis in a process of its own, with little patience: what is killed in tests.

python -m tests.synthesis.run URL PROBLEMS OUTPUT MAX_COST
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from math_solver.records import Problem, read_records
from math_solver.synthesis.limiter import Patience
from math_solver.synthesis.sampling import Recipe
from math_solver.synthesis.session import Files, Plan, Result, synthesize
from math_solver.synthesis.spending import Cap, Price
from math_solver.synthesis.steering import Policy
from math_solver.synthesis.teachers import Teacher
from math_solver.synthesis.variety import Variety

HASTE = Patience(attempts=4, turned_away=6, first=0.02, longest=0.1, outage=60.0)
PRICE = Price(Decimal("0.5"), Decimal("1.5"))


def plan(*urls: str, max_cost: Decimal | None = None, concurrency: int = 32, **more: Any) -> Plan:
    recipe = {"model": "m", "max_tokens": 512, "variety": Variety((0.3, 0.7, 1.0)), "versions": {"python": "3"}}
    for name in list(more):
        if name in Recipe.__dataclass_fields__:
            recipe[name] = more.pop(name)
    defaults: dict[str, Any] = {"policy": Policy(4, 2, 3), "cap": Cap(max_cost), "timeout": 4.0, "patience": HASTE}
    teachers = [Teacher(url, PRICE, concurrency) for url in urls]
    return Plan(Recipe(**recipe), teachers, **{**defaults, **more})  # type: ignore[arg-type]


def run(problems: Path, output: Path, plan: Plan) -> Result:
    return synthesize(list(read_records(problems, Problem)), plan, Files.beside(output))


if __name__ == "__main__":
    url, problems, output, max_cost = sys.argv[1:]
    for line in run(Path(problems), Path(output), plan(url, max_cost=Decimal(max_cost))).lines():
        print(line)
