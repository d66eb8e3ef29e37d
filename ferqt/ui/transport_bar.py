"""The bar under the picture: where in the medium one is, and how to get elsewhere."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QToolTip,
    QWidget,
)

from ferqt.core.types import FrameResult
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.theme import tabular

_ICON_PX: Final = 20


class TransportBar(QWidget):
    """Time, steps, play and pause, and a slider, for sources that can be sought.

    A folder of pictures counts pictures instead of seconds.
    """

    seek_requested = Signal(float)
    """Media time in s."""
    picture_requested = Signal(int)
    """Index of a picture in the folder."""

    def __init__(self, buttons: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Transport")
        self._pictures = False
        self._now = self._time_label(self.tr("Position"), Qt.AlignmentFlag.AlignRight)
        self._end = self._time_label(self.tr("Length"), Qt.AlignmentFlag.AlignLeft)
        self.slider = SeekSlider()
        self.slider.setAccessibleName(self.tr("Position in the source"))
        self.slider.sliderMoved.connect(self._on_sought)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 4, 8, 4)
        line.setSpacing(4)
        for action in buttons:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(_ICON_PX, _ICON_PX))
            button.setAccessibleName(action.text())
            line.addWidget(button)
        line.addSpacing(8)
        line.addWidget(self._now)
        line.addSpacing(8)
        line.addWidget(self.slider, 1)
        line.addSpacing(8)
        line.addWidget(self._end)
        self.hide()

    def set_source(self, info: SourceInfo | None) -> None:
        """Suit a source; hidden for one that cannot be sought and for a single picture."""
        self._pictures = info is not None and info.kind is SourceKind.IMAGES
        single = info is not None and info.frame_count == 1
        self.setVisible(info is not None and info.seekable and not single)
        self.slider.setValue(0)
        if info is None:
            return
        if self._pictures:
            last = max(0, (info.frame_count or 1) - 1)
            self.slider.setRange(0, last)
            self._end.setText(str(last + 1))
            self._now.setText("1")
        else:
            length = info.duration_s
            self.slider.setRange(0, round((length or 0.0) * 1000))
            self._end.setText("" if length is None else format_time(length))
            self._now.setText(format_time(0.0))
        bounded = self.slider.maximum() > 0
        self.slider.setEnabled(bounded)
        self.slider.setVisible(bounded)
        self._end.setVisible(bounded)

    def show_position(self, result: FrameResult) -> None:
        """Follow the frame on screen."""
        if self._pictures:
            self._now.setText(str(result.index + 1))
            self.slider.follow(result.index)
        elif result.media_time is not None:
            self._now.setText(format_time(result.media_time))
            self.slider.follow(round(result.media_time * 1000))

    def _on_sought(self, value: int) -> None:
        if self._pictures:
            self.picture_requested.emit(value)
        else:
            self.seek_requested.emit(value / 1000)

    def _time_label(self, name: str, side: Qt.AlignmentFlag) -> QLabel:
        label = QLabel()
        label.setFont(tabular(self.font()))
        label.setAccessibleName(name)
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("00:00.000"))
        return label


class SeekSlider(QSlider):
    """A slider that goes to where it is pressed and does not fight the hand that holds it.

    As in any slider, `sliderMoved` tells what the person chose, and nothing else.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMouseTracking(True)
        # The keys of the actions seek; Left and Right must mean the same everywhere.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def follow(self, value: int) -> None:
        """Move with the medium, unless the person is holding the handle."""
        if not self.isSliderDown():
            self.setValue(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the place that was pressed, and let it be dragged from there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        value = self._value_at(event.position().x())
        self.setSliderDown(True)
        self.setValue(value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag, or tell the time under the pointer."""
        value = self._value_at(event.position().x())
        if self.isSliderDown():
            self.setValue(value)
        QToolTip.showText(event.globalPosition().toPoint(), self._text(value), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the medium lead again."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def _text(self, value: int) -> str:
        # Pictures are few; times are milliseconds.
        return format_time(value / 1000) if self.maximum() >= 10_000 else str(value + 1)

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        room = self.width() - handle.width()
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(x - handle.width() / 2), max(1, room)
        )


def format_time(seconds: float) -> str:
    """Return "02:05.480", with hours only where there are some."""
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{head}:{milliseconds / 1000:06.3f}"
