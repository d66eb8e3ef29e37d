"""A scene that needs no camera and no file: two heads, drawn from one portrait by code.

The portrait is Grace Hopper's by the United States Navy, in the public domain; matplotlib ships it.
Equal times give equal pixels.
"""

import math
from collections.abc import Iterable, Iterator
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

_Floats = npt.NDArray[np.float32]

WIDTH: Final = 1280
HEIGHT: Final = 720
FPS: Final = 30
LOOP_S: Final = 20.0
"""The scene repeats after this many seconds."""

# Outline of head and shoulders in the portrait's pixels, drawn by hand, clockwise from the hat.
_OUTLINE: Final = (
    *((217, 31), (240, 24), (262, 23), (285, 27), (302, 39), (325, 49), (344, 66), (353, 86)),
    *((364, 89), (369, 100), (370, 135), (368, 165), (368, 181), (374, 189), (373, 205)),
    *((367, 235), (359, 265), (360, 280), (350, 298), (337, 306), (333, 317), (346, 330)),
    *((380, 346), (430, 366), (470, 379), (487, 391), (499, 415), (509, 445), (511, 600)),
    *((10, 600), (28, 445), (38, 416), (47, 386), (62, 379), (110, 362), (150, 347), (181, 331)),
    *((198, 316), (201, 305), (190, 292), (176, 287), (166, 274), (163, 256), (166, 248)),
    *((161, 225), (156, 200), (156, 186), (151, 170), (151, 135), (156, 111), (169, 93)),
    *((178, 80), (188, 61), (201, 49), (217, 43)),
)
_CUT_WIDTH, _CUT_HEIGHT = 512, 600
_FACE_MIDDLE: Final = (263, 234)
_FACE_WIDTH: Final = 185.4  # as MediaPipe's FaceLandmarker measures it
_HEAD_RADIUS: Final = 140
_CHIN, _CHEST = 320, 400  # the head turns, the shoulders do not
_FADE_FROM: Final = 500  # the picture of the chest fades out towards the bottom of the cut


@dataclass(frozen=True, slots=True)
class Head:
    """A head at one moment.

    Attributes:
        x: Middle of the face in px.
        y: The same, downward.
        face_width: Width of the face in px.
        yaw: Turn to the side in degrees.
        roll: Tilt in degrees, clockwise.
        light: Factor on its brightness.
        mirrored: Left and right exchanged.
    """

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
        self._clock.cut()
        self._next = max(index, 0)

    def pass_over(self, until_s: float) -> None:
        """Draw no frames that are over at a media time (s)."""
        self._next = max(self._next, math.floor((until_s + 5e-7) * FPS))

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
    return draw_heads(WIDTH, HEIGHT, _heads(t % LOOP_S))


def draw_heads(width: int, height: int, heads: Iterable[Head]) -> Image:
    """Draw heads before the demo's wall, the later ones in front.

    Returns:
        uint8 height x width x 3, RGB, the caller's own.

    Raises:
        SourceError: The portrait is missing from the installation.
    """
    canvas = _background(width, height).copy()
    for head in heads:
        _draw(canvas, head)
    return canvas


def _heads(t: float) -> tuple[Head, ...]:
    """Where the heads are; every motion has a period that divides the loop."""
    turn = 2 * math.pi * t / LOOP_S
    first = Head(
        x=410 + 90 * math.sin(2 * turn),
        y=400 + 20 * math.sin(4 * turn),
        face_width=196 + 20 * math.sin(turn),
        yaw=24 * math.sin(3 * turn),
        roll=9 * math.sin(4 * turn + 1),
        light=1 + 0.1 * math.sin(2 * turn),
        mirrored=False,
    )
    # Comes in from the right between 2 and 5 s, leaves between 12 and 15 s.
    presence = _ease((t - 2) / 3) - _ease((t - 12) / 3)
    second = Head(
        x=1490 - 540 * presence,
        y=452 + 8 * math.sin(5 * turn),
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


def _draw(canvas: Image, head: Head) -> None:
    """Lay a head and its shoulders over the canvas, touching only the pixels under them."""
    x_face = _CUT_WIDTH - _FACE_MIDDLE[0] if head.mirrored else _FACE_MIDDLE[0]
    y_face = _FACE_MIDDLE[1]
    scale = head.face_width / _FACE_WIDTH
    # The body sways about its base.
    matrix = cv2.getRotationMatrix2D((float(x_face), float(_CUT_HEIGHT)), -head.roll, scale)
    drop = (_CUT_HEIGHT - y_face) * scale
    matrix[:, 2] += np.array([head.x - x_face, head.y + drop - _CUT_HEIGHT])
    corners = np.array([[0, 0, 1], [_CUT_WIDTH, 0, 1], [0, _CUT_HEIGHT, 1]]) @ matrix.T
    corners = np.vstack([corners, corners[1] + corners[2] - corners[0]])
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    size = (canvas.shape[1], canvas.shape[0])
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int), size)
    if left >= right or top >= bottom:
        return
    matrix[:, 2] -= np.array([left, top])
    turned = _turn(_cut_out(mirrored=head.mirrored), head.yaw)
    placed = cv2.warpAffine(turned, matrix, (int(right - left), int(bottom - top)))
    brightened = np.clip(np.arange(256) * head.light, 0, 255).astype(np.uint8)
    colors = cv2.LUT(cv2.cvtColor(placed, cv2.COLOR_RGBA2RGB), brightened)
    uncovered = cv2.cvtColor(cv2.bitwise_not(placed[..., 3]), cv2.COLOR_GRAY2RGB)
    region = canvas[top:bottom, left:right]
    region[:] = cv2.add(colors, cv2.multiply(region, uncovered, scale=1 / 255))


