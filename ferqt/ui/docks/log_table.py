"""The lines of the log as a Qt table model, and the filter by level."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QIcon

from ferqt.log_memory import NOTICE_SOURCE, LogLine
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.icons import icon
from ferqt.ui.tokens import Tokens

_Index = QModelIndex | QPersistentModelIndex

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The `LogLine` of a row."""


class LogColumn(IntEnum):
    """What the columns show."""

    TIME = 0
    LEVEL = 1
    TEXT = 2


class LogTable(QAbstractTableModel):
    """The newest lines, oldest first.

    Args:
        tokens: Colors.
        most_lines: Lines kept; the oldest give way.
    """

    def __init__(self, tokens: Tokens, most_lines: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self._lines: list[LogLine] = []
        self.set_tokens(tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take other colors."""
        self._inks = {
            logging.ERROR: tokens.danger,
            logging.WARNING: tokens.warning,
            logging.INFO: tokens.text,
            logging.DEBUG: tokens.text_muted,
        }
        self._signs: Mapping[int, QIcon] = {
            logging.ERROR: icon("error", tokens, tokens.danger),
            logging.WARNING: icon("warning", tokens, tokens.warning),
            logging.INFO: icon("info", tokens, tokens.text_muted),
            logging.DEBUG: icon("info", tokens, tokens.text_disabled),
        }
        if self._lines:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._lines) - 1, LogColumn.TEXT)
            )

    def take(self, lines: Sequence[LogLine]) -> None:
        """Add lines, and replace those that are known by their numbers."""
        rows = {line.number: row for row, line in enumerate(self._lines)}
        fresh = []
        for line in lines:
            row = rows.get(line.number)
            if row is None:
                fresh.append(line)
            else:
                self._lines[row] = line
                self.dataChanged.emit(self.index(row, 0), self.index(row, LogColumn.TEXT))
        fresh = fresh[-self._most_lines :]
        if not fresh:
            return
        count = len(self._lines)
        self.beginInsertRows(QModelIndex(), count, count + len(fresh) - 1)
        self._lines.extend(fresh)
        self.endInsertRows()
        over = len(self._lines) - self._most_lines
        if over > 0:
            self.beginRemoveRows(QModelIndex(), 0, over - 1)
            del self._lines[:over]
            self.endRemoveRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's own
        """Return the number of columns."""
        return 0 if parent.isValid() else len(LogColumn)

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heads of the columns; that of the signs is only spoken."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        titles = {
            LogColumn.TIME: self.tr("Time"),
            LogColumn.LEVEL: self.tr("Level"),
            LogColumn.TEXT: self.tr("What happened"),
        }
        column = LogColumn(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is LogColumn.LEVEL else titles[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return titles[column]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says to a screen reader, or is."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if column == LogColumn.TIME:
                    return clock_time(line)
                return first_line(line.text) if column == LogColumn.TEXT else None
            case Qt.ItemDataRole.DecorationRole if column == LogColumn.LEVEL:
                return self._signs[_step(line.level)]
            case Qt.ItemDataRole.ForegroundRole:
                muted = column == LogColumn.TIME
                return QColor(self._inks[logging.DEBUG if muted else _step(line.level)])
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(line.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken_level(line) if column == LogColumn.LEVEL else None
            case Qt.ItemDataRole.SizeHintRole if column == LogColumn.LEVEL:
                return QSize(28, 24)
            case _ if role == LINE_ROLE:
                return line
        return None

    def spoken_level(self, line: LogLine) -> str:
        """Return the level of a line in a word."""
        names = {
            logging.ERROR: self.tr("Error"),
            logging.WARNING: self.tr("Warning"),
            logging.INFO: self.tr("Information"),
            logging.DEBUG: self.tr("Debug"),
        }
        return names[_step(line.level)]

    def text_of(self, line: LogLine) -> str:
        """Return a line with all that is known, for a file or the clipboard."""
        source = self.tr("notice") if line.source == NOTICE_SOURCE else line.source
        head = f"{_moment(line):%Y-%m-%d %H:%M:%S} {self.spoken_level(line)} {source}: {line.text}"
        return f"{head}\n{line.details}" if line.details else head


class LogFilter(QSortFilterProxyModel):
    """Lets lines of a level and above through, or notices alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._level = logging.NOTSET
        self._notices_only = False

    def choose(self, level: int, *, notices_only: bool = False) -> None:
        """Show lines from a level on; with `notices_only`, only what was shown as a notice."""
        self._level, self._notices_only = level, notices_only
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """Tell whether a line is shown."""
        line = self.sourceModel().index(row, 0, parent).data(LINE_ROLE)
        assert isinstance(line, LogLine)
        return line.level >= self._level and (
            not self._notices_only or line.source == NOTICE_SOURCE
        )


def clock_time(line: LogLine) -> str:
    """Return the time of a line, to the second."""
    return f"{_moment(line):%H:%M:%S}"


def first_line(text: str) -> str:
    """Return a text up to its first line break, with a sign if more follows."""
    head, _, rest = text.strip().partition("\n")
    return f"{head} …" if rest else head


def _moment(line: LogLine) -> datetime:
    return datetime.fromtimestamp(line.time_s).astimezone()


def _step(level: int) -> int:
    """Return the next lower level that has a name and a sign."""
    steps = (logging.ERROR, logging.WARNING, logging.INFO)
    return next((step for step in steps if level >= step), logging.DEBUG)
