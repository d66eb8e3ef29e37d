"""How well a model does, as figures: a table of its classes and a matrix of its confusions."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ferqt.classifiers.card import Metrics
from ferqt.core.emotions import color_of
from ferqt.ui.theme import Theme, strong_font, tabular
from ferqt.ui.tokens import Tokens

_DOT_PX: Final = 10
_COLUMN_PX: Final = 64
_CELL_PX: Final = 44
_SMALLEST_CELL_PX: Final = 28
_COUNTED_CELL_PX: Final = 40
"""Side from which a cell has room for the count under the share."""

_GAP_PX: Final = 8
_TURN: Final = -45.0
_WHITE_FROM: Final = 0.5
"""Luminance of a cell under which white text reads better than black."""


class ClassTable(QWidget):
    """A row a class: color, name, precision, recall, F1 and how many faces it was measured on."""

    def __init__(self, metrics: Metrics, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(4)
        for column, (text, tip) in enumerate(
            (
                (self.tr("Precision"), self.tr("How often this answer is right")),
                (self.tr("Recall"), self.tr("How many of these faces are found")),
                (self.tr("F1"), self.tr("The harmonic mean of both")),
                (self.tr("Faces"), self.tr("How many faces of this class were measured")),
            ),
            start=2,
        ):
            head = _number(text)
            head.setObjectName("Muted")
            head.setToolTip(tip)
            grid.addWidget(head, 0, column)
        for row, (name, one) in enumerate(metrics.per_class.items(), start=1):
            grid.addWidget(Dot(name, theme), row, 0)
            label = QLabel(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, 1)
            shares = (f"{100 * share:.1f} %" for share in (one.precision, one.recall, one.f1))
            for column, text in enumerate((*shares, f"{one.support:,}"), start=2):
                grid.addWidget(_number(text), row, column)
        for column in range(2, 6):
            grid.setColumnMinimumWidth(column, _COLUMN_PX)
        grid.setColumnStretch(6, 1)


class Dot(QWidget):
    """The color of an expression; its name stands beside it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._theme = theme
        self.setFixedSize(_DOT_PX, _DOT_PX)
        theme.changed.connect(self._on_theme)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color_of(self._name, on_dark=self._theme.tokens.dark)))
        painter.drawEllipse(self.rect())
        painter.end()

    def _on_theme(self, _: Tokens) -> None:
        self.update()


class ConfusionView(QWidget):
    """A row a true class, a column an answer: how often each was taken for each.

    Args:
        metrics: With a confusion matrix.
        names: The classes in the order of its rows.
        theme: Gives the colors.
    """

    def __init__(
        self, metrics: Metrics, names: tuple[str, ...], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._counts = metrics.confusion
        self._names = names
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confusion matrix of {0}").format(metrics.dataset))
        self.setAccessibleDescription(self._spoken())
        theme.changed.connect(self._on_theme)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at which shares and counts can be read."""
        side = _CELL_PX * len(self._names)
        left, below = self._margins()
        return QSize(round(left) + side, side + round(below))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at which the shares can still be read."""
        left, _ = self._margins()
        return QSize(round(left) + _SMALLEST_CELL_PX * len(self._names), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the matrix at the upper left."""
        left, below = self._margins()
        count = len(self._names)
        side = min((self.width() - left) / count, (self.height() - below) / count, _CELL_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tabular(self.font()))
        for row, counts in enumerate(self._counts):
            for column, number in enumerate(counts):
                place = QRectF(left + column * side, row * side, side, side)
                self._paint_cell(painter, place, number, sum(counts))
        self._paint_names(painter, left, side)
        painter.end()

    def _paint_cell(self, painter: QPainter, place: QRectF, number: int, total: int) -> None:
        tokens = self._theme.tokens
        share = number / total if total else 0.0
        fill = _between(QColor(tokens.surface_raised), QColor(tokens.accent), share)
        inside = place.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(inside, 3, 3)
        if share < 0.005 and not number:
            return
        painter.setPen(_ink_on(fill))
        percent = f"{100 * share:.0f}" if total else ""
        if place.height() < _COUNTED_CELL_PX:
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, percent)
            return
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, f"{percent} %\n{number}")

    def _paint_names(self, painter: QPainter, left: float, side: float) -> None:
        painter.setPen(QColor(self._theme.tokens.text))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for number, name in enumerate(self._names):
            row = QRectF(0, number * side, left - _GAP_PX, side)
            painter.drawText(row, middle, name)
            painter.save()
            end = QPointF(left + (number + 0.5) * side, side * len(self._names) + _GAP_PX)
            painter.translate(end)
            painter.rotate(_TURN)
            painter.drawText(QRectF(-200, 0, 200, side / 2), Qt.AlignmentFlag.AlignRight, name)
            painter.restore()

    def _margins(self) -> tuple[float, float]:
        """Room for the names at the left and below, px."""
        metrics = QFontMetricsF(self.font())
        longest = max(metrics.horizontalAdvance(name) for name in self._names)
        return longest + 2 * _GAP_PX, longest * 0.75 + metrics.height() + _GAP_PX

    def _spoken(self) -> str:
        """Each class with its most frequent answer that is wrong."""
        sentences = []
        for row, (name, counts) in enumerate(zip(self._names, self._counts, strict=True)):
            total = sum(counts)
            if not total:
                continue
            wrong = {
                other: number
                for column, (other, number) in enumerate(zip(self._names, counts, strict=True))
                if column != row and number
            }
            sentences.append(self._sentence(name, counts[row] / total, wrong, total))
        return " ".join(sentences)

    def _sentence(self, name: str, found: float, wrong: Mapping[str, int], total: int) -> str:
        sentence = self.tr("{0}: {1} % found").format(name, f"{100 * found:.0f}")
        if wrong:
            other = max(wrong, key=lambda key: wrong[key])
            sentence += self.tr(", {0} % taken for {1}").format(
                f"{100 * wrong[other] / total:.0f}", other
            )
        return f"{sentence}."

    def _on_theme(self, _: Tokens) -> None:
        self.update()


def _number(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(tabular(label.font()))
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def heading(text: str, widget: QWidget) -> QLabel:
    """Return a section's heading in the heavier weight of a widget's font."""
    label = QLabel(text)
    label.setFont(strong_font(widget.font()))
    return label


def _between(low: QColor, high: QColor, share: float) -> QColor:
    parts = (
        round(a + (b - a) * share)
        for a, b in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*parts)


def _ink_on(fill: QColor) -> QColor:
    """Black or white, whichever reads better on a color."""
    luminance = 0.299 * fill.redF() + 0.587 * fill.greenF() + 0.114 * fill.blueF()
    return QColor("#FFFFFF" if luminance < _WHITE_FROM else "#12141A")
