"""Paints a model's card: name, state, and the facts one chooses by."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ferqt.ui.docks.model_list import CardText, ModelRole
from ferqt.ui.icons import pixmap
from ferqt.ui.theme import Theme, strong_font, tabular
from ferqt.ui.tokens import RADIUS, Tokens

_GAP: Final = 8
_PAD: Final = 12
_LINE_GAP: Final = 4
_SIGN_PX: Final = 18
_MOST_PROBLEM_LINES: Final = 4
_SPOKES: Final = 8

_Index = QModelIndex | QPersistentModelIndex


class ModelCardDelegate(QStyledItemDelegate):
    """Paints cards; `turn` makes the sign of a loading model go round."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = 0

    def turn(self) -> None:
        """Take the sign of a loading model one step further."""
        self._phase = (self._phase + 1) % _SPOKES

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Return the height that the card's text takes at the list's width."""
        text = _text(index)
        width = max(option.rect.width(), 1)
        heading = QFontMetrics(strong_font(option.font))
        usual = QFontMetrics(option.font)
        height = 2 * _PAD + heading.height()
        inside = width - 2 * _GAP - 2 * _PAD
        for line in text.lines:
            height += _LINE_GAP + _wrapped(usual, line, inside)
        if text.problem:
            height += _LINE_GAP + min(
                _wrapped(usual, text.problem, inside), _MOST_PROBLEM_LINES * usual.lineSpacing()
            )
        return QSize(width, height + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a card."""
        text = _text(index)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(_GAP, 0, -_GAP, -_GAP)
        self._paint_ground(painter, card, option.state, text, tokens)
        inside = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        top = self._paint_title(painter, inside, option, text, tokens)
        usual = QFontMetrics(option.font)
        painter.setFont(tabular(option.font))
        painter.setPen(QColor(tokens.text_muted))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        for line in text.lines:
            place = QRect(inside.left(), top, inside.width(), _wrapped(usual, line, inside.width()))
            painter.drawText(place, flags, line)
            top = place.bottom() + 1 + _LINE_GAP
        if text.problem:
            painter.setPen(QColor(tokens.warning))
            place = QRect(inside.left(), top, inside.width(), inside.bottom() - top + 1)
            painter.drawText(place, flags, text.problem)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        card: QRect,
        state: QStyle.StateFlag,
        text: CardText,
        tokens: Tokens,
    ) -> None:
        over = bool(state & QStyle.StateFlag.State_MouseOver) and not text.problem
        ground = QColor(tokens.hover if over else tokens.surface_raised)
        edge = QColor(tokens.border)
        if text.problem:
            ground = QColor(tokens.surface)
        if text.active:
            edge = QColor(tokens.accent)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(tokens.accent) if focused else edge, 2 if focused else 1))
        painter.drawRoundedRect(card.toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_title(
        self,
        painter: QPainter,
        inside: QRect,
        option: QStyleOptionViewItem,
        text: CardText,
        tokens: Tokens,
    ) -> int:
        """Paint name and state, and return where the lines below begin."""
        font = strong_font(option.font)
        metrics = QFontMetrics(font)
        line = QRect(inside.left(), inside.top(), inside.width(), metrics.height())
        room = line.width()
        corner = QPoint(line.right() - _SIGN_PX + 1, line.center().y() - _SIGN_PX // 2 + 1)
        if text.loading:
            self._paint_wheel(painter, QRect(corner, QSize(_SIGN_PX, _SIGN_PX)), tokens)
            room -= _SIGN_PX + _GAP
        elif text.active or text.problem:
            name, ink = (
                ("check", tokens.accent_text) if text.active else ("warning", tokens.warning)
            )
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(corner, pixmap(name, ink, _SIGN_PX, ratio))
            room -= _SIGN_PX + _GAP
        painter.setFont(font)
        painter.setPen(QColor(tokens.text_muted if text.problem else tokens.text))
        title = metrics.elidedText(text.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        return line.bottom() + 1 + _LINE_GAP

    def _paint_wheel(self, painter: QPainter, place: QRect, tokens: Tokens) -> None:
        """Paint an arc that goes round while a model is made ready."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(tokens.accent), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        start = -self._phase * 360 // _SPOKES
        painter.drawArc(place.adjusted(2, 2, -2, -2), start * 16, 270 * 16)


def _text(index: _Index) -> CardText:
    text = index.data(ModelRole.CARD)
    assert isinstance(text, CardText)
    return text


def _wrapped(metrics: QFontMetrics, line: str, width: int) -> int:
    """Return the height of a text that is wrapped at a width."""
    return metrics.boundingRect(
        QRect(0, 0, max(width, 1), 10_000), Qt.TextFlag.TextWordWrap, line
    ).height()
