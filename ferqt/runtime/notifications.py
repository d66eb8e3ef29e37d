"""Turns what went wrong into a sentence for the window and a traceback for the log."""

import logging

from ferqt.core.types import Notice, Severity
from ferqt.errors import FerqtError
from ferqt.sources.base import Connection
from ferqt.texts import N

_log = logging.getLogger(__name__)


def notice_of(error: Exception, title: str) -> Notice:
    """Log an exception once, at a thread's boundary, and make the notice that the user sees.

    Args:
        error: What was caught.
        title: What could not be done, one short clause.
    """
    if isinstance(error, FerqtError):
        _log.warning("%s: %s", title, error, exc_info=error)
        return Notice(Severity.ERROR, title, error.message, error.hint)
    _log.error("%s: unexpected %s", title, type(error).__name__, exc_info=error)
    return Notice(
        Severity.ERROR,
        title,
        f"an unexpected {type(error).__name__}: {error}",
        N("Notices", "The log file has the details."),
    )


def connection_notice(title: str, news: Connection) -> Notice:
    """Return what the user sees when a camera or stream was lost or is back.

    The words are the same each time, so that an outage that repeats is counted and not listed.

    Args:
        title: Name of the source.
        news: What happened.
    """
    if news is Connection.BACK:
        return Notice(Severity.INFO, N("Notices", "The picture is back"), title)
    return Notice(
        Severity.WARNING,
        N("Notices", "The connection was lost"),
        title,
        N("Notices", "It is tried again for a minute. A recording goes on when it is back."),
    )
