"""Paints a result at the size of the view, away from the GUI thread."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from ferqt.core.types import FrameResult, Image
from ferqt.outputs.overlay import Canvas, OverlayMemory, OverlayOptions, build_overlay
from ferqt.ui.overlay_painter import draw_overlay_on, measure_text, paint_overlay

USUAL_SIZE: Final = (960, 540)
"""Width and height in px at which a picture of 16:9 is comfortable."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to be painted, without the picture: that is large.

    Attributes:
        number: Of the result in its view.
        options: What is drawn over the picture.
        size: Of the picture on the screen, device px.
        ratio: Device px in one px of the window.
    """

    number: int
    options: OverlayOptions
    size: QSize
    ratio: float


class PicturePainter:
    """Paints pictures with their overlays, always into the same two.

    One is shown while the other is painted: who asks for the next picture has done with the one
    before the last. New memory for each picture costs as much again as the scaling, for the system
    clears it first.

    Any thread may call any method; one waits for the other.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._memory = OverlayMemory()
        self._canvases = (_Canvas(), _Canvas())
        self._turn = 0

    def paint(self, result: FrameResult, look: Look) -> QImage:
        """Return the scaled picture with its overlay; the call after the next paints over it.

        Raises:
            ValueError: The result is a light sample without its frame.
        """
        frame = result.frame
        if frame is None:
            raise ValueError("a light sample has no picture to show")
        size = look.size
        with self._lock:
            self._turn = 1 - self._turn
            canvas = self._canvases[self._turn]
            canvas.fill(frame.image, size, mirrored=look.options.mirrored)
            shapes = build_overlay(
                result,
                look.options,
                Canvas(size.width(), size.height(), look.ratio),
                measure_text,
                self._memory,
            )
            painter = QPainter(canvas.picture)
            paint_overlay(painter, shapes)
            painter.end()
        return canvas.picture

    def drawn_on(self, image: Image, result: FrameResult, options: OverlayOptions) -> Image:
        """Return a copy of a picture, RGB, with the overlay's names as they are shown."""
        with self._lock:
            return draw_overlay_on(image, result, options, self._memory)

    def forget(self) -> None:
        """Forget the faces, as for a new source."""
        # Not the lock: a picture of before may be in work, and nobody is to wait for it.
        self._memory = OverlayMemory()


class _Canvas:
    """A Qt picture and its pixels as an array."""

    def __init__(self) -> None:
        self.picture = QImage()
        self._small: NDArray[np.uint8] = np.empty((0, 0, 3), np.uint8)
        self._pixels: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)

    def fill(self, image: Image, size: QSize, *, mirrored: bool) -> None:
        """Bring a picture to a size."""
        import cv2

        width, height = size.width(), size.height()
        if size != self.picture.size():
            # RGB32 is 0xffRRGGBB in one machine word, so blue comes first in memory.
            self.picture = QImage(size, QImage.Format.Format_RGB32)
            pixels = np.frombuffer(self.picture.bits(), np.uint8)
            self._pixels = pixels.reshape(height, width, 4)
            self._small = np.empty((height, width, 3), np.uint8)
        # Bilinear sampling alone skips pixels when it shrinks by more than two, and shimmers.
        # Averages of two by two pixels come first: 5 ms for a 4K picture, where one step's
        # averaging takes 40.
        while image.shape[1] > 2 * width and image.shape[0] > 1:
            half = (image.shape[1] // 2, image.shape[0] // 2)
            even = image[: 2 * half[1], : 2 * half[0]]
            image = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
        cv2.resize(image, (width, height), self._small, interpolation=cv2.INTER_LINEAR)
        if mirrored:
            cv2.flip(self._small, 1, self._small)
        cv2.cvtColor(self._small, cv2.COLOR_RGB2BGRA, self._pixels)
