"""The viewer's list of faces: what was read from each, as bars and in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ferqt.core.emotions import EMOTIONS, canonical_name
from ferqt.outputs.overlay import percent_text
from ferqt.outputs.snapshot_info import FaceReading
from ferqt.ui.docks.gallery_texts import face_title, reading_text
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme, strong_font, tabular
from ferqt.ui.tokens import RADIUS, Tokens

_PAD: Final = 12
_GAP: Final = 8
_LINE_GAP: Final = 4
_BAR_PX: Final = 6
_NAME_PX: Final = 76
_PERCENT_PX: Final = 40
_MOST_BARS: Final = 16
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FaceText:
    """What the list shows of a face.

    Attributes:
        title: What the face is called.
        reading: What the screen showed of it.
        notes: What else there is to know.
        bars: Classes in the order of tables, each with what the screen showed, 0..1.
        shown: The leading class, in its canonical form.
    """

    title: str
    reading: str
    notes: tuple[str, ...]
    bars: tuple[tuple[str, float], ...]
    shown: str


class ReadingList(QAbstractListModel):
    """The faces of a picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readings: tuple[FaceReading, ...] = ()

    @property
    def readings(self) -> tuple[FaceReading, ...]:
        """What is listed."""
        return self._readings

    def set_readings(self, readings: tuple[FaceReading, ...]) -> None:
        """List these faces."""
        self.beginResetModel()
        self._readings = readings
        self.endResetModel()

    def text(self, row: int) -> FaceText:
        """Return what a row shows."""
        reading = self._readings[row]
        return FaceText(
            face_title(reading.face_id, reading.name),
            reading_text(
                reading.shown, reading.shown_confidence, uncertain=reading.smoothed_uncertain
            ),
            tuple(self._notes(reading)),
            _in_order(reading.smoothed)[:_MOST_BARS],
            reading.shown,
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of faces."""
        return 0 if parent.isValid() else len(self._readings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row says in words."""
        if not index.isValid():
            return None
        text = self.text(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return text.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            bars = (f"{name} {percent_text(value)}" for name, value in text.bars)
            return ". ".join([text.title, text.reading, *text.notes, *bars])
        return None

    def _notes(self, reading: FaceReading) -> list[str]:
        moment = reading_text(
            canonical_name(reading.expression), reading.confidence, uncertain=reading.uncertain
        )
        notes = [self.tr("In this frame alone: {0}").format(moment)]
        if reading.corrected is not None:
            top, share = _top(reading.corrected)
            notes.append(
                self.tr("Corrected by the neutral baseline: {0}").format(
                    reading_text(top, share, uncertain=False)
                )
            )
        if reading.other_smoothed is not None:
            top, share = _top(reading.other_smoothed)
            other = reading_text(top, share, uncertain=False)
            notes.append(
                self.tr("The compared model disagrees: {0}").format(other)
                if reading.disagrees
                else self.tr("The compared model: {0}").format(other)
            )
        if reading.pose is not None:
            angles = (f"{reading.pose[axis]:+.0f}°" for axis in ("pitch", "yaw", "roll"))
            notes.append(self.tr("Pitch, yaw, roll: {0}").format(", ".join(angles)))
        return notes


class ReadingDelegate(QStyledItemDelegate):
    """Paints the faces."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Return the height that texts and bars take at the list's width."""
        text = _text(index)
        width = max(option.rect.width(), 1)
        inside = width - 2 * _PAD
        line = option.fontMetrics.height()
        height = 2 * _PAD + 2 * (line + _LINE_GAP)
        for note in text.notes:
            height += _wrapped(option.fontMetrics, note, inside) + _LINE_GAP
        return QSize(width, height + len(text.bars) * (line + 2) + _GAP + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a face."""
        text, tokens = _text(index), self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(0, 0, 0, -_GAP)
        ground = _paint_ground(painter, card, option.state, tokens)
        inside = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        line = QRect(inside.left(), inside.top(), inside.width(), option.fontMetrics.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(strong_font(option.font))
        painter.setPen(QColor(tokens.text))
        painter.drawText(line, flags, _elided(painter, text.title, line.width()))
        line.translate(0, line.height() + _LINE_GAP)
        painter.setFont(tabular(option.font))
        painter.drawText(line, flags, _elided(painter, text.reading, line.width()))
        line.translate(0, line.height() + _LINE_GAP)
        painter.setPen(QColor(tokens.text_muted))
        for note in text.notes:
            height = _wrapped(option.fontMetrics, note, inside.width())
            place = QRect(line.left(), line.top(), line.width(), height)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, note)
            line.translate(0, height + _LINE_GAP)
        line.translate(0, _GAP - _LINE_GAP)
        for name, value in text.bars:
            self._paint_bar(painter, line, name, value, text.shown, ground)
            line.translate(0, line.height() + 2)
        painter.restore()

    def _paint_bar(
        self, painter: QPainter, line: QRect, name: str, value: float, shown: str, ground: QColor
    ) -> None:
        tokens = self._theme.tokens
        leads = canonical_name(name) == shown
        painter.setPen(QColor(tokens.text if leads else tokens.text_muted))
        vertical = Qt.AlignmentFlag.AlignVCenter
        label = QRect(line.left(), line.top(), _NAME_PX, line.height())
        painter.drawText(label, vertical, _elided(painter, name, _NAME_PX - _LINE_GAP))
        percent = QRect(line.right() + 1 - _PERCENT_PX, line.top(), _PERCENT_PX, line.height())
        painter.drawText(percent, vertical | Qt.AlignmentFlag.AlignRight, percent_text(value))
        track = QRectF(
            line.left() + _NAME_PX,
            line.center().y() - _BAR_PX / 2 + 0.5,
            max(1, line.width() - _NAME_PX - _PERCENT_PX),
            _BAR_PX,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border_strong))
        painter.drawRoundedRect(track, _BAR_PX / 2, _BAR_PX / 2)
        painter.setBrush(expression_color(canonical_name(name), ground))
        track.setWidth(max(_BAR_PX, track.width() * value) if value > 0 else 0)
        painter.drawRoundedRect(track, _BAR_PX / 2, _BAR_PX / 2)


def _paint_ground(
    painter: QPainter, card: QRect, state: QStyle.StateFlag, tokens: Tokens
) -> QColor:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    ground = QColor(tokens.hover if over else tokens.surface_raised)
    painter.setBrush(ground)
    painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.border), 2 if chosen else 1))
    painter.drawRoundedRect(card.toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    return ground


def _text(index: _Index) -> FaceText:
    model = index.model()
    assert isinstance(model, ReadingList)
    return model.text(index.row())


def _in_order(scores: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return classes in the order of tables: the known expressions, then a user's own."""
    known: Sequence[str] = EMOTIONS
    places = {name: number for number, name in enumerate(known)}
    return tuple(
        sorted(scores.items(), key=lambda one: places.get(canonical_name(one[0]), len(known)))
    )


def _top(scores: Mapping[str, float]) -> tuple[str, float]:
    name = max(scores, key=scores.__getitem__)
    return canonical_name(name), scores[name]


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


def _wrapped(metrics: QFontMetrics, text: str, width: int) -> int:
    """Return the height of a text that is wrapped at a width."""
    flags = Qt.TextFlag.TextWordWrap
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), flags, text).height()
