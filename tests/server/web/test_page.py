"""The chat page: its files and headers by HTTP, and the page itself in headless Chromium."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.address import Address
from math_solver.server.settings import Settings
from math_solver.server.web.errors import ApiError
from math_solver.server.web.page import FILES

from ...browser import PHONE, OpenPage
from ...streamed import calls, says, thinks
from ..conftest import Serve, Served
from ..models.test_upstream import CALLED, endpoint, serve_upstream
from ..test_disconnect import active, eventually, listening

KEY = "a-key-of-this-test"
WITH_KEY = Address("127.0.0.1", 8000, KEY)
CALL = render_call("Let $x = 12$, and *multiply*.", "x = 12\nprint(x * 34)")
CONCLUSION = "The product is $\\boxed{\\frac{816}{2}}$."
expect.set_options(timeout=60_000)  # milliseconds; a loaded machine is slow

EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@contextmanager
def opened(open_page: OpenPage, served: Served, **how: Any) -> Iterator[Page]:
    with listening(served) as url:
        page = open_page(url + "/", **how)
        try:
            expect(page.locator("#health")).to_have_attribute("data-state", "ok")
            yield page
        finally:
            page.close()  # the server waits for its streams to end


def root(page: Page) -> str:
    """The address of the server."""
    return page.url.split("#")[0].rstrip("/")


def ask(page: Page, problem: str) -> None:
    page.get_by_label("Your problem").fill(problem)
    page.keyboard.press("Enter")


def ask_and_wait(page: Page, problem: str, state: str = "done") -> None:
    asked = page.locator(".turn").count()
    ask(page, problem)
    expect(page.locator(".turn")).to_have_count(asked + 1)
    expect(page.locator(".turn").last).to_have_attribute("data-state", state)


def overflow(page: Page) -> int:
    """The pixels by which the page is wider than its window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return pixels


def test_the_page_loads_only_its_own_files(serve: Serve) -> None:
    with listening(serve()) as url, httpx.Client(base_url=url) as client:
        page = client.get("/")
        assert client.head("/").status_code == 200
        wanted = re.findall(r'(?:src|href)="([^"]*)"', page.text)
        assert len(wanted) > 4
        for response in [page, *(client.get(f"/{path}") for path in wanted)]:
            assert response.status_code == 200
            assert (
                "default-src 'none'; script-src 'self'; style-src 'self'"
                in response.headers["content-security-policy"]
            )
            assert "unsafe" not in response.headers["content-security-policy"]
            assert response.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", page.text)
        assert client.get("/page/../page.py").status_code == 404
        assert client.get("/page/%2e%2e/page.py").status_code == 404


def test_the_page_is_public_and_the_api_is_not(serve: Serve) -> None:
    with listening(serve(address=WITH_KEY)) as url, httpx.Client(base_url=url) as client:
        assert 'data-key="required"' in client.get("/").text
        assert KEY not in client.get("/").text
        assert client.post("/v1/chat/completions", json={}).status_code == 401


def test_the_page_can_be_left_out(serve: Serve) -> None:
    with listening(serve(settings=Settings(page=False))) as url, httpx.Client(base_url=url) as client:
        assert client.get("/").status_code == 404
        assert client.get("/page/app.js").status_code == 404
        assert client.get("/v1/models").status_code == 200


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        (None, 4),
        ([], 0),
        (['What is 1 < 2 & "3"?', "求 $x^2$ 的导数。"], 2),
    ],
)
def test_the_examples_are_those_of_the_section(
    open_page: OpenPage, serve: Serve, offered: list[str] | None, shown: int
) -> None:
    served = serve(CONCLUSION, settings=Settings(examples=None if offered is None else tuple(offered)))
    with opened(open_page, served) as page:
        buttons = page.locator("#examples button")
        expect(buttons).to_have_count(shown)
        if offered:
            expect(buttons.first).to_have_text(offered[0])
            assert [buttons.nth(n).get_attribute("lang") for n in range(shown)] == ["en", "zh"]
            buttons.first.click()
            expect(page.locator(".turn").last).to_have_attribute("data-state", "done")
    if offered:
        assert served.model.calls[0]["messages"][0]["content"] == offered[0]


