"""What a rerun would change, or has brought to an operator."""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from index_service.changesets.queries import change_set_of
from index_service.changesets.tables import Change
from index_service.entries.field_values import changed_keys, texts_of
from index_service.entries.tables import EntryVersion
from index_service.requests.operations.compare_images import Rereading
from index_service.requests.tables import Request
from storage.catalogue.tables import Page, Volume
from storage.intake.tables import Rerun

_MOST_LINES = 50
_COUNTS = {
    "images": "讀取頁數 pages read",
    "unpublished": "其中初次建檔未審閱 of these in a first load nobody reviewed",
    "entries": "索引 entries",
    "changes": "可更正 may change",
    "kept": "人工確認而保留 kept for a person",
    "lost": "欄位未再讀到 fields not read again",
    "unpaired_entries": "索引未再讀到 entries not found again",
    "unpaired_readings": "讀出而現行索引所無 readings of no entry",
    "proposed": "其中提議新增 of these proposed as new entries",
    "unstaged": "未獲受理而未列入 refused and not staged",
    "under_way": "他案或人員辦理中 in other hands",
    "failed": "無法讀取 failed",
}


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
class NewEntryLine:
    """One reading that belongs to no published entry, proposed as a new one: its texts by field."""

    page: str
    fields: Mapping[str, str]
    confidence: float

    @property
    def name(self) -> str:
        """What the entry is called in a list: its name, or else whatever was read of it."""
        return self.fields.get("name") or next(text for text in self.fields.values() if text)


@dataclass(frozen=True, slots=True)
class RerunReport:
    """A rerun's counts, the requests opened for it, every field that changes in them and every new entry.

    `request` is the first; a thick volume has `more_requests`. What gave way in `first_loads` is counted,
    and to be seen in those requests.
    """

    volume: str
    series: str
    dry_run: bool
    request: str | None
    more_requests: Sequence[str]
    first_loads: Sequence[str]
    counts: Mapping[str, Any]
    changes: Sequence[ChangeLine]
    new_entries: Sequence[NewEntryLine]

    @property
    def failed(self) -> bool:
        """Whether pages could not be read, or what was found on them was refused."""
        return bool(self.counts.get("failed")) or "refused" in self.counts

    def tell(self, *, as_json: bool) -> None:
        """Print it."""
        if as_json:
            click.echo(json.dumps(asdict(self), ensure_ascii=False))
            return
        for line in (_summary(self.volume, self.counts), *_few(self._lines())):
            click.echo(line)
        if self.request:
            numbers = "、".join([self.request, *self.more_requests])
            click.echo(f"申請 Request {numbers}: 待分派維護人員 awaits an operator")
        if self.first_loads:
            numbers = "、".join(self.first_loads)
            click.echo(
                f"初次建檔 First load {numbers}: 提議已就地更新,待審閱 renewed in place, to be reviewed"
            )
        if refused := self.counts.get("refused"):
            click.echo(f"未獲受理 Refused, and not staged: {'、'.join(refused)}", err=True)

    def _lines(self) -> list[str]:
        changed = [
            f"  {one.page} {one.field}: {one.before or '—'} → {one.after} ({one.confidence:.2f})"
            for one in self.changes
        ]
        new = [f"  {one.page} 新增 new: {one.name} ({one.confidence:.2f})" for one in self.new_entries]
        return changed + new


def _summary(volume: str, counts: Mapping[str, Any]) -> str:
    """Return every count, by its name in both languages."""
    said = "; ".join(f"{words} {counts.get(name, 0)}" for name, words in _COUNTS.items())
    return f"{volume}: {said}"


def _few(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[:_MOST_LINES], f"  … 另有 and {len(lines) - _MOST_LINES} more (--json)"]


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
        first_loads=[],
        counts={**rereading.counts.as_json(), "failed": failed},
        changes=[
            ChangeLine(
                pages[one.page_id], str(one.entry_id), one.field, one.before, one.after, one.confidence
            )
            for one in rereading.changes
        ],
        new_entries=[
            NewEntryLine(pages[found.page_id], texts_of(one.fields), one.doubt)
            for found in rereading.found
            for one in found.proposed
        ],
    )


def report_of(session: Session, rerun: Rerun, volume: Volume) -> RerunReport:
    """Return the report of a rerun that was read: what its requests' change sets stage."""
    counts = dict(rerun.counts or {})
    later, loads = _noted(session, counts, "more_requests"), _noted(session, counts, "first_loads")
    first = [] if rerun.request_id is None else [session.get_one(Request, rerun.request_id)]
    requests = [*first, *later]
    numbers = [str(request.number) for request in requests]
    pages = _designations(session, volume)
    staged = [change for request in requests for change in _staged(session, request)]
    return RerunReport(
        volume=volume.designation,
        series=rerun.series_key,
        dry_run=False,
        request=numbers[0] if numbers else None,
        more_requests=numbers[1:],
        first_loads=[str(request.number) for request in loads],
        counts=counts,
        changes=[line for change in staged for line in _changed(session, change, pages)],
        new_entries=[
            _new(session, change, pages[change.page_id])
            for change in staged
            if change.action == "entry_created"
        ],
    )


def _noted(session: Session, counts: dict[str, Any], name: str) -> list[Request]:
    """Take out of the counts the requests that are noted beside them."""
    return [session.get_one(Request, uuid.UUID(one)) for one in counts.pop(name, [])]


def _designations(session: Session, volume: Volume) -> dict[Any, str]:
    return dict(session.execute(select(Page.id, Page.designation).filter_by(volume_id=volume.id)).all())


def _staged(session: Session, request: Request) -> Sequence[Change]:
    change_set = change_set_of(session, request.id)
    if change_set is None:
        return []
    query = select(Change).filter_by(change_set_id=change_set.id)
    return session.scalars(query.where(Change.new_version_id.is_not(None)).order_by(Change.id)).all()


def _changed(session: Session, change: Change, pages: Mapping[Any, str]) -> Iterator[ChangeLine]:
    if change.base_version_id is None:
        return
    before = session.get_one(EntryVersion, change.base_version_id)
    after = session.get_one(EntryVersion, change.new_version_id)
    for key in sorted(changed_keys(before.fields, after.fields)):
        old, new = before.fields.get(key, {}), after.fields[key]
        yield ChangeLine(
            pages[change.page_id],
            str(change.entry_id),
            key,
            str(old.get("text", "")),
            str(new["text"]),
            float(new["confidence"]),
        )


def _new(session: Session, change: Change, page: str) -> NewEntryLine:
    version = session.get_one(EntryVersion, change.new_version_id)
    return NewEntryLine(page, texts_of(version.fields), version.least_confidence)
