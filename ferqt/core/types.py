"""The values that travel along the data path, from a source's frame to a frame's result.

All are frozen and safe to hand from one thread to another: arrays are made read-only when a value
is built. Pixel coordinates have their origin at the upper left corner of the picture, x to the
right, y down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.emotions import LabelSet

Image = npt.NDArray[np.uint8]
"""H x W x 3 RGB, or H x W gray where a docstring says so."""

FloatArray = npt.NDArray[np.float32]

_NO_TIMES: Final[Mapping[str, float]] = MappingProxyType({})


def _read_only(array: np.ndarray) -> None:
    array.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: uint8 H x W x 3, RGB, C-contiguous, read-only.
        index: Number of the frame in its source, from 0. After a seek it is the true number.
        media_time: Presentation time in seconds from the start of the medium; None for a camera or
            a stream, which have no timeline.
        session_ms: Milliseconds, strictly increasing over everything one open source ever yields,
            also after a seek or a loop; what trackers and smoothing measure time with.
        name: File name of the picture when the source is a folder of pictures, else "".
    """

    image: Image
    index: int
    media_time: float | None
    session_ms: int
    name: str = ""

    def __post_init__(self) -> None:
        if self.image.ndim != 3 or self.image.shape[2] != 3 or self.image.dtype != np.uint8:
            raise ValueError(
                f"a frame is uint8 H x W x 3, got {self.image.dtype} {self.image.shape}"
            )
        if not self.image.flags.c_contiguous:
            raise ValueError("a frame's pixels must be C-contiguous")
        _read_only(self.image)

    @property
    def width(self) -> int:
        """Width in px."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Height in px."""
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Orientation of a head in degrees, as the camera sees it; 0, 0, 0 looks into the camera.

    Attributes:
        pitch: Up is positive.
        yaw: Positive when the person turns toward the right side of the picture.
        roll: Positive when the head tilts clockwise in the picture.
    """

    pitch: float
    yaw: float
    roll: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceBox:
    """A face that a detector found.

    Attributes:
        x: Left edge in px; may lie outside the picture for a face cut by its edge.
        y: Upper edge in px.
        width: Width in px, positive.
        height: Height in px, positive.
        confidence: Detector's confidence in 0..1; None when the detector gives none (Haar).
        landmarks: float32 478 x 3 in MediaPipe's face mesh order, x and y in px of the frame, z in
            the same unit, smaller is nearer; None when the detector gives none.
        blendshapes: float32 52 in 0..1 in ARKit order as MediaPipe lists them; None when not made.
        pose: Head pose; None when the detector gives no landmarks.
    """

    x: float
    y: float
    width: float
    height: float
    confidence: float | None = None
    landmarks: FloatArray | None = None
    blendshapes: FloatArray | None = None
    pose: HeadPose | None = None

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise ValueError(f"a face box needs a positive size, got {self.width} x {self.height}")
        if self.landmarks is not None:
            _read_only(self.landmarks)
        if self.blendshapes is not None:
            _read_only(self.blendshapes)

    @property
    def center(self) -> tuple[float, float]:
        """Center of the box in px, (x, y)."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True, eq=False)
class TrackedFace:
    """A detected face with the identity that the tracker gave it.

    Attributes:
        track_id: From 1, never given to a second face while a source is open.
        box: Where the face is in this frame.
        age: Number of frames in which this track has been seen, from 1.
    """

    track_id: int
    box: FaceBox
    age: int


@dataclass(frozen=True, slots=True, eq=False)
class EmotionScores:
    """Probabilities of one face's expressions.

    Attributes:
        probabilities: float32, one a class, in the order of `labels`, sum 1.
        labels: The classes.
        uncertain: True when the top probability lies under the model card's threshold.
    """

    probabilities: FloatArray
    labels: LabelSet
    uncertain: bool = False

    def __post_init__(self) -> None:
        if self.probabilities.shape != (len(self.labels),):
            raise ValueError(
                f"{len(self.labels)} classes but probabilities of shape {self.probabilities.shape}"
            )
        _read_only(self.probabilities)

    @property
    def top(self) -> str:
        """Name of the most probable class."""
        return self.labels.names[int(self.probabilities.argmax())]

    @property
    def confidence(self) -> float:
        """Probability of the most probable class, 0..1."""
        return float(self.probabilities.max())

    def probability(self, name: str) -> float | None:
        """Return the probability of a class by name, None when the model has no such class."""
        if name not in self.labels.names:
            return None
        return float(self.probabilities[self.labels.index(name)])


@dataclass(frozen=True, slots=True, eq=False)
class FaceResult:
    """What was read from one face of one frame.

    Attributes:
        face: The tracked face, under the id that it goes by after merges.
        scores: Calibrated probabilities of this frame alone.
        smoothed: `corrected` where there is one, else `scores`, smoothed over time for this face;
            for looking at, never instead of `scores` in a table.
        name: Given by a person; "" for none.
        corrected: `scores` after the person's neutral baseline; None without one.
        other: What the compared model says of this frame alone; None while nothing is compared.
        other_corrected: The same after the baseline, as far as it knows that model.
        other_smoothed: The compared model's counterpart of `smoothed`.
    """

    face: TrackedFace
    scores: EmotionScores
    smoothed: EmotionScores
    name: str = ""
    corrected: EmotionScores | None = None
    other: EmotionScores | None = None
    other_corrected: EmotionScores | None = None
    other_smoothed: EmotionScores | None = None

    @property
    def disagrees(self) -> bool:
        """Whether two models are compared and name different expressions, smoothed."""
        return self.other_smoothed is not None and self.other_smoothed.top != self.smoothed.top


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """What was read from one frame.

    Attributes:
        frame: The frame; None in a light sample (see `without_image`).
        index: `Frame.index`.
        media_time: `Frame.media_time`.
        session_ms: `Frame.session_ms`.
        faces: Ordered by track id.
        model_id: Id of the model that gave the scores.
        times: Milliseconds spent by stage: "detect", "track", "crop", "classify", "smooth", and
            "compare" for all that the compared model takes.
        name: `Frame.name`.
        other_model_id: Id of the compared model; "" while nothing is compared.
    """

    frame: Frame | None
    index: int
    media_time: float | None
    session_ms: int
    faces: tuple[FaceResult, ...]
    model_id: str
    times: Mapping[str, float] = field(default_factory=lambda: _NO_TIMES)
    name: str = ""
    other_model_id: str = ""

    def without_image(self) -> "FrameResult":
        """Return the same result without pixels, light enough to keep thousands of."""
        return self if self.frame is None else replace(self, frame=None)

    def face(self, track_id: int) -> FaceResult | None:
        """Return the face of a track, None when it is not in this frame."""
        return next((face for face in self.faces if face.face.track_id == track_id), None)


class Severity(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the person at the screen.

    Attributes:
        severity: How much it matters.
        title: What happened, one short clause.
        text: What failed and which value; may be "".
        hint: What to do; may be "".
        details: Technical details for the log view; may be "".
    """

    severity: Severity
    title: str
    text: str = ""
    hint: str = ""
    details: str = ""
