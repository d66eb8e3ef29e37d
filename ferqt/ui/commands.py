"""What the actions of the other menus do: one small method for each handler of the table."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from ferqt.preferences import overlay_options
from ferqt.settings import ALL_BARS, DETECTOR, HEAD_POSE, LANDMARKS, MIRROR, THEME
from ferqt.sources.base import SourceKind
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.window_parts import Parts

if TYPE_CHECKING:
    from ferqt.ui.guide import GuideWindow


class Commands(QObject):
    """Handlers of actions; lives on the GUI thread.

    Attributes:
        shortcuts: The keys, which the settings dialog changes; set once there are actions.
    """

    full_screen_changed = Signal(bool)
    shortcuts_requested = Signal()
    panels_reset = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self.shortcuts: Shortcuts | None = None
        self._settings_dialog: QDialog | None = None
        self._guide: GuideWindow | None = None

    def take_screenshot(self) -> None:
        """Save the picture with its overlay."""
        self._parts.screenshots.take(with_overlay=True)

    def take_clean_screenshot(self) -> None:
        """Save the picture alone."""
        self._parts.screenshots.take(with_overlay=False)

    def copy_picture(self) -> None:
        """Put the picture with its overlay on the clipboard."""
        self._parts.screenshots.copy()

    def show_screenshots(self) -> None:
        """Show the folder of screenshots."""
        self._parts.screenshots.show_folder()

    def show_settings(self) -> None:
        """Show all settings beside the picture, which follows them at once."""
        from ferqt.ui.dialogs.settings_dialog import SettingsDialog

        if self._settings_dialog is None:
            assert self.shortcuts is not None
            parts = self._parts
            dialog = SettingsDialog(parts.live, self.shortcuts, parts.theme, parts.window)
            dialog.finished.connect(self._forget_settings_dialog)
            self._settings_dialog = dialog
        self._settings_dialog.show()
        self._settings_dialog.raise_()
        self._settings_dialog.activateWindow()

    def show_bars(self, shown: bool) -> None:
        """Show the bars of all expressions."""
        self._parts.settings.set(ALL_BARS, shown)

    def show_landmarks(self, shown: bool) -> None:
        """Show the landmarks of the faces."""
        self._parts.settings.set(LANDMARKS, shown)

    def show_pose(self, shown: bool) -> None:
        """Show the axes of the heads."""
        self._parts.settings.set(HEAD_POSE, shown)

    def mirror_cameras(self, mirrored: bool) -> None:
        """Show cameras as a mirror does."""
        self._parts.settings.set(MIRROR, mirrored)

    def select_face(self, number: int) -> None:
        """Select the face with a number, or none if it is the selected one."""
        self._parts.selection.toggle_number(number, self._parts.view.result)

    def select_no_face(self) -> None:
        """Select no face."""
        self._parts.selection.select(None)

    def rename_face(self) -> None:
        """Ask for the selected face's name."""
        from ferqt.ui.dialogs.face_name import FaceNameDialog

        face = self._parts.selection.track_id
        if face is None:
            return
        known = self._parts.identities
        dialog = FaceNameDialog(face, known.people.name_of(face), self._parts.window)
        dialog.named.connect(lambda name: known.rename(face, name))
        self._open(dialog)

    def start_baseline(self) -> None:
        """Learn how the selected face looks at rest."""
        face = self._parts.selection.track_id
        if face is not None:
            self._parts.session.start_baseline(face)

    def clear_baseline(self) -> None:
        """Forget how the selected face looks at rest."""
        face = self._parts.selection.track_id
        if face is not None:
            self._parts.session.clear_baseline(face)

    def show_full_screen(self, full: bool) -> None:
        """Show nothing but the picture, on the whole screen."""
        self.full_screen_changed.emit(full)

    def leave_full_screen(self) -> None:
        """Leave full screen; out of it, quit."""
        if self._parts.window.isFullScreen():
            self.full_screen_changed.emit(False)
        else:
            self._parts.window.close()

    def choose_theme(self, choice: str) -> None:
        """Change the colors."""
        self._parts.settings.set(THEME, choice)

    def reset_panels(self) -> None:
        """Arrange the panels as in a new window."""
        self.panels_reset.emit()

    def next_model(self, direction: int) -> None:
        """Switch to the next model or the one before."""
        self._parts.session.next_model(direction)

    def add_model(self) -> None:
        """Ask for a model file, and add it."""
        self._parts.desk.add()

    def show_model(self) -> None:
        """Show all that is known of the model that answers."""
        card = self._parts.session.card
        if card is not None:
            self._parts.desk.show_details(self._parts.session.catalog.entry(card.id))

    def rescan_models(self) -> None:
        """Read the model folders again."""
        self._parts.desk.rescan()

    def choose_detector(self, detector_id: str) -> None:
        """Let another detector find the faces."""
        self._parts.settings.set(DETECTOR, detector_id)

    def show_guide(self) -> None:
        """Show the guide beside the window, at the page where it was left."""
        from ferqt.ui.guide import GuideWindow

        if self._guide is None:
            self._guide = GuideWindow(self._parts.theme, self._parts.window)
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    def show_shortcuts(self) -> None:
        """Show the sheet of keys."""
        self.shortcuts_requested.emit()

    def show_privacy(self) -> None:
        """Tell what becomes of pictures, and what the law says."""
        from ferqt.ui.privacy import PrivacyDialog

        self._open(PrivacyDialog(self._parts.theme, self._parts.window))

    def show_licenses(self) -> None:
        """Show under which licenses ferqt and its parts are."""
        from ferqt.ui.licenses_dialog import LicensesDialog

        parts = self._parts
        self._open(LicensesDialog(parts.session.catalog, parts.tasks, parts.window))

    def show_about(self) -> None:
        """Tell what ferqt is."""
        from ferqt.ui.about import AboutDialog

        self._open(AboutDialog(self._parts.window))

    def quit(self) -> None:
        """Close the window, which ends the program."""
        self._parts.window.close()

    def apply_overlay(self) -> None:
        """Bring the view's overlay in line with settings, selection and source."""
        parts = self._parts
        info = parts.session.source_info
        camera = info is not None and info.kind is SourceKind.CAMERA
        parts.view.overlay_options = replace(
            overlay_options(parts.view.overlay_options, parts.settings),
            selected_id=parts.selection.track_id,
            mirrored=camera and parts.settings.get(MIRROR),
        )

    def _forget_settings_dialog(self) -> None:
        if self._settings_dialog is not None:
            self._settings_dialog.deleteLater()
            self._settings_dialog = None

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog that goes when it is closed."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
