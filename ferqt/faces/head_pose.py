"""Head pose in degrees, from landmarks or from a facial transformation matrix."""

from math import asin, atan2, degrees
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

_TO_CAMERA: Final = np.diag([1.0, -1.0, -1.0])
"""Between y up, z toward the viewer and OpenCV's y down, z away from the viewer."""


def _canonical_model() -> tuple[npt.NDArray[np.intp], Matrix]:
    indices = list(_MIDLINE)
    points = [(0.0, y, z) for y, z in _MIDLINE.values()]
    for pair, (x, y, z) in _PAIRS.items():
        indices += pair
        points += [(-x, y, z), (x, y, z)]
    return np.array(indices, np.intp), np.array(points) @ _TO_CAMERA


_INDICES, _MODEL = _canonical_model()
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
    points = landmarks[_INDICES, :2].astype(np.float64)
    focal = float(max(width, height))
    center = np.array([width / 2, height / 2])
    camera = np.array([[focal, 0, center[0]], [0, focal, center[1]], [0, 0, 1]])
    guess = _first_guess(landmarks, center, focal)
    _, rotation, translation = cv2.solvePnP(
        _MODEL,
        points,
        camera,
        None,
        *guess,
        useExtrinsicGuess=True,
        flags=cv2.SOLVEPNP_ITERATIVE,
    )
    turned = _TO_CAMERA @ np.asarray(cv2.Rodrigues(rotation)[0], np.float64) @ _TO_CAMERA
    place = _TO_CAMERA @ np.asarray(translation, np.float64).ravel()
    return _pose(_against_line_of_sight(place) @ turned)


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
    pitch = asin(float(np.clip(rotation[1, 2], -1.0, 1.0)))
    yaw = atan2(rotation[0, 2], rotation[2, 2])
    roll = -atan2(rotation[1, 0], rotation[1, 1])
    return HeadPose(degrees(pitch), degrees(yaw), degrees(roll))


def _first_guess(landmarks: FloatArray, center: Matrix, focal: float) -> tuple[Matrix, Matrix]:
    """A face that looks into the camera, turned in the picture as the eyes are.

    Starting from there keeps the fit from the mirrored solution behind the picture.
    """
    left, right = landmarks[RIGHT_EYE_OUTER, :2], landmarks[LEFT_EYE_OUTER, :2]
    across = (right - left).astype(np.float64)
    depth = focal * _EYE_DISTANCE / max(float(np.hypot(*across)), 1e-3)
    middle = (landmarks[_INDICES, :2].mean(axis=0) - center) * (depth / focal)
    rotation = np.array([0.0, 0.0, atan2(across[1], across[0])])
    return rotation, np.array([middle[0], middle[1], depth])


def _against_line_of_sight(translation: Matrix) -> Matrix:
    """The smallest rotation that brings a face's place onto the camera's axis."""
    distance = float(np.linalg.norm(translation))
    if distance == 0:
        return np.eye(3)
    direction = translation / distance
    # The cross product with the axis, which is (0, 0, -1).
    turn = np.array([-direction[1], direction[0], 0.0])
    sine, cosine = float(np.linalg.norm(turn)), -float(direction[2])
    if sine < 1e-9:
        return np.eye(3)
    return np.asarray(cv2.Rodrigues(turn / sine * atan2(sine, cosine))[0], np.float64)
