"""The queue on the screen: what is dropped, shown and done with jobs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.runtime.analysis_jobs import JobState
from ferqt.runtime.analysis_queue import AnalysisQueue
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import ANALYSES_AT_ONCE, Settings
from ferqt.ui.analyze.job_table import JobColumn
from ferqt.ui.analyze.queue_pane import QueuePane
from ferqt.ui.theme import Theme

PATIENCE_MS = 10_000


@pytest.fixture
def pane(
    qtbot: QtBot, theme: Theme, tasks: TaskRunner, queue: AnalysisQueue, settings: Settings
) -> QueuePane:
    settings.set(ANALYSES_AT_ONCE, 1)
    made = QueuePane(theme, tasks, queue, settings)
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def media(tmp_path: Path) -> Callable[..., list[str]]:
    """Makes empty files with these names and returns their paths."""

    def make(*names: str) -> list[str]:
        for name in names:
            (tmp_path / name).touch()
        return [str(tmp_path / name) for name in names]

    return make


def cell(pane: QueuePane, row: int, column: JobColumn) -> str:
    return pane.view.model().index(row, column).data()


def add(qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, paths: list[str]) -> None:
    before = len(queue.jobs)
    pane.add_locations(paths)
    qtbot.waitUntil(lambda: len(queue.jobs) > before, timeout=PATIENCE_MS)


def drop(pane: QueuePane, paths: list[str]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    place, action = QPoint(40, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, data, buttons, keys)
    QApplication.sendEvent(pane, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(QPointF(place), action, data, buttons, keys))


def test_an_empty_queue_says_what_to_do(pane: QueuePane) -> None:
    assert pane.empty.isVisible()
    assert not pane.view.isVisible()
    assert not pane.start_button.isVisible()


def test_all_files_of_a_drop_are_added_and_the_others_told(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    drop(pane, media("good-1.mp4", "good-2.mkv", "notes.txt"))
    qtbot.waitUntil(lambda: len(queue.jobs) == 2, timeout=PATIENCE_MS)
    assert [cell(pane, row, JobColumn.NAME) for row in (0, 1)] == ["good-1.mp4", "good-2.mkv"]
    assert pane.view.isVisible()
    assert pane.refused.isVisible()
    assert "notes.txt" in pane.refused.list.toPlainText()


def test_many_files_come_in_their_order(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    names = [f"{number}.mp4" for number in range(1100)]
    pane.add_locations(media(*names))
    qtbot.waitUntil(lambda: len(queue.jobs) == len(names), timeout=PATIENCE_MS)
    assert [job.title for job in queue.jobs] == names


def test_chosen_files_are_added(
    qtbot: QtBot,
    pane: QueuePane,
    queue: AnalysisQueue,
    media: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = media("good-1.mp4", "good-2.mp4")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (paths, ""))
    pane.empty.files_button.click()
    qtbot.waitUntil(lambda: len(queue.jobs) == 2, timeout=PATIENCE_MS)


def test_a_queue_runs_to_its_end_and_says_so(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    notices: list[Notice] = []
    pane.notice_posted.connect(lambda notice, _: notices.append(notice))
    add(qtbot, pane, queue, media("good-3.mp4", "failing.mp4"))
    pane.start_button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=PATIENCE_MS)
    assert notices[0].severity is Severity.WARNING
    assert notices[0].title == "1 of 2 analyses are not finished"
    assert cell(pane, 0, JobColumn.PROGRESS) == "100 %"
    assert [cell(pane, row, JobColumn.STATE) for row in (0, 1)] == ["Done", "Failed"]
    tip = pane.view.model().index(1, JobColumn.STATE).data(Qt.ItemDataRole.ToolTipRole)
    assert "Cannot read" in tip
    assert "Copy it again." in tip


def test_the_button_holds_all_and_lets_all_go_on(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("endless-9999.mp4"))
    assert pane.start_button.text() == "Start"
    pane.start_button.click()
    assert pane.start_button.text() == "Pause All"
    qtbot.waitUntil(lambda: queue.jobs[0].frames > 0, timeout=PATIENCE_MS)
    pane.start_button.click()
    qtbot.waitUntil(lambda: cell(pane, 0, JobColumn.STATE) == "Paused", timeout=PATIENCE_MS)
    pane.start_button.click()
    qtbot.waitUntil(lambda: cell(pane, 0, JobColumn.STATE) == "Running", timeout=PATIENCE_MS)


def test_delete_stops_what_runs_and_removes_what_does_not(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("endless.mp4", "good-1.mp4"))
    queue.start()
    qtbot.waitUntil(lambda: queue.jobs[0].frames > 0, timeout=PATIENCE_MS)
    pane.view.selectAll()
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert [job.title for job in queue.jobs] == ["endless.mp4"]
    qtbot.waitUntil(lambda: queue.jobs[0].state is JobState.CANCELED, timeout=PATIENCE_MS)
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert queue.jobs == ()
    assert pane.empty.isVisible()


def test_enter_opens_the_session_of_a_job_that_is_done(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("good-1.mp4"))
    queue.start()
    qtbot.waitUntil(lambda: queue.jobs[0].state is JobState.DONE, timeout=PATIENCE_MS)
    pane.view.selectRow(0)
    with qtbot.waitSignal(pane.session_requested) as asked:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert asked.args == [queue.jobs[0].folder]


def test_the_buttons_of_a_row_work(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("endless-999.mp4", "good-1.mp4"))
    row = pane.view.visualRect(pane.view.model().index(1, JobColumn.BUTTONS))
    last = QPoint(row.right() - 16, row.center().y())
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert [job.title for job in queue.jobs] == ["endless-999.mp4"]


def test_jobs_move_with_the_keys_and_stay_chosen(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("a.mp4", "b.mp4", "c.mp4"))
    pane.view.selectRow(2)
    qtbot.keyClick(pane.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [job.title for job in queue.jobs] == ["a.mp4", "c.mp4", "b.mp4"]
    assert [job.title for job in pane.view.chosen] == ["c.mp4"]


def test_dragged_rows_change_the_order(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, media: Callable[..., list[str]]
) -> None:
    add(qtbot, pane, queue, media("a.mp4", "b.mp4", "c.mp4"))
    model = pane.view.model()
    data = model.mimeData([model.index(2, 0), model.index(2, 1)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index(-1, -1))
    qtbot.waitUntil(lambda: queue.jobs[0].title == "c.mp4")


def test_new_settings_are_for_what_is_added_next(
    qtbot: QtBot,
    pane: QueuePane,
    queue: AnalysisQueue,
    media: Callable[..., list[str]],
    settings: Settings,
) -> None:
    add(qtbot, pane, queue, media("a.mp4"))
    pane.presets.set_choices([("vgg48", "VGG")], [("csv", "Table"), ("vtt", "Subtitles")])
    pane.presets.edit_new()
    dialog = pane.presets.dialog
    assert dialog is not None
    dialog.name.setText("Coarse")
    dialog.every.setValue(10)
    dialog.model.setCurrentIndex(dialog.model.findData("vgg48"))
    dialog.formats.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.formats.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.save_button.click()
    add(qtbot, pane, queue, media("b.mp4"))
    first, second = (job.preset for job in queue.jobs)
    assert first.every == 1
    assert (second.name, second.every, second.model) == ("Coarse", 10, "vgg48")
    assert second.formats == ("vtt",)
    assert cell(pane, 1, JobColumn.PRESET) == "Coarse"
    # Another start of the program knows them.
    settings.save()
    kept = QueuePane(Theme("dark"), TaskRunner(), queue, Settings.load(settings.path))
    qtbot.addWidget(kept)
    assert kept.presets.preset == second


def test_settings_need_a_name_of_their_own_and_can_be_deleted(
    qtbot: QtBot, pane: QueuePane
) -> None:
    for name in ("Coarse", "Fine"):
        pane.presets.edit_new()
        dialog = pane.presets.dialog
        assert dialog is not None
        dialog.name.setText(name)
        dialog.save_button.click()
    pane.presets.edit()
    dialog = pane.presets.dialog
    assert dialog is not None
    for name, good in (("coarse ", False), ("", False), ("Finest", True)):
        dialog.name.setText(name)
        assert dialog.save_button.isEnabled() is good
    dialog.remove_button.click()
    assert [preset.name for preset in pane.presets.presets] == ["", "Coarse"]


def test_the_length_of_a_video_is_found_later(
    qtbot: QtBot, pane: QueuePane, queue: AnalysisQueue, tmp_path: Path
) -> None:
    import numpy as np

    from tests.helpers.clips import write_clip

    write_clip(tmp_path / "clip.mp4", [np.full((32, 32, 3), 90, np.uint8)] * 60)
    add(qtbot, pane, queue, [str(tmp_path / "clip.mp4")])
    qtbot.waitUntil(lambda: cell(pane, 0, JobColumn.LENGTH) == "0:02", timeout=PATIENCE_MS)
