"""The gallery's panel: thumbnails, keys, filters, and what can be done with pictures."""

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from ferqt.core.types import Notice, Severity
from ferqt.outputs.snapshot import read_snapshot
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks import gallery_files, gallery_thumbnails
from ferqt.ui.docks.gallery_actions import FileAction
from ferqt.ui.docks.gallery_dock import GalleryPanel
from ferqt.ui.docks.gallery_thumbnails import Thumbnails
from ferqt.ui.theme import Theme
from tests.helpers.shots import add_shot, small_picture


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shots"


@pytest.fixture
def three(folder: Path) -> list[Path]:
    """Happy, sad and uncertainly sad, the newest last."""
    return [
        add_shot(folder, "a.png", shows={"happy": 0.9}, minute=1),
        add_shot(folder, "b.png", shows={"sad": 0.9}, minute=2, source="Camera 0"),
        add_shot(folder, "c.png", shows={"sad": 0.6}, minute=3, uncertain=True),
    ]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, tasks: TaskRunner, folder: Path) -> GalleryPanel:
    made = GalleryPanel(theme, tasks)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.set_folder(folder)
    return made


@pytest.fixture
def told(panel: GalleryPanel) -> list[Notice]:
    notices: list[Notice] = []
    panel.notice_posted.connect(lambda notice, _: notices.append(notice))
    return notices


@pytest.fixture
def filled(qtbot: QtBot, panel: GalleryPanel, three: list[Path]) -> GalleryPanel:
    """A panel in a window with the three pictures, which has the keyboard."""
    panel.show()
    qtbot.waitUntil(lambda: len(panel.shots.shots) == len(three))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.view.setFocus()
    return panel


def choose(panel: GalleryPanel, *rows: int) -> None:
    panel.view.clearSelection()
    for row in rows:
        model = panel.view.selectionModel()
        model.setCurrentIndex(panel.shots.index(row), model.SelectionFlag.Select)


def texts(panel: GalleryPanel) -> str:
    return " | ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def question(qtbot: QtBot) -> QMessageBox:
    """The box that asks something now."""
    found: list[QMessageBox] = []

    def look() -> bool:
        widgets = QApplication.topLevelWidgets()
        found[:] = [one for one in widgets if isinstance(one, QMessageBox) and one.isVisible()]
        return len(found) == 1

    qtbot.waitUntil(look)
    return found[0]


def answer(qtbot: QtBot, text: str) -> None:
    box = question(qtbot)
    (button,) = [one for one in box.buttons() if one.text().replace("&", "") == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box.isVisible())


def test_an_empty_gallery_says_what_to_do(qtbot: QtBot, panel: GalleryPanel) -> None:
    panel.show()
    qtbot.waitUntil(lambda: "Press S to take a screenshot." in texts(panel))
    panel.set_shot_keys("F12")
    assert "Press F12" in texts(panel)
    panel.set_shot_keys("")
    assert "Screenshots that you take are shown here." in texts(panel)
    assert not panel.filter_bar.isVisible()


def test_a_folder_that_cannot_be_read_is_told_in_its_place(
    qtbot: QtBot, panel: GalleryPanel, folder: Path
) -> None:
    folder.write_text("no folder")
    panel.show()
    qtbot.waitUntil(lambda: f"the folder '{folder}' cannot be read" in texts(panel))


def test_the_panel_counts_what_is_shown_and_chosen(filled: GalleryPanel) -> None:
    assert "3 pictures" in texts(filled)
    choose(filled, 0, 2)
    assert "2 of 3 chosen" in texts(filled)
    assert [shot.path.name for shot in filled.view.chosen] == ["c.png", "a.png"]


def test_a_grid_takes_as_many_columns_as_fit(qtbot: QtBot, filled: GalleryPanel) -> None:
    def columns() -> int:
        rects = [filled.view.visualRect(filled.shots.index(row)) for row in range(3)]
        return sum(rect.top() == rects[0].top() for rect in rects)

    for width, expected in ((280, 2), (900, 3), (160, 1)):
        filled.resize(width, 500)
        qtbot.waitUntil(lambda expected=expected: columns() == expected)
        last = filled.view.visualRect(filled.shots.index(2))
        assert last.right() <= filled.view.viewport().width()


