"""Everything the guards need to know, gathered by the caller."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from domain.roles import Role
from domain.workflow.states import Kind, State

Id: TypeAlias = UUID | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalChain:
    """An office's own rules (分層負責) on who may submit and confirm."""

    approver_must_differ: bool = True
    submit_roles: frozenset[Role] = frozenset({Role.OFFICE_SUPERVISOR})
    confirm_roles: frozenset[Role] = frozenset({Role.OFFICE_SUPERVISOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when an action is tried; each default is the one that refuses.

    Ids are compared, so all must be of one type.

    Raises:
        TypeError: ids of different types, which would never compare equal.
    """

    kind: Kind
    actor_roles: frozenset[Role]
    actor_id: Id | None = None
    actor_office_id: Id | None = None
    request_id: Id | None = None
    office_id: Id | None = None
    chain: ApprovalChain = field(default_factory=ApprovalChain)

    # What the actor says with the action.
    reasons: tuple[str, ...] = ()
    item_reasons: Mapping[Id, str] = field(default_factory=dict)
    defects: Mapping[str, str] = field(default_factory=dict)
    new_operator_id: Id | None = None
    new_operator_entitled: bool = False
    survivor_id: Id | None = None
    survivor_state: State | None = None

    # The form and its draft.
    form_complete: bool = False
    form_missing: tuple[str, ...] = ()
    drafter_id: Id | None = None
    batch_id: Id | None = None
    batch_already_opened: bool = False

    # The work: `staged_by_ids` is everyone who staged a change, whoever is assigned now.
    assigned_operator_id: Id | None = None
    staged_by_ids: frozenset[Id] = frozenset()
    uploader_ids: frozenset[Id] = frozenset()
    changes: int = 0
    validity_defects: tuple[str, ...] = ()
    base_versions_current: bool | None = None
    rescans_outstanding: int | None = None

    # Confirmation: `confirming_office_ids` is every office that has a say, `outstanding_office_ids` those yet
    # to speak; `pages_unopened` counts the required pages that this actor has not opened.
    confirming_office_ids: frozenset[Id] = frozenset()
    outstanding_office_ids: frozenset[Id] = frozenset()
    pages_unopened: int | None = None
    sample_failed: bool = False
    whole_volume_required: bool = False

    # A split: the child's items out of its parent's.
    parent_state: State | None = None
    parent_items: int = 0
    split_items: int = 0

    publisher_may_operate: bool = False

    def __post_init__(self) -> None:
        kinds = {type(one) for one in self._ids()}
        if len(kinds) > 1:
            names = ", ".join(sorted(kind.__name__ for kind in kinds))
            raise TypeError(f"ids of one type are needed, so that they compare; these are {names}")

    @property
    def operator_ids(self) -> frozenset[Id]:
        """Everyone who worked on the request: the assigned operator and all who staged a change."""
        assigned = () if self.assigned_operator_id is None else (self.assigned_operator_id,)
        return self.staged_by_ids.union(assigned)

    def _ids(self) -> Iterator[Id]:
        single = (
            self.actor_id,
            self.drafter_id,
            self.new_operator_id,
            self.assigned_operator_id,
            self.actor_office_id,
            self.office_id,
            self.request_id,
            self.survivor_id,
        )
        yield from (one for one in single if one is not None)
        for several in (
            self.staged_by_ids,
            self.uploader_ids,
            self.confirming_office_ids,
            self.outstanding_office_ids,
        ):
            yield from several
