"""The legend of the probability plot: one switch a curve, with its name, pattern and value."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from ferqt.core.emotions import EMOTIONS, LabelSet
from ferqt.ui.plot_styles import PlotTheme, curve_pen

_ROW_PX = 22
_LINE_PX = 16
_MORE_LINE_PX = 10
_GAP_PX = 6
_LEAST_GAP_PX = 4


class LegendSwitch(QAbstractButton):
    """Shows and hides a curve.

    Attributes:
        line_px: Length of the piece of the curve that is shown.
    """

    def __init__(self, name: str, pen: QPen, theme: PlotTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._pen = pen
        self._theme = theme
        self._value = ""
        self.line_px = _LINE_PX
        self.setText(name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(self.tr("Show the curve of {name}").format(name=name))
        self.setToolTip(self.tr("Click to hide or show this curve"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_look(self, pen: QPen, theme: PlotTheme) -> None:
        """Take other colors."""
        self._pen, self._theme = pen, theme
        self.update()

    @property
    def value(self) -> str:
        """The newest value as it is shown."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show the newest value at the right."""
        if value != self._value:
            self._value = value
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for line, name and value; 100% comes when all others are at 0%."""
        metrics = QFontMetrics(self.font())
        texts = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance("88%")
        return QSize(_LINE_PX + 2 * _GAP_PX + _LEAST_GAP_PX + texts, _ROW_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same room: nothing of it can be left out."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a piece of the curve, its name and its value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(self._theme.muted, 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.grid)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setOpacity(1.0 if self.isChecked() else 0.4)
        middle = area.center().y()
        line_px = self.line_px
        painter.setPen(self._pen)
        painter.drawLine(QPointF(_GAP_PX / 2, middle), QPointF(_GAP_PX / 2 + line_px, middle))
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        painter.setPen(self._theme.text)
        text_area = area.adjusted(line_px + 1.5 * _GAP_PX, 0, -_GAP_PX / 2, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text_area, vertical | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setPen(self._theme.muted)
        painter.drawText(text_area, vertical | Qt.AlignmentFlag.AlignRight, self._value)


class PlotLegend(QWidget):
    """A grid of switches that takes as many columns as fit."""

    toggled = Signal(str, bool)
    """Name of a class, and whether its curve is to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._switches: dict[str, LegendSwitch] = {}
        self._labels: LabelSet | None = None
        self._columns = 0
        self._hidden: set[str] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP_PX)
        self._grid.setVerticalSpacing(0)

    @property
    def hidden_names(self) -> frozenset[str]:
        """Classes whose curves are switched off, also while the model does not know them."""
        return frozenset(self._hidden)

    def switch(self, name: str) -> LegendSwitch:
        """Return the switch of a class; KeyError if the legend has none."""
        return self._switches[name]

    def set_labels(self, labels: LabelSet, theme: PlotTheme) -> None:
        """List these classes, in the order that tables and the overlay have."""
        for switch in self._switches.values():
            self._grid.removeWidget(switch)
            switch.deleteLater()
        known = [name for name in EMOTIONS if name in labels.names]
        names = known + [name for name in labels.names if name not in EMOTIONS]
        self._labels = labels
        self._switches = {}
        for name in names:
            switch = LegendSwitch(name, curve_pen(name, labels, theme), theme, self)
            switch.setChecked(name not in self._hidden)
            switch.toggled.connect(lambda on, name=name: self._on_toggled(name, on))
            self._switches[name] = switch
        self._columns = 0
        self._arrange()

    def set_theme(self, theme: PlotTheme) -> None:
        """Take other colors."""
        if self._labels is not None:
            for name, switch in self._switches.items():
                switch.set_look(curve_pen(name, self._labels, theme), theme)

    def set_value(self, name: str, value: str) -> None:
        """Show the newest value of a class; "" for none."""
        self._switches[name].set_value(value)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return one column's width, whatever the present number of columns."""
        width = max((switch.sizeHint().width() for switch in self._switches.values()), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take as many columns as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        widest = max((switch.sizeHint().width() for switch in self._switches.values()), default=1)
        columns = max(1, min(4, (self.width() + _GAP_PX) // (widest + _GAP_PX)))
        # A longer piece of a curve tells its pattern better.
        spare = (self.width() + _GAP_PX) // columns - _GAP_PX - widest
        for switch in self._switches.values():
            switch.line_px = _LINE_PX + max(0, min(_MORE_LINE_PX, spare))
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-len(self._switches) // columns)
        for index, switch in enumerate(self._switches.values()):
            self._grid.addWidget(switch, index % rows, index // rows)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_toggled(self, name: str, on: bool) -> None:
        if on:
            self._hidden.discard(name)
        else:
            self._hidden.add(name)
        self.toggled.emit(name, on)
