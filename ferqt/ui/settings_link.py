"""Brings the parts of the window in line with the settings, wherever those are changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from ferqt.preferences import pipeline_config
from ferqt.runtime.session import AnalysisSession
from ferqt.settings import (
    ALL_BARS,
    HEAD_POSE,
    LABELS,
    LANDMARKS,
    MIRROR,
    THEME,
    Setting,
)
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.theme import Theme

SWITCHES: Final[Mapping[Setting[bool], str]] = MappingProxyType(
    {ALL_BARS: "bars", LANDMARKS: "landmarks", HEAD_POSE: "pose", MIRROR: "mirror"}
)
"""Actions whose check mark is a setting."""

_SEEN: Final = frozenset({LABELS, *SWITCHES})
"""Settings that change how the picture is shown."""


class SettingsLink(QObject):
    """Follows the settings: pipeline, theme, and the check marks of the menus.

    Lives on the GUI thread.
    """

    overlay_changed = Signal()
    """The picture is to be shown in another way."""

    def __init__(
        self,
        live: LiveSettings,
        session: AnalysisSession,
        theme: Theme,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = live.settings
        self._session = session
        self._theme = theme
        self._actions = actions
        live.changed.connect(self._on_changed)
        for setting in SWITCHES:
            self._mark(setting)
        self._mark(THEME)

    def _on_changed(self, setting: Setting[Any]) -> None:
        config = pipeline_config(self._session.config, self._settings, setting)
        if config != self._session.config:
            self._session.set_config(config)
        self._mark(setting)
        if setting == THEME:
            self._theme.choose(self._settings.get(THEME))
        if setting in _SEEN:
            self.overlay_changed.emit()

    def _mark(self, setting: Setting[Any]) -> None:
        if setting == THEME:
            self._actions[f"theme_{self._settings.get(THEME)}"].setChecked(True)
        elif setting in SWITCHES:
            self._actions[SWITCHES[setting]].setChecked(self._settings.get(setting))
