"""Still pictures: one file, or a folder stepped through in natural order."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError

from ferqt.core.timing import SessionClock
from ferqt.core.types import Frame, Image
from ferqt.errors import SourceError
from ferqt.sources.base import Losses, SourceInfo, SourceKind
from ferqt.sources.lifecycle import InterruptibleSource
from ferqt.sources.limits import check_picture_size

_log = logging.getLogger(__name__)

PICTURE_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif", ".ppm"}
    | {".pgm", ".pnm"}
)
"""Endings that make a file a picture, lower case."""

_WHITE: Final = (255, 255, 255, 255)


def read_picture(path: Path) -> Image:
    """Read a picture file as upright RGB, whatever its mode; an animation's first picture.

    Returns:
        uint8 H x W x 3, RGB. Transparent pixels lie on white.

    Raises:
        SourceError: The file is missing, empty, no picture, too large or cut off.
    """
    failure = f"cannot open '{path}'"
    try:
        with PillowImage.open(path) as picture:
            check_picture_size(picture.width, picture.height, failure)
            return _to_rgb(ImageOps.exif_transpose(picture))
    except FileNotFoundError as error:
        raise SourceError(f"{failure}: there is no such file", "Check the path.") from error
    except PermissionError as error:
        raise SourceError(
            f"{failure}: reading it is not permitted", "Check the file's permissions."
        ) from error
    except PillowImage.DecompressionBombError as error:
        raise SourceError(
            f"{failure}: its picture is too large", "Make it smaller with a picture editor."
        ) from error
    except UnidentifiedImageError as error:
        raise SourceError(
            f"{failure}: {_why_unknown(path)}", "Choose a JPEG, PNG, TIFF, WebP, BMP or GIF file."
        ) from error
    # Pillow's readers raise these and more for damaged files: SyntaxError (PNG), struct.error and
    # EOFError (TIFF), ValueError.
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError) as error:
        raise SourceError(
            f"{failure}: the picture is damaged or cut off", "Copy or export it again."
        ) from error


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key that puts "img2" before "img10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p]


class PicturesSource(InterruptibleSource):
    """A picture, or the pictures of a folder: frames without media time, numbered from 0.

    The folder's pictures are not a film; whoever shows them sets the pace. Session time goes on by
    a second a picture, so that two runs are equal. In a folder, a picture that cannot be read is
    passed over and noted in `losses`; the numbers of the others do not change.

    Opened, read, sought and closed in one thread.

    Args:
        path: A picture file or a folder (its own files only, not those of folders in it).

    Raises:
        SourceError: The path is missing, the folder holds no pictures, the picture is unreadable.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        location = Path(path).absolute()
        self._skipped: list[tuple[str, str]] = []
        self._is_folder = location.is_dir()
        self._paths = _pictures_of(location) if self._is_folder else [Path(path)]
        self._next = 0
        self._clock = SessionClock()
        self._kept: Image | None = None
        width, height = 0, 0
        if not self._is_folder:
            self._kept = read_picture(self._paths[0])
            height, width = self._kept.shape[:2]
        self._info = SourceInfo(
            kind=SourceKind.IMAGES,
            title=location.name or str(location),
            location=str(location),
            width=width,
            height=height,
            frame_count=len(self._paths),
            seekable=True,
            variable_frame_rate=None,
        )

    @property
    def info(self) -> SourceInfo:
        """What is known; a folder's pictures may differ in size, so it states none."""
        return self._info

    @property
    def losses(self) -> Losses:
        """Pictures of a folder, passed so far, that could not be read."""
        return Losses(skipped=tuple(self._skipped))

    def frames(self) -> Iterator[Frame]:
        """Yield the pictures from the present position on."""
        while self._next < len(self._paths) and not self._interrupted.is_set():
            number = self._next
            self._next += 1
            image = self._read(number)
            if image is not None:
                name = self._paths[number].name
                yield Frame(image, number, None, self._clock.stamp(float(number)), name)

    def seek(self, media_time: float) -> None:
        """Go to the first picture for 0 s and before, else to the last: pictures have no time."""
        self.seek_frame(0 if media_time <= 0 else len(self._paths) - 1)

    def seek_frame(self, index: int) -> None:
        """Make the picture with this number the next one."""
        self._next = min(max(index, 0), len(self._paths) - 1)

    def close(self) -> None:
        """Forget the picture that was read; harmless when repeated."""
        self._kept = None
        self._next = len(self._paths)

    def _read(self, number: int) -> Image | None:
        if not self._is_folder:
            # Read once: it is the same file each time it is stepped to.
            return self._kept
        path = self._paths[number]
        try:
            return read_picture(path)
        except SourceError as error:
            _log.warning("%s", error.message)
            note = (path.name, error.message)
            if note not in self._skipped:
                self._skipped.append(note)
            return None


def _pictures_of(folder: Path) -> list[Path]:
    try:
        paths = [
            path
            for path in folder.iterdir()
            if path.suffix.lower() in PICTURE_SUFFIXES
            and not path.name.startswith(".")
            and path.is_file()
        ]
    except OSError as error:
        raise SourceError(
            f"cannot open the folder '{folder}': reading it is not permitted",
            "Check the folder's permissions.",
        ) from error
    if not paths:
        raise SourceError(
            f"cannot open the folder '{folder}': there are no pictures in it",
            "Choose a folder with JPEG, PNG, TIFF, WebP, BMP or GIF files.",
        )
    return sorted(paths, key=lambda path: (natural_order(path.name), path.name))


def _to_rgb(picture: PillowImage.Image) -> Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        return _gray_to_rgb(np.asarray(picture, dtype=np.float64), picture.mode)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = PillowImage.new("RGBA", picture.size, _WHITE)
        picture = PillowImage.alpha_composite(ground, picture)
    return np.array(picture.convert("RGB"), dtype=np.uint8, order="C")


def _gray_to_rgb(values: np.ndarray, mode: str) -> Image:
    """Bring 16-bit and floating-point gray to 8 bit; Pillow alone would clip them to white."""
    if mode == "F" and values.size and np.nanmax(values) <= 1:
        values = values * 255
    elif mode != "F":
        values = values / 257
    gray = np.clip(np.nan_to_num(np.rint(values)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(gray[..., np.newaxis], 3, axis=2))


def _why_unknown(path: Path) -> str:
    return "the file is empty" if path.stat().st_size == 0 else "it is not a picture"
