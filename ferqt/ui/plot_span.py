"""Which span of time the probability plot shows."""

import math
from typing import Final

_LEAST_SPAN_S: Final = 10.0
"""Shorter sessions lie in a view of that length."""

_EDGE: Final = 0.015
"""Share of the view that is left free at an edge, so that a dot there is whole."""


class MovingSpan:
    """The newest seconds, or all of the session; held still while the plot is paused.

    Attributes:
        window_s: Length in s; infinity for the whole session.
        held_s: Present time of a plot that is paused; None while it is not.
    """

    def __init__(self, window_s: float) -> None:
        self.window_s = window_s
        self.held_s: float | None = None

    def now(self, last_s: float) -> float:
        """Return the present time of the plot.

        Args:
            last_s: Time of the newest sample in s.
        """
        return last_s if self.held_s is None else self.held_s

    def of(self, first_s: float, last_s: float) -> tuple[float, float]:
        """Return both ends of the view in s.

        Args:
            first_s: Time of the oldest sample in s.
            last_s: Time of the newest sample in s; minus infinity when there is none.
        """
        now_s = self.now(last_s)
        if not math.isfinite(now_s):
            return 0.0, 0.0
        whole_s = max(now_s - first_s, _LEAST_SPAN_S) / (1 - 2 * _EDGE)
        span_s = whole_s if math.isinf(self.window_s) else self.window_s
        edge_s = _EDGE * span_s
        # The first seconds grow into an empty view, which moves once it is full.
        start_s = max(first_s - edge_s, now_s + edge_s - span_s)
        return start_s, start_s + span_s
