"""What the chat page does with turns: edit, solve again, copy, links, pictures, and what is sent as history."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from math_solver.protocol import REPLACED, render_call

from ...browser import PHONE, OpenPage
from .conftest import Desk, wait_until_ready
from .test_page import CALL, CONCLUSION, EVIL, ask, ask_and_wait, check_harmless, hold, overflow
from .test_page_conversations import expect_asked, start_anew


def open_edit(page: Page, place: int) -> None:
    page.locator(".asked").nth(place).hover()
    page.locator(".asked").nth(place).get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Edit the question")).to_be_focused()


def test_an_edited_question_replaces_what_followed(desk: Desk) -> None:
    desk.says("One.", "Two.", "Three.", "New two.")
    with desk.opened() as page:
        for question in ("first", "second", "third"):
            ask_and_wait(page, question)
        open_edit(page, 1)
        assert page.get_by_label("Edit the question").input_value() == "second"
        page.keyboard.type(" thought")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("of two lines")
        page.keyboard.press("Enter")
        expect(page.locator(".prose").last).to_have_text("New two.")
        expect_asked(page, "first", "second thought\nof two lines")
        assert desk.asked[-1] == ["first", "One.", "second thought\nof two lines"]
        page.reload()
        expect_asked(page, "first", "second thought\nof two lines")


def test_an_edit_that_is_not_sent_changes_nothing(desk: Desk) -> None:
    desk.says("One.", "Two never ends")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask_and_wait(page, "first")
        ask(page, "second")
        expect(page.locator(".prose").last).to_contain_text("Two")
        open_edit(page, 0)
        page.keyboard.type(" changed")
        page.keyboard.press("Escape")
        expect_asked(page, "first", "second")
        expect(page.locator(".turn").last).to_have_attribute("data-state", "working")  # this Escape stopped nothing
        expect(page.locator(".asked").first.get_by_role("button", name="Edit")).to_be_focused()
        open_edit(page, 0)
        page.get_by_label("Edit the question").fill("  ")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Cancel").click()
        expect_asked(page, "first", "second")


def test_an_edit_in_front_of_a_running_solve_ends_it(desk: Desk) -> None:
    desk.says("One.", "Two never ends", "New one.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask_and_wait(page, "first")
        ask(page, "second")
        expect(page.locator(".prose").last).to_contain_text("Two")
        open_edit(page, 0)
        page.get_by_label("Edit the question").fill("anew")
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".prose")).to_have_text("New one.")
        expect(page.locator(".turn")).to_have_attribute("data-state", "done")
        expect_asked(page, "anew")
        assert desk.is_idle()
        expect(page.locator(".row-title")).to_have_text("anew")
        page.reload()
        expect_asked(page, "anew")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_the_field_of_an_edit_is_in_sight(desk: Desk, width: int) -> None:
    desk.says("A line.\n\n" * 60)
    with desk.opened(width=width) as page:
        ask_and_wait(page, "first")
        bar = page.locator("header").bounding_box()
        edit = page.locator(".asked").get_by_role("button", name="Edit")
        # the button is the first thing below the bar, what it edits is behind that
        edit.evaluate("(node, bar) => scrollBy(0, node.getBoundingClientRect().top - bar)", bar and bar["height"])
        edit.evaluate("node => node.click()")
        field = page.get_by_label("Edit the question")
        expect(field).to_be_focused()
        box = field.bounding_box()
        assert bar and box and bar["height"] <= box["y"] <= 860 - box["height"]


def test_no_line_of_a_program_runs_on_behind_a_button_that_always_shows(desk: Desk) -> None:
    desk.says(render_call("Print.", f"print('{'x' * 200}')"), "Done.")
    with desk.opened(width=PHONE) as page:
        ask_and_wait(page, "first")
        code, copy = (page.locator(f".cell-code {part}").bounding_box() for part in ("pre", ".copy"))
        assert code and copy and copy["width"] > 0
        assert code["x"] + code["width"] <= copy["x"]


def test_an_open_edit_survives_what_comes_meanwhile(desk: Desk) -> None:
    desk.says("One.", "Two.")
    with desk.opened() as page:
        ask_and_wait(page, "first")
        open_edit(page, 0)
        page.keyboard.type(" and more")
        ask(page, "second")
        expect(page.locator(".turn").last).to_have_attribute("data-state", "done")
        expect(page.get_by_label("Edit the question")).to_have_value("first and more")


def test_the_last_answer_can_be_asked_for_again(desk: Desk) -> None:
    desk.says("One.", "Two.", CALL, CONCLUSION)
    with desk.opened() as page:
        ask_and_wait(page, "first")
        ask_and_wait(page, "second")
        again = page.get_by_role("button", name="Solve again")
        expect(again).to_have_count(1)
        again.click()
        expect(page.locator(".answer")).to_be_visible()
        expect_asked(page, "first", "second")
        assert desk.asked[2] == ["first", "One.", "second"]
        expect(page.locator(".prose").filter(has_text="Two.")).to_have_count(0)
        page.reload()
        expect_asked(page, "first", "second")


def test_programs_answers_and_solutions_can_be_copied(desk: Desk) -> None:
    desk.says(CALL, CONCLUSION)
    with desk.opened() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask_and_wait(page, "What is 12 times 34?")
        for name, copied in (
            ("Copy the program", "x = 12\nprint(x * 34)"),
            ("Copy the answer", "\\frac{816}{2}"),
            (
                "Copy solution",
                re.compile(r"Let \$x = 12\$.*```python\n.*```output\n408\n```\n\n" + re.escape(CONCLUSION), re.S),
            ),
        ):
            button = page.get_by_role("button", name=name)
            button.focus()
            page.keyboard.press("Enter")
            expect(button).to_have_text("Copied")
            text = page.evaluate("navigator.clipboard.readText()")
            assert re.fullmatch(copied, text) if isinstance(copied, re.Pattern) else text == copied


# ---- what is sent again

# Text that a careless hand changes: blanks at the ends, line ends of every kind, escapes, letters of two code units.
SAID = "  \r\nI\u200b think\u2028so\x0b\u00a0.\r\n```python\u200b\n\ufeff𝕏 e\u0301 <b>&amp;</b>\n```\n\n "


def stream(deltas: Sequence[dict[str, Any]], finish: str = "stop") -> str:
    chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    chunks += [{"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]}]
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


class FakeStream:
    """Answers the requests of a page with deltas, and remembers what was asked."""

    def __init__(self, page: Page, *deltas: dict[str, Any]) -> None:
        self.deltas = deltas
        self.asked: list[list[dict[str, Any]]] = []
        page.route("**/v1/chat/completions", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(json.loads(route.request.post_data_buffer or b"")["messages"])
        route.fulfill(body=stream(self.deltas), content_type="text/event-stream")


def test_history_is_the_servers_own_text(desk: Desk) -> None:
    execution = {"index": 0, "code": "print(1)", "output": "1", "status": "ok", "ms": 1, "images": [picture()]}
    output = "\n\n```output\n1\n```"
    with desk.opened() as page:
        fake = FakeStream(
            page,
            {"reasoning_content": "I reason."},
            *({"content": character} for character in SAID + "\n```python\nprint(1)\n```"),
            {"content": output, "code_interpreter": {"executions": [execution]}},
            {"content": "\n\nSo ${\\boxed{1}}$.\n"},
        )
        ask_and_wait(page, "first")
        ask_and_wait(page, "second")
        page.reload()
        wait_until_ready(page)
        ask_and_wait(page, "third")
        answer = {
            "role": "assistant",
            "content": SAID + "\n```python\nprint(1)\n```" + output + "\n\nSo ${\\boxed{1}}$.\n",
        }
        first, second, third = ({"role": "user", "content": text} for text in ("first", "second", "third"))
        assert fake.asked == [[first], [first, answer, second], [first, answer, second, answer, third]]


# ---- pictures


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x20\x60\xa0" * width) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# One pixel, written by Pillow.
JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H/"
    "///6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAAR"
    "CAABAAEDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAA"
    "AwX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYASg//9k="
)


def picture(data: bytes | str | None = None, media_type: Any = "image/png") -> dict[str, Any]:
    data = png(40, 30) if data is None else data
    return {"media_type": media_type, "data": base64.b64encode(data).decode() if isinstance(data, bytes) else data}


def drawn(*images: Any) -> list[dict[str, Any]]:
    execution = {"index": 0, "code": "plot()", "output": "", "status": "ok", "ms": 5, "images": list(images)}
    return [
        {"content": "Draw.\n\n```python\nplot()\n```"},
        {"content": "\n\n```output\n\n```", "code_interpreter": {"executions": [execution]}},
        {"content": "\n\nThere."},
    ]


@pytest.mark.parametrize("width", [1280, PHONE])
def test_pictures_are_shown_and_enlarged(desk: Desk, open_page: OpenPage, width: int) -> None:
    with desk.opened(width=width) as page:
        FakeStream(page, *drawn(picture(png(900, 1400)), picture(png(4000, 60)), picture(JPEG, "image/jpeg")))
        ask_and_wait(page, "Draw")
        images = page.locator(".cell .picture img")
        expect(images).to_have_count(3)
        expect(images.nth(2)).to_have_js_property("naturalWidth", 1)
        sizes = [image.bounding_box() for image in images.all()]
        assert all(size and 0 < size["height"] <= 320 and size["width"] < width for size in sizes)
        assert overflow(page) == 0
        assert images.nth(1).get_attribute("alt") == "Picture 2 of Python 1"
        assert re.match("blob:", images.first.get_attribute("src") or "")
        page.get_by_role("button", name="Enlarge: Picture 1 of Python 1").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Picture 1 of Python 1")
        expect(dialog.get_by_role("img")).to_be_visible()
        box = dialog.bounding_box()
        assert box and box["width"] <= width and box["height"] <= 860
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("button", name="Enlarge: Picture 1")).to_be_focused()
        images.nth(1).click()
        page.get_by_role("button", name="Close").click()
        page.reload()
        expect(images).to_have_count(3)
        expect(images.first).to_have_js_property("naturalHeight", 1400)
        ask_and_wait(page, "And again")
        expect(images.first).to_be_visible()  # the programs of earlier turns are folded, pictures are not
        assert images.nth(3).get_attribute("alt") == "Picture 1 of Python 1"
        open_page.picture(page, f"page_pictures_{width}")


SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='owned'\">{EVIL}</svg>".encode()
NO_PICTURES = [
    picture(SVG, "image/svg+xml"),
    picture(SVG),  # of another kind than it claims
    picture(png(1, 1), "image/jpeg"),
    picture(png(1, 1), "IMAGE/PNG"),
    picture(png(1, 1), "text/html"),
    picture(png(1, 1), "constructor"),
    picture(png(1, 1), ["image/png"]),
    picture(png(9, 9)[:20]),  # broken behind its first bytes
    picture("not base64!"),
    picture("data:image/png;base64,AAAA"),
    picture("http://evil.example/x.png"),
    {"media_type": "image/png", "data": 5},
    {"media_type": "image/png"},
    {},
    None,
    "x",
]


def test_what_is_no_picture_is_told_in_words(desk: Desk) -> None:
    with desk.opened() as page:
        FakeStream(page, *drawn(*NO_PICTURES))
        ask_and_wait(page, "Draw")
        expect(page.locator(".picture-broken")).to_have_text(["A picture that cannot be shown"] * len(NO_PICTURES))
        check_harmless(page)
        page.reload()
        expect(page.locator(".picture-broken")).to_have_count(len(NO_PICTURES))
        check_harmless(page)


@pytest.mark.parametrize("images", [None, {}, "text", 7, [[]] * 500])
def test_a_field_that_is_no_list_of_pictures_breaks_nothing(desk: Desk, images: Any) -> None:
    deltas = drawn()
    deltas[1]["code_interpreter"]["executions"][0]["images"] = images
    with desk.opened() as page:
        FakeStream(page, *deltas)
        ask_and_wait(page, "Draw")
        expect(page.locator(".prose").last).to_have_text("There.")
        assert page.locator(".picture-broken").count() <= 20


def test_the_policy_lets_no_other_pictures_in(desk: Desk, open_page: OpenPage) -> None:
    with desk.opened() as page:
        load = """source => new Promise((resolve) => {
            const image = new Image();
            image.onload = () => resolve("shown");
            image.onerror = () => resolve("refused");
            image.src = source;
        })"""
        data = "data:image/png;base64," + base64.b64encode(png(1, 1)).decode()
        assert page.evaluate(load, data) == "refused"
        assert open_page.errors and all("img-src 'self' blob:" in error for error in open_page.errors)
        open_page.errors.clear()


# ---- links and boxes in answers

# A text, and the addresses that its links lead to and show.
LINKS: list[tuple[str, list[str]]] = [
    ("See https://a.example/x?y=1&z=2#n.", ["https://a.example/x?y=1&z=2#n"]),
    ("(https://a.example/x_(y)) and <http://b.example>", ["https://a.example/x_(y)", "http://b.example"]),
    (
        '[text](https://a.example/x "title") ![i](http://b.example/i.png)',
        ["https://a.example/x", "http://b.example/i.png"],
    ),
    ("[https://good.example](https://evil.example)", ["https://good.example", "https://evil.example"]),
    ("**https://a.example/b** 和https://b.example/路", ["https://a.example/b", "https://b.example/"]),
    ("见https://a.example/x，或者（http://b.example）。", ["https://a.example/x", "http://b.example"]),
    ("- HTTPS://A.example/x\n\n| a |\n|---|\n| http://b.example |", ["HTTPS://A.example/x", "http://b.example"]),
    ("javascript:alert(1) [a](javascript:alert(1)) data:text/html,x <data:text/html,x>", []),
    ("[a](JaVaScRiPt://https://a.example/%0aalert(1))", ["https://a.example/%0aalert(1)"]),
    ("ftp://a.example file:///etc/passwd mailto:a@b.example www.a.example a@b.example", []),
    ("blob:https://a.example/x view-source:https://a.example", ["https://a.example/x", "https://a.example"]),
    ("https://good.example@evil.example/ http://user:pass@a.example", []),  # they hide where they lead
    ("http://g\u043e\u043egle.example and http://\u0430pple.example", []),  # Cyrillic letters that look Latin
    ("https://a.example/\u202egnp.exe", ["https://a.example/"]),
    ("`https://a.example` $https://b.example$", []),
    ("https:// http://. https://[ http://:80 http://%00/", []),
    ("https://a.example/" + "x" * 3000, []),
    ("https://a.example/" + ")" * 20_000, ["https://a.example/"]),
    ("https://a.example/\"onmouseover='alert(1)", ["https://a.example/"]),
]


def test_addresses_in_answers_become_links_that_show_where_they_lead(desk: Desk) -> None:
    with desk.opened(width=PHONE) as page:
        for text, addresses in LINKS:
            desk.says(text)
            ask_and_wait(page, "Where? https://asked.example")
            assert page.locator(".turn").last.locator("a").all_text_contents() == addresses, text
        check_harmless(page)
        assert overflow(page) == 0


def test_a_followed_link_leaves_the_page_where_it_is(desk: Desk) -> None:
    desk.says(f"See {desk.url}/ for more.")
    with desk.opened() as page:
        ask_and_wait(page, "Where?")
        with page.context.expect_page() as opening:
            page.locator("#turns a").click()
        assert opening.value.evaluate("[window.opener, document.referrer]") == [None, ""]
        expect_asked(page, "Where?")


# A box between dollars and braces looks as the bare one does; what is like it stays the formula, or the text, it is.
BOXES: list[tuple[str, str]] = [
    ("${\\boxed{5}}$", "\\boxed{5}"),
    ("The answer is ${\\boxed{\\frac{1}{2}}}$.", "The answer is \\boxed{\\frac{1}{2}}."),
    ("${\\boxed{\\$5}}$", "\\boxed{\\$5}"),
    ("${\\boxed{5}}$3", "\\boxed{5}3"),  # a digit behind the dollar
    ("${\\boxed{a\nb}}$", "\\boxed{a\nb}"),
    ("是${\\boxed{\\text{甲}}}$。", "是\\boxed{\\text{甲}}。"),
    ("**${\\boxed{5}}$**", "**\\boxed{5}**"),
    ("| a |\n|---|\n| ${\\boxed{5}}$ |", "| a |\n|---|\n| \\boxed{5} |"),
    ("${\\boxed {5}}$", "\\boxed {5}"),
]


def test_a_box_between_dollars_looks_like_a_bare_one(desk: Desk) -> None:
    html = """async (texts) => {
        const { readBlocks } = await import("/page/markdown.js");
        return texts.map((text) => readBlocks(text).map((block) => block.build().outerHTML).join(""));
    }"""
    with desk.opened() as page:
        for dollars, bare in BOXES:
            one, other = page.evaluate(html, [dollars, bare])
            assert one == other, dollars
            assert "katex" in one and "math-broken" not in one, dollars
        for text in ("${\\boxed{5}", "${\\boxed{5}}", "${\\boxed{5} + 1}$", "${x}$", "${\\boxed5}$"):
            page.evaluate(html, [text])  # no more than that it ends


def test_a_box_between_dollars_is_the_answer(desk: Desk) -> None:
    desk.says("So the answer is ${\\boxed{\\frac{1}{2}}}$.")
    with desk.opened() as page:
        ask_and_wait(page, "What is half?")
        expect(page.locator(".answer .mfrac")).to_have_count(1)
        expect(page.locator("#announcer")).to_have_text("Solved. The answer is \\frac{1}{2}")
        assert page.locator(".prose .boxpad").count() == 1


# ---- for those who do not see, or use no mouse

CONTRAST = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const paint = (colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => {
        const linear = (v) => (v <= 10 ? v / 3295 : ((v / 255 + 0.055) / 1.055) ** 2.4);
        const [r, g, b] = rgb.map(linear);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const layers = (node) => (node ? [...layers(node.parentElement), getComputedStyle(node).backgroundColor] : []);
    const faint = [];
    for (const node of document.querySelectorAll("body *")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        if (!own || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        if (node.closest(".unseen, .katex-mathml, .row-sign, .skip")) continue;
        const back = layers(node);
        const both = [light(paint([...back, getComputedStyle(node).color])), light(paint(back))];
        const ratio = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        if (ratio < 4.5) faint.push([node.className, node.textContent, ratio]);
    }
    return faint;
}"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 640, PHONE])  # 640 is 1280 at 200 %
def test_everything_can_be_read_reached_and_named(desk: Desk, open_page: OpenPage, dark: bool, width: int) -> None:
    desk.says("See https://a.example for more.")
    with desk.opened(width=width, dark=dark) as page:
        FakeStream(page, *drawn(picture(), picture("none")), {"content": " See https://a.example, so \\boxed{5}."})
        page.locator(".switch").click()
        ask_and_wait(page, "first")
        ask_and_wait(page, "second")
        if width < 960:
            page.get_by_role("button", name="Conversations").click()
        press_rename = page.get_by_role("button", name="Rename: first")
        press_rename.click()
        assert page.evaluate(CONTRAST) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Delete: first").click()
        assert page.evaluate(CONTRAST) == []
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("link", name="first").click()
        open_edit(page, 0)
        assert page.evaluate(CONTRAST) == []
        assert overflow(page) == 0
        unnamed = """[...document.querySelectorAll("button, input, textarea, a, nav, img")].filter((node) =>
            !(node.textContent.trim() || node.ariaLabel || node.labels?.length || node.alt !== undefined)).length"""
        assert page.evaluate(unnamed) == 0
        live = page.locator("[aria-live], [role=status]")  # never the text of an answer, token by token
        assert live.evaluate_all("nodes => nodes.map(node => node.id)") == ["announcer"]


def test_the_tab_key_goes_from_the_list_to_the_composer(desk: Desk) -> None:
    desk.says("Done.")
    with desk.opened() as page:
        ask_and_wait(page, "first")
        skip = page.get_by_role("button", name="Skip to the input")
        skip.focus()
        seen = []
        for _ in range(8):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()"))
        assert seen == [
            "Conversations",
            "切换到中文",
            "Dark or light",
            "New conversation",
            "first",
            "Rename: first",
            "Delete: first",
            "Copy link to this question",
        ]
        assert page.evaluate("document.querySelector('a, button, input, textarea').id") == "skip"
        skip.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Your problem")).to_be_focused()


def test_an_arriving_answer_is_announced_by_its_steps(desk: Desk) -> None:
    desk.says(render_call("Long " * 200, "print(1)"), "So \\boxed{1}.")
    with desk.opened() as page:
        page.evaluate("""() => {
            window.heard = [];
            const announcer = document.getElementById("announcer");
            new MutationObserver(() => heard.push(announcer.textContent)).observe(announcer, { childList: true });
        }""")
        ask_and_wait(page, "first")
        heard = page.evaluate("heard")
        assert heard[-1] == "Solved. The answer is 1"
        assert len(heard) <= 6 and all(len(text) < 40 for text in heard)
        start_anew(page)


def test_the_tally_of_a_vote_and_the_check_are_told_below_the_answer(desk: Desk) -> None:
    groups = [{"answer": "7", "votes": 3, "checked": 2}, {"answer": "<img src=x onerror=alert(1)>", "votes": 1}]
    votes = {"outcome": "majority", "groups": groups, "asked": 5, "not_needed": 1}
    line = REPLACED["vote"]["en"]
    fallen = {
        "index": 0,
        "thought": "",
        "code": "print(5)",
        "output": "5",
        "status": "ok",
        "ms": 1,
        "reasoning": "Hm.",
    }
    deltas = [
        {"reasoning_content": "Hm."},
        {"content": "\n\n```output\n5\n```", "code_interpreter": {"executions": [fallen]}},
        {"content": f"\n\n{line}", "code_interpreter": {"replaced": {"executions": 1, "reasoning": 3}}},
        {"content": "\n\nIt is $7$."},
        {
            "code_interpreter": {
                "conclusion": "\\boxed{7}",
                "votes": votes,
                "check": {"status": "disputed", "answers": ["8"]},
            }
        },
    ]
    with desk.opened() as page:
        fake = FakeStream(page, *deltas)
        ask_and_wait(page, "What is 3 + 4?")
        expect(page.locator(".tally")).to_have_text(
            "3 of 4 solutions give this answer. Others: <img src=x onerror=alert(1)> (1). "
            "A check came to something else: 8."
        )
        expect(page.locator(".prose", has_text=line)).to_have_count(1)
        ask_and_wait(page, "And half?")
        assert fake.asked[-1][1]["code_interpreter"]["replaced"] == {"executions": 1, "reasoning": 3}
        check_harmless(page)
        page.reload()
        expect(page.locator(".tally").first).to_contain_text("3 of 4")
