"""Still pictures: one file, or a folder stepped through in natural order."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

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

_READERS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "DIB", "PPM", "AVIF")
"""What Pillow may take a file for, whatever its ending. Its reader of PostScript would start
Ghostscript, which runs the program that such a file is."""

_WHITE: Final = (255, 255, 255, 255)

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = MappingProxyType(
    {
        2: PillowImage.Transpose.FLIP_LEFT_RIGHT,
        3: PillowImage.Transpose.ROTATE_180,
        4: PillowImage.Transpose.FLIP_TOP_BOTTOM,
        5: PillowImage.Transpose.TRANSPOSE,
        6: PillowImage.Transpose.ROTATE_270,
        7: PillowImage.Transpose.TRANSVERSE,
        8: PillowImage.Transpose.ROTATE_90,
    }
)
"""What brings a picture upright, by the orientation that Exif states."""

_VIDEO_MARKS: Final = ((0, b"\x1aE\xdf\xa3"), (8, b"AVI "), (0, b"FLV"))
"""How videos begin, but for MP4: where, and with what."""

_PICTURE_BRANDS: Final = frozenset({b"avi", b"hei", b"hev", b"mif", b"msf"})
"""How the kinds of MP4 begin that hold pictures (AVIF, HEIC)."""


def read_picture(path: Path) -> Image:
    """Read a picture file as upright RGB, whatever its mode; an animation's first picture.

    Returns:
        uint8 H x W x 3, RGB. Transparent pixels lie on white.

    Raises:
        SourceError: The file is missing, empty, no picture, too large or cut off.
    """
    failure = f"cannot open '{path}'"
    try:
        with PillowImage.open(path, formats=_READERS) as picture:
            check_picture_size(picture.width, picture.height, failure)
            picture.load()
            return _to_rgb(_upright(picture))
    except SourceError:
        raise
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
        raise SourceError(f"{failure}: {_why_unknown(path)}", _hint_for_unknown(path)) from error
    except MemoryError as error:
        raise SourceError(
            f"{failure}: it needs more memory than is free",
            "Close other programs, or make the picture smaller with a picture editor.",
        ) from error
    except Exception as error:  # Pillow's readers raise anything that Python has for damaged files.
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


def _upright(picture: PillowImage.Image) -> PillowImage.Image:
    """Turn a picture as its Exif data asks; data that cannot be read asks for nothing."""
    try:
        turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception as error:  # noqa: BLE001 - damaged data raises anything; the picture is there
        _log.info("the Exif data of a picture cannot be read: %s", error)
        return picture
    return picture if turn is None else picture.transpose(turn)


def _to_rgb(picture: PillowImage.Image) -> Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        return _gray_to_rgb(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = PillowImage.new("RGBA", picture.size, _WHITE)
        picture = PillowImage.alpha_composite(ground, picture)
    return np.array(picture.convert("RGB"), dtype=np.uint8, order="C")


def _gray_to_rgb(picture: PillowImage.Image) -> Image:
    """Bring 16-bit and floating-point gray to 8 bit; Pillow alone would clip them to white."""
    values = np.array(picture, dtype=np.float32)
    if picture.mode == "F":
        np.nan_to_num(values, copy=False)
        if values.size and values.max() <= 1:
            values *= 255
    else:
        values /= 257
    # In place: of the largest pictures, each copy has 356 MB.
    np.clip(np.rint(values, out=values), 0, 255, out=values)
    gray = values.astype(np.uint8)
    return np.ascontiguousarray(np.repeat(gray[..., np.newaxis], 3, axis=2))


def _why_unknown(path: Path) -> str:
    if path.stat().st_size == 0:
        return "the file is empty"
    return "it is a video" if _is_video(path) else "it is not a picture"


def _hint_for_unknown(path: Path) -> str:
    if _is_video(path):
        return "Give it the ending of a video, such as .mp4."
    return "Choose a JPEG, PNG, TIFF, WebP, BMP or GIF file."


def _is_video(path: Path) -> bool:
    """Whether a file that is no picture begins like a video."""
    with path.open("rb") as file:
        head = file.read(16)
    if head[4:8] == b"ftyp":
        return head[8:11] not in _PICTURE_BRANDS
    return any(head.startswith(mark, place) for place, mark in _VIDEO_MARKS)