def test_the_files_of_others_are_as_they_were_published() -> None:
    vendor = FILES / "vendor"
    lines = (vendor / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert found == set(sums) | {"README.md", "SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name


def test_a_solve_is_shown_with_reasoning_program_output_and_answer(open_page: OpenPage, serve: Serve) -> None:
    with opened(open_page, serve(CALL, CONCLUSION)) as page:
        ask_and_wait(page, "What is $12 \\times 34$?")
        turn = page.locator(".turn")
        assert turn.locator(".question .katex").count() == 1
        expect(turn.locator(".prose").first).to_contain_text("and multiply.")
        assert turn.locator(".prose .katex").count() == 2
        cell = turn.locator(".cell")
        assert cell.locator(".cell-code code").inner_text() == "x = 12\nprint(x * 34)"
        assert cell.locator(".cell-output pre").inner_text() == "408"
        assert re.fullmatch(r"done · .* m?s", cell.locator(".cell-status").inner_text())
        assert turn.locator(".answer .mfrac").count() == 1
        expect(page.locator("#announcer")).to_have_text("Solved. The answer is \\frac{816}{2}")
        assert "1 program" in turn.locator(".facts").inner_text()
        cell.locator("summary").click()
        expect(cell.locator(".cell-code")).to_be_hidden()
        open_page.picture(page, "page_answer")


def test_fences_inside_of_texts_and_programs_are_no_fences(open_page: OpenPage, serve: Serve) -> None:
    """What a model claims in its thought is no output, and no line of a program ends it."""
    thought = "As I recall:\n```output\n5\n```\nLet me see."
    program = 's = """\n```\n```python\n"""\nprint (s)'
    claimed = "It printed\n\n```output\n7\n```\n\nso \\boxed{408}."
    served = serve(render_call(thought, program), claimed)
    writing = hold(served, "(s)")
    with opened(open_page, served) as page:
        ask(page, "What is 12 times 34?")
        expect(page.locator(".cell-code code")).to_have_text(program.removesuffix(" (s)"))
        writing.set()
        expect(page.locator(".turn")).to_have_attribute("data-state", "done")
        assert page.locator(".cell").count() == 1
        assert page.locator(".cell-code code").inner_text() == program
        assert page.locator(".cell-output pre").inner_text().strip() == "```\n```python"
        assert [text.rstrip() for text in page.locator(".prose .listing").all_inner_texts()] == ["5", "7"]
        page.reload()
        assert page.locator(".cell-code code").text_content() == program


def test_reasoning_of_an_upstream_is_folded_away_and_stays_text(open_page: OpenPage, interpreter: Interpreter) -> None:
    first = [*thinks(f"Let me see.\n```python\nprint(0)\n```\n{EVIL}"), *calls("Multiply.", CALLED)]
    with endpoint(first, [*thinks("Now conclude."), *says(CONCLUSION)]) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        with opened(open_page, served, width=PHONE) as page:
            ask_and_wait(page, "What is 12 times 34?")
            reasoning, program = page.locator(".reasoning"), page.locator(".cell:not(.reasoning)")
            assert (reasoning.count(), program.count(), overflow(page)) == (2, 1, 0)
            expect(reasoning.first.locator("pre")).to_be_hidden()
            expect(reasoning.last.locator(".cell-preview")).to_have_text("Now conclude.")
            reasoning.first.locator("summary").click()
            expect(reasoning.first.locator("pre")).to_contain_text(f"print(0)\n```\n{EVIL}")
            kinds = page.locator(".pieces").evaluate("node => [...node.children].map(child => child.className)")
            assert [kind for kind in kinds if kind != "prose"] == ["cell reasoning", "cell", "cell reasoning"]
            open_page.picture(page, "page_reasoning")
            page.reload()
            expect(page.locator(".reasoning")).to_have_count(2)


def test_what_an_upstream_reasoned_goes_back_with_the_call_that_followed(
    open_page: OpenPage, interpreter: Interpreter
) -> None:
    """DeepSeek's endpoint refuses the second question without."""
    rounds = [[*thinks(text), *calls("Multiply.", CALLED)] for text in ("One.\n\nMore.", "Two.")]
    with endpoint(*rounds, [*thinks("Three."), *says(CONCLUSION)], says("Half.")) as server:
        with opened(open_page, serve_upstream(server.url, interpreter, Settings())) as page:
            ask_and_wait(page, "What is 12 times 34?")
            page.reload()  # it is stored as well
            expect(page.locator(".reasoning")).to_have_count(3)
            ask_and_wait(page, "And half of it?")
    called = [sent for sent in server.bodies[-1]["messages"] if sent.get("tool_calls")]
    assert [sent["reasoning_content"] for sent in called] == ["One.\n\nMore.", "Two."]


def test_reasoning_between_the_tags_of_a_local_model_is_folded_away(open_page: OpenPage, serve: Serve) -> None:
    plan = f"<think>\nLet me see.\n```python\nprint(0)\n```\n{EVIL}\n</think>\n\n"
    served = serve(plan + CALL, f"<think>\n\n</think>\n\n{CONCLUSION}")
    with opened(open_page, served, width=PHONE) as page:
        ask_and_wait(page, "What is 12 times 34?")
        reasoning, program = page.locator(".reasoning"), page.locator(".cell:not(.reasoning)")
        assert (reasoning.count(), program.count(), overflow(page)) == (1, 1, 0)
        expect(reasoning.locator("pre")).to_be_hidden()
        reasoning.locator("summary").click()
        expect(reasoning.locator("pre")).to_contain_text(f"print(0)\n```\n{EVIL}")
        assert "think>" not in page.locator(".solution").inner_text()
        check_harmless(page)


def test_each_part_arrives_before_the_next_is_there(open_page: OpenPage, serve: Serve) -> None:
    served = serve(CALL, CONCLUSION)
    writing, concluding = hold(served, "print"), hold(served, "product")
    with opened(open_page, served) as page:
        ask(page, "What is 12 times 34?")
        cell = page.locator(".cell")
        expect(cell).to_have_attribute("data-status", "writing")
        expect(page.locator(".prose .katex").first).to_be_visible()
        expect(cell.locator(".cell-output")).to_be_hidden()
        expect(page.locator("#announcer")).to_have_text("Python 1: writing")
        writing.set()
        expect(cell.locator(".cell-output pre")).to_have_text("408")
        assert page.locator(".answer").count() == 0
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        concluding.set()
        expect(page.locator(".answer")).to_be_visible()
        expect(page.get_by_role("button", name="Send")).to_be_visible()


def hold(served: Served, word: str) -> threading.Event:
    """Let the model wait before it writes a word, until the event is set."""
    gate, said = threading.Event(), served.model.astream_chat

    async def astream_chat(*args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        async for piece in said(*args, **kwargs):
            while word in piece and not gate.is_set():
                await asyncio.sleep(0.02)
            yield piece

    served.model.astream_chat = astream_chat  # type: ignore[method-assign]
    return gate


def test_stop_ends_the_program_on_the_server(open_page: OpenPage) -> None:
    with Interpreter(Settings(timeout=120).limits) as patient:
        served = Serve(patient)(render_call("Loop.", "while True: pass"), "never asked for")
        with opened(open_page, served) as page:
            ask(page, "Loop for ever")
            expect(page.locator(".cell")).to_have_attribute("data-status", "running")
            open_page.picture(page, "page_running")
            page.get_by_role("button", name="Stop").click()
            expect(page.locator(".turn")).to_have_attribute("data-state", "stopped")
            expect(page.locator(".notice")).to_contain_text("Stopped.")
            assert eventually(lambda: active(root(page)) == 0)
            assert served.model.lines == ["never asked for"]


HOSTILE = [
    EVIL,
    f"**{EVIL}** and `{EVIL}` and\n\n```html\n{EVIL}\n```\n\n| a |\n|---|\n| {EVIL} |",
    "[click](javascript:document.title='owned') ![i](http://evil.example/x.png) <http://evil.example/>",
    "$\\href{javascript:document.title='owned'}{x}$ $\\includegraphics{http://evil.example/x.png}$",
    "$\\htmlStyle{position:fixed}{x} \\htmlData{a=b}{y}$ \\boxed{<svg onload=document.title='owned'>}",
    "[x]: http://evil.example/\n\n<iframe src='http://evil.example/'></iframe>\n\n<style>*{display:none}</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_model_text_stays_text(open_page: OpenPage, serve: Serve, text: str) -> None:
    with opened(open_page, serve(render_call(text, "print(1)"), text)) as page:
        ask_and_wait(page, "What now?")
        check_harmless(page)


def test_hostile_program_output_stays_text(open_page: OpenPage, serve: Serve) -> None:
    program = f"print({EVIL!r})\nprint('\\x1b[31mred \\u202e reversed ```')"
    with opened(open_page, serve(render_call("", program), "Done.")) as page:
        ask_and_wait(page, EVIL)
        output = page.locator(".cell-output pre").inner_text()
        assert EVIL in output
        assert "\x1b" not in output and "\u202e" not in output
        assert page.locator(".cell").count() == 1
        check_harmless(page)


def check_harmless(page: Page) -> None:
    page.wait_for_timeout(50)  # a script or an error handler would have run by then
    assert page.title() == "Math Solver"
    for forbidden in ("img", "script", "iframe", "style", "svg[onload]", "[onerror]"):
        assert page.locator(f"#turns {forbidden}, #side {forbidden}").count() == 0, forbidden
    for link in page.locator("#turns a").all():
        check_link(link)


def check_link(link: Locator) -> None:
    """It leads to the address that it shows, and tells nobody where its reader comes from."""
    assert link.evaluate("node => [new URL(node.textContent).href, node.target]") == [
        link.evaluate("node => node.href"),
        "_blank",
    ]
    assert re.match(r"https?://", link.inner_text(), re.IGNORECASE)
    assert set((link.get_attribute("rel") or "").split()) == {"noopener", "noreferrer", "nofollow"}


BROKEN = (
    "Here $\\frac{1}{$ and $$\\begin{align} x \\end{matrix}$$ and \\(\\undefined\\) "
    "then \\boxed{\\frac{1} and $y = \\vec{x}$."
)


def test_broken_formulas_are_shown_as_they_were_written(open_page: OpenPage, serve: Serve) -> None:
    with opened(open_page, serve(BROKEN)) as page:
        ask_and_wait(page, "Break $\\frac{$")
        assert "\\(\\undefined\\)" in page.locator(".math-broken").all_inner_texts()
        assert page.locator(".solution .katex").count() == 1
        assert page.locator(".answer").count() == 0


def test_a_phone_does_not_scroll_sideways(open_page: OpenPage, serve: Serve) -> None:
    long = "x" * 300
    program = f"y = '{long}'\nprint(y)"
    conclusion = f"很长的公式：\n\n$${' + '.join(['x^{100}'] * 40)}$$\n\n{long} `{long}`\n\n$$\\boxed{{{'1' * 200}}}$$"
    served = serve(render_call("先算。", program), conclusion)
    with opened(open_page, served, width=360, height=740, dark=True) as page:
        page.get_by_role("button", name="切换到中文").click()
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        page.locator("#problem").fill("求一个很长的数。" + long)
        assert overflow(page) == 0
        page.keyboard.press("Enter")
        expect(page.locator(".answer h2")).to_have_text("答案")
        assert overflow(page) == 0
        assert page.locator(".cell-code pre").evaluate("node => node.scrollWidth > node.clientWidth")
        open_page.picture(page, "page_phone_dark_zh")


def test_a_conversation_survives_a_reload_and_is_sent_again(open_page: OpenPage, serve: Serve) -> None:
    served = serve(CALL, CONCLUSION, "Half of it is \\boxed{204}.")
    with opened(open_page, served, width=PHONE) as page:
        ask_and_wait(page, "What is 12 times 34?")
        page.reload()
        expect(page.locator(".answer")).to_be_visible()
        ask_and_wait(page, "And half of it?")
        assert page.locator(".cell").first.get_attribute("open") is None
        first, call, observation, answer, last = served.model.calls[-1]["messages"]
        assert (first["content"], last["content"]) == ("What is 12 times 34?", "And half of it?")
        assert (call["content"], observation["content"], answer["content"]) == (CALL, "408", CONCLUSION)
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".turn")).to_have_count(0)
        page.reload()
        expect(page.locator("#empty")).to_be_visible()


def test_the_key_is_asked_for_and_forgotten_with_the_tab(open_page: OpenPage, serve: Serve) -> None:
    with opened(open_page, serve(CALL, CONCLUSION, address=WITH_KEY)) as page:
        give_key(page, "wrong")
        ask_and_wait(page, "What is 12 times 34?", "failed")
        expect(page.locator(".notice")).to_have_text(re.compile("did not accept the API key"))
        assert [error for error in open_page.errors if "401" in error] == open_page.errors
        open_page.errors.clear()
        give_key(page, KEY)
        expect(page.locator(".answer")).to_be_visible()
        assert page.evaluate("JSON.stringify(localStorage)").count(KEY) == 0
        other = page.context.new_page()
        other.goto(root(page))
        expect(other.get_by_role("dialog")).to_be_visible()


def give_key(page: Page, key: str) -> None:
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Key", exact=True).fill(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_failures_are_told_in_words(open_page: OpenPage, serve: Serve) -> None:
    served = serve(RuntimeError("secret"), CONCLUSION)
    with listening(served) as url:
        page = open_page(url + "/")
        ask_and_wait(page, "Fail", "failed")
        expect(page.locator(".notice p")).to_have_text("The server failed: RuntimeError.")
        open_page.picture(page, "page_error")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".answer")).to_be_visible()
    ask_and_wait(page, "Anyone there?", "failed")
    expect(page.locator(".notice p").last).to_contain_text("The server does not answer.")
    expect(page.locator("#health")).to_have_attribute("data-state", "gone")
    failed, *unanswered = open_page.errors
    assert "status of 500" in failed
    assert unanswered and all("ERR_" in error for error in unanswered)
    open_page.errors.clear()


