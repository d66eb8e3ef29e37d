"""The first half of the pipeline: where the faces of a frame are, and which one is which."""

from collections.abc import Mapping
from dataclasses import dataclass

from ferqt.core.closing import Closing
from ferqt.core.state import State
from ferqt.core.timing import StageTimer
from ferqt.core.types import Frame, TrackedFace
from ferqt.faces.base import FaceDetector
from ferqt.faces.tracker import FaceTracker


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A frame whose faces are found and not yet read.

    Attributes:
        frame: The frame.
        faces: As the tracker named them.
        times: Milliseconds spent by stage, "detect" and "track".
    """

    frame: Frame
    faces: tuple[TrackedFace, ...]
    times: Mapping[str, float]


class FaceLocator(Closing):
    """Finds and tracks the faces of one source's frames in order.

    Made, used and closed in one thread. It owns its detector and closes it.

    Args:
        detector: Finds faces.
        lost_after_s: A face that is away longer gets a new id when it comes back.
    """

    def __init__(self, detector: FaceDetector, lost_after_s: float) -> None:
        self._detector = detector
        self._tracker = FaceTracker(lost_after_s)

    def locate(self, frame: Frame) -> Located:
        """Find and name the faces of the next frame, in the order of `Frame.session_ms`."""
        timer = StageTimer()
        with timer.stage("detect"):
            boxes = self._detector.detect(frame)
        with timer.stage("track"):
            faces = self._tracker.update(boxes, frame.session_ms)
        return Located(frame, faces, timer.times)

    def use_detector(self, detector: FaceDetector) -> None:
        """Let another detector find the faces from the next frame on; identities are kept."""
        old, self._detector = self._detector, detector
        old.close()

    def use_lost_after(self, lost_after_s: float) -> None:
        """Wait longer or shorter for faces that are away."""
        self._tracker.lost_after_s = lost_after_s

    def cut(self) -> None:
        """The next frame does not follow the last one (a seek): identities go on, the rest not."""
        self._detector.reset()
        self._tracker.cut()

    def reset(self) -> None:
        """Another source begins: forget everything, ids start over."""
        self._detector.reset()
        self._tracker.reset()

    def state(self) -> State:
        """Return what is kept from earlier frames, as JSON-able values."""
        return {"detector": self._detector.state(), "tracker": self._tracker.state()}

    def restore(self, state: State) -> None:
        """Go on from what `state` returned."""
        self._detector.restore(state["detector"])
        self._tracker.restore(state["tracker"])

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        self._detector.close()
