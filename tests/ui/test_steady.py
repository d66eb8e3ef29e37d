"""What changes many times a second does not make Qt lay out the whole window anew."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ferqt.ui.docks.panel import DockPanel
from ferqt.ui.steady_label import SteadyLabel
from ferqt.ui.theme import Theme
from tests.helpers.paints import EventCounter


def layouts(counter: EventCounter) -> int:
    """How often another layout was asked for since this was asked."""
    for _ in range(10):
        QApplication.processEvents()
    counted, counter.count = counter.count, 0
    return counted


def test_a_panel_asks_for_another_layout_only_when_it_needs_other_room(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    content = QWidget()
    words = QLabel("12%")
    words.setMinimumHeight(20)
    QVBoxLayout(content).addWidget(words)
    dock = DockPanel("panel", "Panel", Theme("dark"))
    dock.fill(content)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.show()
    qtbot.waitUntil(words.isVisible)
    counter = EventCounter(window, QEvent.Type.LayoutRequest)
    layouts(counter)
    words.setText("34%")
    assert layouts(counter) == 0
    words.setMinimumHeight(200)
    assert layouts(counter) > 0
    assert words.height() >= 200


def test_a_steady_label_moves_nothing_while_its_texts_fit(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    label = SteadyLabel()
    QVBoxLayout(around).addWidget(label)
    label.reserve("00:00")
    around.show()
    qtbot.waitUntil(label.isVisible)
    counter = EventCounter(around, QEvent.Type.LayoutRequest)
    layouts(counter)
    width = label.width()
    label.say("12:34")
    assert layouts(counter) == 0
    assert (label.text(), label.width()) == ("12:34", width)
    label.say("1:12:34:56")
    assert layouts(counter) > 0
    assert label.width() > width
    assert label.contentsRect().width() >= label.fontMetrics().horizontalAdvance(label.text())
