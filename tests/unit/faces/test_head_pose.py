"""Signs and sizes of head pose, on a real face's landmarks turned by known angles."""

import math

import cv2
import numpy as np
import pytest

from ferqt.core.types import FloatArray
from ferqt.faces.face_mesh import FaceMesh, Region
from ferqt.faces.head_pose import _INDICES, _MODEL, pose_from_landmarks, pose_from_matrix
from tests.helpers.portraits import grace_hopper

WIDTH, HEIGHT = 1280, 720


@pytest.fixture(scope="module")
def frontal() -> FloatArray:
    """Landmarks of a face that looks into the camera, around the origin, as wide as 185 px."""
    mesh = FaceMesh(threads=1)
    landmarks = mesh.measure(grace_hopper(), Region(263, 234, 300)).landmarks.copy()
    mesh.close()
    return landmarks - landmarks.mean(axis=0)


def rotation(pitch: float, yaw: float, roll: float) -> np.ndarray:
    """Turns points with x right, y down, z away from the camera, by degrees as `HeadPose` says."""
    p, y, r = (math.radians(angle) for angle in (pitch, yaw, roll))
    # A face looks along -z. Up is -y, to the right of the picture is +x, clockwise is x toward y.
    about_x = [[1, 0, 0], [0, math.cos(p), math.sin(p)], [0, -math.sin(p), math.cos(p)]]
    about_y = [[math.cos(y), 0, -math.sin(y)], [0, 1, 0], [math.sin(y), 0, math.cos(y)]]
    about_z = [[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]]
    return np.array(about_y) @ np.array(about_x) @ np.array(about_z)


def turned(landmarks: FloatArray, pitch: float, yaw: float, roll: float) -> FloatArray:
    points = landmarks @ rotation(pitch, yaw, roll).T + np.array([WIDTH / 2, HEIGHT / 2, 0])
    return points.astype(np.float32)


@pytest.mark.parametrize(
    ("pitch", "yaw", "roll"),
    [
        (0, 0, 0),
        (0, 15, 0),
        (0, -15, 0),
        (0, 35, 0),
        (0, -35, 0),
        (15, 0, 0),
        (-15, 0, 0),
        (25, 0, 0),
        (-25, 0, 0),
        (0, 0, 20),
        (0, 0, -20),
        (0, 0, 60),
        (0, 0, -60),
        (15, 25, 10),
        (-15, -25, -10),
    ],
)
def test_a_turn_by_known_angles_is_measured_with_sign_and_size(
    frontal: FloatArray, pitch: float, yaw: float, roll: float
) -> None:
    straight = pose_from_landmarks(turned(frontal, 0, 0, 0), WIDTH, HEIGHT)
    pose = pose_from_landmarks(turned(frontal, pitch, yaw, roll), WIDTH, HEIGHT)
    # No face is as deep as the canonical one, so the error grows with the angle.
    allowed = 4 + 0.15 * max(abs(pitch), abs(yaw))
    assert pose.pitch - straight.pitch == pytest.approx(pitch, abs=allowed)
    assert pose.yaw - straight.yaw == pytest.approx(yaw, abs=allowed)
    assert pose.roll - straight.roll == pytest.approx(roll, abs=allowed)


def test_mirroring_turns_the_signs_of_yaw_and_roll(frontal: FloatArray) -> None:
    left, right = turned(frontal, 5, 20, 10), turned(frontal, 5, -20, -10)
    one = pose_from_landmarks(left, WIDTH, HEIGHT)
    other = pose_from_landmarks(right, WIDTH, HEIGHT)
    assert one.yaw == pytest.approx(-other.yaw, abs=5)
    assert one.roll == pytest.approx(-other.roll, abs=6)
    assert one.pitch == pytest.approx(other.pitch, abs=3)


def test_a_face_at_the_edge_that_looks_into_the_camera_has_no_yaw(frontal: FloatArray) -> None:
    center = pose_from_landmarks(turned(frontal, 0, 0, 0), WIDTH, HEIGHT)
    for shift in (-500, -250, 250, 500):
        moved = turned(frontal, 0, 0, 0) + np.array([shift, 0, 0], np.float32)
        pose = pose_from_landmarks(moved, WIDTH, HEIGHT)
        assert pose.yaw == pytest.approx(center.yaw, abs=4)


