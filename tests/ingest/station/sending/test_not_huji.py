"""A network's sign-in page, a proxy or another server in the line: waited for, and told as what it is."""

import json
import threading
import time
from pathlib import Path

import httpx
import pytest

from ingest.station.api import StationApi
from ingest.station.centre import NAME, Centre
from ingest.station.errors import NotHuji
from ingest.station.patience import Patience
from ingest.station.sending.sender import Sender
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan
from tests.ingest.station.desks import open_spool, take

ANSWERS = {
    "a sign-in page": httpx.Response(200, html="<html>login please</html>"),
    "bytes": httpx.Response(200, content=b"\xff\xfe\x00"),
    "a list": httpx.Response(200, json=[]),
    "an object of somebody's": httpx.Response(200, json={"ok": True}),
    "members of other kinds": httpx.Response(
        200, json={name: [1] for name in ("id", "files", "orders", "have", "missing", "size", "state")}
    ),
    "nothing": httpx.Response(204),
    "brackets without end": httpx.Response(200, content=b"[" * 200_000),
    "a redirection": httpx.Response(302, headers={"Location": "http://portal.example/"}),
    "sign in to the network": httpx.Response(511),
}


def _api(answer: httpx.Response, asked: list[str], patience: float = 0.05) -> StationApi:
    def answered(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    return StationApi(
        "http://huji.example",
        "k",
        patience=Patience(total=patience, first=0.01, longest=0.02),
        transport=httpx.MockTransport(answered),
    )


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_that_is_not_ours_is_no_answer(kind: str) -> None:
    asked: list[str] = []
    with _api(ANSWERS[kind], asked) as api:
        for call in (
            lambda: api.declare({}, "key"),
            lambda: api.batch("b"),
            api.orders,
            lambda: api.volume("甲-1"),
            lambda: api.begin("b", 1),
            lambda: api.upload("u"),
            lambda: api.complete("u"),
        ):
            before = len(asked)
            with pytest.raises(NotHuji, match="not Huji's server"):
                call()
            assert len(asked) - before > 1, "it was tried again"


def test_the_desk_is_told_and_the_line_asked_ever_more_seldom(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool")
    keep_scan(spool, take(spool, tmp_path / "1.png", b"1"))
    sitting = close_volume(spool)
    asked: list[str] = []
    with _api(ANSWERS["a sign-in page"], asked, patience=0.0) as api:
        sender = Sender(spool, api, first_wait=0.2)
        thread = threading.Thread(target=sender.run)
        thread.start()
        time.sleep(2)
        sender.stop()
        thread.join()
        Centre(spool.folder, api).ask()
    assert (sender.line, sitting.state, sender.troubles) == ("away", "closed", {})
    assert 2 <= len(asked) <= 8
    assert sender.trouble is not None
    assert "sign in to the network" in sender.trouble[1]


def test_what_was_kept_of_the_centre_is_taken_as_far_as_it_is_sound(tmp_path: Path) -> None:
    order = {"request_id": "r", "volume": "甲-1", "designation": "7"}
    kept = {"orders": [1, {"volume": "x"}, order], "volumes": {"甲-1": 5, "甲-2": {"have": []}}}
    (tmp_path / NAME).write_text(json.dumps(kept), "utf-8")
    centre = Centre(tmp_path, None)
    assert (centre.orders, centre.volumes, centre.about("甲-1")) == ([order], {"甲-2": {"have": []}}, {})
