"""What a new scan is compared with: every page of the volume, frame by frame, by its own name."""

from pathlib import Path

from ingest.station.hot_folder.earlier_pages import earlier_pages
from ingest.station.judging.verdict import make_verdict
from ingest.station.sitting.close_volume import close_volume
from ingest.station.sitting.decide_scan import keep_scan
from ingest.station.sitting.open_volume import open_volume
from ingest.station.spool.spool import Spool
from tests.ingest.station.desks import open_spool, take


def _named(spool: Spool) -> list[tuple[str, str, str]]:
    pages = earlier_pages(spool, spool.state)
    return [(Path(page["writing"]).name, page["zh"], page["en"]) for page in pages]


def test_each_frame_is_called_by_its_page(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", first="5")
    three = make_verdict([], frames=3)
    keep_scan(spool, take(spool, tmp_path / "a.tif", b"a", three))
    take(spool, tmp_path / "b.tif", b"b", make_verdict([], frames=2))
    take(spool, tmp_path / "c.tif", b"c")
    assert _named(spool) == [
        ("s000001.writing", "第 5 頁", "page 5"),
        ("s000001.2.writing", "第 6 頁", "page 6"),
        ("s000001.3.writing", "第 7 頁", "page 7"),
        ("s000002.writing", "待決定的 b.tif 第 1 幀", "b.tif, frame 1, undecided"),
        ("s000002.2.writing", "待決定的 b.tif 第 2 幀", "b.tif, frame 2, undecided"),
        ("s000003.writing", "待決定的 c.tif", "c.tif, undecided"),
    ]


def test_of_a_file_of_several_the_page_whose_rescan_is_ordered_is_left_out(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool", spread="right")
    keep_scan(spool, take(spool, tmp_path / "a.tif", b"a", make_verdict([], frames=3)))
    close_volume(spool)
    orders = [{"request_id": "r1", "designation": "4", "view": 1}]
    open_volume(spool, "甲-1", orders=orders)
    assert [name for name, *_ in _named(spool)] == ["s000001.writing", "s000001.3.writing"]
