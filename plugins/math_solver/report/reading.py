"""Of what type each figure of a report from outside must be, since a page shows it beside others' that come later."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

__all__ = ["odd_figure"]

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=-1e-9, le=1 + 1e-9)]  # an interval's end is rounded


class Part(BaseModel, strict=True, extra="allow", allow_inf_nan=False):
    """Figures by name: those that are here are of the very type, and any others may be there."""


class Estimate(Part):
    value: Share
    low: Share
    high: Share
    n: Count


class Row(Estimate):
    key: str


class Spread(Part):
    mean: float
    median: float
    p95: float
    most: float
    total: float


class Rounds(Part):
    rounds: Count
    attempts: Count
    correct: Count


class Failures(Part):
    kind: str
    meaning: str
    attempts: Count


class Explanations(Part):
    asked: Annotated[int, Field(ge=1)]
    given: Count
    characters: float | None


class SecondLooks(Part):
    outcomes: dict[str, Count] = {}
    confidence: Share | None = None
    checks: dict[str, Count] = {}
    explanations: Explanations | None = None


class People(Part):
    decided: Count
    changed: Count
    agreement: Share | None
    before: Estimate
    after: Estimate


class Problem(Part):
    score: Share
    first: bool


class Circumstances(Part):
    versions: dict[str, Any] | None = None
    server: dict[str, Any] | None = None


Curve = dict[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")], Estimate]


class Figures(Part):
    """Of one run."""

    name: str
    circumstances: Circumstances
    tool: bool
    problems: Count
    attempts: Count
    samples: Count
    stopped_early: bool
    outcomes: dict[str, Count]
    accuracy: Estimate
    pass_at: Curve
    maj_at: Curve
    breakdown: dict[str, list[Row]]
    rounds: list[Rounds]
    failures: list[Failures]
    effort: dict[str, Spread]
    refusals: dict[str, Estimate] | None = None
    second_looks: SecondLooks | None = None
    people: People | None
    by_problem: dict[str, Problem]


class Report(Part):
    runs: Annotated[list[Figures], Field(min_length=1)]


def odd_figure(report: Any) -> str | None:
    """The first figure of a report that cannot be one, with its place; ``None`` where there is none."""
    try:
        Report.model_validate(report)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        named = ".".join(map(str, first["loc"])) or "the whole"  # by others, as problems are
        where = "".join(one if one.isprintable() else "?" for one in named)
        return f"{where} is {first['input']!r:.40}: {first['msg'][:1].lower()}{first['msg'][1:]}"
    return None
