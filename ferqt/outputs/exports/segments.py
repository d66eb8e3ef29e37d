"""What the formats of segments share: faces' titles, times in ms, and what is written when."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ferqt.core.episodes import Episode, EpisodeRule, all_episodes
from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.text_table import one_line

_FILM: Final = "video"
"""What `metadata.json` calls a source that is a video file."""

_MARKER_SHOWN_MS: Final = 1000
"""How long a marker, which is a moment, is shown where a format knows stretches only."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Something that lasts, in whole ms.

    Attributes:
        start_ms: First moment.
        end_ms: At least 1 ms later.
        text: What it is.
    """

    start_ms: int
    end_ms: int
    text: str


def face_titles(document: SessionDocument) -> dict[int, str]:
    """Return what each face is called in files, by id: its name or "Face 3", each but once."""
    titles: dict[int, str] = {}
    for face_id in document.table.faces:
        name = one_line(document.table.names.get(face_id, "")) or f"Face {face_id}"
        # Two faces may have one name until a person merges them.
        titles[face_id] = f"{name} ({face_id})" if name in titles.values() else name
    return titles


def film_of(document: SessionDocument) -> str:
    """Return the path of the film that a session was made from; "" when it was none."""
    source = document.facts.get("source") or {}
    return document.source if source.get("kind") == _FILM else ""


def face_segments(
    document: SessionDocument, rule: EpisodeRule
) -> dict[int, list[tuple[Segment, Episode]]]:
    """Return the episodes of each face with their times in ms, by start.

    They overlap only where the times of the source jump back.
    """
    found: dict[int, list[tuple[Segment, Episode]]] = {
        face_id: [] for face_id in document.table.faces
    }
    for episode in all_episodes(document, rule):
        segment = _segment(episode.start_s, episode.end_s, episode.name)
        found[episode.face_id].append((segment, episode))
    return found


def marker_segments(document: SessionDocument) -> list[Segment]:
    """Return the markers as stretches that do not overlap; markers of one moment are one."""
    texts: dict[int, list[str]] = {}
    for marker in sorted(document.markers, key=lambda one: one.time_s):
        told = one_line(marker.label) or "marker"
        note = one_line(marker.note)
        texts.setdefault(milliseconds(marker.time_s), []).append(
            f"{told}: {note}" if note else told
        )
    starts = list(texts)
    ends = [*starts[1:], starts[-1] + _MARKER_SHOWN_MS] if starts else []
    return [
        Segment(start, min(start + _MARKER_SHOWN_MS, end), "; ".join(texts[start]))
        for start, end in zip(starts, ends, strict=True)
    ]


def excluded_segments(document: SessionDocument) -> list[Segment]:
    """Return the excluded ranges, those that meet or overlap as one."""
    united: list[Segment] = []
    for one in sorted(document.excluded, key=lambda each: each.start_s):
        segment = _segment(one.start_s, one.end_s, "excluded")
        if united and segment.start_ms <= united[-1].end_ms:
            last = united.pop()
            end_ms = max(last.end_ms, segment.end_ms)
            segment = Segment(last.start_ms, end_ms, segment.text)
        united.append(segment)
    return united


def subtitles(document: SessionDocument, rule: EpisodeRule) -> list[Segment]:
    """Return what subtitles tell: "Anna: happy" for each episode, and the markers, by time."""
    titles = face_titles(document)
    told = [
        Segment(segment.start_ms, segment.end_ms, f"{titles[face_id]}: {episode.name}")
        for face_id, pairs in face_segments(document, rule).items()
        for segment, episode in pairs
    ]
    told += [
        Segment(one.start_ms, one.end_ms, f"[{one.text}]") for one in marker_segments(document)
    ]
    return sorted(told, key=lambda one: (one.start_ms, one.end_ms, one.text))


def milliseconds(seconds: float) -> int:
    """Return a time in whole ms, the nearest; never before the beginning."""
    return max(0, round(seconds * 1000))


def clock(time_ms: int) -> str:
    """Return "01:02:03.456"."""
    minutes, rest = divmod(time_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def duration(time_ms: int) -> timedelta:
    """Return a time in ms as Python's own type."""
    return timedelta(milliseconds=time_ms)


def _segment(start_s: float, end_s: float, text: str) -> Segment:
    start_ms = milliseconds(start_s)
    return Segment(start_ms, max(milliseconds(end_s), start_ms + 1), text)
