"""Films that are damaged in known ways."""

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage

from tests.helpers.clips import write_clip

Pictures = Sequence[npt.NDArray[np.uint8]]


def spoil_key_frame(path: Path, which: int = 1) -> None:
    """Replace what is in a key frame, counted from 0, and leave all that leads to it."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    keyframe = [packet for packet in packets if packet.is_keyframe][which]
    content = path.read_bytes()
    # Containers keep the end of a packet as it is, whatever they do to its begin.
    tail = bytes(keyframe)[4:]
    assert content.count(tail) == 1
    path.write_bytes(content.replace(tail, b"\xff" * len(tail)))


def write_changing(path: Path, first: Pictures, second: Pictures) -> None:
    """Write a film, at 25 frames a second, whose pictures change their size on the way."""
    codec = "libvpx-vp9" if path.suffix == ".webm" else "libx264"
    # A transport stream repeats in each key frame what its decoder must know.
    parts = [path.with_name(f"{number}.part.{_part_of(path)}") for number in range(2)]
    for part, pictures in zip(parts, (first, second), strict=True):
        write_clip(part, pictures, fps=25, codec=codec, b_frames=0, keyframe_every=5)
    with av.open(str(path), "w") as target:
        stream = None
        number = 0
        for part in parts:
            with av.open(str(part)) as source:
                if stream is None:
                    stream = target.add_stream_from_template(source.streams.video[0])
                for packet in source.demux(video=0):
                    if packet.size:
                        ticks = round(number / (25 * packet.time_base))
                        packet.pts = packet.dts = ticks
                        packet.stream = stream
                        target.mux(packet)
                        number += 1


def _part_of(path: Path) -> str:
    return "webm" if path.suffix == ".webm" else "ts"


def with_endless_index(content: bytes, count: int) -> bytes:
    """Return an MP4 file whose index says that it has so many frames of one byte."""
    changed = bytearray(content)
    for box, place, numbers in (
        (b"stsz", 8, (1, count)),
        (b"stsc", 16, (count,)),
        (b"stts", 12, (count,)),
    ):
        at = changed.find(box) + place
        struct.pack_into(f">{len(numbers)}I", changed, at, *numbers)
    return bytes(changed)


def jpeg_of(picture: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture as the bytes of a JPEG file."""
    buffer = io.BytesIO()
    PillowImage.fromarray(picture).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()
