"""A scene that needs no camera and no file: two heads, drawn from one portrait by code.

The portrait is Grace Hopper's by the United States Navy, in the public domain; matplotlib ships it.
Equal times give equal pixels.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.core.timing import SessionClock
from ferqt.core.types import Frame, Image
from ferqt.errors import SourceError
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.images import read_picture
from ferqt.sources.lifecycle import InterruptibleSource

WIDTH: Final = 1280
HEIGHT: Final = 720
FPS: Final = 30
LOOP_S: Final = 20.0
"""The scene repeats after this many seconds."""

# Head and face in the portrait, measured once with MediaPipe's FaceLandmarker: the face is 185 px
# wide and its middle lies at (263, 234); the cut-out holds hair, chin and collar.
_CUT_LEFT, _CUT_TOP, _CUT_WIDTH, _CUT_HEIGHT = 103, 0, 320, 420
_FACE_WIDTH: Final = 185.4
_FACE_MIDDLE: Final = (263.0 - _CUT_LEFT, 234.0 - _CUT_TOP)
_SKULL_RADIUS: Final = 190.0


@dataclass(frozen=True, slots=True)
class _Head:
    """A head at one moment: middle and width of the face in px, turns in degrees, light."""

    x: float
    y: float
    face_width: float
    yaw: float
    roll: float
    light: float
    mirrored: bool


class DemoSource(InterruptibleSource):
    """The demo as an endless video of 1280 x 720 px at 30 frames a second.

    Opened, read, sought and closed in one thread. Unpaced, like a file.

    Raises:
        SourceError: The portrait is missing from the installation.
    """

    def __init__(self) -> None:
        super().__init__()
        _cut_out(mirrored=False)
        self._next = 0
        self._closed = False
        self._clock = SessionClock()
        self._info = SourceInfo(
            kind=SourceKind.DEMO,
            title="Demo",
            location="demo",
            width=WIDTH,
            height=HEIGHT,
            fps=float(FPS),
            seekable=True,
            variable_frame_rate=False,
        )

    @property
    def info(self) -> SourceInfo:
        """What is known; the demo has no end, so no count and no length."""
        return self._info

    def frames(self) -> Iterator[Frame]:
        """Yield frames without end."""
        while not (self._closed or self._interrupted.is_set()):
            number = self._next
            self._next += 1
            time_s = number / FPS
            yield Frame(render_demo(time_s), number, time_s, self._clock.stamp(time_s))

    def seek(self, media_time: float) -> None:
        """Make the last frame shown at or before `media_time` (s) the next one."""
        # Times come back from the window as rounded floats; half a microsecond forgives that.
        self.seek_frame(math.floor((media_time + 5e-7) * FPS))

    def seek_frame(self, index: int) -> None:
        """Make the frame with this number the next one, the first for a negative number."""
        self._next = max(index, 0)

    def close(self) -> None:
        """End the demo; harmless when repeated."""
        self._closed = True


def render_demo(t: float) -> Image:
    """Draw the scene at `t` seconds.

    Returns:
        uint8 720 x 1280 x 3, RGB, the caller's own.

    Raises:
        SourceError: The portrait is missing from the installation.
    """
    canvas = _background().copy()
    for head in _heads(t % LOOP_S):
        _draw(canvas, head)
    return canvas


def _heads(t: float) -> tuple[_Head, ...]:
    """Where the heads are; every motion has a period that divides the loop."""
    turn = 2 * math.pi * t / LOOP_S
    first = _Head(
        x=430 + 110 * math.sin(2 * turn),
        y=360 + 36 * math.sin(4 * turn),
        face_width=200 + 24 * math.sin(turn),
        yaw=26 * math.sin(3 * turn),
        roll=11 * math.sin(4 * turn + 1),
        light=1 + 0.12 * math.sin(2 * turn),
        mirrored=False,
    )
    # Comes in from the right between 2 and 5 s, leaves between 12 and 15 s.
    presence = _ease((t - 2) / 3) - _ease((t - 12) / 3)
    second = _Head(
        x=1460 - 520 * presence,
        y=330 + 20 * math.sin(5 * turn),
        face_width=150,
        yaw=15 * math.sin(5 * turn),
        roll=7 * math.sin(2 * turn),
        light=0.95 + 0.1 * math.sin(3 * turn),
        mirrored=True,
    )
    return first, second


def _ease(progress: float) -> float:
    """Go from 0 to 1 with a soft start and end."""
    p = min(max(progress, 0.0), 1.0)
    return p * p * (3 - 2 * p)


def _draw(canvas: Image, head: _Head) -> None:
    """Blend a head into the canvas, touching only the pixels under it."""
    scale = head.face_width / _FACE_WIDTH
    reach = math.ceil(scale * math.hypot(_CUT_WIDTH, _CUT_HEIGHT) * 0.62)
    left, right = max(0, round(head.x) - reach), min(WIDTH, round(head.x) + reach)
    top, bottom = max(0, round(head.y) - reach), min(HEIGHT, round(head.y) + reach)
    if left >= right or top >= bottom:
        return
    portrait, mask = _cut_out(mirrored=head.mirrored)
    turned = cv2.convertScaleAbs(_turn(portrait, head.yaw), alpha=head.light)
    middle = (_CUT_WIDTH - _FACE_MIDDLE[0], _FACE_MIDDLE[1]) if head.mirrored else _FACE_MIDDLE
    matrix = cv2.getRotationMatrix2D(middle, -head.roll, scale)
    matrix[:, 2] += np.array([head.x - left - middle[0], head.y - top - middle[1]])
    size = (right - left, bottom - top)
    placed = cv2.warpAffine(turned, matrix, size)
    weight = cv2.warpAffine(mask, matrix, size)
    region = canvas[top:bottom, left:right]
    region[:] = cv2.blendLinear(placed, region, weight, 1 - weight)


def _turn(portrait: Image, yaw: float) -> Image:
    """Turn a head about its vertical axis as if the portrait lay on a cylinder."""
    across = (np.arange(_CUT_WIDTH, dtype=np.float32) - _CUT_WIDTH / 2) / _SKULL_RADIUS
    angle = np.arcsin(across) - math.radians(yaw)
    seen = np.sin(np.clip(angle, -math.pi / 2, math.pi / 2)) * _SKULL_RADIUS + _CUT_WIDTH / 2
    columns = np.broadcast_to(seen.astype(np.float32), (_CUT_HEIGHT, _CUT_WIDTH))
    turned = cv2.remap(
        portrait,
        np.ascontiguousarray(columns),
        _rows(),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(turned, dtype=np.uint8)


@lru_cache(maxsize=1)
def _rows() -> npt.NDArray[np.float32]:
    rows = np.arange(_CUT_HEIGHT, dtype=np.float32)[:, np.newaxis]
    return np.ascontiguousarray(np.broadcast_to(rows, (_CUT_HEIGHT, _CUT_WIDTH)))


@lru_cache(maxsize=2)
def _cut_out(*, mirrored: bool) -> tuple[Image, npt.NDArray[np.float32]]:
    """The head's part of the portrait, and its weight: 1 inside an ellipse, fading at its edge."""
    portrait = read_picture(_portrait_path())
    cut = portrait[_CUT_TOP : _CUT_TOP + _CUT_HEIGHT, _CUT_LEFT : _CUT_LEFT + _CUT_WIDTH]
    down, right = np.mgrid[0:_CUT_HEIGHT, 0:_CUT_WIDTH].astype(np.float32)
    radius = np.hypot(
        (right - _CUT_WIDTH / 2) / (_CUT_WIDTH / 2), (down - _CUT_HEIGHT / 2) / (_CUT_HEIGHT / 2)
    )
    fade = np.clip((1 - radius) / 0.22, 0, 1)
    weight = (fade * fade * (3 - 2 * fade)).astype(np.float32)
    if mirrored:
        cut, weight = cut[:, ::-1], weight[:, ::-1]
    return np.ascontiguousarray(cut), np.ascontiguousarray(weight)


def _portrait_path() -> Path:
    # find_spec tells where matplotlib lies without importing it, which would take a second.
    spec = find_spec("matplotlib")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "mpl-data" / "sample_data" / "grace_hopper.jpg"
        if path.is_file():
            return path
    raise SourceError(
        "cannot open the demo: matplotlib's sample portrait grace_hopper.jpg is missing",
        "Install matplotlib again.",
    )


@lru_cache(maxsize=1)
def _background() -> Image:
    """A dark wall, lighter around the middle; a little noise keeps the gradient from banding."""
    down, right = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    distance = np.hypot((right - WIDTH * 0.42) / WIDTH, (down - HEIGHT * 0.4) / HEIGHT)
    light = np.clip(1 - distance * 1.1, 0.15, 1)[..., np.newaxis]
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (HEIGHT, WIDTH, 1))
    wall = np.array([62.0, 70.0, 84.0]) * light + noise
    return np.asarray(np.clip(np.rint(wall), 0, 255), dtype=np.uint8)
