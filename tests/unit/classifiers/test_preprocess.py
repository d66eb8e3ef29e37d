"""What a network is shown: the golden numbers, and why they are right."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from ferqt.classifiers.card import FER_CROP, BoxCrop, InputSpec
from ferqt.classifiers.preprocess import face_batch, face_crop, face_points, picture_to_tensor
from ferqt.core.types import FaceBox, Image
from tests.helpers.models import TINY_INPUT
from tests.helpers.portraits import grace_hopper

FROM = Path(__file__).parents[2] / "data"
GOLDEN = FROM / "preprocess" / "hopper.npz"
BOXED = replace(TINY_INPUT, crop=BoxCrop(margin=0.0))
COLORED = replace(TINY_INPUT, height=32, width=32, channels=3, color="rgb")
GOLDEN_SPECS = {
    "aligned": TINY_INPUT,
    "boxed": BOXED,
    "colored_wide": replace(COLORED, crop=replace(FER_CROP, margin=0.1)),
}


def hopper_box(scale: float = 1.0) -> FaceBox:
    points = np.load(GOLDEN)["landmarks"] * scale
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[:, :2] = points
    left, top = map(float, points.min(axis=0))
    right, bottom = map(float, points.max(axis=0))
    return FaceBox(left, top, right - left, bottom - top, landmarks=landmarks)


def gray_spec(side: int, crop: BoxCrop | None = None) -> InputSpec:
    return replace(TINY_INPUT, height=side, width=side, crop=crop or BoxCrop(margin=0.0))


@pytest.mark.parametrize("name", GOLDEN_SPECS)
def test_a_portrait_gives_the_frozen_numbers(name: str) -> None:
    tensor = face_crop(grace_hopper(), hopper_box(), GOLDEN_SPECS[name])
    # JPEG decoders and OpenCV's vector code may round a pixel either way.
    difference = np.abs(tensor - np.load(GOLDEN)[name])
    assert difference.max() <= 2
    assert difference.mean() < 0.1


def marked_eyes_and_mouth(roll: float) -> tuple[Image, FaceBox]:
    """A dark picture with a white dot on each landmark center, turned by `roll` degrees."""
    picture = np.zeros((600, 600, 3), np.uint8)
    turn = cv2.getRotationMatrix2D((300.0, 300.0), -roll, 1.0)
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[:, :2] = 300.0
    for points, center in {
        (33, 133): (250.0, 260.0),
        (263, 362): (350.0, 260.0),
        (61, 291, 0, 17): (300.0, 260.0 + 100 * 0.39 / 0.36),
    }.items():
        x, y = turn @ (*center, 1.0)
        landmarks[list(points), :2] = x, y
        cv2.circle(picture, (round(x * 16 - 8), round(y * 16 - 8)), 6 * 16, (255,) * 3, -1, 16, 4)
    return picture, FaceBox(200, 200, 200, 200, landmarks=landmarks)


@pytest.mark.parametrize("roll", [0.0, 20.0, -75.0, 180.0])
@pytest.mark.parametrize(("side", "margin"), [(48, 0.0), (96, 0.0), (48, 0.1)])
def test_eyes_and_mouth_lie_where_the_card_says(side: int, margin: float, roll: float) -> None:
    picture, box = marked_eyes_and_mouth(roll)
    spec = replace(gray_spec(side), crop=replace(FER_CROP, margin=margin))
    crop = face_crop(picture, box, spec)[..., 0]
    down, right = np.mgrid[0:side, 0:side] + 0.5
    for place in (*FER_CROP.eyes, FER_CROP.mouth):
        x, y = (np.array(place) + margin) / (1 + 2 * margin) * side
        near = np.where(np.hypot(right - x, down - y) < side / 8, crop, 0)
        found = np.array([(right * near).sum(), (down * near).sum()]) / near.sum()
        assert found == pytest.approx([x, y], abs=0.15)


def test_a_real_portrait_has_eyes_and_mouth_at_the_places_of_the_training_pictures() -> None:
    # Found in the crop itself, by another program than the one that gave the landmarks.
    crop = face_crop(grace_hopper(), hopper_box(), replace(TINY_INPUT, height=192, width=192))
    find_eyes = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_eye.xml")
    found = find_eyes.detectMultiScale(crop[..., 0].astype(np.uint8), 1.05, 4, minSize=(30, 30))
    centers = sorted((x + w / 2, y + h / 2) for x, y, w, h in found)
    assert len(centers) == 2
    for center, place in zip(centers, FER_CROP.eyes, strict=True):
        assert np.array(center) / 192 == pytest.approx(place, abs=0.05)


def test_eyes_and_mouth_are_the_means_of_their_landmarks_bit_by_bit() -> None:
    box = hopper_box()
    assert box.landmarks is not None
    points = box.landmarks[:, :2]
    means = [points[list(part)].mean(axis=0) for part in ((33, 133), (263, 362), (61, 291, 0, 17))]
    np.testing.assert_array_equal(face_points(box), np.array(means, np.float64))


def test_without_landmarks_a_face_lies_nearly_where_it_would_with_them() -> None:
    box = hopper_box()
    bare = FaceBox(box.x, box.y, box.width, box.height)
    assert np.abs(face_points(bare) - face_points(box)).max() < 0.08 * box.width


def test_the_median_mesh_box_fills_its_known_share_of_an_aligned_crop() -> None:
    # A white box on black: in the crop it must span x 0.09..0.92 and y 0.10..1.01.
    picture = np.zeros((700, 700, 3), np.uint8)
    picture[200:382, 100:266] = 255
    crop = face_crop(picture, FaceBox(100, 200, 166, 182), gray_spec(100, FER_CROP))[..., 0]
    columns, rows = np.flatnonzero(crop[50] > 127), np.flatnonzero(crop[:, 50] > 127)
    assert (columns[0], columns[-1] + 1) == pytest.approx((9, 92), abs=1)
    assert (rows[0], rows[-1] + 1) == (10, 100)


def test_a_box_crop_is_the_square_around_the_boxs_center() -> None:
    picture = np.zeros((300, 400, 3), np.uint8)
    picture[100:180, 200:240] = 255
    crop = face_crop(picture, FaceBox(200, 100, 40, 80), gray_spec(80))[..., 0]
    assert (crop[:, 20:60] == 255).all()
    assert (crop[:, :20] == 0).all()
    wide = face_crop(picture, FaceBox(200, 100, 40, 80), gray_spec(160, BoxCrop(margin=0.5)))
    assert (wide[40:120, 60:100, 0] == 255).all()
    assert wide.sum() == 80 * 40 * 255


@pytest.mark.parametrize("face_px", [90, 130, 200, 410, 777])
def test_shrinking_averages_instead_of_picking_pixels(face_px: int) -> None:
    # A checkerboard of single pixels has no detail that 48 px could show: only gray is right.
    down, right = np.mgrid[0:800, 0:800]
    picture = np.repeat(((down + right) % 2 * 255).astype(np.uint8)[..., None], 3, axis=2)
    crop = face_crop(picture, FaceBox(7, 5, face_px, face_px), gray_spec(48))
    assert crop.min() > 100
    assert crop.max() < 155


def test_the_same_face_in_a_larger_picture_gives_the_same_tensor() -> None:
    small = grace_hopper()
    expected = face_crop(small, hopper_box(), TINY_INPUT)
    for scale in (2, 4):
        large = cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        difference = np.abs(face_crop(large, hopper_box(scale), TINY_INPUT) - expected)
        assert difference.mean() < 2.5


@pytest.mark.parametrize(
    "box",
    [
        FaceBox(-60, -80, 200, 200),
        FaceBox(580, 300, 500, 500),
        FaceBox(-5000, -5000, 100, 100),
        FaceBox(-1e6, -1e6, 3e6, 3e6),
        FaceBox(10, 10, 1e-3, 1e-3),
    ],
)
def test_outside_the_picture_its_edge_is_repeated(box: FaceBox) -> None:
    picture = np.full((480, 640, 3), (40, 90, 200), np.uint8)
    crop = face_crop(picture, box, COLORED)
    assert crop.shape == (32, 32, 3)
    assert (np.abs(crop - (40, 90, 200)) <= 1).all()


def test_color_order_is_rgb_and_gray_is_luma() -> None:
    red = np.zeros((100, 100, 3), np.uint8)
    red[..., 0] = 255
    box = FaceBox(10, 10, 60, 60)
    assert (face_crop(red, box, COLORED) == (255, 0, 0)).all()
    assert (face_crop(red, box, TINY_INPUT) == round(0.299 * 255)).all()


@pytest.mark.parametrize("value_range", [(0.0, 1.0), (-1.0, 1.0), (0.0, 255.0)])
def test_values_span_the_range_of_the_card(value_range: tuple[float, float]) -> None:
    spec = replace(BOXED, value_range=value_range)
    for level in (0, 51, 255):
        picture = np.full((60, 60, 3), level, np.uint8)
        low, high = value_range
        tensor = face_crop(picture, FaceBox(0, 0, 60, 60), spec)
        assert tensor.dtype == np.float32
        assert tensor == pytest.approx(low + level / 255 * (high - low), abs=1e-6)


def test_a_batch_holds_each_face_as_if_it_were_alone() -> None:
    picture = grace_hopper()
    boxes = [hopper_box(), FaceBox(20, 30, 200, 220)]
    batch = face_batch(picture, boxes, TINY_INPUT)
    assert batch.shape == (2, 48, 48, 1)
    for tensor, box in zip(batch, boxes, strict=True):
        np.testing.assert_array_equal(tensor, face_crop(picture, box, TINY_INPUT))
    assert face_batch(picture, [], TINY_INPUT).shape == (0, 48, 48, 1)


def test_a_picture_of_the_right_size_is_passed_on_as_it_is() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (48, 48), dtype=np.uint8)
    np.testing.assert_array_equal(picture_to_tensor(picture, TINY_INPUT)[..., 0], picture)
    as_rgb = np.repeat(picture[..., None], 3, axis=2)
    np.testing.assert_array_equal(picture_to_tensor(as_rgb, TINY_INPUT)[..., 0], picture)
    three = replace(COLORED, height=48, width=48)
    np.testing.assert_array_equal(picture_to_tensor(picture[..., None], three), as_rgb)


def test_a_picture_of_another_size_is_averaged_down() -> None:
    picture = np.kron(np.eye(48, dtype=np.uint8) * 200, np.ones((4, 4), np.uint8))
    tensor = picture_to_tensor(picture, TINY_INPUT)[..., 0]
    np.testing.assert_array_equal(tensor, np.eye(48) * 200)


def test_a_crop_of_a_data_set_and_of_a_whole_picture_agree() -> None:
    # The same face, once as training sees it and once as the program does live.
    picture = grace_hopper()
    cut = np.ascontiguousarray(picture[134:326, 166:358])
    live = face_crop(picture, FaceBox(166, 134, 192, 192), BOXED)
    assert np.abs(live - picture_to_tensor(cut, BOXED)).max() <= 1


def test_non_square_tensors_show_the_whole_square() -> None:
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[50:150, 50:100] = 255
    spec = replace(gray_spec(40), width=80)
    crop = face_crop(picture, FaceBox(50, 50, 100, 100), spec)[..., 0]
    assert (crop[:, 1:38] == 255).all()
    assert (crop[:, 42:] == 0).all()
