"""The statistics of a session as a table: a row for each face and expression."""

import csv
import io
from collections.abc import Mapping
from typing import Final

from ferqt.core.statistics import FaceStatistics, SessionStatistics

_COLUMNS: Final = (
    "face_id",
    "face_label",
    "expression",
    "seconds",
    "share",
    "frames",
    "episodes",
    "mean_confidence",
    "face_seconds",
    "face_frames",
    "face_uncertain",
)


def statistics_csv(
    statistics: SessionStatistics, names: Mapping[int, str], delimiter: str = ","
) -> str:
    """Return the table; rows without a `face_id` are of all faces together.

    `seconds`, `frames`, `episodes` and `mean_confidence` are those in which the expression led, as
    it was shown (smoothed); `share` is of the face's time, or of its frames where there is no time
    (pictures). The last three columns are of the face, whatever it showed: time in the picture,
    frames, and the share of it that was uncertain.

    Args:
        statistics: What was summed up.
        names: Names that a person gave to faces, by id.
        delimiter: Between the cells; a tab for the clipboard.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for track_id in statistics.track_ids:
        told = statistics.of_face(track_id)
        if told is not None:
            writer.writerows(_rows(str(track_id), names.get(track_id, ""), told))
    writer.writerows(_rows("", "", statistics.of_all()))
    return text.getvalue()


def _rows(track_id: str, name: str, told: FaceStatistics) -> list[tuple[str, ...]]:
    whole = (f"{told.seconds:.3f}", str(told.frames), _share(told.uncertain))
    return [
        (
            track_id,
            name,
            entry.name,
            f"{entry.seconds:.3f}",
            _share(entry.share),
            str(entry.frames),
            str(entry.episodes),
            _share(entry.confidence),
            *whole,
        )
        for entry in told.expressions
    ]


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
