"""The table of formats that a session can be exported to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.errors import UsageError
from ferqt.outputs.exports.base import ExportFormat
from ferqt.outputs.exports.boris import write_boris_aggregated, write_boris_events
from ferqt.outputs.exports.elan import write_elan
from ferqt.outputs.exports.facereader import write_facereader
from ferqt.outputs.exports.fex import write_fex
from ferqt.outputs.exports.frames_table import write_frames_csv
from ferqt.outputs.exports.html_report import write_html
from ferqt.outputs.exports.openface import write_openface
from ferqt.outputs.exports.parquet import write_parquet
from ferqt.outputs.exports.subrip import write_srt
from ferqt.outputs.exports.vtt import write_vtt

_FORMATS: Final = (
    ExportFormat("csv", "Table of frames (CSV)", "frames.csv", write_frames_csv),
    ExportFormat("parquet", "Table of frames (Parquet)", "frames.parquet", write_parquet),
    ExportFormat("openface", "Like OpenFace (CSV)", "openface.csv", write_openface),
    ExportFormat("fex", "py-feat (Fex, CSV)", "fex.csv", write_fex),
    ExportFormat(
        "facereader", "Like FaceReader's detailed log", "facereader.txt", write_facereader, True
    ),
    ExportFormat(
        "boris", "BORIS: tabular events (TSV)", "boris_events.tsv", write_boris_events, True
    ),
    ExportFormat(
        "boris-aggregated",
        "BORIS: aggregated events (TSV)",
        "boris_aggregated_events.tsv",
        write_boris_aggregated,
        True,
    ),
    ExportFormat("elan", "ELAN annotations (EAF)", "expressions.eaf", write_elan, True),
    ExportFormat("vtt", "Subtitles (WebVTT)", "expressions.vtt", write_vtt, True),
    ExportFormat("srt", "Subtitles (SubRip)", "expressions.srt", write_srt, True),
    ExportFormat("html", "Report (HTML)", "report.html", write_html),
)

EXPORTS: Final[Mapping[str, ExportFormat]] = MappingProxyType({one.id: one for one in _FORMATS})
"""Every format by its name on the command line."""


def formats_named(text: str) -> tuple[ExportFormat, ...]:
    """Return the formats of a list such as "csv,elan", each once and in the order of the list.

    Raises:
        UsageError: A format is not known, or none is named.
    """
    names = dict.fromkeys(name.strip() for name in text.split(","))
    for name in names:
        if name not in EXPORTS:
            raise UsageError(f"unknown format: {name!r}", f"Known: {', '.join(EXPORTS)}.")
    return tuple(EXPORTS[name] for name in names)
