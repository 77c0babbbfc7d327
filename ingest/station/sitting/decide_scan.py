"""Decide about a scan: keep it, scan again, or keep it as a slip. Twice the same way is once."""

from ingest.station.sitting.pages_of import frames_of, pages_of
from ingest.station.sitting.refusals import NotNow, open_sitting
from ingest.station.spool.records import Decision, Scan, Sitting, State
from ingest.station.spool.spool import Spool


def keep_scan(spool: Spool, scan: str) -> None:
    """Keep a scan as the next page; raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if not _is_decided(state, sitting, scan, "keep"):
            wanted = next((order for order in sitting.wanted if order["designation"] == sitting.next), None)
            _decide(spool, sitting, state.scans[scan], sitting.next, wanted["view"] if wanted else 1)


def keep_as_slip(spool: Spool, scan: str) -> None:
    """Keep a scan as one more view of the page kept last (浮籤, folded back); raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if _is_decided(state, sitting, scan, "keep"):
            return
        if not (kept := sitting.kept()):
            raise NotNow("尚無前一頁可附浮籤。", "There is no page yet that the slip could belong to.")
        page = pages_of(state, sitting, kept[-1])[-1].designation
        shown = [one for decision in kept for one in pages_of(state, sitting, decision)]
        view = max(one.view for one in shown if one.designation == page) + 1
        _decide(spool, sitting, state.scans[scan], page, view)


def scan_again(spool: Spool, scan: str) -> None:
    """Set a scan aside: the next one takes its page; raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if not _is_decided(state, sitting, scan, "again"):
            spool.append("decided", sitting=sitting.id, kind="again", scan=scan)


def drop_page(spool: Spool, scan: str) -> None:
    """Take out a page kept before; its number does not move; raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if scan not in {decision.scan for decision in sitting.kept()}:
            raise NotNow("此影像不在已保留的頁中。", "This scan is not among the pages kept.")
        spool.append("decided", sitting=sitting.id, kind="drop", scan=scan)


def undo_last(spool: Spool) -> None:
    """Take back the last decision; its scan waits for one again; raises NotNow."""
    with spool.held() as state:
        sitting = open_sitting(state)
        if not sitting.decisions:
            raise NotNow("沒有可復原的動作。", "There is nothing to undo.")
        spool.append("undone", sitting=sitting.id)


def _decide(spool: Spool, sitting: Sitting, scan: Scan, designation: str, view: int) -> None:
    spool.append(
        "decided",
        sitting=sitting.id,
        kind="keep",
        scan=scan.id,
        designation=designation,
        view=view,
        pages=frames_of(scan) * (2 if sitting.spread else 1),
    )


def _is_decided(state: State, sitting: Sitting, scan: str, kind: str) -> bool:
    """Return whether it was decided so before, as when an answer was lost; raises NotNow if otherwise."""
    if scan not in state.scans or state.scans[scan].sitting != sitting.id:
        raise NotNow("找不到此影像。", "There is no such scan on the desk.")
    made = [decision for decision in sitting.decisions if decision.scan == scan]
    if made and made[-1].kind != kind:
        raise NotNow("此影像已決定過;請先復原。", "This scan is decided already: undo that first.")
    if not made and state.scans[scan].verdict is None:
        raise NotNow("此影像仍在檢查。", "This scan is still being checked.")
    return bool(made)


def last_decision(sitting: Sitting) -> Decision | None:
    """Return what an undo would take back."""
    return sitting.decisions[-1] if sitting.decisions else None
