"""What people say where a family has its own phrasings: other words, other orders, other things.

They come up where problems are worded as people write, and none of them is held out. A file holds those of one
language, a line each, below the names of the families that they ask for; first come formulas that several of them
hold::

    <power> = [({a}x {b:+})^{n}|({a}x{b:t})^{n}]

    # binomial_coefficient
    [Expand|Multiply out] <power>. What is the coefficient of x^{k}?

A wording is a template of the family's parameters; ``[a|b]`` in it is one of several words, which may be empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files

from ..family import LANGS, Lang, Texts

__all__ = ["SAID"]


def _wordings(text: str) -> Mapping[str, list[str]]:
    """Those of a file by the names of their families."""
    formulas, name = {}, ""
    found: dict[str, list[str]] = defaultdict(list)
    for line in filter(None, text.splitlines()):
        if line.startswith("# "):
            name = line.removeprefix("# ")
        elif not name:
            sign, _, formula = line.partition(" = ")
            formulas[sign] = formula
        else:
            for sign, formula in formulas.items():
                line = line.replace(sign, formula)
            found[name].append(line)
    return found


def _said(lang: Lang) -> Mapping[str, tuple[str, ...]]:
    """The wordings of a language, of all files in the order of their names."""
    every: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(f".{lang}.txt"):
            for name, wordings in _wordings(file.read_text(encoding="utf-8")).items():
                every[name] += tuple(wordings)
    return every


def _in_both() -> Mapping[str, Texts]:
    said = {lang: _said(lang) for lang in LANGS}
    return {name: {lang: said[lang].get(name, ()) for lang in LANGS} for name in {**said["en"], **said["zh"]}}


SAID: Mapping[str, Texts] = _in_both()
