"""Paints a picture of the gallery: its thumbnail, what its faces show, and where it is from."""

from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ferqt.outputs.overlay import percent_text
from ferqt.ui.docks.gallery_list import ShotRole
from ferqt.ui.docks.gallery_shots import FaceTag, Shot
from ferqt.ui.docks.gallery_texts import face_title, no_face_text, place_text
from ferqt.ui.docks.gallery_thumbnails import Thumbnails
from ferqt.ui.icons import pixmap
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import DARK, RADIUS, Tokens

LEAST_WIDTH: Final = 124
"""Width in px under which a cell's texts say nothing."""

_GAP: Final = 4
_PAD: Final = 4
_DOT: Final = 8
_LINE_GAP: Final = 2
_SIGN_PX: Final = 24
_SHAPE: Final = 3 / 4

_Index = QModelIndex | QPersistentModelIndex


def cell_size(width: int, metrics: QFontMetrics) -> QSize:
    """Return the size of a cell of some width."""
    picture = round((width - 2 * _GAP - 2 * _PAD) * _SHAPE)
    texts = 2 * (metrics.height() + _LINE_GAP)
    return QSize(width, picture + texts + 2 * _GAP + 3 * _PAD)


class ShotDelegate(QStyledItemDelegate):
    """Paints the cells; `width` is that of a column."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnails = thumbnails
        self.width = LEAST_WIDTH

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        """Return the size that all cells have."""
        return cell_size(self.width, option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        shot = index.data(ShotRole.SHOT)
        assert isinstance(shot, Shot)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        ground = _paint_ground(painter, cell, option.state, tokens)
        inside = cell.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        area = QRect(inside.left(), inside.top(), inside.width(), round(inside.width() * _SHAPE))
        self._paint_picture(painter, area, shot, tokens)
        painter.setFont(tabular(option.font))
        height = option.fontMetrics.height()
        line = QRect(area.left(), area.bottom() + 1 + _PAD, area.width(), height)
        _paint_faces(painter, line, shot, ground, tokens)
        line.translate(0, height + _LINE_GAP)
        painter.setPen(QColor(tokens.text_muted))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            _elided(painter, _second_line(shot), line.width()),
        )
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, shot: Shot, tokens: Tokens) -> None:
        """Paint the thumbnail, whole, on the ground that pictures have in this program."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.picture))
        painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        ratio = painter.device().devicePixelRatioF()
        image = self._thumbnails.get(shot, area.size() * ratio)
        if image is not None:
            place = QRect(QPoint(0, 0), image.size() / ratio)
            place.moveCenter(area.center())
            painter.drawImage(place, image)
        elif self._thumbnails.is_damaged(shot):
            # Pictures stand on a dark ground in both themes.
            corner = area.center() - QRect(0, 0, _SIGN_PX, _SIGN_PX).center()
            painter.drawPixmap(corner, pixmap("warning", DARK.warning, _SIGN_PX, ratio))


def _paint_ground(
    painter: QPainter, cell: QRect, state: QStyle.StateFlag, tokens: Tokens
) -> QColor:
    """Paint what is under a cell and how it stands, and return the color under its texts."""
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    ground = QColor(tokens.pressed if chosen else tokens.hover if over else tokens.surface)
    painter.setBrush(ground if chosen or over else Qt.BrushStyle.NoBrush)
    edge = tokens.accent if chosen else tokens.text_muted
    painter.setPen(QPen(QColor(edge), 2) if chosen or focused else Qt.PenStyle.NoPen)
    if focused and not chosen:
        painter.setPen(QPen(QColor(edge), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(cell.toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    return ground


def _paint_faces(
    painter: QPainter, line: QRect, shot: Shot, ground: QColor, tokens: Tokens
) -> None:
    """Paint what the faces show, as many as there is room for, each with its color."""
    left = line.left()
    for number, face in enumerate(shot.faces):
        rest = len(shot.faces) - number
        room = line.right() + 1 - left - (0 if rest == 1 else _more_width(painter, rest - 1))
        text = _face_text(face, alone=len(shot.faces) == 1)
        width = _DOT + _PAD + painter.fontMetrics().horizontalAdvance(text)
        if width > room and number > 0:
            painter.setPen(QColor(tokens.text_muted))
            place = QRect(left, line.top(), line.right() + 1 - left, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"+{rest}")
            return
        _paint_dot(painter, QPointF(left + _DOT / 2, line.center().y() + 1), face, ground)
        painter.setPen(QColor(tokens.text_muted if face.uncertain else tokens.text))
        place = QRect(left + _DOT + _PAD, line.top(), room - _DOT - _PAD, line.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter, _elided(painter, text, place.width())
        )
        left += width + 2 * _PAD
    if not shot.faces:
        painter.setPen(QColor(tokens.text_muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, no_face_text())


def _paint_dot(painter: QPainter, middle: QPointF, face: FaceTag, ground: QColor) -> None:
    """Paint an expression's color; a ring for one that is uncertain."""
    color = expression_color(face.expression, ground)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if face.uncertain else color)
    radius = _DOT / 2 - 0.75
    painter.drawEllipse(QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius))


def _face_text(face: FaceTag, *, alone: bool) -> str:
    if not alone:
        return face.expression
    mark = "?" if face.uncertain else ""
    return f"{face.expression}{mark} {percent_text(face.confidence)}"


def _second_line(shot: Shot) -> str:
    if shot.is_face and shot.faces:
        face = shot.faces[0]
        return f"{face_title(face.face_id, face.name)} · {place_text(shot)}"
    return place_text(shot)


def _more_width(painter: QPainter, count: int) -> int:
    return painter.fontMetrics().horizontalAdvance(f"+{count}") + 2 * _PAD


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
