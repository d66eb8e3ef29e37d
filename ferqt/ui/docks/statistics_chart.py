"""Bars of how long each expression led, with the figures beside."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ferqt.core.statistics import ExpressionStatistics
from ferqt.ui.docks.face_table import clock
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import Tokens

_PAD_PX: Final = 12
_HEAD_PX: Final = 24
_ROW_PX: Final = 36
_BAR_PX: Final = 6
_GAP_PX: Final = 8
_WIDE_PX: Final = 380

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_NONE: Final = "–"


class StatisticsChart(QWidget):
    """A line of figures and a bar for each expression."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[ExpressionStatistics, ...] = ()
        self.setAccessibleName(self.tr("Share of time of each expression"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    @property
    def entries(self) -> Sequence[ExpressionStatistics]:
        """What is shown."""
        return self._entries

    def set_entries(self, entries: tuple[ExpressionStatistics, ...]) -> None:
        """Show these figures."""
        if entries == self._entries:
            return
        if len(entries) != len(self._entries):
            self.updateGeometry()
        self._entries = entries
        spoken = (self._spoken(entry) for entry in entries if entry.frames)
        self.setAccessibleDescription("\n".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for all rows."""
        return QSize(280, _HEAD_PX + _ROW_PX * len(self._entries))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of all rows; the figures move together when it is narrow."""
        return QSize(240, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Tell all figures of the row under the pointer."""
        if isinstance(event, QHelpEvent):
            row = (event.pos().y() - _HEAD_PX) // _ROW_PX
            if 0 <= row < len(self._entries):
                tip = plain_tip(self._spoken(self._entries[row]))
                QToolTip.showText(event.globalPos(), tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint heads, figures and bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tabular(self.font()))
        tokens = self._theme.tokens
        columns = self._columns(painter.font())
        metrics = painter.fontMetrics()

        def draw(text: str, area: QRectF, side: Qt.AlignmentFlag) -> None:
            room = round(area.width())
            painter.drawText(
                area, side, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            )

        painter.setPen(QColor(tokens.text_muted))
        for title, area, side in columns:
            draw(title, area, side)
        for row, entry in enumerate(self._entries):
            top = _HEAD_PX + row * _ROW_PX
            painter.setPen(QColor(tokens.text if entry.frames else tokens.text_muted))
            for (_, area, side), text in zip(columns, self._texts(entry), strict=True):
                draw(text, area.translated(0, top), side)
            self._paint_bar(painter, entry, top + _HEAD_PX, tokens)

    def _columns(self, font: QFont) -> list[tuple[str, QRectF, Qt.AlignmentFlag]]:
        """Return head, place and alignment of each column."""
        wide = self.width() >= _WIDE_PX
        metrics = QFontMetrics(font)
        figures = (
            (self.tr("Episodes") if wide else self.tr("Ep."), "888"),
            (self.tr("Confidence") if wide else self.tr("Conf."), "100%"),
            (self.tr("Time"), "8:88:88"),
            (self.tr("Share"), "100%"),
        )
        columns = []
        right = float(self.width() - _PAD_PX)
        for title, widest in reversed(figures):
            width = max(metrics.horizontalAdvance(title), metrics.horizontalAdvance(widest))
            columns.append((title, QRectF(right - width, 0, width, _HEAD_PX), _RIGHT))
            right -= width + (3 * _GAP_PX if wide else _GAP_PX)
        name = QRectF(_PAD_PX, 0, max(right - _PAD_PX, 1), _HEAD_PX)
        columns.append((self.tr("Expression"), name, _LEFT))
        return columns[::-1]

    def _texts(self, entry: ExpressionStatistics) -> tuple[str, ...]:
        if not entry.frames:
            return (entry.name, _NONE, _NONE, _NONE, _NONE)
        return (
            entry.name,
            str(entry.episodes),
            percent(entry.confidence),
            clock(entry.seconds) if entry.seconds else _NONE,
            percent(entry.share),
        )

    def _spoken(self, entry: ExpressionStatistics) -> str:
        return self.tr(
            "{0}: {1} of the time ({2}), mean confidence {3}; frames: {4}, episodes: {5}"
        ).format(
            entry.name,
            percent(entry.share),
            clock(entry.seconds),
            percent(entry.confidence),
            entry.frames,
            entry.episodes,
        )

    def _paint_bar(
        self, painter: QPainter, entry: ExpressionStatistics, top: float, tokens: Tokens
    ) -> None:
        bar = QRectF(_PAD_PX, top, self.width() - 2 * _PAD_PX, _BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
        if entry.share > 0:
            bar.setWidth(max(_BAR_PX, bar.width() * entry.share))
            painter.setBrush(expression_color(entry.name, QColor(tokens.surface)))
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)


def percent(share: float | None) -> str:
    """Return "42%", "<1%" for what is hardly there, and a dash for nothing to tell."""
    if share is None:
        return _NONE
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"
