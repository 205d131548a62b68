"""What happens to a draft: a model solves it, its programs run, its conclusion is checked, it becomes a trajectory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from ..answers import extract_answer, verify_answer
from ..dataset.evidence import judge_conclusion
from ..dataset.sharegpt import reason_to_drop
from ..dataset.validation.drafts import library_versions
from ..interpreter import Interpreter
from ..protocol import detect_lang, without_thought
from ..records import Problem, RecordError, Trajectory, Verdict
from ..solving.asking import CODE_INTERPRETER, NoCompletion, Reply, ServerLoop
from ..solving.endpoint import Endpoint
from ..solving.replies import excerpt
from ..solving.worked import read_worked
from .drafts import HUMAN, Draft, DraftStep

__all__ = ["Check", "Teacher", "checks", "read_solution", "run_steps", "trajectory"]

_LEFT_OUT = {
    "markup_in_text": "a text holds a chat or tool-call mark such as <tool_call>",
    "fence_in_text": "a text holds ```",
    "empty_text": "the question or the conclusion is empty",
}
_sessions = count(1)


@dataclass(frozen=True)
class Check:
    """One condition that a draft has to meet before it is saved, and what was found."""

    met: bool
    text: str


def run_steps(draft: Draft, interpreter: Interpreter) -> Draft:
    """Run all programs in order in one session; what they really do takes the place of what is shown.

    ``ms`` is kept as 0, so that the same programs give the same bytes.

    Raises:
        InterpreterError: nothing can be run.
    """
    session = f"draft-{draft.key}-{next(_sessions)}"
    try:
        ran = tuple(
            replace(step, execution=replace(interpreter.run(step.code, session), ms=0.0)) for step in draft.steps
        )
    finally:
        interpreter.end_session(session)
    return draft if ran == draft.steps else replace(draft, steps=ran, saved=False)


def checks(draft: Draft) -> list[Check]:
    """What a trajectory has to meet, in the order in which a person would mend it."""
    found = [Check(bool(draft.question.strip()), "the question is written")]
    empty = [str(number) for number, step in enumerate(draft.steps, 1) if not step.code.strip()]
    found.append(Check(not empty, f"every step has a program{_behind('; none in step ', ', '.join(empty))}"))
    if draft.has_run:
        status = draft.steps[-1].execution.status if draft.steps[-1].execution else "missing"
        found.append(Check(status == "ok", f"the last program ended well (status {status})"))
    else:
        found.append(Check(False, "the programs have run since the last change: press Run"))
    predicted = extract_answer(draft.conclusion)
    boxed = "\\boxed" in draft.conclusion and predicted is not None
    found.append(Check(boxed, f"the conclusion holds \\boxed{{}}{_behind(': ', predicted or '')}"))
    if boxed and draft.has_run:
        found += _judged(draft, predicted)
    return found


def _judged(draft: Draft, predicted: str | None) -> Iterator[Check]:
    printed = "\n".join(step.execution.observation for step in draft.steps if step.execution)
    support = judge_conclusion(draft.conclusion, printed, draft.question)
    yield Check(support.outcome == "supported", "the output shows the boxed answer" + _behind(": ", support.reason))
    verdict = _verdict(draft, predicted)
    if draft.answer.strip():
        yield Check(verdict.correct, f"the verifier finds it equal to the gold answer: {verdict.reason}")


def _verdict(draft: Draft, predicted: str | None) -> Verdict:
    gold = draft.answer.strip()
    if not gold:
        return Verdict("unverifiable", "no gold answer; the program's output supports the boxed one")
    return verify_answer(gold, predicted, question=draft.question, kind=draft.problem.get("answer_kind"))


def _behind(mark: str, text: str) -> str:
    text = " ".join(text.split())
    return f"{mark}{text if len(text) <= 100 else f'{text[:97]}...'}" if text else ""


def trajectory(draft: Draft) -> Trajectory:
    """The trajectory that a draft is, once all ``checks`` are met.

    Raises:
        RecordError: one is not, or ``build_dataset.py`` would leave the trajectory out.
    """
    missing = next((check for check in checks(draft) if not check.met), None)
    if missing is not None:
        raise RecordError(f"not saved; still missing: {missing.text}")
    if not draft.id.strip():
        raise RecordError("not saved; still missing: the entry has an id")
    predicted = extract_answer(draft.conclusion)
    made = Trajectory(
        id=draft.id.strip(),
        problem=draft.trajectory_problem(detect_lang(draft.question)),
        steps=draft.executed_steps(),
        conclusion=draft.conclusion.strip(),
        predicted=predicted,
        verdict=_verdict(draft, predicted),
        meta={
            "teacher": draft.teacher,
            **({"edited": True} if draft.edited and draft.teacher != HUMAN else {}),
            "versions": library_versions(),
        },
    )
    reason = reason_to_drop(made, images=True)
    if reason is not None:
        raise RecordError(f"not saved; no dataset would take it: {_LEFT_OUT.get(reason, reason)}")
    return made


def read_solution(text: str) -> tuple[tuple[DraftStep, ...], str]:
    """Steps and conclusion of a worked solution; its reasoning and outputs that it claims are left out."""
    worked = read_worked(without_thought(text))
    steps, thoughts = list[DraftStep](), list[str]()
    for step in worked.steps:
        thoughts.append(step.thought)
        if step.code is not None:
            steps.append(DraftStep(_paragraphs(thoughts), step.code))
            thoughts = []
    return tuple(steps), _paragraphs([*thoughts, worked.conclusion])


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, texts))


class Teacher:
    """A model that solves for a person, with the code interpreter where its endpoint has one."""

    def __init__(self, endpoint: Endpoint, *, max_tokens: int) -> None:
        self._endpoint, self._options = endpoint, {"temperature": 0, "max_tokens": max_tokens}

    @property
    def name(self) -> str:
        return self._endpoint.model

    def solve(self, question: str) -> tuple[tuple[DraftStep, ...], str]:
        """Steps, not yet run here, and conclusion.

        Raises:
            RecordError: the endpoint gave no solution; the message says why.
        """
        import openai

        try:
            reply = asyncio.run(self._ask(question))
        except (openai.APIError, NoCompletion) as error:
            said = excerpt(str(error))
            raise RecordError(f"{self._endpoint.base_url}: the model gave no solution ({said})") from error
        if reply.executions or reply.conclusion is not None:
            steps = (DraftStep(ran["thought"], ran["code"]) for ran in reply.executions)
            return tuple(steps), reply.conclusion or ""
        return read_solution(reply.text)

    async def _ask(self, question: str) -> Reply:
        async with self._endpoint.client() as client:
            ask = ServerLoop(client, self.name, [CODE_INTERPRETER], self._options, optional=True)
            return await ask(Problem("draft", "people", question))
