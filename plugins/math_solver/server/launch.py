"""Start the server: the stock one without a ``code_interpreter:`` section, ours with it."""

from __future__ import annotations

import logging
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any, NoReturn

from ..interpreter import Interpreter, InterpreterError
from .address import Address, read_address
from .names import served_name
from .seam import READ_ARGS, check_seams, moved
from .settings import SECTION, Settings, parse_settings
from .web.errors import StartupError

__all__ = ["run_api", "wrap_run_api"]

GRACE_SECONDS = 5
DESCRIPTORS_OF_CHILD = 4  # three pipes and the process
FEWEST_WAITING, MOST_WAITING = 64, 2048
OTHER_DESCRIPTORS = 200  # libraries, devices, the model, uploads, folders
FEWEST_CONNECTIONS = 10


def wrap_run_api(module: ModuleType) -> None:
    """Put ``run_api`` of this module around the one that ``llamafactory.api.app`` defines."""
    if not hasattr(module, "run_api"):
        raise ImportError(str(moved(f"{module.__name__}.run_api is gone")))
    module.__dict__["run_api"] = partial(run_api, module.run_api)


def run_api(stock: Callable[[], None]) -> None:
    """Serve the YAML in ``sys.argv``; exit code 2 with one line when it cannot be served as it says."""
    try:
        check_seams((READ_ARGS,))
        from llamafactory.hparams.parser import read_args

        args = read_args()
        if not isinstance(args, dict) or SECTION not in args:
            stock()
            return
        check_seams()
        settings = parse_settings(args.pop(SECTION))
        serve(args, settings, read_address(os.environ), served_name(args, settings, os.environ))
    except StartupError as error:
        _exit(error)
    except KeyboardInterrupt:
        print("math_solver: interrupted before the server was up", file=sys.stderr)
        raise SystemExit(130) from None


def serve(args: dict[str, Any], settings: Settings, address: Address, name: str) -> None:
    """Load the model and serve it as ``name`` until a signal ends the process, its interpreter included."""
    import uvicorn

    from .application import build_app
    from .models.loading import load_model
    from .web.connections import ConnectionLimits
    from .web.http import Http1Protocol

    address.check_free()  # before minutes are spent on a model
    most, waiting = connections_within(allow_descriptors(), settings)
    limits = ConnectionLimits(most, settings.client_timeout)
    # The interpreter first: its processes are started before the model's threads and memory exist.
    with _started(Interpreter(settings.limits)) as interpreter:
        app = build_app(load_model(args, settings), settings, interpreter, address, name)
        print(f"Code interpreter: {interpreter.report.summary()}.")
        if settings.page:
            print(f"Solve in the browser: {address.url}/")
        print(f"Visit {address.url}/docs for API document.")
        logging.getLogger("uvicorn.error").addFilter(CutShort())
        uvicorn.run(
            app,
            host=address.host,
            port=address.port,
            http=partial(Http1Protocol, limits=limits),  # type: ignore[arg-type]
            backlog=waiting,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


class CutShort(logging.Filter):
    """Leaves out, once the server shuts down, that an answer was not complete: uvicorn has told that it ends them."""

    _ending = False

    def filter(self, record: logging.LogRecord) -> bool:
        self._ending = self._ending or record.msg == "Shutting down"
        return not (self._ending and record.msg == "ASGI callable returned without completing response.")


def allow_descriptors() -> int:
    """Raise what this process may open to what it may raise it to; how much that is."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return sys.maxsize if most == resource.RLIM_INFINITY else most


def connections_within(descriptors: int, settings: Settings) -> tuple[int, int]:
    """How many connections there may be, and how many may wait to be accepted, within so many descriptors.

    All that wait are accepted at one go, three times over before the first of those beyond the limit is closed.

    Raises:
        StartupError: there is no room for both the sessions and connections.
    """
    limits = settings.limits
    needed = OTHER_DESCRIPTORS + DESCRIPTORS_OF_CHILD * (limits.sessions + 2 * limits.ready) + 3 * FEWEST_WAITING
    left = descriptors - needed
    if left < FEWEST_CONNECTIONS:
        raise StartupError(
            f"a process may open {descriptors} files here, and {limits.sessions} sessions with their connections need "
            f"{needed + FEWEST_CONNECTIONS}; raise the limit (ulimit -n), or lower {SECTION}.max_sessions and "
            f"{SECTION}.max_containers"
        )
    if left < settings.max_connections:
        print(f"math_solver: {left} connections at once; a process may open {descriptors} files here (ulimit -n)")
    waiting = FEWEST_WAITING + (left - settings.max_connections) // 3
    return min(left, settings.max_connections), min(max(waiting, FEWEST_WAITING), MOST_WAITING)


@contextmanager
def _started(interpreter: Interpreter) -> Iterator[Interpreter]:
    """An interpreter that has proved its isolation, closed at the end; one that cannot is a start-up error."""
    try:
        interpreter.start()
    except InterpreterError as error:
        raise StartupError(f"the code interpreter cannot start: {error}") from error
    try:
        yield interpreter
    finally:
        interpreter.close()


def _exit(error: StartupError) -> NoReturn:
    print(f"math_solver: {error}", file=sys.stderr)
    raise SystemExit(2)
