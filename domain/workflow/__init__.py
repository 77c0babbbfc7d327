"""The request's state machine: transition table, guards, refusals.

`decide(state, action, facts)` is the only way to a new state. It is pure: whoever calls it gathers the
facts in the transaction that will write the new state and its history row. `state` is None for a request
that does not exist yet. A refusal lists every reason, so that nobody mends one defect to be told of the next.

Three subtleties:

* Facts default to what refuses: an unknown is never taken for leave.
* A request may need several offices' confirmation (after a merge, or where another office keeps the page). A
  confirmation that is not the last leaves the request in `awaiting_confirmation`.
* Partial confirmation splits. The child opens (`split`) in `awaiting_confirmation` with the items that are
  right and is confirmed there; the parent, left with the others, is disputed. Neither passes round a guard.
"""

from domain.workflow.decide import actions_open_to, decide
from domain.workflow.facts import ApprovalChain, Facts, Id
from domain.workflow.fault_codes import FaultCode, load_fault_codes
from domain.workflow.fault_label import fault_label
from domain.workflow.labels import Label, label_of, own_accord_label
from domain.workflow.outcome import Reason, Refusal, Transition
from domain.workflow.pages_to_open import pages_to_open
from domain.workflow.states import FINAL_STATES, Action, Clock, Kind, State, clock_in

__all__ = [
    "FINAL_STATES",
    "Action",
    "ApprovalChain",
    "Clock",
    "Facts",
    "FaultCode",
    "Id",
    "Kind",
    "Label",
    "Reason",
    "Refusal",
    "State",
    "Transition",
    "actions_open_to",
    "clock_in",
    "decide",
    "fault_label",
    "label_of",
    "load_fault_codes",
    "own_accord_label",
    "pages_to_open",
]
