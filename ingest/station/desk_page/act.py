"""What the page's buttons ask for."""

from collections.abc import Callable
from typing import Any

from ingest.station.desk_page.desk import Desk
from ingest.station.sitting.close_volume import close_volume, leave_volume, reopen_volume
from ingest.station.sitting.decide_scan import drop_page, keep_as_slip, keep_scan, scan_again, undo_last
from ingest.station.sitting.open_volume import open_volume
from ingest.station.sitting.refusals import NotNow
from ingest.station.sitting.set_number import set_expected, set_number

Asked = dict[str, Any]


def act(desk: Desk, asked: Asked) -> None:
    """Do what is asked for; raises NotNow if it does not fit."""
    do = _ACTS.get(str(asked.get("do")))
    if do is None:
        raise NotNow("沒有這個動作。", "There is no such step.")
    do(desk, asked)


def _open(desk: Desk, asked: Asked) -> None:
    expected = str(asked.get("expected") or "")
    open_volume(
        desk.spool,
        str(asked.get("volume", "")),
        first=str(asked.get("first") or "1").strip(),
        expected=int(expected) if expected.isdecimal() else None,
        spread=asked.get("spread") or None,
    )


def _open_orders(desk: Desk, asked: Asked) -> None:
    """Open all that one request ordered of one volume."""
    orders = [
        order
        for order in desk.centre.orders
        if str(order["request_id"]) == asked.get("request_id") and order["volume"] == asked.get("volume")
    ]
    if not orders:
        raise NotNow("此補掃通知已不存在。", "This rescan order is gone.")
    open_volume(desk.spool, str(orders[0]["volume"]), orders=orders)


def _reopen(desk: Desk, asked: Asked) -> None:
    reopen_volume(desk.spool, str(asked.get("sitting")), str(asked.get("volume", "")))


def _retry(desk: Desk, asked: Asked) -> None:
    if desk.sender is not None:
        desk.sender.retry(str(asked.get("sitting")))


def _expect(desk: Desk, asked: Asked) -> None:
    text = str(asked.get("expected") or "")
    set_expected(desk.spool, int(text) if text.isdecimal() else None)


_ACTS: dict[str, Callable[[Desk, Asked], None]] = {
    "open": _open,
    "open_orders": _open_orders,
    "keep": lambda desk, asked: keep_scan(desk.spool, str(asked.get("scan"))),
    "slip": lambda desk, asked: keep_as_slip(desk.spool, str(asked.get("scan"))),
    "again": lambda desk, asked: scan_again(desk.spool, str(asked.get("scan"))),
    "drop": lambda desk, asked: drop_page(desk.spool, str(asked.get("scan"))),
    "undo": lambda desk, asked: undo_last(desk.spool),  # noqa: ARG005 - the shape of an act
    "number": lambda desk, asked: set_number(desk.spool, str(asked.get("next", ""))),
    "expect": _expect,
    "close": lambda desk, asked: void(close_volume(desk.spool)),  # noqa: ARG005 - the shape of an act
    "leave": lambda desk, asked: leave_volume(desk.spool),  # noqa: ARG005 - the shape of an act
    "reopen": _reopen,
    "retry": _retry,
}


def void(_: object) -> None:
    """Take a value nobody needs."""
