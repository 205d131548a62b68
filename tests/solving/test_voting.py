"""Votes of scripted solves: who wins, what is told of it, what is given up, and that nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from itertools import permutations

import pytest

from math_solver.answers import majority
from math_solver.evaluation import Attempt, classes_of
from math_solver.evaluation.samples import curve_of_majority
from math_solver.evaluation.voting import samples_needed
from math_solver.protocol import REPLACED, ToolCall
from math_solver.records import Execution, Problem, Step, Verdict
from math_solver.solving.loop import Event, Finish, Finished, Generated, Reasoned, Replaced, Solution, Usage, Wrote
from math_solver.solving.outcomes import Check, Tally
from math_solver.solving.stating import stated
from math_solver.solving.voting import Unlimited, voted

HANGS = "hangs"


def solution(answer: str | None, *, programs: int = 0, failed: bool = False, check: str = "") -> Solution:
    conclusion = "I do not know." if answer is None else f"It is \\boxed{{{answer}}}."
    step = Step("", "print(1)", Execution("error" if failed else "ok", "1"))
    tested = Check(check, "model") if check else None  # type: ignore[arg-type]
    return Solution((step,) * programs, conclusion, (), Usage(), "stop", check=tested)


@dataclass
class Script:
    """Solves that end as they are told, in an order of their own; ``HANGS`` never ends."""

    ends: Sequence[Solution | Exception | str | None]
    order: Sequence[int] | None = None
    running: int = 0
    most_running: int = 0
    begun: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)

    async def start(self, number: int) -> AsyncGenerator[Event, None]:
        end = self.ends[number]
        self.begun.append(number)
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        try:
            if end == HANGS:
                yield Wrote(0, "text", "Let me see")
                await asyncio.sleep(3600)
            for _ in range(1 + 20 * (self.order.index(number) if self.order else 0)):
                await asyncio.sleep(0)
            if isinstance(end, Exception):
                raise end
            ended = end if isinstance(end, Solution) else solution(end)
            yield Wrote(0, "text", ended.conclusion)
            yield Finished(ended)
        except (asyncio.CancelledError, GeneratorExit):
            self.given_up.append(number)
            raise
        finally:
            self.running -= 1


@dataclass
class Few:
    """So many places to spare."""

    left: int
    taken: int = 0

    def take(self) -> bool:
        if not self.left:
            return False
        self.left, self.taken = self.left - 1, self.taken + 1
        return True

    def give(self) -> None:
        self.left += 1


def run(script: Script, *, live: bool = False, places: Few | None = None, question: str = "?") -> list[Event]:
    async def collect() -> list[Event]:
        async with asyncio.timeout(30):
            count = len(script.ends)
            vote = voted(script.start, count, question, places=places or Unlimited(), live=live)
            return [event async for event in vote]

    events = asyncio.run(collect())
    assert script.running == 0
    return events


def tally_of(events: Sequence[Event]) -> Tally:
    assert isinstance(events[-1], Finished)
    votes = events[-1].solution.votes
    assert votes is not None
    return votes


@pytest.mark.parametrize(
    ("answers", "winner", "outcome", "votes"),
    [
        (["1/2", "3", r"\frac{1}{2}", "4"], "1/2", "plurality", [2, 1, 1]),  # by meaning
        (["3", "1/2", "0.5", r"\frac{1}{2}"], "1/2", "majority", [3, 1]),
        (["3", "4", "4", "5", "6"], "4", "plurality", [2, 1, 1, 1]),
        (["7", "7"], "7", "unanimous", [2]),
        (["8", None, None], "8", "unanimous", [1]),  # without an answer is no answer of its own
        (["2", "1", "1", "2"], "2", "tie", [2, 2]),  # told, and the first that was started is given
        (["1", "2", "3"], "1", "tie", [1, 1, 1]),  # all differ
        ([None, None], None, "none", []),
    ],
)
def test_the_most_frequent_answer_wins(
    answers: list[str | None], winner: str | None, outcome: str, votes: list[int]
) -> None:
    events = run(Script(answers))
    tally = tally_of(events)
    assert (tally.outcome, [group.votes for group in tally.groups]) == (outcome, votes)
    assert tally.as_json()["answer"] == winner
    text = "".join(event.text for event in events if isinstance(event, Wrote))
    assert text == solution(winner).conclusion  # of the winner alone


@pytest.mark.parametrize(
    "answers", [["2", "1", "1", "2"], ["1", "1", "2"], ["3", "2", "1", "2"], ["1", None, "2", "2"]]
)
def test_in_whatever_order_solves_end_the_majority_is_that_of_an_evaluation(answers: list[str | None]) -> None:
    expected = majority(answers)[0].answer
    for order in permutations(range(len(answers))):
        assert tally_of(run(Script(answers, order))).as_json()["answer"] == expected


def said(conclusion: str, finish: Finish = "stop") -> Solution:
    return Solution((), conclusion, (), Usage(), finish)


@pytest.mark.parametrize(
    ("ends", "winner", "outcome", "without_answer"),
    [
        # Half an answer is none, however many come to the same half.
        ([said("The answer is 5", "length")] * 2 + [said(r"\boxed{512}")], "512", "unanimous", 2),
        ([said("I", "length")] * 2 + [said("The answer is 512.")], "512", "unanimous", 2),
        ([said("So it is 5", "rounds")] * 2 + [said(r"\boxed{512}")], "512", "unanimous", 2),  # before another call
        ([said(r"\boxed{5", "length")] * 2 + [said(r"\boxed{512}")], "512", "unanimous", 2),
        ([said("I", "length")] * 3, None, "none", 3),
        # A whole box is an answer, also where the model never came to an end behind it.
        ([said(r"\boxed{8}")] + [said(r"\boxed{7}. Let me", "length")] * 2, "7", "majority", 0),
        # Words and letters do not win against a box,
        ([said("hmm")] * 2 + [said(r"\boxed{5}")], "5", "unanimous", 2),
        ([said("The answer is correct.")] * 2 + [said(r"\boxed{5}")], "5", "unanimous", 2),
        ([said(r"\boxed{5}")] + [said("The answer is 6.")] * 2, "6", "majority", 0),  # values do,
        # and words may say the same as a box, or as each other where there is none.
        ([said("The answer is yes.")] * 2 + [said(r"\boxed{no}"), said(r"\boxed{yes}")], "yes", "majority", 0),
        ([said("The answer is Sunday.")] + [said("The answer is Monday.")] * 2, "Monday", "majority", 0),
    ],
)
def test_half_an_answer_has_no_vote_and_words_do_not_win_against_boxes(
    ends: list[Solution], winner: str | None, outcome: str, without_answer: int
) -> None:
    tally = tally_of(run(Script(ends, range(len(ends)))))
    assert (tally.as_json()["answer"], tally.outcome, tally.without_answer) == (winner, outcome, without_answer)
    assert tally_of(run(Script(ends, range(len(ends))[::-1]))).as_json()["answer"] == winner
    assert winner_in_an_evaluation(ends) == winner


def winner_in_an_evaluation(ends: Sequence[Solution]) -> str | None:
    """What the majority is where the same solutions are an evaluation's samples."""
    return next((one.answer for one in classes_of(samples_of(ends))), None)


