"""Scenes with so many faces, composed from the portrait of the demo: no picture of anyone else."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ferqt.core.types import Image
from ferqt.sources.demo import Head, draw_heads

FPS: Final = 30
PERIOD_S: Final = 1.0
"""All motion of a scene repeats after this time, so that a short clip can go round."""

_SWAY: Final = 0.06
"""How far a head moves to each side, in widths of its face."""

_GRIDS: Final = {1: (1, 1), 2: (2, 1), 4: (2, 2), 8: (4, 2)}
"""Columns and rows of heads."""

_WIDTH_IN_CELL: Final = 0.36
_WIDTH_IN_HEIGHT: Final = 0.27
_FACE_ABOVE_MIDDLE: Final = 0.36
"""A portrait reaches 1.3 widths of its face above the face's middle, and 2 below."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A scene to measure.

    Attributes:
        width: Of the picture in px.
        height: The same.
        faces: Number of faces in it: 0, 1, 2, 4 or 8.
    """

    width: int
    height: int
    faces: int

    @property
    def size(self) -> str:
        """The size as it is told."""
        return f"{self.width}x{self.height}"


ONE_FACE: Final = Setting(1280, 720, 1)
"""What models, detectors, start and analysis are measured with."""

FACE_COUNTS: Final = (0, 1, 2, 4, 8)
SIZES: Final = ((640, 480), (1280, 720), (1920, 1080))


def word_of(scene: Setting | str) -> str:
    """Return a scene, or the path of a file, as a word of a process's arguments."""
    if isinstance(scene, str):
        # A path may look like a scene, but not with a letter before it.
        return f"f{scene}"
    return f"s{scene.width},{scene.height},{scene.faces}"


def scene_of(word: str) -> Setting | str:
    """Return the scene or path that such a word stands for."""
    if word[0] == "f":
        return word[1:]
    width, height, faces = map(int, word[1:].split(","))
    return Setting(width, height, faces)


def scene_picture(setting: Setting, time_s: float) -> Image:
    """Draw a scene at a time.

    Returns:
        uint8 height x width x 3 RGB, the caller's own; equal times give equal pixels.

    Raises:
        SourceError: The portrait is missing from the installation.
    """
    return draw_heads(setting.width, setting.height, _heads(setting, time_s))


def scene_pictures(setting: Setting, count: int) -> Iterator[Image]:
    """Draw `count` pictures over one period of a scene: after the last comes the first again."""
    for number in range(count):
        yield scene_picture(setting, number * PERIOD_S / count)


def face_width(setting: Setting) -> float:
    """Return how wide the faces of a scene are, in px; 0 when there are none."""
    if setting.faces == 0:
        return 0.0
    columns, rows = _GRIDS[setting.faces]
    return min(_WIDTH_IN_CELL * setting.width / columns, _WIDTH_IN_HEIGHT * setting.height / rows)


def _heads(setting: Setting, time_s: float) -> Iterator[Head]:
    if setting.faces == 0:
        return
    columns, rows = _GRIDS[setting.faces]
    wide, turn = face_width(setting), 2 * math.pi * time_s / PERIOD_S
    for number in range(setting.faces):
        row, column = divmod(number, columns)
        # Each head is elsewhere in its motion, so that no two look alike.
        phase = turn + 2 * math.pi * number / setting.faces
        yield Head(
            x=(column + 0.5) * setting.width / columns + _SWAY * wide * math.sin(phase),
            y=(row + 0.5) * setting.height / rows
            - _FACE_ABOVE_MIDDLE * wide
            + _SWAY / 2 * wide * math.sin(2 * phase),
            face_width=wide,
            yaw=8 * math.sin(phase),
            roll=4 * math.cos(phase),
            light=1 + 0.05 * math.sin(phase),
            mirrored=number % 2 == 1,
        )
