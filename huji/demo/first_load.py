"""Steps 1 to 6: upload, process, correct, confirm, publish the first load."""

from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import Progress

from huji.demo.people import People
from huji.demo.scans import DemoScans
from huji.demo.site import DemoFailed, Site, Visitor, until
from huji.demo.steps import begin_maintenance, finish, staged_entries, states_of
from ingest.station.api import StationApi
from ingest.station.progress import Shown
from ingest.station.upload_directory import Report, upload_directory

# Far above what a page takes, so that a stuck pipeline fails the demo instead of hanging it.
SECONDS_A_PAGE = 120
DOUBT_BELOW = 0.9


@dataclass(frozen=True, slots=True)
class Loaded:
    """The published first load; `missed` is a proposal that the operator left out, if there were any."""

    request_id: str
    edition: int
    states: list[str]
    missed: dict[str, Any] | None


def upload(site: Site, people: People, scans: DemoScans, console: Console) -> Report:
    """Upload the scans as the station does."""
    with StationApi(site.address, people.station_key) as api:
        return upload_directory(api, scans.folder, volume=people.volume, progress=Shown(console))


def wait_for_batch(station: Visitor, batch_id: str, console: Console) -> dict[str, Any]:
    """Wait until every page of a batch has settled, showing progress; return the batch."""
    batch: dict[str, Any] = station.get(f"/ingest/batches/{batch_id}")
    total = sum(batch["pages"].values())
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("處理 Processing", total=total)

        def settled() -> dict[str, Any] | None:
            seen: dict[str, Any] = station.get(f"/ingest/batches/{batch_id}")
            waiting = seen["pages"].get("pending", 0) + seen["pages"].get("expected", 0)
            bars.update(task, completed=sum(seen["pages"].values()) - waiting)
            return None if waiting else seen

        found: dict[str, Any] = until("processing", SECONDS_A_PAGE * max(total, 1), settled)
    return found


def first_load(site: Site, people: People, batch_id: str, console: Console) -> Loaded:
    """Walk the batch's request to its edition: the operator reviews the doubtful, the office confirms."""
    ministry = site.as_user("ministry")
    found = [
        one for one in ministry.get("/requests", kind="first_load")["requests"] if one["batch_id"] == batch_id
    ]
    if len(found) != 1:
        raise DemoFailed(f"{len(found)} first loads stand for the batch; there must be one")
    request_id = found[0]["id"]
    work = begin_maintenance(site, people, request_id, opened=True)
    staged = staged_entries(site, work["change_set_id"])
    missed = _leave_out_the_least_certain(site, staged)
    kept = [one for one in staged if one is not missed]
    reviewed = _confirm_doubtful(site, kept)
    console.print(f"   維護 operator: {len(staged)} 筆 entries, {reviewed} 筆存疑已核 doubtful ones reviewed")
    edition = finish(site, request_id)
    return Loaded(request_id, edition, states_of(site, request_id), missed)


def _leave_out_the_least_certain(site: Site, staged: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Leave one entry out, so that the office finds it missing later and asks for it (登錄建檔)."""
    if len(staged) < 2:
        return None
    change = staged[0]["change"]
    site.as_user("operator").delete(f"/changes/{change['id']}", change["row_version"])
    return staged[0]


def _confirm_doubtful(site: Site, staged: list[dict[str, Any]]) -> int:
    doubtful = [one for one in staged if (one["change"]["least_confidence"] or 1.0) < DOUBT_BELOW]
    for one in doubtful:
        change = one["change"]
        site.as_user("operator").post(
            f"/changes/{change['id']}/confirm", {"keys": None}, version=change["row_version"]
        )
    return len(doubtful)
