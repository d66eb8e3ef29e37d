"""What a person does with the gallery, for its tests."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from ferqt.ui.docks.gallery_dock import GalleryPanel


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
