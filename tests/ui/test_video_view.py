import gc
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from ferqt.core.types import FrameResult
from ferqt.outputs.overlay import OverlayOptions
from ferqt.ui.video_view import VideoView, ViewSign
from tests.helpers.paints import PaintCounter, wait_painted
from tests.helpers.portraits import scene
from tests.helpers.readings import face, reading, scores

BIG = (200.0, 200.0, 300.0, 330.0)
SMALL = (300.0, 300.0, 60.0, 66.0)
PLAIN = OverlayOptions(show_labels=False, show_all_bars=False)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[VideoView]:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.shutdown()


def two_people() -> FrameResult:
    image = scene(1280, 720, [(350, 365, 300), (900, 300, 200)])
    return reading(
        image,
        face(1, BIG, scores({"happy": 0.9})),
        face(2, (800, 190, 200, 220), scores({"sad": 0.9})),
    )


def pixels(view: VideoView) -> np.ndarray:
    wait_painted(view)
    grabbed = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(grabbed.constBits(), np.uint8)
    rows = rows.reshape(grabbed.height(), grabbed.bytesPerLine())
    return rows[:, : 3 * grabbed.width()].reshape(grabbed.height(), grabbed.width(), 3).copy()


def test_the_picture_is_letterboxed_with_its_colors_in_order(view: VideoView) -> None:
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80] = (250, 10, 20)
    image[:, 80:] = (20, 10, 250)
    view.show_result(reading(image))
    shown = pixels(view)
    background = view.background.getRgb()[:3]
    assert tuple(shown[30, 320]) == background
    assert tuple(shown[450, 320]) == background
    assert tuple(shown[240, 100]) == (250, 10, 20)
    assert tuple(shown[240, 540]) == (20, 10, 250)


def test_a_mirrored_picture_is_turned(view: VideoView) -> None:
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80] = (250, 10, 20)
    view.show_result(reading(image))
    view.mirrored = True
    shown = pixels(view)
    assert tuple(shown[240, 540]) == (250, 10, 20)
    assert tuple(shown[240, 100]) == (0, 0, 0)


def test_a_picture_far_larger_than_the_view_is_averaged(view: VideoView) -> None:
    rows, columns = np.indices((2160, 3840))
    image = np.repeat((((rows + columns) % 2) * 255).astype(np.uint8)[..., None], 3, axis=2)
    view.show_result(reading(image))
    shown = pixels(view)[200:280, 100:500]
    assert np.abs(shown.astype(int) - 127).max() <= 3


def test_the_overlay_belongs_to_the_picture_that_is_shown(view: VideoView) -> None:
    first = two_people()
    view.show_result(first)
    with_faces = pixels(view)
    view.show_result(reading(first.frame.image))
    without = pixels(view)
    view.show_result(first)
    assert not np.array_equal(with_faces, without)
    assert np.array_equal(pixels(view), with_faces)


def test_the_view_keeps_a_picture_alive_that_nobody_else_holds(view: VideoView) -> None:
    view.overlay_options = PLAIN
    view.show_result(reading(np.full((360, 640, 3), (10, 200, 30), np.uint8)))
    first = pixels(view)
    gc.collect()
    # Memory that was set free would be handed out again here.
    junk = [np.full((360, 640, 4), 255, np.uint8) for _ in range(20)]
    view.repaint()
    assert np.array_equal(pixels(view), first)
    assert len(junk) == 20


def test_a_click_chooses_the_face_under_it(view: VideoView, qtbot: QtBot) -> None:
    view.show_result(two_people())
    # 1280 x 720 in 640 x 480: half the size, 60 px from the top.
    for at, track_id in ((QPoint(175, 240), 1), (QPoint(450, 210), 2), (QPoint(600, 400), 0)):
        with qtbot.waitSignal(view.face_clicked) as clicked:
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
        assert clicked.args == [track_id]


def test_a_click_finds_faces_in_the_mirror_too(view: VideoView, qtbot: QtBot) -> None:
    view.show_result(two_people())
    view.mirrored = True
    with qtbot.waitSignal(view.face_clicked) as clicked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(640 - 175, 240))
    assert clicked.args == [1]


def test_the_smaller_of_two_faces_under_the_pointer_is_meant(view: VideoView) -> None:
    image = scene(1280, 720)
    happy = scores({"happy": 0.9})
    view.show_result(reading(image, face(1, BIG, happy), face(2, SMALL, happy)))
    found = view.face_at(QPointF(165, 60 + 165))
    assert found is not None
    assert found.face.track_id == 2


