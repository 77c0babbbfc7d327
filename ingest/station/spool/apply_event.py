"""One event more: the only place where a spool's state changes."""

from collections.abc import Callable
from dataclasses import replace

from ingest.station.spool.lines import Event
from ingest.station.spool.next_page import following
from ingest.station.spool.records import Decision, Scan, Sitting, State


def apply_event(state: State, event: Event) -> None:
    """Apply an event; kinds of a later version are passed over, so that an older program can read on."""
    state.n = event["n"]
    if (act := _ACTS.get(event["event"])) is not None:
        act(state, event)
    elif (answered := _ON_THE_LINE.get(event["event"])) is not None:
        sitting = state.sittings[event["sitting"]]
        # An answer about a manifest that is back on the desk counts for nothing.
        if sitting.state == "closed":
            answered(sitting, event)


def _open(state: State, event: Event) -> None:
    names = ("volume", "next", "request_id", "spread", "wanted", "expected")
    state.sittings[event["sitting"]] = Sitting(event["sitting"], **{name: event[name] for name in names})
    state.here = event["sitting"]
    for scan in event.get("takes", ()):
        # To be judged anew, beside this volume's pages.
        state.scans[scan] = replace(state.scans[scan], sitting=event["sitting"], verdict=None)


def _take(state: State, event: Event) -> None:
    names = ("sitting", "name", "size", "mtime_ns", "sha256", "file")
    taken = {name: event[name] for name in names}
    state.scans[event["scan"]] = Scan(event["scan"], **taken, mark=event.get("mark", ""))


def _judge(state: State, event: Event) -> None:
    state.scans[event["scan"]] = replace(state.scans[event["scan"]], verdict=event["verdict"])


def _decide(state: State, event: Event) -> None:
    sitting = state.sittings[event["sitting"]]
    decision = Decision(event["kind"], event["scan"], event.get("designation", ""), event.get("view", 1))
    sitting.decisions.append(decision)
    if decision.kind == "keep" and decision.view == 1:
        sitting.next = following(sitting, decision.designation, event.get("pages", 1))


def _undo(state: State, event: Event) -> None:
    sitting = state.sittings[event["sitting"]]
    if sitting.decisions:
        last = sitting.decisions.pop()
        if last.kind == "keep" and last.view == 1:
            sitting.next = last.designation


def _number(state: State, event: Event) -> None:
    state.sittings[event["sitting"]].next = event["next"]


def _expect(state: State, event: Event) -> None:
    state.sittings[event["sitting"]].expected = event["expected"]


def _close(state: State, event: Event) -> None:
    if not event["manifest"]:  # as volumes were left before there was an event for it
        _leave(state, event)
        return
    sitting = state.sittings[event["sitting"]]
    sitting.state, sitting.manifest, sitting.key = "closed", event["manifest"], event["key"]
    sitting.scans = event["scans"]
    state.here = None if state.here == sitting.id else state.here


def _leave(state: State, event: Event) -> None:
    sitting = state.sittings[event["sitting"]]
    sitting.state = "left"
    state.here = None if state.here == sitting.id else state.here


def _reopen(state: State, event: Event) -> None:
    sitting = state.sittings[event["sitting"]]
    sitting.state, sitting.volume, state.here = "open", event["volume"], sitting.id
    # What was answered was answered for the manifest before.
    sitting.declaring, sitting.batch, sitting.acknowledged, sitting.refused = False, None, set(), {}


def _begin_declaring(sitting: Sitting, _: Event) -> None:
    sitting.declaring = True


def _decline(sitting: Sitting, _: Event) -> None:
    sitting.declaring = False


def _declare(sitting: Sitting, event: Event) -> None:
    sitting.declaring, sitting.batch = False, event["batch"]


def _acknowledge(sitting: Sitting, event: Event) -> None:
    sitting.acknowledged.add(event["ordinal"])


def _refuse(sitting: Sitting, event: Event) -> None:
    sitting.refused[event["ordinal"]] = event["reason"]


def _sent(sitting: Sitting, _: Event) -> None:
    sitting.state = "sent"


def _tidy(state: State, event: Event) -> None:
    sitting = state.sittings[event["sitting"]]
    sitting.tidied = sitting.state != "open"


_ACTS: dict[str, Callable[[State, Event], None]] = {
    "opened": _open,
    "taken": _take,
    "judged": _judge,
    "decided": _decide,
    "undone": _undo,
    "numbered": _number,
    "expected": _expect,
    "closed": _close,
    "left": _leave,
    "reopened": _reopen,
    "tidied": _tidy,
}
_ON_THE_LINE: dict[str, Callable[[Sitting, Event], None]] = {
    "declaring": _begin_declaring,
    "declined": _decline,
    "declared": _declare,
    "acknowledged": _acknowledge,
    "refused": _refuse,
    "sent": _sent,
}
