"""Writing questions on the chat page: recall, drafts, spelling, links to questions, each problem on its own."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from ...browser import PHONE, OpenPage
from .conftest import Desk, wait_until_ready
from .test_page import EVIL, ask, ask_and_wait, check_harmless, hold, overflow
from .test_page_conversations import choose, expect_asked, press, start_anew


def field(page: Page) -> Locator:
    return page.get_by_label("Your problem")


def press_and_expect(page: Page, key: str, value: str) -> None:
    page.keyboard.press(key)
    expect(field(page)).to_have_value(value)


def test_the_arrows_recall_the_questions_of_all_conversations(desk: Desk) -> None:
    desk.says(*["Done."] * 5)
    with desk.opened() as page:
        press_and_expect(page, "ArrowUp", "")  # there are none yet
        for question in ("first", "second\nof two lines", "first"):
            ask_and_wait(page, question)
        start_anew(page)
        ask_and_wait(page, "third")
        page.reload()
        wait_until_ready(page)
        press_and_expect(page, "ArrowUp", "third")
        press_and_expect(page, "ArrowUp", "first")  # once, where it was asked last
        press_and_expect(page, "ArrowUp", "second\nof two lines")
        press_and_expect(page, "ArrowUp", "second\nof two lines")  # the end
        press_and_expect(page, "ArrowDown", "first")
        press_and_expect(page, "ArrowDown", "third")
        press_and_expect(page, "ArrowDown", "")
        press_and_expect(page, "ArrowDown", "")
        press_and_expect(page, "ArrowUp", "third")
        page.keyboard.press("Enter")
        expect_asked(page, "third", "third")


def test_recall_never_overwrites_what_was_typed(desk: Desk) -> None:
    desk.says("Done.")
    with desk.opened() as page:
        ask_and_wait(page, "one\ntwo")
        page.keyboard.type("mine")
        press_and_expect(page, "ArrowUp", "mine")
        field(page).fill("")
        press_and_expect(page, "ArrowUp", "one\ntwo")
        page.keyboard.press("Home")  # from here on the arrows move the caret
        press_and_expect(page, "ArrowUp", "one\ntwo")
        page.keyboard.type("zero ")
        page.keyboard.press("Control+End")
        press_and_expect(page, "ArrowDown", "zero one\ntwo")
        press_and_expect(page, "ArrowUp", "zero one\ntwo")
        for key in ("Shift+ArrowUp", "Control+ArrowUp", "Alt+ArrowUp"):
            field(page).fill("")
            press_and_expect(page, key, "")


def test_what_is_deleted_is_not_recalled(desk: Desk) -> None:
    desk.says("Done.", "Done.")
    with desk.opened() as page:
        ask_and_wait(page, "kept")
        start_anew(page)
        ask_and_wait(page, "secret")
        press(page, "secret", "Delete")
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        field(page).focus()
        press_and_expect(page, "ArrowUp", "kept")


def test_each_conversation_keeps_what_was_typed_and_not_sent(desk: Desk) -> None:
    desk.says("Done.", "Done.")
    with desk.opened() as page:
        ask_and_wait(page, "question")
        page.keyboard.type("half a quest")
        start_anew(page)
        expect(field(page)).to_have_value("")
        page.keyboard.type("something new")
        choose(page, "question")
        expect(field(page)).to_have_value("half a quest")
        page.reload()
        expect(field(page)).to_have_value("half a quest")
        start_anew(page)
        expect(field(page)).to_have_value("something new")
        page.keyboard.press("Enter")
        expect(page.locator(".question")).to_have_text("something new")
        expect(field(page)).to_have_value("")
        start_anew(page)
        expect(field(page)).to_have_value("")


def test_what_is_typed_during_a_solve_stays_until_it_can_be_sent(desk: Desk) -> None:
    desk.says("Held.", "Done.")
    gate = hold(desk.served, "Held.")
    with desk.opened() as page:
        ask(page, "first")
        expect(page.locator(".turn")).to_have_count(1)
        ask(page, "second")
        expect(field(page)).to_have_value("second")
        gate.set()
        expect(page.locator(".turn")).to_have_attribute("data-state", "done")
        page.keyboard.press("Enter")
        expect_asked(page, "first", "second")


def test_the_enter_that_ends_the_spelling_of_a_word_does_not_send(desk: Desk) -> None:
    """Chromium's own composition, as an input method makes it."""
    desk.says("好。")
    with desk.opened() as page:
        session = page.context.new_cdp_session(page)
        session.send("Input.imeSetComposition", {"text": "jisuan", "selectionStart": 6, "selectionEnd": 6})
        expect(field(page)).to_have_value("jisuan")
        enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}  # as a key that the method takes
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
        page.keyboard.press("ArrowUp")
        expect(page.locator(".turn")).to_have_count(0)
        session.send("Input.insertText", {"text": "计算"})
        expect(field(page)).to_have_value("计算")
        page.keyboard.press("Enter")
        expect_asked(page, "计算")


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("/?q=1%2B1+is%3F", "1+1 is?"),
        ("/#q=" + quote("求 $x^2$ 的导数。\n第二行"), "求 $x^2$ 的导数。\n第二行"),
        ("/?q=search#q=fragment", "fragment"),
        ("/#q=" + quote(EVIL), EVIL),
        ("/#q=" + "x" * 30_000, "x" * 20_000),
        ("/?q=", ""),
        ("/#q=%ff%00&q=b", "\ufffd\0"),
    ],
)
def test_a_link_offers_a_question_and_does_not_send_it(desk: Desk, path: str, offered: str) -> None:
    with desk.opened(path) as page:
        expect(field(page)).to_have_value(offered)
        assert page.url == f"{desk.url}/"
        page.wait_for_timeout(100)
        assert page.locator(".turn").count() == 0 and desk.asked == []
        check_harmless(page)