def test_a_picture_is_grabbed_at_the_sources_resolution(view: VideoView) -> None:
    result = two_people()
    view.show_result(result)
    clean = view.grab_picture(with_overlay=False)
    drawn = view.grab_picture(with_overlay=True)
    assert clean is not None
    assert drawn is not None
    assert np.array_equal(clean, result.frame.image)
    assert drawn.shape == (720, 1280, 3)
    assert not np.array_equal(drawn, clean)


def test_a_grabbed_picture_is_never_mirrored(view: VideoView) -> None:
    view.show_result(two_people())
    plain = view.grab_picture(with_overlay=True)
    view.mirrored = True
    assert np.array_equal(view.grab_picture(with_overlay=True), plain)


def test_an_empty_view_has_nothing_to_grab_or_to_click(view: VideoView, qtbot: QtBot) -> None:
    assert view.grab_picture(with_overlay=True) is None
    assert view.face_at(QPointF(100, 100)) is None
    view.show_result(two_people())
    view.clear()
    assert view.result is None
    assert view.grab_picture(with_overlay=False) is None
    with qtbot.assertNotEmitted(view.face_clicked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(175, 240))
    assert (pixels(view) == view.background.getRgb()[:3]).all()


@pytest.mark.parametrize("sign", [ViewSign.OPENING, ViewSign.PAUSED, ViewSign.ENDED])
def test_a_sign_stands_in_the_pictures_corner(view: VideoView, sign: ViewSign) -> None:
    view.show_result(two_people())
    plain = pixels(view)
    view.sign = sign
    changed = (pixels(view) != plain).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert 60 <= rows.min() <= rows.max() < 110
    assert columns.min() > 480
    view.sign = ViewSign.NONE
    assert np.array_equal(pixels(view), plain)


def test_options_change_what_is_drawn_at_once(view: VideoView) -> None:
    view.show_result(two_people())
    everything = pixels(view)
    view.overlay_options = replace(view.overlay_options, show_all_bars=False)
    fewer = pixels(view)
    view.overlay_options = PLAIN
    nothing = pixels(view)
    assert not np.array_equal(everything, fewer)
    assert not np.array_equal(fewer, nothing)


def test_a_hidden_view_does_no_work_and_shows_the_newest_when_it_is_back(
    view: VideoView, qtbot: QtBot
) -> None:
    paints = PaintCounter(view)
    view.hide()
    for level in (50, 100, 150):
        view.show_result(reading(np.full((90, 160, 3), level, np.uint8)))
    qtbot.wait(30)
    assert paints.count == 0
    view.show()
    qtbot.waitUntil(lambda: paints.count > 0)
    assert tuple(pixels(view)[240, 320]) == (150, 150, 150)


def test_results_that_come_faster_than_the_screen_are_painted_once(
    view: VideoView, qtbot: QtBot
) -> None:
    paints = PaintCounter(view)
    for level in range(100):
        view.show_result(reading(np.full((90, 160, 3), level, np.uint8)))
    qtbot.waitUntil(lambda: paints.count > 0)
    assert paints.count <= 2


def test_a_light_sample_is_refused(view: VideoView) -> None:
    with pytest.raises(ValueError, match="light sample"):
        view.show_result(two_people().without_image())


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_odd_shapes_are_shown_without_complaint(view: VideoView, size: tuple[int, int]) -> None:
    height, width = size
    image = np.full((height, width, 3), 200, np.uint8)
    view.show_result(reading(image, face(1, (0, 0, width, height), scores({"happy": 0.9}))))
    assert pixels(view).shape == (480, 640, 3)
    view.mirrored = True
    assert pixels(view).shape == (480, 640, 3)


@pytest.mark.parametrize(
    ("name", "told"), [("", "Face 1<br>happy 90%"), ("<b>Ann", "&lt;b&gt;Ann<br>happy 90%")]
)
def test_a_face_under_the_pointer_tells_its_name_and_readings(
    view: VideoView, name: str, told: str
) -> None:
    someone = face(1, BIG, scores({"happy": 0.9}), name=name)
    view.show_result(reading(scene(1280, 720), someone))
    place = QPoint(175, 240)
    assert view.face_at(place.toPointF()) is not None
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    assert told in QToolTip.text()
    QToolTip.hideText()
