"""The buttons of the panel whose tab is chosen, beside the tabs."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from ferqt.ui.docks.panel import DockPanel, title_button
from ferqt.ui.icons import icon
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens

_MARGIN_PX: Final = 8
"""Right of the buttons, as right of the panels."""


class TabButtons(QWidget):
    """Takes the chosen panel out of the window, and closes it; hidden where tabs need the room.

    Without it, a nearly empty line would stand between tabs and panel.

    Args:
        bar: The tabs; owns the buttons.
        docks: Every panel by its title, which its tab says.
        theme: Gives the colors.
    """

    fitting_changed = Signal()
    """There is room for the buttons now, or no longer."""

    def __init__(self, bar: QTabBar, docks: Mapping[str, DockPanel], theme: Theme) -> None:
        super().__init__(bar)
        self._bar = bar
        self._docks = docks
        self._fits = False
        self._float, self._close = title_button(""), title_button("")
        self._float.clicked.connect(self._take_out)
        self._close.clicked.connect(self._shut)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._float)
        line.addWidget(self._close)
        theme.changed.connect(self._color)
        self._color(theme.tokens)
        bar.currentChanged.connect(self.place)
        bar.installEventFilter(self)
        self.place()

    @property
    def fits(self) -> bool:
        """Whether there is room beside the tabs."""
        return self._fits

    def place(self) -> None:
        """Go to the end of the tabs, and speak of the chosen panel."""
        dock = self._chosen()
        size = self.sizeHint()
        tabs = self._bar.tabRect(self._bar.count() - 1)
        room = self._bar.width() - _MARGIN_PX - tabs.right() - 1
        fits = dock is not None and room >= size.width()
        if dock is not None:
            for button, tip in ((self._float, dock.float_tip), (self._close, dock.close_tip)):
                button.setToolTip(tip)
                button.setAccessibleName(tip)
        top = (self._bar.height() - size.height()) // 2
        self.setGeometry(
            self._bar.width() - _MARGIN_PX - size.width(), top, size.width(), size.height()
        )
        self.setVisible(fits)
        if fits != self._fits:
            self._fits = fits
            self.fitting_changed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the tabs."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.place()
        return False

    def _chosen(self) -> DockPanel | None:
        return self._docks.get(self._bar.tabText(self._bar.currentIndex()))

    def _take_out(self) -> None:
        dock = self._chosen()
        if dock is not None:
            dock.setFloating(True)

    def _shut(self) -> None:
        dock = self._chosen()
        if dock is not None:
            dock.close()

    def _color(self, tokens: Tokens) -> None:
        self._float.setIcon(icon("float", tokens, tokens.text_muted))
        self._close.setIcon(icon("close", tokens, tokens.text_muted))