def test_what_is_too_long_for_the_model_is_told_with_the_way_out(open_page: OpenPage, serve: Serve) -> None:
    """Refused at once, or in the middle of a solve, whose outputs count as well."""
    long = [ApiError("The prompt has 9999 tokens.", code="context_length_exceeded") for _ in range(2)]
    with opened(open_page, serve(long[0], CALL, long[1])) as page:
        for _ in range(2):
            ask_and_wait(page, "And now?", "failed")
            expect(page.locator(".notice p").last).to_contain_text("more than the model can read")
    assert len(open_page.errors) == 1 and "400" in open_page.errors[0]
    open_page.errors.clear()


def test_a_busy_server_is_told_from_a_broken_one(open_page: OpenPage, serve: Serve) -> None:
    served = serve("Done.", settings=Settings(max_sessions=1))
    gate = hold(served, "Done.")
    with opened(open_page, served) as page:
        ask(page, "Hold the only place")
        assert eventually(lambda: active(root(page)) == 1)
        other = page.context.new_page()
        other.goto(root(page))
        ask_and_wait(other, "And me?", "failed")
        expect(other.locator(".notice p")).to_contain_text("busy")
        gate.set()
        expect(page.locator(".turn")).to_have_attribute("data-state", "done")
    assert open_page.errors and all("429" in error for error in open_page.errors)
    open_page.errors.clear()


