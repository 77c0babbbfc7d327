"""Signing in and out; forms that are not ours."""

import pytest

from tests.viewer.world import PASSWORD, World

HOMES = {
    "crew": "/batches",
    "clerk": "/requests",
    "ministry": "/inbox",
    "operator": "/maintenance",
    "publisher": "/publication",
    "agent": "/cases",
}


@pytest.mark.parametrize(("name", "home"), HOMES.items())
def test_everybody_comes_home(world: World, name: str, home: str) -> None:
    browser = world.browser(None)
    answer = browser.post("/sign-in", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.url.path == home
    assert f'href="{home}" aria-current="page"' in answer.text


def test_a_wrong_password_is_told_in_both_languages(world: World) -> None:
    answer = world.browser(None).post("/sign-in", data={"username": "clerk", "password": "不對"})
    assert answer.status_code == 401
    assert "帳號或密碼不正確" in answer.text
    assert "is not right" in answer.text


def test_a_stranger_is_led_to_sign_in_and_back_to_our_own_pages_alone(world: World) -> None:
    stranger = world.browser(None)
    asked = stranger.get("/requests")
    assert asked.url.path == "/sign-in"
    assert 'name="next" value="/requests"' in asked.text
    assert 'name="next" value="/"' in stranger.get("/sign-in?next=//elsewhere.test/").text


def test_signing_out_ends_it(world: World) -> None:
    browser = world.browser("clerk")
    assert browser.post("/sign-out").url.path == "/sign-in"
    assert world.browser("clerk").get("/requests").url.path == "/sign-in"


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    browser = world.browser("clerk")
    forged = browser.post("/cases", data={"purpose": "x"}, headers={"origin": "http://elsewhere.test"})
    assert forged.status_code == 403
    assert "不是由本系統的頁面送出" in forged.text


def test_an_unknown_page_and_an_odd_address_are_pages_too(world: World) -> None:
    clerk = world.browser("clerk")
    missing = clerk.get("/nowhere")
    assert missing.status_code == 404
    assert "查無此頁" in missing.text
    odd = clerk.get("/requests/not-an-id")
    assert odd.status_code == 422
    assert "Traceback" not in odd.text
