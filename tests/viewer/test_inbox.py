"""The ministry's inbox and the publisher's screen."""

from tests.viewer.test_requests import correction
from tests.viewer.walk import (
    assign,
    deliver,
    only_request,
    open_every_page,
    publish_everything,
    state_of,
    verdict,
)
from tests.viewer.world import World


def submitted(world: World) -> str:
    """A correction that reached the ministry."""
    publish_everything(world)
    world.browser("clerk").post("/requests/new", data=correction(world))
    request_id = only_request(world, "draft").id
    world.browser("supervisor").post(f"/requests/{request_id}/submit", data={"letter_number": "第1號"})
    return str(request_id)


def test_a_first_load_waits_for_an_operator(loaded: World) -> None:
    request = only_request(loaded)
    ministry = loaded.browser("ministry")
    assert f"/inbox/{request.id}/assign/reassign" in ministry.get("/inbox").text
    refused = ministry.post(f"/inbox/{request.id}/assign/reassign", data={"operator": ""})
    assert refused.status_code == 422
    assert "請指派一位維護人員" in refused.text
    assign(loaded, request.id)
    assert state_of(loaded, request.id) == "in_maintenance"


def test_every_defect_is_told_at_once(loaded: World) -> None:
    request_id = submitted(loaded)
    ministry = loaded.browser("ministry")
    assert request_id in ministry.get("/inbox").text
    form = {"part": ["聯絡人", "申請事由", "第1項"], "defect": ["缺電話", "", "頁次不明"]}
    ministry.post(f"/inbox/{request_id}/return", data=form)
    back = loaded.browser("clerk").get(f"/requests/{request_id}").text
    assert "退回補正" in back
    assert "聯絡人：缺電話" in back
    assert "第1項：頁次不明" in back


def test_rejecting_needs_reasons(loaded: World) -> None:
    request_id = submitted(loaded)
    ministry = loaded.browser("ministry")
    refused = ministry.post(f"/inbox/{request_id}/end/reject", data={"reason": " "})
    assert refused.status_code == 409
    ministry.post(f"/inbox/{request_id}/end/reject", data={"reason": "原簿無誤"})
    assert only_request(loaded, "rejected")


def test_offices_have_no_inbox(loaded: World) -> None:
    assert loaded.browser("clerk").get("/inbox").status_code == 403
    assert loaded.browser("operator").get("/publication").status_code == 403


def test_publishing_makes_an_edition_once(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    deliver(loaded, request_id)
    open_every_page(loaded.browser("supervisor"), request_id)
    verdict(loaded, "supervisor", request_id)
    publisher = loaded.browser("publisher")
    waiting = publisher.get("/publication").text
    assert '<strong class="number">3</strong> 新增索引' in waiting
    assert "已發布為第 1 版" in publisher.post(f"/publication/{request_id}/publish").text
    again = publisher.post(f"/publication/{request_id}/publish")
    assert again.status_code == 409
    editions = loaded.browser("clerk").get("/editions").text
    assert "現行" in editions


def test_notices_tell_the_office_and_are_read_once(loaded: World) -> None:
    publish_everything(loaded)
    clerk = loaded.browser("clerk")
    page = clerk.get("/notices").text
    assert "已更新提供查詢" in page
    unread = page.count("未讀")
    notice = page.split("/notices/")[1].split("/read")[0]
    assert clerk.post(f"/notices/{notice}/read").text.count("未讀") == unread - 1
    assert loaded.browser("other_clerk").post(f"/notices/{notice}/read").status_code == 404