def test_a_program_that_fails_is_shown_as_one(open_page: OpenPage, serve: Serve) -> None:
    served = serve(render_call("", "1 / 0"), render_call("", "while True: pass"), "I give up.")
    with opened(open_page, served) as page:
        ask_and_wait(page, "Try")
        error, timeout = page.locator(".cell").all()
        assert error.get_attribute("data-status") == "error"
        assert "ZeroDivisionError" in error.locator(".cell-output").inner_text()
        assert timeout.locator(".cell-status").inner_text().startswith("timed out")


def test_the_keyboard_is_enough(open_page: OpenPage, serve: Serve) -> None:
    with opened(open_page, serve("\\boxed{1}")) as page:
        problem = page.get_by_label("Your problem")
        expect(problem).to_be_focused()
        page.keyboard.type("first")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("second")
        assert problem.input_value() == "first\nsecond"
        spelling = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        assert problem.evaluate(f"node => node.dispatchEvent({spelling})"), "Enter ends the spelling of a word"
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_be_visible()
        assert page.locator(".question").inner_text() == "first\nsecond"
        unnamed = "[...document.querySelectorAll('button')].filter(b => !b.textContent.trim() && !b.ariaLabel).length"
        assert page.evaluate(unnamed) == 0


def test_theme_and_language_are_kept(open_page: OpenPage, serve: Serve) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with opened(open_page, serve()) as page:
        light = page.evaluate(background)
        page.get_by_role("button", name="Dark or light").click()
        dark = page.evaluate(background)
        page.get_by_role("button", name="切换到中文").click()
        page.reload()
        assert page.evaluate(background) == dark != light
        expect(page.locator("#empty h2")).to_have_text("今天解什么题？")