def samples_of(ends: Sequence[Solution]) -> list[Attempt]:
    return [
        Attempt(str(number), Problem("p", "s", "?", "1"), end.conclusion, found and found.answer, Verdict("incorrect"))
        for number, end in enumerate(ends)
        for found in [stated(end.conclusion, end.finish_reason)]
    ]


def test_words_that_lead_wait_for_a_box_that_may_still_come() -> None:
    words = said("The answer is Monday.")
    tally = tally_of(run(Script([words, words, words, "Sunday", "Sunday"], [0, 1, 2, 3, 4])))
    assert (tally.as_json()["answer"], tally.without_answer) == ("Sunday", 3)


def test_words_that_a_box_may_yet_say_too_keep_a_vote_open() -> None:
    ends = [said(r"\boxed{7}")] * 3 + [said("The answer is Saturday.")] * 3 + [said(r"\boxed{Saturday}")] * 2
    tally = tally_of(run(Script(ends, range(8))))
    assert (tally.as_json()["answer"], tally.outcome) == ("Saturday", "majority")
    assert winner_in_an_evaluation(ends) == "Saturday"
    assert samples_needed(samples_of(ends)[:6], 2) > 0


def test_the_majority_of_fewer_samples_is_that_of_a_vote_of_these_alone() -> None:
    ends = [said("The answer is Sunday.")] + [said("The answer is Saturday.")] * 2 + [said(r"\boxed{7}")]
    samples = [replace(one, verdict=Verdict("correct" if "Sat" in one.text else "incorrect"))
               for one in samples_of(ends)]  # fmt: skip
    of_three = curve_of_majority([samples], 4, False, 0)
    assert {k: round(4 * point["value"]) for k, point in of_three.items()} == {"2": 1, "4": 0}
    assert curve_of_majority([samples[:3]], 3, False, 0)["3"]["value"] == 1.0


