"""A page that scrolls only where its wrapped texts need more height than there is."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

_MARGIN = 24


class Page(QWidget):
    """Holds one column in the middle, a little above the center.

    A scroll area asks a page for its least height but not for which width, so the page tells what
    it needs at the width that it has.

    Args:
        column: What the page shows.
        width: Greatest width of the column in px.
    """

    def __init__(self, column: QWidget, width: int) -> None:
        super().__init__()
        column.setMaximumWidth(width)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._grid.setRowStretch(0, 2)
        self._grid.setRowStretch(2, 3)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 100)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(1, 320)
        self._grid.addWidget(column, 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the height that the texts need at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._grid.totalHeightForWidth(event.size().width()))
