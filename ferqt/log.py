"""Logging: one rotating file for the program; the screen gets sentences, the file gets tracebacks.

Levels: DEBUG for developers, INFO for what the user did and what was opened, WARNING for what ferqt
could work around, ERROR for what failed in front of the user.
"""

import logging
import logging.handlers
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ferqt.log_memory import log_memory
from ferqt.paths import log_dir

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_MAX_BYTES = 2_000_000
_KEEP = 3


def log_file() -> Path | None:
    """Return the file that records go to, None when there is none."""
    for handler in logging.getLogger("ferqt").handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename)
    return None


def start_logging(level: int = logging.INFO) -> None:
    """Send the records of `ferqt` to the log file, and keep the newest in memory.

    What Python's libraries warn of goes there, too: of a damaged picture, it reads like a fault.
    When the file's folder cannot be written, the program runs without one.
    """
    logger = logging.getLogger("ferqt")
    logger.setLevel(level)
    logger.propagate = False
    logging.captureWarnings(capture=True)
    warned = logging.getLogger("py.warnings")
    warned.propagate = False
    log_memory()
    path = log_dir() / "ferqt.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=_KEEP, encoding="utf-8"
        )
    except OSError:
        logger.addHandler(logging.NullHandler())
        warned.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    warned.addHandler(handler)


def _open_native_log() -> int:
    """Open the file for what native libraries write, emptied at every start.

    Returns:
        A file descriptor; that of the null device when the folder cannot be written.
    """
    path = log_dir() / "native.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Send what native libraries write on standard error to a file beside the log.

    MediaPipe, LiteRT and FFmpeg write progress chatter from C++ straight to file descriptor 2, and
    so does whatever ends a process from there. Meanwhile `sys.stderr` leads to where the descriptor
    led before, so that ferqt's own lines and Python's arrive as ever.
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
        try:
            yield
        finally:
            own.flush()
            sys.stderr = usual
            os.dup2(screen, 2)
