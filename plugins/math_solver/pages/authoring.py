"""What happens to a draft: a model solves it, its programs run, its conclusion is checked, it becomes a trajectory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from ..answers import extract_answer, verify_answer
from ..dataset.curation import library_versions
from ..dataset.evidence import judge_conclusion
from ..dataset.sharegpt import problem_with
from ..interpreter import Interpreter
from ..protocol import detect_lang, system_prompt
from ..records import RecordError, Trajectory, Verdict, storable
from .drafts import HUMAN, Draft, DraftStep

__all__ = ["Check", "Model", "checks", "read_solution", "run_steps", "trajectory"]

_BLOCK = re.compile(r"^```(python|output)[ \t]*\n(.*?)\n?^```[ \t]*$", re.DOTALL | re.MULTILINE)
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
    reason = problem_with(made)
    if reason is not None:
        raise RecordError(f"not saved; no dataset would take it: {_LEFT_OUT.get(reason, reason)}")
    return made


def read_solution(text: str) -> tuple[tuple[DraftStep, ...], str]:
    """Steps and conclusion of a worked solution in fenced blocks; outputs that it claims are left out."""
    steps, thought, start = [], [], 0
    for block in _BLOCK.finditer(text):
        thought.append(text[start : block.start()].strip())
        start = block.end()
        if block[1] == "python":
            steps.append(DraftStep("\n\n".join(filter(None, thought)), block[2]))
            thought = []
    return tuple(steps), "\n\n".join(filter(None, [*thought, text[start:].strip()]))


class Model:
    """A model behind an OpenAI-compatible endpoint, with the code interpreter where the endpoint has one."""

    def __init__(self, base_url: str, name: str, api_key: str, *, max_tokens: int, timeout: float = 600.0) -> None:
        self.base_url, self.name = base_url, name
        self._api_key, self._max_tokens, self._timeout = api_key, max_tokens, timeout

    def solve(self, question: str) -> tuple[tuple[DraftStep, ...], str]:
        """Steps, not yet run here, and conclusion.

        Raises:
            RecordError: the endpoint gave no solution; the message says why.
        """
        import openai

        client = openai.OpenAI(base_url=self.base_url, api_key=self._api_key, timeout=self._timeout, max_retries=1)
        with client:
            try:
                message = self._ask(client, question, [{"type": "code_interpreter"}])
            except (openai.BadRequestError, openai.UnprocessableEntityError):  # knows no such tool
                message = self._ask_plainly(client, question)
            except openai.APIError as error:
                raise RecordError(f"{self.base_url}: the model gave no solution ({error})") from error
        ran = (message.model_extra or {}).get("code_interpreter")
        if isinstance(ran, Mapping):
            return _steps(ran.get("executions") or ()), _text(ran, "conclusion")
        return read_solution(storable(message.content or ""))

    def _ask_plainly(self, client: Any, question: str) -> Any:
        import openai

        try:
            return self._ask(client, question, None)
        except openai.APIError as error:
            raise RecordError(f"{self.base_url}: the model gave no solution ({error})") from error

    def _ask(self, client: Any, question: str, tools: list[dict[str, str]] | None) -> Any:
        completion = client.chat.completions.create(
            model=self.name,
            messages=[
                {"role": "system", "content": system_prompt(question)},
                {"role": "user", "content": question},
            ],
            temperature=0,
            max_tokens=self._max_tokens,
            **({"extra_body": {"tools": tools}} if tools else {}),
        )
        if not completion.choices:
            raise RecordError(f"{self.base_url}: the answer holds no choice")
        return completion.choices[0].message


def _steps(executions: Iterable[Mapping[str, Any]]) -> tuple[DraftStep, ...]:
    return tuple(DraftStep(_text(ran, "thought"), _text(ran, "code")) for ran in executions)


def _text(ran: Mapping[str, Any], name: str) -> str:
    return storable(str(ran.get(name) or ""))
