"""The panel of the log: what it lists, filters, copies and saves."""

import logging
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.errors import OutputError
from ferqt.log import log_file, start_logging
from ferqt.log_memory import LogMemory
from ferqt.ui.docks.log_dock import LogPanel
from ferqt.ui.docks.log_table import LogColumn
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import DARK, LIGHT


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return Theme("dark")


@pytest.fixture
def memory() -> LogMemory:
    return LogMemory(most_lines=50)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, memory: LogMemory) -> LogPanel:
    made = LogPanel(theme, memory)
    qtbot.addWidget(made)
    made.resize(480, 360)
    made.show()
    return made


def log(memory: LogMemory, level: int, text: str) -> None:
    memory.handle(logging.LogRecord("ferqt.x", level, "", 1, text, (), None))


def some(panel: LogPanel, memory: LogMemory) -> None:
    """Log a line of each level and a notice."""
    log(memory, logging.INFO, "opened clip.mp4")
    log(memory, logging.WARNING, "slow disk")
    log(memory, logging.ERROR, "it broke\nbadly")
    memory.add_notice(Notice(Severity.INFO, "Screenshot saved", "a.png", details="1 MB"))
    panel.refresh()


def texts(panel: LogPanel) -> list[str]:
    model = panel.view.model()
    return [model.index(row, LogColumn.TEXT).data() for row in range(model.rowCount())]


def choose(panel: LogPanel, text: str) -> None:
    row = panel.level_box.findText(text)
    assert row >= 0
    panel.level_box.setCurrentIndex(row)
    panel.level_box.activated.emit(row)


def test_lines_and_notices_are_listed_as_they_come(
    qtbot: QtBot, panel: LogPanel, memory: LogMemory
) -> None:
    label = next(one for one in panel.findChildren(QLabel) if "Nothing to show" in one.text())
    assert label.isVisible()
    log(memory, logging.INFO, "opened clip.mp4")
    qtbot.waitUntil(lambda: texts(panel) == ["opened clip.mp4"])
    assert not label.isVisible()
    memory.add_notice(Notice(Severity.WARNING, "The disk is full", hint="Free some space."))
    qtbot.waitUntil(lambda: len(texts(panel)) == 2)
    assert texts(panel)[1] == "The disk is full. Free some space."


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("All lines", ["opened clip.mp4", "slow disk", "it broke …", "Screenshot saved: a.png"]),
        ("Notices", ["Screenshot saved: a.png"]),
        ("Warnings and errors", ["slow disk", "it broke …"]),
        ("Errors", ["it broke …"]),
    ],
)
def test_lines_are_filtered_by_level(
    panel: LogPanel, memory: LogMemory, choice: str, shown: list[str]
) -> None:
    some(panel, memory)
    choose(panel, choice)
    assert texts(panel) == shown


def test_a_filter_that_lets_nothing_through_says_so(panel: LogPanel, memory: LogMemory) -> None:
    log(memory, logging.INFO, "opened clip.mp4")
    panel.refresh()
    choose(panel, "Errors")
    assert any("Nothing to show" in one.text() and one.isVisible() for one in
               panel.findChildren(QLabel))  # fmt: skip
    assert not panel.copy_action.isEnabled()


def test_the_chosen_line_is_shown_in_full(panel: LogPanel, memory: LogMemory) -> None:
    some(panel, memory)
    assert not panel.details.isVisible()
    panel.view.selectRow(3)
    assert panel.details.isVisible()
    assert panel.details.toPlainText().endswith("notice: Screenshot saved: a.png\n1 MB")
    panel.view.clearSelection()
    assert not panel.details.isVisible()


def test_a_line_that_is_completed_later_changes_in_its_place(
    panel: LogPanel, memory: LogMemory
) -> None:
    log(memory, logging.WARNING, "The source was not opened: there is no camera 7. Plug it in.")
    log(memory, logging.INFO, "later")
    panel.refresh()
    memory.add_notice(
        Notice(Severity.ERROR, "The source was not opened", "there is no camera 7", "Plug it in.")
    )
    panel.refresh()
    assert len(texts(panel)) == 2
    choose(panel, "Notices")
    assert texts(panel) == ["The source was not opened: there is no camera 7. Plug it in."]


