"""The face detector of ferqt: any finder for new faces, the face mesh for known ones."""

from dataclasses import dataclass, replace

import numpy as np

from ferqt.core.geometry import intersection_over_union
from ferqt.core.state import (
    State,
    packed_floats,
    packed_place,
    unpacked_floats,
    unpacked_place,
)
from ferqt.core.types import FaceBox, FloatArray, Frame, Image
from ferqt.faces.aside import FinderAside
from ferqt.faces.base import DetectorOptions, FaceFinder
from ferqt.faces.blendshapes import BlendshapeReader
from ferqt.faces.face_mesh import FaceMesh, MeshReading, Region
from ferqt.faces.head_pose import pose_from_landmarks
from ferqt.faces.search import FaceSearch, Find, SearchPlan

_SAME_FACE_IOU = 0.5
"""Two measured boxes that overlap more show one face. Lowering it loses faces that cross."""

_FOUND_AGAIN = 0.6
"""What lies with this share in a known face, or the other way round, is no new face."""

_CANDIDATES_PER_FACE = 2
"""Finds measured in a frame, in units of the most faces wanted; bounds the time on noise."""


@dataclass(frozen=True, slots=True, eq=False)
class _KnownFace:
    box: FaceBox
    landmarks: FloatArray


class MeshDetector:
    """Follows known faces by their landmarks and looks for new ones with a finder.

    A known face is measured again in the region of its last landmarks, so following costs no
    search; it is given up when the network's presence score falls under `min_confidence`. A find
    is confirmed by that score too, and by a second look where one score is too little. A frame that
    loses a face is searched at once, so a cut costs no frame.

    Boxes are the rectangles around the 478 landmarks, whichever finder found the face; confidence
    is the presence score. Equal frames in equal order give equal faces. Made, used and closed in
    one thread.

    Args:
        finder: Finds new faces; closed with the detector.
        mesh: Measures faces; closed with the detector.
        plan: How often and where the finder looks.
        options: The user's settings.
        blendshapes: Reads what the parts of the faces that are returned do, closed with the
            detector; None leaves it out.
        aside: Searches in a thread of its own, closed with the detector; None to do without.
    """

    def __init__(
        self,
        finder: FaceFinder,
        mesh: FaceMesh,
        plan: SearchPlan,
        options: DetectorOptions,
        blendshapes: BlendshapeReader | None = None,
        aside: FinderAside | None = None,
    ) -> None:
        self._mesh = mesh
        self._blendshapes = blendshapes
        self._search = FaceSearch(finder, plan, options, aside)
        self._options = options
        self._known: list[_KnownFace] = []

    def detect(self, frame: Frame) -> tuple[FaceBox, ...]:
        """Return the faces of a frame in px of the frame, the largest first."""
        self._search.begin(frame.image)
        faces, lost = self._follow(frame.image)
        finds = self._search.find(frame.image, tracking=bool(faces), lost=lost)
        self._add_new(frame.image, finds, faces)
        largest = sorted(faces, key=lambda face: -face.box.width * face.box.height)
        largest = largest[: self._options.max_faces]
        # Older faces come first in `faces`: when two regions meet on one face, the older stays.
        self._known = [face for face in faces if face in largest]
        return tuple(self._told(face) for face in largest)

    def _follow(self, image: Image) -> tuple[list[_KnownFace], list[FaceBox]]:
        """Measure the known faces again: those still there, and the last boxes of the others."""
        faces: list[_KnownFace] = []
        lost: list[FaceBox] = []
        regions = [Region.around_landmarks(known.landmarks) for known in self._known]
        readings = self._mesh.measure_all(image, regions)
        for known, reading in zip(self._known, readings, strict=True):
            face = self._confirmed(image, reading)
            if face is None or _shows_one_of(face, faces):
                lost.append(known.box)
            else:
                faces.append(face)
        return faces, lost

    def _add_new(self, image: Image, finds: list[Find], faces: list[_KnownFace]) -> None:
        left = _CANDIDATES_PER_FACE * self._options.max_faces
        for find in finds:
            if left == 0:
                return
            if _lies_on_one_of(find.box, faces):
                continue
            left -= 1
            face = self._measure_find(image, find)
            # Between two heads close together the mesh may span both: the face lies on a known one
            # although the find did not.
            if face is not None and not _lies_on_one_of(face.box, faces):
                faces.append(face)

    def _measure_find(self, image: Image, find: Find) -> _KnownFace | None:
        first = self._mesh.measure(image, Region.around_box(find.box))
        if first.presence < self._options.min_confidence:
            return None
        # The finder's box is rough and upright: measure again in the region of a followed face.
        region = Region.around_landmarks(first.landmarks)
        face = self._confirmed(image, self._mesh.measure(image, region))
        if face is None or find.sure or self._search.stands_second_look(image, face.box):
            return face
        return None

    def _confirmed(self, image: Image, reading: MeshReading) -> _KnownFace | None:
        if reading.presence < self._options.min_confidence:
            return None
        height, width = image.shape[:2]
        # Along rows that lie one behind the other: five times as quick.
        rows = np.ascontiguousarray(reading.landmarks[:, :2].T)
        low, high = rows.min(axis=1), rows.max(axis=1)
        (left, top), (right, bottom) = low.tolist(), high.tolist()
        across, down = (high - low).tolist()
        outside = right <= 0 or bottom <= 0 or left >= width or top >= height
        if outside or across < 1 or down < 1:
            return None
        box = FaceBox(
            left,
            top,
            across,
            down,
            confidence=reading.presence,
            landmarks=reading.landmarks,
            pose=pose_from_landmarks(reading.landmarks, width, height),
        )
        return _KnownFace(box, reading.landmarks)

    def _told(self, face: _KnownFace) -> FaceBox:
        if self._blendshapes is None:
            return face.box
        return replace(face.box, blendshapes=self._blendshapes.read(face.landmarks))

    def reset(self) -> None:
        """Forget the faces of earlier frames."""
        self._known = []
        self._search.reset()

    def state(self) -> State:
        """Return the followed faces and the turns of the search, as JSON-able values."""
        return {
            "known": [[packed_place(one.box), packed_floats(one.landmarks)] for one in self._known],
            "search": self._search.state(),
        }

    def restore(self, state: State) -> None:
        """Go on from what `state` returned: following needs no more of a face than is in it."""
        self._known = [
            _KnownFace(unpacked_place(place), unpacked_floats(landmarks))
            for place, landmarks in state["known"]
        ]
        self._search.restore(state["search"])

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        self._search.close()
        self._mesh.close()
        if self._blendshapes is not None:
            self._blendshapes.close()


def _shows_one_of(face: _KnownFace, others: list[_KnownFace]) -> bool:
    return any(intersection_over_union(face.box, other.box) > _SAME_FACE_IOU for other in others)


def _lies_on_one_of(box: FaceBox, faces: list[_KnownFace]) -> bool:
    return any(_overlap_of_smaller(box, face.box) > _FOUND_AGAIN for face in faces)


def _overlap_of_smaller(a: FaceBox, b: FaceBox) -> float:
    """Intersection as a share of the smaller box."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min(a.width * a.height, b.width * b.height)
