"""The landmark network on regions of a real face."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from ferqt.core.types import FaceBox
from ferqt.faces.face_mesh import FaceMesh, Region
from tests.helpers.portraits import grace_hopper

# A square around the face of the portrait, half as wide again as the face is tall.
AROUND = Region(263, 234, 303)


@pytest.fixture(scope="module")
def mesh() -> Iterator[FaceMesh]:
    mesh = FaceMesh(threads=1)
    yield mesh
    mesh.close()
    mesh.close()


def test_presence_tells_a_face_from_none(mesh: FaceMesh) -> None:
    portrait = grace_hopper()
    assert mesh.measure(portrait, AROUND).presence > 0.99
    assert mesh.measure(portrait, Region(60, 500, 100)).presence < 0.1
    assert mesh.measure(np.full_like(portrait, 128), AROUND).presence < 0.1


def test_landmarks_hardly_depend_on_how_the_region_sits(mesh: FaceMesh) -> None:
    portrait = grace_hopper()
    reference = mesh.measure(portrait, AROUND).landmarks
    for region in (Region(253, 240, 303), Region(263, 234, 340), Region(268, 229, 303, 0.3)):
        moved = mesh.measure(portrait, region).landmarks
        assert np.hypot(*(moved - reference)[:, :2].T).mean() < 4


@pytest.mark.parametrize("degrees", [-60, -30, 30, 60, 120, 180])
def test_a_turned_region_reads_a_turned_face(mesh: FaceMesh, degrees: float) -> None:
    upright = mesh.measure(grace_hopper(), AROUND).landmarks
    matrix = cv2.getRotationMatrix2D((263, 234), -degrees, 1)
    turned = np.asarray(cv2.warpAffine(grace_hopper(), matrix, (512, 600)), np.uint8)
    reading = mesh.measure(turned, Region(263, 234, 303, float(np.radians(degrees))))
    expected = upright[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    assert reading.presence > 0.9
    assert np.hypot(*(reading.landmarks[:, :2] - expected).T).mean() < 4
    assert (
        Region.around_landmarks(reading.landmarks).angle
        == pytest.approx(Region.around_landmarks(upright).angle + np.radians(degrees), abs=0.06)
        or abs(degrees) == 180
    )


def test_following_its_own_landmarks_a_region_comes_to_rest_on_the_face(mesh: FaceMesh) -> None:
    region = Region(285, 255, 380)
    for _ in range(4):
        region = Region.around_landmarks(mesh.measure(grace_hopper(), region).landmarks)
    again = Region.around_landmarks(mesh.measure(grace_hopper(), region).landmarks)
    assert (again.center_x, again.center_y) == pytest.approx(
        (region.center_x, region.center_y), abs=2
    )
    assert again.side == pytest.approx(region.side, rel=0.02)
    assert again.side == pytest.approx(303, rel=0.05)


def test_a_box_gives_an_upright_region_half_as_wide_again() -> None:
    region = Region.around_box(FaceBox(100, 200, 80, 100))
    assert region == Region(140, 250, 150, 0.0)


def test_a_region_beyond_the_picture_is_read_without_harm(mesh: FaceMesh) -> None:
    for region in (Region(-500, -500, 200), Region(10, 10, 5000), Region(256, 300, 0.5)):
        reading = mesh.measure(grace_hopper(), region)
        assert 0.0 <= reading.presence <= 1.0
        assert np.isfinite(reading.landmarks).all()


def test_one_thread_and_two_read_the_same(mesh: FaceMesh) -> None:
    two = FaceMesh(threads=2)
    one = mesh.measure(grace_hopper(), AROUND).landmarks
    assert two.measure(grace_hopper(), AROUND).landmarks == pytest.approx(one, abs=0.05)
    two.close()


def test_a_closed_mesh_refuses_to_measure() -> None:
    mesh = FaceMesh(threads=1)
    mesh.close()
    with pytest.raises(RuntimeError, match="closed"):
        mesh.measure(grace_hopper(), AROUND)