def test_the_newest_lines_stay_and_stay_in_view(
    qtbot: QtBot, panel: LogPanel, memory: LogMemory
) -> None:
    for number in range(120):
        log(memory, logging.INFO, f"line {number}")
        if number % 40 == 0:
            panel.refresh()
    panel.refresh()
    assert texts(panel) == [f"line {number}" for number in range(70, 120)]
    bar = panel.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(0)
    log(memory, logging.INFO, "one more")
    panel.refresh()
    qtbot.wait(20)
    assert bar.value() < bar.maximum()


def test_lines_from_other_threads_arrive(qtbot: QtBot, panel: LogPanel, memory: LogMemory) -> None:
    threads = [
        threading.Thread(target=log, args=(memory, logging.INFO, f"thread {number}"))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(texts(panel)) == 4)


def test_a_hidden_panel_asks_for_nothing(qtbot: QtBot, panel: LogPanel, memory: LogMemory) -> None:
    panel.hide()
    log(memory, logging.INFO, "unseen")
    qtbot.wait(300)
    assert texts(panel) == []
    panel.show()
    assert texts(panel) == ["unseen"]


def test_chosen_lines_are_copied_else_all(qtbot: QtBot, panel: LogPanel, memory: LogMemory) -> None:
    some(panel, memory)
    panel.copy_action.trigger()
    copied = QGuiApplication.clipboard().text()
    assert "Information ferqt.x: opened clip.mp4\n" in copied
    assert "Error ferqt.x: it broke\nbadly\n" in copied
    panel.view.selectRow(1)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (line,) = QGuiApplication.clipboard().text().splitlines()
    assert line.endswith("Warning ferqt.x: slow disk")


def test_what_is_shown_is_saved(
    qtbot: QtBot,
    panel: LogPanel,
    memory: LogMemory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some(panel, memory)
    log(memory, logging.ERROR, "a name that is no text: \udcff")
    panel.refresh()
    choose(panel, "Errors")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "log"), ""))
    with qtbot.waitSignal(panel.notice_posted) as told:
        panel.save_action.trigger()
    assert told.args == [Notice(Severity.INFO, "Log saved", "log.txt")]
    text = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "it broke\nbadly" in text
    assert "slow disk" not in text
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        panel.save(tmp_path / "file" / "log.txt")


def test_the_log_file_is_opened(
    qtbot: QtBot, theme: Theme, memory: LogMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_logging()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel = LogPanel(theme, memory)
    qtbot.addWidget(panel)
    panel.show()
    panel.open_action.trigger()
    assert [url.toLocalFile() for url in opened] == [str(log_file())]


def test_without_a_log_file_there_is_nothing_to_open(panel: LogPanel) -> None:
    assert log_file() is None
    assert not panel.open_action.isEnabled()


def test_levels_are_told_by_sign_and_word(panel: LogPanel, memory: LogMemory, theme: Theme) -> None:
    some(panel, memory)
    model = panel.view.model()
    spoken = [
        model.index(row, LogColumn.LEVEL).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(4)
    ]
    assert spoken == ["Information", "Warning", "Error", "Information"]
    error = model.index(2, LogColumn.TEXT)
    assert error.data(Qt.ItemDataRole.ForegroundRole) == QColor(DARK.danger)
    assert not model.index(2, LogColumn.LEVEL).data(Qt.ItemDataRole.DecorationRole).isNull()
    theme.choose("light")
    assert error.data(Qt.ItemDataRole.ForegroundRole) == QColor(LIGHT.danger)
    theme.choose("dark")


def test_every_control_says_what_it_is(panel: LogPanel) -> None:
    assert panel.view.accessibleName()
    assert panel.level_box.accessibleName()
    assert panel.details.accessibleName()
    assert all(button.accessibleName() for button in panel.findChildren(QToolButton))
