"""Where each check draws its lines; a site passes its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Flag and refuse limits; a page beyond a refuse limit should be scanned again."""

    edge_width_flag: float = 6.0  # pixels at 300 ppi from ink to paper
    edge_width_refuse: float = 12.0
    paper_dark_flag: float = 120.0  # grey level of the paper
    paper_dark_refuse: float = 60.0
    clipped_flag: float = 0.5  # share of the page that is pure white or pure black
    contrast_flag: float = 60.0  # grey levels between paper and ink
    contrast_refuse: float = 25.0
    noise_flag: float = 14.0  # standard deviation in grey levels
    noise_refuse: float = 40.0
    ppi_flag: float = 280.0
    ppi_refuse: float = 140.0
    longer_side_flag: int = 2400  # pixels; stands in where no ppi is stated
    ink_flag: float = 0.0008  # share of the page under strokes, below which it may be blank
    crossing_flag: int = 3  # strokes that run out of the frame on one side
    skew_flag: float = 5.0  # degrees
    skew_refuse: float = 12.0
