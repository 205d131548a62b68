"""Several conversations on the chat page: the list, what is stored, other tabs, and storage that fails."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from ...browser import PHONE, OpenPage
from .conftest import Desk, wait_until_ready
from .test_page import CALL, EVIL, ask, ask_and_wait, check_harmless, hold, overflow


def titles(page: Page) -> list[str]:
    return page.locator(".row-title").all_text_contents()


def row(page: Page, title: str) -> Locator:
    return page.locator(".row").filter(has_text=title)


def choose(page: Page, title: str) -> None:
    row(page, title).get_by_role("link").click()
    expect(row(page, title).get_by_role("link")).to_have_attribute("aria-current", "page")


def press(page: Page, title: str, action: str) -> None:
    row(page, title).hover()
    row(page, title).get_by_role("button", name=action).click()


def start_anew(page: Page) -> None:
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#empty")).to_be_visible()


def expect_asked(page: Page, *questions: str) -> None:
    expect(page.locator(".question")).to_have_text(list(questions))


def test_conversations_are_listed_switched_and_survive_a_reload(desk: Desk) -> None:
    desk.says("One.", "Two.", "Three.")
    with desk.opened() as page:
        expect(page.locator("#side-empty")).to_be_visible()
        ask_and_wait(page, "First question")
        start_anew(page)
        expect(page.get_by_label("Your problem")).to_be_focused()
        ask_and_wait(page, "Second question")
        expect(page.locator(".row-title")).to_have_text(["Second question", "First question"])
        choose(page, "First question")
        expect_asked(page, "First question")
        ask_and_wait(page, "And again")
        assert desk.asked[-1] == ["First question", "One.", "And again"]
        assert titles(page) == ["First question", "Second question"]  # the last one asked in comes first
        page.reload()
        expect_asked(page, "First question", "And again")
        page.go_back()
        expect_asked(page, "Second question")
        page.goto(desk.url)
        expect(page.locator("#empty")).to_be_visible()
        expect(page.locator(".row")).to_have_count(2)


def test_a_conversation_is_named_after_its_first_question_until_it_is_renamed(desk: Desk) -> None:
    desk.says("One.", "Two.")
    with desk.opened() as page:
        ask_and_wait(page, "What\n  is " + "9" * 200 + "?")
        (title,) = titles(page)
        assert title.startswith("What is 999") and title.endswith("9…") and len(title) == 81
        press(page, "What is", "Rename")
        name = page.get_by_label("Name of the conversation")
        name.fill("  Big\tnumbers  ")
        spelling = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        name.evaluate(f"node => node.dispatchEvent({spelling})")
        expect(name).to_be_visible()
        page.keyboard.press("Enter")
        assert titles(page) == ["Big numbers"]
        press(page, "Big", "Rename")
        page.keyboard.type("dropped")
        page.keyboard.press("Escape")
        assert titles(page) == ["Big numbers"]
        ask_and_wait(page, "Something else")
        page.reload()
        wait_until_ready(page)
        assert titles(page) == ["Big numbers"]
        press(page, "Big", "Rename")
        name.fill("   ")
        page.keyboard.press("Tab")
        assert titles(page) == [title]


def test_a_name_is_kept_though_the_page_is_left_at_once(desk: Desk) -> None:
    desk.says("One.")
    with desk.opened() as page:
        ask_and_wait(page, "What is 1?")
        press(page, "What is", "Rename")
        page.get_by_label("Name of the conversation").fill("One")
        # No transaction ends any more: all that is left is what this page leaves at once.
        page.evaluate(TOO_LATE)
        page.keyboard.press("Enter")
        page.reload()
        wait_until_ready(page)
        assert titles(page) == ["One"]
        page.reload()
        wait_until_ready(page)
        assert titles(page) == ["One"]


def test_a_turn_that_was_left_keeps_the_name_of_its_conversation(desk: Desk) -> None:
    desk.says("One.", "Two.")
    with desk.opened() as page:
        ask_and_wait(page, "What is 1?")
        press(page, "What is", "Rename")
        page.get_by_label("Name of the conversation").fill("Numbers")
        page.keyboard.press("Enter")
        page.evaluate(STORED)
        page.evaluate(TOO_LATE)
        ask_and_wait(page, "What is 2?")
        page.reload()
        wait_until_ready(page)
        assert titles(page) == ["Numbers"]
        expect(page.get_by_text("What is 2?").first).to_be_visible()


TOO_LATE = "() => { IDBDatabase.prototype.transaction = () => { throw new Error('too late'); }; }"
STORED = """async () => {
    const open = () => new Promise((resolve) => {
        const request = indexedDB.open("math_solver");
        request.onsuccess = () => resolve(request.result);
    });
    const read = (database) => new Promise((resolve) => {
        const request = database.transaction("conversations").objectStore("conversations").getAll();
        request.onsuccess = () => resolve(request.result);
    });
    const database = await open();
    while (!(await read(database)).some(({ title }) => title)) await new Promise((soon) => setTimeout(soon, 20));
    database.close();
}"""


def test_deleting_can_be_undone_until_the_page_is_left(desk: Desk) -> None:
    desk.says("One.", "Two.")
    with desk.opened() as page:
        ask_and_wait(page, "First question")
        start_anew(page)
        ask_and_wait(page, "Second question")
        press(page, "Second question", "Delete")
        expect(page.locator("#empty")).to_be_visible()
        expect(page.get_by_role("button", name="Undo")).to_be_focused()
        page.keyboard.press("Enter")
        choose(page, "Second question")
        expect_asked(page, "Second question")
        press(page, "First question", "Delete")
        expect(row(page, "Deleted: First question")).to_be_visible()
        expect_asked(page, "Second question")
        page.reload()
        wait_until_ready(page)
        assert titles(page) == ["Second question"]
        expect_asked(page, "Second question")
        assert stored(page, "turns") == 1


def test_deleting_ends_the_solve(desk: Desk) -> None:
    desk.says("It is never said.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask(page, "Take long")
        expect(page.locator(".prose")).to_contain_text("It is")
        press(page, "Take long", "Delete")
        assert desk.is_idle()
        page.get_by_role("button", name="Undo").click()
        choose(page, "Take long")
        expect(page.locator(".turn")).to_have_attribute("data-state", "stopped")
        expect(page.locator(".prose")).to_contain_text("It is")


def test_a_solve_goes_on_while_its_reader_is_elsewhere(desk: Desk) -> None:
    desk.says("Slow: \\boxed{1}", "Quick: \\boxed{2}")
    gate = hold(desk.served, "\\boxed{1}")
    with desk.opened() as page:
        ask(page, "Slow question")
        expect(page.locator(".prose")).to_contain_text("Slow:")
        start_anew(page)
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()
        expect(row(page, "Slow question").locator(".row-sign")).to_have_text("Solving")
        ask_and_wait(page, "Quick question")  # two at once, and each keeps to its own
        expect(page.locator(".prose")).to_contain_text("Quick:")
        choose(page, "Slow question")
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        expect(page.locator(".turn")).to_have_attribute("data-state", "working")
        choose(page, "Quick question")
        gate.set()
        expect(row(page, "Slow question").locator(".row-sign")).to_have_text("New answer")
        expect(page.locator("#announcer")).to_have_text("Solved in: Slow question")
        expect_asked(page, "Quick question")
        choose(page, "Slow question")
        expect(page.locator(".answer-body")).to_be_visible()
        expect(page.locator(".row-sign:not(:empty)")).to_have_count(0)


def test_what_came_before_a_reload_is_kept(desk: Desk) -> None:
    desk.says(CALL, "So it never ends", "It is \\boxed{408}.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask(page, "What is 12 times 34?")
        expect(page.locator(".prose").last).to_contain_text("So it")
        page.reload()
        expect(page.locator(".turn")).to_have_attribute("data-state", "broken")
        expect(page.locator(".notice")).to_contain_text("Broken off")
        expect(page.locator(".cell-output pre")).to_have_text("408")
        expect(page.locator(".prose").last).to_contain_text("So it")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".answer")).to_be_visible()
        expect_asked(page, "What is 12 times 34?")


def test_an_answer_is_kept_though_the_page_is_left_the_moment_it_is_there(desk: Desk) -> None:
    with desk.opened() as page:
        for number in range(1, 6):
            desk.says("It is \\boxed{42}.")
            page.evaluate(RELOADS_WHEN_DONE, number)
            with page.expect_event("load"):
                ask(page, "What is it?")
            wait_until_ready(page)
            expect(page.locator(".turn[data-state=done]")).to_have_count(number)
        assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('.left.'))") == []


RELOADS_WHEN_DONE = """(count) =>
new MutationObserver((changes, observer) => {
  if (document.querySelectorAll(".turn[data-state=done]").length < count) return;
  observer.disconnect();
  location.reload();
}).observe(document.body, { subtree: true, childList: true, attributes: true });
"""


# ---- other tabs


def other_tab(page: Page, url: str) -> Page:
    other = page.context.new_page()
    other.goto(url)
    wait_until_ready(other)
    return other


def test_two_tabs_keep_each_others_conversations(desk: Desk) -> None:
    desk.says("One.", "Two.", "Three.", "Four.")
    with desk.opened() as page:
        other = other_tab(page, desk.url)
        ask_and_wait(page, "In the first tab")
        ask_and_wait(other, "In the second tab")
        expect(page.locator(".row-title")).to_have_text(["In the second tab", "In the first tab"])
        choose(other, "In the first tab")
        expect_asked(other, "In the first tab")
        press(other, "In the first tab", "Rename")
        other.keyboard.type("Both")
        other.keyboard.press("Enter")
        expect(row(page, "Both")).to_be_visible()
        ask_and_wait(page, "Then from the first")
        expect_asked(other, "In the first tab", "Then from the first")
        ask_and_wait(other, "Then from the second")
        assert desk.asked[-1][0::2] == ["In the first tab", "Then from the first", "Then from the second"]
        page.reload()
        expect_asked(page, "In the first tab", "Then from the first", "Then from the second")
        assert titles(page) == ["Both", "In the second tab"]


def test_a_solve_is_not_broken_off_because_another_tab_opens(desk: Desk) -> None:
    desk.says("Slow: \\boxed{1}")
    gate = hold(desk.served, "\\boxed{1}")
    with desk.opened() as page:
        ask(page, "Slow question")
        expect(page.locator(".prose")).to_contain_text("Slow:")
        other = other_tab(page, page.url)
        expect(other.locator(".turn")).to_have_attribute("data-state", "working")
        gate.set()
        expect(other.locator(".answer-body")).to_be_visible()
        other.reload()
        expect(other.locator(".turn")).to_have_attribute("data-state", "done")


def test_what_another_tab_deletes_is_gone(desk: Desk) -> None:
    desk.says("One.", "never said")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask_and_wait(page, "First question")
        ask(page, "Second question")
        other = other_tab(page, desk.url)
        press(other, "First question", "Delete")
        expect(page.locator("#note")).to_contain_text("deleted in another tab")
        expect(page.locator(".turn, .row")).to_have_count(0)
        assert desk.is_idle()
        page.reload()
        wait_until_ready(page)
        assert stored(page, "turns") == stored(page, "conversations") == 0
        other.get_by_role("button", name="Undo").click()
        expect(page.locator(".row")).to_have_count(1)


# A tab that solves says so again and again.
CHATTER = """() => {
    const channel = new BroadcastChannel("math_solver.conversations");
    const changed = { kind: "changed", id: location.hash.slice(3), working: null };
    window.chatter = setInterval(() => channel.postMessage(changed), 5);
}"""


def test_undo_brings_back_what_another_tab_was_solving(desk: Desk) -> None:
    """Nobody solves it any more: it is stopped, in every tab and for good, and can be asked again."""
    desk.says("It is never said.", "It is \\boxed{5}.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask(page, "Take long")
        expect(page.locator(".prose")).to_contain_text("It is")
        other = other_tab(page, page.url)
        expect(other.locator(".turn")).to_have_attribute("data-state", "working")
        page.evaluate(CHATTER)
        press(other, "Take long", "Delete")
        expect(page.locator(".turn, .row")).to_have_count(0)
        expect(row(other, "Deleted: Take long")).to_be_visible()
        page.evaluate("clearInterval(chatter)")
        assert desk.is_idle()
        other.get_by_role("button", name="Undo").click()
        for tab in (other, page):
            choose(tab, "Take long")
            expect(tab.locator(".turn")).to_have_attribute("data-state", "stopped")
            expect(tab.locator(".pulse")).to_have_count(0)
            expect(tab.locator(".row-sign:not(:empty)")).to_have_count(0)
        other.reload()
        expect(other.locator(".turn")).to_have_attribute("data-state", "stopped")
        other.get_by_role("button", name="Try again").click()
        expect(other.locator(".answer-body")).to_be_visible()
        expect(page.locator(".answer-body")).to_be_visible()
        expect_asked(page, "Take long")


def test_what_another_tab_replaces_is_not_solved_on(desk: Desk) -> None:
    desk.says("One.", "It is never said.", "Two.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask_and_wait(page, "First question")
        ask(page, "Take long")
        expect(page.locator(".prose").last).to_contain_text("It is")
        other = other_tab(page, page.url)
        other.get_by_role("button", name="Edit").last.click()
        other.get_by_label("Edit the question").fill("Take less")
        other.keyboard.press("Enter")
        expect(other.locator(".prose").last).to_contain_text("Two.")
        for tab in (page, other):
            expect_asked(tab, "First question", "Take less")
        assert desk.is_idle()
        expect(page.get_by_role("button", name="Send")).to_be_visible()
        assert stored(page, "turns") == 2
        page.reload()
        expect_asked(page, "First question", "Take less")


def test_a_turn_is_not_stored_behind_its_conversations_back(desk: Desk) -> None:
    """A tab that has not heard yet that another deleted the conversation writes on."""
    desk.says("It is never said.")
    hold(desk.served, "never")
    with desk.opened() as page:
        ask(page, "Take long")
        expect(page.locator(".prose")).to_contain_text("It is")
        page.evaluate(DATABASE % "(conversations.clear(), turns.clear())")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".turn")).to_have_attribute("data-state", "stopped")
        page.reload()
        wait_until_ready(page)
        assert stored(page, "turns") == stored(page, "conversations") == 0


# ---- storage

DATABASE = """async () => {
    const request = indexedDB.open("math_solver");
    const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const transaction = database.transaction(["conversations", "turns"], "readwrite");
    const [conversations, turns] = ["conversations", "turns"].map((name) => transaction.objectStore(name));
    const done = new Promise((resolve) => (transaction.oncomplete = resolve));
    const request2 = %s;
    await done;
    database.close();
    return request2?.result ?? null;
}"""


def stored(page: Page, store: str) -> int:
    count: int = page.evaluate(DATABASE % f"{store}.count()")
    return count


# Let the transactions that write fail as those of a full disk do; DevTools' own quota does not bind IndexedDB.
FILL = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value) {
        const { transaction } = this;
        const error = new DOMException("full", "QuotaExceededError");
        if (!Object.hasOwn(transaction, "error")) {  // of several writes in one transaction the first ends it
            Object.defineProperty(transaction, "error", { get: () => error });
            setTimeout(() => transaction.abort());
        }
        return put.call(this, value);
    };
    window.makeRoom = () => (IDBObjectStore.prototype.put = put);
}"""


