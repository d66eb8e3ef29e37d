"""Network streams through FFmpeg (PyAV): MJPEG over HTTP, RTSP and other live protocols."""

import time
from collections.abc import Generator
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from ferqt.core.addresses import without_credentials
from ferqt.core.types import Image
from ferqt.errors import SourceError
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.decoders import ALLOWED, DECODERS
from ferqt.sources.limits import check_picture_size
from ferqt.sources.live import USUAL_PATIENCE, LiveFeed, LiveSource, Patience
from ferqt.sources.video_container import decoder_options

if TYPE_CHECKING:
    import av

# What FFmpeg may open in turn for an address of each scheme: never a local file.
_HTTP: Final = "http,https,httpproxy,tcp,tls,crypto"
_RTSP: Final = "rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto"
_PROTOCOLS: Final = MappingProxyType(
    {
        "http": _HTTP,
        "https": _HTTP,
        "rtsp": _RTSP,
        "rtsps": _RTSP,
        "rtmp": "rtmp,tcp",
        "udp": "udp",
        "tcp": "tcp",
        "srt": "srt",
    }
)

_OPEN_TIMEOUT_S: Final = 5.0
_READ_TIMEOUT_S: Final = 5.0
_LIVE_OPTIONS: Final = MappingProxyType(
    {
        # Over UDP, home networks lose packets and the picture smears.
        "rtsp_transport": "tcp",
        "fflags": "nobuffer",
        "flags": "low_delay",
        "analyzeduration": "2000000",
    }
)


class StreamSource(LiveSource):
    """A live stream, reconnected when it breaks off.

    Only the newest frame matters; what the program had no time for is skipped. Media time is None.
    User name and password in the address go to the server and to `info.location`, which opens the
    stream again; titles, errors and the log never show them.

    Opened, read and closed in one thread.

    Args:
        url: Address with the scheme http, https, rtsp, rtsps, rtmp, udp, tcp or srt.
        patience: How long to wait for the first picture and for a lost server.

    Raises:
        SourceError: The scheme is not one of those, nobody answers, or the answer is no video.
    """

    def __init__(self, url: str, *, patience: Patience = USUAL_PATIENCE) -> None:
        self._url = url
        self._shown = without_credentials(url)
        scheme = url.partition("://")[0].lower()
        if scheme not in _PROTOCOLS:
            raise SourceError(
                f"cannot open '{self._shown}': addresses of the kind '{scheme}' are not read",
                f"Use one of {', '.join(_PROTOCOLS)}.",
            )
        self._protocols = _PROTOCOLS[scheme]
        info = SourceInfo(
            kind=SourceKind.STREAM,
            title=self._shown.partition("://")[2].rstrip("/"),
            location=url,
            live=True,
        )
        super().__init__(info, patience)

    def _connect(self) -> LiveFeed:
        return _StreamFeed(self._url, self._shown, self._protocols)


class _StreamFeed:
    """An open stream and its decoder."""

    def __init__(self, url: str, shown: str, protocols: str) -> None:
        import av

        self._failure = f"cannot read '{shown}'"
        failure = f"cannot open '{shown}'"
        began = time.monotonic()
        try:
            self._container = av.open(
                url,
                timeout=(_OPEN_TIMEOUT_S, _READ_TIMEOUT_S),
                options={
                    **_LIVE_OPTIONS,
                    "protocol_whitelist": protocols,
                    "codec_whitelist": ALLOWED,
                },
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, OSError, ValueError) as error:
            # FFmpeg's own words hold the address with its password, so they go no further.
            in_time = time.monotonic() - began < _OPEN_TIMEOUT_S
            raise _reason(error if in_time else TimeoutError(), failure) from None
        try:
            self._pictures = self._open_stream(failure)
        except BaseException:
            self._container.close()
            raise

    @property
    def fps(self) -> float | None:
        rate = self._stream.average_rate
        return float(rate) if rate else None

    def read(self) -> Image:
        from av.error import FFmpegError

        try:
            picture = next(self._pictures, None)
        except (FFmpegError, OSError) as error:
            raise _reason(error, self._failure) from None
        if picture is None:
            raise SourceError(f"{self._failure}: the stream has ended")
        check_picture_size(picture.width, picture.height, self._failure)
        # In one thread: FFmpeg would start some for each picture, and wait longer for them.
        image = picture.to_ndarray(format="rgb24", threads=1)
        return np.ascontiguousarray(image, dtype=np.uint8)

    def close(self) -> None:
        # It refers to this feed, and both would keep a decoder until the garbage collector comes.
        self._pictures.close()
        self._container.close()

    def _open_stream(self, failure: str) -> "Generator[av.VideoFrame, None, None]":
        if not self._container.streams.video:
            raise SourceError(f"{failure}: it holds no video", "Check the address.")
        self._stream = self._container.streams.video[0]
        context = self._stream.codec_context
        if context.name not in DECODERS:
            raise SourceError(
                f"{failure}: its video codec is not supported", "Let it send H.264, for example."
            )
        check_picture_size(context.width, context.height, failure)
        context.options = decoder_options(context.name)
        return self._decode()

    def _decode(self) -> "Generator[av.VideoFrame, None, None]":
        """Decode picture after picture; a damaged packet costs its pictures and nothing more."""
        from av.error import InvalidDataError

        for packet in self._container.demux(self._stream):
            try:
                yield from packet.decode()
            except InvalidDataError:
                continue


def _reason(error: Exception, failure: str) -> SourceError:
    """Put what FFmpeg reports into a sentence."""
    import av.error as e

    reasons: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
        (
            (e.HTTPUnauthorizedError, e.HTTPForbiddenError),
            "the server refuses access",
            "Put user name and password into the address: scheme://user:password@server/path.",
        ),
        (e.HTTPNotFoundError, "the server knows no such stream", "Check the end of the address."),
        ((e.HTTPClientError, e.HTTPServerError), "the server reports an error", "Try again later."),
        (e.ConnectionRefusedError, "nobody answers there", _CHECK_SERVER),
        ((e.ExitError, TimeoutError), "nobody answers in time", _CHECK_SERVER),
        (e.InvalidDataError, "the answer is not a video", "Check the address."),
        (e.ProtocolNotFoundError, "it leads to something that is not read", "Check the address."),
    )
    for kinds, what, hint in reasons:
        if isinstance(error, kinds):
            return SourceError(f"{failure}: {what}", hint)
    return SourceError(f"{failure}: the connection failed", _CHECK_SERVER)


_CHECK_SERVER: Final = "Check the address, and that the server runs and can be reached."
