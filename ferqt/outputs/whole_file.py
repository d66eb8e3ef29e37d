"""Writes a file whole or not at all."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ferqt.drafts import draft
from ferqt.errors import OutputError
from ferqt.paths import make_folder


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
        make_folder(path.parent)
    except OSError as error:
        raise _explain(path, error) from error
    try:
        with draft(path) as part:
            with part.open("xb") as file:
                yield file
            if not replace:
                # Whoever creates the name owns it; a rename would quietly replace another's file.
                path.touch(exist_ok=False)
    except FileExistsError:
        raise
    except OSError as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: OSError) -> OutputError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(f"no room left to write {path}", "Free some space on that disk.")
    reason = error.strerror or str(error)
    return OutputError(f"cannot write {path}: {reason}", "Choose a folder that you may write to.")
