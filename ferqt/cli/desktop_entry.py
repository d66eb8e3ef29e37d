"""ferqt in the menus of a Linux desktop: its entry and its icons in the user's own folders.

The places are those of the XDG specifications, below `XDG_DATA_HOME`; no administrator is needed.
"""

import logging
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole
from ferqt.paths import resources_dir

_log = logging.getLogger(__name__)

_ENTRY: Final = Path("applications/ferqt.desktop")
_ICONS: Final = Path("icons/hicolor")
_SIDES: Final = (48, 128, 256)
"""Sides in px of the icons for desktops that draw no SVG."""

_EXEC: Final = "Exec=ferqt "
_PATIENCE_S: Final = 20.0


def installed_files() -> dict[Path, bytes]:
    """Return where each file belongs and what it holds for this installation.

    Raises:
        OutputError: The program's own files cannot be read.
    """
    shared = _data_home()
    resources = resources_dir()
    try:
        entry = (resources / "desktop" / "ferqt.desktop").read_text(encoding="utf-8")
        files = {
            shared / _ENTRY: _with_command(entry, program_command()).encode(),
            shared / _ICONS / "scalable/apps/ferqt.svg": (
                resources / "icons" / "ferqt.svg"
            ).read_bytes(),
        }
        for side in _SIDES:
            place = shared / _ICONS / f"{side}x{side}" / "apps" / "ferqt.png"
            files[place] = (resources / "desktop" / f"ferqt-{side}.png").read_bytes()
    except OSError as error:
        raise OutputError(
            f"a file of ferqt cannot be read: {error.filename} ({error.strerror})",
            "Install ferqt again.",
        ) from error
    return files


def install(files: Mapping[Path, bytes]) -> bool:
    """Bring the user's folders up to date with `installed_files`.

    Returns:
        Whether anything had to be changed.

    Raises:
        OutputError: A folder cannot be written.
    """
    changed = [(path, data) for path, data in files.items() if _content(path) != data]
    for path, data in changed:
        write_whole(path, data)
    if changed:
        _tell_desktop()
    return bool(changed)


def remove(files: Mapping[Path, bytes]) -> bool:
    """Delete what `install` has put there; folders stay.

    Returns:
        Whether there was anything.

    Raises:
        OutputError: A file cannot be deleted.
    """
    present = [path for path in files if path.is_file()]
    for path in present:
        try:
            path.unlink()
        except OSError as error:
            raise OutputError(
                f"cannot delete {path}: {error.strerror}", "Check the folder's permissions."
            ) from error
    if present:
        _tell_desktop()
    return bool(present)


def entry_path() -> Path:
    """Return where the entry for the menu belongs."""
    return _data_home() / _ENTRY


def program_command() -> list[str]:
    """Return the command that starts this installation from anywhere."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sysconfig.get_path("scripts")) / "ferqt"
    if script.is_file():
        return [str(script)]
    return [sys.executable, str(Path(sys.argv[0]).resolve())]


def _data_home() -> Path:
    # The specification has relative paths ignored.
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".local" / "share"


def _with_command(entry: str, command: list[str]) -> str:
    words = " ".join(map(_quoted, command))
    return entry.replace(_EXEC, f"Exec={words} ")


def _quoted(word: str) -> str:
    """Quote one word of an Exec line, as the Desktop Entry Specification has it."""
    if re.fullmatch(r"[\w./+@:=-]+", word, flags=re.ASCII):
        return word
    escaped = re.sub(r'(["`$\\])', r"\\\1", word)
    # Every value is unescaped once more before its words are, and "%" begins a field code.
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _tell_desktop() -> None:
    """Have the desktop read the entries and icons anew; where it cannot be told, it finds out."""
    with suppress(OSError):
        # Its time of change is what the icon theme's readers look at.
        os.utime(_data_home() / _ICONS)
    program = shutil.which("update-desktop-database")
    if program is None:
        return
    try:
        ended = subprocess.run(
            [program, str(entry_path().parent)],
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.warning("the desktop database was not updated: %s", error)
        return
    if ended.returncode != 0:
        _log.warning("the desktop database was not updated: %r", ended.stderr)
