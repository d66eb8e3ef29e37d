"""What all H.264 videos have in common: the encoder, its settings, the layout of its pictures.

Import this module where it is used: it brings the FFmpeg libraries along.
"""

import errno
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np
from av.codec import Codec
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from ferqt.core.types import Image
from ferqt.errors import OutputError

KEY_FRAME_S: Final = 1.0
"""Distance of the frames that a player can jump to."""

_LARGE_PX: Final = 1_500_000
"""From this size on, speed comes before the file's size. On two 2.5 GHz cores, a 720p picture takes
11 ms with the preset for small ones, a 1080p picture 12 ms with that for large ones."""

_LIVE: Final = MappingProxyType(
    {
        # Without looking ahead each picture leaves the encoder at most two pictures later.
        "libx264": {"crf": "23", "rc-lookahead": "0", "forced-idr": "1"},
        "libopenh264": {"rc_mode": "quality"},
    }
)
"""H.264 encoders by preference, with their options while something happens. PyAV's own wheels bring
libx264; builds of FFmpeg without the GPL have libopenh264."""

_UNHURRIED: Final = MappingProxyType(
    {
        "libx264": {"crf": "20", "preset": "veryfast", "forced-idr": "1"},
        "libopenh264": {"rc_mode": "quality"},
    }
)
"""The same when nobody waits for the next picture."""

_LIVE_THREADS: Final = 2


def choose_encoder() -> str:
    """Return the name of the H.264 encoder to use.

    Raises:
        OutputError: FFmpeg was built without any.
    """
    for name in _LIVE:
        try:
            Codec(name, "w")
        except FFmpegError:
            continue
        return name
    raise OutputError(
        "the installed PyAV has no encoder for H.264",
        "Install PyAV from its own wheels: pip install --force-reinstall av.",
    )


def add_h264_stream(
    container: OutputContainer,
    size: tuple[int, int],
    encoder: str,
    *,
    fps: Fraction,
    time_base: Fraction,
    live: bool,
) -> VideoStream:
    """Add a track of pictures to a file.

    Args:
        container: The file.
        size: Width and height of the pictures; an odd one becomes one more.
        encoder: From `choose_encoder`.
        fps: About how many pictures a second will come; a hint to the encoder.
        time_base: Seconds a tick of the pictures' times.
        live: Pictures come while something happens: be quick, take two threads only.
    """
    width, height = size
    options: dict[str, str] = dict((_LIVE if live else _UNHURRIED)[encoder])
    if live and encoder == "libx264":
        options["preset"] = "ultrafast" if width * height > _LARGE_PX else "veryfast"
    stream = container.add_stream(encoder, rate=fps, options=options)
    assert isinstance(stream, VideoStream)
    stream.width = width + width % 2
    stream.height = height + height % 2
    stream.pix_fmt = "yuv420p"
    stream.time_base = time_base
    context = stream.codec_context
    context.time_base = time_base
    # Key frames are set by time; this is far beyond.
    context.gop_size = 600
    context.max_b_frames = 0
    context.thread_count = _LIVE_THREADS if live else 0
    # What OpenCV converts to; players would guess another matrix for large pictures.
    context.colorspace = Colorspace.ITU601
    context.color_range = ColorRange.MPEG
    return stream


def planes(image: Image) -> Image:
    """Return the planes of a 4:2:0 picture as PyAV lays them out, 3 H / 2 x W.

    An odd side gets another column at the right or another row at the bottom.
    """
    height, width = image.shape[:2]
    if height % 2 or width % 2:
        image = np.asarray(
            cv2.copyMakeBorder(image, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE), np.uint8
        )
    # A fifth of the time that FFmpeg takes for it.
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420), np.uint8)


def write_failure(path: Path, error: Exception) -> OutputError:
    """Return the sentence for a video that cannot be written."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(f"no room left to write '{path}'", "Free some space on that disk.")
    reason = error.strerror if isinstance(error, OSError) else None
    return OutputError(
        f"cannot write '{path}': {reason or error}", "Choose a folder that you may write to."
    )
