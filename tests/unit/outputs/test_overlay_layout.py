import itertools
from dataclasses import replace

import cv2
import numpy as np
import pytest

from ferqt.core.emotions import EMOTIONS, FERPLUS8, LabelSet, color_of
from ferqt.core.types import HeadPose
from ferqt.faces.head_pose import pose_from_matrix
from ferqt.outputs.overlay import (
    Canvas,
    Dots,
    OverlayMemory,
    OverlayOptions,
    Polyline,
    Primitive,
    Rect,
    build_overlay,
)
from tests.helpers.overlays import CANVAS, PICTURE, measure, overlay, plates, texts
from tests.helpers.readings import face, reading, scores

SCALE = 1100 / 1280
HAPPY = scores({"happy": 0.86})


def overlap(a: Rect, b: Rect) -> float:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(0.0, width) * max(0.0, height)


def on_canvas(box: tuple[float, float, float, float], *, mirrored: bool = False) -> Rect:
    x, y, width, height = (value * SCALE for value in box)
    return Rect(CANVAS.width - x - width if mirrored else x, y, width, height)


def test_a_face_is_told_by_id_name_and_percent_of_the_smoothed_scores() -> None:
    seen = face(3, (500, 200, 200, 240), scores({"sad": 0.9}), smoothed=HAPPY)
    said = texts(overlay(seen, options=OverlayOptions(show_all_bars=False)))
    assert said == ["3", "happy", "86%"]


def test_the_panel_lists_every_class_with_its_percent_in_the_fixed_order() -> None:
    said = texts(overlay(face(1, (500, 200, 200, 240), HAPPY)))[3:]
    assert said[::2] == list(EMOTIONS)
    assert said[1::2] == ["86%" if name == "happy" else "2%" for name in EMOTIONS]


def test_classes_of_a_users_own_model_are_listed_after_the_known_ones() -> None:
    labels = LabelSet("custom", ("bored", "happy", "neutral"))
    said = texts(overlay(face(1, (500, 200, 200, 240), scores({"bored": 0.8}, labels))))
    assert said[1] == "bored"
    assert said[3::2] == ["neutral", "happy", "bored"]


def test_a_long_class_name_is_cut() -> None:
    labels = LabelSet("custom", ("a class with a very long name indeed", "happy"))
    seen = face(1, (500, 200, 200, 240), scores({labels.names[0]: 0.8}, labels))
    said = texts(overlay(seen))
    assert said[1] == "a class with a ve…"
    assert max(plate.width for plate in plates(overlay(seen))) < CANVAS.width / 3


