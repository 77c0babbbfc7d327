"""Lay a volume on the desk."""

from collections.abc import Sequence
from typing import Any

from ingest.station.sitting.refusals import NotNow
from ingest.station.sitting.set_number import check_designation
from ingest.station.spool.spool import Spool

_LONGEST = 64


def open_volume(
    spool: Spool,
    volume: str,
    *,
    first: str = "1",
    expected: int | None = None,
    spread: str | None = None,
    orders: Sequence[dict[str, Any]] = (),
) -> None:
    """Open a sitting for a volume, or for the rescans that one request ordered of it.

    It takes over what was scanned for a volume that was left, and nobody decided about.

    Raises:
        NotNow: another volume is open, or the designation is none.
    """
    volume = volume.strip()
    if not volume or len(volume) > _LONGEST:
        raise NotNow("請輸入冊號(1–64 字)。", "Enter the volume's designation (1–64 characters).")
    wanted = [
        {"designation": str(order["designation"]), "view": int(order.get("view", 1))} for order in orders
    ]
    check_designation(first)
    if spread not in {None, "right", "left"}:
        raise NotNow("跨頁須為右頁或左頁在前。", "Of a spread, the right or the left page comes first.")
    with spool.held() as state:
        if (here := state.sitting()) is not None:
            raise NotNow(f"簿冊 {here.volume} 尚未結束。", f"Volume {here.volume} is still open.")
        spool.append(
            "opened",
            sitting=f"b{len(state.sittings) + 1:04d}",
            volume=volume,
            next=wanted[0]["designation"] if wanted else first,
            request_id=str(orders[0]["request_id"]) if orders else None,
            spread=spread,
            wanted=wanted,
            expected=expected,
            takes=[scan.id for scan in state.handed_on()],
        )
