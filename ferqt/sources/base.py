"""What every source of frames is: a protocol, and the facts it tells about itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from ferqt.core.types import Frame


class SourceKind(StrEnum):
    """The kinds of source, as the source menu and the metadata name them."""

    CAMERA = "camera"
    VIDEO = "video"
    IMAGES = "images"
    STREAM = "stream"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of an open source.

    Attributes:
        kind: Kind of source.
        title: Short name for the window ("clip.mp4", "HD Webcam").
        location: Path, URL, or camera number as text; what opens the same source again.
        width: Width of the upright picture in px, 0 when not known before the first frame.
        height: Height of the upright picture in px, 0 when not known before the first frame.
        fps: Frames a second, the average for a variable rate; None when not known.
        frame_count: Number of frames; None for a live source.
        duration_s: Length in s; None for a live source and for pictures.
        live: True when the source itself sets the pace and cannot be held (camera, stream).
        seekable: True when `seek` and `seek_frame` work.
        variable_frame_rate: True when the distances between frames differ; None when not known.
        has_audio: True when the file has a sound track.
    """

    kind: SourceKind
    title: str
    location: str
    width: int = 0
    height: int = 0
    fps: float | None = None
    frame_count: int | None = None
    duration_s: float | None = None
    live: bool = False
    seekable: bool = False
    variable_frame_rate: bool | None = None
    has_audio: bool = False


@dataclass(frozen=True, slots=True)
class Losses:
    """What a source could not deliver.

    Attributes:
        skipped: Name and reason of each picture of a folder that could not be read.
        lost_frames: Number of damaged frames of a video.
    """

    skipped: tuple[tuple[str, str], ...] = ()
    lost_frames: int = 0


class Connection(StrEnum):
    """What becomes of the connection to a device or server that gives frames."""

    LOST = "lost"
    BACK = "back"


@runtime_checkable
class Reconnecting(Protocol):
    """A source that tells when its connection is lost, and tries by itself to have it back."""

    def watch(self, tell: Callable[[Connection], None]) -> None:
        """Call `tell` when the connection is lost and when it is back, once for each outage.

        It is called in a thread of the source, and no more after an interrupt.
        """
        ...


@runtime_checkable
class FrameSource(Protocol):
    """A source of frames, opened by its constructor or factory.

    Opened, read, sought and closed in one thread. `interrupt` alone may be called from another
    thread. Reading is unpaced: whoever shows frames waits for their media time. Errors while
    opening or reading are `SourceError`s with one clear sentence.
    """

    @property
    def info(self) -> SourceInfo:
        """What is known of the source now."""
        ...

    @property
    def losses(self) -> Losses:
        """What could not be delivered so far."""
        ...

    def frames(self) -> Iterator[Frame]:
        """Yield frames from the present position to the end; a live source never ends by itself.

        After `seek` the running iterator goes on from the new position; at the end of the medium
        the iterator ends, and `frames` may be called again after a seek.
        """
        ...

    def seek(self, media_time: float) -> None:
        """Make the frame that is on screen at `media_time` (s) the next one to be yielded.

        That is the last frame whose presentation time is not after `media_time`; times outside the
        medium mean its first and last frame.

        Raises:
            SourceError: The source cannot seek.
        """
        ...

    def seek_frame(self, index: int) -> None:
        """Make the frame with this index the next one to be yielded; clipped to the medium.

        Raises:
            SourceError: The source cannot seek.
        """
        ...

    def pass_over(self, until_s: float) -> None:
        """Let frames go by that are no longer on screen at a media time (s), where that saves work.

        Whoever shows frames and is late asks for it; until the next seek those frames are not
        yielded. What a source always yields at once may be yielded all the same.
        """
        ...

    def interrupt(self) -> None:
        """Make a blocked or running `frames` end soon; safe from any thread, also when repeated."""
        ...

    def close(self) -> None:
        """Release the device or file; harmless when repeated."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
