"""How a timeline tells in words what lies at a place."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ferqt.core.episodes import Episode
from ferqt.core.markers import Marker
from ferqt.core.timecode import format_time
from ferqt.ui.timeline.overlay import time_text
from ferqt.ui.timeline.state import TimelineState


def face_title(state: TimelineState, face_id: int) -> str:
    """Return a face's id, and its name where it has one."""
    title = QCoreApplication.translate("Timeline", "Face {0}").format(face_id)
    return f"{title}  {state.name_of(face_id)}".rstrip()


def place_text(state: TimelineState, index: int) -> str:
    """Return the time and the number of a frame."""
    axis = state.axis
    frame = f"{axis.frame_of(index):,}"
    if not axis.timed:
        number = time_text(state, axis.time_of(index))
        text = QCoreApplication.translate("Timeline", "Picture {0}").format(number)
        files = state.prepared.document.table.files
        return text if files is None else f"{text} · {files[axis.row_of(index)]}"
    return QCoreApplication.translate("Timeline", "{0} · frame {1}").format(
        format_time(axis.time_of(index)), frame
    )


def reading_text(state: TimelineState, index: int, face_id: int) -> str:
    """Return what a face shows in a frame: "Face 1  Anna: happy 87% (uncertain)"."""
    title = face_title(state, face_id)
    face = state.levels_of(face_id)
    reading = face.reading_at(state.axis.time_of(index)) if face is not None else None
    if reading is None:
        return QCoreApplication.translate("Timeline", "{0}: not seen").format(title)
    text = (
        QCoreApplication.translate("Timeline", "{0}: {1} {2}%, uncertain")
        if reading.uncertain
        else QCoreApplication.translate("Timeline", "{0}: {1} {2}%")
    )
    percent = f"{100 * reading.probability:.0f}"
    return text.format(title, state.names[reading.class_index], percent)


def episode_text(episode: Episode) -> str:
    """Return an episode with its length, and whether it is brief."""
    text = (
        QCoreApplication.translate("Timeline", "Brief episode: {0}, {1} s from {2}, peak {3}%")
        if episode.brief
        else QCoreApplication.translate("Timeline", "Episode: {0}, {1} s from {2}, peak {3}%")
    )
    return text.format(
        episode.name,
        f"{episode.duration_s:.2f}",
        format_time(episode.start_s),
        f"{100 * episode.peak:.0f}",
    )


def marker_text(marker: Marker) -> str:
    """Return a marker's label, time and note."""
    head = f"{marker.label} · {format_time(marker.time_s)}".strip(" ·")
    return f"{head}\n{marker.note}" if marker.note else head


def spoken_text(state: TimelineState) -> str:
    """Return where the medium is and what the selected face shows, for who cannot see it."""
    lines = [place_text(state, state.index)]
    if state.face_id:
        lines.append(reading_text(state, state.index, state.face_id))
    return join_lines(lines)


def join_lines(lines: Sequence[str]) -> str:
    """Return lines as one text."""
    return "\n".join(line for line in lines if line)
