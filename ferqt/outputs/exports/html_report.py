"""The report of a session as an export."""

from dataclasses import replace
from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions


def write_html(document: SessionDocument, path: Path, options: ExportOptions) -> tuple[Path, ...]:
    """Write the report as one page that needs no other file.

    Raises:
        OutputError: The file cannot be written.
    """
    # The report brings jinja2 along.
    from ferqt.outputs.report import ReportOptions, write_report

    write_report(document, path, replace(options.report or ReportOptions(), rule=options.rule))
    return (path,)
