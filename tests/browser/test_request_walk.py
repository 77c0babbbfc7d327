"""A request from its form to its publication, by the pages of everybody who has a part in it."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.viewer.scans import plain_scan
from tests.viewer.test_told import BORN, NOTED, told_scan
from tests.viewer.walk import assign as assign_in
from tests.viewer.walk import only_request, staged
from tests.viewer.world import PASSWORD, World, make_world

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path("viewer/static/vendor/axe.min.js")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

Enter = Callable[[str], Page]


@contextmanager
def served(world: World) -> Iterator[str]:
    """The house on a private port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(world.app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def signed_in(chromium: Browser, address: str, name: str) -> Page:
    """A window of a person's own, signed in."""
    page = chromium.new_context(viewport={"width": 1366, "height": 900}).new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    page.goto(f"{address}/sign-in")
    page.fill("#username", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    return page


@pytest.fixture
def enter(sqlite_url: str, tmp_path: Path, chromium: Browser) -> Iterator[Enter]:
    """Signs a person in, in a window of their own, before a house that has just taken in a volume."""
    world = make_world(tmp_path, sqlite_url, None)
    world.load([plain_scan(["陳阿土", "林氏好"]), plain_scan(["黃榮華"], tone=220, confidence=0.55)])
    with served(world) as address:
        yield lambda name: signed_in(chromium, address, name)
    world.house.database.dispose()


def press(page: Page, words: str) -> None:
    """Press the button or link that says this, and wait for the page it leads to."""
    target = page.locator(f"main :is(button, a):visible:has-text('{words}')").first
    with page.expect_navigation():
        target.click()


def check(page: Page) -> None:
    """Ask axe-core what stands in the way of anybody on this page (WCAG 2.1 AA)."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    faults = [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in found]
    assert faults == [], f"{page.url}: {json.dumps(faults, ensure_ascii=False, indent=1)}"


def open_required_pages(page: Page) -> None:
    """Open every page that has to be, each with its picture."""
    press(page, "開啟下一頁")
    check(page)
    while True:
        page.locator(".page-image img").last.evaluate("img => img.decode()")
        if not page.locator("a:has-text('下一個須開啟的頁')").count():
            break
        press(page, "下一個須開啟的頁")
    press(page, "回案件")


def assign(page: Page, path: str) -> None:
    """Name the operator on a request's page in the inbox."""
    page.select_option(f"{path} select[name=operator]", label="operator")


def first_load(enter: Enter) -> None:
    """The volume that came in goes live: assigned, mended, delivered, confirmed, published."""
    ministry = enter("ministry")
    check(ministry)
    assign(ministry, "main")
    press(ministry, "指派")
    operator = enter("operator")
    check(operator)
    press(operator, "開始維護")
    assert operator.evaluate("document.activeElement.id") == "field-name"
    assert operator.locator("rect.lit").get_attribute("data-box") == "name"
    operator.focus("#field-father")
    assert operator.locator("rect.lit").get_attribute("data-box") == "father"
    check(operator)
    operator.focus("#field-name")
    with operator.expect_navigation():
        operator.keyboard.press("Control+Enter")
    assert operator.locator(".queue a.done").count() == 1
    press(operator, "送請確認")
    confirm_and_publish(enter)


def confirm_and_publish(enter: Enter) -> None:
    """The office's supervisor opens the pages and confirms; the publisher publishes."""
    supervisor = enter("supervisor")
    check(supervisor)
    with supervisor.expect_navigation():
        supervisor.locator("tbody a").first.click()
    check(supervisor)
    open_required_pages(supervisor)
    press(supervisor, "確認無誤")
    assert supervisor.locator(".head .tag").inner_text().startswith("確認無誤")
    publisher = enter("publisher")
    check(publisher)
    press(publisher, "發布")
    assert "已發布為第" in publisher.locator("[role=status]").inner_text()


def draft_and_submit(enter: Enter) -> None:
    """The clerk drafts a correction of one name; the supervisor approves and submits it."""
    clerk = enter("clerk")
    press(clerk, "索引資料更正")
    clerk.select_option("#volume-1", index=1)
    clerk.fill("#page-1", "0001")
    press(clerk, "列出索引")
    clerk.select_option("#entry-1", index=1)
    clerk.select_option("#field-1", "name")
    clerk.fill("#now-1", "陳阿土")
    clerk.fill("#should-1", "陳阿圡")
    clerk.fill("#contact", "林小姐")
    clerk.fill("#grounds", "與原簿不符")
    check(clerk)
    press(clerk, "儲存草稿")
    supervisor = enter("supervisor")
    with supervisor.expect_navigation():
        supervisor.locator("tbody a").first.click()
    supervisor.fill("#letter", "北板戶字第1150001號")
    press(supervisor, "核定並函報")


def correct(enter: Enter) -> None:
    """The ministry accepts; the operator stages what was asked and delivers."""
    ministry = enter("ministry")
    press(ministry, "審查")
    check(ministry)
    assign(ministry, "main")
    press(ministry, "受理")
    operator = enter("operator")
    press(operator, "開始維護")
    assert operator.input_value("[data-lights=name] input[name=text]") == "陳阿圡"
    check(operator)
    press(operator, "放入維護批次")
    press(operator, "送請確認")


def look_up(page: Page, name: str, edition: str = "") -> list[str]:
    """Ask for a name; return the names found."""
    page.fill("#name", name)
    page.fill("#as_of", edition)
    with page.expect_navigation():
        page.locator("form[role=search] button").click()
    return page.locator(".hit .written.large").all_inner_texts()


def test_the_desk_takes_back_what_it_told_while_another_text_stands_in_the_field(
    sqlite_url: str, tmp_path: Path, chromium: Browser
) -> None:
    """The days of a date, the place linked, the reading inferred: shown to both who answer for them."""
    world = make_world(tmp_path, sqlite_url, None)
    world.load([told_scan()])
    request_id = only_request(world).id
    assign_in(world, request_id)
    with served(world) as address:
        operator = signed_in(chromium, address, "operator")
        operator.goto(f"{address}/maintenance/{request_id}")
        told = operator.locator("#field-birth_date-told .told")
        assert told.inner_text() == "→ 1940-05-24"
        operator.fill("#field-birth_date", "昭和十五年")
        assert not told.is_visible()
        operator.fill("#field-birth_date", BORN)
        assert told.is_visible()
        operator.click("#field-notes-told button")
        assert operator.input_value("#field-notes") == "婚姻ニ因リ除戶"
        operator.fill("#field-notes", NOTED)
        check(operator)
        press(operator, "送請確認")
        supervisor = signed_in(chromium, address, "supervisor")
        ((_, version),) = staged(world, request_id)
        supervisor.goto(f"{address}/requests/{request_id}/pages/{version.page_id}")
        assert supervisor.locator("tr:has-text('本籍') .told").inner_text() == "→ 板橋鎮（臺北縣） 1945–1972"
        assert supervisor.locator("tr:has-text('事由') .told .written").inner_text() == "婚姻ニ因リ除戶"
        check(supervisor)
    world.house.database.dispose()


def test_a_request_is_walked_from_form_to_publication(enter: Enter) -> None:
    first_load(enter)
    draft_and_submit(enter)
    correct(enter)
    agency = enter("agent")
    check(agency)
    agency.fill("#case_number", "北稅財字第1150001號")
    press(agency, "開立案件")
    assert look_up(agency, "陳阿*") == ["陳阿土"]
    confirm_and_publish(enter)
    assert look_up(agency, "陳阿*") == ["陳阿圡"]
    assert look_up(agency, "陳阿*", "1") == ["陳阿土"]
    check(agency)
    with agency.context.expect_page() as opened:
        agency.locator("a:has-text('檢視簿頁')").first.click()
    view = opened.value
    view.locator(".page-image img").evaluate("img => img.decode()")
    assert view.locator(".page-image img").evaluate("img => img.naturalWidth") == 1000
    check(view)
    crew = enter("crew")
    check(crew)
    crew.click("h2 a")
    check(crew)
    told = enter("clerk")
    told.click("nav a:has-text('通知')")
    check(told)
