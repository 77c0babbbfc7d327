"""Step 8: one request of each kind, from the office's form to its edition."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from huji.demo.first_load import Loaded, wait_for_batch
from huji.demo.measure import Recognised
from huji.demo.people import SERIES, People
from huji.demo.rescan import scan_again
from huji.demo.scans import DemoScans
from huji.demo.site import DemoFailed, Site
from huji.demo.steps import begin_maintenance, finish, states_of
from ingest.station.api import StationApi
from ingest.station.upload_directory import upload_directory

LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Done:
    """One request walked to its end, and the entry it was about (if it was about one)."""

    kind: str
    request_id: str
    states: list[str]
    edition: int
    entry: dict[str, Any] | None = None


def create_entry(site: Site, people: People, loaded: Loaded, pages: list[Recognised]) -> Done:
    """登錄建檔: the office finds an entry missing; the operator types it in."""
    wanted = _missing_entry(loaded, pages)
    name = wanted["texts"]["name"]
    item = {"fault_code": "missing_entry", "page_id": wanted["page_id"], "should_stand": name}
    request_id = submit_form(site, "entry_creation", "清查時發現漏建", item)
    work = begin_maintenance(site, people, request_id, opened=False)
    body = wanted | {"item_id": work["items"][0]["id"]}
    staged = site.as_user("operator").post(f"/change-sets/{work['change_set_id']}/entries/created", body)
    edition = finish(site, request_id)
    entry = {"entry_id": staged["entry_id"], "page_id": wanted["page_id"], "name": name}
    return Done("entry_creation", request_id, states_of(site, request_id), edition, entry)


def correct_entry(site: Site, people: People, entry: dict[str, Any], right: str) -> Done:
    """索引資料更正: the office gives the name as the page has it; the operator corrects the entry."""
    item = correction_item(entry, right)
    request_id = submit_form(site, "index_correction", "與原簿不符", item)
    work = begin_maintenance(site, people, request_id, opened=False)
    body = {
        "entry_id": entry["entry_id"],
        "texts": {"name": right},
        "item_id": work["items"][0]["id"],
    }
    site.as_user("operator").post(f"/change-sets/{work['change_set_id']}/entries/updated", body)
    edition = finish(site, request_id)
    return Done("index_correction", request_id, states_of(site, request_id), edition, entry | {"name": right})


def correction_item(entry: dict[str, Any], right: str) -> dict[str, Any]:
    """Return the form's item that asks for a name to be corrected; `entry` names page, entry and name."""
    return {
        "fault_code": "wrong_name",
        "page_id": entry["page_id"],
        "entry_id": entry["entry_id"],
        "field_key": "name",
        "stands_now": entry.get("name") or entry["fields"]["name"]["text"],
        "should_stand": right,
    }


def rebuild_image(
    site: Site, people: People, scans: DemoScans, page: Recognised, folder: Path, console: Console
) -> Done:
    """影像重建: the operator orders a rescan, the station scans the page again, its image is replaced."""
    item = {"fault_code": "upside_down_or_skewed", "page_id": page.page_id, "should_stand": "端正之影像"}
    request_id = submit_form(site, "image_rebuild", "影像歪斜", item)
    begin_maintenance(site, people, request_id, opened=False)
    order = {"pages": [{"page_id": page.page_id, "reason": "影像歪斜，請重新掃描"}]}
    site.as_user("operator").post(f"/requests/{request_id}/order-rescan", order)
    original = next(path for path in scans.pages if path.name == page.file)
    scan_again(original, folder)
    with StationApi(site.address, people.station_key) as api:
        report = upload_directory(
            api, folder, volume=people.volume, first_page=int(page.designation), request_id=request_id
        )
    if report.refused:
        raise DemoFailed(f"the rescan was refused: {report.refused[0].en}")
    wait_for_batch(site.with_key(people.station_key), report.batch, console)
    edition = finish(site, request_id)
    return Done("image_rebuild", request_id, states_of(site, request_id), edition)


def submit_form(site: Site, kind: str, grounds: str, item: dict[str, Any]) -> str:
    """Have the clerk fill in the form and the supervisor approve and submit it."""
    form = {
        "kind": kind,
        "series_key": SERIES,
        "contact": "王小明 02-2306-2706",
        "grounds": grounds,
        "items": [item],
    }
    request_id = str(site.as_user("clerk").post("/requests", form)["id"])
    letter = {"letter_number": "北市萬戶資字第1150000001號"}
    site.as_user("supervisor").post(f"/requests/{request_id}/submit", letter)
    return request_id


def _missing_entry(loaded: Loaded, pages: list[Recognised]) -> dict[str, Any]:
    """Return the entry left out of the first load, or one made from a line recognised on a plain page."""
    if loaded.missed is not None:
        version = loaded.missed["version"]
        fields = version["fields"]
        return {
            "page_id": version["page_id"],
            "image_id": version["image_id"],
            "region": version["region"],
            "ordinal": version["ordinal"],
            "texts": {key: value["text"] for key, value in fields.items()},
            "boxes": {key: value["box"] for key, value in fields.items() if value.get("box")},
        }
    for page in pages:
        for line in page.lines:
            if line["text"].strip():
                name = line["text"].strip()[:LONGEST_NAME]
                where = {"region": line["box"], "boxes": {"name": line["box"]}}
                return {"page_id": page.page_id, "image_id": page.image_id, "texts": {"name": name}} | where
    raise DemoFailed("no line was recognised on any page, so no entry can be made from one")
