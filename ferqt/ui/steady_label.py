"""A label whose words change often, and which moves nothing when they do."""

from typing import Final

from PySide6.QtWidgets import QLabel

_EDGE_PX: Final = 2


class SteadyLabel(QLabel):
    """A line of text that has room for the widest one that will come.

    After each change of a label whose size may change, too, Qt lays out the whole window anew: 1 to
    2 ms, for every picture that is shown.
    """

    def reserve(self, text: str) -> None:
        """Take the size that a text needs, in which every digit may be another."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(text) + _EDGE_PX
        margins = self.contentsMargins()
        self.setFixedSize(width + margins.left() + margins.right(), self.sizeHint().height())

    def say(self, text: str) -> None:
        """Show a text; one that is wider than all before takes more room."""
        needed = self.fontMetrics().horizontalAdvance(text) + _EDGE_PX
        if needed > self.contentsRect().width() or self.minimumWidth() != self.maximumWidth():
            self.reserve(text)
        self.setText(text)
