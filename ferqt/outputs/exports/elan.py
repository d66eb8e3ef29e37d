"""Annotations for ELAN (.eaf): a tier for each face, one for the markers, one for what is left out.

pympi writes the format that ELAN 4.9 (EAF 2.8) brought; newer ones read it.
"""

import mimetypes
import os
import re
from pathlib import Path
from typing import Any, Final

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.segments import (
    Segment,
    excluded_segments,
    face_segments,
    face_titles,
    film_of,
    marker_segments,
)
from ferqt.outputs.exports.text_table import one_line
from ferqt.outputs.whole_file import write_whole

MARKERS_TIER: Final = "Markers"
EXCLUDED_TIER: Final = "Excluded"

_DATE: Final = "2000-01-01T00:00:00+00:00"
"""The format wants a date; equal sessions give equal files."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_elan(document: SessionDocument, path: Path, options: ExportOptions) -> tuple[Path, ...]:
    """Write the episodes as annotations, with a link to the film.

    Raises:
        OutputError: The file cannot be written.
    """
    from pympi.Elan import Eaf, to_string

    eaf = Eaf(author="ferqt")
    eaf.adocument["DATE"] = _DATE
    eaf.header = {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}
    eaf.remove_tier("default")
    if film := film_of(document):
        _link_film(eaf, Path(film), path)
    titles = face_titles(document)
    taken: set[str] = set()
    for face_id, pairs in face_segments(document, options.rule).items():
        _add_tier(eaf, titles[face_id], [segment for segment, _ in pairs], taken, titles[face_id])
    if document.markers:
        _add_tier(eaf, MARKERS_TIER, marker_segments(document), taken)
    if document.excluded:
        _add_tier(eaf, EXCLUDED_TIER, excluded_segments(document), taken)
    write_whole(path, to_string(eaf, encoding="UTF-8"))
    return (path,)


def _add_tier(
    eaf: Any, title: str, segments: list[Segment], taken: set[str], participant: str | None = None
) -> None:
    """Add a tier; annotations of one tier may not overlap, so those that do get another one."""
    for lane in _lanes(segments):
        name = _xml(title)
        while name in taken:
            name += "'"
        taken.add(name)
        eaf.add_tier(name, part=None if participant is None else _xml(participant))
        for one in lane:
            eaf.add_annotation(name, one.start_ms, one.end_ms, _xml(one.text))


def _lanes(segments: list[Segment]) -> list[list[Segment]]:
    lanes: list[list[Segment]] = [[]]
    for one in segments:
        free = next((lane for lane in lanes if not lane or lane[-1].end_ms <= one.start_ms), None)
        if free is None:
            lanes.append(free := [])
        free.append(one)
    return lanes


def _link_film(eaf: Any, film: Path, path: Path) -> None:
    """Tell ELAN where the film lies: as it is, and as seen from the new file."""
    kind = mimetypes.guess_type(film.name)[0] or "unknown"
    try:
        beside = Path(os.path.relpath(film.absolute(), path.absolute().parent)).as_posix()
    except ValueError:
        # On Windows there is no way from one drive to another.
        beside = None
    eaf.add_linked_file(
        _xml(film.absolute().as_uri()), None if beside is None else _xml(f"./{beside}"), kind
    )


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", one_line(text))
