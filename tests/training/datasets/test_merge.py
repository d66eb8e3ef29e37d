import cv2
import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP, AlignedCrop, BoxCrop
from ferqt.errors import FerqtError
from tests.helpers.sources import pictures, source_of
from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION
from training.datasets.merge import MergeOptions, leave_out, merge

EACH_PART = [TRAIN, TRAIN, VALIDATION, TEST]
WIDE = AlignedCrop(eyes=((0.40, 0.45), (0.60, 0.45)), mouth=(0.50, 0.66), margin=0.0)


def test_sources_keep_their_order_rows_labels_and_names():
    first = source_of([0, 1, 2, 3], parts=EACH_PART)
    second = source_of([4, 5, 6, 7], name="two", images=pictures(4, seed=9), parts=EACH_PART)

    data = merge([first, second], MergeOptions(side=16))

    train = data.splits[TRAIN]
    assert data.id == "one+two"
    assert train.name == "one+two/train"
    assert train.labels.tolist() == [0, 1, 4, 5]
    assert train.sources.tolist() == [0, 0, 1, 1]
    assert train.names.tolist() == ["row 0", "row 1"] * 2
    np.testing.assert_array_equal(train.images[3], second.images[1])
    assert data.split_named("two/private").labels.tolist() == [7]


def test_a_lone_source_keeps_its_own_names_for_parts():
    data = merge([source_of([0, 1, 2, 3], parts=EACH_PART)])

    assert data.splits[TEST].name == "one/private"
    assert data.splits[TRAIN].name == "one/train"


def test_a_training_picture_that_stands_in_another_part_is_left_out_across_sources():
    shown = pictures(6)
    first = source_of([0, 1], images=shown[:2], parts=TRAIN)
    second = source_of([2, 3], name="two", images=[shown[1], shown[2]], parts=[TEST, VALIDATION])

    data = merge([first, second])

    assert data.splits[TRAIN].labels.tolist() == [0]
    assert len(data.splits[TEST]) == len(data.splits[VALIDATION]) == 1
    assert data.dropped["same picture in another part"] == 1


def test_people_of_different_sources_never_count_as_one():
    one = source_of([0, 0], subjects="S1", parts=TRAIN)
    two = source_of([0, 0], name="two", images=pictures(2, seed=5), subjects="S1", parts=TRAIN)

    assert set(merge([one, two]).splits[TRAIN].subjects) == {"one/S1", "two/S1"}


def _dots(crop: AlignedCrop, height: int, width: int) -> np.ndarray:
    """A picture with a soft dot where the crop says that eyes and mouth lie."""
    picture = np.zeros((height, width), np.uint8)
    for x, y in (*crop.eyes, crop.mouth):
        cv2.circle(picture, (round(x * width), round(y * height)), width // 20, 255, cv2.FILLED)
    return picture


def _centers(picture: np.ndarray) -> np.ndarray:
    """The dots' centers as shares of the side, from the top, then from the left."""
    _, _, stats, centers = cv2.connectedComponentsWithStats((picture > 127).astype(np.uint8))
    assert len(stats) == 4
    places = (centers[1:] + 0.5) / picture.shape[0]
    return places[np.lexsort((places[:, 0], places[:, 1].round(1)))]


@pytest.mark.parametrize(("height", "width"), [(200, 200), (240, 180), (180, 240)])
def test_eyes_and_mouth_come_to_where_the_first_source_has_them(height: int, width: int):
    first = source_of([0], images=[_dots(FER_CROP, 96, 96)], parts=TRAIN)
    # Places are shares of the width and of the height; the face itself is not stretched.
    tall = AlignedCrop(
        eyes=((0.5 - 20 / width, 0.5), (0.5 + 20 / width, 0.5)),
        mouth=(0.5, 0.5 + 43 / height),
        margin=0.0,
    )
    other = source_of([1], name="two", images=[_dots(tall, height, width)], crop=tall, parts=TRAIN)

    data = merge([first, other], MergeOptions(side=96))

    found = _centers(data.splits[TRAIN].images[1])
    np.testing.assert_allclose(found, [*FER_CROP.eyes, FER_CROP.mouth], atol=0.015)
    assert data.crop == FER_CROP


def test_a_crop_that_differs_by_less_than_a_pixel_is_not_drawn_anew():
    near = AlignedCrop(eyes=((0.32, 0.41), (0.68, 0.41)), mouth=(0.50, 0.79), margin=0.0)
    other = source_of([1], name="two", images=pictures(1, 48, seed=4), crop=near, parts=TRAIN)

    data = merge([source_of([0], images=pictures(1, 48), parts=TRAIN), other])

    np.testing.assert_array_equal(data.splits[TRAIN].images[1], other.images[0])


def test_a_picture_that_is_not_square_is_continued_by_its_edges():
    tall = np.full((40, 20), 200, np.uint8)
    tall[:, 0] = 10

    data = merge([source_of([0], images=[tall], parts=TRAIN, crop=BoxCrop(0.0))], MergeOptions(40))

    picture = data.splits[TRAIN].images[0]
    assert (picture[:, :11] == 10).all()
    assert (picture[:, 11:] == 200).all()


def test_color_becomes_luma_and_gray_becomes_rgb():
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 200
    source = source_of([0, 1], images=[red, np.full((16, 16), 90, np.uint8)], parts=TRAIN)

    gray = merge([source], MergeOptions(16)).splits[TRAIN].images
    rgb = merge([source], MergeOptions(16, color="rgb")).splits[TRAIN].images

    assert gray[0, 0, 0] == round(0.299 * 200)
    assert rgb[0, 0, 0].tolist() == [200, 0, 0]
    assert rgb[1, 0, 0].tolist() == [90, 90, 90]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "no data set"),
        ([source_of([0]), source_of([1])], "given twice"),
        ([source_of([0]), source_of([1], name="two", crop=BoxCrop(0.1))], "two cannot be merged"),
        ([source_of([0], parts=TEST)], "no picture to train on"),
    ],
)
def test_what_cannot_be_merged_is_told(sources, said: str):
    with pytest.raises(FerqtError, match=said):
        merge(sources)


@pytest.mark.parametrize(
    "options",
    [
        {"side": 0},
        {"side": 5000},
        {"seed": -1},
        {"validation": -0.1},
        {"validation": 0.6, "test": 0.4},
        {"test": float("nan")},
    ],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(FerqtError, match="Choose"):
        MergeOptions(**options)


def test_only_training_pictures_are_left_out_and_counted_by_reason():
    data = merge([source_of([0, 1, 2, 3], parts=EACH_PART)])

    fewer = leave_out(data, np.array([True, False]), "blurred")

    assert fewer.splits[TRAIN].labels.tolist() == [1]
    assert [len(fewer.splits[part]) for part in PARTS] == [1, 1, 1]
    assert fewer.dropped["blurred"] == 1
    assert fewer.sha256() != data.sha256()
    with pytest.raises(FerqtError, match="no picture to train on"):
        leave_out(fewer, np.array([True]), "blurred")
