"""Quality checks, one module each, registered in one tuple."""

from imaging.quality.assess import CHECKS, assess
from imaging.quality.finding import Finding, Verdict
from imaging.quality.page import QualityInput
from imaging.quality.thresholds import Thresholds

__all__ = ["CHECKS", "Finding", "QualityInput", "Thresholds", "Verdict", "assess"]