def test_full_storage_gives_one_line_and_loses_nothing_on_screen(desk: Desk) -> None:
    desk.says(*["Text. " * 50] * 4)
    with desk.opened() as page:
        ask_and_wait(page, "Stored")
        page.evaluate(FILL)
        start_anew(page)
        ask_and_wait(page, "Homeless")
        expect(page.locator("#note")).to_have_text(re.compile("storage is full.*Delete conversations to make room"))
        ask_and_wait(page, "Homeless too")
        choose(page, "Stored")
        expect(page.locator("#note")).to_be_visible()
        page.get_by_role("button", name="Dismiss").click()
        choose(page, "Homeless")
        expect_asked(page, "Homeless", "Homeless too")
        expect(page.locator(".prose")).to_have_count(2)
        expect(page.locator("#note")).to_be_hidden()
        page.evaluate("makeRoom() && null")
        press(page, "Stored", "Delete")  # what found no room is written now
        expect(row(page, "Deleted: Stored")).to_be_visible()
        page.reload()
        expect_asked(page, "Homeless", "Homeless too")
        wait_until_ready(page)
        assert titles(page) == ["Homeless"]


NO_STORAGE = {
    # forbidden by the browser's settings
    "forbidden": "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no'); }})",
    # a page of another version, or another page of this origin, was here
    "newer": "indexedDB.open('math_solver', 99)",
    "without_stores": "indexedDB.open('math_solver', 1)",
    # localStorage and sessionStorage as well
    "nothing": "for (const name of ['indexedDB', 'localStorage', 'sessionStorage'])"
    " Object.defineProperty(window, name, {get() { throw new DOMException('no'); }})",
}