@pytest.mark.parametrize(
    "box",
    [
        (540, 240, 200, 240),
        (0, 0, 200, 240),
        (1080, 0, 200, 240),
        (0, 480, 200, 240),
        (1080, 480, 200, 240),
        (-60, 200, 200, 240),
        (620, 300, 40, 46),
        (1240, 300, 40, 46),
    ],
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_plates_keep_off_the_face_and_inside_the_picture(
    box: tuple[float, float, float, float], *, mirrored: bool
) -> None:
    shapes = overlay(face(1, box, HAPPY), options=OverlayOptions(mirrored=mirrored))
    found = plates(shapes)
    assert len(found) == 2
    for plate in found:
        assert plate.x >= 0
        assert plate.y >= 0
        assert plate.x + plate.width <= CANVAS.width
        assert plate.y + plate.height <= CANVAS.height
        assert overlap(plate, on_canvas(box, mirrored=mirrored)) == pytest.approx(0, abs=1)
    assert overlap(*found) == 0


def test_the_panel_sits_at_the_right_and_flips_to_the_left_at_the_edge() -> None:
    for x, right in ((400, True), (1060, False)):
        panel = plates(overlay(face(1, (x, 200, 200, 240), HAPPY)))[1]
        assert (panel.x > (x + 200) * SCALE) is right


def test_four_faces_have_labels_and_panels_that_cover_neither_faces_nor_each_other() -> None:
    boxes = [(100 + 300 * index, 180 + 40 * (index % 2), 130, 150) for index in range(4)]
    shapes = overlay(*(face(index + 1, box, HAPPY) for index, box in enumerate(boxes)))
    found = plates(shapes)
    assert len(found) == 8
    assert all(overlap(a, b) == 0 for a, b in itertools.combinations(found, 2))
    assert all(overlap(plate, on_canvas(box)) < 1 for plate in found for box in boxes)


def test_where_there_is_no_room_a_panel_is_left_out_rather_than_laid_over_a_face() -> None:
    boxes = [(10 + 158 * col, 60 + 230 * row, 150, 180) for col in range(8) for row in range(3)]
    faces = [face(index + 1, box, HAPPY) for index, box in enumerate(boxes)]
    found = plates(overlay(*faces))
    assert 24 <= len(found) < 48
    for panel in found[24:]:
        assert all(overlap(panel, on_canvas(box)) < 0.13 * 150 * 180 * SCALE**2 for box in boxes)
    chosen = plates(overlay(*faces, options=OverlayOptions(selected_id=12)))
    assert len(chosen) >= 25


def test_a_plate_does_not_jump_to_and_fro_when_a_box_trembles() -> None:
    def at_right(x: float, y: float, step: int = 0, memory: OverlayMemory | None = None) -> bool:
        result = reading(PICTURE, face(1, (x, y, 200, 240), HAPPY), session_ms=33 * step)
        return plates(overlay(result=result, memory=memory))[1].x > x * SCALE

    # Where the panel just fits at the right of the box, and just does not.
    edge = next(x for x in range(700, 1080) if not at_right(x, 200))
    rng = np.random.default_rng(0)
    trembling = [(edge - 0.5 + rng.normal(0, 1.2), 200 + rng.normal(0, 1)) for _ in range(200)]
    alone = [at_right(x, y) for x, y in trembling]
    assert sum(a != b for a, b in itertools.pairwise(alone)) > 40
    memory = OverlayMemory()
    sides = [at_right(x, y, step, memory) for step, (x, y) in enumerate(trembling)]
    assert sum(a != b for a, b in itertools.pairwise(sides)) <= 2


def test_panels_in_a_crowd_neither_blink_nor_wander() -> None:
    rng = np.random.default_rng(0)
    memory = OverlayMemory()
    boxes = [(40 + 300 * col, 90 + 330 * row, 110, 130) for col in range(4) for row in range(2)]
    layouts = []
    for step in range(60):
        faces = [
            face(index + 1, (x + rng.normal(0, 1), y + rng.normal(0, 1), width, height), HAPPY)
            for index, (x, y, width, height) in enumerate(boxes)
        ]
        result = reading(PICTURE, *faces, session_ms=33 * step)
        overlay(result=result, memory=memory)
        layouts.append(dict(memory.panel_places))
    changes = sum(a != b for a, b in itertools.pairwise(layouts))
    assert len(layouts[-1]) >= 6
    assert changes <= 4


def test_uncertain_is_said_in_words_and_shown_by_a_dashed_box() -> None:
    unsure = face(1, (500, 200, 200, 240), scores({"sad": 0.3}, uncertain=True))
    shapes = overlay(unsure, options=OverlayOptions(show_all_bars=False))
    assert texts(shapes) == ["1", "uncertain", "sad?", "30%"]
    assert any(isinstance(shape, Rect) and shape.dashed for shape in shapes)
    sure = overlay(face(1, (500, 200, 200, 240), HAPPY))
    assert not any(isinstance(shape, Rect) and shape.dashed for shape in sure)


def test_the_box_has_the_color_of_its_expression() -> None:
    shapes = overlay(face(1, (500, 200, 200, 240), scores({"sad": 0.9})))
    strokes = {shape.stroke[:3] for shape in shapes if isinstance(shape, Rect) and shape.stroke}
    wanted = color_of("sad", on_dark=True)
    assert tuple(bytes.fromhex(wanted[1:])) in strokes


def test_mirroring_turns_the_boxes_and_leaves_the_letters() -> None:
    box = (100, 200, 200, 240)
    plain, mirrored = (
        overlay(face(1, box, HAPPY), options=OverlayOptions(mirrored=flag))
        for flag in (False, True)
    )
    assert texts(plain) == texts(mirrored)
    outline = next(shape for shape in mirrored if isinstance(shape, Rect) and shape.stroke)
    assert outline.x == pytest.approx((1280 - 300) * SCALE, abs=0.01)
    assert outline.width == pytest.approx(200 * SCALE, abs=0.01)


def test_the_selected_face_is_set_off_by_more_than_color() -> None:
    def box_width(shapes: tuple[Primitive, ...]) -> float:
        return max(shape.stroke_width for shape in shapes if isinstance(shape, Rect))

    seen = face(2, (500, 200, 200, 240), HAPPY)
    plain = overlay(seen)
    chosen = overlay(seen, options=OverlayOptions(selected_id=2))
    assert box_width(chosen) > 1.2 * box_width(plain)
    assert len(chosen) == len(plain) + 1


def test_landmarks_are_drawn_where_they_are() -> None:
    points = np.random.default_rng(0).uniform(200, 400, (478, 3)).astype(np.float32)
    seen = face(1, (200, 200, 200, 200), HAPPY, landmarks=points)
    shapes = overlay(seen, options=OverlayOptions(show_landmarks=True))
    dots = next(shape for shape in shapes if isinstance(shape, Dots))
    assert np.allclose(dots.points, points[:, :2] * SCALE, atol=0.01)
    assert sum(isinstance(shape, Polyline) for shape in shapes) == 11
    assert not any(isinstance(shape, Dots) for shape in overlay(seen))


def axes(pose: HeadPose, *, mirrored: bool = False) -> np.ndarray:
    """Directions on the canvas (y down) of the head's side, up and ahead."""
    seen = face(1, (400, 200, 200, 200), HAPPY, pose=pose)
    options = OverlayOptions(
        show_pose=True, show_labels=False, show_all_bars=False, mirrored=mirrored
    )
    lines = [shape for shape in overlay(seen, options=options) if isinstance(shape, Polyline)]
    # Each line has a dark rim under it.
    return np.array([line.points[1] - line.points[0] for line in lines[1::2]])


def test_head_axes_point_where_the_head_does() -> None:
    side, up, ahead = axes(HeadPose(0, 0, 0))
    assert side[0] > 50
    assert up[1] < -50
    assert np.allclose(ahead, 0, atol=0.01)
    assert axes(HeadPose(30, 0, 0))[2][1] < -20
    assert axes(HeadPose(0, 30, 0))[2][0] > 20
    assert axes(HeadPose(0, 0, 30))[1][0] > 20
    assert axes(HeadPose(0, 30, 0), mirrored=True)[2][0] < -20


@pytest.mark.parametrize("turned", [(25, -30, 20), (-40, 35, -15), (10, 60, 45), (0, -70, 0)])
def test_head_axes_are_those_of_the_measured_rotation(turned: tuple[float, float, float]) -> None:
    rotation, _ = cv2.Rodrigues(np.radians(turned))
    matrix = np.eye(4)
    matrix[:3, :3] = rotation
    drawn = axes(pose_from_matrix(matrix)) / (0.45 * 200 * SCALE)
    # Columns of the rotation are the head's axes with y up; the picture's y goes down.
    assert np.allclose(drawn, (rotation[:2] * [[1], [-1]]).T, atol=0.01)


def test_the_angles_are_written_beside_the_name() -> None:
    seen = face(1, (400, 200, 200, 200), HAPPY, pose=HeadPose(3.4, -12.2, 0.6))
    said = texts(overlay(seen, options=OverlayOptions(show_pose=True, show_all_bars=False)))
    assert said[-1] == "pitch +3°  yaw \N{MINUS SIGN}12°  roll +1°"


def test_letters_grow_with_the_picture_and_never_get_too_small() -> None:
    sizes = [Canvas(w, h).font_px for w, h in ((320, 180), (1100, 620), (2560, 1440), (3840, 2160))]
    assert sizes[0] == 11
    assert sizes == sorted(sizes)
    assert sizes[3] > 2.5 * sizes[1]
    assert Canvas(640, 360, pixel_ratio=2).font_px == 22


def test_a_plate_keeps_its_size_while_the_percent_changes() -> None:
    sizes = set()
    for share in (0.07, 0.5, 0.995):
        seen = face(1, (500, 200, 200, 240), scores({"happy": share, "sad": 0.004}), smoothed=None)
        found = plates(overlay(seen, memory=None, options=OverlayOptions(show_labels=False)))
        sizes |= {(plate.width, plate.height) for plate in found}
    assert len(sizes) == 1


def test_pictures_of_a_folder_show_what_each_shows_alone() -> None:
    memory = OverlayMemory()
    named = []
    for index, given in enumerate(
        (scores({"happy": 0.5, "sad": 0.4}), scores({"happy": 0.4, "sad": 0.41}))
    ):
        result = reading(
            PICTURE,
            face(1, (500, 200, 200, 240), given),
            session_ms=33 * index,
            name=f"{index}.png",
        )
        named.append(texts(overlay(result=result, memory=memory))[1])
    assert named == ["happy", "sad"]


def test_a_light_sample_cannot_be_drawn_over() -> None:
    light = reading(PICTURE, face(1, (500, 200, 200, 240), HAPPY)).without_image()
    with pytest.raises(ValueError, match="light sample"):
        build_overlay(light, OverlayOptions(), CANVAS, measure)


def test_nothing_is_drawn_when_everything_is_off() -> None:
    nothing = replace(OverlayOptions(), show_labels=False, show_all_bars=False)
    assert overlay(face(1, (500, 200, 200, 240), HAPPY), options=nothing) == ()
    assert overlay() == ()


def test_every_known_class_set_fits_the_smallest_window() -> None:
    shapes = overlay(
        face(1, (500, 200, 200, 240), scores({"contempt": 0.9}, FERPLUS8)), canvas=Canvas(320, 180)
    )
    assert all(
        plate.x >= 0 and plate.x + plate.width <= 320 and plate.y + plate.height <= 180
        for plate in plates(shapes)
    )
