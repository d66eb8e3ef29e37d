"""Writes a session's film anew with the readings drawn on it: same times, same size, same sound."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import cv2
import numpy as np

from ferqt.core.closing import Closing
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import Frame, FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.overlay import OverlayMemory, OverlayOptions
from ferqt.pipeline.film_sound import FilmSound
from ferqt.pipeline.read_ahead import ReadAhead
from ferqt.pipeline.replay import Replay
from ferqt.pipeline.session_source import session_film
from ferqt.sources.base import SourceInfo
from ferqt.sources.video_container import open_video
from ferqt.sources.video_file import VideoFileSource

if TYPE_CHECKING:
    from ferqt.outputs.film_file import FilmFile, FilmShape

_WAITING: Final = 4
"""Pictures on their way to the encoder; each takes 2.8 MB at 1280 x 720."""

_SAME_TIME_S: Final = 1e-6
_USUAL_RATE: Final = 25.0
_MPEG_TIME_BASE: Final = Fraction(1, 90_000)


class OverlayPainter(Protocol):
    """Draws readings on a copy of a picture, as `overlay.raster.draw_overlay` does without Qt."""

    def __call__(
        self,
        image: Image,
        result: FrameResult,
        options: OverlayOptions,
        memory: OverlayMemory | None = None,
    ) -> Image:
        """Return the painted copy."""
        ...


@dataclass(frozen=True, slots=True)
class AnnotatedVideoOptions:
    """What an annotated video shows.

    Attributes:
        overlay: What is drawn; None for the bare pictures, as for a film that is only blurred. The
            face mesh is not stored and so never drawn. A film is never mirrored.
        blur: Cover all faces that were found, under the overlay.
        part: Which stretch of the film; None for all of it. Its beginning becomes 0 s.
        painter: Draws the overlay; None for the one that needs no Qt.
    """

    overlay: OverlayOptions | None = field(default_factory=OverlayOptions)
    blur: bool = False
    part: TimeRange | None = None
    painter: OverlayPainter | None = None


def annotated_video(
    document: SessionDocument,
    path: Path,
    options: AnnotatedVideoOptions | None = None,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Write a film with a session's readings on it.

    Reading, drawing and encoding overlap in three threads. The file appears when it is whole.

    Args:
        document: A session of a video file.
        path: MP4 file to write; one that is there is replaced.
        options: What it shows.
        on_progress: Called in the calling thread with the pictures done and those there will be.
        should_stop: Asked before each picture; True gives up and leaves nothing behind.

    Returns:
        Whether it was written; False when it was stopped.

    Raises:
        OutputError: The session is not one of a film, the film is gone or is another one, there is
            no picture in the part, or the file cannot be written.
        SourceError: The film cannot be read.
    """
    options = options or AnnotatedVideoOptions()
    film = session_film(document)
    if path.exists() and path.samefile(film):
        raise OutputError(
            f"'{path}' is the video that was analyzed", "Choose another name for the new one."
        )
    part = options.part
    start_s, stop_s = (part.start_s, part.end_s) if part else (0.0, None)
    # They bring the FFmpeg libraries along.
    from ferqt.outputs.film_file import FilmFile

    with (
        ReadAhead(
            lambda: VideoFileSource(film), start_s=start_s or None, should_stop=should_stop
        ) as reader,
        FilmSound(film, start_s, stop_s) as sound,
        FilmFile(path, shape := _shape_of(film, reader.info), sound.tracks) as file,
        _Encoder(file, sound, shape, start_s) as encoder,
    ):
        draw = _Drawing(document, options)
        total = _expected_frames(reader.info, start_s, stop_s)
        done = 0
        on_progress(0, total)
        for frame in _part_of(reader.frames(), start_s, stop_s):
            if should_stop():
                break
            encoder.write(draw(frame), frame.media_time or 0.0)
            done += 1
            on_progress(done, max(total, done))
        if should_stop():
            return False
        if not done:
            raise OutputError(
                f"'{film.name}' has no picture from {start_s:g} s on", "Choose another part."
            )
        encoder.finish()
    return True


