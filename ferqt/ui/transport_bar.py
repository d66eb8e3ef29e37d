"""The bar under the picture: where in the medium one is, and how to get elsewhere."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time
from ferqt.core.types import FrameResult, Image
from ferqt.runtime.playback import PlayRange
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.seek_marks import Stretch
from ferqt.ui.seek_preview import SeekPreview
from ferqt.ui.seek_slider import SeekSlider
from ferqt.ui.speed_button import SpeedButton
from ferqt.ui.steady_label import SteadyLabel
from ferqt.ui.theme import tabular

__all__ = ["TransportBar", "format_time"]

_ICON_PX: Final = 20
_SMALLEST_PX: Final = 512


class TransportBar(QWidget):
    """Slider, steps, play and pause, speed, time and frame, for sources that can be sought.

    A folder of pictures counts pictures instead of seconds. Where the window is narrow, lengths and
    the outermost steps give way; they have keys.

    Args:
        buttons: Actions that move through the medium, from the start to the end.
        switches: Actions that change how it is played: loop, sound.
    """

    seek_requested = Signal(float)
    """Media time in s."""
    picture_requested = Signal(int)
    """Index of a picture in the folder."""
    speed_requested = Signal(float)
    """One of the speeds that can be chosen."""
    in_requested = Signal(float)
    """Media time in s that the range is to begin at."""
    out_requested = Signal(float)
    """Media time in s that the range is to end at."""
    range_clear_requested = Signal()
    """Nothing is to be marked any more."""
    thumbnail_requested = Signal(float)
    """Media time in s that the pointer is over."""

    def __init__(
        self,
        buttons: Sequence[QAction],
        switches: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Transport")
        self.setMinimumWidth(_SMALLEST_PX)
        self._pictures = False
        self._preview: SeekPreview | None = None
        self.slider = SeekSlider()
        self.slider.setAccessibleName(self.tr("Position in the source"))
        self.speed = SpeedButton()
        self._now = self._number_label(self.tr("Position"))
        self._end = self._number_label(self.tr("Length"), muted=True)
        self._frame = self._number_label(self.tr("Frame"))
        self._frames = self._number_label(self.tr("Number of frames"), muted=True)
        self._steps = [_button(action) for action in buttons]
        self._switches = [_button(action) for action in switches]
        self._build_layout()
        self._wire()
        self.hide()

    def set_source(self, info: SourceInfo | None) -> None:
        """Suit a source; hidden for one that cannot be sought and for a single picture."""
        self._pictures = info is not None and info.kind is SourceKind.IMAGES
        single = info is not None and info.frame_count == 1
        self._hide_preview()
        self.slider.set_timed(not self._pictures)
        self.slider.set_markers(())
        self.slider.set_stretches(())
        self.slider.setValue(0)
        if info is not None:
            self._set_length(info)
            self._show_place(0, None if self._pictures else 0.0)
        self.setVisible(info is not None and info.seekable and not single)
        self._fit()

    def show_position(self, result: FrameResult) -> None:
        """Follow the frame on screen."""
        if self._pictures:
            self.slider.follow(result.index)
        elif result.media_time is not None:
            self.slider.follow(round(result.media_time * 1000))
        self._show_place(result.index, result.media_time)

    def show_speed(self, speed: float) -> None:
        """Show the speed in force."""
        self.speed.show_speed(speed)

    def show_range(self, marked: PlayRange) -> None:
        """Show what is marked, and whether it is looped."""
        self.slider.set_range(marked)

    def show_thumbnail(self, _media_time: float, image: Image) -> None:
        """Show a small picture (RGB uint8) of where the pointer is, if it is still there."""
        if self._preview is not None and self._preview.isVisible():
            self._preview.set_picture(image)

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Show the moments that a person marked."""
        self.slider.set_markers(markers)

    def set_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show colored stretches under the slider, in order and without overlaps."""
        self.slider.set_stretches(stretches)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height needed at any width."""
        return QSize(_SMALLEST_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what there is no room for."""
        self._hide_preview()
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the preview along."""
        self._hide_preview()
        super().hideEvent(event)

    def _build_layout(self) -> None:
        self._line = QHBoxLayout()
        self._line.setContentsMargins(4, 0, 12, 4)
        self._line.setSpacing(4)
        for button in self._steps:
            self._line.addWidget(button)
        self._line.addSpacing(4)
        self._line.addWidget(self.speed)
        for button in self._switches:
            self._line.addWidget(button)
        self._line.addStretch(1)
        for label in (self._now, self._end):
            self._line.addWidget(label)
        self._line.addSpacing(8)
        for label in (self._frame, self._frames):
            self._line.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.slider)
        column.addLayout(self._line)

    def _wire(self) -> None:
        self.slider.sliderMoved.connect(self._on_sought)
        self.slider.hovered.connect(self._on_hovered)
        self.slider.left.connect(self._hide_preview)
        self.slider.in_moved.connect(self.in_requested)
        self.slider.out_moved.connect(self.out_requested)
        self.slider.range_cleared.connect(self.range_clear_requested)
        self.speed.speed_requested.connect(self.speed_requested)

    def _set_length(self, info: SourceInfo) -> None:
        count, length = info.frame_count, info.duration_s
        if self._pictures:
            self.slider.setRange(0, max(0, (count or 1) - 1))
        else:
            self.slider.setRange(0, round((length or 0.0) * 1000))
        self.slider.setVisible(self.slider.maximum() > 0)
        self._end.setText("" if length is None else f"/ {format_time(length)}")
        self._frames.setText("" if count is None else f"/ {count}")
        self._end.setVisible(bool(self._end.text()))
        self._frames.setVisible(bool(self._frames.text()))
        self.speed.setVisible(not self._pictures)
        for button in self._switches:
            button.setVisible(not self._pictures)
        self._now.setVisible(not self._pictures)
        # The widest texts that will come, so that nothing moves while they change.
        self._now.reserve(format_time(length or 0.0))
        self._frame.reserve(self._frame_text(max(0, (count or 100_000) - 1)))

    def _show_place(self, index: int, media_time: float | None) -> None:
        self._frame.say(self._frame_text(index))
        if media_time is not None:
            self._now.say(format_time(media_time))

    def _frame_text(self, index: int) -> str:
        if self._pictures:
            return self.tr("Picture {0}").format(index + 1)
        return self.tr("Frame {0}").format(index)

    def _fit(self) -> None:
        """Show what there is room for; what gives way first is named first."""
        lengths = [label for label in (self._frames, self._end) if label.text()]
        # From the outermost inwards: to the start and the end, then frame by frame.
        pairs = zip(self._steps, reversed(self._steps), strict=True)
        steps = [step for pair in list(pairs)[: len(self._steps) // 2] for step in pair]
        optional: list[QWidget] = [*lengths, *steps]
        for widget in optional:
            widget.setVisible(True)
        for widget in optional:
            # A layout inside another one does not hear that a widget was hidden.
            self._line.invalidate()
            if self._line.sizeHint().width() <= self.width():
                return
            widget.setVisible(False)

    def _on_sought(self, value: int) -> None:
        if self._pictures:
            self.picture_requested.emit(value)
        else:
            self.seek_requested.emit(value / 1000)

    def _on_hovered(self, place: float, x: int) -> None:
        above = self.slider.mapTo(self.window(), QPoint(x, 0))
        if self._preview is None or self._preview.parentWidget() is not self.window():
            self._preview = SeekPreview(self.window())
        if self._pictures:
            self._preview.tell(str(round(place) + 1), "", above)
        else:
            self._preview.tell(format_time(place), self.slider.told_at(place), above)
            self.thumbnail_requested.emit(place)

    def _hide_preview(self) -> None:
        if self._preview is not None:
            self._preview.hide()
            self._preview.clear()

    def _number_label(self, name: str, *, muted: bool = False) -> SteadyLabel:
        label = SteadyLabel()
        label.setFont(tabular(self.font()))
        label.setAccessibleName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if muted:
            label.setObjectName("Muted")
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return label


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setAccessibleName(action.text())
    return button
