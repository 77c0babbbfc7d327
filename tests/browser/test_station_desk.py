"""The station's page in a browser: a volume scanned, doubted, closed and sent, by the keyboard."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import update

from bench.station.centre import Centre, running_centre
from bench.station.draw_scans import draw_scan
from bench.station.station_process import StationProcess
from storage.catalogue.tables import Volume
from tests.browser.test_request_walk import CHROMIUM, FLAGS, check
from tests.imaging.drawn_files import multi_tiff

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def centre(tmp_path: Path, sqlite_url: str) -> Iterator[Centre]:
    """A centre that knows two volumes."""
    with running_centre(tmp_path, ["甲-1", "乙-3"], sqlite_url) as found:
        yield found


@pytest.fixture
def station(tmp_path: Path, centre: Centre) -> Iterator[StationProcess]:
    """The station's program, at work."""
    (tmp_path / "hot").mkdir()
    (tmp_path / "spool").mkdir()
    (tmp_path / "key").write_text(centre.key)
    found = StationProcess(tmp_path / "spool", tmp_path / "hot", centre.address, tmp_path / "key")
    found.start()
    yield found
    found.kill()


@pytest.fixture
def page(chromium: Browser, station: StationProcess) -> Page:
    """The crew's window."""
    found = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    found.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    found.on("dialog", lambda dialog: dialog.accept())
    found.goto(f"{station.page}/?key={station.cookie.partition('=')[2]}")
    found.wait_for_selector("#start:not([hidden])")
    return found


def _scan(page: Page, hot: Path, name: str, data: bytes) -> str:
    """Let the scanner drop a file; returns the verdict shown once it waits for a decision."""
    (hot / name).write_bytes(data)
    page.wait_for_function(
        "name => document.querySelector('#scan').alt.endsWith(name)"
        " && !document.querySelector('#keep').disabled",
        arg=name,
        timeout=30_000,
    )
    page.locator("#scan").evaluate("image => image.decode()")
    return page.inner_text("#verdict-zh")


def _press(page: Page, key: str, until: str) -> None:
    page.keyboard.press(key)
    page.wait_for_function(f"() => {until}")


def test_a_volume_is_scanned_by_the_keyboard(page: Page, tmp_path: Path, centre: Centre) -> None:
    hot = tmp_path / "hot"
    check(page)
    assert page.evaluate("document.activeElement.id") == "open-volume"
    page.keyboard.type("甲-1")
    page.fill("#open-expected", "4")
    page.keyboard.press("Enter")
    page.wait_for_selector("#desk:not([hidden])")
    check(page)
    assert _scan(page, hot, "1.png", draw_scan(1)) in {"可以保留", "請再看一眼"}
    check(page)
    _press(page, "Enter", "document.querySelector('#count-now').textContent === '1'")
    assert _scan(page, hot, "2.png", draw_scan(1)) == "請重掃"
    assert page.is_visible("#twin")
    assert "第 1 頁" in page.inner_text("#faults")
    check(page)
    # Enter does what is advised: the page is not kept.
    _press(page, "Enter", "document.querySelector('#keep').disabled")
    assert page.inner_text("#count-now") == "1"
    _scan(page, hot, "3.png", draw_scan(3))
    _press(page, "k", "document.querySelector('#count-now').textContent === '2'")
    _scan(page, hot, "4.png", draw_scan(4))
    _press(page, "s", "document.querySelector('#keep').disabled")
    _press(page, "u", "!document.querySelector('#keep').disabled")
    page.fill("#next", "4")
    page.press("#next", "Enter")
    page.wait_for_function("() => document.title.includes('4')")
    _press(page, "k", "document.querySelector('#count-now').textContent === '3'")
    _close(page)
    centre_has = _wait_for(centre, 3)
    assert centre_has == ["1", "2", "4"]
    page.wait_for_selector(".batches .chip.green")
    check(page)


def _close(page: Page) -> None:
    page.click("#close")
    assert "缺 1 頁" in page.inner_text("#review-lists")
    assert page.inner_text("#review-lists .numbers") == "3"
    check(page)
    assert page.is_disabled("#finish")
    page.check("#sure")
    page.click("#finish")
    page.wait_for_selector("#start:not([hidden])")


def _wait_for(centre: Centre, pages: int) -> list[str]:
    for _ in range(300):
        held = sorted(page for _, page, _, _ in centre.held())
        if len(held) == pages:
            return held
        time.sleep(0.1)
    return held


def test_scans_before_a_volume_wait_and_a_station_that_stopped_is_told(
    page: Page, tmp_path: Path, station: StationProcess
) -> None:
    (tmp_path / "hot" / "early.png").write_bytes(draw_scan(7))
    page.wait_for_function("() => document.querySelector('#trouble').textContent.includes('請先選擇簿冊')")
    page.fill("#open-volume", "乙-3")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('#keep').disabled", timeout=30_000)
    check(page)
    station.kill()
    page.wait_for_function("() => document.querySelector('#trouble').textContent.includes('沒有回應')")
    assert page.is_visible("#trouble")
    assert (tmp_path / "hot" / "early.png").exists()


def test_a_volume_that_grows_has_no_total_and_a_file_of_several_frames_is_marked_on_its_first(
    page: Page, tmp_path: Path, centre: Centre
) -> None:
    with centre.house.database.writing() as session:
        session.execute(update(Volume).values(series_key="registration_application"))
    page.fill("#open-volume", "甲-1")
    page.fill("#open-expected", "40")
    page.keyboard.press("Enter")
    page.wait_for_selector("#count-grows:not([hidden])")
    assert page.inner_text("#count-of") == ""
    assert page.is_hidden("#count-bar")
    first, other = (np.asarray(Image.open(io.BytesIO(draw_scan(seed)))) for seed in (1, 2))
    _scan(page, tmp_path / "hot", "1.tif", multi_tiff([first, other, first], dpi=(300, 300)))
    assert "第 3 幀:與本檔第 1 幀相同" in page.inner_text("#faults")
    assert page.is_visible("#twin-name")
    assert page.is_hidden("#twin-scan")
    shared = [text for text in page.locator("#faults li").all_inner_texts() if "第 1–3 幀:" in text]
    assert page.locator("#marks div").count() == len(shared) == 1
    check(page)
    _press(page, "k", "document.querySelector('#count-now').textContent === '3'")
    page.click("#close")
    assert "持續增加" in page.inner_text("#review-sum")
    assert "缺" not in page.inner_text("#review-lists")
    assert page.is_hidden("#expect")
    check(page)