class _Drawing:
    """Turns frames of the film into pictures of the new one, in order; used by one thread."""

    def __init__(self, document: SessionDocument, options: AnnotatedVideoOptions) -> None:
        from ferqt.outputs.face_blur import BRIDGED_S, FaceCover
        from ferqt.outputs.overlay.raster import draw_overlay

        self._overlay = options.overlay and replace(options.overlay, mirrored=False)
        self._painter: OverlayPainter = options.painter or draw_overlay
        self._memory = OverlayMemory()
        self._replay = Replay(document)
        every = int((document.facts.get("part") or {}).get("every") or 1)
        rate = (document.facts.get("source") or {}).get("fps") or _USUAL_RATE
        self._cover = (
            FaceCover(document.table, max(BRIDGED_S, every / rate)) if options.blur else None
        )

    def __call__(self, frame: Frame) -> Image:
        from ferqt.outputs.face_blur import cover_faces

        image = frame.image
        if self._cover is not None:
            image = cover_faces(image, self._cover.boxes(frame.media_time or 0.0))
        if self._overlay is None:
            return image
        return self._painter(image, self._replay.of(frame), self._overlay, self._memory)


class _Encoder(Closing):
    """Encodes in a thread of its own; a few pictures wait. Used by one other thread."""

    def __init__(
        self, file: "FilmFile", sound: FilmSound, shape: "FilmShape", start_s: float
    ) -> None:
        self._file = file
        self._sound = sound
        self._shape = shape
        self._first_tick = round(Fraction(start_s) / shape.time_base)
        self._duration = round(1 / shape.fps / shape.time_base)
        self._pool = ThreadPoolExecutor(1, "ferqt-encoder")
        self._pending: deque[Future[None]] = deque()

    def write(self, image: Image, time_s: float) -> None:
        """Take a picture on; waits while too many do.

        Raises:
            OutputError: This or an earlier one cannot be written.
        """
        while len(self._pending) >= _WAITING:
            self._pending.popleft().result()
        tick = round(Fraction(time_s) / self._shape.time_base) - self._first_tick
        self._pending.append(self._pool.submit(self._write, image, tick))

    def finish(self) -> None:
        """Wait for all pictures, add the rest of the sound and put the file in its place.

        Raises:
            OutputError: Something cannot be written.
        """
        while self._pending:
            self._pending.popleft().result()
        self._write_sound(math.inf)
        self._file.finish()

    def close(self) -> None:
        """Wait for the picture at hand and drop those that wait; harmless when repeated."""
        self._pool.shutdown(cancel_futures=True)

    def _write(self, image: Image, tick: int) -> None:
        wanted = (self._shape.width, self._shape.height)
        if (image.shape[1], image.shape[0]) != wanted:
            # Some films change their size on the way; a file has one.
            image = np.asarray(cv2.resize(image, wanted), np.uint8)
        self._write_sound(float(tick * self._shape.time_base))
        self._file.write(image, tick, self._duration)

    def _write_sound(self, until_s: float) -> None:
        for packet, shift in self._sound.until(until_s):
            self._file.write_sound(packet, shift)


def _shape_of(film: Path, info: SourceInfo) -> "FilmShape":
    from ferqt.outputs.film_file import FilmShape

    container, stream = open_video(film, f"cannot open '{film}'")
    with container:
        aspect = stream.sample_aspect_ratio or Fraction(1)
        turned = (info.width, info.height) == (stream.height, stream.width)
        return FilmShape(
            width=info.width,
            height=info.height,
            fps=Fraction(info.fps or _USUAL_RATE).limit_denominator(1001),
            time_base=stream.time_base or _MPEG_TIME_BASE,
            pixel_aspect=1 / aspect if turned and info.width != info.height else aspect,
        )


def _part_of(frames: Iterator[Frame], start_s: float, stop_s: float | None) -> Iterator[Frame]:
    for frame in frames:
        time_s = frame.media_time or 0.0
        if stop_s is not None and time_s >= stop_s - _SAME_TIME_S:
            return
        if time_s >= start_s - _SAME_TIME_S:
            yield frame


def _expected_frames(info: SourceInfo, start_s: float, stop_s: float | None) -> int:
    length_s = info.duration_s or 0.0
    if start_s <= 0 and (stop_s is None or stop_s >= length_s):
        return info.frame_count or 1
    end_s = length_s if stop_s is None else min(stop_s, length_s)
    return max(1, round((end_s - start_s) * (info.fps or _USUAL_RATE)))
