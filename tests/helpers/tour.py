"""A person at the real window: presses keys, waits for what comes of them, and looks at it."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from ferqt.classifiers.catalog import Catalog
from ferqt.core.timing import THREAD_TURN_S
from ferqt.core.types import FaceResult, FrameResult, Notice
from ferqt.outputs.overlay import Canvas, OverlayOptions, Text, build_overlay
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.runtime.sound import Sound
from ferqt.settings import (
    MODEL,
    PRIVACY_READ,
    RECORD_COUNTDOWN,
    RECORDING_FOLDER,
    SCREENSHOT_FOLDER,
    Settings,
)
from ferqt.sources.camera_devices import CameraDevice
from ferqt.sources.factory import open_source
from ferqt.ui.main_window import MainWindow
from tests.helpers.clips import beeps, write_clip
from tests.helpers.models import TINY_ID, Json, add_tiny_model
from tests.helpers.overlays import measure
from tests.helpers.portraits import PlacedFace, scene
from tests.helpers.sound import FakeOutput

FPS = 25
FRAMES = 150
"""Frames of the clip of two people, six seconds."""

_SWAY_FRAMES = 25
SIZE = (640, 360)
_STILL_S = 0.4
"""Ten frames of the clip."""

RETURN_FRAMES = 30
"""Frames of the clip in which a person goes in the middle and comes back elsewhere."""

FIRST, SECOND = TINY_ID, "tiny-other"
"""Models of the catalog; the second has other classes."""

D = TypeVar("D", bound=QDialog)


def write_two_people(path: Path) -> None:
    """Two faces that move a little, with a tone every second."""
    frames = []
    for number in range(_SWAY_FRAMES):
        sway = 15 * np.sin(2 * np.pi * number / _SWAY_FRAMES)
        people = [
            PlacedFace(180 + sway, 180, 130, roll=sway / 3),
            PlacedFace(460 - sway, 185, 120, "collins", roll=sway / 4),
        ]
        frames.append(scene(*SIZE, people))
    frames *= FRAMES // _SWAY_FRAMES
    sound = beeps([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], FRAMES / FPS)
    write_clip(path, frames, fps=FPS, sound=sound)


def write_return(path: Path) -> None:
    """One face that stays and one that comes back larger, so that it gets another number."""
    stays = PlacedFace(170, 180, 130)
    early, late = PlacedFace(420, 90, 60, "collins"), PlacedFace(500, 200, 150, "collins")
    half = RETURN_FRAMES // 2
    frames = [scene(*SIZE, [stays, early])] * half + [scene(*SIZE, [stays, late])] * half
    write_clip(path, frames, fps=FPS)


def _with_other_classes(card: Json) -> None:
    names = ["angry", "disgust", "fear", "happy", "sad", "contempt", "neutral"]
    card["output"]["labels"] = {"id": "mine", "names": names}


class Tour:
    """The window with its session, and what a person does with it.

    Attributes:
        window: The window.
        session: What it shows.
        settings: Its settings.
        home: Folder of clips, screenshots, recordings and saved files.
        notices: Everything that the bar was told, oldest first.
        results: Every light sample since `forget`.
        speaker: The loudspeaker that was opened last.
        chosen: What dialogs for files answer.
    """

    def __init__(
        self, window: MainWindow, session: AnalysisSession, settings: Settings, home: Path
    ):
        self.window = window
        self.session = session
        self.settings = settings
        self.home = home
        self.notices: list[Notice] = []
        self.results: list[FrameResult] = []
        self.speaker: FakeOutput | None = None
        self.chosen = ""
        session.result_ready.connect(lambda _, samples: self.results.extend(samples))
        self._closing = _CloseWatcher(window)
        parts, panels = window.parts, window.parts.panels
        for teller in (
            session,
            window.analysis,
            window.review,
            parts.screenshots,
            parts.recording_controls,
            parts.marker_controls,
            parts.desk,
            panels.probabilities.plot,
            panels.statistics,
            panels.gallery,
            panels.log,
        ):
            teller.notice_posted.connect(self._on_notice)

    @property
    def clip(self) -> Path:
        return self.home / "people.mp4"

    @property
    def return_clip(self) -> Path:
        return self.home / "return.mp4"

    @property
    def shown(self) -> FrameResult:
        """What is on screen."""
        result = self.window.view.result
        assert result is not None
        return result

    @property
    def index(self) -> int:
        """Number of the frame on screen, -1 for none."""
        result = self.window.view.result
        return -1 if result is None else result.index

    @property
    def asked_to_close(self) -> int:
        """How often the window was asked to close; it was kept open."""
        return self._closing.count

    def face(self, track_id: int) -> FaceResult:
        """A face on screen."""
        face = self.shown.face(track_id)
        assert face is not None
        return face

    def said(self, result: FrameResult | None = None) -> list[str]:
        """Texts of the overlay of a result, of that on screen if none is given."""
        options = OverlayOptions(show_all_bars=False)
        canvas = Canvas(1280, 720)
        shapes = build_overlay(result or self.shown, options, canvas, measure)
        return [shape.text for shape in shapes if isinstance(shape, Text)]

    def until(self, holds: Callable[[], object], timeout_s: float = 30.0, why: str = "") -> None:
        """Let the window live until something holds."""
        deadline = time.monotonic() + timeout_s
        while not holds():
            if time.monotonic() > deadline:
                told = [f"{one.title}: {one.text}" for one in self.notices[-3:]]
                pytest.fail(f"{why or 'it did not come'} in {timeout_s} s; notices: {told}")
            self.live(0.01)

    def until_still(self, timeout_s: float = 5.0) -> None:
        """Wait until the same picture has been on screen for a while."""
        deadline = time.monotonic() + timeout_s
        index, since = self.index, time.monotonic()
        while time.monotonic() < since + _STILL_S:
            self.live(0.02)
            if self.index != index:
                index, since = self.index, time.monotonic()
            if time.monotonic() > deadline:
                pytest.fail("the picture goes on")

    def live(self, seconds: float) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def press(self, key: str, widget: QWidget | None = None) -> None:
        """Press a key where the keyboard is."""
        combination = QKeySequence(key)[0]
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    def write(self, text: str) -> None:
        """Write where the keyboard is."""
        target = QApplication.focusWidget()
        # Qt would abort the process.
        assert target is not None, "nothing has the keyboard"
        QTest.keyClicks(target, text)

    def dialog(self, kind: type[D]) -> D:
        """The dialog that has opened, with the keyboard."""

        def opened() -> list[D]:
            tops = QApplication.topLevelWidgets()
            return [one for one in tops if isinstance(one, kind) and one.isVisible()]

        self.until(opened, why=kind.__name__)
        (dialog,) = opened()
        dialog.activateWindow()
        self.until(dialog.isActiveWindow)
        return dialog

    def dismiss(self, kind: type[QDialog]) -> None:
        """Close the dialog that has opened with Esc, and go on in the window."""
        dialog = self.dialog(kind)
        self.press("Esc", dialog.focusWidget())
        self.until(lambda: not isValid(dialog) or not dialog.isVisible())
        self.back()

    def back(self) -> None:
        """Give the keyboard back to the window."""
        # A dialog that closes takes it along, a moment later.
        self.live(0.01)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def open(self, location: str | Path, frame: int = 0) -> None:
        """Open a source and hold it at a frame."""
        self.session.open_source(str(location))
        self.until(lambda: self.session.source_info is not None and self.index >= 0)
        self.go_to(frame)

    def go_to(self, index: int) -> None:
        """Hold the picture at a frame."""
        self.session.set_paused(True)
        before = self.window.view.result
        self.session.seek_frame(index)
        # The frame is read anew, even where it is on screen already: its readings may differ.
        self.until(lambda: self.index == index and self._read_since(before), why=f"frame {index}")

    def play(self) -> None:
        """Let the picture run."""
        self.session.set_paused(False)
        self.until(lambda: self.session.state is SessionState.RUNNING)

    def told(self, title: str) -> bool:
        """Whether a notice was shown."""
        return any(notice.title == title for notice in self.notices)

    def prepare(self) -> None:
        """Be where every step begins: the clip of two people, held at its frame 50."""
        while (dialog := QApplication.activeModalWidget()) is not None:
            assert isinstance(dialog, QDialog)
            dialog.reject()
            self.live(0.01)
        if self.window.isFullScreen():
            self.window.actions_by_id["full_screen"].trigger()
        if self.window.analysis.shown:
            self.window.actions_by_id["analysis"].trigger()
        self.window.parts.review.close()
        self.window.docking.show("models")
        self.window.docking.show("probabilities")
        self.window.pages.setFocus()
        self.back()
        info = self.session.source_info
        if info is None or info.location != str(self.clip):
            self.open(self.clip)
        playback = self.session.playback
        playback.clear_range()
        playback.set_speed(1.0)
        playback.sound.set_on(False)
        self.session.compare_with("")
        self.window.parts.selection.select(None)
        self.window.parts.markers.clear()
        self.window.notice_bar.clear()
        self.go_to(50)
        self.until(lambda: len(self.shown.faces) == 2, why="two faces")
        self.notices.clear()
        self.results.clear()

    def _read_since(self, before: FrameResult | None) -> bool:
        """Whether the frame on screen came out of the source after an earlier result's."""
        return before is None or self.shown.frame is not before.frame

    def _on_notice(self, notice: Notice, _action: object = None) -> None:
        self.notices.append(notice)


