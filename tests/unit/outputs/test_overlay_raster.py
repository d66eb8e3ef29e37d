"""Overlays that are painted without Qt."""

import numpy as np
import pytest

from ferqt.core.types import HeadPose
from ferqt.outputs.overlay import Canvas, OverlayOptions, Rect, build_overlay
from ferqt.outputs.overlay.raster import draw_overlay, measure_text
from tests.helpers.overlays import plates
from tests.helpers.readings import face, reading, scores

PICTURE = np.full((720, 1280, 3), 90, np.uint8)
BOX = (200.0, 120.0, 100.0, 110.0)
BARE = OverlayOptions(show_labels=False, show_all_bars=False)


def test_the_picture_given_is_left_alone() -> None:
    painted = draw_overlay(PICTURE, reading(PICTURE, face(1, BOX, scores({"happy": 0.8}))), BARE)
    assert np.array_equal(painted, PICTURE)
    draw_overlay(PICTURE, reading(PICTURE, face(1, BOX, scores({"happy": 0.8}))), OverlayOptions())
    assert (PICTURE == 90).all()


def test_a_box_has_the_color_of_its_expression() -> None:
    shown = OverlayOptions(show_all_bars=False, selected_id=1)
    painted = draw_overlay(PICTURE, reading(PICTURE, face(1, BOX, scores({"happy": 0.8}))), shown)
    assert painted[175, 200].tolist() == pytest.approx([0xE6, 0x9F, 0x00], abs=6)
    assert painted[175, 250].tolist() == [90, 90, 90], "the face itself is free"


def test_an_outline_is_even_all_along() -> None:
    shown = OverlayOptions(show_all_bars=False, selected_id=1)
    seen = face(1, (200, 120, 300, 310), scores({"happy": 0.8}))
    painted = draw_overlay(PICTURE, reading(PICTURE, seen), shown)
    left, right = painted[150:400, 196:205], painted[150:400, 496:505]
    bottom = painted[426:435, 230:470].swapaxes(0, 1)
    for edge in (left, right, bottom):
        assert (edge == edge[:1]).all()


def test_an_uncertain_face_has_a_broken_box() -> None:
    doubtful = face(1, BOX, scores({"happy": 0.3}, uncertain=True))
    shown = OverlayOptions(show_all_bars=False)
    painted = draw_overlay(PICTURE, reading(PICTURE, doubtful), shown)
    edge = painted[140:210, 200].astype(int).sum(axis=1)
    assert (edge > 500).any()
    assert (edge < 300).any()


def test_plates_lie_where_the_layout_puts_them() -> None:
    seen = face(1, BOX, scores({"happy": 0.8}))
    result = reading(PICTURE, seen)
    painted = draw_overlay(PICTURE, result, OverlayOptions())
    changed = (painted != PICTURE).any(axis=2)
    shapes = build_overlay(result, OverlayOptions(), Canvas(1280, 720), measure_text)
    for plate in plates(shapes):
        middle = changed[
            round(plate.y + 2) : round(plate.y + plate.height - 2),
            round(plate.x + 4) : round(plate.x + plate.width - 4),
        ]
        assert middle.all()
    assert isinstance(shapes[0], Rect)


def test_faces_at_the_edge_and_head_axes_are_painted() -> None:
    cut = face(1, (-40, -40, 100, 100), scores({"sad": 0.9}), pose=HeadPose(10, 20, 5))
    outside = face(2, (1900, 900, 60, 60), scores({"fear": 0.9}), pose=HeadPose(0, 0, 0))
    painted = draw_overlay(PICTURE, reading(PICTURE, cut, outside), OverlayOptions(show_pose=True))
    assert (painted != PICTURE).any()


def test_letters_are_measured_as_they_are_painted() -> None:
    narrow, wide = measure_text("71%", 20, bold=False), measure_text("71%", 20, bold=True)
    assert 25 < narrow < wide < 60
    assert measure_text("11%", 20, bold=False) == narrow, "figures are all of one width"
