"""Lets the window follow the settings: who changes one need not know who uses it."""

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.settings import Setting, Settings

_SAVE_MS: Final = 1_000
_AGAIN_MS: Final = 30_000
"""How soon saving is tried again where it failed."""


class LiveSettings(QObject):
    """Tells of every change of a setting, and saves soon after.

    One for the window; lives on the GUI thread.
    """

    changed = Signal(object)
    """The Setting whose value is another one now."""
    notice_posted = Signal(object)
    """Notice: the settings are not saved; once, until they are again."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._save = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._save.timeout.connect(self._on_time)
        self._failing = False
        # The settings outlive the window, and must not call into what is gone.
        self.destroyed.connect(settings.watch(self._on_changed))

    def _on_changed(self, setting: Setting[Any]) -> None:
        self.changed.emit(setting)
        self._save.start(_SAVE_MS)

    def _on_time(self) -> None:
        notice = self.settings.save()
        if notice is not None:
            self._save.start(_AGAIN_MS)
            if not self._failing:
                self.notice_posted.emit(notice)
        self._failing = notice is not None