@pytest.mark.parametrize("kind", NO_STORAGE)
def test_without_storage_conversations_live_as_long_as_the_page(desk: Desk, kind: str) -> None:
    desk.says("One.", "Two.", "Three.")
    with desk.opened() as page:
        page.evaluate("indexedDB.deleteDatabase('math_solver') && null")
        page.context.add_init_script(NO_STORAGE[kind])
        page.reload()
        wait_until_ready(page)
        ask_and_wait(page, "First question")
        expect(page.locator("#note")).to_contain_text("stores nothing")
        start_anew(page)
        ask_and_wait(page, "Second question")
        choose(page, "First question")
        ask_and_wait(page, "And again")
        assert desk.asked[-1] == ["First question", "One.", "And again"]
        page.keyboard.press("ArrowUp")
        expect(page.get_by_label("Your problem")).to_have_value("And again")
        press(page, "Second question", "Delete")
        assert len(titles(page)) == 2
        page.get_by_role("button", name="Undo").click()
        choose(page, "Second question")
        expect_asked(page, "Second question")


TURN = {"conversation": "c", "id": "t", "question": "Kept?", "parts": [{"kind": "text", "text": "Yes."}]}
# What may stand in the database that this page did not write: `[conversation, turn, questions that are shown]`.
CORRUPT: list[tuple[Any, Any, list[str]]] = [
    ({"id": "c"}, TURN, ["Kept?"]),  # fields are missing
    ({"id": "c", "title": 5, "question": {}, "asked": "soon"}, TURN, ["Kept?"]),  # of other types
    ({"id": "c", "question": EVIL, "title": EVIL * 9}, TURN | {"question": EVIL, "content": EVIL}, [EVIL]),
    ({"id": "c"}, {"conversation": "c", "id": "t"}, []),  # no turn
    ({"id": "c"}, TURN | {"parts": "none"}, []),
    ({"id": "c"}, TURN | {"parts": []}, ["Kept?"]),
    ({"id": "c"}, TURN | {"parts": [None, 7, {"kind": "constructor"}, {"kind": "text"}]}, ["Kept?"]),
    ({"id": "c"}, TURN | {"parts": [{"kind": "execution", "ms": "1", "images": [None, {}, "x"]}]}, ["Kept?"]),
    ({"id": "c"}, TURN | {"parts": [{"kind": "execution", "status": "constructor", "code": []}]}, ["Kept?"]),
    ({"id": "c"}, TURN | {"state": "failed", "failure": {"kind": "constructor", "message": {}}}, ["Kept?"]),
    ({"id": "c"}, TURN | {"state": "failed", "failure": "?", "seconds": "x", "tokens": [], "place": {}}, ["Kept?"]),
    ({"id": "c"}, TURN | {"state": "constructor", "answer": 5, "finish": {}, "started": "x"}, ["Kept?"]),
    ({"id": "c"}, TURN | {"votes": {"outcome": "tie", "groups": [None, 7, {"answer": "1"}]}}, ["Kept?"]),
    ({"id": "c"}, TURN | {"state": "working"}, ["Kept?"]),
    ({"id": "c"}, TURN | {"state": "done", "answer": "\\frac{", "content": "x"}, ["Kept?"]),
]


