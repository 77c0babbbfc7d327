"""Where each check draws its lines; a site or a series passes its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

NEVER = 1e9
"""A limit that no measure reaches; where small measures are the bad ones it is -NEVER."""


@dataclass(frozen=True)
class Thresholds:
    """Flag and refuse limits; a page beyond a refuse limit should be scanned again.

    A refusal stops the work at a station, so that only what a crew would surely scan again is refused. Where
    the limit is NEVER, it says why; a series whose pages are otherwise sets its own.
    """

    edge_width_flag: float = 5.5  # pixels at 300 ppi from ink to paper
    edge_width_refuse: float = 12.0
    paper_dark_flag: float = 120.0  # grey level of the paper
    paper_dark_refuse: float = 60.0
    paper_light_flag: float = 250.0  # from which on the paper may be too light:
    ink_light_flag: float = 110.0  # if its darkest ink is as light as this
    ink_light_refuse: float = (
        NEVER  # a white sheet may be blank; ink that is lost is refused for its contrast
    )
    clipped_flag: float = 0.35  # share of the page that is pure white or pure black
    white_flag: float = 2.0  # the same however soft the edges; below 1 paper must keep its tone
    white_refuse: float = NEVER  # a sheet that is wholly white may be blank
    black_refuse: float = 0.5  # share that is pure black: the lid was open or the lamp off
    contrast_flag: float = 60.0  # grey levels between paper and ink
    contrast_refuse: float = 25.0
    noise_flag: float = 12.0  # standard deviation in grey levels
    noise_refuse: float = 40.0
    ppi_flag: float = 280.0
    ppi_refuse: float = 140.0
    longer_side_flag: float = 2400  # pixels; stands in where no ppi is stated
    longer_side_refuse: float = -NEVER  # a slip is small, and how many ppi it was scanned at is not known
    paper_least: float = 4.0  # inches: a sheet's longer side
    paper_most: float = 25.0
    ink_flag: float = 0.0008  # share of the page under strokes, below which it may be blank
    ink_refuse: float = -NEVER  # books have blank pages
    crossing_flag: float = 3  # strokes that run out of the frame on one side
    crossing_refuse: float = NEVER  # the facing page of a bound book runs out of the frame, and may
    skew_flag: float = 5.0  # degrees
    skew_refuse: float = 12.0
    skew_sure_flag: float = 0.1  # confidence in the angle; what is told at all has more
    skew_sure_refuse: float = -NEVER  # a cover, a slip, a page with few words tells no angle
    orientation_flag: float = 0.5  # confidence in the quarter turns; what is told at all has more
    orientation_refuse: float = -NEVER  # a person turns the derivative; nothing is scanned again for it
    fold_flag: float = 0.45  # length of a crease, of the shorter side
    fold_refuse: float = NEVER  # old paper stays creased
    shadow_flag: float = 0.002  # share of the sheet hidden at its rim
    shadow_refuse: float = NEVER  # a corner that worms or hands have torn off looks like one folded under
    through_flag: float = 0.045  # of the ink's contrast
    through_refuse: float = NEVER  # thin paper shows the other side on every scan
    gutter_flag: float = 0.8  # confidence at which a single page is taken for a double one,
    gutter_refuse: float = NEVER  # which is mended by listing it otherwise,
    gutter_least: float = 0.3  # and below which a declared spread is doubted
    gutter_least_refuse: float = -NEVER  # likewise
    spread_aspect: float = 1.2  # width over height, below which no frame holds two pages
    chroma_flag: float = 0.0  # levels from grey; 0 where a grey master will do
    chroma_refuse: float = -NEVER  # only where the series' red ink carries meaning
    # Of a delivery's pages beside one another. `python -m bench.quality --part scans` measures: two pages of
    # one form are at most 0.85 alike, 0.88 in one type face; 19 in 20 second scans at severity 1 and 2 are
    # above 0.91.
    alike_alone: float = (
        0.9  # likeness from which two pages are one, too few others of their form being there
    )
    alike_least: float = 0.84  # the least from which they ever are
    alike_lacks: float = 0.5  # share of what the page lacks to be like others of its form that they may lack
    # Labels alone take at most 0.044 on the drawn forms of every series, a form with one person from 0.053.
    alike_written: float = 0.048  # share of a fingerprint's parts with ink, below which a form is blank
    alike_refuse: float = NEVER  # likeness is no certainty; a shifted run is sound but for its order
    alike_sure: float = 0.97  # from which a station refuses a scan: the leaf was not turned
    # Beside the volume's pages before it a scan lies turned if, turned back, it is at least so much alike to
    # one and by so much more than as it lies. Of drawn pages of each series, those of one form are 0.2 to 0.8
    # alike as they lie, at most 0.1 with one on its side, at most 0.2 with one on its head; those of other
    # forms at most 0.25, however they lie.
    turned_least: float = 0.2
    turned_clearly: float = 0.15
    turned_both: float = 0.1  # the same of a spread, whose two pages both have to bear it out
    same_refuse: float = 1.0  # the same pixels, in 1: no two scans have them, so that a page lacks its image
    numbers_least: float = 3  # page numbers read; with fewer, a book may count otherwise than its manifest
    number_sure: float = 0.8  # confidence of a page number; wrong ones are flagged and never refused

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
