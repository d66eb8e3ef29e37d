"""What is to be measured, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from ferqt.bench.live import SEARCH_ROUND
from ferqt.bench.scenes import FACE_COUNTS, SIZES, Setting
from ferqt.errors import UsageError

LIVE: Final = "live"
DETECTORS: Final = "detectors"
MODELS: Final = "models"
PAINTING: Final = "painting"
START: Final = "start"
ANALYSIS: Final = "analysis"

PARTS: Final = (LIVE, DETECTORS, MODELS, PAINTING, START, ANALYSIS)
"""Everything that can be measured, in the order in which it is."""

SECONDS: Final = 1.5
QUICK_SECONDS: Final = 0.2

_QUICK_ROUND: Final = 10
"""Frames in which the default detector has had all its turns."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Attributes:
        source: A video, a picture or a folder of pictures instead of scenes; None for scenes.
        parts: Which of `PARTS`.
        seconds: For each live run; there are two for each scene, model and detector.
        at_least: Frames of a live run, however long it takes.
        scenes: Scenes of the live part.
        frames: Frames of a clip that are kept in memory.
        starts: Number of starts.
        analysis_s: Length of the film that is analyzed, and the longest time for an analysis.
    """

    source: str | None
    parts: Sequence[str] = PARTS
    seconds: float = SECONDS
    at_least: int = SEARCH_ROUND
    scenes: Sequence[Setting] = tuple(
        Setting(width, height, faces) for width, height in SIZES for faces in FACE_COUNTS
    )
    frames: int = 30
    starts: int = 5
    analysis_s: float = 20.0

    @classmethod
    def quick(cls, source: str | None, parts: Sequence[str]) -> Self:
        """Return a plan that is done soon: rough figures at one size."""
        usual = cls(source, parts)
        return replace(
            usual,
            seconds=QUICK_SECONDS,
            at_least=_QUICK_ROUND,
            scenes=[one for one in usual.scenes if one.height == 720],
            frames=_QUICK_ROUND,
            starts=1,
            analysis_s=2.0,
        )


def parts_named(text: str) -> tuple[str, ...]:
    """Return the parts that a list with commas names, in the order in which they are measured.

    Raises:
        UsageError: There is no such part.
    """
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in PARTS:
            raise UsageError(f"unknown part: {name!r}", f"Known: {', '.join(PARTS)}.")
    return tuple(part for part in PARTS if part in names)
