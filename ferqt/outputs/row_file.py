"""A file that grows by whole pieces: what was added is on disk at once, or not there at all."""

import errno
from contextlib import suppress
from pathlib import Path

from ferqt.errors import OutputError


class RowFile:
    """Appends bytes without a buffer in this process, each piece entirely or not at all.

    Used by one thread.

    Args:
        path: File to begin; its folder must be there.
        overwrite: Replace an older file; otherwise one is never touched.

    Raises:
        OutputError: The file is there already or cannot be written.
    """

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        self._path = path
        self._whole = 0
        try:
            self._file = path.open("wb" if overwrite else "xb", buffering=0)
        except FileExistsError as error:
            raise OutputError(
                f"results are there already: '{path}'",
                "Choose another folder, or overwrite them.",
            ) from error
        except OSError as error:
            raise self._explained(error) from error

    def append(self, piece: bytes) -> None:
        """Add a piece.

        Raises:
            OutputError: The disk is full or gone; the file ends with the piece before.
        """
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            with suppress(OSError):
                self._file.truncate(self._whole)
                self._file.seek(self._whole)
            raise self._explained(error) from error
        self._whole += len(piece)

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._file.close()

    def discard(self) -> None:
        """Close the file and take it away, so that it can be begun once more."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink()

    def _explained(self, error: OSError) -> OutputError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return OutputError(
                f"no room left to write '{self._path}'", "Free some space on that disk."
            )
        return OutputError(
            f"cannot write '{self._path}': {error.strerror or error}",
            "Choose a folder that you may write to.",
        )
