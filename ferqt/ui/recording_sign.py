"""What the window shows while it records: a sign on the picture and a line in the status bar."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ferqt.runtime.recorder import RecordingProgress
from ferqt.runtime.recording import RecordingState
from ferqt.ui.recording_texts import clock_text, missing_text, progress_text
from ferqt.ui.theme import strong_font, tabular
from ferqt.ui.tokens import DARK, RECORDING

_PLATE: Final = QColor(14, 17, 19, 205)
_MARGIN: Final = 12
_HEIGHT: Final = 28
_DOT: Final = 10
_GAP: Final = 8
_COUNT_PX: Final = 120
_COUNT_TEXT_PX: Final = 64


class RecordingSign(QWidget):
    """A red dot with the time in the upper left corner of the picture.

    The time of the recording, what is missing in it, or that it is being saved. It takes no clicks
    from the picture.

    Args:
        picture: The widget on which it lies.
    """

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self._text = ""
        self._missing = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(tabular(strong_font(self.font())))
        self.move(_MARGIN, _MARGIN)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while it is not shown."""
        return "  ".join(part for part in (self._text, self._missing) if part)

    def show_state(self, state: RecordingState) -> None:
        """Appear, say that the recording is being saved, or go."""
        if state is RecordingState.ON:
            self._say(clock_text(0), "")
        elif state is RecordingState.SAVING:
            self._say(self.tr("Saving …"), self._missing)
        else:
            self._say("", "")

    def show_progress(self, progress: RecordingProgress) -> None:
        """Tell how long the recording is and what is missing."""
        self._say(clock_text(progress.seconds), missing_text(progress))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the text needs."""
        width = 2 * _MARGIN + _DOT + _GAP + self._width(self._text)
        if self._missing:
            width += _GAP + self._width(self._missing)
        return QSize(round(width), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint plate, dot and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        painter.setBrush(QColor(RECORDING))
        painter.drawEllipse(QPointF(_MARGIN + _DOT / 2, _HEIGHT / 2), _DOT / 2, _DOT / 2)
        left = _MARGIN + _DOT + _GAP
        for text, color in ((self._text, DARK.text), (self._missing, DARK.warning)):
            place = QRectF(left, 0, self.width() - left, _HEIGHT)
            painter.setPen(QColor(color))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text
            )
            left += round(self._width(text)) + _GAP

    def _say(self, text: str, missing: str) -> None:
        self._text, self._missing = text, missing
        spoken = self.tr("Recording: {0}").format(self.text) if text else ""
        self.setAccessibleName(spoken)
        self.resize(self.sizeHint())
        self.setVisible(bool(text))
        self.update()

    def _width(self, text: str) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(text)


class CountdownSign(QWidget):
    """The seconds until a recording begins, large in the middle of the picture.

    Args:
        picture: The widget on which it lies.
    """

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self._picture = picture
        self._seconds = 0
        font = QFont(tabular(strong_font(self.font())))
        font.setPixelSize(_COUNT_TEXT_PX)
        self.setFont(font)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(_COUNT_PX, _COUNT_PX)
        self.hide()
        picture.installEventFilter(self)

    @property
    def seconds(self) -> int:
        """What it says; 0 while it is not shown."""
        return self._seconds

    def show_seconds(self, seconds: int) -> None:
        """Say how many seconds are left; 0 takes it away."""
        self._seconds = seconds
        self.setAccessibleName(self.tr("Recording in {0}").format(seconds) if seconds else "")
        self._center()
        self.setVisible(seconds > 0)
        self.raise_()
        self.update()

    def show_state(self, state: RecordingState) -> None:
        """Go when there is nothing left to count."""
        if state is not RecordingState.COUNTDOWN:
            self.show_seconds(0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay in the middle of the picture."""
        if event.type() is QEvent.Type.Resize:
            self._center()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the number on a round plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(DARK.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._seconds))

    def _center(self) -> None:
        self.move(self._picture.rect().center() - self.rect().center())


class RecordingLine(QWidget):
    """Length, size and room of the recording in words, for a status bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = QLabel("●")
        self._dot.setStyleSheet(f"color: {RECORDING};")
        self._words = QLabel()
        self._words.setFont(tabular(self.font()))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAccessibleName(self.tr("Recording"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 24, 0)
        line.setSpacing(_GAP)
        line.addWidget(self._dot)
        line.addWidget(self._words)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_state(self, state: RecordingState) -> None:
        """Appear, say that the recording is being saved, or go."""
        if state is RecordingState.SAVING:
            self._words.setText(self.tr("Saving the recording …"))
        self.setVisible(state in (RecordingState.ON, RecordingState.SAVING))

    def show_progress(self, progress: RecordingProgress) -> None:
        """Tell how the recording is doing."""
        self._words.setText(progress_text(progress))
        self._words.setToolTip(self.tr("Length, size of the files, and what the disk has room for"))