def test_what_is_stored_cannot_break_the_page(desk: Desk) -> None:
    desk.says(*["Still here."] * len(CORRUPT))
    with desk.opened() as page:
        rows = [[row | {"id": f"c{n}"}, turn | {"conversation": f"c{n}"}] for n, (row, turn, _) in enumerate(CORRUPT)]
        page.evaluate(DATABASE % f"{json.dumps(rows)}.map(([a, b]) => (conversations.put(a), turns.put(b)))[0]")
        page.reload()
        wait_until_ready(page)
        expect(page.locator(".row")).to_have_count(len(CORRUPT))
        field = page.get_by_label("Your problem")
        field.press("ArrowUp")
        expect(field).to_have_value(re.compile("Kept|onerror"))
        field.fill("")
        for number, (_, turn, questions) in enumerate(CORRUPT):
            page.goto(f"{desk.url}/#c=c{number}")
            expect(page.locator(f"[href='#c=c{number}']")).to_have_attribute("aria-current", "page")
            assert page.locator(".question").all_text_contents() == questions, turn
            check_harmless(page)
            ask_and_wait(page, "Are you there?")
            expect(page.locator(".prose").last).to_have_text("Still here.")
        field.press("ArrowUp")
        expect(field).to_have_value("Are you there?")


def test_the_conversation_of_earlier_versions_is_taken_over(desk: Desk) -> None:
    old = {
        "question": "Old question",
        "content": "It was \\boxed{1}.",
        "parts": [{"kind": "text", "text": "It was \\boxed{1}."}],
        "state": "done",
        "finish": "stop",
        "answer": "1",
        "failure": None,
        "tokens": 5,
        "started": 1_700_000_000_000,
        "seconds": 1.5,
    }
    desk.says("New.")
    with desk.opened() as page:
        rows = json.dumps([old, {"question": "Unfinished", "parts": [], "state": "working"}, None, "x"])
        page.evaluate("rows => localStorage.setItem('math_solver.turns.1', rows)", rows)
        page.reload()
        choose(page, "Old question")
        expect_asked(page, "Old question", "Unfinished")
        assert page.locator(".answer-body").count() == 1
        expect(page.locator(".turn").last).to_have_attribute("data-state", "broken")
        ask_and_wait(page, "New question")
        assert desk.asked == [["Old question", "It was \\boxed{1}.", "New question"]]
        page.reload()
        expect_asked(page, "Old question", "Unfinished", "New question")
        assert page.evaluate("localStorage.getItem('math_solver.turns.1')") is None
        assert titles(page) == ["Old question"]


