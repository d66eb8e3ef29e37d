"""Video files through FFmpeg (PyAV): every frame, at its true time, upright and as RGB."""

import math
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ferqt.core.timing import SessionClock
from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.sources.base import Losses, SourceInfo, SourceKind
from ferqt.sources.lifecycle import InterruptibleSource
from ferqt.sources.upright import to_rgb, upright_size
from ferqt.sources.video_container import USUAL_RATE
from ferqt.sources.video_decoder import Decoded, VideoDecoder

_ALIKE_PIXELS: Final = 1920 * 1088
"""Raising it makes more damaged files decode the same each time, and slows large ones down."""


class VideoFileSource(InterruptibleSource):
    """A video file, read frame by frame.

    Media time is the container's presentation time; 0 s is where the container says that the medium
    starts, as in players. Frame numbers count the frames of the file in order of presentation, also
    those that damage makes undecodable.

    Opened, read, sought and closed in one thread; FFmpeg decodes on threads of its own.

    Args:
        path: The file.

    Raises:
        SourceError: The file is missing, empty, not a video, too large or damaged from the start.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self._path = Path(path).absolute()
        self._failure = f"cannot open '{path}'"
        self._clock = SessionClock()
        self._info: SourceInfo | None = None
        self._info_is_exact = False
        self._closed = False
        self._over_until_s = -math.inf
        self._check_file()
        self._decoder = VideoDecoder(self._path, self._failure)
        try:
            first = self._decode_first()
        except BaseException:
            self.close()
            raise
        self._ahead = deque([first])
        self._width, self._height = upright_size(first.picture)

    @property
    def info(self) -> SourceInfo:
        """What is known of the file; count, rate and length are estimates until it was scanned."""
        if self._info is None or self._info_is_exact is not self._decoder.timeline.complete:
            self._info = self._describe()
            self._info_is_exact = self._decoder.timeline.complete
        return self._info

    @property
    def losses(self) -> Losses:
        """Frames passed so far that damage in the file has made undecodable."""
        return Losses(lost_frames=len(self._decoder.lost))

    def frames(self) -> Iterator[Frame]:
        """Yield frames from the present position to the end of the file."""
        while not (self._interrupted.is_set() or self._closed):
            decoded = self._ahead.popleft() if self._ahead else self._decoder.next()
            if decoded is None:
                return
            if self._is_over(decoded):
                continue
            time_s = self._time_of(decoded)
            image = to_rgb(decoded.picture)
            yield Frame(image, decoded.number, time_s, self._clock.stamp(time_s))

    def seek(self, media_time: float) -> None:
        """Make the last frame shown at or before `media_time` (s) the next one."""
        self._decoder.learn_all_times()
        self.seek_frame(self._decoder.timeline.number_at(media_time))

    def seek_frame(self, index: int) -> None:
        """Make the frame with this number the next one; where damage took it, the one after it."""
        self._go_to(index, run_up=0)

    def decode_alike(self) -> None:
        """Let damaged parts look the same each time the file is read, and begin at its start.

        Decoding then has one thread, which is quick enough up to `_ALIKE_PIXELS`; larger pictures
        are decoded as before.
        """
        if self._width * self._height <= _ALIKE_PIXELS:
            self._decoder.decode_singly()
        self.seek_frame(0)

    def go_on_from(self, index: int) -> None:
        """Make a frame that an earlier run has read the next one, decoded as it was then."""
        self._go_to(index, run_up=1)

    def pass_over(self, until_s: float) -> None:
        """Convert no frames that are over at a media time (s); they must be decoded all the same.

        Decoding takes about half the time of reading a frame.
        """
        self._over_until_s = until_s

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._closed = True
        self._decoder.close()

    def _go_to(self, index: int, run_up: int) -> None:
        self._decoder.learn_all_times()
        self._over_until_s = -math.inf
        self._clock.cut()
        last = len(self._decoder.timeline) - 1
        self._ahead = deque(self._decoder.go_to(min(max(index, 0), last), run_up))

    def _check_file(self) -> None:
        if not self._path.exists():
            raise SourceError(f"{self._failure}: there is no such file", "Check the path.")
        if not self._path.is_file():
            raise SourceError(f"{self._failure}: it is not a file", "Choose a video file.")
        if self._path.stat().st_size == 0:
            raise SourceError(f"{self._failure}: the file is empty", "Copy or export it again.")

    def _decode_first(self) -> Decoded:
        first = self._decoder.next()
        if first is None:
            raise SourceError(
                f"{self._failure}: none of its frames can be decoded",
                "The file is damaged or incomplete; copy or export it again.",
            )
        return first

    def _is_over(self, decoded: Decoded) -> bool:
        """Whether the next frame is on screen where frames may be passed over until."""
        timeline, following = self._decoder.timeline, decoded.number + 1
        return following < len(timeline) and timeline.time(following) <= self._over_until_s

    def _time_of(self, decoded: Decoded) -> float:
        timeline = self._decoder.timeline
        if decoded.picture.pts is not None and timeline.reliable:
            return timeline.seconds(decoded.picture.pts)
        return timeline.time(decoded.number)

    def _describe(self) -> SourceInfo:
        timeline, container = self._decoder.timeline, self._decoder.container
        if timeline.complete:
            fps, count = timeline.frame_rate, len(timeline)
            duration_s, variable = timeline.duration_s, timeline.is_variable
        else:
            fps = float(self._decoder.stream.average_rate or USUAL_RATE)
            duration_s = (container.duration or 0) / 1e6
            count, variable = round(duration_s * fps), None
        return SourceInfo(
            kind=SourceKind.VIDEO,
            title=self._path.name,
            location=str(self._path),
            width=self._width,
            height=self._height,
            fps=fps,
            frame_count=count,
            duration_s=duration_s,
            seekable=True,
            variable_frame_rate=variable,
            has_audio=bool(container.streams.audio),
        )
