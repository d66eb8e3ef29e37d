"""What the actions do: one small method for each handler that the table of actions names."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow

from ferqt.runtime.session import AnalysisSession
from ferqt.settings import ALL_BARS, DETECTOR, HEAD_POSE, LANDMARKS, MIRROR, RECENT, THEME, Settings
from ferqt.sources.base import SourceKind
from ferqt.ui.screenshots import Screenshots
from ferqt.ui.selection import FaceSelection
from ferqt.ui.theme import Theme
from ferqt.ui.video_view import VideoView

_MEDIA = (
    "*.mp4 *.mkv *.mov *.avi *.webm *.m4v *.mpg *.mpeg *.wmv *.flv *.ts *.ogv "
    "*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.gif"
)
_DEMO = "demo"
_PAST_THE_END_S = 1e9
"""Later than any medium ends: `seek` clips it to the last frame."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands work on."""

    window: QMainWindow
    session: AnalysisSession
    settings: Settings
    view: VideoView
    theme: Theme
    selection: FaceSelection
    screenshots: Screenshots


class Commands(QObject):
    """The handlers of the actions.

    Lives on the GUI thread.
    """

    camera_requested = Signal()
    full_screen_changed = Signal(bool)
    overlay_changed = Signal()
    models_changed = Signal()
    shortcuts_requested = Signal()

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = parts.window
        self._session = parts.session
        self._settings = parts.settings
        self._view = parts.view
        self._theme = parts.theme
        self._selection = parts.selection
        self._screenshots = parts.screenshots

    def open_file(self) -> None:
        """Ask for a video or a picture and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open File"),
            self._last_folder(),
            self.tr("Videos and pictures ({0});;All files (*)").format(_MEDIA),
        )
        if name:
            self._session.open_source(name)

    def open_folder(self) -> None:
        """Ask for a folder of pictures and open it."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open Folder of Pictures"), self._last_folder()
        )
        if name:
            self._session.open_source(name)

    def open_url(self) -> None:
        """Ask for a stream's address and open it."""
        from ferqt.ui.dialogs.stream import StreamDialog

        dialog = StreamDialog(self._window)
        dialog.accepted.connect(lambda: self._session.open_source(dialog.address))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_camera(self) -> None:
        """Open the first camera."""
        self.camera_requested.emit()

    def open_demo(self) -> None:
        """Open the demo."""
        self._session.open_source(_DEMO)

    def close_source(self) -> None:
        """Go back to the start page."""
        self._session.close_source()

    def toggle_pause(self) -> None:
        """Hold the picture or let it go on."""
        self._session.toggle_pause()

    def step(self, frames: int) -> None:
        """Go some frames forward or back."""
        self._session.step(frames)

    def seek_by(self, seconds: float) -> None:
        """Move by seconds; in a folder of pictures, to the next or previous picture."""
        info = self._session.source_info
        if info is not None and info.kind is SourceKind.IMAGES:
            self._session.step(1 if seconds > 0 else -1)
        else:
            self._session.seek_by(seconds)

    def to_start(self) -> None:
        """Go to the first frame."""
        self._go(first=True)

    def to_end(self) -> None:
        """Go to the last frame."""
        self._go(first=False)

    def take_screenshot(self) -> None:
        """Save the picture with its overlay."""
        self._screenshots.take(with_overlay=True)

    def take_clean_screenshot(self) -> None:
        """Save the picture alone."""
        self._screenshots.take(with_overlay=False)

    def show_screenshots(self) -> None:
        """Show the folder of screenshots."""
        self._screenshots.show_folder()

    def show_bars(self, shown: bool) -> None:
        """Show the bars of all expressions."""
        self._settings.set(ALL_BARS, shown)
        self.overlay_changed.emit()

    def show_landmarks(self, shown: bool) -> None:
        """Show the landmarks of the faces."""
        self._settings.set(LANDMARKS, shown)
        self.overlay_changed.emit()

    def show_pose(self, shown: bool) -> None:
        """Show the axes of the heads."""
        self._settings.set(HEAD_POSE, shown)
        self.overlay_changed.emit()

    def mirror_cameras(self, mirrored: bool) -> None:
        """Show cameras as a mirror does."""
        self._settings.set(MIRROR, mirrored)
        self.overlay_changed.emit()

    def select_face(self, number: int) -> None:
        """Select the face with a number, or none if it is the selected one."""
        self._selection.toggle_number(number, self._view.result)

    def select_no_face(self) -> None:
        """Select no face."""
        self._selection.select(None)

    def show_full_screen(self, full: bool) -> None:
        """Show nothing but the picture, on the whole screen."""
        self.full_screen_changed.emit(full)

    def leave_full_screen(self) -> None:
        """Leave full screen; out of it, quit."""
        if self._window.isFullScreen():
            self.full_screen_changed.emit(False)
        else:
            self._window.close()

    def choose_theme(self, choice: str) -> None:
        """Change the colors."""
        self._settings.set(THEME, choice)
        self._theme.choose(choice)

    def next_model(self, direction: int) -> None:
        """Switch to the next model or the one before."""
        self._session.next_model(direction)

    def rescan_models(self) -> None:
        """Read the model folders again."""
        self._session.rescan_models()
        self.models_changed.emit()

    def choose_detector(self, detector_id: str) -> None:
        """Let another detector find the faces."""
        self._settings.set(DETECTOR, detector_id)
        self._session.set_detector(detector_id)

    def show_shortcuts(self) -> None:
        """Show the sheet of keys."""
        self.shortcuts_requested.emit()

    def show_about(self) -> None:
        """Tell what ferqt is."""
        from ferqt.ui.about import AboutDialog

        dialog = AboutDialog(self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def quit(self) -> None:
        """Close the window, which ends the program."""
        self._window.close()

    def apply_overlay(self) -> None:
        """Bring the view's overlay in line with settings, selection and source."""
        info = self._session.source_info
        camera = info is not None and info.kind is SourceKind.CAMERA
        self._view.overlay_options = replace(
            self._view.overlay_options,
            show_all_bars=self._settings.get(ALL_BARS),
            show_landmarks=self._settings.get(LANDMARKS),
            show_pose=self._settings.get(HEAD_POSE),
            selected_id=self._selection.track_id,
            mirrored=camera and self._settings.get(MIRROR),
        )

    def _go(self, *, first: bool) -> None:
        info = self._session.source_info
        if info is None:
            return
        if info.kind is SourceKind.IMAGES:
            count = info.frame_count or 1
            self._session.step(-count if first else count)
        elif first or info.duration_s is not None:
            self._session.seek(0.0 if first else _PAST_THE_END_S)

    def _last_folder(self) -> str:
        """Return the folder of the newest recent file, "" if none is there any more."""
        known = (Path(place).parent for place in self._settings.get(RECENT) if "://" not in place)
        return next((str(folder) for folder in known if folder.is_dir()), "")
