"""The files beside a session: exports, `metadata.json` and the annotated film."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from ferqt.cli.tellers import Teller
from ferqt.cli.wanted import Wanted
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportFormat
from ferqt.outputs.metadata import METADATA_NAME, write_metadata
from ferqt.pipeline.part import Part
from ferqt.sources.base import SourceInfo, SourceKind

ANNOTATED_NAME: Final = "annotated.mp4"

_NEVER_S: Final = 1e9
"""Later than the end of any film."""


def check_formats(formats: Sequence[ExportFormat], info: SourceInfo) -> None:
    """Raise if a source has no times and a format tells nothing else, before it is analyzed.

    Raises:
        OutputError: It is so.
    """
    timed = [one.id for one in formats if one.timed]
    if timed and info.kind is SourceKind.IMAGES:
        raise OutputError(
            f"pictures have no times, and '{timed[0]}' tells times: '{info.title}'",
            "Choose a format with a row for each picture: csv, parquet, openface or fex.",
        )


def result_names(wanted: Wanted) -> tuple[str, ...]:
    """Return the names of all files that are written beside a session."""
    names = [one.file_name for one in wanted.formats]
    if wanted.annotated:
        names.append(ANNOTATED_NAME)
    return (*names, METADATA_NAME)


def export(
    document: SessionDocument,
    folder: Path,
    wanted: Wanted,
    teller: Teller,
    should_stop: Callable[[], bool],
    *,
    missing_only: bool = False,
) -> tuple[Path, ...]:
    """Write the files that were asked for, from what is stored.

    The tables of an analysis that was stopped are written, too; its film is not.

    Args:
        document: The session.
        folder: Where to.
        wanted: What.
        teller: Is told of each file.
        should_stop: Asked while a film is written.
        missing_only: Leave alone what is there already.

    Returns:
        What was written.

    Raises:
        OutputError: A file cannot be written.
        SourceError: The film cannot be read.
    """
    written: list[Path] = []
    for one in wanted.formats:
        path = folder / one.file_name
        if not (missing_only and path.exists()):
            teller.writing(one.file_name)
            written += one.write(document, path, wanted.options)
    if not (missing_only and (folder / METADATA_NAME).exists()):
        written.append(write_metadata(folder, dict(document.facts)))
    film = folder / ANNOTATED_NAME
    whole = bool(document.facts.get("complete"))
    if wanted.annotated and whole and not (missing_only and film.exists()):
        teller.writing(ANNOTATED_NAME)
        if _write_film(document, film, wanted, should_stop):
            written.append(film)
    return tuple(written)


def _write_film(
    document: SessionDocument, path: Path, wanted: Wanted, should_stop: Callable[[], bool]
) -> bool:
    # Reading, drawing and encoding bring large libraries along.
    from ferqt.pipeline.annotated_video import AnnotatedVideoOptions, annotated_video

    options = AnnotatedVideoOptions(blur=wanted.blur, part=_range_of(wanted.part))
    return annotated_video(document, path, options, should_stop=should_stop)


def _range_of(part: Part) -> TimeRange | None:
    if part.start_s is None and part.stop_s is None:
        return None
    return TimeRange(part.start_s or 0.0, _NEVER_S if part.stop_s is None else part.stop_s)
