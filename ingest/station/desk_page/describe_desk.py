"""All the page shows, as one JSON document."""

from dataclasses import asdict
from typing import Any

from ingest.station.desk_page.desk import Desk
from ingest.station.sitting.check_volume import check_volume
from ingest.station.sitting.decide_scan import last_decision
from ingest.station.sitting.pages_of import frames_of
from ingest.station.spool.disk_room import disk_room
from ingest.station.spool.records import Decision, Scan, Sitting, State

_SHOWN_BATCHES = 8
_SHOWN_PAGES = 12
_USUAL_PAGE = 30_000_000
Json = dict[str, Any]


def describe_desk(desk: Desk) -> Json:
    """Return the desk as it stands; `n` numbers the state, so that the page can wait for the next."""
    with desk.spool.held() as state:
        sitting = state.sitting()
        sizes = [scan.size for scan in state.scans.values()][-20:]
        return {
            "n": state.n,
            "line": desk.sender.line if desk.sender else "off",
            "hours": desk.hours,
            "server": desk.server,
            "trouble": desk.watch.trouble or (desk.sender.trouble if desk.sender else None),
            "waiting": desk.watch.waiting,
            "disk": asdict(disk_room(desk.spool.folder, max(sizes, default=_USUAL_PAGE))),
            "orders": desk.centre.orders,
            "sitting": _sitting(desk, state, sitting) if sitting else None,
            "batches": [_batch(desk, one) for one in _closed(state)],
        }


def _closed(state: State) -> list[Sitting]:
    closed = [one for one in state.sittings.values() if one.state != "open" and one.scans]
    # What is under way first, then the newest of what is done.
    closed.sort(key=lambda one: (one.state != "sent", one.id), reverse=True)
    return closed[:_SHOWN_BATCHES]


def _sitting(desk: Desk, state: State, sitting: Sitting) -> Json:
    centre = desk.centre.about(sitting.volume)
    have = [str(page) for page in centre.get("have", [])] if not sitting.request_id else []
    # A volume that goes on growing has no number of pages, whatever was entered before the centre said so.
    grows = bool(centre.get("open_ended"))
    expected = None if grows else sitting.expected or centre.get("expected_pages")
    pending, kept = state.pending(sitting), sitting.kept()
    ready = [scan for scan in pending if scan.verdict is not None]
    shown = ready[0] if ready else (state.scans[kept[-1].scan] if kept else None)
    review = check_volume(state, sitting, have, expected)
    return {
        "id": sitting.id,
        "volume": sitting.volume,
        "unknown": bool(centre.get("unknown")),
        "rescan": sitting.request_id is not None,
        "wanted": sitting.wanted,
        "spread": sitting.spread,
        "next": sitting.next,
        "expected": len(sitting.wanted) or expected,
        "open_ended": grows and not sitting.wanted,
        "have": review.elsewhere,
        "pages": review.pages,
        "pending": len(pending),
        "undecided": ready[0].id if ready else None,
        "scan": _scan(sitting, shown) if shown else None,
        "last": _decision(state, last_decision(sitting)),
        "recent": [_page(state, decision) for decision in kept[-_SHOWN_PAGES:]],
        "review": {
            "blocks": review.blocks,
            "missing": review.missing,
            "undecided": review.undecided,
            "doubles": [_page(state, decision) for decision in review.doubles],
            "alike": [_page(state, decision) for decision in review.alike],
            "flagged": [_page(state, decision) for decision in review.flagged],
        },
    }


def _scan(sitting: Sitting, scan: Scan) -> Json:
    return {
        "id": scan.id,
        "name": scan.name,
        "verdict": scan.verdict,
        "pages": frames_of(scan) * (2 if sitting.spread else 1),
        "decided": scan.id in sitting.decided(),
    }


def _page(state: State, decision: Decision) -> Json:
    verdict = state.scans[decision.scan].verdict or {}
    faults = [fault for lamp in verdict.get("lamps", []) for fault in lamp["faults"]]
    return {
        "scan": decision.scan,
        "designation": decision.designation,
        "view": decision.view,
        "level": verdict.get("level", "green"),
        "faults": [{"zh": fault["zh"], "en": fault["en"]} for fault in faults],
    }


def _decision(state: State, decision: Decision | None) -> Json | None:
    if decision is None:
        return None
    return {
        "kind": decision.kind,
        "name": state.scans[decision.scan].name,
        "designation": decision.designation,
    }


def _batch(desk: Desk, sitting: Sitting) -> Json:
    trouble = desk.sender.troubles.get(sitting.id) if desk.sender else None
    return {
        "id": sitting.id,
        "volume": sitting.volume,
        "state": sitting.state,
        "files": len(sitting.scans),
        "acknowledged": len(sitting.acknowledged),
        "refused": [
            {"name": sitting.manifest["files"][ordinal - 1]["name"], "reason": reason}
            for ordinal, reason in sorted(sitting.refused.items())
        ],
        "trouble": trouble,
        "reopens": sitting.reopens(),
    }
