"""The user's settings: one table that says what can be set, one JSON file with what was changed.

Only values that differ from the table's defaults are stored, so that a better default reaches users
who never touched it. Keys that this version does not know are kept as they are: a newer version may
have written them. The settings dialog is made from the same table.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ferqt.core.types import Notice
from ferqt.paths import config_dir
from ferqt.setting_types import Group, Kind, Setting, Span, T
from ferqt.settings_file import drop_bad_values, read_settings, save_settings
from ferqt.texts import N as _N

__all__ = ["GROUPS", "SETTINGS", "Setting", "Settings"]

_MAX_RECENT = 8


GROUPS: Final = (
    Group("picture", _N("Settings", "Picture"), "camera"),
    Group("faces", _N("Settings", "Faces"), "face"),
    Group("expressions", _N("Settings", "Expressions"), "chart"),
    Group("overlay", _N("Settings", "Overlay"), "bars"),
    Group("folders", _N("Settings", "Files"), "folder"),
    Group("window", _N("Settings", "Window"), "theme"),
    Group("shortcuts", _N("Settings", "Shortcuts"), "keyboard"),
)
"""The pages of the settings dialog; a page shows the settings of its group in the table's order."""

THEME: Final = Setting(
    "window.theme",
    "dark",
    _N("Settings", "Colors of the window"),
    ("dark", "light", "system"),
    group="window",
    choice_texts=(
        _N("Settings", "Dark"),
        _N("Settings", "Light"),
        _N("Settings", "As the desktop"),
    ),
)
LANGUAGE: Final = Setting(
    "window.language",
    "system",
    _N("Settings", "Language"),
    ("system", "en", "de"),
    group="window",
    help=_N("Settings", "Takes effect when ferqt is started again."),
    choice_texts=(_N("Settings", "As the system"), "English", "Deutsch"),
)
GEOMETRY: Final = Setting("window.geometry", "", "Place and size of the window (base64)")
LAYOUT: Final = Setting("window.layout", "", "Arrangement of the panels (base64)")
SHORTCUTS: Final[Setting[tuple[str, ...]]] = Setting(
    "window.shortcuts", (), 'Keys that were changed, "action=key" each, "action=" for none'
)
PRIVACY_READ: Final = Setting("window.privacy_read", False, "The notice on privacy was read")
RECENT: Final[Setting[tuple[str, ...]]] = Setting(
    "source.recent", (), "Sources opened lately, newest first"
)
CAMERA_FORMAT: Final = Setting(
    "source.camera_format",
    "1280x720@30",
    _N("Settings", "Size and rate of the camera picture"),
    ("640x480@30", "1280x720@30", "1920x1080@30"),
    group="picture",
    help=_N(
        "Settings",
        "What cameras are asked for the next time one is opened. A larger picture shows smaller "
        "faces and costs time.",
    ),
    choice_texts=(
        _N("Settings", "640 × 480, 30 a second"),
        _N("Settings", "1280 × 720, 30 a second"),
        _N("Settings", "1920 × 1080, 30 a second"),
    ),
)
MIRROR: Final = Setting(
    "view.mirror_cameras",
    True,
    _N("Settings", "Show cameras mirrored"),
    group="picture",
    help=_N("Settings", "As in a mirror. Files and recordings are never turned."),
)
LABELS: Final = Setting(
    "view.labels",
    True,
    _N("Settings", "Boxes and labels"),
    group="overlay",
    help=_N("Settings", "A box around each face with its number, expression and percent."),
)
ALL_BARS: Final = Setting(
    "view.all_expressions",
    True,
    _N("Settings", "Bars of all expressions"),
    group="overlay",
    help=_N("Settings", "Beside each face, where there is room."),
)
LANDMARKS: Final = Setting(
    "view.landmarks",
    False,
    _N("Settings", "Landmarks"),
    group="overlay",
    help=_N("Settings", "The points by which a face is followed and cut out."),
)
HEAD_POSE: Final = Setting(
    "view.head_pose",
    False,
    _N("Settings", "Head pose"),
    group="overlay",
    help=_N("Settings", "The axes of each head and its angles."),
)
MODEL: Final = Setting("analysis.model", "", "Model that is used at start; empty for the default")
DETECTOR: Final = Setting(
    "analysis.detector",
    "mediapipe",
    _N("Settings", "What finds the faces"),
    ("mediapipe", "haar", "opencv-dnn", "mediapipe-tasks"),
    group="faces",
    help=_N(
        "Settings",
        "MediaPipe is the best choice on nearly every computer. The SSD network is slower and "
        "good with turned faces; the Haar cascade finds upright frontal faces only. MediaPipe "
        "Tasks finds what MediaPipe finds, more slowly.",
    ),
    choice_texts=(
        "MediaPipe",
        _N("Settings", "OpenCV Haar cascade"),
        _N("Settings", "OpenCV SSD network"),
        "MediaPipe Tasks",
    ),
)
FAR_FACES: Final = Setting(
    "analysis.far_faces",
    True,
    _N("Settings", "Look for far faces"),
    group="faces",
    help=_N("Settings", "Finds faces that are small in the picture too, and costs some time."),
)
MAX_FACES: Final = Setting(
    "analysis.max_faces",
    8,
    _N("Settings", "Most faces at once"),
    group="faces",
    help=_N("Settings", "The largest faces are kept. More faces cost more time."),
    span=Span(1, 32, 1),
)
MIN_CONFIDENCE: Final = Setting(
    "analysis.min_confidence",
    50.0,
    _N("Settings", "Smallest confidence of a face"),
    group="faces",
    help=_N(
        "Settings",
        "Faces that are less certain are left out. A higher value loses blurred and turned faces "
        "and drops false alarms.",
    ),
    span=Span(10, 95, 5, "%"),
)
LOST_AFTER: Final = Setting(
    "analysis.lost_after_s",
    1.5,
    _N("Settings", "Keep a face’s number while it is away"),
    group="faces",
    help=_N(
        "Settings",
        "A face that is away longer gets a new number. A higher value bridges longer absences, "
        "and may give an old number to a newcomer.",
    ),
    span=Span(0.5, 30, 0.5, "s"),
)
SMOOTHING: Final = Setting(
    "analysis.smoothing_s",
    0.3,
    _N("Settings", "Smoothing"),
    group="expressions",
    help=_N(
        "Settings",
        "Time over which shown values are mixed. A higher value is calmer and later. Tables keep "
        "the values of each frame beside the smoothed ones.",
    ),
    span=Span(0, 3, 0.1, "s", _N("Settings", "Off")),
)
UNCERTAIN_BELOW: Final = Setting(
    "analysis.uncertain_below",
    0.0,
    _N("Settings", "Call an expression uncertain below"),
    group="expressions",
    help=_N(
        "Settings",
        "Each model has a threshold of its own that was set on pictures it had not seen. A fixed "
        "one holds for all models.",
    ),
    span=Span(0, 95, 5, "%", _N("Settings", "The model’s own")),
)
SCREENSHOT_FOLDER: Final = Setting(
    "output.screenshots",
    "",
    _N("Settings", "Folder of screenshots"),
    group="folders",
    kind=Kind.FOLDER,
    empty_text=_N("Settings", "ferqt in the system’s folder of pictures"),
)
SCREENSHOTS_COPIED: Final = Setting(
    "output.screenshots_copied",
    False,
    _N("Settings", "Copy each screenshot to the clipboard, too"),
    group="folders",
)
SCREENSHOT_FACES: Final = Setting(
    "output.screenshot_faces",
    False,
    _N("Settings", "Save each face beside a screenshot"),
    group="folders",
    help=_N(
        "Settings",
        "A picture of its own for each face, cut out at full resolution, with its readings.",
    ),
)
RECORDING_FOLDER: Final = Setting(
    "output.recordings",
    "",
    _N("Settings", "Folder of recordings"),
    group="folders",
    kind=Kind.FOLDER,
    empty_text=_N("Settings", "ferqt in the system’s folder of videos"),
)
RECORD_OVERLAY: Final = Setting(
    "output.record_overlay",
    False,
    _N("Settings", "Record the overlay into the video"),
    group="folders",
    help=_N("Settings", "Boxes and labels as they are shown. The table is recorded in any case."),
)
RECORD_COUNTDOWN: Final = Setting(
    "output.record_countdown",
    True,
    _N("Settings", "Count down three seconds before a recording"),
    group="folders",
)
ANALYSIS_PRESETS: Final[Setting[tuple[str, ...]]] = Setting(
    "queue.presets", (), "What analyses of files are asked for, one JSON text for each name"
)
ANALYSIS_PRESET: Final = Setting("queue.preset", "", "Name of what the next analysis is asked for")
ANALYSES_AT_ONCE: Final = Setting(
    "queue.at_once", 0, "Analyses that run at once; 0 for as many as the cores allow"
)
PLOT_SECONDS: Final = Setting(
    "panels.plot_seconds",
    30.0,
    "Length of the plot's view in s; 0 for the whole session",
    (10.0, 30.0, 60.0, 300.0, 0.0),
)
PLOT_ALL_FACES: Final = Setting("panels.plot_all_faces", False, "The plot shows all faces")
TRAIL_SECONDS: Final = Setting(
    "panels.trail_seconds",
    10.0,
    "Length of trails on the plane of valence and arousal in s",
    (5.0, 10.0, 30.0, 60.0),
)
TRAIL_ALL_FACES: Final = Setting("panels.trail_all_faces", False, "The plane shows all faces")

