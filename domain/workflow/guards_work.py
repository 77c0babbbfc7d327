"""Guards on what is asked and what was done: reasons given, form, change set, pages opened.

Each yields the reasons against, nothing where there is none.
"""

from collections.abc import Iterator

from domain.workflow.facts import Facts
from domain.workflow.labels import label_of
from domain.workflow.outcome import Reason
from domain.workflow.reasons import reason
from domain.workflow.states import Kind, State

TAKES_A_MERGE = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.IN_MAINTENANCE,
    State.AWAITING_OFFICE,
    State.AWAITING_RESCAN,
    State.AWAITING_CONFIRMATION,
)


def office_named(facts: Facts) -> Iterator[Reason]:
    """A request always has an office, the one that will confirm."""
    if facts.office_id is None:
        yield reason("no_office")


def one_request_a_batch(facts: Facts) -> Iterator[Reason]:
    """A first load is of one batch, and a batch has one."""
    if facts.kind is not Kind.FIRST_LOAD:
        return
    if facts.batch_id is None:
        yield reason("no_batch")
    if facts.batch_already_opened:
        yield reason("batch_already_opened")


def not_a_first_load(facts: Facts) -> Iterator[Reason]:
    """Offices draft maintenance; first loads come from batches."""
    if facts.kind is Kind.FIRST_LOAD:
        yield reason("first_load_not_drafted")


def form_complete(facts: Facts) -> Iterator[Reason]:
    """The form leaves the office whole."""
    if facts.form_missing or not facts.form_complete:
        yield reason("form_incomplete", missing="、".join(facts.form_missing) or "尚未檢查")


def reasons_given(facts: Facts) -> Iterator[Reason]:
    """A step against somebody's wish says why."""
    if not any(text.strip() for text in facts.reasons):
        yield reason("no_reasons")


def reasons_if_taken_from_another(facts: Facts) -> Iterator[Reason]:
    """A first assignment needs no reason; taking a request from its operator does."""
    if facts.assigned_operator_id is not None:
        yield from reasons_given(facts)


def every_defect_with_reason(facts: Facts) -> Iterator[Reason]:
    """一次告知: all defects at once, each with its reason."""
    if not facts.defects:
        yield reason("no_defects")
    blank = sum(not text.strip() for text in facts.defects.values())
    if blank:
        yield reason("defect_without_reason", count=blank)


def every_item_with_reason(facts: Facts) -> Iterator[Reason]:
    """A dispute names its items, each with its reason."""
    if not facts.item_reasons:
        yield reason("no_disputed_items")
    blank = sum(not text.strip() for text in facts.item_reasons.values())
    if blank:
        yield reason("item_without_reason", count=blank)


def operator_named(facts: Facts) -> Iterator[Reason]:
    """Somebody who is an operator gets the request."""
    if facts.new_operator_id is None:
        yield reason("no_operator_named")
    elif not facts.new_operator_entitled:
        yield reason("operator_not_entitled")


def operator_changes(facts: Facts) -> Iterator[Reason]:
    """Reassigning to the same operator is no step."""
    if facts.new_operator_id is not None and facts.new_operator_id == facts.assigned_operator_id:
        yield reason("same_operator")


def survivor_takes_it(facts: Facts) -> Iterator[Reason]:
    """The surviving request is another one and can still be added to."""
    if facts.survivor_id is None:
        yield reason("no_survivor")
        return
    if facts.survivor_id == facts.request_id:
        yield reason("survivor_is_itself")
    if facts.survivor_state not in TAKES_A_MERGE:
        labels = [label_of(state) for state in TAKES_A_MERGE]
        zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
        yield reason("survivor_not_open", allowed=zh, allowed_en=en)


def change_set_stands(facts: Facts) -> Iterator[Reason]:
    """What is delivered is something, and valid."""
    if facts.changes < 1:
        yield reason("change_set_empty")
    if facts.validity_defects:
        yield reason("change_set_invalid", defects="；".join(facts.validity_defects))


def base_is_current(facts: Facts) -> Iterator[Reason]:
    """Nothing published meanwhile is undone unseen."""
    if not facts.base_versions_current:
        yield reason("base_version_moved")


def base_has_moved(facts: Facts) -> Iterator[Reason]:
    """A confirmation is void only where there is cause."""
    if facts.base_versions_current is not False:
        yield reason("base_version_not_moved")


def rescans_arrived(facts: Facts) -> Iterator[Reason]:
    """Every page ordered was scanned again."""
    if facts.rescans_outstanding is None or facts.rescans_outstanding > 0:
        yield reason("rescans_outstanding", count=_count(facts.rescans_outstanding))


def required_pages_opened(facts: Facts) -> Iterator[Reason]:
    """Nobody confirms what was not shown to them; a failed sample requires the whole volume."""
    if facts.pages_unopened is None:
        yield reason("pages_not_counted")
    elif facts.pages_unopened > 0:
        yield reason("pages_unopened", count=facts.pages_unopened)
    if facts.sample_failed and not facts.whole_volume_required:
        yield reason("sample_failed")


def splits_off_a_part(facts: Facts) -> Iterator[Reason]:
    """A child takes some items of a request that awaits confirmation, not all of them."""
    if facts.parent_state is not State.AWAITING_CONFIRMATION:
        yield reason("parent_not_awaiting_confirmation")
    if not 0 < facts.split_items < facts.parent_items:
        yield reason("split_not_partial")


def _count(number: int | None) -> str:
    return "?" if number is None else str(number)
