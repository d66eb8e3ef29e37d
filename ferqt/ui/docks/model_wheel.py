"""A small sign that something is being made ready."""

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from ferqt.ui.theme import Theme

_SIDE_PX: Final = 16
_WHEEL_MS: Final = 90
_SPOKES: Final = 8


class Wheel(QWidget):
    """A small arc that goes round while something is made ready."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = 0
        self.setFixedWidth(_SIDE_PX)
        self.setMinimumHeight(_SIDE_PX)
        self._timer = QTimer(self, interval=_WHEEL_MS)
        self._timer.timeout.connect(self._turn)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to turn."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stand still while nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.tokens.accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        start = -self._phase * 360 // _SPOKES
        side = QRect(0, 0, _SIDE_PX - 4, _SIDE_PX - 4)
        side.moveCenter(self.rect().center())
        painter.drawArc(side, start * 16, 270 * 16)
        painter.end()

    def _turn(self) -> None:
        self._phase = (self._phase + 1) % _SPOKES
        self.update()