# ---- the list as it is seen and used

TITLES = [
    EVIL,
    "W" * 300,
    "鸡兔同笼，共有 35 个头、94 只脚，鸡和兔各有几只？请写出完整的推导过程和验证。",
    "\u202eright to left\u202c \u0007 bell",
    "e\u0301\u0301\u0301" * 60,
    "\U0001d54f" * 200,  # of two code units each
]


def test_hostile_titles_stay_text_and_in_their_place(desk: Desk, open_page: OpenPage) -> None:
    desk.says(*["Done."] * len(TITLES))
    with desk.opened(width=PHONE) as page:
        for title in TITLES:
            ask_and_wait(page, title)
            page.get_by_role("button", name="New conversation").click()
        page.get_by_role("button", name="Conversations").click()
        check_harmless(page)
        assert overflow(page) == 0
        shown = titles(page)
        assert "\u202e" not in "".join(shown) and "\ufffd" not in "".join(shown)
        assert shown[-1] == EVIL[:80] + "…"
        heights = page.locator(".row").evaluate_all("rows => rows.map(row => row.offsetHeight)")
        assert len(set(heights)) == 1
        press(page, "W" * 80, "Delete")
        check_harmless(page)
        assert page.locator(".row-gone").evaluate("node => node.scrollWidth <= node.clientWidth")
        open_page.picture(page, "page_titles", whole=False)


