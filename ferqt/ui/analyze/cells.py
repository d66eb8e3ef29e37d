"""What the tables of the page paint alike: the ground of a row, two lines of text, a bar."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from ferqt.ui.tokens import Tokens

PAD_PX: Final = 8
"""Between a cell's edges and what it shows."""
ROW_PX: Final = 44
"""Height of a row: two lines."""

_BAR_PX: Final = 4
_LINE_GAP_PX: Final = 2
_STRETCHED_PX: Final = 280


def inside(option: QStyleOptionViewItem) -> QRect:
    """Return where a cell shows something."""
    return option.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    """Paint what lies under a cell: whether it is chosen, under the pointer, has the keyboard."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.pressed))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.hover))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(tokens.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(option.rect.toRectF().adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def paint_lines(
    painter: QPainter,
    area: QRect,
    texts: tuple[str, str],
    colors: tuple[str, str],
    middle: tuple[Qt.TextElideMode, Qt.TextElideMode] = (
        Qt.TextElideMode.ElideMiddle,
        Qt.TextElideMode.ElideMiddle,
    ),
) -> None:
    """Paint two lines, one above the other; each loses letters where there is no room."""
    metrics = painter.fontMetrics()
    height = 2 * metrics.height() + _LINE_GAP_PX
    top = area.top() + (area.height() - height) // 2
    for text, color, mode in zip(texts, colors, middle, strict=True):
        painter.setPen(QColor(color))
        line = QRect(area.left(), top, area.width(), metrics.height())
        painter.drawText(
            line, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(text, mode, area.width())
        )
        top += metrics.height() + _LINE_GAP_PX


def paint_text(
    painter: QPainter, area: QRect, text: str, color: str, alignment: Qt.AlignmentFlag
) -> None:
    """Paint one line."""
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, alignment, shown)


def paint_bar(painter: QPainter, area: QRect, share: float, color: str, ground: str) -> None:
    """Paint how much of something is done, with its text above."""
    line = QRectF(area.left(), area.center().y() + _BAR_PX + 3, area.width(), _BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(line, _BAR_PX / 2, _BAR_PX / 2)
    if share > 0:
        line.setWidth(max(_BAR_PX, line.width() * share))
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(line, _BAR_PX / 2, _BAR_PX / 2)


def chosen_rows(view: QAbstractItemView) -> list[int]:
    """Return the rows that are chosen, in order; quick also for thousands."""
    rows: set[int] = set()
    for part in view.selectionModel().selection().toList():
        rows.update(range(part.top(), part.bottom() + 1))
    return sorted(rows)


def choose_rows(view: QAbstractItemView, rows: Iterable[int]) -> None:
    """Choose rows beside those that are chosen; neighbors go together, or thousands take long."""
    model = view.model()
    wanted = QItemSelection()
    wished = sorted({row for row in rows if row >= 0})
    for _, group in groupby(enumerate(wished), lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        wanted.select(model.index(run[0], 0), model.index(run[-1], model.columnCount() - 1))
    view.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.Select)


def show_whole_rows(view: QTableView) -> None:
    """Let a table show rows that are chosen as a whole and changed elsewhere, without a grid."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    view.setMouseTracking(True)
    view.setShowGrid(False)
    view.setWordWrap(False)


def spread_columns(
    view: QTableView,
    widths: Mapping[int, int],
    spared: Iterable[tuple[int, int]],
    growing: Mapping[int, int],
) -> None:
    """Give columns their widths in px; the one that is left out stretches.

    Args:
        view: The table.
        widths: Least widths by column.
        spared: Widths of the table under which a column is hidden.
        growing: Greatest widths of columns that get a fifth of what is left over, each.
    """
    for width, column in spared:
        view.setColumnHidden(column, view.width() < width)
    shown = [column for column in widths if not view.isColumnHidden(column)]
    left = max(0, view.width() - sum(widths[column] for column in shown) - _STRETCHED_PX)
    for column in shown:
        grown = min(widths[column] + left // 5, growing.get(column, 0))
        view.setColumnWidth(column, max(widths[column], grown))


def square(center: QPoint, side: int) -> QRect:
    """Return a square around a point."""
    return QRect(center.x() - side // 2, center.y() - side // 2, side, side)
