"""Close a volume: its manifest is fixed, and the sender takes over."""

from ingest.station.make_manifest import idempotency_key
from ingest.station.sitting.check_volume import check_volume
from ingest.station.sitting.declare_pages import declare_pages
from ingest.station.sitting.refusals import NotNow, open_sitting
from ingest.station.spool.records import Sitting
from ingest.station.spool.spool import Spool


def close_volume(spool: Spool) -> Sitting:
    """Close the open sitting; raises NotNow where the centre would refuse it as it is."""
    with spool.held() as state:
        sitting = open_sitting(state)
        review = check_volume(state, sitting)
        if review.undecided:
            raise NotNow(f"還有 {review.undecided} 張未決定。", f"{review.undecided} scans are undecided.")
        if review.doubles:
            pages = "、".join(sorted({double.designation for double in review.doubles}))
            raise NotNow(
                f"頁次重複或交錯:{pages};請取下其中一張。", f"Pages twice: {pages}. Take one of each out."
            )
        if not review.pages:
            raise NotNow("尚未保留任何一頁。", "No page was kept.")
        manifest, scans = declare_pages(state, sitting)
        spool.append(
            "closed", sitting=sitting.id, manifest=manifest, key=idempotency_key(manifest), scans=scans
        )
        return sitting


def leave_volume(spool: Spool) -> None:
    """Leave a volume of which nothing was kept; scans undecided go to the next one. Raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if sitting.kept():
            raise NotNow("已有保留的頁,不能放棄。", "Pages were kept: the volume cannot be left.")
        spool.append("left", sitting=sitting.id)


def reopen_volume(spool: Spool, sitting: str, volume: str) -> None:
    """Take a closed volume back to the desk, as when the centre knows no such volume; raises NotNow.

    While its declaration is on the line that is refused: the centre would have a manifest that is no more.
    """
    with spool.held() as state:
        found = state.sittings.get(sitting)
        if found is not None and found.declaring:
            raise NotNow(
                "此批次正在送往中心,尚無答覆;請待連線恢復、中心答覆後再重開。",
                "This batch is being declared and the centre has not answered: reopen it once it has.",
            )
        if found is None or not found.reopens():
            raise NotNow("此批次已送出,不能重開。", "This batch is on its way and cannot be reopened.")
        if (here := state.sitting()) is not None:
            raise NotNow(f"簿冊 {here.volume} 尚未結束。", f"Volume {here.volume} is still open.")
        spool.append("reopened", sitting=sitting, volume=volume.strip() or found.volume)