def _turn(cut_out: Image, yaw: float) -> Image:
    """Turn a head by `yaw` degrees as if it were painted on an upright cylinder.

    On a cylinder of radius R, what is seen at u was painted at u cos(yaw) - sqrt(R^2 - u^2)
    sin(yaw). The shortening by cos(yaw) fades towards the sides, so that nothing tears there.
    """
    across, bulge, share = _cylinder()
    angle = math.radians(yaw) * share
    shift = (np.cos(angle) - 1) * (across * bulge) - np.sin(angle) * (_HEAD_RADIUS * bulge)
    height, width = shift.shape
    left = _CUT_WIDTH // 2 - width // 2
    columns, rows = _grid(left, width, height)
    turned = cut_out.copy()
    cv2.remap(
        cut_out, columns + shift, rows, cv2.INTER_LINEAR, turned[:height, left : left + width]
    )
    return turned


@lru_cache(maxsize=1)
def _cylinder() -> tuple[_Floats, _Floats, _Floats]:
    """Place u of each column and its bulge sqrt(1 - (u/R)^2), 1 x W; share of each row, H x 1."""
    across = np.arange(-_HEAD_RADIUS, _HEAD_RADIUS, dtype=np.float32)
    bulge = np.sqrt(1 - (across / np.float32(_HEAD_RADIUS)) ** 2)
    down = np.arange(_CHEST, dtype=np.float32)
    share = np.clip((_CHEST - down) / (_CHEST - _CHIN), 0, 1).astype(np.float32)
    return across[np.newaxis], bulge[np.newaxis], share[:, np.newaxis]


@lru_cache(maxsize=1)
def _grid(left: int, width: int, height: int) -> tuple[_Floats, _Floats]:
    down, right = np.mgrid[0:height, left : left + width].astype(np.float32)
    return np.ascontiguousarray(right), np.ascontiguousarray(down)


@lru_cache(maxsize=2)
def _cut_out(*, mirrored: bool) -> Image:
    """Head and shoulders as RGBA, H x W x 4, colors multiplied by alpha."""
    portrait = read_picture(_portrait_path())[:_CUT_HEIGHT, :_CUT_WIDTH]
    outline = np.zeros(portrait.shape[:2], np.uint8)
    cv2.fillPoly(outline, [np.array(_OUTLINE, np.int32)], 255)
    # Shrunk before it is softened, so that no rim of the portrait's sky shows.
    soft = cv2.GaussianBlur(cv2.erode(outline, np.ones((5, 5), np.uint8)), (0, 0), 2.5)
    down = np.arange(_CUT_HEIGHT, dtype=np.float32)[:, np.newaxis]
    fade = np.clip((_CUT_HEIGHT - 4 - down) / (_CUT_HEIGHT - 4 - _FADE_FROM), 0, 1)
    alpha = soft.astype(np.float32) * fade * fade * (3 - 2 * fade)
    rgba = np.dstack([portrait * (alpha[..., np.newaxis] / 255), alpha])
    rgba = np.rint(rgba[:, ::-1] if mirrored else rgba)
    return np.ascontiguousarray(rgba, dtype=np.uint8)


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
def _background(width: int, height: int) -> Image:
    """A dark wall, lighter around the middle; a little noise keeps the gradient from banding."""
    down, right = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot((right - width * 0.45) / width, (down - height * 0.4) / height)
    light = np.clip(1 - distance * 1.15, 0.2, 1)[..., np.newaxis]
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (height, width, 1))
    wall = np.array([92.0, 104.0, 122.0]) * light + noise
    return np.asarray(np.clip(np.rint(wall), 0, 255), dtype=np.uint8)
