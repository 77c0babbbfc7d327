"""Write what a run read on an image."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from ingest.processing.claim import Claim
from ingest.processing.queries import PageWork
from storage.intake.tables import RecognitionResult


class Read(Protocol):
    """What recognition gives, of a page read for the first time or again."""

    @property
    def engine(self) -> str:
        """The engine's name and version."""
        ...

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        """Its text, line by line."""
        ...

    @property
    def proposals(self) -> Sequence[Mapping[str, Any]]:
        """The index entries proposed."""
        ...


def write_reading(
    session: Session,
    *,
    claim: Claim,
    work: PageWork,
    image_id: uuid.UUID,
    read: Read,
    alto_key: str,
    at: datetime,
) -> None:
    """Add the one result of a run; to be called in the transaction that ends the run."""
    session.add(
        RecognitionResult(
            run_id=claim.run_id,
            page_image_id=image_id,
            office_id=work.office_id,
            engine=read.engine,
            series_key=work.series_key,
            lines=[dict(line) for line in read.lines],
            proposals=[dict(proposal) for proposal in read.proposals],
            alto_key=alto_key,
            created_at=at,
        )
    )
