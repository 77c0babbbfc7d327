"""What an item's fault is called on screen."""

from domain.workflow.fault_codes import load_fault_codes
from domain.workflow.labels import Label, label_of, own_accord_label
from domain.workflow.states import Kind


def fault_label(code: str) -> Label:
    """Return what a fault code is called; a first load's items bear its kind instead of a fault."""
    if code in set(Kind):
        return label_of(Kind(code))
    named = own_accord_label(code) or Label(code, "")
    return next((Label(one.zh, one.en) for one in load_fault_codes() if one.code == code), named)
