"""What a timeline tells of the place under the pointer."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint

from ferqt.ui.timeline.header import legend_at
from ferqt.ui.timeline.lanes import Lanes
from ferqt.ui.timeline.state import TimelineState
from ferqt.ui.timeline.words import (
    episode_text,
    face_title,
    join_lines,
    marker_text,
    place_text,
    reading_text,
)

_REACH_PX: Final = 5


def tip_at(state: TimelineState, lanes: Lanes, point: QPoint) -> str:
    """Return what is told at a point of the canvas; "" for nothing."""
    if point.x() < lanes.left:
        return _header_tip(state, lanes, point)
    if point.x() > lanes.left + lanes.time_width:
        return ""
    time_s = state.scale.time_of(point.x() - lanes.left)
    reach_s = _REACH_PX / state.scale.px_per_s
    index = state.axis.at(time_s)
    lines = []
    marker = state.marker_near(time_s, reach_s)
    if marker is None and lanes.markers.contains(point):
        # The plate of a flag lies at the right of its post.
        marker = state.marker_near(time_s - 4 * reach_s, 4 * reach_s)
    if marker is not None and (lanes.markers.contains(point) or lanes.strip_at(point) is None):
        lines.append(marker_text(marker))
    lines.append(place_text(state, index))
    strip = lanes.strip_at(point)
    if strip is not None:
        lines.append(reading_text(state, index, state.prepared.faces[strip].face_id))
    elif lanes.episodes.contains(point):
        episode = state.episodes.at(time_s, reach_s)
        lines.append(episode_text(episode) if episode is not None else "")
    elif lanes.curves.contains(point) and state.face_id:
        lines += [reading_text(state, index, state.face_id), _all_values(state, index)]
    if state.excluded_at(time_s) is not None:
        lines.append(QCoreApplication.translate("Timeline", "Excluded from statistics"))
    return join_lines(lines)


def _header_tip(state: TimelineState, lanes: Lanes, point: QPoint) -> str:
    strip = lanes.strip_at(point)
    if strip is not None:
        return face_title(state, state.prepared.faces[strip].face_id)
    name = legend_at(point, state, lanes)
    if name is None:
        return ""
    if name in state.hidden:
        return QCoreApplication.translate("Timeline", "Show the curve of {0}").format(name)
    return QCoreApplication.translate("Timeline", "Hide the curve of {0}").format(name)


def _all_values(state: TimelineState, index: int) -> str:
    """The probabilities of all shown classes, the highest first."""
    face = state.face
    reading = face.reading_at(state.axis.time_of(index)) if face is not None else None
    if reading is None:
        return ""
    values = state.prepared.document.table.smoothed[reading.row]
    shown = [
        (float(value), name)
        for value, name in zip(values.tolist(), state.names, strict=True)
        if name not in state.hidden
    ]
    return "\n".join(f"{name} {100 * value:.0f}%" for value, name in sorted(shown)[::-1])
