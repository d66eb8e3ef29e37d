from collections.abc import Callable

import cv2
import numpy as np
import pytest

from tests.helpers.portraits import eileen_collins, grace_hopper
from tests.helpers.sources import AS_GIVEN, pictures, source_of
from training.datasets.base import TEST, TRAIN, VALIDATION, Images
from training.datasets.duplicates import drop_near_duplicates, find_near_duplicates
from training.datasets.merge import MergeOptions, merge


def _face(shift: int = 0, enlarge: float = 1.0) -> Images:
    """Grace Hopper's face at 48 px; the frame is shifted by px of the result, or smaller."""
    half = round(105 / enlarge)
    x, y = 263 + round(shift * 210 / 48), 240 + round(shift * 210 / 48)
    crop = cv2.cvtColor(grace_hopper(), cv2.COLOR_RGB2GRAY)[
        y - half : y + half, x - half : x + half
    ]
    return np.asarray(cv2.resize(crop, (48, 48), interpolation=cv2.INTER_AREA), np.uint8)


def _other_face() -> Images:
    gray = cv2.cvtColor(eileen_collins(), cv2.COLOR_RGB2GRAY)[72:184, 169:281]
    return np.asarray(cv2.resize(gray, (48, 48), interpolation=cv2.INTER_AREA), np.uint8)


def _watermark(face: Images) -> Images:
    marked = face.copy()
    cv2.putText(marked, "photo stock", (2, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.25, 255, 1)
    return cv2.addWeighted(face, 0.6, marked, 0.4, 0)


def _pairs(train: Images, test: Images) -> list[tuple[str, int, str, int, bool]]:
    """What is found where each picture stands among ten others of its part."""
    images = [*pictures(10, 48), train, *pictures(10, 48, seed=1), test]
    parts = [TRAIN] * 11 + [TEST] * 11
    data = merge([source_of([0] * 22, images=images, parts=parts)], AS_GIVEN)
    found = find_near_duplicates(data)
    return [(one.part, one.row, one.other_part, one.other_row, one.mirrored) for one in found]


@pytest.mark.parametrize(
    "change",
    [
        lambda face: _face(shift=3),
        lambda face: _face(shift=-3),
        lambda face: _face(enlarge=1.15),
        lambda face: np.clip(face * 0.6 + 60, 0, 255).astype(np.uint8),
        cv2.equalizeHist,
        _watermark,
        lambda face: cv2.GaussianBlur(face, (0, 0), 1.0),
    ],
    ids=["shifted", "shifted back", "cut closer", "lit", "equalized", "watermarked", "blurred"],
)
@pytest.mark.parametrize("mirrored", [False, True], ids=["", "mirrored"])
def test_the_same_photograph_is_found(change: Callable[[Images], Images], mirrored: bool):
    changed = np.asarray(change(_face()), np.uint8)

    pairs = _pairs(_face(), np.ascontiguousarray(changed[:, ::-1]) if mirrored else changed)

    assert pairs == [(TRAIN, 10, TEST, 10, mirrored)]


@pytest.mark.parametrize(
    "other",
    [_other_face(), np.full((48, 48), 128, np.uint8), _face()[::-1], 255 - _face()],
    ids=["another person", "one color", "upside down", "negative"],
)
def test_another_picture_is_not_taken_for_it(other: Images):
    assert _pairs(_face(), np.ascontiguousarray(other)) == []


def test_a_repetition_within_a_part_is_no_leak():
    images = [_face(), _face(shift=2), *pictures(2, 48)]
    source = source_of([0] * 4, images=images, parts=[TRAIN, TRAIN, VALIDATION, TEST])

    assert find_near_duplicates(merge([source])) == []


def test_pairs_of_the_parts_that_are_measured_are_found_and_stay():
    images = [*pictures(2, 48), _face(), _face(shift=2), _face(shift=-2)]
    source = source_of([0] * 5, images=images, parts=[TRAIN, TRAIN, TRAIN, VALIDATION, TEST])
    data = merge([source])

    pairs = find_near_duplicates(data)
    fewer = drop_near_duplicates(data, pairs)

    assert [(one.part, one.other_part) for one in pairs] == [
        (TRAIN, VALIDATION),
        (TRAIN, TEST),
        (VALIDATION, TEST),
    ]
    assert fewer.splits[TRAIN].names.tolist() == ["row 0", "row 1"]
    assert len(fewer.splits[VALIDATION]) == len(fewer.splits[TEST]) == 1
    assert fewer.dropped["nearly the same picture in another part"] == 1


def test_color_and_size_do_not_matter_and_progress_reaches_its_end():
    rgb = cv2.cvtColor(grace_hopper()[135:345, 158:368], cv2.COLOR_RGB2BGR)[..., ::-1]
    source = source_of([0, 0], images=[np.ascontiguousarray(rgb), _face(2)], parts=[TRAIN, TEST])
    told: list[tuple[int, int]] = []

    data = merge([source], MergeOptions(112, "rgb", validation=0.0))
    pairs = find_near_duplicates(data, lambda done, total: told.append((done, total)))

    assert len(pairs) == 1
    assert told
    assert told[-1][0] == told[-1][1]
