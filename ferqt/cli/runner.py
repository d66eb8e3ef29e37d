"""Runs a headless command and turns every way in which it can end into an exit code."""

import argparse
import logging
import os
import sys

from ferqt.cli.commands import COMMANDS
from ferqt.cli.console import (
    EXIT_BROKEN_PIPE,
    EXIT_INTERRUPTED,
    flush_output,
    forgive_odd_names,
    report,
    report_error,
    report_unexpected,
)
from ferqt.drafts import remove_unfinished
from ferqt.errors import FerqtError
from ferqt.log import quiet_libraries, start_logging

_log = logging.getLogger(__name__)


def run(args: argparse.Namespace) -> int:
    """Run the headless command that `build_parser` read.

    The boundary of the command line: whatever goes wrong becomes one line on standard error, and
    the traceback goes to the log file.

    Returns:
        The exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl+C, 141 when the
        reader of standard output went away.
    """
    start_logging()
    remove_unfinished()
    forgive_odd_names()
    try:
        with quiet_libraries():
            code = COMMANDS[args.command].run(args)
        flush_output()
    except FerqtError as error:
        _log.exception("%s failed", args.command)
        return report_error(error)
    except KeyboardInterrupt:
        report("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more at exit, which would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the outermost boundary: no traceback on the screen
        return report_unexpected(error)
    return code
