"""Larger pictures composed of a data set's crops, for measuring the whole way from picture to name.

Data sets of expressions hold faces that are cut out already. To measure what the program makes of
a whole picture, crops are enlarged, turned and laid on a background at places that are known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.core.types import FaceBox, Image

Matrix = npt.NDArray[np.float64]
Picture = npt.NDArray[np.float32]

_MARGIN: Final = 0.3
"""How far a crop's mirrored surroundings reach, as a share of its side, until they have faded."""

_BLUR: Final = 0.15
"""Standard deviation of the surroundings' blur, as a share of the side. A mirror image that is less
blurred is a second mouth or pair of eyes, which costs the detector some faces."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a crop lies in a scene.

    Attributes:
        center_x: Its center in px of the scene, counted from pixel edges.
        center_y: The same, downward.
        side: Its side in px of the scene.
        roll: Degrees that it is turned clockwise.
    """

    center_x: float
    center_y: float
    side: float
    roll: float = 0.0

    def to_scene(self, shares: Matrix) -> Matrix:
        """Return points of the scene in px, N x 2, from points as shares of the crop's side."""
        angle = np.radians(self.roll)
        cos, sin = np.cos(angle), np.sin(angle)
        turned = (shares - 0.5) @ np.array([[cos, sin], [-sin, cos]])
        return np.asarray(self.side * turned + (self.center_x, self.center_y))

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point of the scene lies on the crop."""
        angle = np.radians(self.roll)
        cos, sin = np.cos(angle), np.sin(angle)
        right, down = x - self.center_x, y - self.center_y
        across, along = right * cos + down * sin, down * cos - right * sin
        return bool(max(abs(across), abs(along)) <= self.side / 2)


@dataclass(frozen=True, slots=True)
class SceneOptions:
    """How scenes are drawn.

    Attributes:
        width: Of a scene, px.
        height: Of a scene, px.
        faces: Crops in a scene, side by side.
        sides: Smallest and largest side of a crop in px. Raising them makes faces easier to find.
        roll: Crops are turned by up to so many degrees, either way.
    """

    width: int = 1280
    height: int = 720
    faces: int = 2
    sides: tuple[float, float] = (120.0, 300.0)
    roll: float = 15.0


def compose_scenes(
    crops: Sequence[Image], options: SceneOptions, seed: int
) -> Iterator[tuple[Image, tuple[Placement, ...]]]:
    """Lay all crops into scenes, `options.faces` in each, in their order.

    Equal arguments give equal pixels.

    Args:
        crops: uint8 H x W gray or H x W x 3 RGB.
        options: Size of the scenes, and how the crops lie in them.
        seed: Of places and backgrounds.

    Yields:
        A scene, uint8 height x width x 3 RGB, and where each of its crops lies.
    """
    random = np.random.default_rng(seed)
    for start in range(0, len(crops), options.faces):
        some = [crops[row] for row in range(start, min(start + options.faces, len(crops)))]
        placements = draw_placements(random, options)[: len(some)]
        yield compose_scene(some, placements, options, random), placements


def draw_placements(random: np.random.Generator, options: SceneOptions) -> tuple[Placement, ...]:
    """Draw a place for each crop of a scene: one in each of equal columns, wholly inside it."""
    column = options.width / options.faces
    placements = []
    for index in range(options.faces):
        side, roll = random.uniform(*options.sides), random.uniform(-options.roll, options.roll)
        angle = np.radians(abs(roll))
        reach = side / 2 * float(np.cos(angle) + np.sin(angle))
        placements.append(
            Placement(
                index * column + _between(random, reach, column - reach),
                _between(random, reach, options.height - reach),
                side,
                roll,
            )
        )
    return tuple(placements)


def faces_on(
    placements: Sequence[Placement], boxes: Sequence[FaceBox]
) -> tuple[FaceBox | None, ...]:
    """Return for each crop of a scene the face found on it, the first where there are more."""
    return tuple(
        next((box for box in boxes if placement.holds(*box.center)), None)
        for placement in placements
    )


def compose_scene(
    crops: Sequence[Image],
    placements: Sequence[Placement],
    options: SceneOptions,
    random: np.random.Generator,
) -> Image:
    """Lay crops on a background of a kind that is drawn.

    A crop is enlarged smoothly. What it lacks beyond its edge is its mirror image, blurred and
    faded into the background within 0.3 of its side.

    Args:
        crops: uint8 H x W gray or H x W x 3 RGB.
        placements: Where each of them lies.
        options: The scene's size.
        random: Draws the background.

    Returns:
        uint8 height x width x 3 RGB.
    """
    background = _BACKGROUNDS[int(random.integers(len(_BACKGROUNDS)))]
    canvas = background(random, options.width, options.height)
    for crop, placement in zip(crops, placements, strict=True):
        _lay(canvas, crop, placement)
    return np.clip(np.rint(canvas), 0, 255).astype(np.uint8)


def _between(random: np.random.Generator, low: float, high: float) -> float:
    """Draw from a span, or take its middle where a crop is larger than its column."""
    return random.uniform(low, high) if low < high else (low + high) / 2


def _lay(canvas: Picture, crop: Image, placement: Placement) -> None:
    side = round(placement.side)
    patch, alpha = _faded(crop, side)
    # Both count from pixel edges; OpenCV counts from the center of the first pixel.
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    border = (patch.shape[0] - side) / 2
    source = corners * side + border - 0.5
    target = placement.to_scene(corners) - 0.5
    matrix = cv2.getAffineTransform(source.astype(np.float32), target.astype(np.float32))
    size = (canvas.shape[1], canvas.shape[0])
    placed = cv2.warpAffine(
        patch, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    cover = cv2.warpAffine(alpha, matrix, size, flags=cv2.INTER_LINEAR)[..., None]
    canvas += cover * (placed - canvas)


def _faded(crop: Image, side: int) -> tuple[Picture, Picture]:
    """A crop at its size in the scene with surroundings, RGB, and how much it covers, 0..1."""
    colored = crop if crop.ndim == 3 else np.repeat(crop[..., None], 3, axis=2)
    method = cv2.INTER_AREA if side < min(crop.shape[:2]) else cv2.INTER_CUBIC
    sharp = cv2.resize(colored, (side, side), interpolation=method)
    border = round(_MARGIN * side)
    sharp = cv2.copyMakeBorder(
        sharp, border, border, border, border, borderType=cv2.BORDER_REFLECT_101
    ).astype(np.float32)
    blurred = cv2.GaussianBlur(sharp, (0, 0), _BLUR * side)
    places = np.abs(np.arange(side + 2 * border) + 0.5 - (side / 2 + border)) - side / 2
    beyond = np.maximum(places, 0.0)
    distance = (np.hypot(beyond[:, None], beyond[None, :]) / border).astype(np.float32)
    softness = np.clip(4 * distance, 0, 1)[..., None]
    return sharp + softness * (blurred - sharp), 1 - np.clip(distance, 0, 1)


def _flat(random: np.random.Generator, width: int, height: int) -> Picture:
    color = random.uniform(40, 215, 3)
    return np.full((height, width, 3), color, np.float32)


def _lit_wall(random: np.random.Generator, width: int, height: int) -> Picture:
    """A color that gets darker toward one side."""
    low, high = random.uniform(30, 120), random.uniform(130, 230)
    light = np.linspace(low, high, width, dtype=np.float32)[None, :, None]
    tint = random.uniform(0.85, 1.0, 3).astype(np.float32)
    return np.repeat(light * tint, height, axis=0)


def _blotches(random: np.random.Generator, width: int, height: int) -> Picture:
    """A room out of focus: soft spots of color, with the noise of a sensor."""
    spots = random.uniform(50, 205, (5, 9, 1)) + random.uniform(-25, 25, (5, 9, 3))
    blurred = cv2.resize(spots.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    noise = random.normal(0, 4, (height, width, 1)).astype(np.float32)
    return np.asarray(blurred + noise, np.float32)


def _clutter(random: np.random.Generator, width: int, height: int) -> Picture:
    """Shelves and frames: overlapping rectangles with hard edges."""
    canvas: Any = _lit_wall(random, width, height)
    for _ in range(40):
        x, y = random.integers(0, width), random.integers(0, height)
        right, down = x + random.integers(20, width // 4), y + random.integers(20, height // 3)
        color = tuple(random.uniform(50, 205) + random.uniform(-25, 25, 3))
        cv2.rectangle(canvas, (int(x), int(y)), (int(right), int(down)), color, cv2.FILLED)
    return np.asarray(canvas, np.float32)


_BACKGROUNDS: Final[tuple[Callable[[np.random.Generator, int, int], Picture], ...]] = (
    _flat,
    _lit_wall,
    _blotches,
    _clutter,
)
