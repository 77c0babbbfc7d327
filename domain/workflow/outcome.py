"""What a decision comes to: a transition, or a refusal with every reason."""

from dataclasses import dataclass

from domain.workflow.states import Action, Clock, State


@dataclass(frozen=True, slots=True)
class Transition:
    """A step that may be taken; the caller writes it, its history row and its effects in one transaction.

    `voids_confirmation`: every office's confirmation of this request is void. `resets_opened`: pages opened
    before count no more. `closes_staged_work`: the change set is closed unpublished. `tells_office`: a notice
    is due.
    """

    action: Action
    from_state: State | None
    to_state: State
    clock: Clock
    voids_confirmation: bool = False
    resets_opened: bool = False
    closes_staged_work: bool = False
    tells_office: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step may not be taken, and what would be right."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that may not be taken; there is always at least one reason."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal needs at least one reason")

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons' codes, in the order they were found."""
        return tuple(reason.code for reason in self.reasons)
