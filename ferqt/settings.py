"""The user's settings: one table that says what can be set, one JSON file with what was changed.

Only values that differ from the table's defaults are stored, so that a better default reaches users
who never touched it. Keys that this version does not know are kept as they are: a newer version may
have written them.
"""

import contextlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from ferqt.core.types import Notice, Severity
from ferqt.paths import config_dir

_log = logging.getLogger(__name__)

T = TypeVar("T", bool, float, str, tuple[str, ...])

_MAX_BYTES = 1_000_000
_MAX_RECENT = 8


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that can be set.

    Attributes:
        key: Name in the file, "group.name".
        default: Value when the user has not chosen one; its type is the setting's type.
        text: What it does, as a settings dialog says it.
        choices: The only values allowed; empty when any value of the type is.
    """

    key: str
    default: T
    text: str
    choices: tuple[T, ...] = ()

    def read(self, stored: object) -> T:
        """Return a stored JSON value as this setting's type.

        Raises:
            ValueError: The value is of another type or not among the choices.
        """
        value: T = _as_type_of(self.default, stored)
        if self.choices and value not in self.choices:
            raise ValueError(f"{value!r} is not one of {', '.join(map(str, self.choices))}")
        return value


def _as_type_of(default: Any, stored: object) -> Any:
    if isinstance(default, tuple):
        if isinstance(stored, list | tuple) and all(isinstance(item, str) for item in stored):
            return tuple(stored)
    elif isinstance(default, bool):
        if isinstance(stored, bool):
            return stored
    elif isinstance(default, float):
        if isinstance(stored, int | float) and not isinstance(stored, bool):
            return float(stored)
    elif isinstance(stored, str):
        return stored
    raise ValueError(f"{stored!r} is not of type {type(default).__name__}")


THEME: Final = Setting("window.theme", "dark", "Colors of the window", ("dark", "light", "system"))
GEOMETRY: Final = Setting("window.geometry", "", "Place and size of the window (base64)")
LAYOUT: Final = Setting("window.layout", "", "Arrangement of the panels (base64)")
RECENT: Final[Setting[tuple[str, ...]]] = Setting(
    "source.recent", (), "Sources opened lately, newest first"
)
CAMERA_FORMAT: Final = Setting(
    "source.camera_format",
    "1280x720@30",
    "Picture size and rate that cameras are asked for",
    ("640x480@30", "1280x720@30", "1920x1080@30"),
)
MIRROR: Final = Setting("view.mirror_cameras", True, "Show cameras mirrored")
ALL_BARS: Final = Setting("view.all_expressions", True, "Show the bars of all expressions")
LANDMARKS: Final = Setting("view.landmarks", False, "Show the landmarks of each face")
HEAD_POSE: Final = Setting("view.head_pose", False, "Show the axes of each head")
MODEL: Final = Setting("analysis.model", "", "Model that is used at start; empty for the default")
DETECTOR: Final = Setting(
    "analysis.detector",
    "mediapipe",
    "What finds the faces",
    ("mediapipe", "haar", "opencv-dnn"),
)
SCREENSHOT_FOLDER: Final = Setting(
    "output.screenshots", "", "Folder of screenshots; empty for the system's picture folder"
)

SETTINGS: Final[tuple[Setting[Any], ...]] = (
    THEME,
    GEOMETRY,
    LAYOUT,
    RECENT,
    CAMERA_FORMAT,
    MIRROR,
    ALL_BARS,
    LANDMARKS,
    HEAD_POSE,
    MODEL,
    DETECTOR,
    SCREENSHOT_FOLDER,
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

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """Read the settings file; a missing one means defaults.

        A file that cannot be understood is set aside as `settings.json.broken-N` and a single bad
        value falls back to its default; `notices` tells of either.

        Args:
            path: The file, `settings.json` in the user's configuration folder if not given.
        """
        path = path or config_dir() / "settings.json"
        try:
            stored = _read(path)
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            settings = cls(path)
            settings.notices = (
                Notice(
                    Severity.WARNING,
                    "The settings could not be read",
                    f"{path}: {error.strerror or error}",
                    "Defaults are used for now.",
                ),
            )
            return settings
        except ValueError as error:
            settings = cls(path)
            settings.notices = (_set_aside(path, error),)
            return settings
        settings = cls(path, stored)
        settings.notices = tuple(settings._drop_bad_values())
        return settings

    def get(self, setting: Setting[T]) -> T:
        """Return the value in force."""
        if setting.key not in self._stored:
            return setting.default
        return setting.read(self._stored[setting.key])

    def set(self, setting: Setting[T], value: T) -> None:
        """Change a value.

        Raises:
            ValueError: The value is not allowed for this setting.
        """
        value = setting.read(value)
        if value == setting.default:
            self._stored.pop(setting.key, None)
        else:
            self._stored[setting.key] = value

    def remember_source(self, location: str) -> None:
        """Put a source at the head of the recent ones."""
        others = [entry for entry in self.get(RECENT) if entry != location]
        self.set(RECENT, (location, *others)[:_MAX_RECENT])

    def save(self) -> None:
        """Write the file atomically; a failure is logged, as it must not hinder closing."""
        text = json.dumps(self._stored, indent=2, ensure_ascii=False, sort_keys=True)
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text + "\n", encoding="utf-8")
            temporary.replace(self.path)
        except OSError as error:
            _log.warning("the settings were not saved: %s: %s", self.path, error)
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _drop_bad_values(self) -> list[Notice]:
        notices = []
        for setting in SETTINGS:
            try:
                self.get(setting)
            except ValueError as error:
                del self._stored[setting.key]
                notices.append(
                    Notice(
                        Severity.WARNING,
                        "A setting was not understood",
                        f"{setting.key}: {error}",
                        f"The default is used: {setting.default}.",
                    )
                )
        return notices


def _read(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        raw = file.read(_MAX_BYTES + 1)
    if len(raw) > _MAX_BYTES:
        raise ValueError(f"it is larger than {_MAX_BYTES} bytes")
    stored = json.loads(raw.decode("utf-8"))
    if not isinstance(stored, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - a bad value in a file, not a bug
    return stored


def _set_aside(path: Path, error: ValueError) -> Notice:
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    _log.warning("settings file %s is damaged: %s", path, error)
    try:
        path.rename(aside)
    except OSError as failure:
        _log.warning("it could not be set aside: %s", failure)
        hint = "Defaults are used for now."
    else:
        hint = f"Defaults are used; the damaged file is kept as {aside.name}."
    return Notice(
        Severity.WARNING, "The settings file was damaged", str(path), hint, details=str(error)
    )
