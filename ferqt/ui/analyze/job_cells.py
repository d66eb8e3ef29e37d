"""Paints the rows of the queue, and the buttons at their ends."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ferqt.runtime.analysis_jobs import AnalysisJob, JobState
from ferqt.ui.analyze.cells import inside, paint_bar, paint_ground, paint_lines, paint_text, square
from ferqt.ui.analyze.job_table import JobColumn, JobRole
from ferqt.ui.icons import pixmap
from ferqt.ui.theme import Theme, tabular
from ferqt.ui.tokens import Tokens

_Index = QModelIndex | QPersistentModelIndex

_ICON_PX: Final = 16
_BUTTON_PX: Final = 28
BUTTONS_PX: Final = 2 * _BUTTON_PX + 8
"""Width of the column of buttons."""


class JobButton(StrEnum):
    """What a button at the end of a row does."""

    PAUSE = "pause"
    GO_ON = "go-on"
    RETRY = "retry"
    OPEN = "open"
    STOP = "stop"
    REMOVE = "remove"


_ICONS: Final[Mapping[JobButton, str]] = MappingProxyType(
    {
        JobButton.PAUSE: "pause",
        JobButton.GO_ON: "play",
        JobButton.RETRY: "refresh",
        JobButton.OPEN: "open",
        JobButton.STOP: "stop",
        JobButton.REMOVE: "close",
    }
)


def buttons_of(job: AnalysisJob) -> tuple[JobButton, ...]:
    """Return what can be done with a job; the first is what Enter does, except to remove."""
    if job.ending:
        return ()
    match job.state:
        case JobState.RUNNING:
            return (JobButton.PAUSE, JobButton.STOP)
        case JobState.PAUSED:
            return (JobButton.GO_ON, JobButton.STOP)
        case JobState.DONE:
            return (JobButton.OPEN, JobButton.REMOVE)
        case JobState.QUEUED:
            return (JobButton.REMOVE,)
        case _:
            return (JobButton.RETRY, JobButton.REMOVE)


class JobCells(QStyledItemDelegate):
    """Two lines of name, a bar of progress, a colored state, buttons."""

    pressed = Signal(object, int)
    """`JobButton` that was clicked, and the id of its job."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        job = index.data(JobRole.JOB)
        assert isinstance(job, AnalysisJob)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, tokens)
        painter.setFont(tabular(option.font))
        area, text = inside(option), index.data()
        match index.column():
            case JobColumn.NAME:
                quiet = tokens.warning if job.message else tokens.text_muted
                lines = (text, index.data(JobRole.SECOND_LINE))
                end = Qt.TextElideMode.ElideRight if job.message else Qt.TextElideMode.ElideMiddle
                modes = (Qt.TextElideMode.ElideMiddle, end)
                paint_lines(painter, area, lines, (tokens.text, quiet), modes)
            case JobColumn.PROGRESS:
                self._paint_progress(painter, area, job, text)
            case JobColumn.BUTTONS:
                self._paint_buttons(painter, option, job)
            case JobColumn.STATE:
                alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
                paint_text(painter, area, text, _state_color(job, tokens), alignment)
            case _:
                alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
                paint_text(painter, area, text, tokens.text_muted, alignment)
        painter.restore()

    def editorEvent(  # noqa: N802 - Qt's name
        self,
        event: QEvent,
        _model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Tell which button was clicked."""
        if index.column() != JobColumn.BUTTONS or not isinstance(event, QMouseEvent):
            return False
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        job = index.data(JobRole.JOB)
        button = _button_at(event.position().toPoint(), option.rect, job)
        if button is not None and event.type() is QEvent.Type.MouseButtonRelease:
            self.pressed.emit(button, job.id)
        return button is not None

    def helpEvent(  # noqa: N802 - Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Say what a button does."""
        if index.isValid() and index.column() == JobColumn.BUTTONS:
            button = _button_at(event.pos(), option.rect, index.data(JobRole.JOB))
            text = "" if button is None else self.button_text(button)
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)

    def button_text(self, button: JobButton) -> str:
        """Return the words for a button."""
        return {
            JobButton.PAUSE: self.tr("Pause"),
            JobButton.GO_ON: self.tr("Go on"),
            JobButton.RETRY: self.tr("Try again"),
            JobButton.OPEN: self.tr("Open the session"),
            JobButton.STOP: self.tr("Stop; what was read is kept"),
            JobButton.REMOVE: self.tr("Take off the list"),
        }[button]

    def _paint_progress(self, painter: QPainter, area: QRect, job: AnalysisJob, text: str) -> None:
        tokens = self._theme.tokens
        if not text:
            return
        color = _state_color(job, tokens)
        top = area if job.share is None else area.adjusted(0, 0, 0, -12)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint_text(painter, top, text, tokens.text_muted, left)
        if job.share is not None:
            bar = tokens.accent if job.state is JobState.RUNNING else color
            paint_bar(painter, area, job.share, bar, tokens.border_strong)

    def _paint_buttons(
        self, painter: QPainter, option: QStyleOptionViewItem, job: AnalysisJob
    ) -> None:
        tokens = self._theme.tokens
        pointer = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        ratio = painter.device().devicePixelRatioF()
        for button, place in _places(option.rect, job):
            if place.contains(pointer) and self._view.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.border_strong))
                painter.drawRoundedRect(place.toRectF(), 4, 4)
            icon = pixmap(_ICONS[button], tokens.text_muted, _ICON_PX, ratio)
            painter.drawPixmap(square(place.center(), _ICON_PX).topLeft(), icon)


def _places(cell: QRect, job: AnalysisJob) -> list[tuple[JobButton, QRect]]:
    """Return the buttons of a row with their places, the last one at the right edge."""
    buttons = buttons_of(job)
    left = cell.right() - 4 - _BUTTON_PX * len(buttons)
    top = cell.center().y() - _BUTTON_PX // 2 + 1
    return [
        (button, QRect(left + _BUTTON_PX * number, top, _BUTTON_PX, _BUTTON_PX))
        for number, button in enumerate(buttons)
    ]


def _button_at(point: QPoint, cell: QRect, job: AnalysisJob) -> JobButton | None:
    return next((button for button, place in _places(cell, job) if place.contains(point)), None)


def _state_color(job: AnalysisJob, tokens: Tokens) -> str:
    match job.state:
        case JobState.DONE:
            return tokens.success
        case JobState.FAILED:
            return tokens.danger
        case JobState.INTERRUPTED:
            return tokens.warning
        case JobState.RUNNING:
            return tokens.accent_text
        case _:
            return tokens.text_muted
