"""Head pose in degrees, from landmarks or from a facial transformation matrix."""

from functools import lru_cache
from math import asin, atan2, degrees, hypot
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.core.types import FloatArray, HeadPose
from ferqt.faces.face_mesh import LEFT_EYE_OUTER, RIGHT_EYE_OUTER

Matrix = npt.NDArray[np.float64]

# Points of MediaPipe's canonical face model (Apache-2.0) in cm: x to the right of the picture, y
# up, z toward the camera. Chosen from those that MediaPipe itself fits its matrix to, without the
# jaw, which moves when a person speaks. The model's two sides are mirror images.
_MIDLINE: Final = {
    4: (-0.463, 7.587),
    6: (2.473, 5.789),
    10: (8.262, 4.482),
}
_PAIRS: Final = {
    (RIGHT_EYE_OUTER, LEFT_EYE_OUTER): (4.446, 2.664, 3.173),
    (133, 362): (1.856, 2.585, 3.758),
    (54, 284): (6.279, 6.615, 1.426),
    (67, 297): (3.524, 8.006, 3.729),
    (117, 346): (5.259, 0.946, 2.974),
    (119, 348): (3.301, 0.862, 3.873),
    (121, 350): (1.821, 1.468, 4.224),
    (127, 356): (7.743, 2.365, -2.005),
    (129, 358): (1.786, -0.978, 4.850),
    (143, 372): (6.408, 2.236, 1.561),
    (198, 420): (1.247, 0.230, 5.681),
    (205, 425): (3.833, -1.537, 4.138),
}

_TO_CAMERA: Final = np.array([1.0, -1.0, -1.0])
"""Signs of the axes between y up, z toward the viewer and OpenCV's y down, z away from it."""

_TURNED_TO_CAMERA: Final = np.outer(_TO_CAMERA, _TO_CAMERA)
"""The same signs for the entries of a rotation."""


def _canonical_model() -> tuple[npt.NDArray[np.intp], Matrix]:
    indices = list(_MIDLINE)
    points = [(0.0, y, z) for y, z in _MIDLINE.values()]
    for pair, (x, y, z) in _PAIRS.items():
        indices += pair
        points += [(-x, y, z), (x, y, z)]
    return np.array(indices, np.intp), np.array(points) * _TO_CAMERA


_INDICES, _MODEL = _canonical_model()
_EYES: Final = [_INDICES.tolist().index(eye) for eye in (RIGHT_EYE_OUTER, LEFT_EYE_OUTER)]
"""Where the outer corners of the eyes stand in the model."""

_EYE_DISTANCE: Final = 2 * _PAIRS[RIGHT_EYE_OUTER, LEFT_EYE_OUTER][0]


def pose_from_landmarks(landmarks: FloatArray, width: int, height: int) -> HeadPose:
    """Fit the canonical face to landmarks (perspective-n-point, iterative) and return its pose.

    The camera is taken to look at 53 degrees over the longer side, as between a webcam and a
    telephone. The pose is told against the line of sight to the face, which makes it nearly
    independent of that guess.

    Args:
        landmarks: 478 x 3 in px, MediaPipe's order; only x and y are used.
        width: Width of the picture in px.
        height: Height of the picture in px.
    """
    points = landmarks.take(_INDICES, axis=0)[:, :2].astype(np.float64)
    _, rotation, translation = cv2.solvePnP(
        _MODEL,
        points,
        _camera(width, height),
        None,
        *_first_guess(points, width, height),
        useExtrinsicGuess=True,
        flags=cv2.SOLVEPNP_ITERATIVE,
    )
    turned = np.asarray(cv2.Rodrigues(rotation)[0], np.float64) * _TURNED_TO_CAMERA
    x, y, z = translation.ravel().tolist()
    return _pose(_against_line_of_sight(x, -y, -z) @ turned)


def pose_from_matrix(matrix: npt.NDArray[np.floating]) -> HeadPose:
    """Return the pose in a facial transformation matrix.

    It is told against the camera's axis, not against the line of sight: MediaPipe's matrix already
    leans toward the latter for a face at the picture's edge.

    Args:
        matrix: 4 x 4 from the canonical face to the camera as MediaPipe's Face Landmarker gives it:
            x right, y up, z toward the viewer.
    """
    linear = np.asarray(matrix, np.float64)[:3, :3]
    # A uniform scale in the matrix does not belong to the rotation.
    return _pose(linear / np.cbrt(np.linalg.det(linear)))


def _pose(rotation: Matrix) -> HeadPose:
    """Angles of rotation = Ry(yaw) Rx(-pitch) Rz(-roll); its third column leaves the face."""
    # Python counts with single numbers several times as quick as NumPy does.
    (_, _, x), (across, down, y), (_, _, z) = rotation.tolist()
    pitch, yaw, roll = asin(min(max(y, -1.0), 1.0)), atan2(x, z), -atan2(across, down)
    return HeadPose(degrees(pitch), degrees(yaw), degrees(roll))


@lru_cache(maxsize=8)
def _camera(width: int, height: int) -> Matrix:
    focal = float(max(width, height))
    return np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])


def _first_guess(points: Matrix, width: int, height: int) -> tuple[Matrix, Matrix]:
    """A face that looks into the camera, turned in the picture as the eyes are.

    Starting from there keeps the fit from the mirrored solution behind the picture.

    Args:
        points: The model's points in px, N x 2.
        width: Width of the picture in px.
        height: Height of the picture in px.
    """
    (left_x, left_y), (right_x, right_y) = points[_EYES].tolist()
    across, down = right_x - left_x, right_y - left_y
    # The depth over the focal length.
    scale = _EYE_DISTANCE / max(hypot(across, down), 1e-3)
    x, y = points.mean(axis=0).tolist()
    place = ((x - width / 2) * scale, (y - height / 2) * scale, max(width, height) * scale)
    return np.array([0.0, 0.0, atan2(down, across)]), np.array(place)


def _against_line_of_sight(x: float, y: float, z: float) -> Matrix:
    """The smallest rotation that brings a face's place onto the camera's axis, (0, 0, -1)."""
    distance = hypot(x, y, z)
    if distance == 0:
        return np.eye(3)
    sine, cosine = hypot(x, y) / distance, -z / distance
    if sine < 1e-9:
        return np.eye(3)
    # Rodrigues' formula about the cross product of both, (-y, x, 0).
    u, v = -y / (sine * distance), x / (sine * distance)
    rest = 1 - cosine
    return np.array(
        [
            [cosine + rest * u * u, rest * u * v, sine * v],
            [rest * u * v, cosine + rest * v * v, -sine * u],
            [-sine * v, sine * u, cosine],
        ]
    )