class _CloseWatcher(QObject):
    """Keeps a window open and counts how often it should have closed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.Close:
            return False
        self.count += 1
        event.ignore()
        return True

    def let_go(self, window: MainWindow) -> None:
        window.removeEventFilter(self)


@contextmanager
def real_tour(home: Path) -> Iterator[Tour]:
    """Open the real window on the real session; at the end Q quits it."""
    write_two_people(home / "people.mp4")
    write_return(home / "return.mp4")
    add_tiny_model(home / "models", FIRST)
    add_tiny_model(home / "models", SECOND, edit=_with_other_classes)
    settings = Settings.load(home / "config" / "settings.json")
    settings.set(PRIVACY_READ, True)
    settings.set(SCREENSHOT_FOLDER, str(home / "shots"))
    settings.set(RECORDING_FOLDER, str(home / "recordings"))
    settings.set(RECORD_COUNTDOWN, False)
    before = sys.getswitchinterval()
    # As the program does.
    sys.setswitchinterval(THREAD_TURN_S)
    with pytest.MonkeyPatch.context() as patch:
        made: list[Tour] = []
        patch.setenv("FERQT_DATA_DIR", str(home / "data"))

        def open_speaker() -> FakeOutput:
            made[0].speaker = FakeOutput()
            return made[0].speaker

        patch.setattr("ferqt.runtime.playback.Sound", partial(Sound, open_speaker))
        # No test may switch a camera on; this one answers on no computer.
        camera = CameraDevice(97, "Camera that is not there", "/dev/video97")
        patch.setattr("ferqt.sources.camera_devices.list_cameras", lambda: (camera,))
        patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (made[0].chosen, ""))
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (made[0].chosen, ""))
        session = AnalysisSession(Catalog((home / "models",)), PipelineConfig(FIRST), open_source)
        window = MainWindow(session, settings)
        tour = Tour(window, session, settings, home)
        made.append(tour)
        try:
            window.show()
            tour.back()
            session.start()
            tour.open(home / "people.mp4")
            # As the program does, too.
            gc.freeze()
            yield tour
            tour.prepare()
            tour._closing.let_go(window)
            tour.press("Q")
            assert not window.isVisible()
            assert Settings.load(settings.path).get(MODEL) == settings.get(MODEL)
        finally:
            gc.unfreeze()
            window.close()
            session.shutdown()
            window.deleteLater()
            sys.setswitchinterval(before)
