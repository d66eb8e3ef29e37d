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
    source = np.asarray(source, dtype=np.float64)
    target = np.asarray(target, dtype=np.float64)
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    source_centered, target_centered = source - source_mean, target - target_mean
    spread = float((source_centered**2).sum())
    if spread <= 0:
        raise ValueError("coinciding points define no similarity transform")
    # In the plane, the least-squares rotation and scale are those of a complex number a + bi.
    a = float((source_centered * target_centered).sum()) / spread
    cross = (
        source_centered[:, 0] * target_centered[:, 1]
        - source_centered[:, 1] * target_centered[:, 0]
    )
    b = float(cross.sum()) / spread
    linear = np.array([[a, -b], [b, a]])
    shift = target_mean - linear @ source_mean
    return np.hstack([linear, shift[:, None]])
