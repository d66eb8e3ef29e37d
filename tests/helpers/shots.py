"""Screenshots as the program writes them, small and quick, for tests of what shows them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from ferqt.core.types import Image
from ferqt.outputs.snapshot import describe_snapshot, encode_snapshot, save_faces, save_snapshot
from tests.helpers.portraits import eileen_collins
from tests.helpers.readings import face, reading, scores

FIRST = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SIDE = 128
FACE = (45.0, 18.0, 22.0, 26.0)
"""Box of the face in the small picture."""


def small_picture() -> Image:
    """Eileen Collins's portrait, 128 x 128."""
    return np.ascontiguousarray(eileen_collins()[::4, ::4])


def add_shot(
    folder: Path,
    name: str = "shot.png",
    *,
    shows: Mapping[str, float] | None = None,
    minute: float = 0.0,
    source: str = "talk.mp4",
    person: str = "",
    faces: int = 1,
    uncertain: bool = False,
    cut: bool = False,
) -> Path:
    """Write a screenshot of one or more faces, and return its file.

    Args:
        folder: Where to.
        name: Of the file.
        shows: What each face shows; happy at 80 % if not given.
        minute: When it was taken; later is newer.
        source: Name of the source.
        person: Name given to the faces.
        faces: How many there are, ids from 1.
        uncertain: Whether the screen called them uncertain.
        cut: Write the faces that were cut out too.
    """
    shown = scores(shows or {"happy": 0.8}, uncertain=uncertain)
    found = (replace(face(number, FACE, shown), name=person) for number in range(1, faces + 1))
    result = reading(small_picture(), *found, index=7, media_time=2.5)
    info = describe_snapshot(
        result,
        source,
        {"model": "a" * 64},
        with_overlay=False,
        taken_at=FIRST + timedelta(minutes=minute),
    )
    path = save_snapshot(encode_snapshot(small_picture(), info), folder / name)
    if cut:
        save_faces(small_picture(), info, path)
    return path
