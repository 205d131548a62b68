"""Poisoned replies cost their attempt and no other; what is no endpoint is an error, not an accuracy."""

from __future__ import annotations

import resource
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, figures, read_run
from math_solver.evaluation.session import Options, evaluate
from math_solver.records import Problem, RecordError, read_records
from math_solver.solving.endpoint import Endpoint

from ..fake_endpoint import FakeEndpoint, Reply, completion, question, serving
from ..poison import HARMLESS, LOST, SPOILT, STREAMED, endless, whole


def named(*names: str) -> list[Problem]:
    return [Problem(name, "s", name, "1") for name in names]


def run(
    server: FakeEndpoint, output: Path, *names: str, retries: int = 0, timeout: float = 2.0, **options: Any
) -> dict[str, Attempt]:
    found = evaluate(named(*names), Endpoint(server.url, "m", retries, timeout), Options(**options), output)
    assert list(read_records(output, Attempt)) == found
    return {attempt.problem.id: attempt for attempt in found}


def test_a_poisoned_reply_is_one_wrong_attempt_and_is_paid_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poisons = {f"spoilt: {name}": it for name, it in SPOILT.items()} | {
        f"lost: {name}": it for name, it in LOST.items()
    }
    harmless = {f"harmless: {name}": it for name, it in HARMLESS.items()}

    def answer(body: dict[str, Any]) -> Reply:
        name = question(body)
        return (
            harmless[name] if name in harmless else poisons[name][0] if name in poisons else completion("\\boxed{1}")
        )

    names = [
        name for pair in zip([*harmless, *poisons], [f"good {n}" for n in range(99)], strict=False) for name in pair
    ]
    with serving(answer) as server:
        first = run(server, tmp_path / "a", *names, "good", workers=1)
        lost = {name for name in poisons if name.startswith("lost")}
        for name, (_, told) in poisons.items():
            assert told in (first[name].error or ""), name
            assert (first[name].transport, first[name].verdict.correct) == (name in lost, False), name
        assert all(first[name].verdict.correct for name in names if name.startswith("good"))
        assert [first[name].error for name in harmless] == [None] * len(harmless)
        assert first["harmless: half a pair"].text == "x?"
        assert first["harmless: usage of odd types"].prompt_tokens is None
        err = capsys.readouterr().err
        assert f"{len(lost)} of {len(first)} requests did not get through" in err
        assert f"{len(SPOILT)} of {len(first)} requests have no answer that can be used" in err
        assert set(server.asked.values()) == {1}
        looks = figures(read_run(tmp_path / "a"))["second_looks"]
        assert (looks["outcomes"], looks["confidence"]) == ({"?": 1, "majority": 3}, 0.5)
        server.asked.clear()
        server.answer = lambda body: completion("\\boxed{1}")
        second = run(server, tmp_path / "a", *names, "good", workers=4)
    assert set(server.asked) == lost
    assert all(second[name].verdict.correct for name in lost)


