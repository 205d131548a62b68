"""From a checked request to the events of its response: what came before, the container, the solve, the store."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from ...protocol import Form, ThoughtTags, system_prompt
from ...solving.loop import Budget, Event, Finished, Solution
from ..containers.containers import Containers, Place
from ..demanded import unmet_error
from ..solve_request import Run, SolveRequest, last_question
from ..solves import Solves
from ..web.errors import ApiError
from ..web.opening import opened
from .items import Conversation, extend
from .rendering import ResponseRendering
from .request import FORMAT_PARAM, ResponsesRequest
from .store import ResponseStore, Stored

__all__ = ["Answer", "Answering"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """A request with all that was looked up for it.

    ``place`` is ``None`` where no program can run, or each solve has a session of its own; ``earlier`` is the id of
    the container in which the conversation has run programs so far.
    """

    request: ResponsesRequest
    conversation: Conversation
    rounds: int
    place: Place | None = None
    earlier: str | None = None


class Answering:
    """Answers the requests to one server."""

    def __init__(
        self,
        solves: Solves,
        containers: Containers,
        store: ResponseStore,
        *,
        budget: Budget,
        form: Form,
        tags: ThoughtTags | None,
    ) -> None:
        self._solves, self._containers, self._store = solves, containers, store
        self._budget, self._form, self._tags = budget, form, tags

    async def prepare(self, request: ResponsesRequest) -> Answer:
        """Look up what a request refers to, before anything is sent.

        Raises:
            ApiError: 400, 404, 409 or 429.
        """
        await self._solves.check_format(request.answer_format, FORMAT_PARAM)
        previous = self._previous(request)
        before = previous.conversation if previous else Conversation()
        form = self._form if request.tools.interpreter else None
        conversation = extend(before, request.items, form, self._tags, self._budget)
        self._solves.check_room()
        limits = (self._budget.rounds, request.max_tool_calls)
        rounds = min(limit for limit in limits if limit is not None)
        earlier = previous.container_id if previous else None
        tools = request.tools
        place = None
        if tools.interpreter and request.looks.votes == 1:  # side by side, solves that vote share no variables
            place = self._containers.place(tools.container, tools.param, earlier=earlier)
        return Answer(request, conversation, rounds, place, earlier)

    async def events(self, answer: Answer) -> AsyncGenerator[dict[str, Any], None]:
        """The events of the response; closing the iterator stops its generation and its program.

        The response is stored before its last event is yielded, since the client may refer to it from then on. A
        failure ends a streamed response with an event, once it has begun; before that, and without a stream, it is
        raised, so that the client gets a status, and so is a demand that the model did not come to.
        """
        functions = [function["name"] for function in answer.request.tools.functions]
        container_id = answer.place.container.id if answer.place else ""
        rendering = ResponseRendering(
            answer.request.fields,
            container_id,
            answer.rounds,
            functions,
            solved=answer.request.tools.interpreter and answer.request.answer_format is None,
        )
        solution, failure = None, ""
        with self._containers.at(answer.place) as run, self._solves.room():
            async with opened(self._solve(answer, run)) as events:
                for rendered in rendering.start():
                    yield rendered
                try:
                    async for event in events:
                        if isinstance(event, Finished):
                            solution = event.solution
                            rendering.count(solution.usage)
                            if solution.unmet:
                                raise unmet_error(solution.unmet, FORMAT_PARAM)
                            continue
                        for rendered in rendering.add(event):
                            yield rendered
                except Exception as error:
                    if not answer.request.stream:
                        raise
                    failure, solution = self._explain(error), None
        last = list(rendering.add(Finished(solution)) if solution else rendering.fail(failure))
        self._keep(answer, rendering.response, solution)
        for rendered in last:
            yield rendered

    def _previous(self, request: ResponsesRequest) -> Stored | None:
        if request.previous_response_id is None:
            return None
        previous = self._store.get(request.previous_response_id, "previous_response_id")
        if previous.response["status"] == "failed":
            message = f"Response {request.previous_response_id!r} failed; continue from the one before it."
            raise ApiError(message, param="previous_response_id", code="invalid_value")
        return previous

    @staticmethod
    def _explain(error: Exception) -> str:
        if isinstance(error, ApiError):
            return error.message
        logger.error("a response failed", exc_info=error)
        return f"The server failed: {type(error).__name__}."

    def _solve(self, answer: Answer, run: Run | None) -> AsyncGenerator[Event, None]:
        request, turns = answer.request, answer.conversation.turns
        prompts = [request.instructions or "", *answer.conversation.system]
        system = "\n\n".join(prompt for prompt in prompts if prompt)
        if request.tools.interpreter:
            system = system or system_prompt(last_question(turns))
        wanted = SolveRequest(
            model=str(request.fields["model"]),
            system=system or None,
            turns=turns,
            max_tokens=request.max_output_tokens,
            sampling=request.sampling,
            stream=request.stream,
            interpreter=request.tools.interpreter,
            functions=request.tools.functions,
            calls_limited=request.choice.limited,
            call_required=request.choice.required,
            answer_format=request.answer_format,
            votes=request.looks.votes,
            check=request.looks.check,
            explain=request.looks.explain,
            logprobs=request.logprobs,
        )
        self._solves.check(wanted)
        return self._solves.events(wanted, run=run, rounds=answer.rounds)

    def _keep(self, answer: Answer, response: dict[str, Any], solution: Solution | None) -> None:
        if not answer.request.store:
            return
        conversation = Conversation(answer.conversation.system, solution.turns if solution else ())
        container = answer.place.container if answer.place else None
        container_id = container.id if container and container.ran else answer.earlier
        self._store.put(Stored(response, answer.request.items, conversation, container_id))
