"""A stock ``llamafactory-cli api`` process on a free loopback port, for the demo and the tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from ..records import RecordError

__all__ = ["cli", "free_port", "running", "served"]


def cli() -> str:
    """The ``llamafactory-cli`` of this environment, whatever the PATH says."""
    return str(Path(sys.executable).with_name("llamafactory-cli"))


def free_port() -> int:
    """A TCP port that was free on 127.0.0.1 a moment ago; another program may take it meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(
    config: Path,
    log: Path,
    *,
    overrides: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    timeout: float = 180.0,
    launcher: Sequence[str] = (),
) -> Iterator[str]:
    """Run a server while the block lasts: yields its base URL (``http://127.0.0.1:PORT/v1``) once it answers.

    Args:
        config: a YAML for ``llamafactory-cli api``.
        log: gets what the server prints.
        overrides: ``key=value`` arguments behind the YAML.
        timeout: seconds that loading the model may take.
        launcher: words before the command, as of ``guard``.

    Raises:
        RecordError: the server ended or did not answer in time; the message names the log.
    """
    port = free_port()
    variables = {"API_HOST": "127.0.0.1", "API_PORT": str(port), "API_VERBOSE": "0", **(environment or {})}
    url = f"http://127.0.0.1:{port}/v1"
    with running([*launcher, cli(), "api", str(config), *overrides], url, log, variables, timeout):
        yield url


@contextmanager
def running(
    words: Sequence[str], url: str, log: Path, environment: Mapping[str, str] | None = None, timeout: float = 180.0
) -> Iterator[None]:
    """Run a command that serves ``url`` while the block lasts, which begins once it answers.

    Raises:
        RecordError: something answers there already, or it ended or did not answer in time; the message names the log.
    """
    _check_free(url)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        try:
            _wait(process, f"{url}/models", log, timeout)
            yield
        finally:
            _end(process)


def _check_free(url: str) -> None:
    """See that nobody answers yet: a stranger would be taken for what is started.

    Raises:
        RecordError: somebody does.
    """
    try:
        httpx.get(f"{url}/models", timeout=1, trust_env=False)
    except httpx.ConnectError:
        return
    except httpx.HTTPError:
        pass  # something is there, whatever it speaks
    raise RecordError(f"{url}: something answers there already; stop it")


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RecordError(f"the server ended with code {process.returncode}; {log} says why")
        try:
            httpx.get(url, timeout=5, trust_env=False)  # on this machine, where no proxy has to be asked
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RecordError(f"the server did not answer within {timeout:.0f} s; {log} says how far it came")


def _end(process: subprocess.Popen[bytes], grace: float = 45.0) -> None:
    """Send SIGTERM, on which the server frees its port and ends its children; kill all after ``grace`` seconds.

    They are more than those after which a guard kills.
    """
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
