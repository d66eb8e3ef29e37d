"""Data sets of picture files, in a folder or a .zip as downloaded, read one picture at a time."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, overload

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from ferqt.errors import FerqtError
from training.datasets.base import Images, Source

Place = Path | zipfile.Path
"""A file or folder on disk or inside a .zip."""

PICTURE_SUFFIXES: Final = frozenset(
    {".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp"}
)
"""Endings that make a file a picture, lower case; other files are passed over."""

_MAX_SIDE: Final = 4096
_MAX_BYTES: Final = 64_000_000
"""Bounds on one picture: data sets come from strangers, and a face needs no more."""

_GRAY_MODES: Final = frozenset({"1", "L", "LA"})


@dataclass(frozen=True, slots=True)
class LabeledPicture:
    """What an importer knows of a picture before reading it.

    Attributes:
        file: Where it is.
        name: Its place in the data set, for errors and hashes, as "train/fear/a.png".
        label: Index into `EMOTIONS`.
        part: One of `PARTS`, or "" where the authors give none.
        subject: Name of the person, or "" where not known.
    """

    file: Place
    name: str
    label: int
    part: str = ""
    subject: str = ""


class PictureFiles(Sequence[Images]):
    """Pictures that are read anew at each access, so that a data set need not fit into memory.

    Args:
        files: Where they are.
    """

    def __init__(self, files: Sequence[Place]) -> None:
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, index: int) -> Images: ...

    @overload
    def __getitem__(self, index: slice) -> "PictureFiles": ...

    def __getitem__(self, index: int | slice) -> "Images | PictureFiles":
        """Read a picture as `read_picture` does, or choose some without reading them."""
        if isinstance(index, slice):
            return PictureFiles(self._files[index])
        return read_picture(self._files[index])


def open_place(path: Path) -> Place:
    """Open a data set's folder or .zip.

    Raises:
        FerqtError: Nothing is there, or it is neither.
    """
    if path.is_dir():
        return path
    if not path.exists():
        raise FerqtError(f"there is no {path}", "Check the path.")
    try:
        return zipfile.Path(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise FerqtError(
            f"{path} is neither a folder nor a .zip file", "Give the data set as downloaded."
        ) from error


def folders_in(place: Place) -> list[Place]:
    """The folders in a folder by name, without hidden ones and what macOS adds to archives."""
    folders = [each for each in place.iterdir() if each.is_dir()]
    shown = [each for each in folders if not each.name.startswith((".", "__MACOSX"))]
    return sorted(shown, key=lambda folder: folder.name)


def pictures_in(place: Place) -> list[Place]:
    """The picture files in a folder by name.

    Raises:
        FerqtError: There are none.
    """
    pictures = [
        each
        for each in place.iterdir()
        if not each.name.startswith(".") and Path(each.name).suffix.lower() in PICTURE_SUFFIXES
    ]
    if not pictures:
        raise FerqtError(f"there are no pictures in {place}", "Remove the folder or fill it.")
    return sorted(pictures, key=lambda picture: picture.name)


def read_picture(file: Place) -> Images:
    """Read a picture file upright and with 8 bits a channel.

    Returns:
        uint8 H x W for a gray picture, else H x W x 3 RGB.

    Raises:
        FerqtError: The file is missing, no picture, cut off, or too large; the message names it.
    """
    content = read_bytes(file, _MAX_BYTES)
    try:
        with PillowImage.open(io.BytesIO(content)) as picture:
            if max(picture.size) > _MAX_SIDE:
                width, height = picture.size
                raise FerqtError(
                    f"{file} has {width} x {height} px",
                    f"Pictures cut to one face have at most {_MAX_SIDE} px a side.",
                )
            return _eight_bits(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError as error:
        raise FerqtError(f"{file} is not a picture", "Remove it from the data set.") from error
    # Pillow's readers raise these and more for damaged files: SyntaxError (PNG), struct.error and
    # EOFError (TIFF), ValueError.
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        ArithmeticError,
        LookupError,
        PillowImage.DecompressionBombError,
    ) as error:
        raise FerqtError(
            f"{file} is damaged or cut off", "Copy it again, or remove it from the data set."
        ) from error


def read_bytes(file: Place, limit: int) -> bytes:
    """Read a file, on disk or in a .zip.

    Raises:
        FerqtError: It cannot be read, or has more bytes than the limit.
    """
    try:
        with file.open("rb") as stream:
            content: bytes = stream.read(limit + 1)
    # RuntimeError is how zipfile asks for a password.
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError) as error:
        raise FerqtError(f"cannot read {file}: {error}", "Unpack or copy it again.") from error
    if len(content) > limit:
        raise FerqtError(f"{file} has more than {limit} bytes", "Check the data set.")
    return content


def source_of(
    dataset_id: str,
    pictures: Sequence[LabeledPicture],
    *,
    split_names: Mapping[str, str],
    crop: AlignedCrop | BoxCrop,
    licence: str,
    dropped: Mapping[str, int],
) -> Source:
    """Make a data set of picture files; see `Source` for what the arguments mean."""
    return Source(
        id=dataset_id,
        images=PictureFiles([picture.file for picture in pictures]),
        labels=np.array([picture.label for picture in pictures], dtype=np.int64),
        votes=None,
        parts=np.array([picture.part for picture in pictures], dtype=np.str_),
        subjects=np.array([picture.subject for picture in pictures], dtype=np.str_),
        names=np.array([picture.name for picture in pictures], dtype=np.str_),
        split_names=split_names,
        crop=crop,
        licence=licence,
        dropped=dropped,
    )


def _eight_bits(picture: PillowImage.Image) -> Images:
    if picture.mode.startswith("I"):
        # Sixteen bits of gray, which Pillow alone would clip to white.
        return np.rint(np.asarray(picture, dtype=np.float64).clip(0, 65535) / 257).astype(np.uint8)
    mode = "L" if picture.mode in _GRAY_MODES else "RGB"
    return np.array(picture.convert(mode), dtype=np.uint8, order="C")
