"""The gallery's panel: its states, keys and filters."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from ferqt.ui.docks.gallery_dock import GalleryPanel
from tests.helpers.gallery import choose, texts
from tests.helpers.shots import add_shot


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


def test_pictures_leave_room_for_other_panels_in_a_small_window(filled: GalleryPanel) -> None:
    assert filled.minimumSizeHint().height() <= 168


def test_a_grid_takes_as_many_columns_as_fit(qtbot: QtBot, filled: GalleryPanel) -> None:
    def columns() -> int:
        rects = [filled.view.visualRect(filled.shots.index(row)) for row in range(3)]
        return sum(rect.top() == rects[0].top() for rect in rects)

    for width, expected in ((280, 2), (900, 3), (160, 1)):
        filled.resize(width, 500)
        qtbot.waitUntil(lambda expected=expected: columns() == expected)
        last = filled.view.visualRect(filled.shots.index(2))
        assert last.right() <= filled.view.viewport().width()


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
