"""People's own wordings: each says what its family's own wordings say, in every choice of words."""

from __future__ import annotations

import random
import re
import string
from itertools import product

import pytest

from math_solver.sources.families import FAMILIES, REFUSAL, Family, Writing, generate
from math_solver.sources.families.family import LANGS, Lang, lang_of, one_of_each
from math_solver.sources.families.said import SAID

CHOICE = re.compile(r"\[([^][]*\|[^][]*)\]")
EVERY = {family.name: family for family in (*FAMILIES, REFUSAL)}


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_family_is_said_in_both_languages() -> None:
    assert {*SAID} == {*EVERY}
    assert min(len(said[lang]) for said in SAID.values() for lang in LANGS) >= 6


@pytest.mark.parametrize("lang", LANGS)
def test_no_wording_comes_twice_or_is_held_out(lang: Lang) -> None:
    for name, said in SAID.items():
        family = EVERY[name]
        assert len({*said[lang]}) == len(said[lang]), name
        assert not {*said[lang]} & {*family.questions[lang], *family.kept[lang]}, name


@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_of_words_says_all_that_is_needed(lang: Lang) -> None:
    for name, said in SAID.items():
        family = EVERY[name]
        needed = set.intersection(*map(slots, family.questions[lang]))
        for template in said[lang]:
            # One bracket after the other is turned through its choices; the others stand at their first.
            brackets = [found.split("|") for found in CHOICE.findall(template)]
            for place, choices in enumerate(brackets or [[""]]):
                for choice in choices:
                    words = iter([choice if at == place else other[0] for at, other in enumerate(brackets)])
                    text = CHOICE.sub(lambda _, words=words: next(words), template)  # type: ignore[misc]
                    assert needed <= slots(text), (name, text)


def test_formulas_are_put_in() -> None:
    signs = re.compile(r"<(?:q|q=0|z|P|Q|power|person|人|和|点)>")
    assert not [text for said in SAID.values() for lang in LANGS for text in said[lang] if signs.search(text)]
    assert any("({a}x {b:+})^{n}" in text for text in SAID["binomial_coefficient"]["en"])


def written(family: Family, template: str, lang: Lang, rng: random.Random) -> str:
    params = family.sample(rng)
    return one_of_each(template, rng).format(**family._values(params, lang, rng))


@pytest.mark.parametrize("lang", LANGS)
def test_wordings_are_written_cleanly(lang: Lang) -> None:
    for name, said in SAID.items():
        for template in said[lang]:
            rng = random.Random(template)
            for _ in range(3):
                text = written(EVERY[name], template, lang, rng)
                assert text == text.strip() and "  " not in text and " ," not in text, (template, text)
                assert not CHOICE.search(text), (template, text)


def test_one_of_each_takes_every_choice() -> None:
    rng = random.Random(0)
    said = {one_of_each("[a|b] [c|] [[1, 2], [3, 4]] |x|", rng) for _ in range(60)}
    assert said == {f"{a} {c} [[1, 2], [3, 4]] |x|" for a, c in product("ab", ("c", ""))}


def test_they_come_up_where_people_write_and_only_there() -> None:
    names = ["distance", "gcd_lcm"]
    own = {name: {lang: len(EVERY[name].questions[lang]) for lang in LANGS} for name in names}

    def later(writing: Writing) -> int:
        """How many of the problems are in a wording beyond the family's own."""
        problems = [draft.problem for draft in generate(40, 1, names=names, writing=writing)]
        numbered = [(problem, int(problem.id.rpartition("/")[2].removeprefix(problem.lang))) for problem in problems]
        return sum(number >= own[str(problem.subject)][lang_of(problem)] for problem, number in numbered)

    assert later(Writing()) == 0 and later(Writing(noise=0.01)) > 20
