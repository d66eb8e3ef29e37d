"""The report of one session."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt import __version__
from ferqt.core.range_statistics import statistics_of_faces, table_order
from ferqt.core.session_document import SessionDocument
from ferqt.core.timeline_levels import face_levels
from ferqt.errors import FerqtError
from ferqt.outputs.report import figures
from ferqt.outputs.report.face_texts import (
    detailed_texts,
    still_texts,
    summary_texts,
    wanted_stills,
)
from ferqt.outputs.report.model_texts import citation, model_texts
from ferqt.outputs.report.options import ReportOptions, StillWanted
from ferqt.outputs.report.rendering import axis, rendered
from ferqt.outputs.report.wording import (
    moment,
    rule_sentence,
    seconds,
    section,
    setting_rows,
    source_rows,
    span,
)
from ferqt.outputs.whole_file import write_whole

_MOST_DETAILED: Final = 12
_MOST_FACES: Final = 200
_MOST_MARKERS: Final = 500

_TOLD_FROM_S: Final = 0.1
"""A column of the timeline that is shorter holds a frame or two."""


def write_report(
    document: SessionDocument, path: Path, options: ReportOptions | None = None
) -> None:
    """Write the report of a session as one HTML file that needs no other.

    Takes about a second for an hour of two faces, and the time for stills.

    Args:
        document: The session.
        path: Where to; a file that is there is replaced.
        options: How to report.

    Raises:
        OutputError: The file cannot be written.
    """
    options = options or ReportOptions()
    said = _Session(document, options).said()
    classes = document.table.labels.names
    write_whole(path, rendered("session.html", f"{document.title}: report", classes, said))


class _Session:
    """Gathers what the template says."""

    def __init__(self, document: SessionDocument, options: ReportOptions) -> None:
        self._document = document
        self._options = options
        times = document.table.timestamp
        self._timed = bool(len(times) and np.isfinite(times).all())
        statistics = statistics_of_faces(document, options.ranges, options.rule)
        # Whoever was seen most comes first.
        self._faces = sorted(
            statistics.values(), key=lambda one: (-one.face_s, -one.frames, one.face_id)
        )

    def said(self) -> dict[str, Any]:
        """Return all that the template fills in."""
        document, options = self._document, self._options
        at = self._edges()
        return {
            "title": document.title,
            "subtitle": self._subtitle(),
            "tags": document.tags,
            "notes": document.notes,
            "source": source_rows(document),
            "scope": self._scope(),
            "legend": [
                {"name": name, "index": document.table.labels.index(name)}
                for name in table_order(document.table.labels)
            ],
            **self._faces_said(at),
            "left_out_faces": self._left_out_text(),
            "excluded": [span(one) for one in document.excluded],
            "excluded_places": self._excluded_places(at),
            "marker_ticks": ""
            if at is None
            else figures.ticks([one.time_s for one in document.markers], at, "marks"),
            "ticks": [] if at is None else axis(at[0], at[-1]),
            "timeline_note": _timeline_note(at),
            "expressions_caption": (
                "Share and time: how long it led, whatever its probability. Mean, standard "
                "deviation and highest: its probability over all of the face’s time."
            ),
            "markers": [
                {
                    "time": moment(one.time_s),
                    "frame": one.frame,
                    "label": one.label,
                    "note": one.note,
                }
                for one in document.markers[:_MOST_MARKERS]
            ],
            "model_texts": model_texts(document, options.models),
            "settings": setting_rows(document),
            "method": (rule_sentence(options.rule), citation(document)),
            "versions": [
                ("ferqt, which analyzed", str(document.facts.get("version", "unknown"))),
                ("ferqt, which made this page", __version__),
                *((name, str(value)) for name, value in section(document, "libraries").items()),
            ],
        }

    def _faces_said(self, at: figures.Floats | None) -> dict[str, Any]:
        document, rule = self._document, self._options.rule
        levels = {one.face_id: one for one in face_levels(document)} if at is not None else {}
        texts = [summary_texts(document, told) for told in self._faces[:_MOST_FACES]]
        detailed = [told for told in self._faces[:_MOST_DETAILED] if told.frames]
        wanted = {told.face_id: wanted_stills(document, told) for told in detailed}
        pictures, note = self._stills([still for stills in wanted.values() for still in stills])
        for told in detailed:
            details = detailed_texts(document, told, levels.get(told.face_id or 0), at, rule)
            details["stills"] = still_texts(document, wanted[told.face_id], pictures)
            texts[self._faces.index(told)].update(details)
        return {"faces": texts, "stills_note": note}

    def _stills(self, wanted: Sequence[StillWanted]) -> tuple[Mapping[StillWanted, bytes], str]:
        """Return the pictures that could be had, and what to say of them."""
        if self._options.stills is None or not wanted:
            return {}, ""
        try:
            read = self._options.stills(wanted)
        except FerqtError as error:
            return {}, f"There are no pictures of the peaks: {error.message}."
        found = {still: data for still, data in zip(wanted, read, strict=True) if data is not None}
        note = ""
        if len(found) < len(wanted):
            note = f"{len(wanted) - len(found)} pictures of peaks could not be read."
        if self._options.stills_blurred:
            note = f"Faces that were found are covered in the pictures. {note}".rstrip()
        return found, note

    def _subtitle(self) -> str:
        table = self._document.table
        faces = len(table.faces)
        frames = table.frame_count
        return (
            f"Report of facial expressions · {frames:,} frame{'' if frames == 1 else 's'} "
            f"analyzed · {faces} face{'' if faces == 1 else 's'}"
        )

    def _scope(self) -> str:
        said = "Figures of all that was analyzed"
        if self._options.ranges:
            said = f"Figures of {' and '.join(span(one) for one in self._options.ranges)}"
        if self._document.excluded:
            said += ", without what is left out (below)"
        return f"{said}."

    def _left_out_text(self) -> str:
        count = len(self._faces)
        if count > _MOST_FACES:
            return (
                f"The {_MOST_FACES} faces that were seen longest of {count:,}; details follow for "
                f"{_MOST_DETAILED}. Exports hold them all."
            )
        if count > _MOST_DETAILED:
            return f"Details follow for the {_MOST_DETAILED} faces that were seen longest."
        return ""

    def _edges(self) -> figures.Floats | None:
        if not self._timed:
            return None
        times = self._document.table.timestamp
        start_s, end_s = float(times.min()), float(times.max())
        if self._options.ranges:
            start_s = max(start_s, min(one.start_s for one in self._options.ranges))
            end_s = min(end_s, max(one.end_s for one in self._options.ranges))
        return figures.edges(start_s, max(end_s, start_s))

    def _excluded_places(self, at: figures.Floats | None) -> list[dict[str, str]]:
        if at is None:
            return []
        length = at[-1] - at[0]
        places = []
        for one in self._document.excluded:
            begin, end = max(one.start_s, at[0]), min(one.end_s, at[-1])
            if end > begin:
                places.append(
                    {
                        "left": f"{100 * (begin - at[0]) / length:.3f}",
                        "width": f"{100 * (end - begin) / length:.3f}",
                    }
                )
        return places


def _timeline_note(at: figures.Floats | None) -> str:
    if at is None:
        return ""
    column_s = float(at[1] - at[0])
    averaged = f", averaged over each {seconds(column_s)}" if column_s >= _TOLD_FROM_S else ""
    return (
        "On top what leads, faint where the model was not sure; below the smoothed probability of "
        f"each expression, 0 to 100 %{averaged}. The numbers are shares of time, as in the table."
    )
