"""Two face meshes that share a frame's faces, against a lone one."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from ferqt.core.types import Image
from ferqt.faces.base import DetectorOptions
from ferqt.faces.face_mesh import FaceMesh, MeshReading, Region
from ferqt.faces.mesh_pair import FaceMeshPair
from ferqt.pipeline.batch import batch_options
from ferqt.sources.base import SourceKind
from tests.helpers.portraits import grace_hopper

REGIONS = [Region(263 + 4 * step, 234, 303 - 9 * step, step / 10) for step in range(5)]


@pytest.fixture
def pair() -> Iterator[FaceMeshPair]:
    pair = FaceMeshPair(threads=1)
    yield pair
    pair.close()
    pair.close()


def helpers() -> list[str]:
    names = (thread.name for thread in threading.enumerate())
    return [name for name in names if name.startswith("ferqt-mesh")]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_two_read_bit_by_bit_what_one_reads(pair: FaceMeshPair, count: int) -> None:
    portrait, regions = grace_hopper(), REGIONS[:count]
    with pytest.MonkeyPatch.context() as patch:
        helped = helper_comes_first(patch) if count > 1 else threading.Event()
        shared = pair.measure_all(portrait, regions)
    lone = FaceMesh(threads=1)
    for reading, expected in zip(shared, lone.measure_all(portrait, regions), strict=True):
        assert reading.presence == expected.presence
        np.testing.assert_array_equal(reading.landmarks, expected.landmarks)
    lone.close()
    assert helped.is_set() == (count > 1)
    assert bool(helpers()) == (count > 1)


def helper_comes_first(patch: pytest.MonkeyPatch) -> threading.Event:
    """Let this thread measure nothing until the helper does, however busy the cores are."""
    helped, measure = threading.Event(), FaceMesh.measure

    def measure_in_turn(mesh: FaceMesh, image: Image, region: Region) -> MeshReading:
        if threading.current_thread() is threading.main_thread():
            helped.wait(10.0)
        else:
            helped.set()
        return measure(mesh, image, region)

    patch.setattr(FaceMesh, "measure", measure_in_turn)
    return helped


def test_a_region_that_fails_fails_the_frame_and_the_next_one_is_read(pair: FaceMeshPair) -> None:
    portrait = grace_hopper()
    with pytest.raises(AttributeError):
        pair.measure_all(portrait, [REGIONS[0], None, REGIONS[1]])  # type: ignore[list-item]
    assert len(pair.measure_all(portrait, REGIONS)) == len(REGIONS)


def test_closing_ends_the_thread(pair: FaceMeshPair) -> None:
    with pytest.MonkeyPatch.context() as patch:
        helper_comes_first(patch)
        pair.measure_all(grace_hopper(), REGIONS)
    assert helpers()
    pair.close()
    assert not helpers()


def test_fewer_faces_than_are_enough_are_not_shared() -> None:
    pair = FaceMeshPair(threads=1, least=3)
    pair.measure_all(grace_hopper(), REGIONS[:2])
    assert not helpers()
    pair.measure_all(grace_hopper(), REGIONS[:3])
    assert helpers()
    pair.close()


@pytest.mark.parametrize(("cores", "least"), [(1, None), (2, 3), (4, 2)])
def test_live_faces_are_shared_where_cores_are_left(
    monkeypatch: pytest.MonkeyPatch, cores: int, least: int | None
) -> None:
    monkeypatch.setattr("ferqt.faces.base.usable_cores", lambda: cores)
    assert DetectorOptions().share_faces_from == least
    assert batch_options(DetectorOptions(), SourceKind.VIDEO).share_faces_from is None
