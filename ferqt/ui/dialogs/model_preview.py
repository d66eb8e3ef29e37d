"""What a model that is not added yet makes of the face on screen, while its choices change."""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ferqt.classifiers.adding import Choices, StagedModel, TrialReading
from ferqt.core.emotions import color_of
from ferqt.core.types import FaceBox, Image, Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.theme import Theme, strong_font, tabular
from ferqt.ui.tokens import RADIUS, Tokens

FaceSource = Callable[[], tuple[FaceBox, Image] | None]
"""Returns a face on screen and the picture that it is in; None while there is none."""

_PICTURE_PX: Final = 192
_ROW_PX: Final = 20
_BAR_PX: Final = 8
_NAME_PX: Final = 84
_NUMBER_PX: Final = 48
_REFRESH_MS: Final = 400


class ModelPreview(QWidget):
    """The face as the model is shown it, and what it answers.

    Args:
        staged: The model.
        theme: Gives the colors.
        tasks: Lets the model answer in the background, one face at a time.
        current_face: Asked a few times a second.
    """

    def __init__(
        self,
        staged: StagedModel,
        theme: Theme,
        tasks: TaskRunner,
        current_face: FaceSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._staged = staged
        self._tasks = tasks
        self._current_face = current_face
        self._choices: Choices | None = None
        self._face: tuple[FaceBox, Image] | None = None
        self._busy = self._closed = False
        head = QLabel(self.tr("What it says"))
        head.setFont(strong_font(self.font()))
        self._picture = _CropView()
        self._bars = _Bars(theme)
        self._hint = QLabel()
        self._hint.setObjectName("Muted")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._picture)
        column.addWidget(self._bars)
        column.addWidget(self._hint)
        column.addStretch(1)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._look)
        self._tell(None)

    @property
    def reading(self) -> TrialReading | None:
        """What is shown, None without a face."""
        return self._bars.reading

    @property
    def hint(self) -> str:
        """What is told beside it."""
        return self._hint.text()

    def set_choices(self, choices: Choices | None) -> None:
        """Let the model answer with other choices; None while they do not fit together."""
        self._choices = choices
        self._answer()

    def close_for_good(self) -> None:
        """Drop what comes from now on; the model is about to go."""
        self._closed = True
        self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to look for a face."""
        super().showEvent(event)
        self._timer.start()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        # The last face stays: choices can be tried on it when the person has gone.
        self._face = self._current_face() or self._face
        self._answer()

    def _answer(self) -> None:
        if self._closed or not self._staged.runs_on_litert:
            return
        if self._face is None or self._choices is None:
            self._tell(self.reading)
            return
        if self._busy:
            return
        self._busy = True
        box, image = self._face
        self._tasks.run(
            partial(self._staged.read, self._choices, image, box),
            partial(self._on_read, self._choices),
            self._on_failed,
            title=self.tr("The face was not read"),
        )

    def _on_read(self, choices: Choices, reading: TrialReading) -> None:
        if self._closed:
            return
        self._busy = False
        self._tell(reading)
        if choices != self._choices:
            self._answer()

    def _on_failed(self, notice: Notice) -> None:
        if self._closed:
            return
        self._busy = False
        self._tell(None, notice.text)

    def _tell(self, reading: TrialReading | None, problem: str = "") -> None:
        """Show a reading, or say why there is none."""
        self._picture.setVisible(reading is not None)
        self._bars.setVisible(reading is not None)
        self._picture.show_reading(reading)
        self._bars.show_reading(reading)
        if not self._staged.runs_on_litert:
            hint = self.tr(
                "LiteRT cannot run this model ({0}). Keras will run it once it is added, several "
                "times slower; it cannot be tried before."
            ).format(self._staged.facts.problem)
        elif problem:
            hint = problem
        elif reading is None:
            hint = self.tr(
                "Show your face to the camera, or open a video or a picture with one: here stands "
                "what the model says, and changes with each choice."
            )
        else:
            hint = self.tr(
                "Make a clear face. Does it say the right thing? If not, the order of the "
                "expressions, the values or the crop may be others."
            )
        self._hint.setText(hint)


class _CropView(QWidget):
    """The face as the network is shown it, enlarged without smoothing."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._kept: Image | None = None
        self.setFixedHeight(_PICTURE_PX)
        self.setAccessibleName(self.tr("The face as the model is shown it"))

    def show_reading(self, reading: TrialReading | None) -> None:
        """Show another face, or none."""
        # The picture's memory belongs to the array.
        self._kept = None if reading is None else reading.picture
        if self._kept is None:
            self._image = None
        else:
            height, width = self._kept.shape[:2]
            self._image = QImage(
                self._kept.data, width, height, 3 * width, QImage.Format.Format_RGB888
            )
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the face."""
        if self._image is None:
            return
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corners.addRoundedRect(place, RADIUS, RADIUS)
        painter.setClipPath(corners)
        painter.drawImage(place, self._image)
        painter.end()


class _Bars(QWidget):
    """A bar a class in the order of the output, with its share."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reading: TrialReading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the model says"))
        theme.changed.connect(self._on_theme)

    @property
    def reading(self) -> TrialReading | None:
        """What is shown."""
        return self._reading

    def show_reading(self, reading: TrialReading | None) -> None:
        """Show other bars, or none."""
        rows = 0 if self._reading is None else len(self._reading.labels)
        self._reading = reading
        if reading is not None:
            top = int(np.argmax(reading.probabilities))
            self.setAccessibleDescription(
                f"{reading.labels.names[top]} {100 * reading.probabilities[top]:.0f} %"
            )
            if len(reading.labels) != rows:
                self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for all classes."""
        rows = 0 if self._reading is None else len(self._reading.labels)
        return QSize(_NAME_PX + _NUMBER_PX + 80, max(1, rows) * _ROW_PX)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bars."""
        if self._reading is None:
            return
        tokens, reading = self._theme.tokens, self._reading
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = int(np.argmax(reading.probabilities))
        usual, strong = tabular(self.font()), tabular(strong_font(self.font()))
        room = self.width() - _NAME_PX - _NUMBER_PX
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        rows = zip(reading.labels.names, reading.probabilities, strict=True)
        for number, (name, share) in enumerate(rows):
            line = QRectF(0, number * _ROW_PX, self.width(), _ROW_PX)
            painter.setFont(strong if number == top else usual)
            painter.setPen(QColor(tokens.text if number == top else tokens.text_muted))
            label = painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideRight, _NAME_PX - 8
            )
            painter.drawText(line, middle, label)
            painter.drawText(line, middle | right, f"{100 * share:.0f} %")
            bar = QRectF(_NAME_PX, line.center().y() - _BAR_PX / 2, room, _BAR_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.border))
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
            bar.setWidth(max(_BAR_PX, room * float(share)))
            painter.setBrush(QColor(color_of(name, on_dark=tokens.dark)))
            painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
        painter.end()

    def _on_theme(self, _: Tokens) -> None:
        self.update()
