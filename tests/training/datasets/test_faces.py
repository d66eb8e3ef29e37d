import numpy as np
import pytest

from tests.helpers.face_crops import face_crops
from tests.helpers.sources import source_of
from training.datasets.base import TEST, TRAIN
from training.datasets.faces import drop_faceless, find_faces
from training.datasets.merge import MergeOptions, merge


@pytest.fixture(scope="module")
def mixed() -> np.ndarray:
    """Two faces, then a wall and a window."""
    window = np.full((48, 48), 40, np.uint8)
    window[6:42, 6:22] = window[6:42, 26:42] = 220
    return np.stack([*face_crops(2), np.full((48, 48), 128, np.uint8), window])


def test_faces_are_found_in_crops_of_a_data_set_and_nowhere_else(mixed: np.ndarray):
    told: list[tuple[int, int]] = []

    found = find_faces(mixed, lambda done, total: told.append((done, total)))

    assert found.tolist() == [True, True, False, False]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_color_pictures_of_another_size_are_searched_too():
    large = np.repeat(face_crops(1, side=300)[..., None], 3, axis=3)

    assert find_faces(large).tolist() == [True]


def test_only_training_pictures_without_a_face_are_left_out(mixed: np.ndarray):
    images = [*mixed, mixed[2]]
    source = source_of([0, 1, 2, 3, 4], images=images, parts=[TRAIN] * 4 + [TEST])
    data = merge([source], MergeOptions(48))
    # Row 2 left already: the same wall is in the test part.
    assert data.splits[TRAIN].labels.tolist() == [0, 1, 3]

    fewer = drop_faceless(data, np.array([True, True, False]))

    assert fewer.splits[TRAIN].labels.tolist() == [0, 1]
    assert len(fewer.splits[TEST]) == 1
    assert fewer.dropped["no face found by the detector"] == 1
    with pytest.raises(ValueError, match="2 answers for 3 pictures"):
        drop_faceless(data, np.array([True, True]))
