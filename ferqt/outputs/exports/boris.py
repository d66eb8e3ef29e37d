"""Tables like those that BORIS exports: tabular events and aggregated events."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ferqt.core.frame_spans import FrameSpans
from ferqt.core.session_document import SessionDocument
from ferqt.outputs.cells import Column
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.segments import face_segments, face_titles, film_of, milliseconds
from ferqt.outputs.exports.text_table import one_line, write_table

_EVENT_COLUMNS: Final = (
    "Observation id",
    "Observation date",
    "Description",
    "Observation duration",
    "Observation type",
    "Source",
    "Time offset (s)",
    "Media duration (s)",
    "FPS",
    "Subject",
    "Behavior",
    "Behavioral category",
    "Behavior type",
    "Time",
    "Media file name",
    "Image index",
    "Image file path",
    "Comment",
)
_AGGREGATED_COLUMNS: Final = (
    "Observation id",
    "Observation date",
    "Description",
    "Observation type",
    "Source",
    "Time offset (s)",
    "Coding duration",
    "Media duration (s)",
    "FPS (frame/s)",
    "Subject",
    "Observation duration by subject by observation",
    "Behavior",
    "Behavioral category",
    "Behavior type",
    "Start (s)",
    "Stop (s)",
    "Duration (s)",
    "Media file name",
    "Image index start",
    "Image index stop",
    "Image file path start",
    "Image file path stop",
    "Comment start",
    "Comment stop",
)
_UNKNOWN: Final = "NA"
_NOBODY: Final = "No focal subject"
_EXPRESSION: Final = "Expression"
_MARKER: Final = "Marker"

# Of events at the same time the end of one comes before the beginning of the next.
_ORDER: Final = {"STOP": 0, "POINT": 1, "START": 2}

_Row = dict[str, str]


def write_boris_events(
    document: SessionDocument, path: Path, options: ExportOptions
) -> tuple[Path, ...]:
    """Write tabular events: a row where an expression starts, one where it stops, and the markers.

    Raises:
        OutputError: The file cannot be written.
    """
    about = _about(document)
    head = {
        **about,
        "Observation duration": about["Coding duration"],
        "Observation type": _type(document, "Media file(s)"),
        "FPS": about["FPS (frame/s)"],
    }
    titles = face_titles(document)
    found: list[tuple[int, int, _Row]] = []
    for face_id, pairs in face_segments(document, options.rule).items():
        for segment, episode in pairs:
            comment = f"peak {episode.peak:.3f}, mean {episode.mean:.3f}"
            for kind, time_ms, frame, text in (
                ("START", segment.start_ms, episode.first_frame, comment),
                ("STOP", segment.end_ms, episode.last_frame, ""),
            ):
                row = _event(kind, time_ms, frame, text)
                row.update(Subject=titles[face_id], Behavior=episode.name)
                row["Behavioral category"] = _EXPRESSION
                found.append((time_ms, _ORDER[kind], row))
    for marker in document.markers:
        time_ms = milliseconds(marker.time_s)
        row = _event("POINT", time_ms, marker.frame, one_line(marker.note))
        row.update({"Behavior": one_line(marker.label), "Behavioral category": _MARKER})
        found.append((time_ms, _ORDER["POINT"], row))
    found.sort(key=lambda one: one[:2])
    _write(path, _EVENT_COLUMNS, head, [row for _, _, row in found])
    return (path,)


def write_boris_aggregated(
    document: SessionDocument, path: Path, options: ExportOptions
) -> tuple[Path, ...]:
    """Write aggregated events: a row for each episode with its start and stop, and the markers.

    Raises:
        OutputError: The file cannot be written.
    """
    head = {**_about(document), "Observation type": _type(document, "Media file")}
    titles = face_titles(document)
    found: list[tuple[int, _Row]] = []
    for face_id, pairs in face_segments(document, options.rule).items():
        whole_ms = sum(segment.end_ms - segment.start_ms for segment, _ in pairs)
        for segment, episode in pairs:
            row = {
                "Subject": titles[face_id],
                "Observation duration by subject by observation": _seconds(whole_ms),
                "Behavior": episode.name,
                "Behavioral category": _EXPRESSION,
                "Behavior type": "STATE",
                "Start (s)": _seconds(segment.start_ms),
                "Stop (s)": _seconds(segment.end_ms),
                "Duration (s)": _seconds(segment.end_ms - segment.start_ms),
                "Image index start": str(episode.first_frame),
                "Image index stop": str(episode.last_frame),
                "Comment start": f"peak {episode.peak:.3f}, mean {episode.mean:.3f}",
            }
            found.append((segment.start_ms, row))
    for marker in document.markers:
        time_ms = milliseconds(marker.time_s)
        row = {
            "Subject": _NOBODY,
            "Observation duration by subject by observation": _seconds(0),
            "Behavior": one_line(marker.label),
            "Behavioral category": _MARKER,
            "Behavior type": "POINT",
            "Start (s)": _seconds(time_ms),
            "Stop (s)": _seconds(time_ms),
            "Duration (s)": _UNKNOWN,
            "Image index start": str(marker.frame),
            "Image index stop": str(marker.frame),
            "Comment start": one_line(marker.note),
        }
        found.append((time_ms, row))
    found.sort(key=lambda one: one[0])
    _write(path, _AGGREGATED_COLUMNS, head, [row for _, row in found])
    return (path,)


def _about(document: SessionDocument) -> _Row:
    """What each row says of the session."""
    source: Mapping[str, Any] = document.facts.get("source") or {}
    film = one_line(film_of(document))
    return {
        "Observation id": one_line(document.title),
        "Description": one_line(document.notes),
        "Source": f"player #1:{film}" if film else _UNKNOWN,
        "Time offset (s)": "0",
        "Coding duration": _decimal(FrameSpans(document).analyzed_s),
        "Media duration (s)": _decimal(source.get("duration_s")),
        "FPS (frame/s)": _decimal(source.get("fps")),
        "Media file name": film or _UNKNOWN,
        "Image file path": _UNKNOWN,
        "Image file path start": _UNKNOWN,
        "Image file path stop": _UNKNOWN,
    }


def _type(document: SessionDocument, of_film: str) -> str:
    return of_film if film_of(document) else "Live observation"


def _event(kind: str, time_ms: int, frame: int, comment: str) -> _Row:
    return {
        "Behavior type": kind,
        "Time": _seconds(time_ms),
        "Image index": str(frame),
        "Comment": comment,
    }


def _write(path: Path, names: Sequence[str], head: _Row, rows: Sequence[_Row]) -> None:
    columns = [Column(name, [row.get(name, head.get(name, "")) for row in rows]) for name in names]
    write_table(path, columns, delimiter="\t")


def _seconds(time_ms: int) -> str:
    return f"{time_ms // 1000}.{time_ms % 1000:03}"


def _decimal(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
