"""Closed volumes on their way to a real centre."""

import functools
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from access.principal import SYSTEM
from bench.station.centre import Centre, running_centre
from bench.station.draw_scans import draw_scan
from huji.intake import upload_room
from ingest.bags.open_source import open_source
from ingest.bags.operations.import_bag import import_bag
from ingest.station import centre as told
from ingest.station.api import Json, StationApi
from ingest.station.bag.export_sitting import export_sitting
from ingest.station.errors import ServerAway
from ingest.station.patience import Patience
from ingest.station.sending.rate import Rate
from ingest.station.sending.sender import Sender, WindowClosed
from ingest.station.sending.window import parse_window
from ingest.station.sitting.close_volume import close_volume, reopen_volume
from ingest.station.sitting.decide_scan import keep_as_slip, keep_scan
from ingest.station.sitting.open_volume import open_volume
from ingest.station.sitting.refusals import NotNow
from ingest.station.spool.spool import Spool
from storage.catalogue.tables import Volume
from tests.ingest.bags.silent import Silent
from tests.ingest.station.desks import open_spool, take
from tests.services.processes import free_ports

NIGHT = datetime(2026, 11, 21, 23, tzinfo=UTC)
QUICK = Patience(total=3, first=0.01, longest=0.05)


@pytest.fixture
def centre(tmp_path: Path, sqlite_url: str) -> Iterator[Centre]:
    """A centre that knows one volume."""
    with running_centre(tmp_path, ["甲-1"], sqlite_url) as found:
        yield found


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A spool with a volume of three pages and a slip, open."""
    found = open_spool(tmp_path / "spool")
    for number in range(1, 4):
        keep_scan(found, take(found, tmp_path / f"{number}.png", draw_scan(number)))
    keep_as_slip(found, take(found, tmp_path / "slip.png", draw_scan(9)))
    return found


def _api(server: str, key: str, rate: float | None = None) -> StationApi:
    return StationApi(server, key, patience=QUICK, rate=Rate(rate))


class _Listing(StationApi):
    """Writes down which parts go, and lets them go."""

    def put_part(self, part: Json, body: bytes) -> None:
        self.parts.append(part["number"])
        super().put_part(part, body)

    @functools.cached_property
    def parts(self) -> list[int]:
        """The numbers of the parts that went, in order."""
        return []


def test_a_volume_arrives_and_its_copies_go(centre: Centre, spool: Spool) -> None:
    sitting = close_volume(spool)
    with _api(centre.address, centre.key) as api:
        Sender(spool, api).send_all()
    assert (sitting.state, sitting.acknowledged, sitting.tidied) == ("sent", {1, 2, 3, 4}, True)
    assert list(spool.scans.iterdir()) == []
    held = sorted((page, view, sha256) for _, page, sha256, view in centre.held())
    hashes = [file["sha256"] for file in sitting.manifest["files"]]
    assert held == [("1", 1, hashes[0]), ("2", 1, hashes[1]), ("3", 1, hashes[2]), ("3", 2, hashes[3])]


def test_a_file_the_centre_refuses_is_kept_and_told(centre: Centre, spool: Spool, tmp_path: Path) -> None:
    keep_scan(spool, take(spool, tmp_path / "bad.jpg", b"no image at all"))
    sitting = close_volume(spool)
    with _api(centre.address, centre.key) as api:
        Sender(spool, api).send_all()
    assert sitting.state == "sent"
    assert list(sitting.refused) == [5]
    assert not sitting.tidied
    assert spool.path_of(sitting.scans[4]).exists()


def test_an_unknown_volume_is_told_and_put_right(centre: Centre, tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", "無此冊")
    keep_scan(spool, take(spool, tmp_path / "1.png", draw_scan(1)))
    sitting = close_volume(spool)
    with _api(centre.address, centre.key) as api:
        sender = Sender(spool, api)
        sender.send_all()
        assert sender.line == "refused"
        assert "no such volume" in " ".join(sender.troubles[sitting.id])
        reopen_volume(spool, sitting.id, "甲-1")
        close_volume(spool)
        sender.send_all()
        sender.retry(sitting.id)
        sender.send_all()
    assert (sitting.state, sender.troubles) == ("sent", {})


class _Held(StationApi):
    """Holds each declaration back, as a line does that is cut or slow."""

    @functools.cached_property
    def began(self) -> threading.Event:
        """Set once a declaration is on the line."""
        return threading.Event()

    @functools.cached_property
    def goes(self) -> threading.Event:
        """Set to let it through."""
        return threading.Event()

    def declare(self, manifest: Json, key: str) -> Json:
        self.began.set()
        assert self.goes.wait(20)
        return super().declare(manifest, key)


def test_a_volume_on_the_line_is_not_reopened_and_no_copy_goes_unsent(centre: Centre, spool: Spool) -> None:
    """Reopened while its declaration was held up, the copies of what was scanned since were removed."""
    sitting = close_volume(spool)
    with _Held(centre.address, centre.key, patience=QUICK) as api:
        thread = threading.Thread(target=Sender(spool, api).send_all)
        thread.start()
        assert api.began.wait(10)
        with pytest.raises(NotNow, match="reopen it once it has"):
            reopen_volume(spool, sitting.id, "甲-1")
        with pytest.raises(NotNow, match="reopen it once it has"):
            reopen_volume(Spool(spool.folder), sitting.id, "甲-1")
        api.goes.set()
        thread.join()
    assert (sitting.state, sitting.declaring, len(centre.held())) == ("sent", False, 4)


def test_after_a_cut_nobody_knows_whether_a_declaration_arrived(spool: Spool) -> None:
    sitting = close_volume(spool)
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    with StationApi(nobody, "k", patience=Patience(total=0.1, first=0.01)) as api, pytest.raises(ServerAway):
        Sender(spool, api).send_all()
    with pytest.raises(NotNow, match="reopen it once it has"):
        reopen_volume(spool, sitting.id, "甲-1")


def test_outside_its_hours_nothing_is_sent_whatever_the_clock_did_before(
    centre: Centre, spool: Spool
) -> None:
    close_volume(spool)
    hours = iter([12, 12, 23, 3])
    with _api(centre.address, centre.key) as api:
        sender = Sender(
            spool,
            api,
            window=parse_window("18:00-07:00"),
            now=lambda: datetime(2026, 11, 21, next(hours, 3), tzinfo=UTC),
        )
        for _ in range(2):
            with pytest.raises(WindowClosed):
                sender.send_all()
        assert centre.held() == []
        sender.send_all()
    assert len(centre.held()) == 4


def test_hours_that_end_within_a_large_file_stop_it_at_the_next_part(centre: Centre, tmp_path: Path) -> None:
    """And the next hours go on where it stopped: no part goes twice."""
    spool = open_spool(tmp_path / "spool")
    scan = take(spool, tmp_path / "big.png", draw_scan(1, 4000, 3200, grain=120))
    keep_scan(spool, scan)
    sitting = close_volume(spool)
    size = spool.path_of(scan).stat().st_size
    with _Listing(centre.address, centre.key, patience=QUICK) as api:
        sent = api.parts

        def clock() -> datetime:
            return NIGHT if len(sent) != 1 else NIGHT.replace(hour=7)

        sender = Sender(spool, api, window=parse_window("18:00-07:00"), now=clock)
        with pytest.raises(WindowClosed):
            sender.send_all()
        assert (sent, sitting.state) == ([1], "closed")
        assert centre.held() == []
        sender = Sender(spool, api, window=parse_window("18:00-07:00"), now=lambda: NIGHT)
        sender.send_all()
    assert sent == list(range(1, len(sent) + 1))
    assert len(sent) > 1, size
    assert sitting.state == "sent"
    assert len(centre.held()) == 1


def test_a_server_that_is_away_is_waited_for(spool: Spool, tmp_path: Path, sqlite_url: str) -> None:
    sitting = close_volume(spool)
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}"
    with StationApi(nobody, "k", patience=Patience(total=0.1, first=0.01)) as api:
        sender = Sender(spool, api, first_wait=0.05)
        thread = threading.Thread(target=sender.run)
        thread.start()
        end = time.monotonic() + 10
        while sender.line != "away" and time.monotonic() < end:
            time.sleep(0.01)
        assert sender.line == "away"
        sender.stop()
        thread.join()
    assert sitting.state == "closed"
    with running_centre(tmp_path, ["甲-1"], sqlite_url) as centre, _api(centre.address, centre.key) as api:
        Sender(Spool(spool.folder), api).send_all()
        assert len(centre.held()) == 4


def test_the_line_is_not_used_faster_than_allowed(centre: Centre, spool: Spool) -> None:
    sitting = close_volume(spool)
    size = sum(file["size"] for file in sitting.manifest["files"])
    with _api(centre.address, centre.key, rate=size / 1.5) as api:
        began = time.monotonic()
        Sender(spool, api).send_all()
    assert sitting.state == "sent"
    assert time.monotonic() - began >= 1.2


def test_what_the_centre_told_is_known_after_a_restart_offline(centre: Centre, spool: Spool) -> None:
    close_volume(spool)
    with centre.house.database.writing() as session:
        session.execute(update(Volume).values(series_key="registration_application"))
    with _api(centre.address, centre.key) as api:
        Sender(spool, api).send_all()
        heard = told.Centre(spool.folder, api)
        heard.about("甲-1")
        heard.ask()
    again = told.Centre(spool.folder, None)
    assert again.volumes["甲-1"]["have"] == ["1", "2", "3"]
    assert again.volumes["甲-1"]["open_ended"]
    assert again.limits("甲-1") == {"skew_flag": 3.0, "crossing_refuse": 8.0, "shadow_refuse": 0.05}
    assert again.limits("甲-2") == {}
    assert again.orders == []
    with _api(centre.address, centre.key) as api:
        heard = told.Centre(spool.folder, api)
        heard.about("無此冊")
        heard.ask()
    assert heard.volumes["無此冊"] == {"unknown": True}
    (spool.folder / told.NAME).write_text("{torn")
    assert told.Centre(spool.folder, None).volumes == {}


def test_a_second_volume_follows_the_first(centre: Centre, spool: Spool, tmp_path: Path) -> None:
    close_volume(spool)
    open_volume(spool, "甲-1", first="4")
    keep_scan(spool, take(spool, tmp_path / "4.png", draw_scan(4)))
    close_volume(spool)
    with _api(centre.address, centre.key) as api:
        Sender(spool, api).send_all()
    assert sorted(page for _, page, _, view in centre.held() if view == 1) == ["1", "2", "3", "4"]


def test_a_copy_gone_from_the_spool_is_told_and_all_else_goes(tmp_path: Path, sqlite_url: str) -> None:
    """It was taken for a line that is away, and held up every volume behind it."""
    spool = open_spool(tmp_path / "spool")
    scans = [take(spool, tmp_path / f"{number}.png", draw_scan(number)) for number in (1, 2)]
    for scan in scans:
        keep_scan(spool, scan)
    first = close_volume(spool)
    open_volume(spool, "甲-2")
    keep_scan(spool, take(spool, tmp_path / "3.png", draw_scan(3)))
    second = close_volume(spool)
    lost = spool.path_of(scans[0])
    lost.unlink()
    with (
        running_centre(tmp_path, ["甲-1", "甲-2"], sqlite_url) as centre,
        _api(centre.address, centre.key) as api,
    ):
        sender = Sender(spool, api)
        sender.send_all()
        assert (sender.line, first.acknowledged, second.state) == ("refused", {2}, "sent")
        assert f"1.png ({lost.name})" in sender.troubles[first.id][1]
        lost.write_bytes((tmp_path / "1.png").read_bytes())
        sender.retry(first.id)
        sender.send_all()
        assert (first.state, len(centre.held())) == ("sent", 3)


def test_a_volume_that_went_by_disk_is_sent_no_second_time(
    centre: Centre, spool: Spool, tmp_path: Path
) -> None:
    sitting = close_volume(spool)
    bag = export_sitting(
        spool, sitting, tmp_path, station="S-01", on=date(2026, 11, 21), copied=lambda count: None
    )
    import_bag(
        upload_room(centre.house),
        open_source(bag),
        actor=SYSTEM,
        station_code="S-01",
        now=centre.house.now,
        watch=Silent(),
    )
    held = centre.held()
    with _api(centre.address, centre.key) as api:
        sender = Sender(spool, api)
        sender.send_all()
    assert (sitting.state, sitting.acknowledged, sender.sent) == ("sent", {1, 2, 3, 4}, 0)
    assert sorted(centre.held()) == sorted(held)
    assert len(held) == 4
