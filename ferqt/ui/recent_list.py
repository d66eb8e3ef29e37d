"""The recent sources on the start page: open one, take one off the list, see which are gone."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.icons import icon
from ferqt.ui.locations import recent_title
from ferqt.ui.theme import Theme, strong_font
from ferqt.ui.tokens import Tokens

_MOST: Final = 5
_ICON_PX: Final = 16
_PADDING_PX: Final = 28
"""Around icon and text of a source."""


class RecentList(QWidget):
    """Sources opened lately, the newest first; nothing at all when there are none.

    Whether a file is still there is asked in a thread: a drive on the network may take long to
    answer.

    Args:
        theme: Gives the colors.
        tasks: Looks for the files; None marks none as gone.
    """

    source_requested = Signal(str)
    """Location of the source."""
    source_forgotten = Signal(str)
    """Location of the source that is to be taken off the list."""

    def __init__(
        self, theme: Theme, tasks: TaskRunner | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._rows: list[_Row] = []
        self._focus_at = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        heading = QLabel(self.tr("Recent"))
        heading.setFont(strong_font(self.font()))
        heading.setContentsMargins(8, 0, 0, 4)
        self._column.addWidget(heading)
        theme.changed.connect(self._color)
        self.hide()

    def show_locations(self, locations: Sequence[str]) -> None:
        """Show these sources."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for location in locations[:_MOST]:
            row = _Row(location, self)
            row.open.clicked.connect(partial(self._request, location))
            row.forget.clicked.connect(partial(self._forget, row))
            self._column.addWidget(row)
            # The layout would show it later, and what is not shown cannot have the keyboard.
            row.show()
            self._rows.append(row)
        self.setVisible(bool(self._rows))
        self._color(self._theme.tokens)
        self._keep_focus()
        files = [row.location for row in self._rows if "://" not in row.location]
        if self._tasks is not None and files:
            self._tasks.run(
                partial(_missing, files),
                self._mark,
                self._on_failed,
                title=self.tr("The recent sources could not be looked for"),
            )

    def _request(self, location: str, _checked: bool = False) -> None:
        self.source_requested.emit(location)

    def _forget(self, row: "_Row", _checked: bool = False) -> None:
        self._focus_at = self._rows.index(row)
        self.source_forgotten.emit(row.location)

    def _keep_focus(self) -> None:
        """Give the keyboard to what took the place of the row that was removed."""
        at, self._focus_at = self._focus_at, -1
        if at >= 0 and self._rows:
            self._rows[min(at, len(self._rows) - 1)].forget.setFocus()

    def _mark(self, gone: Sequence[str]) -> None:
        for row in self._rows:
            row.show_missing(missing=row.location in gone)
        self._color(self._theme.tokens)

    def _on_failed(self, notice: Notice) -> None:
        """Leave all unmarked: what cannot be found is told when it is opened."""

    def _color(self, tokens: Tokens) -> None:
        for row in self._rows:
            name, ink = ("warning", tokens.warning) if row.missing else ("recent", "")
            row.open.setIcon(icon(name, tokens, ink or tokens.text_muted))
            row.forget.setIcon(icon("close", tokens, tokens.text_muted))


class _Row(QWidget):
    """A source, and the button that takes it off the list."""

    def __init__(self, location: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.location = location
        self.missing = False
        title = recent_title(location)
        self.open = _RecentButton(location)
        self.forget = QToolButton()
        self.forget.setProperty("role", "title")
        self.forget.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.forget.setToolTip(self.tr("Take off the list"))
        self.forget.setAccessibleName(self.tr("Take {0} off the list").format(title))
        self.forget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.open, 1)
        line.addWidget(self.forget)

    def show_missing(self, *, missing: bool) -> None:
        """Mark a source that is not where it was."""
        self.missing = missing
        told = self.tr("Not found: {0}").format(self.location) if missing else self.location
        self.open.setToolTip(told)
        self.open.setAccessibleDescription(told)
        self.open.setProperty("missing", missing)
        self.open.style().unpolish(self.open)
        self.open.style().polish(self.open)


class _RecentButton(QPushButton):
    """A recent source; a name that is too long loses its middle, so that its ending stays."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._title = recent_title(location)
        self.setProperty("role", "recent")
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setToolTip(location)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(location)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut the name to the new width."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - _ICON_PX - _PADDING_PX
        middle = Qt.TextElideMode.ElideMiddle
        text = self.fontMetrics().elidedText(self._title, middle, room)
        self.setText(text.replace("&", "&&"))


def _missing(locations: Sequence[str]) -> tuple[str, ...]:
    return tuple(location for location in locations if not Path(location).exists())