def test_sixty_conversations_in_the_drawer_of_a_phone(desk: Desk, open_page: OpenPage) -> None:
    desk.says("never said")
    hold(desk.served, "never")
    with desk.opened(width=PHONE) as page:
        put = "(_, n) => conversations.put({id: `c${n}`, question: `Question ${n}`, asked: n})"
        page.evaluate(DATABASE % f"Array.from({{length: 60}}, {put}).at(0)")
        page.reload()
        wait_until_ready(page)
        ask(page, "The newest")
        expect(page.locator("#side")).to_be_hidden()
        opener = page.get_by_role("button", name="Conversations")
        opener.click()
        drawer = page.get_by_role("dialog", name="Conversations")
        expect(drawer.locator(".row")).to_have_count(61)
        assert page.locator("#conversations").evaluate("node => node.scrollHeight > node.clientHeight")
        assert overflow(page) == 0
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        expect(opener).to_be_focused()
        expect(page.locator(".turn")).to_have_attribute("data-state", "working")  # this Escape stopped nothing
        opener.click()
        page.mouse.click(PHONE - 10, 400)
        expect(drawer).to_be_hidden()
        opener.click()
        drawer.get_by_role("link", name="Question 0").click()
        expect(drawer).to_be_hidden()
        expect(page.locator("#empty")).to_be_visible()  # it has no turns
        opener.click()
        expect(drawer.locator("[aria-current]")).to_have_text("Question 0")
        page.set_viewport_size({"width": 1280, "height": 800})  # the drawer becomes the column
        expect(drawer).to_be_hidden()
        expect(page.locator("#layout #side")).to_be_visible()
        opener.click()
        expect(page.locator("#side")).to_be_hidden()
        page.reload()
        wait_until_ready(page)
        expect(page.locator("#side")).to_be_hidden()
        expect(page.get_by_role("button", name="New conversation")).to_be_visible()


