"""Asks for a place in a medium."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ferqt.core.timecode import format_time, parse_place
from ferqt.errors import UsageError
from ferqt.sources.base import SourceInfo
from ferqt.ui.dialogs.one_line import OneLineDialog


class JumpDialog(OneLineDialog):
    """Takes a time or the number of a frame; stays open while that cannot be understood.

    Args:
        info: The open source, whose end bounds what is taken.
        now_s: Media time on screen in s, which the line begins with.
    """

    time_chosen = Signal(float)
    """Media time in s."""
    frame_chosen = Signal(int)
    """Number of a frame."""

    def __init__(self, info: SourceInfo, now_s: float, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Jump"),
            self.tr("Time or frame"),
            format_time(now_s),
            accept=self.tr("Jump"),
            parent=parent,
        )
        self._info = info
        # A refusal takes two lines; the dialog must not jump when it comes.
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.line.textEdited.connect(self._explain)
        self._explain()

    def accept(self) -> None:
        """Tell the place and close; say what is wrong with it if it cannot be gone to."""
        # Before a file was read through, the number of its frames is an estimate.
        counted = self._info.variable_frame_rate is not None
        try:
            place = parse_place(
                self.line.text(),
                duration_s=self._info.duration_s,
                frame_count=self._info.frame_count if counted else None,
            )
        except UsageError as error:
            self._tell(f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}", bad=True)
            self.line.selectAll()
            self.line.setFocus()
            return
        if place.frame is not None:
            self.frame_chosen.emit(place.frame)
        elif place.seconds is not None:
            self.time_chosen.emit(place.seconds)
        super().accept()

    def _explain(self) -> None:
        self._tell(self.tr("For example 1:23.5 or 83.5, or f1234 for a frame."), bad=False)

    def _tell(self, text: str, *, bad: bool) -> None:
        self.say(text)
        self.note.setObjectName("" if bad else "Muted")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
