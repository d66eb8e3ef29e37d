"""A growing MP4 file that is cut back to its last whole box when the disk is full."""

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final

from ferqt.core.closing import Closing

_HEADER: Final = 8
_LONG_HEADER: Final = 16


class BoxFile(Closing):
    """What FFmpeg's MP4 writer writes to, straight to disk.

    MP4 is a row of boxes, each with its length in front. Half a box at the end is what players
    stumble over.

    Used by one thread.

    Args:
        path: File to begin; one that is there is never touched.

    Raises:
        OSError: The file is there already or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb+", buffering=0)

    def write(self, piece: bytes) -> int:
        """Write all of a piece at the present place.

        Raises:
            OSError: The disk is full or gone.
        """
        rest = memoryview(piece)
        while rest:
            rest = rest[self._file.write(rest) :]
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place and return it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the present place."""
        return self._file.tell()

    def cut_back(self) -> None:
        """Leave only whole boxes; a disk that is gone is left alone."""
        with suppress(OSError):
            self._file.truncate(self._whole())

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()

    def _whole(self) -> int:
        """Return the number of bytes up to the end of the last whole box."""
        size = self._file.seek(0, os.SEEK_END)
        begin = 0
        while begin + _HEADER <= size:
            self._file.seek(begin)
            header = self._file.read(_LONG_HEADER)
            (length,) = struct.unpack_from(">I", header)
            if length == 1 and len(header) == _LONG_HEADER:
                (length,) = struct.unpack_from(">Q", header, _HEADER)
            if length < _HEADER or begin + length > size:
                break
            begin += length
        return begin
