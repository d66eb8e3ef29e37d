"""Writes a file whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ferqt.errors import OutputError


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file through a temporary one beside it, so that nobody ever sees half of it.

    Args:
        path: Where to; its folder is made if it is not there.
        data: What.
        replace: Put the file in the place of an older one; otherwise an existing file stays.

    Raises:
        OutputError: The folder cannot be written or the disk is full.
        FileExistsError: The file exists and `replace` is false.
    """
    with whole_file(path, replace=replace) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """Open a temporary file that takes the place of `path` when the block ends without an error.

    As `write_whole`, for what is too large to be made in memory first.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _explain(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        # Temporary files are born private; a picture is as open as any other new file.
        part.chmod(0o666 & ~umask())
        if not replace:
            # Whoever creates the name owns it; a rename alone would quietly replace another's file.
            path.touch(exist_ok=False)
        part.replace(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise _explain(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def umask() -> int:
    """Return which rights new files of this process do not get."""
    # It can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _explain(path: Path, error: OSError) -> OutputError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(f"no room left to write {path}", "Free some space on that disk.")
    reason = error.strerror or str(error)
    return OutputError(f"cannot write {path}: {reason}", "Choose a folder that you may write to.")
