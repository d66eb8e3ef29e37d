"""Writes a film anew: pictures at the very ticks of another file, and that file's sound.

Import this module where it is used: it brings the FFmpeg libraries along.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import PictureType

from ferqt.core.closing import Closing
from ferqt.core.types import Image
from ferqt.drafts import draft_of, note_begun, note_ended
from ferqt.outputs.h264 import (
    KEY_FRAME_S,
    add_h264_stream,
    choose_encoder,
    planes,
    write_failure,
)
from ferqt.paths import make_folder

_COPIED: Final = frozenset({"aac", "ac3", "alac", "eac3", "flac", "mp3", "opus"})
"""Sound that players expect in an MP4 file. What else there is becomes AAC: FFmpeg would also put
Vorbis or plain samples there, which few players find."""

_NEW_SOUND: Final = "aac"
_AAC_RATES: Final = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000)
_AAC_CHANNELS: Final = {1: "mono", 2: "stereo"}
_AAC_BITS: Final = {1: 96_000, 2: 160_000}


@dataclass(frozen=True, slots=True)
class FilmShape:
    """What the pictures of a film have in common.

    Attributes:
        width: In px; an odd one is stored with one column more.
        height: In px; an odd one is stored with one row more.
        fps: About how many come a second; a hint to the encoder.
        time_base: Seconds a tick.
        pixel_aspect: Width of a pixel divided by its height.
    """

    width: int
    height: int
    fps: Fraction
    time_base: Fraction
    pixel_aspect: Fraction = Fraction(1)


class FilmFile(Closing):
    """One MP4 file with H.264 pictures and copied or converted sound.

    It appears whole when `finish` is called; closed before that, nothing is left of it. Used by one
    thread at a time; encoding releases the interpreter.

    Args:
        path: Where it will be; a file that is there is replaced. Its folder is made.
        shape: Of the pictures.
        sound: Tracks of the other file, whose packets will come.

    Raises:
        OutputError: The folder cannot be written, or there is no encoder.
    """

    def __init__(self, path: Path, shape: FilmShape, sound: Sequence[AudioStream] = ()) -> None:
        self._path = path
        self._shape = shape
        encoder = choose_encoder()
        self._part = _draft(path)
        self._container: OutputContainer = av.open(str(self._part), "w", format="mp4")
        self._stream = add_h264_stream(
            self._container,
            (shape.width, shape.height),
            encoder,
            fps=shape.fps,
            time_base=shape.time_base,
            live=False,
        )
        self._stream.codec_context.sample_aspect_ratio = shape.pixel_aspect
        self._tracks = {track.index: _sound_track(self._container, track) for track in sound}
        self._last_tick: int | None = None
        self._key_s = float("-inf")
        self._open = True

    def write(self, image: Image, tick: int, duration: int = 0) -> None:
        """Add a picture.

        Args:
            image: H x W x 3 RGB.
            tick: When it is shown; later than the picture before.
            duration: For how many ticks it is shown; 0 where that is not known.

        Raises:
            OutputError: The disk is full, or the encoder refuses the picture.
        """
        picture = av.VideoFrame.from_ndarray(planes(image), format="yuv420p")
        if self._last_tick is not None:
            # Damaged files may tell one time twice.
            tick = max(tick, self._last_tick + 1)
        picture.pts = self._last_tick = tick
        picture.duration = duration
        picture.time_base = self._shape.time_base
        time_s = float(tick * self._shape.time_base)
        if time_s - self._key_s >= KEY_FRAME_S:
            picture.pict_type = PictureType.I
            self._key_s = time_s
        self._guarded(lambda: self._container.mux(self._stream.encode(picture)))

    def write_sound(self, packet: "Packet[AudioStream]", shift: int) -> None:
        """Add a packet of one of the sound tracks.

        Args:
            packet: As it was read; it cannot be used any more afterward.
            shift: Ticks of its own time base that are taken from its times.

        Raises:
            OutputError: The disk is full, or the sound cannot be converted.
        """
        track = self._tracks[packet.stream_index]
        self._guarded(lambda: track.write(packet, shift))

    def finish(self) -> None:
        """Write what is still inside the encoders and put the file in its place.

        Raises:
            OutputError: It cannot be written.
        """

        def end() -> None:
            self._container.mux(self._stream.encode(None))
            for track in self._tracks.values():
                track.end()
            self._container.close()
            self._open = False
            self._part.replace(self._path)

        self._guarded(end)

    def close(self) -> None:
        """Take away what was not finished; harmless when repeated."""
        if self._open:
            self._open = False
            # An encoder that failed may fail once more here; the file goes anyway.
            with suppress(OSError, ValueError, FFmpegError):
                self._container.close()
        self._part.unlink(missing_ok=True)
        note_ended([self._part])

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (OSError, ValueError, FFmpegError) as error:
            raise write_failure(self._path, error) from error


class _CopiedTrack:
    """Sound that is taken over as it is."""

    def __init__(self, container: OutputContainer, source: AudioStream) -> None:
        self._container = container
        self._stream = container.add_stream_from_template(source)

    def write(self, packet: "Packet[AudioStream]", shift: int) -> None:
        if packet.dts is None:
            # What a demuxer hands out at the end of a file.
            return
        packet.dts -= shift
        if packet.pts is not None:
            packet.pts -= shift
        packet.stream = self._stream
        self._container.mux(packet)

    def end(self) -> None:
        """Nothing is held back."""


class _ConvertedTrack:
    """Sound that becomes AAC."""

    def __init__(self, container: OutputContainer, source: AudioStream) -> None:
        self._container = container
        self._source = source
        context = source.codec_context
        channels = 1 if context.channels == 1 else 2
        rate = context.sample_rate if context.sample_rate in _AAC_RATES else 48_000
        layout = _AAC_CHANNELS[channels]
        stream = container.add_stream(_NEW_SOUND, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _AAC_BITS[channels]
        self._stream = stream
        self._resampler = AudioResampler(stream.format, layout, rate)

    def write(self, packet: "Packet[AudioStream]", shift: int) -> None:
        try:
            frames = packet.decode()
        except FFmpegError:
            # Damage costs what it hit and nothing more.
            return
        for frame in frames:
            if frame.pts is not None and self._source.time_base and frame.time_base:
                frame.pts -= round(shift * self._source.time_base / frame.time_base)
            for piece in self._resampler.resample(frame):
                self._container.mux(self._stream.encode(piece))

    def end(self) -> None:
        """Encode what is held back."""
        for piece in self._resampler.resample(None):
            self._container.mux(self._stream.encode(piece))
        self._container.mux(self._stream.encode(None))


def _sound_track(container: OutputContainer, source: AudioStream) -> _CopiedTrack | _ConvertedTrack:
    # Decoders have names of their own, as mp3float.
    name = source.codec_context.codec.canonical_name
    kind = _CopiedTrack if name in _COPIED else _ConvertedTrack
    return kind(container, source)


def _draft(path: Path) -> Path:
    """Make an empty file beside the final one."""
    part = draft_of(path)
    try:
        make_folder(path.parent)
        note_begun([part])
        part.touch(exist_ok=False)
    except OSError as error:
        note_ended([part])
        raise write_failure(path, error) from error
    return part
