"""Where each check draws its lines; a site or a series passes its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Thresholds:
    """Flag and refuse limits; a page beyond a refuse limit should be scanned again."""

    edge_width_flag: float = 5.5  # pixels at 300 ppi from ink to paper
    edge_width_refuse: float = 12.0
    paper_dark_flag: float = 120.0  # grey level of the paper
    paper_dark_refuse: float = 60.0
    clipped_flag: float = 0.35  # share of the page that is pure white or pure black
    white_flag: float = 2.0  # the same however soft the edges; below 1 paper must keep its tone
    contrast_flag: float = 60.0  # grey levels between paper and ink
    contrast_refuse: float = 25.0
    noise_flag: float = 12.0  # standard deviation in grey levels
    noise_refuse: float = 40.0
    ppi_flag: float = 280.0
    ppi_refuse: float = 140.0
    longer_side_flag: float = 2400  # pixels; stands in where no ppi is stated
    paper_least: float = 4.0  # inches: a sheet's longer side
    paper_most: float = 25.0
    ink_flag: float = 0.0008  # share of the page under strokes, below which it may be blank
    crossing_flag: float = 3  # strokes that run out of the frame on one side
    skew_flag: float = 5.0  # degrees
    skew_refuse: float = 12.0
    orientation_flag: float = 0.5  # confidence in the quarter turns; what is told at all has more
    fold_flag: float = 0.45  # length of a crease, of the shorter side
    shadow_flag: float = 0.002  # share of the sheet hidden at its rim
    through_flag: float = 0.045  # of the ink's contrast
    gutter_flag: float = 0.8  # confidence at which a single page is taken for a double one,
    gutter_least: float = 0.3  # and below which a declared spread is doubted
    spread_aspect: float = 1.2  # width over height, below which no frame holds two pages
    chroma_flag: float = 0.0  # levels from grey; 0 where a grey master will do

    def with_overrides(self, overrides: Mapping[str, float]) -> "Thresholds":
        """Return these thresholds with some replaced, as a series' `[quality]` names them.

        Raises:
            ValueError: there is no threshold of such a name.
        """
        unknown = sorted(set(overrides) - threshold_names())
        if unknown:
            raise ValueError(
                f"No such threshold: {', '.join(unknown)}. There are: {', '.join(sorted(threshold_names()))}."
            )
        return replace(self, **{name: float(value) for name, value in overrides.items()})


def threshold_names() -> frozenset[str]:
    """Return the names that a series' `[quality]` may hold."""
    return frozenset(one.name for one in fields(Thresholds))
