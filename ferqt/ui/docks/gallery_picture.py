"""The viewer's picture: scaled to its place, with the box of the chosen face."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ferqt.outputs.snapshot_info import FaceReading
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import DARK, RADIUS


class PictureCanvas(QWidget):
    """Shows one picture."""

    face_clicked = Signal(int)
    """Place of the clicked face in the readings, -1 for a click beside all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._scaled = QImage()
        self._message = ""
        self._size = QSize()
        self._readings: tuple[FaceReading, ...] = ()
        self._marked: FaceReading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Picture"))
        theme.changed.connect(lambda _: self.update())

    @property
    def message(self) -> str:
        """Why there is no picture, "" if there is one."""
        return self._message

    def show_picture(self, image: QImage, size: QSize, readings: tuple[FaceReading, ...]) -> None:
        """Show a picture in place of the last one.

        Args:
            image: The picture, perhaps made smaller.
            size: Its true size, in whose px the boxes are.
            readings: Of its faces.
        """
        self._image, self._size, self._readings = image, size, readings
        self._scaled = QImage()
        self._message = ""
        self._marked = None
        self.update()

    def show_message(self, text: str) -> None:
        """Say why there is no picture."""
        self._image = self._scaled = QImage()
        self._readings, self._marked = (), None
        self._message = text
        self.update()

    def mark(self, reading: FaceReading | None) -> None:
        """Draw the box of a face, or of none."""
        self._marked = reading
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the face under the pointer, the smallest where several lie."""
        point = event.position()
        hits = [
            number
            for number, reading in enumerate(self._readings)
            if self._box(reading).contains(point)
        ]
        self.face_clicked.emit(
            min(hits, key=lambda number: self._readings[number].width, default=-1)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint picture and box, or the message."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.picture))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self._message:
            painter.setPen(QColor(DARK.text_muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._message)
            return
        area = self._area()
        if area.isEmpty():
            return
        ratio = self.devicePixelRatioF()
        if self._scaled.size() != area.size() * ratio:
            self._scaled = self._image.scaled(
                area.size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        painter.drawImage(area, self._scaled)
        if self._marked is not None:
            self._paint_box(painter, self._marked)

    def _paint_box(self, painter: QPainter, reading: FaceReading) -> None:
        box = self._box(reading).intersected(QRectF(self._area()).adjusted(1, 1, -1, -1))
        color = expression_color(reading.shown, QColor(DARK.picture))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A dark line around the colored one keeps it visible on any picture.
        for ink, width in ((QColor(0, 0, 0, 160), 5), (color, 3)):
            painter.setPen(QPen(ink, width))
            painter.drawRoundedRect(box, 4, 4)

    def _area(self) -> QRect:
        """Return the picture's place: whole, and never larger than its own pixels twice."""
        if self._image.isNull() or self.width() < 1 or self.height() < 1:
            return QRect()
        most = self._size * 2
        room = self.size()
        size = self._size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > most.width():
            size = most
        place = QRect(QPoint(0, 0), size.expandedTo(QSize(1, 1)))
        place.moveCenter(self.rect().center())
        return place

    def _box(self, reading: FaceReading) -> QRectF:
        """Return a face's place in the widget."""
        area = self._area()
        if area.isEmpty():
            return QRectF()
        scale = area.width() / self._size.width()
        return QRectF(
            area.x() + reading.x * scale,
            area.y() + reading.y * scale,
            reading.width * scale,
            reading.height * scale,
        )
