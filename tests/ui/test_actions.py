"""The table of actions: every key is in a menu and does what the menu says."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.runtime.session import SessionState
from ferqt.settings import ALL_BARS, DETECTOR, HEAD_POSE, LANDMARKS, Settings
from ferqt.sources.camera_devices import CameraDevice
from ferqt.ui.action_table import ACTIONS, MENUS
from ferqt.ui.main_window import MainWindow
from ferqt.ui.shortcut_sheet import ShortcutSheet
from tests.helpers.fake_session import CLIP, FakeSession
from tests.helpers.portraits import grace_hopper
from tests.helpers.readings import face, reading, scores


def entries(menu: QMenu) -> list[QAction]:
    """All entries of a menu and of those below it."""
    found = []
    for action in menu.actions():
        below = action.menu()
        found += entries(below) if isinstance(below, QMenu) else [action]
    return found


def press(qtbot: QtBot, window: MainWindow, key: str) -> None:
    combination = QKeySequence(key)[0]
    qtbot.keyClick(window, combination.key(), combination.keyboardModifiers())


def open_stream_dialog(qtbot: QtBot, window: MainWindow) -> QDialog:
    window.actions_by_id["open_url"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def test_every_action_is_in_the_menu_bar(window: MainWindow) -> None:
    top = [action.menu() for action in window.menuBar().actions()]
    assert [menu.title() for menu in top] == list(MENUS)
    listed = [entry for menu in top for entry in entries(menu)]
    assert all(window.actions_by_id[spec.id] in listed for spec in ACTIONS)


def test_no_two_actions_share_a_key() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_the_keys_that_people_know_are_there() -> None:
    keys = {key for spec in ACTIONS for key in spec.keys}
    assert keys >= set("QSALPMFCO,.?123456789")
    assert keys >= {"Esc", "Space", "Left", "Right", "Home", "End", "F1"}
    assert keys >= {f"Shift+{key}" for key in ("S", "M", "Left", "Right")}


def test_the_page_on_the_keyboard_lists_every_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "keyboard.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", page, re.MULTILINE)
    listed = {text: set(re.findall(r"`([^`]+)`", keys)) for text, keys in rows}
    for spec in ACTIONS:
        if spec.keys and not spec.id.startswith("face_"):
            assert listed.get(spec.text.rstrip(" …")) == set(spec.keys), spec.id
    assert listed["Select Face"] == {"1", "9"}


@pytest.mark.parametrize(
    ("key", "call"),
    [
        ("Space", ("toggle_pause", None)),
        (",", ("step", -1)),
        (".", ("step", 1)),
        ("Left", ("seek_by", -5.0)),
        ("Right", ("seek_by", 5.0)),
        ("Shift+Left", ("seek_by", -1.0)),
        ("Shift+Right", ("seek_by", 1.0)),
        ("Home", ("seek", 0.0)),
        ("M", ("next_model", 1)),
        ("Shift+M", ("next_model", -1)),
        ("D", ("open_source", "demo")),
        ("Ctrl+W", ("close_source", None)),
    ],
)
def test_a_key_asks_the_session(
    qtbot: QtBot, window: MainWindow, session: FakeSession, key: str, call: tuple[str, object]
) -> None:
    session.opened(CLIP)
    press(qtbot, window, key)
    assert session.calls == [call]


@pytest.mark.parametrize(
    ("cameras", "location"), [((), "0"), ((CameraDevice(2, "Webcam", "/dev/video2"),), "2")]
)
def test_c_opens_the_first_camera(
    qtbot: QtBot,
    window: MainWindow,
    session: FakeSession,
    monkeypatch: pytest.MonkeyPatch,
    cameras: tuple[CameraDevice, ...],
    location: str,
) -> None:
    monkeypatch.setattr("ferqt.sources.camera_devices.list_cameras", lambda: cameras)
    press(qtbot, window, "C")
    qtbot.waitUntil(lambda: session.calls == [("open_source", location)])


def test_the_menu_of_cameras_lists_those_that_are_connected(
    qtbot: QtBot, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras = (CameraDevice(0, "Webcam", "/dev/video0"), CameraDevice(2, "", "/dev/video2"))
    monkeypatch.setattr("ferqt.sources.camera_devices.list_cameras", lambda: cameras)
    menu = next(
        action.menu() for action in window.menuBar().actions() if action.text() == "Source"
    ).findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: [a.text() for a in menu.actions()] == ["Webcam", "Camera 2"])
    menu.actions()[1].trigger()
    assert session.calls == [("open_source", "2")]


def test_end_goes_past_the_last_frame(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    press(qtbot, window, "End")
    ((method, seconds),) = session.calls
    assert method == "seek"
    assert isinstance(seconds, float)
    assert seconds > (CLIP.duration_s or 0)


@pytest.mark.parametrize("key", ["Space", ",", "Left", "Home", "S", "Ctrl+W"])
def test_keys_that_need_a_source_rest_without_one(
    qtbot: QtBot, window: MainWindow, session: FakeSession, key: str
) -> None:
    press(qtbot, window, key)
    assert session.calls == []


@pytest.mark.parametrize(
    ("key", "setting", "option"),
    [
        ("A", ALL_BARS, "show_all_bars"),
        ("L", LANDMARKS, "show_landmarks"),
        ("P", HEAD_POSE, "show_pose"),
    ],
)
def test_an_overlay_key_turns_its_part_on_and_off(
    qtbot: QtBot, window: MainWindow, settings: Settings, key: str, setting, option: str
) -> None:
    before = settings.get(setting)
    for expected in (not before, before):
        press(qtbot, window, key)
        assert settings.get(setting) is expected
        assert getattr(window.view.overlay_options, option) is expected


def test_a_number_selects_its_face_and_selects_it_away_again(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    people = [face(number, (9 * number, 0, 50, 50), scores({"happy": 0.5})) for number in (2, 4)]
    session.answered(reading(grace_hopper(), *people))

    press(qtbot, window, "4")
    assert window.parts.selection.track_id == 4
    assert window.view.overlay_options.selected_id == 4
    press(qtbot, window, "3")
    assert window.parts.selection.track_id == 4
    press(qtbot, window, "4")
    assert window.parts.selection.track_id is None


def test_numbers_count_from_the_left_when_all_ids_are_past_nine(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    right = face(11, (300, 0, 50, 50), scores({"happy": 0.5}))
    left = face(15, (10, 0, 50, 50), scores({"happy": 0.5}))
    session.answered(reading(grace_hopper(), right, left))

    press(qtbot, window, "1")
    assert window.parts.selection.track_id == 15


def test_a_click_on_a_face_selects_it(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    window.view.face_clicked.emit(3)
    assert window.parts.selection.track_id == 3
    window.view.face_clicked.emit(0)
    assert window.parts.selection.track_id is None


def test_f_shows_the_picture_alone_and_esc_brings_the_window_back(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    press(qtbot, window, "F")
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    assert not window.parts.panels.models.isVisible()

    press(qtbot, window, "A")
    assert not window.view.overlay_options.show_all_bars

    press(qtbot, window, "Esc")
    assert not window.isFullScreen()
    assert window.isVisible()
    assert window.menuBar().isVisible()
    assert window.parts.panels.models.isVisible()


@pytest.mark.parametrize("key", ["Q", "Esc"])
def test_q_and_esc_quit(qtbot: QtBot, window: MainWindow, key: str) -> None:
    press(qtbot, window, key)
    assert not window.isVisible()


def test_the_sheet_shows_every_key(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "?")
    (sheet,) = window.findChildren(ShortcutSheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    native = QKeySequence.SequenceFormat.NativeText
    for spec in ACTIONS:
        if not spec.id.startswith("face_"):
            assert {QKeySequence(one).toString(native) for one in spec.keys} <= shown
    sheet.close()


def test_o_opens_the_file_that_was_chosen(
    qtbot: QtBot, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/films/clip.mp4", ""))
    press(qtbot, window, "O")
    assert session.calls == [("open_source", "/films/clip.mp4")]


def test_o_and_escape_open_nothing(
    qtbot: QtBot, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(qtbot, window, "O")
    assert session.calls == []


def test_a_stream_is_opened_by_its_address(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    dialog = open_stream_dialog(qtbot, window)
    qtbot.keyClicks(dialog.focusWidget(), "rtsp://camera.local/live")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert session.calls == [("open_source", "rtsp://camera.local/live")]


def test_letters_typed_into_a_line_are_no_keys(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    dialog = open_stream_dialog(qtbot, window)
    qtbot.keyClicks(dialog.focusWidget(), "qmdc 1")
    assert session.calls == []
    assert window.isVisible()
    dialog.close()


def test_space_presses_the_button_that_has_the_focus(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    demo = next(
        button for button in window.start_page.findChildren(QToolButton) if button.text() == "Demo"
    )
    demo.setFocus()
    qtbot.keyClick(demo, Qt.Key.Key_Space)
    assert session.calls == [("open_source", "demo")]


def test_the_pause_entry_says_what_it_will_do(window: MainWindow, session: FakeSession) -> None:
    session.opened(CLIP)
    assert window.actions_by_id["pause"].text() == "Pause"
    session.in_state(SessionState.PAUSED)
    assert window.actions_by_id["pause"].text() == "Resume"


def test_a_chosen_detector_is_asked_for_and_kept(window: MainWindow, session: FakeSession) -> None:
    window.actions_by_id["detector_haar"].trigger()
    (change,) = session.calls
    assert change[0] == "set_config"
    assert change[1].detector_id == "haar"


def test_every_detector_is_in_the_menu(window: MainWindow) -> None:
    listed = [spec.argument for spec in ACTIONS if spec.group == "detector"]
    assert listed == list(DETECTOR.choices)
    assert window.actions_by_id["detector_mediapipe"].isChecked()