def test_the_shortest_clean_solution_of_the_winner_is_the_reply() -> None:
    ends = [
        solution("4", programs=3),
        solution("4", programs=1, failed=True),
        solution("4", programs=2),
        solution("5"),
        solution("6"),
    ]
    events = run(Script(ends))
    assert tally_of(events).solution == 2
    # A stream has shown the first by then, and it gives the answer that won.
    assert tally_of(run(Script(ends), live=True)).solution == 0


def test_the_vote_ends_as_soon_as_the_rest_cannot_change_it() -> None:
    script = Script(["1", "1", HANGS, "1", HANGS])  # two of five may yet agree on another, but are no more
    tally = tally_of(run(script))
    assert (tally.outcome, tally.not_needed, tally.confidence) == ("unanimous", 2, 1.0)
    assert sorted(script.given_up) == [2, 4]


def test_a_solve_that_fails_votes_for_nothing_and_all_that_fail_raise_the_first() -> None:
    tally = tally_of(run(Script([RuntimeError("died"), "1", "2", "1"])))
    assert (tally.as_json()["answer"], tally.failed, tally.confidence) == ("1", 1, 0.5)
    with pytest.raises(RuntimeError, match="first"):
        run(Script([RuntimeError("first"), RuntimeError("second")]))


@pytest.mark.parametrize(
    ("ends", "shown", "replaced"),
    [
        (["1", "2", "1"], "1", False),
        (["1", "2", "2"], "2", True),
        ([HANGS, "2", "2"], "2", True),  # it is too late
        ([RuntimeError("died"), "2", "2"], "2", False),  # nothing of it was shown
    ],
)
def test_a_stream_shows_the_first_and_says_where_the_vote_went_against_it(
    ends: list[Solution | Exception | str], shown: str, replaced: bool
) -> None:
    events = run(Script(ends, order=[0, 1, 2]), live=True, question="1 加 1 等于多少？")
    lines = [event.line for event in events if isinstance(event, Replaced)]
    assert lines == [REPLACED["vote"]["zh"]] * replaced
    last = [event.text for event in events if isinstance(event, Wrote)][-1]
    assert last == solution(shown).conclusion


CALLS = Solution((), "", (), Usage(), "tool_calls", (ToolCall("look_up", "", "", arguments={"word": "a"}),))
THOUGHT, CALLED, END = Reasoned("Hm."), Generated(0, "", CALLS.calls[0]), Finished(CALLS)


