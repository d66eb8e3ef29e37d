"""What the actions of the menus Source and Record do, and those of File that open something."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ferqt.settings import RECENT, RECORD_OVERLAY
from ferqt.sources.base import SourceKind
from ferqt.ui.window_parts import Parts

_MEDIA: Final = (
    "*.mp4 *.mkv *.mov *.avi *.webm *.m4v *.mpg *.mpeg *.wmv *.flv *.ts *.ogv "
    "*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.gif"
)
_DEMO: Final = "demo"
_PAST_THE_END_S: Final = 1e9
"""Later than any medium ends: `seek` clips it to the last frame."""


class SourceCommands(QObject):
    """Handlers of actions; lives on the GUI thread."""

    camera_requested = Signal()
    jump_requested = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._playback = parts.session.playback

    def open_file(self) -> None:
        """Ask for a video or a picture and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._parts.window,
            self.tr("Open File"),
            self._last_folder(),
            self.tr("Videos and pictures ({0});;All files (*)").format(_MEDIA),
        )
        if name:
            self._parts.session.open_source(name)

    def open_folder(self) -> None:
        """Ask for a folder of pictures and open it."""
        name = QFileDialog.getExistingDirectory(
            self._parts.window, self.tr("Open Folder of Pictures"), self._last_folder()
        )
        if name:
            self._parts.session.open_source(name)

    def open_url(self) -> None:
        """Ask for a stream's address and open it."""
        from ferqt.ui.dialogs.stream import StreamDialog

        dialog = StreamDialog(self._parts.window)
        dialog.accepted.connect(lambda: self._parts.session.open_source(dialog.address))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_camera(self) -> None:
        """Open the first camera."""
        self.camera_requested.emit()

    def open_demo(self) -> None:
        """Open the demo."""
        self._parts.session.open_source(_DEMO)

    def close_source(self) -> None:
        """Go back to the start page."""
        self._parts.session.close_source()

    def toggle_pause(self) -> None:
        """Hold the picture or let it go on."""
        self._parts.session.toggle_pause()

    def step(self, frames: int) -> None:
        """Go some frames forward or back."""
        self._parts.session.step(frames)

    def seek_by(self, seconds: float) -> None:
        """Move by seconds; in a folder of pictures, to the next or previous picture."""
        info = self._parts.session.source_info
        if info is not None and info.kind is SourceKind.IMAGES:
            self._parts.session.step(1 if seconds > 0 else -1)
        else:
            self._parts.session.seek_by(seconds)

    def to_start(self) -> None:
        """Go to the first frame."""
        self._go(first=True)

    def to_end(self) -> None:
        """Go to the last frame."""
        self._go(first=False)

    def jump(self) -> None:
        """Ask for a time or a frame, and go there."""
        self.jump_requested.emit()

    def change_speed(self, steps: int) -> None:
        """Play faster, or slower if negative."""
        self._playback.change_speed(steps)

    def play_normally(self) -> None:
        """Play at the medium's own speed."""
        self._playback.set_speed(1.0)

    def mark_in(self) -> None:
        """Let the range begin with the frame on screen."""
        self._playback.mark_in()

    def mark_out(self) -> None:
        """Let the range end with the frame on screen."""
        self._playback.mark_out()

    def loop_range(self, looping: bool) -> None:
        """Play the range again and again."""
        self._playback.set_looping(looping)

    def clear_range(self) -> None:
        """Mark nothing."""
        self._playback.clear_range()

    def play_sound(self, on: bool) -> None:
        """Let the sound of a file be heard."""
        self._playback.sound.set_on(on)

    def record(self) -> None:
        """Start a recording, or stop the one that runs."""
        self._parts.recording_controls.toggle()

    def record_as(self) -> None:
        """Ask how to record, and start."""
        self._parts.recording_controls.ask()

    def record_overlay(self, shown: bool) -> None:
        """Record the overlay in the video."""
        self._parts.settings.set(RECORD_OVERLAY, shown)

    def show_recordings(self) -> None:
        """Show the folder of recordings."""
        self._parts.recording_controls.show_folder()

    def add_marker(self) -> None:
        """Mark the moment on screen, and ask what happens in it."""
        self._parts.marker_controls.add()

    def _go(self, *, first: bool) -> None:
        info = self._parts.session.source_info
        if info is None:
            return
        if info.kind is SourceKind.IMAGES:
            count = info.frame_count or 1
            self._parts.session.step(-count if first else count)
        elif first or info.duration_s is not None:
            self._parts.session.seek(0.0 if first else _PAST_THE_END_S)

    def _last_folder(self) -> str:
        """Return the folder of the newest recent file, "" if none is there any more."""
        known = (
            Path(place).parent for place in self._parts.settings.get(RECENT) if "://" not in place
        )
        return next((str(folder) for folder in known if folder.is_dir()), "")
