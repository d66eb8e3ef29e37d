"""Renders the icons for desktops that draw no SVG, from `resources/icons/ferqt.svg`.

    python scripts/desktop_icons.py

Run it after a change of the drawing; a test compares them.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "icons" / "ferqt.svg"
FOLDER = ROOT / "resources" / "desktop"
SIDES = (48, 128, 256)


def main() -> int:
    """Write all sizes; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    for side in SIDES:
        path = FOLDER / f"ferqt-{side}.png"
        path.write_bytes(rendered(side))
        print(path)
    application.quit()
    return 0


def rendered(side: int) -> bytes:
    """Return the drawing as PNG of `side` x `side` px; needs a Qt application."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs know names as bytes
    return bytes(data.data())


if __name__ == "__main__":
    sys.exit(main())
