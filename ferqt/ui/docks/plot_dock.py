"""The panel of probabilities over time."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ferqt.core.people import People
from ferqt.core.types import FrameResult
from ferqt.ui.emotion_plot import EmotionPlot
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import Tokens


class PlotPanel(QWidget):
    """The plot on the ground of a panel."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = EmotionPlot(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 4)
        layout.addWidget(self.plot)
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def add_samples(self, results: Sequence[FrameResult]) -> None:
        """Take in results in order; light samples suffice."""
        self.plot.add_samples(results)

    def set_selected(self, track_id: int | None) -> None:
        """Show this face; None shows the first one."""
        self.plot.set_face(track_id)

    def set_people(self, people: People) -> None:
        """Take over names and merges."""
        self.plot.set_people(people)

    def set_markers(self, markers: Sequence[tuple[float, str]]) -> None:
        """Mark these moments, in s of the session, with their labels (see `EmotionPlot`)."""
        self.plot.set_markers(markers)

    def clear(self) -> None:
        """Forget all samples and marks, as for a new source."""
        self.plot.clear()

    def _color(self, tokens: Tokens) -> None:
        # The plot takes its ground from the palette; in a panel that is the panel's.
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(tokens.surface))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(tokens.text))
        self.plot.setPalette(palette)
