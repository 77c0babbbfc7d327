"""Read the application form as a browser sends it: items as lists that run in parallel."""

import uuid
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Form
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.workflow import Kind
from index_service.requests.form import ItemForm, RequestForm
from viewer.requests.queries import find_page


@dataclass(slots=True)
class TypedItem:
    """One item as typed; everything is text until the form is read."""

    fault_code: str = ""
    volume: str = ""
    page: str = ""
    entry: str = ""
    field_key: str = ""
    stands_now: str = ""
    should_stand: str = ""


@dataclass(slots=True)
class TypedForm:
    """The form as typed, to be shown again where something is wrong."""

    kind: str = "index_correction"
    series_key: str = "colonial_register"
    contact: str = ""
    grounds: str = ""
    letter_number: str = ""
    items: list[TypedItem] = field(default_factory=list)


Texts = Annotated[list[str], Form()]
Text = Annotated[str, Form()]


def typed_form(
    kind: Text,
    series_key: Text = "colonial_register",
    contact: Text = "",
    grounds: Text = "",
    letter_number: Text = "",
    fault_code: Texts = [],  # noqa: B006 - FastAPI copies the default of a form's list
    volume: Texts = [],  # noqa: B006 - as above
    page: Texts = [],  # noqa: B006 - as above
    entry: Texts = [],  # noqa: B006 - as above
    field_key: Texts = [],  # noqa: B006 - as above
    stands_now: Texts = [],  # noqa: B006 - as above
    should_stand: Texts = [],  # noqa: B006 - as above
) -> TypedForm:
    """Return the form as typed; a dependency of the routes that take one."""
    columns = (fault_code, volume, page, entry, field_key, stands_now, should_stand)
    if len({len(column) for column in columns}) > 1:
        raise Invalid(
            "items_uneven", "申請項目不完整，請重新整理後再試。", "The items came incomplete: reload."
        )
    items = [TypedItem(*row) for row in zip(*columns, strict=True)]
    return TypedForm(kind, series_key, contact, grounds, letter_number, items)


def read_form(session: Session, typed: TypedForm) -> RequestForm:
    """Turn what was typed into the form; items left blank are left out.

    Raises:
        Invalid: the kind is unknown, or a page named is in no such volume; every one is listed.
    """
    if typed.kind not in set(Kind):
        raise Invalid("kind_unknown", "申請種類不明。", "The kind of request is not known.")
    kept = [one for one in typed.items if one.page or one.should_stand or one.stands_now or one.entry]
    pages = [find_page(session, read_id(one.volume), one.page) for one in kept]
    defects = [
        {"zh": f"第{n}項：該冊查無「{one.page}」頁。", "en": f"Item {n}: the volume has no page {one.page}."}
        for n, (one, page) in enumerate(zip(kept, pages, strict=True), start=1)
        if one.page and page is None
    ]
    if defects:
        raise Invalid("page_unknown", "申請項目有誤。", "An item is not right.", defects=defects)
    return RequestForm(
        kind=Kind(typed.kind),
        series_key=typed.series_key,
        contact=typed.contact,
        grounds=typed.grounds,
        letter_number=typed.letter_number,
        items=tuple(
            ItemForm(
                fault_code=one.fault_code,
                volume_id=read_id(one.volume),
                page_id=page.id if page else None,
                entry_id=read_id(one.entry),
                field_key=one.field_key or None,
                stands_now=one.stands_now,
                should_stand=one.should_stand,
            )
            for one, page in zip(kept, pages, strict=True)
        ),
    )


def read_id(text: str) -> uuid.UUID | None:
    """Return the id a form field holds; None where it holds none."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