@pytest.mark.parametrize(
    ("solves", "passed_on"),
    [
        ([[CALLED, END], [CALLED, END]], [CALLED]),  # a call without words: nothing to show, and not told twice
        ([[THOUGHT, CALLED, END], [CALLED, END]], [THOUGHT, CALLED]),
        # It still reasons when the vote is over, and what follows is another solution.
        ([[THOUGHT], [CALLED, END], [CALLED, END]], [THOUGHT, Replaced("vote", REPLACED["vote"]["en"]), CALLED]),
    ],
)
def test_reasoning_is_shown_and_comes_once(solves: list[list[Event]], passed_on: list[Event]) -> None:
    async def start(number: int) -> AsyncGenerator[Event, None]:
        for event in solves[number]:
            yield event
        if solves[number][-1] != END:
            await asyncio.sleep(3600)

    async def collect() -> list[Event]:
        async with asyncio.timeout(30):
            return [event async for event in voted(start, len(solves), "?", places=Unlimited(), live=True)]

    *events, last = asyncio.run(collect())
    assert events == passed_on
    assert isinstance(last, Finished) and last.solution.calls == CALLS.calls


def test_a_solution_that_is_shown_and_still_checked_is_waited_for() -> None:
    script = Script(["1", "1", "1", "1", HANGS])
    events = run(checking_the_first(script, until=3), live=True)
    assert not any(isinstance(event, Replaced) for event in events)
    tally = tally_of(events)
    assert (tally.groups[0].votes, tally.not_needed, script.given_up) == (4, 1, [4])


def test_a_vote_that_was_over_is_over_whatever_the_solution_that_was_waited_for_says() -> None:
    # 0.33 is 33%, and is 1/3 where it is read as rounded; 33% is not 1/3: with the first answer the classes split.
    script = Script(["1/3", "0.33", r"33\%", r"33\%", HANGS])
    assert [one.votes for one in majority(["1/3", "0.33", r"33\%", r"33\%"])] == [2, 2]
    tally = tally_of(run(checking_the_first(script, until=3), live=True))
    assert (tally.outcome, tally.not_needed, script.given_up) == ("tie", 1, [4])


def checking_the_first(script: Script, *, until: int) -> Script:
    """The script, whose first solve has shown its conclusion and ends only after that of the number ``until`` has."""
    told, others = asyncio.Event(), script.start

    async def start(number: int) -> AsyncGenerator[Event, None]:
        async with aclosing(others(number)) as events:
            async for event in events:
                if number == 0 and isinstance(event, Finished):
                    yield Generated(0, event.solution.conclusion, None)
                    await told.wait()
                yield event
                if number == until:
                    asyncio.get_running_loop().call_later(0.05, told.set)

    script.start = start  # type: ignore[method-assign]
    return script


def test_of_a_tie_the_checked_answer_wins_and_waits_for_those_that_may_be_checked() -> None:
    ends = [solution("1", check="unknown"), solution("2", check="agreed"), solution("3", check="disputed")]
    tally = tally_of(run(Script(ends)))
    assert (tally.outcome, tally.groups[0].answer, tally.groups[0].checked) == ("checked", "2", 1)


def test_a_call_to_a_clients_tool_votes_as_it_is_written() -> None:
    calls = [
        Solution((), "", (), Usage(), "tool_calls", (ToolCall("look_up", "", "", arguments={"word": word}),))
        for word in ("a", "b", "a")
    ]
    events = run(Script([solution("1"), *calls]))
    assert isinstance(events[-1], Finished)
    assert events[-1].solution.calls == calls[0].calls
    assert [group.votes for group in tally_of(events).groups] == [2, 1, 1]


@pytest.mark.parametrize(("spare", "most"), [(0, 1), (1, 2), (5, 4)])
def test_solves_take_only_the_places_that_are_to_spare_and_give_them_back(spare: int, most: int) -> None:
    script, places = Script(["1", "2", "3", "2"]), Few(spare)
    assert tally_of(run(script, places=places)).as_json()["answer"] == "2"
    assert script.most_running == most
    assert places.left == spare and script.begun == [0, 1, 2, 3]


def test_leaving_ends_all_solves() -> None:
    script, places = Script([HANGS] * 4), Few(3)

    async def leave() -> None:
        async with aclosing(voted(script.start, 4, "?", places=places, live=True)) as events:
            await anext(events)

    asyncio.run(leave())
    assert (script.running, sorted(script.given_up), places.left) == (0, [0, 1, 2, 3], 3)
