"""How far a page's content is turned."""

from imaging.skew.estimate import SkewEstimate, estimate_skew

__all__ = ["SkewEstimate", "estimate_skew"]
