"""Formulas that many wordings of a family hold, each written in several ways."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["with_formulas"]


def with_formulas(formulas: Mapping[str, str], *texts: str) -> tuple[str, ...]:
    """The texts with the formulas that their ``<signs>`` stand for."""
    said = list(texts)
    for sign, formula in formulas.items():
        said = [text.replace(sign, formula) for text in said]
    return tuple(said)
