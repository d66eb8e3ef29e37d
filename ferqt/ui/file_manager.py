"""Shows files and folders in the desktop's file manager."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_MOST_SELECTED: Final = 50
"""Files that one call asks to be selected: a command line has an end."""

_PATIENCE_S: Final = 5.0


def open_folder(folder: Path) -> None:
    """Open a folder, or the nearest one above that exists."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def select_files(paths: Sequence[Path]) -> bool:
    """Have the file manager open the folder of some files with the files selected.

    Waits for another program: call it off the GUI thread.

    Args:
        paths: Files of one folder, at least one.

    Returns:
        False where the desktop cannot do that; `open_folder` can then.
    """
    program, *arguments = _command(paths[:_MOST_SELECTED])
    found = shutil.which(program)
    if found is None:
        return False
    try:
        ended = subprocess.run(
            [found, *arguments], timeout=_PATIENCE_S, capture_output=True, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    # Windows' file manager ends with 1 when all is well.
    return ended.returncode == 0 or sys.platform == "win32"


def _command(paths: Sequence[Path]) -> list[str]:
    if sys.platform == "win32":
        return ["explorer", f"/select,{paths[0]}"]
    if sys.platform == "darwin":
        return ["open", "-R", *map(str, paths)]
    # https://www.freedesktop.org/wiki/Specifications/file-manager-interface/
    return [
        "dbus-send",
        "--session",
        "--print-reply",
        f"--reply-timeout={1000 * _PATIENCE_S:.0f}",
        "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{','.join(map(_address, paths))}",
        "string:",
    ]


def _address(path: Path) -> str:
    # A comma would end the entry of the list.
    return path.absolute().as_uri().replace(",", "%2C")
