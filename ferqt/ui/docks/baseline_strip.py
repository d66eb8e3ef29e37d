"""Tells how the taking of a neutral baseline goes."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

_DONE_MS: Final = 5_000
_FAILED_MS: Final = 10_000
_STEPS: Final = 1000


class BaselineStrip(QWidget):
    """What to do and how far it is; hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress of the neutral baseline"))
        self._hiding = QTimer(self, singleShot=True)
        self._hiding.timeout.connect(self.hide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)
        self.hide()

    @property
    def text(self) -> str:
        """What is told."""
        return self._text.text()

    def show_progress(self, title: str, share: float) -> None:
        """Tell how far it is.

        Args:
            title: Name of the face.
            share: 0..1; 1 when it is done, negative when it was given up.
        """
        self._hiding.stop()
        if share < 0:
            text = self.tr("No baseline for {0}: it was not seen long enough. Try again.")
            self._hiding.start(_FAILED_MS)
        elif share >= 1:
            text = self.tr("{0} is read against its own neutral face from now on.")
            self._hiding.start(_DONE_MS)
        else:
            text = self.tr("{0}: look neutral and hold still.")
        self._text.setText(text.format(title))
        self._bar.setVisible(0 <= share < 1)
        self._bar.setValue(round(max(share, 0.0) * _STEPS))
        self.show()
