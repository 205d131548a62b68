from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from math_solver.dataset.chains import Chains
from math_solver.records import Problem, in_chains

problems = st.lists(
    st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), st.sampled_from("abcde"))),
    max_size=30,
)


@given(problems)
def test_they_are_those_of_records_in_memory(named: list[tuple[str, str | None]]) -> None:
    made = [Problem(name, "s", "?", follows=follows) for name, follows in named]
    expected, left = in_chains(list(enumerate(made)), lambda item: item[1])
    chains = Chains()
    for problem in made:
        chains.add(problem)
    assert list(chains) == [[number for number, _ in chain] for chain in expected]
    assert chains.left == len(left)
