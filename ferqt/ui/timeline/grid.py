"""The columns of device pixels that a stretch of time is drawn in."""

from typing import NamedTuple

import numpy as np

from ferqt.core.history import Times
from ferqt.core.time_scale import TimeScale


class Grid(NamedTuple):
    """The columns of device pixels of a view.

    They lie at whole multiples of a column's length, so that nothing shimmers while the view moves.

    Attributes:
        edges: Times of their edges, one more than columns.
        offset: Columns from time 0 to the first one.
        ratio: Device px to a px.
    """

    edges: Times
    offset: int
    ratio: float

    @classmethod
    def of(cls, scale: TimeScale, ratio: float) -> "Grid":
        """Lay columns over a view."""
        per_s = scale.px_per_s * ratio
        offset = round(scale.start_s * per_s)
        return cls((offset + np.arange(round(scale.width * ratio) + 1)) / per_s, offset, ratio)

    @property
    def column_s(self) -> float:
        """Length of a column in s."""
        return float(self.edges[1] - self.edges[0])
