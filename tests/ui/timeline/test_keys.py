"""What keys do to a timeline that has the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from ferqt.core.session_document import TimeRange
from tests.helpers.timelines import CTRL, SHIFT

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


@pytest.fixture
def seeks(view):
    told = []
    view.seek_requested.connect(lambda time_s, frame: told.append(frame))
    view.set_position(20.0)
    return told


def press(view, key, keys=NONE):
    QTest.keyClick(view.canvas, key, keys)


def test_arrows_go_from_frame_to_frame(view, seeks):
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Left):
        press(view, key)
    assert seeks == [601, 602, 601]


def test_arrows_with_shift_go_by_a_second(view, seeks):
    press(view, KEY.Key_Right, SHIFT)
    press(view, KEY.Key_Left, SHIFT)
    assert seeks == [630, 600]


def test_arrows_with_ctrl_go_to_changes_of_the_expression(view, seeks):
    lead = view.state.face.lead
    press(view, KEY.Key_Right, CTRL)
    assert view.state.position_s == lead.next_change(20.0)
    press(view, KEY.Key_Left, CTRL)
    press(view, KEY.Key_Left, CTRL)
    assert view.state.position_s < 20


def test_arrows_with_alt_go_to_markers(view, seeks, minute):
    press(view, KEY.Key_Right, ALT)
    assert seeks == [minute.markers[0].frame]
    press(view, KEY.Key_Right, ALT)
    assert len(seeks) == 1


def test_home_and_end_go_to_the_ends(view, seeks):
    press(view, KEY.Key_End)
    press(view, KEY.Key_Home)
    assert seeks == [1799, 0]


def test_keys_bring_the_playhead_into_view(view, seeks):
    view.canvas.set_scale(view.state.scale.showing(40, 50))
    press(view, KEY.Key_Right)
    assert view.state.scale.start_s < 20 < view.state.scale.end_s


def test_keys_zoom_around_the_playhead_and_back(view):
    view.set_position(20.0)
    x = view.state.scale.x_of(20.0)
    press(view, KEY.Key_Plus)
    assert view.state.scale.span_s == pytest.approx(40)
    assert view.state.scale.x_of(20.0) == pytest.approx(x)
    press(view, KEY.Key_Minus)
    press(view, KEY.Key_0, CTRL)
    assert view.state.scale.shows_all


def test_a_key_shows_the_range(view):
    view.set_range(TimeRange(10, 20))
    press(view, KEY.Key_E, CTRL)
    assert (view.state.scale.start_s, view.state.scale.end_s) == (
        pytest.approx(9.5),
        pytest.approx(20.5),
    )


def test_up_and_down_select_faces(view):
    chosen = []
    view.face_selected.connect(chosen.append)
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        press(view, key)
    assert chosen == [2, 1]


def test_its_keys_are_not_the_windows_while_it_has_the_keyboard(qtbot, view, seeks):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(view)
    heard = []
    for keys in ("Right", "E"):
        action = QAction(keys, window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _=False, keys=keys: heard.append(keys))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
    view.canvas.setFocus()
    press(view, KEY.Key_Right)
    press(view, KEY.Key_E)
    # Another key stays the window's.
    assert (seeks, heard) == ([601], ["E"])
    view.setParent(None)


def test_focus_is_seen(qtbot, view):
    without = view.canvas.grab().toImage().pixelColor(0, 0)
    view.activateWindow()
    view.canvas.setFocus()
    qtbot.waitUntil(view.canvas.hasFocus)
    assert view.canvas.grab().toImage().pixelColor(0, 0) != without
