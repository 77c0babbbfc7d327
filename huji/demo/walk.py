"""The eight steps, in order, and the summary of what happened."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from access.audit.operations.verify_chain import verify_chain
from huji.demo.first_load import Loaded, first_load, upload, wait_for_batch
from huji.demo.looks import Looks
from huji.demo.maintenance import Done, correct_entry, create_entry, rebuild_image
from huji.demo.measure import Recognised, names_right, recognised_pages, seconds_a_page
from huji.demo.people import People
from huji.demo.scans import DemoScans
from huji.demo.site import DemoFailed, Site, until
from huji.wiring import House


@dataclass(frozen=True, slots=True)
class Walk:
    """What the demo walks with."""

    house: House
    site: Site
    people: People
    scans: DemoScans
    directory: Path
    console: Console
    started: float


def walk(demo: Walk) -> dict[str, Any]:
    """Take every step and return the summary.

    Raises:
        DemoFailed: a step did not go as it should.
    """
    say = demo.console.rule
    say("1 上傳 Upload")
    report = upload(demo.site, demo.people, demo.scans, demo.console)
    say("2 處理 Process")
    batch = wait_for_batch(demo.site.with_key(demo.people.station_key), report.batch, demo.console)
    pages = recognised_pages(demo.house.database)
    if not pages:
        raise DemoFailed("no page could be processed")
    names = names_right(demo.scans.truth, pages, demo.directory)
    demo.console.print(f"   {batch['pages']}  姓名 names before correction: {names or '—'}")
    say("3–6 首次建檔：維護、確認、發布 First load: correct, confirm, publish")
    loaded = first_load(demo.site, demo.people, report.batch, demo.console)
    say("7 查詢 Look up")
    looks = Looks(demo.site, demo.people)
    say("8 維護申請 One request of each kind")
    requests = _requests(demo, loaded, pages, looks)
    _check_record(demo)
    skipped = [*demo.scans.skipped, *(refusal.file for refusal in report.refused)]
    return _summary(demo, batch, skipped, names, [_first(loaded), *requests], looks)


def _requests(demo: Walk, loaded: Loaded, pages: list[Recognised], looks: Looks) -> list[Done]:
    created = create_entry(demo.site, demo.people, loaded, pages)
    entry = created.entry
    assert entry is not None
    looks.must_find({"name": entry["name"]}, entry["entry_id"])
    looks.must_not_find({"name": entry["name"]}, entry["entry_id"], as_of=loaded.edition)
    right = _corrected(entry["name"])
    corrected = correct_entry(demo.site, demo.people, entry, right)
    looks.must_find({"name": right}, entry["entry_id"])
    looks.must_find({"name": entry["name"]}, entry["entry_id"], as_of=created.edition)
    looks.look({"name": f"{right[0]}*"})
    page = next(one for one in pages if one.page_id == entry["page_id"])
    folder = demo.directory / "rescan"
    rebuilt = rebuild_image(demo.site, demo.people, demo.scans, page, folder, demo.console)
    looks.must_find({"name": right}, entry["entry_id"])
    _look_at_a_page(demo, looks)
    return [created, corrected, rebuilt]


def _corrected(name: str) -> str:
    """Return a correction of a name: the office reads one character of it otherwise."""
    return name[:-1] + ("明" if name[-1] != "明" else "英")


def _look_at_a_page(demo: Walk, looks: Looks) -> None:
    """Look at the page behind the first entry that has one, and keep the picture."""
    for query in ({"place": "臺"}, {"name": "陳*"}, {"volume": demo.people.volume}):
        for hit in looks.look(query)["hits"]:
            if hit["has_image"]:
                (demo.directory / "agency-view.jpg").write_bytes(looks.picture(hit["entry"]))
                return


def _check_record(demo: Walk) -> None:
    """Wait until every event is sealed and verify the chain."""

    def sealed() -> bool:
        with demo.house.database.reading() as session:
            report = verify_chain(session)
        if not report.intact:
            raise DemoFailed(f"the audit chain is broken at {report.broken_at}")
        return report.unsealed == 0

    until("sealing the audit chain", 30, sealed)
    demo.console.print("   稽核鏈完整 the audit chain is intact")


def _first(loaded: Loaded) -> Done:
    return Done("first_load", loaded.request_id, loaded.states, loaded.edition)


def _summary(
    demo: Walk,
    batch: dict[str, Any],
    skipped: list[str],
    names: dict[str, Any] | None,
    requests: list[Done],
    looks: Looks,
) -> dict[str, Any]:
    counts = batch["pages"]
    return {
        "pages": sum(counts.values()),
        "failed_pages": counts.get("failed", 0) + counts.get("refused", 0),
        "skipped": skipped,
        "wall_seconds": round(time.monotonic() - demo.started, 1),
        "seconds_a_page": seconds_a_page(demo.house.database),
        "names": names,
        "requests": [{"kind": one.kind, "states": one.states, "edition": one.edition} for one in requests],
        "lookups": looks.taken,
        "accounts": [
            {"role": one.role, "user": one.user, "password": one.password}
            for one in demo.people.by_user.values()
        ],
        "address": demo.site.address,
    }
