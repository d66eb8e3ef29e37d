"""The settings file: one JSON object, read with care and written atomically."""

import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ferqt.core.types import Notice, Severity
from ferqt.drafts import draft
from ferqt.paths import make_folder
from ferqt.setting_types import Setting
from ferqt.texts import N

_log = logging.getLogger(__name__)

_MAX_BYTES = 1_000_000


def read_settings(path: Path) -> tuple[dict[str, object], tuple[Notice, ...]]:
    """Return what is stored, and what the user should hear about it.

    A missing file is an empty one. A file that cannot be understood is set aside as
    `settings.json.broken-N`, so that neither its content nor the program's start is lost.
    """
    try:
        return _parse(path), ()
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        notice = Notice(
            Severity.WARNING,
            N("Notices", "The settings could not be read"),
            f"{path}: {error.strerror or error}",
            N("Notices", "Defaults are used for now."),
        )
        return {}, (notice,)
    except (ValueError, RecursionError) as error:
        return {}, (_set_aside(path, error),)


def drop_bad_values(
    stored: dict[str, object], settings: Iterable[Setting[Any]]
) -> tuple[Notice, ...]:
    """Take values out that their settings do not allow, and return what the user should hear."""
    notices = []
    for setting in settings:
        if setting.key not in stored:
            continue
        try:
            setting.read(stored[setting.key])
        except ValueError as error:
            del stored[setting.key]
            notices.append(
                Notice(
                    Severity.WARNING,
                    N("Notices", "A setting was not understood"),
                    f"{setting.key}: {error}",
                    N("Notices", "The default is used."),
                )
            )
    return tuple(notices)


def save_settings(
    path: Path, base: Mapping[str, object], mine: Mapping[str, object]
) -> Notice | None:
    """Write what was changed here into the file, beside what another program changed meanwhile.

    The file is replaced as a whole; when that fails the old one stays.

    Args:
        path: The file.
        base: What this program knew of the file.
        mine: What is in force now.

    Returns:
        What the user should hear; None when all is well.
    """
    try:
        stored = merged_settings(base, mine, _stored_now(path))
        text = json.dumps(stored, indent=2, ensure_ascii=False, sort_keys=True)
        make_folder(path.parent)
        with draft(path) as part:
            part.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        _log.warning("the settings were not saved: %s: %s", path, error)
        return Notice(
            Severity.WARNING,
            N("Notices", "The settings were not saved"),
            f"{path}: {error.strerror or error}",
            N("Notices", "Make room on that disk, or check its rights; it is tried again."),
        )
    return None


def merged_settings(
    base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object] | None
) -> dict[str, object]:
    """Return the file's values with those that differ between `base` and `mine`.

    Lists, as of presets, are merged entry by entry, mine first.

    Args:
        base: What this program knew of the file.
        mine: What is in force here.
        theirs: What the file holds now; None when there is none.
    """
    if theirs is None:
        return dict(mine)
    merged = dict(theirs)
    for key in base.keys() | mine.keys():
        before, now = _plain(base.get(key)), _plain(mine.get(key))
        if now == before:
            continue
        there = merged.get(key)
        if isinstance(now or before, list) and isinstance(there, list):
            now = _merged_list(before or [], now or [], there)
        if now is None or now == []:
            merged.pop(key, None)
        else:
            merged[key] = now
    return merged


def _merged_list(before: Any, mine: Any, theirs: list[object]) -> list[object]:
    """Return my entries without those that were removed there, and what was added there."""
    kept = [entry for entry in mine if entry not in before or entry in theirs]
    return kept + [entry for entry in theirs if entry not in before and entry not in mine]


def _stored_now(path: Path) -> dict[str, object] | None:
    """Return what the file holds; None when it is missing or was damaged meanwhile."""
    try:
        return _parse(path)
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def _plain(value: object) -> object:
    """Return a value as JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value


def _parse(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        raw = file.read(_MAX_BYTES + 1)
    if len(raw) > _MAX_BYTES:
        raise ValueError(f"it is larger than {_MAX_BYTES} bytes")
    stored = json.loads(raw.decode("utf-8"))
    if not isinstance(stored, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - a bad value in a file, not a bug
    return stored


def _set_aside(path: Path, error: Exception) -> Notice:
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    _log.warning("settings file %s is damaged: %s", path, error)
    try:
        path.rename(aside)
    except OSError as failure:
        _log.warning("it could not be set aside: %s", failure)
        hint = N("Notices", "Defaults are used for now.")
    else:
        path = aside
        hint = N("Notices", "Defaults are used; the damaged file was set aside.")
    return Notice(
        Severity.WARNING,
        N("Notices", "The settings file was damaged"),
        str(path),
        hint,
        details=str(error),
    )
