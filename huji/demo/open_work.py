"""What the served demo leaves open, so that every user finds something to do after signing in."""

from pathlib import Path
from typing import Any

from rich.console import Console

from huji.demo.first_load import wait_for_batch
from huji.demo.maintenance import correction_item, submit_form
from huji.demo.measure import Recognised
from huji.demo.people import People
from huji.demo.scans import draw_pages
from huji.demo.site import Site
from huji.demo.steps import begin_maintenance
from ingest.station.api import StationApi
from ingest.station.upload_directory import upload_directory

MORE_PAGES = 2
MORE_SEED = 1907


def leave_work_open(
    site: Site, people: People, pages: list[Recognised], directory: Path, console: Console, *, draw: bool
) -> None:
    """Leave a correction in the inbox, one awaiting confirmation and, with drawn pages, a load to review."""
    volume = list({page.page_id: page for page in pages}.values())
    entries = [
        entry
        for page in volume
        for entry in site.as_user("clerk").get(f"/pages/{page.page_id}/entries")["entries"]
    ]
    if entries:
        submit_form(site, "index_correction", "與原簿不符", correction_item(entries[0], "待更正"))
    if len(entries) > 1:
        _deliver_correction(site, people, entries[-1])
    if draw:
        _load_more(site, people, len(volume) + 1, directory, console)


def _deliver_correction(site: Site, people: People, entry: dict[str, Any]) -> None:
    name = entry["fields"]["name"]["text"]
    right = f"{name[:-1]}英"
    request_id = submit_form(site, "index_correction", "與原簿不符", correction_item(entry, right))
    work = begin_maintenance(site, people, request_id, opened=False)
    body = {"entry_id": entry["entry_id"], "texts": {"name": right}, "item_id": work["items"][0]["id"]}
    site.as_user("operator").post(f"/change-sets/{work['change_set_id']}/entries/updated", body)
    site.as_user("operator").post(f"/requests/{request_id}/deliver")


def _load_more(site: Site, people: People, first_page: int, directory: Path, console: Console) -> None:
    folder = directory / "more-scans"
    draw_pages(folder, directory / "more-truth", count=MORE_PAGES, seed=MORE_SEED)
    with StationApi(site.address, people.station_key) as api:
        report = upload_directory(api, folder, volume=people.volume, first_page=first_page)
    wait_for_batch(site.with_key(people.station_key), report.batch, console)
    loads = site.as_user("ministry").get("/requests", kind="first_load")["requests"]
    request_id = next(one["id"] for one in loads if one["batch_id"] == report.batch)
    begin_maintenance(site, people, request_id, opened=True)
