"""What is measured with: frames in memory, and how long each took to decode."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from ferqt.bench.scenes import FPS, Setting, scene_picture, scene_pictures
from ferqt.core.addresses import without_credentials
from ferqt.core.types import Frame, Image
from ferqt.errors import UsageError
from ferqt.sources.base import FrameSource, SourceKind
from ferqt.sources.factory import open_source, source_kind

_MOST_BYTES: Final = 300_000_000
"""Pixels kept in memory; of large pictures there are fewer."""

_FEWEST: Final = 2
_MEASURABLE: Final = (SourceKind.VIDEO, SourceKind.IMAGES)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Frames in memory.

    Attributes:
        frames: In their order, of one size unless they are pictures.
        decode_ms: How long each took to read and decode.
        fps: Frames a second when it plays.
        pictures: Whether each frame is a picture of its own, and no film.
    """

    frames: Sequence[Frame]
    decode_ms: Sequence[float]
    fps: float
    pictures: bool

    @property
    def size(self) -> str:
        """Width and height of the first frame, as they are told."""
        return f"{self.frames[0].width}x{self.frames[0].height}"

    def endless(self) -> Iterator[Frame]:
        """Yield the frames forth and back without end, as one film that is never cut.

        Numbers and times go on growing.
        """
        there_and_back = [*self.frames, *reversed(self.frames[1:-1])]
        for number, frame in enumerate(cycle(there_and_back)):
            stamp_ms = round(number * 1000 / self.fps) + number
            yield replace(frame, index=number, session_ms=stamp_ms)


def first_frames(scene: Setting | str, count: int) -> Iterator[Frame]:
    """Yield the first frames of a scene or a file, one at a time.

    Raises:
        SourceError: It cannot be drawn or read.
    """
    if isinstance(scene, str):
        with open_source(scene) as source:
            yield from islice(source.frames(), count)
        return
    for number in range(count):
        picture = scene_picture(scene, number / FPS)
        yield Frame(picture, number, number / FPS, round(1000 * number / FPS))


def scene_clip(setting: Setting, count: int, folder: Path) -> Clip:
    """Encode a scene as a video in a folder, read it back and remove it.

    Raises:
        SourceError, OutputError: It cannot be drawn, encoded or read.
    """
    path = folder / f"{setting.size}-{setting.faces}.mp4"
    write_video(path, scene_pictures(setting, count))
    try:
        return read_clip(str(path), count)
    finally:
        path.unlink(missing_ok=True)


def write_video(path: Path, pictures: Iterable[Image]) -> None:
    """Encode pictures as a video of `FPS` frames a second.

    Raises:
        OutputError: There is no encoder, or the file cannot be written.
    """
    from ferqt.outputs.video_file_writer import VideoFileWriter

    with VideoFileWriter(path, FPS) as writer:
        for number, picture in enumerate(pictures):
            writer.write(picture, number / FPS)


def check_source(location: str) -> None:
    """Refuse what has no frames that could be read again, and look at its first one.

    Raises:
        UsageError: It is neither a video nor pictures.
        SourceError: It cannot be opened or read.
    """
    if source_kind(location) not in _MEASURABLE:
        raise UsageError(
            f"cannot measure with what is no file: '{without_credentials(location)}'",
            "Give a video, a picture or a folder of pictures.",
        )
    read_clip(location, 1)


def read_clip(location: str, count: int) -> Clip:
    """Read the first frames of a video or of a folder of pictures.

    Args:
        location: Path of the file or folder.
        count: How many at most; fewer when the film is shorter or its pictures are large.

    Raises:
        SourceError: It cannot be opened or read.
    """
    began = time.perf_counter()
    with open_source(location) as source:
        opened_ms = (time.perf_counter() - began) * 1000
        frames, times_ms = _read(source, count)
        info = source.info
    # Opening has decoded the first frame already, with more that only opening takes.
    decoded_ms = times_ms[1:] or [opened_ms + spent for spent in times_ms]
    return Clip(frames, decoded_ms, info.fps or FPS, info.kind is SourceKind.IMAGES)


def _read(source: FrameSource, count: int) -> tuple[list[Frame], list[float]]:
    frames: list[Frame] = []
    times_ms: list[float] = []
    reading = source.frames()
    while len(frames) < count:
        began = time.perf_counter()
        frame = next(reading, None)
        if frame is None:
            break
        times_ms.append((time.perf_counter() - began) * 1000)
        frames.append(frame)
        if len(frames) >= _FEWEST and len(frames) * frame.image.nbytes > _MOST_BYTES:
            break
    return frames, times_ms
