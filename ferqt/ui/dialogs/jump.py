"""Asks for a place in a medium."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ferqt.core.timecode import format_time, parse_place
from ferqt.errors import UsageError
from ferqt.sources.base import SourceInfo


class JumpDialog(QDialog):
    """One line for a time or the number of a frame; stays open while that cannot be understood.

    Args:
        info: The open source, whose end bounds what is taken.
        now_s: Media time on screen in s, which the line begins with.
    """

    time_chosen = Signal(float)
    """Media time in s."""
    frame_chosen = Signal(int)
    """Number of a frame."""

    def __init__(self, info: SourceInfo, now_s: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self.setWindowTitle(self.tr("Jump"))
        label = QLabel(self.tr("Time or frame"))
        self.line = QLineEdit(format_time(now_s))
        self.line.setAccessibleName(label.text())
        self.line.setMinimumWidth(320)
        self.line.selectAll()
        label.setBuddy(self.line)
        self.message = QLabel()
        self.message.setWordWrap(True)
        # A refusal takes two lines; the dialog must not jump when it comes.
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing())
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Jump"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.line.textEdited.connect(self._explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for widget in (label, self.line, self.message):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self._buttons)
        self._explain()
        self.line.setFocus()

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
            self._say(f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}", bad=True)
            self.line.selectAll()
            self.line.setFocus()
            return
        if place.frame is not None:
            self.frame_chosen.emit(place.frame)
        elif place.seconds is not None:
            self.time_chosen.emit(place.seconds)
        super().accept()

    def _explain(self) -> None:
        self._say(self.tr("For example 1:23.5 or 83.5, or f1234 for a frame."), bad=False)

    def _say(self, text: str, *, bad: bool) -> None:
        self.message.setText(text)
        self.message.setObjectName("" if bad else "Muted")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
