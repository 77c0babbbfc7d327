"""Write what a form says is wrong into a request's items."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from index_service.changesets.tables import Change
from index_service.entries.tables import Entry
from index_service.requests.form import ItemForm
from index_service.requests.queries import items_of
from index_service.requests.tables import Request, RequestItem
from storage.catalogue.tables import Page, Volume


def write_items(session: Session, request: Request, forms: Sequence[ItemForm]) -> None:
    """Make the request's items those of the form: the nth stays the nth, surplus ones go.

    Raises:
        Invalid: an item names a volume, page or entry that does not exist; all such are listed.
    """
    _require_known(session, forms)
    standing = {item.ordinal: item for item in items_of(session, request.id)}
    for ordinal, form in enumerate(forms, start=1):
        item = standing.pop(ordinal, None)
        if item is None:
            item = RequestItem(request_id=request.id, office_id=request.office_id, ordinal=ordinal)
            session.add(item)
        _fill(item, form)
    for surplus in standing.values():
        session.execute(update(Change).where(Change.item_id == surplus.id).values(item_id=None))
        session.delete(surplus)
    session.flush()


def _fill(item: RequestItem, form: ItemForm) -> None:
    item.fault_code = form.fault_code
    item.volume_id, item.page_id, item.entry_id = form.volume_id, form.page_id, form.entry_id
    item.field_key = form.field_key
    item.stands_now, item.should_stand = form.stands_now, form.should_stand


def _require_known(session: Session, forms: Sequence[ItemForm]) -> None:
    unknown = [
        f"items.{ordinal}.{column}"
        for ordinal, form in enumerate(forms, start=1)
        for column, model, row_id in (
            ("volume_id", Volume, form.volume_id),
            ("page_id", Page, form.page_id),
            ("entry_id", Entry, form.entry_id),
        )
        if row_id is not None and session.get(model, row_id) is None
    ]
    if unknown:
        raise Invalid(
            "item_subject_unknown",
            "申請項目所指的簿冊、簿頁或索引不存在，請重新選取。",
            "An item names a volume, page or entry that does not exist: choose again.",
            defects=unknown,
        )