def test_a_poisoned_stream_is_one_wrong_attempt(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> Reply:
        name = question(body)
        return STREAMED[name][0] if name in STREAMED else completion("\\boxed{1}")

    names = [name for pair in zip(STREAMED, [f"good {n}" for n in range(99)], strict=False) for name in pair]
    with serving(answer) as server:
        found = run(server, tmp_path / "a", *names, "good", workers=1, loop="client", form="native")
    for name, (_, told) in STREAMED.items():
        assert told in (found[name].error or ""), name
    assert all(found[name].verdict.correct for name in found if name.startswith("good"))


@pytest.mark.parametrize(
    ("loop", "poison"), [("server", SPOILT["too long"][0]), ("client", lambda handler: endless(handler, "x" * 999))]
)
def test_endless_replies_end_and_take_no_memory(tmp_path: Path, loop: Any, poison: Any) -> None:
    """Five at a time, each without end."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    names = [f"p{n}" for n in range(5)]
    with serving(lambda body: poison if question(body) in names else completion("\\boxed{1}")) as server:
        found = run(server, tmp_path / "a", *names, "good", workers=5, loop=loop, timeout=60)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10
    assert found["good"].verdict.correct
    ends = {(found[name].error, found[name].finish_reason) for name in names}
    assert ends == ({("the answer is too long", None)} if loop == "server" else {(None, "length")})


def test_a_page_for_everything_is_an_error_that_names_it(tmp_path: Path) -> None:
    with serving(lambda body: LOST["page"][0]) as server:
        for number in (3, 40):  # all of a few, and so many in a row
            with pytest.raises(RecordError, match="Log in"):
                run(server, tmp_path / str(number), *map(str, range(number)), workers=2)
        server.answer = lambda body: completion("\\boxed{1}")
        assert all(one.verdict.correct for one in run(server, tmp_path / "3", *map(str, range(3))).values())


def test_a_request_that_is_refused_each_time_is_an_error_and_asked_again_by_the_next_run(tmp_path: Path) -> None:
    """As by a port of TLS that is asked in plain text, or a model that takes no such number of tokens."""
    with serving(lambda body: 400) as server:
        with pytest.raises(RecordError, match="every request failed .*failing with 400"):
            run(server, tmp_path / "a", "p", "q")
        with pytest.raises(RecordError, match="20 requests failed one after another"):
            run(server, tmp_path / "b", *map(str, range(50)), workers=1)
        server.answer = lambda body: completion("\\boxed{1}")
        assert all(one.verdict.correct for one in run(server, tmp_path / "a", "p", "q").values())


@pytest.mark.parametrize("poison", [LOST["page"][0], LOST["elsewhere"][0], whole(b'{"error": "key expired"}')])
def test_a_login_page_after_half_of_the_run_is_an_error_and_keeps_that_half(tmp_path: Path, poison: Any) -> None:
    names = [str(n) for n in range(6)]
    with serving(lambda body: completion("\\boxed{1}") if len(server.bodies) <= 3 else poison) as server:
        with pytest.raises(RecordError, match="is no endpoint any more .* to ask only the other 3"):
            run(server, tmp_path / "a", *names, workers=1)
        server.asked.clear()
        server.answer = lambda body: completion("\\boxed{1}")
        assert all(one.verdict.correct for one in run(server, tmp_path / "a", *names).values())
    assert len(server.asked) == 3


@contextmanager
def port(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A port that says something else than HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    try:
                        speak(connection)
                    except OSError:
                        pass

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def http2(connection: socket.socket) -> None:
    connection.recv(99)
    connection.sendall(b"\0\0\x06\x04\0\0\0\0\0\0\x05\0\0@\0")  # a SETTINGS frame


def tls(connection: socket.socket) -> None:
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).wrap_socket(connection, server_side=True)


@pytest.mark.parametrize(
    ("speak", "scheme"),
    [
        (lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"), "http"),
        (lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"), "https"),
        (lambda connection: None, "http"),
        (http2, "http"),
        (tls, "http"),
        (lambda connection: connection.sendall(b"\0" * 100_000), "http"),
        (lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), "http"),
        (lambda connection: connection.recv(1) and connection.settimeout(9) or connection.recv(9999), "https"),
    ],
)
def test_a_port_that_speaks_something_else(tmp_path: Path, speak: Any, scheme: str) -> None:
    with port(speak) as url, pytest.raises(RecordError, match=r"127\.0\.0\.1:\d+/v1: .*is the server running"):
        evaluate(named("p"), Endpoint(url.replace("http", scheme, 1), "m", 0, 2), Options(), tmp_path / "a")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("127.0.0.1:8000/v1", "is no address"),
        ("", "is no address"),
        ("http://", "is no address"),
        ("http://x:99999/v1", "is no address"),
        ("http://[::1/v1", "is no address"),
        ("http://" + "a" * 300 + "/v1", "aaa/v1: "),
        ("http://a\nb/v1", "is no address"),
        ("http://\ud800/v1", "is no address"),
        ("http://127.0.0.1:9/v1?x=[#y", "cannot be reached"),
    ],
)
def test_an_address_that_is_none(url: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=complaint):
        evaluate(named("p"), Endpoint(url, "m", 0, 2), Options(), tmp_path / "a")


@pytest.mark.parametrize(
    "options", [{"timeout": 0.0}, {"timeout": float("nan")}, {"timeout": 1e300}, {"retries": -1}], ids=str
)
def test_options_of_an_endpoint_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="--(timeout|retries) is"):
        Endpoint("http://127.0.0.1:9/v1", "m", **options)


def test_a_key_that_no_header_can_carry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_KEY", "schlüssel\n")
    with pytest.raises(RecordError, match="API_KEY holds characters that no key has"):
        Endpoint("http://127.0.0.1:9/v1", "m").client()


def test_what_a_server_says_of_itself_is_stored_whatever_it_is(tmp_path: Path) -> None:
    for data in (
        b'{"a": NaN, "b": "\\ud800", "c": 1e999}',
        b'{"a": ' * 500 + b"1" + b"}" * 500,
        b"\xff",
        b"[" * 99_999,
    ):
        with serving(lambda body: completion("\\boxed{1}")) as server:
            server.health = data
            assert run(server, tmp_path / "a", "p")["p"].verdict.correct