SETTINGS: Final[tuple[Setting[Any], ...]] = (
    CAMERA_FORMAT,
    MIRROR,
    DETECTOR,
    FAR_FACES,
    MAX_FACES,
    MIN_CONFIDENCE,
    LOST_AFTER,
    SMOOTHING,
    UNCERTAIN_BELOW,
    LABELS,
    ALL_BARS,
    LANDMARKS,
    HEAD_POSE,
    SCREENSHOT_FOLDER,
    SCREENSHOTS_COPIED,
    SCREENSHOT_FACES,
    RECORDING_FOLDER,
    RECORD_OVERLAY,
    RECORD_COUNTDOWN,
    THEME,
    LANGUAGE,
    GEOMETRY,
    LAYOUT,
    SHORTCUTS,
    PRIVACY_READ,
    RECENT,
    MODEL,
    ANALYSIS_PRESETS,
    ANALYSIS_PRESET,
    ANALYSES_AT_ONCE,
    PLOT_SECONDS,
    PLOT_ALL_FACES,
    TRAIL_SECONDS,
    TRAIL_ALL_FACES,
)
"""Every setting, in the order in which a settings dialog lists them."""


class Settings:
    """The values in force.

    Used by the GUI thread. Nothing is written before `save`.

    Attributes:
        path: The file.
        notices: What the user should hear about the file that was read; usually empty.
    """

    def __init__(self, path: Path, stored: Mapping[str, object] = MappingProxyType({})) -> None:
        self.path = path
        self.notices: tuple[Notice, ...] = ()
        self._stored: dict[str, object] = dict(stored)
        self._in_file = dict(stored)
        self._watchers: list[Callable[[Setting[Any]], None]] = []

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """Read the settings file; a missing one means defaults.

        A file that cannot be understood is set aside as `settings.json.broken-N` and a single bad
        value falls back to its default; `notices` tells of either.

        Args:
            path: The file, `settings.json` in the user's configuration folder if not given.
        """
        path = path or config_dir() / "settings.json"
        stored, notices = read_settings(path)
        settings = cls(path, stored)
        settings.notices = (*notices, *drop_bad_values(settings._stored, SETTINGS))
        return settings

    def get(self, setting: Setting[T]) -> T:
        """Return the value in force."""
        if setting.key not in self._stored:
            return setting.default
        return setting.read(self._stored[setting.key])

    def set(self, setting: Setting[T], value: T) -> None:
        """Change a value, and tell those who watch if it is another one.

        Raises:
            ValueError: The value is not allowed for this setting.
        """
        value = setting.read(value)
        before = self.get(setting)
        if value == setting.default:
            self._stored.pop(setting.key, None)
        else:
            self._stored[setting.key] = value
        if value != before:
            for watcher in tuple(self._watchers):
                watcher(setting)

    def reset(self, setting: Setting[Any]) -> None:
        """Go back to the default."""
        self.set(setting, setting.default)

    def is_default(self, setting: Setting[Any]) -> bool:
        """Tell whether the user has not chosen another value."""
        return setting.key not in self._stored

    def watch(self, watcher: Callable[[Setting[Any]], None]) -> Callable[[], None]:
        """Call `watcher` with each setting whose value changes; returns what ends that."""
        self._watchers.append(watcher)

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return stop

    def remember_source(self, location: str) -> None:
        """Put a source at the head of the recent ones."""
        others = [entry for entry in self.get(RECENT) if entry != location]
        self.set(RECENT, (location, *others)[:_MAX_RECENT])

    def forget_source(self, location: str) -> None:
        """Take a source off the recent ones."""
        self.set(RECENT, tuple(entry for entry in self.get(RECENT) if entry != location))

    def save(self) -> Notice | None:
        """Write what was changed; what another window changed meanwhile stays.

        Returns:
            What the user should hear when that failed; the older file is whole then.
        """
        notice = save_settings(self.path, self._in_file, self._stored)
        if notice is None:
            self._in_file = dict(self._stored)
        return notice
