"""The steps that every request shares, taken by the users whose steps they are."""

from typing import Any

from huji.demo.people import People
from huji.demo.site import DemoFailed, Site


def begin_maintenance(site: Site, people: People, request_id: str, *, opened: bool) -> dict[str, Any]:
    """Have the ministry name the operator and the operator begin; return the request in detail."""
    operator = {"operator_id": str(people.by_user["operator"].account_id)}
    step = "reassign" if opened else "accept"
    site.as_user("ministry").post(f"/requests/{request_id}/{step}", operator)
    site.as_user("operator").post(f"/requests/{request_id}/start")
    return detail(site, request_id)


def detail(site: Site, request_id: str) -> dict[str, Any]:
    """Return the request as its operator sees it."""
    found: dict[str, Any] = site.as_user("operator").get(f"/requests/{request_id}")
    return found


def finish(site: Site, request_id: str) -> int:
    """Deliver, open what must be opened, confirm and publish; return the edition's number."""
    site.as_user("operator").post(f"/requests/{request_id}/deliver")
    open_required(site, request_id)
    site.as_user("supervisor").post(f"/requests/{request_id}/confirm")
    published = site.as_user("publisher").post(f"/requests/{request_id}/publish")
    return int(published["edition"])


def open_required(site: Site, request_id: str) -> int:
    """Have the office's supervisor open every required page, values and image; return how many."""
    office = site.as_user("supervisor")
    required = office.get(f"/requests/{request_id}/pages-required")
    for page in required:
        where = f"/requests/{request_id}/pages/{page['page_id']}"
        if "values" in page["parts"]:
            office.get(where)
        if "image" in page["parts"]:
            office.picture(f"{where}/image")
    left = [page for page in office.get(f"/requests/{request_id}/pages-required") if not page["opened"]]
    if left:
        raise DemoFailed(f"{len(left)} pages stand unopened after they were opened")
    return len(required)


def states_of(site: Site, request_id: str) -> list[str]:
    """Return the states a request went through, in order."""
    history = site.as_user("operator").get(f"/requests/{request_id}/history")
    return [step["to_state"] for step in history]


def staged_entries(site: Site, change_set_id: str) -> list[dict[str, Any]]:
    """Return every staged entry of a change set, least certain first."""
    operator = site.as_user("operator")
    staged: list[dict[str, Any]] = []
    cursor = None
    while True:
        query = {"limit": 200} | ({"cursor": cursor} if cursor else {})
        answer = operator.get(f"/change-sets/{change_set_id}/changes", **query)
        staged += [one for one in answer["changes"] if one["version"]]
        cursor = answer["next"]
        if cursor is None:
            return staged
