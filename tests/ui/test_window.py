"""The window: what it shows of the session, and what it keeps."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Notice, Severity
from ferqt.outputs.snapshot import read_snapshot
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, LiveStats, SessionState
from ferqt.settings import MODEL, RECENT, SCREENSHOT_FOLDER, Settings
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source
from ferqt.ui.main_window import MainWindow
from ferqt.ui.transport_bar import format_time
from ferqt.ui.video_view import ViewSign
from tests.helpers.fake_session import CLIP, FakeSession
from tests.helpers.models import add_tiny_model
from tests.helpers.portraits import grace_hopper, portrait_path
from tests.helpers.readings import face, reading, scores

CAMERA = SourceInfo(SourceKind.CAMERA, "Webcam", "0", 1280, 720, live=True)
PICTURES = SourceInfo(SourceKind.IMAGES, "faces", "/pictures/faces", frame_count=5, seekable=True)


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag data over the window and let it go; whether the window took it."""
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(window.rect().center(), *where, keys)
    window.dragEnterEvent(entering)
    if not entering.isAccepted():
        return False
    window.dropEvent(QDropEvent(QPointF(50, 50), *where, keys))
    return True


def test_the_start_page_leads_and_comes_back(window: MainWindow, session: FakeSession) -> None:
    assert window.start_page.isVisible()
    session.in_state(SessionState.OPENING)
    assert window.view.isVisible()
    session.opened(CLIP)
    assert window.view.isVisible()
    session.closed()
    assert window.start_page.isVisible()


