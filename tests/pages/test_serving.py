from __future__ import annotations

import importlib.util
import os
import re
import resource
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from textwrap import dedent

import pytest

from math_solver.pages.serving import _OUTSIDE, bind, check_descriptors
from math_solver.records import RecordError

from .conftest import Script


def test_gradios_own_page_names_nothing_elsewhere_once_mended() -> None:
    spec = importlib.util.find_spec("gradio")
    assert spec is not None and spec.origin is not None
    page = (Path(spec.origin).parent / "templates/frontend/index.html").read_text(encoding="utf-8")
    assert "cdnjs" in page  # without it the mending has nothing left to do
    fetched = r'<(?:script|link)\b[^>]*\b(?:src|href)="https?:'
    assert re.search(fetched, page) and not re.search(fetched, _OUTSIDE.sub("", page))


def test_other_machines_need_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAGE_PASSWORD", raising=False)
    for host in ("0.0.0.0", "192.0.2.1", "somewhere"):
        with pytest.raises(RecordError, match="set PAGE_PASSWORD"):
            bind(host, 0)
    for host in ("::", "::2", "fe80::1"):
        with pytest.raises(RecordError, match="set PAGE_PASSWORD"):
            bind(host, 0)
    with bind("127.0.0.1", 0) as taken, pytest.raises(RecordError, match="cannot listen there"):
        bind("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("written", ["::1", "[::1]", "0:0:0:0:0:0:0:1"])
def test_ipv6_has_brackets_where_a_port_follows(ipv6: str, written: str) -> None:
    with bind(written, 0) as taken:
        host, port = taken.getsockname()[:2]
        assert host == ipv6
        with pytest.raises(RecordError, match=re.escape(f"[::1]:{port}: cannot listen there")):
            bind("::1", port)


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import time; print('late', flush=True); time.sleep(60)", "did not serve in time\nlate"),
        ("import sys; sys.exit('no such model')", "ended with code 1\nno such model"),
    ],
)
def test_a_page_that_does_not_start_says_why(tmp_path: Path, program: str, says: str) -> None:
    script = Script([sys.executable, "-c", program], {}, tmp_path)
    with pytest.raises(AssertionError, match=says):
        script.wait(5)
    if script.process.poll() is None:
        script.end(signal.SIGKILL)


def test_a_page_may_complain_at_length(tmp_path: Path) -> None:
    program = """
        import sys, time
        sys.stderr.write("x" * 1_000_000)
        print("hello\\nhttp://here\\nbye", flush=True)
        time.sleep(60)
    """
    script = Script([sys.executable, "-c", dedent(program)], {}, tmp_path).wait()
    assert (script.url, script.greeting) == ("http://here", "hello\n")
    assert script.end(signal.SIGKILL) == (-signal.SIGKILL, "\nbye\n", "x" * 1_000_000)


def test_a_page_that_could_open_no_event_loop_is_not_begun() -> None:
    """The loop would complain with a traceback when it is collected."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as stack:
        held = [stack.enter_context(open(os.devnull)) for _ in range(100)]  # numbers without a gap, in the end
        resource.setrlimit(resource.RLIMIT_NOFILE, (held[-1].fileno() + 1, hard))
        for file in held[-10:]:
            file.close()
        try:
            with pytest.raises(
                RecordError, match=r"a page opens 16 files more \(Too many open files\); raise `ulimit -n`"
            ):
                bind("127.0.0.1", 0)
            with pytest.raises(RecordError, match="raise `ulimit -n`"):
                check_descriptors(300)
            check_descriptors(1)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    check_descriptors()
