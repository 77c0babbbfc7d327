"""Quality checks, one module each, registered in one tuple."""

from imaging.quality.assess import CHECKS, assess, assess_turn
from imaging.quality.finding import Finding, Verdict
from imaging.quality.page import QualityInput
from imaging.quality.thresholds import Thresholds, threshold_names

__all__ = [
    "CHECKS",
    "Finding",
    "QualityInput",
    "Thresholds",
    "Verdict",
    "assess",
    "assess_turn",
    "threshold_names",
]
