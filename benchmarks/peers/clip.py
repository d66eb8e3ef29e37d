"""The clip that all read: one head of ferqt's own demo that sways, turns and nods a little."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.peers.runners.loop import FPS
from ferqt.core.types import Image
from ferqt.sources.demo import HEIGHT, WIDTH, Head, draw_heads

_PERIOD_S: Final = 5.0
"""Short, so that slow programs see most of the motion, too."""
_FACE_PX: Final = 190.0


def write_one_face_clip(path: Path, frames: int) -> None:
    """Encode the clip as H.264 of 1280 x 720 px at 30 frames a second.

    The head stays so upright and frontal that a Haar cascade, which knows no other, can see it.

    Raises:
        OutputError: There is no encoder, or the file cannot be written.
        SourceError: The portrait is missing from the installation.
    """
    from ferqt.outputs.video_file_writer import VideoFileWriter

    with VideoFileWriter(path, FPS) as writer:
        for number, picture in enumerate(_pictures(frames)):
            writer.write(picture, number / FPS)


def _pictures(frames: int) -> Iterator[Image]:
    for number in range(frames):
        turn = 2 * math.pi * number / FPS / _PERIOD_S
        head = Head(
            x=WIDTH / 2 + 220 * math.sin(turn),
            y=330 + 15 * math.sin(2 * turn),
            face_width=_FACE_PX + 15 * math.sin(turn),
            yaw=6 * math.sin(3 * turn),
            roll=3 * math.sin(2 * turn),
            light=1 + 0.05 * math.sin(turn),
            mirrored=False,
        )
        yield draw_heads(WIDTH, HEIGHT, (head,))