# What the modules make of a text: an expression, and its value.
MODULES: list[tuple[str, str, Any]] = [
    ("turn.js", "m.findBoxed('\\\\boxed{1} then \\\\boxed{\\\\frac{1}{2}}.')", "\\frac{1}{2}"),
    ("turn.js", "m.findBoxed('\\\\boxed{\\\\{1, 2\\\\}}')", "\\{1, 2\\}"),
    ("turn.js", "m.findBoxed('\\\\boxed{1} then \\\\boxed{2')", "1"),  # the last one never ends
    ("turn.js", "m.findBoxed('no box')", None),
    ("turn.js", "m.groupAt('\\\\boxed {} a', 6)", {"inside": "", "end": 9}),
    ("turn.js", "m.groupAt('\\\\boxed{a{b}} c', 6)", {"inside": "a{b}", "end": 12}),
    ("turn.js", "m.groupAt('\\\\boxed x', 6)", None),
    (
        "turn.js",
        "m.splitProgram('a\\n```python\\nprint(1)\\n``')",
        {"prose": "a\n", "code": "print(1)", "closed": False},
    ),
    (
        "turn.js",
        'm.splitProgram(\'````python\\ns = """\\n```\\n"""\\n````\')',
        {"prose": "", "code": 's = """\n```\n"""', "closed": True},
    ),
    # an escaped line is no fence, and is shown without its escape; line ends of other kinds end no line
    (
        "turn.js",
        "m.splitProgram('a\\n```python\\u200b\\nb\\n```python\\n1\\n```\\u200b\\n2\\n```')",
        {"prose": "a\n```python\u200b\nb\n", "code": "1\n```\n2", "closed": True},
    ),
    (
        "turn.js",
        "m.splitProgram('```python\\n1\\u2028```\\r```\\n   ```` \\t')",
        {"prose": "", "code": "1\u2028```\r```", "closed": True},
    ),
    # a fence inside a program
    (
        "turn.js",
        "m.splitProgram('a\\n```python\\n1\\n```python\\n2')",
        {"prose": "a\n", "code": "1\n```python\n2", "closed": False},
    ),
    ("turn.js", "m.splitProgram('```python\\n1\\n```\\nprose behind')", None),
    ("words.js", "m.pickLanguage(null, ['de-DE', 'zh-TW', 'en'])", "zh"),
    ("words.js", "m.pickLanguage('en', ['zh'])", "en"),
    ("words.js", "m.pickLanguage(null, ['fr'])", "en"),
    ("markdown.js", "html('It costs $5, then $10.')", "It costs $5, then $10."),
    ("markdown.js", "html('2*3*4 and x**2 + y**2 and a_1 b_2')", "2*3*4 and x**2 + y**2 and a_1 b_2"),
    ("markdown.js", "html('**答案是：**42')", "<strong>答案是：</strong>42"),
    ("markdown.js", "html('1 < 2 &amp; <b>')", "1 &lt; 2 &amp;amp; &lt;b&gt;"),
    ("markdown.js", "build('[text](http://e.example)')[0].textContent", "[text](http://e.example)"),
    ("markdown.js", "build('>'.repeat(20000) + 'deep').length > 0", True),
    ("markdown.js", "build('$$\\n- x\\n= y\\n$$').map(n => n.className)", ["math math-display"]),
    ("markdown.js", "build('- a\\n- b\\n\\n3. c').map(n => n.tagName)", ["UL", "OL"]),
]


