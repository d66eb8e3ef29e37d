"""Pictures on the clipboard, for programs that paste pixels and for those that paste PNG files."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from ferqt.core.types import Image


@dataclass(frozen=True, slots=True)
class ClipboardPicture:
    """A picture made ready for the clipboard.

    Attributes:
        png: The bytes of its PNG file, with what the picture says about itself.
        image: Its pixels.
    """

    png: QByteArray
    image: QImage


def clipboard_picture(png: bytes, pixels: Image) -> ClipboardPicture:
    """Make a picture ready for the clipboard; takes some ms, so call it off the GUI thread.

    Args:
        png: The bytes of its PNG file.
        pixels: The same, H x W x 3 RGB.
    """
    return ClipboardPicture(QByteArray(png), image_of(pixels))


def image_of(pixels: Image) -> QImage:
    """Return a picture, H x W x 3 RGB, as Qt's own with memory of its own; any thread."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # Converting gives it memory of its own, and a form that is painted without converting again.
    return shared.convertToFormat(QImage.Format.Format_RGB32)


def copy_picture(picture: ClipboardPicture) -> None:
    """Put a picture on the clipboard; GUI thread.

    With the file's bytes beside the pixels, Qt need not compress when another program pastes, and
    the readings travel along.
    """
    content = QMimeData()
    content.setData("image/png", picture.png)
    content.setImageData(picture.image)
    QGuiApplication.clipboard().setMimeData(content)