def test_a_question_can_be_linked(desk: Desk) -> None:
    desk.says("Done.", "Done.")
    question = "What is 50% of 1+1 & #2?\n求 x²"
    with desk.opened() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask_and_wait(page, question)
        page.locator(".asked").hover()
        page.get_by_role("button", name="Copy link to this question").click()
        expect(page.locator(".question-tools")).to_contain_text("Copied")
        link = page.evaluate("navigator.clipboard.readText()")
        assert link == f"{desk.url}/#q={quote(question, safe='')}"
        page.keyboard.type("x")
        page.goto(link)  # in the same tab: a new conversation, and the old one is still there
        expect(field(page)).to_have_value(question)
        expect(page.locator(".turn")).to_have_count(0)
        page.go_back()
        expect_asked(page, question)


def test_each_problem_on_its_own_is_sent_without_what_came_before(desk: Desk, open_page: OpenPage) -> None:
    desk.says("One.", "Two.", "Three.", "Four.", "Five.")
    with desk.opened(width=PHONE) as page:
        switch = page.get_by_role("switch", name="Each problem on its own")
        expect(switch).not_to_be_checked()
        ask_and_wait(page, "first")
        page.locator(".switch").click()
        ask_and_wait(page, "second")
        page.reload()
        wait_until_ready(page)
        expect(switch).to_be_checked()
        ask_and_wait(page, "third")
        assert desk.asked == [["first"], ["second"], ["third"]]
        marked = page.locator(".asked:has(.alone-mark) .question")
        expect(marked).to_have_text(["second", "third"])
        page.get_by_role("button", name="Solve again").click()
        expect(page.locator(".prose").last).to_have_text("Four.")
        assert desk.asked[-1] == ["third"]
        open_page.picture(page, "page_alone")
        switch.focus()
        page.keyboard.press("Space")
        expect(switch).not_to_be_checked()
        ask_and_wait(page, "fourth")
        assert desk.asked[-1] == ["first", "One.", "second", "Two.", "third", "Four.", "fourth"]
        expect(marked).to_have_text(["second", "third"])
        assert overflow(page) == 0
