"""What is not finished yet, and its removal when the program that made it was killed.

What is written under a name of its own until it is whole stands in a list of its process, which
lies in the cache folder and is locked while the process lives. The next start finds the lists that
nobody holds any more and removes what they name, so nothing that another program works at is lost.
"""

import contextlib
import logging
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ferqt.paths import cache_dir, make_folder

_log = logging.getLogger(__name__)

_FOLDER: Final = "unfinished"
_SUFFIX: Final = ".list"
_BEGUN: Final = b"+"
_ENDED: Final = b"-"
_AFTER: Final = b"\0"
_MOST_BYTES: Final = 1 << 24
_MOST_LETTERS: Final = 60
"""Of the final name in that of a draft; file systems take names of 255 bytes."""


def draft_of(path: Path) -> Path:
    """Return a path beside a file that nobody else uses, for what will become that file."""
    return path.with_name(f".{path.name[:_MOST_LETTERS]}.{_token()}.part")


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """Give a path beside a file that takes its place when the block ends without an error.

    Whatever else happens, nothing of it stays behind.

    Args:
        path: The file; its folder has to be there.

    Raises:
        OSError: The draft cannot be put in its place.
    """
    part = draft_of(path)
    with noted(part):
        try:
            yield part
            part.replace(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def noted(*paths: Path) -> Iterator[None]:
    """Let the next start remove files or folders if this process dies within the block.

    Whoever makes them takes them away or renames them before it ends. Any thread.

    Args:
        paths: Their names begin with a dot; others are never removed.
    """
    note_begun(paths)
    try:
        yield
    finally:
        note_ended(paths)


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a folder that is gone with all that is in it when the block ends, or at the next start.

    Args:
        parent: Where; it has to be there.
        prefix: Beginning of its name, a dot first.

    Raises:
        OSError: It cannot be made.
    """
    folder = parent / f"{prefix}{_token()}"
    with noted(folder):
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def note_begun(paths: Iterable[Path]) -> None:
    """Write down what is begun now; without a list that can be written, nothing happens."""
    _own.write(_BEGUN, paths)


def note_ended(paths: Iterable[Path]) -> None:
    """Write down what is no longer there under this name."""
    _own.write(_ENDED, paths)


def remove_unfinished() -> int:
    """Remove what programs that are dead have left, and return how many files and folders.

    Any program may do so at any time; several at once do no harm.
    """
    removed = 0
    for path in sorted(_folder().glob(f"*{_SUFFIX}")):
        try:
            with path.open("rb") as file:
                if not _lock(file.fileno()):
                    continue
                left = _left(file.read(_MOST_BYTES))
                removed += sum(_remove(one) for one in left)
                path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("what was left unfinished stays for now: %s: %s", path, error)
    return removed


class _List:
    """The list of this process: there while anything is unfinished."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._path: Path | None = None
        self._file = -1
        self._open: set[bytes] = set()

    def write(self, mark: bytes, paths: Iterable[Path]) -> None:
        named = [os.fsencode(path.absolute()) for path in paths]
        with self._guard:
            try:
                if self._path is None and mark == _BEGUN:
                    self._begin()
                if self._path is not None:
                    os.write(self._file, b"".join(mark + one + _AFTER for one in named))
            except OSError as error:
                _log.warning("what is unfinished cannot be written down: %s", error)
            if mark == _BEGUN:
                self._open.update(named)
            else:
                self._open.difference_update(named)
            if not self._open:
                self._end()

    def _begin(self) -> None:
        folder = _folder()
        make_folder(folder)
        path = folder / f"{os.getpid()}-{_token()}{_SUFFIX}"
        # Under another name until it is locked: nobody may take it for a dead one's.
        young = path.with_suffix(".new")
        file = os.open(young, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        if not _lock(file):
            os.close(file)
            young.unlink(missing_ok=True)
            return
        young.replace(path)
        self._path, self._file = path, file

    def _end(self) -> None:
        path, self._path = self._path, None
        if path is not None:
            os.close(self._file)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


_own: Final = _List()


def _token() -> str:
    # The module secrets does the same and takes some milliseconds to import.
    return os.urandom(6).hex()


def _folder() -> Path:
    return cache_dir() / _FOLDER


def _left(written: bytes) -> list[Path]:
    """What stands in a list without its end; half an entry is none."""
    left: dict[Path, None] = {}
    for entry in written.split(_AFTER)[:-1]:
        path = Path(os.fsdecode(entry[1:]))
        if entry[:1] == _BEGUN:
            left[path] = None
        else:
            left.pop(path, None)
    return [path for path in left if path.is_absolute() and path.name.startswith(".")]


def _remove(path: Path) -> int:
    """Remove a file or a folder; 1 if it was there."""
    if not path.is_symlink() and path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return 1
    try:
        path.unlink()
    except FileNotFoundError:
        return 0
    return 1


if sys.platform == "win32":
    import msvcrt

    _LOCK_AT: Final = 1 << 30
    """Windows lets nobody read a stretch that is locked: this one lies behind all that is read."""

    def _lock(file: int) -> bool:
        """Lock an open file for this process until it is closed; False if another one has it."""
        os.lseek(file, _LOCK_AT, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        """Lock an open file for this process until it is closed; False if another one has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
