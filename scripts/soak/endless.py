"""A camera that never ends: a 1280 x 720 clip of one face, over and over, as fast as it is read."""

from collections.abc import Iterator
from pathlib import Path
from threading import Condition
from typing import Final

from ferqt.core.types import Frame, Image
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.lifecycle import InterruptibleSource
from ferqt.sources.upright import to_rgb
from ferqt.sources.video_container import open_video

FPS: Final = 30
_FACE_S: Final = 6.0
_AWAY_S: Final = 2.0
"""Longer than a tracker waits, so that the face has another id each time the clip begins anew."""

FRAMES_A_FACE: Final = round((_FACE_S + _AWAY_S) * FPS)

_AHEAD: Final = 1
_PATIENCE_S: Final = 0.5


def write_one_face(path: Path) -> None:
    """Encode a real face that moves a little for some seconds, and then a scene without it."""
    import math

    from tests.helpers.clips import write_clip
    from tests.helpers.portraits import PlacedFace, scene

    def pictures() -> Iterator[Image]:
        for number in range(round(_FACE_S * FPS)):
            turn = 2 * math.pi * number / (_FACE_S * FPS)
            face = PlacedFace(640 + 200 * math.sin(turn), 360, 190, roll=8 * math.sin(turn))
            yield scene(1280, 720, [face], (70, 80, 90))
        nobody = scene(1280, 720, [], (70, 80, 90))
        for _ in range(round(_AWAY_S * FPS)):
            yield nobody

    write_clip(path, pictures(), fps=FPS)


class ReadCount:
    """How many frames were read; the source gives the next one when the last was taken.

    So each frame counts, none is replaced, and decoding takes no processor from reading.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._read = 0

    @property
    def read(self) -> int:
        """Frames read so far."""
        with self._changed:
            return self._read

    def take(self, _frame: object) -> None:
        """Count a frame; called in the inference thread."""
        with self._changed:
            self._read += 1
            self._changed.notify_all()

    def wait_for(self, count: int) -> bool:
        """Wait until so many were read; False when one must have got lost on the way."""
        with self._changed:
            return self._changed.wait_for(lambda: self._read >= count, _PATIENCE_S)


class EndlessClip(InterruptibleSource):
    """The clip as a live source; its time runs on at 30 frames a second, however fast it is read.

    A video file of the program keeps 32 frames for stepping back and lets go of them at each jump,
    which moves its memory by 44 MB every few seconds. A camera keeps none, and neither does this.

    Args:
        path: The clip.
        count: Tells what was read.
    """

    def __init__(self, path: Path, count: ReadCount) -> None:
        super().__init__()
        self._container, self._stream = open_video(path, "cannot read the clip")
        self._count = count

    @property
    def info(self) -> SourceInfo:
        """As of a camera: no length, no seeking."""
        return SourceInfo(
            SourceKind.CAMERA, "endless", "endless", 1280, 720, fps=float(FPS), live=True
        )

    def frames(self) -> Iterator[Frame]:
        """Yield frames until interrupted."""
        number, lost = 0, -self._count.read
        while not self._interrupted.is_set():
            for picture in self._container.decode(self._stream):
                while not self._count.wait_for(number + 1 - _AHEAD - lost):
                    lost += 1
                yield Frame(to_rgb(picture), number, None, round(number * 1000 / FPS))
                number += 1
                if self._interrupted.is_set():
                    return
            self._container.seek(0)

    def seek(self, media_time: float) -> None:
        """Nothing: a camera cannot."""

    def seek_frame(self, index: int) -> None:
        """Nothing: a camera cannot."""

    def close(self) -> None:
        """Close the clip."""
        self._container.close()
