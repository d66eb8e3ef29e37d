"""What the bar asks of playing, and what playing shows in the bar."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from ferqt.runtime.playback import PlayRange
from ferqt.ui.dialogs.jump import JumpDialog
from ferqt.ui.playback_link import PlaybackLink
from ferqt.ui.selection import FaceSelection
from ferqt.ui.theme import Theme
from ferqt.ui.transport_bar import TransportBar
from tests.helpers.clips import write_clip
from tests.helpers.fake_session import CLIP
from tests.helpers.readings import face, reading, scores


class Desk:
    """The bar, tied to a session that records."""

    def __init__(self, session):
        self.session = session
        self.window = QWidget()
        self.theme = Theme("dark")
        self.loop, self.sound = (QAction(name, self.window) for name in ("loop", "sound"))
        for action in (self.loop, self.sound):
            action.setCheckable(True)
        self.bar = TransportBar([], [self.loop, self.sound], self.window)
        self.selection = FaceSelection()
        self.link = PlaybackLink(
            session, self.bar, self.selection, self.theme, self.loop, self.sound
        )

    def open(self, info=CLIP):
        self.bar.set_source(info)
        self.session.opened(info)


@pytest.fixture
def desk(qtbot, session):
    made = Desk(session)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.link.shutdown()
    session.playback.shutdown()


def test_the_bar_steers_and_shows_speed_and_range(desk):
    desk.open()
    playback = desk.session.playback
    desk.bar.speed_requested.emit(2.0)
    assert desk.session.control.speed == 2.0
    assert desk.bar.speed.text() == "2 ×"
    desk.bar.in_requested.emit(3.0)
    desk.bar.out_requested.emit(5.0)
    playback.set_looping(True)
    assert desk.loop.isChecked()
    desk.bar.range_clear_requested.emit()
    assert playback.range == PlayRange()
    assert not desk.loop.isChecked()
    desk.session.closed()
    assert desk.bar.speed.text() == "1 ×"


def test_switches_go_back_when_they_were_pressed_in_vain(desk):
    desk.loop.setChecked(True)
    desk.session.playback.set_looping(True)
    assert not desk.loop.isChecked(), "nothing is open"


def test_the_sound_switch_shows_whether_sound_is_on(desk):
    desk.session.playback.sound.set_on(True)
    assert desk.sound.isChecked()
    desk.session.playback.sound.set_on(False)
    assert not desk.sound.isChecked()


def test_results_color_the_strip_of_the_selected_face(desk, qtbot):
    desk.open()
    picture = np.zeros((8, 8, 3), np.uint8)
    faces = [
        face(1, (0, 0, 4, 4), scores({"sad": 0.9})),
        face(2, (4, 0, 4, 4), scores({"fear": 0.9})),
    ]
    for number in range(20):
        desk.session.answered(reading(picture, *faces, index=number, media_time=number / 30))
    qtbot.waitUntil(lambda: bool(desk.bar.slider.stretches))
    assert [stretch.name for stretch in desk.bar.slider.stretches] == ["sad"]
    desk.selection.select(2)
    assert [stretch.name for stretch in desk.bar.slider.stretches] == ["fear"]


def test_the_pointer_brings_a_thumbnail_of_the_open_file(desk, qtbot, tmp_path):
    path = tmp_path / "clip.mp4"
    write_clip(path, [np.full((108, 192, 3), 180, np.uint8)] * 5)
    desk.open(replace(CLIP, location=str(path)))
    desk.bar.slider.hovered.emit(0.1, 20)
    qtbot.waitUntil(lambda: not desk.bar._preview.picture.isNull())
    assert desk.bar._preview.picture.width() == 192


@pytest.mark.parametrize(("text", "call"), [("0:05", ("seek", 5.0)), ("f7", ("seek_frame", 7))])
def test_the_jump_dialog_goes_to_a_time_or_a_frame(desk, qtbot, text, call):
    desk.link.open_jump_dialog(desk.window)
    assert desk.window.findChild(JumpDialog) is None, "nothing is open"
    desk.open()
    desk.link.open_jump_dialog(desk.window)
    line = desk.window.findChild(JumpDialog).findChild(QLineEdit)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.session.calls == [call]
