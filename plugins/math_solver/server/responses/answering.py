"""From a checked request to the events of its response: what came before, the container, the solve, the store."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ...protocol import SYSTEM_PROMPTS, Form, detect_lang
from ...solving import Event, Finished, Solution
from ..chat_request import SolveRequest
from ..containers import Container, Containers
from ..errors import ApiError
from ..solves import Solves
from .items import Conversation, extend
from .rendering import ResponseRendering
from .request import ResponsesRequest
from .store import ResponseStore, Stored

__all__ = ["Answer", "Answering"]

logger = logging.getLogger(__name__)
EXPIRED = "the container of the previous response has expired"


@dataclass(frozen=True)
class Answer:
    """What one response needs.

    ``container`` is ``None`` where no program can run; ``mine`` says that it was made for this response;
    ``earlier`` is the id of the container in which the conversation has run programs so far.
    """

    request: ResponsesRequest
    conversation: Conversation
    rounds: int
    container: Container | None = None
    mine: bool = False
    earlier: str | None = None


class Answering:
    """Answers the requests to one server."""

    def __init__(
        self, solves: Solves, containers: Containers, store: ResponseStore, *, rounds: int, form: Form
    ) -> None:
        self._solves, self._containers, self._store = solves, containers, store
        self._rounds, self._form = rounds, form

    def prepare(self, request: ResponsesRequest) -> Answer:
        """Look up what a request refers to, before anything is sent.

        Raises:
            ApiError: 400, 404, 409 or 429.
        """
        previous = self._previous(request)
        before = previous.conversation if previous else Conversation()
        conversation = extend(before, request.items, self._form)
        self._solves.check_room()
        limits = (self._rounds, request.max_tool_calls)
        rounds = min(limit for limit in limits if limit is not None)
        earlier = previous.container_id if previous else None
        answer = Answer(request, conversation, rounds, earlier=earlier)
        if not request.tools.interpreter:
            return answer
        container = self._existing(request, earlier)
        if container is not None:
            self._containers.check_free(container)
            return replace(answer, container=container)
        container = self._containers.create(lost=EXPIRED if earlier else None)
        return replace(answer, container=container, mine=True)

    async def events(self, answer: Answer) -> AsyncGenerator[dict[str, Any], None]:
        """The events of the response; closing the iterator stops its generation and its program.

        What a client can refer to when it has seen the last event, is there before that event.
        """
        functions = [function["name"] for function in answer.request.tools.functions]
        container_id = answer.container.id if answer.container else ""
        rendering = ResponseRendering(answer.request.fields, container_id, answer.rounds, functions)
        solution: Solution | None = None
        last: list[dict[str, Any]]
        try:
            with self._holding(answer):
                for rendered in rendering.start():
                    yield rendered
                async with aclosing(self._solve(answer)) as events:
                    async for event in events:
                        if isinstance(event, Finished):
                            solution = event.solution
                            continue
                        for rendered in rendering.add(event):
                            yield rendered
            assert solution is not None
            last = list(rendering.add(Finished(solution)))
        except ApiError as error:
            last = list(rendering.fail(error.message))
        except Exception as error:
            logger.exception("a response failed")
            last = list(rendering.fail(f"The server failed: {type(error).__name__}."))
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

    def _existing(self, request: ResponsesRequest, earlier: str | None) -> Container | None:
        """The container that the client names, or that of the previous response if it still lives."""
        if request.tools.container is not None:
            return self._containers.find(request.tools.container, request.tools.param)
        return self._containers.living(earlier) if earlier else None

    def _solve(self, answer: Answer) -> AsyncGenerator[Event, None]:
        request, turns = answer.request, answer.conversation.turns
        prompts = [request.instructions or "", *answer.conversation.system]
        system = "\n\n".join(prompt for prompt in prompts if prompt)
        if request.tools.interpreter:
            asked = next(turn.content for turn in reversed(turns) if turn.role == "user")
            system = system or SYSTEM_PROMPTS[detect_lang(asked)]
        wanted = SolveRequest(
            model=str(request.fields["model"]),
            system=system or None,
            turns=turns,
            max_tokens=request.max_output_tokens,
            sampling=request.sampling,
            stream=request.stream,
            interpreter=request.tools.interpreter,
            functions=request.tools.functions,
        )
        run = partial(self._containers.run, answer.container) if answer.container else None
        return self._solves.events(wanted, run=run, rounds=answer.rounds)

    @contextmanager
    def _holding(self, answer: Answer) -> Iterator[None]:
        """Use the container; one made for this response ends with it when no program ran, or the client left."""
        if answer.container is None:
            yield
            return
        done = False
        try:
            with self._containers.hold(answer.container):
                yield
            done = True
        finally:
            if answer.mine and not (done and answer.container.ran):
                self._containers.discard(answer.container)

    def _keep(self, answer: Answer, response: dict[str, Any], solution: Solution | None) -> None:
        if not answer.request.store:
            return
        conversation = Conversation(answer.conversation.system, solution.turns if solution else ())
        container_id = answer.container.id if answer.container and answer.container.ran else answer.earlier
        self._store.put(Stored(response, answer.request.items, conversation, container_id))
