"""What a timeline shows, and what lies where in it; no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ferqt.core.episode_track import EpisodeTrack
from ferqt.core.episodes import EpisodeRule, episodes
from ferqt.core.frame_axis import FrameAxis
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.time_scale import TimeScale
from ferqt.core.timeline_levels import FaceLevels, face_levels

_LEAST_FRAMES = 8
"""The view never shows fewer frames than this."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What is made of a session before it is drawn.

    Attributes:
        document: The session.
        axis: Its frames.
        faces: Its faces, in the order of ids.
        episodes: Episodes of each face.
        rule: What they were found by.
    """

    document: SessionDocument
    axis: FrameAxis
    faces: tuple[FaceLevels, ...]
    episodes: dict[int, EpisodeTrack]
    rule: EpisodeRule


def prepare(document: SessionDocument, rule: EpisodeRule) -> Prepared:
    """Prepare a session; takes some 0.2 s for an hour of two faces, so not on the GUI thread."""
    faces = face_levels(document)
    for face in faces[:1]:
        # Made when they are asked for; those of the first face are shown at once.
        _ = face.curves
    found = found_episodes(document, rule)
    return Prepared(document, FrameAxis(document.table), faces, found, rule)


def found_episodes(document: SessionDocument, rule: EpisodeRule) -> dict[int, EpisodeTrack]:
    """Return the episodes of each face; not for the GUI thread."""
    return {
        face_id: EpisodeTrack(episodes(document, face_id, rule)) for face_id in document.table.faces
    }


def same_readings(one: SessionDocument | None, other: SessionDocument | None) -> bool:
    """Whether two documents differ in what people added at most; new copies are other readings."""
    if one is None or other is None:
        return False
    return one.table.frame is other.table.frame and one.table.face_id is other.table.face_id


def same_frames(one: SessionDocument, other: SessionDocument | None) -> bool:
    """Whether two documents are of the same frames of the same source, whoever is in them."""
    if other is None or one.source != other.source:
        return False
    return np.array_equal(np.unique(one.table.frame), np.unique(other.table.frame))


@dataclass(eq=False)
class TimelineState:
    """A prepared session, and what the person did to the view of it.

    Attributes:
        prepared: The session.
        scale: What part is in view.
        index: Index of the frame on screen.
        chosen: The in/out range; None while none is marked.
        face_id: The face whose curves are shown; 0 where there is none.
        markers: Moments that a person marked, in the order of time.
        excluded: Stretches that statistics leave out.
        face_names: What people called the faces, by id.
        hidden: Classes whose curves are not drawn.
        curves_shown: Whether there are curves at all.
    """

    prepared: Prepared
    scale: TimeScale
    index: int = 0
    chosen: TimeRange | None = None
    face_id: int = 0
    markers: tuple[Marker, ...] = ()
    excluded: tuple[TimeRange, ...] = ()
    face_names: Mapping[int, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    curves_shown: bool = True

    @classmethod
    def of(cls, prepared: Prepared, width: float) -> "TimelineState":
        """Show all of a session, and its first face."""
        axis, document = prepared.axis, prepared.document
        least_s = max(_LEAST_FRAMES * axis.step_s, 0.01)
        scale = TimeScale.whole(axis.start_s, axis.end_s, width, least_s)
        face_id = prepared.faces[0].face_id if prepared.faces else 0
        state = cls(prepared, scale, face_id=face_id)
        state.take_additions(document)
        return state

    @property
    def axis(self) -> FrameAxis:
        """The frames."""
        return self.prepared.axis

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the classes."""
        return self.prepared.document.table.labels.names

    @property
    def position_s(self) -> float:
        """Time of the frame on screen."""
        return self.axis.time_of(self.index)

    @property
    def face(self) -> FaceLevels | None:
        """The selected face."""
        return self.levels_of(self.face_id)

    @property
    def episodes(self) -> EpisodeTrack:
        """Episodes of the selected face."""
        return self.prepared.episodes.get(self.face_id) or EpisodeTrack()

    def levels_of(self, face_id: int) -> FaceLevels | None:
        """Return a face; None for one that is not in the session."""
        return next((face for face in self.prepared.faces if face.face_id == face_id), None)

    def name_of(self, face_id: int) -> str:
        """Return what a person called a face; "" for one without a name."""
        return self.face_names.get(face_id, "")

    def take_additions(self, document: SessionDocument) -> None:
        """Take what people added to the session: names, markers, exclusions."""
        self.set_markers(document.markers)
        self.excluded = document.excluded
        self.face_names = document.table.names

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Take other markers; those without a place in the medium are left out."""
        known = (marker for marker in markers if marker.media_time is not None)
        self.markers = tuple(sorted(known, key=lambda marker: marker.time_s))

    def set_episodes(self, found: dict[int, EpisodeTrack]) -> None:
        """Take other episodes, of the same faces."""
        self.prepared = replace(self.prepared, episodes=found)

    def change_after(self, time_s: float) -> float | None:
        """Return when the selected face's leading expression changes next."""
        return self.face.lead.next_change(time_s) if self.face else None

    def change_before(self, time_s: float) -> float | None:
        """Return when it changed last."""
        return self.face.lead.previous_change(time_s) if self.face else None

    def marker_near(self, time_s: float, reach_s: float) -> Marker | None:
        """Return the nearest marker within reach."""
        near = [one for one in self.markers if abs(one.time_s - time_s) <= reach_s]
        return min(near, key=lambda one: abs(one.time_s - time_s), default=None)

    def excluded_at(self, time_s: float) -> TimeRange | None:
        """Return the excluded stretch around a time."""
        return next((one for one in self.excluded if one.start_s <= time_s < one.end_s), None)
