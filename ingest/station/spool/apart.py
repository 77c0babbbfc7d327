"""The hot folder and the spool are two folders: what the station clears away must be its own."""

from pathlib import Path

from ingest.station.errors import StationError


class NotApart(StationError):
    """The hot folder and the spool are one, or one lies in the other."""


def check_apart(spool: Path, hot: Path) -> None:
    """Raise NotApart unless the two folders are apart, whatever names, links or drives lead to them."""
    spool, hot = spool.resolve(), hot.resolve()
    if _holds(spool, hot) or _holds(hot, spool):
        raise NotApart(
            f"掃描夾 {hot} 與暫存夾 {spool} 不可相同或互相包含,以免原檔被當作暫存檔;"
            "請為 --spool 與 --hot 指定兩個並列的資料夾,例如 D:\\huji 與 D:\\scans。",
            f"The hot folder {hot} and the spool {spool} must not be one, nor lie in each other: name two "
            "folders side by side for --spool and --hot, as D:\\huji and D:\\scans.",
        )


def _holds(outer: Path, inner: Path) -> bool:
    return any(_is_one(outer, folder) for folder in (inner, *inner.parents))


def _is_one(one: Path, other: Path) -> bool:
    """Ask the system, since two names or drives may lead to one folder; one not made yet has one name."""
    try:
        return one.samefile(other)
    except OSError:
        return one == other
