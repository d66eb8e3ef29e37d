"""The library on the screen: found, noted upon, exported, deleted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.state import SessionState
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.analyze.library_feed import LibraryFeed
from ferqt.ui.analyze.library_head import SessionAction
from ferqt.ui.analyze.library_pane import LibraryPane
from ferqt.ui.analyze.session_table import SessionColumn
from ferqt.ui.theme import Theme
from tests.helpers.sessions import session_document, stored_session

PATIENCE_MS = 5_000
DOCUMENT = session_document(2)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "sessions")


@pytest.fixture
def add(library: Library) -> Callable[..., Path]:
    """Puts a session into the library and returns its file."""

    def add_(
        title: str, *, notes: str = "", tags: tuple[str, ...] = (), finished: bool = True
    ) -> Path:
        document = replace(DOCUMENT, title=title)
        path = library.new_folder() / "session.db"
        stored_session(document, path, finished=finished)
        with SessionEditor(path) as editor:
            editor.set_notes(notes)
            editor.set_tags(tags)
        return path

    return add_


@pytest.fixture
def show(
    qtbot: QtBot, theme: Theme, tasks: TaskRunner, library: Library
) -> Callable[[], LibraryPane]:
    """Shows the library as it is now."""

    def show_() -> LibraryPane:
        feed = LibraryFeed(library, tasks)
        pane = LibraryPane(theme, tasks, feed)
        feed.setParent(pane)
        qtbot.addWidget(pane)
        pane.resize(1100, 500)
        with qtbot.waitSignal(feed.came, timeout=PATIENCE_MS):
            pane.show()
        return pane

    return show_


def titles(pane: LibraryPane) -> list[str]:
    return [entry.title for entry in pane.table.entries]


def choose(pane: LibraryPane, *names: str) -> None:
    pane.view.clearSelection()
    pane.view.choose([entry.id for entry in pane.table.entries if entry.title in names])


def notices_of(pane: LibraryPane) -> list[Notice]:
    notices: list[Notice] = []
    pane.notice_posted.connect(lambda notice, _: notices.append(notice))
    return notices


def test_an_empty_library_says_where_sessions_come_from(show: Callable[[], LibraryPane]) -> None:
    pane = show()
    assert not pane.view.isVisible()
    assert not pane.head.search.isVisible()
    assert not pane.details.isVisible()


def test_sessions_are_searched_by_words_tags_and_state(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    add("first", notes="calm", tags=("pilot",))
    add("second", tags=("pilot", "room"))
    add("third", finished=False)
    pane = show()
    assert sorted(titles(pane)) == ["first", "second", "third"]
    qtbot.keyClicks(pane.head.search, "CALM")
    qtbot.waitUntil(lambda: titles(pane) == ["first"], timeout=PATIENCE_MS)
    assert pane.head.count.text() == "1 of 3"
    pane.head.clear()
    pane.head.tag.setCurrentIndex(pane.head.tag.findData("room"))
    pane.head.tag.activated.emit(pane.head.tag.currentIndex())
    qtbot.waitUntil(lambda: titles(pane) == ["second"], timeout=PATIENCE_MS)
    pane.head.clear()
    row = pane.head.state.findData(SessionState.INTERRUPTED)
    pane.head.state.setCurrentIndex(row)
    pane.head.state.activated.emit(row)
    qtbot.waitUntil(lambda: titles(pane) == ["third"], timeout=PATIENCE_MS)
    qtbot.keyClicks(pane.head.search, "nowhere")
    qtbot.waitUntil(lambda: titles(pane) == [], timeout=PATIENCE_MS)
    assert not pane.view.isVisible()


def test_a_click_on_a_title_sorts(
    show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    for title in ("b10", "a", "b2"):
        add(title)
    pane = show()
    choose(pane, "a")
    pane.view.sortByColumn(SessionColumn.TITLE, Qt.SortOrder.AscendingOrder)
    assert titles(pane) == ["a", "b2", "b10"]
    pane.view.sortByColumn(SessionColumn.TITLE, Qt.SortOrder.DescendingOrder)
    assert titles(pane) == ["b10", "b2", "a"]
    assert [entry.title for entry in pane.view.chosen] == ["a"]


def test_what_is_written_about_a_session_is_kept(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path], library: Library
) -> None:
    add("first")
    add("second")
    pane = show()
    choose(pane, "first")
    pane.details.title.setText("The first one")
    pane.details.tags.setText("pilot,  room 3, ")
    pane.details.notes.setPlainText("Second take.\nLoud.")
    # Choosing another session is leaving this one.
    choose(pane, "second")
    qtbot.waitUntil(lambda: "The first one" in titles(pane), timeout=PATIENCE_MS)
    entry = next(one for one in library.sessions() if one.title == "The first one")
    assert entry.tags == ("pilot", "room 3")
    assert entry.notes == "Second take.\nLoud."
    assert pane.details.title.text() == "second"
    assert [one.title for one in library.sessions(tag="pilot")] == ["The first one"]


def test_what_is_typed_outlives_a_new_look_at_the_library(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    add("first")
    pane = show()
    choose(pane, "first")
    pane.details.notes.setFocus()
    qtbot.keyClicks(pane.details.notes, "Half a sen")
    pane.details.show_entries(pane.view.chosen)
    assert pane.details.notes.toPlainText() == "Half a sen"


def test_several_sessions_can_be_compared_and_reported(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    paths = {add("first"), add("second")}
    pane = show()
    choose(pane, "first")
    assert not pane.head.action(SessionAction.COMPARE).isEnabled()
    choose(pane, "first", "second")
    assert not pane.head.action(SessionAction.OPEN).isEnabled()
    with qtbot.waitSignal(pane.comparison_requested) as asked:
        pane.head.action(SessionAction.COMPARE).trigger()
    assert set(asked.args[0]) == paths
    with qtbot.waitSignal(pane.report_requested) as asked:
        pane.head.action(SessionAction.REPORT).trigger()
    assert set(asked.args[0]) == paths


def test_enter_opens_a_session(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    path = add("first")
    pane = show()
    choose(pane, "first")
    with qtbot.waitSignal(pane.session_requested) as asked:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert asked.args == [path]


def answer(pane: LibraryPane, role: QMessageBox.ButtonRole) -> None:
    box = pane.box
    assert box is not None
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()


def test_a_session_is_deleted_with_its_files_after_a_question(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    path = add("first")
    (path.parent / "frames.csv").write_text("x")
    add("second")
    pane = show()
    choose(pane, "first")
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert pane.box is not None
    assert pane.box.defaultButton() is pane.box.button(QMessageBox.StandardButton.Cancel)
    answer(pane, QMessageBox.ButtonRole.RejectRole)
    assert path.exists()
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    with qtbot.waitSignal(pane.deleted, timeout=PATIENCE_MS) as deleted:
        answer(pane, QMessageBox.ButtonRole.DestructiveRole)
    assert deleted.args == [path.parent]
    qtbot.waitUntil(lambda: titles(pane) == ["second"], timeout=PATIENCE_MS)
    assert not path.parent.exists()


def test_sessions_are_exported_each_into_a_folder_of_its_own(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path], tmp_path: Path
) -> None:
    add("one: a/b")
    add("two")
    pane = show()
    notices = notices_of(pane)
    choose(pane, "one: a/b", "two")
    pane.do(SessionAction.EXPORT)
    dialog = pane.export_dialog
    assert dialog is not None
    dialog.set_folder(tmp_path / "out")
    for row in range(dialog.formats.count()):
        item = dialog.formats.item(row)
        wanted = item.data(Qt.ItemDataRole.UserRole) in ("openface", "vtt")
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=PATIENCE_MS)
    assert (notices[0].severity, notices[0].title) == (Severity.INFO, "4 files written")
    assert sorted(
        path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*")
    ) == [
        Path("one-a-b/expressions.vtt"),
        Path("one-a-b/openface.csv"),
        Path("two/expressions.vtt"),
        Path("two/openface.csv"),
    ]


def test_an_export_asks_before_it_replaces_files(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path], tmp_path: Path
) -> None:
    add("first")
    (tmp_path / "frames.csv").write_text("mine")
    pane = show()
    notices = notices_of(pane)
    choose(pane, "first")
    pane.do(SessionAction.EXPORT)
    dialog = pane.export_dialog
    assert dialog is not None
    dialog.set_folder(tmp_path)
    dialog.export_button.click()
    qtbot.waitUntil(lambda: dialog.export_button.text() == "Replace", timeout=PATIENCE_MS)
    assert (tmp_path / "frames.csv").read_text() == "mine"
    dialog.export_button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=PATIENCE_MS)
    assert (tmp_path / "frames.csv").read_text().startswith("file,frame,")


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, show: Callable[[], LibraryPane], add: Callable[..., Path], tmp_path: Path
) -> None:
    add("first")
    (tmp_path / "file").write_text("no folder")
    pane = show()
    notices = notices_of(pane)
    choose(pane, "first")
    pane.do(SessionAction.EXPORT)
    assert pane.export_dialog is not None
    pane.export_dialog.set_folder(tmp_path / "file")
    pane.export_dialog.export_button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=PATIENCE_MS)
    assert notices[0].severity is Severity.ERROR
    assert "folder" in notices[0].hint


def test_a_session_from_elsewhere_is_copied_into_the_library(
    qtbot: QtBot,
    show: Callable[[], LibraryPane],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = stored_session(DOCUMENT, tmp_path / "results" / "session.db")
    pane = show()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    pane.do(SessionAction.ADOPT)
    qtbot.waitUntil(lambda: titles(pane) == ["talk.mp4"], timeout=PATIENCE_MS)
    assert path.exists()


def test_a_damaged_session_is_listed_and_can_only_be_deleted(
    show: Callable[[], LibraryPane], add: Callable[..., Path]
) -> None:
    path = add("first")
    path.write_bytes(b"no database" * 100)
    pane = show()
    pane.view.selectRow(0)
    assert len(pane.view.chosen) == 1
    assert not pane.head.action(SessionAction.OPEN).isEnabled()
    assert not pane.head.action(SessionAction.EXPORT).isEnabled()
    assert pane.head.action(SessionAction.DELETE).isEnabled()