def test_a_link_opens_a_conversation_of_this_browser_only(desk: Desk) -> None:
    desk.says("One.")
    with desk.opened() as page:
        ask_and_wait(page, "First question")
        link = row(page, "First question").get_by_role("link").evaluate("node => node.href")
        assert link == page.url and "#c=" in link
        other = other_tab(page, link)
        expect_asked(other, "First question")
    with desk.opened(link.removeprefix(desk.url)) as page:
        expect(page.locator("#note")).to_contain_text("no such conversation")
        expect(page.locator("#announcer")).to_contain_text("no such conversation")
        expect(page.locator("#empty")).to_be_visible()
        assert page.url == f"{desk.url}/"


# Fragments that name no conversation, and those that only look as if.
FRAGMENTS = ["c=", "c=__proto__", "c=%ZZ", "c" * 5000, f"c={EVIL}", "c=a&c=b&q", "c=%00%E2%80%AE", "c=#c=c"]


def test_fragments_that_name_nothing_open_a_new_conversation(desk: Desk) -> None:
    desk.says(*["Fine."] * len(FRAGMENTS))
    with desk.opened() as page:
        for fragment in FRAGMENTS:
            page.goto(f"{desk.url}/#{fragment}")
            expect(page.locator("#empty")).to_be_visible()
            check_harmless(page)
            ask_and_wait(page, fragment)
            expect(page).to_have_url(re.compile("#c="))
            page.reload()
            expect_asked(page, fragment)
