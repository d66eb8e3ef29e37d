"""What stands between the tool bar and the status bar: notices, the picture, and where one is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget


class Center(QWidget):
    """Notices above, the pages below them, and under those the bar and the timeline.

    The border between the pages and what is under them can be moved.

    Args:
        notices: The bar of notices.
        pages: The picture and what may take its place.
        transport: The bar that moves through the medium.
    """

    def __init__(self, notices: QWidget, pages: QStackedWidget, transport: QWidget) -> None:
        super().__init__()
        self._below = QWidget()
        self._column = _column(self._below)
        self._column.addWidget(transport)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(0)
        split.addWidget(pages)
        split.addWidget(self._below)
        split.setStretchFactor(0, 1)
        column = _column(self)
        column.addWidget(notices)
        column.addWidget(split, 1)

    def add_timeline(self, timeline: QWidget) -> None:
        """Place a stored session along its time under the bar."""
        self._column.addWidget(timeline, 1)

    def show_below(self, *, shown: bool) -> None:
        """Show what tells the place in the medium, or leave its room to the page."""
        self._below.setVisible(shown)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
