"""What the crew is told of a volume before it is closed."""

from pathlib import Path
from typing import Any

import pytest

from ingest.station.centre import Centre
from ingest.station.desk_page.describe_desk import describe_desk
from ingest.station.desk_page.desk import Desk
from ingest.station.hot_folder.watch import Watch
from ingest.station.judging.judge import Judge
from ingest.station.judging.verdict import make_verdict
from ingest.station.sitting.decide_scan import keep_scan
from ingest.station.sitting.open_volume import open_volume
from ingest.station.sitting.set_number import set_number
from ingest.station.spool.spool import Spool
from tests.ingest.station.desks import open_spool, take


def told(spool: Spool, **known: Any) -> dict[str, Any]:
    """Return the volume on the desk as the page shows it, the centre knowing so much of it."""
    centre = Centre(spool.folder, None)
    centre.volumes["甲-1"] = {"expected_pages": None, "have": [], "quality": {}, **known}
    desk = Desk(spool, Watch(spool, spool.folder, Judge(None)), centre, None, "", "", lambda: None)
    sitting: dict[str, Any] = describe_desk(desk)["sitting"]
    return sitting


def keep(spool: Spool, folder: Path, *frames: int) -> None:
    """Keep a scan each of so many frames."""
    for number, count in enumerate(frames):
        path = folder / f"{number}.tif"
        keep_scan(spool, take(spool, path, f"{number}".encode(), make_verdict([], frames=count)))


@pytest.mark.parametrize(
    ("spread", "frames", "missing"),
    [
        (None, (1, 1, 1), ["4", "5", "6"]),
        ("right", (1, 1, 1), []),
        ("left", (1, 1), ["5", "6"]),
        (None, (6,), []),
        (None, (2, 3), ["6"]),
        ("right", (2, 1), []),
    ],
)
def test_a_page_is_there_whichever_frame_or_side_shows_it(
    spread: str | None, frames: tuple[int, ...], missing: list[str], tmp_path: Path
) -> None:
    spool = open_spool(tmp_path / "spool", spread=spread)
    keep(spool, tmp_path, *frames)
    found = told(spool, expected_pages=6)
    assert list(found["review"]["missing"]) == missing
    assert (found["expected"], found["pages"]) == (6, 6 - len(missing))


def test_what_the_centre_has_is_not_missing_however_its_number_is_written(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", first="0003")
    keep(spool, tmp_path, 1)
    assert list(told(spool, expected_pages=5, have=["0001", "2"])["review"]["missing"]) == ["4", "5"]


def test_a_page_kept_here_that_the_centre_has_too_is_counted_once(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", first="0003")
    keep(spool, tmp_path, 1)
    found = told(spool, expected_pages=5, have=["1", "3", "補-1"])
    assert (found["pages"], found["have"]) == (1, 2)


def test_of_a_rescan_the_pages_ordered_are_counted_and_no_others(tmp_path: Path) -> None:
    orders = [{"request_id": "r1", "designation": page, "view": 1} for page in ("7", "12")]
    spool = open_spool(tmp_path / "spool", None)
    open_volume(spool, "甲-1", orders=orders)
    keep(spool, tmp_path, 1)
    found = told(spool, expected_pages=20, have=["1"])
    assert (found["expected"], list(found["review"]["missing"])) == (2, ["12"])


def test_a_volume_that_grows_has_no_total_and_lacks_nothing_beyond_its_last_page(tmp_path: Path) -> None:
    """Whatever the crew entered before the centre told."""
    spool = open_spool(tmp_path / "spool", first="4", expected=9)
    keep(spool, tmp_path, 1)
    set_number(spool, "6")
    keep_scan(spool, take(spool, tmp_path / "6.tif", b"6"))
    for counted in (None, 212):
        found = told(spool, open_ended=True, expected_pages=counted, have=["1", "2"])
        assert (found["open_ended"], found["expected"]) == (True, None)
        assert list(found["review"]["missing"]) == ["3", "5"]
    assert not told(spool)["open_ended"]
