"""Reports for people: one HTML page that stands alone, of a session or of several compared."""

from ferqt.outputs.report.comparison_report import (
    ComparisonOptions,
    main_face,
    write_comparison_report,
)
from ferqt.outputs.report.options import (
    ModelFigures,
    ModelSummary,
    ReportOptions,
    StillReader,
    StillWanted,
)
from ferqt.outputs.report.session_report import write_report

__all__ = [
    "ComparisonOptions",
    "ModelFigures",
    "ModelSummary",
    "ReportOptions",
    "StillReader",
    "StillWanted",
    "main_face",
    "write_comparison_report",
    "write_report",
]
