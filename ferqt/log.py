"""Logging: one rotating file for the program; the screen gets sentences, the file gets tracebacks.

Levels: DEBUG for developers, INFO for what the user did and what was opened, WARNING for what ferqt
could work around, ERROR for what failed in front of the user.
"""

import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

from ferqt.log_memory import log_memory
from ferqt.paths import log_dir, make_folder

_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_MAX_BYTES: Final = 2_000_000
_KEEP: Final = 3
_MOST_TEXT: Final = 16_000
"""Letters of a record in the file; the middle of a longer one is left out."""

_NATIVE_BYTES: Final = 1_000_000
_NATIVE_KEPT: Final = 100_000
_NATIVE_LOOK_S: Final = 60.0


def log_file() -> Path | None:
    """Return the file that records go to, None when there is none."""
    for handler in logging.getLogger("ferqt").handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename)
    return None


def start_logging(level: int = logging.INFO) -> None:
    """Send the records of `ferqt` to the log file, and keep the newest in memory.

    What Python and Pillow warn of goes there, too: of a damaged picture, it reads like a fault.
    When the file's folder cannot be written, the program runs without one.
    """
    logger = logging.getLogger("ferqt")
    logger.setLevel(level)
    logger.propagate = False
    logging.captureWarnings(capture=True)
    warning = [logging.getLogger(name) for name in ("py.warnings", "PIL")]
    for one in warning:
        one.propagate = False
    log_memory()
    path = log_dir() / "ferqt.log"
    try:
        make_folder(path.parent)
        handler = _LogFile(path, maxBytes=_MAX_BYTES, backupCount=_KEEP, encoding="utf-8")
    except OSError:
        logger.addHandler(logging.NullHandler())
        for one in warning:
            one.addHandler(logging.NullHandler())
        return
    handler.setFormatter(_Bounded(_FORMAT))
    for one in (logger, *warning):
        one.addHandler(handler)


class _LogFile(logging.handlers.RotatingFileHandler):
    """The log file; a disk that is full, or a folder that is gone, costs its lines and no more."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Keep a traceback for each record off the screen; the window's log has the line."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class _Bounded(logging.Formatter):
    """Formats records so that none alone fills the file: messages may hold what a file says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's lines."""
        text = super().format(record)
        if len(text) <= _MOST_TEXT:
            return text
        # The begin says what it is about, the end of a traceback what went wrong.
        half = _MOST_TEXT // 2
        return f"{text[:half]}\n... {len(text) - 2 * half} letters left out ...\n{text[-half:]}"


def _open_native_log() -> int:
    """Open the file for what native libraries write, emptied at every start.

    Returns:
        A file descriptor; that of the null device when the folder cannot be written.
    """
    path = log_dir() / "native.log"
    try:
        make_folder(path.parent)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Send what native libraries write on standard error to a file beside the log.

    MediaPipe, LiteRT and FFmpeg write progress chatter from C++ straight to file descriptor 2, and
    so does whatever ends a process from there. Meanwhile `sys.stderr` leads to where the descriptor
    led before, so that ferqt's own lines and Python's arrive as ever. The file is looked at every
    minute and cut to its end when it has grown large.
    """
    usual = sys.stderr
    if usual is None:
        # Started with standard error closed: there is no screen to keep clean.
        yield
        return
    usual.flush()
    screen = os.dup(2)
    chatter = _open_native_log()
    os.dup2(chatter, 2)
    os.close(chatter)
    with os.fdopen(
        screen, "w", encoding=usual.encoding, errors="backslashreplace", buffering=1
    ) as own:
        sys.stderr = own
        done = Event()
        watch = Thread(target=_watch_native_log, args=(done,), name="ferqt-native-log", daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()
            own.flush()
            sys.stderr = usual
            os.dup2(screen, 2)


def _watch_native_log(done: Event) -> None:
    """Keep the file small until `done`; the thread's function."""
    while not done.wait(_NATIVE_LOOK_S):
        cut_native_log(2)


def cut_native_log(descriptor: int) -> None:
    """Leave only the end of a file that was opened to append and has grown large.

    Args:
        descriptor: Of the file; also while libraries write to it. Other things than files, as the
            null device, are left alone.
    """
    with suppress(OSError):
        size = os.fstat(descriptor).st_size
        if size <= _NATIVE_BYTES:
            return
        os.lseek(descriptor, size - _NATIVE_KEPT, os.SEEK_SET)
        end = os.read(descriptor, _NATIVE_KEPT)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, end)
