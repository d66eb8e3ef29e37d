"""The picture: the newest frame with its overlay, letterboxed."""

import logging
import math
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ferqt.core.niceness import give_way
from ferqt.core.types import FaceResult, FrameResult, Image, Notice
from ferqt.outputs.overlay import OverlayOptions, percent_text
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.overlay_painter import measure_text, overlay_font
from ferqt.ui.picture_painter import USUAL_SIZE, Look, PicturePainter

_log = logging.getLogger(__name__)

_LETTERBOX: Final = "#0B0D0F"
_SIGN_PLATE: Final = QColor(14, 17, 19, 190)
_SIGN_INK: Final = QColor(255, 255, 255)


class ViewSign(StrEnum):
    """What the view says about the source in its corner."""

    NONE = ""
    OPENING = "opening"
    PAUSED = "paused"
    ENDED = "ended"


class VideoView(QWidget):
    """Shows results, one picture at a time, each with the overlay that was measured on it.

    Pictures are painted in a thread of their own, the newest whenever the last is done, so that
    the GUI thread only copies them to the screen. A hidden view keeps the newest result and does no
    work.
    """

    face_clicked = Signal(int)
    """Track id of the face that was clicked, 0 for a click beside all faces."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: FrameResult | None = None
        self._options = OverlayOptions()
        self._sign = ViewSign.NONE
        self._background = QColor(_LETTERBOX)
        self._painter = PicturePainter()
        self._thread = TaskRunner(self, threads=1)
        self._picture: QImage | None = None
        self._number = 0
        self._shown: Look | None = None
        self._in_work: Look | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def result(self) -> FrameResult | None:
        """The result that is shown; None when the view is empty."""
        return self._result

    @property
    def is_up_to_date(self) -> bool:
        """Whether the newest result is painted with the present options and size."""
        look = self._look()
        return look is None or look == self._shown

    @property
    def overlay_options(self) -> OverlayOptions:
        """What is drawn over the picture; assign a changed copy."""
        return self._options

    @overlay_options.setter
    def overlay_options(self, options: OverlayOptions) -> None:
        self._options = options
        self._paint_newest()

    @property
    def mirrored(self) -> bool:
        """Whether the picture is shown as in a mirror."""
        return self._options.mirrored

    @mirrored.setter
    def mirrored(self, mirrored: bool) -> None:
        self.overlay_options = replace(self._options, mirrored=mirrored)

    @property
    def sign(self) -> ViewSign:
        """What the corner says: opening, paused, ended, or nothing."""
        return self._sign

    @sign.setter
    def sign(self, sign: ViewSign) -> None:
        if sign != self._sign:
            self._sign = sign
            self.update()

    @property
    def background(self) -> QColor:
        """Color beside the picture."""
        return self._background

    @background.setter
    def background(self, color: QColor) -> None:
        self._background = QColor(color)
        self.update()

    def show_result(self, result: FrameResult) -> None:
        """Show a result in place of the last one.

        Raises:
            ValueError: The result is a light sample without its frame.
        """
        if result.frame is None:
            raise ValueError("a light sample has no picture to show")
        self._result = result
        self._number += 1
        self._paint_newest()

    def clear(self) -> None:
        """Show nothing and forget the faces."""
        self._result = self._picture = self._shown = self._in_work = None
        self._painter.forget()
        self.update()

    def shutdown(self) -> None:
        """Wait for the picture in work; no other is painted after it."""
        self._thread.shutdown()

    def grab_picture(self, with_overlay: bool) -> Image | None:
        """Return the shown picture at the source's resolution, RGB; None when the view is empty.

        It is never mirrored: writing in the picture stays readable, and saved boxes fit it.

        Args:
            with_overlay: Draw on it what the view draws.
        """
        if self._result is None or self._result.frame is None:
            return None
        image = self._result.frame.image
        if not with_overlay:
            return image
        options = replace(self._options, mirrored=False)
        return self._painter.drawn_on(image, self._result, options)

    def face_at(self, position: QPointF) -> FaceResult | None:
        """Return the face under a point of the widget, the smallest where several lie."""
        area = self._picture_area()
        if self._result is None or self._result.frame is None or area.isEmpty():
            return None
        scale = self._result.frame.width / area.width()
        ratio = self.devicePixelRatioF()
        x = (position.x() * ratio - area.x()) * scale
        y = (position.y() * ratio - area.y()) * scale
        if self._options.mirrored:
            x = self._result.frame.width - x
        hits = [
            face
            for face in self._result.faces
            if 0 <= x - face.face.box.x <= face.face.box.width
            and 0 <= y - face.face.box.y <= face.face.box.height
        ]
        return min(hits, key=lambda face: face.face.box.width, default=None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at which a 16:9 picture is comfortable."""
        return QSize(*USUAL_SIZE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size under which an overlay cannot be read."""
        return QSize(320, 140)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the letterbox, the picture, its overlay and the sign."""
        painter = QPainter(self)
        # In device px, so that the picture's pixels fall on the screen's.
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        area = self._picture_area()
        # A little more than the whole, where a pixel of the window is one and a half of the screen.
        room = QRect(0, 0, math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        for beside in _around(area, room):
            painter.fillRect(beside, self._background)
        if self._picture is not None:
            # Of another size for a moment, while the window is being resized.
            painter.drawImage(area, self._picture)
        if self._sign is not ViewSign.NONE:
            self._paint_sign(painter, area)
        painter.end()
        # The view may have another size than before, or have come to light.
        self._paint_newest()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the face under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton or self._result is None:
            super().mousePressEvent(event)
            return
        face = self.face_at(event.position())
        self.face_clicked.emit(0 if face is None else face.face.track_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show by the pointer that a face can be chosen."""
        over_face = self.face_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over_face else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        """Answer Qt's question for a tool tip with the readings of the face under the pointer."""
        if isinstance(event, QHelpEvent):
            face = self.face_at(QPointF(event.pos()))
            if face is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(self._readings(face)), self)
            return True
        return super().event(event)

    def _readings(self, face: FaceResult) -> str:
        scores = face.smoothed
        ranked = sorted(scores.labels.names, key=lambda name: -(scores.probability(name) or 0.0))
        lines = [f"{name} {percent_text(scores.probability(name))}" for name in ranked[:3]]
        title = face.name or self.tr("Face {id}").format(id=face.face.track_id)
        return "\n".join([title, *lines])

    def _picture_area(self) -> QRect:
        """The picture's place in device px of the widget."""
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._result is None or self._result.frame is None:
            return QRect(0, 0, 0, 0)
        frame = self._result.frame
        size = QSize(frame.width, frame.height).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSize(1, 1))
        left = (room.width() - size.width()) // 2
        top = (room.height() - size.height()) // 2
        return QRect(left, top, size.width(), size.height())

    def _paint_newest(self) -> None:
        """Have the newest result painted, unless that is done or another one is in work."""
        in_sight = self.isVisible() and self.window().windowHandle().isExposed()
        result, look = self._result, self._look()
        if self._in_work is not None or not in_sight or result is None or look is None:
            return
        if look == self._shown:
            return
        self._in_work = look
        self._thread.run(
            partial(_paint, self._painter, result, look),
            partial(self._on_painted, look),
            partial(self._on_failed, look),
            title="cannot paint the picture",
        )

    def _look(self) -> Look | None:
        """How the newest result is to be painted; None where there is none."""
        area = self._picture_area()
        if area.isEmpty():
            return None
        return Look(self._number, self._options, area.size(), self.devicePixelRatioF())

    def _on_painted(self, look: Look, picture: QImage) -> None:
        # One that was in work when the view was cleared comes too late.
        if look is self._in_work:
            self._in_work, self._picture, self._shown = None, picture, look
            self.update()
            self._paint_newest()

    def _on_failed(self, look: Look, notice: Notice) -> None:
        _log.error("%s: %s", notice.title, notice.text)
        if look is self._in_work:
            self._in_work, self._shown = None, look
            self._paint_newest()

    def _paint_sign(self, painter: QPainter, area: QRect) -> None:
        ratio = self.devicePixelRatioF()
        text = {
            ViewSign.OPENING: self.tr("Opening …"),
            ViewSign.PAUSED: self.tr("Paused"),
            ViewSign.ENDED: self.tr("End"),
        }[self._sign]
        size = 12 * ratio
        width = measure_text(text, size, bold=True) + 20 * ratio
        height = 24 * ratio
        frame = QRectF(area) if not area.isEmpty() else QRectF(painter.viewport())
        plate = QRectF(frame.right() - width - 12 * ratio, frame.top() + 12 * ratio, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SIGN_PLATE)
        painter.drawRoundedRect(plate, height / 2, height / 2)
        painter.setPen(_SIGN_INK)
        painter.setFont(overlay_font(size, bold=True))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _paint(painter: PicturePainter, result: FrameResult, look: Look) -> QImage:
    """Paint in the view's thread: readings and the GUI thread come first, where cores are scarce.

    With two faces at 720p and all panels open, two cores, 27.7 readings a second instead of 25.6,
    and nearly no turn of the GUI thread over 16 ms.
    """
    give_way()
    return painter.paint(result, look)


def _around(area: QRect, room: QRect) -> tuple[QRect, ...]:
    """Return what a room has above, below, left and right of an area in it."""
    if area.isEmpty():
        return (room,)
    width, below, beside = room.width(), area.y() + area.height(), area.x() + area.width()
    return (
        QRect(0, 0, width, area.y()),
        QRect(0, below, width, room.height() - below),
        QRect(0, area.y(), area.x(), area.height()),
        QRect(beside, area.y(), width - beside, area.height()),
    )
