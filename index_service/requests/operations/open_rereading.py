"""Open the request for what a rerun of recognition read otherwise (依職權), if anything differs."""

from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.workflow import Kind
from index_service.changesets.operations.stage_entry_reread import stage_entry_reread
from index_service.changesets.queries import change_set_of
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.compare_images import Rereading, known_fields
from index_service.requests.operations.open_ex_officio import open_ex_officio
from index_service.requests.operations.propose_newly_read import propose_newly_read
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from storage.catalogue.tables import Volume

FAULT = "read_again"


def open_rereading(
    session: Session,
    *,
    actor: Principal,
    volume: Volume,
    rereading: Rereading,
    at: datetime,
    rules: RequestRules = DEFAULT_RULES,
) -> Request | None:
    """Open an accepted request with what would change of the published staged, one item a page; None if
    nothing would.

    Readings that belong to no entry are staged as new ones. An operator reviews it all, the volume's office
    confirms it, and only then is it published, as any other.

    Raises:
        Conflict: the workflow refuses; the actor is no ministry clerk.
    """
    rereading = rereading.of_published()
    # An entry stands on the page that its image is of: one item a page, whatever its views.
    pages = list(dict.fromkeys(found.page_id for found in rereading.found))
    if not pages:
        return None
    form = RequestForm(
        kind=Kind.INDEX_CORRECTION,
        series_key=volume.series_key,
        grounds=_grounds(volume, rereading),
        items=tuple(ItemForm(fault_code=FAULT, volume_id=volume.id, page_id=page) for page in pages),
    )
    request = open_ex_officio(session, actor=actor, office_id=volume.office_id, form=form, at=at, rules=rules)
    _stage(session, request, volume, rereading, at)
    return request


def _grounds(volume: Volume, rereading: Rereading) -> str:
    parts = []
    if rereading.changes:
        parts.append(f"{len(rereading.changes)} 欄與現行索引不同")
    if new := sum(len(found.proposed) for found in rereading.found):
        parts.append(f"另讀出 {new} 筆現行索引所無" if parts else f"讀出 {new} 筆現行索引所無")
    return f"重新辨識 {volume.designation},{','.join(parts)}"


def _stage(session: Session, request: Request, volume: Volume, rereading: Rereading, at: datetime) -> None:
    change_set = change_set_of(session, request.id)
    assert change_set is not None, "open_ex_officio opens one"
    items = {item.page_id: item.id for item in items_of(session, request.id)}
    fields = known_fields(volume)
    for found in rereading.found:
        item_id = items[found.page_id]
        for version, proposal in found.comparison.pairs:
            stage_entry_reread(
                session,
                change_set=change_set,
                version=version,
                proposal=proposal,
                known_fields=fields,
                item_id=item_id,
                at=at,
            )
        propose_newly_read(session, change_set=change_set, volume=volume, found=found, item_id=item_id, at=at)
