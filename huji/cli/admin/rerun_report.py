"""What a rerun would change, or has brought to an operator."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.changesets.queries import change_set_of
from index_service.changesets.tables import Change
from index_service.entries.field_values import changed_keys
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.open_rereading import Rereading
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, Volume
from storage.intake.tables import Rerun

_MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field that may give way to what was read now."""

    page: str
    entry: str
    field: str
    before: str
    after: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RerunReport:
    """A rerun's counts, the requests opened for it, and every field that changes in them.

    `request` is the first; a thick volume has `more_requests`.
    """

    volume: str
    series: str
    dry_run: bool
    request: str | None
    more_requests: Sequence[str]
    counts: Mapping[str, Any]
    changes: Sequence[ChangeLine]

    @property
    def failed(self) -> bool:
        """Whether pages could not be read, or the request could not be opened."""
        return bool(self.counts.get("failed")) or "refused" in self.counts

    def tell(self, *, as_json: bool) -> None:
        """Print it."""
        if as_json:
            body = {**asdict(self), "changes": [asdict(one) for one in self.changes]}
            click.echo(json.dumps(body, ensure_ascii=False))
            return
        counts = self.counts
        click.echo(
            f"{self.volume}: 讀取 read {counts['images']} 頁; 索引 entries {counts['entries']}; "
            f"可更正 may change {counts['changes']}; 人工確認而保留 kept for a person {counts['kept']}; "
            f"未再讀到 not read again {counts['lost']}; 無法讀取 failed {counts.get('failed', 0)}"
        )
        for one in self.changes[:_MOST_LINES]:
            click.echo(f"  {one.page} {one.field}: {one.before or '—'} → {one.after} ({one.confidence:.2f})")
        if len(self.changes) > _MOST_LINES:
            click.echo(f"  … 另有 and {len(self.changes) - _MOST_LINES} more (--json)")
        if self.request:
            numbers = "、".join([self.request, *self.more_requests])
            click.echo(f"申請 Request {numbers}: 待分派維護人員 awaits an operator")
        if "refused" in counts:
            click.echo(f"未能開立申請 A request could not be opened: {counts['refused']}", err=True)


def report_of_trial(
    session: Session, rereading: Rereading, volume: Volume, series_key: str, failed: int
) -> RerunReport:
    """Return the report of a dry run."""
    pages = _designations(session, volume)
    return RerunReport(
        volume=volume.designation,
        series=series_key,
        dry_run=True,
        request=None,
        more_requests=[],
        counts={**rereading.counts.as_json(), "failed": failed},
        changes=[
            ChangeLine(
                pages[one.page_id], str(one.entry_id), one.field, one.before, one.after, one.confidence
            )
            for one in rereading.changes
        ],
    )


def report_of(session: Session, rerun: Rerun, volume: Volume) -> RerunReport:
    """Return the report of a rerun that was read: what its requests' change sets stage."""
    counts = dict(rerun.counts or {})
    later = [uuid.UUID(one) for one in counts.pop("more_requests", [])]
    requests = [session.get_one(Request, one) for one in (rerun.request_id, *later) if one is not None]
    numbers = [str(request.number) for request in requests]
    pages = _designations(session, volume)
    return RerunReport(
        volume=volume.designation,
        series=rerun.series_key,
        dry_run=False,
        request=numbers[0] if numbers else None,
        more_requests=numbers[1:],
        counts=counts,
        changes=[line for request in requests for line in _staged(session, request, pages)],
    )


def _designations(session: Session, volume: Volume) -> dict[Any, str]:
    return dict(session.execute(select(Page.id, Page.designation).filter_by(volume_id=volume.id)).all())


def _staged(session: Session, request: Request, pages: Mapping[Any, str]) -> list[ChangeLine]:
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    found = []
    for change in session.scalars(select(Change).filter_by(change_set_id=change_set.id).order_by(Change.id)):
        before = session.get_one(EntryVersion, change.base_version_id)
        after = session.get_one(EntryVersion, change.new_version_id)
        for key in sorted(changed_keys(before.fields, after.fields)):
            old, new = before.fields.get(key, {}), after.fields[key]
            found.append(
                ChangeLine(
                    pages[change.page_id],
                    str(change.entry_id),
                    key,
                    str(old.get("text", "")),
                    str(new["text"]),
                    float(new["confidence"]),
                )
            )
    return found