def test_pose_does_not_jump_while_a_head_turns_through_all_angles(frontal: FloatArray) -> None:
    poses = [
        pose_from_landmarks(turned(frontal, 0, yaw, 0), WIDTH, HEIGHT) for yaw in range(-60, 61, 3)
    ]
    yaws = np.array([pose.yaw for pose in poses])
    assert np.all(np.diff(yaws) > 0)
    assert np.abs(np.diff([pose.roll for pose in poses])).max() < 3
    assert np.abs(np.diff([pose.pitch for pose in poses])).max() < 3


def test_size_in_the_picture_does_not_change_the_pose(frontal: FloatArray) -> None:
    reference = pose_from_landmarks(turned(frontal, 10, 20, 5), WIDTH, HEIGHT)
    for scale in (0.2, 0.5, 2.0):
        pose = pose_from_landmarks(turned(frontal * np.float32(scale), 10, 20, 5), WIDTH, HEIGHT)
        for name in ("pitch", "yaw", "roll"):
            assert getattr(pose, name) == pytest.approx(getattr(reference, name), abs=6)


@pytest.mark.parametrize(
    ("pitch", "yaw", "roll", "shift"),
    [(0, 0, 0, (0, 0)), (10, 40, -30, (400, -200)), (-20, -25, 50, (-500, 250))],
)
def test_the_pose_is_that_of_opencvs_own_fit_turned_from_the_line_of_sight(
    frontal: FloatArray, pitch: float, yaw: float, roll: float, shift: tuple[int, int]
) -> None:
    landmarks = turned(frontal, pitch, yaw, roll) + np.array([*shift, 0], np.float32)
    camera = np.array([[WIDTH, 0, WIDTH / 2], [0, WIDTH, HEIGHT / 2], [0, 0, 1.0]])
    start = cv2.Rodrigues(rotation(pitch, yaw, roll))[0], np.array([0.0, 0.0, 60.0])
    points = landmarks[_INDICES, :2].astype(np.float64)
    _, turn, place = cv2.solvePnP(_MODEL, points, camera, None, *start, useExtrinsicGuess=True)
    direction = place.ravel() / np.linalg.norm(place)
    axis = np.cross(direction, [0, 0, 1])
    sine = np.linalg.norm(axis)
    back = cv2.Rodrigues(axis / sine * math.atan2(sine, direction[2]))[0]
    to_viewer = np.eye(4)
    to_viewer[1, 1] = to_viewer[2, 2] = -1
    fitted = np.eye(4)
    fitted[:3, :3] = back @ cv2.Rodrigues(turn)[0]
    expected = pose_from_matrix(to_viewer @ fitted @ to_viewer)
    pose = pose_from_landmarks(landmarks, WIDTH, HEIGHT)
    for name in ("pitch", "yaw", "roll"):
        assert getattr(pose, name) == pytest.approx(getattr(expected, name), abs=1e-3)


@pytest.mark.parametrize(("pitch", "yaw", "roll"), [(0, 0, 0), (20, -30, 40), (-50, 60, -170)])
@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_a_matrix_gives_back_the_angles_it_was_made_of(
    pitch: float, yaw: float, roll: float, scale: float
) -> None:
    to_viewer = np.diag([1.0, -1.0, -1.0])
    matrix = np.eye(4)
    matrix[:3, :3] = scale * to_viewer @ rotation(pitch, yaw, roll) @ to_viewer
    matrix[:3, 3] = (3, -2, -40)
    pose = pose_from_matrix(matrix)
    assert (pose.pitch, pose.yaw, pose.roll) == pytest.approx((pitch, yaw, roll), abs=1e-6)


def test_landmarks_that_fall_together_do_no_harm() -> None:
    pose = pose_from_landmarks(np.full((478, 3), 100, np.float32), WIDTH, HEIGHT)
    assert all(math.isfinite(angle) for angle in (pose.pitch, pose.yaw, pose.roll))
