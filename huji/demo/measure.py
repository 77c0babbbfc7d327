"""What the demo measures from the database: names before any correction, worker seconds, recognised lines."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from storage.catalogue.tables import Page, PageImage
from storage.database.session import Database
from storage.intake.tables import BatchFile, BatchPage, ProcessingRun, RecognitionResult


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised of one page, as it was committed."""

    file: str
    page_id: str
    designation: str
    image_id: str
    lines: list[dict[str, Any]]
    proposals: list[dict[str, Any]]


def recognised_pages(database: Database) -> list[Recognised]:
    """Return every page's recognition, in register order."""
    query = (
        select(BatchFile.name, Page, PageImage.id, RecognitionResult)
        .join(BatchPage, BatchPage.file_id == BatchFile.id)
        .join(Page, Page.id == BatchPage.page_id)
        .join(PageImage, PageImage.id == BatchPage.page_image_id)
        .join(RecognitionResult, RecognitionResult.page_image_id == PageImage.id)
        .order_by(Page.sequence)
    )
    with database.reading() as session:
        return [
            Recognised(name, str(page.id), page.designation, str(image_id), result.lines, result.proposals)
            for name, page, image_id, result in session.execute(query)
        ]


def seconds_a_page(database: Database) -> float | None:
    """Return the median of the seconds that workers spent on a page; steps within "read" count once."""
    with database.reading() as session:
        timings = session.scalars(select(ProcessingRun.timings).where(ProcessingRun.state == "done")).all()
    totals = [sum(took for step, took in one.items() if "." not in step) for one in timings if one]
    return round(median(totals), 3) if totals else None


def names_right(truth: Path | None, pages: list[Recognised], scratch: Path) -> dict[str, Any] | None:
    """Score proposals against the truth with the bench's own scorer; None where no truth is known."""
    if truth is None:
        return None
    inspected = [
        {"file": page.file, "entries": [one["fields"] for one in page.proposals], "household": {}}
        for page in pages
    ]
    listing = scratch / "proposals.json"
    listing.write_text(json.dumps(inspected, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-m", "bench.pages.score", str(truth), str(listing)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    names = json.loads(done.stdout)["names"]
    return {"right": names["right"], "total": names["total"]}
