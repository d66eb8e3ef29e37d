"""Subtitles in WebVTT: what each face shows, for players and browsers."""

import html
from pathlib import Path

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.segments import clock, subtitles
from ferqt.outputs.whole_file import write_whole


def write_vtt(document: SessionDocument, path: Path, options: ExportOptions) -> tuple[Path, ...]:
    """Write a cue for each episode and marker; cues of several faces overlap.

    Raises:
        OutputError: The file cannot be written.
    """
    from webvtt import Caption, WebVTT

    captions = [
        # In a cue, < begins a tag and & a sign that is spelled out.
        Caption(clock(one.start_ms), clock(one.end_ms), html.escape(one.text, quote=False))
        for one in subtitles(document, options.rule)
    ]
    text = WebVTT(captions=captions).content.rstrip("\n") + "\n"
    write_whole(path, text.encode("utf-8", errors="backslashreplace"))
    return (path,)
