"""Writes pictures as H.264 in MP4 with the true time of each, in a file that survives a crash.

Import this module where it is used: it brings the FFmpeg libraries along.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final

import av
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.frame import PictureType

from ferqt.core.closing import Closing
from ferqt.core.types import Image
from ferqt.outputs.box_file import BoxFile
from ferqt.outputs.h264 import (
    KEY_FRAME_S,
    add_h264_stream,
    choose_encoder,
    planes,
    write_failure,
)

_TIME_BASE: Final = Fraction(1, 90_000)
"""MPEG's clock: 11 microseconds a tick, whole ticks at 24, 25, 30 and 60 frames a second."""

_FRAGMENT_US: Final = 250_000
"""Time after which the file is whole again, so the most that a crash takes away. Half of it costs
800 bytes more a second."""

_CONTAINER: Final = MappingProxyType(
    {
        # Fragments while it grows, an ordinary MP4 with one index as soon as it is closed.
        "movflags": "hybrid_fragmented+frag_keyframe",
        "frag_duration": str(_FRAGMENT_US),
        "flush_packets": "1",
    }
)


@dataclass(frozen=True, slots=True)
class VideoPart:
    """One of the files that a video consists of; there are several when the size changed.

    Attributes:
        file: Name of the file.
        width: Width of the pictures in px. An odd one is stored with one column more.
        height: Height in px. An odd one is stored with one row more.
        begins_s: Time of its first picture; the file itself begins at 0.
        ends_s: Time of its last picture.
        frames: Number of pictures.
    """

    file: str
    width: int
    height: int
    begins_s: float
    ends_s: float
    frames: int


class VideoFileWriter(Closing):
    """Encodes pictures one by one; a change of size begins another file.

    What was written survives the end of the process, but for the last quarter second and the two
    pictures in the encoder. Used by one thread; encoding releases the interpreter.

    Args:
        path: First file; others are named after it with "-2", "-3" ... None may be there.
        fps: About how many pictures a second will come; a hint to the encoder.

    Raises:
        OutputError: There is no encoder.
    """

    def __init__(self, path: Path, fps: float | None = None) -> None:
        self._path = path
        self._fps = Fraction(fps or 30).limit_denominator(1001)
        self.encoder = choose_encoder()
        self._open: _OpenPart | None = None
        self._closed: list[VideoPart] = []

    @property
    def parts(self) -> tuple[VideoPart, ...]:
        """The files so far, the one that is being written included."""
        return (*self._closed, *((self._open.part,) if self._open else ()))

    def write(self, image: Image, time_s: float) -> None:
        """Add a picture.

        Args:
            image: H x W x 3 RGB.
            time_s: When it is shown; later than the picture before.

        Raises:
            OutputError: The file cannot be written or the encoder refuses the picture; what was
                written before stays.
        """
        height, width = image.shape[:2]
        if self._open is not None and (self._open.part.width, self._open.part.height) != (
            width,
            height,
        ):
            self._close_part()
        if self._open is None:
            number = len(self._closed) + 1
            path = self._path
            if number > 1:
                path = path.with_name(f"{path.stem}-{number}{path.suffix}")
            self._open = _OpenPart(path, width, height, time_s, self.encoder, self._fps)
        self._open.write(image, time_s)

    def close(self) -> None:
        """Finish the file; harmless when repeated.

        Raises:
            OutputError: Its end cannot be written; it can be played nevertheless.
        """
        self._close_part()

    def _close_part(self) -> None:
        part, self._open = self._open, None
        if part is not None:
            self._closed.append(part.part)
            part.close()


class _OpenPart:
    """The file that is being written."""

    def __init__(
        self, path: Path, width: int, height: int, begins_s: float, encoder: str, fps: Fraction
    ) -> None:
        self._path = path
        self.part = VideoPart(path.name, width, height, begins_s, begins_s, 0)
        self._key_s = float("-inf")
        self._last_pts = -1
        self._failed = False
        try:
            self._file = BoxFile(path)
        except OSError as error:
            raise write_failure(path, error) from error
        self._container: OutputContainer = av.open(
            self._file, "w", format="mp4", options=dict(_CONTAINER)
        )
        self._stream = add_h264_stream(
            self._container, (width, height), encoder, fps=fps, time_base=_TIME_BASE, live=True
        )

    def write(self, image: Image, time_s: float) -> None:
        picture = av.VideoFrame.from_ndarray(planes(image), format="yuv420p")
        pts = round((time_s - self.part.begins_s) / _TIME_BASE)
        picture.pts = self._last_pts = max(pts, self._last_pts + 1)
        picture.time_base = _TIME_BASE
        if time_s - self._key_s >= KEY_FRAME_S:
            picture.pict_type = PictureType.I
            self._key_s = time_s
        self._encode(picture)
        self.part = replace(self.part, ends_s=time_s, frames=self.part.frames + 1)

    def close(self) -> None:
        try:
            if not self._failed:
                self._encode(None)
                self._guarded(self._container.close)
        finally:
            if self._failed:
                # The end that FFmpeg adds would hide what came before: it is cut off again.
                with suppress(OSError, ValueError, FFmpegError):
                    self._container.close()
                self._file.cut_back()
            self._file.close()

    def _encode(self, picture: av.VideoFrame | None) -> None:
        def encode() -> None:
            for packet in self._stream.encode(picture):
                self._container.mux(packet)

        self._guarded(encode)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (OSError, ValueError, FFmpegError) as error:
            self._failed = True
            raise write_failure(self._path, error) from error
