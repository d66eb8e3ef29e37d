"""Real faces for tests: two portraits that dependencies ship, and scenes composed of them.

Both portraits are works of the United States government (Grace Hopper, United States Navy; Eileen
Collins, NASA) and in the public domain. A face's place in its portrait was measured once as the
rectangle around the 478 points of MediaPipe's FaceLandmarker, so "width" here means what a face box
of the default detector means: temple to temple, forehead to chin for the height.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import matplotlib
import numpy as np
import numpy.typing as npt
import skimage

Image = npt.NDArray[np.uint8]
Person = Literal["hopper", "collins"]


@dataclass(frozen=True)
class _Portrait:
    """Where the face and the head lie in a portrait, in its pixels (x, y, width, height)."""

    path: Path
    face: tuple[float, float, float, float]
    head: tuple[float, float, float, float]


_PORTRAITS: dict[Person, _Portrait] = {
    "hopper": _Portrait(
        Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg",
        face=(170.0, 132.3, 185.4, 202.3),
        head=(118.0, -20.0, 290.0, 450.0),
    ),
    "collins": _Portrait(
        Path(skimage.__file__).parent / "data" / "astronaut.png",
        face=(180.7, 71.8, 89.5, 105.6),
        head=(132.0, -10.0, 200.0, 240.0),
    ),
}


@dataclass(frozen=True)
class PlacedFace:
    """A face in a scene.

    Attributes:
        center_x: Middle of the face box in pixels of the scene; it may lie outside.
        center_y: The same, downward.
        width: Width of the face box in pixels.
        person: Whose portrait.
        roll: Degrees that the head is turned in the picture plane, clockwise.
        mirrored: Left and right exchanged.
    """

    center_x: float
    center_y: float
    width: float
    person: Person = "hopper"
    roll: float = 0.0
    mirrored: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The true face box (x, y, width, height) in pixels of the scene, for an upright head."""
        _, _, face_width, face_height = _PORTRAITS[self.person].face
        height = self.width * face_height / face_width
        return self.center_x - self.width / 2, self.center_y - height / 2, self.width, height


def grace_hopper() -> Image:
    """Portrait of Grace Hopper, 512 x 600, RGB: one frontal face 185 px wide, with glasses."""
    return _portrait("hopper").copy()


def eileen_collins() -> Image:
    """Portrait of Eileen Collins, 512 x 512, RGB: one frontal face 90 px wide, smiling."""
    return _portrait("collins").copy()


def portrait_path(person: Person = "hopper") -> Path:
    """The portrait's own file, a JPEG (hopper) or PNG (collins)."""
    return _PORTRAITS[person].path


def scene(
    width: int,
    height: int,
    faces: Sequence[PlacedFace | tuple[float, float, float]] = (),
    background: Image | tuple[int, int, int] | None = None,
) -> Image:
    """Compose a picture with heads of the wanted size at the wanted places.

    Args:
        width: Width of the picture in pixels.
        height: Height of the picture in pixels.
        faces: Faces from back to front; a bare `(center_x, center_y, face_width)` is Grace Hopper.
        background: RGB picture of that size, a color, or None for a softly shaded wall.

    Returns:
        RGB picture, height x width x 3; equal arguments give equal pixels.
    """
    canvas = _background(width, height, background).astype(np.float32)
    for face in faces:
        _paste(canvas, face if isinstance(face, PlacedFace) else PlacedFace(*face))
    return np.clip(np.rint(canvas), 0, 255).astype(np.uint8)


@functools.cache
def _portrait(person: Person) -> Image:
    bgr = cv2.imread(str(_PORTRAITS[person].path), cv2.IMREAD_COLOR)
    assert bgr is not None, _PORTRAITS[person].path
    return np.ascontiguousarray(bgr[..., ::-1]).astype(np.uint8)


@functools.cache
def _head_mask(person: Person) -> npt.NDArray[np.float32]:
    """One inside the head's ellipse, falling softly to zero at its edge."""
    x, y, width, height = _PORTRAITS[person].head
    rows, columns = _portrait(person).shape[:2]
    down, right = np.mgrid[0:rows, 0:columns].astype(np.float32)
    radius = np.hypot(
        (right - x - width / 2) / (width / 2),
        (down - y - height / 2) / (height / 2),
    )
    return np.clip((1.0 - radius) / 0.12, 0.0, 1.0).astype(np.float32)


def _background(width: int, height: int, wanted: Image | tuple[int, int, int] | None) -> Image:
    if isinstance(wanted, np.ndarray):
        assert wanted.shape == (height, width, 3), (wanted.shape, height, width)
        return wanted
    if wanted is not None:
        return np.full((height, width, 3), wanted, np.uint8)
    blotches = np.random.default_rng(0).normal(0.0, 6.0, (9, 16, 1)).astype(np.float32)
    wall = cv2.resize(blotches, (width, height), interpolation=cv2.INTER_CUBIC)[..., np.newaxis]
    light = np.linspace(20.0, -20.0, height, dtype=np.float32)[:, np.newaxis, np.newaxis]
    shaded = np.array([150.0, 158.0, 166.0], np.float32) + wall + light
    return np.clip(np.rint(shaded), 0, 255).astype(np.uint8)


def _paste(canvas: npt.NDArray[np.float32], face: PlacedFace) -> None:
    portrait, mask = _portrait(face.person).astype(np.float32), _head_mask(face.person)
    x, y, face_width, face_height = _PORTRAITS[face.person].face
    middle = np.array([x + face_width / 2, y + face_height / 2])
    if face.mirrored:
        portrait, mask = portrait[:, ::-1].copy(), mask[:, ::-1].copy()
        middle[0] = portrait.shape[1] - middle[0]

    scale = face.width / face_width
    if scale < 1.0:
        # Averaging while shrinking, as a camera's pixels do; the warp alone would alias.
        size = (round(portrait.shape[1] * scale), round(portrait.shape[0] * scale))
        ratio = np.array([size[0] / portrait.shape[1], size[1] / portrait.shape[0]])
        portrait = cv2.resize(portrait, size, interpolation=cv2.INTER_AREA)
        mask = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
        middle = middle * ratio
        scale /= float(ratio[0])

    matrix = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), -face.roll, scale)
    matrix[:, 2] += np.array([face.center_x, face.center_y]) - middle
    size = (canvas.shape[1], canvas.shape[0])
    placed = cv2.warpAffine(portrait, matrix, size, flags=cv2.INTER_LINEAR)
    alpha = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_LINEAR)[..., np.newaxis]
    canvas += alpha * (placed - canvas)
