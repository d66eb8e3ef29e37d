"""Reads PNG files that may come from anywhere: sizes are judged before memory is spent on them."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from ferqt.core.types import Image
from ferqt.errors import OutputError

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MAX_SIDE: Final = 16_384
_MAX_PIXELS: Final = 89_000_000
"""No source of ferqt gives larger pictures, and Pillow takes larger ones for an attack."""

_MAX_BYTES: Final = 300_000_000
"""Of a file whose pixels are read: the largest picture as RGB that could not be compressed."""

_MAX_CHUNKS: Final = 1_000
"""Before the pixels; programs write ten or twenty."""

_MAX_TEXT: Final = 4_000_000
"""Bytes of all texts together; the readings of a thousand faces take 1.5 MB."""


@dataclass(frozen=True, slots=True)
class PngHead:
    """What a PNG file says before its pixels.

    Attributes:
        width: Width in px.
        height: Height in px.
        texts: Its texts by key, those that are not compressed.
    """

    width: int
    height: int
    texts: dict[str, str]


def read_head(path: Path) -> PngHead:
    """Return size and texts of a PNG file without touching its pixels, in a fraction of a ms.

    Texts behind the pixels are not seen: ferqt writes its own before them.

    Raises:
        OutputError: The file cannot be read, is no PNG, is damaged, or its picture is too large.
    """
    try:
        with path.open("rb") as file:
            head = _scan(file)
    except (OSError, ValueError) as error:
        raise _refuse(path, error) from error
    if max(head.width, head.height) > _MAX_SIDE or head.width * head.height > _MAX_PIXELS:
        reason = ValueError(f"its picture of {head.width} x {head.height} px is too large")
        raise _refuse(path, reason)
    return head


def read_pixels(path: Path, longest: int) -> Image:
    """Return a PNG file's picture, H x W x 3 RGB, made smaller if a side is over a bound.

    Takes a while for large pictures: call it off the GUI thread.

    Args:
        path: The file.
        longest: Bound of the longer side in px.

    Raises:
        OutputError: The file cannot be read, is damaged, or its picture is too large.
    """
    head = read_head(path)
    try:
        return _decode(path, (head.width, head.height), longest)
    except MemoryError as error:
        raise _refuse(path, ValueError("it needs more memory than is free")) from error
    except Exception as error:  # Pillow's reader raises anything that Python has for damaged files.
        raise _refuse(path, error) from error


def _decode(path: Path, stated: tuple[int, int], longest: int) -> Image:
    from PIL import Image as PillowImage

    size = path.stat().st_size
    if size > _MAX_BYTES:
        raise ValueError(f"its {size:,} bytes are too many")
    with PillowImage.open(path, formats=["PNG"]) as picture:
        if picture.size != stated:
            # A second head would bring other sizes past the bounds.
            raise ValueError("it states two sizes")
        if longest < max(picture.size):
            # Averaging first and filtering then costs a tenth of a filter over all pixels.
            picture.thumbnail((longest, longest), reducing_gap=2.0)
        return np.array(picture.convert("RGB"), np.uint8)


def _scan(file: BinaryIO) -> PngHead:
    if file.read(len(_SIGNATURE)) != _SIGNATURE:
        raise ValueError("it is not a PNG picture")
    kind, length = _next_chunk(file)
    if kind != b"IHDR" or length != 13:
        raise ValueError("it does not begin as a PNG picture does")
    width, height = struct.unpack(">II", _body(file, kind, length)[:8])
    if not (width and height):
        raise ValueError("its picture has no pixels")
    texts: dict[str, str] = {}
    room = _MAX_TEXT
    for _ in range(_MAX_CHUNKS):
        kind, length = _next_chunk(file)
        if kind in (b"IDAT", b"IEND"):
            return PngHead(width, height, texts)
        if kind in _TEXT_READERS and length <= room:
            room -= length
            texts.update(_TEXT_READERS[kind](_body(file, kind, length)))
        else:
            file.seek(length + 4, 1)
    raise ValueError(f"more than {_MAX_CHUNKS} blocks stand before its pixels")


def _next_chunk(file: BinaryIO) -> tuple[bytes, int]:
    """Return kind and length of the block that begins here."""
    start = file.read(8)
    if len(start) < 8:
        raise ValueError("its end is missing")
    return start[4:], int.from_bytes(start[:4])


def _body(file: BinaryIO, kind: bytes, length: int) -> bytes:
    body, check = file.read(length), file.read(4)
    if len(check) < 4:
        raise ValueError("its end is missing")
    if zlib.crc32(kind + body) != int.from_bytes(check):
        raise ValueError("it is damaged")
    return body


def _plain_text(body: bytes) -> dict[str, str]:
    """Read a tEXt block (PNG specification 11.3.3.2): key, 0, text in Latin-1."""
    key, _, text = body.partition(b"\0")
    return {key.decode("latin-1"): text.decode("latin-1")}


def _international_text(body: bytes) -> dict[str, str]:
    """Read an iTXt block (11.3.3.4): key, 0, compressed, method, language, 0, key, 0, UTF-8."""
    key, _, rest = body.partition(b"\0")
    if rest[:1] != b"\0":
        return {}
    _, _, rest = rest[2:].partition(b"\0")
    _, _, text = rest.partition(b"\0")
    return {key.decode("latin-1"): text.decode("utf-8")}


_TEXT_READERS: Final = {b"tEXt": _plain_text, b"iTXt": _international_text}


def _refuse(path: Path, error: Exception) -> OutputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return OutputError(f"cannot read the picture '{path}': {reason}", "It may be damaged.")