def test_a_picture_is_painted_with_its_thumbnail_and_its_expressions_color(
    qtbot: QtBot, filled: GalleryPanel
) -> None:
    def shade(row: int) -> QColor:
        area = filled.view.visualRect(filled.shots.index(row))
        image = filled.view.viewport().grab(area).toImage()
        return image.pixelColor(46 * image.width() // 100, 22 * image.height() // 100)

    def is_face() -> bool:
        color = shade(2)
        return color.red() > color.blue() + 20 > 60

    # Skin, and not the blue that exchanged channels would give.
    qtbot.waitUntil(is_face)
    image = filled.view.viewport().grab().toImage()
    colors = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert {"#E69F00", "#4DA3E0"} <= colors


def test_a_damaged_picture_is_shown_as_such_and_read_once(
    qtbot: QtBot,
    panel: GalleryPanel,
    folder: Path,
    tasks: TaskRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = add_shot(folder)
    path.write_bytes(path.read_bytes()[:-3_000])
    reads: list[Path] = []
    real = gallery_thumbnails.read_pixels

    def counting(place: Path, longest: int) -> object:
        reads.append(place)
        return real(place, longest)

    monkeypatch.setattr(gallery_thumbnails, "read_pixels", counting)
    panel.show()
    qtbot.waitUntil(lambda: bool(reads))
    for _ in range(3):
        panel.view.viewport().update()
        qtbot.wait(30)
    assert reads == [path]
    assert len(panel.shots.shots) == 1


def test_chips_show_pictures_with_their_expression(qtbot: QtBot, filled: GalleryPanel) -> None:
    def shown() -> list[str]:
        return [shot.path.name for shot in filled.shots.shots]

    qtbot.waitUntil(lambda: "3 pictures" in texts(filled))
    sad = filled.filter_bar.chip("sad")
    assert sad.accessibleName() == "sad, 2 pictures"
    qtbot.mouseClick(sad, Qt.MouseButton.LeftButton)
    assert shown() == ["c.png", "b.png"]
    qtbot.mouseClick(filled.filter_bar.chip("happy"), Qt.MouseButton.LeftButton)
    assert shown() == ["c.png", "b.png", "a.png"]
    qtbot.mouseClick(sad, Qt.MouseButton.LeftButton)
    assert shown() == ["a.png"]
    with pytest.raises(KeyError):
        filled.filter_bar.chip("fear")


def test_when_nothing_is_found_all_can_be_shown_again(qtbot: QtBot, filled: GalleryPanel) -> None:
    qtbot.mouseClick(filled.filter_bar.chip("happy"), Qt.MouseButton.LeftButton)
    filled.filter_bar.kind.setCurrentIndex(2)
    assert filled.shots.shots == []
    assert "No picture is like that." in texts(filled)
    # A chip that is on stays, or nobody could see why nothing is there.
    assert filled.filter_bar.chip("happy").isVisible()
    (button,) = [one for one in filled.findChildren(QPushButton) if one.text() == "Show All"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(filled.shots.shots) == 3
    assert not filled.filter_bar.chip("happy").isChecked()


def test_what_is_chosen_stays_when_pictures_come_and_filters_change(
    qtbot: QtBot, filled: GalleryPanel, folder: Path
) -> None:
    choose(filled, 1)
    add_shot(folder, "d.png", minute=9)
    qtbot.waitUntil(lambda: len(filled.shots.shots) == 4)
    assert [shot.path.name for shot in filled.view.chosen] == ["b.png"]
    filled.filter_bar.line.setText("camera")
    assert [shot.path.name for shot in filled.view.chosen] == ["b.png"]
    filled.filter_bar.line.setText("talk")
    assert filled.view.chosen == ()


@pytest.fixture
def in_window(qtbot: QtBot, filled: GalleryPanel) -> Iterator[tuple[GalleryPanel, list[str]]]:
    """The panel in a window that has its own use for every key."""
    window, heard = QMainWindow(), list[str]()
    window.setCentralWidget(filled)
    for key in ("Left", "Home", "Del", "Ctrl+C", "Return", "Esc", "S", "Space"):
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.activated.connect(lambda key=key: heard.append(key))
    with qtbot.waitActive(window):
        window.show()
    yield filled, heard
    window.takeCentralWidget()
    window.close()


def test_the_list_has_its_keys_and_the_window_the_others(
    qtbot: QtBot, in_window: tuple[GalleryPanel, list[str]]
) -> None:
    panel, heard = in_window
    panel.view.setFocus()
    choose(panel, 1)
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.currentIndex().row() == 0
    assert heard == []
    for key in (Qt.Key.Key_S, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        qtbot.keyClick(panel.view, key)
    assert heard == ["S", "Space", "Esc"]


def test_escape_in_the_search_line_does_not_reach_the_window(
    qtbot: QtBot, in_window: tuple[GalleryPanel, list[str]]
) -> None:
    panel, heard = in_window
    line = panel.filter_bar.line
    assert isinstance(line, QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "Sad")
    assert (line.text(), heard) == ("Sad", [])
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), line.hasFocus()) == ("", True)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert panel.view.hasFocus()
    assert heard == []


def test_one_picture_is_copied_with_its_readings(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    choose(filled, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Picture copied"
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert mime.data("image/png").data() == three[1].read_bytes()
    copied = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    expected = tuple(int(value) for value in small_picture()[60, 50])
    assert copied.pixelColor(50, 60).getRgb()[:3] == expected


def test_several_pictures_are_copied_as_files(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    qtbot.keyClick(filled.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime is not None
    assert [url.toLocalFile() for url in mime.urls()] == [str(path) for path in reversed(three)]
    assert told[0].title == "3 files copied"


def test_a_picture_that_became_damaged_is_not_copied(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], told: list[Notice]
) -> None:
    three[1].write_bytes(three[1].read_bytes()[:2_000])
    choose(filled, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].severity, told[0].title) == (Severity.ERROR, "The picture was not copied")


def test_delete_asks_and_moves_to_the_trash(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path], user_home: Path
) -> None:
    choose(filled, 0, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    assert question(qtbot).text() == "Move 2 files to the trash?"
    answer(qtbot, "Move to Trash")
    qtbot.waitUntil(lambda: [shot.path for shot in filled.shots.shots] == three[:1])
    assert three[0].exists()
    assert not three[1].exists()
    assert {path.name for path in user_home.rglob("*.png")} >= {"b.png", "c.png"}


def test_who_does_not_confirm_keeps_the_picture(
    qtbot: QtBot, filled: GalleryPanel, three: list[Path]
) -> None:
    choose(filled, 0)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    assert question(qtbot).text() == "Move “c.png” to the trash?"
    answer(qtbot, "Cancel")
    qtbot.wait(50)
    assert all(path.exists() for path in three)


@pytest.mark.parametrize(("reply", "left"), [("Delete for Good", 1), ("Cancel", 3)])
def test_without_a_trash_it_asks_again_before_anything_is_lost(
    qtbot: QtBot,
    filled: GalleryPanel,
    three: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reply: str,
    left: int,
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file" / "data"))
    choose(filled, 0, 1)
    qtbot.keyClick(filled.view, Qt.Key.Key_Delete)
    answer(qtbot, "Move to Trash")
    box = question(qtbot)
    assert box.text() == "The trash does not take 2 files."
    assert "cannot be undone" in box.informativeText()
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    answer(qtbot, reply)
    qtbot.waitUntil(lambda: sum(path.exists() for path in three) == left)


def dialog(qtbot: QtBot) -> QFileDialog:
    found: list[QFileDialog] = []

    def look() -> bool:
        widgets = QApplication.topLevelWidgets()
        found[:] = [one for one in widgets if isinstance(one, QFileDialog) and one.isVisible()]
        return len(found) == 1

    qtbot.waitUntil(look)
    return found[0]


def test_a_copy_keeps_the_readings(
    qtbot: QtBot, filled: GalleryPanel, tmp_path: Path, told: list[Notice]
) -> None:
    choose(filled, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = dialog(qtbot)
    assert Path(asked.selectedFiles()[0]).name == "b.png"
    asked.fileSelected.emit(str(tmp_path / "copy.png"))
    asked.close()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Copy saved"
    assert read_snapshot(tmp_path / "copy.png").source_title == "Camera 0"


def test_several_copies_replace_nothing_in_their_folder(
    qtbot: QtBot, filled: GalleryPanel, tmp_path: Path, told: list[Notice]
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "b.png").write_text("somebody's")
    choose(filled, 0, 1)
    filled.view.setFocus()
    qtbot.keyClick(filled.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked = dialog(qtbot)
    asked.fileSelected.emit(str(target))
    asked.close()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "2 copies saved"
    assert sorted(path.name for path in target.iterdir()) == ["b-2.png", "b.png", "c.png"]
    assert (target / "b.png").read_text() == "somebody's"


def fake_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir()
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(("code", "opened"), [(0, 0), (1, 1)])
def test_files_are_shown_selected_or_else_their_folder(
    qtbot: QtBot,
    filled: GalleryPanel,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    opened: int,
) -> None:
    told = tmp_path / "told"
    fake_program(tmp_path / "bin", "dbus-send", f'echo "$@" > {told}\nexit {code}')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    folders: list[Path] = []
    monkeypatch.setattr(gallery_files, "open_folder", folders.append)
    add_shot(folder, "one, two.png", minute=9)
    qtbot.waitUntil(lambda: len(filled.shots.shots) == 4)
    choose(filled, 0)
    filled.actions_by_id.action(FileAction.REVEAL).trigger()
    qtbot.waitUntil(told.exists)
    qtbot.waitUntil(lambda: len(folders) == opened)
    assert f"array:string:{folder.as_uri()}/one%2C%20two.png" in told.read_text()
    assert folders == [folder] * opened


def test_a_double_click_opens_the_viewer(qtbot: QtBot, filled: GalleryPanel) -> None:
    place = filled.view.visualRect(filled.shots.index(1)).center()
    viewport = filled.view.viewport()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        left = Qt.MouseButton.LeftButton
        point = QPointF(place)
        event = QMouseEvent(
            kind,
            point,
            viewport.mapToGlobal(point),
            left,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
    assert filled.viewer is not None
    assert filled.viewer.isVisible()
    assert filled.viewer.path == filled.shots.shots[1].path
    filled.viewer.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_viewer(qtbot: QtBot, filled: GalleryPanel, key: Qt.Key) -> None:
    choose(filled, 2)
    modifier = Qt.KeyboardModifier.NoModifier
    if key is Qt.Key.Key_Enter:
        modifier = Qt.KeyboardModifier.KeypadModifier
    qtbot.keyClick(filled.view, key, modifier)
    assert filled.viewer is not None
    assert filled.viewer.windowTitle() == "a.png"
    filled.viewer.close()


@pytest.fixture
def waiting(tasks: TaskRunner) -> Iterator[Callable[[], None]]:
    """Keeps all threads busy until it is called."""
    gate = threading.Event()
    for _ in range(64):
        tasks.run(gate.wait, lambda _: None, lambda _: None, title="")
    yield gate.set
    gate.set()


def test_what_was_asked_for_last_is_read_first(
    qtbot: QtBot, filled: GalleryPanel, folder: Path, tasks: TaskRunner, waiting: Callable[[], None]
) -> None:
    thumbnails = Thumbnails(tasks)
    order: list[str] = []
    thumbnails.ready.connect(lambda shot: order.append(shot.path.name))
    room = QSize(128, 128)
    for shot in filled.shots.shots:
        assert thumbnails.get(shot, room) is None
        assert thumbnails.get(shot, room) is None
    waiting()
    qtbot.waitUntil(lambda: len(order) == 3)
    # The first was being read already when the others were asked for.
    assert order == ["c.png", "a.png", "b.png"]


def test_thumbnails_stay_within_their_memory(
    qtbot: QtBot, filled: GalleryPanel, tasks: TaskRunner
) -> None:
    one = 128 * 128 * 4
    thumbnails = Thumbnails(tasks, max_bytes=2 * one)
    ready: list[str] = []
    thumbnails.ready.connect(lambda shot: ready.append(shot.path.name))
    room = QSize(128, 128)
    for shot in filled.shots.shots:
        thumbnails.get(shot, room)
    qtbot.waitUntil(lambda: len(ready) == 3)
    assert thumbnails.bytes_held == 2 * one


def test_expressions_without_room_wait_behind_a_button(
    qtbot: QtBot, panel: GalleryPanel, folder: Path
) -> None:
    names = ("neutral", "happy", "sad", "angry", "fear", "disgust", "surprise", "contempt")
    for minute, name in enumerate(names):
        add_shot(folder, f"{name}.png", shows={name: 0.9}, minute=minute)
    panel.show()
    bar = panel.filter_bar
    qtbot.waitUntil(lambda: "8 pictures" in texts(panel) and bar.more_button.isVisible())

    def seen() -> list[str]:
        return [name for name in names if bar.chip(name).isVisible()]

    few = seen()
    assert 0 < len(few) < 8
    assert bar.more_button.text() == f"+{8 - len(few)}"
    qtbot.mouseClick(bar.more_button, Qt.MouseButton.LeftButton)
    assert seen() == list(names)
    rects = [bar.chip(name).geometry() for name in names]
    assert not any(a.intersects(b) for a, b in itertools.combinations(rects, 2))
    # One that is on stays in sight.
    qtbot.mouseClick(bar.chip("contempt"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.more_button, Qt.MouseButton.LeftButton)
    assert "contempt" in seen()
    assert len(seen()) < 8
