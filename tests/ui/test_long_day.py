"""Hours with thousands of faces: nothing that the window keeps grows with them."""

import logging
from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ferqt.core.types import FaceResult, FrameResult, Image, Notice, Severity
from ferqt.log_memory import log_memory
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.docks.tools import Refresher
from ferqt.ui.emotion_plot import EmotionPlot
from ferqt.ui.main_window import MainWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.growth import grown, sizes
from tests.helpers.readings import face, reading, scores

CAMERA = SourceInfo(SourceKind.CAMERA, "camera", "0", 64, 36, fps=30.0, live=True)
PICTURE: Image = np.zeros((36, 64, 3), np.uint8)

STEP_MS = 500
FRAMES_A_FACE = 3
SHOWN_EVERY = 50
"""The window comes to paint after so many faces only, so that the test is fast."""

SETTLED = 401
"""Faces after which all is full: panels tell 256 apart, curves are kept for two minutes."""

LATER = 1_201


def of_face(track_id: int, frame: int) -> FaceResult:
    """A face that is called "Anna" if it is the second."""
    shown = ("happy", "sad", "neutral")[(track_id + frame) % 3]
    name = "Anna" if track_id == 2 else ""
    landmarks = np.full((478, 3), 9.0, np.float32)
    return face(track_id, (9, 9, 20, 20), scores({shown: 0.8}), landmarks=landmarks, name=name)


def let_live() -> None:
    """Let the window paint, and let go what it threw away, as its event loop does."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def faces_pass(session: FakeSession, first: int, last: int) -> None:
    """Let one face after another come, stay for a second, and go for good."""
    for track_id in range(first, last):
        samples: list[FrameResult] = []
        for frame in range(FRAMES_A_FACE):
            number = FRAMES_A_FACE * track_id + frame
            result = reading(
                PICTURE,
                of_face(track_id, frame),
                index=number,
                session_ms=STEP_MS * number,
                media_time=None,
            )
            samples.append(result.without_image())
        session.result_ready.emit(result, samples)
        if track_id % SHOWN_EVERY == 0:
            notice = Notice(Severity.WARNING, "The camera was away", f"for {track_id} ms")
            session.notice_posted.emit(notice)
            let_live()


def held(window: MainWindow, more: Sequence[object] = ()) -> dict[str, int]:
    counted = sizes(window, log_memory(), *more)
    counted["widgets"] = len(window.findChildren(QWidget))
    return counted


def bring_up_to_date(window: MainWindow) -> None:
    """Let all panels that are seen take what waits for their turn."""
    for refresher in window.findChildren(Refresher):
        refresher.now()


@pytest.mark.parametrize("panels", ["shown", "hidden"])
def test_thousands_of_faces_leave_no_more_than_hundreds(
    qtbot: QtBot, window: MainWindow, session: FakeSession, panels: str
) -> None:
    for dock in window.docking.docks.values():
        dock.setVisible(panels == "shown")
    session.opened(CAMERA)
    faces_pass(session, 1, SETTLED)
    bring_up_to_date(window)
    if panels == "shown":
        # What draws the curves is imported little by little.
        plot = window.findChild(EmotionPlot)
        qtbot.waitUntil(lambda: bool(plot.canvas.lane_titles), timeout=10_000)
    before = held(window)
    faces_pass(session, SETTLED, LATER)
    bring_up_to_date(window)

    def nothing_has_grown() -> None:
        assert grown(before, held(window)) == {}

    qtbot.waitUntil(nothing_has_grown, timeout=10_000)


def test_a_named_face_keeps_its_name_after_thousands(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.opened(CAMERA)
    faces_pass(session, 1, SETTLED)
    statistics = window.parts.panels.statistics
    assert 2 not in statistics.statistics.track_ids, "it was long ago"
    returned = reading(PICTURE, of_face(2, 0), session_ms=SETTLED * FRAMES_A_FACE * STEP_MS)
    session.answered(returned)
    window.docking.show("statistics")
    qtbot.waitUntil(lambda: statistics.faces.findText("Face 2  Anna") >= 0)


def test_a_storm_of_records_and_notices_leaves_the_newest(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    window.docking.show("log")
    log = logging.getLogger("ferqt.storm")

    def storm(count: int) -> None:
        for number in range(count):
            log.warning("record %d", number)
            if number % SHOWN_EVERY == 0:
                session.notice_posted.emit(Notice(Severity.INFO, f"notice {number}", ""))
                let_live()

    logging.getLogger("ferqt").addHandler(log_memory())
    panel = window.parts.panels.log
    storm(1_500)
    panel.refresh()
    before = held(window)
    storm(3_000)
    panel.refresh()
    assert len(panel.shown_lines) > 500
    assert grown(before, held(window)) == {}
