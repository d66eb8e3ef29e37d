"""Boxes and similarity transforms; pixel coordinates, x to the right and y down."""

import numpy as np
import numpy.typing as npt

from ferqt.core.types import FaceBox


def intersection_over_union(a: FaceBox, b: FaceBox) -> float:
    """Return the overlap of two boxes, intersection area over union area, 0..1."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return 0.0
    intersection = width * height
    return intersection / (a.width * a.height + b.width * b.height - intersection)


def similarity_transform(
    source: npt.NDArray[np.floating], target: npt.NDArray[np.floating]
) -> npt.NDArray[np.float64]:
    """Return the 2 x 3 matrix of rotation, uniform scale and shift that best maps points to points.

    Least squares without reflection, after Umeyama, "Least-squares estimation of transformation
    parameters between two point patterns", PAMI 1991.

    Args:
        source: N x 2, N >= 2, not all equal.
        target: N x 2.

    Raises:
        ValueError: The source points coincide, so there is no scale.
    """
    # In the plane, points are complex numbers, and so is a rotation with a scale. For a few points
    # Python's own are several times as quick as arrays.
    points, places = _as_complex(source), _as_complex(target)
    middle, place = sum(points) / len(points), sum(places) / len(places)
    centered = [point - middle for point in points]
    spread = sum(abs(point) ** 2 for point in centered)
    if spread <= 0:
        raise ValueError("coinciding points define no similarity transform")
    moved = zip(centered, places, strict=True)
    turn = sum(point.conjugate() * (goal - place) for point, goal in moved) / spread
    shift = place - turn * middle
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def _as_complex(points: npt.NDArray[np.floating]) -> list[complex]:
    return [complex(x, y) for x, y in points.tolist()]
