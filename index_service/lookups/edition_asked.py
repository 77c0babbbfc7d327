"""Which edition a look is judged at."""

from access.http.problems import Invalid


def edition_asked(current: int, as_of: int | None) -> int:
    """Return the edition asked for, or the current one.

    Raises:
        Invalid: there is no such edition yet.
    """
    if as_of is None:
        return current
    if not 1 <= as_of <= current:
        raise Invalid(
            "no_such_edition",
            f"查無第 {as_of} 版；目前最新為第 {current} 版。",
            f"There is no edition {as_of}; the latest is {current}.",
        )
    return as_of