@pytest.mark.parametrize("name", ["clip.mp4", "a folder"])
def test_a_dropped_file_or_folder_is_opened(
    window: MainWindow, session: FakeSession, tmp_path: Path, name: str
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    assert drop(window, data)
    assert session.calls == [("open_source", str(tmp_path / name))]


def test_a_dropped_model_file_is_added_to_the_models(
    window: MainWindow, session: FakeSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(type(window.parts.desk), "add", lambda _, path: asked.append(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.keras"))])
    assert drop(window, data)
    assert asked == [str(tmp_path / "mine.keras")]
    assert session.calls == []


@pytest.mark.parametrize("as_url", [True, False])
def test_a_dropped_address_is_opened(
    window: MainWindow, session: FakeSession, as_url: bool
) -> None:
    data = QMimeData()
    if as_url:
        data.setUrls([QUrl("http://camera.local/live.mjpg")])
    else:
        data.setText(" http://camera.local/live.mjpg\n")
    assert drop(window, data)
    assert session.calls == [("open_source", "http://camera.local/live.mjpg")]


def test_dropped_words_are_left_alone(window: MainWindow, session: FakeSession) -> None:
    data = QMimeData()
    data.setText("see http://camera.local for more")
    assert not drop(window, data)
    assert session.calls == []


def test_opened_files_are_offered_again(
    qtbot: QtBot, window: MainWindow, session: FakeSession, settings: Settings
) -> None:
    session.opened(CLIP)
    session.closed()
    assert settings.get(RECENT) == (CLIP.location,)
    (button,) = (b for b in window.start_page.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.calls == [("open_source", CLIP.location)]


@pytest.mark.parametrize(
    "info",
    [
        CAMERA,
        replace(CLIP, kind=SourceKind.DEMO, location="demo"),
        replace(CLIP, kind=SourceKind.STREAM, location="rtsp://me:secret@camera/live"),
        replace(CLIP, kind=SourceKind.STREAM, location="https://camera/live?token=secret"),
    ],
    ids=["camera", "demo", "password", "token"],
)
def test_devices_and_secrets_are_not_remembered(
    window: MainWindow, session: FakeSession, settings: Settings, info: SourceInfo
) -> None:
    session.opened(info)
    assert settings.get(RECENT) == ()


def test_the_title_names_the_source(window: MainWindow, session: FakeSession) -> None:
    session.opened(CLIP)
    assert window.windowTitle() == "clip.mp4"


def test_only_cameras_are_mirrored(window: MainWindow, session: FakeSession) -> None:
    session.opened(CAMERA)
    assert window.view.mirrored
    window.actions_by_id["mirror"].trigger()
    assert not window.view.mirrored
    window.actions_by_id["mirror"].trigger()
    session.opened(CLIP)
    assert not window.view.mirrored


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        (SessionState.OPENING, ViewSign.OPENING),
        (SessionState.RUNNING, ViewSign.NONE),
        (SessionState.PAUSED, ViewSign.PAUSED),
        (SessionState.ENDED, ViewSign.ENDED),
    ],
)
def test_the_picture_says_what_the_source_does(
    window: MainWindow, session: FakeSession, state: SessionState, sign: ViewSign
) -> None:
    session.in_state(state)
    assert window.view.sign is sign


def test_pictures_stand_still_and_are_not_called_paused(
    window: MainWindow, session: FakeSession
) -> None:
    session.opened(PICTURES)
    session.in_state(SessionState.PAUSED)
    assert window.view.sign is ViewSign.NONE
    assert not window.actions_by_id["pause"].isEnabled()
    assert window.actions_by_id["frame_forward"].isEnabled()
    session.opened(CLIP)
    session.in_state(SessionState.PAUSED)
    assert window.view.sign is ViewSign.PAUSED
    assert window.actions_by_id["pause"].isEnabled()


def test_a_slow_source_can_be_given_up(window: MainWindow, session: FakeSession) -> None:
    session.in_state(SessionState.OPENING)
    window.actions_by_id["close"].trigger()
    assert session.calls == [("close_source", None)]


def test_the_status_bar_tells_source_rates_and_model(
    window: MainWindow, session: FakeSession
) -> None:
    entry = session.catalog.entry("tiny")
    assert entry.card is not None
    session.answers_with(entry.card)
    session.opened(CLIP)
    session.stats_changed.emit(LiveStats(29.97, 28.2, 18.4, 7, 2))
    shown = texts(window.status)
    for part in ("clip.mp4", "1280 × 720", entry.card.name, "LiteRT", "in 30", "out 28"):
        assert part in shown
    for part in ("18 ms", "dropped 7", "2 faces"):
        assert part in shown
    session.closed()
    assert "ms" not in texts(window.status)


def test_pictures_have_no_rates(window: MainWindow, session: FakeSession) -> None:
    session.opened(PICTURES)
    session.stats_changed.emit(LiveStats(0, 0, 0, 0, 3))
    shown = texts(window.status)
    assert "3 faces" in shown
    assert "ms" not in shown
    assert "dropped" not in shown


def test_a_long_source_name_leaves_room_for_the_figures(
    window: MainWindow, session: FakeSession
) -> None:
    session.opened(replace(CLIP, title="x" * 300))
    session.stats_changed.emit(LiveStats(30, 30, 18, 0, 1))
    assert window.width() == 1280
    assert "1 face" in texts(window.status)


def test_the_transport_bar_is_there_for_what_can_be_sought(
    window: MainWindow, session: FakeSession
) -> None:
    session.opened(CAMERA)
    assert not window.transport.isVisible()
    session.opened(CLIP)
    assert window.transport.isVisible()
    session.answered(reading(grace_hopper(), media_time=12.48))
    assert "00:12.480" in texts(window.transport)
    assert "00:20.000" in texts(window.transport)
    session.opened(replace(PICTURES, frame_count=1))
    assert not window.transport.isVisible()


def test_a_press_on_the_slider_seeks_there(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CLIP)
    slider = window.transport.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    ((method, seconds),) = session.calls
    assert method == "seek"
    assert seconds == pytest.approx(10.0, abs=0.2)


def test_a_folder_counts_pictures(qtbot: QtBot, window: MainWindow, session: FakeSession) -> None:
    session.opened(PICTURES)
    session.answered(reading(grace_hopper(), index=1, media_time=None, name="b.png"))
    slider = window.transport.slider
    qtbot.mouseClick(
        slider, Qt.MouseButton.LeftButton, pos=slider.rect().center() + slider.rect().topRight() / 2
    )
    window.actions_by_id["on_5"].trigger()
    window.actions_by_id["end"].trigger()
    assert session.calls == [("step", 3), ("step", 1), ("step", 5)]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00.000"), (125.48, "02:05.480"), (59.9996, "01:00.000"), (3723.5, "1:02:03.500")],
)
def test_times_are_written_to_the_millisecond(seconds: float, text: str) -> None:
    assert format_time(seconds) == text


def test_a_screenshot_holds_the_readings_and_tells_its_name(
    qtbot: QtBot, window: MainWindow, session: FakeSession, settings: Settings, tmp_path: Path
) -> None:
    settings.set(SCREENSHOT_FOLDER, str(tmp_path / "shots"))
    session.opened(CLIP)
    person = face(1, (50, 50, 200, 200), scores({"happy": 0.9}))
    session.answered(reading(grace_hopper(), person, media_time=2.0))

    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(window.notice_bar.notices))

    (file,) = (tmp_path / "shots").iterdir()
    assert window.notice_bar.notices[0].text == file.name
    snapshot = read_snapshot(file)
    assert snapshot.source_title == "clip.mp4"
    assert [one.expression for one in snapshot.readings] == ["happy"]


def test_a_screenshot_that_cannot_be_written_is_told(
    qtbot: QtBot, window: MainWindow, session: FakeSession, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.set(SCREENSHOT_FOLDER, str(tmp_path / "file"))
    session.opened(CLIP)
    session.answered(reading(grace_hopper()))
    qtbot.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(window.notice_bar.notices))
    assert window.notice_bar.notices[0].severity is Severity.ERROR
    assert window.isVisible()


def test_place_panels_and_switches_come_back(
    qtbot: QtBot, open_window: Callable[[], MainWindow], settings: Settings
) -> None:
    first = open_window()
    first.resize(780, 600)
    first.actions_by_id["landmarks"].trigger()
    first.actions_by_id["theme_light"].trigger()
    first.docking.docks["models"].close()
    first.close()
    assert json.loads(settings.path.read_text())["view.landmarks"] is True

    second = open_window()
    assert (second.width(), second.height()) == (780, 600)
    assert second.actions_by_id["landmarks"].isChecked()
    assert second.view.overlay_options.show_landmarks
    assert second.theme.tokens.name == "light"
    assert not second.docking.docks["models"].isVisible()


def test_a_damaged_layout_is_ignored(
    open_window: Callable[[], MainWindow], settings: Settings
) -> None:
    from ferqt.settings import GEOMETRY, LAYOUT

    settings.set(GEOMETRY, "no base64 \N{SNOWMAN}")
    settings.set(LAYOUT, "AAAA")
    window = open_window()
    assert window.width() == 1280


def test_what_is_wrong_with_the_settings_is_told(
    qtbot: QtBot, session: FakeSession, tmp_path: Path
) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{")
    window = MainWindow(session, Settings.load(file))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(window.notice_bar.notices))
    assert window.notice_bar.notices[0].title == "The settings file was damaged"


def test_a_model_that_was_switched_to_is_kept_for_the_next_start(
    window: MainWindow, session: FakeSession, settings: Settings
) -> None:
    for model_id in ("tiny", "other"):
        card = session.catalog.entry(model_id).card
        assert card is not None
        session.answers_with(card)
        assert settings.get(MODEL) == ("" if model_id == "tiny" else "other")


def test_the_session_s_notices_are_shown(window: MainWindow, session: FakeSession) -> None:
    notice = Notice(Severity.ERROR, "The source was not opened", "there is no camera 7")
    session.notice_posted.emit(notice)
    assert window.notice_bar.notices == (notice,)
    assert window.start_page.isVisible()


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QListView, QSlider

    for kind in (QAbstractButton, QComboBox, QListView, QSlider):
        for control in window.findChildren(kind):
            if control.focusPolicy() is not Qt.FocusPolicy.NoFocus and control.window() is window:
                name = control.accessibleName() or getattr(control, "text", str)()
                assert name, control


def test_the_window_s_modules_load_nothing_heavy() -> None:
    code = (
        "import sys, ferqt.ui.main_window;"
        "print(*{'av', 'mediapipe', 'pyqtgraph', 'tensorflow', 'matplotlib', 'PIL',"
        " 'ai_edge_litert'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_dropped_portrait_is_read_by_the_real_engine(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    add_tiny_model(tmp_path / "models", "tiny")
    config = PipelineConfig(model_id="tiny", detector_id="haar")
    session = AnalysisSession(Catalog((tmp_path / "models",)), config, open_source)
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    window.show()
    session.start()
    try:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(portrait_path()))])
        assert drop(window, data)
        qtbot.waitUntil(lambda: "1 face" in texts(window.status), timeout=20_000)
        assert window.view.result is session.latest
        assert window.tool_bar.model_box.currentData() == "tiny"
        qtbot.keyClick(window, Qt.Key.Key_1)
        assert window.parts.selection.track_id == 1
    finally:
        window.close()
        session.shutdown()
