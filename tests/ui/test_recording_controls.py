"""What the window does with recordings, and what it shows of them."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.outputs.overlay import OverlayOptions
from ferqt.runtime.markers import Markers
from ferqt.runtime.recorder import RecordingProgress
from ferqt.runtime.recording import Recording, RecordingState
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from ferqt.settings import RECORD_COUNTDOWN, RECORD_OVERLAY, RECORDING_FOLDER, Settings
from ferqt.ui.dialogs.recording import RecordingDialog
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.recording_controls import RecordedOverlay, RecordingControls
from ferqt.ui.recording_sign import CountdownSign, RecordingLine, RecordingSign
from ferqt.ui.recording_texts import clock_text, progress_text, room_text
from tests.helpers.portraits import grace_hopper
from tests.helpers.readings import face, reading, scores
from tests.helpers.recordings import CAMERA
from tests.helpers.tapped_session import TappedSession

GB = 1_000_000_000


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def session(qapp):
    made = TappedSession()
    made.opened(CAMERA)
    return made


@pytest.fixture
def recording(session):
    lock = WakeLock(lambda _: nullcontext(()))
    made = Recording(session, Markers(), lock, lambda path: 80 * GB)
    yield made
    made.shutdown()


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def window(qtbot: QtBot):
    made = QWidget()
    made.resize(640, 360)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def controls(recording, settings: Settings, tasks, window, tmp_path: Path):
    settings.set(RECORDING_FOLDER, str(tmp_path / "recordings"))
    settings.set(RECORD_COUNTDOWN, False)
    return RecordingControls(recording, settings, OverlayOptions, tasks, window)


@pytest.fixture
def notices(controls):
    seen: list[tuple[Notice, NoticeAction | None]] = []
    controls.notice_posted.connect(lambda notice, action: seen.append((notice, action)))
    return seen


def on(recording: Recording, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: recording.state is RecordingState.ON, timeout=5000)


def off(recording: Recording, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: recording.state is RecordingState.OFF, timeout=5000)


def test_one_key_starts_and_stops(controls, recording, session, notices, tmp_path, qtbot):
    controls.toggle()
    on(recording, qtbot)
    session.send(*range(5))
    controls.toggle()
    off(recording, qtbot)

    (folder,) = (tmp_path / "recordings").iterdir()
    notice, action = notices[-1]
    assert notice.severity is Severity.INFO
    # Behind the length, as the bar begins sentences with a capital.
    assert notice.text.endswith(f"  ·  {folder.name}")
    assert action is not None
    assert len(pd.read_csv(folder / "frames.csv")) == 5


def test_recordings_go_to_the_systems_videos_unless_another_folder_is_set(
    controls, settings, user_home
):
    settings.reset(RECORDING_FOLDER)
    assert controls.folder.is_relative_to(user_home)
    assert controls.folder.name == "ferqt"
    settings.set(RECORDING_FOLDER, "/elsewhere")
    assert controls.folder == Path("/elsewhere")


def test_the_dialog_starts_a_recording_and_keeps_what_was_chosen(
    controls, recording, session, settings, window, qtbot
):
    controls.ask()
    dialog = window.findChild(RecordingDialog)
    assert dialog.clean.isChecked()
    dialog.annotated.click()
    button(dialog, "Start Recording").click()
    on(recording, qtbot)
    assert settings.get(RECORD_OVERLAY)
    assert not settings.get(RECORD_COUNTDOWN)

    controls.ask()
    assert len(window.findChildren(RecordingDialog)) <= 1, "a recording runs already"
    session.send(0)
    recording.stop()
    off(recording, qtbot)


def test_the_dialog_can_be_left(controls, recording, window, qtbot):
    controls.ask()
    window.findChild(RecordingDialog).reject()
    assert recording.state is RecordingState.OFF


def test_the_dialog_tells_the_room_on_the_disk(tasks, tmp_path, qtbot):
    dialog = RecordingDialog(tmp_path, overlay=True, countdown=True, tasks=tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "free" in dialog._room.text(), timeout=5000)
    assert dialog.annotated.isChecked()
    assert dialog.countdown.isChecked()
    assert button(dialog, "Start Recording").isDefault()
    assert all(widget.accessibleName() or widget.text() for widget in controls_of(dialog))


def test_the_overlay_is_painted_unmirrored_whatever_the_view_shows(qapp):
    image = grace_hopper()
    result = reading(image, face(1, (170, 132, 185, 202), scores({"happy": 0.9})))
    plain = RecordedOverlay(lambda: OverlayOptions(show_all_bars=False))(image, result)
    mirrored = RecordedOverlay(lambda: OverlayOptions(show_all_bars=False, mirrored=True))(
        image, result
    )
    assert np.array_equal(plain, mirrored)
    assert not np.array_equal(plain, image)


def test_the_overlay_follows_the_views_switches_while_it_records(qapp):
    image = grace_hopper()
    result = reading(image, face(1, (170, 132, 185, 202), scores({"happy": 0.9})))
    options = [OverlayOptions(show_labels=False, show_all_bars=False)]
    paint = RecordedOverlay(lambda: options[0])
    assert np.array_equal(paint(image, result), image)
    options[0] = OverlayOptions()
    assert not np.array_equal(paint(image, result), image)


def test_the_sign_tells_time_and_what_is_missing(window, qtbot):
    sign = RecordingSign(window)
    assert not sign.isVisible()
    sign.show_state(RecordingState.ON)
    assert (sign.isVisible(), sign.text) == (True, "00:00")
    sign.show_progress(RecordingProgress(75.3, 10, GB, 900, 0))
    assert sign.text == "01:15"
    sign.show_progress(RecordingProgress(76.3, 10, GB, 900, 4))
    assert sign.text == "01:16  4 missing"
    assert "01:16" in sign.accessibleName()
    sign.show_state(RecordingState.SAVING)
    assert sign.text.startswith("Saving")
    sign.show_state(RecordingState.OFF)
    assert not sign.isVisible()


def test_the_sign_is_red_and_takes_no_clicks(window, qtbot):
    sign = RecordingSign(window)
    sign.show_state(RecordingState.ON)
    image = sign.grab().toImage()
    reds = [image.pixelColor(x, image.height() // 2) for x in range(image.width())]
    assert any(color.red() > 200 and color.green() < 120 for color in reds)
    assert sign.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_countdown_stays_in_the_middle(window, qtbot):
    sign = CountdownSign(window)
    sign.show_seconds(3)
    assert (sign.isVisible(), sign.seconds) == (True, 3)
    window.resize(900, 500)
    qtbot.waitUntil(lambda: sign.geometry().center() == window.rect().center())
    sign.show_state(RecordingState.ON)
    assert not sign.isVisible()


def test_the_line_tells_size_and_room_in_words(window, qtbot):
    line = RecordingLine(window)
    line.show_state(RecordingState.ON)
    line.show_progress(RecordingProgress(60.0, 20_000_000, 72 * GB, 1800, 0))
    assert line.text == "Recording 01:00  ·  20 MB  ·  72.0 GB free, about 60 h"
    line.show_state(RecordingState.SAVING)
    assert "Saving" in line.text
    line.show_state(RecordingState.OFF)
    assert not line.isVisible()


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (RecordingProgress(), ""),
        (RecordingProgress(2.0, 10, GB, 60, 0), "1.0 GB free"),
        (RecordingProgress(60.0, 20_000_000, GB, 60, 0), "1.0 GB free, about 50 min"),
        (RecordingProgress(60.0, 1000, GB, 60, 0), "1.0 GB free"),
    ],
)
def test_room_is_told_as_far_as_it_is_known(progress, text, qapp):
    assert room_text(progress) == text


def test_lengths_are_written_like_clocks(qapp):
    assert [clock_text(seconds) for seconds in (0, 59.9, 61, 3661)] == [
        "00:00",
        "00:59",
        "01:01",
        "1:01:01",
    ]
    assert "7 missing" in progress_text(RecordingProgress(1.0, 1, GB, 9, 7))


def button(dialog, text: str) -> QPushButton:
    buttons = dialog.findChild(QDialogButtonBox).buttons()
    return next(one for one in buttons if one.text() == text)


def controls_of(dialog):
    return [dialog.clean, dialog.annotated, dialog.countdown, *dialog.findChildren(QPushButton)]
