"""The crop at run time is the crop in training: held on real faces, in pictures and data."""

import csv
import json
import lzma
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP, BoxCrop
from ferqt.classifiers.preprocess import face_points
from ferqt.core.types import Image
from ferqt.errors import FerqtError
from ferqt.faces.registry import build_detector
from tests.helpers.face_crops import face_crops
from tests.helpers.fer2013 import published_file, write_fer2013
from tests.helpers.portraits import eileen_collins, grace_hopper
from training.__main__ import main
from training.crop_report import CropReport, report_crop, write_places
from training.crops import (
    DATA_SET,
    DEFAULT_DETECTOR,
    TOLERANCE,
    WHOLE_PICTURE,
    FacePlaces,
    compare_crops,
    detect_in_scene,
    find_places,
    sample,
)
from training.datasets.base import TEST, TRAIN, Source
from training.scenes import SceneOptions

LIVE = "live"
CROPS = {LIVE: FER_CROP, "box": BoxCrop(0.0), "wide box": BoxCrop(0.25)}
SCENES = SceneOptions(width=640, height=480, faces=1)


def source_of(images: list[Image], parts: list[str]) -> Source:
    count = len(images)
    return Source(
        id="faces",
        images=images,
        labels=np.zeros(count, np.int64),
        votes=None,
        parts=np.array(parts),
        subjects=np.full(count, ""),
        names=np.full(count, "x"),
        split_names={},
        crop=FER_CROP,
        licence="none",
        dropped={},
    )


def some_places(places: np.ndarray) -> FacePlaces:
    count = len(places)
    return FacePlaces(count, np.arange(count), places, np.zeros((count, 4)))


def whole_face(picture: Image) -> np.ndarray:
    """Eyes and mouth in px of a whole picture."""
    with closing(build_detector(DEFAULT_DETECTOR, WHOLE_PICTURE)) as detector:
        (box,) = detect_in_scene(picture, detector)
    return face_points(box)


@pytest.mark.parametrize(
    ("picture", "left", "top", "side"),
    [(grace_hopper(), 150, 110, 230), (eileen_collins(), 165, 60, 120)],
)
def test_places_found_in_a_small_crop_are_those_of_the_whole_picture(
    picture: Image, left: int, top: int, side: int
):
    expected = (whole_face(picture) - (left, top)) / side
    cut = picture[top : top + side, left : left + side]
    gray = cut.mean(axis=2).astype(np.uint8)
    for crop in (cut, gray):
        assert np.abs(find_places([crop]).points[0] - expected).max() < TOLERANCE


def test_a_picture_without_a_face_is_counted_and_left_out():
    places = find_places([np.full((48, 48), 90, np.uint8), *face_crops(2)])
    assert places.tried == 3
    np.testing.assert_array_equal(places.rows, [1, 2])


def test_no_face_at_all_is_one_clear_error():
    with pytest.raises(FerqtError, match="no face was found in 2 pictures"):
        find_places([np.full((48, 48), 90, np.uint8)] * 2)


def test_live_crops_of_real_faces_have_eyes_and_mouth_where_the_training_pictures_have_them():
    faces = compare_crops(list(face_crops(8, side=96)), CROPS, SCENES)
    assert len(faces[LIVE]) >= 6
    assert faces[LIVE].distance(FER_CROP) < TOLERANCE
    # The measure tells crops apart: a box that is cut out as it is puts them elsewhere.
    assert faces["box"].distance(FER_CROP) > 2 * TOLERANCE
    assert faces["wide box"].distance(FER_CROP) > 2 * TOLERANCE


def first_of_fer2013(count: int) -> list[Image]:
    """The first training pictures in published order, which is random; all take long to read."""
    with lzma.open(published_file(), "rt", encoding="ascii", newline="") as text:
        rows = list(islice(csv.DictReader(text), count))
    assert {row["Usage"] for row in rows} == {"Training"}
    return [np.array(row["pixels"].split(), np.uint8).reshape(48, 48) for row in rows]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_live_crops_and_fer2013s_crops_show_faces_in_the_same_place():
    faces = compare_crops(first_of_fer2013(60), {LIVE: FER_CROP}, SCENES)
    assert len(faces[LIVE]) == len(faces[DATA_SET]) >= 36
    assert faces[LIVE].distance(FER_CROP) < TOLERANCE
    # FER2013's own crops are rough: a median of so few is good for two hundredths.
    assert np.abs(faces[LIVE].median() - faces[DATA_SET].median()).max() < 1.5 * TOLERANCE


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_crop_measured_on_fer2013_is_the_one_that_cards_carry():
    places = find_places(first_of_fer2013(300))
    assert len(places) >= 260
    assert places.distance(FER_CROP) < TOLERANCE


def test_only_training_pictures_are_drawn_where_a_data_set_has_parts():
    pictures = [np.full((48, 48), row, np.uint8) for row in range(20)]
    parted = source_of(pictures, [TRAIN, TEST] * 10)
    assert {int(one[0, 0]) % 2 for one in sample(parted, 100)} == {0}
    assert len(sample(parted, 4)) == 4
    assert len(sample(source_of(pictures, [TEST] * 20), 100)) == 20


def test_medians_quartiles_and_the_crop_to_declare_follow_from_the_places():
    face = np.array([[0.3, 0.41], [0.66, 0.39], [0.49, 0.8]])
    places = some_places(np.stack([face + shift for shift in (-0.04, -0.02, 0.0, 0.02, 0.04)]))
    np.testing.assert_allclose(places.median(), face)
    np.testing.assert_allclose(places.quartiles(), [face - 0.02, face + 0.02])
    crop = places.crop()
    assert crop.eyes == ((0.32, 0.4), (0.68, 0.4))
    assert (crop.mouth, crop.margin) == ((0.5, 0.8), 0.0)
    assert places.distance(crop) == pytest.approx(0.02)


def test_a_report_names_figures_and_the_crop_to_declare(tmp_path: Path):
    source = source_of(list(face_crops(3)), [TRAIN] * 3)
    report = report_crop(source)
    written = json.loads(json.dumps(report.as_json()))
    assert (written["measured"]["tried"], written["measured"]["found"]) == (3, 3)
    assert written["declared"]["eyes"] == [[0.32, 0.4], [0.68, 0.4]]
    assert written["suggested"]["kind"] == "aligned"
    assert written["live"] == {}
    text = "\n".join(report.lines())
    assert "3 faces of 3 pictures" in text
    assert "suggested crop" in text

    both = {DATA_SET: report.measured, LIVE: report.measured}
    drawing = tmp_path / "crop.png"
    write_places(CropReport(source.id, source.crop, report.measured, both), drawing)
    assert drawing.read_bytes().startswith(b"\x89PNG")


def test_the_command_measures_a_published_data_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    usages = ("Training", "Training", "PublicTest", "PrivateTest")
    rows = [(3, face, usage) for face, usage in zip(face_crops(4), usages, strict=True)]
    data, drawing = write_fer2013(tmp_path / "fer2013.csv", rows), tmp_path / "crop.png"
    assert main(["crop", f"fer2013={data}", "--json", "--picture", str(drawing)]) == 0
    written = json.loads(capsys.readouterr().out)
    assert (written["source"], written["measured"]["tried"]) == ("fer2013", 2)
    assert drawing.is_file()
