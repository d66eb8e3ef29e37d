"""What the pointer is over on the seek slider: a small picture, the time, and what is there."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ferqt.core.types import Image
from ferqt.ui.theme import tabular
from ferqt.ui.tokens import RADIUS

_GAP_PX: Final = 8


class SeekPreview(QWidget):
    """A small card above the slider; it lies in the window and lets the mouse through.

    Args:
        window: The window that it lies in.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time = QLabel()
        self._time.setFont(tabular(self.font()))
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = QLabel()
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told.setObjectName("Muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        for label in (self._picture, self._time, self._told):
            column.addWidget(label)
        self.clear()
        self.hide()

    @property
    def picture(self) -> QPixmap:
        """The small picture; null for none."""
        return self._picture.pixmap()

    @property
    def texts(self) -> tuple[str, str]:
        """The time, and what is there."""
        return self._time.text(), self._told.text()

    def clear(self) -> None:
        """Forget the picture: it belongs to another source."""
        self._picture.clear()
        self._picture.hide()

    def set_picture(self, image: Image) -> None:
        """Show a small picture, RGB uint8; the one before stays until the next comes."""
        height, width = image.shape[:2]
        shared = QImage(image.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._picture.setPixmap(QPixmap.fromImage(shared.copy()))
        self._picture.show()
        if self.isVisible():
            middle = self.geometry().center().x()
            self._place(QPoint(middle, self.geometry().bottom() + _GAP_PX))

    def tell(self, time: str, told: str, above: QPoint) -> None:
        """Appear above a point of the window.

        Args:
            time: Time or number under the pointer.
            told: What is there; may be "".
            above: Point in the window's px, which the card points at from above.
        """
        self._time.setText(time)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._place(above)
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().toolTipBase())
        edge = QColor(self.palette().windowText().color())
        edge.setAlphaF(0.25)
        painter.setPen(edge)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _place(self, above: QPoint) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        size: QSize = self.sizeHint()
        room = self._window.width() - size.width()
        left = min(max(0, above.x() - size.width() // 2), max(0, room))
        self.setGeometry(left, above.y() - _GAP_PX - size.height(), size.width(), size.height())
