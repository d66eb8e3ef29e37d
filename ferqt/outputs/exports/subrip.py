"""Subtitles in SubRip's format (.srt): what each face shows, for players."""

from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.segments import duration, subtitles
from ferqt.outputs.whole_file import write_whole


def write_srt(document: SessionDocument, path: Path, options: ExportOptions) -> tuple[Path, ...]:
    """Write a subtitle for each episode and marker; those of several faces overlap.

    Raises:
        OutputError: The file cannot be written.
    """
    import srt

    told = [
        srt.Subtitle(number, duration(one.start_ms), duration(one.end_ms), one.text)
        for number, one in enumerate(subtitles(document, options.rule), start=1)
    ]
    text = srt.compose(told, reindex=False)
    write_whole(path, text.encode("utf-8", errors="backslashreplace"))
    return (path,)
