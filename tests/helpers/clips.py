"""Encoded videos for tests, written with the FFmpeg libraries that PyAV brings."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]

# Fine enough to hold any time to 6 microseconds; MPEG-4 part 2 has 16 bits for it.
_TIME_BASE = Fraction(1, 90_000)
_MPEG4_TIME_BASE = Fraction(1, 30_000)

SOUND_RATE = 44_100
"""Samples a second of the sound of clips."""


def write_clip(
    path: Path,
    frames: Iterable[Image],
    *,
    times_s: Sequence[float | Fraction] | None = None,
    fps: float | Fraction = 30,
    codec: str = "libx264",
    rotation: int = 0,
    b_frames: int = 2,
    keyframe_every: int = 12,
    sound: npt.NDArray[np.float32] | None = None,
) -> list[Fraction]:
    """Encode a video; the file's ending chooses the container.

    Args:
        path: File to write (`.mp4`, `.mkv`, `.avi`, ...).
        frames: RGB pictures of one size, as a player shall show them; even width and height.
        times_s: When each frame is shown, growing; None for a constant rate of `fps`.
        fps: Frames a second where `times_s` is None.
        codec: `libx264`, `mpeg4`, `libvpx-vp9`, `ffv1` (lossless).
        rotation: Clockwise degrees (0, 90, 180, 270) that a player must turn the stored pictures.
            The frames are stored turned back, so a reader that heeds it sees them as given.
        b_frames: Frames in a row that are stored out of order; 0 for codecs that have none.
        keyframe_every: Frames from one key frame to the next; a seek has to decode from there.
        sound: Samples in -1..1 at `SOUND_RATE`, for an AAC track of one channel; None for no track.

    Returns:
        The time in seconds at which the container says each frame is shown, in order and exact.
    """
    with av.open(str(path), "w") as container:
        stream = track = None
        for number, frame in enumerate(frames):
            stored = np.ascontiguousarray(np.rot90(frame, rotation // 90))
            if stream is None:
                stream = container.add_stream(codec, rate=Fraction(fps).limit_denominator(1001))
                stream.height, stream.width = stored.shape[:2]
                stream.pix_fmt = "bgr0" if codec == "ffv1" else "yuv420p"
                time_base = _MPEG4_TIME_BASE if codec == "mpeg4" else _TIME_BASE
                stream.codec_context.time_base = time_base
                stream.codec_context.gop_size = keyframe_every
                stream.codec_context.max_b_frames = b_frames if codec != "ffv1" else 0
                if rotation:
                    # FFmpeg's display matrix counts counterclockwise.
                    stream.set_display_rotation(-rotation)
                if sound is not None:
                    track = container.add_stream("aac", rate=SOUND_RATE, layout="mono")
            time = number / Fraction(fps) if times_s is None else Fraction(times_s[number])
            picture = av.VideoFrame.from_ndarray(stored, format="rgb24")
            picture.time_base = time_base
            picture.pts = round(time / time_base)
            container.mux(stream.encode(picture))
        assert stream is not None, "a clip needs a frame"
        container.mux(stream.encode(None))
        if track is not None and sound is not None:
            _mux_sound(container, track, sound)
    return presentation_times(path)


def beeps(at_s: Sequence[float], length_s: float) -> npt.NDArray[np.float32]:
    """Sound that is silent but for a tone of 60 ms at each of some times, for `write_clip`."""
    times_s = np.arange(round(length_s * SOUND_RATE)) / SOUND_RATE
    heard = np.any([(times_s >= at) & (times_s < at + 0.06) for at in at_s], axis=0)
    return np.float32(0.5 * heard * np.sin(2 * np.pi * 1000 * times_s))


def _mux_sound(
    container: av.container.OutputContainer, track: av.AudioStream, sound: npt.NDArray[np.float32]
) -> None:
    for start in range(0, len(sound), 1024):
        piece = np.ascontiguousarray(sound[np.newaxis, start : start + 1024])
        frame = av.AudioFrame.from_ndarray(piece, "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
        container.mux(track.encode(frame))
    container.mux(track.encode(None))


def presentation_times(path: Path) -> list[Fraction]:
    """The times in seconds of all frames as the container states them, without decoding any."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        return sorted(
            packet.pts * stream.time_base
            for packet in container.demux(stream)
            if packet.pts is not None
        )
