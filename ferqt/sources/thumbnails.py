"""Small pictures of a video file, one for each key frame, decoded without reading in between."""

import logging
import math
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ferqt.core.closing import Closing
from ferqt.core.types import Image
from ferqt.errors import SourceError
from ferqt.sources.limits import check_picture_size
from ferqt.sources.upright import turned, upright_size
from ferqt.sources.video_container import jump, open_video, packets_until_damage

if TYPE_CHECKING:
    import av
    from av.packet import Packet
    from av.video.stream import VideoStream

    _KeyFrame = tuple[int, Packet[VideoStream]]

_log = logging.getLogger(__name__)

WIDTH: Final = 192
HEIGHT: Final = 108
"""The box in px that a thumbnail fits into."""

_STEPS_BACK_S: Final = (0.0, 3.0, 30.0)
"""How far before the place wanted a container is sought. Most land on the key frame before it; a
transport stream lands anywhere, and the key frames from some way before on are looked through."""

_KEPT: Final = 200
"""Thumbnails kept, 12 MB at most; those not asked for longest give way."""


class ThumbnailReader(Closing):
    """Finds the picture that stands for a moment of a file: its nearest key frame before.

    A decoder of its own, on one thread of FFmpeg's, so that it never disturbs the one that plays.
    Used in one thread.

    Args:
        path: The file.

    Raises:
        SourceError: The file is not a video that can be decoded.
    """

    def __init__(self, path: str | Path) -> None:
        from av.codec.context import ThreadType

        self._failure = f"cannot show '{Path(path).name}' in small"
        self._container, self._stream = open_video(Path(path).absolute(), self._failure)
        self._stream.thread_type = ThreadType.NONE
        self._stream.codec_context.skip_frame = "NONKEY"
        self._zero_s = max(self._container.start_time or 0, 0) / 1e6
        duration = self._container.duration
        self._length_s = math.inf if duration is None else duration / 1e6
        self._kept: OrderedDict[int, Image] = OrderedDict()

    def at(self, media_time: float) -> Image | None:
        """Return the thumbnail of a media time (s), RGB uint8; None where damage took it."""
        found = self._find(min(max(media_time, 0.0), self._length_s) + self._zero_s)
        if found is None:
            return None
        tick, packet = found
        if tick not in self._kept:
            image = self._decode(packet)
            if image is None:
                return None
            self._keep(tick, image)
        self._kept.move_to_end(tick)
        return self._kept[tick]

    def close(self) -> None:
        """Close the file and forget the thumbnails; harmless when repeated."""
        self._kept.clear()
        self._container.close()

    def _find(self, time_s: float) -> "_KeyFrame | None":
        """Return the key frame before a time of the container, or the first one there is."""
        time_base = self._stream.time_base
        assert time_base is not None
        wanted = int(time_s / time_base)
        after: _KeyFrame | None = None
        for back_s in _STEPS_BACK_S:
            if not jump(self._container, self._stream, wanted - int(back_s / time_base)):
                break
            before: _KeyFrame | None = None
            for tick, packet in self._key_frames():
                if tick > wanted:
                    after = (tick, packet)
                    break
                before = (tick, packet)
                if not back_s:
                    break
            if before is not None:
                return before
        return after

    def _key_frames(self) -> "Iterator[_KeyFrame]":
        for packet in packets_until_damage(self._container, self._stream):
            if packet.is_keyframe and packet.size and packet.pts is not None:
                yield packet.pts, packet

    def _decode(self, packet: "Packet[VideoStream]") -> Image | None:
        """Decode a key frame and make it small; None where it is damaged."""
        from av.error import FFmpegError

        try:
            # A decoder that expects frames out of order gives this one when it hears that it was
            # last.
            pictures = packet.decode() or self._stream.codec_context.decode(None)
            if not pictures:
                return None
            check_picture_size(pictures[0].width, pictures[0].height, self._failure)
            return _shrink(pictures[0])
        except (FFmpegError, OSError, ValueError, SourceError) as error:
            _log.debug("%s: %s", self._failure, error)
            return None

    def _keep(self, pts: int, image: Image) -> None:
        self._kept[pts] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


def _shrink(picture: "av.VideoFrame") -> Image:
    width, height = upright_size(picture)
    scale = min(WIDTH / width, HEIGHT / height)
    small = picture.reformat(
        width=max(1, round(picture.width * scale)),
        height=max(1, round(picture.height * scale)),
        format="rgb24",
        threads=1,
    )
    return turned(small.to_ndarray(), picture.rotation)
