"""Where the panels stand beside the picture: one table, their first arrangement, and the way back.

Panels of one stack share a place and are chosen by tabs; each can be moved, taken out of the window
and closed, and the window remembers it.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget

from ferqt.ui.action_rows.spec import N
from ferqt.ui.docks.panel import DockPanel
from ferqt.ui.tab_buttons import TabButtons
from ferqt.ui.theme import Theme

_CONTEXT: Final = "Panels"

_WIDTH_PX: Final = 368
_STACK_HEIGHTS: Final = (5, 6)
"""Shares of the height that the upper and the lower stack take."""

_RIGHT: Final = Qt.DockWidgetArea.RightDockWidgetArea


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """One panel.

    Attributes:
        id: Name under which the window keeps its place.
        title: What it shows.
        stack: 0 for the upper stack, 1 for the lower.
        shown: Whether it is there before the person chose.
    """

    id: str
    title: str
    stack: int
    shown: bool = True


PANELS: Final = (
    PanelSpec("models", N("Panels", "Models"), 0),
    PanelSpec("faces", N("Panels", "Faces"), 0),
    PanelSpec("statistics", N("Panels", "Statistics"), 0),
    PanelSpec("gallery", N("Panels", "Gallery"), 0),
    PanelSpec("figures", N("Panels", "Session"), 0, shown=False),
    PanelSpec("probabilities", N("Panels", "Probabilities"), 1),
    PanelSpec("affect", N("Panels", "Valence/Arousal"), 1),
    PanelSpec("markers", N("Panels", "Markers"), 1, shown=False),
    PanelSpec("log", N("Panels", "Log"), 1, shown=False),
)
"""Every panel, in the order of the menu and of the tabs."""


class Docking(QObject):
    """The docks of a window.

    Args:
        window: Gets the docks.
        theme: Colors the docks' buttons.
    """

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self.docks = {
            spec.id: DockPanel(
                spec.id,
                QCoreApplication.translate(_CONTEXT, spec.title),
                theme,
                window,
            )
            for spec in PANELS
        }
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for dock in self.docks.values():
            dock.visibilityChanged.connect(self._retitle_soon)
            dock.dockLocationChanged.connect(self._retitle_soon)
            dock.topLevelChanged.connect(self._retitle_soon)
            # Qt would bring it back behind the panel whose tab is chosen.
            dock.toggle_action.triggered.connect(
                lambda shown, dock=dock: dock.raise_() if shown else None
            )
        self.reset()

    @property
    def toggle_actions(self) -> tuple[QAction, ...]:
        """An action a panel that shows and hides it, for a menu."""
        return tuple(dock.toggle_action for dock in self.docks.values())

    def reset(self) -> None:
        """Arrange all panels as in a new window."""
        stacks: dict[int, DockPanel] = {}
        for spec in PANELS:
            dock = self.docks[spec.id]
            dock.setFloating(False)
            self._window.addDockWidget(_RIGHT, dock)
            if spec.stack in stacks:
                self._window.tabifyDockWidget(stacks[spec.stack], dock)
            stacks.setdefault(spec.stack, dock)
            dock.setVisible(spec.shown)
        first = list(stacks.values())
        self._window.resizeDocks(first, [_WIDTH_PX] * len(first), Qt.Orientation.Horizontal)
        self._window.resizeDocks(first, list(_STACK_HEIGHTS), Qt.Orientation.Vertical)
        for dock in first:
            dock.raise_()

    def fill(self, panel_id: str, content: QWidget) -> None:
        """Give a panel its content; before, it stands where it was left, and is empty."""
        self.docks[panel_id].fill(content)

    def show(self, panel_id: str) -> None:
        """Bring a panel into sight."""
        self.docks[panel_id].show()
        self.docks[panel_id].raise_()

    def _retitle_soon(self) -> None:
        # Qt moves tabs after it has told that a dock changed.
        QTimer.singleShot(0, self, self._retitle)

    def _retitle(self) -> None:
        """A tab says the title already, and has the buttons beside it where there is room."""
        self._hide_old_tabs()
        titles = {dock.windowTitle(): dock for dock in self.docks.values()}
        beside: set[DockPanel] = set()
        for bar in self._bars():
            if bar.isHidden():
                continue
            buttons = bar.findChild(TabButtons)
            if buttons is None:
                buttons = TabButtons(bar, titles, self._theme)
                buttons.fitting_changed.connect(self._retitle_soon)
            buttons.place()
            if buttons.fits:
                beside |= {titles[bar.tabText(tab)] for tab in range(bar.count())}
        for dock in self.docks.values():
            alone = dock.isFloating() or not self._window.tabifiedDockWidgets(dock)
            dock.show_title(shown=alone, buttons=alone or dock not in beside)

    def _bars(self) -> list[QTabBar]:
        """Return all bars of tabs over panels, those in use last."""
        children = Qt.FindChildOption.FindDirectChildrenOnly
        return self._window.findChildren(QTabBar, options=children)

    def _hide_old_tabs(self) -> None:
        """Hide bars of tabs that Qt has replaced and forgotten over the panels.

        It does so when panels are put together before the window is shown, and when a layout is
        restored (seen in Qt 6.11). The newest bar is the one in use.
        """
        listed: set[object] = set()
        for bar in reversed(self._bars()):
            docks = {bar.tabData(tab) for tab in range(bar.count())}
            if docks & listed:
                bar.hide()
            listed |= docks
