"""Many times of one thing, told as a few figures."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

_DECIMALS: Final = 3
_HIGH: Final = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """How long something took, in ms.

    Attributes:
        median: Half of the times were shorter.
        p95: Of twenty times, nineteen were not longer.
        mean: What many of them take together; it lies above the median where some turns cost more
            than others, as a search of the whole picture does.
        count: Number of times.
    """

    median: float
    p95: float
    mean: float
    count: int

    @classmethod
    def of(cls, times_ms: Sequence[float]) -> Self | None:
        """Return the figures of some times in ms; None when there are none."""
        if not times_ms:
            return None
        return cls(
            round(statistics.median(times_ms), _DECIMALS),
            round(high_end(times_ms), _DECIMALS),
            round(statistics.fmean(times_ms), _DECIMALS),
            len(times_ms),
        )


def high_end(times_ms: Sequence[float]) -> float:
    """Return the shortest of the times that 95 % of them do not exceed (nearest rank)."""
    return sorted(times_ms)[math.ceil(_HIGH * len(times_ms)) - 1]


def rate(count: int, seconds: float) -> float:
    """Return how many came in a second; 0 when no time has passed."""
    return round(count / seconds, 2) if seconds > 0 else 0.0
