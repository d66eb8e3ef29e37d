"""What the gallery shows: words to look for, pictures or faces, and a chip for each expression."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.emotions import EMOTIONS
from ferqt.ui.docks.gallery_shots import ShotFilter
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.search_line import SearchLine
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import Tokens

_MOST_CHIPS: Final = 16
_MOST_LETTERS: Final = 24
_CHIP_PX: Final = 24
_DOT: Final = 8
_GAP: Final = 4
_PAD: Final = 8


class FilterBar(QWidget):
    """Search line, choice of kind, and chips."""

    changed = Signal(object)
    """The new `ShotFilter`."""

    left = Signal()
    """The person is done with typing: the list may have the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = SearchLine()
        self._line.setPlaceholderText(self.tr("Search"))
        self._line.setToolTip(self.tr("Search for a source, a person or a file"))
        self._line.setAccessibleName(self._line.toolTip())
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(self._on_changed)
        self._line.left.connect(self.left)
        self._kind = QComboBox()
        self._kind.setAccessibleName(self.tr("Pictures or faces"))
        self._kind.addItem(self.tr("All"), None)
        self._kind.addItem(self.tr("Pictures"), False)
        self._kind.addItem(self.tr("Faces"), True)
        self._kind.currentIndexChanged.connect(self._on_changed)
        self._chips = _Chips(theme)
        self._chips.changed.connect(self._on_changed)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._line, 1)
        top.addWidget(self._kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._chips)

    @property
    def wanted(self) -> ShotFilter:
        """What is chosen."""
        return ShotFilter(self._line.text().strip(), self._kind.currentData(), self._chips.chosen)

    @property
    def line(self) -> QLineEdit:
        """Where words are typed."""
        return self._line

    @property
    def kind(self) -> QComboBox:
        """Choice of pictures, faces or both."""
        return self._kind

    @property
    def more_button(self) -> QAbstractButton:
        """Shows the chips for which there is no room."""
        return self._chips.more

    def chip(self, expression: str) -> QAbstractButton:
        """Return the chip of an expression; KeyError if there is none."""
        return self._chips.chip(expression)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Offer these expressions, each with the number of pictures that have it."""
        self._chips.set_counts(counts)

    def clear(self) -> None:
        """Show all."""
        self._line.clear()
        self._kind.setCurrentIndex(0)
        self._chips.clear()

    def _on_changed(self) -> None:
        self.changed.emit(self.wanted)


class _Chips(QWidget):
    """One chip an expression: a line of them, and the others on request."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: dict[str, _Chip] = {}
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setProperty("role", "title")
        self._more.setToolTip(self.tr("Show all expressions, or a line of them"))
        self._more.setAccessibleName(self._more.toolTip())
        self._more.toggled.connect(self._arrange)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(0)
        theme.changed.connect(self._color)

    @property
    def chosen(self) -> frozenset[str]:
        """Expressions whose chips are on."""
        return frozenset(name for name, chip in self._chips.items() if chip.isChecked())

    @property
    def more(self) -> QToolButton:
        return self._more

    def chip(self, expression: str) -> "_Chip":
        return self._chips[expression]

    def set_counts(self, counts: Mapping[str, int]) -> None:
        chosen = self.chosen
        # A chip that is on stays: it says why nothing is seen.
        counts = {**dict.fromkeys(chosen, 0), **counts}
        frequent = sorted(counts, key=lambda name: (name not in chosen, -counts[name], name))
        names: list[str] = [name for name in EMOTIONS if name in counts]
        names += [name for name in frequent if name not in names]
        names = names[:_MOST_CHIPS]
        for name in set(self._chips) - set(names):
            self._chips.pop(name).deleteLater()
        chips: dict[str, _Chip] = {}
        for name in names:
            chips[name] = self._chips.get(name) or self._build(name)
            chips[name].set_count(counts[name])
        self._chips = chips
        self._arrange()

    def clear(self) -> None:
        for chip in self._chips.values():
            chip.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _build(self, name: str) -> "_Chip":
        chip = _Chip(name, self._theme.tokens, self)
        chip.toggled.connect(self.changed)
        return chip

    def _arrange(self) -> None:
        """Set the chips one after the other, in one line unless all were asked for."""
        shown: list[QWidget] = list(self._chips.values())
        if len({place.top() for place in _flow(shown, self.width())}) > 1:
            if not self._more.isChecked():
                shown = self._first_line()
            rest = len(self._chips) - len(shown)
            self._more.setText(f"+{rest}" if rest else "–")
            shown.append(self._more)
        for button in (*self._chips.values(), self._more):
            button.setVisible(button in shown)
        places = _flow(shown, self.width())
        for widget, place in zip(shown, places, strict=True):
            widget.setGeometry(place)
        for before, after in pairwise(shown):
            QWidget.setTabOrder(before, after)
        self.setFixedHeight(places[-1].bottom() + 1 if places else 0)

    def _first_line(self) -> list[QWidget]:
        """Return the chips of one line, among them those that are on."""
        self._more.setText(f"+{len(self._chips)}")
        room = self.width() - self._more.sizeHint().width() - _GAP
        usual = list(self._chips.values())
        ahead = sorted(usual, key=lambda chip: not chip.isChecked())
        for chips in (usual, ahead):
            places = _flow(chips, room)
            line = [chip for chip, place in zip(chips, places, strict=True) if place.top() == 0]
            if all(chip in line for chip in usual if chip.isChecked()):
                break
        return list(line)

    def _color(self, tokens: Tokens) -> None:
        for chip in self._chips.values():
            chip.set_tokens(tokens)


