"""The command line: the same engine as in the window, with no screen and no Qt."""

from ferqt.cli.console import report_error, report_unexpected
from ferqt.cli.parser import build_parser
from ferqt.cli.runner import run

__all__ = ["build_parser", "report_error", "report_unexpected", "run"]
