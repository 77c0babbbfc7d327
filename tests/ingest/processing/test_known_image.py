"""The same bytes delivered again are the same image, which then says how the later run found it turned."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from imaging.fingerprint import SIZE
from imaging.transform import for_deskew
from ingest.pipeline.outcome import Derivative, PageOutcome, Trace
from ingest.processing.operations.commit_run import commit_run
from ingest.processing.queries import PageWork, find_work
from storage.catalogue.tables import Page, PageImage
from storage.checks.tables import PageTrace
from storage.database.session import Database
from tests.ingest.house import AT
from tests.ingest.processing.test_leases import OUTCOME, claimed, place, runs, sure
from tests.ingest.reruns.rereading import turn_finding

__all__ = ["place", "runs"]
LYING = for_deskew((100, 80), 2.0)


def known_image(work: PageWork) -> PageImage:
    """The image of an earlier delivery of the same bytes, of unknown turn."""
    return PageImage(
        page_id=work.page_id,
        office_id=work.office_id,
        view=work.view,
        master_key=work.object_key,
        master_sha256=work.sha256,
        frame=work.frame,
        side=work.side,
        media_type="image/png",
        width=100,
        height=80,
        ppi=None,
        derivative_key="sha256/lying",
        derivative_width=100,
        derivative_height=80,
        derivative_layout={},
        thumbnail_key="sha256/small",
        transform=LYING.as_json(),
        quality=[turn_finding(0.0)],
        flagged=True,
        uploaded_by=None,
        created_at=AT,
    )


def outcome(sure_of_turn: float) -> PageOutcome:
    """What a run found that stood the page upright, or left it as it lay."""
    upright = LYING.turned_back(90) if sure_of_turn else LYING
    return replace(
        OUTCOME,
        derivative=Derivative("sha256/new", "sha256/new-small", *upright.derivative_size, {"levels": []}),
        transform=upright.as_json(),
        quality=(turn_finding(sure_of_turn),),
        flagged=not sure_of_turn,
        trace=Trace("1" * 64, bytes([9]) * SIZE, None),
    )


@pytest.mark.parametrize(("told", "key", "pixels"), [(0.7, "sha256/new", "1"), (0.0, "sha256/lying", "0")])
def test_a_known_image_is_stood_upright_where_the_turn_is_told(
    database: Database, runs: list[uuid.UUID], told: float, key: str, pixels: str
) -> None:
    claim = sure(claimed(database, runs[0]))
    with database.writing() as session:
        work = find_work(session, run_id=claim.run_id)
        image = known_image(work)
        session.add(image)
        session.flush()
        session.add(
            PageTrace(
                page_image_id=image.id,
                volume_id=session.get_one(Page, work.page_id).volume_id,
                office_id=work.office_id,
                pixels_sha256=OUTCOME.trace.pixels_sha256,
                writing=OUTCOME.trace.writing,
                designation_box=[],
            )
        )
    with database.writing() as session:
        assert commit_run(session, claim=claim, work=work, outcome=outcome(told), at=AT) == image.id
    with database.reading() as session:
        after = session.scalars(select(PageImage)).one()
        assert (after.derivative_key, after.flagged) == (key, not told)
        assert after.quality == [turn_finding(told)]
        assert session.scalars(select(PageTrace)).one().pixels_sha256 == pixels * 64
