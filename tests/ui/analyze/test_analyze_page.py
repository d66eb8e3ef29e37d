"""Queue and library together: what is analyzed is kept, found again and gone on with."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.runtime.analysis_jobs import JobState
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.analysis_sources import MediaSource
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import RECENT, Settings
from ferqt.ui.analyze.library_head import SessionAction
from ferqt.ui.analyze.page import AnalyzePage
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.theme import Theme
from tests.helpers.clips import write_clip
from tests.helpers.sessions import session_document, stored_session

PATIENCE_MS = 10_000


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "sessions")


@pytest.fixture
def show(
    qtbot: QtBot,
    theme: Theme,
    tasks: TaskRunner,
    settings: Settings,
    queue: AnalysisQueue,
    library: Library,
) -> Callable[[], AnalyzePage]:
    """Shows the page once the library is listed."""

    def show_() -> AnalyzePage:
        page = AnalyzePage(theme, tasks, settings, queue, library)
        qtbot.addWidget(page)
        page.resize(884, 500)
        with qtbot.waitSignal(page.feed.came, timeout=PATIENCE_MS):
            page.show()
        return page

    return show_


def store(library: Library, source: Path, *, finished: bool = True) -> Path:
    document = session_document(2)
    facts = dict(document.facts)
    facts["settings"] = {
        "detector": {"id": "haar", "blendshapes": False},
        "smoothing_s": 0.5,
        "uncertain_below": None,
    }
    path = library.new_folder() / SESSION_NAME
    document = replace(document, source=str(source), title=source.name, facts=facts)
    return stored_session(document, path, finished=finished)


def choose_first(qtbot: QtBot, page: AnalyzePage) -> None:
    qtbot.waitUntil(lambda: bool(page.library_pane.table.entries), timeout=PATIENCE_MS)
    page.library_pane.view.selectRow(0)


def test_a_job_that_is_done_opens_its_session(
    qtbot: QtBot, show: Callable[[], AnalyzePage], queue: AnalysisQueue
) -> None:
    page = show()
    queue.add([MediaSource("/videos/good-1.mp4", "good-1.mp4")], AnalysisPreset())
    queue.start()
    qtbot.waitUntil(lambda: queue.jobs[0].state is JobState.DONE, timeout=PATIENCE_MS)
    page.queue_pane.view.selectRow(0)
    with qtbot.waitSignal(page.session_requested) as asked:
        qtbot.keyClick(page.queue_pane.view, Qt.Key.Key_Return)
    assert asked.args == [queue.jobs[0].folder / SESSION_NAME]


def test_an_interrupted_session_goes_on_as_it_was_begun(
    qtbot: QtBot, show: Callable[[], AnalyzePage], queue: AnalysisQueue, library: Library
) -> None:
    path = store(library, Path("/videos/good-3.mp4"), finished=False)
    page = show()
    choose_first(qtbot, page)
    queue.set_most(1)
    page.library_pane.do(SessionAction.RESUME)
    qtbot.waitUntil(lambda: bool(queue.jobs), timeout=PATIENCE_MS)
    job = queue.jobs[0]
    assert (job.folder, job.location) == (path.parent, "/videos/good-3.mp4")
    assert (job.preset.model, job.preset.detector, job.preset.smoothing_s) == ("model", "haar", 0.5)
    assert job.begun
    qtbot.waitUntil(lambda: not queue.jobs[0].state.is_live, timeout=PATIENCE_MS)


def test_a_source_is_analyzed_again_with_the_chosen_settings(
    qtbot: QtBot,
    show: Callable[[], AnalyzePage],
    queue: AnalysisQueue,
    library: Library,
    tmp_path: Path,
) -> None:
    source = tmp_path / "clip.mp4"
    source.touch()
    path = store(library, source)
    page = show()
    choose_first(qtbot, page)
    page.library_pane.do(SessionAction.AGAIN)
    qtbot.waitUntil(lambda: bool(queue.jobs), timeout=PATIENCE_MS)
    assert queue.jobs[0].location == str(source)
    assert queue.jobs[0].folder != path.parent


def test_a_deleted_session_takes_its_job_off_the_queue(
    qtbot: QtBot, show: Callable[[], AnalyzePage], queue: AnalysisQueue, library: Library
) -> None:
    path = store(library, Path("/videos/x.mp4"))
    page = show()
    queue.add([MediaSource("/videos/x.mp4", "x.mp4")], AnalysisPreset())
    queue._jobs.put(replace(queue.jobs[0], folder=path.parent, state=JobState.DONE))
    page.feed.delete([path.parent.name])
    qtbot.waitUntil(lambda: queue.jobs == (), timeout=PATIENCE_MS)


def test_a_source_that_no_session_is_of_any_more_leaves_the_recent_ones(
    qtbot: QtBot,
    show: Callable[[], AnalyzePage],
    queue: AnalysisQueue,
    library: Library,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    once, again = store(library, tmp_path / "ada.mp4"), store(library, tmp_path / "ada.mp4")
    # A source that is named on the command line may be remembered by a shorter path.
    settings.set(RECENT, ("ada.mp4", str(tmp_path / "bob.mp4"), str(tmp_path / "ada.mp4")))
    settings.save()
    page = show()
    with qtbot.waitSignal(page.feed.deleted, timeout=PATIENCE_MS):
        page.feed.delete([once.parent.name])
    assert len(settings.get(RECENT)) == 3
    with qtbot.waitSignal(page.feed.source_unused, timeout=PATIENCE_MS):
        page.feed.delete([again.parent.name])
    assert settings.get(RECENT) == (str(tmp_path / "bob.mp4"),)
    assert "ada" not in settings.path.read_text(encoding="utf-8")


def test_what_an_earlier_start_left_is_offered(
    qtbot: QtBot, show: Callable[[], AnalyzePage], queue: AnalysisQueue, tmp_path: Path
) -> None:
    page = show()
    queue.add([MediaSource("/videos/good-2.mp4", "good-2.mp4")], AnalysisPreset())
    queue.shutdown()
    tasks = TaskRunner()
    later = AnalysisQueue(tmp_path / "sessions", tasks)
    offered: list[tuple[Notice, NoticeAction]] = []
    page.notice_posted.connect(lambda notice, action: offered.append((notice, action)))
    page._queue = later
    page.restore()
    assert offered[0][0].title == "An analysis was not finished"
    assert [job.title for job in later.jobs] == ["good-2.mp4"]
    assert not later.active
    later.shutdown()
    tasks.shutdown()


def test_ctrl_f_searches_the_library(
    qtbot: QtBot, show: Callable[[], AnalyzePage], library: Library
) -> None:
    store(library, Path("/videos/x.mp4"))
    page = show()
    with qtbot.waitActive(page):
        page.activateWindow()
    page.library_pane.view.setFocus()
    qtbot.keyClick(page.library_pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.library_pane.head.search.hasFocus)


def test_a_session_gets_a_small_picture_of_its_source(
    qtbot: QtBot, show: Callable[[], AnalyzePage], library: Library, tmp_path: Path
) -> None:
    frames = [np.full((48, 64, 3), 90, np.uint8)] * 10
    write_clip(tmp_path / "clip.mp4", frames)
    path = store(library, tmp_path / "clip.mp4")
    page = show()
    thumbnail = path.parent / "thumbnail.jpg"
    qtbot.waitUntil(thumbnail.exists, timeout=PATIENCE_MS)
    entry = page.library_pane.table.entries[0]
    qtbot.waitUntil(lambda: page.library_pane.thumbnails.of(entry) is not None, timeout=PATIENCE_MS)


def test_what_is_typed_last_is_kept_when_the_program_ends(
    qtbot: QtBot, show: Callable[[], AnalyzePage], library: Library
) -> None:
    store(library, Path("/videos/x.mp4"))
    page = show()
    choose_first(qtbot, page)
    page.library_pane.details.notes.setPlainText("The last word.")
    page.shutdown()
    qtbot.waitUntil(lambda: library.sessions()[0].notes == "The last word.", timeout=PATIENCE_MS)


def test_every_control_has_a_name(
    qtbot: QtBot, show: Callable[[], AnalyzePage], library: Library
) -> None:
    """As a screen reader asks for it; those of the two dialogs, too."""
    store(library, Path("/videos/x.mp4"))
    page = show()
    choose_first(qtbot, page)
    page.library_pane.do(SessionAction.EXPORT)
    page.queue_pane.presets.edit_new()
    export, presets = page.library_pane.export_dialog, page.queue_pane.presets.dialog
    assert export is not None
    assert presets is not None
    nameless = []
    for kind in (
        QAbstractButton,
        QAbstractSpinBox,
        QComboBox,
        QLineEdit,
        QPlainTextEdit,
        QListWidget,
    ):
        for control in (one for root in (page, export, presets) for one in root.findChildren(kind)):
            inner = isinstance(control.parentWidget(), QComboBox | QAbstractSpinBox | QLineEdit)
            hidden = control.objectName().startswith("qt_") or "Private" in type(control).__name__
            corner = type(control) is QAbstractButton
            told = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
            if not (told or inner or hidden or corner):
                nameless.append(f"{type(control).__name__} {control.parentWidget()}")
    export.reject()
    presets.reject()
    assert nameless == []


def test_the_page_takes_no_room_while_another_one_is_shown(
    qtbot: QtBot,
    theme: Theme,
    tasks: TaskRunner,
    settings: Settings,
    queue: AnalysisQueue,
    library: Library,
) -> None:
    pages, other = QStackedWidget(), QWidget()
    qtbot.addWidget(pages)
    page = AnalyzePage(theme, tasks, settings, queue, library)
    pages.addWidget(other)
    pages.addWidget(page)
    pages.show()
    assert pages.minimumSizeHint().height() < 100
    with qtbot.waitSignal(page.feed.came, timeout=PATIENCE_MS):
        pages.setCurrentWidget(page)
    assert pages.minimumSizeHint().height() > 300
    pages.setCurrentWidget(other)
    assert pages.minimumSizeHint().height() < 100