def test_the_modules_read_what_models_write(open_page: OpenPage, serve: Serve) -> None:
    prepare = (
        "const build = (text) => m.readBlocks(text).map((b) => b.build()); const html = (t) => build(t)[0].innerHTML;"
    )
    with opened(open_page, serve()) as page:
        for module, expression, value in MODULES:
            got = page.evaluate(
                f"async () => {{ const m = await import('/page/{module}'); {prepare} return {expression}; }}"
            )
            assert got == value, expression


BEFORE = "Let $x = \\frac{1}{2}$.\n\n- a\n- b\n\n```python\nprint(1)\n```"
AFTER = "\n\nSo\n\n$$\n\\boxed{x}\n$$\n\n| a |\n|---|\n| 1 |\n"
# Write both in pieces of a size, the execution between them, and compare with a view of the finished turn.
STREAM = """async ([before, after, size]) => {
    const load = (name) => import(`/page/${name}.js`);
    const [{ addChunk, endTurn, newTurn }, { TurnView }, { WORDS }] =
        await Promise.all(["turn", "view", "words"].map(load));
    const turn = newTurn("?"), statuses = new Set();
    const show = () => new TurnView(turn, WORDS.en, { isLast: true, onRetry: () => {} });
    const grown = show();
    const say = (delta) => {
        addChunk(turn, { choices: [{ delta }] });
        grown.update(turn);
        statuses.add(grown.node.querySelector(".cell")?.dataset.status ?? "");
    };
    const write = (text) => {
        for (let at = 0; at < text.length; at += size) say({ content: text.slice(at, at + size) });
    };
    write(before);
    const executions = [{ index: 0, code: "print(1)", output: "1", status: "ok", ms: 1 }];
    say({ content: "\\n\\n```output\\n1\\n```", code_interpreter: { executions } });
    write(after);
    endTurn(turn, "done");
    grown.update(turn);
    return [[...statuses], turn.answer, grown.node.innerHTML === show().node.innerHTML];
}"""


@pytest.mark.parametrize(
    ("size", "statuses"),
    [(1, ["", "writing", "running", "ok"]), (7, ["", "writing", "running", "ok"]), (1000, ["running", "ok"])],
)
def test_a_solution_that_grew_looks_like_one_shown_at_once(
    open_page: OpenPage, serve: Serve, size: int, statuses: list[str]
) -> None:
    with opened(open_page, serve()) as page:
        assert page.evaluate(STREAM, [BEFORE, AFTER, size]) == [statuses, "x", True]
