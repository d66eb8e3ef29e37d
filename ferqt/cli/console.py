"""Standard output and standard error: what ferqt says there, and what libraries may not."""

import io
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ferqt.errors import FerqtError, UsageError
from ferqt.log import log_file

_log = logging.getLogger(__name__)

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130
"""What a shell reports for a program that Ctrl+C ended."""
EXIT_BROKEN_PIPE: Final = 141
"""What a shell reports for a program whose reader went away."""


def report(message: str, hint: str = "") -> None:
    """Write one line on standard error, `ferqt: what failed: value. hint`."""
    if sys.stderr is None:
        return
    text = f"ferqt: {message}. {hint}" if hint else f"ferqt: {message}"
    # A message that quotes a name with a line feed in it must stay one line.
    print(" ".join(text.split()), file=sys.stderr)


def report_error(error: FerqtError) -> int:
    """Write an error's one line on standard error.

    Returns:
        The exit code for it: 2 for wrong usage, else 1.
    """
    report(error.message, error.hint)
    return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED


def report_unexpected(error: Exception) -> int:
    """Log what nobody expected with its traceback, and write one line on standard error.

    Returns:
        The exit code for it.
    """
    _log.error("unexpected failure", exc_info=error)
    where = log_file()
    hint = f"The details are in {where}." if where else ""
    report(f"unexpected failure: {type(error).__name__}: {error}", hint)
    return EXIT_FAILED


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of a table, the first one its headings, with every column as wide as needed."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def forgive_odd_names() -> None:
    """Let standard output show names that its encoding does not have, as escapes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def flush_output() -> None:
    """Send what was printed on its way, so that a reader who went away is noticed here."""
    if sys.stdout is not None:
        sys.stdout.flush()
