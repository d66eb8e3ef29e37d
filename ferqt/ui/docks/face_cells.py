"""Paints the cells of the table of faces."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ferqt.core.people import MAX_NAME
from ferqt.core.roster import FaceEntry
from ferqt.ui.docks.face_table import BaselineMark, FaceColumn, FaceRole
from ferqt.ui.icons import pixmap
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import Tokens

PAD_PX: Final = 8
"""Between a cell's edges and what it shows."""

ROW_PX: Final = 32
"""Height of a row."""

_COLOR_PX: Final = 12
_SIGN_PX: Final = 14
_MARK_GAP_PX: Final = 6
_BAR_PX: Final = 4

SWATCH_PX: Final = 18
"""Room that the color takes before the id."""

_Index = QModelIndex | QPersistentModelIndex


class FaceCells(QStyledItemDelegate):
    """Swatch and marks, a bar under the confidence, and quiet letters for faces that left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        entry = index.data(FaceRole.ENTRY)
        assert isinstance(entry, FaceEntry)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, tokens)
        area = option.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)
        mark = index.data(FaceRole.BASELINE) if index.column() == FaceColumn.NAME else None
        if index.column() == FaceColumn.FACE:
            self._paint_swatch(painter, area, entry, tokens)
            area = area.adjusted(SWATCH_PX, 0, 0, 0)
        elif index.column() == FaceColumn.CONFIDENCE:
            self._paint_bar(painter, area, entry, tokens)
            area = area.adjusted(0, 0, 0, -_BAR_PX)
        painter.setFont(tabular(option.font))
        quiet = not entry.present or (index.column() == FaceColumn.EXPRESSION and entry.uncertain)
        painter.setPen(QColor(tokens.text_muted if quiet else tokens.text))
        room = area.width() - (0 if mark is None else _SIGN_PX + _MARK_GAP_PX)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        if mark is not None:
            left = area.left() + (metrics.horizontalAdvance(text) + _MARK_GAP_PX if text else 0)
            top = area.center().y() - _SIGN_PX // 2 + 1
            self._paint_baseline(painter, QRect(left, top, _SIGN_PX, _SIGN_PX), mark, tokens)
        painter.restore()

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QWidget:
        """Return the line in which a name is typed."""
        line = QLineEdit(parent)
        line.setMaxLength(MAX_NAME)
        line.setPlaceholderText(self.tr("Name"))
        line.setAccessibleName(self.tr("Name of this face"))
        # The usual line is higher than a row.
        line.setStyleSheet("padding: 0 6px;")
        return line

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.pressed))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens.hover))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.toRectF().adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_swatch(
        self, painter: QPainter, area: QRect, entry: FaceEntry, tokens: Tokens
    ) -> None:
        color = expression_color(entry.expression, QColor(tokens.surface))
        top = area.center().y() - _COLOR_PX // 2 + 1
        swatch = QRectF(area.left(), top, _COLOR_PX, _COLOR_PX).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color, 2))
        # A face that left keeps the outline alone.
        painter.setBrush(color if entry.present else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(swatch, 3, 3)

    def _paint_baseline(
        self, painter: QPainter, place: QRect, mark: BaselineMark, tokens: Tokens
    ) -> None:
        if mark.share >= 1:
            ink = tokens.accent_text if mark.in_force else tokens.text_muted
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place.topLeft(), pixmap("baseline", ink, _SIGN_PX, ratio))
            return
        ring = place.toRectF().adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.border_strong), 2))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawArc(ring, 90 * 16, -round(mark.share * 360 * 16))

    def _paint_bar(self, painter: QPainter, area: QRect, entry: FaceEntry, tokens: Tokens) -> None:
        """Paint how high the confidence is."""
        line = QRectF(area.left(), area.bottom() - _BAR_PX - 1, area.width(), _BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(line, _BAR_PX / 2, _BAR_PX / 2)
        if entry.present:
            line.setWidth(max(_BAR_PX, line.width() * entry.confidence))
            painter.setBrush(
                QColor(tokens.text_muted)
                if entry.uncertain
                else expression_color(entry.expression, QColor(tokens.surface))
            )
            painter.drawRoundedRect(line, _BAR_PX / 2, _BAR_PX / 2)
