"""The report of a session as an export."""

from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions


def write_html(document: SessionDocument, path: Path, options: ExportOptions) -> tuple[Path, ...]:
    """Write the report as one page that needs no other file.

    Stills and the model's figures are in it as far as `options.report` knows them.

    Raises:
        OutputError: The file cannot be written.
    """
    # Its templates take time to load, and other formats do without.
    from ferqt.outputs.report import ReportOptions, write_report

    if options.report is None:
        write_report(document, path, ReportOptions(rule=options.rule))
    else:
        write_report(document, path, options.report(document, options.rule))
    return (path,)
