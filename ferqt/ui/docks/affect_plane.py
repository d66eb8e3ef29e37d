"""Paints the plane of valence and arousal with faces and their fading trails."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ferqt.core.affect_trail import AffectPoint, AffectTrail
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_MARGIN_PX: Final = 8
_POINT_PX: Final = 6
_TRAIL_PX: Final = 2.5
_GAP_PX: Final = 4

_BANDS: Final = 8
"""Steps in which a trail fades: one line each, which is cheap to draw."""

_FAINTEST: Final = 0.12

_ROOM_FOR_CORNERS_PX: Final = 240
"""Side of the plane under which the words in its corners would run into the others."""


@dataclass(frozen=True, slots=True)
class PlaneFace:
    """A face as the plane shows it.

    Attributes:
        title: Its name.
        trail: Where it is and was.
    """

    title: str
    trail: AffectTrail


class AffectPlane(QWidget):
    """A square with two axes; x is valence, y is arousal."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faces: tuple[PlaneFace, ...] = ()
        self._now_s = 0.0
        self._length_s = 1.0
        self._ground: QPixmap | None = None
        self.setAccessibleName(self.tr("Plane of valence and arousal"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._forget_ground)

    @property
    def faces(self) -> Sequence[PlaneFace]:
        """What is shown."""
        return self._faces

    def show_faces(self, faces: Sequence[PlaneFace], now_s: float, length_s: float) -> None:
        """Show these faces.

        Args:
            faces: The more important ones last: they are painted over the others.
            now_s: Present time of the session in s.
            length_s: Age in s at which a trail has faded.
        """
        self._faces = tuple(faces)
        self._now_s, self._length_s = now_s, length_s
        self.update()

    def place_of(self, valence: float, arousal: float) -> QPointF:
        """Return where a point of the plane is on the widget, in px."""
        square = self._square()
        return QPointF(
            square.center().x() + valence * square.width() / 2,
            square.center().y() - arousal * square.height() / 2,
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits a dock."""
        return QSize(280, 280)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size, so that the window fits a screen of 600 px."""
        return QSize(200, 128)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, trails, and faces above them."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.drawPixmap(0, 0, self._painted_ground(tokens))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for face in self._faces:
            self._paint_trail(painter, face.trail, tokens)
        for face in self._faces:
            if face.trail.now is not None:
                self._paint_face(painter, face, face.trail.now, tokens)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground anew."""
        super().resizeEvent(event)
        self._forget_ground()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._forget_ground()

    def _forget_ground(self) -> None:
        self._ground = None
        self.update()

    def _painted_ground(self, tokens: Tokens) -> QPixmap:
        """Return lines and words behind the faces, which stay as they are for hours."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._ground)
            painter.setFont(self.font())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, tokens)
            painter.end()
        return self._ground

    def _square(self) -> QRectF:
        side = min(self.width(), self.height()) - 2 * _MARGIN_PX
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        return square

    def _paint_ground(self, painter: QPainter, tokens: Tokens) -> None:
        square = self._square()
        center = square.center()
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 4, 4)
        for share in (-0.5, 0.5):
            x, y = self.place_of(share, share).toTuple()
            painter.drawLine(QPointF(x, square.top()), QPointF(x, square.bottom()))
            painter.drawLine(QPointF(square.left(), y), QPointF(square.right(), y))
        painter.setPen(QPen(QColor(tokens.border_strong), 1))
        painter.drawLine(QPointF(center.x(), square.top()), QPointF(center.x(), square.bottom()))
        painter.drawLine(QPointF(square.left(), center.y()), QPointF(square.right(), center.y()))
        painter.setPen(QColor(tokens.text_muted))
        inside = square.adjusted(8, 4, -8, -4)
        self._name_axes(painter, inside)
        if square.width() >= _ROOM_FOR_CORNERS_PX:
            self._name_corners(painter, inside)

    def _name_corners(self, painter: QPainter, inside: QRectF) -> None:
        flag = Qt.AlignmentFlag
        corners = (
            (flag.AlignLeft | flag.AlignTop, self.tr("tense")),
            (flag.AlignRight | flag.AlignTop, self.tr("excited")),
            (flag.AlignLeft | flag.AlignBottom, self.tr("gloomy")),
            (flag.AlignRight | flag.AlignBottom, self.tr("calm")),
        )
        for side, word in corners:
            painter.drawText(inside, side, word)

    def _name_axes(self, painter: QPainter, inside: QRectF) -> None:
        """Name the ends of the axes, beside the lines."""
        flag, center = Qt.AlignmentFlag, inside.center()
        below = QRectF(inside.left(), center.y() + 2, inside.width(), 20)
        painter.drawText(below, flag.AlignLeft, self.tr("negative"))
        painter.drawText(below, flag.AlignRight, self.tr("positive"))
        beside = QRectF(center.x() + 4, inside.top(), inside.width() / 2, inside.height())
        painter.drawText(beside, flag.AlignLeft | flag.AlignTop, self.tr("active"))
        painter.drawText(beside, flag.AlignLeft | flag.AlignBottom, self.tr("passive"))

    def _paint_trail(self, painter: QPainter, trail: AffectTrail, tokens: Tokens) -> None:
        color = expression_color(trail.expression, QColor(tokens.surface))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in trail.pieces:
            for band, points in self._bands(piece):
                color.setAlphaF(_FAINTEST + (1 - _FAINTEST) * (band + 1) / _BANDS)
                pen = QPen(color, _TRAIL_PX)
                # Lines that overlap at their ends would show as beads.
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(points)

    def _bands(self, piece: Sequence[AffectPoint]) -> list[tuple[int, QPolygonF]]:
        """Divide a run into lines of equal age; each begins where the one before ends."""
        square = self._square()
        center, half = square.center(), square.width() / 2
        left, top = center.x(), center.y()
        bands: list[tuple[int, list[QPointF]]] = []
        for point in piece:
            age = min(max((self._now_s - point.session_s) / self._length_s, 0.0), 1.0)
            band = min(int((1 - age) * _BANDS), _BANDS - 1)
            place = QPointF(left + point.valence * half, top - point.arousal * half)
            if not bands:
                bands.append((band, [place]))
            elif band == bands[-1][0]:
                bands[-1][1].append(place)
            else:
                bands.append((band, [bands[-1][1][-1], place]))
        return [(band, QPolygonF(places)) for band, places in bands]

    def _paint_face(
        self, painter: QPainter, face: PlaneFace, now: AffectPoint, tokens: Tokens
    ) -> None:
        place = self.place_of(now.valence, now.arousal)
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.setBrush(expression_color(face.trail.expression, QColor(tokens.surface)))
        painter.drawEllipse(place, _POINT_PX, _POINT_PX)
        if not face.title:
            return
        metrics = QFontMetrics(self.font())
        square = self._square()
        title = metrics.elidedText(
            face.title, Qt.TextElideMode.ElideRight, round(square.width() / 2) - _POINT_PX
        )
        words = QRectF(0, 0, metrics.horizontalAdvance(title) + 2 * _GAP_PX, metrics.height())
        words.moveCenter(place)
        words.moveLeft(place.x() + _POINT_PX + _GAP_PX)
        if words.right() > square.right():
            words.moveRight(place.x() - _POINT_PX - _GAP_PX)
        ground = QColor(tokens.surface)
        ground.setAlphaF(0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(words, 4, 4)
        painter.setPen(QColor(tokens.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, title)
