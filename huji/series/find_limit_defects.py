"""Say what is wrong with a series' own limits beside the usual ones."""

from collections.abc import Iterator, Mapping

from imaging.quality import Thresholds

_FLAG, _REFUSE = "_flag", "_refuse"


def find_limit_defects(quality: Mapping[str, float]) -> Iterator[str]:
    """Yield a defect for each check whose pages would be refused before they are flagged.

    Which way a check's measure grows worse is told by the usual limits; a limit that the series does not set
    is the usual one.
    """
    usual, own = Thresholds(), Thresholds().with_overrides(quality)
    checks = sorted(
        {name.removesuffix(end) for name in quality for end in (_FLAG, _REFUSE) if name.endswith(end)}
    )
    for check in checks:
        if not hasattr(usual, check + _FLAG) or not hasattr(usual, check + _REFUSE):
            continue
        grows = getattr(usual, check + _REFUSE) > getattr(usual, check + _FLAG)
        flag, refuse = getattr(own, check + _FLAG), getattr(own, check + _REFUSE)
        if (refuse < flag) if grows else (refuse > flag):
            side = "below" if grows else "above"
            yield (
                f"quality: {check}_refuse is {refuse:g}, {side} {check}_flag, which is {flag:g}: "
                "pages would be refused before they are flagged"
            )
