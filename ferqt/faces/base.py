"""What every face detector is: a protocol, and the settings it is built from."""

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from ferqt.core.cores import usable_cores
from ferqt.core.state import State
from ferqt.core.types import FaceBox, Frame, Image


@dataclass(frozen=True, slots=True)
class DetectorOptions:
    """Settings of a detector.

    Attributes:
        max_faces: Most faces to return, the largest first kept. Raising it costs time with crowds.
        min_confidence: Detections under it are dropped, 0..1. Raising it loses blurred and turned
            faces and drops false alarms.
        far_faces: Look for faces that are small in the picture too, at some cost of time.
        threads: Threads that a network of the detector may use. A second one makes a lone detector
            quicker, and a live view slower where two cores also decode and paint.
        tiles_per_frame: How many tiles of the picture are searched for small faces in a frame; the
            search goes round over the following frames. The first frame after a reset is searched
            wholly; None searches all tiles in every frame. Raising it finds a new small face sooner
            and costs time.
        tiles_in_a_hurry: The same in frames after one without a face, and for a round of all tiles
            after one was lost: a film may have been cut there. Not fewer than `tiles_per_frame` are
            searched.
        search_aside: Search in a thread of its own while the followed faces are measured.
            What is found is the same; for analyses, whose other threads leave room for it.
        share_faces_from: With how many faces in a frame two threads begin to share them, as far as
            a core is free; None for never. What is measured is the same. By default 2, and 3 where
            there are only two cores: there the window reads no more frames with two faces.
        blendshapes: Read `FaceBox.blendshapes` of each face too, at the cost of another small
            network.
    """

    max_faces: int = 8
    min_confidence: float = 0.5
    far_faces: bool = True
    threads: int = 1
    tiles_per_frame: int | None = 1
    tiles_in_a_hurry: int = 1
    search_aside: bool = False
    share_faces_from: int | None = field(default_factory=lambda: _share_faces_from(usable_cores()))
    blendshapes: bool = False


def _share_faces_from(cores: int) -> int | None:
    if cores == 1:
        return None
    return 2 if cores > 2 else 3


@runtime_checkable
class FaceFinder(Protocol):
    """Finds where faces are in a picture, without state between pictures.

    The part in which detectors differ; landmarks, pose and the care for tracked faces are the same
    for all of them. Made, used and closed in one thread.
    """

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        """Return the faces of an RGB uint8 H x W x 3 picture in px of it, the best first.

        The picture may be a part of a larger one, whose rows are longer.

        The boxes are those of the finder's own habit; `landmarks` is None.
        """
        ...

    def close(self) -> None:
        """Release the network; harmless when repeated."""
        ...


@runtime_checkable
class FaceDetector(Protocol):
    """Finds the faces of a frame.

    Made, used and closed in one thread. A detector may keep state between frames of one source (a
    tracked face is cheaper than a new one): `reset` before another source, after a seek or a cut.
    """

    def detect(self, frame: Frame) -> tuple[FaceBox, ...]:
        """Return the faces of a frame in px of the frame, the largest first."""
        ...

    def reset(self) -> None:
        """Forget what was kept from earlier frames."""
        ...

    def state(self) -> State:
        """Return what is kept from earlier frames, as JSON-able values."""
        ...

    def restore(self, state: State) -> None:
        """Go on from what `state` returned, there or in another process, bit by bit.

        The detector must have been built from equal settings.
        """
        ...

    def close(self) -> None:
        """Release the networks; harmless when repeated."""
        ...
