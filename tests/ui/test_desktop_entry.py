"""What a desktop is told of ferqt agrees with what ferqt does and shows."""

import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeDatabase
from PySide6.QtGui import QGuiApplication, QImage

from ferqt.paths import resources_dir
from ferqt.sources.images import PICTURE_SUFFIXES
from ferqt.ui import source_commands
from scripts import desktop_icons

ENTRY = resources_dir() / "desktop" / "ferqt.desktop"


def value_of(key: str) -> str:
    found = re.search(rf"^{key}=(.*)$", ENTRY.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_every_kind_of_file_that_can_be_opened_is_offered() -> None:
    types = set(value_of("MimeType").strip(";").split(";"))
    suffixes = set(source_commands._MEDIA.replace("*", "").split()) | PICTURE_SUFFIXES
    database = QMimeDatabase()
    missing = {
        suffix: names
        for suffix in sorted(suffixes)
        if not types
        & (
            names := {
                name
                for kind in database.mimeTypesForFileName(f"a{suffix}")
                for name in (kind.name(), *kind.aliases())
            }
        )
    }
    assert missing == {}


def test_windows_are_grouped_under_the_entry() -> None:
    program = (
        "from ferqt.ui.application import create_application; a = create_application(['x']); "
        "print(a.desktopFileName(), a.applicationName())"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    # Wayland knows a window by the first, X11 by the second.
    assert ended.stdout.split() == [ENTRY.stem, value_of("StartupWMClass")]


@pytest.mark.parametrize("side", desktop_icons.SIDES)
def test_the_pictures_of_the_icon_are_drawn_as_its_drawing(
    side: int, qapp: QGuiApplication
) -> None:
    shipped = QImage(str(desktop_icons.FOLDER / f"ferqt-{side}.png"))
    assert shipped == QImage.fromData(desktop_icons.rendered(side))
    assert shipped.width() == side
