"""What a value was understood as, and what may be meant by it, before the eyes of who stands behind it."""

import re
from typing import Any

from index_service.entries.parsed_forms import parsed_form
from tests.index_service.scene import value
from tests.viewer.scans import Scan, plain_scan
from tests.viewer.walk import assign, deliver, only_request, staged
from tests.viewer.world import World, entry_form

BORN, LIVED, NOTED = "昭和十五年五月二十四日", "臺北縣板橋鎮", "婚姻二因リ除戶"


def understood(key: str, text: str) -> dict[str, Any]:
    """A sure value as the pipeline proposes it."""
    parsed = parsed_form("colonial_register", key, text)
    return {**value(text, 0.99, [10.0, 310.0, 90.0, 400.0]), "parsed": parsed}


def told_scan() -> Scan:
    """A page of one person, sure in every field; a lookalike in the notes has its likely reading by it."""
    scan = plain_scan(["陳阿土"])
    scan.proposals[0]["fields"] |= {
        "birth_date": understood("birth_date", BORN),
        "address": understood("address", LIVED),
        "notes": value(NOTED, 0.97, [10.0, 410.0, 90.0, 500.0])
        | {"inferred": {"text": "婚姻ニ因リ除戶", "reason": "二→ニ"}},
    }
    return scan


def words(page: str) -> str:
    """The page's words without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_desk_tells_what_a_value_was_understood_as_however_sure_it_is(world: World) -> None:
    world.load([told_scan()])
    request_id = only_request(world).id
    assign(world, request_id)
    page = words(world.browser("operator").get(f"/maintenance/{request_id}").text)
    assert "→ 1940-05-24" in page
    assert "→ 板橋鎮（臺北縣） 1945–1972" in page
    assert "或為 perhaps 婚姻ニ因リ除戶 （二→ニ）" in page


def test_the_office_sees_it_before_it_confirms(world: World) -> None:
    world.load([told_scan()])
    request_id = only_request(world).id
    assign(world, request_id)
    ((_, version),) = staged(world, request_id)
    deliver(world, request_id)
    path = f"/requests/{request_id}/pages/{version.page_id}"
    page = words(world.browser("supervisor").get(path).text)
    assert "→ 1940-05-24" in page
    assert "→ 板橋鎮（臺北縣） 1945–1972" in page
    assert "或為 perhaps 婚姻ニ因リ除戶 （二→ニ）" in page


def test_a_corrected_value_is_told_anew_and_never_with_the_old_link(world: World) -> None:
    world.load([told_scan()])
    request_id = only_request(world).id
    assign(world, request_id)
    ((change, version),) = staged(world, request_id)
    was = {key: one["text"] for key, one in version.fields.items()}
    now = {**was, "address": "臺南廳", "birth_date": "昭和元年三月", "notes": "死亡"}
    form = entry_form(now, was, row_version=change.row_version, act="save")
    operator = world.browser("operator")
    page = words(operator.post(f"/maintenance/{request_id}/changes/{change.id}", data=form).text)
    assert "候選 2 處 2 candidates · 臺南廳 1901–1909、臺南廳 1909–1920" in page
    assert "1926-03-01 ～ 1926-03-31" in page
    assert "該年號當時尚未開始" in page
    assert "板橋鎮" not in page
    assert "ニ因リ" not in page


def test_beside_words_that_were_refused_nothing_is_told_of_the_ones_before(world: World) -> None:
    """Somebody else was faster: what is told belongs to what stands now, and stands under it."""
    world.load([told_scan()])
    request_id = only_request(world).id
    assign(world, request_id)
    ((change, _),) = staged(world, request_id)
    path = f"/maintenance/{request_id}/changes/{change.id}"
    first = entry_form({"address": "臺南廳"}, {"address": LIVED}, row_version=change.row_version, act="save")
    second = entry_form({"address": "不明"}, {"address": LIVED}, row_version=change.row_version, act="save")
    operator = world.browser("operator")
    assert operator.post(path, data=first).status_code == 200
    lost = operator.post(path, data=second)
    page = words(lost.text)
    assert 'value="不明"' in lost.text
    assert page.index("現行內容") < page.index("臺南廳 1901–1909")
    assert "板橋鎮" not in page
