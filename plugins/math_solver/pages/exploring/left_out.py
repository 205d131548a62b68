"""What curation left out, row by row and in clusters of duplicates, as its victims file tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...dataset.curation.curating import Victim
from .collection import Facts
from .facets import FacetKind

__all__ = ["CLUSTERS", "LEFT_OUT", "clusters_of", "facts_of_cluster", "facts_of_victim"]

LEFT_OUT = (
    FacetKind("filter", "Filter"),
    FacetKind("reason", "Reason"),
    FacetKind("benchmark", "Benchmark"),
    FacetKind("score", "Score", "natural"),
    FacetKind("file", "File"),
)
CLUSTERS = (
    FacetKind("size", "Beside the first", "natural"),
    FacetKind("reason", "Reason"),
    FacetKind("where", "Found"),
)
_SIZES = (1, 2, 4, 9, 99)


def facts_of_victim(victim: Victim, file: str) -> Facts:
    hit = victim.filter != "duplicates"  # of decontamination, or of a judge
    values = {
        "filter": [victim.filter],
        "reason": [f"{victim.filter}: {victim.reason}"],
        "benchmark": [victim.kin.partition(":")[0]] if hit and victim.kin else [],
        "score": [f"{victim.score:.1f}"] if victim.score is not None else [],
        "file": [file],
    }
    texts = [victim.id, victim.question, victim.kin or "", victim.kin_question or "", victim.detail]
    return Facts(values, "\n".join(texts), victim.id)


def clusters_of(victims: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The duplicates by the row that each repeats, the largest first: ``{"kin", "kin_question", "members"}``."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for victim in victims:
        if victim["filter"] == "duplicates" and victim["kin"] is not None:
            found.setdefault(victim["kin"], []).append(victim)
    for kin, members in sorted(found.items(), key=lambda cluster: -len(cluster[1])):
        yield {"kin": kin, "kin_question": members[0]["kin_question"] or "", "members": members}


def facts_of_cluster(cluster: Mapping[str, Any]) -> Facts:
    members = cluster["members"]
    texts = [cluster["kin"], cluster["kin_question"]]
    texts += [text for member in members for text in (member["id"], member["question"])]
    values = {
        "size": [_size(len(members))],
        "reason": [member["reason"] for member in members],
        "where": ["among the rows" if cluster.get("here") else "by curation"],
    }
    return Facts(values, "\n".join(texts), cluster["kin"])


def _size(members: int) -> str:
    before = 0
    for bound in _SIZES:
        if members <= bound:
            return str(bound) if bound == before + 1 else f"{before + 1} to {bound}"
        before = bound
    return f"{before + 1} or more"