def _flow(widgets: Sequence[QWidget], room: int) -> list[QRect]:
    """Return places in lines of some width, one after the other."""
    x = y = 0
    places = []
    for widget in widgets:
        width = min(widget.sizeHint().width(), max(room, 1))
        if x and x + width > room:
            x, y = 0, y + _CHIP_PX + _GAP
        places.append(QRect(x, y, width, _CHIP_PX))
        x += width + _GAP
    return places


class _Chip(QAbstractButton):
    """Shows pictures with an expression, beside those of the other chips that are on."""

    def __init__(self, expression: str, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._count = ""
        name = expression
        if len(name) > _MOST_LETTERS:
            name = f"{name[: _MOST_LETTERS - 1]}…"
        self._expression = expression
        self._name = name
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(self.tr("Show pictures with this expression"))

    def set_count(self, count: int) -> None:
        """Say how many pictures there are."""
        self._count = str(count)
        self.setAccessibleName(self.tr("{0}, {1} pictures").format(self._name, count))
        self.updateGeometry()
        self.update()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take other colors."""
        self._tokens = tokens
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for dot, name and count."""
        metrics = self.fontMetrics()
        texts = metrics.horizontalAdvance(self._name) + metrics.horizontalAdvance(self._count)
        return QSize(2 * _PAD + _DOT + 2 * _GAP + texts, _CHIP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chip."""
        tokens, on = self._tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(
            tokens.pressed if on else tokens.hover if self.underMouse() else tokens.surface_raised
        )
        color = expression_color(self._expression, ground)
        edge = QColor(tokens.accent) if self.hasFocus() else color if on else None
        painter.setBrush(ground)
        pen = QPen(edge or QColor(tokens.border), 2 if edge else 1)
        painter.setPen(pen)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        middle = area.center().y()
        painter.drawEllipse(QRectF(_PAD, middle - _DOT / 2, _DOT, _DOT))
        painter.setFont(tabular(self.font()))
        inside = area.adjusted(_PAD + _DOT + _GAP - 1, 0, -_PAD + 1, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.drawText(inside, vertical | Qt.AlignmentFlag.AlignLeft, self._name)
        painter.setPen(QColor(tokens.text_muted))
        painter.drawText(inside, vertical | Qt.AlignmentFlag.AlignRight, self._count)
